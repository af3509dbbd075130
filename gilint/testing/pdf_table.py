"""Fits a table to the width of a page, and its rows to pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from gilint.testing.paper import column_widths
from gilint.testing.sheet import Placed, Role, Sheet

Wrap = Callable[[str, float, float], list[str]]
"""Text, width, size of type: the lines."""

_LEADING = 1.25
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


@frozen
class FittedRow:
    """A row with the cells that begin in it."""

    height: float
    cells: tuple[FittedCell, ...]


def fit(sheet: Sheet, width: float, size: float, wrap: Wrap) -> tuple[list[FittedRow], list[float]]:
    """Break every text where its cell ends; return rows as high as their texts, and how wide the columns are."""
    widths = column_widths(sheet, width)
    lines = [[_fitted(placed, widths, size, wrap) for placed in row] for row in sheet.placed()]
    needed = size * _LEADING

    def room(cell: FittedCell) -> float:
        return len(cell.lines) * needed + _ABOVE_AND_BELOW

    heights = [max((room(cell) for cell in row if cell.rows == 1), default=room_of_one(size)) for row in lines]
    for index, row in enumerate(lines):
        for cell in row:
            missing = room(cell) - sum(heights[index : index + cell.rows])
            if missing > 0:
                heights[index + cell.rows - 1] += missing
    return [FittedRow(height, tuple(row)) for height, row in zip(heights, lines, strict=True)], widths


def room_of_one(size: float) -> float:
    """Return the height of a row with one line."""
    return size * _LEADING + _ABOVE_AND_BELOW


def _fitted(placed: Placed, widths: Sequence[float], size: float, wrap: Wrap) -> FittedCell:
    width = sum(widths[placed.column : placed.column + placed.columns]) - _SIDES
    lines = tuple(wrap(placed.cell.text, width, size))
    return FittedCell(lines, placed.column, placed.columns, placed.rows, placed.cell.role is Role.LABEL)


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
    ends = [*starts[1:], len(rows)]
    pieces = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        body = _cut(rows, start, end)
        pieces.append([*rows[:header], *body] if number else body)
    return pieces


def _cut(rows: Sequence[FittedRow], start: int, end: int) -> list[FittedRow]:
    """Return rows with their spans cut at the page; a cell that goes on from above is drawn again, without its text."""
    body = [
        evolve(row, cells=tuple(evolve(cell, rows=min(cell.rows, end - index)) for cell in row.cells))
        for index, row in enumerate(rows[start:end], start)
    ]
    carried = tuple(
        evolve(cell, lines=(), rows=min(index + cell.rows, end) - start)
        for index, row in enumerate(rows[:start])
        for cell in row.cells
        if index + cell.rows > start
    )
    body[0] = evolve(body[0], cells=tuple(sorted((*carried, *body[0].cells), key=lambda cell: cell.column)))
    return body
