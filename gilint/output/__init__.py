"""A `Result` to one format each."""
