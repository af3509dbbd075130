"""What the styles of a DOCX say that is not format alone: headings, numbering, hidden text, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define, frozen

from gilint.readers.docx.names import LEVEL, NUM_ID, NUM_PR, OUTLINE, P_PR, R_PR, VAL, VANISH, w
from gilint.readers.docx.package import Element

_STYLE, _STYLE_ID, _BASED_ON, _NAME, _TYPE = w("style"), w("styleId"), w("basedOn"), w("name"), w("type")
_CONTENTS = re.compile(r"(?i)(?:toc|contents|目录)\s*\d")
_FALSE = frozenset(["0", "false", "off"])
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
    """The styles of a document by identifier, and that of paragraphs that name none."""

    named: Mapping[str, Style]
    hidden: frozenset[str]
    """Identifiers of styles that hide text."""
    default: Style = Style()

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Take the styles out of their part."""
        if root is None:
            return cls({}, frozenset())
        raw = {element.get(_STYLE_ID, ""): element for element in root.iterchildren(_STYLE)}
        named = {identifier: _style(identifier, raw) for identifier in raw}
        usual = (each for each, element in raw.items() if element.get(_TYPE) == "paragraph" and element.get(w("default")) in ("1", "true"))
        return cls(named, frozenset(each for each, style in named.items() if style.hidden), named.get(next(usual, ""), Style()))


def _style(identifier: str, raw: Mapping[str, Element]) -> Style:
    heading = number = level = hidden = None
    contents = False
    for element in _chain(identifier, raw):
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


def _chain(identifier: str, raw: Mapping[str, Element]) -> list[Element]:
    """Return a style and those that it builds on, itself first."""
    chain: list[Element] = []
    element = raw.get(identifier)
    while element is not None and element not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(element)
        base = element.find(_BASED_ON)
        element = raw.get(base.get(VAL, "")) if base is not None else None
    return chain
