"""Data laid over the form that they name: every cell says which one it is, so there is nothing to recognise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gilint.document import Document, TidyCell, TidyData
from gilint.form import ColumnSpec, Form, ValueKind
from gilint.language import Text
from gilint.model import Cell, Report, Table
from gilint.notice import Notice, NoticeKind
from gilint.place import CellRef
from gilint.recognise.organs import organ_of
from gilint.values import CellState, Value, read_value

_STRANGE = ColumnSpec("", Text("", ""))
"""What is read of a cell that the form does not have."""
_HEADING_UNITS = ("元", "百元", "千元", "百万元", "千万元", "亿元")


def report_of(document: Document, tidy: TidyData, forms: Sequence[Form]) -> Report:
    """Return the report that data hold.

    Where the value of a cell and what was printed in it disagree, somebody has corrected the value: it is taken, and a notice says so.

    Args:
        document: what was read.
        tidy: its data.
        forms: every edition of every form that it can be.
    """
    form = _form_of(tidy, forms)
    year = int(tidy.year) if tidy.year and tidy.year.isascii() and tidy.year.isdecimal() and len(tidy.year) == 4 else None
    organ = organ_of(tidy.organ) if tidy.organ else None
    if form is None:
        notices = (*document.notices, Notice(NoticeKind.NO_REPORT, {"reason": "other"}))
        return Report(document.name, None, year, organ, notices=notices, document=document)
    columns = {(table.name, column.name): column for table in form.tables for column in table.columns}
    cells: dict[CellRef, Cell] = {}
    corrected: list[CellRef] = []
    strangers: list[Notice] = []
    known = {CellRef(*key) for table in form.tables for key in table.keys}
    for found in tidy.cells:
        ref = CellRef(found.table, found.row, found.column)
        cell, differs = _cell(found, columns[ref.table, ref.column] if ref in known else _STRANGE)
        if ref not in known or (ref in cells and cells[ref].value != cell.value):
            if cell.value is not None:
                data = {"raw": found.value or cell.raw, "table": ref.table, "row": ref.row}
                strangers.append(Notice(NoticeKind.NUMBER_WITHOUT_PLACE, data, place=found.place))
            continue
        cells[ref] = cell
        if differs:
            corrected.append(ref)
    noticed = [Notice(NoticeKind.VALUE_NOT_AS_PRINTED, {"count": len(corrected)}, tuple(corrected))] if corrected else []
    notices = (*document.notices, *noticed, *strangers)
    return Report(document.name, form, year, organ, tables=_tables(form, cells), notices=notices, document=document)


def _form_of(tidy: TidyData, forms: Sequence[Form]) -> Form | None:
    """Return the edition that the data name; of forms with like editions, or where it is not named, the one with most of their cells."""
    named = [form for form in forms if form.edition == tidy.edition] or ([] if tidy.edition else list(forms))
    refs = {(cell.table, cell.row, cell.column) for cell in tidy.cells}
    fitting = [(sum(key in refs for table in form.tables for key in table.keys), -place) for place, form in enumerate(named)]
    count, place = max(fitting, default=(0, 0))
    return named[-place] if count else None


def _tables(form: Form, cells: Mapping[CellRef, Cell]) -> dict[str, Table]:
    tables = {}
    for spec in form.tables:
        own = {
            (row, column): cells.get(CellRef(table, row, column)) or Cell(table, row, column, CellState.MISSING)
            for table, row, column in spec.keys
        }
        found = any(cell.state is not CellState.MISSING for cell in own.values())
        tables[spec.name] = Table(spec, own, found, form.edition if found else None)
    return tables


def _cell(found: TidyCell, column: ColumnSpec) -> tuple[Cell, bool]:
    """Return a cell, and whether its value is not what was printed."""
    raw, kind = found.raw or "", column.kind
    printed = read_value(raw, kind)
    heading: str | None = None
    differs = False
    if found.value is None:
        if found.state == CellState.MISSING and not raw:
            value = Value(CellState.MISSING)
        elif found.state == CellState.NUMBER and printed.state is CellState.NUMBER and found.raw is not None:
            value, raw, differs = Value(CellState.BLANK), "", True  # the value was taken out
        else:
            value = printed
    else:
        value = read_value(found.value, kind)
        if value.state is CellState.NUMBER and printed.state is CellState.NUMBER:
            heading = _heading_unit(raw, printed, value, column)
        if value.value is not None and (value.value == printed.value or heading is not None):
            value = Value(CellState.NUMBER, value.value, printed.unit, printed.interpreted)
        else:
            differs = bool(raw) and raw != found.value
            raw = found.value
    cell = Cell(found.table, found.row, found.column, value.state, value.value, raw, value.unit, found.place, heading, value.interpreted)
    return cell, differs


def _heading_unit(raw: str, printed: Value, value: Value, column: ColumnSpec) -> str | None:
    """Return the unit that the heading of an amount has given it, as the value in 万元 tells: the prescribed one where they agree."""
    if column.kind is not ValueKind.AMOUNT or printed.unit is not None:
        return None
    if printed.value == value.value:
        return column.unit
    return next((unit for unit in _HEADING_UNITS if read_value(raw, column.kind, unit).value == value.value), None)
