"""Which value of a row belongs to which column of the form."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.form import RowSpec, TableSpec, ValueKind
from gilint.recognise.header import HeaderReader, Leaves
from gilint.recognise.lines import Kind, Token, split_numbers
from gilint.recognise.rows import ObservedRow
from gilint.values import read_value


class Placed:
    """The values of a row, laid over its columns."""

    def __init__(
        self,
        cells: dict[str, Token],
        left_over: list[Token],
        extra: list[Token],
        short: bool = False,
        leaves: Leaves | None = None,
        by_header: bool = False,
    ) -> None:
        self.cells = cells
        self.left_over = left_over
        """Numbers and texts that found no column, apart from those of extra columns."""
        self.extra = extra
        """Values of columns that the form does not have."""
        self.short = short
        """Fewer values than columns, and nothing says which lacks."""
        self.leaves = leaves
        """The header over the row, if it names any of its columns."""
        self.by_header = by_header
        """Whether the header decided which value belongs where."""


class ColumnAligner:
    """Lays values over columns for one edition."""

    def __init__(self, headers: HeaderReader) -> None:
        self.headers = headers

    def place(self, observed: ObservedRow, table: TableSpec, row: RowSpec) -> Placed:
        """Lay the values of ``observed`` over the columns of ``row``."""
        if not observed.values:
            return Placed({column: Token("", Kind.BLANK, observed.labels[-1].place) for column in row.columns}, [], [])
        leaves = self.headers.leaves(observed.header, table, row)
        values = observed.values
        if leaves is not None and observed.aligned and not leaves.misplaced:
            placed = _by_position(values, leaves, row)
            as_many = len(_trim(values, len(row.columns))) == len(row.columns)
            if not placed.left_over and (len(placed.cells) == len(row.columns) or not as_many):
                placed.short = len(placed.cells) < len(row.columns) and _ends_early(observed, placed, leaves, row)
                return placed
        elif leaves is not None and not observed.aligned:
            by_header = _by_header(values, leaves, row)
            if by_header is not None and not by_header.left_over:
                return by_header
        return _by_order(values, row, table, leaves)


def _by_position(values: Sequence[Token], leaves: Leaves, row: RowSpec) -> Placed:
    """Lay values under their header cells: the columns of the grid say which."""
    names = leaves.by_column
    placed = Placed({}, [], [], leaves=leaves, by_header=True)
    for token in values:
        if token.span == 1 and (name := names.get(token.column)) and name not in placed.cells:
            placed.cells[name] = token
            continue
        under = [names[column] for column in range(token.column, token.column + token.span) if column in names]
        name = next((name for name in under if name and name not in placed.cells), "")
        if name:
            placed.cells[name] = token
        elif token.kind is Kind.BLANK or (under and under[0] and _is_same(placed.cells[under[0]], token)):
            continue
        elif under and not any(under):
            placed.extra.append(token)
        elif under and placed.cells.get(under[0]) is not None and placed.cells[under[0]].kind is Kind.BLANK:
            placed.cells[under[0]] = token
        else:
            placed.left_over.append(token)
    return placed


def _ends_early(observed: ObservedRow, placed: Placed, leaves: Leaves, row: RowSpec) -> bool:
    """Say whether a row of a grid has fewer cells than its header has columns.

    Wherever the cell lacks, those behind it have moved to the left, so that it is always the last column that stays empty.
    """
    covered = {column for token in (*observed.labels, *observed.values) for column in range(token.column, token.column + token.span)}
    return any(name in row.columns and name not in placed.cells and column not in covered for column, name in leaves.by_column.items())


def _by_header(values: Sequence[Token], leaves: Leaves, row: RowSpec) -> Placed | None:
    """Lay values in the order of the header, where it names as many columns as there are values.

    A header whose labels are cut short is not believed that columns are swapped.
    """
    count = len(leaves.names)
    trimmed = _trim(values, count)
    named = [row.columns.index(name) for name in leaves.names if name]
    if len(trimmed) != count or not named or (named != sorted(named) and not leaves.sure):
        return None
    if not leaves.foreign and len(named) < len(row.columns) - 1:
        # Pieces of a header that a PDF took apart.
        return None
    placed = Placed({}, [], [], leaves=leaves, by_header=True)
    for name, token in zip(leaves.names, trimmed, strict=True):
        known = placed.cells.get(name)
        if name and (known is None or known.kind is Kind.BLANK):
            placed.cells[name] = token
        elif known is not None and token.kind is not Kind.BLANK and not _is_same(known, token):
            placed.left_over.append(token)
        elif not name and token.kind is not Kind.BLANK:
            placed.extra.append(token)
    return placed


def _is_same(first: Token, second: Token) -> bool:
    """Say whether two tokens print the same value: a merged cell that was printed once for each column that it covers."""
    if first.text == second.text:
        return True
    kinds = (ValueKind.COUNT, ValueKind.AMOUNT, ValueKind.CHANGE)
    values = [(read_value(first.text, kind).value, read_value(second.text, kind).value) for kind in kinds]
    return any(one is not None and one == other for one, other in values)


def _trim(values: Sequence[Token], count: int) -> list[Token]:
    """Drop blanks that are the residue of merged cells: at the end, or between the label and the first value.

    What is empty goes before a printed dash, which is a cell for certain.
    """
    kept = list(values)
    for blank in (_is_empty, _is_blank):
        while len(kept) > count and blank(kept[-1]):
            kept.pop()
        while len(kept) > count and blank(kept[0]):
            kept.pop(0)
    return kept


def _is_empty(token: Token) -> bool:
    return token.kind is Kind.BLANK and not token.text


def _is_blank(token: Token) -> bool:
    return token.kind is Kind.BLANK


def _by_order(values: Sequence[Token], row: RowSpec, table: TableSpec, leaves: Leaves | None) -> Placed:
    """Lay values over the columns in order: nothing better is known."""
    columns = row.columns
    foreign = leaves is not None and bool(leaves.foreign)
    if foreign:
        # The header is another edition's: only what it names by the same words can be taken over.
        return Placed({}, [], [token for token in values if token.kind is not Kind.BLANK], leaves=leaves)
    kept = _trim(values, len(columns))
    if len(kept) < len(columns):
        kept = split_numbers(kept, len(columns))
    placed = Placed({}, [], [], leaves=leaves)
    if len(kept) < len(columns):
        placed.short = True
        return _lay_short(placed, kept, row, table)
    placed.cells.update(zip(columns, kept, strict=False))
    placed.left_over.extend(token for token in kept[len(columns) :] if token.kind is not Kind.BLANK)
    return placed


def _lay_short(placed: Placed, values: Sequence[Token], row: RowSpec, table: TableSpec) -> Placed:
    """Lay fewer values than columns from the left, but the last one on the total where it is exactly the sum of the others.

    A cell that is missing in a text leaves no trace. The sum keeps the number that certainly is the total off a part; everything
    else would be guessing.
    """
    columns = list(row.columns)
    total = next((equation.total for equation in table.equations if equation.along == "row" and equation.total == columns[-1]), None)
    numbers = [int(token.text) if token.text.isdecimal() and len(token.text) < 16 else None for token in values]
    if total and len(values) > 1 and None not in numbers and numbers[-1] == sum(number or 0 for number in numbers[:-1]):
        placed.cells[total] = values[-1]
        values = values[:-1]
    placed.cells.update(zip(columns, values, strict=False))
    return placed
