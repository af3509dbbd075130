"""Which cells of a result are marked: with the number under which their finding or cause is told, and with what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import define

from gilint.finding import Finding, Repair, Result
from gilint.output.causes import Entry, say_number
from gilint.output.parts import Mark
from gilint.place import CellRef

MARKED_CELLS = 12
"""A finding about more cells than these is numbered at its first cell only; the others are shown as involved."""


def marked_cells(finding: Finding) -> tuple[CellRef, ...]:
    """Return the cells of a finding that are wrong, as far as can be told.

    Of a broken equation: those that its best repair changes, or else the total. Of anything else: all, unless they are too many to be numbered.
    """
    if finding.repairs:
        own = set(finding.cells)
        changed = tuple(change.cell for change in finding.repairs[0].changes if change.cell in own)
        return changed or finding.cells[:1]
    if finding.code.startswith("SUM") or len(finding.cells) > MARKED_CELLS:
        return finding.cells[:1]
    return tuple(dict.fromkeys(finding.cells))


@define(eq=False, repr=False)
class Marking:
    """The marks of one result."""

    result: Result
    entries: tuple[Entry, ...]

    @cached_property
    def marks(self) -> dict[CellRef, tuple[Mark, ...]]:
        """The numbers at each cell that is wrong, or that another way out changes."""
        marks: dict[CellRef, list[Mark]] = {}
        for entry in self.entries:
            sure = self.wrong(entry)
            for index, ref in enumerate(sure):
                marks.setdefault(ref, []).append(Mark(entry.number, entry.severity, index == 0))
            for ref in self._possible(entry):
                marks.setdefault(ref, []).append(Mark(entry.number, entry.severity, anchor=False, possible=True))
        return {ref: tuple(found) for ref, found in marks.items()}

    @cached_property
    def involved(self) -> dict[CellRef, tuple[int, ...]]:
        """The numbers of the findings that a cell belongs to without being marked by them."""
        involved: dict[CellRef, list[int]] = {}
        for entry in self.entries:
            marked = {*self.wrong(entry), *self._possible(entry)}
            for ref in dict.fromkeys(ref for at in entry.findings for ref in self.result.findings[at].cells):
                if ref not in marked:
                    involved.setdefault(ref, []).append(entry.number)
        return {ref: tuple(found) for ref, found in involved.items()}

    @cached_property
    def after(self) -> dict[CellRef, str]:
        """What cells should be by the likeliest repairs."""
        return {change.cell: say_number(change) for entry in self.entries if entry.repair for change in entry.repair.changes}

    def wrong(self, entry: Entry) -> tuple[CellRef, ...]:
        """Return the cells of an entry that are wrong, as far as can be told: the likeliest repair changes them."""
        if entry.repair:
            return tuple(_cells([entry.repair]))
        return tuple(dict.fromkeys(ref for at in entry.findings for ref in marked_cells(self.result.findings[at])))

    def _possible(self, entry: Entry) -> tuple[CellRef, ...]:
        if entry.cause is None or entry.repair is None:
            return ()
        sure = set(_cells([entry.repair]))
        possible = tuple(ref for ref in dict.fromkeys(_cells(entry.cause.repairs[1:])) if ref not in sure)
        return possible if len(possible) <= MARKED_CELLS else ()


def _cells(repairs: Iterable[Repair]) -> Iterator[CellRef]:
    return (change.cell for repair in repairs for change in repair.changes)
