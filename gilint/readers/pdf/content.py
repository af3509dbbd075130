"""What is drawn on a page, and the characters of it with their boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from math import pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from attrs import define, field

from gilint.readers.radicals import without_radicals

MAX_CHARACTERS = 400_000
"""Characters of one document; a report has some thousands."""
MAX_OBJECTS = 200_000
"""Page objects (texts, lines, pictures) of one document."""
MAX_PATHS = 50_000
"""Drawn lines and areas of one document; a page with a box around every cell has some hundreds."""
_SYMBOLS = range(0xF020, 0xF100)
"""Where fonts of symbols (Wingdings, Symbol) have theirs: the bullets and boxes before the items of a list."""
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xA0: " ", 0x3000: " ", 0x09: " "}
_LEAST_HEIGHT = 0.5
"""Heights of the tallest character of a line that the others have at least."""
_SHORTEST = 2.0
"""Points: shorter lines are dots and the ends of others."""
_BREAKS = frozenset((0, 10, 13))

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Character = tuple[str, float, float, float, float]
"""A character and its left, bottom, right and top."""


class Ruling(NamedTuple):
    """A straight line: ``at`` says where it lies across its direction, ``start`` and ``end`` along it."""

    at: float
    start: float
    end: float


@define
class PageContent:
    """What is drawn on one page, turned upright."""

    number: int
    """Counted from 1."""
    turn: int
    """By how many degrees the text of the page is turned against its paper: 0, 90, 180 or 270."""
    paper: Box
    """The edges of the page, turned like the rest."""
    characters: list[Character] = field(factory=list)
    turned: list[tuple[int, list[Character]]] = field(factory=list)
    """Runs of text turned otherwise than the page: upright labels of narrow columns, stamps. Degrees against the page; -1 for a slant."""
    across: list[Ruling] = field(factory=list)
    """Horizontal lines."""
    down: list[Ruling] = field(factory=list)
    """Vertical lines."""
    pictures: int = 0
    unmapped: int = 0
    """Characters of which the document does not say what they are."""
    comments: int = 0
    """Highlights, notes and the like that were put on the page: what programs list as comments. Stamps, links and fields are none."""
    own_comments: int = 0
    """How many of them gilint has written."""

    def on_paper(self, box: Box) -> Box:
        """Return a box as it lies on the paper, in points from its lower left corner."""
        left, bottom, right, top = turned(box, -self.turn % 360)
        return round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)


def turned(box: Box, degrees: int) -> Box:
    """Turn a box clockwise around the origin: text drawn at that angle is upright then."""
    left, bottom, right, top = box
    if degrees == 90:
        return bottom, -right, top, -left
    if degrees == 180:
        return -right, -top, -left, -bottom
    if degrees == 270:
        return -top, left, -bottom, right
    return box


def placed(number: int, paper: Box, runs: Iterable[tuple[int, list[Character]]]) -> PageContent:
    """Return a page, turned until most of its text is upright.

    Args:
        number: counted from 1.
        paper: its edges.
        runs: its characters, those that are drawn together each with their angle: degrees counter-clockwise, -1 for a slant.
    """
    runs = list(runs)
    weight = {0: 0, 90: 0, 180: 0, 270: 0}
    for angle, run in runs:
        if angle in weight:
            weight[angle] += len(run)
    turn = max(weight, key=lambda angle: weight[angle])
    content = PageContent(number, turn, turned(paper, turn))
    for angle, run in runs:
        upright = run if not turn else [(text, *turned((left, bottom, right, top), turn)) for text, left, bottom, right, top in run]
        if angle == turn:
            content.characters.extend(upright)
        else:
            content.turned.append(((angle - turn) % 360 if angle >= 0 else -1, upright))
    return content


def add_line(content: PageContent, box: Box) -> None:
    """Add a line that is drawn on a page, as thick as its box is."""
    left, bottom, right, top = turned(box, content.turn)
    if right - left >= top - bottom:
        if right - left >= _SHORTEST:
            content.across.append(Ruling((bottom + top) / 2, left, right))
    elif top - bottom >= _SHORTEST:
        content.down.append(Ruling((left + right) / 2, bottom, top))


@define
class Budget:
    """What is left of the limits of a document."""

    characters: int = MAX_CHARACTERS
    objects: int = MAX_OBJECTS
    paths: int = MAX_PATHS
    exceeded: dict[str, int] = field(factory=dict)
    """Limits that were hit, by name."""

    def take_characters(self, count: int) -> int:
        """Return how many of ``count`` characters may be read."""
        granted = min(count, self.characters)
        if granted < count:
            self.exceeded["MAX_CHARACTERS"] = MAX_CHARACTERS
        self.characters -= granted
        return granted

    def take_objects(self, count: int) -> int:
        """Return how many of ``count`` objects may be looked at."""
        granted = min(count, self.objects)
        if granted < count:
            self.exceeded["MAX_OBJECTS"] = MAX_OBJECTS
        self.objects -= granted
        return granted

    def take_path(self) -> bool:
        """Say whether one more path may be looked at."""
        if not self.paths:
            self.exceeded["MAX_PATHS"] = MAX_PATHS
            return False
        self.paths -= 1
        return True


def runs_of(page: Any, budget: Budget) -> tuple[list[tuple[int, list[Character]]], int]:
    """Return the characters in the order in which they are drawn, cut where pdfium sees a line end, each piece with its angle."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], 0
    try:
        return _read_runs(text_page, budget.take_characters(max(pdfium.FPDFText_CountChars(text_page), 0)))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _read_runs(text_page: Any, count: int) -> tuple[list[tuple[int, list[Character]]], int]:
    box_of, failed = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    rectangle = pdfium.FS_RECTF()
    pointer = ctypes.byref(rectangle)
    runs: list[tuple[int, list[Character]]] = []
    run: list[Character] = []
    unmapped = 0
    for index, code in enumerate(_codes(text_page, count)):
        if code <= 32 or code in _HYPHENS:
            if code in _BREAKS:
                run = []
                continue
            if code == 32 and pdfium.FPDFText_IsGenerated(text_page, index) == 1:
                continue
            text = _HYPHENS.get(code, " ")
        else:
            text = chr(code)
            if code >= 0x2E80:
                if code <= 0x2FD5:
                    text = without_radicals(text)
                elif _SYMBOLS[0] <= code <= _SYMBOLS[-1]:
                    text = "•"
                elif 0xD800 <= code < 0xF900:
                    # Surrogates and codes for private use are no characters that anyone agreed on.
                    unmapped += 1
                    text = "\ufffd"
        if not box_of(text_page, index, pointer):
            continue
        if not run:
            run = []
            runs.append((_angle(text_page, index), run))
        if code > 126 and failed(text_page, index) == 1:
            unmapped += 1
        run.append((text, rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
    return [(angle, _leveled(run, angle)) for angle, run in runs], unmapped


def _codes(text_page: Any, count: int) -> Sequence[int]:
    """Return the code of each character: all at once where none of them is left out of the text so."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1 == pdfium.FPDFText_CountChars(text_page) + 1:
        return buffer[:count]
    return [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]


def _leveled(run: list[Character], angle: int) -> list[Character]:
    """Return a run whose characters are all as high as the line: some fonts tell only how high the ink of a glyph is, and 一 is no speck."""
    sides = [(left, right) for _, left, _, right, _ in run] if angle in (90, 270) else [(bottom, top) for _, _, bottom, _, top in run]
    heights = [high - low for low, high in sides]
    tall = max(heights)
    if min(heights) >= _LEAST_HEIGHT * tall:
        return run
    line_low, line_high = sides[heights.index(tall)]
    leveled: list[Character] = []
    for character, (low, high), height in zip(run, sides, heights, strict=True):
        if height >= _LEAST_HEIGHT * tall or low < line_low or high > line_high:
            leveled.append(character)
        elif angle in (90, 270):
            leveled.append((character[0], line_low, character[2], line_high, character[4]))
        else:
            leveled.append((character[0], character[1], line_low, character[3], line_high))
    return leveled


def _angle(text_page: Any, index: int) -> int:
    """Return by how many degrees a character is turned counter-clockwise (pdfium counts clockwise); -1 for a slant."""
    degrees = -pdfium.FPDFText_GetCharAngle(text_page, index) * 180 / pi
    right = round(degrees / 90) * 90
    return right % 360 if abs(degrees - right) <= 5 else -1
