"""The equations of a table as systems over the cells whose number is known: one for each part of the table that has nothing to do with the others.

Cells without a number may take any. They are eliminated: one equation gives the number of such a cell, the others are rid of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from math import gcd
from operator import or_

from attrs import frozen

from gilint.plans import Plan
from gilint.repairing.search import System, bits

Row = dict[int, int]
"""Of one equation: position of a cell to its coefficient."""


@frozen(eq=False)
class Part:
    """Equations of a table that share cells with each other, and with no others."""

    system: System
    """Its cells are counted from 0."""
    cells: tuple[int, ...]
    """For each cell of the system its position in the plan; also those that are in no equation any more."""
    blanks: tuple[int, ...]
    """The positions in the plan of its cells without a number."""
    laws: tuple[tuple[tuple[int, int], ...], ...]
    """The equations of the plan in this part: positions and coefficients."""
    origins: tuple[int, ...]
    """For each equation of the system those of the plan of which it is made, as bits."""
    equations: int
    """The equations of the plan in this part, as bits: also those that only give the number of a cell that had none."""
    numbers: tuple[int, ...]
    """The numbers of these in the plan, in the order of `laws`."""
    rows: tuple[tuple[tuple[int, int], ...], ...]
    """For each equation of the system positions in the plan and coefficients."""

    def residuals(self, values: Sequence[int | None], among: int = -1) -> list[int]:
        """Return what each equation comes to, which should be nothing; only those made of equations ``among`` these, as bits, can be violated."""
        return [
            sum([coefficient * (values[at] or 0) for at, coefficient in row]) if origin & among else 0
            for row, origin in zip(self.rows, self.origins, strict=True)
        ]


@lru_cache(maxsize=32)
def parts_of(plan: Plan, unknown: frozenset[int]) -> tuple[Part, ...]:
    """Return the parts of a table in the order of the form, rid of the cells at the ``unknown`` positions."""
    return tuple(_part(group, unknown) for group in _groups([(row, 1 << number) for number, row in enumerate(_rows(plan))]))


def _rows(plan: Plan) -> Iterator[Row]:
    for positions, minus in zip(plan.positions, plan.parts, strict=True):
        row: Row = {}
        for place, cell in enumerate(positions):
            row[cell] = row.get(cell, 0) + (1 if 0 < place < minus else -1)
        yield {cell: coefficient for cell, coefficient in row.items() if coefficient}


def _rid(rows: list[tuple[Row, int]], cell: int) -> list[tuple[Row, int]]:
    """Give up the shortest equation that holds a cell, and take the cell out of the others by it."""
    holding = [row for row in rows if cell in row[0]]
    if not holding:
        return rows
    # A coefficient other than 1 and -1 would ask for whole numbers that are divisible.
    pivot = min(holding, key=lambda row: (abs(row[0][cell]), len(row[0])))
    return [_without(row, pivot, cell) if cell in row[0] else row for row in rows if row is not pivot]


def _without(row: tuple[Row, int], pivot: tuple[Row, int], cell: int) -> tuple[Row, int]:
    factor, other = pivot[0][cell], row[0][cell]
    summed = {key: row[0].get(key, 0) * factor - pivot[0].get(key, 0) * other for key in {**row[0], **pivot[0]}}
    divisor = gcd(*summed.values()) or 1
    return {key: number // divisor for key, number in summed.items() if number}, row[1] | pivot[1]


def _groups(rows: list[tuple[Row, int]]) -> Iterator[list[tuple[Row, int]]]:
    """Yield the equations that hang together by their cells."""
    waiting = [(sum(1 << cell for cell in row), row, origin) for row, origin in rows]
    while waiting:
        cells, group = waiting[0][0], []
        while near := [each for each in waiting if each[0] & cells]:
            group += near
            waiting = [each for each in waiting if not each[0] & cells]
            for mask, _, _ in near:
                cells |= mask
        yield sorted([(row, origin) for _, row, origin in group], key=lambda row: row[1] & -row[1])


def _part(rows: list[tuple[Row, int]], unknown: frozenset[int]) -> Part:
    equations = reduce(or_, (origin for _, origin in rows))
    laws = tuple(tuple(row.items()) for row, _ in rows)
    inside = sorted({cell for row, _ in rows for cell in row})
    for cell in (cell for cell in inside if cell in unknown):
        rows = _rid(rows, cell)
    rows = [row for row in rows if row[0]]
    cells = tuple(cell for cell in inside if cell not in unknown)
    blanks = tuple(cell for cell in inside if cell in unknown)
    columns = [{number: row[cell] for number, (row, _) in enumerate(rows) if cell in row} for cell in cells]
    taken = tuple(tuple(row.items()) for row, _ in rows)
    system, origins = System.of(columns, len(rows)), tuple(origin for _, origin in rows)
    return Part(system, cells, blanks, laws, origins, equations, tuple(bits(equations)), taken)
