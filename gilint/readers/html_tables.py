"""HTML tables: which of them are layout, and grids of those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, cast

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.html_cells import cell_texts, collapse
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SPAN, MAX_TABLES

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_CELL_TEXT = 1_000
"""A table with a longer cell arranges a page; the longest label of a form has some sixty characters."""
_CELLS = frozenset(["td", "th"])
_SPANNED = "[rowspan],[colspan]"


@lru_cache(maxsize=1024)
def places_of(table: int, row: int, cells: int) -> tuple[Place, ...]:
    """Return the places of the first cells of a row; they are the same in every document, so they are made once."""
    return tuple(Place(table=table, row=row, cell=cell) for cell in range(1, cells + 1))


@lru_cache(maxsize=4096)
def paragraph_place(number: int) -> Place:
    """Return the place of a paragraph, made once like those of cells."""
    return Place(paragraph=number)


@define
class Tables:
    """The tables of one parsed document."""

    parser: LexborHTMLParser
    hidden: set[int]
    """Addresses of rows and cells that are not shown."""
    limits: dict[str, int]
    """Limits hit, by name."""
    count: int = field(init=False)
    _numbers: dict[int, int] = field(init=False)
    _layout: set[int] = field(init=False)
    _spanned: set[int] = field(init=False)
    _cells: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        tables = self.parser.tags("table")
        self.count = len(tables)
        self._numbers = {table.mem_id: number for number, table in enumerate(tables, 1)}
        if len(tables) > MAX_TABLES:
            self.limits["MAX_TABLES"] = MAX_TABLES
        self._layout = _arranging(self.parser) if len(tables) > 1 else set()
        self._spanned = {cell.mem_id for cell in self.parser.css(_SPANNED)} if tables else set()

    def grid(self, table: LexborNode) -> Grid | None:
        """Return a table as a grid, or ``None`` when it only arranges a page: its content is then part of the flow."""
        address = table.mem_id
        number = self._numbers.get(address, 0)
        if address in self._layout or number > MAX_TABLES:
            return None
        captions: list[str] = []
        rows = list(self._rows(table, captions))
        if len(rows) == 1 and len(rows[0][1]) <= 1:
            return None
        grid_rows: list[tuple[GridCell, ...]] = []
        occupied: list[int] = []
        for index, (end, cells) in enumerate(rows):
            grid_row = self._row(cells, index, min(end, len(rows)), number, occupied)
            if grid_row is None:
                return None
            grid_rows.append(grid_row)
            if self._cells > MAX_CELLS:
                self.limits["MAX_CELLS"] = MAX_CELLS
                break
        if not occupied:
            return Grid((), Place(table=number), caption="\n".join(captions)) if captions else None
        return Grid(_clamped(grid_rows), Place(table=number), caption="\n".join(captions))

    def _rows(self, table: LexborNode, captions: list[str]) -> Iterator[tuple[int, list[LexborNode]]]:
        """Yield the rows as shown, each with the index of the row after its group; captions are put aside."""
        rows, hidden = 0, self.hidden
        for group in self._groups(table, captions):
            end = rows + len(group)
            for row in group:
                rows += 1
                if rows > MAX_ROWS:
                    self.limits["MAX_ROWS"] = MAX_ROWS
                    return
                cells = [cell for cell in row.iter() if cell.tag in _CELLS]
                yield end, [cell for cell in cells if cell.mem_id not in hidden] if hidden else cells

    def _groups(self, table: LexborNode, captions: list[str]) -> list[list[LexborNode]]:
        groups: list[list[LexborNode]] = []
        feet: list[list[LexborNode]] = []
        for child in table.iter():
            tag = child.tag
            if tag == "caption":
                captions.append(collapse(child.text()))
            elif tag in ("tbody", "thead", "tfoot"):
                rows = [row for row in child.iter() if row.tag == "tr" and (not self.hidden or row.mem_id not in self.hidden)]
                (feet if tag == "tfoot" else groups).append(rows)
        # A tfoot is shown last wherever it stands.
        return groups + feet

    def _row(self, cells: list[LexborNode], row: int, end: int, table: int, occupied: list[int]) -> tuple[GridCell, ...] | None:
        """Lay one row over the columns; ``occupied`` holds, for each column, the row at which it becomes free again."""
        if len(cells) > MAX_COLUMNS:
            self.limits["MAX_COLUMNS"] = MAX_COLUMNS
            cells = cells[:MAX_COLUMNS]
        texts = cell_texts(cells)
        places = places_of(table, row + 1, len(cells) | 15)  # rows of like length share their places
        if self._spanned.isdisjoint([cell.mem_id for cell in cells]):
            result = self._row_without_spans(texts, places, row, occupied)
        else:
            result = self._row_with_spans(cells, texts, places, row, end, occupied)
        if result is not None:
            self._cells += len(result)
        return result

    def _row_without_spans(self, texts: list[str], places: tuple[Place, ...], row: int, occupied: list[int]) -> tuple[GridCell, ...] | None:
        """Lay a row of cells of one column and one row each."""
        columns: Sequence[int] = range(len(texts))
        if max(occupied, default=0) > row:
            free = [column for column, until in enumerate(occupied) if until <= row]
            columns = [*free, *range(len(occupied), len(occupied) + len(texts) - len(free))][: len(texts)]
            if columns and columns[-1] >= MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                columns = [column for column in columns if column < MAX_COLUMNS]
        if max(map(len, texts[: len(columns)]), default=0) > MAX_CELL_TEXT:
            return None
        if columns and columns[-1] >= len(occupied):
            occupied.extend([0] * (columns[-1] + 1 - len(occupied)))
        # Most cells are such: made without a loop or a call of our own they take a third of the time.
        fields = zip(texts, repeat(row), columns, repeat(1), repeat(1), places, strict=False)
        return cast(tuple[GridCell, ...], tuple(map(tuple.__new__, repeat(GridCell), fields)))

    def _row_with_spans(
        self, cells: list[LexborNode], texts: list[str], places: tuple[Place, ...], row: int, end: int, occupied: list[int]
    ) -> tuple[GridCell, ...] | None:
        """Lay a row of which cells span rows or columns, or into which cells of earlier rows reach."""
        result: list[GridCell] = []
        column, columns, spanned = 0, len(occupied), self._spanned
        for cell, text, place in zip(cells, texts, places, strict=False):
            while column < columns and occupied[column] > row:
                column += 1
            if column >= MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                break
            if len(text) > MAX_CELL_TEXT:
                return None
            height = width = 1
            if cell.mem_id in spanned:
                height, width = self._spans(cell, end - row, MAX_COLUMNS - column)
            result.append(GridCell(text, row, column, height, width, place))
            if column + width > columns:
                occupied.extend([0] * (column + width - columns))
                columns = column + width
            if height > 1 or width > 1:  # a cell of one column and row leaves its column as free as it was
                occupied[column : column + width] = [row + height] * width
            column += width
        return tuple(result)

    def _spans(self, cell: LexborNode, most_rows: int, most_columns: int) -> tuple[int, int]:
        attributes = cell.attributes
        rows, columns = attributes.get("rowspan"), attributes.get("colspan")
        height = self._span(rows) if rows else 1
        width = self._span(columns) if columns else 1
        # rowspan=0 means: to the end of the group of rows; colspan=0 means nothing.
        return min(height or most_rows, most_rows), min(width or 1, most_columns)

    def _span(self, written: str) -> int:
        digits = written.strip().removesuffix("px")
        if not digits.isdecimal() or not digits.isascii():
            return 1
        if len(digits) > len(str(MAX_SPAN)) or int(digits) > MAX_SPAN:
            self.limits["MAX_SPAN"] = MAX_SPAN
            return MAX_SPAN
        return int(digits)


def _arranging(parser: LexborHTMLParser) -> set[int]:
    """Return the addresses of the tables that hold another table of two cells or more: they arrange a page."""
    layout: set[int] = set()
    for inner in parser.css("table table"):
        cells = inner.css("td,th")
        if len(cells) < 2:  # a box around a text
            continue
        node = inner.parent
        while node is not None:
            if node.tag == "table":
                if node.mem_id in layout:
                    break
                layout.add(node.mem_id)
            node = node.parent
    return layout


def _clamped(rows: list[tuple[GridCell, ...]]) -> tuple[tuple[GridCell, ...], ...]:
    """Cut column spans that reach beyond the last column in which anything begins or a single cell stands."""
    width = max((row[-1].column for row in rows if row), default=0) + 1
    if all(cell.column + cell.column_span <= width for row in rows for cell in row[-1:]):
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
