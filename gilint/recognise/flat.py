"""Tables that are officially one line of numbers under headings of two levels (section four), however they are turned.

Upright, on their side, in several parts or as a matrix: what counts is which outer and which inner heading a value stands under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto

from attrs import define, field

from gilint.form import TableSpec
from gilint.recognise.align import align
from gilint.recognise.flat_headings import LONGEST_HEADING, NO_HEADING, FlatVocabulary, flat_vocabulary
from gilint.recognise.labels import LabelIndex, fold
from gilint.recognise.lines import Kind, Line, Token, split_numbers

MAX_REGION = 200
"""Lines that a flat table can take up, a cell a line and headings included."""
_LONGEST_TEXT_VALUE = 12


@define(eq=False)
class Hinted:
    """A value with the headings that it stands under, as far as they are known."""

    token: Token
    row: str | None = None
    column: str | None = None


@define(eq=False)
class FlatLaid:
    """A flat table laid over its form."""

    cells: dict[tuple[str, str], Token] = field(factory=dict)
    left_over: list[Token] = field(factory=list)
    lines: range = range(0)
    headings: int = 0
    """Different official headings found."""


def lay_flat(lines: Sequence[Line], table: TableSpec, index: LabelIndex, section_of: Callable[[str], str | None]) -> FlatLaid:
    """Find a flat table in the lines and lay it over its form; empty where there is none."""
    vocabulary = flat_vocabulary(table, index)
    best = FlatLaid()
    for region in _regions(lines, vocabulary, index, section_of):
        hinted = _hinted(lines, region, vocabulary)
        laid = _lay(hinted, vocabulary)
        laid.lines = region
        laid.headings = len(
            {fold(t.text) for n in region for t in lines[n].tokens if t.kind is Kind.LABEL and vocabulary.facts(t.text).tells}
        )
        if len(laid.cells) > len(best.cells):
            best = laid
    return best if best.cells else _lay_bare(lines, vocabulary, section_of)


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
    hinted = _without_residue([Hinted(token) for token in split_numbers([token for _, token in values], count)], count)
    if len(hinted) != count or not any(value.token.kind is Kind.NUMBER for value in hinted):
        return FlatLaid()
    laid = _lay(hinted, vocabulary)
    laid.lines = range(values[0][0], values[-1][0] + 1)
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


def _hinted(lines: Sequence[Line], region: range, vocabulary: FlatVocabulary) -> list[Hinted]:
    """Return the values of a region with what is known of their headings."""
    hinted: list[Hinted] = []
    position = region.start
    while position < region.stop:
        line = lines[position]
        end = position
        while end < region.stop and lines[end].grid == line.grid and lines[end].aligned == line.aligned:
            end += 1
        part = lines[position:end]
        hinted.extend(_from_grid(part, vocabulary, hinted) if line.aligned else _from_stream(part, vocabulary))
        if line.aligned:
            _inherit_row(hinted, lines[region.start : position], vocabulary)
        position = end
    return hinted


def _from_grid(lines: Sequence[Line], vocabulary: FlatVocabulary, before: Sequence[Hinted]) -> list[Hinted]:
    """Read the headings above and left of each value of a grid, the nearest one first."""
    labels: list[tuple[int, Token]] = []
    values: list[tuple[int, Token]] = []
    headers: set[int] = set()
    for line in lines:
        numbers = any(token.kind is Kind.NUMBER for token in line.tokens)
        for token in line.tokens:
            is_label = token.kind is Kind.LABEL and not (numbers and vocabulary.facts(token.text) == NO_HEADING)
            (labels if is_label else values).append((line.row, token))
        if sum(token.kind is Kind.LABEL and vocabulary.facts(token.text).inner for token in line.tokens) > 1:
            headers.add(line.row)
    above, left = _headings_by_place(labels)
    hinted = []
    for row, token in values:
        path = [
            *(label for at, label in above.get(token.column, ()) if at < row),
            *(t for t in left.get(row, ()) if t.column < token.column),
        ]
        facts = [vocabulary.facts(label.text) for label in reversed(path)]
        if token.kind is not Kind.NUMBER and labels and (row in headers or not any(fact.inner for fact in facts)):
            # What is left of a merged header cell.
            continue
        outer = next((fact.row for fact in facts if fact.row), None)
        inner = next((fact.column for fact in facts if fact.column), None)
        hinted.append(Hinted(token, outer, inner))
    return hinted


def _headings_by_place(labels: Sequence[tuple[int, Token]]) -> tuple[dict[int, list[tuple[int, Token]]], dict[int, list[Token]]]:
    """Return the labels that stand over each column of a grid, with their rows, and those that stand in each row."""
    above: dict[int, list[tuple[int, Token]]] = {}
    left: dict[int, list[Token]] = {}
    for row, label in labels:
        for column in range(label.column, label.column + label.span):
            above.setdefault(column, []).append((row, label))
        for covered in range(row, min(max(label.last_row, row), row + MAX_REGION) + 1):
            left.setdefault(covered, []).append(label)
    return above, left


def _inherit_row(hinted: Sequence[Hinted], before: Sequence[Line], vocabulary: FlatVocabulary) -> None:
    """Give values of a part the outer heading that stands before the grid, where the grid itself has none."""
    own = [value for value in hinted if value.row is None]
    if not own or len(own) > len(vocabulary.table.columns):
        return
    outer = None
    for line in before:
        if not line.aligned:
            for token in line.tokens:
                outer = vocabulary.facts(token.text).row or outer if token.kind is Kind.LABEL else outer
    taken = {value.row for value in hinted}
    if outer not in taken:
        for value in own:
            value.row = outer


@define(eq=False)
class _Run:
    """Headings of a text that lost its grid, and the values after them."""

    labels: list[Token] = field(factory=list)
    values: list[Token] = field(factory=list)
    separator: Token | None = None
    """A bar between the last heading and the first value: before it there can be a blank cell."""


def _from_stream(lines: Sequence[Line], vocabulary: FlatVocabulary) -> list[Hinted]:
    """Read a table that lost its grid: runs of headings, each followed by a run of values."""
    runs = _runs(lines, vocabulary)
    hinted: list[Hinted] = []
    several = len(runs) > 1
    outer: str | None = None
    width = len(vocabulary.table.columns)
    heads = list(dict.fromkeys(name for label in runs[0].labels if (name := vocabulary.facts(label.text).row)))
    for run in runs:
        named = [name for label in run.labels if (name := vocabulary.facts(label.text).row)]
        outer = named[-1] if named and several else outer
        inner = [text for text in _mended(run.labels, vocabulary) if vocabulary.facts(text).row is None and vocabulary.facts(text).inner]
        values = split_numbers(run.values, len(inner) or (width if several else width * len(vocabulary.table.rows)))
        if run.separator is not None and len(values) + 1 == len(inner):
            values.insert(0, Token("", Kind.BLANK, run.separator.place))
        if len(values) > len(inner) > 0:
            values = [value.token for value in _without_residue([Hinted(value) for value in values], len(inner))]
        if several and len(inner) == 1 and len(values) == len(heads) > 1:
            # Five rows under three outer headings.
            hinted.extend(Hinted(value, name, vocabulary.facts(inner[0]).column) for value, name in zip(values, heads, strict=True))
            continue
        columns = [vocabulary.facts(text).column for text in inner] if len(inner) == len(values) else [None] * len(values)
        hinted.extend(Hinted(value, outer, column) for value, column in zip(values, columns, strict=True))
    return hinted


def _runs(lines: Sequence[Line], vocabulary: FlatVocabulary) -> list[_Run]:
    runs = [_Run()]
    seen = 0
    for line in lines:
        header = sum(token.kind is Kind.LABEL and vocabulary.facts(token.text).inner for token in line.tokens) > 1
        for token in line.tokens:
            run = runs[-1]
            if token.kind is Kind.LABEL and _is_text_value(token, run.labels, run.values, vocabulary):
                run.values.append(token)
            elif token.kind is Kind.LABEL:
                if _are_values(run.labels, run.values, seen, vocabulary):
                    run = _Run()
                    runs.append(run)
                run.values.clear()
                run.separator = None
                run.labels.append(token)
                seen += vocabulary.facts(token.text).inner
            elif token.kind is Kind.NUMBER or (token.kind is Kind.BLANK and not header):
                run.values.append(token)
            elif token.kind is Kind.RESIDUE and token.text and not run.values:
                run.separator = token
    return runs


def _is_text_value(token: Token, labels: Sequence[Token], values: Sequence[Token], vocabulary: FlatVocabulary) -> bool:
    """Say whether a text between numbers stands where a number belongs: 详见附件."""
    inner = sum(vocabulary.facts(label.text).inner for label in labels)
    return (
        vocabulary.facts(token.text) == NO_HEADING
        and len(token.text) <= _LONGEST_TEXT_VALUE
        and any(value.kind is Kind.NUMBER for value in values)
        and len(values) < (inner or len(vocabulary.table.columns))
    )


def _are_values(labels: Sequence[Token], values: Sequence[Token], seen: int, vocabulary: FlatVocabulary) -> bool:
    """Say whether tokens after labels are the values of a part, numbers or all of them blank, and not what is left of merged cells.

    ``seen`` counts the inner headings so far: before them there can be no values.
    """
    if any(value.kind is Kind.NUMBER for value in values):
        return True
    if not seen:
        return False
    inner = sum(vocabulary.facts(label.text).inner for label in labels)
    return len(values) >= (inner or len(vocabulary.table.columns))


def _without_residue(values: list[Hinted], count: int) -> list[Hinted]:
    """Drop blanks at both ends that are more than the table has cells."""
    kept = list(values)
    while len(kept) > count and kept[-1].token.kind is Kind.BLANK:
        kept.pop()
    while len(kept) > count and kept[0].token.kind is Kind.BLANK:
        kept.pop(0)
    return kept


def _mended(labels: Sequence[Token], vocabulary: FlatVocabulary) -> list[str]:
    """Return the texts of labels, those that a line break cut in two joined again."""
    texts: list[str] = []
    for label in labels:
        if texts and fold(texts[-1] + label.text) in vocabulary.official:
            texts[-1] += label.text
        else:
            texts.append(label.text)
    return texts


def _lay(hinted: list[Hinted], vocabulary: FlatVocabulary) -> FlatLaid:
    table = vocabulary.table
    expected = [(row.name, column) for row in table.rows for column in row.columns]
    hinted = _without_residue(hinted, len(expected))
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
