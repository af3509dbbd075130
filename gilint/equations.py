"""The equations (勾稽关系) of a form over a report: exact arithmetic in which a blank is not zero.

A cell without a number (blank, text or missing) is an unknown. An equation is *violated* when no fill of its unknowns can
satisfy it, *holds* when it does as printed or when exactly one fill satisfies it, and is *not assessable* otherwise. What one equation
decides is used by the others of its table. Blanks are read as zero where every equation of the table then holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from operator import itemgetter
from typing import Any

from attrs import frozen

from gilint.data import Shown
from gilint.finding import Outcome
from gilint.memo import once_per_report
from gilint.model import Cell, Report, Table
from gilint.notice import NoticeKind
from gilint.place import CellRef
from gilint.plans import Equation, Number, Plan, Sides, Values, plans
from gilint.values import CellState

_value_of = itemgetter(Cell._fields.index("value"))


@frozen(eq=False, repr=False)
class Assessment(Shown):
    """What became of one equation in one report."""

    equation: Equation
    outcome: Outcome
    values: Values
    """The numbers of the equation's cells, printed or decided, in the order of `Equation.cells`; ``None`` where nothing decides."""
    unprinted: tuple[CellRef, ...] = ()
    """Those of its cells in which no number is printed, or none that surely belongs there (`uncertain_rows`)."""


@frozen(eq=False, repr=False)
class Examination(Shown):
    """What the equations of a report's form say about the report."""

    exceptions: Mapping[int, Assessment]
    """By the equation's number in `equations_of`: those that do not simply hold as printed, in the order of the form."""
    deduced: Mapping[CellRef, Number]
    """Cells without a printed number whose value follows from the equations alone, and that no violated equation makes doubtful."""
    asked: Mapping[CellRef, Number]
    """The same, and those of which a violated equation makes the value doubtful: what the assessments go by."""
    zero_tables: frozenset[str]
    """Tables with equations whose blank cells can all be read as zero."""
    _settled: tuple[tuple[Plan, Sequence[Number | None]], ...] = ()
    """The tables with equations, and the numbers of their cells as far as they are decided."""

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """One for each equation, in the order of the form."""
        holding = [
            Assessment(each, Outcome.HOLDS, get(values))
            for plan, values in self._settled
            for each, get in zip(plan.equations, plan.getters, strict=True)
        ]
        return tuple([self.exceptions.get(number, assessment) for number, assessment in enumerate(holding)])


@frozen(eq=False, repr=False)
class _Solution:
    """The equations of one table, solved as far as they go."""

    values: list[Number | None]
    outcomes: list[Outcome]
    doubtful: set[int]
    """Positions whose number may be wrong: those of broken equations, and what only follows from them."""


def assess(report: Report) -> tuple[Assessment, ...]:
    """Say of every equation of the report's form whether it holds; empty where no form was recognised."""
    return examine(report).assessments


@once_per_report
def examine(report: Report) -> Examination:
    """Lay the equations of the report's form over its cells; done once per report."""
    exceptions: dict[int, Assessment] = {}
    deduced: dict[CellRef, Number] = {}
    asked: dict[CellRef, Number] = {}
    zero_tables: set[str] = set()
    settled: list[tuple[Plan, Sequence[Number | None]]] = []
    doubted = uncertain_rows(report)
    first = 0
    for plan in plans(report.form) if report.form else ():
        table = report.tables[plan.table]
        values = printed_numbers(report, plan, doubted)
        if None not in set(values):  # quicker than to compare each with None
            broken = _broken(plan.sides, values)
            for number in broken if table.found else range(len(plan.equations)):
                outcome = Outcome.VIOLATED if number in broken else Outcome.HOLDS
                exceptions[first + number] = Assessment(plan.equations[number], outcome, plan.getters[number](values))
            settled.append((plan, values))
        else:
            solution = _solve(plan, values)
            decided = [(at, value) for at, value in enumerate(solution.values) if values[at] is None and value is not None]
            asked.update((CellRef(plan.table, *plan.keys[at]), value) for at, value in decided)
            doubtful = _in_doubt(plan, solution)
            deduced.update((CellRef(plan.table, *plan.keys[at]), value) for at, value in decided if at not in doubtful)
            if (zeroed := _with_zeros(plan, table, values)) is not None:
                zero_tables.add(plan.table)
                solution = zeroed
            exceptions.update(_exceptions(plan, first, values, solution))
            settled.append((plan, solution.values))
        first += len(plan.equations)
    return Examination(exceptions, deduced, asked, frozenset(zero_tables), tuple(settled))


def violated_equations(report: Report) -> dict[tuple[CellRef, ...], int]:
    """Return the violated equations of a report: the cells of each to its number in `equations_of`."""
    exceptions = examine(report).exceptions.items()
    return {assessment.equation.cells: number for number, assessment in exceptions if assessment.outcome is Outcome.VIOLATED}


@once_per_report
def uncertain_rows(report: Report) -> frozenset[tuple[str, str]]:
    """Return table and row name of the rows of which it is not certain which number stands in which cell.

    They print fewer or more numbers than they have cells, with nothing to tell which is which, or stand in a table without lines whose rows
    could not be told apart (`Report.doubtful_rows`). Their numbers accuse nobody: for the equations they are unknowns.
    """
    rows = set(report.doubtful_rows)
    for notice in report.noticed(NoticeKind.ROW_SHORT, NoticeKind.NUMBER_WITHOUT_PLACE):
        rows.update(report.rows_of(notice))
    return frozenset(rows)


def printed_numbers(report: Report, plan: Plan, doubted: Set[tuple[str, str]]) -> list[Number | None]:
    """Return the numbers of a table's cells as the equations go by them: ``None`` for unknowns, as those of ``doubted`` rows are."""
    table = report.tables[plan.table]
    # Where every cell stands in an equation, as in the official tables, none has to be looked up.
    cells = table.cells.values() if tuple(table.cells) == plan.keys else plan.cells(table.cells)
    values: list[Number | None] = [*map(_value_of, cells)]
    if doubted:
        values = [None if (plan.table, key[0]) in doubted else value for key, value in zip(plan.keys, values, strict=True)]
    return values


def violated_by(plan: Plan, values: Sequence[Number | None]) -> list[int]:
    """Return the numbers of a table's equations, counted from its first one, that are violated with these numbers in its cells."""
    if None not in values:
        return _broken(plan.sides, values)
    return [number for number, outcome in enumerate(_solve(plan, values).outcomes) if outcome is Outcome.VIOLATED]


def _exceptions(plan: Plan, first: int, values: Sequence[Number | None], solution: _Solution) -> Iterator[tuple[int, Assessment]]:
    """Yield, by number, the equations of a table with unknowns that do not hold, or not as printed."""
    equations = zip(plan.equations, solution.outcomes, plan.positions, plan.getters, strict=True)
    for number, (equation, outcome, positions, get) in enumerate(equations, start=first):
        unprinted = tuple(cell for cell, at in zip(equation.cells, positions, strict=True) if values[at] is None)
        if unprinted or outcome is not Outcome.HOLDS:
            yield number, Assessment(equation, outcome, get(solution.values), unprinted)


def _in_doubt(plan: Plan, solution: _Solution) -> set[int]:
    """Return the positions whose value a violated equation makes doubtful."""
    outcomes = zip(solution.outcomes, plan.positions, strict=True)
    return solution.doubtful | {at for outcome, places in outcomes if outcome is Outcome.VIOLATED for at in places}


def _broken(equations: Sequence[Sides], values: Sequence[Any]) -> list[int]:
    """Return the numbers of the equations that do not hold, of such as have all their values."""
    return [
        number
        for number, (plus, total, minus) in enumerate(equations)
        if sum(plus(values)) != (values[total] if minus is None else values[total] + sum(minus(values)))
    ]


def _with_zeros(plan: Plan, table: Table, values: Sequence[Number | None]) -> _Solution | None:
    """Solve with every blank read as zero; ``None`` when there is no blank, or when that breaks an equation."""
    zeros: dict[int, Number] = {at: 0 for at, key in enumerate(plan.keys) if table.cells[key].state is CellState.BLANK}
    if not zeros:
        return None
    solution = _solve(plan, [zeros.get(at, value) for at, value in enumerate(values)])
    return None if Outcome.VIOLATED in solution.outcomes else solution


def _solve(plan: Plan, values: Sequence[Number | None]) -> _Solution:
    """Decide unknowns until nothing more follows, and say what becomes of each equation.

    A number in an equation that is broken as printed may be wrong. What only follows by way of such numbers is doubtful: it breaks no
    other equation, so that one wrong number beside a blank is not told twice.
    """
    opened = [number for number, positions in enumerate(plan.positions) if any(values[at] is None for at in positions)]
    outcomes = [Outcome.NOT_ASSESSABLE] * len(plan.positions)
    for number in set(range(len(outcomes))).difference(opened):
        outcomes[number] = Outcome.VIOLATED if _broken(plan.sides[number : number + 1], values) else Outcome.HOLDS
    for number in opened:
        if _fill(plan, values, number) is None:
            outcomes[number] = Outcome.VIOLATED
    broken = [number for number, outcome in enumerate(outcomes) if outcome is Outcome.VIOLATED]
    doubtful = {at for number in broken for at in plan.positions[number] if values[at] is not None}
    current = list(values)
    while votes := _votes(plan, current, opened, doubtful):
        for at, counted in votes.items():
            # Where equations disagree, what most of the trusted ones ask for, or else the plain zero, leaves the fewest broken.
            chosen = max(counted, key=lambda value: (*counted[value], value == 0))
            current[at] = chosen
            if not counted[chosen][0]:
                doubtful.add(at)
    for number in opened:
        if outcomes[number] is not Outcome.VIOLATED:
            outcomes[number] = _settle(plan, number, values, current, doubtful)
    return _Solution(current, outcomes, doubtful)


def _settle(plan: Plan, number: int, values: Sequence[Number | None], current: Sequence[Number | None], doubtful: set[int]) -> Outcome:
    """Say what becomes of an equation once all that can be decided is."""
    if _fill(plan, current, number) is None:
        unsure = any(values[at] is None and at in doubtful for at in plan.positions[number])
        return Outcome.NOT_ASSESSABLE if unsure else Outcome.VIOLATED
    return Outcome.NOT_ASSESSABLE if None in plan.getters[number](current) else Outcome.HOLDS


def _votes(
    plan: Plan, current: Sequence[Number | None], opened: Sequence[int], doubtful: set[int]
) -> dict[int, dict[Number, tuple[int, int]]]:
    """Return, for each unknown that an equation decides, its values with how many equations ask for them: trusted ones, and all."""
    votes: dict[int, dict[Number, tuple[int, int]]] = {}
    for number in opened:
        for at, value in (_fill(plan, current, number) or {}).items():
            trusted, every = votes.setdefault(at, {}).get(value, (0, 0))
            votes[at][value] = (trusted + doubtful.isdisjoint(plan.positions[number]), every + 1)
    return votes


def _fill(plan: Plan, current: Sequence[Number | None], equation: int) -> dict[int, Number] | None:
    """Return what one equation alone decides about its unknowns, ``None`` when no fill satisfies it."""
    numbers, parts = plan.getters[equation](current), plan.parts[equation]
    left, right = numbers[1:parts], (numbers[0], *numbers[parts:])
    left_is_open, right_is_open = None in left, None in right
    if left_is_open and right_is_open:
        return {}
    needed = sum([value for value in right if value]) - sum([value for value in left if value])
    if not (left_is_open or right_is_open):
        return None if needed else {}
    if right_is_open:
        needed = -needed
    unknown = [at for at in plan.positions[equation] if current[at] is None]
    if needed != int(needed) and all(plan.whole[at] for at in unknown):
        return None
    bounded = all(plan.bounded[at] for at in unknown)
    if bounded and needed < 0:
        return None
    return dict.fromkeys(unknown, needed) if len(unknown) == 1 or (bounded and not needed) else {}
