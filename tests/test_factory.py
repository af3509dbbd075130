"""What `gilint.testing` promises about the reports it makes, for the built-in form and for forms of plugins."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint
from gilint import CellState, OrganKind
from gilint.equations import assess
from gilint.errors import FormError, UsageError
from gilint.finding import Outcome
from gilint.form import Form
from gilint.forms import builtin_forms, parse_form
from gilint.plans import equations_of
from gilint.testing import (
    LAYOUTS,
    MUTATORS,
    complete,
    encode,
    holds,
    make_draft,
    render,
    sample,
    sample_draft,
    sample_figures,
    sample_report,
    write,
)
from gilint.testing.sheet import collapse, draw
from gilint.testing.strategies import consistent_figures, mutants

VISITS = parse_form((Path(__file__).parent / "forms" / "visits.toml").read_text(encoding="utf-8"))
NESTED = parse_form(
    """
id = "nested"
edition = "1"
title = { zh = "窗口报告", en = "x" }
source = "试验"
first_year = 2020
title_words = ["窗口报告"]
[[sections]]
name = "a"
number = 1
label = { zh = "甲", en = "a" }
[[tables]]
name = "t"
section = "a"
label = { zh = "表", en = "t" }
columns = [
  { name = "x", label = { zh = "子", en = "x" } },
  { name = "y", label = { zh = "丑", en = "y" }, kind = "amount" },
  { name = "sum", label = { zh = "共计", en = "sum" } },
]
rows = [
  { name = "in", label = { zh = "收", en = "in" }, columns = ["x", "y", "sum"] },
  { name = "part", label = { zh = "分", en = "part" }, columns = ["x", "y", "sum"] },
  { name = "rest", label = { zh = "余", en = "rest" }, columns = ["x", "y", "sum"] },
  { name = "subtotal", label = { zh = "小结", en = "subtotal" }, columns = ["x", "y", "sum"] },
  { name = "total", label = { zh = "总结", en = "total" }, columns = ["x", "y", "sum"] },
  { name = "left", label = { zh = "留", en = "left" }, columns = ["x", "y", "sum"] },
]
equations = [
  { name = "across", along = "row", total = "sum", plus = ["x", "y"] },
  { name = "sub", along = "column", total = "subtotal", plus = ["part", "rest"] },
  { name = "all", along = "column", total = "total", plus = ["subtotal", "part"] },
  { name = "kept", along = "column", total = "left", plus = ["in"], minus = ["total"] },
]
"""
)
FORMS = (*builtin_forms(), VISITS, NESTED)
names = pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.id}-{form.edition}")
LAW = settings(max_examples=30, deadline=None, derandomize=True, database=None)


@LAW
@given(data=st.data())
@names
def test_every_equation_holds_and_no_count_is_negative(form: Form, data: st.DataObject) -> None:
    figures = data.draw(consistent_figures(form))
    assert list(figures) == list(form.keys)
    assert [equation.line for equation in equations_of(form) if not holds(equation, figures)] == []
    changes = {(table.name, column.name) for table in form.tables for column in table.columns if column.kind == "change"}
    assert [key for key, number in figures.items() if number < 0 and (key[0], key[2]) not in changes] == []


def test_figures_vary_and_zeros_are_frequent() -> None:
    every = [sample_figures(form, seed) for form in builtin_forms() for seed in range(40)]
    zeros = [sum(number == 0 for number in figures.values()) / len(figures) for figures in every]
    assert 0.5 < sum(zeros) / len(zeros) < 0.95
    assert max(max(figures.values()) for figures in every) > 1000
    assert len({tuple(figures.values()) for figures in every}) > len(every) / 2


def test_only_who_may_makes_regulations() -> None:
    form = builtin_forms()[0]
    for seed in range(30):
        assert sample_figures(form, seed)["disclosure", "regulations", "public_total"] == 0
    assert any(
        sample_figures(form, seed, scale="busy", makes_regulations=True)["disclosure", "regulations", "public_total"] for seed in range(30)
    )


def test_complete_gives_totals() -> None:
    figures = complete(VISITS, {("windows", "general", "visits"): 3, ("windows", "mobile", "visits"): 4})
    assert figures["windows", "total", "visits"] == 7
    assert figures["windows", "special", "visits"] == 0


def test_complete_takes_up_a_difference() -> None:
    known = {("t", "part", "x"): 2, ("t", "rest", "x"): 3}
    assert complete(NESTED, known)["t", "in", "x"] == 7
    assert complete(NESTED, {**known, ("t", "in", "x"): 9})["t", "left", "x"] == 2


def test_complete_refuses_what_cannot_be() -> None:
    form = builtin_forms()[1]
    with pytest.raises(FormError, match="no consistent figures"):
        complete(
            form,
            {
                ("applications", "new", "business"): 1,
                ("applications", "carried_in", "business"): 1,
                ("applications", "carried_out", "business"): 0,
            },
        )


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_sample_is_consistent_and_always_the_same(edition: str) -> None:
    report = sample_report(edition)
    assert {assessment.outcome for assessment in assess(report)} == {Outcome.HOLDS}
    assert {cell.ref: cell.value for cell in report.cells} == sample(edition)
    assert report.organ is not None
    assert report.organ.kind is OrganKind.DEPARTMENT
    assert write(sample_draft(edition), "html") == write(sample_draft(edition), "html")


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("layout", ["html-word", "text-cell-a-line-bars"])
def test_the_sample_is_what_recognition_gives(edition: str, layout: str) -> None:
    made, read = sample_report(edition), gilint.read(write(sample_draft(edition), layout))
    assert [(cell.ref, cell.state, cell.value) for cell in read.cells] == [(cell.ref, cell.state, cell.value) for cell in made.cells]
    assert (read.form, read.year, read.organ, read.title) == (made.form, made.year, made.organ, made.title)
    assert [section.name for section in read.sections] == [section.name for section in made.sections]
    assert [section.heading for section in read.sections] == [section.heading for section in made.sections]


def test_the_sample_can_be_printed_otherwise() -> None:
    printed = {
        ("disclosure", "fees", "amount"): "3.5万元",
        ("applications", "new", "business"): None,
        ("applications", "new", "total"): "",
        ("reviews", "litigation_direct", "upheld"): "若干",
    }
    report = sample_report(printed=printed, organ="无锡市人民政府", year=2024)
    assert report.cell(("disclosure", "fees", "amount")).value == Decimal("3.5")
    states = [report.cell(key).state for key in list(printed)[1:]]
    assert states == [CellState.MISSING, CellState.BLANK, CellState.TEXT]
    assert (report.year, report.organ and report.organ.kind) == (2024, OrganKind.CITY)


def test_a_table_without_any_cell_is_absent() -> None:
    report = sample_report(printed={key: None for key in builtin_forms()[1].keys if key[0] == "reviews"})
    assert not report.reviews.found
    assert [notice.data["table"] for notice in report.notices] == ["reviews"]


def test_an_unknown_cell_is_refused() -> None:
    with pytest.raises(UsageError, match="no cell"):
        sample_report(printed={("disclosure", "fees", "total"): "1"})


@names
def test_every_table_can_be_drawn(form: Form) -> None:
    for table in form.tables:
        sheet = draw(table, dict.fromkeys(form.keys, "7"))
        grid = sheet.expanded()
        assert {len(line) for line in grid} == {sheet.width}
        assert [cell.key for row in sheet.rows for cell in row if cell.text == "7"] == list(table.keys)
        assert collapse(table.name, grid) == sheet


@pytest.mark.parametrize("layout", ["html", "html-one-table", "html-spans-blank", "text-cell-a-line-bars", "text-markdown", "text-tabs"])
@names
def test_a_form_of_a_plugin_is_rendered(form: Form, layout: str) -> None:
    figures = sample_figures(form, 1)
    page = render(form, figures, layout, random=1)
    assert all(row.label.zh in page.replace("\n", "") for table in form.tables for row in table.rows)


def test_a_left_out_cell_shortens_its_row() -> None:
    page = write(sample_draft(printed={("reviews", "litigation_direct", "upheld"): None}), "text-tabs")
    assert "2\t1\t0\t1\t4\t0\t0\t0\t1" in page
    assert "2\t1\t0\t1\t4\t1" in write(sample_draft(), "text-tabs")


def test_encodings_say_what_they_are_or_lie() -> None:
    page = write(sample_draft(), "html")
    assert encode(page, "utf-8-bom").startswith(b"\xef\xbb\xbf")
    assert b'charset="gbk"' in encode(page, "gbk")
    assert encode(page, "gbk-declared-utf-8").decode("gbk") == page
    assert b'charset="gb2312"' in encode(page, "utf-8-declared-gb2312")
    assert encode(page, "utf-16").decode("utf-16").count('charset="utf-16"') == 1


@settings(max_examples=5, deadline=None, derandomize=True, database=None)
@given(data=st.data())
@pytest.mark.parametrize("fault", MUTATORS)
def test_a_fault_changes_the_report_and_nothing_else(fault: str, data: st.DataObject) -> None:
    form = builtin_forms()["in-force" in fault]
    mutant = data.draw(mutants(form, fault))
    assert mutant.what
    assert set(mutant.cells) <= set(form.keys)
    before, after = make_draft(form, mutant.draft.figures, random=Random(0)), mutant.draft
    headings = [[part.heading for part in draft.parts] for draft in (before, after)]
    assert (after.sheets, headings[1], after.year) != (before.sheets, headings[0], before.year)


def test_layout_names_are_their_keys() -> None:
    assert {name: layout.name for name, layout in LAYOUTS.items()} == {name: name for name in LAYOUTS}
