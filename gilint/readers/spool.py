"""What comes from a pipe, kept to be read more than once."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

from gilint.readers.limits import MAX_BYTES


class Spool(SpooledTemporaryFile[bytes]):
    """Bytes in memory, or in a file without a name if they are many; gone with the last who needs them."""

    def __init__(self) -> None:
        super().__init__(MAX_BYTES)

    def __del__(self) -> None:
        self.close()
