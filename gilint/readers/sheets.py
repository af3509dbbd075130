"""Sheets of a workbook as blocks: what stands alone in its row is a paragraph, what stands beside other cells is a table.

Sheets have no paragraphs. Title, headings and narrative are cells alone in their row, merged over the sheet or running over blank neighbours; but a
row of a table whose values were left blank has a single text too, and only its surroundings tell them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from attrs import define, field, frozen

from gilint.document import Grid, GridCell, Paragraph
from gilint.place import Place
from gilint.readers.drawings import TextBox, with_boxes
from gilint.readers.grids import address
from gilint.readers.limits import MAX_BLOCKS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLES
from gilint.values import looks_blank, looks_like_number

LONGEST_CELL = 80
"""A longer text, alone in its row, is narrative; the longest label of a form has some sixty characters."""
MAX_MERGED = 4 * MAX_CELLS
"""Cells that the merged ranges of one sheet may cover, taken together; in a sound sheet they do not overlap."""
_UNNAMED = re.compile(r"(?i)(?:sheet|工作表|表格?|table)?[\s_\-(（]*+[\d一二三四五六七八九十]*+[)）]?\s*+")
_WORDS = re.compile(r"[\W_]+|(?<![^\W_])[一二三四五六七八九十\d]{1,2}(?=[、.．,，\s])")
"""All but the words of a name: signs, and the numeral before it."""

Range = tuple[int, int, int, int]
"""First row, first column, last row and last column, counted from 0."""


@frozen
class RawSheet:
    """What a sheet holds, before anything is made of it. Rows and columns are counted from 0, as in the whole sheet."""

    name: str
    rows: Sequence[Sequence[str]]
    """The texts of the used range, every row of the same length; of merged cells only the upper left one has one."""
    top: int = 0
    left: int = 0
    merged: Iterable[Range] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    lines: Sequence[int] = ()
    """Of a text the line in which each row begins, counted from 1; rows and cells have no addresses then."""
    boxes: Sequence[TextBox] = ()


class _Cell(NamedTuple):
    """A cell that holds a text or is merged; where it stands among the rows and columns that are shown, and in the sheet."""

    text: str
    row: int
    column: int
    height: int
    width: int
    at: tuple[int, int]


@define
class SheetFlow:
    """Collects the blocks of a workbook, sheet by sheet."""

    blocks: list[Paragraph | Grid] = field(factory=list)
    limits: dict[str, int] = field(factory=dict)
    """Limits hit, by name."""
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0

    def add(self, sheet: RawSheet, *, named: bool) -> list[str]:
        """Take a sheet; return the texts of hidden rows and columns, which are left out.

        Args:
            sheet: what it holds.
            named: whether its name is the heading of a table that has none in the sheet itself; so it is where every table has a sheet.
        """
        drawn = _Drawn.of(sheet, self.limits)
        blocks = with_boxes(list(self._blocks(drawn)), sheet.boxes, sheet.name, self.paragraphs)
        self.paragraphs += sum(len(box.lines) for box in sheet.boxes)
        if named and self._tells(sheet.name, blocks):
            self.paragraphs += 1
            self.blocks.append(Paragraph(sheet.name.strip(), Place(paragraph=self.paragraphs, sheet=sheet.name), heading=2))
        self.blocks.extend(blocks)
        if len(self.blocks) > MAX_BLOCKS:
            self.limits["MAX_BLOCKS"] = MAX_BLOCKS
            del self.blocks[MAX_BLOCKS:]
        return drawn.hidden

    @staticmethod
    def _tells(name: str, blocks: Sequence[Paragraph | Grid]) -> bool:
        """Say whether the name of a sheet says of its first table what nothing above the table says."""
        first = next((index for index, block in enumerate(blocks) if isinstance(block, Grid)), None)
        if first is None or _UNNAMED.fullmatch(name) is not None:
            return False
        words = _WORDS.sub("", name)
        return not any(words in _WORDS.sub("", block.text) for block in blocks[:first] if isinstance(block, Paragraph))

    def _blocks(self, drawn: _Drawn) -> Iterator[Paragraph | Grid]:
        start: int | None = None
        row = 0
        while row < len(drawn.lines):
            end = drawn.end_of_paragraph(row, start)
            if end == row and drawn.is_table(row):
                start = row if start is None else start
                row += 1
                continue
            if start is not None:
                yield from self._grid(drawn, start, row + drawn.is_blank_below(row))
                start = None
            if end > row:
                yield from self._paragraphs(drawn, row)
            row = max(end, row + 1)
        if start is not None:
            yield from self._grid(drawn, start, row)

    def _paragraphs(self, drawn: _Drawn, row: int) -> Iterator[Paragraph]:
        cell = drawn.lines[row][0]
        for text in cell.text.split("\n"):
            if text.strip():
                self.paragraphs += 1
                if drawn.numbers:
                    place = Place(drawn.numbers[cell.at[0]], paragraph=self.paragraphs)
                else:
                    place = Place(paragraph=self.paragraphs, sheet=drawn.name, address=address(*cell.at))
                yield Paragraph(text.strip(), place)

    def _grid(self, drawn: _Drawn, start: int, end: int) -> Iterator[Grid]:
        if self.tables >= MAX_TABLES:
            self.limits["MAX_TABLES"] = MAX_TABLES
            return
        self.tables += 1
        left, right = drawn.extent(start, end)
        rows: list[tuple[GridCell, ...]] = []
        for row in range(start, end):
            cells = drawn.row(row, left, right, end)
            self.cells += len(cells)
            if self.cells > MAX_CELLS:
                self.limits["MAX_CELLS"] = MAX_CELLS
                break
            at = tuple([cell.at for cell in cells])
            if drawn.numbers:
                places = tuple([Place(drawn.numbers[at_row], None, self.tables, row - start + 1, n) for n, (at_row, _) in enumerate(at, 1)])
            else:
                places = _places(drawn.name, self.tables, row - start + 1, at)
            drawn_cells = zip(cells, places, strict=True)
            rows.append(
                tuple([GridCell(cell.text, row - start, cell.column - left, cell.height, cell.width, place) for cell, place in drawn_cells])
            )
        place = Place(drawn.numbers[drawn.rows[start]], table=self.tables) if drawn.numbers else Place(table=self.tables, sheet=drawn.name)
        yield Grid(tuple(rows), place)


@define
class _Drawn:
    """A sheet as it is shown: hidden rows and columns left out, merged cells laid over the places that they cover."""

    name: str
    rows: list[int]
    """The rows of the sheet that are shown."""
    columns: list[int]
    lines: list[list[_Cell]]
    """For each row shown the cells with a text that begin in it."""
    merged: dict[tuple[int, int], _Cell]
    covered: set[tuple[int, int]]
    """Places under a merged cell, its upper left one left out."""
    reached: set[int] = field(factory=set)
    """Rows into which a merged cell of an earlier row reaches."""
    numbers: Sequence[int] = ()
    """Of a text the line in which each row begins."""
    hidden: list[str] = field(factory=list)
    """Texts in rows and columns that are not shown."""

    @classmethod
    def of(cls, sheet: RawSheet, limits: dict[str, int]) -> _Drawn:
        width = len(sheet.rows[0]) if sheet.rows else 0
        if len(sheet.rows) > MAX_ROWS:
            limits["MAX_ROWS"] = MAX_ROWS
        if width > MAX_COLUMNS:
            limits["MAX_COLUMNS"] = MAX_COLUMNS
        height, width = min(len(sheet.rows), MAX_ROWS), min(width, MAX_COLUMNS)
        rows = [row for row in range(sheet.top, sheet.top + height) if row not in sheet.hidden_rows]
        columns = [column for column in range(sheet.left, sheet.left + width) if column not in sheet.hidden_columns]
        drawn = cls(sheet.name, rows, columns, [], {}, set(), numbers=sheet.lines)
        drawn._merge(sheet, limits)
        if len(rows) < height or len(columns) < width:
            drawn._note_hidden(sheet)
        merged, covered = drawn.merged, drawn.covered
        # Nothing left out: then a merged cell shows the text of its own place, and a place without one shows nothing.
        complete = not sheet.hidden_rows and (not rows or len(columns) == len(sheet.rows[0]))
        for row, at_row in enumerate(rows):
            texts = sheet.rows[at_row - sheet.top]
            line = []
            for column, text in enumerate(texts if complete else [texts[at - sheet.left] for at in columns]):
                if not text and complete:
                    continue
                cell = merged.get((row, column))
                if cell is not None:
                    text = cell.text
                if text and not text.isspace() and (row, column) not in covered:
                    line.append(cell or _Cell(text, row, column, 1, 1, (at_row, columns[column])))
            drawn.lines.append(line)
        if drawn.lines and not drawn.numbers and len(rows) < MAX_ROWS:
            # The row below the last text may be the one that nobody has filled in.
            rows.append(sheet.top + len(sheet.rows))
            drawn.lines.append([])
        return drawn

    def _merge(self, sheet: RawSheet, limits: dict[str, int]) -> None:
        area = 0
        for first_row, first_column, last_row, last_column in sheet.merged:
            top, bottom = bisect_left(self.rows, first_row), bisect_left(self.rows, last_row + 1)
            left, right = bisect_left(self.columns, first_column), bisect_left(self.columns, last_column + 1)
            if bottom <= top or right <= left or (top, left) in self.merged or (top, left) in self.covered:
                continue
            area += (bottom - top) * (right - left)
            if area > MAX_MERGED:
                limits["MAX_MERGED"] = MAX_MERGED
                return
            row, column = first_row - sheet.top, first_column - sheet.left
            text = sheet.rows[row][column] if 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row]) else ""
            self.merged[top, left] = _Cell(text, top, left, bottom - top, right - left, (first_row, first_column))
            self.covered.update(product(range(top, bottom), range(left, right)))
            self.covered.discard((top, left))
            self.reached.update(range(top + 1, bottom))

    def _note_hidden(self, sheet: RawSheet) -> None:
        shown_rows, shown_columns = set(self.rows), set(self.columns)
        moved = {cell.at for cell in self.merged.values()}  # shown where the rest of the merged cell is
        for row, texts in enumerate(sheet.rows[:MAX_ROWS], sheet.top):
            for column, text in enumerate(texts[:MAX_COLUMNS], sheet.left):
                if text and (row not in shown_rows or column not in shown_columns) and (row, column) not in moved:
                    self.hidden.append(text)

    def is_table(self, row: int) -> bool:
        """Say whether a row belongs to a table, as long as it is no paragraph."""
        return bool(self.lines[row]) or row in self.reached

    def is_blank_below(self, row: int) -> bool:
        """Say whether a blank row belongs to the table above it: under nothing but headings it is where the figures were to be filled in."""
        above = next(line for line in reversed(self.lines[:row]) if line)
        return not self.lines[row] and len(above) > 1 and not any(looks_like_number(cell.text) or looks_blank(cell.text) for cell in above)

    def end_of_paragraph(self, row: int, start: int | None) -> int:
        """Return the row after the paragraph that begins in ``row``; ``row`` itself where none does.

        Args:
            row: the row to look at.
            start: the first row of the table that reaches to it, if one does.
        """
        line = self.lines[row]
        if len(line) != 1 or row in self.reached:
            return row
        cell = line[0]
        end = row + cell.height
        if any(self.lines[below] for below in range(row + 1, end)):
            return row
        if start is None or len(cell.text) > LONGEST_CELL or "。" in cell.text:
            return end
        left, right = self.extent(start, row)
        if cell.column <= left and cell.column + cell.width >= right and right - left > 1:
            return end
        figures = min((each.column for line in self.lines[start:row] for each in line if looks_like_number(each.text)), default=left)
        return row if cell.column <= left or cell.column < figures or looks_like_number(cell.text) else end

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return the first column of a table and the one after its last, as far as its cells have a text."""
        left = min((line[0].column for line in self.lines[start:end] if line), default=0)
        return left, max((line[-1].column + line[-1].width for line in self.lines[start:end] if line), default=left + 1)

    def row(self, row: int, left: int, right: int, end: int) -> list[_Cell]:
        """Return the cells of a table that begin in a row, blank ones included; none reaches beyond the table."""
        simple = {cell.column: cell for cell in self.lines[row] if cell.width == cell.height == 1}
        if len(simple) == right - left:
            return list(simple.values())
        cells = []
        for column in range(left, right):
            cell = simple.get(column)
            if cell is None and (row, column) not in self.covered:
                cell = self.merged.get((row, column))
                if cell is None:
                    cell = _Cell("", row, column, 1, 1, (self.rows[row], self.columns[column]))
                else:
                    cell = cell._replace(height=min(cell.height, end - row), width=min(cell.width, right - column))
            if cell is not None:
                cells.append(cell)
        return cells


@lru_cache(maxsize=1024)
def _places(sheet: str, table: int, row: int, cells: tuple[tuple[int, int], ...]) -> tuple[Place, ...]:
    """Return the places of the cells of a row; workbooks made from one template share them."""
    return tuple(Place(table=table, row=row, cell=cell, sheet=sheet, address=address(*at)) for cell, at in enumerate(cells, 1))
