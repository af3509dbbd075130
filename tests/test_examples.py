"""The reports in ``docs/examples``, which README and documentation lint: each shows what it is there to show."""

from __future__ import annotations

from pathlib import Path

import pytest

import gilint

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
SHOWN = {
    "blank-zeros-2020.html": ("2019", 2020, ["MIS007", "MIS007"]),
    "clean-2021.html": ("2021", 2023, []),
    "crawled-2019.txt": ("2019", 2019, ["SUM001", "SUM002", "SUM003", "VAL006"]),
    "faulty-2021.html": ("2021", 2022, ["MIS007", "SUM001", "SUM003", "SUM004", "VAL002", "VAL005", "VAL010", "VAL011"]),
}


def test_every_example_is_expected() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_example(name: str) -> None:
    edition, year, codes = SHOWN[name]
    result = gilint.lint(EXAMPLES / name, config={}, select=["DOC", "TPL", "MIS", "VAL", "SUM"])
    assert (result.report.edition, result.report.year) == (edition, year)
    assert sorted(finding.code for finding in result.findings) == codes
