"""MIS: sections, tables, rows, columns and cells that are missing, rows that stand twice, and blanks.

One finding for one lack: a missing table is not told again as rows, a missing row not as cells.
"""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.missing.blanks import CellsBlank
from gilint_rules.missing.sections import HeadingLost, SectionMissing, TableMissing
from gilint_rules.missing.tables import CellsMissing, ColumnsMissing, RowRepeated, RowsMissing


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (SectionMissing, TableMissing, RowsMissing, ColumnsMissing, CellsMissing, RowRepeated, CellsBlank, HeadingLost)
