"""The five sample reports: every cell, and exactly the findings that are true of their tables.

The fixtures carry the tables of the samples in the same layout, with a narrative of our own; the samples themselves lie outside of the
repository and are linted too where they are there.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import gilint
from gilint import CellState

FIXTURES = Path(__file__).parent / "fixtures" / "seeds"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FAMILIES = ("DOC", "TPL", "MIS", "VAL", "SUM")

REPORTS = {
    "xilingol-2019": ("2019", 2019, "锡林郭勒盟工业和信息化局"),
    "binhu-2020": ("2019", 2020, "无锡市滨湖区民政局"),
    "shuangyashan-2020": ("2019", 2020, "双鸭山市商务局"),
    "yinchuan-2019": ("2019", 2019, "银川市网络信息化局"),
    "jinfeng-2022": ("2021", 2022, "冶金工业园(锦丰镇)"),
}
NUMBERS: dict[str, dict[str, int | Decimal]] = {
    "xilingol-2019": {
        "disclosure.licences.previous_items": 3,
        "disclosure.licences.change": -2,
        "disclosure.penalties.previous_items": 27,
        "disclosure.penalties.change": -7,
    },
    "binhu-2020": {
        "disclosure.normative_documents.made": 4,
        "disclosure.normative_documents.published": 1,
        "disclosure.normative_documents.public_total": 1,
        "disclosure.licences.previous_items": 7,
        "disclosure.licences.decisions": 174,
        "disclosure.other_services.previous_items": 20,
        "disclosure.other_services.decisions": 5339,
        "disclosure.penalties.previous_items": 61,
        "disclosure.penalties.change": -3,
        "disclosure.coercion.previous_items": 5,
        "disclosure.procurement.projects": 51,
        "disclosure.procurement.amount": Decimal("1946.6890"),
        "applications.new.natural_person": 5,
        "applications.new.total": 5,
        "applications.granted.natural_person": 1,
        "applications.granted.total": 1,
        "applications.partly_granted.natural_person": 1,
        "applications.partly_granted.total": 1,
        "applications.unavailable.not_held.natural_person": 3,
        "applications.unavailable.not_held.total": 3,
        "applications.total.natural_person": 5,
        "applications.total.total": 5,
        "reviews.administrative_review.other": 1,
        "reviews.administrative_review.total": 1,
    },
    "shuangyashan-2020": {
        "disclosure.normative_documents.made": 2,
        "disclosure.normative_documents.published": 2,
        "disclosure.normative_documents.public_total": 2,
        "disclosure.licences.previous_items": 9,
        "disclosure.licences.change": -1,
        "applications.total.natural_person": 1,
        "applications.total.legal_service": 2,
        "applications.total.total": 3,
    },
    "yinchuan-2019": {"disclosure.regulations.made": 9},
    "jinfeng-2022": {
        "disclosure.normative_documents.in_force": 2,
        "disclosure.licences.decisions": 506,
        "disclosure.penalties.decisions": 13242,
        "disclosure.coercion.decisions": 2,
        "disclosure.fees.amount": Decimal("697.449"),
        "applications.new.natural_person": 10,
        "applications.new.total": 10,
        "applications.granted.natural_person": 2,
        "applications.granted.total": 2,
        "applications.partly_granted.natural_person": 8,
        "applications.partly_granted.total": 8,
        "applications.total.natural_person": 10,
        "applications.total.total": 10,
        "reviews.administrative_review.upheld": 1,
        "reviews.administrative_review.total": 1,
        "reviews.litigation_after_review.upheld": 1,
        "reviews.litigation_after_review.pending": 1,
        "reviews.litigation_after_review.total": 2,
    },
}
"""What is not 0."""
STATES = {
    "binhu-2020": dict.fromkeys(
        [f"applications.total.{column}" for column in ("business", "research", "public_interest", "legal_service", "other_organisation")],
        CellState.BLANK,
    ),
    "shuangyashan-2020": {"disclosure.fees.change": CellState.MISSING},
}
"""What is not a number."""


def places() -> list[object]:
    """Return fixtures and, where they are, samples."""
    marks = pytest.mark.skipif(not SEEDS.is_dir(), reason="the samples lie outside of the repository")
    return [
        pytest.param(folder, name, id=f"{where}-{name}", marks=mark)
        for where, folder, mark in (("own", FIXTURES, ()), ("sample", SEEDS, marks))
        for name in REPORTS
    ]


@pytest.mark.parametrize(("folder", "name"), places())
def test_every_cell(folder: Path, name: str) -> None:
    report = gilint.read(folder / f"{name}.txt")
    assert (report.edition, report.year, report.organ and report.organ.name) == REPORTS[name]
    numbers, states = NUMBERS[name], STATES.get(name, {})
    expected = {}
    for key in report.form.keys if report.form else ():
        cell = ".".join(key)
        expected[cell] = (states[cell], None) if cell in states else (CellState.NUMBER, numbers.get(cell, 0))
    assert {".".join(cell.ref): (cell.state, cell.value) for cell in report.cells} == expected


def found(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return family, severity and first cells of every finding that is no note."""
    findings = gilint.lint(path, config={}, select=FAMILIES).findings
    return sorted(
        (finding.code[:3], str(finding.severity), tuple(".".join(cell) for cell in finding.cells))
        for finding in findings
        if finding.severity != "note"
    )


def test_fixtures_are_complete() -> None:
    assert {path.stem for path in FIXTURES.glob("*.txt")} == set(REPORTS)


COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")
PARTS = (
    "granted",
    "partly_granted",
    *(f"refused.{name}" for name in ("state_secret", "prohibited_by_law", "security_and_stability", "third_party")),
    *(f"refused.{name}" for name in ("internal_affairs", "deliberative", "enforcement_file", "administrative_query")),
    *(f"unavailable.{name}" for name in ("not_held", "needs_creation", "unclear")),
    *(f"not_processed.{name}" for name in ("petition", "repeated", "published", "excessive", "reconfirmation")),
    "other",
)
BROKEN = ("natural_person", "legal_service", "total")


def cells(column: str, *rows: str) -> tuple[str, ...]:
    return tuple(f"applications.{row}.{column}" for row in rows)


@pytest.mark.parametrize(("folder", "name"), places())
def test_exactly_the_true_findings(folder: Path, name: str) -> None:
    findings = found(folder / f"{name}.txt")
    if name in ("xilingol-2019", "jinfeng-2022"):
        assert findings == []
    elif name == "yinchuan-2019":
        assert [(family, severity) for family, severity, _ in findings] == [("VAL", "error"), ("VAL", "error")]
        assert all(cell.startswith("disclosure.regulations.") for _, _, names in findings for cell in names)
        assert all("disclosure.regulations.made" in names for _, _, names in findings)
    elif name == "binhu-2020":
        assert [(family, severity) for family, severity, _ in findings] == [("MIS", "warning"), ("VAL", "warning")]
        assert findings[0][2] == tuple(f"applications.total.{column}" for column in COLUMNS[1:6])
        assert set(findings[1][2]) >= {"disclosure.normative_documents.made", "disclosure.normative_documents.published"}
    else:
        sums = [names for family, severity, names in findings if (family, severity) == ("SUM", "error")]
        expected = [cells(column, "total", *PARTS) for column in BROKEN] + [
            cells(column, "total", "new", "carried_in", "carried_out") for column in BROKEN
        ]
        assert sorted(sums) == sorted(expected)
        others = [finding for finding in findings if finding[0] != "SUM"]
        assert {family for family, _, _ in others} == {"MIS", "VAL"}
        missing = [names for family, _, names in others if family == "MIS"]
        assert len(missing) == 1
        assert set(missing[0]) <= {"disclosure.fees.previous_items", "disclosure.fees.change"}
        over_zero = {names[0] for family, _, names in others if family == "VAL"}
        assert over_zero <= {f"applications.total.{column}" for column in BROKEN}
        assert over_zero
