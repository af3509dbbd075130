"""Labels of a table without lines: those of rows and those of groups of rows, which stand before them and go before the first of their rows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import define, field

from gilint.readers.pdf.content import Box
from gilint.readers.pdf.lines import glue

_BESIDE = 1.0
"""Heights of a line by which the label of a group and one beside it can be off."""
_BETWEEN = 0.6
"""Distances of two rows by which they can be off: the label of a group stands beside a row or between two."""
_LEVEL = 0.3
"""Heights of a line by which two pieces on one line can be off each other."""
_SAME = 1.0
"""Points by which figures of one row can be off each other."""
_TIGHT = 0.8
"""Heights of a line between two lines of one label at most, where nothing else tells that they are one."""
_LOOSE = 2.2
"""The same where figures or numbers do."""
_NUMBER = re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})、|(\d{1,2})[.．、](?!\d)")
BEGINS = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[条项款]")
_FIRST = ("一", "1")


class Piece(NamedTuple):
    """What gaps part in a line: a figure, a label, or a line of one."""

    text: str
    box: Box
    figure: bool

    @property
    def middle(self) -> float:
        """How high on the page it stands."""
        return (self.box[1] + self.box[3]) / 2


@define
class Row:
    """A row: its figures and its label."""

    cells: dict[int, list[Piece]]
    """What stands in each column, line under line."""
    label: list[Piece]
    before: list[Piece] = field(factory=list)
    """Labels of groups that begin with the row."""
    doubtful: bool = field(default=False, kw_only=True)
    """Whether what stands in it may belong to the row above or below."""

    @property
    def boxes(self) -> list[Box]:
        """Those of all lines in it."""
        return [piece.box for pieces in (self.label, *self.cells.values()) for piece in pieces]

    @property
    def middle(self) -> float:
        """How high on the page its figures stand, or its label where it has none: the cell with the fewest lines."""
        pieces = min(self.cells.values(), key=len, default=self.label)
        return (pieces[0].box[3] + pieces[-1].box[1]) / 2

    @property
    def height(self) -> float:
        """How high a line of it is."""
        pieces = min(self.cells.values(), key=len, default=self.label)
        return pieces[0].box[3] - pieces[0].box[1]

    @property
    def text(self) -> str:
        """Its label."""
        return joined(self.label)


def joined(pieces: Sequence[Piece]) -> str:
    """Return the text of lines below each other."""
    text = ""
    for piece in pieces:
        text += (glue(text[-1], piece.text[0], full=True) if text else "") + piece.text
    return text


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around several."""
    return min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)


def groups_and_labels(pieces: Sequence[Piece], columns: Sequence[Sequence[Piece]]) -> tuple[list[Piece], list[Piece]]:
    """Part the labels of single rows from those of groups, which stand before them; a row that is in no group can begin as far to the left.

    Args:
        pieces: what stands beside the figures.
        columns: what stands in each column of figures, from top to bottom.
    """
    figures = [piece for column in columns for piece in column]
    pieces = sorted(pieces, key=lambda piece: -piece.middle)
    heights = _row_heights(columns)
    groups: list[Piece] = []
    labels: list[Piece] = []
    open_labels: list[Piece] = []
    for piece in pieces:
        if _is_before_labels(piece, pieces, heights):
            groups.append(piece)
        elif not any(other.box[0] >= piece.box[2] - 1 for other in pieces) or any(_shares_line(piece, figure) for figure in figures):
            # The first lines of a label that is level with the middle of its figures.
            first = piece
            while groups and groups[-1] in open_labels and _is_one_label(groups[-1], first, _LOOSE):
                first = groups.pop()
                labels.append(first)
            labels.append(piece)
        elif labels and _is_one_label(labels[-1], piece, _LOOSE):
            labels.append(piece)
        else:
            groups.append(piece)
            open_labels.append(piece)
    return sorted(labels, key=lambda piece: -piece.middle), groups


def _row_heights(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """Return at which heights rows of figures stand: where most columns have one, and where one has nothing right above or below it."""
    heights = sorted(piece.middle for column in columns for piece in column if piece.figure)
    counts = [bisect_right(heights, height + _SAME) - bisect_left(heights, height - _SAME) for height in heights]
    most = max(counts, default=0)
    found = [height for height, count in zip(heights, counts, strict=True) if 2 * count >= most]
    for column in columns:
        free = [True, *(upper.box[1] - lower.box[3] > _TIGHT * (upper.box[3] - upper.box[1]) for upper, lower in pairwise(column)), True]
        found += [piece.middle for piece, above, below in zip(column, free, free[1:], strict=False) if piece.figure and above and below]
    return sorted(found)


def _is_before_labels(piece: Piece, pieces: Sequence[Piece], heights: Sequence[float]) -> bool:
    """Say whether a piece stands before labels: level with one, or between two that are of one row or of two rows that follow each other."""
    level = _LEVEL * (piece.box[3] - piece.box[1])
    beside = [other for other in pieces if other.box[0] >= piece.box[2] - 1]
    above = min((other for other in beside if other.middle >= piece.middle - level), key=lambda other: other.middle, default=None)
    below = max((other for other in beside if other.middle <= piece.middle + level), key=lambda other: other.middle, default=None)
    if (above is None or below is None) and (above is below or not BEGINS.match(piece.text)):
        return False
    if above is not None and below is not None and (above is below or _is_one_label(above, below, _LOOSE)):
        return True
    height = piece.box[3] - piece.box[1]
    high = above.middle - level if above else piece.middle + height
    low = below.middle + level if below else piece.middle - height
    return bisect_left(heights, high) <= bisect_right(heights, low)


def _shares_line(piece: Piece, figure: Piece) -> bool:
    return min(piece.box[3], figure.box[3]) - max(piece.box[1], figure.box[1]) > _LEVEL * (figure.box[3] - figure.box[1])


def _reach(piece: Piece, rows: Sequence[Row]) -> float:
    """Return how far up and down the labels of single rows can stand beside that of a group: it is as high as a row, or between two."""
    height = piece.box[3] - piece.box[1]
    above = min((row.middle for row in rows if row.middle >= piece.middle), default=None)
    below = max((row.middle for row in rows if row.middle < piece.middle), default=None)
    if above is None or below is None or min(above - piece.middle, piece.middle - below) < _LEVEL * height:
        return _BESIDE * height
    return max(_BESIDE * height, _BETWEEN * (above - below))


def _stands_before(piece: Piece, other: Piece, reach: float) -> bool:
    return other.box[0] >= piece.box[2] - 1 and abs(other.middle - piece.middle) < reach


def groups_of_rows(groups: Sequence[Piece], rows: Sequence[Row]) -> tuple[list[Piece], list[Piece]]:
    """Part the labels of groups of rows from what stands in headers."""
    known = [piece for row in rows for piece in row.label]
    found, others = [], []
    for piece in sorted(groups, key=lambda piece: -piece.box[0]):
        reach = _reach(piece, rows)
        if any(_stands_before(piece, label, reach) for label in known):
            known.append(piece)
            found.append(piece)
        else:
            others.append(piece)
    return found, others


def _is_one_label(upper: Piece, lower: Piece, gap: float) -> bool:
    """Say whether a line can go on the one above it."""
    if BEGINS.match(lower.text):
        return False
    narrow = min(upper.box[2] - upper.box[0], lower.box[2] - lower.box[0])
    shared = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return shared > 0.5 * narrow and upper.box[1] - lower.box[3] < gap * (upper.box[3] - upper.box[1])


def is_group(row: Row, below: Row | None) -> bool:
    """Say whether a row without figures is the label of those below it, by how they are numbered."""
    if below is None or below.before:
        return False
    kind, number = _number(below.text)
    return number in _FIRST and kind != _number(row.text)[0]


def place_groups(pieces: list[Piece], rows: list[Row], kept: list[Piece]) -> None:
    """Put the label of each group of rows before its first row, those of inner groups first."""
    bundles: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        for bundle in bundles:
            if _is_one_label(bundle[-1], piece, _LOOSE):
                bundle.append(piece)
                break
        else:
            bundles.append([piece])
    numbers = [_number(row.text) for row in rows]
    for bundle in sorted(bundles, key=lambda bundle: -min(piece.box[0] for piece in bundle)):
        middle = (bundle[0].box[3] + bundle[-1].box[1]) / 2
        if not rows[-1].middle - rows[-1].height <= middle <= rows[0].middle + rows[0].height:
            kept.extend(bundle)
            continue
        at = min(range(len(rows)), key=lambda index: abs(rows[index].middle - middle))
        kind = numbers[at][0]
        first = at
        while kind and first and (numbers[first][0] != kind or numbers[first][1] not in _FIRST):
            first -= 1
        whole = Piece(joined(bundle), around([piece.box for piece in bundle]), figure=False)
        rows[first if kind and numbers[first][0] == kind else at].before.insert(0, whole)
        inner = _number(joined(bundle))
        if inner[0]:
            # To an outer group the whole inner one is a single item.
            last = at
            while last + 1 < len(rows) and numbers[last + 1][0] == kind and numbers[last + 1][1] not in _FIRST:
                last += 1
            numbers[first : last + 1] = [inner] * (last + 1 - first)


def _number(text: str) -> tuple[int, str]:
    """Return how a label is numbered: the kind of number, 0 for none, and the number."""
    match = _NUMBER.match(text)
    return (match.lastindex or 0, match[match.lastindex or 0]) if match else (0, "")
