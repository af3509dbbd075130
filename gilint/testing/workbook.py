"""Puts a draft on the sheets of a workbook; what the writers of XLSX and ODS have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field, frozen

from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, Sheet

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_NOT_IN_NAMES = re.compile(r"[\\/?*\[\]:']")
_LONGEST_NAME = 31
"""What Excel allows."""
_GAP = 1
"""Blank rows after a table."""


@frozen
class Entry:
    """A cell of a sheet; row and column are counted from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    role: Role | None = None
    """What it is in its table; ``None`` for words outside of tables."""

    @property
    def number(self) -> str | None:
        """The number that it holds, where it is printed plainly."""
        return self.text if self.role in (Role.VALUE, Role.FILLER) and _PLAIN.fullmatch(self.text) else None


@frozen
class Leaf:
    """One sheet of a workbook."""

    name: str
    entries: tuple[Entry, ...]


@define
class _Filling:
    """A sheet while it is filled from top to bottom."""

    name: str
    width: int
    entries: list[Entry] = field(factory=list)
    row: int = 0

    def words(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.entries.append(Entry(text, self.row, 0, columns=self.width))
            self.row += 1

    def table(self, sheet: Sheet) -> None:
        self.words(sheet.above)
        for line in sheet.placed():
            for cell in line:
                self.entries.append(Entry(cell.cell.text, self.row + cell.row, cell.column, cell.rows, cell.columns, cell.cell.role))
        self.row += len(sheet.rows)
        self.words(sheet.below)


def fill(draft: Draft, *, apart: bool = False) -> tuple[Leaf, ...]:
    """Put a draft on one sheet, or every section on a sheet of its own.

    Args:
        draft: the report.
        apart: whether sections have sheets of their own, with the section's name.
    """
    width = max((sheet.width for sheet in draft.sheets), default=8)
    filling = _Filling("Sheet1" if not apart else "封面", width)
    leaves = [filling]
    filling.words((draft.title, *draft.head))
    for number, part in enumerate(draft.parts, 1):
        if apart:
            name = _NOT_IN_NAMES.sub("", part.heading)[:_LONGEST_NAME] or f"Sheet{number}"
            filling = _Filling(name if name not in {leaf.name for leaf in leaves} else f"Sheet{number}", width)
            leaves.append(filling)
        filling.words(([part.heading] if part.heading else []) + list(part.paragraphs))
        for sheet in (*part.foreign, *part.sheets):
            filling.table(sheet)
            filling.row += _GAP
    filling.words(draft.tail)
    return tuple(Leaf(leaf.name, tuple(leaf.entries)) for leaf in leaves)
