"""Wrong cells are named with their right values: laws over all reports of both editions, the sample, and the cases that call for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import gilint
from gilint import Cause, CellRef, Finding, Form, Notice, NoticeKind, Outcome, Report, UsageError, assess, equations_of, repair
from gilint.equations import violated_equations
from gilint.forms import builtin_forms
from gilint.repairing.search import MAX_STEPS
from gilint.testing import sample_figures, sample_report
from gilint_rules.values.totals import PartAboveTotal

FORMS = {form.edition: form for form in builtin_forms()}
FIXTURES = Path(__file__).parent / "fixtures" / "seeds"
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
# A smaller seed makes no simpler report.
law = settings(
    deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.too_slow], max_examples=60
)

Figures = Mapping[CellRef, int | Decimal]


def consistent(form: Form, seed: int) -> Report:
    return sample_report(form).with_changes(sample_figures(form, seed))


def damaged(report: Report, cells: int, random: Random, table: str = "applications") -> tuple[Report, dict[CellRef, int | Decimal]]:
    """Return a report with so many wrong cells in a table, and their right values."""
    assert report.form is not None
    keys = random.sample([key for key in report.form.keys if key[0] == table], cells)
    right = {CellRef(*key): report.cell(key).value for key in keys}
    wrong = {ref: random.choice([each for each in slips(int(value or 0), random) if each != value]) for ref, value in right.items()}
    return report.with_changes(wrong), {ref: value for ref, value in right.items() if value is not None}


def slips(value: int, random: Random) -> Iterable[int]:
    digits = str(value)
    yield from (value * 10 + random.randint(0, 9), value // 10, value + random.randint(1, 30), max(value - 1, 0), int(digits + digits[-1]))
    if len(digits) > 1:
        yield int(digits[:-2] + digits[-1] + digits[-2])


def ways(causes: Iterable[Cause]) -> list[dict[CellRef, int | Decimal]]:
    """Return everything that can be made of one repair for each cause, the best first."""
    chosen = islice(product(*(cause.repairs for cause in causes)), 2000)
    return [{change.cell: change.after for each in repairs for change in each.changes} for repairs in chosen]


def violated(report: Report) -> list[int]:
    return [number for number, assessment in enumerate(assess(report)) if assessment.outcome is Outcome.VIOLATED]


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)))
def test_one_wrong_cell_in_section_three_is_located_with_its_value(seed: int, edition: str) -> None:
    report, right = damaged(consistent(FORMS[edition], seed), 1, Random(seed))
    (cause,) = repair(report)
    assert ways([cause]) == [right]
    assert list(cause.equations) == violated(report)


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)))
def test_two_wrong_cells_are_among_the_smallest_sets(seed: int, edition: str) -> None:
    report, right = damaged(consistent(FORMS[edition], seed), 2, Random(seed))
    causes = repair(report)
    found = ways(causes)
    if len(found[0]) == 2:
        assert right in found
    else:
        # Two changes that act as one, as when two cells of a row and the total take from each other, are told as the one that does the same.
        assert len(found[0]) == 1
    assert sorted(number for cause in causes for number in cause.equations) == violated(report)


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)), st.sampled_from([3, 4]))
def test_three_and_four_wrong_cells_are_found_where_nothing_smaller_does(seed: int, edition: str, cells: int) -> None:
    report, right = damaged(consistent(FORMS[edition], seed), cells, Random(seed))
    found = ways(repair(report))
    assert found
    assert len(found[0]) <= cells
    if len(found[0]) == cells:
        assert right in found


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)), st.integers(1, 4), st.integers(0, 60))
def test_a_repair_is_possible_and_makes_everything_hold(seed: int, edition: str, cells: int, blanks: int) -> None:
    random = Random(seed)
    report, _ = damaged(consistent(FORMS[edition], seed), cells, random)
    report, _ = damaged(report, random.randint(0, 2), random, "reviews")
    report = report.with_changes(dict.fromkeys(random.sample(FORMS[edition].keys, blanks)))
    causes = repair(report)
    assume(all(cause.repairs for cause in causes))
    for way in ways(causes)[:5]:
        assert all(value >= 0 and type(value) is int for value in way.values())
        assert violated(report.with_changes(way)) == []


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)), st.integers(1, 4), st.integers(1, 120))
def test_blanks_hide_no_wrong_cell_that_the_equations_show(seed: int, edition: str, cells: int, blanks: int) -> None:
    report, right = damaged(consistent(FORMS[edition], seed), cells, Random(seed))
    others = [key for key in FORMS[edition].keys if key[0] == "applications" and CellRef(*key) not in right]
    report = report.with_changes(dict.fromkeys(Random(seed).sample(others, blanks)))
    causes = repair(report)
    assume(causes and all(cause.repairs for cause in causes))
    found = [set(way) for way in ways(causes)]
    # Where fewer printed numbers do, with the right ones for the blanks, what is blank has hidden the others.
    assert len(found[0]) < cells or (len(found[0]) == cells and (set(right) in found or len(found) == 2000))


@law
@given(SEEDS, st.sampled_from(sorted(FORMS)), st.integers(0, 5))
def test_a_consistent_report_has_no_cause(seed: int, edition: str, blanks: int) -> None:
    report = consistent(FORMS[edition], seed)
    report = report.with_changes(dict.fromkeys(Random(seed).sample(FORMS[edition].keys, blanks)))
    assert repair(report) == ()


@law
@given(SEEDS, st.integers(1, 5))
def test_the_order_of_changes_options_and_cells_is_of_no_account(seed: int, cells: int) -> None:
    random = Random(seed)
    report, _ = damaged(consistent(FORMS["2021"], seed), cells, random)
    fixed = [".".join(key) for key in random.sample(FORMS["2021"].keys, 4)]
    weights = {".".join(key): random.choice([1, 2, 0.5]) for key in random.sample(FORMS["2021"].keys, 9)}
    tables = {name: evolve(table, cells=dict(table.cells)) for name, table in report.tables.items()}
    again = evolve(report, tables=tables)
    turned = repair(again, fixed=fixed[::-1], weights=dict(reversed(weights.items())))
    assert repair(report, fixed=fixed, weights=weights) == turned


@pytest.mark.parametrize("cells", [5, 6, 8, 12, 40, 120])
def test_too_many_wrong_cells_are_said_to_be_too_many(cells: int) -> None:
    for seed in range(5):
        report, _ = damaged(consistent(FORMS["2021"], seed), cells, Random(seed))
        causes = repair(report)
        assert sorted(number for cause in causes for number in cause.equations) == violated(report)
        for cause in causes:
            assert bool(cause.repairs) != bool(cause.reason)
            assert not cause.repairs or len(cause.repairs[0].changes) <= 4


def test_the_work_for_one_report_is_bounded() -> None:
    # Up to 1.6 µs a step on a loaded machine: 40 ms.
    assert MAX_STEPS <= 25_000


SHUANGYASHAN = {
    CellRef("applications", "total", "natural_person"): 0,
    CellRef("applications", "total", "legal_service"): 0,
    CellRef("applications", "total", "total"): 0,
}


def test_the_sample_with_totals_over_nothing_has_one_cause() -> None:
    report = gilint.read(FIXTURES / "shuangyashan-2020.txt")
    (cause,) = repair(report)
    assert ways([cause]) == [SHUANGYASHAN]
    assert [slip.zh for slip in cause.repairs[0].slips] == ["各分项无误，合计数填写有误"]
    assert violated(report.with_changes(SHUANGYASHAN)) == []
    found = [finding for finding in gilint.lint(report, select=["SUM"]).findings if finding.code in ("SUM002", "SUM003")]
    assert len(found) == 6
    for finding in found:
        assert (finding.cause, finding.repairs) == (1, cause.repairs)
        assert finding.suggest("zh") == (
            "(七)总计 · 自然人 应为 0，现为 1；(七)总计 · 法律服务机构 应为 0，现为 2；(七)总计 · 总计 应为 0，现为 3（按最少改动推断，请核对）。"
            "可能的成因：各分项无误，合计数填写有误。同一处错误使 6 个勾稽关系不成立。"
        )


def printed(**cells: str) -> Report:
    return sample_report(printed={name_of(name): text for name, text in cells.items()})


def name_of(name: str) -> tuple[str, str, str]:
    table, row, column = name.split("__")
    return table, row, column


def firsts(causes: Iterable[Cause]) -> list[list[str]]:
    """Return every repair as text, cause by cause."""
    return [
        [" ".join(f"{'.'.join(change.cell[1:])} {change.before}>{change.after}" for change in each.changes) for each in cause.repairs]
        for cause in causes
    ]


def test_section_four_ties_and_all_five_cells_are_told() -> None:
    report = printed(reviews__administrative_review__total="40")
    assert firsts(repair(report)) == [
        [
            "administrative_review.total 40>4",
            "administrative_review.other 0>36",
            "administrative_review.upheld 2>38",
            "administrative_review.corrected 1>37",
            "administrative_review.pending 1>37",
        ]
    ]
    (finding,) = gilint.lint(report, select=["SUM"]).findings
    assert finding.suggest("zh").startswith(
        "下列 5 格中有一格有误，请核对是哪一格：(1) 行政复议 · 总计 由 40 改为 4；(2) 行政复议 · 其他结果 由 0 改为 36；"
    )
    assert finding.suggest("en").startswith(
        "One of these 5 cells is wrong, check which: (1) Administrative review / Total from 40 to 4; (2) "
    )


def test_a_part_that_would_be_negative_is_no_repair() -> None:
    assert firsts(repair(printed(reviews__administrative_review__total="1"))) == [
        ["administrative_review.total 1>4"],
    ]


def test_causes_that_have_nothing_to_do_with_each_other_are_apart() -> None:
    report = sample_report(
        printed={
            ("applications", "granted", "business"): "30",
            ("applications", "other.fee_unpaid", "research"): "2",
            ("reviews", "litigation_direct", "total"): "7",
        }
    )
    causes = repair(report)
    assert [cause.number for cause in causes] == [1, 2, 3]
    assert [texts[0] for texts in firsts(causes)] == [
        "granted.business 30>3",
        "other.fee_unpaid.research 2>0",
        "litigation_direct.total 7>1",
    ]
    named = [[equations_of(FORMS["2021"])[number].cells[0].row for number in cause.equations] for cause in causes]
    assert named == [["granted", "total"], ["other.fee_unpaid", "total"], ["litigation_direct"]]


def test_fixed_cells_are_never_changed() -> None:
    report = printed(reviews__administrative_review__total="5")
    assert firsts(repair(report, fixed=["reviews.*.total", ("reviews", "administrative_review", "upheld")])) == [
        ["administrative_review.other 0>1", "administrative_review.corrected 1>2", "administrative_review.pending 1>2"]
    ]
    (cause,) = repair(report, fixed=["reviews.*"])
    assert cause.repairs == ()
    assert cause.reason is not None


def test_the_sum_of_weights_is_the_smallest() -> None:
    report = printed(applications__granted__total="12")
    cell = "applications.granted.total"
    assert firsts(repair(report)) == [["granted.total 12>11"]]
    assert firsts(repair(report, weights={cell: 2.5})) == [["granted.total 12>11"]]
    # Dearer than three others: a part of the row, and one of the same column with its total.
    dear = repair(report, weights={cell: 3.5})
    assert {len(each.changes) for cause in dear for each in cause.repairs} == {3}
    assert all(".".join(change.cell) != cell for cause in dear for each in cause.repairs for change in each.changes)
    assert {len(each.changes) for cause in repair(report, weights={cell: 3}) for each in cause.repairs} == {1, 3}
    tie = printed(reviews__administrative_review__total="5")
    assert firsts(repair(tie, weights={"reviews.*": 2, "reviews.administrative_review.pending": 1})) == [
        ["administrative_review.pending 1>2"]
    ]


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), "x", True, None])
def test_a_weight_must_be_above_nothing(weight: object) -> None:
    with pytest.raises(UsageError, match="a weight must be a number above 0"):
        repair(sample_report(), weights={"applications.new.total": weight})  # type: ignore[dict-item]


def test_a_cell_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match=r"has no cell applications\.granted\.totel; did you mean applications\.granted\.total"):
        repair(sample_report(), fixed=["applications.granted.totel"])


def test_blanks_are_filled_at_no_cost_and_say_nothing_negative() -> None:
    blank = printed(applications__granted__business="", applications__partly_granted__total="33")
    assert firsts(repair(blank)) == [["partly_granted.total 33>3"]]
    # What is there is more than the total already, whatever the blank is.
    more = printed(reviews__administrative_review__other="", reviews__administrative_review__total="3")
    assert firsts(repair(more)) == [
        [
            "administrative_review.total 3>4",
            "administrative_review.upheld 2>1",
            "administrative_review.corrected 1>0",
            "administrative_review.pending 1>0",
        ]
    ]


def test_in_a_table_that_leaves_its_zeros_blank_they_are_zeros() -> None:
    blanks = {("applications", *key): "" for key, cell in sample_report().applications.cells.items() if cell.value == 0}
    moved = {("applications", "granted", "business"): "", ("applications", "granted", "research"): "3"}
    assert firsts(repair(sample_report(printed={**blanks, **moved}))) == [["granted.business None>3 granted.research 3>0"]]
    # A blank that surely is another number was forgotten, and is no mistake.
    forgotten = {("applications", "granted", "total"): "", ("applications", "new", "natural_person"): "71"}
    assert firsts(repair(sample_report(printed={**blanks, **forgotten}))) == [["new.natural_person 71>17"]]


def test_blanks_are_no_zeros_where_that_would_make_many_of_them_wrong() -> None:
    blanks = {("applications", *key): "" for key, cell in sample_report().applications.cells.items() if cell.value == 0}
    totals = {("applications", "total", column.name): "" for column in sample_report().tables["applications"].spec.columns}
    report = sample_report(printed={**blanks, **totals, ("applications", "total", "natural_person"): "32"})
    assert firsts(repair(report)) == [["total.natural_person 32>16"]]


def test_rows_whose_numbers_may_stand_in_each_others_cells_accuse_nobody() -> None:
    short = Notice(NoticeKind.ROW_SHORT, {"table": "applications", "row": "granted", "expected": 7, "found": 6})
    report = sample_report(printed={("applications", "granted", "business"): "500", ("applications", "partly_granted", "total"): "30"})
    report = evolve(report, notices=(short,))
    assert firsts(repair(report)) == [["partly_granted.total 30>3"]]


def test_a_table_that_was_not_read_has_no_cause() -> None:
    report = sample_report(printed={key: None for key in FORMS["2021"].keys if key[0] == "applications"})
    tables = dict(report.tables)
    tables["applications"] = evolve(tables["applications"], found=False)
    assert repair(evolve(report, tables=tables)) == ()
    assert repair(Report("x", None)) == ()


def test_what_cannot_be_is_always_changed() -> None:
    report = sample_report().with_changes(
        {("applications", "granted", "total"): Decimal("11.5"), ("reviews", "litigation_direct", "upheld"): -1}
    )
    assert firsts(repair(report)) == [["granted.total 11.5>11"], ["litigation_direct.upheld -1>1"]]
    assert [slip.zh for slip in repair(report)[1].repairs[0].slips] == ["正负号写错"]


def test_numbers_of_many_digits_are_exact() -> None:
    big = 10**17
    report = sample_report().with_changes(
        {("applications", "granted", "total"): big + 1, ("applications", "granted", "business"): Decimal("0.000000000000000001")}
    )
    assert all(cause.repairs for cause in repair(report))
    assert {change.after for cause in repair(report) for each in cause.repairs for change in each.changes} == {11, 3}


def test_findings_name_their_cause_and_others_do_not() -> None:
    result = gilint.lint(printed(applications__granted__total="1"), select=["SUM", "VAL"])
    assert {(finding.code, finding.cause) for finding in result.findings} == {("SUM001", 1), ("SUM002", 1), ("VAL005", 1)}
    assert [cause.number for cause in result.causes] == [1]
    assert set(violated_equations(result.report)) == {finding.cells for finding in result.findings if finding.code in ("SUM001", "SUM002")}
    assert gilint.lint(sample_report()).causes == ()


def test_a_rule_that_leaves_the_program_when_it_is_asked_again_keeps_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    check, asked = PartAboveTotal.check, list[Report]()

    def leave(rule: PartAboveTotal, report: Report) -> Iterator[Finding]:
        if asked:
            raise SystemExit(3)
        asked.append(report)
        return check(rule, report)

    monkeypatch.setattr(PartAboveTotal, "check", leave)
    result = gilint.lint(printed(applications__granted__total="1"), select=["SUM", "VAL"])
    assert {(finding.code, finding.cause) for finding in result.findings} == {("SUM001", 1), ("SUM002", 1), ("VAL005", None)}
    assert gilint.lint(result.report, select=["VAL"]).causes == ()


def test_what_cannot_be_located_says_why() -> None:
    report, _ = damaged(consistent(FORMS["2021"], 1), 40, Random(1))
    finding = next(finding for finding in gilint.lint(report, select=["SUM"]).findings)
    assert finding.repairs == ()
    assert finding.suggest("zh").startswith("改动不超过 4 个单元格，不能使这些勾稽关系全部成立，无法确定错在哪里。请核对")
    assert finding.suggest("en").startswith("Note that changing up to 4 cells does not make these equations hold, so that nobody can say")


def test_the_configuration_fixes_cells() -> None:
    report = printed(reviews__administrative_review__total="5")
    config = {
        "repair": {
            "fixed": ["reviews.*.total", "disclosure.fees.amount"],
            "weights": {"reviews": {"administrative_review": {"other": 0.5}}},
        }
    }
    (finding,) = gilint.lint(report, select=["SUM"], config=config).findings
    assert [[change.cell.column for change in each.changes] for each in finding.repairs] == [["other"]]


def test_a_cell_told_by_another_rule_is_told_with_its_cause() -> None:
    zero = {f"applications__{row}__research": "0" for row in ("new", "carried_in", "granted", "partly_granted", "carried_out")}
    result = gilint.lint(printed(**zero, applications__total__research="3"), select=["SUM", "VAL"])
    assert {finding.code: finding.cause for finding in result.findings} == {"SUM001": 1, "SUM002": 1, "SUM003": 1, "VAL004": 1}
    # What the repair leaves as it is has another cause.
    other = gilint.lint(printed(applications__granted__total="1", reviews__litigation_direct__upheld="-1"), select=["SUM", "VAL"])
    assert {(finding.code, finding.cause) for finding in other.findings} == {
        ("SUM001", 1),
        ("SUM002", 1),
        ("VAL005", 1),
        ("SUM004", 2),
        ("VAL001", 2),
    }
    alone = gilint.lint(printed(disclosure__licences__decisions="-1"), select=["SUM", "VAL"])
    assert [(finding.code, finding.cause) for finding in alone.findings] == [("VAL001", None)]


def test_what_blanks_leave_open_is_said_to_be_open() -> None:
    report = printed(reviews__administrative_review__other="", reviews__administrative_review__total="3")
    (cause,) = repair(report)
    assert {each.changes[0].cell.column: each.changes[0].span for each in cause.repairs} == {
        "total": (4, None),
        "upheld": (0, 1),
        "corrected": None,
        "pending": None,
    }
    (finding,) = [each for each in gilint.lint(report, select=["SUM"]).findings if each.cause]
    assert "行政复议 · 总计 由 3 改为 4 或更大的数；" in finding.suggest("zh")
    assert "Administrative review / Upheld from 2 to 1 or less;" in finding.suggest("en")
