"""Numbers whose digits are set apart, as 1 3 2 4: one figure each, where they stand in one column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from gilint.readers.pdf.columns import columns_of, is_figure
from gilint.readers.pdf.labels import Piece, around

_SPACE = 0.45
"""Heights of a line that a space between two digits is wide at most."""
_CLEARLY = 2.5
"""So many times wider are the gaps between columns."""
_LEAST_ROWS = 2
"""Rows without such digits that show where the columns are."""


def with_whole_numbers(lines: Sequence[Sequence[Piece]]) -> list[Sequence[Piece]]:
    """Return the lines of a table with digits put together that are one number.

    Whether two of them are, the other rows tell, whose figures show the columns. Where there are none, a space is much narrower than the gaps between columns.
    """
    close = [[_is_close(before, piece) for before, piece in pairwise(line)] for line in lines]
    if not any(map(any, close)):
        return [*lines]
    figures = [[piece for piece in line if piece.figure] for line, gaps in zip(lines, close, strict=True) if not any(gaps)]
    figures = [row for row in figures if row]
    columns = columns_of(figures, []) if len(figures) >= _LEAST_ROWS else []
    edges = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    return [_joined(line, gaps, edges) if any(gaps) else line for line, gaps in zip(lines, close, strict=True)]


def _is_close(before: Piece, piece: Piece) -> bool:
    gap = piece.box[0] - before.box[2]
    return (
        before.figure
        and piece.figure
        and before.text[-1:].isdigit()
        and piece.text[:1].isdigit()
        and gap < _SPACE * (piece.box[3] - piece.box[1])
    )


def _joined(line: Sequence[Piece], close: Sequence[bool], edges: Sequence[float]) -> list[Piece]:
    apart = min(
        (right.box[0] - left.box[2] for (left, right), near in zip(pairwise(line), close, strict=True) if right.figure and not near),
        default=0.0,
    )
    pieces = [line[0]]
    for (before, piece), near in zip(pairwise(line), close, strict=True):
        if near:
            if edges:
                one = bisect_right(edges, _middle(before)) == bisect_right(edges, _middle(piece))
            else:
                one = _CLEARLY * (piece.box[0] - before.box[2]) < apart
            if one:
                text = f"{pieces[-1].text} {piece.text}"
                pieces[-1] = Piece(text, around([pieces[-1].box, piece.box]), is_figure(text))
                continue
        pieces.append(piece)
    return pieces


def _middle(piece: Piece) -> float:
    return (piece.box[0] + piece.box[2]) / 2
