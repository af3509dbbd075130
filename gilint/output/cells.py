"""Cells in words: how they are called, and what a table shows in them."""

from __future__ import annotations

from gilint.masking import shown_raw
from gilint.model import Cell, Report
from gilint.output.words import Words, shorten
from gilint.place import CellRef
from gilint.rule import label
from gilint.values import CellState

SHOWN_RAW = 60
"""Characters of a cell's text that a table shows."""


def say_cell(report: Report, ref: CellRef, words: Words) -> str:
    """Name a cell as a message does; a cell that the form does not have by its names."""
    try:
        return label(report, ref).in_language(words.language)
    except KeyError:
        return ".".join(ref)


def show_cell(cell: Cell, words: Words, *, personal: bool = False) -> tuple[str, str]:
    """Return what a table shows in a cell, and what was printed where that differs; personal data only where they are asked for."""
    printed = cell.raw if personal else shown_raw(cell)
    if cell.state is CellState.NUMBER:
        number = say_number(cell)
        raw = shorten(printed, SHOWN_RAW)
        return number, "" if raw in ("", number) else raw
    if cell.state is CellState.TEXT:
        return shorten(printed, SHOWN_RAW) or words.short_state(cell.state), ""
    return words.short_state(cell.state), ""


def say_number(cell: Cell) -> str:
    """Return the number of a cell without exponent."""
    return format(cell.value, "f") if cell.value is not None and not isinstance(cell.value, int) else str(cell.value)
