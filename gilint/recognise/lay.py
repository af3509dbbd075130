"""Laying the observed rows of a document over one edition of a form."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from gilint.form import Form, TableSpec, ValueKind
from gilint.notice import Notice, NoticeKind
from gilint.place import CellRef
from gilint.recognise.columns import ColumnAligner, Placed
from gilint.recognise.flat import FlatLaid, lay_flat
from gilint.recognise.header import HeaderReader, Leaves, heading_unit
from gilint.recognise.labels import LONGEST_LABEL, LabelIndex, RowTarget
from gilint.recognise.lines import Kind, Line, Token
from gilint.recognise.match import RowMatcher
from gilint.recognise.rows import ObservedRow


class TableLaid:
    """One table of the form as far as it was found."""

    def __init__(self, spec: TableSpec, unplaced: int = 0) -> None:
        self.spec = spec
        self.cells: dict[tuple[str, str], Token] = {}
        self.rows: dict[str, ObservedRow] = {}
        self.columns: set[str] = set()
        """Columns that a header names."""
        self.foreign: list[str] = []
        """Printed labels that only another edition has."""
        self.unplaced = unplaced
        """Numbers that found no cell."""
        self.heading_units: dict[tuple[str, str], str] = {}
        """For amounts under a heading: the unit that it states, ``""`` for none."""

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The columns of money."""
        return frozenset(column.name for column in self.spec.columns if column.kind is ValueKind.AMOUNT)

    @property
    def found(self) -> bool:
        """Whether the document has the table."""
        return bool(self.cells)

    @property
    def share(self) -> float:
        """Share of the table's labels that were found, 0 to 1."""
        if self.spec.layout == "flat":
            return len(self.cells) / len(self.spec.keys)
        return (len(self.rows) + len(self.columns)) / (len(self.spec.rows) + len(self.spec.columns))

    @property
    def quality(self) -> float:
        """How well the table in the document fits; comparable between editions of the same table."""
        if not self.found:
            return 0.0
        missing = len(self.spec.rows) - len(self.rows) if self.spec.layout == "rows" else 0
        absent = len(self.spec.columns) - len(self.columns) if self.spec.layout == "rows" else 0
        good = len(self.rows) + len(self.columns) + 0.2 * len(self.cells)
        return good - 0.7 * missing - 0.3 * absent - 1.5 * len(self.foreign) - self.unplaced


class Laid:
    """A document laid over one edition."""

    def __init__(self, form: Form, tables: dict[str, TableLaid]) -> None:
        self.form = form
        self.tables = tables
        self.notices: list[tuple[int, Notice]] = []
        """With the line that each is about, for their order."""
        self.lines: set[int] = set()
        """Lines that belong to tables."""
        self.repeated: Counter[tuple[str, str]] = Counter()
        """How often each row (table, row) stands again with numbers."""

    @property
    def quality(self) -> float:
        """How well the document fits the edition."""
        return sum(table.quality for table in self.tables.values())

    @property
    def found(self) -> bool:
        """Whether any table was found."""
        return any(table.found for table in self.tables.values())


def flat_tables(lines: Sequence[Line], index: LabelIndex, section_of: Callable[[str], str | None]) -> dict[str, FlatLaid]:
    """Find the flat tables of a form."""
    return {table.name: lay_flat(lines, table, index, section_of) for table in index.form.tables if table.layout == "flat"}


def lay(rows: Sequence[ObservedRow], flat: Mapping[str, FlatLaid], index: LabelIndex, others: Sequence[LabelIndex]) -> Laid:
    """Lay rows and flat tables over the edition of ``index``; ``others`` are the other editions of the same form."""
    laid = Laid(index.form, {table.name: TableLaid(table) for table in index.form.tables})
    taken = {line for table in flat.values() if table.cells for line in table.lines}
    own = [row for row in rows if row.last not in taken]
    _RowLayer(own, index, others, laid, RowMatcher(own, index, others)).run()
    for name, table in flat.items():
        mine = laid.tables[name]
        mine.cells, mine.unplaced = dict(table.cells), len(table.left_over)
        laid.lines.update(table.own)
        if table.doubtful:
            place = next((token.place for token in table.cells.values()), None)
            laid.notices.append((table.lines.start, Notice(NoticeKind.ROW_DOUBTFUL, {"table": name, "row": "", "values": ()}, (), place)))
            continue
        for token in table.left_over:
            laid.notices.append((table.lines.start, _number_notice(token, name)))
        if table.cells and len(table.cells) < len(mine.spec.keys):
            data = {"table": name, "row": "", "found": len(table.cells), "expected": len(mine.spec.keys)}
            laid.notices.append((table.lines.start, Notice(NoticeKind.ROW_SHORT, data)))
    return laid


def _number_notice(token: Token, table: str, row: str = "") -> Notice:
    return Notice(NoticeKind.NUMBER_WITHOUT_PLACE, {"raw": token.text, "table": table, "row": row}, (), token.place)


class _RowLayer:
    """Lays the values of matched rows over the columns, and notes what is odd about the rows."""

    def __init__(
        self, rows: Sequence[ObservedRow], index: LabelIndex, others: Sequence[LabelIndex], laid: Laid, matcher: RowMatcher
    ) -> None:
        self.rows = rows
        self.index = index
        self.others = others
        self.laid = laid
        self.matcher = matcher
        self.known: list[int] = []
        """The matched rows, in order."""
        self.headers: set[int] = set()
        """Headers of which everything odd is noted."""
        self.extra_columns: set[tuple[str, str]] = set()

    def run(self) -> None:
        self.matcher.run()
        self.known = sorted(self.matcher.matched)
        aligner = ColumnAligner(HeaderReader(self.index, self.others))
        for number, target in sorted(self.matcher.matched.items()):
            self._place(number, target, aligner)
        self._note_repeated(aligner)
        for number in range(len(self.rows)):
            if number not in self.matcher.matched and number not in self.matcher.repeated:
                self._note_unmatched(number)
        self._note_order()

    def _place(self, number: int, target: RowTarget, aligner: ColumnAligner) -> None:
        observed, name, row = self.rows[number], target.table.name, target.row
        table = self.laid.tables[name]
        placed = aligner.place(observed, target.table, row)
        table.rows[row.name] = observed
        for column, token in placed.cells.items():
            table.cells[row.name, column] = token
            if column in table.amounts and observed.header.cells:
                table.heading_units[row.name, column] = heading_unit(observed.header, placed.leaves, column)
        self.laid.lines.update(range(observed.first, observed.last + 1))
        if placed.leaves is not None:
            self._note_header(number, target, placed, placed.leaves, table)
        if observed.doubtful:
            self._note(number, NoticeKind.ROW_DOUBTFUL, {"table": name, "row": row.name, "values": ()}, target)
            return
        if number in self.matcher.renamed:
            self._note(number, NoticeKind.ROW_RENAMED, {"table": name, "row": row.name, "printed": observed.printed}, target)
        if placed.short and observed.has_number:
            data = {"table": name, "row": row.name, "found": len(placed.cells), "expected": len(row.columns)}
            self._note(number, NoticeKind.ROW_SHORT, data, target)
        table.unplaced += len(placed.left_over)
        self.laid.notices.extend((observed.first, _number_notice(token, name, row.name)) for token in placed.left_over)

    def _note_header(self, number: int, target: RowTarget, placed: Placed, leaves: Leaves, table: TableLaid) -> None:
        """Note what is odd about a header, once for the header and not for each row under it."""
        name = target.table.name
        if placed.extra and placed.by_header:
            for printed in leaves.extra:
                if (name, printed) not in self.extra_columns:
                    self.extra_columns.add((name, printed))
                    self._note(number, NoticeKind.COLUMN_EXTRA, {"table": name, "printed": printed})
        if id(leaves) in self.headers:
            return
        self.headers.add(id(leaves))
        table.columns.update(column for column in leaves.names if column)
        table.foreign.extend(text for text in leaves.foreign if text not in table.foreign)
        if not placed.by_header:
            return
        for column, printed in leaves.renamed.items():
            self._note(number, NoticeKind.COLUMN_RENAMED, {"table": name, "column": column, "printed": printed})
        order = [target.row.columns.index(column) for column in leaves.names if column]
        if order != sorted(order):
            columns = tuple(column for column in leaves.names if column)
            self._note(number, NoticeKind.COLUMNS_OUT_OF_ORDER, {"table": name, "columns": columns})

    # What was noticed.

    def _note(self, number: int, kind: NoticeKind, data: dict[str, object], target: RowTarget | None = None) -> None:
        observed = self.rows[number]
        cells = tuple(CellRef(target.table.name, target.row.name, column) for column in target.row.columns) if target else ()
        token = observed.labels[-1] if observed.labels else observed.values[0]
        self.laid.notices.append((observed.first, Notice(kind, data, cells, token.place)))

    def _note_repeated(self, aligner: ColumnAligner) -> None:
        """Note each row that stands again, once for all its copies that print the same."""
        copies: dict[tuple[RowTarget, tuple[str, ...]], list[int]] = {}
        for number, target in sorted(self.matcher.repeated.items()):
            observed = self.rows[number]
            if observed.has_number:
                self.laid.repeated[target.table.name, target.row.name] += 1
                self.laid.lines.update(range(observed.first, observed.last + 1))
                printed = tuple(token.text for token in observed.values)
                copies.setdefault((target, printed), []).append(number)
        for (target, printed), numbers in copies.items():
            cells = self.laid.tables[target.table.name].cells
            again = aligner.place(self.rows[numbers[0]], target.table, target.row).cells
            differs = any(
                cells[target.row.name, column].text != token.text for column, token in again.items() if (target.row.name, column) in cells
            )
            data = {"table": target.table.name, "row": target.row.name, "differs": differs, "printed": printed, "copies": len(numbers)}
            self._note(numbers[0], NoticeKind.ROW_REPEATED, data, target)

    def _note_unmatched(self, number: int) -> None:
        observed = self.rows[number]
        if not observed.has_number:
            return
        name = self._table_around(number)
        if name is None:
            return
        table = self.laid.tables[name]
        values = tuple(token.text for token in observed.values)
        self.laid.lines.update(range(observed.first, observed.last + 1))
        if self.matcher.is_foreign(observed):
            table.foreign.append(observed.printed)
            return
        table.unplaced += sum(token.kind is Kind.NUMBER for token in observed.values)
        if observed.doubtful:
            self._note(number, NoticeKind.ROW_DOUBTFUL, {"table": name, "row": "", "values": values})
            return
        self._note(number, NoticeKind.ROW_EXTRA, {"table": name, "printed": observed.printed, "values": values})

    def _table_around(self, number: int) -> str | None:
        """Return the table in which an unmatched row stands: that of the nearest matched row in the same grid or stream."""
        observed = self.rows[number]
        if observed.printed and len(observed.printed) > LONGEST_LABEL:
            return None
        at = bisect_left(self.known, number)
        before = self.known[at - 1] if at else None
        after = self.known[at] if at < len(self.known) else None
        for near in (before, after):
            if near is not None and observed.grid >= 0 and self.rows[near].grid == observed.grid:
                return self.matcher.matched[near].table.name
        if before is None or observed.grid >= 0:
            return None
        inside = after is not None and self.matcher.matched[after].table is self.matcher.matched[before].table and self.rows[after].grid < 0
        foreign_tail = self.matcher.is_foreign(observed) and self.rows[before].grid < 0
        return self.matcher.matched[before].table.name if inside or foreign_tail else None

    def _note_order(self) -> None:
        for name in self.laid.tables:
            numbers = [number for number in self.matcher.out_of_order if self.matcher.matched[number].table.name == name]
            if numbers:
                rows = tuple(self.matcher.matched[number].row.name for number in numbers)
                self._note(numbers[0], NoticeKind.ROWS_OUT_OF_ORDER, {"table": name, "rows": rows})
