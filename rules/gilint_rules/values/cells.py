"""Can a single cell hold what is printed in it?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from attrs import define, field
from attrs.validators import ge

from gilint import Cell, CellState, Example, Finding, Report, Rule, Severity, Text, ValueKind, label, uncertain_rows
from gilint_rules import FORMATS


class NegativeCount(Rule):
    """A negative number of cases, or a negative amount."""

    code, name, severity = "VAL001", "negative-count", Severity.ERROR
    follows = True
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
        for cell in report.exceptional_cells:
            if cell.value is not None and cell.value < 0 and ValueKind.CHANGE not in _kinds(report, cell):
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=cell.raw.strip())


class FractionOfCase(Rule):
    """A number of cases that is not whole."""

    code, name, severity = "VAL002", "fraction-of-case", Severity.ERROR
    follows = True
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
        for cell in report.exceptional_cells:
            value = cell.value
            if type(value) is not int and value is not None and value != int(value) and ValueKind.AMOUNT not in _kinds(report, cell):
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=cell.raw.strip())


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
        for cell in report.exceptional_cells:
            if cell.state is text:
                yield self.find(cell.ref, place=cell.place, where=label(report, cell.ref), raw=_shorten(cell.raw))


@define(eq=False, repr=False)
class InterpretedNumber(Rule):
    """Numbers that are printed otherwise than as plain numbers."""

    code, name, severity = "VAL016", "interpreted-number", Severity.NOTE
    title = Text("数字写法不规范，按推断读取", "Numbers that had to be interpreted")
    message = Text("有单元格印的不是普通数字：{cells}。", "Not printed as {cells:a plain number|plain numbers}: {cells}.")
    in_ten_thousands: ClassVar[Text] = Text(
        "件数以“万”“亿”为单位：{cells}。", "{cells:A count|Counts} in units of ten thousand or a hundred million: {cells}."
    )
    suggestion = Text("请核对读取的数，并改用阿拉伯数字连写。", "Check what was read, and write plain digits without spaces.")
    rationale = Text(
        "“1 4”可能是 14，也可能是两格的数连在一起；写法不规范的数容易被读错。",
        "“1 4” may be 14 or the numbers of two cells; what is not a plain number is easily misread.",
    )
    source = FORMATS
    forms = ()
    longest: int = field(
        default=12,
        validator=ge(1),
        metadata={"doc": Text("一条提示中最多列出的单元格数", "How many cells a message lists at most")},
    )
    examples = (
        Example(
            cells={"disclosure.licences.decisions": "1 4", "disclosure.penalties.decisions": "2O7"},
            finds=(("disclosure.licences.decisions", "disclosure.penalties.decisions"),),
        ),
        Example(
            cells={"disclosure.licences.decisions": "20万"},
            finds=(("disclosure.licences.decisions",),),
            note=Text("件数以“万”为单位是警告", "a count in ten thousands is a warning"),
        ),
        Example(
            cells={
                "disclosure.licences.decisions": "1,024",
                "disclosure.penalties.decisions": "１０２４件",
                "disclosure.coercion.decisions": "10 024",
            }
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One note a report; a warning for counts in ten thousands, which are rounded or belong to another column."""
        cells = [cell for cell in report.exceptional_cells if cell.interpreted and cell.value is not None]
        rounded = [
            cell for cell in cells if cell.unit is not None and _kind(report, cell) is not ValueKind.AMOUNT and cell.unit[0] in "万亿"
        ]
        others = [cell for cell in cells if cell not in rounded]
        for some, message, severity in ((rounded, self.in_ten_thousands, Severity.WARNING), (others, self.message, self.severity)):
            if some:
                named = [_as_read(report, cell) for cell in some[: self.longest]]
                yield self.find(
                    *(cell.ref for cell in some),
                    severity=severity,
                    message=message,
                    place=some[0].place,
                    cells=[*named, ...] if len(some) > len(named) else named,
                )


def _as_read(report: Report, cell: Cell) -> Text:
    where, raw = label(report, cell.ref), _shorten(cell.raw)
    value = format(cell.value, "f") if isinstance(cell.value, Decimal) else cell.value
    return Text(f"{where.zh} 印作“{raw}”，按 {value} 读取", f"{where.en} is printed “{raw}” and was read as {value}")


def _kind(report: Report, cell: Cell) -> ValueKind:
    return report.tables[cell.table].spec.column(cell.column).kind


def _kinds(report: Report, cell: Cell) -> set[ValueKind]:
    """Return what the number may be: of a row that is short of numbers, what any of its columns holds."""
    if (cell.table, cell.row) not in uncertain_rows(report):
        return {_kind(report, cell)}
    table = report.tables[cell.table].spec
    return {table.column(name).kind for name in table.row(cell.row).columns}


def _shorten(raw: str) -> str:
    raw = " ".join(raw.split())
    return raw if len(raw) <= 40 else f"{raw[:40]}…"
