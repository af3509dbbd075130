"""Reading the values of a flat table: under which outer and which inner heading each stands, in a grid or in a text that lost its grid."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from gilint.recognise.flat_headings import NO_HEADING, FlatVocabulary
from gilint.recognise.labels import fold
from gilint.recognise.lines import LONGEST_TEXT_VALUE, Kind, Line, Token, split_numbers

MAX_REGION = 200
"""Lines that a flat table can take up, a cell a line and headings included."""


@define(eq=False, repr=False)
class Hinted:
    """A value with the headings that it stands under, as far as they are known."""

    token: Token
    row: str | None = None
    column: str | None = None


def read_values(lines: Sequence[Line], region: range, vocabulary: FlatVocabulary) -> list[Hinted]:
    """Return the values of a region of lines with what is known of their headings."""
    hinted: list[Hinted] = []
    position = region.start
    while position < region.stop:
        line = lines[position]
        end = position
        while end < region.stop and lines[end].grid == line.grid and lines[end].aligned == line.aligned:
            end += 1
        part = lines[position:end]
        hinted.extend(_from_grid(part, vocabulary) if line.aligned else _from_stream(part, vocabulary))
        if line.aligned:
            _inherit_row(hinted, lines[region.start : position], vocabulary)
        position = end
    return hinted


def _from_grid(lines: Sequence[Line], vocabulary: FlatVocabulary) -> list[Hinted]:
    """Read the headings above and left of each value of a grid, the nearest one first."""
    labels: list[tuple[int, Token]] = []
    values: list[tuple[int, Token]] = []
    headers: set[int] = set()
    for line in lines:
        numbers = any(token.kind is Kind.NUMBER for token in line.tokens)
        for token in line.tokens:
            is_label = token.kind is Kind.LABEL and not (numbers and vocabulary.facts(token.text) == NO_HEADING)
            (labels if is_label else values).append((line.row, token))
        if _names_columns(line, vocabulary):
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


def _names_columns(line: Line, vocabulary: FlatVocabulary) -> bool:
    """Say whether a line holds several inner headings: its blanks are what is left of merged cells."""
    return sum(vocabulary.facts(token.text).inner for token in line.labels) > 1


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


@define(eq=False, repr=False)
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
            values = [value.token for value in without_residue([Hinted(value) for value in values], len(inner))]
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
        header = _names_columns(line, vocabulary)
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
        and len(token.text) <= LONGEST_TEXT_VALUE
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


def without_residue(values: list[Hinted], count: int) -> list[Hinted]:
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
