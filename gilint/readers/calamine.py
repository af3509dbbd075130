"""Workbooks by calamine, which gives the values of their cells; what it does not tell of them the reader of the format has to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from attrs import field, frozen

from gilint.notice import Notice, NoticeKind
from gilint.readers.drawings import TextBox
from gilint.readers.limits import MAX_ROWS
from gilint.readers.number_formats import plain, without_format
from gilint.readers.sheets import Range, RawSheet
from gilint.readers.workbooks import DAMAGED, MAX_SHEETS, WorkbookError, WorkbookFlow


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
    merged: tuple[Range, ...] = ()
    """Merged cells where calamine does not know them."""
    boxes: tuple[TextBox, ...] = ()


def read_sheets(data: bytes, flow: WorkbookFlow, facts_of: Callable[[str], SheetFacts]) -> None:
    """Read every sheet of a workbook, in their order.

    Args:
        data: the workbook.
        flow: takes the sheets.
        facts_of: says of a sheet, by its name, what calamine does not.

    Raises:
        WorkbookError: it cannot be read.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    with _faults():
        workbook = load_workbook(BytesIO(data))
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    if len(sheets) > MAX_SHEETS:
        flow.limits["MAX_SHEETS"] = MAX_SHEETS
        del sheets[MAX_SHEETS:]
    flow.several = sum(sheet.visible is SheetVisibleEnum.Visible for sheet in sheets) > 1
    for sheet in sheets:
        facts = facts_of(sheet.name)
        if facts.too_large is not None:
            limit, value = facts.too_large
            flow.limits[limit] = value
            continue
        with _faults():
            raw = _raw_sheet(workbook.get_sheet_by_name(sheet.name), facts)
        flow.add(raw, shown=sheet.visible is SheetVisibleEnum.Visible, unknown=facts.unknown)


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
    rows = [[value if type(value) is str else text_of(value) for value in row] for row in sheet.to_python(nrows=MAX_ROWS + 1)]
    top, left = sheet.start or (0, 0)
    if facts.instead:
        top, left = _put(rows, top, left, facts.instead)
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return RawSheet(sheet.name, rows, top, left, merged or facts.merged, facts.hidden_rows, facts.hidden_columns, boxes=facts.boxes)


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
