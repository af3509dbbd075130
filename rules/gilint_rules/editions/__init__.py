"""TPL: edition and layout. Is it the edition prescribed for the year, and does it keep to its headings, rows and columns?"""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.editions.headings import SectionRenamed, SectionsMisnumbered, SectionsOutOfOrder
from gilint_rules.editions.labels import ColumnRenamed, ColumnsOutOfOrder, ExtraColumn, ExtraRow, RowRenamed, RowsOutOfOrder
from gilint_rules.editions.prescribed import EditionsMixed, EditionYearMismatch


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (
        EditionYearMismatch,
        EditionsMixed,
        SectionsOutOfOrder,
        SectionsMisnumbered,
        SectionRenamed,
        RowRenamed,
        ColumnRenamed,
        RowsOutOfOrder,
        ColumnsOutOfOrder,
        ExtraRow,
        ExtraColumn,
    )
