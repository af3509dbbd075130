"""What the header over a row says: which column each of its lowest cells means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from gilint.form import RowSpec, TableSpec
from gilint.patterns import deferred
from gilint.recognise.align import align
from gilint.recognise.labels import LONGEST_LABEL, SIMILAR, LabelIndex, fold, similarity
from gilint.recognise.lines import Kind, Token
from gilint.recognise.rows import Header
from gilint.values import stated_unit

FURTHER_COLUMNS = frozenset(("小计", "备注", "序号", "单位", "说明", "合计数", "编号"))
"""Headings of columns that reports add of their own; never a renamed column of the form."""
_LONGEST_HEADING = 30
_TRAILING_UNIT = deferred(r"(?:单位为?)?(?:百万|千万|百|千|万|亿)?[元圆]$")


class Leaves:
    """The lowest header cells over the values, from left to right, and what each means."""

    def __init__(self, texts: list[str], names: list[str], tokens: list[Token], sure: bool = True, misplaced: bool = False) -> None:
        self.texts = texts
        self.names = names
        """Column names; ``""`` for a column that the form does not have here."""
        self.tokens = tokens
        self.foreign: list[str] = []
        """Printed labels that belong to another edition."""
        self.extra: list[str] = []
        self.renamed: dict[str, str] = {}
        """Column name to the label printed instead."""
        self.sure = sure
        """Whether every name comes from a label that is exactly that of the column."""
        self.misplaced = misplaced
        """Whether a wrong span in the header puts its labels over the wrong values."""

    @cached_property
    def by_column(self) -> dict[int, str]:
        """What stands in each column of the grid."""
        return {
            column: name
            for token, name in zip(self.tokens, self.names, strict=True)
            for column in range(token.column, token.column + token.span)
        }


class HeaderReader:
    """Reads headers for one edition; remembers what a header means."""

    def __init__(self, index: LabelIndex, others: Sequence[LabelIndex]) -> None:
        self.index = index
        self.others = others
        """The other editions of the same form, whose labels must not be mistaken for misprints."""
        self._known: dict[tuple[int, str, tuple[str, ...]], Leaves | None] = {}

    def leaves(self, header: Header, table: TableSpec, row: RowSpec) -> Leaves | None:
        """Return what the header says of the columns of ``row``; ``None`` when it names none of them."""
        key = (id(header), table.name, row.columns)
        if key not in self._known:
            self._known[key] = self._read(header, table, row)
        return self._known[key]

    def _read(self, header: Header, table: TableSpec, row: RowSpec) -> Leaves | None:
        tokens = _lowest(header) if header.aligned else self._in_reading_order(header, table)
        tokens = [token for token in tokens if not self._is_corner(token.text, table)]
        leaves = Leaves([token.text for token in tokens], [""] * len(tokens), tokens)
        self._name(leaves, table, row)
        leaves.misplaced = header.aligned and self._has_wrong_spans(header, leaves, table, row)
        return leaves if any(leaves.names) or leaves.foreign else None

    def _has_wrong_spans(self, header: Header, leaves: Leaves, table: TableSpec, row: RowSpec) -> bool:
        """Say whether the labels stand in the prescribed order, level by level, and only their places say otherwise."""
        placed = [name for name in leaves.names if name]
        if placed == [column for column in row.columns if column in placed]:
            return False
        wordings = self.index.columns[table.name]
        printed = [wordings.get(fold(token.text)) for token in self._in_reading_order(header, table)]
        return [name for name in printed if name in row.columns] == list(row.columns)

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
        folded = [fold(text) if len(text) <= LONGEST_LABEL else "" for text in leaves.texts]
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
            # A unit behind the label is a matter of the amounts under it.
            plain = _TRAILING_UNIT.sub("", folded[unnamed[i]])
            if plain not in official[free[j]] and wordings.get(plain) != free[j]:
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

    def _in_reading_order(self, header: Header, table: TableSpec) -> list[Token]:
        """Return the header cells over the values of a text that lost its grid.

        Headers of two levels are read level by level: 自然人, 法人或其他组织, 总计, then the kinds of organisation. The second
        level takes the place of the group that it belongs to.
        """
        index = self.index
        tokens = [
            token
            for _, token in header.cells
            if token.kind is Kind.LABEL and (index.is_heading(token.text) or not index.is_label(token.text))
        ]
        start = 0
        for position, token in enumerate(tokens):
            if self._is_corner(token.text, table) and fold(token.text) not in {fold(g) for column in table.columns for g in column.group}:
                start = position + 1
        tokens = [token for token in tokens[start:] if len(token.text) <= _LONGEST_HEADING]
        wordings = index.columns[table.name]
        groups = [fold(group) for column in table.columns for group in column.group]
        place = next((i for i, token in enumerate(tokens) if _is_cut(fold(token.text), groups) and fold(token.text) not in wordings), None)
        if place is None:
            return tokens
        inside = {column.name for column in table.columns if column.group}
        below = next((i for i in range(place + 1, len(tokens)) if wordings.get(fold(tokens[i].text)) in inside), len(tokens))
        return [*tokens[:place], *tokens[below:], *tokens[place + 1 : below]]


def _name_by_elimination(leaves: Leaves, unnamed: Sequence[int], row: RowSpec, folded: Sequence[str]) -> None:
    """Name a header cell with a strange or empty label where only one column can be meant: the one between its neighbours."""
    order = {name: position for position, name in enumerate(row.columns)}
    taken = set(leaves.names)
    lefts, rights = [-1] * len(folded), [len(order)] * len(folded)
    for k in range(1, len(folded)):
        lefts[k] = order[leaves.names[k - 1]] if leaves.names[k - 1] else lefts[k - 1]
    for k in range(len(folded) - 2, -1, -1):
        rights[k] = order[leaves.names[k + 1]] if leaves.names[k + 1] else rights[k + 1]
    rivals = Counter(lefts[k] for k in unnamed if not leaves.names[k])
    for i in unnamed:
        if leaves.names[i] or rivals[lefts[i]] != 1 or rights[i] != lefts[i] + 2:
            continue
        name = row.columns[lefts[i] + 1]
        if name not in taken:
            leaves.names[i] = name
            taken.add(name)
            if leaves.texts[i]:
                leaves.renamed[name] = leaves.texts[i]


def heading_unit(header: Header, leaves: Leaves | None, column: str) -> str:
    """Return the unit of money that the header states for ``column``, ``""`` for none.

    Where its own heading states none, the unit may stand in a cell of its own, on the next line of a text, or above all columns.
    """
    own = [text for text, name in zip(leaves.texts, leaves.names, strict=True) if name == column] if leaves else []
    others = [token.text for _, token in reversed(header.cells) if len(token.text) <= _LONGEST_HEADING]
    return next((unit for text in (*own, *others) if (unit := stated_unit(text))), "")


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


def _is_cut(text: str, labels: Sequence[str]) -> bool:
    """Say whether ``text`` is one of the labels or the beginning of one."""
    return len(text) >= 2 and any(label.startswith(text) for label in labels)
