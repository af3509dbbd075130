"""Workbooks by calamine, which gives the values of their cells; what it does not tell of them the reader of the format has to know.

Counting: every table of the document has a number, whichever sheet it stands in, and so have its rows and the cells that begin in them, as drawn;
``sheet`` and ``address`` of a `Place` name the very cell of the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from attrs import define, field, frozen

from gilint.document import Document
from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.place import Place
from gilint.readers.limits import MAX_ROWS, limit_notice
from gilint.readers.number_formats import plain, without_format
from gilint.readers.sheets import RawSheet, SheetFlow, address

MAX_SHEETS = 200
SAMPLE = 30
"""Characters of a hidden text that are quoted."""
DAMAGED = Notice(NoticeKind.UNREADABLE, {"reason": Text("文件不完整或已损坏", "it is incomplete or damaged")})


class WorkbookError(Exception):
    """A workbook that is not read; `notice` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.kind)
        self.notice = notice


@frozen
class SheetFacts:
    """What calamine does not tell of one sheet. Rows and columns are counted from 0."""

    too_large: tuple[str, int] | None = None
    """The limit that forbids to read it, and its value."""
    instead: Mapping[tuple[int, int], str] = field(factory=dict)
    """Texts of cells that are shown otherwise than their value is stored: errors, percentages, dates, formulas without a value."""
    unknown: tuple[tuple[int, int], ...] = ()
    """Cells with a formula and without the value that it gave when the workbook was saved."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@define
class WorkbookReader:
    """Reads one workbook, sheet by sheet."""

    name: str
    format: str
    facts: Callable[[str], SheetFacts]
    """Says of a sheet, by its name, what calamine does not."""
    flow: SheetFlow = field(factory=SheetFlow)
    notices: list[Notice] = field(factory=list)
    hidden: list[str] = field(factory=list)
    """Texts that are in the workbook and not shown."""
    unknown: list[Place] = field(factory=list)

    def read(self, data: bytes) -> Document:
        """Return the document; sheets in their order, cells as a reader of the workbook sees them.

        Raises:
            WorkbookError: it cannot be read.
        """
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        with _faults():
            workbook = load_workbook(BytesIO(data))
            sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(sheets) > MAX_SHEETS:
            self.notices.append(limit_notice("MAX_SHEETS", MAX_SHEETS))
            del sheets[MAX_SHEETS:]
        shown = sum(sheet.visible is SheetVisibleEnum.Visible for sheet in sheets)
        for sheet in sheets:
            facts = self.facts(sheet.name)
            if facts.too_large is not None:
                self.notices.append(limit_notice(*facts.too_large))
                continue
            with _faults():
                raw = _raw_sheet(workbook.get_sheet_by_name(sheet.name), facts)
            if sheet.visible is SheetVisibleEnum.Visible:
                self.hidden.extend(self.flow.add(raw, named=shown > 1))
                self.unknown.extend(Place(sheet=raw.name, address=address(*at)) for at in facts.unknown)
            else:
                self.hidden.extend(text for row in raw.rows for text in row if text)
        return self._document()

    def _document(self) -> Document:
        notices = [*self.notices, *(limit_notice(limit, value) for limit, value in sorted(self.flow.limits.items()))]
        if self.unknown:
            notices.append(
                Notice(NoticeKind.FORMULA_WITHOUT_VALUE, {"count": len(self.unknown), "at": tuple(self.unknown)}, place=self.unknown[0])
            )
        if self.hidden:
            notices.append(Notice(NoticeKind.HIDDEN_TEXT, {"count": len(self.hidden), "sample": self.hidden[0].strip()[:SAMPLE]}))
        if not self.flow.blocks and not notices:
            notices.append(Notice(NoticeKind.EMPTY))
        return Document(self.name, self.format, tuple(self.flow.blocks), notices=tuple(notices))


def unread(name: str, notice: Notice) -> Document:
    """Return the document of which nothing was read."""
    return Document(name, "none", notices=(notice,))


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what calamine raises into `WorkbookError`; a panic of its own is no `Exception`."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise WorkbookError(Notice(NoticeKind.ENCRYPTED)) from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise WorkbookError(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(DAMAGED) from error


def _raw_sheet(sheet: Any, facts: SheetFacts) -> RawSheet:
    """Return what calamine says of a sheet, with what else is known of it."""
    rows = [[text_of(value) for value in row] for row in sheet.to_python(nrows=MAX_ROWS + 1)]
    top, left = sheet.start or (0, 0)
    if facts.instead:
        top, left = _put(rows, top, left, facts.instead)
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return RawSheet(sheet.name, rows, top, left, merged, facts.hidden_rows, facts.hidden_columns)


def _put(rows: list[list[str]], top: int, left: int, texts: Mapping[tuple[int, int], str]) -> tuple[int, int]:
    """Put texts in their cells, also around the rectangle of those with a value; return its upper left corner."""
    height, width = len(rows), len(rows[0]) if rows else 0
    at_rows = [row for row, _ in texts] + [top, top + height - 1] * (height > 0)
    at_columns = [column for _, column in texts] + [left, left + width - 1] * (width > 0)
    first_row, first_column = min(at_rows), min(at_columns)
    blank = [""] * (max(at_columns) - first_column + 1)
    old, above = list(rows), top - first_row
    rows[:] = [list(blank) for _ in range(min(max(at_rows) - first_row, MAX_ROWS) + 1)]
    for row, values in zip(rows[above:] if height else [], old, strict=False):
        row[left - first_column : left - first_column + width] = values
    for (at_row, at_column), text in texts.items():
        if at_row - first_row < len(rows):
            rows[at_row - first_row][at_column - first_column] = text
    return first_row, first_column


def text_of(value: object) -> str:
    """Return a value as a spreadsheet shows it where the format of its cell says nothing else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return plain(value)
    return without_format(value) if isinstance(value, (date, time, timedelta)) else str(value)
