"""The zip archives of office formats, written again with some members changed; all others keep their bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can hold: new members must not depend on when they were written."""


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return an archive in which the members named have other bytes; those that it does not have are added at its end.

    Args:
        data: the archive, which has been checked (`gilint.readers.archives`).
        changed: bytes by the name of the member.
    """
    target = io.BytesIO()
    waiting = dict(changed)
    with ZipFile(io.BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for info in source.infolist():
            content = waiting.pop(info.filename.replace("\\", "/"), None)
            copy.writestr(_like(info), source.read(info) if content is None else content)
        for name, content in waiting.items():
            added = ZipInfo(name, _NO_DATE)
            added.compress_type = ZIP_DEFLATED
            copy.writestr(added, content)
    return target.getvalue()


def _like(info: ZipInfo) -> ZipInfo:
    """Return what an archive says of a member, without its sizes and its place."""
    like = ZipInfo(info.filename, info.date_time)
    like.compress_type = info.compress_type
    like.external_attr = info.external_attr
    like.create_system = info.create_system
    return like
