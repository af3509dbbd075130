"""What blanks leave open, and what holds only on a condition, is said as it is in every format."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import gilint
from gilint import Result
from gilint.forms import builtin_forms
from gilint.language import Language
from gilint.output import Settings, write_results
from gilint.testing import render, sample_figures, sample_report

SEEDS = Path(__file__).parents[1] / "fixtures" / "seeds"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FORM = builtin_forms()[-1]
ROW = ("reviews", "administrative_review")


def written(result: Result, name: str, language: Language = "zh") -> str:
    stream = StringIO()
    write_results([result], name, stream, Settings(language, {rule.code: rule for rule in gilint.load_registry().rules}))
    return stream.getvalue()


def open_result() -> Result:
    """Return a result in which a total, or a part of it, must be another number, and a blank leaves open which."""
    report = sample_report(printed={(*ROW, "other"): "", (*ROW, "corrected"): "0", (*ROW, "pending"): "0", (*ROW, "total"): "1"})
    return gilint.lint(report, select=["SUM"])


def test_numbers_that_blanks_leave_open_are_no_facts() -> None:
    lines = written(open_result(), "text").splitlines()
    assert any(line.endswith("下列 2 格中有一格有误，请核对是哪一格；最可能的是：行政复议 · 总计 由 1 改为 2 或更大的数") for line in lines)
    assert "    或：行政复议 · 结果维持 由 2 改为 1 或更小的数（一位数字写错）" in lines
    english = written(open_result(), "text", "en")
    assert "one of 2 cells is wrong, check which; likeliest: Administrative review / Total from 1 to 2 or more" in english
    assert "<del><bdi>1</bdi></del> <ins>≥ 2</ins>" in written(open_result(), "html")
    (report,) = json.loads(written(open_result(), "json"))["reports"]
    total, part = report["causes"][0]["repairs"]
    assert [(each["to"], each["range"]) for each in (*total["cells"], *part["cells"])] == [(2, [2, None]), (1, [0, 1])]


def test_a_number_that_is_open_is_not_offered_as_a_fix() -> None:
    figures = {**sample_figures(FORM, 1), **{(*ROW, column): 0 for column in ("corrected", "other", "pending")}, (*ROW, "upheld"): 2}
    pages = [render(FORM, figures, printed=printed) for printed in ({(*ROW, "total"): "40"}, {(*ROW, "other"): "", (*ROW, "total"): "1"})]
    results = [json.loads(written(gilint.lint(page, select=["SUM004"]), "sarif"))["runs"][0]["results"] for page in pages]
    assert [[len(each.get("fixes", ())) for each in found if each["ruleId"] == "SUM004"] for found in results] == [[5], [0]]


def test_where_everything_holds_on_a_condition_it_is_said_once() -> None:
    binhu, blank = (
        gilint.lint(gilint.read(path), select=["SUM"]) for path in (SEEDS / "binhu-2020.txt", EXAMPLES / "blank-zeros-2020.html")
    )
    assert "勾稽关系 40 项成立（其中 11 项有条件）\n" in written(binhu, "text")
    assert "勾稽关系 40 项成立（均有条件）\n" in written(blank, "text")
    assert "Equations 40 hold (all on a condition)\n" in written(blank, "text", "en")
