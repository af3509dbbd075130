"""Columns of crooked tables made straight.

Who drags the lines of a table with the mouse seldom hits the line of the row above. Word then stores a column of its own for each hair's breadth between two
lines, and cells that stand in one column to every eye no longer begin in the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from gilint.readers.docx.names import GRID_COL, TBL_GRID, WIDTH
from gilint.readers.docx.package import Element
from gilint.readers.docx.story import Story
from gilint.readers.limits import MAX_COLUMNS

NARROWEST = 120
"""Twentieths of a point, about 2 mm: with its margins no column is as narrow that shows anything."""


def straighten(story: Story, table: Element, rows: Sequence[tuple[Element, Sequence[Element]]]) -> None:
    """Let cells of a table span columns as they would if its lines met, by changing what the story says of them.

    Nothing is changed where a cell would vanish: then the widths say something else.

    Args:
        story: what is known of the part.
        table: the table.
        rows: its rows and their cells.
    """
    lines = _lines(table)
    if lines is None:
        return
    spans: dict[Element, int] = {}
    offsets: dict[Element, int] = {}
    for row, cells in rows:
        column = story.offsets.get(row, 0)
        if column:
            offsets[row] = lines[min(max(column, 0), len(lines) - 1)]
        for cell in cells:
            end = column + max(story.spans.get(cell, 1), 1)
            if column < 0 or end >= len(lines) or lines[end] <= lines[column]:
                return
            spans[cell] = lines[end] - lines[column]
            column = end
    story.spans.update(spans)
    story.offsets.update(offsets)


def _lines(table: Element) -> list[int] | None:
    """Return for each line between columns, from the left edge on, which one it is when those beside each other are one; ``None`` where none are."""
    grid = table.find(TBL_GRID)
    if grid is None or len(grid) > MAX_COLUMNS:
        return None
    widths = [column.get(WIDTH, "") for column in grid.iterchildren(GRID_COL)]
    wide = [not (width.isdecimal() and len(width) < 6 and int(width) < NARROWEST) for width in widths]
    return None if all(wide) else list(accumulate(wide, initial=0))
