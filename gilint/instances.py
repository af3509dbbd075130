"""What a rule looked at in one report, instance by instance, with the cells of each and their numbers."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from gilint.equations import Assessment, examine
from gilint.finding import Checked, Result
from gilint.language import Text
from gilint.model import Cell
from gilint.plans import Number
from gilint.rule import Rule


@frozen(eq=False)
class Operand:
    """A cell of an instance."""

    cell: Cell
    value: Number | None
    """As printed, or decided by other equations; ``None`` where nothing decides."""
    deduced: bool = False
    """Whether the value is decided by other equations and not printed, or printed where it does not surely belong."""


@frozen(eq=False)
class Instance:
    """One thing that a rule looked at in a report."""

    check: Checked
    left: tuple[Operand, ...]
    """What is added; of an instance that is no equation all its cells."""
    right: tuple[Operand, ...] = ()
    """The total, and on its side what is taken away from the parts."""
    title: Text | None = None
    """The row or column for which it stands."""
    law: Text | None = None
    """What the form says of such equations."""

    def sums(self) -> tuple[Number | None, Number | None]:
        """Return what both sides come to, ``None`` where a number is lacking."""
        return _sum(self.left), _sum(self.right)


def _sum(operands: Iterable[Operand]) -> Number | None:
    values = [operand.value for operand in operands]
    known = [value for value in values if value is not None]
    return sum(known, start=0) if known and len(known) == len(values) else None


def instances(result: Result, rule: type[Rule]) -> tuple[Instance, ...]:
    """Return what a rule looked at, in the order in which it did."""
    assessments = {each.equation.cells: each for each in examine(result.report).assessments}
    return tuple(_instance(result, check, assessments.get(check.cells)) for check in result.checks if check.code == rule.code)


def _instance(result: Result, check: Checked, assessment: Assessment | None) -> Instance:
    report = result.report
    if assessment is None:
        return Instance(check, tuple(Operand(cell, cell.value) for cell in map(report.cell, check.cells)))
    equation, unprinted = assessment.equation, set(assessment.unprinted)
    operands = [Operand(report.cell(ref), value, ref in unprinted) for ref, value in zip(equation.cells, assessment.values, strict=True)]
    parts = 1 + len(equation.spec.plus)
    spec = report.tables[equation.table].spec
    title = spec.row(equation.line).label if equation.spec.along == "row" else spec.column(equation.line).label
    return Instance(check, tuple(operands[1:parts]), (operands[0], *operands[parts:]), title, equation.spec.label)
