"""Can a single cell hold what is printed in it?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from gilint import Cell, CellState, Example, Finding, Report, Rule, Severity, Text, ValueKind, label
from gilint_rules import FORMATS


@define
class NegativeCount(Rule):
    """A negative number of cases, or a negative amount."""

    code, name, severity = "VAL001", "negative-count", Severity.ERROR
    title = Text("数量为负", "A count is negative")
    message = Text("{where} 为 {raw}，数量不能为负。", "{where} is {raw}; a count cannot be negative.")
    suggestion = Text("请核对后改正；只有“本年增/减”可以是负数。", "Correct it; only the change in the year may be negative.")
    rationale = Text(
        "件数、项数和金额不会小于 0，负数多半是多写了减号或填错了列。",
        "Numbers of cases and amounts are never below 0; a stray minus or a wrong column.",
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(cells={"applications.granted.business": "-3"}, finds=(("applications.granted.business",),)),
        Example(cells={"disclosure.fees.previous_items": "5", "disclosure.fees.change": "-3"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a cell."""
        for cell in report.cells:
            if cell.value is not None and cell.value < 0 and _kind(report, cell) is not ValueKind.CHANGE:
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=cell.raw.strip())


@define
class FractionOfCase(Rule):
    """A number of cases that is not whole."""

    code, name, severity = "VAL002", "fraction-of-case", Severity.ERROR
    title = Text("件数不是整数", "A count is not whole")
    message = Text("{where} 为 {raw}，件数应为整数。", "{where} is {raw}; a count is a whole number.")
    suggestion = Text(
        "请核对是否误填了金额、比例，或误加了小数点。", "Look for an amount or a share in the wrong cell, or a stray decimal point."
    )
    rationale = Text("申请、文件、决定都按件计，没有半件。", "Applications, documents and decisions are counted; there is no half one.")
    source = FORMATS
    forms = ()
    examples = (
        Example(cells={"disclosure.licences.decisions": "3.5"}, finds=(("disclosure.licences.decisions",),)),
        Example(cells={"disclosure.fees.amount": "3.5"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a cell; amounts may have decimals."""
        for cell in report.cells:
            value = cell.value
            if type(value) is not int and value is not None and value != int(value) and _kind(report, cell) is not ValueKind.AMOUNT:
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=cell.raw.strip())


@define
class TextForNumber(Rule):
    """Text in a cell that should hold a number."""

    code, name, severity = "VAL003", "text-for-number", Severity.ERROR
    title = Text("应填数字处填了文字", "Text where a number belongs")
    message = Text("{where} 应填数字，现为“{raw}”。", "{where} should be a number and is “{raw}”.")
    suggestion = Text("请填写数字；需要说明的写在正文中。", "Write a number; explanations belong in the narrative.")
    rationale = Text("文字无法核对和汇总。", "Text can neither be checked nor summed up.")
    source = FORMATS
    forms = ()
    examples = (
        Example(cells={"disclosure.licences.decisions": "若干"}, finds=(("disclosure.licences.decisions",),)),
        Example(cells={"disclosure.licences.decisions": "12件"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a cell."""
        text = CellState.TEXT
        for cell in report.cells:
            if cell.state is text:
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=_shorten(cell.raw))


def _kind(report: Report, cell: Cell) -> ValueKind:
    return report.tables[cell.table].spec.column(cell.column).kind


def _shorten(raw: str) -> str:
    raw = " ".join(raw.split())
    return raw if len(raw) <= 40 else f"{raw[:40]}…"
