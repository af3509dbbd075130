"""Several outputs in one run, and binary ones, as users of the command line see them."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import gilint

import gilint as package
from gilint.errors import UsageError
from gilint.finding import Result
from gilint.forms import builtin_forms
from gilint.output import Settings, Target, formats, pair_targets, write_results, write_targets
from gilint.testing import sample_draft, write, write_bytes

FORM = builtin_forms()[-1]
CLEAN = write(sample_draft(FORM), "html")
WRONG = write(sample_draft(FORM, printed={("applications", "granted", "total"): "999"}), "html")
FILES = {name: f"out.{name}" for name in formats}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "clean.html").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "reports" / "wrong.html").write_text(WRONG, encoding="utf-8")
    return tmp_path


def pairs(*names: str) -> list[str]:
    return [word for name in names for word in ("--format", name, "--output", FILES[name])]


def test_every_format_in_one_run_is_what_each_gives_alone(folder: Path) -> None:
    ran = gilint("check", "reports", *pairs(*formats), cwd=folder)
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    together = {name: (folder / FILES[name]).read_bytes() for name in formats}
    for name in formats:
        assert gilint("check", "reports", *pairs(name), cwd=folder).status == 1
        assert (folder / FILES[name]).read_bytes() == together[name], name
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_formats_and_outputs_are_paired_in_their_order(folder: Path) -> None:
    ran = gilint("check", "reports", "--output", "a.json", "--output", "-", "--format", "json", "--format", "junit", cwd=folder)
    assert json.loads((folder / "a.json").read_text(encoding="utf-8"))["schema"] == "gilint/1"
    assert ElementTree.fromstring(ran.out).tag == "testsuites"
    # One of either alone is what it always was.
    assert gilint("check", "reports", "--format", "json", cwd=folder).out == (folder / "a.json").read_text(encoding="utf-8")
    assert gilint("check", "reports", "--output", "a.log", cwd=folder).out == ""
    assert (folder / "a.log").read_text(encoding="utf-8") == gilint("check", "reports", cwd=folder).out


def test_without_a_format_the_ending_of_the_file_says_it(folder: Path) -> None:
    gilint("check", "reports", *pairs(*formats), cwd=folder)
    endings = {"a.HTML": "html", "b.htm": "html", "a.json": "json", "a.md": "markdown", "a.sarif": "sarif", "b.sarif.json": "sarif"}
    endings |= {"a.xml": "junit", "a.csv": "csv", "a.xlsx": "xlsx", "a.txt": "text", "a": "text", "a.docx": "text"}
    assert set(endings.values()) == set(formats)
    for name, written in endings.items():
        assert gilint("check", "reports", "--output", name, cwd=folder).out == ""
        assert (folder / name).read_bytes() == (folder / FILES[written]).read_bytes(), name
    assert gilint("check", "reports", "--output", "two.html", "--output", "two.xlsx", cwd=folder).status == 1
    assert (folder / "two.xlsx").read_bytes() == (folder / FILES["xlsx"]).read_bytes()
    # What somebody says counts.
    gilint("check", "reports", "--output", "json.html", "--format", "json", cwd=folder)
    assert (folder / "json.html").read_bytes() == (folder / FILES["json"]).read_bytes()
    for name, written in {"cells.csv": "csv", "cells.json": "json", "cells.xlsx": "json"}.items():
        gilint("extract", "reports", "--output", name, cwd=folder)
        gilint("extract", "reports", "--output", "other", "--format", written, cwd=folder)
        assert (folder / name).read_bytes() == (folder / "other").read_bytes()


WAIVED = '[[waiver]]\ncode = "SUM001"\npath = "reports/*"\nreason = "known"\nby = "Li Si"\nuntil = 2999-12-31\n'


def test_csv_says_what_is_waived_and_why(folder: Path) -> None:
    before = gilint("check", "reports", "--format", "csv", cwd=folder).out
    (folder / "gilint-waivers.toml").write_text(WAIVED, encoding="utf-8")
    after = gilint("check", "reports", "--format", "csv", "--lang", "en", cwd=folder).out
    first, second = (list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))) for out in (before, after))
    assert {row["status"] for row in first} == {"open"}
    assert sorted(row["code"] for row in first) == sorted(row["code"] for row in second)
    assert {row["code"]: (row["status"], row["waiver"]) for row in second} == {
        "SUM001": ("waived", "known (Li Si, until 2999-12-31)"),
        **{row["code"]: ("open", "") for row in first if row["code"] != "SUM001"},
    }
    assert second[-1]["code"] == "SUM001"


@pytest.mark.parametrize("layout", ["docx", "xlsx", "pdf-ruled"])
def test_sarif_says_in_words_what_it_cannot_replace(folder: Path, layout: str) -> None:
    suffix = layout.partition("-")[0]
    draft = sample_draft(FORM, printed={("applications", "granted", "total"): "999"})
    (folder / f"a.{suffix}").write_bytes(write_bytes(draft, layout))
    (folder / "a.html").write_text(WRONG, encoding="utf-8")
    office, page = (
        gilint("check", name, "--select", "SUM", "--format", "sarif", cwd=folder).data["runs"][0]["results"]
        for name in (f"a.{suffix}", "a.html")
    )
    assert [result["properties"].get("repairs") for result in page] == [None] * len(page)
    assert not any("fixes" in result for result in office)
    assert [result["properties"]["repairs"] for result in office] == [
        [fix["description"]["text"] for fix in result["fixes"]] for result in page
    ]


@pytest.mark.parametrize(
    ("options", "chinese", "english"),
    [
        (
            ("--format", "html", "--format", "json", "--output", "a"),
            "--format 有 2 个，--output 有 1 个；同时输出多种格式时应成对给出",
            "2 --format and 1 --output: several outputs are given in pairs",
        ),
        (("--output", "a", "--output", "b"), "--format 有 1 个，--output 有 2 个", "1 --format and 2 --output"),
        (("--format", "html", "--format", "json"), "--format 有 2 个，--output 有 1 个", "2 --format and 1 --output"),
        (
            ("--format", "html", "--output", "a", "--format", "json", "--output", "./a"),
            "有两种格式都要写到a",
            "two formats are to go to a",
        ),
        (
            ("--format", "html", "--output", "-", "--format", "json", "--output", "-"),
            "有两种格式都要写到标准输出",
            "two formats are to go to standard output",
        ),
        (
            ("--format", "html", "--output", "a", "--format", "json", "--output", "gone/b"),
            "无法写入 b：文件夹 gone 不存在",
            "the folder gone does not exist",
        ),
        (
            ("--format", "html", "--output", "a", "--format", "json", "--output", "reports/clean.html"),
            "是要检查的文件之一",
            "is one of the documents to lint",
        ),
        (("--format", "xlsx", "--output", "a", "--format", "word", "--output", "b"), "--format 的值不可用", "Invalid value for '--format'"),
    ],
)
def test_outputs_that_make_no_sense_are_refused(folder: Path, options: tuple[str, ...], chinese: str, english: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    for language, said in (("zh", chinese), ("en", english)):
        ran = gilint("check", "reports", *options, "--lang", language, cwd=folder)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (folder / "reports" / "clean.html").read_text(encoding="utf-8") == CLEAN


def test_what_fails_leaves_every_file_as_it_was(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "report.html.j2").write_text("{{ 1 / 0 }}", encoding="utf-8")
    (folder / "gilint.toml").write_text('templates = "mine"', encoding="utf-8")
    (folder / FILES["xlsx"]).write_text("old")
    ran = gilint("check", "reports", *pairs("csv", "xlsx", "sarif", "html"), cwd=folder)
    assert (ran.status, ran.out) == (2, "")
    assert "report.html.j2" in ran.err
    assert (folder / FILES["xlsx"]).read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["gilint.toml", "mine", "out.xlsx", "reports"]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals")
def test_a_terminal_gets_no_binary_file(folder: Path) -> None:
    ours, theirs = os.openpty()
    try:
        command = [sys.executable, "-m", "gilint", "check", "reports", "--format", "xlsx", "--lang", "en"]
        ran = subprocess.run(command, cwd=folder, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(theirs)
        os.close(ours)
    assert ran.returncode == 2
    assert "this format is a binary file, which no terminal shows; write it to a file with --output" in ran.stderr.decode()


def test_a_pipe_gets_the_same_bytes_as_a_file(folder: Path) -> None:
    command = [sys.executable, "-m", "gilint", "check", "reports", "--format", "xlsx"]
    piped = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert (piped.returncode, piped.stderr) == (1, b"")
    gilint("check", "reports", *pairs("xlsx"), cwd=folder)
    assert piped.stdout == (folder / FILES["xlsx"]).read_bytes()
    assert zipfile.ZipFile(io.BytesIO(piped.stdout)).testzip() is None


def test_csv_begins_with_a_byte_order_mark_for_excel(folder: Path) -> None:
    gilint("check", "reports", *pairs("csv"), cwd=folder)
    data = (folder / FILES["csv"]).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfpath,")
    assert [row["code"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))][:1] == ["SUM001"]


def test_sarif_and_junit_know_which_rules_were_run(folder: Path) -> None:
    gilint("check", "reports", "--select", "SUM", *pairs("sarif", "junit"), cwd=folder)
    suites = ElementTree.parse(folder / FILES["junit"]).getroot()
    codes = [str(case.get("name")).split()[0] for case in suites[0].findall("testcase")]
    assert codes == sorted(codes)
    assert {code[:3] for code in codes} == {"DOC", "SUM"}  # what cannot be read must not pass
    (run,) = json.loads((folder / FILES["sarif"]).read_text(encoding="utf-8"))["runs"]
    assert run["tool"]["driver"]["version"] == package.__version__
    assert {result["ruleId"][:3] for result in run["results"]} == {"SUM"}
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["reports/clean.html", "reports/wrong.html"]
    assert all(result["locations"][0]["physicalLocation"]["region"]["startLine"] > 1 for result in run["results"])


def test_pairs_from_python() -> None:
    assert pair_targets([], [], formats) == (Target("text"),)
    assert pair_targets(["csv"], [], formats) == (Target("csv"),)
    assert pair_targets([], ["a"], formats) == (Target("text", Path("a")),)
    assert pair_targets(["html", "json"], ["a", "-"], formats) == (Target("html", Path("a")), Target("json"))
    with pytest.raises(UsageError):
        pair_targets(["html"], ["a", "b"], formats)


@pytest.mark.parametrize("names", [("sarif", "junit", "csv"), ("xlsx",)])
def test_memory_does_not_grow_with_the_number_of_documents(names: tuple[str, ...], tmp_path: Path) -> None:
    asked = 0

    def peak(count: int) -> int:
        def results() -> Iterator[Result]:
            nonlocal asked
            for _ in range(count):
                asked += 1
                yield result

        gc.collect()
        tracemalloc.start()
        write_targets(results(), [Target(name, tmp_path / FILES[name]) for name in names], settings)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    result = package.lint(WRONG)
    settings = Settings("zh", {rule.code: rule for rule in package.load_registry().rules})
    peak(5)
    few, many = peak(10), peak(80)
    assert asked == 95
    assert many < few * 1.3 + 100_000
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) > 10_000


def test_struck_cells_are_explained_in_the_key_wherever_there_are_any() -> None:
    def page(**printed: str) -> str:
        draft = sample_draft(FORM, printed={("applications", *name.split("__")): text for name, text in printed.items()})
        stream = io.StringIO()
        write_results([package.lint(write(draft, "html"))], "html", stream)
        return stream.getvalue()

    said = "划去的是现值，旁边是推断应填的数，请核对"
    for found, shown in ((page(), False), (page(granted__total=""), True), (page(granted__total="98765"), True)):
        assert ("<ins>" in found.replace('<i class="sample error repair"><del>1</del> <ins>0</ins></i>', ""), said in found) == (
            shown,
            shown,
        )
