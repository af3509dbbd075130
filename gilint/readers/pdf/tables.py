"""Ruled tables to grids; a table that goes on over several pages becomes one.

A header that the next page repeats is left out, and a row or a merged cell that the end of a page cut in two is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.pdf.cells import RuledCell, RuledTable
from gilint.readers.pdf.content import PageContent
from gilint.readers.pdf.lines import glue

_SAME_EDGE = 6.0
"""Points by which the columns of a table can shift from one page to the next."""
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,3}[条项款]")
"""So a label of its own begins, which is not the rest of one on the page before."""
_FIGURE = re.compile(r"[\d０-９.,，+＋\-－—–/／\s]+")


@define
class _Cell:
    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    page: PageContent
    box: tuple[float, float, float, float]
    last: RuledCell
    """As it stands on the page on which it ends."""

    @property
    def end(self) -> int:
        return self.row + self.row_span

    def widen(self, edges: Sequence[int]) -> None:
        """Count the columns among more of them."""
        start, end = edges[self.column], edges[self.column + self.column_span]
        self.column, self.column_span = start, end - start

    def absorb(self, lower: _Cell) -> None:
        """Take in the part of the cell that stands on the next page."""
        if self.text and lower.text:
            self.text += glue(self.text[-1], lower.text[0], full=True) + lower.text
        elif lower.text:
            # The place is where the text is.
            self.text, self.page, self.box = lower.text, lower.page, lower.box
        self.last = lower.last


@define
class TableDraft:
    """A table that may go on on the next page."""

    number: int
    """Which table of the document, counted from 1."""
    first: RuledTable
    columns: list[float]
    cells: list[_Cell] = field(factory=list)
    rows: int = 0

    @classmethod
    def of(cls, table: RuledTable, number: int) -> TableDraft:
        """Return a draft with the cells of one page."""
        return cls(number, table, table.columns, _read(table), table.rows)

    def continues(self, table: RuledTable) -> bool:
        """Say whether a table at the top of the next page goes on with the same columns; rows of merged cells can show fewer of them."""
        return self._matched(table) is not None

    def _matched(self, table: RuledTable) -> tuple[list[int], list[int]] | None:
        """Return which edges of all columns those of the draft and of the table are, or ``None`` where they differ."""
        mine, other = self.columns, [place - table.columns[0] + self.columns[0] for place in table.columns]
        if abs(mine[-1] - other[-1]) > _SAME_EDGE:
            return None
        wide, narrow = (mine, other) if len(mine) >= len(other) else (other, mine)
        found = [min(range(len(wide)), key=lambda index: abs(wide[index] - place)) for place in narrow]
        if len(set(found)) < len(found) or any(abs(wide[index] - place) > _SAME_EDGE for index, place in zip(found, narrow, strict=True)):
            return None
        every = list(range(len(wide)))
        return (every, found) if wide is mine else (found, every)

    def append(self, table: RuledTable) -> None:
        """Add the rows of the next page."""
        matched = self._matched(table)
        cells = _read(table)
        if matched is not None:
            mine, other = matched
            for cell in self.cells:
                cell.widen(mine)
            for cell in cells:
                cell.widen(other)
            if len(table.columns) > len(self.columns):
                self.columns = table.columns
        repeated = self._repeated_header(cells)
        cells = [cell for cell in cells if cell.row >= repeated]
        for cell in cells:
            cell.row -= repeated
        height = table.rows - repeated
        if height <= 0:
            return
        cut = self._is_cut(cells)
        if cut:
            height -= 1
        offset = self.rows - cut
        above = {cell.column: cell for cell in self.cells if cell.end == self.rows}
        for cell in cells:
            upper = above.get(cell.column) if cell.row == 0 else None
            if upper is not None and (cut or _is_one(upper, cell)):
                upper.absorb(cell)
                upper.row_span += cell.row_span - cut
            else:
                cell.row += offset
                self.cells.append(cell)
        self.rows += height

    def _repeated_header(self, cells: Sequence[_Cell]) -> int:
        """Return how many rows at the top of the next page are those at the top of the table."""
        count = 0
        for row in range(1, min(self.rows, max(cell.end for cell in cells)) + 1):
            mine, other = _head(self.cells, row), _head(cells, row)
            if mine != other:
                break
            if all(cell.end <= row for cell in cells if cell.row < row) and any(text for _, _, _, text in other):
                count = row
        # Rows without any label are no header, and blank rows can be alike.
        return count if any(cell.text and not _FIGURE.fullmatch(cell.text) for cell in cells if cell.row < count) else 0

    def _is_cut(self, cells: Sequence[_Cell]) -> bool:
        """Say whether the first row of the next page is the rest of the last one here."""
        upper = [cell for cell in self.cells if cell.end == self.rows]
        lower = [cell for cell in cells if cell.row == 0]
        if [(cell.column, cell.column_span) for cell in sorted(upper, key=_column)] != [(cell.column, cell.column_span) for cell in lower]:
            return False
        # Cells over several rows go on by themselves; the others make the row.
        shared = {cell.column for cell in (*upper, *lower) if cell.row_span > 1}
        above = [cell for cell in upper if cell.column not in shared]
        below = [cell for cell in lower if cell.column not in shared]
        if not above or not any(cell.text for cell in below):
            return bool(above)
        if not any(cell.text for cell in above):
            return True
        begun = {cell.column: cell for cell in above if cell.text}
        figures = [cell for cell in below if _FIGURE.fullmatch(cell.text)]
        if figures and any(_FIGURE.fullmatch(cell.text) for cell in above):
            # Figures that were broken, each where the upper part leaves no room.
            if not all(cell.column in begun and begun[cell.column].last.wide and begun[cell.column].last.full for cell in figures):
                return False
            below = [cell for cell in below if cell not in figures]
        # One of the two has no figures: it is a piece of a label where the upper part leaves no room and the lower one begins nothing.
        begun = {column: cell for column, cell in begun.items() if not _FIGURE.fullmatch(cell.text)}
        rest = [cell for cell in below if cell.text and (cell.column in begun or not _FIGURE.fullmatch(cell.text))]
        if not rest:
            return bool(figures) and not begun
        return all(cell.column in begun and _goes_on(begun[cell.column], cell) for cell in rest)

    def grid(self) -> Grid:
        """Return the finished table."""
        rows: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            row = rows[cell.row]
            place = Place(table=self.number, row=cell.row + 1, cell=len(row) + 1, page=cell.page.number, box=cell.page.on_paper(cell.box))
            row.append(GridCell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span, place))
        page = self.first.page
        return Grid(tuple(tuple(row) for row in rows), Place(table=self.number, page=page.number, box=page.on_paper(self.first.box)))


def _column(cell: _Cell) -> int:
    return cell.column


def _read(table: RuledTable) -> list[_Cell]:
    return [_Cell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span, table.page, cell.box, cell) for cell in table.cells]


def _goes_on(upper: _Cell, lower: _Cell) -> bool:
    """Say whether the text of a cell can be the rest of one on the page before."""
    return upper.last.wide and not _NUMBERED.match(lower.text) and not _FIGURE.fullmatch(lower.text)


def _is_one(upper: _Cell, lower: _Cell) -> bool:
    """Say whether two cells at the end of one page and the top of the next are one that covers several rows."""
    if upper.column_span != lower.column_span or (upper.row_span == 1 and lower.row_span == 1):
        return False
    if not upper.text or not lower.text:
        return True
    return upper.last.full and not _NUMBERED.match(lower.text) and not _FIGURE.fullmatch(lower.text)


def _head(cells: Iterable[_Cell], row: int) -> list[tuple[int, int, int, str]]:
    return sorted((cell.column, cell.row_span, cell.column_span, cell.text) for cell in cells if cell.row == row - 1)
