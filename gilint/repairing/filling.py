"""Whether cells without a number can be filled so that equations hold, and by how much other cells must change for that at least.

It is the simplex method with bounds (Dutertre and de Moura 2006): a printed number is a variable that stays what it is, a blank one that is not negative. Where the
equations are a network, as the rows and columns of a table and their sums are, every coefficient stays 1, 0 or −1, so that a row is two sets of bits,
and every number that comes out is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from attrs import define, field, frozen

from gilint.repairing.parts import Part
from gilint.repairing.search import bits
from gilint.repairing.solving import Changes

Row = tuple[int, int, int, int]
"""The cell that it gives, which is among those that are added; the cells that are added, as bits; those that are taken away; the equations of which it is made.

All its cells come to nothing.
"""


Span = tuple[int | None, int | None]
"""The least and the greatest number; ``None`` where there is no end."""


class NoNetworkError(Exception):
    """Coefficients other than 1 and −1 come up."""


@frozen(eq=False)
class Frame:
    """The equations of a part, each solved for a cell: for one without a number as far as they go. The printed cells are counted from 0, then the others."""

    rows: tuple[Row, ...]
    laws: tuple[Row, ...]
    """The equations as they were."""
    printed: int
    cells: int


@frozen(eq=False)
class Cut:
    """Why there is no fill: what is added should be no more than what is taken away, and is, whatever the cells without a number are."""

    added: int
    """Cells, as bits."""
    loose: int
    """Cells that would undo it if they had no number."""
    excess: int
    """By how much that is printed comes to more."""
    cells: int
    """Of these cells one has to change."""
    equations: int
    """The equations of the part from which it follows, as bits."""

    def refutes(self, chosen: int, numbers: Sequence[int]) -> bool:
        """Say whether there is no fill for the same reason when the chosen cells may have any number."""
        return not self.loose & chosen and self.excess > sum([numbers[cell] for cell in bits(self.added & chosen)])


@lru_cache(maxsize=32)
def frame_of(part: Part) -> Frame | None:
    """Return the equations of a part ready to be filled; ``None`` where they are no network."""
    printed, cells = len(part.cells), len(part.cells) + len(part.blanks)
    places = {at: number for number, at in enumerate((*part.cells, *part.blanks))}
    waiting: list[Row] = []
    for number, law in enumerate(part.laws):
        if any(abs(coefficient) != 1 for _, coefficient in law):
            return None
        added, taken = (sum(1 << places[at] for at, coefficient in law if coefficient == sign) for sign in (1, -1))
        waiting.append((-1, added, taken, 1 << number))
    laws = tuple(waiting)
    solved: list[Row] = []
    try:
        for cell in (*range(printed, cells), *range(printed)):
            holding = [row for row in waiting if (row[1] | row[2]) >> cell & 1]
            if holding:
                shortest = min(holding, key=lambda row: (row[1] | row[2]).bit_count())
                rows = _turned([shortest, *solved, *(row for row in waiting if row is not shortest)], 0, cell)
                solved, waiting = rows[: len(solved) + 1], rows[len(solved) + 1 :]
    except NoNetworkError:
        return None
    return Frame(tuple(solved), laws, printed, cells)


def _turned(rows: Sequence[Row], at: int, entering: int) -> list[Row]:
    """Return the rows with one of them giving another cell, which no other row holds any more.

    Raises:
        NoNetworkError: a coefficient would be 2.
    """
    _, plus, minus, origins = rows[at]
    bit = 1 << entering
    if minus & bit:
        plus, minus = minus, plus
    turned: list[Row] = []
    for row in rows:
        cell, added, taken, behind = row
        if added & bit:
            less, more = plus, minus
        elif taken & bit:
            less, more = minus, plus
        else:
            turned.append(row)
            continue
        if added & more or taken & less:
            raise NoNetworkError
        turned.append((cell, added & ~less | more & ~taken, taken & ~more | less & ~added, behind ^ origins))
    turned[at] = (entering, plus, minus, origins)
    return turned


@define(eq=False)
class Filling:
    """Numbers for the cells of a frame, moved until they fit."""

    frame: Frame
    known: Sequence[int]
    """The printed numbers."""
    bounded: int
    """The cells that cannot be negative, as bits."""
    turns: int = 0
    """How often a row was solved for another variable: what has been spent."""
    _rows: list[Row] = field(init=False)
    _values: list[int] = field(init=False)
    _open: int = field(init=False)
    """The cells that may have any number, as bits: those without one, and those chosen."""
    _blank: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        frame = self.frame
        self._rows = list(frame.rows)
        self._blank = self._open = (1 << frame.cells) - (1 << frame.printed)
        self._values = [*self.known, *([0] * (frame.cells - frame.printed))]
        for cell, added, taken, _ in self._rows:
            self._values[cell] = self._sum(taken) - self._sum(added & ~(1 << cell))

    def _sum(self, cells: int) -> int:
        values = self._values
        return sum([values[cell] for cell in bits(cells)])

    def cut(self, chosen: int) -> Cut | None:
        """Say why there is no fill when the chosen cells, as bits, may have any number that is possible; ``None`` where there is one."""
        self._choose(chosen)
        # By the rule of Bland, the first cell that does not fit and the first that can move, it comes to an end.
        while (unfit := self._unfit()) is not None:
            at, change = unfit
            cell, added, taken, origins = self._rows[at]
            rising, falling = (taken, added & ~(1 << cell)) if change > 0 else (added & ~(1 << cell), taken)
            entering = self._free(rising, falling)
            if entering is None:
                return self._reason(added, taken, origins) if change > 0 else self._reason(taken, added, origins)
            self._move(entering, change if taken >> entering & 1 else -change)
            self._turn(at, entering)
        return None

    def _choose(self, chosen: int) -> None:
        self._open = self._blank | chosen
        given = sum([1 << row[0] for row in self._rows])
        for cell in range(self.frame.printed):
            if self._values[cell] != self.known[cell] and not (chosen | given) >> cell & 1:
                self._move(cell, self.known[cell] - self._values[cell])

    def _unfit(self) -> tuple[int, int] | None:
        """Return the row of the first cell that is not what it must be, and by how much it has to change."""
        first: tuple[int, int, int] | None = None
        for at, (cell, _, _, _) in enumerate(self._rows):
            value = self._values[cell]
            due = self.known[cell] if not self._open >> cell & 1 else max(value, 0) if self.bounded >> cell & 1 else value
            change = due - value
            if change and (first is None or cell < first[0]):
                first = cell, at, change
        return None if first is None else first[1:]

    def _free(self, rising: int, falling: int) -> int | None:
        """Return the first cell that can rise, or fall."""
        for cell in bits((rising | falling) & self._open):
            if rising >> cell & 1 or self._can_fall(cell):
                return cell
        return None

    def _can_fall(self, cell: int) -> bool:
        return self._values[cell] > 0 or not self.bounded >> cell & 1

    def _move(self, moving: int, change: int) -> None:
        """Change a cell that no row gives, and with it those that rows give."""
        values, bit = self._values, 1 << moving
        values[moving] += change
        for cell, added, taken, _ in self._rows:
            if added & bit:
                values[cell] -= change
            elif taken & bit:
                values[cell] += change

    def _turn(self, at: int, entering: int) -> None:
        self.turns += 1
        self._rows = _turned(self._rows, at, entering)

    def evident(self) -> list[Cut]:
        """Return why equations with cells that have no number cannot be filled, each by itself."""
        blank, cuts = self._blank, []
        for _, left, right, origins in self.frame.laws:
            for added, taken in (left, right), (right, left):
                if added & blank and not (taken | added & ~self.bounded) & blank:
                    cuts.append(self._reason(added, taken, origins))
        return [cut for cut in cuts if cut.excess > 0]

    def _reason(self, added: int, taken: int, origins: int) -> Cut:
        printed, known = (1 << self.frame.printed) - 1, self.known
        excess = sum([known[cell] for cell in bits(added & printed)]) - sum([known[cell] for cell in bits(taken & printed)])
        loose = taken | added & ~self.bounded
        lower = sum([1 << cell for cell in bits(added & printed) if known[cell] > 0])
        return Cut(added, loose, excess, loose & printed | lower, origins)

    def least(self, chosen: int) -> Changes | None:
        """Return by how much the chosen cells change when they change as little as possible together, after `cut` found that there is a fill.

        None of the cells can stay as it is where fewer do not do; so each always changes in the same direction, and how much they change is a sum.

        Returns:
            ``None`` where a cell can stay as it is.
        """
        signs = {cell: 1 if self._values[cell] > self.known[cell] else -1 for cell in bits(chosen)}
        if not self._lower(signs):
            return None
        changes = {cell: self._values[cell] - self.known[cell] for cell in signs}
        return changes if all(changes.values()) else None

    def spans(self, chosen: int) -> dict[int, Span]:
        """Return the least and the greatest change of each of the chosen cells, after `least`; those that have but one are left out."""
        spans: dict[int, Span] = {}
        for cell in bits(chosen):
            if any(given == cell and not (added | taken) & self._open & ~(1 << cell) for given, added, taken, _ in self._rows):
                continue
            least, greatest = (self._values[cell] if self._lower({cell: sign}) else None for sign in (1, -1))
            if least != greatest or least is None:
                known = self.known[cell]
                spans[cell] = None if least is None else least - known, None if greatest is None else greatest - known
        return spans

    def _lower(self, signs: Changes) -> bool:
        """Make the sum of some cells, each with its sign, as small as it can be; ``False`` where it has no end."""
        while (step := self._better(signs)) is not None:
            entering, direction = step
            limit = self._until(entering, direction)
            if limit is None:
                return False
            at, change = limit
            self._move(entering, change * direction)
            if at is not None:
                self._turn(at, entering)
        return True

    def _better(self, signs: Changes) -> tuple[int, int] | None:
        """Return the first cell whose rise or fall makes the sum less, and in which direction it goes."""
        concerned = [(signs[cell], added, taken) for cell, added, taken, _ in self._rows if cell in signs]
        given = sum([1 << row[0] for row in self._rows])
        reached = sum([1 << cell for cell in signs])
        for _, added, taken in concerned:
            reached |= added | taken
        for cell in bits(reached & self._open & ~given):
            slope = signs.get(cell, 0) + sum([sign * ((taken >> cell & 1) - (added >> cell & 1)) for sign, added, taken in concerned])
            if slope < 0 or (slope > 0 and self._can_fall(cell)):
                return cell, -1 if slope > 0 else 1
        return None

    def _until(self, moving: int, direction: int) -> tuple[int | None, int] | None:
        """Return the row whose cell is in the way of a cell that moves, and how far that can go; no row where it comes to its own end.

        ``None`` where nothing is in its way.
        """
        limits: list[tuple[int, int, int | None]] = []
        if direction < 0 and self.bounded >> moving & 1:
            limits.append((self._values[moving], moving, None))
        for at, (cell, added, taken, _) in enumerate(self._rows):
            if (added | taken) >> moving & 1:
                falls = (added >> moving & 1) == (direction > 0)
                if not self._open >> cell & 1:
                    limits.append((0, cell, at))
                elif falls and self.bounded >> cell & 1:
                    limits.append((self._values[cell], cell, at))
        if not limits:
            return None
        change, _, row = min(limits, key=lambda limit: limit[:2])
        return row, change
