"""The smallest sets of cells whose change lets a table with cells without a number be filled, found exactly.

Two kinds of laws say which sets can be at all. The equations that are left when the cells without a number are eliminated hold for sets as they do in a table without such cells
(`gilint.repairing.search`). Beyond that no number is negative: every reason why a table cannot be filled (`gilint.repairing.filling.Cut`) names cells of which a
set must hold one. Reasons are found on the way, whenever a set agrees with all laws and does not do; a set with which the table can be filled is one that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_
from typing import TypeVar

from attrs import define, field

from gilint.repairing.filling import Cut, Filling, Span
from gilint.repairing.search import MAX_CHANGES, MAX_FOUND, Budget, BudgetSpentError, Question, bits
from gilint.repairing.solving import Changes

Answer = TypeVar("Answer")

GROW_STEPS = 4
"""What it costs to look for the next cell of a set, which here has to meet more than equations."""
CHECK_STEPS = 50
"""What it costs to ask once whether a table can be filled, in sets looked at."""
TURN_STEPS = 25
"""What it costs to solve an equation for another cell."""


def smallest_fillable(question: Question, filling: Filling, must: int, budget: Budget, most: int = MAX_CHANGES) -> Fillable:
    """Find every smallest set of changes with which a table can be filled; none where none of up to ``most`` cells does.

    With costs: every one of the sets of up to ``most`` cells that cost least together.

    Args:
        question: what is asked; its equations are those without the cells that have no number.
        filling: all equations.
        must: cells that have to change, as bits.
        budget: what may be spent.
        most: how many cells are changed at most.

    Raises:
        BudgetSpentError: too many sets would have to be looked at, or are equally small.
    """
    costs = question.costs
    cheapest = 1 if costs is None else min((costs[cell] for cell in bits(question.allowed)), default=1)
    violated = sum(1 << equation for equation, residual in enumerate(question.residuals) if residual)
    search = Fillable(question, filling, violated, must, cheapest, budget, filling.evident())
    if not violated and not search.cuts and search.ask(0) is None:
        return search
    for size in range(1, most + 1):
        if search.best is not None and size * cheapest > search.best:
            break
        search.grow(0, 0, 0, size, question.allowed, 0, [cut.cells for cut in search.cuts])
    return search


@define(eq=False)
class Fillable:
    """A search, and what it found."""

    question: Question
    filling: Filling
    violated: int
    """Equations without cells that have no number, as bits."""
    must: int
    cheapest: int
    budget: Budget
    cuts: list[Cut]
    """Why the table cannot be filled as it is, as far as that is known."""
    found: list[Changes] = field(factory=list)
    best: int | None = None
    """What the sets cost that are found."""
    spans: dict[tuple[int, int], Span] = field(factory=dict)
    """By cell and change, where other changes of it do as well: the least and the greatest."""

    def grow(self, held: int, once: int, several: int, more: int, allowed: int, cost: int, unmet: Sequence[int]) -> None:
        """Add cells to a set, as bits.

        Args:
            held: the cells in it.
            once: the equations that hold one of them.
            several: those that hold more.
            more: how many cells are still to come.
            allowed: of these.
            cost: what the cells in it cost.
            unmet: for each cut that it does not meet the cells of which it must hold one.
        """
        self.budget.spend(GROW_STEPS if more else 1)
        if self.best is not None and cost + more * self.cheapest > self.best:
            return
        wanting = (self.violated & ~(once | several)) | (once & ~self.violated)
        if not more:
            if not wanting and not unmet:
                self._take(held, cost)
            return
        candidates = self._candidates(held, wanting, more, allowed, unmet)
        masks, costs = self.question.system.masks, self.question.costs
        for cell in bits(candidates):
            bit = 1 << cell
            allowed ^= bit  # sets with this cell are all looked at here
            mask = masks[cell]
            met = (once | several) & mask
            dearer = cost + (1 if costs is None else costs[cell])
            rest = [cells for cells in unmet if not cells & bit]
            self.grow(held | bit, (once | mask) & ~met, several | met, more - 1, allowed, dearer, rest)

    def _candidates(self, held: int, wanting: int, more: int, allowed: int, unmet: Sequence[int]) -> int:
        """Return cells of which the set must hold one, as bits."""
        if missing := self.must & ~held:
            return missing & -missing & allowed if missing.bit_count() <= more else 0
        members = self.question.system.members
        demands = [*(members[equation] & allowed for equation in bits(wanting)), *(cells & allowed for cells in unmet)]
        if not demands:
            cut = self.ask(held)
            # Such a set was looked at when fewer cells were asked for, and did not do.
            return 0 if cut is None else cut.cells & ~held & allowed
        if more == 1:
            return reduce(and_, demands)
        demands.sort(key=int.bit_count)
        return demands[0] if self._apart(demands) <= more else 0

    def _apart(self, demands: Sequence[int]) -> int:
        """Return how many cells are needed at least to meet demands: so many have no cell in common."""
        taken = count = 0
        for cells in demands:
            if not cells & taken:
                taken |= cells
                count += 1
        return count

    def _take(self, held: int, cost: int) -> None:
        if self.ask(held) is not None:
            return
        changes = self._spent(self.filling.least, held)
        if changes is None or not self.question.possible(changes):
            return
        if self.best is None or cost < self.best:
            self.best = cost
            self.found.clear()
        self.found.append(changes)
        self.spans.update({(cell, changes[cell]): span for cell, span in self._spent(self.filling.spans, held).items()})
        if len(self.found) > MAX_FOUND:
            raise BudgetSpentError

    def ask(self, held: int) -> Cut | None:
        """Say why there is no fill with a set; ``None`` where there is one."""
        known = self.filling.known
        for cut in reversed(self.cuts):
            if cut.refutes(held, known):
                return cut
        found = self._spent(self.filling.cut, held)
        if found is not None:
            self.cuts.append(found)
        return found

    def _spent(self, question: Callable[[int], Answer], held: int) -> Answer:
        """Ask a question about a set and spend what it costs."""
        turns = self.filling.turns
        answer = question(held)
        self.budget.spend(CHECK_STEPS + TURN_STEPS * (self.filling.turns - turns))
        return answer
