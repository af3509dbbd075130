"""Figures of a table without lines put together to rows.

What stands in one cell is a stack: line under line in its column, a figure first and perhaps the rest of it or a remark below. The stacks of a row have
their middles, their first or their last lines at one height; which of these, the page itself shows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from attrs import define

from gilint.readers.pdf.columns import begins_figure
from gilint.readers.pdf.content import Box
from gilint.readers.pdf.labels import Piece, around, joined
from gilint.readers.pdf.separators import Separators

_LINE_GAP = 0.6
"""Heights of a line between two lines of one cell at most."""
_LEVEL = 0.25
"""Heights of a line, or distances of two lines, by which what stands at one height can be off."""
_OFF = 0.4
"""Heights of a line by which stacks of one row may be off each other."""
_LOOSE = 1.3
"""The same where lines across the table or the other figures of the row tell that they are one."""
_FEW = 3
"""So many times the figures of a row that has few of them fewer than the fullest one has."""
_ASTRAY = 0.9
"""Heights of a line by which they can be off the row."""
_BRACKETS = str.maketrans("（）〔〕[]", "()()()")


@define
class Stack:
    """What stands in one cell of a column."""

    column: int
    pieces: list[Piece]

    @property
    def box(self) -> Box:
        """Around all lines."""
        return around([piece.box for piece in self.pieces])

    @property
    def text(self) -> str:
        """All lines as one text."""
        return joined(self.pieces)


@define
class Lines:
    """Which figures of other columns stand beside those of one."""

    heights: list[float]
    """The middles of all figures, from the lowest to the highest."""
    labelled: list[float]
    """The same of labels, where there are too few columns to tell by figures."""
    columns: int
    """How many there are."""

    def is_row(self, piece: Piece) -> bool:
        """Say whether a figure has others beside it, or a label."""
        off = _LEVEL * (piece.box[3] - piece.box[1])
        return _count(self.heights, piece.middle, off) > 1 or _count(self.labelled, piece.middle, off) > 0

    def stands_between(self, upper: Piece, lower: Piece) -> bool:
        """Say whether two lines are one cell: the other figures of the row stand as high as their middle.

        So no column has a figure both there and in the upper line, together they are not more than there are columns, and no more begin than end.
        """
        off = _LEVEL * (upper.box[3] - upper.box[1])
        first, last = _count(self.heights, upper.middle, off), _count(self.heights, lower.middle, off)
        beside = _count(self.heights, (upper.middle + lower.middle) / 2, _LEVEL * (upper.middle - lower.middle))
        return 0 < beside <= self.columns - first and last <= first


def _count(heights: Sequence[float], middle: float, off: float) -> int:
    return bisect_right(heights, middle + off) - bisect_left(heights, middle - off)


def stacks_of(column: int, pieces: Sequence[Piece], separators: Separators, lines: Lines) -> list[Stack]:
    """Part what stands in a column, from top to bottom, into cells."""
    stacks: list[Stack] = []
    for piece in pieces:
        if stacks and _goes_on(stacks[-1], piece, separators, lines):
            stacks[-1].pieces.append(piece)
        else:
            stacks.append(Stack(column, [piece]))
    return stacks


def _goes_on(stack: Stack, piece: Piece, separators: Separators, lines: Lines) -> bool:
    last = stack.pieces[-1]
    height = last.box[3] - last.box[1]
    gap = last.box[1] - piece.box[3]
    if gap > _LOOSE * height or separators.between(last.box, piece.box):
        return False
    if separators.everywhere or lines.stands_between(last, piece):
        return True
    if gap > _LINE_GAP * height:
        return False
    text = stack.text.translate(_BRACKETS)
    if text.count("(") > text.count(")") or not begins_figure(piece.text):
        return True
    # A line that is a row of its own is not the rest of a cell above it.
    return not lines.is_row(piece)


def rows_of(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Put stacks that stand beside each other together, rows from top to bottom."""
    tries = [_clusters(stacks, height) for height in (_middle, _first, _last)]
    return _without_strays(min(tries, key=lambda rows: (_crowded(rows), len(rows))))


def _without_strays(rows: list[list[Stack]]) -> list[list[Stack]]:
    """Put the few figures that stand a little higher or lower than the others of their row, beside a blank line in their cell, where they belong."""
    most = max(len(row) for row in rows)
    kept: list[list[Stack]] = [row for row in rows if _FEW * len(row) > most]
    for row in rows:
        if _FEW * len(row) > most:
            continue
        middle, box = _middle(row[0]), row[0].pieces[0].box
        columns = {stack.column for stack in row}
        free = [other for other in kept if columns.isdisjoint(stack.column for stack in other)]
        nearest = min(free, key=lambda other: abs(_middle(other[0]) - middle), default=None)
        if nearest is not None and abs(_middle(nearest[0]) - middle) < _ASTRAY * (box[3] - box[1]):
            nearest.extend(row)
        else:
            kept.append(row)
    return sorted(kept, key=lambda row: -_middle(row[0]))


def _middle(stack: Stack) -> float:
    return (stack.pieces[0].box[3] + stack.pieces[-1].box[1]) / 2


def _first(stack: Stack) -> float:
    return stack.pieces[0].middle


def _last(stack: Stack) -> float:
    return stack.pieces[-1].middle


def _clusters(stacks: Sequence[Stack], height_of: Callable[[Stack], float]) -> list[list[Stack]]:
    rows: list[list[Stack]] = []
    before = 0.0
    for stack in sorted(stacks, key=lambda stack: -height_of(stack)):
        at, box = height_of(stack), stack.pieces[0].box
        if not rows or before - at > _OFF * (box[3] - box[1]):
            rows.append([])
            before = at
        rows[-1].append(stack)
    return rows


def _crowded(rows: Sequence[Sequence[Stack]]) -> int:
    """Return how many cells stand in a place that another one has."""
    return sum(len(row) - len({stack.column for stack in row}) for row in rows)
