"""What a cell holds of a person is masked in every output of the cell, unless somebody asks for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import gilint as run

import gilint
from gilint.forms import builtin_forms
from gilint.output import extract_reports, formats
from gilint.testing import sample_draft, write

MOBILE, IDENTITY, MAILBOX = "13812345678", "11010519491231002X", "zhangsan1980@163.com"
PRINTED = {
    ("applications", "granted", "total"): f"联系人{MOBILE}",
    ("applications", "partly_granted", "total"): f"5（{MOBILE}）",
    ("reviews", "administrative_review", "total"): IDENTITY,
    ("reviews", "litigation_direct", "total"): MAILBOX,
}
SECRETS = re.compile("|".join(map(re.escape, (MOBILE, IDENTITY, MAILBOX))))
EVERYWHERE = [*((("check", "--format", name)) for name in formats if name != "xlsx"), ("extract",), ("extract", "--format", "csv")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, the one that is worked in, with a report in whose cells there are personal data."""
    (tmp_path / "a.html").write_text(write(sample_draft(builtin_forms()[-1], printed=PRINTED), "html"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_report_in_python_has_what_is_printed(folder: Path) -> None:
    report = gilint.read("a.html")
    assert {key: report.cell(key).raw for key in PRINTED} == PRINTED


@pytest.mark.parametrize("arguments", EVERYWHERE, ids=" ".join)
def test_no_output_shows_them(folder: Path, arguments: tuple[str, ...]) -> None:
    out = run(*arguments, "a.html", cwd=folder).out
    assert out
    assert SECRETS.findall(out) == []


@pytest.mark.parametrize("arguments", [("check", "--format", "json"), ("extract",), ("extract", "--format", "csv")], ids=" ".join)
def test_they_are_masked_and_shown_where_that_is_asked_for(folder: Path, arguments: tuple[str, ...]) -> None:
    masked = run(*arguments, "a.html", cwd=folder).out
    for secret in ("联系人138****5678", "5（138****5678）", "110*************2X", "z***@163.com"):
        assert secret in masked
    shown = run(*arguments, "a.html", "--show-personal-data", cwd=folder).out
    for secret in PRINTED.values():
        assert secret in shown


def test_the_page_shows_them_where_that_is_configured(folder: Path) -> None:
    (folder / "gilint.toml").write_text("show-personal-data = true\n", encoding="utf-8")
    for name in ("html", "json"):
        assert set(SECRETS.findall(run("check", "a.html", "--format", name, cwd=folder).out)) == {MOBILE, IDENTITY, MAILBOX}


def test_explanations_and_notebooks_show_none(folder: Path) -> None:
    for more in ((), ("--format", "json")):
        out = run("explain", "SUM", "--on", "a.html", *more, cwd=folder).out
        assert "138****5678" in out
        assert SECRETS.findall(out) == []
    result = gilint.lint("a.html")
    assert SECRETS.findall(result._repr_html_() + result.report._repr_html_()) == []


def test_masked_data_are_read_back_and_are_as_right_or_wrong_as_before(folder: Path) -> None:
    before = gilint.lint("a.html")
    for name in ("json", "csv"):
        with (folder / f"data.{name}").open("w", encoding="utf-8", newline="") as file:
            extract_reports([before.report], name, file)
        after = gilint.lint(folder / f"data.{name}")
        assert [cell[:5] for cell in after.report.cells] == [cell[:5] for cell in before.report.cells]
        assert "DOC028" not in [finding.code for finding in after.findings]
