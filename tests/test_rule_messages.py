"""What the findings of the table families say: the sums with their numbers, the values that follow, what is uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve

from gilint import Finding, Organ, OrganKind, Outcome, Report, lint
from gilint.form import CellKey
from gilint.forms import parse_form
from gilint.testing import sample, sample_report

KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")


def report(cells: Mapping[str, str | None], edition: str = "2021") -> Report:
    printed: dict[CellKey, str | None] = {}
    for name, text in cells.items():
        table, _, rest = name.partition(".")
        row, _, column = rest.rpartition(".")
        printed[table, row, column] = text
    return sample_report(edition, printed=printed)


def findings(code: str, cells: Mapping[str, str | None], edition: str = "2021") -> list[Finding]:
    return [finding for finding in lint(report(cells, edition), select=[code]).findings if finding.code == code]


def say(code: str, cells: Mapping[str, str | None], edition: str = "2021") -> list[str]:
    return [finding.say("zh") for finding in findings(code, cells, edition)]


def test_a_row_total_prints_its_sum() -> None:
    assert say("SUM001", {"applications.granted.business": "4"}) == [
        "(一)予以公开 · 总计：8 + 4 + 0 + 0 + 0 + 0 = 12 ≠ 11，勾稽关系不成立。"
    ]


def test_a_long_sum_folds_its_zeros() -> None:
    zeros = dict.fromkeys([f"applications.{key[1]}.research" for key in sample("2019") if key[0] == "applications"], "0")
    (message,) = say("SUM002", zeros | {"applications.total.research": "1"}, "2019")
    assert message == "科研机构一列：0 + … + 0 = 0 ≠ 总计 1，勾稽关系不成立。"


def test_the_balance_prints_both_sides() -> None:
    (message,) = say("SUM003", {"applications.carried_out.business": "1"})
    assert message == (
        "商业企业一列：本年新收 4 + 上年结转 0 = 4 ≠ 办理结果总计 4 + 结转下年度 1 = 5，不满足“第一项加第二项之和等于第三项加第四项之和”。"
    )


@pytest.mark.parametrize(
    ("cells", "sum_"),
    [
        (
            {"applications.total.business": "5"},
            "予以公开 3 + 本机关不掌握相关政府信息 1 + 其余各项 0 = 4 ≠ 总计 5",
        ),
        (
            {
                "applications.total.business": "5",
                "applications.partly_granted.business": "",
                "applications.refused.state_secret.business": "",
            },
            "予以公开 3 + 本机关不掌握相关政府信息 1 + 其余各项 0/[0] = 4 ≠ 总计 5",
        ),
    ],
)
def test_a_column_total_names_what_is_not_zero(cells: dict[str, str | None], sum_: str) -> None:
    (message,) = say("SUM002", cells)
    assert message.startswith(f"商业企业一列：{sum_}，勾稽关系不成立。")


def test_many_blanks_of_a_column_are_counted() -> None:
    names = ("refused.state_secret", "refused.third_party", "refused.deliberative", "other.other")
    cells: dict[str, str | None] = {f"applications.{name}.{kind}": "" for name in names for kind in ("business", "natural_person", "total")}
    (message, *_) = say("SUM002", cells | {"applications.total.business": "2", "applications.total.total": "20"})
    assert "4 项 □ + 其余各项 0 ≥ " in message
    assert message.endswith("（□ 为没有数字的单元格）")


def test_a_part_above_its_total_is_told_in_one_sentence() -> None:
    assert say("VAL005", {"reviews.administrative_review.upheld": "9"}) == ["“行政复议 · 结果维持”（9）大于“行政复议 · 总计”（4）。"]


def test_a_blank_is_drawn_as_a_box() -> None:
    cells = {"reviews.administrative_review.corrected": "", "reviews.administrative_review.total": "2"}
    (message,) = say("SUM004", cells)
    assert message == "行政复议 · 总计：2 + □ + 0 + 1 ≥ 3 > 2，勾稽关系不成立。（□ 为没有数字的单元格）"
    (finding,) = findings("SUM004", cells)
    assert (
        finding.say("en") == "Administrative review / Total: 2 + □ + 0 + 1 ≥ 3 > 2, which does not add up. (□ is a cell without a number)"
    )


def test_a_value_that_follows_is_in_brackets() -> None:
    (message,) = say("SUM001", {"applications.granted.business": "", "applications.granted.total": "12"})
    assert message.startswith("(一)予以公开 · 总计：8 + [3] + 0 + 0 + 0 + 0 = 11 ≠ 12，勾稽关系不成立。（方括号")


def test_a_negative_number_is_bracketed() -> None:
    (message,) = say("SUM004", {"reviews.litigation_direct.corrected": "-1"})
    assert "1 + (-1) + 0 + 0 = 0 ≠ 1" in message


def test_impossible_totals_are_named_with_their_values() -> None:
    assert say("VAL004", {"applications.total.research": "1", "applications.total.public_interest": "2"}) == [
        "各分项全部为 0，总计却不是 0：(七)总计 · 科研机构 为 1、(七)总计 · 社会公益组织 为 2。"
    ]


@pytest.mark.parametrize(
    ("cells", "end"),
    [
        ({"applications.total.research": ""}, "；由勾稽关系推得应为 0。"),
        ({"applications.total.research": "", "applications.total.public_interest": ""}, "；由勾稽关系推得均为 0。"),
        (
            {"applications.total.business": "", "applications.total.research": ""},
            "；由勾稽关系推得：(七)总计 · 商业企业 为 4，(七)总计 · 科研机构 为 0。",
        ),
        (
            {f"reviews.litigation_direct.{name}": "" for name in ("upheld", "corrected", "other", "pending", "total")},
            "；按 0 计算各勾稽关系均成立。",
        ),
        ({"reviews.administrative_review.upheld": "", "reviews.administrative_review.corrected": ""}, "；由勾稽关系不能推得，不能当作 0。"),
        ({"disclosure.licences.decisions": ""}, "；本表没有可以推算的勾稽关系，不能当作 0。"),
    ],
)
def test_a_finding_on_blanks_says_what_they_come_to(cells: dict[str, str | None], end: str) -> None:
    (message,) = say("MIS007", cells)
    assert message.endswith(end)


@pytest.mark.parametrize(
    ("cells", "suggestion"),
    [
        ({"applications.total.research": ""}, "请填 0，不要留空或填“-”“/”“无”。"),
        ({"applications.granted.business": "/"}, "请核实后填写；按等式应为 3。"),
        (
            {"applications.total.business": "", "applications.total.research": ""},
            "请核实后填写；按等式应为：(七)总计 · 商业企业 为 4。",
        ),
        ({"disclosure.licences.decisions": "无"}, "请核实后填写，不要留空；确实没有发生的填 0。"),
        (
            {"reviews.administrative_review.upheld": "", "reviews.administrative_review.corrected": ""},
            "请核实后填写，不要留空；确实没有发生的填 0。",
        ),
    ],
)
def test_a_blank_is_to_be_filled_with_what_the_equations_ask_for(cells: dict[str, str | None], suggestion: str) -> None:
    assert [finding.suggest("zh") for finding in findings("MIS007", cells)] == [suggestion]


def test_blanks_and_sums_go_by_the_same_numbers() -> None:
    cells = {"applications.granted.business": "", "applications.granted.total": "12"}
    (blank,), (total,) = say("MIS007", cells), say("SUM001", cells)
    assert blank.endswith("；由勾稽关系推得应为 3，但有等式不成立，须先核对。")
    assert " + [3] + " in total


@pytest.mark.parametrize(
    ("marks", "what"),
    [
        (("/", "/"), "2 格没有填数字（填的是“/”）："),
        (("—", "无"), "2 格没有填数字（填的是“—”“无”）："),
        (("", "-"), "2 格没有填数字（1 格空白，其余填的是“-”）："),
        (("", " "), "2 格空白："),
    ],
)
def test_what_stands_in_a_blank_cell_is_quoted(marks: tuple[str, str], what: str) -> None:
    (message,) = say("MIS007", {"disclosure.licences.decisions": marks[0], "disclosure.coercion.decisions": marks[1]})
    assert message.startswith(f"“主动公开政府信息情况”表有 {what}")


def test_a_habit_of_one_table_is_none_of_the_report() -> None:
    # Three blank cells are all the zeros of section two, but the other tables print theirs.
    cells: dict[str, str | None] = {f"disclosure.regulations.{column}": "/" for column in ("issued", "repealed", "in_force")}
    assert [str(finding.severity) for finding in findings("MIS007", cells)] == ["warning"]


def test_blanks_of_a_table_that_does_not_add_up_are_no_house_style() -> None:
    zeros = {".".join(key): "" for key, number in sample("2021").items() if key[0] == "applications" and not number}
    assert [str(finding.severity) for finding in findings("MIS007", zeros)] == ["note"]
    wrong = findings("MIS007", {**zeros, "applications.granted.business": "9"})
    assert [(str(finding.severity), finding.suggest("zh")[:5]) for finding in wrong] == [("warning", "请核实后填")]


def test_a_missing_row_says_what_it_comes_to() -> None:
    (message,) = say("MIS003", {f"applications.refused.state_secret.{kind}": None for kind in KINDS})
    assert message == "“收到和处理政府信息公开申请情况”表缺少：“(三)不予公开 · 1.属于国家秘密”；由勾稽关系推得均为 0。"


@pytest.mark.parametrize(("blanks", "severity"), [(2, "warning"), (3, "note")])
def test_few_blanks_are_no_house_style(blanks: int, severity: str) -> None:
    cells = {f"reviews.litigation_direct.{name}": "1" for name in ("corrected", "other", "pending")} | {
        "reviews.litigation_direct.total": "4"
    }
    cells |= {f"reviews.litigation_after_review.{name}": "1" for name in ("upheld", "corrected")} | {
        "reviews.litigation_after_review.total": "3"
    }
    cells |= {"reviews.administrative_review.other": "", "reviews.litigation_after_review.pending": ""}
    if blanks == 3:
        cells |= {"reviews.litigation_after_review.corrected": "", "reviews.litigation_after_review.total": "2"}
    assert [finding.severity for finding in findings("MIS007", cells)] == [severity]


def test_a_house_style_may_be_configured() -> None:
    cells = {"applications.total.research": "", "applications.total.public_interest": ""}
    options = {"rules": {"MIS007": {"fewest": 1, "house_style": 0.01}}}
    (finding,) = lint(report(cells), config=options, select=["MIS007"]).findings
    assert finding.severity == "note"


def test_a_blank_table_is_a_note_where_the_report_leaves_zeros_blank_throughout() -> None:
    zeros = {".".join(key): "" for key, number in sample("2021").items() if not number}
    blank = zeros | {".".join(key): "" for key in sample("2021") if key[0] == "reviews"}
    assert [str(finding.severity) for finding in findings("MIS007", blank)] == ["note", "note", "note"]
    assert [str(finding.severity) for finding in findings("MIS007", {name: "" for name in blank if name.startswith("reviews")})] == [
        "warning"
    ]


def test_checks_are_counted_with_the_condition_on_which_they_hold() -> None:
    result = lint(report({"applications.total.research": "", "reviews.administrative_review.total": ""}))
    assert result.checked["SUM"] == {"holds": 42, "violated": 0, "not_assessable": 0}
    reasons = {check.reason.in_language("zh", check.arguments) for check in result.checks if check.reason}
    assert reasons == {"空白处为 0 时成立", "空白处为 4 时成立"}


def test_the_sums_of_a_form_from_a_plugin_are_checked_too() -> None:
    form = parse_form((Path(__file__).parent / "forms" / "visits.toml").read_text(encoding="utf-8"))
    good = sample_report(form)
    key = ("windows", "total", "visits")
    wrong = good.with_changes({key: int(good.cell(key).value or 0) + 1})
    assert lint(good).checked["SUM"] == {"holds": 2, "violated": 0, "not_assessable": 0}
    assert [finding.code for finding in lint(wrong, select=["SUM"]).findings] == ["SUM002"]
    assert [check.outcome for check in lint(wrong).checks].count(Outcome.VIOLATED) == 1


@pytest.mark.parametrize(
    ("kind", "level", "office", "speaks"),
    [
        (OrganKind.DEPARTMENT, OrganKind.CITY, False, True),
        (OrganKind.DEPARTMENT, OrganKind.CITY, True, False),
        (OrganKind.DEPARTMENT, OrganKind.COUNTY, True, True),
        (OrganKind.DEPARTMENT, OrganKind.PROVINCE, False, True),
        (OrganKind.DEPARTMENT, OrganKind.STATE_DEPARTMENT, False, False),
        (OrganKind.DEPARTMENT, OrganKind.UNKNOWN, False, True),
        (OrganKind.DEPARTMENT, OrganKind.UNKNOWN, True, False),
        (OrganKind.UNKNOWN, OrganKind.UNKNOWN, False, False),
        (OrganKind.STATE_DEPARTMENT, OrganKind.STATE_DEPARTMENT, False, False),
        (OrganKind.PROVINCE, OrganKind.PROVINCE, False, False),
        (OrganKind.CITY, OrganKind.CITY, False, False),
        (OrganKind.COUNTY, OrganKind.COUNTY, False, True),
        (OrganKind.TOWNSHIP, OrganKind.TOWNSHIP, False, True),
    ],
)
def test_who_makes_no_regulations(kind: OrganKind, level: OrganKind, office: bool, speaks: bool) -> None:
    source = evolve(report({"disclosure.regulations.in_force": "1"}), organ=Organ("某机关", kind, level, office))
    assert bool(lint(source, select=["VAL011"]).findings) is speaks


def test_no_organ_accuses_nobody() -> None:
    assert not lint(evolve(report({"disclosure.regulations.in_force": "1"}), organ=None), select=["VAL011"]).findings
