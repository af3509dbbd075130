"""Laws over all layouts: what is written is read back, what is right is left in peace, what is wrong is found where it is.

Reports come from `gilint.testing`. ``python tests/benchmarks/accuracy.py`` prints the same as numbers, for more reports.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import gilint
from gilint import CellState, Finding, Report
from gilint.form import Form
from gilint.forms import builtin_forms
from gilint.plans import equations_of
from gilint.testing import (
    ENCODINGS,
    LABEL_NOISES,
    LAYOUTS,
    MUTATORS,
    REWORDINGS,
    VALUE_NOISES,
    Figures,
    encode,
    fits,
    holds,
    make_draft,
    render,
    sample_figures,
    typical_page,
    write,
)

FAMILIES = ("DOC", "TPL", "MIS", "VAL", "SUM")
FORMS = {form.edition: form for form in builtin_forms()}
ORGANS = ("白石县商务局", "云溪区人民政府", "青原县柳林镇人民政府", "东川省水利厅", "无锡市统计局", "白石县教育局")
GRIDS = ("html", "html-cms", "html-word", "html-excel", "html-sloppy")
EVERY = tuple(sorted(name for name, layout in LAYOUTS.items() if not (layout.departs or layout.blanks_vanish)))
# Blanks without a header are not even countable.
BLANKS_STAY = tuple(sorted(name for name, layout in LAYOUTS.items() if not layout.blanks_vanish and "headers-absent" not in name))
STRUCTURAL = frozenset(
    {
        "row-removed",
        "row-duplicated",
        "row-renamed",
        "column-removed",
        "table-removed",
        "heading-removed",
        "heading-renumbered",
        "other-year",
        "editions-mixed",
    }
)
# A smaller seed makes no simpler report, so there is nothing to shrink.
PROPERTY = settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], database=None, suppress_health_check=[HealthCheck.too_slow]
)
editions = pytest.mark.parametrize("edition", sorted(FORMS))
layouts = pytest.mark.parametrize("layout", sorted(LAYOUTS))
seeds = st.integers(min_value=0, max_value=2**32 - 1)


def misread(report: Report, figures: Figures) -> list[str]:
    """Return every cell that is not read as ``figures`` say."""
    wrong = []
    for (table, row, column), number in figures.items():
        cell = report.tables[table].cells[row, column] if table in report.tables else None
        if cell is None or cell.value is None or Decimal(cell.value) != number:
            wrong.append(f"{table}.{row}.{column}: {number} read as {cell and (cell.state, cell.value, cell.raw)}")
    return wrong


def wrong(findings: Iterable[Finding]) -> list[str]:
    """Return what is said to be wrong; notes are no accusation."""
    return [f"{finding.code} {finding.severity} {finding.say('en')}" for finding in findings if finding.severity != "note"]


def assert_read_back(form: Form, layout: str, seed: object, noises: Iterable[str] = ()) -> None:
    random = Random(zlib.crc32(f"{layout} {form.edition} {seed}".encode()))
    figures = sample_figures(form, random)
    organ, year = random.choice(ORGANS), random.randint(form.first_year, form.last_year or form.first_year + 4)
    report = gilint.read(render(form, figures, layout, organ=organ, year=year, noises=noises, random=random))
    assert (report.edition, report.year, report.organ and report.organ.name) == (form.edition, year, organ)
    assert misread(report, figures) == []
    # Rows and columns out of their order are against the format, and said to be; nothing else is.
    families = tuple(family for family in FAMILIES if family != "TPL" or not LAYOUTS[layout].departs)
    assert wrong(gilint.lint(report, config={}, select=families).findings) == []


@layouts
@editions
def test_layout_is_read_back(layout: str, edition: str) -> None:
    for seed in range(2):
        assert_read_back(FORMS[edition], layout, seed)


@PROPERTY
@given(seed=seeds, layout=st.sampled_from(sorted(LAYOUTS)))
@pytest.mark.parametrize("noise", [*VALUE_NOISES, *LABEL_NOISES, *REWORDINGS])
@editions
def test_noise_is_read_through(noise: str, edition: str, seed: int, layout: str) -> None:
    if not fits(noise, LAYOUTS[layout]):
        return
    assert_read_back(FORMS[edition], layout, seed, [noise])


@PROPERTY
@given(seed=seeds, layout=st.sampled_from(BLANKS_STAY))
@pytest.mark.parametrize("which", ["every zero", "a table", "some rows", "some cells"])
@pytest.mark.parametrize("blank", ["", "-", "—", "/", "无", "\u00a0", "——"])
@editions
def test_blank_is_not_zero(blank: str, which: str, edition: str, seed: int, layout: str) -> None:
    random = Random(seed)
    figures = sample_figures(FORMS[edition], random)
    zeros = [key for key, number in figures.items() if number == 0]
    if which == "a table":
        table = random.choice(zeros)[0]
        zeros = [key for key in zeros if key[0] == table]
    elif which == "some rows":
        rows = random.sample([*dict.fromkeys(key[:2] for key in zeros)], 3)
        zeros = [key for key in zeros if key[:2] in rows]
    elif which == "some cells":
        zeros = random.sample(zeros, 3)
    page = render(FORMS[edition], figures, layout, organ=ORGANS[0], printed=dict.fromkeys(zeros, blank), random=random)
    report = gilint.read(page)
    assert (report.edition, report.year) == (edition, FORMS[edition].first_year)
    read = {key: report.cell(key) for key in figures}
    assert [key for key in zeros if read[key].state is not CellState.BLANK] == []
    assert misread(report, {key: number for key, number in figures.items() if key not in zeros}) == []
    families = ("DOC", "VAL", "SUM") if LAYOUTS[layout].departs else ("DOC", "TPL", "VAL", "SUM")
    assert wrong(gilint.lint(report, config={}, select=families).findings) == []
    assert [found.code for found in gilint.lint(report, config={}, select=["MIS"]).findings] == ["MIS007"] * len({key[0] for key in zeros})


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("layout", ["html-cms", "html-word", "text-cell-a-line-bars", "text-cell-a-line-blank-lines"])
@editions
def test_encoding_is_recognised(encoding: str, layout: str, edition: str) -> None:
    figures = sample_figures(FORMS[edition], 5)
    year = FORMS[edition].first_year
    page = encode(render(FORMS[edition], figures, layout, organ=ORGANS[0], random=5), encoding)
    report = gilint.read(page)
    assert misread(report, figures) == []
    findings = gilint.lint(report, config={}, select=FAMILIES).findings
    allowed = {"DOC"} if "declared" in encoding else set()
    assert [said for said in wrong(findings) if said[:3] not in allowed] == []
    assert (report.edition, report.year) == (edition, year)


@PROPERTY
@given(seed=seeds)
@editions
def test_figures_are_consistent(edition: str, seed: int) -> None:
    figures = sample_figures(FORMS[edition], seed)
    assert set(figures) == set(FORMS[edition].keys)
    assert [equation.line for equation in equations_of(FORMS[edition]) if not holds(equation, figures)] == []


@PROPERTY
@given(seed=seeds)
@pytest.mark.parametrize("fault", MUTATORS)
@editions
def test_fault_is_found_where_it_is(fault: str, edition: str, seed: int) -> None:
    random = Random(seed)
    figures = sample_figures(FORMS[edition], random)
    mutant = MUTATORS[fault](make_draft(FORMS[edition], figures, random=random), random)
    if mutant is None:
        return
    layout = random.choice(GRIDS if fault in STRUCTURAL else EVERY)
    findings = gilint.lint(write(mutant.draft, layout, random=random), config={}, select=FAMILIES).findings
    speaking = [finding for finding in findings if finding.code.startswith(mutant.family)]
    named = {tuple(cell) for finding in speaking for cell in finding.cells}
    assert speaking, f"{mutant.what}: no {mutant.family} among {[str(finding.code) for finding in findings]}"
    assert not mutant.cells or named.intersection(mutant.cells), f"{mutant.what}: {mutant.family} at {sorted(named)}"


@editions
def test_typical_page_is_clean(edition: str) -> None:
    page = typical_page(FORMS[edition])
    assert 80_000 < len(page.encode()) < 220_000
    assert wrong(gilint.lint(page, config={}, select=FAMILIES).findings) == []


@editions
def test_same_seed_same_page(edition: str) -> None:
    figures = sample_figures(FORMS[edition], 3)
    pages = {render(FORMS[edition], figures, "html-word", noises=[*VALUE_NOISES, *LABEL_NOISES, *REWORDINGS], random=3) for _ in range(2)}
    assert len(pages) == 1
