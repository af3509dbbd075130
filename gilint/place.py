"""Where something stands: in the source document, and in a form."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

from attrs import field, frozen

from gilint.data import Data
from gilint.errors import UsageError
from gilint.language import Text

_NOT_A_CELL = Text(
    "单元格应写作（表, 行, 列）三个名称，或“表.行.列”，如 applications.granted.total；不能是 {key}",
    "a cell is named (table, row, column), three strings, or “table.row.column”, as in applications.granted.total; not {key}",
)


class CellRef(NamedTuple):
    """Names one cell of a form."""

    table: str
    row: str
    column: str

    @classmethod
    def named(cls, key: Any) -> Self:
        """Take what a caller names a cell by: three names, or ``table.row.column``; the name of a row may have dots in it.

        Raises:
            UsageError: it is not three names.
        """
        if isinstance(key, str) and key.count(".") > 1:
            table, _, rest = key.partition(".")
            row, _, column = rest.rpartition(".")
            return cls(table, row, column)
        if isinstance(key, tuple) and len(key) == 3 and all(isinstance(name, str) for name in key):
            return cls(*key)
        raise UsageError(_NOT_A_CELL.filled(key=repr(key)))


@frozen(eq=False, repr=False)
class Place(Data):
    """Where something stands in a source document; what does not apply is ``None``.

    Lines, columns, tables, rows and cells are counted from 1.
    """

    line: int | None = None
    column: int | None = None
    """Character within the line."""
    table: int | None = None
    """Which table of the document."""
    row: int | None = None
    """Which row within that table, as stored (rows covered by a span are not counted twice)."""
    cell: int | None = None
    """Which cell within that row, as stored."""
    paragraph: int | None = None
    """Which paragraph outside of tables."""
    sheet: str | None = field(default=None, kw_only=True)
    """The name of the sheet of a workbook."""
    address: str | None = field(default=None, kw_only=True)
    """The cell of that sheet, ``C7``; of merged cells the upper left one."""
    page: int | None = field(default=None, kw_only=True)
    """Which page of a document with fixed pages (PDF)."""
    box: tuple[float, float, float, float] | None = field(default=None, kw_only=True)
    """Left, bottom, right and top on that page, in points (1/72 inch) from its lower left corner, as PDF has it."""

    def is_beside(self, other: Place) -> bool:
        """Say whether something stands in the same line, paragraph or cell."""
        own = (self.line, self.table, self.row, self.cell, self.paragraph, self.sheet, self.address, self.page)
        return own == (other.line, other.table, other.row, other.cell, other.paragraph, other.sheet, other.address, other.page)
