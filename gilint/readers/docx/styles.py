"""What the styles of a DOCX say that is not format alone: headings, numbering, hidden text, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from xml.sax.saxutils import unescape

from attrs import define, field, frozen

from gilint.readers.archives import ArchiveError
from gilint.readers.docx.names import LEVEL, NUM_ID, NUM_PR, OUTLINE, P_PR, R_PR, VAL, VANISH, w
from gilint.readers.docx.package import Element, parse

_STYLE, _BASED_ON, _NAME = w("style"), w("basedOn"), w("name")
_START = re.compile(rb"<((?:[A-Za-z][\w.-]{0,30}:)?)styles(?:\s[^>]*)?>")
_IDENTIFIER = re.compile(rb"""styleId=["']([^"'<>]{0,255})["']""")
_DEFAULT = re.compile(rb"""default=["'](?:1|true|on)["']""")
_PARAGRAPH = re.compile(rb"""type=["']paragraph["']""")
_HEAD = 65_536
"""Bytes in which the styles begin."""
_DOCTYPE = b"<!DOCTYPE"
_CONTENTS = re.compile(r"(?i)(?:toc|contents|目录)\s*\d")
_FALSE = frozenset(["0", "false", "off"])
MAX_STYLES = 5_000
"""Word itself allows 4,079."""
_LONGEST_CHAIN = 32
"""Styles that each build on the next; Word allows eleven."""


def switched_on(element: Element | None) -> bool:
    """Say whether a property that is either on or off is there and not switched off."""
    return element is not None and element.get(VAL, "true") not in _FALSE


def whole_number(element: Element | None) -> int | None:
    """Return the number that a property holds, ``None`` where it holds none."""
    if element is None:
        return None
    value = element.get(VAL, "").strip()
    return int(value) if len(value) < 10 and value.isascii() and value.removeprefix("-").isdigit() else None


@frozen
class Style:
    """A style with what it takes over from those that it builds on."""

    heading: int = 0
    """Level of a heading from 1 on, 0 where it is none."""
    number: int | None = None
    """Which numbering (``numId``)."""
    level: int | None = None
    """Which level of it."""
    hidden: bool = False
    contents: bool = False
    """Lines of a table of contents."""


@define
class Styles:
    """The styles of a document by identifier, and that of paragraphs that name none.

    A part with styles is often larger than the document, and few of them are used: each is cut out of it and parsed when it is asked for.
    """

    _head: bytes = b""
    """The start tag around the styles: it declares the prefixes."""
    _foot: bytes = b""
    _pieces: dict[str, bytes] = field(factory=dict)
    _elements: dict[str, Element | None] = field(factory=dict)
    _known: dict[str, Style] = field(factory=dict)
    default: Style = Style()
    hidden: frozenset[str] = frozenset()
    """Identifiers of styles that hide text."""

    @classmethod
    def of(cls, data: bytes) -> Styles:
        """Take the styles out of their part."""
        start = _START.search(data, 0, _HEAD)
        if start is None or _DOCTYPE in data:
            return cls()
        prefix = start[1]
        styles = cls(start[0], b"</" + prefix + b"styles>")
        opening, end = b"<" + prefix + b"style ", b"</" + prefix + b"style>"
        usual = ""
        for piece in data.split(end):
            begin = piece.rfind(opening)
            tag = piece[begin : piece.find(b">", begin)] if begin >= 0 else b""
            identifier = _IDENTIFIER.search(tag)
            if identifier is None:
                continue
            if len(styles._pieces) == MAX_STYLES:
                break
            name = unescape(identifier[1].decode("utf-8", "replace"))
            styles._pieces[name] = piece[begin:] + end
            if _DEFAULT.search(tag) and _PARAGRAPH.search(tag):
                usual = name
        if b"vanish" in data:
            styles.hidden = frozenset(name for name in styles._pieces if styles.named(name).hidden)
        styles.default = styles.named(usual)
        return styles

    def named(self, identifier: str) -> Style:
        """Return the style of that identifier, an ordinary one where there is none."""
        style = self._known.get(identifier)
        if style is None:
            style = self._known[identifier] = _style(self._chain(identifier))
        return style

    def _chain(self, identifier: str) -> list[Element]:
        """Return a style and those that it builds on, itself first."""
        chain: list[Element] = []
        element = self._element(identifier)
        while element is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(element)
            base = element.find(_BASED_ON)
            element = self._element(base.get(VAL, "")) if base is not None else None
        return chain

    def _element(self, identifier: str) -> Element | None:
        if identifier not in self._elements:
            piece, element = self._pieces.get(identifier), None
            # A style that is not well-formed says nothing.
            with suppress(ArchiveError):
                element = None if piece is None else parse(self._head + piece + self._foot).find(_STYLE)
            self._elements[identifier] = element
        return self._elements[identifier]


def _style(chain: Sequence[Element]) -> Style:
    heading = number = level = hidden = None
    contents = False
    for element in chain:
        name = element.find(_NAME)
        contents = contents or (name is not None and _CONTENTS.match(name.get(VAL, "")) is not None)
        properties = element.find(P_PR)
        if properties is not None:
            if heading is None and (outline := whole_number(properties.find(OUTLINE))) is not None:
                heading = outline + 1 if 0 <= outline < 9 else 0
            numbering = properties.find(NUM_PR)
            if numbering is not None:
                number = whole_number(numbering.find(NUM_ID)) if number is None else number
                level = whole_number(numbering.find(LEVEL)) if level is None else level
        runs = element.find(R_PR)
        if hidden is None and runs is not None and (vanish := runs.find(VANISH)) is not None:
            hidden = switched_on(vanish)
    return Style(heading or 0, number, level, bool(hidden), contents)
