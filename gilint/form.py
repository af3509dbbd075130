"""What an edition of an official form looks like, as data: sections, tables, rows, columns, equations.

The descriptions themselves are TOML files (`gilint.forms`); nothing here knows of files or documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal

from attrs import define, field, frozen

from gilint.data import Data, Shown
from gilint.language import Text, with_hint

CellKey = tuple[str, str, str]
"""Table, row and column name of a cell."""


class ValueKind(StrEnum):
    """What a column holds."""

    COUNT = "count"
    """A number of cases or documents (件): a non-negative integer."""
    CHANGE = "change"
    """A difference to the previous year (本年增/减): an integer that may be negative."""
    AMOUNT = "amount"
    """Money, in 万元: an exact decimal."""


def _unknown(message: Text, name: object, known: Iterable[str]) -> KeyError:
    return KeyError(str(with_hint(message, str(name), known)))


@frozen(eq=False, repr=False)
class SectionSpec(Data):
    """One of the sections that a report has."""

    name: str
    """Lower snake case, for example ``overview``."""
    number: int
    """Counted from 1; 一 is 1."""
    label: Text
    """The official heading without its numeral, for example 总体情况."""
    variants: tuple[str, ...] = ()
    """Other wordings of the heading that are accepted as the official one."""


@frozen(eq=False, repr=False)
class ColumnSpec(Data):
    """A column of a table."""

    name: str
    label: Text
    kind: ValueKind = ValueKind.COUNT
    group: tuple[str, ...] = ()
    """Headings printed above the label, outermost first (法人或其他组织)."""
    variants: tuple[str, ...] = ()
    """Other wordings found in correct reports, shortened headers included."""
    unit: str | None = None
    """The unit that the header already states (万元); a unit in the cell is then superfluous."""


@frozen(eq=False, repr=False)
class RowSpec(Data):
    """A row of a table."""

    name: str
    label: Text
    """The official label with its numbering: ``1.属于国家秘密``."""
    columns: tuple[str, ...]
    """The columns that exist in this row, in the printed order."""
    group: tuple[str, ...] = ()
    """Labels printed left of or above this row's own, outermost first, numbering included."""
    variants: tuple[str, ...] = ()
    caption: str | None = None
    """The caption line above the block of rows, for example 第二十条第(一)项."""


@frozen(eq=False, repr=False)
class EquationSpec(Data):
    """A family of equations: one for every row, or one for every column, or a single one over named cells.

    The meaning of each is *total = sum of plus - sum of minus*.
    """

    name: str
    """Lower snake case, for example ``column-total``."""
    along: Literal["row", "column"]
    """``row``: the names are columns, one equation per row; ``column``: the names are rows, one per column."""
    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    label: Text = field(default=Text("", ""))
    source: str = ""
    """The clause that prescribes it."""


@frozen(eq=False, repr=False)
class TableSpec(Data):
    """A table of the form."""

    name: str
    label: Text
    section: str
    """Name of the section in which it stands."""
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]
    """Every column of any row, in the order of the official notice."""
    layout: Literal["rows", "flat"] = "rows"
    """``rows``: a label and its values per row. ``flat``: officially one line of numbers under headings of two
    levels (section four); rows are then the outer headings and columns the inner ones."""
    equations: tuple[EquationSpec, ...] = ()
    corner: tuple[str, ...] = ()
    """Words of the header that are neither row nor column: 信息内容, 申请人情况, the note on 勾稽关系. The first one stands in the
    corner; a further one that is no group of columns stands above all columns."""
    english: Mapping[str, str] = field(factory=dict, eq=False)
    """English for the groups, captions and words of the corner, for drawing the table in that language."""

    def row(self, name: str) -> RowSpec:
        """Return the row called ``name``.

        Raises:
            KeyError: there is no such row.
        """
        try:
            return self._rows[name]
        except KeyError:
            message = Text("“{table}”表没有行 {name}", "table {table} has no row {name}")
            raise _unknown(message.filled(table=self.name, name=name), name, self._rows) from None

    def column(self, name: str) -> ColumnSpec:
        """Return the column called ``name``.

        Raises:
            KeyError: there is no such column.
        """
        try:
            return self._columns[name]
        except KeyError:
            message = Text("“{table}”表没有列 {name}", "table {table} has no column {name}")
            raise _unknown(message.filled(table=self.name, name=name), name, self._columns) from None

    def lacks(self, key: object) -> KeyError:
        """Return the error for a cell that the table has not: which of its names is unknown, and what is near to it.

        Raises:
            KeyError: there is no such row or column at all.
        """
        if not isinstance(key, tuple) or len(key) != 2:
            message = Text("“{table}”表的单元格以（行, 列）取用，不是 {key}", "a cell of table {table} is named (row, column), not {key}")
            return KeyError(str(message.filled(table=self.name, key=repr(key))))
        row, column = key
        columns = self.row(row).columns
        self.column(column)
        message = Text("“{table}”表的 {row} 行没有列 {column}", "row {row} of table {table} has no column {column}")
        return _unknown(message.filled(table=self.name, row=row, column=column), column, columns)

    @cached_property
    def _rows(self) -> dict[str, RowSpec]:
        return {row.name: row for row in self.rows}

    @cached_property
    def _columns(self) -> dict[str, ColumnSpec]:
        return {column.name: column for column in self.columns}

    @cached_property
    def keys(self) -> tuple[CellKey, ...]:
        """Every cell of the table, row by row in the printed order."""
        return tuple((self.name, row.name, column) for row in self.rows for column in row.columns)

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Row and column of every cell, the keys of a table of a report: the same objects for all, so that they are compared fast."""
        return tuple((row, column) for _, row, column in self.keys)


@define(frozen=True, eq=False, repr=False, kw_only=True)
class Form(Shown):
    """One edition of one form. Compared by identity: the loader yields each edition once."""

    id: str
    """Which kind of report, for example ``gi-annual-report``."""
    edition: str
    title: Text
    source: str
    """The notice that prescribes the form."""
    first_year: int
    """First report year for which the edition is prescribed."""
    last_year: int | None = None
    """Last report year, ``None`` when still in force."""
    title_words: tuple[str, ...]
    """Words by which a title of this kind of report is recognised (政府信息公开工作年度报告)."""
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]

    @cached_property
    def _tables(self) -> dict[str, TableSpec]:
        return {table.name: table for table in self.tables}

    def table(self, name: str) -> TableSpec:
        """Return the table called ``name``.

        Raises:
            KeyError: there is no such table.
        """
        try:
            return self._tables[name]
        except KeyError:
            raise _unknown(Text("表单没有表 {name}", "the form has no table {name}").filled(name=name), name, self._tables) from None

    def covers(self, year: int) -> bool:
        """Say whether this edition is the prescribed one for reports on ``year``."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def named(self, pattern: str) -> tuple[CellKey, ...]:
        """Return the cells whose ``table.row.column`` fits a pattern, in which ``*`` stands for anything; none where no cell does."""
        return tuple(key for key in self.keys if fnmatchcase(".".join(key), pattern))

    @cached_property
    def keys(self) -> tuple[CellKey, ...]:
        """Every cell of the form, in the order of the official notice."""
        return tuple(key for table in self.tables for key in table.keys)
