"""The cells of a table whose lines are drawn."""

from __future__ import annotations

from attrs import define, field

from gilint.readers.pdf.content import Box, Character, PageContent


@define
class RuledCell:
    """A cell of a ruled table and the text in it, character by character."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    characters: list[Character] = field(factory=list)
    turned: list[tuple[int, list[Character]]] = field(factory=list)


@define
class RuledTable:
    """A table on one page."""

    page: PageContent
    box: Box
    columns: list[float]
    """Where the lines down stand, from left to right."""
    cells: list[RuledCell] = field(factory=list)
    """Row after row, each from left to right."""
    rows: int = 0
