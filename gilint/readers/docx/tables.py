"""Tables of a DOCX: which of them only arrange a page, and grids of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.docx.columns import straighten
from gilint.readers.docx.names import CUSTOM_XML, INS, MOVE_TO, SDT, SDT_CONTENT, TBL, TC, TR
from gilint.readers.docx.package import Element
from gilint.readers.docx.story import Story
from gilint.readers.grids import MAX_CELL_TEXT, clamped, places_of
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SPAN, MAX_TABLES

_WRAPPERS = frozenset([SDT, SDT_CONTENT, CUSTOM_XML, INS, MOVE_TO])
"""What stands around paragraphs, rows or cells and is no part of the layout."""
_Seat = tuple[int, int]
"""Of a cell that is merged upright, which row it begins in and which of its cells it is."""


def content(element: Element, *tags: str) -> Iterator[Element]:
    """Return what is in an element and has one of these names; of content controls and the like, what is in them."""
    return element.iterchildren(*tags) if next(element.iterchildren(*_WRAPPERS), None) is None else _unwrapped(element, tags)


def _unwrapped(element: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    waiting = [element.iterchildren(*tags, *_WRAPPERS)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _WRAPPERS:
            waiting.append(child.iterchildren(*tags, *_WRAPPERS))
        else:
            yield child


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

    def grid(self, table: Element, drawn: Callable[[Place, Element], None] | None) -> Grid | None:
        """Return a table as a grid, or ``None`` when it only arranges a page: its content is then part of the flow.

        Args:
            table: the element.
            drawn: told of each cell of the grid, with its place, where anybody wants to know.
        """
        number = self.story.tables.get(table, 0)
        if number > MAX_TABLES:
            self.limits["MAX_TABLES"] = MAX_TABLES
        if number > MAX_TABLES or table in self._arranging:
            return None
        rows = self._rows(table)
        if len(rows) == 1 and len(rows[0][1]) <= 1:
            return None
        straighten(self.story, table, rows)
        laid: list[list[GridCell]] = []
        elements: list[list[Element]] = []
        above: dict[int, _Seat] = {}
        for row, cells in rows:
            elements.append(self._lay(row, cells, number, laid, above))
            if any(len(cell.text) > MAX_CELL_TEXT for cell in laid[-1]):
                return None
            self._cells += len(elements[-1])
            if self._cells > MAX_CELLS:
                self.limits["MAX_CELLS"] = MAX_CELLS
                break
        if drawn is not None:
            for laid_cells, row_elements in zip(laid, elements, strict=True):
                for cell, element in zip(laid_cells, row_elements, strict=True):
                    drawn(cell.place, element)
        if not any(laid):
            return Grid((), Place(table=number))
        return Grid(clamped([tuple(row) for row in laid]), Place(table=number))

    def _rows(self, table: Element) -> list[tuple[Element, list[Element]]]:
        rows: list[tuple[Element, list[Element]]] = []
        for row in content(table, TR):
            if len(rows) == MAX_ROWS:
                self.limits["MAX_ROWS"] = MAX_ROWS
                break
            cells = list(content(row, TC))
            if len(cells) > MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                del cells[MAX_COLUMNS:]
            rows.append((row, cells))
        return rows

    def _lay(self, row: Element, cells: list[Element], number: int, laid: list[list[GridCell]], above: dict[int, _Seat]) -> list[Element]:
        """Lay the next row over the columns and return the elements of its cells.

        Args:
            row: the row.
            cells: its cells.
            number: that of the table.
            laid: the rows so far; the next one is added.
            above: by column, where the cells stand that the row can go on with; those of the row itself afterwards.
        """
        spans, merged, beside, index = self.story.spans.get, self.story.merged.get, self.story.beside, len(laid)
        own: list[GridCell] = []
        elements: list[Element] = []
        open_cells: dict[int, _Seat] = {}
        column = min(max(self.story.offsets.get(row, 0), 0), MAX_COLUMNS)
        laid.append(own)
        for place, element in zip(places_of(number, index + 1, len(cells) | 15), cells, strict=False):
            if column >= MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                break
            width = spans(element, 1)
            if width != 1:
                width = self._clamped(width)
            goes_on = merged(element)
            if element in beside and own:
                own[-1] = own[-1]._replace(column_span=own[-1].column_span + width)
            elif goes_on and column in above:
                at_row, at = open_cells[column] = above[column]
                laid[at_row][at] = laid[at_row][at]._replace(row_span=index - at_row + 1)
            else:
                if goes_on is not None:
                    open_cells[column] = index, len(own)
                own.append(GridCell(self.text_of(element), index, column, 1, width, place))
                elements.append(element)
            column += width
        above.clear()
        above.update(open_cells)
        return elements

    def _clamped(self, width: int) -> int:
        if width > MAX_SPAN:
            self.limits["MAX_SPAN"] = MAX_SPAN
        return min(max(width, 1), MAX_SPAN)


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
    return sum(1 for row in content(table, TR) for _ in content(row, TC))
