"""The violated equations of one table: what makes them hold, cause by cause."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from attrs import frozen

from gilint.equations import violated_by
from gilint.finding import Change
from gilint.language import Text
from gilint.plans import Number
from gilint.repairing.blanks import smallest_fillable
from gilint.repairing.causes import Share, equations_behind, shares
from gilint.repairing.filling import Filling, Frame, frame_of
from gilint.repairing.parts import Part, parts_of
from gilint.repairing.search import MAX_CHANGES, Budget, BudgetSpentError, Question, bits, smallest_changes
from gilint.repairing.sheets import Sheet
from gilint.repairing.solving import Changes

MAX_REPAIRS = 60
"""Ways out of one cause: who is shown more is told nothing."""
MANY_FORGOTTEN = 2
"""Blanks that are something else than 0, as when a row was forgotten: so many speak against a table in which blanks are 0."""
CHECK_STEPS = 600
"""What it costs to fill the cells without a number once by the rules of `gilint.equations`, in sets looked at."""

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
    plain: tuple[bool, ...] = ()
    """Of each repair, whether the equations of its cells hold when cells of which nothing tells the number are 0; nothing where all have one."""
    reason: Text | None = None


def outlines(sheet: Sheet, violated: Collection[int], zeros: frozenset[int], costs: Costs, budget: Budget) -> list[Outline]:
    """Return the causes of the violated equations of a table.

    A cell without a number may have any, at no cost.

    Args:
        sheet: the numbers of the table.
        violated: the violated equations, counted from the first one of the table.
        zeros: cells that are blank because they are 0, as the table has it. They may have any number too where that locates more, or where it takes far fewer changes and several of them would be forgotten.
        costs: what it costs to change each cell.
        budget: what may be spent.
    """
    found = _Attempt(sheet, violated, zeros, costs, budget).outlines()
    if not zeros or (_located(found) >= len(violated) and _forgotten(found) < MANY_FORGOTTEN):
        return found
    freely = _Attempt(sheet, violated, frozenset(), costs, budget).outlines()
    if _located(found) < len(violated):
        return freely if _located(freely) > _located(found) else found
    return freely if _located(freely) >= len(violated) and _changed(freely) <= _changed(found) - MANY_FORGOTTEN else found


def _located(outlines: Sequence[Outline]) -> int:
    """Return how many equations have a repair."""
    return sum(len(outline.equations) for outline in outlines if outline.repairs)


def _forgotten(outlines: Sequence[Outline]) -> int:
    """Return how many blanks have to be another number than 0, at least."""
    return sum(min(sum(change.before is None for change in changes) for changes in outline.repairs) for outline in outlines)


def _changed(outlines: Sequence[Outline]) -> int:
    return sum(len(outline.repairs[0]) for outline in outlines)


@frozen(eq=False)
class _Attempt:
    """A table of which it is settled which of its cells without a number are 0."""

    sheet: Sheet
    violated: Collection[int]
    zeros: frozenset[int]
    costs: Costs
    budget: Budget

    def outlines(self) -> list[Outline]:
        sheet = self.sheet
        unknown = frozenset(at for at, value in enumerate(sheet.values) if value is None)
        found: list[Outline] = []
        for part in parts_of(sheet.plan, unknown - self.zeros):
            # Equations that broken ones make doubtful are not violated (`gilint.equations`), and yet all have to hold together.
            residuals = part.residuals(sheet.values, -1 if unknown else self._open(part))
            if part.blanks or any(residuals):
                found += self._of_part(part, residuals)
        told = {number for outline in found for number in outline.equations}
        if rest := tuple(number for number in self.violated if number not in told):
            found.append(Outline(rest, reason=_NOTHING_SMALL))
        return found

    def _open(self, part: Part) -> int:
        """Return the violated equations of a part, as bits."""
        return sum(1 << number for number in self.violated if part.equations >> number & 1)

    def _of_part(self, part: Part, residuals: Sequence[int]) -> Iterator[Outline]:
        violated = self._open(part)
        frame = frame_of(part) if part.blanks else None
        told = 0
        try:
            found = list(self._equal(part, residuals) if frame is None else self._filled(part, residuals, frame))
        except BudgetSpentError:
            yield Outline(tuple(bits(violated)), reason=_TOO_LONG)
            return
        for number, share in enumerate(found, start=1):
            behind = share.equations & ~told
            if number == len(found):
                # An equation may be broken only by what another one makes of a cell without a number.
                behind |= violated & ~told
            if share.repairs and not behind & violated and all(self._only_blank(part, changes) for changes in share.repairs):
                continue  # nothing breaks but the habit of leaving zeros blank
            if equations := behind & violated or behind:
                told |= equations
                yield self._outline(part, equations, share)

    def _only_blank(self, part: Part, changes: Changes) -> bool:
        return all(self.sheet.values[part.cells[cell]] is None for cell in changes)

    def _outline(self, part: Part, equations: int, share: Share) -> Outline:
        numbers = tuple(bits(equations))
        if not share.repairs:
            return Outline(numbers, reason=_NOTHING_SMALL)
        if len(share.repairs) > MAX_REPAIRS:
            return Outline(numbers, reason=_TOO_MANY)
        repairs = tuple(self.sheet.changes(part, changes, share.spans) for changes in share.repairs)
        return Outline(numbers, repairs, tuple(self._plain(part, changes) for changes in share.repairs) if part.blanks else ())

    def _plain(self, part: Part, changes: Changes) -> bool:
        after = {part.cells[cell]: change for cell, change in changes.items()}
        likely = self.sheet.likely
        concerned = [law for law in part.laws if any(at in after for at, _ in law)]
        return not any(sum([sign * (likely(at) + after.get(at, 0)) for at, sign in law]) for law in concerned)

    def _equal(self, part: Part, residuals: Sequence[int]) -> Iterator[Share]:
        """Yield the causes in a part of which every cell has a number, or in one that is no network."""
        wrong = sum(1 << equation for equation, residual in enumerate(residuals) if residual)
        concerned = reduce(or_, [part.system.members[equation] for equation in bits(wrong)], 0)
        question = self._question(part, residuals, self._possible(part, self._must(part, concerned)))
        found = smallest_changes(question, self.budget)
        for share in shares(found, part.system.masks, wrong) if found else [Share(wrong, ())]:
            yield Share(equations_behind(share.equations, part.origins), share.repairs)

    def _filled(self, part: Part, residuals: Sequence[int], frame: Frame) -> Iterator[Share]:
        """Yield the causes in a part that has cells without a number."""
        values, bounded = self.sheet.values, self.sheet.plan.bounded
        below = sum(1 << cell for cell, at in enumerate((*part.cells, *part.blanks)) if bounded[at])
        filling = Filling(frame, [values[at] or 0 for at in part.cells], below)
        violated = self._open(part)
        direct = _memberships(part)
        must = self._must(part, sum(1 << cell for cell, equations in enumerate(direct) if equations & violated))
        question = self._question(part, residuals, self._possible(part, must))
        search = smallest_fillable(question, filling, must, self.budget)
        reasons = [(cut.cells, sum(1 << part.numbers[law] for law in bits(cut.equations))) for cut in search.cuts]
        reasons += [
            (cells, origin) for cells, origin, residual in zip(part.system.members, part.origins, residuals, strict=True) if residual
        ]
        if search.found:
            # A cell may also make an equation hold by way of cells without a number.
            masks = [
                equations if equations & violated else reduce(or_, [behind for cells, behind in reasons if cells >> cell & 1], equations)
                for cell, equations in enumerate(direct)
            ]
            yield from (Share(share.equations, share.repairs, search.spans) for share in shares(search.found, masks, violated or -1))
        elif reasons:
            yield Share(reduce(or_, [behind for _, behind in reasons]), ())

    def _question(self, part: Part, residuals: Sequence[int], possible: Callable[[Changes], bool]) -> Question:
        costs = None if self.costs is None else [self.costs.get(at, 1) for at in part.cells]
        return Question(part.system, residuals, self._allowed(part), self.sheet.floors(part), possible, costs)

    def _allowed(self, part: Part) -> int:
        """Return the cells that may be changed, as bits."""
        if self.costs is None:
            return (1 << len(part.cells)) - 1
        return sum(1 << cell for cell, at in enumerate(part.cells) if at in self.costs)

    def _must(self, part: Part, concerned: int) -> int:
        """Return which of these cells have a number that cannot be, as bits."""
        return 0 if self.sheet.plain else sum(1 << cell for cell in bits(concerned) if self.sheet.impossible(part.cells[cell]))

    def _possible(self, part: Part, must: int) -> Callable[[Changes], bool]:
        """Return what says whether changes leave no number that cannot be."""
        whole, unit, values = self.sheet.plan.whole, self.sheet.unit, self.sheet.values
        sound = not part.blanks or (unit == 1 and frame_of(part) is not None)
        if unit == 1 and not must and sound:
            return lambda _: True

        def possible(changes: Changes) -> bool:
            if must & ~sum(1 << cell for cell in changes):
                return False
            fractions = unit > 1 and any(
                ((values[part.cells[cell]] or 0) + change) % unit for cell, change in changes.items() if whole[part.cells[cell]]
            )
            return not fractions and (sound or self._holds(part, changes))

        return possible

    def _holds(self, part: Part, changes: Changes) -> bool:
        """Say whether no equation of a part is violated after changes."""
        self.budget.spend(CHECK_STEPS)
        numbers: list[Number | None] = [0 if at in self.zeros else number for at, number in enumerate(self.sheet.numbers)]
        for cell, change in changes.items():
            at = part.cells[cell]
            numbers[at] = self.sheet.number((self.sheet.values[at] or 0) + change)
        return not any(part.equations >> number & 1 for number in violated_by(self.sheet.plan, numbers))


def _memberships(part: Part) -> list[int]:
    """Return for each printed cell of a part its equations in the plan, as bits."""
    places = {at: cell for cell, at in enumerate(part.cells)}
    memberships = [0] * len(places)
    for number, law in zip(part.numbers, part.laws, strict=True):
        for at, _ in law:
            if at in places:
                memberships[places[at]] |= 1 << number
    return memberships
