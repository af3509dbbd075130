"""What a result gives to people who work with it in Python: places, data frames, reprs, messages in a language."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from gilint import CellRef, Excerpt, Finding, Result, Severity, Text, UsageError, lint
from gilint.output import write_results
from gilint.output.places import place_data

FAULTY = Path(__file__).parents[1] / "docs" / "examples" / "faulty-2021.html"


@pytest.fixture(scope="module")
def result() -> Result:
    return lint(FAULTY)


def test_findings_are_located_as_the_outputs_say_it(result: Result) -> None:
    stream = io.StringIO()
    write_results([result], "json", stream)
    told = [finding["place"] for finding in json.loads(stream.getvalue())["reports"][0]["findings"]]
    assert [place_data(result.locate(finding)) for finding in result.findings] == told
    assert {(22, 36), (71, 45)} <= {(place["line"], place["column"]) for place in told}


def test_cells_sections_and_excerpts_are_located(result: Result) -> None:
    cell = result.report.applications["new", "natural_person"]
    section = result.report.sections[-1]
    assert cell.place is not None
    assert cell.place.line is None
    lines = FAULTY.read_text(encoding="utf-8").splitlines()
    for thing, text in ((cell, cell.raw), (section, section.heading)):
        place = result.locate(thing)
        assert place is not None
        assert place.line is not None
        assert text in lines[place.line - 1]
    assert result.locate(cell.place) == result.locate(cell)
    assert result.locate(Excerpt("x")) is None


@pytest.mark.parametrize("name", ["polars", "pandas"])
def test_findings_are_a_tidy_frame_in_either_library(name: str, result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip(name)
    monkeypatch.setattr("gilint.frames.LIBRARIES", (name,))
    frame = result.to_frame("en")
    assert isinstance(frame, library.DataFrame)
    identity = ["path", "organ", "year", "edition", "code", "name", "severity"]
    about = ["table", "row", "column", "cells", "message", "suggestion", "excerpt", "cause", "line", "character"]
    assert list(frame.columns) == identity + about
    rows: list[dict[str, Any]] = frame.to_dicts() if name == "polars" else frame.to_dict("records")
    assert [(row["code"], row["message"]) for row in rows] == [(finding.code, finding.say("en")) for finding in result.findings]
    sums = [(row, finding) for row, finding in zip(rows, result.findings, strict=True) if row["code"].startswith("SUM")]
    assert len(sums) == 3
    for row, finding in sums:
        assert CellRef(row["table"], row["row"], row["column"]) == finding.cells[0]
        assert row["cells"].split("; ") == [".".join(ref) for ref in finding.cells]
        assert row["cause"] == finding.cause
        place = result.locate(finding)
        assert place is not None
        assert (row["year"], row["line"], row["character"]) == (2022, place.line, place.column)


def test_a_frame_of_no_findings_has_its_columns() -> None:
    nothing = lint(FAULTY.with_name("clean-2021.html")).to_frame()
    assert (len(nothing), len(nothing.columns)) == (0, 17)


def test_repr_of_a_result_says_what_was_left_out(result: Result) -> None:
    assert repr(evolve(result, left_out=("SUM001", "TXT"))).endswith("1 warning, 0 note; without SUM001, TXT>")
    assert repr(result).endswith("1 warning, 0 note>")


def test_repr_of_a_finding_is_one_short_line(result: Result) -> None:
    found = next(finding for finding in result.findings if finding.code == "SUM004")
    assert (
        repr(found)
        == "<Finding SUM004 error reviews.administrative_review.total +4: 行政复议 · 总计：2 + 1 + 0 + 1 = 4 ≠ 14，勾稽关系不成立。>"
    )
    long = Finding("OUR001", "x", Severity.NOTE, Text("长" * 1000, "x"))
    assert repr(long) == f"<Finding OUR001 note: {'长' * 59}…>"
    assert repr(Finding("OUR001", "x", Severity.NOTE, Text("{forgotten}", "x"))) == "<Finding OUR001 note: {forgotten}>"


@pytest.mark.parametrize("language", ["fr", "", "ZH", None])
def test_a_language_without_texts_is_refused(language: Any, result: Result) -> None:
    for say in (result.findings[0].say, Text("零", "nought").in_language, result.to_frame):
        with pytest.raises(UsageError) as caught:
            say(language)
        assert caught.value.say("en") == f"no texts in the language {language!r}; there are: zh, en"


def test_findings_are_counted_by_a_severity_or_its_name(result: Result) -> None:
    assert result.count("error") == result.count(Severity.ERROR) > 0
    with pytest.raises(ValueError, match="errors"):
        result.count("errors")
