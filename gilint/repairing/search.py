"""The smallest sets of cells whose change makes linear equations hold (Fellegi and Holt 1976), found exactly.

Each cell has a signature: the equations in which it stands. Whatever set of cells is changed, every equation that is violated must hold one of them, and
every other equation must hold none or at least two. Sets are grown along these two laws, so that few of the many sets are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_

from attrs import define, field, frozen

from gilint.repairing.solving import Changes, Coefficients, solve

MAX_CHANGES = 4
"""Cells that are changed at most: beyond, too many sets explain the same."""
MAX_STEPS = 25_000
"""Sets that are looked at for one report before the search gives up: at most 50 milliseconds."""
SOLVE_STEPS = 8
"""What it costs to solve for one set, in sets looked at."""
MAX_FOUND = 500
"""Equally small sets: where there are more, they tell nothing."""


@frozen(eq=False)
class System:
    """Linear equations over cells."""

    columns: tuple[Coefficients, ...]
    """For each cell: its coefficient in each of its equations."""
    masks: tuple[int, ...]
    """For each cell: its equations, as bits."""
    members: tuple[int, ...]
    """For each equation: its cells, as bits."""
    reach: int
    """Equations of the cell that stands in most."""

    @classmethod
    def of(cls, columns: Iterable[Coefficients], equations: int) -> System:
        """Make a system of so many equations."""
        columns = tuple(columns)
        members = [0] * equations
        for cell, column in enumerate(columns):
            for equation in column:
                members[equation] |= 1 << cell
        masks = tuple(sum(1 << equation for equation in column) for column in columns)
        return cls(columns, masks, tuple(members), max(map(int.bit_count, masks), default=1))


class BudgetSpentError(Exception):
    """More would have to be looked at than the budget allows."""


@define(eq=False)
class Budget:
    """What all searches of one report may cost together, in sets looked at: the same on every machine, which a time is not."""

    steps: int = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Take off some steps.

        Raises:
            BudgetSpentError: nothing is left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise BudgetSpentError


@frozen(eq=False)
class Question:
    """What is asked of a search."""

    system: System
    residuals: Sequence[int]
    """For each equation what its cells come to, which should be nothing."""
    allowed: int
    """The cells that may be changed, as bits."""
    floors: Sequence[int | None]
    """For each cell the least that may be added to its number, which makes it 0; ``None`` where it may become negative."""
    possible: Callable[[Changes], bool]
    """Says whether numbers can be so changed beyond that."""
    costs: Sequence[int] | None = None
    """What it costs to change each cell, above 0; ``None``: the same for each."""


def smallest_changes(question: Question, budget: Budget, most: int = MAX_CHANGES) -> list[Changes]:
    """Return every smallest set of changes that makes all equations hold; empty where none of up to ``most`` cells does.

    With costs: every one of the sets of up to ``most`` cells that cost least together.

    Raises:
        BudgetSpentError: too many sets would have to be looked at, or are equally small.
    """
    violated = sum(1 << equation for equation, residual in enumerate(question.residuals) if residual)
    if not violated:
        return []
    costs = question.costs
    cheapest = 1 if costs is None else min((costs[cell] for cell in bits(question.allowed)), default=1)
    search = _Search(question, question.system, violated, cheapest, budget)
    for size in range(1, most + 1):
        if search.best is not None and size * cheapest > search.best:
            break
        if violated.bit_count() <= size * question.system.reach:
            search.grow((), 0, 0, size, question.allowed, 0)
    return search.found


@define(eq=False)
class _Search:
    question: Question
    system: System
    violated: int
    cheapest: int
    budget: Budget
    found: list[Changes] = field(factory=list)
    best: int | None = None
    """What the sets cost that are found."""

    def grow(self, chosen: tuple[int, ...], once: int, several: int, more: int, allowed: int, cost: int) -> None:
        """Add cells to a set; ``once`` and ``several`` are the equations that hold one of it and more, ``more`` how many are still to come."""
        # What `Budget.spend` does, without the call: this is where the time goes.
        self.budget.steps -= 1
        if self.budget.steps < 0:
            raise BudgetSpentError
        if self.best is not None and cost + more * self.cheapest > self.best:
            return
        violated, system = self.violated, self.system
        wanting = (violated & ~(once | several)) | (once & ~violated)
        if not more:
            if not wanting:
                self._take(chosen, cost)
            return
        candidates = allowed & self._candidates(wanting, once | several, more)
        masks, costs = system.masks, self.question.costs
        while candidates:
            bit = candidates & -candidates
            candidates ^= bit
            allowed ^= bit  # sets with this cell are all looked at here
            cell = bit.bit_length() - 1
            mask = masks[cell]
            met = (once | several) & mask
            dearer = cost + (1 if costs is None else costs[cell])
            self.grow((*chosen, cell), (once | mask) & ~met, several | met, more - 1, allowed, dearer)

    def _candidates(self, wanting: int, touched: int, more: int) -> int:
        """Return cells of which the set must hold one, as bits."""
        members = self.system.members
        if not wanting:
            # What is there agrees with the laws and yet does not do: another cell changes one of the same equations.
            return reduce(or_, (members[equation] for equation in bits(touched)), 0)
        if wanting.bit_count() > more * self.system.reach:
            return 0
        if more == 1:
            return reduce(and_, (members[equation] for equation in bits(wanting)))
        return min((members[equation] for equation in bits(wanting)), key=int.bit_count)

    def _take(self, chosen: tuple[int, ...], cost: int) -> None:
        question = self.question
        self.budget.spend(SOLVE_STEPS)
        changes = solve(self.system.columns, chosen, question.residuals, question.floors)
        if changes is None or not question.possible(changes):
            return
        if self.best is None or cost < self.best:
            self.best = cost
            self.found.clear()
        self.found.append(changes)
        if len(self.found) > MAX_FOUND:
            raise BudgetSpentError


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the bits that are set, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
