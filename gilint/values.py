"""From what is printed in a cell to a number, a blank or a text."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from gilint.form import ValueKind


class CellState(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    BLANK = "blank"
    """There, but nothing in it, or a dash, or 无."""
    TEXT = "text"
    """There, but not a number."""
    MISSING = "missing"
    """The edition has it, the document does not."""


@frozen
class Value:
    """A cell's text, read."""

    state: CellState
    value: int | Decimal | None = None
    unit: str | None = None


def read_value(raw: str, kind: ValueKind) -> Value:
    """Read what is printed in a cell of a column of ``kind``.

    Counts and changes are `int` (a fraction, which cannot be, is a `Decimal`); amounts are `Decimal` in 万元, whatever
    unit the cell states.
    """
    raise NotImplementedError


def looks_like_number(raw: str) -> bool:
    """Say whether a cell text is a number in any of the ways in which they are written, and nothing else but a unit or a remark in brackets."""
    raise NotImplementedError


def looks_blank(raw: str) -> bool:
    """Say whether a cell text is nothing: spaces, a dash, a slash, 无."""
    raise NotImplementedError
