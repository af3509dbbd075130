"""Why there is no annotated copy of a document."""

from __future__ import annotations

from gilint.errors import UsageError
from gilint.language import Text


class NoCopyError(UsageError):
    """There is no annotated copy of a document; the message says why, and what to do instead.

    Attributes:
        read: whether the document could be read.
    """

    def __init__(self, message: Text, *, read: bool) -> None:
        super().__init__(message)
        self.read = read
