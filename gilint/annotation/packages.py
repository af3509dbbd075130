"""The zip archives of office formats, written again with some members changed; all others keep their bytes."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from itertools import count
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gilint.annotation.edits import attribute

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE_NAMES = "http://schemas.openxmlformats.org/package/2006/content-types"
NO_RELATIONS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode()

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can hold: new members must not depend on when they were written."""


def rewritten(data: bytes, changed: Mapping[str, bytes | None]) -> bytes:
    """Return an archive in which the members named have other bytes; those that it does not have are added at its end.

    Args:
        data: the archive, which has been checked (`gilint.readers.archives`).
        changed: bytes by the name of the member; ``None`` for one that is to go.
    """
    target = io.BytesIO()
    waiting = dict(changed)
    with ZipFile(io.BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for info in source.infolist():
            name = info.filename.replace("\\", "/")
            content = waiting.pop(name) if name in waiting else source.read(info)
            if content is not None:
                copy.writestr(_like(info), content)
        for name, content in waiting.items():
            if content is None:
                continue
            added = ZipInfo(name, _NO_DATE)
            added.compress_type = ZIP_DEFLATED
            copy.writestr(added, content)
    return target.getvalue()


def relation(identifier: str, kind: str, target: str) -> str:
    """Return the element that relates a part to another."""
    return f'<Relationship xmlns="{_RELATIONS}" Id={attribute(identifier)} Type={attribute(kind)} Target={attribute(target)}/>'


def override(part: str, content_type: str) -> str:
    """Return the element that says of what type a part is."""
    return f'<Override xmlns="{_TYPE_NAMES}" PartName={attribute("/" + part)} ContentType={attribute(content_type)}/>'


def fresh_identifier(relations: bytes) -> str:
    """Return an identifier that no relation has."""
    return next(each for each in (f"rIdGilint{number}" for number in count(1)) if f'"{each}"'.encode() not in relations)


def relations_of(data: bytes, folder: str) -> list[tuple[str, str, str]]:
    """Return identifier, kind and target of each relation of a part in a folder.

    Raises:
        expat.ExpatError: the data is no XML.
    """
    found: list[tuple[str, str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], path))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)
    return found


def _like(info: ZipInfo) -> ZipInfo:
    """Return what an archive says of a member, without its sizes and its place."""
    like = ZipInfo(info.filename, info.date_time)
    like.compress_type = info.compress_type
    like.external_attr = info.external_attr
    like.create_system = info.create_system
    return like
