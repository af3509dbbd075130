"""Are the rows and columns those of the edition, in its order?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field
from attrs.validators import ge, le

from gilint import CellRef, Example, Finding, Notice, NoticeKind, Report, Rule, Severity, Table, Text
from gilint_rules import FORMATS, number
from gilint_rules.editions.wording import COMPARABLE, cut_short, likeness, plain


def _about_tables(report: Report, kind: NoticeKind) -> Iterator[tuple[Notice, Table]]:
    """Yield the notices of a kind with the table that each is about."""
    for notice in report.noticed(kind):
        if (table := report.tables.get(notice.data.get("table", ""))) is not None:
            yield notice, table


@define(eq=False, repr=False)
class LabelRenamed(Rule):
    """What rules on renamed rows and columns have in common."""

    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    likeness: float = field(
        default=0.6,
        converter=number,
        validator=[ge(0), le(1)],
        metadata={"doc": Text("相似度低于此值的名称按警告处理（0 至 1）", "Labels less alike than this are warnings (0 to 1)")},
    )

    def _rename(
        self, notice: Notice, official: Text, variants: tuple[str, ...], cells: list[CellRef], group: tuple[str, ...] = ()
    ) -> Iterator[Finding]:
        """Speak unless the label was only cut short, or ran together with those of its group, as happens when a table loses its grid."""
        printed = str(notice.data.get("printed", ""))
        if cut_short(plain(printed), "".join(plain(text) for text in (*group, official.zh))):
            return
        severity = Severity.NOTE if likeness(printed, (official.zh, *variants)) >= self.likeness else Severity.WARNING
        yield self.find(*(notice.cells or cells), severity=severity, place=notice.place, printed=printed, official=official.zh)


class RowRenamed(LabelRenamed):
    """A row label in other words than the prescribed ones."""

    code, name, severity = "TPL006", "row-renamed", Severity.WARNING
    title = Text("行名称与规定不一致", "A row label is not the prescribed one")
    message = Text("行名称“{printed}”与规定的“{official}”不一致。", "The row label “{printed}” is not the prescribed “{official}”.")
    suggestion = Text(
        "请改为规定的名称，并确认数据属于这一行。", "Write the prescribed label, and make sure that the figures belong to that row."
    )
    examples = (
        Example(
            notices=(Notice(NoticeKind.ROW_RENAMED, {"table": "disclosure", "row": "licences", "printed": "行政审批"}),),
            finds=(("disclosure.licences.decisions",),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the row's cells: if the label is another row's they are misplaced."""
        for notice, table in _about_tables(report, NoticeKind.ROW_RENAMED):
            row = table.spec.row(notice.data["row"])
            yield from self._rename(notice, row.label, row.variants, [cell.ref for cell in table.row(row.name)], row.group)


class ColumnRenamed(LabelRenamed):
    """A column header in other words than the prescribed ones."""

    code, name, severity = "TPL007", "column-renamed", Severity.WARNING
    title = Text("列名称与规定不一致", "A column header is not the prescribed one")
    message = Text("列名称“{printed}”与规定的“{official}”不一致。", "The column header “{printed}” is not the prescribed “{official}”.")
    suggestion = Text(
        "请改为规定的名称，并确认数据属于这一列。", "Write the prescribed header, and make sure that the figures belong to that column."
    )
    examples = (
        Example(
            notices=(Notice(NoticeKind.COLUMN_RENAMED, {"table": "disclosure", "column": "amount", "printed": "本年收费总额"}),),
            finds=(("disclosure.fees.amount",),),
        ),
        Example(
            notices=(Notice(NoticeKind.COLUMN_RENAMED, {"table": "reviews", "column": "corrected", "printed": "结果"}),),
            note=Text("表头缺字，不算改名", "a header cut short is not renamed"),
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the column's cells: if the header is another column's they are misplaced."""
        for notice, table in _about_tables(report, NoticeKind.COLUMN_RENAMED):
            column = table.spec.column(notice.data["column"])
            yield from self._rename(notice, column.label, column.variants, [cell.ref for cell in table.column(column.name)], column.group)


class RowsOutOfOrder(Rule):
    """Rows that stand in another order than prescribed."""

    code, name, severity = "TPL008", "rows-out-of-order", Severity.NOTE
    title = Text("行的顺序不符", "Rows are out of order")
    message = Text(
        "“{table}”表中有的行不在规定的位置：{labels}。",
        "{labels:A row|Rows} of the table “{table}” {labels:is|are} not where the format has {labels:it|them}: {labels}.",
    )
    suggestion = Text(
        "请按规定格式的顺序排列，并确认数据没有填错行。",
        "Put them in the prescribed order, and make sure that no figure is in the wrong row.",
    )
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    examples = (
        Example(
            notices=(Notice(NoticeKind.ROWS_OUT_OF_ORDER, {"table": "disclosure", "rows": ("penalties", "coercion")}),),
            finds=(("disclosure.penalties.decisions", "disclosure.coercion.decisions"),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the cells of the rows that moved."""
        for notice, table in _about_tables(report, NoticeKind.ROWS_OUT_OF_ORDER):
            rows = notice.data.get("rows", ())
            cells = notice.cells or [cell.ref for row in rows for cell in table.row(row)]
            yield self.find(*cells, place=notice.place, table=table.spec.label, labels=[table.spec.row(row).label for row in rows])


class ColumnsOutOfOrder(Rule):
    """Columns that stand in another order than prescribed."""

    code, name, severity = "TPL009", "columns-out-of-order", Severity.NOTE
    title = Text("列的顺序不符", "Columns are out of order")
    message = Text(
        "“{table}”表中有的列不在规定的位置：{labels}。",
        "{labels:A column|Columns} of the table “{table}” {labels:is|are} not where the format has {labels:it|them}: {labels}.",
    )
    suggestion = Text(
        "请按规定格式的顺序排列，并确认数据没有填错列。",
        "Put them in the prescribed order, and make sure that no figure is in the wrong column.",
    )
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    examples = (
        Example(
            notices=(Notice(NoticeKind.COLUMNS_OUT_OF_ORDER, {"table": "disclosure", "columns": ("issued", "in_force", "repealed")}),),
            finds=(("disclosure.regulations.repealed", "disclosure.normative_documents.repealed"),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the cells of the columns that moved."""
        for notice, table in _about_tables(report, NoticeKind.COLUMNS_OUT_OF_ORDER):
            order = {column.name: at for at, column in enumerate(table.spec.columns)}
            columns = _moved(notice.data.get("columns", ()), order)
            cells = notice.cells or [cell.ref for column in columns for cell in table.column(column)]
            labels = [table.spec.column(column).label for column in columns]
            yield self.find(*cells, place=notice.place, table=table.spec.label, labels=labels)


def _moved(printed: Sequence[str], order: Mapping[str, int]) -> list[str]:
    """Return the fewest names that have to move for the rest to stand in order: those outside the longest run of rising places."""
    best: list[list[str]] = []
    for name in printed:
        before = max((run for run in best if order[run[-1]] < order[name]), key=len, default=[])
        best.append([*before, name])
    longest = max(best, key=len, default=[])
    return [name for name in printed if name not in longest]


class ExtraRow(Rule):
    """A row that the format does not have."""

    code, name, severity = "TPL010", "extra-row", Severity.WARNING
    title = Text("多出一行", "A row too many")
    message = Text(
        "“{table}”表多出一行“{printed}”{values}。", "The table “{table}” has a row that the format does not have: “{printed}”{values}."
    )
    suggestion = Text(
        "请删去这一行；其中的数据属于其他行的，请并入相应的行。", "Remove the row; where its figures belong to another row, put them there."
    )
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    examples = (
        Example(notices=(Notice(NoticeKind.ROW_EXTRA, {"table": "applications", "printed": "小计", "values": ("3", "0")}),), finds=((),)),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Print the row's figures: they are in no cell of the form."""
        for notice, table in _about_tables(report, NoticeKind.ROW_EXTRA):
            values = notice.data.get("values", ())
            yield self.find(
                *notice.cells,
                place=notice.place,
                table=table.spec.label,
                printed=notice.data.get("printed", ""),
                values=Text("（{values}）", " ({values})").filled(values=values) if values else "",
            )


class ExtraColumn(Rule):
    """A column that the format does not have."""

    code, name, severity = "TPL011", "extra-column", Severity.NOTE
    title = Text("多出一列", "A column too many")
    message = Text("“{table}”表多出一列“{printed}”。", "The table “{table}” has a column that the format does not have: “{printed}”.")
    suggestion = Text("请删去这一列。", "Remove the column.")
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    examples = (
        Example(notices=(Notice(NoticeKind.COLUMN_EXTRA, {"table": "applications", "printed": "小计"}),), finds=((),)),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a column."""
        for notice, table in _about_tables(report, NoticeKind.COLUMN_EXTRA):
            yield self.find(*notice.cells, place=notice.place, table=table.spec.label, printed=notice.data.get("printed", ""))
