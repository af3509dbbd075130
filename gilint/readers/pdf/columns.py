"""Where the columns of figures of a table without lines stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gilint.readers.pdf.labels import BEGINS, Piece
from gilint.values import looks_blank, looks_like_number

_LONGEST_FIGURE = 16
_TOUCHES = 0.5
"""Points by which two figures must stand above each other to be in one column."""
_CLOSE = 1.2
"""Heights of a line between two columns below which they may be one figure whose digits are set apart."""
_STARTS = re.compile(r"[+＋\-－−↑↓增减加少]{0,2}[\d０-９]")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}")
"""A piece of a label that was broken; where it stands for a blank, other figures show the column."""
_NUMBERED = re.compile(r"[\d０-９]{1,3}[)）、.．](?![\d０-９])")

Span = tuple[float, float]
"""From left to right."""


def is_figure(text: str) -> bool:
    """Say whether a piece is a number or stands for a blank."""
    return len(text) <= _LONGEST_FIGURE and (looks_blank(text) or looks_like_number(text)) and not BEGINS.fullmatch(text)


def begins_figure(text: str) -> bool:
    """Say whether a piece is a figure, perhaps with a remark behind it that goes on below."""
    return is_figure(text) or (_STARTS.match(text) is not None and not _NUMBERED.match(text))


def columns_of(figures: Sequence[Sequence[Piece]], headings: Sequence[Piece]) -> list[Span]:
    """Return the columns, from left to right.

    Args:
        figures: those of each row.
        headings: what stands above them; a column of blanks has nothing else.
    """
    figures = [[piece for piece in row if not _NUMERAL.fullmatch(piece.text)] for row in figures]
    height = max((piece.box[3] - piece.box[1] for row in figures for piece in row), default=0.0)
    if not any(figures):
        return []
    found = _components([(piece.box[0], piece.box[2]) for row in figures for piece in row])
    found = _without_bridges(found, figures)
    joined = _joined(found, figures, height)
    if len(joined) < len(found) and _headed(joined, headings) >= _headed(found, headings):
        found = joined
    return found


def _components(spans: list[Span]) -> list[Span]:
    columns: list[Span] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1] - _TOUCHES:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _without_bridges(columns: list[Span], figures: Sequence[Sequence[Piece]]) -> list[Span]:
    """Part columns that single wide figures join, where the fullest rows show more of them."""
    most = max(len(row) for row in figures)
    if len(columns) >= most:
        return columns
    full = [row for row in figures if len(row) == most]
    parted = [(min(row[n].box[0] for row in full), max(row[n].box[2] for row in full)) for n in range(most)]
    if any(before[1] > after[0] for before, after in pairwise(parted)):
        return columns
    return parted


def _joined(columns: list[Span], figures: Sequence[Sequence[Piece]], height: float) -> list[Span]:
    """Join columns that stand as close as digits set apart, where hardly a row has a figure in either."""
    joined = [columns[0]]
    for column in columns[1:]:
        before = joined[-1]
        if column[0] - before[1] < _CLOSE * height:
            both = either = 0
            for row in figures:
                middles = [(piece.box[0] + piece.box[2]) / 2 for piece in row]
                first = any(before[0] <= middle <= before[1] for middle in middles)
                second = any(column[0] <= middle <= column[1] for middle in middles)
                both += first and second
                either += first or second
            if 2 * both < either:
                joined[-1] = (before[0], column[1])
                continue
        joined.append(column)
    return joined


def _headed(columns: Sequence[Span], headings: Sequence[Piece]) -> int:
    """Return how many columns have a heading of their own above them."""
    middles = [(piece.box[0] + piece.box[2]) / 2 for piece in headings]
    return sum(any(left <= middle <= right for middle in middles) for left, right in columns)


def with_blank_columns(columns: list[Span], above: Sequence[Piece], labels: Sequence[Piece]) -> list[Span]:
    """Return columns with those that have a heading, but no figure.

    Args:
        columns: where figures stand.
        above: what stands higher than they.
        labels: what stands below it beside the figures.
    """
    right = max((piece.box[2] for piece in labels if piece.box[2] <= columns[0][0]), default=float("-inf"))
    # Where nothing stands beside the figures, the first heading is that of a column too.
    corner = min((piece.box[0] for piece in above), default=0.0) if right > float("-inf") else right
    narrow = [piece for piece in above if not _over(piece, above)]
    headings = [
        span
        for span in _components([(piece.box[0], piece.box[2]) for piece in narrow])
        if (span[0] + span[1]) / 2 > right and span[0] > corner
    ]
    if len(headings) <= len(columns):
        return columns
    # Every column takes the heading that is nearest to it; those left over are of columns of blanks.
    for left, end in columns:
        headings.remove(min(headings, key=lambda span: abs(span[0] + span[1] - left - end)))
    leaves = [piece for piece in (_lowest(narrow, column) for column in columns) if piece is not None]
    top = max((piece.box[3] for piece in leaves), default=float("inf"))
    # A heading over several columns stands higher than all that are over one.
    blank = [span for span in headings if (piece := _lowest(narrow, span)) is not None and piece.box[1] < top]
    return sorted([*columns, *blank])


def _lowest(pieces: Sequence[Piece], span: Span) -> Piece | None:
    above = [piece for piece in pieces if span[0] < piece.box[2] and piece.box[0] < span[1]]
    return min(above, key=lambda piece: piece.box[1], default=None)


def _over(piece: Piece, others: Sequence[Piece]) -> bool:
    """Say whether a heading stands over several others."""
    left, right = piece.box[0] + _TOUCHES, piece.box[2] - _TOUCHES
    below = [
        (other.box[0], other.box[2]) for other in others if other.middle < piece.middle and left < other.box[2] and other.box[0] < right
    ]
    return len(_components(below)) > 1


def fitted(columns: list[Span], known: Sequence[Span]) -> list[Span]:
    """Return the columns of the part of a table before, where all of these are among them: others have no figure here."""
    taken = set()
    for left, right in columns:
        shared = [number for number, (start, end) in enumerate(known) if min(right, end) - max(left, start) > _TOUCHES]
        if len(shared) != 1:
            return columns
        taken.update(shared)
    if len(taken) < len(columns):
        return columns
    spans = [*known]
    for number, (left, right) in zip(sorted(taken), columns, strict=True):
        spans[number] = min(left, spans[number][0]), max(right, spans[number][1])
    return spans


def trailing_figures(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the figures at the end of a line."""
    start = len(pieces)
    while start and pieces[start - 1].figure:
        start -= 1
    return list(pieces[start:])
