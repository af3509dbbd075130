"""Every smallest set of cells, and nothing else: compared with trying all sets on a small form of a plugin's kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gilint import CellRef, Outcome, Report, assess, repair
from gilint.equations import violated_equations
from gilint.forms import parse_form
from gilint.plans import plans
from gilint.repairing.search import MAX_CHANGES, Budget, BudgetSpentError, Question, System, smallest_changes
from gilint.repairing.solving import solve
from gilint.testing import sample_report

FORM = parse_form(
    """
id = "miniature"
edition = "1"
title = { zh = "小表", en = "Miniature" }
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
]
rows = [
  { name = "new", label = { zh = "新", en = "New" }, columns = ["a", "b", "total"] },
  { name = "x", label = { zh = "子", en = "X" }, columns = ["a", "b", "total"] },
  { name = "y", label = { zh = "丑", en = "Y" }, columns = ["a", "b", "total"] },
  { name = "sum", label = { zh = "和", en = "Sum" }, columns = ["a", "b", "total"] },
  { name = "out", label = { zh = "余", en = "Out" }, columns = ["a", "b", "total"] },
]
equations = [
  { name = "row", along = "row", total = "total", plus = ["a", "b"] },
  { name = "column", along = "column", total = "sum", plus = ["x", "y"] },
  { name = "balance", along = "column", total = "sum", plus = ["new"], minus = ["out"] },
]

[[tables]]
name = "money"
section = "only"
label = { zh = "钱", en = "Money" }
columns = [
  { name = "paid", label = { zh = "付", en = "Paid" }, kind = "amount" },
  { name = "change", label = { zh = "增减", en = "Change" }, kind = "change" },
  { name = "all", label = { zh = "计", en = "All" }, kind = "amount" },
]
rows = [{ name = "m", label = { zh = "款", en = "M" }, columns = ["paid", "change", "all"] }]
equations = [{ name = "sum", along = "row", total = "all", plus = ["paid", "change"] }]
"""
)
PLAN = plans(FORM)[0]
EQUATIONS = [
    [(at, 1 if 0 < place < minus else -1) for place, at in enumerate(positions)]
    for positions, minus in zip(PLAN.positions, PLAN.parts, strict=True)
]
HIGHEST = 80
Numbers = Sequence[int | None]


def can_be_filled(numbers: Numbers) -> bool:
    """Say whether some non-negative numbers for the blanks satisfy all equations, by trying."""
    values = list(numbers)
    shortest: tuple[int, list[int], list[tuple[int, int]]] | None = None
    for terms in EQUATIONS:
        blanks = [at for at, _ in terms if values[at] is None]
        known = sum(sign * (values[at] or 0) for at, sign in terms)
        if not blanks and known:
            return False
        if blanks and (shortest is None or len(blanks) < len(shortest[1])):
            shortest = (known, blanks, terms)
    if shortest is None:
        return True
    known, blanks, terms = shortest
    tried = [-known * dict(terms)[blanks[0]]] if len(blanks) == 1 else range(HIGHEST)
    return any(value >= 0 and can_be_filled([*values[: blanks[0]], value, *values[blanks[0] + 1 :]]) for value in tried)


def by_trying(numbers: Numbers, fixed: Sequence[int] = ()) -> set[frozenset[int]]:
    """Return every smallest set of up to `MAX_CHANGES` cells that can be changed so that everything holds."""
    free = [at for at, value in enumerate(numbers) if value is not None and at not in fixed]
    for size in range(MAX_CHANGES + 1):
        found = {
            frozenset(cells)
            for cells in combinations(free, size)
            if can_be_filled([None if at in cells else value for at, value in enumerate(numbers)])
        }
        if found:
            return found
    return set()


def report_of(numbers: Numbers) -> Report:
    cells = {("t", *key): value for key, value in zip(PLAN.keys, numbers, strict=True)}
    return sample_report(FORM).with_changes(cells)


def by_gilint(report: Report, fixed: Sequence[int] = ()) -> set[frozenset[int]]:
    causes = repair(report, fixed=[("t", *PLAN.keys[at]) for at in fixed])
    if any(not cause.repairs for cause in causes):
        return set()
    for chosen in product(*(cause.repairs for cause in causes)):
        changed = report.with_changes({change.cell: change.after for each in chosen for change in each.changes})
        assert all(assessment.outcome is not Outcome.VIOLATED for assessment in assess(changed))
    return {
        frozenset(PLAN.keys.index((change.cell.row, change.cell.column)) for each in chosen for change in each.changes)
        for chosen in product(*(cause.repairs for cause in causes))
    }


def tables(seed: int, count: int, blanks: int) -> Iterator[list[int | None]]:
    """Yield consistent tables in which one to four numbers were changed, some to small ones, and others blanked."""
    random = Random(seed)
    for _ in range(count):
        x, y, new = ([random.choice([0, 0, 1, 2, 7]) for _ in "ab"] for _ in range(3))
        sums = [one + other for one, other in zip(x, y, strict=True)]
        new = [max(one, total) for one, total in zip(new, sums, strict=True)]
        rows = [new, x, y, sums, [one - total for one, total in zip(new, sums, strict=True)]]
        numbers: list[int | None] = [value for row in rows for value in (*row, sum(row))]
        for at in random.sample(range(len(numbers)), random.randint(1, 4)):
            numbers[at] = random.choice([0, 1, 3, 9])
        for at in random.sample(range(len(numbers)), blanks):
            numbers[at] = None
        yield numbers


@pytest.mark.parametrize("blanks", [0, 1, 2])
def test_every_smallest_set_is_found_and_no_other(blanks: int) -> None:
    sizes = set()
    for numbers in tables(blanks, 300, blanks):
        expected = by_trying(numbers)
        if expected == {frozenset()}:
            assert repair(report_of(numbers)) == ()
            continue
        assert by_gilint(report_of(numbers)) == expected, numbers
        sizes |= {len(cells) for cells in expected}
    assert sizes >= {1, 2, 3}


def test_every_smallest_set_without_fixed_cells_is_found() -> None:
    random = Random(5)
    for numbers in tables(5, 300, 0):
        fixed = random.sample(range(len(numbers)), random.randint(2, 8))
        expected = by_trying(numbers, fixed)
        if expected != {frozenset()}:
            assert by_gilint(report_of(numbers), fixed) == expected, (numbers, fixed)


@st.composite
def damaged_tables(draw: st.DrawFn) -> list[int | None]:
    """Consistent tables in which some numbers were changed and up to eight blanked: with ten and more, blanks are the habit of the table."""
    small = st.sampled_from([0, 0, 1, 2, 5])
    x, y, more = (draw(st.tuples(small, small)) for _ in range(3))
    sums = [one + other for one, other in zip(x, y, strict=True)]
    rows = [[one + other for one, other in zip(sums, more, strict=True)], x, y, sums, more]
    numbers: list[int | None] = [value for row in rows for value in (*row, sum(row))]
    places = st.integers(0, len(numbers) - 1)
    for at, value in draw(st.dictionaries(places, st.sampled_from([0, 1, 3, 9, 12]), min_size=1, max_size=5)).items():
        numbers[at] = value
    for at in draw(st.sets(places, max_size=8)):
        numbers[at] = None
    return numbers


@settings(deadline=None, max_examples=400)
@given(damaged_tables())
def test_blanks_cost_no_set_and_give_none_that_does_not_do(numbers: list[int | None]) -> None:
    report = report_of(numbers)
    # Equations that can be filled one by one and not together are not assessable rather than violated: there is no finding to explain.
    assume(violated_equations(report))
    assert by_gilint(report) == by_trying(numbers), numbers


@settings(deadline=None, max_examples=150)
@given(damaged_tables(), st.sets(st.integers(0, 14), min_size=1, max_size=8))
def test_blanks_and_fixed_cells_go_together(numbers: list[int | None], fixed: set[int]) -> None:
    report = report_of(numbers)
    assume(violated_equations(report))
    assert by_gilint(report, sorted(fixed)) == by_trying(numbers, sorted(fixed)), numbers


@settings(deadline=None, max_examples=150)
@given(damaged_tables())
@example([None, 7, 8, None, None, 0, 3, 3, 1, 1, None, None, 0, 1, None])
def test_changes_beside_blanks_are_as_small_as_can_be(numbers: list[int | None]) -> None:
    report = report_of(numbers)
    assume(violated_equations(report) and None in numbers)
    for cause in repair(report):
        for each in cause.repairs if len(repair(report)) == 1 else ():
            places = [PLAN.keys.index((change.cell.row, change.cell.column)) for change in each.changes]
            told = sum(abs(int(change.after) - int(change.before or 0)) for change in each.changes)
            assert told == least_change(numbers, places, told), (numbers, each)


@settings(deadline=None, max_examples=150)
@given(damaged_tables())
def test_what_blanks_leave_open_is_told(numbers: list[int | None]) -> None:
    report = report_of(numbers)
    assume(violated_equations(report) and None in numbers)
    causes = repair(report)
    assume(len(causes) == 1)
    for change in (each.changes[0] for each in causes[0].repairs if len(each.changes) == 1):
        at = PLAN.keys.index((change.cell.row, change.cell.column))
        possible = [value for value in range(HIGHEST) if can_be_filled([*numbers[:at], value, *numbers[at + 1 :]])]
        least, greatest = change.span or (change.after, change.after)
        assert possible == list(range(int(least or 0), HIGHEST if greatest is None else int(greatest) + 1))


def least_change(numbers: Numbers, places: Sequence[int], enough: int) -> int:
    """Return by how much numbers have to change together so that everything holds, by trying; no more than ``enough``."""
    spans = [range(max(0, (numbers[at] or 0) - enough), (numbers[at] or 0) + enough + 1) for at in places]
    tried = sorted(product(*spans), key=lambda values: distance(numbers, places, values)) if enough ** len(places) < 20_000 else []
    for values in tried:
        if distance(numbers, places, values) >= enough:
            break
        filled = dict(zip(places, values, strict=True))
        if can_be_filled([filled.get(at, number) for at, number in enumerate(numbers)]):
            return distance(numbers, places, values)
    return enough


def distance(numbers: Numbers, places: Sequence[int], values: Sequence[int]) -> int:
    return sum(abs(value - (numbers[at] or 0)) for at, value in zip(places, values, strict=True))


def test_what_is_left_open_by_the_equations_changes_least() -> None:
    # 5 3 / 0 5 should come to 1 and 9 in the rows, to 9 and 1 in the columns: 0 1 / 9 0 does, and 1 0 / 8 1, which is nearer.
    columns = [{0: 1, 2: 1}, {0: 1, 3: 1}, {1: 1, 2: 1}, {1: 1, 3: 1}]
    residuals, floors = [7, -4, -4, 7], [-5, -3, 0, -5]
    nearest = {0: -4, 1: -3, 2: 8, 3: -4}
    assert solve(columns, range(4), residuals, floors) == nearest
    question = Question(System.of(columns, 4), residuals, 0b1111, floors, lambda _: True)
    assert smallest_changes(question, Budget()) == [nearest]


def test_a_set_whose_numbers_are_open_is_found_where_nothing_less_does() -> None:
    # Two parts of one equation; neither alone can become small enough.
    columns = [{0: 1}, {0: 1}, {0: 1}]
    assert solve(columns, [0, 1], [6], [-4, -4, 0]) == {0: -4, 1: -2}
    assert solve(columns, [0, 1], [9], [-4, -4, 0]) is None
    assert solve(columns, [0], [6], [-4, -4, 0]) is None


def test_the_budget_ends_a_search() -> None:
    system = System.of([{0: 1} for _ in range(40)], 1)
    question = Question(system, [40], (1 << 40) - 1, [-1] * 40, lambda _: True)
    with pytest.raises(BudgetSpentError):
        smallest_changes(question, Budget(500))
    assert smallest_changes(question, Budget(), most=1) == []


def test_amounts_are_repaired_to_their_last_place() -> None:
    report = sample_report(FORM).with_changes(
        {("money", "m", "paid"): Decimal("12.35"), ("money", "m", "change"): -2, ("money", "m", "all"): Decimal("10.53")}
    )
    (cause,) = repair(report)
    found = {each.changes[0].cell.column: each.changes[0].after for each in cause.repairs}
    # The change is a whole number, so no number of it would do.
    assert found == {"all": Decimal("10.35"), "paid": Decimal("12.53")}
    assert cause.repairs[0].changes[0].cell == CellRef("money", "m", "all")
    assert [slip.zh for slip in cause.repairs[0].slips] == ["相邻两位数字写颠倒", "各分项无误，合计数填写有误"]


def test_a_difference_may_become_negative() -> None:
    report = sample_report(FORM).with_changes({("money", "m", "paid"): 9, ("money", "m", "change"): 3, ("money", "m", "all"): 6})
    (cause,) = repair(report)
    assert {each.changes[0].cell.column: each.changes[0].after for each in cause.repairs} == {"change": -3, "all": 12, "paid": 3}
    assert cause.repairs[0].changes[0].cell.column == "change"
