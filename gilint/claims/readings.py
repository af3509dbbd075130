"""From the readings that a vocabulary names to the cells of an edition."""

from __future__ import annotations

from functools import lru_cache

from gilint.claims.model import Reading
from gilint.claims.vocabulary import Statement
from gilint.form import Form
from gilint.place import CellRef

_LONGEST = 200
"""Cells of one reading; every table of the official forms has fewer."""


@lru_cache(maxsize=2000)
def readings_of(form: Form, statement: Statement, columns: tuple[str, ...] = ()) -> tuple[Reading, ...]:
    """Return the readings of a statement whose cells the edition has, with other columns instead of the total where some are given."""
    found = [reading for text in statement.readings if (reading := _cells(form, text, columns))]
    return tuple(dict.fromkeys(found))


def _cells(form: Form, text: str, columns: tuple[str, ...]) -> Reading:
    cells: list[CellRef] = []
    for name in text.split("+"):
        table, _, rest = name.strip().partition(".")
        row, _, column = rest.rpartition(".")
        wanted = columns or (column,)
        found = [CellRef(*key) for key in form.keys if key[0] == table and key[2] in wanted and (key[1] == row or _is_under(key[1], row))]
        if len(found) < len(wanted) or len(found) > _LONGEST:
            return ()
        cells += found
    return tuple(cells)


def _is_under(row: str, pattern: str) -> bool:
    return pattern.endswith("*") and row.startswith(pattern[:-1])


def sums(parts: list[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """Return the readings of several statements added up; of each at most the two likeliest."""
    summed: list[Reading] = [()]
    for readings in parts:
        summed = [(*before, *reading) for before in summed for reading in readings[:2]]
        if len(summed) > 32:
            return ()
    return tuple(summed)
