"""Where the paragraphs of a part of a DOCX, their runs and texts begin and end in its bytes."""

from __future__ import annotations

import re
from xml.parsers import expat

from attrs import define, field, frozen

from gilint.annotation.edits import Tag
from gilint.annotation.remarks import squeezed

NAMES = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
_INLINE = frozenset(["hyperlink", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo"])
"""What may stand between a paragraph and a run of it, and may itself hold the marks of a comment."""
_CHARACTER = re.compile(r"&[^;]{1,12};|.", re.DOTALL)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}


@frozen
class Piece:
    """An element ``w:t`` and the run around it."""

    run: Tag
    properties: tuple[int, int]
    """From where to where the properties of the run go; the same twice where it has none."""
    tag: Tag
    end: int
    """Where the end tag begins."""


@define
class Paragraph:
    """An element ``w:p``."""

    tag: Tag
    inside: int | None
    """The index of the paragraph in which the text box with this one is anchored."""
    content: int
    """Where the content after the properties begins."""
    end: int = 0
    """Where the end tag begins."""
    pieces: list[Piece] = field(factory=list)
    note: str | None = None
    """In a part with notes: the identifier of the note."""
    references: list[tuple[str, str]] = field(factory=list)
    """Notes that it refers to: ``footnote`` or ``endnote``, and the identifier."""


@define
class WordSource:
    """A part of a document in its bytes."""

    data: bytes
    prefix: str = ""
    """Of the elements, as the root element has it."""
    name: str = NAMES[0]
    """The namespace of the elements."""
    paragraphs: list[Paragraph] = field(factory=list)
    identifiers: list[str] = field(factory=list)
    """Of the comments that there are."""
    _open: list[tuple[str, Tag]] = field(factory=list)
    _around: list[int] = field(factory=list)
    _note: str | None = None
    _properties: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, data: bytes) -> WordSource:
        """Go through a part.

        Raises:
            expat.ExpatError: it is no XML.
        """
        source = cls(data)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.StartElementHandler = lambda name, attributes: source._start(name, attributes, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda _: source._end(parser.CurrentByteIndex)
        parser.Parse(data, True)
        return source

    def _start(self, qualified: str, attributes: dict[str, str], offset: int) -> None:
        name, _, rest = qualified.partition(" ")
        local, _, prefix = rest.partition(" ")
        if name not in NAMES:
            self._open.append(("", Tag(offset, offset, False)))
            return
        if not self._open:
            self.name, self.prefix = name, prefix
        tag = Tag.at(self.data, offset)
        if local == "p":
            inside = self._around[0] if self._around and self._is_boxed() else None
            self.paragraphs.append(Paragraph(tag, inside, tag.end, note=self._note))
            self._around.append(len(self.paragraphs) - 1)
        elif local == "r":
            self._properties = (tag.end, tag.end)
        elif local in ("footnote", "endnote"):
            self._note = _identifier(attributes)
        elif local in ("footnoteReference", "endnoteReference") and self._around:
            self.paragraphs[self._around[-1]].references.append((local.removesuffix("Reference"), _identifier(attributes)))
        elif local == "comment":
            self.identifiers.append(_identifier(attributes))
        self._open.append((local, tag))

    def _end(self, offset: int) -> None:
        local, tag = self._open.pop()
        if not local:
            return
        end = tag.end if tag.empty else offset
        if local == "p":
            self.paragraphs[self._around.pop()].end = end
        elif local == "pPr" and self._open[-1][0] == "p":
            self.paragraphs[self._around[-1]].content = self._after(tag, offset)
        elif local == "rPr" and self._open[-1][0] == "r":
            self._properties = (tag.start, self._after(tag, offset))
        elif local == "t" and not tag.empty and self._is_plain() and self.data.find(b"<", tag.end, end) < 0:
            self.paragraphs[self._around[-1]].pieces.append(Piece(self._open[-1][1], self._properties, tag, end))

    def _after(self, tag: Tag, offset: int) -> int:
        return tag.end if tag.empty else self.data.index(b">", offset) + 1

    def _is_boxed(self) -> bool:
        return any(local == "txbxContent" for local, _ in self._open)

    def _is_plain(self) -> bool:
        """Say whether a text stands in a run of a paragraph, with nothing around it that cannot hold the mark of a comment."""
        if not self._open or self._open[-1][0] != "r":
            return False
        for local, _ in reversed(self._open[:-1]):
            if local == "p":
                return True
            if local not in _INLINE:
                return False
        return False

    def phrase(self, paragraph: Paragraph, sought: str) -> tuple[tuple[Piece, int], tuple[Piece, int]] | None:
        """Return where a phrase begins and ends: in which pieces, and at which offsets of the data.

        Spaces do not count. A phrase that stands there more than once is taken where it stands first.
        """
        letters: list[str] = []
        places: list[tuple[Piece, int, int]] = []
        for piece in paragraph.pieces:
            offset = piece.tag.end
            for token in _CHARACTER.findall(self.data[offset : piece.end].decode("utf-8", "replace")):
                size = len(token.encode())
                letter = _ENTITIES.get(token, token) if len(token) > 1 else token
                if not letter.isspace():
                    letters.append(letter if len(letter) == 1 else "�")
                    places.append((piece, offset, offset + size))
                offset += size
        wanted = squeezed(sought)
        at = "".join(letters).find(wanted) if wanted else -1
        if at < 0:
            return None
        first, last = places[at], places[at + len(wanted) - 1]
        return (first[0], first[1]), (last[0], last[2])


def _identifier(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.split(" ")[:2][-1] == "id" and name.split(" ")[0] in NAMES), "")
