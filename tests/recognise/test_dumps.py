"""Reports on one line: read where something stands between the cells, refused in so many words where nothing does."""

from __future__ import annotations

import re
import time
from random import Random

import pytest

from gilint import CellState, Form, lint, read
from gilint.forms import builtin_forms
from gilint.readers.text import read as read_text
from gilint.testing import make_draft, sample_figures, write

FORMS = builtin_forms()
APART = (
    "text-row-a-line-bars",
    "text-cell-a-line-bars",
    "text-tabs",
    "text-browser",
    "text-cell-a-line-blank-lines",
    "text-markdown",
    "text-pdf",
)
forms = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)


def on_one_line(page: str, between: str) -> str:
    return re.sub(" +", " ", between.join(page.split("\n")))


def of_a_page(page: str) -> str:
    """Return what a tool gives that puts a space for every tag."""
    body = re.sub(r"(?s)<script.*?</script>|<style.*?</style>", "", page).split("<body")[1].split(">", 1)[1]
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", body).replace("&gt;", ">").replace("&nbsp;", " "))


@pytest.mark.parametrize("layout", [*APART, "html", "html-word", "html-cms"])
@forms
def test_a_dump_with_space_between_the_cells_is_read(form: Form, layout: str) -> None:
    random = Random(4)
    figures = sample_figures(form, random)
    page = write(make_draft(form, figures, random=random), layout, random=random)
    result = lint((of_a_page(page) if layout.startswith("html") else on_one_line(page, " ")).encode(), config={})
    report = result.report
    assert {cell.ref: cell.value for cell in report.cells} == figures
    assert (report.year, report.organ and report.organ.name) == (form.first_year, "白石县商务局")
    assert [section.name for section in report.sections if section.name] == [spec.name for spec in form.sections]
    assert result.findings == ()


@pytest.mark.parametrize("layout", ["text-row-a-line-bars", "text-cell-a-line-bars"])
@forms
def test_bars_alone_set_cells_apart(form: Form, layout: str) -> None:
    figures = sample_figures(form, 4)
    report = read(on_one_line(write(make_draft(form, figures, random=Random(4)), layout), "").encode())
    assert {cell.ref: cell.value for cell in report.cells} == figures


@pytest.mark.parametrize("layout", ["text-tabs", "text-tabs-full", "text-browser", "text-cell-a-line-blank-lines", "text-pdf"])
@forms
def test_a_dump_without_anything_between_the_cells_is_refused_as_such(form: Form, layout: str) -> None:
    result = lint(on_one_line(write(make_draft(form, sample_figures(form, 4), random=Random(4)), layout), "").encode(), config={})
    (finding,) = result.findings
    assert (finding.code, result.report.form) == ("DOC011", None)
    assert finding.say() == "报告的文字连成一行，统计表各格之间没有间隔，无法分清每一格的数字，没有核对。"
    assert "one line" in finding.say("en")
    assert "换行" in finding.suggest()


def test_a_long_paragraph_that_names_rows_stays_one() -> None:
    said = "本年予以公开5件，部分公开2件，不予公开1件。行政许可、行政处罚、行政强制等事项均已公开。" * 40
    (paragraph,) = read_text(said, "x").blocks
    report = read("白石县商务局2022年政府信息公开工作年度报告\n一、总体情况\n" + said)
    assert report.sections[-1].text == paragraph.text  # type: ignore[union-attr]


def test_pieces_of_a_line_know_where_they_stand() -> None:
    line = on_one_line(write(make_draft(FORMS[-1], sample_figures(FORMS[-1], 4), random=Random(4)), "text-cell-a-line-blank-lines"), " ")
    report = read(("\n" + line).encode())
    cell = report.applications["new", "total"]
    assert cell.state is CellState.NUMBER
    assert cell.place is not None
    assert (cell.place.line, line[cell.place.column - 1 :].split(" ")[0]) == (2, cell.raw)  # type: ignore[operator]


@pytest.mark.parametrize("piece", ["行政许可 0 ", "0行政许可", "2.其他法律行政法规禁止公开 ", "9" * 120 + "规 ", "一、总体情况 "])
def test_a_long_line_costs_linear_time(piece: str) -> None:
    start = time.process_time()
    read(piece * (99_000 // len(piece)))
    assert time.process_time() - start < 6
