"""Labels as they are compared: folded, without their numbering, and looked up in the forms.

Folding serves comparison only; what was printed is kept elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from gilint.form import Form, RowSpec, TableSpec
from gilint.patterns import either
from gilint.recognise.folding import SIMPLIFIED

LONGEST_LABEL = 120
"""Longer texts are narrative, never a label; bounds what is compared."""
SIMILAR = 0.62
"""Least similarity of two labels that can be the same, one of them misprinted or cut."""

_NUMBERING = re.compile(
    rf"\s*(?:{either('(（〔【')}\s*(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\s*{either(')）〕】')}|(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\s*{either('、.．,，:：')}|\d{{1,2}}\s)\s*"
)
_KEPT = re.compile(r"[^\w]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return ``text`` for comparison: NFKC, no spaces, no punctuation, simplified characters."""
    folded = unicodedata.normalize("NFKC", text).translate(SIMPLIFIED)
    return _KEPT.sub("", folded).replace("_", "").lower()


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """Return the folded label without its numbering: ``属于国家秘密`` of ``1.属于国家秘密``."""
    match = _NUMBERING.match(text)
    rest = text[match.end() :] if match else text
    return fold(rest) or fold(text)


@lru_cache(maxsize=4096)
def _positions(text: str) -> dict[str, int]:
    """Return where each character of ``text`` stands, a bit for each place."""
    positions: dict[str, int] = {}
    for place, letter in enumerate(text):
        positions[letter] = positions.get(letter, 0) | 1 << place
    return positions


def _common(printed: str, official: str, positions: Mapping[str, int]) -> int:
    """Return how many characters the longest common subsequence has, by Hyyrö's method.

    A bit is taken away for each that is found. To import a library for it takes longer than all the comparisons of a page.
    """
    everywhere = left = (1 << len(official)) - 1
    for letter in printed:
        here = left & positions.get(letter, 0)
        left = (left + here) | (left - here)
    return len(official) - (left & everywhere).bit_count()


@lru_cache(maxsize=16384)
def similarity(printed: str, official: str) -> float:
    """Return how alike two folded labels are, 0 to 1; a label that is cut short or led by its group's label counts as alike."""
    if printed == official:
        return 1.0
    positions = _positions(official)
    if positions.keys().isdisjoint(printed):
        return 0.0
    shorter, longer = sorted((printed, official), key=len)
    letters = len(printed) + len(official)
    alike = 1 - (letters - 2 * _common(printed, official, positions)) / letters
    if len(shorter) >= 4 and longer.endswith(shorter):
        alike = max(alike, 0.9)
    elif len(shorter) >= 2 and longer.startswith(shorter) and len(printed) < len(official):
        alike = max(alike, 0.7)
    return alike


class RowTarget:
    """A row of a table that a label can mean."""

    def __init__(self, table: TableSpec, row: RowSpec, position: int, label: str, forms: tuple[str, ...]) -> None:
        self.table = table
        self.row = row
        self.position = position
        """Among all labelled rows of the form."""
        self.label = label
        """The folded official label without numbering."""
        self.forms = forms
        """Every folded wording that is accepted."""

    def likeness(self, texts: Iterable[str]) -> float:
        """Return how alike the row's label and the likest of some folded texts are, 0 to 1."""
        return max((similarity(text, official) for text in texts for official in self.forms), default=0.0)


class LabelIndex:
    """The labels of one edition, folded, for looking up."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows: dict[str, RowTarget] = {}
        self.targets: list[RowTarget] = []
        self.columns: dict[str, dict[str, str]] = {}
        """Per table: folded column label to column name."""
        self.official_columns: dict[str, dict[str, str]] = {}
        """Per table: column name to its folded official label."""
        self.headings: set[str] = set()
        """Folded words of headers and captions: what stands above values."""
        self.captions: set[str] = set()
        """Folded captions above blocks of rows."""
        self.furniture: set[str] = set()
        """Folded words of headers, captions and groups: all that carries no values."""

    @classmethod
    def of(cls, form: Form) -> LabelIndex:
        """Fold every label of ``form``."""
        index = cls(form)
        for table in form.tables:
            index._add_columns(table)
            index._add_furniture(table)
            if table.layout == "rows":
                index._add_rows(table)
        return index

    def _add_rows(self, table: TableSpec) -> None:
        for row in table.rows:
            wordings = tuple(dict.fromkeys(core(text) for text in (row.label.zh, *row.variants)))
            target = RowTarget(table, row, len(self.targets), wordings[0], wordings)
            self.targets.append(target)
            for wording in (*wordings, *(core(group) + core(row.label.zh) for group in row.group[-1:])):
                self.rows.setdefault(wording, target)

    def _add_columns(self, table: TableSpec) -> None:
        wordings = self.columns.setdefault(table.name, {})
        official = self.official_columns.setdefault(table.name, {})
        for column in table.columns:
            official[column.name] = fold(column.label.zh)
            for text in (column.label.zh, *column.variants):
                wordings.setdefault(fold(text), column.name)

    def _add_furniture(self, table: TableSpec) -> None:
        above = [*table.corner]
        for column in table.columns:
            above.extend(column.group)
        groups: list[str] = []
        for row in table.rows:
            groups.extend(row.group)
            if row.caption:
                above.append(row.caption)
                self.captions.add(fold(row.caption))
            if table.layout == "flat":
                above.extend((*row.group, row.label.zh))
        self.headings.update(fold(text) for text in above)
        self.headings.update(self.columns[table.name])
        self.furniture.update(self.headings)
        for text in groups:
            self.furniture.update((fold(text), core(text)))

    def row_of(self, text: str) -> RowTarget | None:
        """Return the row that ``text`` names exactly, whatever its numbering, or ``None``."""
        return self.rows.get(core(text)) if len(text) <= LONGEST_LABEL else None

    def is_heading(self, text: str) -> bool:
        """Say whether ``text`` is exactly a word of a header or a caption."""
        return len(text) <= LONGEST_LABEL and fold(text) in self.headings

    def is_label(self, text: str) -> bool:
        """Say whether ``text`` is a label of any kind of this edition, exactly."""
        return len(text) <= LONGEST_LABEL and (fold(text) in self.furniture or core(text) in self.furniture or core(text) in self.rows)


@lru_cache(maxsize=64)
def index_of(form: Form) -> LabelIndex:
    """Return the label index of a form, made once."""
    return LabelIndex.of(form)


class LabelFacts:
    """What a text is as a label in any of several editions."""

    def __init__(self, folded: str, core: str, names_row: bool, heading: bool, caption: bool, group: bool, label: bool) -> None:
        self.folded = folded
        self.core = core
        self.names_row = names_row
        """Exactly the label of a row, whatever its numbering."""
        self.heading = heading
        """Exactly a word of a header or a caption."""
        self.caption = caption
        """Exactly the caption above a block of rows."""
        self.group = group
        """Exactly the label of a group of rows: (六)其他处理 is a row of one edition and a group of the other."""
        self.label = label
        """Exactly a label of any kind."""


_NO_LABEL = LabelFacts("", "", False, False, False, False, False)
_REMEMBERED = 8192
_CUT_SHORT = 0.7
_LONGEST_COLUMN = 30
"""No label of a column is longer, however it is printed."""


class Vocabulary:
    """The labels of several editions together. Remembers what it was asked: reports share nearly all their labels."""

    def __init__(self, indexes: tuple[LabelIndex, ...], exclusive: tuple[frozenset[str], ...] = ()) -> None:
        self.indexes = indexes
        self.exclusive = exclusive
        """For each edition the folded row and column labels that no other edition has as a label of any kind."""
        self._facts: dict[str, LabelFacts] = {}
        self._column_like: dict[str, bool] = {}

    @classmethod
    def of(cls, indexes: tuple[LabelIndex, ...]) -> Vocabulary:
        """Join the labels of ``indexes``."""
        known = [set(index.rows).union(*index.columns.values()) for index in indexes]
        everything = [labels | index.furniture for labels, index in zip(known, indexes, strict=True)]
        exclusive = tuple(
            frozenset(labels.difference(*(other for position, other in enumerate(everything) if position != number)))
            for number, labels in enumerate(known)
        )
        return cls(indexes, exclusive)

    def facts(self, text: str) -> LabelFacts:
        """Return what ``text`` is as a label."""
        facts = self._facts.get(text)
        if facts is None:
            if len(text) > LONGEST_LABEL or "。" in text:
                # No label has a full stop: most of a narrative need not be looked up, nor remembered.
                return _NO_LABEL
            if len(self._facts) >= _REMEMBERED:
                self._facts.clear()
            facts = self._facts[text] = self._look_up(text)
        return facts

    def _look_up(self, text: str) -> LabelFacts:
        folded, without_number = fold(text), core(text)
        names_row = any(without_number in index.rows for index in self.indexes)
        heading = any(folded in index.headings for index in self.indexes)
        furniture = any(folded in index.furniture or without_number in index.furniture for index in self.indexes)
        group = furniture and not heading
        label = names_row or furniture
        caption = any(folded in index.captions for index in self.indexes)
        return LabelFacts(folded, without_number, names_row, heading, caption, group, label)

    def is_column_like(self, text: str) -> bool:
        """Say whether ``text`` is alike enough to a column's label to be one that is cut short: 本年新, 结果."""
        if len(text) > _LONGEST_COLUMN:
            return False
        like = self._column_like.get(text)
        if like is None:
            if len(self._column_like) >= _REMEMBERED:
                self._column_like.clear()
            folded = core(text)
            official = (label for index in self.indexes for columns in index.official_columns.values() for label in columns.values())
            like = self._column_like[text] = any(similarity(folded, label) >= _CUT_SHORT for label in official)
        return like

    def likeness(self, text: str) -> float:
        """Return how much ``text`` is like the row label that it is most like, 0 to 1."""
        folded = core(text)
        return max((similarity(folded, label) for index in self.indexes for target in index.targets for label in target.forms), default=0.0)


@lru_cache(maxsize=16)
def vocabulary_of(indexes: tuple[LabelIndex, ...]) -> Vocabulary:
    """Return the joint vocabulary of editions, made once."""
    return Vocabulary.of(indexes)
