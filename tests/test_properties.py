"""Laws over all layouts of text and HTML: what is written is read back, what is right is left in peace, what is wrong is found where it is.

Reports come from `gilint.testing`. ``python tests/benchmarks/accuracy.py`` prints the same as numbers, for more reports.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import (
    BLANKS,
    FAMILIES,
    FORMS,
    ORGANS,
    PROPERTY,
    STRUCTURAL,
    assert_blank_is_not_zero,
    assert_read_back,
    editions,
    leave_blank,
    misread,
    seeds,
    wrong,
)

import gilint
from gilint.plans import equations_of
from gilint.testing import (
    ENCODINGS,
    LABEL_NOISES,
    LAYOUTS,
    MUTATORS,
    REWORDINGS,
    VALUE_NOISES,
    encode,
    fits,
    holds,
    make_draft,
    render,
    sample_figures,
    typical_page,
    write,
)

TEXTS = tuple(sorted(name for name, layout in LAYOUTS.items() if not layout.binary))
GRIDS = ("html", "html-cms", "html-word", "html-excel", "html-sloppy")
EVERY = tuple(name for name in TEXTS if not (LAYOUTS[name].departs or LAYOUTS[name].blanks_vanish))
# Blanks without a header are not even countable.
BLANKS_STAY = tuple(name for name in TEXTS if not LAYOUTS[name].blanks_vanish and "headers-absent" not in name)
layouts = pytest.mark.parametrize("layout", TEXTS)


@layouts
@editions
def test_layout_is_read_back(layout: str, edition: str) -> None:
    for seed in range(2):
        assert_read_back(FORMS[edition], layout, seed)


@PROPERTY
@given(seed=seeds, layout=st.sampled_from(TEXTS))
@pytest.mark.parametrize("noise", [*VALUE_NOISES, *LABEL_NOISES, *REWORDINGS])
@editions
def test_noise_is_read_through(noise: str, edition: str, seed: int, layout: str) -> None:
    if not fits(noise, LAYOUTS[layout]):
        return
    assert_read_back(FORMS[edition], layout, seed, [noise])


@PROPERTY
@given(seed=seeds, layout=st.sampled_from(BLANKS_STAY))
@pytest.mark.parametrize("which", ["every zero", "a table", "some rows", "some cells"])
@pytest.mark.parametrize("blank", BLANKS)
@editions
def test_blank_is_not_zero(blank: str, which: str, edition: str, seed: int, layout: str) -> None:
    random = Random(seed)
    figures = sample_figures(FORMS[edition], random)
    assert_blank_is_not_zero(FORMS[edition], figures, layout, leave_blank(figures, which, blank, random), random)


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
