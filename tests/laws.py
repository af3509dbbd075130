"""What the property tests have in common: how a report is rendered and read back, and what must not be found in it.

Reports come from `gilint.testing`. ``python tests/benchmarks/accuracy.py`` prints the same as numbers, for more reports.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

import gilint
from gilint import CellState, Finding, Report
from gilint.form import CellKey, Form
from gilint.forms import builtin_forms
from gilint.testing import LAYOUTS, Figures, render, render_bytes, sample_figures

FAMILIES = ("DOC", "TPL", "MIS", "VAL", "SUM")
FORMS = {form.edition: form for form in builtin_forms()}
ORGANS = ("白石县商务局", "云溪区人民政府", "青原县柳林镇人民政府", "东川省水利厅", "无锡市统计局", "白石县教育局")
BLANKS = ("", "-", "—", "/", "无", "\u00a0", "——")
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
    write = render_bytes if LAYOUTS[layout].binary else render
    report = gilint.read(write(form, figures, layout, organ=organ, year=year, noises=noises, random=random))
    assert (report.edition, report.year, report.organ and report.organ.name) == (form.edition, year, organ)
    assert misread(report, figures) == []
    # Rows and columns out of their order are against the format, and said to be; nothing else is.
    families = tuple(family for family in FAMILIES if family != "TPL" or not LAYOUTS[layout].departs)
    assert wrong(gilint.lint(report, config={}, select=families).findings) == []


def leave_blank(figures: Figures, which: str, blank: str, random: Random) -> dict[CellKey, str]:
    """Return which zeros are left blank, and how a blank is printed."""
    zeros = [key for key, number in figures.items() if number == 0]
    if which == "a table":
        table = random.choice(zeros)[0]
        zeros = [key for key in zeros if key[0] == table]
    elif which == "some rows":
        rows = random.sample([*dict.fromkeys(key[:2] for key in zeros)], 3)
        zeros = [key for key in zeros if key[:2] in rows]
    elif which == "some cells":
        zeros = random.sample(zeros, 3)
    return dict.fromkeys(zeros, blank)


def assert_blank_is_not_zero(form: Form, figures: Figures, layout: str, blanks: Mapping[CellKey, str], random: Random) -> None:
    write = render_bytes if LAYOUTS[layout].binary else render
    report = gilint.read(write(form, figures, layout, organ=ORGANS[0], printed=blanks, random=random))
    assert (report.edition, report.year) == (form.edition, form.first_year)
    read = {key: report.cell(key) for key in figures}
    assert [key for key in blanks if read[key].state is not CellState.BLANK] == []
    assert misread(report, {key: number for key, number in figures.items() if key not in blanks}) == []
    families = ("DOC", "VAL", "SUM") if LAYOUTS[layout].departs else ("DOC", "TPL", "VAL", "SUM")
    assert wrong(gilint.lint(report, config={}, select=families).findings) == []
    tables = {key[0] for key in blanks}
    assert [found.code for found in gilint.lint(report, config={}, select=["MIS"]).findings] == ["MIS007"] * len(tables)
