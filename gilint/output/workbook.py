"""Sheets of a workbook, written row by row and always as the same bytes."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import define, field, frozen

from gilint.errors import MissingDependencyError
from gilint.language import Text
from gilint.output.printable import printable
from gilint.output.tidy import guard_formula
from gilint.output.wrapping import wrap
from gilint.products import AUTHOR

LAST_ROW = 1_048_576
"""A sheet has no more rows; what is beyond goes on to another sheet."""
LONGEST_TEXT = 32_767
"""Characters that a cell can hold; a longer text is cut, with a sign of it."""

Kind = Literal["text", "middle", "number", "error", "warning", "note", "choice", "blank", "head", "sum", "sums"]
"""How a cell looks."""

_DATE = (1980, 1, 1, 0, 0, 0)
# What a workbook takes for a character by its number: a text that looks so is written with one for its underscore.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_A4 = 9
_MEASURED = 4000
"""Characters of a text that are laid out to find its height; more fill the tallest row."""
_LINE, _PADDING, _TALLEST = 14.5, 5.0, 409.0
"""Points: a line of text, the room over and under it, and the tallest row that there can be."""
_FONT = "微软雅黑"
_FILLS = {
    "error": "FBE3E1",
    "warning": "FFF2CC",
    "note": "E4EEF8",
    "head": "1F4E78",
    "sum": "F2F2F2",
    "sums": "F2F2F2",
    "choice": "FFFDF0",
    "blank": "FFFDF0",
}


@frozen
class Column:
    """A column of a sheet."""

    title: str
    width: float
    """In characters of the width of a digit; a Chinese one takes two."""
    kind: Kind = "text"


@define(eq=False)
class Sheet:
    """A table that may go on over several sheets: a frozen header, a filter, pages that read well on paper."""

    book: Book
    name: str
    columns: Sequence[Column]
    title: str
    footer: str
    rows: int = 0
    """Of the sheet that is being written, the header included."""
    sheets: list[Any] = field(factory=list)
    _lasts: list[int] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        # Sheets stand in the order in which they are made.
        self._open()

    def append(self, values: Sequence[tuple[str | int, Kind] | str | int], *, filtered: bool = True) -> None:
        """Write a row; a value comes with its kind where that is not the column's. Rows after the last filtered one stay under the table."""
        if self.rows == LAST_ROW:
            self._open()
        given = [value if isinstance(value, tuple) else (value, column.kind) for value, column in zip(values, self.columns, strict=True)]
        self._put(given)
        if filtered:
            self._lasts[-1] = self.rows

    def ranges(self, column: int) -> list[tuple[Any, str]]:
        """Return each sheet with the range that its rows have in a column, counted from 0."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(column + 1)
        return [(sheet, f"{letter}2:{letter}{last}") for sheet, last in zip(self.sheets, self._lasts, strict=True) if last > 1]

    def finish(self) -> None:
        """Put the filters over what was written."""
        from openpyxl.utils import get_column_letter

        for sheet, last in zip(self.sheets, self._lasts, strict=True):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{last}"

    def _put(self, given: Sequence[tuple[str | int, Kind]]) -> None:
        sheet = self.sheets[-1]
        self.rows += 1
        # Only some programs find the height of a row themselves, and its dimensions would be kept for every row.
        lines = max(_lines(str(value)[:_MEASURED], column.width) for (value, _), column in zip(given, self.columns, strict=True))
        sheet.row_dimensions[self.rows].height = min(lines * _LINE + _PADDING, _TALLEST)
        sheet.append([self.book.cell(sheet, value, kind) for value, kind in given])
        del sheet.row_dimensions[self.rows]

    def _open(self) -> None:
        from openpyxl.utils import get_column_letter

        number = len(self.sheets) + 1
        sheet = self.book.workbook.create_sheet(self.name if number == 1 else f"{self.name} {number}")
        self.sheets.append(sheet)
        self._lasts.append(1)
        for index, column in enumerate(self.columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = column.width
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for side, inches in {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6, "header": 0.3, "footer": 0.3}.items():
            setattr(sheet.page_margins, side, inches)
        sheet.oddHeader.center.text, sheet.oddHeader.center.size = self.title.replace("&", "&&"), 14
        sheet.oddFooter.center.text = self.footer
        self.rows = 0
        self._put([(column.title, "head") for column in self.columns])


class Book:
    """A workbook that does not stay in memory."""

    def __init__(self) -> None:
        try:
            from openpyxl import Workbook
        except ImportError as error:
            raise MissingDependencyError(
                Text(
                    "输出 xlsx 需要 openpyxl，请安装：pip install 'gilint[xlsx]'", "xlsx output needs openpyxl: pip install 'gilint[xlsx]'"
                )
            ) from error
        self.workbook = Workbook(write_only=True)
        self.workbook.properties.creator = AUTHOR
        self.workbook.properties.created = self.workbook.properties.modified = datetime(*_DATE)
        for style in _styles():
            self.workbook.add_named_style(style)

    def cell(self, sheet: Any, value: str | int, kind: Kind) -> Any:
        """Make a cell; a text is a text, whatever it looks like."""
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, int):
            cell = WriteOnlyCell(sheet, value)
            cell.style = kind
            return cell
        text = _ESCAPE.sub("_x005F_", printable(value))
        cell = WriteOnlyCell(sheet, (text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…") or None)
        cell.data_type = "s" if text else "n"
        cell.style = kind
        if guard_formula(text) != text:
            # So that it stays a text when somebody edits the cell.
            cell.quotePrefix = True
        return cell

    def save(self, stream: IO[bytes]) -> None:
        """Write the workbook, without the dates at which its parts were made."""
        from openpyxl.writer.excel import ExcelWriter

        # An archive goes back to what it wrote; a pipe does not.
        with tempfile.TemporaryFile() as file:
            with _Archive(file, "w", ZIP_DEFLATED) as archive:
                ExcelWriter(self.workbook, archive).write_data()
            file.seek(0)
            shutil.copyfileobj(file, stream)

    def discard(self) -> None:
        """Remove the temporary files of sheets that were not saved."""
        for sheet in self.workbook.worksheets:
            if sheet._writer is None or not Path(sheet._writer.out).exists():
                continue
            if not sheet.closed:
                sheet.close()
            with suppress(OSError, ValueError):
                sheet._writer.cleanup()


class _Archive(ZipFile):
    """An archive whose entries tell neither when nor on which system they were made."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None) -> None:
        """Add an entry."""
        super().writestr(_entry(zinfo_or_arcname), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, compress_type: int | None = None, compresslevel: int | None = None) -> None:
        """Add a file."""
        entry = _entry(arcname)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target)


@lru_cache(maxsize=256)
def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; titles, clauses and suggestions come again and again."""
    return sum(len(wrap(line, int(width) - 1)) for line in text.split("\n"))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DATE)
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _styles() -> list[Any]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side(style="thin", color="BFBFBF")
    middle = {"middle", "number", "error", "warning", "note", "choice", "head", "sums"}
    styles = []
    kinds: tuple[Kind, ...] = ("text", "middle", "number", "error", "warning", "note", "choice", "blank", "head", "sum", "sums")
    for kind in kinds:
        style = NamedStyle(kind)
        style.font = Font(name=_FONT, size=10, bold=kind in ("head", "sum", "sums"), color="FFFFFF" if kind == "head" else "000000")
        style.alignment = Alignment(horizontal="center" if kind in middle else "left", vertical="center", wrap_text=True)
        style.border = Border(left=line, right=line, top=line, bottom=line)
        if kind in _FILLS:
            style.fill = PatternFill("solid", start_color=_FILLS[kind], end_color=_FILLS[kind])
        styles.append(style)
    return styles
