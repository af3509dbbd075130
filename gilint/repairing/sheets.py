"""The numbers of a table as whole numbers, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from attrs import frozen

from gilint.finding import Change
from gilint.place import CellRef
from gilint.plans import Number, Plan
from gilint.repairing.filling import Span
from gilint.repairing.parts import Part
from gilint.repairing.solving import Changes


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
    deduced: Mapping[int, Number]
    """What cells without a number surely are, by position."""

    @classmethod
    def of(cls, plan: Plan, numbers: Sequence[Number | None], deduced: Mapping[int, Number]) -> Sheet:
        """Take down the numbers of a table."""
        if set(map(type, numbers)) <= {int, type(None)}:
            return cls(plan, numbers, cast("Sequence[int | None]", numbers), 1, deduced)
        unit = 10 ** max(_decimals(number) for number in numbers if isinstance(number, Decimal))
        return cls(plan, numbers, [None if number is None else int(number * unit) for number in numbers], unit, deduced)

    def number(self, value: int) -> Number:
        """Return how many of the units are written."""
        if value % self.unit == 0:
            return value // self.unit
        # By its digits: arithmetic would round numbers of very many.
        return Decimal(f"{value}E-{len(str(self.unit)) - 1}")

    def likely(self, at: int) -> int:
        """Return a number; of a cell without one what it surely is, and 0 where nobody knows."""
        value = self.values[at]
        return int(self.deduced.get(at, 0) * self.unit) if value is None else value

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

    def changes(self, part: Part, changes: Changes, spans: Mapping[tuple[int, int], Span]) -> tuple[Change, ...]:
        """Return changes of a part as numbers of cells.

        Args:
            part: the part.
            changes: cell to change.
            spans: by cell and change, where other changes do as well: the least and the greatest.
        """
        cells = sorted((part.cells[cell], cell, change) for cell, change in changes.items())
        return tuple(self._change(at, change, spans.get((cell, change))) for at, cell, change in cells)

    def _change(self, at: int, change: int, span: Span | None) -> Change:
        before = self.values[at] or 0
        least, greatest = (None if end is None else self.number(before + end) for end in span or (change, change))
        cell, after = CellRef(self.plan.table, *self.plan.keys[at]), self.number(before + change)
        return Change(cell, self.numbers[at], after, None if span is None else (least, greatest))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
