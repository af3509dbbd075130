"""The violated equations of one table: what makes them hold, cause by cause."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import cast

from attrs import frozen

from gilint.equations import violated_by
from gilint.finding import Change
from gilint.language import Text
from gilint.place import CellRef
from gilint.plans import Number, Plan
from gilint.repairing.causes import equations_behind, shares
from gilint.repairing.parts import Part, parts_of
from gilint.repairing.search import MAX_CHANGES, Budget, BudgetSpentError, Question, bits, smallest_changes
from gilint.repairing.solving import Changes

MAX_REPAIRS = 60
"""Ways out of one cause: who is shown more is told nothing."""
CHECK_STEPS = 150
"""What it costs to fill the cells without a number once, in sets looked at."""

_NOTHING_SMALL = Text(
    "改动不超过 {most} 个单元格，不能使这些勾稽关系全部成立，无法确定错在哪里",
    "changing up to {most} cells does not make these equations hold, so that nobody can say where the mistake is",
).filled(most=MAX_CHANGES)
_TOO_MANY = Text(
    "同样小的改法太多，无法确定错在哪里",
    "too many changes that are equally small make them hold, so that nobody can say where the mistake is",
)
_TOO_LONG = Text(
    "不一致之处太多，不能逐一试算，无法确定错在哪里", "too much disagrees to try everything, so that nobody can say where the mistake is"
)

Costs = Mapping[int, int] | None
"""Position of a cell to what it costs to change it; a cell that is never changed is not in it. ``None``: all may be changed and cost the same."""


@frozen(eq=False)
class Outline:
    """A cause before its repairs are named and ordered."""

    equations: tuple[int, ...]
    """Violated equations, counted from the first one of the table."""
    repairs: tuple[tuple[Change, ...], ...] = ()
    reason: Text | None = None


@frozen(eq=False)
class Sheet:
    """The numbers of a table."""

    plan: Plan
    numbers: Sequence[Number | None]
    """As printed; ``None`` for a cell without a number."""
    values: Sequence[int | None]
    """The same in units of the last decimal place that any of them has."""
    unit: int
    """How many such units are 1."""

    @classmethod
    def of(cls, plan: Plan, numbers: Sequence[Number | None]) -> Sheet:
        """Take down the numbers of a table."""
        if set(map(type, numbers)) <= {int, type(None)}:
            return cls(plan, numbers, cast("Sequence[int | None]", numbers), 1)
        unit = 10 ** max(_decimals(number) for number in numbers if isinstance(number, Decimal))
        return cls(plan, numbers, [None if number is None else int(number * unit) for number in numbers], unit)

    def number(self, value: int) -> Number:
        """Return how many of the units are written."""
        if value % self.unit == 0:
            return value // self.unit
        # By its digits: arithmetic would round numbers of very many.
        return Decimal(f"{value}E-{len(str(self.unit)) - 1}")

    def floors(self, part: Part) -> list[int | None]:
        """Return for each cell of a part the change that makes its number 0, ``None`` where it may become negative."""
        values, bounded = self.values, self.plan.bounded
        return [-(values[at] or 0) if bounded[at] else None for at in part.cells]

    @property
    def plain(self) -> bool:
        """Whether no number is negative or a fraction."""
        return self.unit == 1 and min((value for value in self.values if value is not None), default=0) >= 0

    def impossible(self, cell: int) -> bool:
        """Say whether the number of a cell is negative or a fraction where it cannot be."""
        value = self.values[cell]
        return value is not None and ((self.plan.bounded[cell] and value < 0) or (self.plan.whole[cell] and value % self.unit != 0))

    def changes(self, part: Part, changes: Changes) -> tuple[Change, ...]:
        """Return changes of a part as numbers of cells."""
        cells = sorted((part.cells[cell], change) for cell, change in changes.items())
        return tuple(
            Change(CellRef(self.plan.table, *self.plan.keys[at]), self.numbers[at], self.number((self.values[at] or 0) + change))
            for at, change in cells
        )


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def outlines(sheet: Sheet, violated: Collection[int], blanks: frozenset[int], costs: Costs, budget: Budget) -> list[Outline]:
    """Return the causes of the violated equations of a table.

    A cell without a number may have any, at no cost. Where it would have to be negative, so that its equation is too small by all that is printed, it
    is taken as 0 and everything is looked at again.

    Args:
        sheet: the numbers of the table.
        violated: the violated equations, counted from the first one of the table.
        blanks: cells that are blank because they are 0, as the table has it, where that breaks no other equation.
        costs: what it costs to change each cell.
        budget: what may be spent.
    """
    unknown = frozenset(at for at, value in enumerate(sheet.values) if value is None)
    zeros = blanks if blanks and set(violated) <= set(violated_by(sheet.plan, _filled(sheet, blanks))) else frozenset()
    while True:
        found = list(_attempt(sheet, violated, unknown, zeros, costs, budget))
        located = {number for outline in found if outline.repairs for number in outline.equations}
        places = {at for number in violated if number not in located for at in sheet.plan.positions[number]}
        more = frozenset(at for at in places & unknown if sheet.plan.bounded[at]) - zeros
        if not more:
            break
        zeros |= more
    told = {number for outline in found for number in outline.equations}
    if rest := tuple(number for number in violated if number not in told):
        found.append(Outline(rest, reason=_NOTHING_SMALL))
    return found


def _filled(sheet: Sheet, zeros: frozenset[int]) -> list[Number | None]:
    return [0 if at in zeros else number for at, number in enumerate(sheet.numbers)]


def _attempt(
    sheet: Sheet, violated: Collection[int], unknown: frozenset[int], zeros: frozenset[int], costs: Costs, budget: Budget
) -> Iterator[Outline]:
    values = [0 if at in zeros else value for at, value in enumerate(sheet.values)]
    for part in parts_of(sheet.plan, unknown - zeros):
        open_here = sum(1 << number for number in violated if part.equations >> number & 1)
        residuals = part.residuals(values, -1 if unknown else open_here)
        wrong = sum(1 << equation for equation, residual in enumerate(residuals) if residual)
        if not wrong:
            continue
        found = list(_solutions(sheet, part, residuals, wrong, unknown, costs, budget, zeros))
        told = 0
        for number, (group, repairs, reason) in enumerate(found, start=1):
            behind = equations_behind(group, part.origins) & ~told
            if number == len(found):
                # An equation may be broken only by what another one makes of a blank.
                behind |= open_here & ~told
            # Numbers of broken equations do not break others by way of blanks (`gilint.equations`), and yet they cannot all hold.
            if equations := behind & open_here or behind:
                told |= equations
                yield Outline(tuple(bits(equations)), repairs, reason)


def _solutions(
    sheet: Sheet,
    part: Part,
    residuals: Sequence[int],
    wrong: int,
    unknown: frozenset[int],
    costs: Costs,
    budget: Budget,
    zeros: frozenset[int],
) -> Iterator[tuple[int, tuple[tuple[Change, ...], ...], Text | None]]:
    """Yield for each cause its violated equations of the part, its repairs, and the reason where there is none."""
    question = Question(
        part.system,
        residuals,
        _allowed(part, costs, zeros),
        sheet.floors(part),
        _possible(sheet, part, wrong, bool(unknown), budget),
        None if costs is None else [costs.get(at, 1) for at in part.cells],
    )
    try:
        found = smallest_changes(question, budget)
    except BudgetSpentError:
        yield wrong, (), _TOO_LONG
        return
    if not found:
        yield wrong, (), _NOTHING_SMALL
        return
    for share in shares(found, part.system.masks, wrong):
        if len(share.repairs) > MAX_REPAIRS:
            yield share.equations, (), _TOO_MANY
        else:
            yield share.equations, tuple(sheet.changes(part, changes) for changes in share.repairs), None


def _allowed(part: Part, costs: Costs, zeros: frozenset[int]) -> int:
    """Return the cells that may be changed, as bits."""
    if costs is None and not zeros:
        return (1 << len(part.cells)) - 1
    return sum(1 << cell for cell, at in enumerate(part.cells) if (costs is None or at in costs) and at not in zeros)


def _possible(sheet: Sheet, part: Part, wrong: int, open_cells: bool, budget: Budget) -> Callable[[Changes], bool]:
    """Return what says whether changes leave no negative number and no fraction where there cannot be one, printed or not."""
    concerned = 0 if sheet.plain else reduce(or_, [part.system.members[equation] for equation in bits(wrong)], 0)
    must = frozenset([cell for cell in bits(concerned) if sheet.impossible(part.cells[cell])])
    whole, unit, values = sheet.plan.whole, sheet.unit, sheet.values

    if unit == 1 and not must and not open_cells:
        return lambda _: True

    def possible(changes: Changes) -> bool:
        if not must <= changes.keys():
            return False
        if unit > 1 and any(
            ((values[part.cells[cell]] or 0) + change) % unit for cell, change in changes.items() if whole[part.cells[cell]]
        ):
            return False
        if not open_cells:
            return True
        budget.spend(CHECK_STEPS)
        numbers = list(sheet.numbers)
        for cell, change in changes.items():
            at = part.cells[cell]
            numbers[at] = sheet.number((values[at] or 0) + change)
        return not any(part.equations >> number & 1 for number in violated_by(sheet.plan, numbers))

    return possible
