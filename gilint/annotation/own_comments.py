"""A DOCX as it was before gilint put comments into it: these are taken out, with their marks in the text; comments of others stay, answers to gilint's too."""

from __future__ import annotations

import re

from attrs import define, field, frozen

from gilint.annotation.edits import Edits, Tag, as_utf8, end_of, follow, without
from gilint.products import AUTHOR
from gilint.readers.docx.package import MAX_XML, Package

_MARKS = frozenset(["commentRangeStart", "commentRangeEnd", "commentReference"])
_PARENT = re.compile(rb"""\s[\w.-]{1,20}:paraIdParent\s*=\s*["']([0-9A-Fa-f]{1,8})["']""")
# What Word keeps of a comment in parts of their own, by the paragraphs in it.
_KEPT_APART = ("commentsExtended", "commentsIds")


def without_own_comments(package: Package, part: str | None) -> dict[str, bytes]:
    """Return the parts that are not the same without what gilint has written, by name.

    Args:
        package: the document.
        part: the name of the part with the comments, if there is one.

    Raises:
        ArchiveError: a part is damaged.
        expat.ExpatError: a part is no XML.
    """
    if part is None:
        return {}
    comments = _OwnComments.of(_part(package, part))
    if not comments.numbers:
        return {}
    changed = {part: comments.edits.done(), package.main: _without_marks(_part(package, package.main), comments.numbers)}
    for name in (name for kind in _KEPT_APART for name in package.parts.get(kind, ()) if name in package.archive):
        changed[name] = _without_paragraphs(_part(package, name), comments.paragraphs)
    return changed


def _part(package: Package, name: str) -> bytes:
    return as_utf8(package.archive.read(name, MAX_XML))


@define
class _OwnComments:
    """The comments of gilint's in their part."""

    data: bytes
    edits: Edits
    numbers: set[str] = field(factory=set)
    paragraphs: set[str] = field(factory=set)
    """What Word calls the paragraphs in them."""
    _depth: int = 0
    """Elements open in a comment of gilint's, itself included."""
    _begun: int = 0

    @classmethod
    def of(cls, data: bytes) -> _OwnComments:
        comments = cls(data, Edits(data))
        follow(data, comments._start, comments._end)
        return comments

    def _start(self, qualified: str, attributes: dict[str, str], offset: int) -> None:
        local = qualified.rpartition(":")[2]
        if self._depth or (local == "comment" and _value(attributes, "author") == AUTHOR):
            self._depth += 1
        if self._depth == 1:
            self._begun = offset
            self.numbers.add(_value(attributes, "id"))
        elif self._depth and local == "p":
            self.paragraphs.update(filter(None, [_value(attributes, "paraId").upper()]))

    def _end(self, _: str, offset: int) -> None:
        if self._depth == 1:
            self.edits.cut(self._begun, end_of(self.data, Tag.at(self.data, self._begun), offset))
        self._depth = max(self._depth - 1, 0)


@frozen
class _Open:
    """An element that is open."""

    local: str
    offset: int
    marks: list[tuple[int, int]] = field(factory=list)
    """In a run: the references to comments of gilint's in it."""
    others: list[str] = field(factory=list)
    """What else is in it, but for its properties."""


def _without_marks(data: bytes, numbers: set[str]) -> bytes:
    """Return a part without the marks of some comments, nor the runs that hold nothing else."""
    edits = Edits(data)
    opened: list[_Open] = []
    marked: list[bool] = []

    def start(qualified: str, attributes: dict[str, str], offset: int) -> None:
        local = qualified.rpartition(":")[2]
        marked.append(local in _MARKS and _value(attributes, "id") in numbers)
        if opened and local != "rPr" and not marked[-1]:
            opened[-1].others.append(local)
        opened.append(_Open(local, offset))

    def end(_: str, offset: int) -> None:
        element, is_mark = opened.pop(), marked.pop()
        span = element.offset, end_of(data, Tag.at(data, element.offset), offset)
        if is_mark and opened and opened[-1].local == "r":
            opened[-1].marks.append(span)
        elif is_mark or (element.marks and not element.others):
            edits.cut(*span)
        else:
            for mark in element.marks:
                edits.cut(*mark)

    follow(data, start, end)
    return edits.done()


def _without_paragraphs(data: bytes, paragraphs: set[str]) -> bytes:
    """Return what Word keeps of comments without those that are gone; what answers them answers nothing any more."""
    left = without(data, lambda _, attributes: _value(attributes, "paraId").upper() in paragraphs)
    return _PARENT.sub(lambda match: b"" if match[1].decode().upper() in paragraphs else match[0], left)


def _value(attributes: dict[str, str], local: str) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == local), "")
