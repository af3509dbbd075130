"""Are all rows, columns and cells of a table there, and each once?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from types import EllipsisType
from typing import Any, ClassVar

from gilint import (
    Cell,
    CellRef,
    CellState,
    Example,
    Finding,
    Notice,
    NoticeKind,
    Place,
    Report,
    Rule,
    Severity,
    Table,
    Text,
    examine,
    uncertain_rows,
)
from gilint_rules import ARTICLE_20, FORMATS
from gilint_rules.missing.wording import INCOMPLETE, NAMED, follow

_TOLD_APART = 3
"""Short rows of one table that are told one by one; more have one cause."""
_INNER_QUOTES = str.maketrans("“”", "‘’")
"""A label that is quoted and has quotation marks of its own: ‘三安全一稳定’."""
_MOST_LOCATED = 2
"""Missing cells of one row that are looked for by trying every place."""


def _with_gaps(report: Report) -> Iterator[Table]:
    """Yield the tables with missing cells that no other finding explains: those that were found, in the report's own edition."""
    missing = CellState.MISSING
    lacking = {cell.table for cell in report.exceptional_cells if cell.state is missing}
    if lacking:
        lacking -= {notice.data.get("table") for notice in report.noticed(NoticeKind.EDITIONS_MIXED)}
    return (table for name, table in report.tables.items() if name in lacking and table.found)


def _gaps(report: Report, table: Table) -> tuple[list[str], list[str], dict[str, list[Cell]]]:
    """Return the rows that are missing, the columns that are, and by row the further missing cells.

    A row that is short of numbers does not tell in which column.
    """
    uncertain = uncertain_rows(report)
    doubtful = report.doubtful_rows
    absent = [cell for cell in table.cells.values() if cell.state is CellState.MISSING and (cell.table, cell.row) not in doubtful]
    specs = [row for row in table.spec.rows if (table.name, row.name) not in doubtful]
    rows = [row.name for row in specs if all(table[row.name, column].state is CellState.MISSING for column in row.columns)]
    columns = []
    for column in table.spec.columns:
        cells = [cell for cell in table.column(column.name) if cell.row not in rows and (cell.table, cell.row) not in uncertain]
        if len(cells) > 1 and all(cell.state is CellState.MISSING for cell in cells):
            columns.append(column.name)
    single: dict[str, list[Cell]] = {}
    for cell in absent:
        if cell.row not in rows and (cell.column not in columns or (cell.table, cell.row) in uncertain):
            single.setdefault(cell.row, []).append(cell)
    return rows, columns, single


def _is_short_line(report: Report, table: Table, single: dict[str, list[Cell]]) -> bool:
    """Say whether a table that is one line of numbers has some too few, so that not even the group is sure."""
    lines = {notice.data.get("table") for notice in report.noticed(NoticeKind.ROW_SHORT) if not notice.data.get("row")}
    return bool(single) and table.name in lines


class RowsMissing(Rule):
    """Rows of a table that the report does not have."""

    code, name, severity = "MIS003", "rows-missing", Severity.WARNING
    title = Text("缺少行", "Rows are missing")
    message = Text("“{table}”表缺少：{rows}{values}。", "The table “{table}” lacks {rows}{values}.")
    suggestion = Text("请补上；没有的填 0。", "Add what is missing; write 0 for none.")
    rationale = INCOMPLETE
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={f"reviews.litigation_direct.{column}": None for column in ("upheld", "corrected", "other", "pending", "total")},
            finds=(tuple(f"reviews.litigation_direct.{column}" for column in ("upheld", "corrected", "other", "pending", "total")),),
        ),
        Example(cells={"reviews.litigation_direct.total": ""}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a table."""
        for table in _with_gaps(report):
            rows, _, single = _gaps(report, table)
            if rows and len(rows) < len(table.spec.rows) and not _is_short_line(report, table, single):
                cells = [cell.ref for row in rows for cell in table.row(row)]
                labels = [_full_label(table, row) for row in rows]
                yield self.find(*cells, table=table.spec.label, rows=labels, values=follow(report, cells))


def _full_label(table: Table, name: str) -> Text:
    row = table.spec.row(name)
    chinese = " · ".join((*row.group[-1:], row.label.zh)).translate(_INNER_QUOTES)
    return Text(f"“{chinese}”", f"“{row.label.en}”")


class ColumnsMissing(Rule):
    """Columns of a table that the report does not have."""

    code, name, severity = "MIS004", "columns-missing", Severity.WARNING
    title = Text("缺少列", "Columns are missing")
    message = Text("“{table}”表缺少列：{columns}{values}。", "The table “{table}” lacks the {columns:column|columns} {columns}{values}.")
    suggestion = RowsMissing.suggestion
    rationale = INCOMPLETE
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={"disclosure.regulations.repealed": None, "disclosure.normative_documents.repealed": None},
            finds=(("disclosure.regulations.repealed", "disclosure.normative_documents.repealed"),),
        ),
        Example(cells={"disclosure.regulations.repealed": None}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a table."""
        for table in _with_gaps(report):
            _, columns, _ = _gaps(report, table)
            if columns:
                cells = [cell.ref for column in columns for cell in table.column(column) if cell.state is CellState.MISSING]
                labels = [table.spec.column(column).label for column in columns]
                yield self.find(*cells, table=table.spec.label, columns=labels, values=follow(report, cells))


class CellsMissing(Rule):
    """A row with fewer cells than it should have."""

    code, name, severity = "MIS005", "cells-missing", Severity.WARNING
    title = Text("缺少单元格", "Cells are missing")
    message = Text(
        "“{row}”一行应有 {expected} 个数，只有 {found} 个，缺少：{lacking}{values}。",
        "“{row}” should have {expected} {expected:value|values} and has {found}; missing: {lacking}{values}.",
    )
    short: ClassVar[Text] = Text(
        "“{row}”这一行应有 {expected} 个数，只有 {found} 个，无法确定缺哪一个{values}。",
        "“{row}” should have {expected} {expected:value|values} and has {found}; which one is missing cannot be told{values}.",
    )
    many: ClassVar[Text] = Text(
        "“{table}”表有 {count} 行缺少数，无法确定各缺哪一个：{rows}。",
        "{count} {count:row|rows} of the table “{table}” {count:has|have} too few values, and which are missing cannot be told: {rows}.",
    )
    line: ClassVar[Text] = Text(
        "“{table}”表应有 {expected} 个数，只有 {found} 个，无法确定缺哪一个。",
        "The table “{table}” should have {expected} {expected:value|values} and has {found}; which are missing cannot be told.",
    )
    suggestion = Text("请补上缺少的数；没有的填 0。", "Add what is missing; write 0 for none.")
    rationale = INCOMPLETE
    source = (ARTICLE_20, *FORMATS)
    forms = ()
    examples = (
        Example(cells={"disclosure.fees.change": None}, edition="2019", finds=(("disclosure.fees.change",),)),
        Example(cells={"disclosure.fees.change": ""}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a row; for a row that is short of numbers nobody is told which one lacks."""
        for table in _with_gaps(report):
            uncertain = uncertain_rows(report)
            _, _, single = _gaps(report, table)
            if _is_short_line(report, table, single):
                yield self._short_line(report, table)
                continue
            short = [row for row in single if (table.name, row) in uncertain]
            if len(short) > _TOLD_APART:
                yield self._short_rows(report, table, short)
            for row, cells in single.items():
                if row not in short:
                    refs = [cell.ref for cell in cells]
                    lacking = [table.spec.column(ref.column).label for ref in refs]
                    yield self.find(*refs, lacking=lacking, values=follow(report, refs), **self._counts(report, table, row))
                elif len(short) <= _TOLD_APART:
                    located = _locate(report, table, row, len(cells))
                    values = _guess(located, report, len(cells))
                    refs = located or [cell.ref for cell in table.row(row)]
                    yield self.find(*refs, message=self.short, values=values, **self._counts(report, table, row))

    def _counts(self, report: Report, table: Table, row: str) -> dict[str, Any]:
        """Return what the messages on one row have in common."""
        cells, label = table.row(row), table.spec.row(row).label
        return {
            "place": _place(report, table.name, row) or next((cell.place for cell in cells if cell.place), None),
            "row": Text(label.zh.translate(_INNER_QUOTES), label.en),
            "expected": len(cells),
            "found": sum(cell.state is not CellState.MISSING for cell in cells),
        }

    def _short_rows(self, report: Report, table: Table, rows: list[str]) -> Finding:
        refs = [cell.ref for row in rows for cell in table.row(row)]
        labels: list[Text | EllipsisType] = [_full_label(table, row) for row in rows[:NAMED]]
        if len(rows) > NAMED:
            labels.append(...)
        place = _place(report, table.name, rows[0])
        return self.find(*refs, message=self.many, place=place, table=table.spec.label, count=len(rows), rows=labels)

    def _short_line(self, report: Report, table: Table) -> Finding:
        found = sum(cell.state is not CellState.MISSING for cell in table.values())
        refs = [cell.ref for cell in table.values()]
        place = _place(report, table.name, "") or next((cell.place for cell in table.values() if cell.place), None)
        return self.find(*refs, message=self.line, place=place, table=table.spec.label, expected=len(refs), found=found)


def _place(report: Report, table: str, row: str) -> Place | None:
    """Return where the document has the row that is short."""
    return next(
        (
            notice.place
            for notice in report.noticed(NoticeKind.ROW_SHORT)
            if (notice.data.get("table"), notice.data.get("row")) == (table, row)
        ),
        None,
    )


def _guess(located: list[CellRef], report: Report, lacking: int) -> Text | str:
    """Say which cell it is by the equations, if they leave no choice."""
    if not located or len(located) != lacking:
        return ""
    deduced = examine(report).deduced
    named = [(report.tables[ref.table].spec.column(ref.column).label, deduced[ref]) for ref in located]
    return Text(
        "；按勾稽关系推算是" + "、".join(f"“{text.zh}”（{value}）" for text, value in named),
        "; by the equations it is " + ", ".join(f"{text.en} ({value})" for text, value in named),
    )


def _locate(report: Report, table: Table, row: str, lacking: int) -> list[CellRef]:
    """Return which cells of a short row may lack their number, as far as the equations decide it; nothing where they do not."""
    cells = table.row(row)
    printed = [cell.value for cell in cells if cell.state is not CellState.MISSING]
    deduced = examine(report).deduced
    wanted = [deduced.get(cell.ref) for cell in cells]
    if lacking > _MOST_LOCATED or None in wanted:
        return []
    possible = [
        gaps for gaps in combinations(range(len(cells)), lacking) if [value for at, value in enumerate(wanted) if at not in gaps] == printed
    ]
    return [cells[at].ref for at in sorted({at for gaps in possible for at in gaps})]


class RowRepeated(Rule):
    """A row that stands in its table more than once."""

    code, name, severity = "MIS006", "row-repeated", Severity.WARNING
    title = Text("行重复", "A row stands twice")
    message = Text("{row}一行出现了不止一次，{outcome}。", "The row {row} stands more than once; {outcome}.")
    suggestion = Text("请删去重复的行。", "Remove the repeated row.")
    rationale = Text("同一行出现两次，读者和汇总程序不知道该取哪一个。", "Where a row stands twice nobody knows which one counts.")
    source = FORMATS
    forms = ()
    examples = (
        Example(
            notices=(
                Notice(NoticeKind.ROW_REPEATED, {"table": "disclosure", "row": "licences", "differs": True, "printed": ("506", "560")}),
            ),
            finds=(("disclosure.licences.decisions",),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """An error where the two disagree."""
        for notice in report.noticed(NoticeKind.ROW_REPEATED):
            table = report.tables.get(notice.data.get("table", ""))
            if table is None:
                continue
            row = notice.data["row"]
            printed = notice.data.get("printed", ())
            differs = bool(notice.data.get("differs"))
            outcome = (
                Text("数字不同（{printed}）", "with other figures ({printed})").filled(printed=printed)
                if differs
                else Text("数字相同", "with the same figures")
            )
            yield self.find(
                *(notice.cells or [cell.ref for cell in table.row(row)]),
                severity=Severity.ERROR if differs else self.severity,
                place=notice.place,
                row=_full_label(table, row),
                outcome=outcome,
            )
