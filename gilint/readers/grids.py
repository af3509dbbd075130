"""What all readers of tables share: places of cells and paragraphs, and spans cut to the grid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gilint.document import GridCell
from gilint.place import Place

MAX_CELL_TEXT = 1_000
"""A table with a longer cell arranges a page; the longest label of a form has some sixty characters."""


@lru_cache(maxsize=1024)
def places_of(table: int, row: int, cells: int) -> tuple[Place, ...]:
    """Return the places of the first cells of a row; they are the same in every document, so they are made once."""
    return tuple(Place(table=table, row=row, cell=cell) for cell in range(1, cells + 1))


@lru_cache(maxsize=4096)
def paragraph_place(number: int) -> Place:
    """Return the place of a paragraph, made once like those of cells."""
    return Place(paragraph=number)


def clamped(rows: Sequence[tuple[GridCell, ...]]) -> tuple[tuple[GridCell, ...], ...]:
    """Cut column spans that reach beyond the last column in which anything begins or a single cell stands."""
    last = [row[-1] for row in rows if row]
    width = max([cell.column for cell in last]) + 1
    if max([cell.column + cell.column_span for cell in last]) <= width:
        return tuple(rows)
    return tuple(
        tuple(
            cell
            if cell.column + cell.column_span <= width
            else GridCell(cell.text, cell.row, cell.column, cell.row_span, width - cell.column, cell.place)
            for cell in row
        )
        for row in rows
    )


def address(row: int, column: int) -> str:
    """Return how spreadsheets call a cell: ``A1`` for row 0, column 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
