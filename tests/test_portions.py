"""A file of data with several reports is as many documents: each is found, named and linted as the report that it was made of."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from command import gilint as run

import gilint
from gilint import Result
from gilint.cli import main
from gilint.forms import builtin_forms
from gilint.readers import portions
from gilint.readers import tidy as tidy_reader
from gilint.testing import make_draft, sample_figures, write

FORMS = {form.edition: form for form in builtin_forms()}
HOW = {"csv": ("extract", "--format", "csv"), "json": ("extract", "--format", "json"), "check": ("check", "--format", "json")}
formats = pytest.mark.parametrize("how", HOW)
NAMES = ["reports/a.html", "reports/b.html", "reports/c.html"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, the one that is worked in, with three reports; in the second a total is wrong, the third has a blank and a text, too."""
    printed = {"a": ("2019", {}), "b": ("2021", {"total": "99999"}), "c": ("2021", {"total": "88888", "research": "", "business": "=1+1"})}
    (tmp_path / "reports").mkdir()
    for number, (name, (edition, texts)) in enumerate(printed.items()):
        cells = {("applications", "granted", column): text for column, text in texts.items()}
        draft = make_draft(FORMS[edition], sample_figures(FORMS[edition], Random(number)), random=number, printed=cells)
        (tmp_path / "reports" / f"{name}.html").write_text(write(draft, "html"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(how: str, *paths: str) -> str:
    """Return the file into which a command wrote its JSON or CSV."""
    target = f"data.{'csv' if how == 'csv' else 'json'}"
    main([*HOW[how], "--output", target, *(paths or NAMES)])
    return target


def found(result: Result) -> list[object]:
    """What is found in the tables: a report knows more, data have no narrative."""
    return [
        (finding.code, finding.cells, finding.severity)
        for finding in result.findings
        if finding.code[:3] in ("SUM", "VAL", "MIS") and finding.cells
    ]


def rows_of(target: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(target).read_bytes().decode("utf-8-sig"))))


def saved(target: str, rows: list[dict[str, str]], encoding: str = "utf-8", **how: Any) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), **how)
    writer.writeheader()
    writer.writerows(rows)
    Path(target).write_bytes(stream.getvalue().encode(encoding))
    return target


@formats
def test_reports_in_one_file_give_what_the_reports_give(folder: Path, how: str) -> None:
    target = exported(how)
    before, after = gilint.lint_all(NAMES), gilint.lint_all(target)
    assert len(after) == 3
    assert [result.report.path for result in after] == [f"{target}#{name}" for name in NAMES]
    assert [found(result) for result in after] == [found(result) for result in before]
    assert [bool(found(result)) for result in after] == [False, True, True]
    assert found(after[1]) == found(before[1])
    for one, other in zip(before, after, strict=True):
        assert [cell[:6] for cell in other.report.cells] == [cell[:6] for cell in one.report.cells]
        assert (other.report.year, other.report.organ, other.report.edition) == (one.report.year, one.report.organ, one.report.edition)


@formats
def test_what_is_extracted_of_data_is_the_same_and_keeps_its_names(folder: Path, how: str) -> None:
    first = exported(how)
    Path("again").mkdir()
    second = f"again/{exported('json', first)}"
    Path(second).write_bytes(Path("data.json").read_bytes())
    again = gilint.lint_all(second)
    assert [result.report.path for result in again] == [f"{second}#{name}" for name in NAMES]
    assert [found(result) for result in again] == [found(result) for result in gilint.lint_all(NAMES)]


@formats
def test_standard_input_holds_several_reports(folder: Path, how: str) -> None:
    data = Path(exported(how)).read_bytes()
    ran = run("check", "-", "--format", "json", cwd=folder, stdin=data)
    assert [report["path"] for report in ran.data["reports"]] == [f"<stdin>#{name}" for name in NAMES]
    assert [bool(report["findings"]) for report in ran.data["reports"]] == [False, True, True]
    extracted = run("extract", "-", cwd=folder, stdin=data)
    assert list(dict.fromkeys(row["path"] for row in extracted.data)) == [f"<stdin>#{name}" for name in NAMES]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("how", [{}, {"delimiter": ";"}, {"delimiter": "\t", "lineterminator": "\n"}, {"quoting": csv.QUOTE_ALL}])
def test_rows_of_reports_may_be_mixed(folder: Path, encoding: str, how: dict[str, Any]) -> None:
    rows = rows_of(exported("csv"))
    rows.sort(key=lambda row: (row["column"], row["path"]))
    results = gilint.lint_all(saved("mixed.csv", rows, encoding, **how))
    assert [result.report.path for result in results] == [f"mixed.csv#{name}" for name in NAMES]
    assert [found(result) for result in results] == [found(result) for result in gilint.lint_all(NAMES)]


@formats
@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_data_in_utf_16_as_spreadsheets_save_them_are_cut(folder: Path, how: str, mark: bytes, encoding: str) -> None:
    target = exported(how)
    expected = [found(result) for result in gilint.lint_all(target)]
    data = mark + Path(target).read_bytes().decode("utf-8-sig").encode(encoding)
    Path(target).write_bytes(data)
    results = gilint.lint_all(target)
    assert [result.report.path for result in results] == [f"{target}#{name}" for name in NAMES]
    assert [found(result) for result in results] == expected
    assert [found(results[2]), found(results[0])] == [expected[2], expected[0]]
    ran = run("check", "-", "--format", "json", cwd=folder, stdin=data)
    assert [report["path"] for report in ran.data["reports"]] == [f"<stdin>#{name}" for name in NAMES]


def test_other_text_in_utf_16_is_what_it_was(folder: Path) -> None:
    page = Path(NAMES[1]).read_text(encoding="utf-8").replace("utf-8", "utf-16")
    Path("a.csv").write_bytes(page.encode("utf-16"))
    (result,) = gilint.lint_all("a.csv")
    assert found(result) == found(gilint.lint(NAMES[1]))


def test_each_cell_knows_its_line(folder: Path) -> None:
    rows = rows_of(exported("csv"))
    rows[3]["raw"] += "\nsecond line"
    rows.sort(key=lambda row: row["column"], reverse=True)
    path = saved("lines.csv", rows)
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    for result in gilint.lint_all(path):
        for cell in result.report.cells:
            if cell.place is not None:
                assert cell.place.line is not None
                assert f",{cell.table},{cell.row},{cell.column}," in lines[cell.place.line - 1]
    assert sum(cell.place is not None for result in gilint.lint_all(path) for cell in result.report.cells) == len(rows)


@pytest.mark.parametrize("chunk", [1, 7, 4096, portions._CHUNK])
@pytest.mark.parametrize("indent", [None, 3])
@pytest.mark.parametrize("how", ["json", "check"])
def test_json_may_be_written_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch, how: str, indent: int | None, chunk: int) -> None:
    content = json.loads(Path(exported(how)).read_bytes())
    if chunk == 1:  # as few as tell reports apart
        content = [row for row in content if row["row"] == "granted"] if how == "json" else content
    if isinstance(content, dict):
        content = {"summary": content.pop("summary"), "note": "政府", **content}
        content["reports"] = [
            {**report, "cells": [cell for cell in report["cells"] if cell["row"] == "granted"], "findings": []}
            for report in content["reports"]
        ]
    monkeypatch.setattr(portions, "_CHUNK", chunk)
    Path("other.json").write_text(json.dumps(content, indent=indent, ensure_ascii=chunk == 7), encoding="utf-8")
    # The schema stands in front, or else cells do: so much tells data.
    monkeypatch.setattr("gilint.datasets.begins_as_data", lambda head: True)
    results = gilint.lint_all("other.json")
    assert [result.report.path for result in results] == [f"other.json#{name}" for name in NAMES]
    assert [result.report.applications["granted", "total"].value for result in results] == [
        result.report.applications["granted", "total"].value for result in gilint.lint_all(NAMES)
    ]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda row: row | {"path": ""}, ["1", "2"]),
        (lambda row: row | {"path": "same.html"}, ["1", "2"]),
        (lambda row: row | {"path": "12"}, ["1", "2"]),
        (lambda row: row | {"path": "x" * 300 + row["path"]}, ["1", "2", "3"]),
        (lambda row: row | {"path": "\x1b[31m" + row["path"]}, ["1", "2", "3"]),
        (lambda row: row | {"path": f"old.csv#{row['path']}"}, NAMES),
        (lambda row: row | {"path": f"../..{row['path'][7:]}"}, ["../../a.html", "../../b.html", "../../c.html"]),
    ],
)
def test_a_report_is_called_by_its_path_or_by_its_number(
    folder: Path, change: Callable[[dict[str, str]], dict[str, str]], names: list[str]
) -> None:
    rows = [change(row) for row in rows_of(exported("csv"))]
    results = gilint.lint_all(saved("named.csv", rows))
    assert [result.report.path for result in results] == [f"named.csv#{name}" for name in names]


def test_a_file_with_one_report_keeps_its_name(folder: Path) -> None:
    for how in HOW:
        (result,) = gilint.lint_all(exported(how, "reports/b.html"))
        assert result.report.path in ("data.csv", "data.json")
        assert "SUM001" in [finding.code for finding in result.findings]


def test_a_report_without_cells_is_not_passed_over(folder: Path) -> None:
    Path("reports/b.html").write_text("<html><body><p>通知</p></body></html>", encoding="utf-8")
    results = gilint.lint_all(exported("check"))
    assert [result.report.path for result in results] == [f"data.json#{name}" for name in NAMES]
    assert [finding.code for finding in results[1].findings] == ["DOC011"]


def test_damaged_data_are_one_document_that_is_none(folder: Path) -> None:
    for how in ("json", "check"):
        content = Path(exported(how)).read_bytes()
        Path("cut.json").write_bytes(content[: len(content) // 2])
        assert [[finding.code for finding in result.findings] for result in gilint.lint_all("cut.json")] == [["DOC011"]]
    content = Path(exported("csv")).read_bytes()
    Path("open.csv").write_bytes(content + b'x,"' + b"x" * 200_000)
    (result,) = gilint.lint_all("open.csv")
    assert {finding.code for finding in result.findings} == {"DOC005", "DOC014"}


@pytest.mark.parametrize(("limit", "value", "count", "last"), [("MAX_REPORTS", 2, 2, 205), ("MAX_DATA_ROWS", 300, 2, 100)])
def test_bounds_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, count: int, last: int) -> None:
    target = exported("csv")
    monkeypatch.setattr(portions, limit, value)
    results = gilint.lint_all(target)
    assert len(results) == count
    assert ["DOC005" in [finding.code for finding in result.findings] for result in results] == [False, True]
    assert [finding.arguments["limit"] for finding in results[1].findings if finding.code == "DOC005"] == [limit]


def test_only_the_report_at_hand_is_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    monkeypatch.setattr(
        tidy_reader,
        "read_pieces",
        lambda pieces, portion, name, read=tidy_reader.read_pieces: (
            sizes.append(sum(len(text) for text, _ in pieces)) or read(pieces, portion, name)
        ),
    )
    for how in HOW:
        size = Path(exported(how)).stat().st_size
        sizes.clear()
        assert len(list(gilint.lint_all("data.csv" if how == "csv" else "data.json"))) == 3
        assert len(sizes) == 3
        assert max(sizes) < size / 2


def test_sarif_names_the_file_that_is_there(folder: Path) -> None:
    ran = run("check", exported("csv"), "--format", "sarif", cwd=folder)
    (sarif,) = ran.data["runs"]
    assert [artifact["location"]["uri"] for artifact in sarif["artifacts"]] == ["data.csv"] * 3
    assert [artifact["properties"]["part"] for artifact in sarif["artifacts"]] == NAMES
    places = [result["locations"][0]["physicalLocation"] for result in sarif["results"]]
    assert {(place["artifactLocation"]["uri"], place["properties"]["part"]) for place in places} == {
        ("data.csv", name) for name in NAMES[1:]
    }
    before = run("check", *NAMES, "--format", "sarif", cwd=folder)
    known = {result["partialFingerprints"]["gilint/v1"] for result in before.data["runs"][0]["results"]}
    assert known.issuperset(result["partialFingerprints"]["gilint/v1"] for result in sarif["results"] if result["ruleId"] == "SUM001")


WAIVED = '[[waiver]]\ncode = "SUM"\npath = "{}"\nreason = "known"\nby = "somebody"\n'


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("data.csv", [1, 2]),
        ("data.csv#reports/b.html", [1]),
        ("data.csv#*/c.*", [2]),
        ("*.csv", [1, 2]),
        ("other.csv", []),
        ("reports/b.html", []),
    ],
)
def test_waivers_name_the_file_or_one_of_its_reports(folder: Path, path: str, accepted: list[int]) -> None:
    target = exported("csv")
    Path("gilint-waivers.toml").write_text(WAIVED.format(path), encoding="utf-8")
    results = gilint.lint_all(target)
    assert [number for number, result in enumerate(results) if result.waived] == accepted


def test_a_baseline_of_data_without_organ_accepts_them(folder: Path) -> None:
    rows = [row | {"organ": "", "path": f"../{row['path']}"} for row in rows_of(exported("csv"))]
    saved("data.csv", rows)
    assert main(["check", "data.csv"]) == 1
    assert main(["baseline", "data.csv"]) == 0
    assert 'path = "data.csv#../reports/b.html"' in Path("gilint-waivers.toml").read_text(encoding="utf-8")
    assert main(["check", "data.csv"]) == 0


def test_data_get_no_annotated_copy_and_that_is_said_once(folder: Path) -> None:
    exported("csv")
    ran = run("annotate", "data.csv", "-o", "copies/", cwd=folder)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("data.csv") == 1
    assert "data.csv 是 CSV 格式" in ran.err
    assert not Path("copies").exists()


def test_more_than_is_taken_from_standard_input_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(exported("csv")).read_bytes()
    monkeypatch.setattr("gilint.datasets.MAX_PIPED", len(data) // 2)
    monkeypatch.setattr("gilint.readers.source.MAX_BYTES", len(data) // 3)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    (result,) = gilint.lint_all("-")
    assert "DOC005" in [finding.code for finding in result.findings]


def test_many_bytes_from_standard_input_are_kept_in_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(exported("csv")).read_bytes()
    monkeypatch.setattr("gilint.readers.spool.MAX_BYTES", 1000)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    results = gilint.lint_all("-")
    for _ in range(2):
        assert [found(result) for result in results] == [found(result) for result in gilint.lint_all(NAMES)]
