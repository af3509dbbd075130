"""The numbers that Word puts in front of paragraphs and does not store as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import define, evolve, field, frozen

from gilint.readers.docx.names import LEVEL, NUM_ID, PSTYLE, VAL, w
from gilint.readers.docx.numerals import numeral
from gilint.readers.docx.package import Element
from gilint.readers.docx.styles import switched_on, whole_number

MAX_LABEL = 60
"""Characters of the text around a number that are looked at."""
_LEVELS = 9
_ABSTRACT, _ABSTRACT_ID, _NUM, _LVL, _OVERRIDE = w("abstractNum"), w("abstractNumId"), w("num"), w("lvl"), w("lvlOverride")
_STYLE_LINK, _NUM_STYLE_LINK = w("styleLink"), w("numStyleLink")
_PLACE = re.compile(r"%([1-9])")


@frozen
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """The level after which it begins anew, counted from 1; 0 for never."""
    legal: bool = False
    """All numbers in it are written in digits."""


@frozen
class _Numbering:
    abstract: str
    """What is counted together has one."""
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]
    """Levels at which this numbering begins anew, and with what."""


@define
class Counter:
    """Counts the paragraphs of a document as they come."""

    _load: Callable[[], Element | None]
    """Returns the numberings; most documents use none, and those that do a few of many."""
    _abstracts: dict[str, Element] = field(factory=dict)
    _linked: dict[str | None, Element] = field(factory=dict)
    _elements: dict[int, Element] | None = None
    _numberings: dict[int, _Numbering | None] = field(factory=dict)
    _styled: dict[str, Mapping[str, int]] = field(factory=dict)
    """For each abstract numbering the levels that belong to styles."""
    _counts: dict[str, list[int | None]] = field(factory=dict)
    _begun: set[int] = field(factory=set)

    def _numbering(self, number: int) -> _Numbering | None:
        """Return the numbering with that number, if there is one."""
        if number not in self._numberings:
            elements = self._elements = self._found() if self._elements is None else self._elements
            element = elements.get(number)
            reference = None if element is None else element.find(_ABSTRACT_ID)
            abstract = None if reference is None else self._abstracts.get(reference.get(VAL, ""))
            link = None if abstract is None else abstract.find(_NUM_STYLE_LINK)
            if link is not None:
                abstract = self._linked.get(link.get(VAL), abstract)
            self._numberings[number] = None if element is None or abstract is None else _numbering(element, abstract)
        return self._numberings[number]

    def _found(self) -> dict[int, Element]:
        """Return the numberings of the part by their number, with the abstract ones that they refer to at hand."""
        root = self._load()
        if root is None:
            return {}
        self._abstracts = {element.get(_ABSTRACT_ID, ""): element for element in root.iterchildren(_ABSTRACT)}
        self._linked = {link.get(VAL): element for element in self._abstracts.values() if (link := element.find(_STYLE_LINK)) is not None}
        numbered = ((element.get(NUM_ID, ""), element) for element in root.iterchildren(_NUM))
        return {int(number): element for number, element in numbered if number.isdecimal() and len(number) <= 9}

    def _level_of(self, abstract: str, style: str) -> int:
        """Return the level of an abstract numbering that belongs to a style."""
        if abstract not in self._styled:
            self._styled[abstract] = _styles_of(self._abstracts[abstract])
        return self._styled[abstract].get(style, 0)

    def label(self, number: int, level: int | None, style: str) -> str:
        """Count a paragraph and return what stands before its text.

        Args:
            number: its numbering (``numId``).
            level: its level; the one that belongs to its style when not given.
            style: its style.
        """
        numbering = self._numbering(number)
        if numbering is None:
            return ""
        if level is None:
            level = self._level_of(numbering.abstract, style)
        current = numbering.levels.get(level)
        if current is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(numbering.abstract, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for restarted in numbering.starts:
                counts[restarted] = None
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = _start(numbering, upper)
        before = counts[level]
        counts[level] = _start(numbering, level) if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = numbering.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                counts[deeper] = None
        return _written(current, numbering, counts)


def _numbering(element: Element, abstract: Element) -> _Numbering:
    levels = dict(_level(each) for each in abstract.iterchildren(_LVL))
    starts: dict[int, int] = {}
    for override in element.iterchildren(_OVERRIDE):
        index = _index(override)
        levels.update(_level(each) for each in override.iterchildren(_LVL))
        start = whole_number(override.find(w("startOverride")))
        if start is not None and 0 <= index < _LEVELS:
            starts[index] = start
            levels[index] = evolve(levels.get(index, _Level()), start=start)
    return _Numbering(abstract.get(_ABSTRACT_ID, ""), levels, starts)


def _index(element: Element) -> int:
    written = element.get(LEVEL, "0")
    return int(written) if written in "012345678" and len(written) == 1 else _LEVELS


def _level(element: Element) -> tuple[int, _Level]:
    style, text = element.find(w("numFmt")), element.find(w("lvlText"))
    start = whole_number(element.find(w("start")))
    return _index(element), _Level(
        "decimal" if style is None else style.get(VAL, "decimal"),
        "" if text is None else text.get(VAL, "")[:MAX_LABEL],
        0 if start is None else start,
        whole_number(element.find(w("lvlRestart"))),
        switched_on(element.find(w("isLgl"))),
    )


def _styles_of(abstract: Element) -> dict[str, int]:
    return {style.get(VAL, ""): _index(level) for level in abstract.iterchildren(_LVL) if (style := level.find(PSTYLE)) is not None}


def _start(numbering: _Numbering, level: int) -> int:
    return numbering.levels.get(level, _Level()).start


def _written(level: _Level, numbering: _Numbering, counts: list[int | None]) -> str:
    if level.style == "bullet":
        # A dot in front of a paragraph says nothing, and most are signs of fonts that have no letters.
        return ""

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        style = numbering.levels.get(index, _Level()).style
        count = counts[index]
        if style == "none" or count is None:
            return ""
        return numeral(count, "decimal" if level.legal else style)

    label = _PLACE.sub(number, level.text).strip()
    # Word sets a tab or a space behind; after 一、 or (一) neither is seen as a part of the text.
    return f"{label} " if label[-1:].isalnum() else label
