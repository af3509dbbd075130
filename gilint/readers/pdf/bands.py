"""Rows of a table without lines as bands across it: what stands in one cell is a stack of lines, and all stacks of a row have one middle, top or bottom.

Between two rows no text crosses, so that the free heights between lines are where rows can end. Which of them do, all columns tell together: their stacks fit
into one band, each label has one number, a figure is broken only where its column leaves no room.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from attrs import define, field

from gilint.readers.pdf.columns import begins_figure
from gilint.readers.pdf.labels import BEGINS, Piece
from gilint.readers.pdf.separators import Separators

LABEL = -1
"""The column of labels."""
_OVERLAP = 0.25
"""Share of its height by which a line must stand beside another one to be of the same row for certain."""
_MOST_LINES = 14
"""Lines of one row."""
_APART = 2.2
"""Heights of a line between two lines of one cell at most."""
_NEAR = 0.6
"""The same that costs nothing."""
_LITTLE = 0.12
"""Heights of a line by which what stands at one height can be off: figures are not as high as Chinese characters."""
# What is odd about a row, in heights of a line that its cells would be off each other.
_NO_LABEL = 3.0
"""No label, where the table has any."""
_NO_FIGURE = 0.5
"""A label alone."""
_BLANK = 0.2
"""A column without a figure."""
_RARELY = 0.05
"""The same where labels have no numbers, so that nothing else keeps two rows apart whose figures are in different columns."""
_LINE = 0.5
"""Another line of a label, where labels have no numbers."""
_TWO_NUMBERS = 4.0
"""A line of a label that begins with a number and is not its first."""
_NO_NUMBER = 1.0
"""A label without a number, where others have one."""
_BROKEN = 0.3
"""A figure that goes on below."""
_BROKEN_WITH_ROOM = 3.0
"""The same where its column is wide enough."""
_RULED = 6.0
"""A drawn line through the row."""
_UNRULED = 4.0
"""None below it, where there is one below nearly every row."""
_BRACKETS = str.maketrans("（）〔〕[]", "()()()")
_NEVER = float("inf")
_SURE = 1.0
"""By so much the next best way to cut the table must be worse."""
_FAR = 20.0
"""What costs more is no row, nor is it with further lines."""
_ODD = 3.4
"""What a row costs that is nothing like one."""


_Costs = dict[tuple[int, int], float]
"""From the first atom of a row and the one after its last to what it costs."""


@define
class Band:
    """A row: what stands in its cells."""

    columns: dict[int, list[Piece]]
    """The lines in each column of figures, from top to bottom."""
    label: list[Piece]
    doubtful: bool
    """Whether there is another way to cut the table here that is hardly worse, or none that is good."""


@define(eq=False)
class _Atom:
    """Lines beside each other, which are of one row for certain."""

    top: float
    bottom: float
    pieces: list[tuple[int, Piece]] = field(factory=list)


def bands_of(figures: Sequence[Sequence[Piece]], labels: Sequence[Piece], separators: Separators, room: Sequence[float]) -> list[Band]:
    """Return the rows of a table from top to bottom.

    Args:
        figures: what stands in each column.
        labels: the lines of labels beside them, without those of groups.
        separators: lines that are drawn across the table.
        room: how wide each column is at least: a figure that fits is not broken.
    """
    pieces = [(LABEL, piece) for piece in labels] + [(at, piece) for at, column in enumerate(figures) for piece in column]
    atoms = _atoms(pieces)
    if not any(figures):
        return []
    cutter = _Cutter.of(atoms, figures, labels, separators, room)
    bands = min((_Cut.of(costs, len(atoms)) for costs in cutter.costs()), key=lambda cut: cut.cost).bands(atoms)
    for at, band in enumerate(bands):
        if labels and not band.label:
            # Its figures may be those of the row above or of the one below.
            for near in bands[max(at - 1, 0) : at + 2]:
                near.doubtful = True
    return bands


def _atoms(pieces: list[tuple[int, Piece]]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for column, piece in sorted(pieces, key=lambda item: (-item[1].box[3], item[0])):
        _, bottom, _, top = piece.box
        if atoms and top - atoms[-1].bottom > _OVERLAP * (top - bottom):
            atoms[-1].bottom = min(atoms[-1].bottom, bottom)
            atoms[-1].pieces.append((column, piece))
        else:
            atoms.append(_Atom(top, bottom, [(column, piece)]))
    return atoms


@define
class _Cutter:
    """Knows what each row costs that there can be."""

    atoms: list[_Atom]
    height: float
    """Of a line."""
    room: list[float]
    """How wide each column is at least."""
    columns: int
    """Those with anything in them."""
    labelled: bool
    """Whether there are labels."""
    numbered: bool
    """Whether labels have numbers."""
    ruled: list[bool]
    """Whether a line is drawn below each of the atoms."""
    everywhere: bool
    """Whether a line is drawn below nearly every row."""

    @classmethod
    def of(
        cls, atoms: list[_Atom], figures: Sequence[Sequence[Piece]], labels: Sequence[Piece], separators: Separators, room: Sequence[float]
    ) -> _Cutter:
        heights = [piece.box[3] - piece.box[1] for column in figures for piece in column]
        room = [max([least, *(piece.box[2] - piece.box[0] for piece in column)]) for least, column in zip(room, figures, strict=True)]
        left = min(piece.box[0] for column in figures for piece in column)
        right = max(piece.box[2] for column in figures for piece in column)
        ruled = []
        for upper, lower in pairwise(atoms):
            ruled.append(separators.between((left, upper.bottom, right, upper.top), (left, lower.bottom, right, lower.top)))
        ruled.append(True)
        return cls(
            atoms,
            median(heights),
            room,
            sum(map(bool, figures)),
            bool(labels),
            any(BEGINS.match(piece.text) for piece in labels),
            ruled,
            separators.everywhere,
        )

    def costs(self) -> tuple[_Costs, _Costs, _Costs]:
        """Return what each row costs that there can be, where the middles of its stacks are at one height, or their tops, or their bottoms."""
        costs: tuple[_Costs, _Costs, _Costs] = {}, {}, {}
        for start in range(len(self.atoms)):
            self._from(start, costs)
        return costs

    def _from(self, start: int, costs: tuple[_Costs, _Costs, _Costs]) -> None:
        """Find what rows cost that begin with a certain atom."""
        cells: dict[int, list[Piece]] = {}
        loose = within = 0.0
        top = self.atoms[start].top
        bottom = self.atoms[start].bottom
        for end in range(start, min(start + _MOST_LINES, len(self.atoms))):
            atom = self.atoms[end]
            if end > start and self.ruled[end - 1]:
                within += _RULED
            bottom = min(bottom, atom.bottom)
            top = max(top, atom.top)
            for column, piece in sorted(atom.pieces, key=lambda item: -item[1].middle):
                stack = cells.setdefault(column, [])
                if stack:
                    gap = (stack[-1].box[1] - piece.box[3]) / self.height
                    if gap > _APART:
                        if end > start:
                            return
                        within += _FAR
                    loose += max(gap - _NEAR, 0.0) / 2
                    within += self._join(column, stack, piece)
                stack.append(piece)
            cost = loose + within + self._lacks(start, cells)
            if self.everywhere and not self.ruled[end]:
                cost += _UNRULED
            for known, off in zip(costs, self._off(cells, top, bottom), strict=True):
                known[start, end + 1] = cost + off
            if within > _FAR:
                return

    def _join(self, column: int, stack: list[Piece], piece: Piece) -> float:
        if column == LABEL:
            if BEGINS.match(piece.text):
                return _TWO_NUMBERS
            return 0.0 if self.numbered else _LINE
        text = "".join(each.text for each in stack).translate(_BRACKETS)
        if text.count("(") > text.count(")") or not begins_figure(piece.text):
            return 0.0
        above = stack[-1]
        width = above.box[2] - above.box[0]
        width += width / len(above.text)
        return _BROKEN if len(above.text) > 1 and width > self.room[column] - 0.1 * self.height else _BROKEN_WITH_ROOM

    def _off(self, cells: dict[int, list[Piece]], top: float, bottom: float) -> tuple[float, float, float]:
        """Return by how much the middles, the tops and the bottoms of stacks are off each other."""
        middle_off = top_off = bottom_off = 0.0
        little = _LITTLE * self.height
        both = top + bottom
        for stack in cells.values():
            high, low = stack[0].box[3], stack[-1].box[1]
            middle_off += max(abs(high + low - both) / 2 - little, 0.0)
            top_off += max(top - high - little, 0.0)
            bottom_off += max(low - bottom - little, 0.0)
        return middle_off / self.height, top_off / self.height, bottom_off / self.height

    def _lacks(self, start: int, cells: dict[int, list[Piece]]) -> float:
        label = cells.get(LABEL)
        cost = (_BLANK if self.numbered or not self.labelled else _RARELY) * (self.columns - len(cells) + (label is not None))
        if not label:
            return cost + (_NO_LABEL if self.labelled else 0.0)
        if len(cells) == 1:
            cost += _NO_FIGURE
        if self.numbered and start and not BEGINS.match(label[0].text):
            cost += _NO_NUMBER
        return cost


@define
class _Cut:
    """The cheapest way to cut a table."""

    costs: _Costs
    before: list[float]
    """What the atoms before each place cost at least."""
    after: list[float]
    came: list[int]
    """Where the row begins that ends before each place."""
    rows: list[list[tuple[int, float]]]
    """Where the rows end that can begin with each atom, and what they cost."""

    @classmethod
    def of(cls, costs: _Costs, count: int) -> _Cut:
        before, after = [0.0] + [_NEVER] * count, [_NEVER] * count + [0.0]
        came = [0] * (count + 1)
        rows: list[list[tuple[int, float]]] = [[] for _ in range(count)]
        for (start, end), cost in costs.items():
            rows[start].append((end, cost))
            if before[start] + cost < before[end]:
                before[end], came[end] = before[start] + cost, start
        for (start, end), cost in reversed(costs.items()):
            after[start] = min(after[start], cost + after[end])
        return cls(costs, before, after, came, rows)

    @property
    def cost(self) -> float:
        return self.before[-1]

    def bands(self, atoms: Sequence[_Atom]) -> list[Band]:
        bands: list[Band] = []
        end = len(atoms)
        while end:
            start = self.came[end]
            cells: dict[int, list[Piece]] = {}
            for column, piece in sorted((item for atom in atoms[start:end] for item in atom.pieces), key=lambda item: -item[1].middle):
                cells.setdefault(column, []).append(piece)
            label = cells.pop(LABEL, [])
            bands.append(Band(dict(sorted(cells.items())), label, self._is_doubtful(start, end)))
            end = start
        return bands[::-1]

    def _is_doubtful(self, start: int, end: int) -> bool:
        if self.costs[start, end] > _ODD:
            return True
        limit = self.cost + _SURE
        # Rows that begin further above end above.
        return any(
            self.before[first] + cost + self.after[last] < limit
            for first in range(max(start - _MOST_LINES, 0), end)
            for last, cost in self.rows[first]
            if last > start and (first, last) != (start, end)
        )
