"""How a number becomes another, and which of several equally small repairs comes first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from attrs import evolve

from gilint import CellRef, Change, Place, Report, Section, repair
from gilint.document import Paragraph
from gilint.repairing.plausibility import Witness, ordered
from gilint.repairing.slips import ADDED, DOUBLED, LOST, ONE_DIGIT, SIGN, SMALL, SWAPPED, TENFOLD, Slip, slips_of
from gilint.testing import sample_report

Number = int | Decimal


@pytest.mark.parametrize(
    ("meant", "printed", "slip"),
    [
        (17, 71, SWAPPED),
        (1324, 1234, SWAPPED),
        (17, 170, TENFOLD),
        (170, 17, TENFOLD),
        (12, 122, DOUBLED),
        (5, 55, DOUBLED),
        (12, 152, ADDED),
        (152, 12, LOST),
        (122, 12, LOST),
        (128, 178, ONE_DIGIT),
        (3, 8, SMALL),
        (5, -5, SIGN),
        (Decimal("12.35"), Decimal("12.53"), SWAPPED),
        (Decimal("1.5"), 15, TENFOLD),
        (17, 94, None),
        (1234, 4321, None),
        (0, 12, None),
        (5, -7, None),
    ],
)
def test_how_a_number_becomes_another(meant: Number, printed: Number, slip: Slip | None) -> None:
    assert next(slips_of(printed, meant), None) == slip


def change(row: str, column: str, before: int, after: int) -> Change:
    return Change(CellRef("applications", row, column), before, after)


@pytest.mark.parametrize(
    ("changes", "slip"),
    [
        ([change("granted", "business", 1, 12), change("granted", "research", 2, 0)], "一个数被拆开填在相邻两格"),
        ([change("granted", "business", 4, 9), change("granted", "research", 9, 4)], "相邻两格的数填反"),
        ([change("granted", "business", 4, 0), change("partly_granted", "business", 0, 4)], "数填到了相邻的一格"),
        ([change("granted", "business", 4, 1), change("partly_granted", "business", 2, 5)], "一部分数计到了相邻的一格"),
        (
            [change("granted", "business", 0, 5), change("granted", "research", 5, 3), change("granted", "public_interest", 3, 2)],
            "整行的数错开一格",
        ),
        (
            [change("new", "business", 5, 0), change("carried_in", "business", 3, 5), change("granted", "business", 2, 3)],
            "整列的数错开一格",
        ),
        ([change("total", "business", 9, 0), change("total", "total", 30, 21)], "各分项无误，合计数填写有误"),
    ],
)
def test_what_explains_several_cells_together(changes: list[Change], slip: str) -> None:
    (found,) = ordered([changes], Witness(sample_report()))
    assert slip in [text.zh for text in found.slips]
    assert found.slips[0].zh == slip or "：" in found.slips[0].zh


@pytest.mark.parametrize(
    "changes",
    [
        [change("granted", "business", 6, 0), change("granted", "public_interest", 0, 6)],  # not neighbours
        [change("granted", "business", 6, 0), change("partly_granted", "research", 0, 6)],  # in no line
        [change("granted", "business", 40, 17), change("granted", "research", 9, 58)],  # another sum
    ],
)
def test_cells_that_have_nothing_to_do_with_each_other_are_not_explained_together(changes: list[Change]) -> None:
    (found,) = ordered([changes], Witness(sample_report()))
    assert found.slips == ()


def test_one_mistake_is_likelier_than_two() -> None:
    together = [change("granted", "natural_person", 7, 0), change("granted", "business", 0, 7)]
    apart = [change("partly_granted", "natural_person", 127, 120), change("partly_granted", "business", 30, 37)]
    best, other = ordered([apart, together], Witness(sample_report()))
    assert [slip.zh for slip in best.slips] == ["数填到了相邻的一格"]
    assert best.changes == tuple(together)
    assert [slip.zh for slip in other.slips] == ["一部分数计到了相邻的一格"]


def test_cells_of_a_run_are_named_where_others_are_wrong_besides() -> None:
    run = [change("granted", "natural_person", 7, 0), change("granted", "business", 0, 7)]
    (found,) = ordered([[*run, change("new", "total", 71, 17)]], Witness(sample_report()))
    assert [slip.zh for slip in found.slips] == [
        "一、本年新收政府信息公开申请数量 · 总计：相邻两位数字写颠倒",
        "(一)予以公开 · 自然人、(一)予以公开 · 商业企业：数填到了相邻的一格",
    ]


def test_a_blank_counts_as_nothing_when_numbers_stand_next_door() -> None:
    moved = [Change(CellRef("applications", "granted", "natural_person"), None, 7), change("granted", "business", 7, 0)]
    (found,) = ordered([moved], Witness(sample_report()))
    assert [slip.zh for slip in found.slips] == ["数填到了相邻的一格"]


def test_what_leaves_blanks_at_nothing_comes_first() -> None:
    blank = {("applications", "refused.state_secret", column.name): "" for column in sample_report().tables["applications"].spec.columns}
    (cause,) = repair(sample_report(printed={("applications", "granted", "natural_person"): "3", **blank}))
    # Whichever cell of the row is wrong, the blanks could make its column add up; only with this one they need not.
    assert [each.changes[0].cell.column for each in cause.repairs] == ["natural_person", "total"]
    assert cause.repairs[0].changes[0].after == 8


def columns(report: Report, previous: Report | None = None) -> list[str]:
    (cause,) = repair(report, previous=previous)
    return [each.changes[0].cell.column for each in cause.repairs]


def reviews(numbers: Mapping[str, int]) -> Report:
    names = ("upheld", "corrected", "other", "pending", "total")
    return sample_report().with_changes({("reviews", "administrative_review", column): numbers.get(column, 0) for column in names})


def saying(report: Report, text: str) -> Report:
    return evolve(report, sections=(Section("overview", 1, "", "", (Paragraph(text, Place()),)),))


def test_the_likeliest_slip_comes_first() -> None:
    assert columns(reviews({"upheld": 41, "pending": 3, "total": 17}))[0] == "upheld"
    assert columns(reviews({"upheld": 14, "pending": 3, "total": 71}))[0] == "total"
    assert columns(reviews({"upheld": 14, "pending": 30, "total": 17}))[0] == "pending"


def test_a_number_that_the_narrative_states_is_right() -> None:
    report = reviews({"upheld": 52, "pending": 31, "total": 90})
    assert columns(saying(report, "本年收到行政复议 83 件。"))[0] == "total"
    stated = saying(report, "本年维持５９件，总计９０件。")
    (cause,) = repair(stated)
    assert cause.repairs[0].changes == (Change(CellRef("reviews", "administrative_review", "upheld"), 52, 59),)
    assert "与正文所写的 59 一致" in [slip.zh for slip in cause.repairs[0].slips]
    # Neither a year nor a number without its unit is a number of cases.
    assert columns(saying(report, "59 号文件，90 年代，38")) == columns(saying(report, ""))


def test_last_years_figure_left_in_is_recognised() -> None:
    report = reviews({"upheld": 52, "pending": 31, "total": 90})
    previous = reviews({"pending": 31, "total": 31})
    (cause,) = repair(report, previous=previous)
    assert cause.repairs[0].changes[0].cell.column == "pending"
    assert "沿用了上一年度的数" in [slip.zh for slip in cause.repairs[0].slips]
    assert columns(report)[0] != "pending"
    assert columns(report, Report("x", None)) == columns(report)


def test_a_total_written_into_a_part_is_recognised() -> None:
    (cause,) = repair(reviews({"upheld": 25, "corrected": 8, "total": 25}))
    slips = {each.changes[0].cell.column: [slip.zh for slip in each.slips] for each in cause.repairs}
    assert "把合计数填到了这一格" in slips["upheld"]
    assert "把合计数填到了这一格" not in slips["total"]
