"""The table model: a `Report` and what it consists of. Frozen, no input or output. `Cell` and `Table` stand in `gilint.table`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from gilint.data import Data
from gilint.document import Document, Paragraph
from gilint.form import Form
from gilint.language import Text, with_hint
from gilint.notice import Notice, NoticeKind
from gilint.organ import Organ
from gilint.place import CellRef, Place
from gilint.table import Cell as Cell
from gilint.table import Table as Table
from gilint.values import CellState, check_given


@frozen(eq=False, repr=False)
class Section(Data):
    """A section of the report as found: its heading and what stands under it, tables left out."""

    name: str
    """The form's name of the section (``overview`` ...), or ``""`` for text before the first and for a section the form does not know."""
    number: int | None
    """The section's number in the form, counted from 1."""
    heading: str
    """The heading as printed; empty for the text before the first heading and where the heading is lost."""
    numeral: str
    """The numeral as printed, for example 一; empty when there is none."""
    paragraphs: tuple[Paragraph, ...] = ()
    place: Place | None = None

    @property
    def text(self) -> str:
        """The narrative, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@frozen(eq=False, repr=False)
class EditionEvidence(Data):
    """How well one table of the document fits one edition."""

    table: str
    edition: str
    score: float
    """Share of the edition's labels that were found, 0 to 1."""
    labels: tuple[str, ...] = ()
    """Printed labels that only this edition has."""


_NO_TABLE = Text("没有表 {name}", "there is no table {name}")
_OTHERS = Text("{message}；有：{names}", "{message}; there are: {names}")
_NO_FORM = Text("没有识别到表单，没有表 {name}", "no form was recognised, so there is no table {name}")


@frozen(eq=False, repr=False)
class Report:
    """A report laid over the form it follows."""

    path: str
    form: Form | None
    """The edition of the form; ``None`` when none was recognised (then there are no tables)."""
    year: int | None = None
    """The year reported on."""
    organ: Organ | None = None
    title: str | None = None
    sections: tuple[Section, ...] = ()
    """In the order of the document, beginning with the text before the first heading."""
    tables: Mapping[str, Table] = field(factory=dict)
    evidence: tuple[EditionEvidence, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What the reader and the recogniser noticed, in the order of the document."""
    document: Document = Document("", "none")
    phrasings: tuple[str, ...] = ()
    """What plugins add to the vocabulary by which the narrative is read, each the text of a TOML file (`gilint.claims_of`)."""

    memo: dict[str, Any] = field(factory=dict, init=False, repr=False, eq=False)
    """What has been worked out about it (`gilint.memo`)."""

    @property
    def edition(self) -> str | None:
        """The id of the edition (``2019``, ``2021``), ``None`` when unknown."""
        return self.form.edition if self.form else None

    @property
    def cells_only(self) -> bool:
        """Whether it was read from data, so that it has cells and neither headings nor narrative: their absence means nothing."""
        return self.document.tidy is not None

    @property
    def disclosure(self) -> Table:
        """Section two, 主动公开政府信息情况.

        Raises:
            KeyError: no form was recognised, or it has no such table.
        """
        return self._table("disclosure")

    @property
    def applications(self) -> Table:
        """Section three, 收到和处理政府信息公开申请情况.

        Raises:
            KeyError: no form was recognised, or it has no such table.
        """
        return self._table("applications")

    @property
    def reviews(self) -> Table:
        """Section four, 政府信息公开行政复议、行政诉讼情况.

        Raises:
            KeyError: no form was recognised, or it has no such table.
        """
        return self._table("reviews")

    def _table(self, name: str) -> Table:
        if name in self.tables:
            return self.tables[name]
        message = (_NO_TABLE if self.form else _NO_FORM).filled(name=name)
        hinted = with_hint(message, name, self.tables)
        raise KeyError(str(_OTHERS.filled(message=message, names=list(self.tables)) if hinted is message and self.tables else hinted))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that the recognised edition has, in the order of the form."""
        return tuple([cell for table in self.tables.values() for cell in table.cells.values()])

    @cached_property
    def exceptional_cells(self) -> tuple[Cell, ...]:
        """Those of `cells` that hold anything else than a plainly printed count: no number, a fraction, an amount, less than 0.

        What can be wrong with a cell alone is looked for in these few. Cells of doubtful rows are not among them: it is not certain what they hold.
        """
        number = CellState.NUMBER
        found = [
            cell for cell in self.cells if type(value := cell.value) is not int or value < 0 or cell.interpreted or cell.state is not number
        ]
        if doubtful := self.doubtful_rows:
            found = [cell for cell in found if (cell.table, cell.row) not in doubtful]
        return tuple(found)

    @cached_property
    def doubtful_rows(self) -> frozenset[tuple[str, str]]:
        """Table and row name of the rows that may have been misread: their table has no lines, and they could not be told from those beside them.

        Where it is not even certain which row some numbers are of, the rows that were not found are doubtful too.
        """
        rows: set[tuple[str, str]] = set()
        for notice in self.noticed(NoticeKind.ROW_DOUBTFUL):
            table = self.tables.get(notice.data.get("table", ""))
            if table is not None and notice.data.get("values"):
                rows.update((cell.table, cell.row) for cell in table.cells.values() if cell.state is CellState.MISSING)
            else:
                rows.update(self.rows_of(notice))
        return frozenset(rows)

    def rows_of(self, notice: Notice) -> list[tuple[str, str]]:
        """Return table and row name of the rows that a notice is about: without a row it is about all of a table of one line."""
        table, row = notice.data.get("table", ""), notice.data.get("row", "")
        if table not in self.tables:
            return []
        return [(table, name) for name in ([row] if row else [spec.name for spec in self.tables[table].spec.rows])]

    def cell(self, ref: tuple[str, str, str] | str) -> Cell:
        """Return the cell named by table, row and column, or by ``table.row.column``.

        Raises:
            KeyError: the report's form has no such cell.
            UsageError: it is not three names.
        """
        table, row, column = ref if type(ref) is CellRef else CellRef.named(ref)
        try:
            return self.tables[table].cells[row, column]
        except KeyError:
            pass
        return self._table(table)[row, column]

    @cached_property
    def text(self) -> str:
        """The narrative of all sections, a paragraph a line; `gilint.narrative` tells where its words stand."""
        return "\n".join([paragraph.text for section in self.sections for paragraph in section.paragraphs])

    def noticed(self, *kinds: NoticeKind) -> tuple[Notice, ...]:
        """Return what was noticed of the given kinds, in the order of the document."""
        if self._noticed_kinds.isdisjoint(kinds):
            return ()
        return tuple(notice for notice in self.notices if notice.kind in kinds)

    @cached_property
    def _noticed_kinds(self) -> frozenset[NoticeKind]:
        # Most rules ask for a kind that a report has not.
        return frozenset([notice.kind for notice in self.notices])

    def section(self, name: str) -> Section | None:
        """Return the first section of that name, or ``None``."""
        return next((section for section in self.sections if section.name == name), None)

    def with_changes(self, changes: Mapping[Any, int | Decimal | None]) -> Report:
        """Return a copy in which the named cells have other values; ``None`` blanks a cell.

        Args:
            changes: table, row and column, as a tuple, a `CellRef` or ``table.row.column``, to the value.

        Raises:
            KeyError: the report's form has no such cell.
            UsageError: a key is not three names, or a value is neither a whole number, a finite `Decimal` nor ``None``.
        """
        tables = dict(self.tables)
        for key, value in changes.items():
            table, row, column = ref = CellRef.named(key)
            cell = self.cell(ref)
            check_given(value, ref)
            state, raw = (CellState.BLANK, "") if value is None else (CellState.NUMBER, str(value))
            changed = cell._replace(state=state, value=value, raw=raw, unit=None, interpreted=False)
            tables[table] = evolve(tables[table], cells={**tables[table].cells, (row, column): changed})
        return evolve(self, tables=tables)

    def to_frame(self) -> Any:
        """Return the cells as a tidy data frame, one row a cell, by polars or pandas, whichever is installed.

        Columns: path, organ, year, edition, table, row, column, state, value (万元 for amounts), raw.

        Raises:
            MissingDependencyError: neither library is installed.
        """
        from gilint.frames import report_frame

        return report_frame(self)

    def __repr__(self) -> str:
        organ = self.organ.name if self.organ else "?"
        numbers = sum(cell.state is CellState.NUMBER for cell in self.cells)
        return f"<Report {organ} {self.year or '?'}, edition {self.edition or '?'}: {numbers} of {len(self.cells)} cells are numbers>"

    def _repr_html_(self) -> str:
        from gilint.notebook import report_html

        return report_html(self)
