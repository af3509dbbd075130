"""The rules that come with gilint, one family a module, registered like any plugin."""
