"""The command line as its users see it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import gilint

from gilint import datasets, running
from gilint.cli import main
from gilint.forms import builtin_forms
from gilint.output import formats, writer
from gilint.output.wrapping import columns
from gilint.testing import sample_draft, write

FORM = builtin_forms()[-1]


def page(**printed: str) -> str:
    """Return the sample report as a web page, some cells printed otherwise: ``granted__total="99"``."""
    cells = {("applications", *name.split("__")): text for name, text in printed.items()}
    return write(sample_draft(FORM, printed=cells), "html")


# One too many, but not more than the total below it: two equations are wrong and nothing else is.
ONE_MORE = str(sample_draft(FORM).figures["applications", "granted", "total"] + 1)
CLEAN, WRONG, WARNED = page(), page(granted__total=ONE_MORE), page(granted__research="")
CELLS = len(FORM.keys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a clean report and a wrong one among things that are no reports."""
    reports = tmp_path / "reports"
    (reports / "2022" / ".git").mkdir(parents=True)
    (reports / "clean.html").write_text(CLEAN, encoding="utf-8")
    (reports / "2022" / "wrong.html").write_text(WRONG, encoding="utf-8")
    for name in (
        ".hidden.html",
        "old.html~",
        "old.html.bak",
        "~$lock.docx",
        "#auto.html#",
        "style.css",
        "script.js",
        "2022/.git/note.txt",
    ):
        (reports / name).write_text("not a report", encoding="utf-8")
    return tmp_path


def test_folder_is_walked_in_order_and_what_is_no_report_is_left(folder: Path) -> None:
    ran = gilint("check", "reports", "--format", "json", cwd=folder)
    assert [report["path"] for report in ran.data["reports"]] == ["reports/2022/wrong.html", "reports/clean.html"]
    assert ran.codes("reports/clean.html") == []
    assert ran.codes("reports/2022/wrong.html") == ["SUM001", "SUM002"]
    assert ran.data["summary"] == {"documents": 2, "error": 2, "warning": 0, "note": 0}
    assert (ran.status, ran.err) == (1, "")


def test_path_named_twice_is_linted_once(folder: Path) -> None:
    ran = gilint("check", "reports/clean.html", "reports", "./reports/clean.html", "--format", "json", cwd=folder)
    assert [report["path"] for report in ran.data["reports"]] == ["reports/clean.html", "reports/2022/wrong.html"]


def test_file_named_explicitly_is_tried_whatever_its_suffix(folder: Path) -> None:
    (folder / "report.dat").write_text(CLEAN, encoding="utf-8")
    ran = gilint("check", "report.dat", "reports/style.css", "--format", "json", cwd=folder)
    assert (ran.codes("report.dat"), ran.codes("reports/style.css")) == ([], ["DOC011"])


def test_standard_input(folder: Path) -> None:
    ran = gilint("check", "-", "--format", "json", cwd=folder, stdin=WRONG.encode())
    assert ran.codes("<stdin>") == ["SUM001", "SUM002"]
    assert ran.status == 1


@pytest.mark.parametrize(
    ("content", "arguments", "status"),
    [
        (CLEAN, (), 0),
        (CLEAN, ("--fail-on", "note"), 0),
        (WARNED, (), 0),
        (WARNED, ("--fail-on", "warning"), 1),
        (WARNED, ("--fail-on", "note"), 1),
        (WRONG, (), 1),
        (WRONG, ("--fail-on", "never"), 0),
        (WRONG, ("--select", "VAL,MIS"), 0),
        (WRONG, ("--select", "VAL", "--select", "SUM001"), 1),
        (WRONG, ("--ignore", "SUM"), 0),
        (WRONG, ("--ignore", "SUM001"), 1),
        ("Dear all, lunch is at noon.", ("--select", "SUM"), 1),
    ],
)
def test_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, arguments: tuple[str, ...], status: int) -> None:
    (tmp_path / "report.html").write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "report.html", *arguments]) == status


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("check", "gone.html"), "没有这个文件或文件夹：gone.html", "no such file or folder: gone.html"),
        (("check", "empty"), "文件夹 empty 中没有可检查的文件", "nothing to lint in folder empty"),
        (("check", "a.html", "--select", "SUMM"), "没有规则 SUMM；是否指 SUM？", "no rule has the code SUMM; did you mean SUM?"),
        (("check", "a.html", "--select", "SUM01"), "没有规则 SUM01；是否指 SUM001？", "no rule has the code SUM01; did you mean SUM001?"),
        (
            ("check", "a.html", "--select", "sum004"),
            "没有规则 sum004；是否指 SUM004？",
            "no rule has the code sum004; did you mean SUM004?",
        ),
        (("check", "a.html", "--select", "row-total-mismatch"), "；是否指 SUM001？", "; did you mean SUM001?"),
        (
            ("check", "a.html", "--ignore", "XX"),
            "没有规则 XX；现有类别：DOC、INJ",
            "no rule has the code XX; there are the families DOC, INJ",
        ),
        (("check", "a.html", "--out", "x"), "没有选项 --out；是否指 --output？", "no option --out; did you mean --output?"),
        (("check", "a.html", "--exclude", "x"), "没有选项 --exclude\n用", "no option --exclude\n"),
        (("check", "a.html", "--format", "word"), "--format 的值不可用", "Invalid value for '--format'"),
        (
            ("check", "a.html", "--fail-on", "fatal"),
            "--fail-on 的值不可用，应为其中之一：error、warning、note、never\n用 gilint check --help 查看用法\n",
            "Invalid value for '--fail-on': 'fatal' is not one of",
        ),
        (("check", "a.html", "--config", "gone.toml"), "gone.toml：无法读取：文件不存在", "gone.toml: cannot be read: no such file"),
        (("check", "a.html", "--outptu", "x"), "没有选项 --outptu；是否指 --output？", "no option --outptu; did you mean --output?"),
        (("check", "a.html", "--output", "empty"), "输出文件 empty 是一个文件夹", "output file empty is a folder"),
        (("check", "a.html", "--output", "gone/x"), "无法写入 x：文件夹 gone 不存在", "the folder gone does not exist"),
        (("check",), "缺少参数：路径\n用 gilint check --help 查看用法\n", "Missing argument PATH\ngilint check --help shows the usage\n"),
        (("explain", "SUM001", "SUM002"), "多余的参数：SUM002", "unexpected arguments: SUM002"),
        (("explain", "SUM999"), "没有规则 SUM999", "no rule has the code SUM999"),
        (
            ("lint", "a.html"),
            "没有命令 lint；现有命令：check、annotate、baseline、explain、extract、rules\n用 gilint --help 查看用法\n",
            "no command lint; there are check, annotate, baseline, explain, extract, rules\ngilint --help shows the usage\n",
        ),
        (("chekc", "a.html"), "没有命令 chekc；是否指 check？", "no command chekc; did you mean check?"),
        (("a.html",), "没有命令 a.html；是否指 gilint check a.html？", "no command a.html; did you mean gilint check a.html?"),
    ],
)
def test_wrong_usage_is_told_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], zh: str, en: str
) -> None:
    (tmp_path / "a.html").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    for language, message in (("zh", zh), ("en", en)):
        assert main([*arguments, "--lang", language]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("gilint: ")
        assert message in printed.err


def test_the_configured_language_is_that_of_usage_and_configuration_messages_too(folder: Path) -> None:
    (folder / "reports" / "gilint.toml").write_text('lang = "en"\nselct = []', encoding="utf-8")
    (folder / "gilint.toml").write_text("", encoding="utf-8")
    for arguments, message in (
        (("check", "reports"), 'unknown name "selct"; did you mean select?'),
        (("check", "reports", "--select", "SUM01"), "no rule has the code SUM01"),
        (("check", "reports", "--fail-on", "x"), "Invalid value for '--fail-on'"),
        (("check", "gone.html", "--config", "reports/gilint.toml"), "no such file or folder: gone.html"),
        (("check", "gone.html", "--config=reports/gilint.toml"), "no such file or folder: gone.html"),
    ):
        ran = gilint(*arguments, cwd=folder)
        assert (ran.status, ran.out) == (2, "")
        assert message in ran.err
        assert "是否" not in ran.err
    assert "没有规则" in gilint("check", "reports", "--select", "SUM01", "--lang", "zh", cwd=folder).err
    assert "没有这个文件" in gilint("check", "gone.html", cwd=folder).err
    for arguments, message in ((("--help",), "Usage: gilint"), (("explain", "SUM004"), "Why"), (("rules",), "The document is empty")):
        assert message in gilint(*arguments, cwd=folder / "reports").out
    (folder / "reports" / "gilint.toml").write_text("lang = ", encoding="utf-8")
    assert "不是有效的 TOML" in gilint("check", "reports", cwd=folder).err


def test_configuration_of_the_working_folder_is_not_that_of_a_folder_beside_it(folder: Path) -> None:
    work = folder / "work"
    work.mkdir()
    (work / "gilint.toml").write_text('select = ["PII"]', encoding="utf-8")
    ran = gilint("check", "../reports", "--format", "json", cwd=work)
    assert all("not_run" not in report for report in ran.data["reports"])
    (folder / "gilint.toml").write_text('ignore = ["TXT"]', encoding="utf-8")
    ran = gilint("check", "../reports", "--format", "json", cwd=work)
    assert [report["not_run"] for report in ran.data["reports"]] == [["TXT"], ["TXT"]]


def test_configuration_found_beside_each_document(folder: Path) -> None:
    (folder / "gilint.toml").write_text('fail-on = "never"\nlang = "en"', encoding="utf-8")
    (folder / "reports" / "2022" / "gilint.toml").write_text('ignore = ["SUM002"]\n[severity]\nSUM = "note"', encoding="utf-8")
    ran = gilint("check", "reports", "--format", "json", cwd=folder)
    assert ran.codes("reports/2022/wrong.html") == ["SUM001"]
    assert ran.data["summary"] == {"documents": 2, "error": 0, "warning": 0, "note": 1}
    assert ran.status == 0
    assert gilint("check", "reports", "--fail-on", "note", cwd=folder).status == 1
    given = gilint("check", "reports", "--config", "gilint.toml", "--format", "json", cwd=folder)
    assert given.codes("reports/2022/wrong.html") == ["SUM001", "SUM002"]
    assert given.status == 0


def test_fail_on_of_each_configuration_counts_for_its_documents(folder: Path) -> None:
    (folder / "reports" / "2022" / "gilint.toml").write_text('fail-on = "never"', encoding="utf-8")
    assert gilint("check", "reports", cwd=folder).status == 0


def test_wrong_configuration_is_said_before_anything_is_linted(folder: Path) -> None:
    (folder / "reports" / "2022" / "gilint.toml").write_text("[rules.SUM001]\ntolerence = 1", encoding="utf-8")
    ran = gilint("check", "reports", "--lang", "en", cwd=folder)
    assert (ran.status, ran.out) == (2, "")
    assert "rules.SUM001.tolerence: unknown name" in ran.err


def test_message_cannot_command_the_terminal(folder: Path) -> None:
    (folder / "gilint.toml").write_text('"\\u001b[31mred" = 1', encoding="utf-8")
    ran = gilint("check", "reports", "--lang", "en", cwd=folder)
    assert ran.status == 2
    assert "\ufffd[31mred: unknown name" in ran.err and "\x1b" not in ran.err


def test_language_of_configuration_and_option(folder: Path) -> None:
    (folder / "gilint.toml").write_text('lang = "en"', encoding="utf-8")
    assert "error:" in gilint("check", "reports/2022/wrong.html", cwd=folder).out
    assert "错误：" in gilint("check", "reports/2022/wrong.html", "--lang", "zh", cwd=folder).out


def test_output_file_is_written_whole_or_not_at_all(folder: Path) -> None:
    target = folder / "result.json"
    ran = gilint("check", "reports", "--format", "json", "--output", "result.json", cwd=folder)
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert target.read_text(encoding="utf-8") == gilint("check", "reports", "--format", "json", cwd=folder).out
    assert [path.name for path in folder.iterdir() if "result" in path.name] == ["result.json"]
    before = target.read_bytes()
    (folder / "mine").mkdir()
    for name in ("page.html.j2", "report.html.j2", "base.html.j2"):
        (folder / "mine" / name).write_text("{{ 1 / 0 }}", encoding="utf-8")
    (folder / "gilint.toml").write_text('templates = "mine"', encoding="utf-8")
    ran = gilint("check", "reports", "--format", "html", "--output", "result.json", cwd=folder)
    assert ran.status == 2
    assert target.read_bytes() == before


def test_output_never_overwrites_what_is_linted(folder: Path) -> None:
    clean = folder / "reports" / "clean.html"
    for output in ("reports/clean.html", "reports/../reports/clean.html"):
        ran = gilint("check", "reports", "--format", "html", "--output", output, "--lang", "en", cwd=folder)
        assert ran.status == 2
        assert "is one of the documents to lint" in ran.err
    assert clean.read_text(encoding="utf-8") == CLEAN


def test_output_to_a_dash_is_standard_output(folder: Path) -> None:
    assert gilint("check", "reports", "--output", "-", cwd=folder).out == gilint("check", "reports", cwd=folder).out


@pytest.mark.parametrize("format_", list(formats))
def test_same_bytes_in_same_bytes_out(folder: Path, format_: str) -> None:
    # Latin-1 reads bytes of every kind.
    runs = [
        gilint("check", "reports", "--format", format_, cwd=folder, environment={"PYTHONHASHSEED": seed}, encoding="latin-1")
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert (runs[0].status, runs[0].err) == (1, "")
    assert str(folder) not in runs[0].out


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_no_console_is_too_poor(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "report.html").write_text(WRONG.replace("<td", "<td>\U0001f600\u3402</td><td", 1), encoding="utf-8")
    for format_ in (name for name in formats if not writer(name).binary):
        # What is for a file or a program has its own encoding, whatever the console's is.
        machine = writer(format_).encoding or encoding
        ran = gilint(
            "check", "report.html", "--format", format_, cwd=tmp_path, environment={"PYTHONIOENCODING": encoding}, encoding="latin-1"
        )
        assert ran.status == 1
        assert "SUM001" in ran.out.encode("latin-1").decode(machine)
    ran = gilint("check", "gone.html", cwd=tmp_path, environment={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert ran.status == 2


def test_extract_json(folder: Path) -> None:
    ran = gilint("extract", "reports/clean.html", cwd=folder)
    assert (ran.status, ran.err) == (0, "")
    cells = ran.data if isinstance(ran.data, list) else ran.data["cells"]
    assert len(cells) == CELLS
    assert {"path", "organ", "year", "edition", "table", "row", "column", "state", "value", "raw"} <= set(cells[0])


def test_extract_csv_of_several(folder: Path) -> None:
    ran = gilint("extract", "reports", "--format", "csv", "--output", "cells.csv", cwd=folder)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    rows = list(csv.DictReader(io.StringIO((folder / "cells.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 2 * CELLS
    assert next(row["raw"] for row in rows if (row["table"], row["row"], row["column"]) == ("applications", "granted", "total")) == ONE_MORE


def test_extract_says_what_it_could_not_read(folder: Path) -> None:
    (folder / "lunch.txt").write_text("Dear all, lunch is at noon.", encoding="utf-8")
    ran = gilint("extract", "lunch.txt", "reports/clean.html", "--lang", "en", "--format", "csv", cwd=folder)
    assert ran.status == 1
    assert ran.err.startswith("lunch.txt: DOC011 ")
    assert ran.out.count("\n") == CELLS + 1
    (folder / "old.txt").write_text("青山县商务局2016年政府信息公开年度报告\n" + "本局推进信息公开工作。" * 20, encoding="utf-8")
    ran = gilint("extract", "old.txt", "--lang", "en", cwd=folder)
    assert ran.status == 1
    assert ran.err.startswith("old.txt: DOC029 No national format was prescribed for 2016")


def test_rules_lists_every_rule(tmp_path: Path) -> None:
    text = gilint("rules", cwd=tmp_path).out
    data = gilint("rules", "--format", "json", cwd=tmp_path).data
    codes = [rule["code"] for rule in data["rules"]]
    assert codes == sorted(codes)
    assert {code[:3] for code in codes} >= {"DOC", "TPL", "MIS", "VAL", "SUM"}
    assert [line.split()[0] for line in text.splitlines()] == codes
    for rule in data["rules"]:
        assert rule["title"]["zh"] and rule["title"]["en"] and rule["source"]
        assert rule["plugin"]["distribution"] == "gilint"
    assert data["problems"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_every_rule(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    from gilint import load_registry

    for rule in load_registry().rules:
        assert main(["explain", rule.code, "--lang", language]) == 0
        text = capsys.readouterr().out
        for fact in (rule.code, rule.name, rule.title, rule.rationale, *rule.source):
            assert (fact if isinstance(fact, str) else fact.in_language(language)) in text
        assert "Text(" not in text


def test_explain_takes_any_case_and_lists_a_family(tmp_path: Path) -> None:
    assert gilint("explain", "sum001", cwd=tmp_path).out == gilint("explain", "SUM001", cwd=tmp_path).out
    family = gilint("explain", "SUM", cwd=tmp_path).out.splitlines()
    assert len(family) > 2 and all(line.startswith("SUM") for line in family)


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (
            ("check", "a.html", "--format"),
            "选项 --format 后面缺少值\n用 gilint check --help",
            "Option '--format' requires an argument\ngilint check",
        ),
        (("--version=1",), "选项 --version 不带值\n用 gilint --help", "Option '--version' does not take a value\ngilint --help"),
    ],
)
def test_option_without_its_value_or_with_one_too_many(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], zh: str, en: str
) -> None:
    for language, message in (("zh", zh), ("en", en)):
        assert main(["--lang", language, *arguments]) == 2
        assert capsys.readouterr().err.startswith(f"gilint: {message}")


CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize("command", [(), ("check",), ("annotate",), ("baseline",), ("extract",), ("rules",), ("explain",)])
def test_help_is_in_one_language(command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert main([*command, "--help"]) == 0
    chinese = capsys.readouterr().out
    assert main([*command, "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert main(["--lang", "en", *command, "-h"]) == 0
    assert capsys.readouterr().out == english
    assert CHINESE.search(english) is None
    assert english.startswith(f"Usage: {' '.join(('gilint', *command))} [OPTIONS]")
    # Whatever stands in Chinese help in English is typed as it stands.
    typed = re.compile(
        r"gilint|--?[a-z-]+|\[[a-z|]+\]|check|annotate|baseline|extract|rules|explain|waivers|toml|text|json|error|SUM|VAL003|\.[a-z]+"
    )
    assert re.findall(r"[A-Za-z]{2,}", typed.sub("", chinese)) == []
    for text in (chinese, english):
        assert all(columns(line) <= 60 for line in text.splitlines())
    assert sorted(re.findall(r"--[a-z-]+", chinese)) == sorted(re.findall(r"--[a-z-]+", english))


def test_without_a_command_the_help_is_shown(tmp_path: Path) -> None:
    ran = gilint(cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == gilint("--help", cwd=tmp_path).out
    assert ran.err.startswith("用法：gilint [选项] 命令 ...\n")


def test_language_may_stand_before_the_command(folder: Path) -> None:
    before, after = gilint("--lang", "en", "check", "reports", cwd=folder), gilint("check", "reports", "--lang", "en", cwd=folder)
    assert before == after
    assert "Not publishable" in before.out
    assert "不可发布" in gilint("--lang", "en", "check", "reports", "--lang", "zh", cwd=folder).out
    assert gilint("--lang", "en", "rules", cwd=folder) == gilint("rules", "--lang=en", cwd=folder)


def test_version(tmp_path: Path) -> None:
    from importlib.metadata import version

    assert gilint("--version", cwd=tmp_path).out == f"gilint {version('gilint')}\n"


def test_reader_of_the_output_may_leave(folder: Path) -> None:
    command = [sys.executable, "-m", "gilint", "check", *["reports"], "--format", "html"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "gilint", "check", "reports", "--lang", "en"]
        ran = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("gilint: cannot write the output: No space left")


def test_interrupt(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(datasets, "read_document", interrupted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gilint.cli._abandon_output", lambda: None)
        assert main(["check", str(folder / "reports")]) == 130


def test_failure_inside_gilint_is_a_finding_of_that_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = running.recognise

    def failing(document: object, forms: object) -> object:
        if document.name.endswith("clean.html"):
            raise RuntimeError(f"broken at {folder}/x and 0xdeadbeef")
        return original(document, forms)

    monkeypatch.setattr(running, "recognise", failing)
    monkeypatch.chdir(folder)
    assert main(["check", "reports", "--format", "json", "--lang", "en"]) == 1
    reports = json.loads(capsys.readouterr().out)["reports"]
    assert [[finding["code"] for finding in report["findings"]] for report in reports] == [["SUM001", "SUM002"], ["DOC902"]]
    assert reports[1]["findings"][0]["message"].startswith(
        "gilint itself failed on this document: RuntimeError: broken at …/x and 0x… (test_cli:"
    )


def test_no_progress_bar_when_nobody_looks(folder: Path) -> None:
    assert gilint("check", "reports", "--output", "result.txt", cwd=folder).err == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals")
def test_progress_bar_on_a_terminal(folder: Path) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        command = [sys.executable, "-m", "gilint", "check", "reports", "--output", "result.txt"]
        with subprocess.Popen(
            command, cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm"}
        ) as process:
            os.close(theirs)
            drawn = b""
            try:
                while chunk := terminal.read(4096):
                    drawn += chunk
            except OSError:
                pass  # the other end was closed
        assert process.returncode == 1
    assert b"2/2" in drawn or b"1/2" in drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--lang", "zh"),
            "gilint: 没有写明命令；现有命令：check、annotate、baseline、explain、extract、rules\n用 gilint --help 查看用法\n",
        ),
        (
            ("--lang", "en"),
            "gilint: no command is named; there are check, annotate, baseline, explain, extract, rules\ngilint --help shows the usage\n",
        ),
    ],
)
def test_a_call_without_a_command_is_refused_in_both_languages(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = gilint(*arguments, cwd=folder)
    assert (ran.status, ran.out, ran.err) == (2, "", said)


def test_the_language_of_a_folder_is_that_of_what_is_missing_in_it(folder: Path) -> None:
    (folder / "reports" / "gilint.toml").write_text('lang = "en"', encoding="utf-8")
    for path in ("reports/gone.html", "reports/2022/gone/gone.html"):
        assert gilint("check", path, cwd=folder).err == f"gilint: no such file or folder: {path}\n"
    assert gilint("check", "reports/gone.html", "--lang", "zh", cwd=folder).err == "gilint: 没有这个文件或文件夹：reports/gone.html\n"
    assert gilint("check", "gone.html", cwd=folder).err == "gilint: 没有这个文件或文件夹：gone.html\n"
