"""A layout known from earlier documents gives what laying the document anew gives."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import attrs
import pytest

import gilint
from gilint import Report
from gilint.form import Form
from gilint.forms import builtin_forms
from gilint.recognise.layouts import Layout, layouts_of
from gilint.testing import LAYOUTS, MUTATORS, VALUE_NOISES, make_draft, render, render_bytes, sample_figures, typical_page, write_bytes

FORMS = {form.edition: form for form in builtin_forms()}
OFFICE = ("docx-office", "ods", "xlsx", "xlsx-sheets", "xlsx-texts")
GRIDS = sorted([*(name for name, layout in LAYOUTS.items() if layout.format == "html"), *OFFICE])
# Of the tables of another edition no layout knows how to draw everything.
FAULTS = sorted(MUTATORS.keys() - {"editions-mixed"})
ORGANS = ("白石县商务局", "云溪区人民政府", "东川省水利厅")


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents of which the layout was known."""
    names: list[str] = []
    fill = Layout.fill

    def counted(self: Layout, document: gilint.Document) -> object:
        names.append(document.name)
        return fill(self, document)

    monkeypatch.setattr(Layout, "fill", counted)
    return names


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    layouts_of.cache_clear()
    yield
    layouts_of.cache_clear()


def facts(report: Report) -> dict[str, object]:
    """Return everything that a report says, tables cell by cell."""
    said = {field.name: getattr(report, field.name) for field in attrs.fields(Report) if field.name != "document"}
    tables = {name: (table.spec, dict(table.cells), table.found, table.edition) for name, table in report.tables.items()}
    return said | {"tables": tables}


def pages(form: Form, layout: str, seed: int) -> Iterator[bytes]:
    """Yield reports that differ in figures, organ, narrative, noise and faults, but not in how their tables are drawn."""
    for number in range(3):
        random = Random(f"{layout} {seed} {number}")
        year = random.randint(form.first_year, form.last_year or form.first_year + 2)
        figures = sample_figures(form, random)
        noises = random.sample(sorted(VALUE_NOISES), 1) if number == 2 else ()
        yield render_bytes(form, figures, layout, organ=random.choice(ORGANS), year=year, noises=noises, random=Random(seed))
        draft = make_draft(form, figures, organ=ORGANS[number % 3], year=year, random=random)
        mutant = MUTATORS[random.choice(FAULTS)](draft, random)
        if mutant is not None:
            yield write_bytes(mutant.draft, layout, random=Random(seed))


@pytest.mark.parametrize("layout", GRIDS)
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_known_layout_gives_what_laying_anew_gives(edition: str, layout: str) -> None:
    written = list(pages(FORMS[edition], layout, 1))
    known = [facts(gilint.read(page)) for page in [*written, *written]][len(written) :]
    for page, said in zip(written, known, strict=True):
        layouts_of.cache_clear()
        assert facts(gilint.read(page)) == said


@pytest.mark.parametrize("edition", sorted(FORMS))
def test_pages_of_a_site_share_their_layout(edition: str, filled: list[str]) -> None:
    written = [typical_page(FORMS[edition], seed).replace("白石县商务局", ORGANS[seed % 3]) for seed in range(24)]
    reports = [gilint.read(page, name=str(number)) for number, page in enumerate(written)]
    assert len({report.organ.name for report in reports if report.organ}) > 1
    assert len(filled) >= 12


@pytest.mark.parametrize("layout", OFFICE)
def test_documents_of_an_office_share_their_layout(layout: str, filled: list[str]) -> None:
    for number in range(6):
        gilint.read(render_bytes(FORMS["2021"], sample_figures(FORMS["2021"], number), layout), name=str(number))
    assert filled == ["1", "2", "3", "4", "5"]


def test_figure_that_is_no_number_is_laid_anew(filled: list[str]) -> None:
    form = FORMS["2021"]
    figures = sample_figures(form, 1)
    key = ("applications", "new", "natural_person")
    gilint.read(render(form, figures, "html"), name="first")
    for raw, state in (("若干", "text"), ("", "blank"), ("7", "number")):
        report = gilint.read(render(form, figures, "html", printed={key: raw}), name=raw)
        assert (report.cell(key).state, report.cell(key).raw) == (state, raw)
    assert filled == ["7"]


def test_label_of_the_menu_does_not_become_a_row(filled: list[str]) -> None:
    """Links of a site's menu can read like labels of the form; what follows differs from page to page."""
    form = FORMS["2021"]
    menus = ("<p>行政许可</p><p>若干</p><p>规范性文件</p>", "<p>行政许可</p><p>其他</p><p>规范性文件</p>", "<p>行政处罚</p><p>行政复议</p>")
    for number, menu in enumerate(menus):
        figures = sample_figures(form, number)
        page = render(form, figures, "html").replace("<body>", f"<body>{menu}")
        for name in (f"{number}", f"{number} again"):
            report = gilint.read(page, name=name)
            assert {cell.ref: cell.value for cell in report.cells} == figures
            assert report.notices == ()
    assert filled == ["0 again", "1 again", "2 again"]
