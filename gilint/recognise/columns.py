"""Which value of a row belongs to which column of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, field

from gilint.form import RowSpec, TableSpec
from gilint.recognise.align import align
from gilint.recognise.labels import LONGEST_LABEL, SIMILAR, LabelIndex, fold, similarity
from gilint.recognise.lines import Kind, Token, split_numbers
from gilint.recognise.rows import Header, ObservedRow

FURTHER_COLUMNS = frozenset(("小计", "备注", "序号", "单位", "说明", "合计数", "编号"))
"""Headings of columns that reports add of their own; never a renamed column of the form."""


@define(eq=False)
class Leaves:
    """The lowest header cells over the values, from left to right, and what each means."""

    texts: list[str]
    names: list[str]
    """Column names; ``""`` for a column that the form does not have here."""
    tokens: list[Token]
    foreign: list[str] = field(factory=list)
    """Printed labels that belong to another edition."""
    extra: list[str] = field(factory=list)
    renamed: dict[str, str] = field(factory=dict)
    """Column name to the label printed instead."""
    sure: bool = True
    """Whether every name comes from a label that is exactly that of the column."""

    @cached_property
    def by_column(self) -> dict[int, str]:
        """What stands in each column of the grid."""
        return {
            column: name
            for token, name in zip(self.tokens, self.names, strict=True)
            for column in range(token.column, token.column + token.span)
        }


@define(eq=False)
class Placed:
    """The values of a row, laid over its columns."""

    cells: dict[str, Token]
    left_over: list[Token]
    """Numbers and texts that found no column, apart from those of extra columns."""
    extra: list[Token]
    """Values of columns that the form does not have."""
    short: bool = False
    """Fewer values than columns, and nothing says which lacks."""
    leaves: Leaves | None = None
    """The header over the row, if it names any of its columns."""
    by_header: bool = False
    """Whether the header decided which value belongs where."""


@define(eq=False)
class ColumnAligner:
    """Lays values over columns for one edition; remembers what a header means."""

    index: LabelIndex
    others: Sequence[LabelIndex]
    """The other editions of the same form, whose labels must not be mistaken for misprints."""
    _known: dict[tuple[int, str, tuple[str, ...]], Leaves | None] = field(factory=dict)

    def place(self, observed: ObservedRow, table: TableSpec, row: RowSpec) -> Placed:
        """Lay the values of ``observed`` over the columns of ``row``."""
        leaves = self._leaves(observed.header, table, row)
        values = [token for token in observed.values if token.kind is not Kind.RESIDUE]
        if leaves is not None and observed.aligned:
            placed = _by_position(values, leaves, row)
            as_many = len(_trim(values, len(row.columns))) == len(row.columns)
            if not placed.left_over and (len(placed.cells) == len(row.columns) or not as_many):
                return placed
        elif leaves is not None:
            by_header = _by_header(values, leaves, row)
            if by_header is not None and not by_header.left_over:
                return by_header
        return _by_order(values, row, table, leaves)

    def _leaves(self, header: Header, table: TableSpec, row: RowSpec) -> Leaves | None:
        key = (id(header), table.name, row.columns)
        if key not in self._known:
            self._known[key] = self._read_header(header, table, row)
        return self._known[key]

    def _read_header(self, header: Header, table: TableSpec, row: RowSpec) -> Leaves | None:
        tokens = _lowest(header) if header.aligned else _in_reading_order(header, table, self)
        tokens = [token for token in tokens if not self._is_corner(token.text, table)]
        leaves = Leaves([token.text for token in tokens], [""] * len(tokens), tokens)
        self._name(leaves, table, row)
        return leaves if any(leaves.names) or leaves.foreign else None

    def _is_corner(self, text: str, table: TableSpec) -> bool:
        folded = fold(text) if len(text) <= LONGEST_LABEL else ""
        wordings = self.index.columns[table.name]
        return (
            folded in self.index.headings
            and folded not in wordings
            and not any(folded in other.columns.get(table.name, ()) for other in self.others)
        )

    def _name(self, leaves: Leaves, table: TableSpec, row: RowSpec) -> None:
        wordings, official = self.index.columns[table.name], self.index.official_columns[table.name]
        folded = [fold(text) for text in leaves.texts]
        free = self._name_sure(leaves, folded, table, row)
        foreign = set(leaves.foreign)
        unnamed = [
            i
            for i, name in enumerate(leaves.names)
            if not name and leaves.texts[i] not in foreign and folded[i] not in FURTHER_COLUMNS and folded[i] not in wordings
        ]

        def likeness(i: int, j: int) -> float:
            alike = similarity(folded[unnamed[i]], official[free[j]])
            return alike if alike >= SIMILAR else 0.0

        for i, j in align(len(unnamed), len(free), likeness):
            leaves.sure = False
            leaves.names[unnamed[i]] = free[j]
            if folded[unnamed[i]] not in official[free[j]]:
                leaves.renamed[free[j]] = leaves.texts[unnamed[i]]
        if unnamed:
            _name_by_elimination(leaves, unnamed, row, folded)
        leaves.extra.extend(
            text
            for text, name in zip(leaves.texts, leaves.names, strict=True)
            if not name and text and text not in foreign and self._heads_values(text)
        )

    def _name_sure(self, leaves: Leaves, folded: Sequence[str], table: TableSpec, row: RowSpec) -> list[str]:
        """Name the header cells that are exactly a column's label, and return the columns that are left.

        A merged header cell that was printed once for each column that it covers names the column each time.
        """
        wordings, official = self.index.columns[table.name], self.index.official_columns[table.name]
        free = list(row.columns)
        taken: dict[str, str] = {}
        for only_official in (True, False):
            for position, text in enumerate(folded):
                name = wordings.get(text)
                if leaves.names[position] or (only_official and (name is None or official[name] != text)):
                    continue
                if name in free:
                    free.remove(name)
                    taken[text] = name
                if text in taken:
                    leaves.names[position] = taken[text]
                elif name is None and not only_official and self._is_foreign(text, table):
                    leaves.foreign.append(leaves.texts[position])
        return free

    def _is_foreign(self, text: str, table: TableSpec) -> bool:
        return any(text in other.columns.get(table.name, ()) for other in self.others)

    def _heads_values(self, text: str) -> bool:
        return len(text) <= 20 and self.index.row_of(text) is None


def _name_by_elimination(leaves: Leaves, unnamed: Sequence[int], row: RowSpec, folded: Sequence[str]) -> None:
    """Name a header cell with a strange or empty label where only one column can be meant: the one between its neighbours."""
    taken = set(leaves.names)
    order = {name: position for position, name in enumerate(row.columns)}
    for i in unnamed:
        if leaves.names[i]:
            continue
        left = next((order[leaves.names[k]] for k in range(i - 1, -1, -1) if leaves.names[k]), -1)
        right = next((order[leaves.names[k]] for k in range(i + 1, len(folded)) if leaves.names[k]), len(order))
        between = [name for name in row.columns[left + 1 : right] if name not in taken]
        rivals = [k for k in unnamed if not leaves.names[k] and left_of(k, leaves, order) == left]
        if len(between) == 1 and len(rivals) == 1 and right == left + 2:
            leaves.names[i] = between[0]
            taken.add(between[0])
            if leaves.texts[i]:
                leaves.renamed[between[0]] = leaves.texts[i]


def left_of(position: int, leaves: Leaves, order: Mapping[str, int]) -> int:
    """Return the position in the form of the nearest named column to the left, -1 where there is none."""
    return next((order[leaves.names[k]] for k in range(position - 1, -1, -1) if leaves.names[k]), -1)


def _lowest(header: Header) -> list[Token]:
    """Return the lowest header cell of each column of a grid, from left to right, each cell once."""
    lowest: dict[int, Token] = {}
    for _, token in header.cells:
        if token.kind is Kind.BLANK and any(column in lowest for column in range(token.column, token.column + token.span)):
            continue
        for column in range(token.column, token.column + token.span):
            lowest[column] = token
    tokens: list[Token] = []
    for column in sorted(lowest):
        if not tokens or tokens[-1] is not lowest[column]:
            tokens.append(lowest[column])
    return tokens


def _in_reading_order(header: Header, table: TableSpec, aligner: ColumnAligner) -> list[Token]:
    """Return the header cells over the values of a text that lost its grid.

    Headers of two levels are read level by level: 自然人, 法人或其他组织, 总计, then the kinds of organisation. The second
    level takes the place of the group that it belongs to.
    """
    index = aligner.index
    tokens = [
        token for _, token in header.cells if token.kind is Kind.LABEL and (index.is_heading(token.text) or not index.is_label(token.text))
    ]
    start = 0
    for position, token in enumerate(tokens):
        if aligner._is_corner(token.text, table) and fold(token.text) not in {fold(g) for column in table.columns for g in column.group}:
            start = position + 1
    tokens = [token for token in tokens[start:] if len(token.text) <= 30]
    wordings = aligner.index.columns[table.name]
    groups = [fold(group) for column in table.columns for group in column.group]
    place = next((i for i, token in enumerate(tokens) if _is_cut(fold(token.text), groups) and fold(token.text) not in wordings), None)
    if place is None:
        return tokens
    inside = {column.name for column in table.columns if column.group}
    below = next((i for i in range(place + 1, len(tokens)) if wordings.get(fold(tokens[i].text)) in inside), len(tokens))
    return [*tokens[:place], *tokens[below:], *tokens[place + 1 : below]]


def _is_cut(text: str, labels: Sequence[str]) -> bool:
    """Say whether ``text`` is one of the labels or the beginning of one."""
    return len(text) >= 2 and any(label.startswith(text) for label in labels)


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
        elif token.kind is Kind.BLANK or (under and under[0] and placed.cells[under[0]].text == token.text):
            continue
        elif under and not any(under):
            placed.extra.append(token)
        elif under and placed.cells.get(under[0]) is not None and placed.cells[under[0]].kind is Kind.BLANK:
            placed.cells[under[0]] = token
        else:
            placed.left_over.append(token)
    return placed


def _by_header(values: Sequence[Token], leaves: Leaves, row: RowSpec) -> Placed | None:
    """Lay values in the order of the header, where it names as many columns as there are values.

    A header whose labels are cut short is not believed that columns are swapped.
    """
    count = len(leaves.names)
    trimmed = _trim(values, count)
    named = [row.columns.index(name) for name in leaves.names if name]
    if len(trimmed) != count or not named or (named != sorted(named) and not leaves.sure):
        return None
    placed = Placed({}, [], [], leaves=leaves, by_header=True)
    for name, token in zip(leaves.names, trimmed, strict=True):
        known = placed.cells.get(name)
        if name and (known is None or known.kind is Kind.BLANK):
            placed.cells[name] = token
        elif known is not None and token.kind is not Kind.BLANK and token.text != known.text:
            placed.left_over.append(token)
        elif not name and token.kind is not Kind.BLANK:
            placed.extra.append(token)
    return placed


def _trim(values: Sequence[Token], count: int) -> list[Token]:
    """Drop blanks that are the residue of merged cells: at the end, or between the label and the first value."""
    kept = list(values)
    while len(kept) > count and kept[-1].kind is Kind.BLANK:
        kept.pop()
    while len(kept) > count and kept[0].kind is Kind.BLANK:
        kept.pop(0)
    return kept


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
