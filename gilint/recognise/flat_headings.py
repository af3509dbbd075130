"""The headings of a table with headings of two levels, and what a text is as one of them."""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen

from gilint.data import Data
from gilint.form import TableSpec
from gilint.patterns import deferred
from gilint.recognise.labels import LabelIndex, core, fold, similarity

_DENIAL = deferred(r"[无没未零]|不存在")
LONGEST_HEADING = 24
"""Longer texts are narrative."""


@frozen(eq=False, repr=False)
class FlatFacts(Data):
    """What a text is as a heading of a flat table."""

    row: str | None
    """The outer heading that it is or ends with: 行政诉讼（未经复议直接起诉）."""
    column: str | None
    """The inner heading that it is exactly."""
    inner: bool
    """Whether it is an inner heading, perhaps cut short: 结果, 尚未."""
    tells: bool
    """Whether it shows that the table begins here: no other table has it."""


_REMEMBERED = 4096


class FlatVocabulary:
    """The headings of a flat table, folded. Remembers what it was asked."""

    def __init__(
        self, table: TableSpec, rows: dict[str, str], columns: dict[str, str], official: list[str], telling: frozenset[str]
    ) -> None:
        self.table = table
        self.rows = rows
        self.columns = columns
        self.official = official
        self.telling = telling
        """Headings that occur in no other table of the form."""
        self._facts: dict[str, FlatFacts] = {}

    @classmethod
    def of(cls, table: TableSpec, index: LabelIndex) -> FlatVocabulary:
        """Fold the headings of ``table``."""
        elsewhere = {label for name, labels in index.columns.items() if name != table.name for label in labels} | set(index.rows)
        rows = {fold(row.label.zh): row.name for row in table.rows}
        columns = dict(index.columns[table.name])
        official = [fold(column.label.zh) for column in table.columns]
        groups = {fold(group) for row in table.rows for group in row.group}
        return cls(table, rows, columns, official, frozenset((set(rows) | groups | set(columns)) - elsewhere))

    def facts(self, text: str) -> FlatFacts:
        """Return what ``text`` is as a heading."""
        facts = self._facts.get(text)
        if facts is None:
            if len(text) > LONGEST_HEADING or "。" in text:
                # 全年未发生行政复议。 ends like a heading, and is a sentence.
                return NO_HEADING
            if len(self._facts) >= _REMEMBERED:
                self._facts.clear()
            facts = self._facts[text] = self._look_up(fold(text), core(text))
        return facts

    def _look_up(self, folded: str, without_number: str) -> FlatFacts:
        row = self.rows.get(without_number)
        row = row or next((name for label, name in self.rows.items() if len(label) >= 4 and _is_under(without_number, label)), None)
        column = self.columns.get(folded) or self.columns.get(without_number)
        cut = len(without_number) >= 2 and any(
            label.startswith(without_number) or similarity(without_number, label) >= 0.7 for label in self.official
        )
        tells = row is not None or folded in self.telling or without_number in self.telling
        return FlatFacts(row, column, column is not None or cut, tells)


def _is_under(text: str, label: str) -> bool:
    """Say whether a text is a heading with those above it before it; what denies anything is narrative: 本年度无行政复议."""
    return text.endswith(label) and _DENIAL.search(text, 0, len(text) - len(label)) is None


NO_HEADING = FlatFacts(None, None, False, False)


@lru_cache(maxsize=16)
def flat_vocabulary(table: TableSpec, index: LabelIndex) -> FlatVocabulary:
    """Return the vocabulary of a table, made once."""
    return FlatVocabulary.of(table, index)
