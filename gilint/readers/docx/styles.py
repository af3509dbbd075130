"""What the styles of a DOCX say that is not format alone: headings, numbering, hidden text, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
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
_REMEMBERED = 16_384
"""Bytes of a style up to which it is remembered what it says."""
_FALSE = frozenset(["0", "false", "off"])
MAX_STYLES = 5_000
"""Word itself allows 4,079."""
MAX_STYLE = 1024 * 1024
"""Bytes of one style. Most have some hundreds."""
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


@frozen
class _Facts:
    """What a style says itself; ``None`` where it says nothing."""

    based_on: str = ""
    heading: int | None = None
    number: int | None = None
    level: int | None = None
    hidden: bool | None = None
    contents: bool = False


@define
class Styles:
    """The styles of a document by identifier, and that of paragraphs that name none.

    A part with styles is often larger than the document, and few of them are used: it is inflated as far as the style that is asked for, and only that one is parsed.
    """

    _coming: Iterator[tuple[str, bool, bytes]]
    """The styles not yet taken from the part: identifier, whether paragraphs have it that name none, XML."""
    _pieces: dict[str, bytes] = field(factory=dict)
    _known: dict[str, Style] = field(factory=dict)
    _usual: str | None = None

    @classmethod
    def of(cls, data: Iterable[bytes]) -> Styles:
        """Take the styles out of their part, which comes in pieces, as far as they are asked for."""
        return cls(_cut(data))

    @property
    def default(self) -> Style:
        """The style of paragraphs that name none."""
        while self._usual is None and self._take():
            pass
        return Style() if self._usual is None else self.named(self._usual)

    def named(self, identifier: str) -> Style:
        """Return the style of that identifier, an ordinary one where there is none."""
        style = self._known.get(identifier)
        if style is None:
            style = self._known[identifier] = _style(self._chain(identifier))
        return style

    def _chain(self, identifier: str) -> Iterator[_Facts]:
        """Yield what a style says, and those that it builds on, itself first."""
        for _ in range(_LONGEST_CHAIN):
            while identifier not in self._pieces and self._take():
                pass
            piece = self._pieces.get(identifier)
            if piece is None:
                return
            facts = _facts(piece) if len(piece) <= _REMEMBERED else _facts.__wrapped__(piece)
            yield facts
            if not facts.based_on:
                return
            identifier = facts.based_on

    def _take(self) -> bool:
        """Take the next style from the part, if there is one."""
        coming = next(self._coming, None)
        if coming is None or len(self._pieces) == MAX_STYLES:
            return False
        identifier, usual, piece = coming
        self._pieces.setdefault(identifier, piece)
        if usual and self._usual is None:
            self._usual = identifier
        return True


def _cut(data: Iterable[bytes]) -> Iterator[tuple[str, bool, bytes]]:
    """Yield each style: its identifier, whether paragraphs have it that name none, and it alone as XML, within the start tag that declares the prefixes."""
    rest = head = foot = opening = end = b""
    for each in data:
        rest += each
        if not head:
            start = _START.search(rest, 0, _HEAD)
            if start is not None and _DOCTYPE not in rest[: start.start()]:
                head, prefix = start[0], start[1]
                foot, opening, end = b"</" + prefix + b"styles>", b"<" + prefix + b"style ", b"</" + prefix + b"style>"
            elif start is not None or len(rest) >= _HEAD:
                return
        if not head:
            continue
        *pieces, rest = rest.split(end)
        for piece in pieces:
            begin = piece.rfind(opening)
            tag = piece[begin : piece.find(b">", begin)] if begin >= 0 else b""
            identifier = _IDENTIFIER.search(tag)
            if identifier is not None:
                usual = _DEFAULT.search(tag) is not None and _PARAGRAPH.search(tag) is not None
                yield unescape(identifier[1].decode("utf-8", "replace")), usual, head + piece[begin:] + end + foot
        if len(rest) > MAX_STYLE:
            return


@lru_cache(maxsize=256)
def _facts(piece: bytes) -> _Facts:
    """Return what a style says; documents made from one template share their styles."""
    element: Element | None = None
    # A style that is not well-formed says nothing.
    with suppress(ArchiveError):
        element = parse(piece).find(_STYLE)
    if element is None:
        return _Facts()
    name, base, properties, runs = element.find(_NAME), element.find(_BASED_ON), element.find(P_PR), element.find(R_PR)
    heading = number = level = None
    if properties is not None:
        if (outline := whole_number(properties.find(OUTLINE))) is not None:
            heading = outline + 1 if 0 <= outline < 9 else 0
        numbering = properties.find(NUM_PR)
        if numbering is not None:
            number, level = whole_number(numbering.find(NUM_ID)), whole_number(numbering.find(LEVEL))
    vanish = None if runs is None else runs.find(VANISH)
    return _Facts(
        "" if base is None else base.get(VAL, ""),
        heading,
        number,
        level,
        None if vanish is None else switched_on(vanish),
        name is not None and _CONTENTS.match(name.get(VAL, "")) is not None,
    )


def _style(chain: Iterable[_Facts]) -> Style:
    heading = number = level = hidden = None
    contents = False
    for facts in chain:
        contents = contents or facts.contents
        heading = facts.heading if heading is None else heading
        number = facts.number if number is None else number
        level = facts.level if level is None else level
        hidden = facts.hidden if hidden is None else hidden
    return Style(heading or 0, number, level, bool(hidden), contents)
