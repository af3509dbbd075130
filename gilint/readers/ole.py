"""OLE compound files: the older format of office programs, and the wrapper of encrypted newer ones."""

from __future__ import annotations

from gilint.document import Document
from gilint.notice import Notice, NoticeKind
from gilint.readers.archives import DAMAGED
from gilint.readers.compound import CompoundFault, stream

_SECTOR = 512
_WORD = b"\xec\xa5"
"""The first bytes of the stream ``WordDocument``; every stream begins at a sector."""
_FLAGS = 10
_ENCRYPTED = 0x0100
_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, name: str) -> Document:
    """Say why a compound file that is no known document is not read: it is encrypted, damaged, or something else."""
    if _PACKAGE in data:
        return Document(name, "none", notices=(Notice(NoticeKind.ENCRYPTED),))
    try:
        stream(data)  # its directory alone
    except CompoundFault:
        return Document(name, "none", notices=(Notice(NoticeKind.UNREADABLE, {"reason": DAMAGED}),))
    return Document(name, "none", notices=(Notice(NoticeKind.UNSUPPORTED_FORMAT, {"format": "OLE"}),))


def is_encrypted(data: bytes) -> bool:
    """Say whether a DOC asks for a password."""
    for start in range(_SECTOR, len(data) - _SECTOR, _SECTOR):
        if data.startswith(_WORD, start):
            return bool(int.from_bytes(data[start + _FLAGS : start + _FLAGS + 2], "little") & _ENCRYPTED)
    return False
