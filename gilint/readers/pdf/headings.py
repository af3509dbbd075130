"""The header of a table without lines: what stands above each column of figures, put together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from gilint.readers.pdf.labels import Piece, Row, joined

_LEAST_COLUMNS = 3
_WIDEST_HEADING = 1.25
"""Widths of a column that its heading can have; a wider one is over several."""
_IN_HEADING = 0.6
"""Heights of a line between two lines of one heading at most."""
_HIGHER = 0.3
"""Heights of a line by which the heading of a column stands higher where it is beside one over several columns."""


def with_header(rows: Sequence[Row], kept: list[Piece]) -> list[Piece]:
    """Return what is left with the pieces of each column's heading joined, where the figures show the columns."""
    most = max(len(row.figures) for row in rows)
    full = [row for row in rows if len(row.figures) == most]
    columns = [(min(row.figures[n].box[0] for row in full), max(row.figures[n].box[2] for row in full)) for n in range(most)]
    if most < _LEAST_COLUMNS or any(before[1] >= after[0] for before, after in pairwise(columns)):
        return kept
    centres = [(left + right) / 2 for left, right in columns]
    start = 1.5 * centres[0] - 0.5 * centres[1]
    edges = [start, *((before + after) / 2 for before, after in pairwise(centres)), 1.5 * centres[-1] - 0.5 * centres[-2]]
    headings: list[list[Piece]] = [[] for _ in columns]
    others = []
    for piece in kept:
        middle = (piece.box[0] + piece.box[2]) / 2
        at = bisect_right(edges, middle) - 1
        inside = 0 <= at < most and piece.box[2] - piece.box[0] < _WIDEST_HEADING * (edges[at + 1] - edges[at])
        if piece.middle > full[0].middle and inside:
            headings[at].append(piece)
        else:
            others.append(piece)
    if not all(headings):
        return kept
    for pieces in headings:
        others.extend(_without_upper(pieces))
    return others + _leveled(headings, [piece for piece in others if piece.middle > full[0].middle and piece.box[2] > edges[0]])


def _without_upper(pieces: list[Piece]) -> list[Piece]:
    """Take from the lines above a column those that are not its own heading but one over several columns; return them."""
    pieces.sort(key=lambda piece: piece.middle)
    count = 1
    while count < len(pieces) and pieces[count].box[1] - pieces[count - 1].box[3] < _IN_HEADING * (
        pieces[count].box[3] - pieces[count].box[1]
    ):
        count += 1
    upper = pieces[count:]
    del pieces[count:]
    pieces.reverse()
    return upper


def _leveled(headings: Sequence[Sequence[Piece]], over: Sequence[Piece]) -> list[Piece]:
    """Return one piece for the heading of each column, beside those over several columns where it is as high as they with what is below them."""
    middles = [sum(piece.middle for piece in pieces) / len(pieces) for pieces in headings]
    lowest = min((piece.box for pieces in headings for piece in pieces), key=lambda box: box[1])
    beside = min((piece.box for piece in over), key=lambda box: box[1], default=lowest)
    heads = []
    for pieces, middle in zip(headings, middles, strict=True):
        level = beside if middle > min(middles) + _HIGHER * (lowest[3] - lowest[1]) else lowest
        heads.append(Piece(joined(pieces), (pieces[0].box[0], level[1], pieces[0].box[2], level[3]), figure=False))
    return heads
