"""Cells in which nothing is printed: blank is not zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import define, field
from attrs.validators import ge, gt, le

from gilint import Cell, CellRef, CellState, Example, Finding, Report, Rule, Severity, Table, Text, examine, label
from gilint_rules import FORMATS, number
from gilint_rules.missing.wording import NAMED, follow

_NO_EQUATION = Text("；本表没有可以推算的勾稽关系，不能当作 0", "; no equation tells the value, and blank is not 0")
_BY_HABIT = Text("；其他各表也把 0 留空", "; the other tables leave zeros blank too")
_READ_AS_ZERO = Text("；按 0 计算各勾稽关系均成立", "; read as 0 every equation holds")
_UNKNOWN = Text("；由勾稽关系不能推得，不能当作 0", "; the equations do not tell the value, and blank is not 0")
_FILL_IN = Text("请核实后填写，不要留空；确实没有发生的填 0。", "Find out what belongs there and write it, 0 for none.")
_FILL_ZERO = Text("请填 0，不要留空或填“-”“/”“无”。", "Write 0 instead of leaving it blank or writing “-”, “/” or “无”.")
_SHOULD_BE = Text("请核实后填写；按等式应为 {value}。", "Find out what belongs there and write it; by the equations it is {value}.")
_SHOULD_BE_SO = Text("请核实后填写；按等式应为：{value}。", "Find out what belongs there and write it; by the equations: {value}.")
LONGEST_MARK = 12
"""Characters of a dash or word that are quoted."""
_EMPTY = CellState.BLANK
_HOUSE_STYLE = Text("（凡是 0 一律留空）", " (zeros are left blank throughout)")


@define(eq=False, repr=False)
class CellsBlank(Rule):
    """Cells of a table that were left blank."""

    code, name, severity = "MIS007", "cells-blank", Severity.WARNING
    title = Text("单元格留空", "Cells are blank")
    message = Text(
        "“{table}”表有 {count} 格{what}{style}：{cells}{values}。",
        "{count} {count:cell|cells} of the table “{table}” {what}{style}: {cells}{values}.",
    )
    suggestion = _FILL_IN
    rationale = Text(
        "空白不等于 0：读者和汇总程序分不清是没有发生，还是漏填。",
        "Blank is not zero: nobody can tell whether there was none or whether it was forgotten.",
    )
    source = FORMATS
    forms = ()
    house_style: float = field(
        default=0.9,
        converter=number,
        validator=[gt(0), le(1)],
        metadata={
            "doc": Text(
                "表中的 0 留空比例达到此值时视为习惯写法，只作提示",
                "Share of a table's zeros left blank from which it is a house style: a note",
            )
        },
    )
    fewest: int = field(
        default=3,
        validator=ge(1),
        metadata={"doc": Text("空白少于此数时不视为习惯写法", "Fewer blanks than this are never a house style")},
    )
    examples = (
        Example(
            cells={"applications.new.natural_person": "7", "applications.granted.research": ""},
            finds=(("applications.granted.research",),),
            note=Text("空白处由等式推得为 0", "the equations say that the blank is 0"),
        ),
        Example(note=Text("没有空白", "no blanks")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a table."""
        tables: dict[str, list[Cell]] = {}
        for cell in report.exceptional_cells:
            if cell.state is _EMPTY:
                tables.setdefault(cell.table, []).append(cell)
        for name, blank in tables.items():
            table = report.tables[name]
            habit = self._may_be_zero(report, table, blank)
            refs = [cell.ref for cell in blank]
            named = [label(report, ref) for ref in refs[:NAMED]]
            yield self.find(
                *refs,
                severity=Severity.NOTE if habit else self.severity,
                suggestion=_what_to_do(report, refs, habit=habit),
                place=next((cell.place for cell in blank if cell.place), None),
                table=table.spec.label,
                count=len(blank),
                what=_what_is_printed(blank),
                style=_HOUSE_STYLE if habit else "",
                cells=[*named, ...] if len(blank) > NAMED else named,
                values=_BY_HABIT if habit and not table.spec.equations else _values(report, table, refs),
            )

    def _may_be_zero(self, report: Report, table: Table, blank: list[Cell]) -> bool:
        """Say whether blanks are zeros left out by habit: throughout the table, and no equation contradicts."""
        if not table.spec.equations or all(cell.value is None for cell in table.values()):
            own = all(cell.value is None for cell in table.values()) or self._is_habit(table, blank)
            return own and self._is_habit_of(report, table)
        return table.name in examine(report).zero_tables and self._is_habit(table, blank)

    def _is_habit(self, table: Table, blank: list[Cell]) -> bool:
        """Say whether the table leaves its zeros blank throughout."""
        zeros = sum(cell.value == 0 for cell in table.values())
        return len(blank) >= self.fewest and len(blank) >= self.house_style * (len(blank) + zeros)

    def _is_habit_of(self, report: Report, table: Table) -> bool:
        """Say whether the other tables that have equations and numbers show the habit, at least one of them and against none."""
        others = [
            other
            for other in report.tables.values()
            if other is not table and other.spec.equations and any(cell.value is not None for cell in other.values())
        ]
        others = [other for other in others if not _has_no_zero(other)]
        return bool(others) and all(
            other.name in examine(report).zero_tables
            and self._is_habit(other, [cell for cell in other.values() if cell.state is CellState.BLANK])
            for other in others
        )


def _values(report: Report, table: Table, refs: list[CellRef]) -> Text | str:
    """Say what the blanks come to."""
    examination = examine(report)
    if not table.spec.equations:
        return _NO_EQUATION
    if table.name in examination.zero_tables and not all(ref in examination.deduced for ref in refs):
        return _READ_AS_ZERO
    return follow(report, refs) or _UNKNOWN


def _what_to_do(report: Report, refs: list[CellRef], *, habit: bool) -> Text:
    """Say what to write: 0 only where it is sure, otherwise what the equations ask for."""
    examination = examine(report)
    asked = examination.asked
    known = [(ref, asked[ref]) for ref in refs if asked.get(ref)]
    if known:
        if len(refs) == 1:
            return _SHOULD_BE.filled(value=known[0][1])
        named = [label(report, ref) for ref, _ in known[:NAMED]]
        values = [Text(f"{text.zh} 为 {value}", f"{text.en} is {value}") for text, (_, value) in zip(named, known, strict=False)]
        return _SHOULD_BE_SO.filled(value=[*values, ...] if len(known) > NAMED else values)
    return _FILL_ZERO if habit or all(ref in examination.deduced for ref in refs) else _FILL_IN


def _what_is_printed(blank: list[Cell]) -> Text:
    """Say what stands in the cells, where it is not simply nothing."""
    marks = Counter(" ".join(cell.raw.replace("|", " ").split())[:LONGEST_MARK] for cell in blank)
    empty = marks.pop("", 0)
    if not marks:
        return Text("空白", "is blank" if len(blank) == 1 else "are blank")
    chinese = "".join(f"“{mark}”" for mark in marks)
    english = ", ".join(f"“{mark}”" for mark in marks)
    if empty:
        return Text(f"没有填数字（{empty} 格空白，其余填的是{chinese}）", f"hold no number ({empty} blank, elsewhere {english})")
    return Text(f"没有填数字（填的是{chinese}）", f"{'holds' if len(blank) == 1 else 'hold'} no number ({english} is printed)")


def _has_no_zero(table: Table) -> bool:
    return all(cell.value != 0 and cell.state is not CellState.BLANK for cell in table.values())
