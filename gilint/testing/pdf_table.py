"""Fits a table to the width of a page, and its rows to pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from gilint.testing.paper import column_widths
from gilint.testing.sheet import Placed, Role, Sheet

Wrap = Callable[[str, float, float], list[str]]
"""Text, width, size of type: the lines."""

LEADING = 1.25
"""Height of a line in sizes of type."""
_SIDES = 6.0
"""Points that are left free at both sides of a cell together."""
_ABOVE_AND_BELOW = 6.0


@frozen
class FittedCell:
    """A cell with its text broken into lines; ``rows`` counts from the row that it begins in on this page."""

    lines: tuple[str, ...]
    column: int
    columns: int
    rows: int
    to_left: bool
    height: float
    """What its text takes."""


@frozen
class FittedRow:
    """A row with the cells that begin in it."""

    height: float
    cells: tuple[FittedCell, ...]


def fit(sheet: Sheet, width: float, size: float, wrap: Wrap) -> tuple[list[FittedRow], list[float]]:
    """Break every text where its cell ends; return rows as high as their texts, and how wide the columns are."""
    widths = column_widths(sheet, width)
    lines = [[_fitted(placed, widths, size, wrap) for placed in row] for row in sheet.placed()]
    heights = [max((cell.height for cell in row if cell.rows == 1), default=_height(1, size)) for row in lines]
    for index, row in enumerate(lines):
        for cell in row:
            missing = cell.height - sum(heights[index : index + cell.rows])
            if missing > 0:
                heights[index + cell.rows - 1] += missing
    return [FittedRow(height, tuple(row)) for height, row in zip(heights, lines, strict=True)], widths


def _height(lines: int, size: float) -> float:
    return lines * size * LEADING + _ABOVE_AND_BELOW


def _fitted(placed: Placed, widths: Sequence[float], size: float, wrap: Wrap) -> FittedCell:
    width = sum(widths[placed.column : placed.column + placed.columns]) - _SIDES
    lines = tuple(wrap(placed.cell.text, width, size))
    return FittedCell(lines, placed.column, placed.columns, placed.rows, placed.cell.role is Role.LABEL, _height(len(lines), size))


def pages(rows: Sequence[FittedRow], header: int, room: float, whole: float) -> list[list[FittedRow]]:
    """Cut a table into what fits on one page after the other, the header repeated.

    Args:
        rows: all rows.
        header: how many of them stand on every page.
        room: what is free on the first page.
        whole: what is free on the others.
    """
    starts, used = [0], 0.0
    repeated = sum(row.height for row in rows[:header])
    for index, row in enumerate(rows):
        if used + row.height > room and index > starts[-1]:
            starts.append(index)
            room, used = whole, repeated
        used += row.height
    cuts = list(zip(starts, [*starts[1:], len(rows)], strict=True))
    pieces = [_cut(rows, cut, cuts) for cut in cuts]
    return [pieces[0], *([*rows[:header], *piece] for piece in pieces[1:])]


def _cut(rows: Sequence[FittedRow], cut: tuple[int, int], cuts: Sequence[tuple[int, int]]) -> list[FittedRow]:
    """Return the rows of one page with their spans cut; a cell that goes on is drawn on every page, its text printed on one."""
    start, end = cut
    cells: list[list[FittedCell]] = [[] for _ in range(start, end)]
    for index, row in enumerate(rows[:end]):
        for cell in row.cells:
            first, last = max(index, start), min(index + cell.rows, end)
            if first < last:
                lines = cell.lines if cell.rows == 1 or _printed_on(index, cell, rows, cuts) == cut else ()
                cells[first - start].append(evolve(cell, lines=lines, rows=last - first))
    return [FittedRow(row.height, tuple(found)) for row, found in zip(rows[start:end], cells, strict=True)]


def _printed_on(index: int, cell: FittedCell, rows: Sequence[FittedRow], cuts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the first page with room for the text of a cell, or that with the most."""
    rooms = {cut: sum(row.height for row in rows[max(index, cut[0]) : min(index + cell.rows, cut[1])]) for cut in cuts}
    return next((cut for cut, room in rooms.items() if room >= cell.height), max(cuts, key=rooms.__getitem__))
