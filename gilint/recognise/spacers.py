"""Empty columns between the columns of a table, which are there for looks alone."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve

from gilint.document import Document, Grid, GridCell

_NARROWEST = 5
"""Cells of the widest row below which nothing is set apart."""
_FEWEST_COLUMNS = 4
_NOT_APART = 2
"""Columns that may follow another one directly: those of labels often do."""
_SIGNS = "+-－−"


def without_spacers(document: Document) -> Document:
    """Return a document whose grids have no columns that only set others apart; the same one where none has, which is nearly always."""
    spaced = [
        (at, block) for at, block in enumerate(document.blocks) if isinstance(block, Grid) and block.aligned and _may_be_spaced(block)
    ]
    closed = {at: evolve(grid, rows=rows) for at, grid in spaced if (rows := _closed(grid))}
    if not closed:
        return document
    return evolve(document, blocks=tuple(closed.get(at, block) for at, block in enumerate(document.blocks)))


def _may_be_spaced(grid: Grid) -> bool:
    widest = max(grid.rows, key=len, default=())
    return len(widest) >= _NARROWEST and 3 * [cell.text for cell in widest].count("") >= len(widest)


def _closed(grid: Grid) -> tuple[tuple[GridCell, ...], ...]:
    """Return the rows without the columns in which nothing is ever printed; none where these do not stand between all others.

    A column under a heading of its own is never one, however blank. Where columns have no headings nobody can tell, and all stay.
    """
    printed: set[int] = set()
    headed: set[int] = set()
    for row in grid.rows:
        for cell in row:
            if cell.text:
                printed.add(cell.column)
                if not cell.text[0].isdecimal() and cell.text[0] not in _SIGNS:
                    headed.add(cell.column)
    columns = sorted(printed)
    apart = sum(after - before > 1 for before, after in pairwise(columns))
    if len(columns) < _FEWEST_COLUMNS or printed != headed or apart < max(_NOT_APART + 1, len(columns) - 1 - _NOT_APART):
        return ()
    place = {column: number for number, column in enumerate(columns)}
    return tuple(
        tuple(cell._replace(column=place[cell.column], column_span=_within(columns, cell)) for cell in row if cell.column in place)
        for row in grid.rows
    )


def _within(columns: list[int], cell: GridCell) -> int:
    """Return how many of the columns that stay a cell reaches over."""
    return sum(cell.column <= column < cell.column + cell.column_span for column in columns)
