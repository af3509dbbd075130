"""Are all rows, columns and cells of a table there, and each once?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import define

from gilint import (
    Cell,
    CellRef,
    CellState,
    Example,
    Finding,
    Notice,
    NoticeKind,
    Report,
    Rule,
    Severity,
    Table,
    Text,
    examine,
    uncertain_rows,
)
from gilint_rules import ARTICLE_20, FORMATS
from gilint_rules.missing.wording import INCOMPLETE, follow

_UNCERTAIN = Text("（是哪一列缺少不能确定）", " (which column it is cannot be told)")
_MOST_LOCATED = 2
"""Missing cells of one row that are looked for by trying every place."""


def _with_gaps(report: Report) -> Iterator[Table]:
    """Yield the tables with missing cells that no other finding explains: those that were found, in the report's own edition."""
    missing = CellState.MISSING
    lacking = {cell.table for cell in report.cells if cell.state is missing}
    if lacking:
        lacking -= {notice.data.get("table") for notice in report.noticed(NoticeKind.EDITIONS_MIXED)}
    return (table for name, table in report.tables.items() if name in lacking and table.found)


def _gaps(table: Table) -> tuple[list[str], list[str], dict[str, list[Cell]]]:
    """Return the rows that are missing, the columns that are, and by row the further missing cells."""
    absent = [cell for cell in table.cells.values() if cell.state is CellState.MISSING]
    rows = [row.name for row in table.spec.rows if all(table[row.name, column].state is CellState.MISSING for column in row.columns)]
    columns = []
    for column in table.spec.columns:
        cells = [cell for cell in table.column(column.name) if cell.row not in rows]
        if len(cells) > 1 and all(cell.state is CellState.MISSING for cell in cells):
            columns.append(column.name)
    single: dict[str, list[Cell]] = {}
    for cell in absent:
        if cell.row not in rows and cell.column not in columns:
            single.setdefault(cell.row, []).append(cell)
    return rows, columns, single


@define
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
            rows, _, _ = _gaps(table)
            if rows and len(rows) < len(table.spec.rows):
                cells = [cell.ref for row in rows for cell in table.row(row)]
                labels = [_full_label(table, row) for row in rows]
                yield self.find(*cells, table=table.spec.label, rows=labels, values=follow(report, cells))


def _full_label(table: Table, name: str) -> Text:
    row = table.spec.row(name)
    return Text(f"“{' · '.join((*row.group[-1:], row.label.zh))}”", f"“{row.label.en}”")


@define
class ColumnsMissing(Rule):
    """Columns of a table that the report does not have."""

    code, name, severity = "MIS004", "columns-missing", Severity.WARNING
    title = Text("缺少列", "Columns are missing")
    message = Text("“{table}”表缺少列：{columns}{values}。", "The table “{table}” lacks the columns {columns}{values}.")
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
            _, columns, _ = _gaps(table)
            if columns:
                cells = [cell.ref for column in columns for cell in table.column(column) if cell.state is CellState.MISSING]
                labels = [table.spec.column(column).label for column in columns]
                yield self.find(*cells, table=table.spec.label, columns=labels, values=follow(report, cells))


@define
class CellsMissing(Rule):
    """A row with fewer cells than it should have."""

    code, name, severity = "MIS005", "cells-missing", Severity.WARNING
    title = Text("缺少单元格", "Cells are missing")
    message = Text(
        "“{row}”应有 {expected} 个数，只有 {found} 个，缺少：{lacking}{uncertain}{values}。",
        "“{row}” should have {expected} values and has {found}; {lacking} is missing{uncertain}{values}.",
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
        """One finding a row."""
        short = {(notice.data.get("table"), notice.data.get("row")): notice for notice in report.noticed(NoticeKind.ROW_SHORT)}
        uncertain = uncertain_rows(report)
        for table in _with_gaps(report):
            _, _, single = _gaps(table)
            for row, cells in single.items():
                notice = short.get((table.name, row)) or short.get((table.name, ""))
                place = notice.place if notice else next((cell.place for cell in table.row(row) if cell.place), None)
                refs = [cell.ref for cell in cells]
                located = _locate(report, table, row, len(refs)) if (table.name, row) in uncertain else refs
                expected = len(table.spec.row(row).columns)
                refs = located or refs
                yield self.find(
                    *refs,
                    place=place,
                    row=table.spec.row(row).label,
                    expected=expected,
                    found=expected - len(cells),
                    lacking=[table.spec.column(ref.column).label for ref in refs],
                    uncertain="" if len(located) == len(cells) else _UNCERTAIN,
                    values=follow(report, refs) if len(located) == len(cells) else "",
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


@define
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
            printed = "、".join(notice.data.get("printed", ()))
            differs = bool(notice.data.get("differs"))
            outcome = (
                Text(f"数字不同（{printed}）", f"with other figures ({printed})") if differs else Text("数字相同", "with the same figures")
            )
            yield self.find(
                *(notice.cells or [cell.ref for cell in table.row(row)]),
                severity=Severity.ERROR if differs else self.severity,
                place=notice.place,
                row=_full_label(table, row),
                outcome=outcome,
            )
