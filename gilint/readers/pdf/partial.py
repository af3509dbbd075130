"""Tables with lines that do not part all their cells: a frame around them, lines between columns only, boxes around the figures only."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.readers.pdf.cells import RuledCell
from gilint.readers.pdf.columns import begins_figure, is_figure
from gilint.readers.pdf.content import Character

_LEAST_ROWS = 4
"""Figures below each other in one cell from which on it holds several rows: a number is never broken so often."""
_LEAST_LINES = 2
"""Lines with a label and figures, set apart, from which on a cell holds a table of its own."""
_LEAST_COLUMNS = 3
"""Figures beside each other in one cell, or cells with a heading and a figure, from which on columns have no lines, or rows."""
_HIGH = 2.5
"""Heights of a character from which on a cell can hold several rows."""
_BROAD = 15.0
"""The same from which on it can hold several columns."""


def is_partial(cells: Sequence[RuledCell], outside: Sequence[Character]) -> bool:
    """Say whether the lines of a table are not those of its cells.

    Args:
        cells: its cells, with what is printed in them.
        outside: what else is printed on the page.
    """
    return (
        any(_holds_rows(cell) for cell in cells)
        or sum(_holds_heading(cell) for cell in cells) >= _LEAST_COLUMNS
        or _lacks_labels(cells, outside)
    )


def _holds_rows(cell: RuledCell) -> bool:
    characters = cell.characters
    if len(characters) < _LEAST_COLUMNS:
        return False
    left, bottom, right, top = cell.box
    height = characters[0][4] - characters[0][2]
    if top - bottom < _HIGH * height and right - left < _BROAD * height:
        return False
    figures = rows = most = 0
    for line in cell.lines:
        figures += is_figure(line.text)
        rows += len(line.pieces) > 1 and is_figure(line.pieces[-1][0])
        most = max(most, sum(is_figure(text) for text, _, _ in line.pieces))
    return figures >= _LEAST_ROWS or rows >= _LEAST_LINES or most >= _LEAST_COLUMNS


def _holds_heading(cell: RuledCell) -> bool:
    """Say whether a cell holds a heading and a figure below it."""
    characters = cell.characters
    if len(characters) < _LEAST_COLUMNS or cell.box[3] - cell.box[1] < _HIGH * (characters[0][4] - characters[0][2]):
        return False
    lines = cell.lines
    return len(lines) > 1 and is_figure(lines[-1].text) and not begins_figure(lines[0].text)


def _lacks_labels(cells: Sequence[RuledCell], outside: Sequence[Character]) -> bool:
    """Say whether all cells hold figures, and what they are stands before them, outside of the lines."""
    filled = [cell for cell in cells if cell.characters]
    if not filled or not all(is_figure("".join(character[0] for character in cell.characters).strip()) for cell in filled):
        return False
    left = min(cell.box[0] for cell in filled)
    low, high = min(cell.box[1] for cell in filled), max(cell.box[3] for cell in filled)
    return any(character[3] <= left and low <= (character[2] + character[4]) / 2 <= high for character in outside)
