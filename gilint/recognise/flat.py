"""Tables that are officially one line of numbers under headings of two levels (section four), however they are turned.

Upright, on their side, in several parts or as a matrix: what counts is which outer and which inner heading a value stands under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto

from gilint.form import TableSpec
from gilint.recognise.align import align
from gilint.recognise.flat_blanks import last_heading, with_blank_lines
from gilint.recognise.flat_headings import LONGEST_HEADING, FlatVocabulary, flat_vocabulary
from gilint.recognise.flat_values import MAX_REGION, Hinted, read_values, without_residue
from gilint.recognise.labels import LabelIndex
from gilint.recognise.lines import Kind, Line, Token, split_numbers


class FlatLaid:
    """A flat table laid over its form."""

    def __init__(self, lines: range = range(0), own: frozenset[int] = frozenset(), doubtful: bool = False) -> None:
        self.cells: dict[tuple[str, str], Token] = {}
        self.left_over: list[Token] = []
        self.lines = lines
        self.own = own
        """Those of the lines that are headings and values, not narrative between the parts."""
        self.doubtful = doubtful
        """Whether the reader is not sure which figures stand in which of them."""


def lay_flat(lines: Sequence[Line], table: TableSpec, index: LabelIndex, section_of: Callable[[str], str | None]) -> FlatLaid:
    """Find a flat table in the lines and lay it over its form; empty where there is none."""
    vocabulary = flat_vocabulary(table, index)
    best = FlatLaid()
    for region in _regions(lines, vocabulary, index, section_of):
        hinted = read_values(lines, region, vocabulary)
        laid = _lay(hinted, vocabulary)
        laid.lines = region
        laid.own = frozenset(n for n in region if _role(lines[n], vocabulary, index, section_of) is not _Role.NARRATIVE)
        laid.doubtful = any(lines[n].doubtful for n in laid.own)
        if len(laid.cells) > len(best.cells):
            best = laid
    if len(best.cells) < len(table.keys) and (found := _lay_by_empty_lines(lines, vocabulary)):
        return found
    return best if best.cells else _lay_bare(lines, vocabulary, section_of)


def _lay_by_empty_lines(lines: Sequence[Line], vocabulary: FlatVocabulary) -> FlatLaid | None:
    """Lay a table of which empty lines are the blank cells over its form, where there is one."""
    head = -1
    for start, line in enumerate(lines):
        # All headings of a run lead to its last one.
        if start > head and line.grid < 0 and any(vocabulary.facts(token.text).tells for token in line.labels):
            head = last_heading(lines, start, vocabulary)
            values = with_blank_lines(lines, head, vocabulary)
            if values:
                laid = _lay([Hinted(value) for value in values], vocabulary)
                last = max((number for number, other in enumerate(lines) if any(token in values for token in other.tokens)), default=start)
                laid.lines = range(start, last + 1)
                laid.own = frozenset(laid.lines)
                return laid
    return None


def _lay_bare(lines: Sequence[Line], vocabulary: FlatVocabulary, section_of: Callable[[str], str | None]) -> FlatLaid:
    """Lay a table without any heading over its form, where its section holds exactly as many values as the table has."""
    inside = False
    values: list[tuple[int, Token]] = []
    for number, line in enumerate(lines):
        section = next((name for token in line.labels if (name := section_of(token.text))), None)
        if section is not None:
            inside = section == vocabulary.table.section
        elif inside and not line.labels:
            values.extend((number, token) for token in line.tokens if token.kind is not Kind.RESIDUE)
    count = len(vocabulary.table.keys)
    hinted = without_residue([Hinted(token) for token in split_numbers([token for _, token in values], count)], count)
    if len(hinted) != count or not any(value.token.kind is Kind.NUMBER for value in hinted):
        return FlatLaid()
    laid = _lay(hinted, vocabulary)
    laid.lines = range(values[0][0], values[-1][0] + 1)
    laid.own = frozenset(number for number, _ in values)
    return laid


def _regions(
    lines: Sequence[Line], vocabulary: FlatVocabulary, index: LabelIndex, section_of: Callable[[str], str | None]
) -> Iterator[range]:
    """Yield the stretches of lines that hold the table's headings and values.

    A note below one part of a table does not end it, but numbers after the note count only under a further heading.
    """
    facts = vocabulary.facts
    number = 0
    while number < len(lines):
        if not any(facts(token.text).tells for token in lines[number].labels):
            number += 1
            continue
        start, last_value, headed = number, None, True
        while number < len(lines) and number - start < MAX_REGION:
            role = _role(lines[number], vocabulary, index, section_of)
            if role is _Role.END:
                break
            headed = role is _Role.HEADING or (headed and role is not _Role.NARRATIVE)
            if headed and any(token.kind in (Kind.NUMBER, Kind.BLANK) for token in lines[number].tokens):
                last_value = number
            number += 1
        if last_value is not None:
            yield range(start, last_value + 1)
        number = max(number, start + 1)


class _Role(Enum):
    """What a line is to a flat table."""

    HEADING = auto()
    VALUES = auto()
    NARRATIVE = auto()
    END = auto()


def _role(line: Line, vocabulary: FlatVocabulary, index: LabelIndex, section_of: Callable[[str], str | None]) -> _Role:
    role = _Role.VALUES
    for token in line.labels:
        facts = vocabulary.facts(token.text)
        if facts.tells or facts.inner:
            role = _Role.HEADING
        elif index.row_of(token.text) is not None or section_of(token.text) not in (None, vocabulary.table.section):
            return _Role.END
        elif len(token.text) > LONGEST_HEADING:
            role = _Role.NARRATIVE
    return role


def _lay(hinted: list[Hinted], vocabulary: FlatVocabulary) -> FlatLaid:
    table = vocabulary.table
    expected = [(row.name, column) for row in table.rows for column in row.columns]
    hinted = without_residue(hinted, len(expected))
    keys = [(value.row, value.column) for value in hinted]
    laid = FlatLaid()
    if all(row and column for row, column in keys) and len(set(keys)) == len(keys):
        laid.cells = {(value.row or "", value.column or ""): value.token for value in hinted}
        return laid

    def fit(i: int, j: int) -> float:
        value, (row, column) = hinted[i], expected[j]
        if (value.row and value.row != row) or (value.column and value.column != column):
            return 0.0
        return 1.0 + bool(value.row) + bool(value.column) + (0.0 if value.token.kind is not Kind.NUMBER else 0.5)

    pairs = align(len(hinted), len(expected), fit)
    if len(pairs) < len(hinted) == len(expected) and len({value.token.place.row for value in hinted}) == 1:
        # One line with exactly as many values as the table has: wrong spans in its header do not move them.
        pairs = [(position, position) for position in range(len(expected))]
    laid.cells = {expected[j]: hinted[i].token for i, j in pairs}
    placed = {i for i, _ in pairs}
    laid.left_over = [value.token for i, value in enumerate(hinted) if i not in placed and value.token.kind is Kind.NUMBER]
    return laid
