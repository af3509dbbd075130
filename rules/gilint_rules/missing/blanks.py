"""Cells in which nothing is printed: blank is not zero."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field
from attrs.validators import ge, gt, le

from gilint import Cell, CellState, Example, Finding, Report, Rule, Severity, Table, Text, examine, label
from gilint_rules import FORMATS
from gilint_rules.missing.wording import NAMED, follow

_NO_EQUATION = Text("；本表没有可以推算的勾稽关系，不能当作 0", "; no equation tells what they are, and blank is not 0")
_READ_AS_ZERO = Text("；按 0 计算各勾稽关系均成立", "; read as 0 every equation holds")
_UNKNOWN = Text("；由勾稽关系不能推得，不能当作 0", "; the equations do not tell what they are, and blank is not 0")
_EMPTY = CellState.BLANK
_HOUSE_STYLE = Text("（凡是 0 一律留空）", " (zeros are left blank throughout)")


@define
class CellsBlank(Rule):
    """Cells of a table that were left blank."""

    code, name, severity = "MIS007", "cells-blank", Severity.WARNING
    title = Text("单元格留空", "Cells are blank")
    message = Text(
        "“{table}”表有 {count} 格空白{style}：{cells}{values}。", "The table “{table}” has {count} blank cells{style}: {cells}{values}."
    )
    suggestion = Text(
        "没有发生的请填 0，不要留空或填“-”“/”“无”。", "Write 0 for none instead of leaving it blank or writing “-”, “/” or “无”."
    )
    rationale = Text(
        "空白不等于 0：读者和汇总程序分不清是没有发生，还是漏填。",
        "Blank is not zero: nobody can tell whether there was none or whether it was forgotten.",
    )
    source = FORMATS
    forms = ()
    house_style: float = field(
        default=0.9,
        converter=float,
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
        for cell in report.cells:
            if cell.state is _EMPTY:
                tables.setdefault(cell.table, []).append(cell)
        for name, blank in tables.items():
            table = report.tables[name]
            habit = self._is_habit(table, blank) if any(cell.value is not None for cell in table.values()) else self._is_habit_of(report)
            refs = [cell.ref for cell in blank]
            named = [label(report, ref) for ref in refs[:NAMED]]
            yield self.find(
                *refs,
                severity=Severity.NOTE if habit else self.severity,
                place=next((cell.place for cell in blank if cell.place), None),
                table=table.spec.label,
                count=len(blank),
                style=_HOUSE_STYLE if habit else "",
                cells=[*named, "…"] if len(blank) > NAMED else named,
                values=self._values(report, table, blank),
            )

    def _values(self, report: Report, table: Table, blank: list[Cell]) -> Text | str:
        """Say what the blanks come to."""
        examination = examine(report)
        if not table.spec.equations:
            return _NO_EQUATION
        refs = [cell.ref for cell in blank]
        if table.name in examination.zero_tables and not all(ref in examination.deduced for ref in refs):
            return _READ_AS_ZERO
        return follow(report, refs) or _UNKNOWN

    def _is_habit(self, table: Table, blank: list[Cell]) -> bool:
        """Say whether the table leaves its zeros blank throughout."""
        zeros = sum(cell.value == 0 for cell in table.values())
        return len(blank) >= self.fewest and len(blank) >= self.house_style * (len(blank) + zeros)

    def _is_habit_of(self, report: Report) -> bool:
        """Say whether a table without any number is blank by a habit that the report's other tables show."""
        others = [table for table in report.tables.values() if any(cell.value is not None for cell in table.values())]
        return bool(others) and all(
            self._is_habit(table, [cell for cell in table.values() if cell.state is CellState.BLANK]) or _has_no_zero(table)
            for table in others
        )


def _has_no_zero(table: Table) -> bool:
    return all(cell.value != 0 and cell.state is not CellState.BLANK for cell in table.values())
