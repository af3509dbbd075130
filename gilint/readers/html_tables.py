"""HTML tables: which of them are layout, and grids of those that are not."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, cast

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.grids import MAX_CELL_TEXT, clamped, places_of
from gilint.readers.html_cells import cell_texts, collapse
from gilint.readers.html_columns import Columns
from gilint.readers.html_plain import MARK, PlainTable
from gilint.readers.html_removal import is_hidden
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLES

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CELLS = frozenset(["td", "th"])
_SPANNED_OR_HIDDEN = "[rowspan],[colspan],[hidden]"


@define(eq=False, repr=False)
class Tables:
    """The tables of one parsed document."""

    parser: LexborHTMLParser
    hidden: set[int]
    """Addresses of rows and cells that are not shown."""
    limits: dict[str, int]
    """Limits hit, by name."""
    plain: Sequence[PlainTable] = ()
    """Those that were cut out of the source."""
    count: int = field(init=False)
    hides: bool = field(init=False)
    """Something in the document is marked as hidden; asked together with the spans, because every selection goes through the whole tree."""
    _numbers: dict[int, int] = field(init=False)
    _layout: set[int] = field(init=False)
    _plain: dict[int, PlainTable] = field(init=False, factory=dict)
    """Those that were cut out, by address."""
    _spanned: dict[int, Mapping[str, str | None]] = field(init=False)
    """Attributes of the cells that span rows or columns, by address."""
    _cells: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        tables = self.parser.tags("table")
        self.count = len(tables)
        self._numbers = {table.mem_id: number for number, table in enumerate(tables, 1)}
        if len(tables) > MAX_TABLES:
            self.limits["MAX_TABLES"] = MAX_TABLES
        if self.plain:
            self._find_plain(tables)
        self._layout = _arranging(tables, self._plain)
        self._spanned = {node.mem_id: node.attributes for node in self.parser.css(_SPANNED_OR_HIDDEN)}
        self.hides = any("hidden" in attributes for attributes in self._spanned.values())

    def _find_plain(self, tables: list[LexborNode]) -> None:
        for table in tables:
            mark = table.attributes.get(MARK)
            if mark is not None:
                self._plain[table.mem_id] = self.plain[int(mark)]

    @property
    def complete(self) -> bool:
        """Whether all that was cut out of the source was tables of the document which can be read apart from it."""
        if not self.plain:
            return True
        return len(self._plain) == len(self.plain) and self.count <= MAX_TABLES and self._stand_apart()

    @property
    def plain_cells(self) -> int:
        """So many cells were cut out."""
        return sum(table.cells for table in self.plain)

    def _stand_apart(self) -> bool:
        """Say whether nobody asks for the text of an element around a plain table."""
        raised = bool(self.parser.tags("sup"))
        passed: set[int] = set()
        for table in self.parser.tags("table"):
            node: LexborNode | None = table if table.mem_id in self._plain else None
            while node is not None and node.mem_id not in passed:
                tag = node.tag
                # Whether a hidden element is a copy, and whether a number is raised, depends on the text; a drawing can have a table in its title.
                if is_hidden(node.attributes) or tag in ("title", "a") or (raised and tag in _CELLS):
                    return False
                passed.add(node.mem_id)
                node = node.parent
        return True

    def grid(self, table: LexborNode) -> Grid | None:
        """Return a table as a grid, or ``None`` when it only arranges a page: its content is then part of the flow."""
        address = table.mem_id
        number = self._numbers.get(address, 0)
        if address in self._layout or number > MAX_TABLES:
            return None
        if address in self._plain:
            return self._plain[address].grid(number)
        captions: list[str] = []
        rows = self._rows(table, captions)
        if len(rows) == 1 and len(rows[0][1]) <= 1:
            return None
        grid_rows = self._laid(rows, number)
        if grid_rows is None:
            return None
        caption = "\n".join(captions)
        if not any(grid_rows):
            return Grid((), Place(table=number), caption=caption) if captions else None
        return Grid(clamped(grid_rows), Place(table=number), caption=caption)

    def _rows(self, table: LexborNode, captions: list[str]) -> list[tuple[int, list[LexborNode]]]:
        """Return the rows as shown, each with the index of the row after its group; captions are put aside."""
        rows: list[tuple[int, list[LexborNode]]] = []
        hidden = self.hidden
        for group in self._groups(table, captions):
            end = len(rows) + len(group)
            if end > MAX_ROWS:
                self.limits["MAX_ROWS"] = MAX_ROWS
                del group[MAX_ROWS - len(rows) :]
            for row in group:
                cells = [cell for cell in row.iter() if cell.tag in _CELLS]
                rows.append((end, [cell for cell in cells if cell.mem_id not in hidden] if hidden else cells))
        return rows

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

    def _laid(self, rows: list[tuple[int, list[LexborNode]]], table: int) -> list[tuple[GridCell, ...]] | None:
        """Lay rows over the columns; ``None`` where a cell holds more than cells of a table do."""
        cells = [cell for _, row in rows for cell in row]
        texts = cell_texts(cells)
        spans = [*map(self._spanned.get, [cell.mem_id for cell in cells])] if self._spanned else [None] * len(cells)
        short = not texts or max(map(len, texts)) <= MAX_CELL_TEXT
        columns = Columns(self.limits)
        result: list[tuple[GridCell, ...]] = []
        start = 0
        for index, (end, row) in enumerate(rows):
            stop = start + len(row)
            row_texts, row_spans = texts[start:stop], spans[start:stop]
            start = stop
            if len(row) > MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                del row_texts[MAX_COLUMNS:], row_spans[MAX_COLUMNS:]
            taken, heights, widths = columns.take(row_spans, index, min(end, len(rows)))
            if not short and any(len(text) > MAX_CELL_TEXT for text in row_texts[: len(taken)]):
                return None
            places = places_of(table, index + 1, len(row_texts) | 15)  # rows of like length share their places
            # Made without a call of our own for each cell they take a third of the time (an argument with a name would cost as much as a cell).
            fields = zip(row_texts, repeat(index), taken, heights, widths, places)
            result.append(cast(tuple[GridCell, ...], tuple(map(tuple.__new__, repeat(GridCell), fields))))
            self._cells += len(taken)
            if self._cells > MAX_CELLS:
                self.limits["MAX_CELLS"] = MAX_CELLS
                break
        return result


def _arranging(tables: list[LexborNode], plain: Container[int]) -> set[int]:
    """Return the addresses of the tables that hold another table of two cells or more: they arrange a page; ``plain`` ones have such many."""
    layout: set[int] = set()
    around: dict[int, LexborNode | None] = {}  # the table around each element that was passed
    for table in tables:
        passed: list[int] = []
        node = table.parent
        while node is not None and node.tag != "table":
            address = node.mem_id
            if address in around:
                node = around[address]
                break
            passed.append(address)
            node = node.parent
        around.update(dict.fromkeys(passed, node))
        if node is None:
            continue
        if table.mem_id not in plain and len(table.css("td,th")) < 2:  # a box around a text
            continue
        while node is not None:
            if node.tag == "table":
                if node.mem_id in layout:
                    break
                layout.add(node.mem_id)
            node = node.parent
    return layout
