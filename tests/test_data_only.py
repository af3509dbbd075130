"""What is said of data that have the cells of a report and not its text."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import gilint as run

import gilint
from gilint.finding import Result, Verdict
from gilint.forms import builtin_forms
from gilint.language import Language
from gilint.output import Settings, extract_reports, write_results
from gilint.testing import sample_draft, write

SAID: dict[Language, str] = {"zh": "没有报告正文：章节和正文中的文字、法定内容、个人信息、异常文字未检查", "en": "were not checked"}
PAGE = write(sample_draft(builtin_forms()[-1]), "html")


def data(name: str) -> Result:
    stream = io.StringIO()
    extract_reports([gilint.read(PAGE)], name, stream)
    return gilint.lint(stream.getvalue())


def written(result: Result, name: str, language: Language) -> Any:
    stream = io.StringIO()
    write_results([result], name, stream, Settings(language))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["json", "csv"])
def test_data_are_no_whole_report_and_cannot_be_called_publishable(name: str) -> None:
    result = data(name)
    assert (result.findings, result.left_out, result.verdict) == ((), (), Verdict.REVIEW)
    assert gilint.lint(PAGE).verdict is Verdict.PUBLISHABLE


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["text", "html", "markdown"])
def test_what_was_not_checked_is_said_beside_the_verdict_once(name: str, language: Language) -> None:
    assert written(data("json"), name, language).count(SAID[language]) == 1
    assert SAID[language] not in written(gilint.lint(PAGE), name, language)


def test_a_program_is_told_too() -> None:
    assert json.loads(written(data("csv"), "json", "zh"))["reports"][0]["cells_only"] is True
    assert "cells_only" not in written(gilint.lint(PAGE), "json", "zh")
    run_ = json.loads(written(data("csv"), "sarif", "zh"))["runs"][0]
    assert run_["artifacts"][0]["properties"]["cells_only"] is True


def test_it_is_said_whatever_else_is(tmp_path: Path) -> None:
    wrong = write(sample_draft(builtin_forms()[-1], printed={("applications", "granted", "total"): "98765"}), "html")
    (tmp_path / "a.html").write_text(wrong, encoding="utf-8")
    assert run("extract", "a.html", "--output", "a.csv", cwd=tmp_path).status == 0
    ran = run("check", "a.csv", "--select", "SUM", cwd=tmp_path)
    assert ran.out.startswith(f"a.csv：不可发布\n  白石县商务局，2021 年度，2021 年版\n  来源是表格数据，{SAID['zh']}。\n  未运行的规则：")
