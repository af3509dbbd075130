"""Which cells are wrong where equations are violated, and what they should be (Fellegi and Holt 1976)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from attrs import frozen

from gilint.equations import examine, printed_numbers, uncertain_rows, violated_equations
from gilint.errors import UsageError
from gilint.finding import Cause
from gilint.form import CellKey, Form
from gilint.language import Text, with_hint
from gilint.model import Report
from gilint.place import CellRef
from gilint.plans import Number, Plan, plans
from gilint.repairing.plausibility import Witness, ordered
from gilint.repairing.search import Budget
from gilint.repairing.sheets import Sheet
from gilint.repairing.tables import Costs, outlines
from gilint.values import CellState

Cells = str | tuple[str, str, str]
"""A cell, or a pattern of ``table.row.column`` in which ``*`` stands for anything."""
_MANY_BLANKS = 10
Weight = int | float | Decimal | Fraction


def repair(
    report: Report, *, fixed: Iterable[Cells] = (), weights: Mapping[Any, Weight] | None = None, previous: Report | None = None
) -> tuple[Cause, ...]:
    """Say which cells of a report are wrong: the smallest changes after which all its equations hold.

    All smallest sets of up to four cells are found for each part of the report whose equations hang together; no number becomes negative or a fraction. Cells
    without a number may take any that is possible, at no cost.

    Args:
        report: it stays as it is; `Report.with_changes` gives a copy with other numbers.
        fixed: cells that are known to be right and are never changed.
        weights: cells, named as in ``fixed``, to how sure they are, 1 where nothing is said; of several weights that concern a cell the last one counts. The sum over the
            cells that are changed is what is smallest.
        previous: the same organ's report on the year before, whose figures may have been left in.

    Returns:
        The causes in the order of the form; none where no equation is violated.

    Raises:
        UsageError: the report's form has no such cell, or a weight is not above 0.
    """
    if report.form is None:
        return ()
    violated = sorted(violated_equations(report).values())
    costs = _Costs.of(report.form, fixed, weights or {})
    if not violated:
        return ()
    witness, budget, doubted = Witness(report, previous), Budget(), uncertain_rows(report)
    causes: list[Cause] = []
    first = 0
    for plan in plans(report.form):
        here = [number - first for number in violated if first <= number < first + len(plan.equations)]
        if here:
            numbers = printed_numbers(report, plan, doubted)
            sheet = Sheet.of(plan, numbers, _deduced(report, plan) if None in numbers else {})
            blanks = _blank_zeros(report, plan, sheet, doubted)
            for outline in outlines(sheet, here, blanks, costs.of_table(plan.table, plan.keys), budget):
                equations = tuple(first + number for number in outline.equations)
                causes.append(Cause(0, equations, ordered(outline.repairs, witness, outline.plain), outline.reason))
        first += len(plan.equations)
    causes.sort(key=lambda cause: cause.equations)
    return tuple(Cause(number, cause.equations, cause.repairs, cause.reason) for number, cause in enumerate(causes, start=1))


def _deduced(report: Report, plan: Plan) -> Mapping[int, Number]:
    """Return what the equations say of cells without a number, by position, as far as no violated equation makes that doubtful."""
    deduced = examine(report).deduced
    return {at: deduced[ref] for at, key in enumerate(plan.keys) if (ref := CellRef(plan.table, *key)) in deduced}


def _blank_zeros(report: Report, plan: Plan, sheet: Sheet, doubted: Set[tuple[str, str]]) -> frozenset[int]:
    """Return the blank cells that are 0 by the habit of a table: it has many, and hardly prints any 0."""
    if None not in sheet.numbers:
        return frozenset()
    cells = report.tables[plan.table].cells
    blanks = [at for at, key in enumerate(plan.keys) if cells[key].state is CellState.BLANK and (plan.table, key[0]) not in doubted]
    if len(blanks) < _MANY_BLANKS or sheet.numbers.count(0) * 10 > len(blanks):
        return frozenset()
    deduced = examine(report).deduced
    # Those that surely are something else were forgotten.
    return frozenset(at for at in blanks if not deduced.get(CellRef(plan.table, *plan.keys[at])))


@frozen(eq=False)
class _Costs:
    """What it costs to change each cell, as whole numbers in the same proportion."""

    fixed: frozenset[CellKey]
    weights: Mapping[CellKey, int]
    usual: int

    @classmethod
    def of(cls, form: Form, fixed: Iterable[Cells], weights: Mapping[Any, Weight]) -> _Costs:
        exact: dict[CellKey, Fraction] = {}
        for cells, weight in weights.items():
            exact.update(dict.fromkeys(_keys(form, cells), _exact(weight)))
        scale = lcm(*(weight.denominator for weight in exact.values()))
        never = frozenset(key for cells in fixed for key in _keys(form, cells))
        return cls(never, {key: int(weight * scale) for key, weight in exact.items()}, scale)

    def of_table(self, table: str, keys: Iterable[tuple[str, str]]) -> Costs:
        if not self.fixed and not self.weights:
            return None
        cells = ((at, (table, *key)) for at, key in enumerate(keys))
        return {at: self.weights.get(key, self.usual) for at, key in cells if key not in self.fixed}


def _exact(weight: Weight) -> Fraction:
    try:
        # What is written 0.1 is meant as a tenth.
        exact = Fraction(str(weight)) if isinstance(weight, float) else Fraction(weight)
    except (TypeError, ValueError, OverflowError):
        exact = Fraction(0)
    if isinstance(weight, bool) or exact <= 0:
        raise UsageError(
            Text("权重应为大于 0 的数，不是 {weight}", "a weight must be a number above 0, not {weight}").filled(weight=repr(weight))
        )
    return exact


def _keys(form: Form, cells: Cells) -> tuple[CellKey, ...]:
    name = cells if isinstance(cells, str) else ".".join(cells)
    keys = form.named(name)
    if not keys:
        unknown = Text("{form} {edition} 年版没有单元格 {name}", "edition {edition} of {form} has no cell {name}")
        known = [".".join(key) for key in form.keys]
        raise UsageError(with_hint(unknown.filled(form=form.id, edition=form.edition, name=name), name, known))
    return keys
