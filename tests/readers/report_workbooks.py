"""Writes reports as workbooks, the way offices fill them in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from attrs import define, field
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gilint.testing import Draft
from gilint.testing.sheet import Sheet

WIDTH = 10
"""Columns over which title, headings and narrative are merged."""


@define
class Writer:
    """Writes one report into a workbook."""

    merged: bool = True
    """Words are merged over the sheet; otherwise they run over blank neighbours."""
    apart: bool = False
    """Every table has a sheet of its own, which has the name of its section."""
    gaps: bool = True
    """Blank rows around tables."""
    numbers: bool = True
    """Figures are numbers; otherwise texts."""
    book: Workbook = field(factory=Workbook)
    row: int = 1
    sheet: Worksheet = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.sheet = self.book.active

    def write(self, draft: Draft) -> Workbook:
        for text in (draft.title, *draft.head):
            self.words(text)
        for part in draft.parts:
            if self.apart and part.sheets:
                self.begin(part.heading)
            elif part.heading:
                self.row += self.gaps
                self.words(part.heading)
            for text in part.paragraphs:
                self.words(text)
            for sheet in part.sheets:
                self.row += self.gaps and not self.apart
                self.table(sheet)
            if self.apart and part.sheets:
                self.begin(f"Sheet{len(self.book.sheetnames) + 1}")
        for text in draft.tail:
            self.words(text)
        return self.book

    def begin(self, name: str) -> None:
        self.sheet = self.book.create_sheet(name[:31])
        self.row = 1

    def words(self, text: str) -> None:
        self.sheet.cell(self.row, 1, text)
        if self.merged:
            self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=WIDTH)
        self.row += 1

    def table(self, sheet: Sheet) -> None:
        for text in sheet.above:
            self.words(text)
        covered: set[tuple[int, int]] = set()
        for row in sheet.rows:
            column = 1
            for cell in row:
                while (self.row, column) in covered:
                    column += 1
                self.sheet.cell(self.row, column, self.value(cell.text))
                last_row, last_column = self.row + cell.rows - 1, column + cell.columns - 1
                if cell.rows > 1 or cell.columns > 1:
                    self.sheet.merge_cells(start_row=self.row, start_column=column, end_row=last_row, end_column=last_column)
                    covered |= {(at, across) for at in range(self.row, last_row + 1) for across in range(column, last_column + 1)}
                column += cell.columns
            self.row += 1
        for text in sheet.below:
            self.words(text)

    def value(self, text: str) -> str | int | float | None:
        if not self.numbers:
            return text or None
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text or None


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(draft: Draft, change: Callable[[Workbook], None] | None = None, **how: bool) -> bytes:
    """Return a report as XLSX; ``change`` may do something to the workbook first."""
    book = Writer(**how).write(draft)
    if change is not None:
        change(book)
    return saved(book)
