"""Lines that are drawn across a table whose columns have none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from attrs import define

from gilint.readers.pdf.content import Box, Ruling

_MOST = 0.6
"""Share of the lines of figures that a ruling parts from the next ones where there is one below each row: some rows have several lines."""


@define
class Separators:
    """The lines that are drawn across a table, as far as there are any."""

    rulings: list[Ruling]
    """From the lowest to the highest."""
    everywhere: bool = False
    """Whether there is one below every row, so that what none parts is one cell."""

    @classmethod
    def of(cls, rulings: Sequence[Ruling]) -> Separators:
        """Return the lines of a page in order."""
        return cls(sorted(rulings))

    def between(self, upper: Box, lower: Box) -> bool:
        """Say whether a line stands between two boxes, one above the other."""
        low, high = (lower[1] + lower[3]) / 2, (upper[1] + upper[3]) / 2
        left, right = max(upper[0], lower[0]), min(upper[2], lower[2])
        rulings = self.rulings[bisect_left(self.rulings, (low,)) : bisect_right(self.rulings, (high,))]
        return any(ruling.start < right and left < ruling.end for ruling in rulings)

    def below_rows(self, heights: Sequence[float]) -> Separators:
        """Return the lines with the knowledge whether they part all rows of a table.

        Args:
            heights: at which heights figures stand, each once, from the highest to the lowest.
        """
        parted = sum(
            bisect_left(self.rulings, (lower,)) < bisect_left(self.rulings, (upper,)) for upper, lower in pairwise(heights) if upper > lower
        )
        return Separators(self.rulings, parted >= _MOST * max(len(heights) - 1, 1))
