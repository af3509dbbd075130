"""A table of a report: its cells, every one that the edition has. Frozen, no input or output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import frozen

from gilint.form import TableSpec
from gilint.place import CellRef, Place
from gilint.values import CellState


class Cell(NamedTuple):
    """One cell of a form, as found in a report.

    A named tuple, because every report has some two hundred and these are made several times as fast.
    """

    table: str
    row: str
    column: str
    state: CellState
    value: int | Decimal | None = None
    """The number; amounts in 万元. ``None`` unless the state is ``number``."""
    raw: str = ""
    """What was printed, unchanged."""
    unit: str | None = None
    """The unit printed in the cell (件, 万元, 元), if any."""
    place: Place | None = None
    heading_unit: str | None = None
    """Of an amount: the unit that the heading over it states (万元, 元), ``""`` where it states none; ``None`` where there is no heading."""
    interpreted: bool = False
    """The number is printed otherwise than as a plain number: ``1 4``, ``2O7``, 二百零七, 20万 of a count."""

    @property
    def ref(self) -> CellRef:
        """The cell's name."""
        return CellRef(self.table, self.row, self.column)


@frozen(eq=False, repr=False)
class Table(Mapping[tuple[str, str], Cell]):
    """The cells of one table: a mapping from (row, column) to `Cell` that holds every cell the edition has."""

    spec: TableSpec
    cells: Mapping[tuple[str, str], Cell]
    found: bool = True
    """``False`` when the document does not have the table at all; every cell is then ``missing``."""
    edition: str | None = None
    """The edition whose layout the table in the document follows, which need not be the report's."""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.spec.name

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        try:
            return self.cells[key]
        except KeyError:
            pass
        raise self.spec.lacks(key)

    # Those of `Mapping` ask for the cell, and to say what is near to a name takes its time.
    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        """Return a cell, or ``default`` where the form has no such cell."""
        return self.cells.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.cells

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def row(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of a row, in the order of the form.

        Raises:
            KeyError: the form has no such row.
        """
        return tuple(self.cells[name, column] for column in self.spec.row(name).columns)

    def __repr__(self) -> str:
        numbers = sum(cell.state is CellState.NUMBER for cell in self.cells.values())
        return f"<Table {self.name}: {numbers} of {len(self)} cells are numbers>"

    def _repr_html_(self) -> str:
        from gilint.notebook import table_html

        return table_html(self)

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of a column, in the order of the form.

        Raises:
            KeyError: the form has no such column.
        """
        self.spec.column(name)
        return tuple(self.cells[row.name, name] for row in self.spec.rows if name in row.columns)
