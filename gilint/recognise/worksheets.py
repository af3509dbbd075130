"""Headings among the rows of a sheet. A sheet without blank rows looks like one table; the form knows which of its rows are headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from gilint.document import Document, Grid, GridCell, Paragraph
from gilint.form import Form
from gilint.recognise.headings import heading_of

SHEETS = frozenset(["xlsx", "xlsb", "xls", "ods", "csv"])
"""Formats of which a grid can hold what is a paragraph elsewhere."""
LONGEST_HEADING = 60
"""A longer cell is not looked at as the heading of a section."""


def with_headings(document: Document, forms: Sequence[Form]) -> Document:
    """Return the document with its grids cut at the rows that are headings; they, and what stands alone in the rows after them, are paragraphs."""
    if document.format not in SHEETS:
        return document
    kinds = list({form.id: form for form in forms}.values())
    blocks = [part for block in document.blocks for part in (_parts(block, kinds) if isinstance(block, Grid) else (block,))]
    return document if len(blocks) == len(document.blocks) else evolve(document, blocks=tuple(blocks))


def _parts(grid: Grid, kinds: Sequence[Form]) -> Iterator[Paragraph | Grid]:
    start = reached = 0
    narrative = False
    for number, row in enumerate(grid.rows):
        filled = [cell for cell in row if cell.text and not cell.text.isspace()]
        alone = filled[0] if len(filled) == 1 and number >= reached and filled[0].row_span == 1 else None
        narrative = alone is not None and (narrative or _is_heading(alone.text, kinds))
        if alone is not None and narrative:
            yield from _between(grid, start, number)
            yield Paragraph(alone.text.strip(), alone.place)
            start = number + 1
        reached = max([reached, *(cell.row + cell.row_span for cell in row if cell.row_span > 1)])
    if start == 0:
        yield grid
    else:
        yield from _between(grid, start, len(grid.rows))


def _is_heading(text: str, kinds: Sequence[Form]) -> bool:
    return len(text) <= LONGEST_HEADING and any(heading_of(text.strip(), form) is not None for form in kinds)


def _between(grid: Grid, start: int, end: int) -> Iterator[Grid]:
    """Yield some of the rows as a grid of its own; the spans of cells end with it, and columns on the right of which only other tables have anything are none of its."""
    if start < end:
        rows = grid.rows[start:end]
        right = max((cell.column + cell.column_span for row in rows for cell in row if cell.text and not cell.text.isspace()), default=0)
        yield evolve(grid, rows=tuple(tuple(_moved(cell, start, end) for cell in row if cell.column < right) for row in rows))


def _moved(cell: GridCell, start: int, end: int) -> GridCell:
    return cell._replace(row=cell.row - start, row_span=min(cell.row_span, end - cell.row))
