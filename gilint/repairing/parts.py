"""The equations of a table as systems over the cells whose number is known: one for each part of the table that has nothing to do with the others.

Cells without a number may take any. They are eliminated: one equation gives the number of such a cell, the others are rid of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import gcd

from attrs import frozen

from gilint.plans import Plan
from gilint.repairing.search import System

Row = dict[int, int]
"""Of one equation: position of a cell to its coefficient."""


@frozen(eq=False)
class Part:
    """Equations of a table that share cells with each other, and with no others."""

    system: System
    """Its cells are counted from 0."""
    cells: tuple[int, ...]
    """For each cell of the system its position in the plan."""
    origins: tuple[int, ...]
    """For each equation of the system those of the plan of which it is made, as bits."""

    def residuals(self, values: Sequence[int | None]) -> list[int]:
        """Return what each equation comes to, which should be nothing."""
        sums = [0] * len(self.origins)
        for cell, column in zip(self.cells, self.system.columns, strict=True):
            if value := values[cell]:
                for equation, coefficient in column.items():
                    sums[equation] += coefficient * value
        return sums


@lru_cache(maxsize=32)
def parts_of(plan: Plan, unknown: frozenset[int]) -> tuple[Part, ...]:
    """Return the parts of a table in the order of the form, rid of the cells at the ``unknown`` positions."""
    rows: list[tuple[Row, int]] = [(row, 1 << number) for number, row in enumerate(_rows(plan))]
    for cell in sorted(unknown):
        rows = _rid(rows, cell)
    return tuple(_part(group) for group in _groups([row for row in rows if row[0]]))


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


def _part(rows: list[tuple[Row, int]]) -> Part:
    cells = tuple(sorted({cell for row, _ in rows for cell in row}))
    columns = [{number: row[cell] for number, (row, _) in enumerate(rows) if cell in row} for cell in cells]
    return Part(System.of(columns, len(rows)), cells, tuple(origin for _, origin in rows))
