"""What is drawn on a page, and the characters of it with their boxes."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterable, Sequence
from math import pi
from operator import sub
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from attrs import define, field

from gilint.readers.pdf.calls import generated, loose_boxes, without_meaning
from gilint.readers.radicals import without_radicals

MAX_CHARACTERS = 400_000
"""Characters of one document; a report has some thousands."""
MAX_OBJECTS = 200_000
"""Page objects (texts, lines, pictures) of one document."""
MAX_PATHS = 50_000
"""Drawn lines and areas of one document; a page with a box around every cell has some hundreds."""
_SYMBOLS = range(0xF020, 0xF100)
"""Where fonts of symbols (Wingdings, Symbol) have theirs: the bullets and boxes before the items of a list."""
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-", "\xa0": " ", "\u3000": " "}
_LEAST_HEIGHT = 0.5
"""Heights of the tallest character of a line that the others have at least."""
_SHORTEST = 2.0
"""Points: shorter lines are dots and the ends of others."""
_LINE = re.compile(r"[^\0\n\r]+")
_UNLIKE = re.compile("[\x01-\x09\x0b\x0c\x0e-\x1f\xa0\xad\u2e80-\u2fd5\u3000\ud800-\uf8ff\ufffe]")
"""Characters that do not stand for themselves."""
_PRIVATE = re.compile("[\ud800-\uf01f\uf100-\uf8ff]")
"""Surrogates and codes for private use, which are no characters that anyone agreed on."""

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
    left, bottom, right, top = turned(box, content.turn) if content.turn else box
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
    codes = _codes(text_page, count)
    printed = "".join(map(chr, codes))
    found, *sides = loose_boxes(text_page, count)
    left_out = generated(text_page, [index for index, code in enumerate(codes) if code == 32])
    if not all(found):
        left_out.update(index for index, there in enumerate(found) if not there)
    unknown = [*without_meaning(text_page, [index for index, code in enumerate(codes) if code > 126])]
    unknown.extend(match.start() for match in _PRIVATE.finditer(printed))
    letters = _UNLIKE.sub(_letter, printed)
    characters = list(zip(letters, *sides, strict=True))
    runs = []
    for line in _LINE.finditer(printed):
        kept: Iterable[int] = range(*line.span())
        if not left_out.isdisjoint(kept):
            kept = [index for index in kept if index not in left_out]
        run = [characters[index] for index in kept]
        if run:
            angle = _angle(text_page, next(iter(kept)))
            runs.append((angle, _leveled(run, angle)))
    return runs, sum(index not in left_out for index in unknown)


def _letter(match: re.Match[str]) -> str:
    """Return what a character is read as that does not stand for itself."""
    letter = match[0]
    code = ord(letter)
    if code <= 32 or letter in _HYPHENS:
        return _HYPHENS.get(letter, " ")
    if code <= 0x2FD5:
        return without_radicals(letter)
    return "•" if code in _SYMBOLS else "\ufffd"


def _codes(text_page: Any, count: int) -> Sequence[int]:
    """Return the code of each character: all at once where none of them is left out of the text so."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1 == pdfium.FPDFText_CountChars(text_page) + 1:
        return buffer[:count]
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return [code if code <= sys.maxunicode else 0xE000 for code in codes]


def _leveled(run: list[Character], angle: int) -> list[Character]:
    """Return a run whose characters are all as high as the line: some fonts tell only how high the ink of a glyph is, and 一 is no speck."""
    _, lefts, bottoms, rights, tops = zip(*run, strict=True)
    lows, highs = (lefts, rights) if angle in (90, 270) else (bottoms, tops)
    heights = list(map(sub, highs, lows))
    tall = max(heights)
    if min(heights) >= _LEAST_HEIGHT * tall:
        return run
    line_low, line_high = lows[heights.index(tall)], highs[heights.index(tall)]
    leveled: list[Character] = []
    for character, low, high, height in zip(run, lows, highs, heights, strict=True):
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
