"""The equations of a form over a report, with blanks: what holds, what cannot, what nobody can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gilint import (
    CellRef,
    CellState,
    ColumnSpec,
    EquationSpec,
    Form,
    Outcome,
    Report,
    RowSpec,
    TableSpec,
    Text,
    assess,
    equations_of,
    examine,
)
from gilint.forms import builtin_forms, parse_form
from gilint.model import Cell, Table
from gilint.plans import plans
from gilint.testing import sample_figures, sample_report

FORMS = {form.edition: form for form in builtin_forms()}

SMALL = parse_form(
    """
id = "small"
edition = "1"
title = { zh = "小表", en = "Small" }
source = "试验"
first_year = 2020
title_words = ["小表"]
sections = [{ name = "only", number = 1, label = { zh = "一", en = "One" } }]

[[tables]]
name = "t"
section = "only"
label = { zh = "表", en = "Table" }
columns = [
  { name = "a", label = { zh = "甲", en = "A" } },
  { name = "b", label = { zh = "乙", en = "B" } },
  { name = "total", label = { zh = "计", en = "Total" } },
  { name = "change", label = { zh = "增减", en = "Change" }, kind = "change" },
  { name = "money", label = { zh = "金额", en = "Money" }, kind = "amount" },
  { name = "more_money", label = { zh = "又金额", en = "More money" }, kind = "amount" },
]
rows = [
  { name = "x", label = { zh = "子", en = "X" }, columns = ["a", "b", "total"] },
  { name = "y", label = { zh = "丑", en = "Y" }, columns = ["a", "b", "total"] },
  { name = "sum", label = { zh = "和", en = "Sum" }, columns = ["a", "b", "total"] },
  { name = "other", label = { zh = "它", en = "Other" }, columns = ["a", "change", "money", "more_money"] },
]
equations = [
  { name = "row", along = "row", total = "total", plus = ["a", "b"] },
  { name = "column", along = "column", total = "sum", plus = ["x", "y"] },
  { name = "left", along = "row", total = "a", plus = ["change"], minus = [] },
  { name = "paid", along = "row", total = "money", plus = ["more_money"] },
]
"""
)
(TABLE,) = SMALL.tables
KEYS = [("x", "a"), ("x", "b"), ("x", "total"), ("y", "a"), ("y", "b"), ("y", "total"), ("sum", "a"), ("sum", "b"), ("sum", "total")]


def small(values: Mapping[tuple[str, str], int | Decimal | CellState]) -> Report:
    """Return a report of the small form; what is not named is 0."""

    def cell(row: str, column: str) -> Cell:
        value = values.get((row, column), 0)
        if isinstance(value, CellState):
            return Cell("t", row, column, value)
        return Cell("t", row, column, CellState.NUMBER, value, str(value))

    return Report("small", SMALL, tables={"t": Table(TABLE, {(row, column): cell(row, column) for _, row, column in TABLE.keys})})


def outcomes(report: Report) -> dict[str, str]:
    """Return what became of each equation, those that hold left out."""
    return {
        f"{item.equation.spec.name} {item.equation.line}": item.outcome.value
        for item in assess(report)
        if item.outcome is not Outcome.HOLDS
    }


def grid(*numbers: int | CellState) -> Report:
    """Return the square of the small form: x, y, sum by a, b, total."""
    return small(dict(zip(KEYS, numbers, strict=True)))


_ = CellState.BLANK


@pytest.mark.parametrize(("edition", "count"), [("2019", 40), ("2021", 42)])
def test_every_equation_of_an_edition_is_there_once(edition: str, count: int) -> None:
    equations = equations_of(FORMS[edition])
    assert len(equations) == count
    assert len({equation.cells for equation in equations}) == count


def test_operands_come_total_first_and_in_the_order_of_the_form() -> None:
    balance = next(item for item in equations_of(FORMS["2021"]) if item.spec.name == "balance" and item.line == "business")
    assert [cell.row for cell in balance.cells] == ["total", "new", "carried_in", "carried_out"]
    assert [cell.row for cell in balance.plus] == ["new", "carried_in"]
    assert [cell.row for cell in balance.minus] == ["carried_out"]


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("seed", range(20))
def test_consistent_figures_hold(edition: str, seed: int) -> None:
    form = FORMS[edition]
    report = sample_report(form).with_changes(sample_figures(form, seed))
    assert {item.outcome for item in assess(report)} == {Outcome.HOLDS}


def test_a_line_that_lacks_an_operand_has_no_equation() -> None:
    assert [f"{item.spec.name} {item.line}" for item in equations_of(SMALL)] == [
        "row x",
        "row y",
        "row sum",
        "column a",
        "column b",
        "column total",
        "left other",
        "paid other",
    ]


def test_no_form_no_equations() -> None:
    assert assess(Report("x", None)) == ()


def test_assessed_once_per_report() -> None:
    report = grid(*[0] * 9)
    assert examine(report) is examine(report)
    assert examine(report) is not examine(grid(*[0] * 9))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((1, 2, 3, 4, 5, 9, 5, 7, 12), {}),
        ((1, 2, 4, 4, 5, 9, 5, 7, 12), {"row x": "violated", "column total": "violated"}),
        # One blank that the others decide, along two equations.
        ((1, _, 3, 4, 5, 9, 5, 7, 12), {}),
        # The row asks for 3 and the column for 2; the column's total is in a broken row, so the row is trusted.
        ((1, _, 4, 4, 5, 9, 5, 7, 13), {"row sum": "violated", "column b": "violated"}),
        # What is decided first decides the rest.
        ((1, _, 3, 4, 5, _, 5, _, 12), {}),
        # Two blanks that can be shared out in two ways; no fill makes the third equation hold.
        (
            (_, _, 1, 0, 0, 0, _, _, 1),
            {"row x": "not_assessable", "row sum": "not_assessable", "column a": "not_assessable", "column b": "not_assessable"},
        ),
        ((3, _, 2, 0, 0, 0, 3, 0, 3), {"row x": "violated", "column total": "violated"}),
        # Row x asks for 2 and column b for 0, and neither is better: 0 is what a blank most often is.
        ((1, _, 3, 4, 5, 9, 5, 5, _), {"row x": "violated", "column total": "violated"}),
        # Blanks on both sides of an equation.
        (
            (_, 1, _, 1, 1, 2, _, 2, _),
            {"row x": "not_assessable", "row sum": "not_assessable", "column a": "not_assessable", "column total": "not_assessable"},
        ),
    ],
)
def test_blanks(numbers: tuple[int | CellState, ...], expected: dict[str, str]) -> None:
    assert outcomes(grid(*numbers)) == expected


def test_a_blank_in_a_wrong_row_is_told_once() -> None:
    # x: 1 + blank = 9 is wrong, its column of totals says so too; the blank is known from its own column.
    assert outcomes(grid(1, _, 9, 4, 5, 9, 5, 7, 12)) == {"row x": "violated", "column total": "violated"}
    assert examine(grid(1, _, 9, 4, 5, 9, 5, 7, 12)).deduced == {}


def test_what_follows_only_from_a_wrong_number_breaks_nothing_else() -> None:
    missing = CellState.MISSING
    # Row y is not there. Row x does not add up, so what the columns say of y is doubtful.
    report = grid(1, 2, 4, missing, missing, missing, 5, 7, 12)
    assert outcomes(report) == {"row x": "violated", "row y": "not_assessable"}
    assert examine(report).deduced == {}


@pytest.mark.parametrize("state", [CellState.BLANK, CellState.MISSING, CellState.TEXT])
def test_whatever_is_no_number_is_an_unknown(state: CellState) -> None:
    report = grid(1, state, 3, 4, 5, 9, 5, 7, 12)
    assert examine(report).deduced == {CellRef("t", "x", "b"): 2}
    assert outcomes(report) == {}


def test_blanks_are_zero_where_the_whole_table_then_holds() -> None:
    report = grid(_, _, _, _, _, _, _, _, _)
    assert outcomes(report) == {}
    assert examine(report).zero_tables == {"t"}
    assert examine(report).deduced == {}
    assert examine(grid(_, 2, 3, 0, 0, 0, 1, 2, 3)).zero_tables == frozenset()


def test_a_missing_cell_is_not_read_as_zero() -> None:
    missing = CellState.MISSING
    assert set(outcomes(grid(*[missing] * 9))) == {"row x", "row y", "row sum", "column a", "column b", "column total"}


def test_a_change_may_be_negative_and_an_amount_has_decimals() -> None:
    blank = CellState.BLANK
    report = small({("other", "a"): -3, ("other", "change"): blank, ("other", "money"): Decimal("2.5"), ("other", "more_money"): blank})
    assert outcomes(report) == {}
    assert examine(report).deduced == {CellRef("t", "other", "change"): -3, CellRef("t", "other", "more_money"): Decimal("2.5")}


def test_a_count_is_never_a_fraction() -> None:
    report = small({("x", "a"): Decimal("0.5"), ("x", "b"): CellState.BLANK, ("x", "total"): 1, ("sum", "total"): 1})
    assert outcomes(report)["row x"] == "violated"


def test_values_of_an_assessment_are_printed_or_decided() -> None:
    (first, *_rest) = assess(grid(1, _, 3, 4, 5, 9, 5, 7, 12))
    assert first.values == (3, 1, 2)
    assert first.unprinted == (CellRef("t", "x", "b"),)


CELL = st.one_of(st.integers(0, 3), st.just(CellState.BLANK))
LIMIT = 7


def fills(numbers: tuple[int | CellState, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every way of filling the blanks with small numbers."""
    return product(*([number] if isinstance(number, int) else range(LIMIT) for number in numbers))


def holds(numbers: tuple[int, ...], positions: tuple[int, int, int]) -> bool:
    total, first, second = (numbers[at] for at in positions)
    return total == first + second


LINES = {
    "row x": (2, 0, 1),
    "row y": (5, 3, 4),
    "row sum": (8, 6, 7),
    "column a": (6, 0, 3),
    "column b": (7, 1, 4),
    "column total": (8, 2, 5),
}


@given(st.tuples(*[CELL] * 9))
def test_judgement_agrees_with_trying_every_fill(numbers: tuple[int | CellState, ...]) -> None:
    found = dict.fromkeys(LINES, "holds") | outcomes(grid(*numbers))
    alone = {}
    for name, positions in LINES.items():
        part = tuple(numbers[at] for at in positions)
        alone[name] = sum(total == first + second for total, first, second in fills(part))
        if alone[name] == 0:
            assert found[name] == "violated", name
        if all(isinstance(number, int) for number in part):
            assert found[name] == ("holds" if alone[name] else "violated"), name
    blanks = sum(not isinstance(number, int) for number in numbers)
    if blanks > 4:
        return
    possible = [fill for fill in fills(numbers) if all(holds(fill, positions) for positions in LINES.values())]
    if possible:
        assert "violated" not in found.values()
        for ref, value in examine(grid(*numbers)).deduced.items():
            assert {fill[KEYS.index((ref.row, ref.column))] for fill in possible} == {value}
    elif blanks <= 1:
        assert "violated" in found.values()


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.edition)
def test_compiled_equations_take_the_operands_that_they_name(form: Form) -> None:
    for plan in plans(form):
        # Each cell stands for itself, so that a wrong position cannot pass for a right one.
        values = [CellRef(plan.table, *key) for key in plan.keys]
        for equation, (plus, total, minus), get in zip(plan.equations, plan.sides, plan.getters, strict=True):
            assert (values[total], tuple(plus(values)), tuple(minus(values)) if minus else ()) == (
                equation.cells[0],
                equation.plus,
                equation.minus,
            )
            assert get(values) == equation.cells


def test_equation_of_a_single_part_and_one_whose_operands_are_in_disorder() -> None:
    rows = tuple(RowSpec(name, Text(name, name), ("n",)) for name in "abcdef")
    specs = (EquationSpec("one", "column", "b", ("a",)), EquationSpec("mixed", "column", "c", ("a", "b", "e", "d"), ("f",)))
    table = TableSpec("t", Text("t", "t"), "s", rows, (ColumnSpec("n", Text("n", "n")),), equations=specs)
    form = evolve(builtin_forms()[-1], tables=(table,))

    def outcomes(*values: int) -> list[Outcome]:
        cells = {(name, "n"): Cell("t", name, "n", CellState.NUMBER, value) for name, value in zip("abcdef", values, strict=True)}
        return [item.outcome for item in assess(Report("x", form, tables={"t": Table(table, cells)}))]

    assert outcomes(2, 2, 5, 3, 4, 6) == [Outcome.HOLDS, Outcome.HOLDS]
    assert outcomes(2, 3, 5, 3, 4, 6) == [Outcome.VIOLATED, Outcome.VIOLATED]
    assert outcomes(2, 2, 5, 4, 4, 6) == [Outcome.HOLDS, Outcome.VIOLATED]
