"""Consistent figures for any form: every equation holds, and no value is one that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from random import Random
from typing import Literal

from gilint.errors import FormError
from gilint.form import CellKey, Form, ValueKind
from gilint.language import Text
from gilint.plans import Equation, equations_of

Number = int | Decimal
Figures = dict[CellKey, Number]
"""Cell key to number; amounts in 万元."""
Scale = Literal["quiet", "usual", "busy"]
SCALES: tuple[Scale, ...] = ("quiet", "usual", "busy")


def holds(equation: Equation, figures: Mapping[CellKey, Number]) -> bool:
    """Say whether figures satisfy an equation."""
    left = figures[equation.cells[0]] + sum(figures[key] for key in equation.minus)
    return left == sum(figures[key] for key in equation.plus)


def complete(form: Form, known: Mapping[CellKey, Number]) -> Figures:
    """Return figures for every cell: the ``known`` ones, totals as their equations give them, everything else 0.

    Of an equation with a ``minus`` side, the first ``plus`` cell that nothing else gives takes up the difference, or else its total.

    Raises:
        FormError: the known figures leave no way to satisfy the equations without negative counts.
    """
    defined, balances = _sort_equations(form)
    figures: Figures = {key: number for key, number in known.items() if key not in defined}
    for balance in balances:
        free = [key for key in balance.plus if key not in defined and key not in known]
        total = balance.cells[0]
        if not free:
            if total not in defined and total not in known:
                figures[total] = sum(_total(key, defined, figures) for key in balance.plus)
                figures[total] -= sum(_total(key, defined, figures) for key in balance.minus)
            continue
        owed = _total(total, defined, figures) + sum(_total(key, defined, figures) for key in balance.minus)
        figures[free[0]] = owed - sum(_total(key, defined, figures) for key in balance.plus if key != free[0])
    whole = {key: _total(key, defined, figures) for key in form.keys}
    broken = [equation.cells[0] for equation in equations_of(form) if not holds(equation, whole)]
    kinds = _kinds(form)
    negative = [key for key, number in whole.items() if number < 0 and kinds[key] is not ValueKind.CHANGE]
    if broken or negative:
        cells = sorted({".".join(key) for key in (*broken, *negative)})
        raise FormError(
            Text("{form} {edition} 得不到一致的数：{cells}", "no consistent figures for {form} {edition}: {cells}").filled(
                form=form.id, edition=form.edition, cells=cells
            )
        )
    return whole


def sample_figures(form: Form, random: Random | int = 0, *, scale: Scale | None = None, makes_regulations: bool = False) -> Figures:
    """Return figures for every cell of ``form`` that satisfy all its equations and are all possible.

    Args:
        form: any form whose equations can be satisfied by counts, also a plugin's.
        random: the source of chance, or a seed for one.
        scale: how busy the organ is; by chance when not given. Zeros are frequent at any scale, as in life.
        makes_regulations: whether the organ has the power to make 规章; they are 0 when not.

    Raises:
        FormError: the equations of the form cannot be satisfied this way.
    """
    random = Random(random) if isinstance(random, int) else random
    busy = random.choice(SCALES) if scale is None else scale
    defined, balances = _sort_equations(form)
    kinds = _kinds(form)
    figures: Figures = {}
    for table in form.tables:
        for row in table.rows:
            keys = [(table.name, row.name, column) for column in row.columns]
            if row.name == "regulations" and not makes_regulations:
                figures.update(dict.fromkeys(keys, 0))
            elif (drawn := _draw_row(row.columns, random, busy)) is not None:
                figures.update(zip(keys, drawn, strict=True))
            else:
                figures.update({key: _draw(kinds[key], random, busy) for key in keys if key not in defined})
    for balance in balances:
        _balance(balance, defined, figures, random)
    return complete(form, figures)


def _balance(balance: Equation, defined: Mapping[CellKey, Equation], figures: Figures, random: Random) -> None:
    """Share what one side of a balance comes to among the cells of the other side that nothing else gives."""
    free = [key for key in balance.plus if key not in defined]
    if not free:
        return
    owed = _total(balance.cells[0], defined, figures) + sum(_total(key, defined, figures) for key in balance.minus)
    owed -= sum(_total(key, defined, figures) for key in balance.plus if key in defined)
    for key in free[1:]:
        figures[key] = share = random.randint(0, int(owed)) if owed > 0 and random.random() < 0.3 else 0
        owed -= share
    figures[free[0]] = owed


def _sort_equations(form: Form) -> tuple[dict[CellKey, Equation], list[Equation]]:
    """Tell the equations that define a total from the ones that balance cells against each other.

    A corner total is defined twice, along its row and its column; the first definition serves, the other follows from it.
    """
    defined: dict[CellKey, Equation] = {}
    balances = []
    for equation in equations_of(form):
        if equation.minus:
            balances.append(equation)
        else:
            defined.setdefault(equation.cells[0], equation)
    for balance in balances:
        if all(key not in defined for key in (balance.cells[0], *balance.minus)) and any(key in defined for key in balance.plus):
            defined[balance.cells[0]] = balance
    return defined, balances


def _total(key: CellKey, defined: Mapping[CellKey, Equation], figures: Mapping[CellKey, Number], depth: int = 0) -> Number:
    equation = defined.get(key)
    if equation is None:
        return figures.get(key, 0)
    if depth > len(defined):
        raise FormError(Text("等式用 {cell} 自身来定义它", "the equations define {cell} by itself").filled(cell=".".join(key)))
    plus = sum(_total(part, defined, figures, depth + 1) for part in equation.plus)
    return plus - sum(_total(part, defined, figures, depth + 1) for part in equation.minus)


def _kinds(form: Form) -> dict[CellKey, ValueKind]:
    return {key: table.column(key[2]).kind for table in form.tables for key in table.keys}


def _draw(kind: ValueKind, random: Random, scale: Scale) -> Number:
    most = {"quiet": 3, "usual": 40, "busy": 2500}[scale]
    if random.random() < {"quiet": 0.95, "usual": 0.75, "busy": 0.45}[scale]:
        return 0
    number = random.randint(1, most if random.random() < 0.2 else min(most, 9))
    if kind is ValueKind.AMOUNT:
        return _draw_amount(random)
    return -number if kind is ValueKind.CHANGE and random.random() < 0.5 else number


def _draw_count(random: Random, scale: Scale) -> int:
    return int(_draw(ValueKind.COUNT, random, scale))


def _draw_amount(random: Random) -> Number:
    digits = random.choice((0, 1, 2, 2, 4, 6))
    units = random.randint(1, 5_000_000)
    return Decimal(units).scaleb(-digits) if digits else units % 5000 + 1


def _draw_row(columns: Iterable[str], random: Random, scale: Scale) -> tuple[Number, ...] | None:
    """Draw the rows of section two whose columns depend on each other without an equation; ``None`` for any other row."""
    names = tuple(columns)
    count = partial(_draw_count, random, scale)
    if names == ("made", "published", "public_total"):
        made, more, earlier = count(), count(), count()
        return made, made + more, made + more + earlier
    if names == ("issued", "repealed", "in_force"):
        issued, repealed, others = count(), count(), count()
        return issued, repealed, max(issued - repealed, 0) + others
    if names[:2] == ("previous_items", "change"):
        previous, change = count(), int(_draw(ValueKind.CHANGE, random, scale))
        change = max(change, -previous)
        decisions = count() if previous + change else 0
        return (previous, change, decisions)[: len(names)]
    if names == ("projects", "amount"):
        projects = count()
        return projects, _draw_amount(random) if projects else 0
    return None
