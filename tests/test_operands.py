"""``gilint explain CODE --on``: every instance of a rule in a report with its operands, also where it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

import gilint
from gilint import Notice, NoticeKind
from gilint.cli import main
from gilint.operands import Teller, instances
from gilint.output.words import Words

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
FAULTY = str(EXAMPLES / "faulty-2021.html")
RULES = {rule.code: rule for rule in gilint.load_registry().rules}


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["explain", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_every_equation_is_told_with_its_numbers_whether_it_holds_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = explained(capsys, "sum004", "--on", FAULTY)
    assert (status, err) == (0, "")
    head, heading, first, second, third = out.strip().split("\n\n")
    assert head == f"{FAULTY}：青石县教育局，2022 年度，2021 年版"
    assert heading == "SUM004  复议、诉讼总计与各类结果之和不符：共核对 3 项，2 项成立，1 项不成立"
    assert first == (
        "1. 行政复议：不成立\n"
        "      2  行政复议 · 结果维持\n"
        "   +  1  行政复议 · 结果纠正\n"
        "   +  0  行政复议 · 其他结果\n"
        "   +  1  行政复议 · 尚未审结\n"
        "   ≠ 14  行政复议 · 总计\n"
        "   2 + 1 + 0 + 1 = 4 ≠ 14\n"
        "   原因：下列 5 格中有一格有误，请核对是哪一格；最可能的是：行政复议 总计 由 14 改为 4"
    )
    assert second.startswith("2. 未经复议直接起诉：成立\n") and second.endswith("\n   1 + 0 + 0 + 0 = 1 = 1")
    assert third.startswith("3. 复议后起诉：成立\n")


def test_what_is_known_of_the_cells_of_a_document_is_known_here_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.html").write_bytes(Path(FAULTY).read_bytes())
    (tmp_path / "gilint.toml").write_text(
        'ignore = ["SUM"]\n[repair]\nfixed = ["reviews.*.total", "reviews.*.upheld", "reviews.*.pending", "reviews.*.other"]\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    _, out, _ = explained(capsys, "SUM004", "--on", "report.html")
    assert "   原因：行政复议 结果纠正 应为 11，现为 1\n" in out


def test_english_and_a_whole_family(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = explained(capsys, "SUM", "--on", FAULTY, "--lang", "en")
    assert status == 0
    assert out.count(": violated\n") == 3
    assert out.count(": holds\n") == 39
    assert "SUM003  New and carried in are not what was handled and carried over: 7 instances checked, 6 hold, 1 violated" in out
    assert "   71 + 1 = 72 ≠ 16 + 2 = 18\n   Cause: New applications in the year / Natural persons should be 17, it is 71\n" in out
    assert (
        "   = [5]  Unavailable: not held / Total (blank; other equations say 5)\n   4 + 1 + 0 + 0 + 0 + 0 = 5 = [5]\n   holds if the blank is 5\n"
        in out
    )


def test_data_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = explained(capsys, "SUM", "--on", FAULTY, "--format", "json", "--lang", "en")
    data = json.loads(out)
    assert (data["schema"], data["reports"][0]["edition"]) == ("gilint/1", "2021")
    told = {rule["code"]: rule["instances"] for rule in data["reports"][0]["rules"]}
    assert {code: len(found) for code, found in told.items()} == {"SUM001": 25, "SUM002": 7, "SUM003": 7, "SUM004": 3}
    for instance in (each for found in told.values() for each in found):
        sums = [sum(operand["value"] for operand in instance[side]) for side in ("left", "right")]
        assert sums == [instance["sums"]["left"], instance["sums"]["right"]]
        assert (sums[0] == sums[1]) is (instance["outcome"] == "holds")
    assert [instance["cause"] for instance in told["SUM003"]] == [1, *[None] * 6]


def test_what_cannot_be_assessed_is_told_with_why() -> None:
    changes = {("reviews", "administrative_review", column): None for column in ("upheld", "corrected")}
    report = gilint.read(EXAMPLES / "clean-2021.html").with_changes({**changes, ("reviews", "administrative_review", "total"): 99})
    result = gilint.lint(report, config={})
    lines = list(Teller(result, RULES["SUM004"], Words("zh")).lines())
    assert lines[0].endswith("共核对 3 项，2 项成立，1 项无法判断")
    assert lines[2] == "1. 行政复议：无法判断"
    assert lines[3] == "      □  行政复议 · 结果维持（空白）"
    assert lines[-1] != lines[9]
    assert "   行政复议 · 结果维持、行政复议 · 结果纠正没有可以确定的数字" in lines


def test_a_number_that_may_belong_elsewhere_is_told() -> None:
    report = gilint.read(EXAMPLES / "clean-2021.html")
    short = Notice(NoticeKind.ROW_SHORT, {"table": "applications", "row": "new", "expected": 7, "found": 6})
    result = gilint.lint(evolve(report, notices=(*report.notices, short)), config={})
    said = "\n".join(Teller(result, RULES["SUM001"], Words("zh")).lines())
    assert "不能确定是否属于这一格" in said


def test_a_table_that_is_not_there_is_told() -> None:
    report = gilint.read(EXAMPLES / "clean-2021.html")
    tables = {**report.tables, "reviews": evolve(report.tables["reviews"], found=False)}
    found = instances(gilint.lint(evolve(report, tables=tables), config={}), RULES["SUM004"])
    assert [(instance.check.cells, instance.left) for instance in found] == [((), ())] * 3


@pytest.mark.parametrize(
    ("arguments", "status", "zh", "en"),
    [
        (("MIS007", "--on", FAULTY), 2, "MIS007 在此不逐项核对", "MIS007 checks nothing instance by instance here"),
        (("SUM001", "--on", "gone.html"), 2, "没有这个文件或文件夹：gone.html", "no such file or folder: gone.html"),
        (("SUM001", "--on", "letter.txt"), 1, "letter.txt: DOC011 ", "letter.txt: DOC011 "),
        (("SUM999", "--on", FAULTY), 2, "没有规则 SUM999", "no rule has the code SUM999"),
    ],
)
def test_what_cannot_be_explained_is_told_in_both_languages(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    status: int,
    zh: str,
    en: str,
) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, lunch is at noon.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for language, message in (("zh", zh), ("en", en)):
        found, out, err = explained(capsys, *arguments, "--lang", language)
        assert (found, out) == (status, "")
        assert err.startswith("gilint: ") and message in err


def test_one_rule_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = explained(capsys, "SUM001", "--format", "json")
    assert [rule["code"] for rule in json.loads(out)["rules"]] == ["SUM001"]
