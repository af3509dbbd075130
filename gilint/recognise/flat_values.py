"""Reading the values of a flat table: under which outer and which inner heading each stands, in a grid or in a text that lost its grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from gilint.recognise.flat_headings import NO_HEADING, FlatVocabulary
from gilint.recognise.labels import fold
from gilint.recognise.lines import LONGEST_TEXT_VALUE, Kind, Line, Token, split_numbers

MAX_REGION = 200
"""Lines that a flat table can take up, a cell a line and headings included."""


class Hinted:
    """A value with the headings that it stands under, as far as they are known."""

    def __init__(self, token: Token, row: str | None = None, column: str | None = None) -> None:
        self.token = token
        self.row = row
        self.column = column


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
    placed = _headings_by_place(labels, vocabulary)
    hinted = []
    for row, token in values:
        if token.kind is not Kind.NUMBER and labels and (row in headers or placed.before(row, token.column, "inner") is None):
            # What is left of a merged header cell.
            continue
        hinted.append(Hinted(token, placed.before(row, token.column, "outer"), placed.before(row, token.column, "name")))
    return hinted


def _names_columns(line: Line, vocabulary: FlatVocabulary) -> bool:
    """Say whether a line holds several inner headings: its blanks are what is left of merged cells."""
    return sum(vocabulary.facts(token.text).inner for token in line.labels) > 1


class _Placed:
    """What the headings of a grid say, by where they stand."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, int, str], tuple[list[int], list[str]]] = {}

    def put(self, line: str, number: int, position: int, said: Sequence[tuple[str, str]]) -> None:
        """Put down what a heading says: in a row or column with this number, at a position along it."""
        for name, value in said:
            positions, values = self._said.setdefault((line, number, name), ([], []))
            # What stands no nearer than a later heading is never asked for.
            while positions and positions[-1] >= position:
                del positions[-1], values[-1]
            positions.append(position)
            values.append(value)

    def before(self, row: int, column: int, name: str) -> str | None:
        """Return what the nearest heading left of a cell says, or else above it, of those that say it."""
        for line, number, position in (("row", row, column), ("column", column, row)):
            positions, values = self._said.get((line, number, name), ((), ()))
            nearest = bisect_left(positions, position)
            if nearest:
                return values[nearest - 1]
        return None


def _headings_by_place(labels: Sequence[tuple[int, Token]], vocabulary: FlatVocabulary) -> _Placed:
    """Return what the labels of a grid say over each column, and in each row."""
    placed = _Placed()
    for row, label in labels:
        facts = vocabulary.facts(label.text)
        if facts == NO_HEADING:
            continue
        inner = label.text if facts.inner else None
        said = [(name, value) for name, value in (("outer", facts.row), ("name", facts.column), ("inner", inner)) if value is not None]
        for column in range(label.column, label.column + label.span):
            placed.put("column", column, row, said)
        for covered in range(row, min(max(label.last_row, row), row + MAX_REGION) + 1):
            placed.put("row", covered, label.column, said)
    return placed


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


class _Run:
    """Headings of a text that lost its grid, and the values after them."""

    def __init__(self, separator: Token | None = None) -> None:
        self.labels: list[Token] = []
        self.values: list[Token] = []
        self.separator = separator
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
