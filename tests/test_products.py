"""What gilint has written is told by its content, left out of folders, and called what it is where somebody names it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from command import gilint as run
from openpyxl import load_workbook

import gilint
from gilint.errors import UsageError
from gilint.forms import builtin_forms
from gilint.language import LANGUAGES, Language
from gilint.output import Settings, Target, formats, write_targets
from gilint.products import product_at, product_of
from gilint.testing import sample_draft, write, write_bytes

WRONG = sample_draft(builtin_forms()[-1], printed={("applications", "granted", "total"): "98765"})
SUFFIXES = {"text": "txt", "markdown": "md", "junit": "xml", "sarif": "json"}
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CALLED = {
    "text": "检查结果（文本）",
    "json": "检查结果（JSON）",
    "html": "检查报告（网页）",
    "markdown": "检查报告（Markdown）",
    "sarif": "检查结果（SARIF）",
    "junit": "检查结果（JUnit）",
    "csv": "问题清单（CSV）",
    "xlsx": "问题台账",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with one report, the one that is worked in."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.html").write_text(write(WRONG, "html"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(into: str, language: Language = "zh", stem: str = "result") -> dict[str, Path]:
    """Write what is found, and nothing, in every format."""
    files = {name: Path(into) / f"{stem}-{name}.{SUFFIXES.get(name, name)}" for name in formats}
    rules = {rule.code: rule for rule in gilint.load_registry().rules}
    write_targets(gilint.lint_all("reports/a.html"), [Target(name, path) for name, path in files.items()], Settings(language, rules))
    return files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", [True, False])
def test_every_output_is_told_by_its_content(folder: Path, language: Language, wrong: bool) -> None:
    if not wrong:
        Path("reports/a.html").write_text(write(sample_draft(builtin_forms()[0]), "html"), encoding="utf-8")
    for name, path in written(".", language).items():
        other = path.rename(path.with_name(f"anything{path.suffix}"))
        product = product_at(other)
        assert product is not None, name
        assert product.label.zh == CALLED[name]


def test_reports_and_data_are_none_of_them(folder: Path) -> None:
    for layout in ("html", "text-tabs", "text-markdown"):
        assert product_of(write(WRONG, layout).encode()) is None
    for layout, suffix in (("xlsx", ".xlsx"), ("docx", ".docx")):
        Path(f"a{suffix}").write_bytes(write_bytes(WRONG, layout))
        assert product_at(Path(f"a{suffix}")) is None
    assert product_of("政府信息公开工作年度报告：可发布\n一、总体情况".encode()) is None
    assert product_of(b"path,organ,year,edition,table,row,column,value\n") is None
    assert product_of(b"PK\x03\x04 no archive") is None
    gilint.annotate("reports/a.html", "copy.html")
    assert product_at(Path("copy.html")) is None  # it is the report, with comments


def test_in_a_folder_they_are_left_out_and_that_is_said(folder: Path) -> None:
    alone = run("check", "reports", "--format", "json", cwd=folder)
    written("reports")
    ran = run("check", "reports", "--format", "json", cwd=folder)
    assert (ran.status, ran.out) == (alone.status, alone.out)
    said = "gilint: reports 中有 8 个文件是 gilint 输出的结果，不是年报，已跳过：result-csv.csv、result-html.html、result-json.json……\n"
    assert ran.err == said
    assert gilint.lint_all("reports").remarks[0].en.startswith("reports: 8 files written by gilint, which are no reports, left out: ")
    sarif = run("check", "reports", "--format", "sarif", "--lang", "en", cwd=folder).data
    assert "left out" in sarif["runs"][0]["invocations"][0]["toolConfigurationNotifications"][0]["message"]["text"]


@pytest.mark.parametrize("name", ["html", "csv", "xlsx", "json", "markdown", "text"])
def test_results_may_go_into_the_folder_again_and_again(folder: Path, name: str) -> None:
    target = f"reports/result.{SUFFIXES.get(name, name)}"
    arguments = ("check", "reports", "--format", name, "--output", target)
    assert run(*arguments, cwd=folder).status == 1
    first = (folder / target).read_bytes()
    again = run(*arguments, cwd=folder)
    assert (again.status, (folder / target).read_bytes()) == (1, first)


def test_a_folder_with_nothing_else_is_wrong_usage(folder: Path) -> None:
    Path("results").mkdir()
    written("results")
    with pytest.raises(UsageError) as caught:
        gilint.lint_all("results")
    assert "没有其他可检查的文件" in str(caught.value)
    assert run("check", "results", cwd=folder).status == 2


@pytest.mark.parametrize("name", [name for name in CALLED if name != "json"])
def test_where_one_is_named_it_is_said_what_it_is(folder: Path, name: str) -> None:
    path = written(".")[name]
    (result,) = gilint.lint_all(path)
    assert [(finding.code, finding.say("zh")) for finding in result.findings] == [
        ("DOC030", f"这是 gilint 输出的{CALLED[name]}，不是年度报告，没有核对。")
    ]
    assert result.verdict == "undecided"
    assert [finding.code for finding in gilint.lint(path.read_bytes()).findings] == ["DOC030"]


def test_results_that_are_named_are_read_as_data(folder: Path) -> None:
    (result,) = gilint.lint_all(written(".")["json"])
    assert "SUM001" in [finding.code for finding in result.findings]


def test_a_ledger_that_was_worked_through_is_still_one(folder: Path) -> None:
    path = written("reports")["xlsx"]
    book = load_workbook(path)
    book.worksheets[0].insert_cols(1)
    book.worksheets[0]["A1"] = "年度报告"
    book.properties.lastModifiedBy = "李四"
    book.save(path)
    assert len(gilint.lint_all("reports")) == 1
    assert [finding.code for finding in gilint.lint(path).findings] == ["DOC030"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_ledger_that_an_office_program_saved_anew_is_still_one(folder: Path, suffix: str) -> None:
    path = written(".")["xlsx"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([str(SOFFICE), profile, "--headless", "--convert-to", suffix, "--outdir", "reports", path], timeout=120, check=True)
    assert len(gilint.lint_all("reports")) == 1
    assert [finding.code for finding in gilint.lint(Path("reports", f"{path.stem}.{suffix}")).findings] == ["DOC030"]


def test_a_list_in_utf_16_is_left_out_of_a_folder(folder: Path) -> None:
    path = written(".")["csv"]
    Path("reports", "list.csv").write_bytes(path.read_bytes().decode("utf-8-sig").replace(",", "\t").encode("utf-16"))
    assert [source.name for source in gilint.lint_all("reports").sources] == ["reports/a.html"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_list_that_a_spreadsheet_saved_anew_is_still_one(folder: Path, separator: str) -> None:
    path = written(".")["csv"]
    lines = path.read_bytes().decode("utf-8-sig").replace("；", ";").split("\r\n")
    assert product_of(lines[0].replace(",", separator).encode("gb18030") + "\r\n政府".encode("gb18030")) is not None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('# 豁免\n\n[[waiver]]\ncode = "SUM"\n', "豁免文件"),
        ('select = ["SUM"]\n', "配置文件"),
        ("# gilint\n[rules.SUM001]\ntolerance = 1\n", "配置文件"),
        ('[severity]\nSUM = "note"\n', "配置文件"),
    ],
)
def test_settings_are_called_so(folder: Path, text: str, label: str) -> None:
    Path("gilint-own.toml").write_text(text, encoding="utf-8")
    (result,) = gilint.lint_all("gilint-own.toml")
    assert [(finding.code, finding.arguments["product"].zh) for finding in result.findings] == [("DOC030", label)]


def test_baselines_are_called_so(folder: Path) -> None:
    assert run("baseline", "reports", "--output", "known.toml", cwd=folder).status == 0
    assert [finding.say("en") for finding in gilint.lint("known.toml").findings] == [
        "This is a file of waivers written by gilint and no annual report; nothing was checked."
    ]
