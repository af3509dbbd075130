"""Every case file of ``tests/cases``, and the runner itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from gilint.errors import UsageError
from gilint.testing import Case, load_cases, parametrise, run_case

CASES = Path(__file__).parent / "cases"


@parametrise(CASES)
def test_case(case: Case) -> None:
    run_case(case)


def test_every_code_named_by_a_file_is_tested_by_it() -> None:
    for file in sorted(CASES.glob("*.toml")):
        for case in load_cases(file):
            selected = case.select or (case.code or "",)
            assert any(code.startswith(file.stem.upper()) or file.stem.upper().startswith(code) for code in selected), (
                f"{file.name}: {case.name}"
            )


def write(folder: Path, text: str) -> Path:
    folder.joinpath("x.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no cases"):
        load_cases(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[case]]\nname = 'a'\ncode = 'SUM001'\nfindings = []\nfinding = []", "finding"),
        ("[[case]]\nname = 'a'\nfindings = []", "neither code nor select"),
        ("[[cases]]\nname = 'a'", "cases"),
        ("[[case]]\nname = 'a'\ncode = 'SUM001'\nfindings = []\n" * 2, "same name"),
        ("[[case]", "x.toml"),
        ("[[case]]\nname = 'a'\ncode = 'SUM001'", "findings"),
    ],
)
def test_a_wrong_case_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_cases(write(tmp_path, text))


CLEAN = "[[case]]\nname = 'a'\nselect = ['SUM', 'VAL', 'MIS', 'TPL']\nfindings = []\n"


def run(folder: Path, text: str) -> None:
    (case,) = load_cases(write(folder, text))
    run_case(case)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("layout", ["", "layout = 'html-word'", "layout = 'text-row-a-line-bars'"])
def test_the_sample_is_clean(tmp_path: Path, edition: str, layout: str) -> None:
    run(tmp_path, f"{CLEAN}edition = '{edition}'\n{layout}")


def test_an_unexpected_finding_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="SUM"):
        run(tmp_path, CLEAN + "cells = { 'reviews.litigation_direct.total' = '7' }")


def test_a_missing_finding_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="expected:\n  SUM001"):
        run(tmp_path, CLEAN.replace("[]", "[{ code = 'SUM001' }]"))


def test_an_unknown_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no cell"):
        run(tmp_path, CLEAN + "cells = { 'reviews.litigation.total' = '7' }")
