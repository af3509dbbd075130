"""The equations of a form, compiled once for all its reports: operands as positions in a flat list of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from attrs import frozen

from gilint.form import EquationSpec, Form, TableSpec, ValueKind
from gilint.language import Text
from gilint.model import Cell
from gilint.place import CellRef

Number = int | Decimal
Values = tuple[Number | None, ...]


_NO_FORM = Text(
    "应为 Form，如 report.form，或 gilint.load_registry().forms 中的一个，不能是 {given}",
    "must be a Form, as report.form is, or one of gilint.load_registry().forms, not {given}",
)


@frozen(eq=False, repr=False)
class Equation:
    """One equation: *total = sum of plus - sum of minus*."""

    spec: EquationSpec
    table: str
    line: str
    """Name of the row or column for which it stands."""
    cells: tuple[CellRef, ...]
    """Every operand: the total, then what is added, then what is taken away."""

    @property
    def plus(self) -> tuple[CellRef, ...]:
        """The cells that are added."""
        return self.cells[1 : 1 + len(self.spec.plus)]

    @property
    def minus(self) -> tuple[CellRef, ...]:
        """The cells that are taken away."""
        return self.cells[1 + len(self.spec.plus) :]


Take = Callable[[Sequence[Any]], Sequence[Any]]
"""Takes the numbers at certain positions out of the list of values."""
Sides = tuple[Take, int, Take | None]
"""Of one equation: what is added, the position of the total, and what is taken away, if anything."""


@frozen(eq=False, repr=False)
class Plan:
    """The equations of one table, compiled to positions in a flat list of values."""

    table: str
    keys: tuple[tuple[str, str], ...]
    """The cells that stand in any equation, in the order of the form."""
    cells: Callable[[Mapping[tuple[str, str], Cell]], tuple[Cell, ...]]
    """Takes the cells of `keys` out of a table."""
    bounded: tuple[bool, ...]
    """Per position: the cell cannot be negative."""
    whole: tuple[bool, ...]
    """Per position: the cell is an integer."""
    equations: tuple[Equation, ...]
    positions: tuple[tuple[int, ...], ...]
    getters: tuple[Callable[[Sequence[Any]], Values], ...]
    parts: tuple[int, ...]
    """Per equation: where in its values those begin that are taken away."""
    sides: tuple[Sides, ...]


@lru_cache(maxsize=64)
def equations_of(form: Form) -> tuple[Equation, ...]:
    """Return every equation of a form, one for each line of a table that has all the cells it names.

    Raises:
        TypeError: ``form`` is none.
    """
    if not isinstance(form, Form):
        raise TypeError(str(_NO_FORM.filled(given=repr(form)[:80])))
    return tuple(equation for plan in plans(form) for equation in plan.equations)


@lru_cache(maxsize=64)
def plans(form: Form) -> tuple[Plan, ...]:
    """Return the plan of each table that has equations, in the order of the form."""
    tables = [(table, [equation for spec in table.equations for equation in _instances(table, spec)]) for table in form.tables]
    return tuple(_compile(table, equations) for table, equations in tables if equations)


def _compile(table: TableSpec, equations: Sequence[Equation]) -> Plan:
    operands = {cell for equation in equations for cell in equation.cells}
    keys = tuple(name for key, name in zip(table.keys, table.names, strict=True) if key in operands)
    index = {key: position for position, key in enumerate(keys)}
    kinds = [table.column(column).kind for _, column in keys]
    positions = tuple(tuple(index[cell.row, cell.column] for cell in equation.cells) for equation in equations)
    parts = tuple(1 + len(equation.spec.plus) for equation in equations)
    return Plan(
        table=table.name,
        keys=keys,
        cells=itemgetter(*keys),
        bounded=tuple(kind is not ValueKind.CHANGE for kind in kinds),
        whole=tuple(kind is not ValueKind.AMOUNT for kind in kinds),
        equations=tuple(equations),
        positions=positions,
        getters=tuple(itemgetter(*places) for places in positions),
        parts=parts,
        sides=tuple(
            (_taking(places[1:part]), places[0], _taking(places[part:]) if places[part:] else None)
            for places, part in zip(positions, parts, strict=True)
        ),
    )


def _taking(places: Sequence[int]) -> Take:
    """Return what takes the values at some places out of a list."""
    step = places[1] - places[0] if len(places) > 1 else 1
    run = range(places[0], places[-1] + 1, step) if step > 0 else range(0)
    # A slice is taken out faster; and `itemgetter` of one place would not give a sequence.
    return itemgetter(slice(run.start, run.stop, step)) if tuple(run) == tuple(places) else itemgetter(*places)


def _instances(table: TableSpec, spec: EquationSpec) -> Iterator[Equation]:
    names = (spec.total, *spec.plus, *spec.minus)
    if spec.along == "row":
        for row in table.rows:
            if set(names) <= set(row.columns):
                yield Equation(spec, table.name, row.name, tuple(CellRef(table.name, row.name, name) for name in names))
        return
    shared = [set(table.row(name).columns) for name in names]
    for column in table.columns:
        if all(column.name in columns for columns in shared):
            yield Equation(spec, table.name, column.name, tuple(CellRef(table.name, name, column.name) for name in names))
