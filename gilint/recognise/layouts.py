"""Layouts known from earlier documents: which cell of which grid is which cell of the form.

What recognition makes of tables depends on labels, on where cells stand and on which of them are numbers, but not on the numbers themselves. Thousands of
reports differ in nothing but these: the skeleton of a document is all that recognition looks at, and a document with a skeleton that is known need
not be laid again. Only layouts with nothing remarkable about them are kept, so that everything that is noticed is noticed in the document at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import chain, repeat
from operator import getitem
from typing import TypeAlias, cast

from attrs import define, field, frozen

from gilint.document import Document, Grid, GridCell, Paragraph
from gilint.form import Form, TableSpec, ValueKind
from gilint.model import Cell, EditionEvidence, Table
from gilint.recognise.editions import Choice
from gilint.recognise.flat_headings import LONGEST_HEADING, NO_HEADING, FlatVocabulary, flat_vocabulary
from gilint.recognise.flat_values import MAX_REGION
from gilint.recognise.headings import heading_of
from gilint.recognise.labels import LONGEST_LABEL, Vocabulary
from gilint.recognise.lay import TableLaid
from gilint.recognise.lines import BARS, Kind, Line, kind_of, paragraph_line
from gilint.values import CellState, read_value

MAX_LAYOUTS = 64
"""Layouts kept; a site has a few, and a region not many more."""
LONGEST_SECTION_HEADING = 60
"""A longer cell or paragraph is not looked at as the heading of a section."""
MAX_CELLS = 2_000
"""Cells of a document from which on it is not remembered; a report with its site's furniture has some hundreds."""
_REMEMBERED = 4096

Skeleton: TypeAlias = "tuple[Hashable, ...]"
_Reader: TypeAlias = "Callable[[str], str | None]"


class _Role(Enum):
    """What a paragraph is to the tables around it."""

    SHORT = "short"
    """Nothing."""
    NARRATIVE = "narrative"
    """Nothing, and long enough to set what follows apart from what is before it."""
    HEADING = "heading"
    """By itself it reads like the heading of a section, so that a cell with the same text would be one."""
    LABEL = "label"
    """It reads like a label: a link of the site's menu (规范性文件), or a row that spans the table (第二十条第(一)项), which has no cells beside it in a sheet."""


class _Values(dict[str, tuple[CellState, int | Decimal | None, str, str | None, bool]]):
    """What the texts of one kind of column say, remembered: most cells of most reports hold the same few hundred texts."""

    def __init__(self, kind: ValueKind, heading_unit: str | None) -> None:
        self.kind = kind
        self.heading_unit = heading_unit

    def __missing__(self, text: str) -> tuple[CellState, int | Decimal | None, str, str | None, bool]:
        if len(self) >= _REMEMBERED:
            self.clear()
        raw = text.strip()
        value = read_value(raw, self.kind, self.heading_unit)
        read = self[text] = value.state, value.value, raw, value.unit, value.interpreted
        return read


values_of = lru_cache(maxsize=256)(_Values)


@frozen(eq=False, repr=False)
class TableLayout:
    """One table of the form, and where in the document its cells stand."""

    spec: TableSpec
    numbers: tuple[int, ...]
    """For each cell of the form which of all cells of the document it is."""
    values: tuple[_Values, ...]
    """For each of these how its text is read."""
    heading_units: tuple[str | None, ...]
    """For each of these the unit that its heading states."""

    names: tuple[tuple[str, ...], ...] = field(init=False)
    """Tables, rows and columns of the cells of the form."""

    @names.default
    def _names(self) -> tuple[tuple[str, ...], ...]:
        return tuple(zip(*self.spec.keys, strict=True))

    def fill(self, printed: Sequence[GridCell]) -> dict[tuple[str, str], Cell]:
        """Return the cells of the form, read from all cells of a document."""
        # Without a loop or a call of our own, this takes a third of the time.
        tables, rows, columns = self.names
        texts, _, _, _, _, places = zip(*map(printed.__getitem__, self.numbers), strict=True)
        states, values, raws, units, interpreted = zip(*map(getitem, self.values, texts), strict=True)
        fields = zip(tables, rows, columns, states, values, raws, units, places, self.heading_units, interpreted, strict=True)
        cells = cast(Iterable[Cell], map(tuple.__new__, repeat(Cell), fields))
        return dict(zip(self.spec.names, cells, strict=True))


class Layout:
    """What recognition found in the grids of a document, without the figures."""

    def __init__(self, form: Form, evidence: tuple[EditionEvidence, ...], tables: tuple[TableLayout, ...]) -> None:
        self.form = form
        self.evidence = evidence
        self.tables = tables

    def fill(self, document: Document) -> Mapping[str, Table]:
        """Return the tables of a document of this layout."""
        cells = [*chain.from_iterable([row for block in document.blocks if isinstance(block, Grid) for row in block.rows])]
        return {table.spec.name: Table(table.spec, table.fill(cells), True, self.form.edition) for table in self.tables}


@define(eq=False, repr=False)
class Layouts:
    """The layouts that documents had, for one set of forms."""

    vocabulary: Vocabulary
    _flat: tuple[FlatVocabulary, ...] = field(init=False)
    _kinds: tuple[Form, ...] = field(init=False)
    """One edition of each form: its editions share their headings."""
    _roles: dict[str, _Role | None] = field(factory=dict)
    _known: dict[Skeleton, Layout] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        indexes = self.vocabulary.indexes
        self._flat = tuple(flat_vocabulary(table, index) for index in indexes for table in index.form.tables if table.layout == "flat")
        self._kinds = tuple({index.form.id: index.form for index in indexes}.values())

    def find(self, skeleton: Skeleton | None) -> Layout | None:
        """Return the layout of documents with that skeleton, if there was one."""
        return self._known.get(skeleton) if skeleton is not None else None

    def skeleton_of(self, document: Document, section_of: _Reader, year: int | None) -> Skeleton | None:
        """Return all that the recognition of tables looks at; ``None`` where it reads more than aligned grids, so that it has to look itself.

        Args:
            document: what a reader yielded.
            section_of: names the section of which a text is the heading.
            year: the report year, which decides between editions that fit equally well.
        """
        parts: list[Hashable] = [year]
        between = ""
        size, lines, first = 0, 0, -1
        for block in document.blocks:
            if isinstance(block, Grid):
                first = lines if first < 0 else first
                size += sum(map(len, block.rows))
                lines += len(block.rows)
                if not block.aligned or block.doubtful or size > MAX_CELLS or lines - first > MAX_REGION:
                    return None
                parts.extend((between, _skeleton_of_grid(block)))
                between = ""
                continue
            lines += 1
            text, role = block.text, self._role(block)
            name = section_of(text)
            if role is None:
                return None
            if name is not None or role is _Role.LABEL or role is _Role.HEADING:
                parts.extend((between, name, text if role is _Role.LABEL or len(text) <= LONGEST_SECTION_HEADING else None))
                between = ""
            elif role is _Role.NARRATIVE or not between:
                between = role.value
        return tuple(parts)

    def _role(self, paragraph: Paragraph) -> _Role | None:
        """Return what a paragraph is to the tables, apart from its neighbours; ``None`` when it can be a part of one."""
        text = paragraph.text
        if len(text) > LONGEST_LABEL:
            return self._role_of(paragraph)
        if text not in self._roles:
            if len(self._roles) >= _REMEMBERED:
                self._roles.clear()
            self._roles[text] = self._role_of(paragraph)
        return self._roles[text]

    def _role_of(self, paragraph: Paragraph) -> _Role | None:
        text = paragraph.text
        if len(text) > LONGEST_LABEL and len(text.split(None, 1)) == 1 and text[-1] not in BARS:
            return _Role.NARRATIVE
        tokens = paragraph_line(paragraph, self.vocabulary).tokens
        if len(tokens) > 1 or tokens[0].kind is not Kind.LABEL or text[-1:] in BARS:
            return None
        if self.vocabulary.facts(text).label or any(vocabulary.facts(text) != NO_HEADING for vocabulary in self._flat):
            return _Role.LABEL
        if len(text) <= LONGEST_SECTION_HEADING and any(heading_of(text, form) is not None for form in self._kinds):
            return _Role.HEADING
        return _Role.NARRATIVE if len(text) > LONGEST_HEADING else _Role.SHORT

    def remember(self, skeleton: Skeleton, choice: Choice, lines: Sequence[Line]) -> None:
        """Keep the layout of a document, unless it can depend on more than the skeleton: on figures, or on how far parts are from each other."""
        layout = _layout_of(choice, lines)
        if layout is not None:
            if len(self._known) >= MAX_LAYOUTS:
                del self._known[next(iter(self._known))]
            self._known[skeleton] = layout


class _Shapes(dict[str, str | None]):
    """What recognition sees of the text of a cell: nothing of a number. Remembered, for most cells of most reports hold the same few hundred texts."""

    def __missing__(self, text: str) -> str | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        shape = self[text] = None if kind_of(text) is Kind.NUMBER else text
        return shape


_shape_of = _Shapes().__getitem__


def _skeleton_of_grid(grid: Grid) -> Skeleton:
    """Return what a grid is without its numbers: how many cells each row has, their texts, rows, columns and spans."""
    lengths = tuple(map(len, grid.rows))
    if not any(lengths):
        return lengths
    texts, rows, columns, heights, widths, _ = zip(*chain.from_iterable(grid.rows), strict=True)
    return lengths, tuple(map(_shape_of, texts)), rows, columns, heights, widths


def _layout_of(choice: Choice, lines: Sequence[Line]) -> Layout | None:
    """Return the layout of a document; ``None`` where not every cell of the edition and every number of its rows has a place, or narrative was taken for a row."""
    laid = choice.laid
    used = [lines[number] for number in laid.lines]
    if choice.mixed or any(line.grid < 0 or not line.aligned for line in used):
        return None
    tables = laid.tables.values()
    if any(table.foreign or table.unplaced or len(table.cells) < len(table.spec.keys) for table in tables):
        return None
    # A header from outside of the grids would have been put together of paragraphs that the skeleton leaves out.
    if not all(row.header.aligned for table in tables for row in table.rows.values()):
        return None
    # Which of two equal numbers is left out, or how a number is cut in two, depends on the figures: then a token has no seat.
    numbers = sum(token.kind is Kind.NUMBER for line in used for token in line.tokens)
    if numbers != sum(token.kind is Kind.NUMBER for table in tables for token in table.cells.values()):
        return None
    numbers_of_cells = _numbers_of_cells(lines)
    if any(id(token) not in numbers_of_cells for table in tables for token in table.cells.values()):
        return None
    return Layout(laid.form, choice.evidence, tuple(_table_layout(table, numbers_of_cells) for table in tables))


def _numbers_of_cells(lines: Sequence[Line]) -> dict[int, int]:
    """Return, for the identity of each token of a grid, which of all cells of the document it is."""
    tokens = (token for line in lines if line.grid >= 0 for token in line.tokens)
    return {id(token): number for number, token in enumerate(tokens)}


def _table_layout(table: TableLaid, numbers_of_cells: Mapping[int, int]) -> TableLayout:
    kinds = {column.name: column.kind for column in table.spec.columns}
    names = table.spec.names
    units = tuple([table.heading_units.get(name) for name in names])
    numbers = tuple([numbers_of_cells[id(table.cells[name])] for name in names])
    values = tuple([values_of(kinds[column], unit) for (_, column), unit in zip(names, units, strict=True)])
    return TableLayout(table.spec, numbers, values, units)


@lru_cache(maxsize=16)
def layouts_of(vocabulary: Vocabulary) -> Layouts:
    """Return the layouts known for a set of forms, made once."""
    return Layouts(vocabulary)
