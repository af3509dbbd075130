"""Waivers: what they accept, what becomes of it, and how each mistake in a file of them is named."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from command import gilint as command

import gilint
from gilint import CellRef, ConfigError, Notice, NoticeKind, Report, Result, Verdict
from gilint.forms import builtin_forms
from gilint.testing import MUTATORS, sample_draft, sample_report, write
from gilint.waivers import read_waivers
from gilint.waiving import fits_path

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 6, 30)
GRANTED = CellRef("applications", "granted", "total")
TOTAL = CellRef("applications", "total", "total")
CODES = ["SUM001", "VAL005", "SUM002"]
GOOD = 'code = "SUM"\norgan = "白石县商务局"\nreason = "known"\nby = "Li Si"\n'


def wrong_report() -> Report:
    """A report of 白石县商务局 for 2021 with one wrong number, which three findings are about."""
    return sample_report("2021").with_changes({GRANTED: 999})


def waive(*waivers: dict[str, Any], report: Report | None = None, today: datetime.date = DAY, **more: Any) -> Result:
    entries = [{"organ": "白石县商务局", "reason": "known", "by": "Li Si", **waiver} for waiver in waivers]
    return gilint.lint(report or wrong_report(), config={}, waivers={"waiver": entries}, today=today, **more)


def waived(result: Result) -> list[str]:
    return [each.finding.code for each in result.waived]


def test_without_waivers_everything_is_a_finding() -> None:
    result = waive()
    assert [finding.code for finding in result.findings] == CODES
    assert (result.waived, result.verdict) == ((), Verdict.NOT_PUBLISHABLE)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"code": "SUM"}, ["SUM001", "SUM002"]),
        ({"code": "SUM001"}, ["SUM001"]),
        ({"code": "SUM001", "organ": "白石县 商務局"}, ["SUM001"]),
        ({"code": "SUM001", "organ": "白石县教育局"}, []),
        ({"code": "SUM001", "year": 2021}, ["SUM001"]),
        ({"code": "SUM001", "year": 2022}, []),
        ({"code": "SUM001", "edition": "2021"}, ["SUM001"]),
        ({"code": "SUM001", "edition": "2019"}, []),
        # An equation is known by its total alone, anything else by all its cells.
        ({"code": "SUM", "cell": "applications.total.total"}, ["SUM002"]),
        ({"code": "SUM", "cell": "applications.granted.business"}, []),
        ({"code": "VAL", "cell": "applications.granted.total"}, []),
        ({"code": "VAL", "cell": ["applications.granted.total", "applications.total.total"]}, ["VAL005"]),
        ({"code": "SUM", "cell": "applications.granted.*"}, ["SUM001"]),
        ({"code": "SUM", "cell": "(一)予以公开 · 总计"}, ["SUM001"]),
        ({"code": "SUM", "cell": "（七）总计·总计"}, ["SUM002"]),
        ({"code": "SUM", "cell": "Granted / Total"}, ["SUM001"]),
        ({"code": "SUM", "text": "8 + 3 + 0"}, ["SUM001"]),
        ({"code": "SUM", "text": ["which does not add up", "8 + 4"]}, ["SUM001", "SUM002"]),
        ({"code": "SUM", "text": "8 + 4"}, []),
        # What the cells have, in the order of the finding, as far as it is given.
        ({"code": "SUM", "cell": "applications.granted.total", "value": "999"}, ["SUM001"]),
        ({"code": "SUM", "cell": "applications.granted.total", "value": 999}, ["SUM001"]),
        ({"code": "SUM", "cell": "applications.granted.total", "value": [999.0, "８", 3]}, ["SUM001"]),
        ({"code": "SUM", "cell": "applications.granted.total", "value": "998"}, []),
        ({"code": "SUM", "cell": "applications.granted.total", "value": [999, 8, 4]}, []),
        ({"code": "SUM", "cell": "applications.granted.total", "value": [999, 8, 3, 0, 0, 0, 0]}, ["SUM001"]),
        ({"code": "SUM", "cell": "applications.granted.total", "value": [999, 8, 3, 0, 0, 0, 0, 0]}, []),
        ({"code": "SUM001", "value": ["999", ""]}, []),
        ({"code": "SUM001", "value": "sNaN"}, []),
    ],
)
def test_all_keys_must_fit(keys: dict[str, Any], expected: list[str]) -> None:
    result = waive(keys)
    assert waived(result) == expected
    assert [finding.code for finding in result.findings] == [code for code in CODES if code not in expected]


def test_a_report_whose_errors_are_waived_can_be_published_and_says_so() -> None:
    result = waive({"code": "SUM"}, {"code": "VAL"})
    assert (result.findings, result.verdict, waived(result)) == ((), Verdict.PUBLISHABLE, CODES)
    assert result.count(gilint.Severity.ERROR) == 0
    assert result.checked["SUM"]["violated"] == 2


def test_what_could_not_be_read_is_not_checked_by_accepting_it() -> None:
    limited = evolve(sample_report("2021"), notices=(Notice(NoticeKind.LIMIT, {"limit": "MAX_BYTES", "value": 33554432}),))
    assert [finding.code for finding in gilint.lint(limited, config={}, waivers={}).findings] == ["DOC005"]
    result = waive({"code": "DOC005"}, report=limited)
    assert (result.findings, waived(result), result.verdict) == ((), ["DOC005"], Verdict.REVIEW)
    entry = {"code": "DOC", "path": "**", "reason": "known", "by": "Li Si"}
    nothing = gilint.lint(b"notes", config={}, waivers={"waiver": [entry]})
    assert (nothing.findings, waived(nothing), nothing.verdict) == ((), ["DOC011"], Verdict.UNDECIDED)


@pytest.mark.parametrize(("until", "expected"), [("2026-06-30", ["SUM001"]), ("2026-07-01", ["SUM001"]), ("2026-06-29", [])])
def test_a_waiver_is_in_force_on_its_last_day(until: str, expected: list[str]) -> None:
    assert waived(waive({"code": "SUM001", "until": until})) == expected


def test_an_expired_waiver_is_said_and_another_may_be_in_force() -> None:
    expired = {"code": "SUM", "until": "2026-06-29", "reason": "being mended"}
    result = waive(expired)
    assert [finding.code for finding in result.findings] == ["DOC904", *CODES]
    assert result.findings[0].say("en") == (
        "The waiver of SUM (Li Si: being mended) was in force until 2026-06-29; what it accepted counts again."
    )
    assert result.findings[0].severity is gilint.Severity.NOTE
    assert [finding.code for finding in waive(expired, ignore=["DOC904"]).findings] == CODES
    renewed = waive(expired, {"code": "SUM", "until": "2026-07-31"})
    assert ([finding.code for finding in renewed.findings], waived(renewed)) == (["VAL005"], ["SUM001", "SUM002"])


def test_nothing_waives_the_notice_that_a_waiver_has_expired() -> None:
    result = waive({"code": "SUM", "until": "2026-06-29"}, {"code": "DOC"})
    assert [finding.code for finding in result.findings] == ["DOC904", *CODES]


def test_only_what_could_have_been_needed_is_unused() -> None:
    def idle(waiver: dict[str, Any], **more: Any) -> list[str]:
        return [each.code for each in waive(waiver, **more).idle_waivers]

    assert idle({"code": "SUM001"}) == []
    assert idle({"code": "SUM003"}) == ["SUM003"]
    assert idle({"code": "SUM003"}, select=["SUM003"]) == ["SUM003"]
    assert idle({"code": "SUM003"}, select=["SUM001"]) == []
    assert idle({"code": "SUM"}, report=sample_report("2021"), select=["SUM001"]) == []
    assert idle({"code": "SUM003", "year": 2020}) == []
    assert idle({"code": "VAL", "cell": "disclosure.licences.change"}) == []
    assert idle({"code": "SUM", "until": "2020-01-01"}) == []


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a.html", "a.html", True),
        ("*.html", "a.html", True),
        ("*.html", "2021/a.html", False),
        ("**/*.html", "a.html", True),
        ("**/*.html", "2021/06/a.html", True),
        ("2021/**", "2021/06/a.html", True),
        ("2021/**", "2020/a.html", False),
        ("**/06/*", "2021/06/a.html", True),
        ("**/06/*", "2021/07/a.html", False),
        ("[[]1].html", "[1].html", True),
        ("../a.html", "../a.html", True),
        ("/".join(["**"] * 40) + "/b", "/".join(["a"] * 400), False),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, fits: bool) -> None:
    assert fits_path(pattern, path) is fits


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "[[waivers]]\n",
            "{0}：waivers：未知的名称“waivers”；是否指 waiver？",
            '{0}: waivers: unknown name "waivers"; did you mean waiver?',
        ),
        ("waiver = 1\n", None, "{0}:1: waiver: must be tables, each waiver written [[waiver]]; it is 1"),
        (GOOD + "till = 1\n", None, '{0}:6: waiver 1 till: unknown name "till"; did you mean until?'),
        (
            GOOD.replace("known", " "),
            '{0} 第 4 行：waiver 1 reason：应为加引号的文字，不能为空；现为 " "',
            '{0}:4: waiver 1 reason: must be a text in quotation marks, not empty; it is " "',
        ),
        (
            GOOD.replace('by = "Li Si"\n', ""),
            "{0} 第 1 行：waiver 1 by：没有写明由谁决定",
            "{0}:1: waiver 1 by: it does not say who has decided",
        ),
        (GOOD.replace('reason = "known"\n', ""), None, "{0}:1: waiver 1 reason: the reason is lacking"),
        (GOOD.replace('code = "SUM"\n', ""), None, "{0}:1: waiver 1 code: the code of a rule is lacking"),
        (
            GOOD.replace('organ = "白石县商务局"\n', ""),
            "{0} 第 1 行：waiver 1：没有写明是哪个机关（organ）或哪个文件（path）",
            "{0}:1: waiver 1: names neither an organ (organ) nor a document (path)",
        ),
        (GOOD.replace("SUM", "SUN"), None, "{0}:2: waiver 1 code: no rule has the code SUN; did you mean SUM?"),
        (GOOD.replace("SUM", "ALL"), None, "{0}:2: waiver 1 code: no rule has the code ALL; did you mean VAL?"),
        (GOOD + "year = true\n", None, "{0}:6: waiver 1 year: must be a report year, for example 2024; it is true"),
        (GOOD + "edition = 2021\n", None, "{0}:6: waiver 1 edition: must be one of: 2019, 2021; it is 2021"),
        (
            GOOD + "until = 2026-06-30T00:00:00\n",
            None,
            "{0}:6: waiver 1 until: must be a day, for example 2027-06-30; it is 2026-06-30 00:00:00",
        ),
        (GOOD + 'until = "June"\n', None, '{0}:6: waiver 1 until: must be a day, for example 2027-06-30; it is "June"'),
        (
            GOOD + 'path = "/a"\n',
            None,
            '{0}:6: waiver 1 path: must be a path from the folder of this file, with forward slashes; it is "/a"',
        ),
        (
            GOOD + 'cell = ["applications.granted.totals"]\n',
            None,
            '{0}:6: waiver 1 cell: there is no cell "applications.granted.totals"; did you mean applications.granted.total?',
        ),
        (
            GOOD + 'cell = ["（七）总计 · 自然"]\n',
            "{0} 第 6 行：waiver 1 cell：没有单元格“（七）总计 · 自然”；是否指 (七)总计 · 自然人？",
            '{0}:6: waiver 1 cell: there is no cell "（七）总计 · 自然"; did you mean (七)总计 · 自然人?',
        ),
        (
            GOOD + "value = [true]\n",
            "{0} 第 6 行：waiver 1 value：应为数、加引号的文字或其列表；现为 [true]",
            "{0}:6: waiver 1 value: must be a number, a text in quotation marks, or a list of such; it is [true]",
        ),
        (GOOD + "value = []\n", None, "{0}:6: waiver 1 value: must be a number, a text in quotation marks, or a list of such; it is []"),
        (GOOD + "text = []\n", None, "{0}:6: waiver 1 text: must be a text in quotation marks or a list of such, not empty; it is []"),
        (
            GOOD + "[[waiver]]\n" + GOOD + 'text = "。"\nyear = 1.5\n',
            None,
            "{0}:12: waiver 2 year: must be a report year, for example 2024; it is 1.5",
        ),
        (GOOD + "by = 1\n", None, "{path}:6:7: not valid TOML: Cannot overwrite a value; the line is: by = 1"),
    ],
)
def test_each_mistake_is_named(text: str, zh: str | None, en: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "gilint-waivers.toml"
    file.write_text(("" if text.startswith(("[", "waiver")) else "[[waiver]]\n") + text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        gilint.lint(wrong_report(), config={})
    assert caught.value.say("en") == en.format(file.name, path=file)
    if zh:
        assert caught.value.say("zh") == zh.format(file.name)


def test_lines_are_not_guessed_beside_texts_of_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text(f'[[waiver]]\n{GOOD}text = """\n[[waiver]]\n"""\n[[waiver]]\ncode = "SUM"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="waiver 2 reason: the reason is lacking") as caught:
        read_waivers(file, gilint.load_registry().rules, builtin_forms())
    assert ".toml:" not in caught.value.say("en").replace(".toml: waiver", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two folders with the same wrong report in two formats, and waivers above one of them."""
    mutant = MUTATORS["wrong-total"](sample_draft("2021"), Random(1))
    assert mutant is not None
    for name in ("a", "b"):
        (tmp_path / name / "2021").mkdir(parents=True)
        (tmp_path / name / "2021" / "page.html").write_text(write(mutant.draft, "html"), encoding="utf-8")
        (tmp_path / name / "2021" / "page.md").write_text(write(mutant.draft, "text-markdown"), encoding="utf-8")
    (tmp_path / "a" / "gilint-waivers.toml").write_text(f"[[waiver]]\n{GOOD}\n[[waiver]]\n{GOOD.replace('SUM', 'VAL')}", encoding="utf-8")
    return tmp_path


def test_the_nearest_file_upwards_counts(folder: Path) -> None:
    documents = sorted(folder.rglob("page.*"))
    open_ = [sum(finding.severity is gilint.Severity.ERROR for finding in gilint.lint(document).findings) for document in documents]
    assert open_[:2] == [0, 0]
    assert min(open_[2:]) > 0
    (folder / "a" / "2021" / "gilint-waivers.toml").write_text("")
    assert gilint.lint(documents[0]).waived == ()
    assert len(gilint.lint(documents[2], waivers=folder / "a" / "gilint-waivers.toml").waived) == open_[2]
    assert gilint.lint(documents[1], waivers={}).waived == ()


def test_a_configuration_names_another_file(folder: Path) -> None:
    (folder / "gilint.toml").write_text('waivers = "known.toml"\n')
    with pytest.raises(ConfigError, match=r"gilint.toml:1: waivers: there is no file .*known.toml"):
        gilint.lint(folder / "b" / "2021" / "page.md")
    (folder / "known.toml").write_text(f'[[waiver]]\n{GOOD}path = "b/**/*.md"\n', encoding="utf-8")
    assert gilint.lint(folder / "b" / "2021" / "page.md").waived
    assert gilint.lint(folder / "b" / "2021" / "page.html").waived == ()


def test_the_command_sets_apart_and_names_what_is_not_needed(folder: Path) -> None:
    ran = command("check", "a", "--format", "json", "--lang", "en", cwd=folder)
    assert ran.status == 0
    first = ran.data["reports"][0]
    assert (first["findings"], first["verdict"]) == ([], "publishable")
    assert {each["waived"]["by"] for each in first["waived"]} == {"Li Si"}
    finding = command("check", "b/2021/page.html", "--format", "json", cwd=folder).data["reports"][0]["findings"][0]
    assert set(first["waived"][0]) == {*finding, "waived"}
    assert ran.data["summary"] == {
        "documents": 2,
        "error": 0,
        "warning": 0,
        "note": 0,
        "waived": sum(len(each["waived"]) for each in ran.data["reports"]),
    }
    assert "unused_waivers" in ran.data or ran.err == ""
    clean = folder / "a" / "2021" / "page.html"
    clean.write_text(write(sample_draft("2021"), "html"), encoding="utf-8")
    # The other format of the report still needs them.
    assert command("check", "a", "--select", "SUM", cwd=folder).err == ""
    ran = command("check", "a/2021/page.html", "--select", "SUM", "--format", "json", "--lang", "en", cwd=folder)
    assert ran.err == "gilint: a/gilint-waivers.toml:1: this waiver is not needed any more (SUM, 白石县商务局)\n"
    assert ran.data["unused_waivers"] == [
        {
            "file": "a/gilint-waivers.toml",
            "line": 1,
            "code": "SUM",
            "organ": "白石县商务局",
            "reason": "known",
            "by": "Li Si",
            "until": None,
        }
    ]


def test_every_format_says_what_is_waived(folder: Path, tmp_path: Path) -> None:
    for name in ("text", "markdown", "html", "junit", "sarif"):
        out = command("check", "a/2021/page.md", "--format", name, "--lang", "en", cwd=folder).out
        assert "known (Li Si)" in out, name
    (run,) = json.loads(out)["runs"]
    assert {tuple(each["suppressions"][0].items()) for each in run["results"]} == {
        (("kind", "external"), ("status", "accepted"), ("justification", "known (Li Si)"))
    }
    assert run["invocations"][0]["executionSuccessful"]


def test_the_day_is_all_that_matters(folder: Path) -> None:
    file = folder / "a" / "gilint-waivers.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('by = "Li Si"', 'by = "Li Si"\nuntil = 2026-06-30'), encoding="utf-8")
    ran = [command("check", "a", "--today", day, cwd=folder) for day in ("2020-01-01", "2026-06-30", "2026-07-01")]
    assert [each.status for each in ran] == [0, 0, 1]
    assert ran[0] == ran[1]
    assert "DOC904" in ran[2].out
    ran = [command("check", "a", "--today", "tomorrow", "--lang", "en", cwd=folder)]
    assert (ran[0].status, ran[0].err) == (2, "gilint: --today takes a day, for example 2027-06-30; it is tomorrow\n")


@pytest.mark.parametrize("page", ["docs/waivers.md", "docs/zh/waivers.md"])
def test_the_waivers_that_are_shown_are_accepted(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    block = text.split("```toml\n")[1].split("```")[0]
    registry = gilint.load_registry()
    from gilint.waivers import Waivers

    first, second = Waivers.parse(tomllib.loads(block), registry.rules, registry.forms).entries
    assert (first.organ, first.until, second.path is not None) == ("青石县教育局", datetime.date(2027, 6, 30), True)
