"""The header of a table without lines: what stands above the columns, each heading over the columns that it is for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gilint.readers.pdf.columns import Span
from gilint.readers.pdf.labels import Piece, around, joined
from gilint.readers.pdf.separators import Separators

_WIDEST_HEADING = 1.25
"""Widths of a column that its heading can have; a wider one is over several."""
_IN_HEADING = 0.6
"""Heights of a line between two lines of one heading at most."""
_SAME_LINE = 0.5
"""Heights of a line by which headings over several columns can be off each other."""
_ALIGNED = 0.6
"""Heights of a line by which the lines of one heading can be out of line."""
_CENTRED = 0.3
"""Widths of a column by which a heading can be off the middle of those that it is over."""


class Heading(NamedTuple):
    """A heading, the first column that it is over, and how many."""

    piece: Piece
    column: int
    span: int


def edges_of(columns: Sequence[Span]) -> list[float]:
    """Return where columns part, with the outer edges, as far from the outermost figures as their neighbours make likely."""
    centres = [(left + right) / 2 for left, right in columns]
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    if not inner:
        return [float("-inf"), float("inf")]
    return [1.5 * centres[0] - 0.5 * centres[1], *inner, 1.5 * centres[-1] - 0.5 * centres[-2]]


def header_rows(pieces: Sequence[Piece], columns: Sequence[Span], separators: Separators, leading: float) -> list[list[Heading]]:
    """Return what stands above columns as rows of a grid; the last one has the heading of each column.

    Args:
        pieces: what stands there.
        columns: where the figures stand.
        separators: lines across the table.
        leading: how far the lines of one cell are from each other.
    """
    edges = edges_of(columns)
    stacked: list[list[Piece]] = [[] for _ in columns]
    upper: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        at = bisect_right(edges, (piece.box[0] + piece.box[2]) / 2) - 1
        narrow = 0 <= at < len(columns) and piece.box[2] - piece.box[0] < _WIDEST_HEADING * (edges[at + 1] - edges[at])
        if narrow and (not stacked[at] or (_is_next(piece, stacked[at][-1], separators, leading) and _is_level(piece, stacked[at][-1]))):
            stacked[at].append(piece)
        else:
            upper.append(piece)
    leaves = [Heading(_whole(stack[::-1]), at, 1) for at, stack in enumerate(stacked) if stack]
    rows = [_over(line, edges, leaves) for line in _lines(upper)]
    return [*rows, leaves] if leaves else rows


def _is_next(upper: Piece, lower: Piece, separators: Separators, leading: float) -> bool:
    gap = upper.box[1] - lower.box[3]
    return gap < max(_IN_HEADING * (upper.box[3] - upper.box[1]), leading) and not separators.between(upper.box, lower.box)


def _is_level(upper: Piece, lower: Piece) -> bool:
    """Say whether two lines of one heading can be: they begin, end or have their middles above each other."""
    off = _ALIGNED * (upper.box[3] - upper.box[1])
    left, right = abs(upper.box[0] - lower.box[0]), abs(upper.box[2] - lower.box[2])
    return min(left, right, abs(upper.box[0] + upper.box[2] - lower.box[0] - lower.box[2]) / 2) < off


def _whole(pieces: Sequence[Piece]) -> Piece:
    return Piece(joined(pieces), around([piece.box for piece in pieces]), figure=False)


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if lines and lines[-1][0].middle - piece.middle < _SAME_LINE * (piece.box[3] - piece.box[1]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.box[0])
    return lines


def _over(line: Sequence[Piece], edges: Sequence[float], leaves: Sequence[Heading]) -> list[Heading]:
    """Return headings over several columns: a heading stands in the middle of its columns, and beside it stand those of others."""
    count = len(edges) - 1
    own = [_touched(piece, edges) for piece in line]
    beside = {leaf.column for leaf in leaves if leaf.piece.box[3] > line[0].box[1]}
    found = []
    for index, piece in enumerate(line):
        first, last = own[index]
        low = own[index - 1][1] + 1 if index else 0
        high = own[index + 1][0] - 1 if index + 1 < len(line) else count - 1
        while low < first and low in beside:
            low += 1
        while high > last and high in beside:
            high -= 1
        found.append((piece, *_centred((piece.box[0] + piece.box[2]) / 2, (first, last), (low, high), edges)))
    return _apart(found, own)


def _touched(piece: Piece, edges: Sequence[float]) -> tuple[int, int]:
    """Return the first and the last column that a piece stands above."""
    last_column = len(edges) - 2
    third = (piece.box[2] - piece.box[0]) / 4
    first = min(max(bisect_right(edges, piece.box[0] + third) - 1, 0), last_column)
    return first, min(max(bisect_right(edges, piece.box[2] - third) - 1, first), last_column)


def _centred(middle: float, own: tuple[int, int], limits: tuple[int, int], edges: Sequence[float]) -> tuple[int, int]:
    """Return the most columns around those of a heading in whose middle it stands."""
    best = own
    for first in range(limits[0], own[0] + 1):
        for last in range(own[1], limits[1] + 1):
            off = abs((edges[first] + edges[last + 1]) / 2 - middle)
            if off < _CENTRED * (edges[own[0] + 1] - edges[own[0]]) and last - first > best[1] - best[0]:
                best = first, last
    return best


def _apart(found: list[tuple[Piece, int, int]], own: Sequence[tuple[int, int]]) -> list[Heading]:
    """Return headings of one line; where two would be over one column, only over those that they stand above."""
    headings: list[Heading] = []
    for index, (piece, first, last) in enumerate(found):
        clash = (index and found[index - 1][2] >= first) or (index + 1 < len(found) and found[index + 1][1] <= last)
        low, high = own[index] if clash else (first, last)
        low = max(low, headings[-1].column + headings[-1].span) if headings else low
        if low <= high:
            headings.append(Heading(piece, low, high - low + 1))
        else:
            before = headings[-1]
            whole = _whole([before.piece, piece])
            headings[-1] = Heading(whole, before.column, before.span)
    return headings
