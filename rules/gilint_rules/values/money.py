"""Do amounts have what makes them readable: a number of projects beside them, and a unit?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from gilint import CellRef, CellState, Example, Finding, Report, Rule, Severity, Text, ValueKind, label
from gilint_rules import ARTICLE_20, FORMATS, NOTICE_2019

_PROJECTS = CellRef("disclosure", "procurement", "projects")
_AMOUNT = CellRef("disclosure", "procurement", "amount")


@define
class ProcurementIncomplete(Rule):
    """Procurement with a number and no amount, or an amount and no number."""

    code, name, severity = "VAL012", "procurement-incomplete", Severity.ERROR
    title = Text("政府集中采购的数量与金额不配套", "Procurement with a number and no amount, or the reverse")
    message = Text(
        "政府集中采购：项目数量为 {projects}，总金额为 {amount} 万元，二者应同时为 0 或同时大于 0。",
        "Procurement: {projects} projects for {amount} (10,000 yuan); both are 0 or both are above 0.",
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


@define
class AmountWithoutUnit(Rule):
    """An amount of which nobody can tell whether it is yuan or 10,000 yuan."""

    code, name, severity = "VAL013", "amount-without-unit", Severity.WARNING
    title = Text("金额没有单位", "An amount without a unit")
    message = Text("{where} 为 {raw}，没有写明单位，按万元计。", "{where} is {raw} without a unit; it was read as 10,000 yuan.")
    suggestion = Text("请写明“万元”或“元”。", "State 万元 or 元.")
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
        Example(cells={"disclosure.procurement.projects": "5", "disclosure.procurement.amount": "251000元"}, edition="2019"),
        Example(cells={"disclosure.procurement.projects": "0", "disclosure.procurement.amount": "0"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look at amounts in columns whose header states no unit; zero needs none."""
        for table in report.tables.values():
            for column in table.spec.columns:
                if column.kind is not ValueKind.AMOUNT or column.unit is not None:
                    continue
                for cell in table.column(column.name):
                    if cell.state is CellState.NUMBER and cell.value and cell.unit is None:
                        yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=cell.raw.strip())


@define
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
        """A note; a warning where the unit is not the header's."""
        for table in report.tables.values():
            for column in table.spec.columns:
                if column.unit is None:
                    continue
                for cell in table.column(column.name):
                    if cell.unit is None or cell.state is not CellState.NUMBER:
                        continue
                    same = column.unit.startswith(cell.unit)
                    other = Text("，与单元格的不同，已按单元格的单位换算", ", another one, and the cell's was applied")
                    yield self.find(
                        cell.ref,
                        severity=self.severity if same else Severity.WARNING,
                        place=cell.place,
                        where=label(report, cell.ref),
                        raw=cell.raw.strip(),
                        unit=column.unit,
                        other="" if same else other,
                    )
