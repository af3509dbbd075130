"""``gilint explain CODE --on``: every instance of a rule in a report with its operands, also where it holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from attrs import evolve

import gilint
from gilint import Notice, NoticeKind
from gilint.cli import main
from gilint.instances import instances
from gilint.operands import Teller
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
        "   原因：下列 5 格中有一格有误，请核对是哪一格；最可能的是：行政复议 · 总计 由 14 改为 4"
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
    assert "   原因：行政复议 · 结果纠正 应为 11，现为 1\n" in out


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
    assert {code: len(found) for code, found in told.items() if found} == {"SUM001": 25, "SUM002": 7, "SUM003": 7, "SUM004": 3}
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


def test_a_statement_is_told_with_its_words_and_the_cells_that_it_was_compared_with(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        Path(FAULTY).read_text(encoding="utf-8").replace("新收政府信息公开申请23件", "新收政府信息公开申请24件"), encoding="utf-8"
    )
    status, out, _ = explained(capsys, "TXT001", "--on", str(path))
    heading, first, second, third = out.strip().split("\n\n")[1:]
    assert (status, heading) == (0, "TXT001  正文数字与表格不一致：共核对 3 项，2 项成立，1 项不成立")
    assert first.startswith("1. “新收政府信息公开申请24件”：不成立\n   位置：第 14 行")
    assert first.endswith("\n     23  一、本年新收政府信息公开申请数量 · 总计")
    assert second.startswith("2. “上年结转1件”：成立\n")
    assert third.endswith("\n     2  四、结转下年度继续办理 · 总计")
    _, out, _ = explained(capsys, "TXT001", "--on", str(path), "--format", "json")
    (rule,) = json.loads(out)["reports"][0]["rules"]
    assert [(each["outcome"], each["excerpts"][0]["text"], each["left"][0]["row"]) for each in rule["instances"]] == [
        ("violated", "新收政府信息公开申请24件", "new"),
        ("holds", "上年结转1件", "carried_in"),
        ("holds", "结转下年度继续办理2件", "carried_out"),
    ]
    assert gilint.lint(path).checked["TXT"] == {"holds": 2, "violated": 1, "not_assessable": 0}


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("VAL003", ["VAL003  {title}：没有发现问题", "   查看了：3 张表共 200 格：数字 199、空白 1"]),
        ("LAW001", ["LAW001  {title}：没有发现问题", "   查看了：正文 4 个部分，15 段，共 801 字"]),
        ("DOC013", ["DOC013  {title}：没有发现问题", "   查看了：文件（html）：21 段，3 个表格，0 张图片"]),
        (
            "VAL002",
            [
                "VAL002  {title}：发现 1 个问题",
                "   查看了：3 张表共 200 格：数字 199、空白 1",
                "",
                "1. 错误：行政处罚 · 本年处理决定数量 为 26.5，件数应为整数。",
                "   位置：第 1 个表格第 10 行第 2 格（源文件第 29 行第 18 字）",
            ],
        ),
    ],
)
def test_of_a_rule_that_counts_nothing_it_is_told_what_it_looked_at_and_what_it_found(
    capsys: pytest.CaptureFixture[str], code: str, lines: list[str]
) -> None:
    status, out, err = explained(capsys, code, "--on", FAULTY)
    assert (status, err) == (0, "")
    assert out.splitlines()[2:] == [line.format(title=RULES[code].title.zh) for line in lines]
    _, out, _ = explained(capsys, code, "--on", FAULTY, "--format", "json", "--lang", "en")
    (rule,) = json.loads(out)["reports"][0]["rules"]
    assert (rule["ran"], rule["instances"], len(rule["looked_at"]), len(rule["findings"])) == (True, [], 1, len(lines) > 2)


def test_what_a_family_looked_at_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = explained(capsys, "TPL", "--on", FAULTY)
    assert out.count("查看了：标题 6 个：一、总体情况；二、主动公开政府信息情况；") == 1
    assert out.count("：没有发现问题") == sum(code.startswith("TPL") for code in RULES)
    _, out, _ = explained(capsys, "TXT002", "--on", str(EXAMPLES / "clean-2021.html"), "--lang", "en")
    assert re.search(
        r"   Looked at: the text: \d+ characters in \d+ paragraphs of \d sections\n   Looked at: 200 cells of 3 tables: number 200\n", out
    )


@pytest.mark.parametrize(
    ("arguments", "status", "zh", "en"),
    [
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
