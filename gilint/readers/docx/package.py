"""The parts of a DOCX: which there are, and their XML, parsed without anything that XML can do to a reader."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from attrs import define, field
from lxml import etree

from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.readers.archives import Archive, ArchiveError
from gilint.readers.docx.formatting import without_format
from gilint.readers.docx.names import STRICT
from gilint.readers.limits import limit_notice

MAX_XML = 32 * 1024 * 1024
"""Bytes of one part. The text of a report with a thousand pages has about 20 MB."""
MAX_ELEMENTS = 1_000_000
"""Start and end tags of one part: what lies beyond is not read. They bound the memory of the tree, about 200 bytes each."""

_SHORTEST = 3
"""Bytes of the shortest tag."""

Element = etree._Element

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_PART = "word/document.xml"


@define(slots=False)
class Package:
    """The archive, and what the parts of the document are called."""

    archive: Archive
    limits: dict[str, int] = field(factory=dict)
    """Limits hit, by name."""
    _known_relations: dict[str, list[tuple[str, str, str]]] = field(factory=dict)

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the document itself."""
        found = next((target for kind, target in self._related("") if kind == "officeDocument"), _MAIN_PART)
        return found if found in self.archive or _MAIN_PART not in self.archive else _MAIN_PART

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The parts that the document refers to, by what they are (``styles``, ``numbering``, ``footnotes``)."""
        parts: dict[str, tuple[str, ...]] = {}
        for kind, target in self._related(self.main):
            if target in self.archive:
                parts[kind] = (*parts.get(kind, ()), target)
        return parts

    def tree(self, name: str, *, formatted: bool = True) -> Element:
        """Return the XML of a part.

        Args:
            name: which part.
            formatted: with what is format alone; the text is found faster without.

        Raises:
            ArchiveError: it is absent, damaged, no XML, or has a DTD.
        """
        data = self.archive.read(name, MAX_XML)
        if not formatted:
            data = without_format(data)
        clipped = len(data) > _SHORTEST * MAX_ELEMENTS and data.count(b"<") > MAX_ELEMENTS
        if clipped:
            self.limits["MAX_ELEMENTS"] = MAX_ELEMENTS
            data = data[: _position(data, MAX_ELEMENTS)]
        return parse(data, clipped=clipped)

    def pieces(self, kind: str) -> Iterator[bytes]:
        """Yield the first part of a kind piece by piece, as far as it can be read."""
        if kind in self.parts:
            with suppress(ArchiveError):
                yield from self.archive.pieces(self.parts[kind][0])

    def first(self, kind: str) -> Element | None:
        """Return the XML of the first part of a kind, ``None`` where there is none or it cannot be read: the document counts for more."""
        return next(self.all(kind), None)

    def all(self, kind: str) -> Iterator[Element]:
        """Yield the XML of the parts of a kind that can be read."""
        for name in self.parts.get(kind, ()):
            try:
                yield self.tree(name)
            except ArchiveError:
                continue

    def target(self, identifier: str) -> str | None:
        """Return the name of the part to which the document refers by ``identifier``."""
        return next((target for number, _, target in self._relations(self.main) if number == identifier and target in self.archive), None)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The limits that were hit."""
        return tuple(limit_notice(limit, value) for limit, value in sorted(self.limits.items()))

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        return ((kind, target) for _, kind, target in self._relations(part))

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return identifier, kind and target of each relation of a part within the archive."""
        if part not in self._known_relations:
            folder, name = posixpath.split(part)
            relations = posixpath.join(folder, "_rels", f"{name}.rels")
            found = self._known_relations[part] = []
            for relation in self.tree(relations).iter(_RELATIONSHIP) if relations in self.archive else ():
                target = relation.get("Target", "")
                if relation.get("TargetMode") != "External" and target:
                    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                    found.append((relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], path))
        return self._known_relations[part]


def parse(data: bytes, *, clipped: bool = False) -> Element:
    """Return the root of an XML document; no DTD, no entity, nothing from elsewhere, bounded depth.

    Args:
        data: its bytes.
        clipped: the end was cut off; elements that are open there are closed.

    Raises:
        ArchiveError: it is no XML, or has a DTD.
    """
    if b"purl.oclc.org" in data[:8192]:
        for strict, common in STRICT.items():
            data = data.replace(strict, common)
    # An entity declared in a DTD is the way to make much of little; no office program writes one. In UTF-16 the tree tells.
    if b"!" in data and b"<!DOCTYPE" in data:
        raise _with_dtd()
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False, recover=clipped, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArchiveError(Notice(NoticeKind.UNREADABLE, {"reason": Text("文件的 XML 有错误", "its XML is not well-formed")})) from error
    if root is None:
        raise ArchiveError(Notice(NoticeKind.UNREADABLE, {"reason": Text("文件的 XML 有错误", "its XML is not well-formed")}))
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_dtd()
    return root


def _with_dtd() -> ArchiveError:
    reason = Text("其中的 XML 带有 DTD，办公软件不这样写", "its XML has a DTD, as no office program writes")
    return ArchiveError(Notice(NoticeKind.UNSAFE_ARCHIVE, {"reason": reason}))


def _position(data: bytes, tags: int) -> int:
    """Return where tag number ``tags`` begins."""
    position = -1
    for _ in range(tags):
        position = data.find(b"<", position + 1)
    return position


def up(element: Element, tag: str) -> Element | None:
    """Return the nearest element around ``element`` with that name."""
    return next(element.iterancestors(tag), None)


def take_out(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
