"""Do amounts have what makes them readable: a number of projects beside them, and a unit?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from gilint import Cell, CellRef, CellState, ColumnSpec, Example, Finding, Form, Report, Rule, Severity, Text, ValueKind, label
from gilint_rules import ARTICLE_20, FORMATS, NOTICE_2019

_PROJECTS = CellRef("disclosure", "procurement", "projects")
_AMOUNT = CellRef("disclosure", "procurement", "amount")


def _fees(heading: str, amount: str) -> str:
    """Return a document with the last block of section two, for examples."""
    return f"""某县财政局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（六）项
信息内容 | 本年处理决定数量
行政处罚 | 3
行政强制 | 0
第二十条第（八）项
信息内容 | {heading}
行政事业性收费 | {amount}
"""


def _amounts(report: Report) -> Iterator[tuple[ColumnSpec, Cell]]:
    """Yield the cells of money that hold a number, with their columns."""
    for key, column in _places_of_money(report.form) if report.form else ():
        cell = report.cell(key)
        if cell.state is CellState.NUMBER:
            yield column, cell


@lru_cache(maxsize=64)
def _places_of_money(form: Form) -> tuple[tuple[CellRef, ColumnSpec], ...]:
    return tuple(
        (CellRef(table.name, row.name, column.name), column)
        for table in form.tables
        for column in table.columns
        if column.kind is ValueKind.AMOUNT
        for row in table.rows
        if column.name in row.columns
    )


class ProcurementIncomplete(Rule):
    """Procurement with a number and no amount, or an amount and no number."""

    code, name, severity = "VAL012", "procurement-incomplete", Severity.ERROR
    title = Text("政府集中采购的数量与金额不配套", "Procurement with a number and no amount, or the reverse")
    message = Text(
        "政府集中采购：项目数量为 {projects}，总金额为 {amount} 万元，二者应同时为 0 或同时大于 0。",
        "Procurement: {projects} {projects:project|projects} for {amount} (10,000 yuan); both are 0 or both are above 0.",
    )
    suggestion = Text("请核对采购项目数量和采购总金额。", "Check the number of projects and the total amount.")
    rationale = Text("有项目就有金额，有金额就有项目。", "Where there are projects there is an amount, and the reverse.")
    source = (ARTICLE_20, NOTICE_2019)
    examples = (
        Example(
            cells={"disclosure.procurement.projects": "5", "disclosure.procurement.amount": "0"},
            finds=(("disclosure.procurement.projects", "disclosure.procurement.amount"),),
            edition="2019",
        ),
        Example(cells={"disclosure.procurement.projects": "5", "disclosure.procurement.amount": "12.3万元"}, edition="2019"),
        Example(cells={"disclosure.procurement.projects": "", "disclosure.procurement.amount": "12.3万元"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare printed numbers only; a blank is not zero."""
        cells = report.tables["disclosure"].cells if report.form else {}
        projects, amount = cells.get(_PROJECTS[1:]), cells.get(_AMOUNT[1:])
        if projects is None or amount is None or projects.value is None or amount.value is None:
            return  # also where one of the two cells is missing, and nobody knows which
        if (projects.value > 0) != (amount.value > 0):
            yield self.find(_PROJECTS, _AMOUNT, place=amount.place, projects=projects.value, amount=amount.value)


class AmountWithoutUnit(Rule):
    """An amount of which nobody can tell whether it is yuan or 10,000 yuan."""

    code, name, severity = "VAL013", "amount-without-unit", Severity.WARNING
    title = Text("金额没有单位", "An amount without a unit")
    message = Text("{where} 为 {raw}，没有写明单位，按万元计。", "{where} is {raw} without a unit; it was read as 10,000 yuan.")
    cut: ClassVar[Text] = Text(
        "{where} 为 {raw}，表头没有写规定的“单位：{unit}”，按{unit}计。",
        "{where} is {raw}; the heading lacks the prescribed unit, {unit}, which was assumed.",
    )
    suggestion = Text("请写明“万元”或“元”。", "State 万元 or 元.")
    cut_suggestion: ClassVar[Text] = Text(
        "请核对这个数是否以{unit}为单位，并在表头写明单位。", "Make sure that the number is in {unit}, and state the unit in the heading."
    )
    rationale = Text(
        "元与万元相差一万倍，没有单位就无法比较。", "Yuan and 10,000 yuan are far apart; without a unit nothing can be compared."
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={"disclosure.procurement.projects": "5", "disclosure.procurement.amount": "251000"},
            finds=(("disclosure.procurement.amount",),),
            edition="2019",
        ),
        Example(
            document=_fees("本年收费金额", "12.86"),
            finds=(("disclosure.fees.amount",),),
            note=Text("表头略去了规定的单位：只作提示", "the heading lacks the prescribed unit: a note"),
        ),
        Example(cells={"disclosure.procurement.projects": "5", "disclosure.procurement.amount": "251000元"}, edition="2019"),
        Example(cells={"disclosure.procurement.projects": "0", "disclosure.procurement.amount": "0"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Zero needs no unit, nor do data, which have no headings. Where the form's own heading states one, many shorten the heading: a note."""
        for column, cell in () if report.cells_only else _amounts(report):
            if cell.unit is not None or cell.heading_unit or not cell.value:
                continue
            where, raw = label(report, cell.ref), cell.raw.strip()
            if column.unit is None:
                yield self.find(cell.ref, place=cell.place, where=where, raw=raw)
                continue
            yield self.find(
                cell.ref,
                severity=Severity.NOTE,
                message=self.cut,
                suggestion=self.cut_suggestion,
                place=cell.place,
                where=where,
                raw=raw,
                unit=column.unit,
            )


class UnitOfHeading(Rule):
    """A heading that states another unit than 万元."""

    code, name, severity = "VAL015", "unit-of-heading", Severity.WARNING
    title = Text("表头的金额单位不是万元", "A heading states another unit than 10,000 yuan")
    message = Text(
        "{row}：表头的单位是“{printed}”，{rule}；单元格“{raw}”按 {value} 万元读取。",
        "{row}: the heading states {printed}, {rule}; “{raw}” was read as {value} (10,000 yuan).",
    )
    prescribed: ClassVar[Text] = Text("规定为“{unit}”", "where {unit} is prescribed")
    usual: ClassVar[Text] = Text("通行的单位是“万元”", "where 万元 is usual")
    suggestion = Text("请改用万元填报，并把表头改回规定的写法。", "Report in 10,000 yuan under the prescribed heading.")
    rationale = Text(
        "汇总程序按规定的单位读数，表头换了单位，金额就差若干倍。",
        "Programs that sum up take the prescribed unit; under another one the amount is off by its ratio.",
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(document=_fees("本年收费金额（单位：元）", "1286000"), finds=(("disclosure.fees.amount",),)),
        Example(document=_fees("本年收费金额（单位：万元）", "128.6")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """A warning where the form prescribes the unit; a note where it does not, and under a zero, of which it changes nothing."""
        for column, cell in _amounts(report):
            if cell.heading_unit in (None, "", column.unit or "万元") or cell.value is None:
                continue
            rule = self.usual if column.unit is None else self.prescribed.filled(unit=column.unit)
            yield self.find(
                cell.ref,
                severity=self.severity if column.unit and cell.value else Severity.NOTE,
                place=cell.place,
                row=report.tables[cell.table].spec.row(cell.row).label,
                printed=cell.heading_unit,
                rule=rule,
                raw=cell.raw.strip(),
                value=cell.value,
            )


class SuperfluousUnit(Rule):
    """A unit in a cell whose header already states one."""

    code, name, severity = "VAL014", "superfluous-unit", Severity.NOTE
    title = Text("表头已有单位，单元格又写单位", "A unit that the header already states")
    message = Text("{where} 为“{raw}”，表头已注明单位为{unit}{other}。", "{where} is “{raw}”; the header already states {unit}{other}.")
    suggestion = Text("单元格只填数字。", "Write the number alone.")
    rationale = Text(
        "单元格中的文字妨碍汇总；单位与表头不同时还会差若干倍。",
        "Words in cells hinder summing up; a unit other than the header's changes the amount.",
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(cells={"disclosure.fees.amount": "697.449万元"}, finds=(("disclosure.fees.amount",),)),
        Example(cells={"disclosure.fees.amount": "697.449"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """A note; a warning where the unit is not the heading's."""
        for column, cell in _amounts(report):
            unit = column.unit if cell.heading_unit is None else cell.heading_unit
            if not unit or not column.unit or cell.unit is None:
                continue
            same = unit.startswith(cell.unit)
            other = Text("，与单元格的不同，已按单元格的单位换算", ", another one, and the cell's was applied")
            yield self.find(
                cell.ref,
                severity=self.severity if same else Severity.WARNING,
                place=cell.place,
                where=label(report, cell.ref),
                raw=cell.raw.strip(),
                unit=unit,
                other="" if same else other,
            )
