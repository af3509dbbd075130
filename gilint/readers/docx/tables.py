"""Tables of a DOCX: which of them only arrange a page, and grids of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.docx.names import CUSTOM_XML, INS, MOVE_TO, SDT, SDT_CONTENT, TBL, TC, TR
from gilint.readers.docx.package import Element
from gilint.readers.docx.story import Story
from gilint.readers.grids import MAX_CELL_TEXT, clamped, places_of
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SPAN, MAX_TABLES

_WRAPPERS = frozenset([SDT, SDT_CONTENT, CUSTOM_XML, INS, MOVE_TO])
"""What stands around paragraphs, rows or cells and is no part of the layout."""


def content(element: Element) -> Iterator[Element]:
    """Yield what is in an element; of content controls and the like, what is in them."""
    waiting = [element.iterchildren()]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _WRAPPERS:
            waiting.append(child.iterchildren())
        else:
            yield child


@define
class _Cell:
    """A cell while the grid grows; rows that go on with it make it higher."""

    text: str
    row: int
    column: int
    width: int
    place: Place
    element: Element
    height: int = 1


@define
class Tables:
    """Makes grids of the tables of one part."""

    story: Story
    limits: dict[str, int]
    """Limits hit, by name."""
    text_of: Callable[[Element], str]
    """The text of a cell, lines apart."""
    _arranging: set[Element] = field(init=False)
    _cells: int = 0

    def __attrs_post_init__(self) -> None:
        self._arranging = _arranging(self.story)

    def grid(self, table: Element, drawn: Callable[[Place, Element], None]) -> Grid | None:
        """Return a table as a grid, or ``None`` when it only arranges a page: its content is then part of the flow.

        Args:
            table: the element.
            drawn: told of each cell of the grid, with its place.
        """
        number = self.story.tables.get(table, 0)
        if number > MAX_TABLES:
            self.limits["MAX_TABLES"] = MAX_TABLES
        if number > MAX_TABLES or table in self._arranging:
            return None
        rows = self._rows(table)
        if len(rows) == 1 and len(rows[0][1]) <= 1:
            return None
        laid: list[list[_Cell]] = []
        above: dict[int, _Cell] = {}
        for index, (row, cells) in enumerate(rows):
            laid_row = self._lay(row, cells, index, number, above)
            if any(len(cell.text) > MAX_CELL_TEXT for cell in laid_row):
                return None
            laid.append(laid_row)
            self._cells += len(laid_row)
            if self._cells > MAX_CELLS:
                self.limits["MAX_CELLS"] = MAX_CELLS
                break
        for laid_row in laid:
            for cell in laid_row:
                drawn(cell.place, cell.element)
        if not any(laid):
            return Grid((), Place(table=number))
        return Grid(clamped([tuple(_finished(cell) for cell in row) for row in laid]), Place(table=number))

    def _rows(self, table: Element) -> list[tuple[Element, list[Element]]]:
        rows: list[tuple[Element, list[Element]]] = []
        for row in content(table):
            if row.tag != TR:
                continue
            if len(rows) == MAX_ROWS:
                self.limits["MAX_ROWS"] = MAX_ROWS
                break
            cells = [cell for cell in content(row) if cell.tag == TC]
            if len(cells) > MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                del cells[MAX_COLUMNS:]
            rows.append((row, cells))
        return rows

    def _lay(self, row: Element, cells: list[Element], index: int, table: int, above: dict[int, _Cell]) -> list[_Cell]:
        """Lay one row over the columns; ``above`` holds, by column, the cells that the row can go on with."""
        story = self.story
        laid: list[_Cell] = []
        column = min(max(story.offsets.get(row, 0), 0), MAX_COLUMNS)
        open_cells: dict[int, _Cell] = {}
        for place, element in zip(places_of(table, index + 1, len(cells) | 15), cells, strict=False):
            if column >= MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                break
            width = self._width(element)
            merged = story.merged.get(element)
            if element in story.beside and laid:
                laid[-1].width += width
            elif merged and column in above:
                cell = open_cells[column] = above[column]
                cell.height = index - cell.row + 1
            else:
                cell = _Cell(self.text_of(element), index, column, width, place, element)
                laid.append(cell)
                if merged is not None:
                    open_cells[column] = cell
            column += width
        above.clear()
        above.update(open_cells)
        return laid

    def _width(self, cell: Element) -> int:
        width = max(self.story.spans.get(cell, 1), 1)
        if width > MAX_SPAN:
            self.limits["MAX_SPAN"] = MAX_SPAN
        return min(width, MAX_SPAN)


def _finished(cell: _Cell) -> GridCell:
    return GridCell(cell.text, cell.row, cell.column, cell.height, cell.width, cell.place)


def _arranging(story: Story) -> set[Element]:
    """Return the tables that arrange a page: in their cells stand tables with more cells than they have themselves."""
    inner: dict[Element, int] = {}
    for table in story.tables:
        around = next(table.iterancestors(TBL), None)
        if around is not None:
            count = _cell_count(table)
            while around is not None and count > 1:
                inner[around] = inner.get(around, 0) + count
                around = next(around.iterancestors(TBL), None)
    return {table for table, count in inner.items() if count >= _cell_count(table)}


def _cell_count(table: Element) -> int:
    return sum(1 for row in content(table) if row.tag == TR for cell in content(row) if cell.tag == TC)
