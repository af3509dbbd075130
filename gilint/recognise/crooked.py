"""Crooked tables: whoever drags the lines of a table with the mouse seldom hits the line of the row above, and what is one column to every eye is stored as several."""

from __future__ import annotations

from attrs import evolve

from gilint.document import Document, Grid

_FEWEST_COLUMNS = 4


def straightened(document: Document) -> Document:
    """Return a document in whose crooked tables cells of one column begin in one column; the same one where there are none, which is nearly always."""
    straight = {at: _straight(block) for at, block in enumerate(document.blocks) if isinstance(block, Grid) and _is_crooked(block)}
    if not straight:
        return document
    return evolve(document, blocks=tuple(straight.get(at, block) for at, block in enumerate(document.blocks)))


def _is_crooked(grid: Grid) -> bool:
    """Say whether the columns of a table are those of its cells in their order, and not where these are stored.

    They are where every row has as many cells as the others, side by side over the whole width, and none reaches into another row: then no heading is above several columns.
    """
    count = len(grid.rows[0]) if grid.rows else 0
    if count < _FEWEST_COLUMNS or not grid.aligned:
        return False
    for row in grid.rows:
        if len(row) != count:
            return False
    first, last = grid.rows[0], grid.rows[0][-1]
    end = last.column + last.column_span
    if end == first[0].column + count:
        return False  # nothing is merged
    for row in grid.rows:
        at = first[0].column
        for cell in row:
            if cell.column != at or cell.row_span > 1:
                return False
            at += cell.column_span
        if at != end:
            return False
    return any(cell.column != other.column for row in grid.rows for cell, other in zip(row, first, strict=True))


def _straight(grid: Grid) -> Grid:
    rows = tuple(tuple(cell._replace(column=number, column_span=1) for number, cell in enumerate(row)) for row in grid.rows)
    return evolve(grid, rows=rows)
