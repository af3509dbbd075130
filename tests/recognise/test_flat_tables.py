"""Tables with headings of two levels, as large as any that is read."""

from __future__ import annotations

import pytest

from gilint.forms import builtin_forms
from gilint.place import Place
from gilint.recognise.flat_headings import FlatFacts, FlatVocabulary, flat_vocabulary
from gilint.recognise.flat_values import MAX_REGION, read_values
from gilint.recognise.labels import index_of
from gilint.recognise.lines import Kind, Line, Token

FORM = builtin_forms()[-1]
REVIEWS = next(table for table in FORM.tables if table.layout == "flat")
COLUMNS = 120


def line(row: int, kinds: list[Kind]) -> Line:
    name = REVIEWS.columns[row % len(REVIEWS.columns)].label.zh
    tokens = [Token(name if kind is Kind.LABEL else "1", kind, Place(), column, last_row=row) for column, kind in enumerate(kinds)]
    return Line(tokens, grid=0, aligned=True, row=row)


@pytest.mark.parametrize(
    "kinds",
    [
        lambda row: [Kind.LABEL if row < MAX_REGION // 2 else Kind.NUMBER] * COLUMNS,
        lambda _: [Kind.LABEL, Kind.NUMBER] * (COLUMNS // 2),
        lambda _: [Kind.LABEL] * (COLUMNS // 2) + [Kind.NUMBER] * (COLUMNS // 2),
    ],
)
def test_headings_are_looked_at_once_however_many_values_stand_under_them(kinds, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    asked = 0
    facts = FlatVocabulary.facts

    def counted(self: FlatVocabulary, text: str) -> FlatFacts:
        nonlocal asked
        asked += 1
        return facts(self, text)

    monkeypatch.setattr(FlatVocabulary, "facts", counted)
    lines = [line(row, kinds(row)) for row in range(MAX_REGION)]
    values = read_values(lines, range(MAX_REGION), flat_vocabulary(REVIEWS, index_of(FORM)))
    assert len(values) == sum(token.kind is Kind.NUMBER for each in lines for token in each.tokens)
    assert all(value.column is not None for value in values)
    assert asked <= 3 * MAX_REGION * COLUMNS


def test_the_nearest_heading_counts_and_left_comes_before_above() -> None:
    first, second, third = (column.label.zh for column in REVIEWS.columns[:3])
    names = [column.name for column in REVIEWS.columns]
    above = Line([Token(first, Kind.LABEL, Place(), 1), Token(second, Kind.LABEL, Place(), 2)], grid=0, aligned=True, row=0)
    tokens = [Token(third, Kind.LABEL, Place(), 0, last_row=1), Token("1", Kind.NUMBER, Place(), 1), Token("2", Kind.NUMBER, Place(), 2)]
    below = Line([Token("3", Kind.NUMBER, Place(), 1), Token("4", Kind.NUMBER, Place(), 2)], grid=0, aligned=True, row=2)
    lines = [above, Line(tokens, grid=0, aligned=True, row=1), below]
    values = read_values(lines, range(3), flat_vocabulary(REVIEWS, index_of(FORM)))
    assert [(value.token.text, value.column) for value in values] == [("1", names[2]), ("2", names[2]), ("3", names[0]), ("4", names[1])]
