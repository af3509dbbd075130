"""Data that gilint wrote are read back cell by cell, corrected data are linted again, and tables between commas are tables."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from report_workbooks import workbook

import gilint
from gilint import CellRef, Report
from gilint.cli import main
from gilint.forms import builtin_forms
from gilint.testing import make_draft, sample_draft, sample_figures, write

FORMS = {form.edition: form for form in builtin_forms()}
editions = pytest.mark.parametrize("edition", sorted(FORMS))
HOW = {"csv": ("extract", "--format", "csv"), "json": ("extract", "--format", "json"), "check": ("check", "--format", "json")}
formats = pytest.mark.parametrize("how", HOW)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
GRANTED = CellRef("applications", "granted", "total")


def cells(report: Report) -> list[object]:
    return [(cell.ref, cell.state, cell.value, cell.raw) for cell in report.cells]


def exported(how: str, folder: Path, *paths: Path) -> Path:
    """Return the file into which a command wrote its JSON or CSV."""
    target = folder / f"data.{'csv' if how == 'csv' else 'json'}"
    main([*HOW[how], "--output", str(target), *map(str, paths)])
    return target


def pages(folder: Path, edition: str, **printed: str) -> Path:
    """Write a report into a folder; ``printed`` are texts of cells in section three, by column, in the row of granted applications."""
    form = FORMS[edition]
    texts = {("applications", "granted", column): text for column, text in printed.items()}
    path = folder / f"{edition}.html"
    path.write_text(write(make_draft(form, sample_figures(form, Random(8)), random=2, printed=texts), "html"), encoding="utf-8")
    return path


@editions
@formats
def test_what_gilint_writes_is_read_back_cell_by_cell(edition: str, how: str, tmp_path: Path) -> None:
    odd = {"natural_person": "-", "business": "=1+1", "research": "１２", "legal_service": "5件", "total": ""}
    path = pages(tmp_path, edition, **odd)
    before, after = gilint.read(path), gilint.read(exported(how, tmp_path, path))
    assert cells(after) == cells(before)
    assert (after.edition, after.year, after.organ) == (before.edition, before.year, before.organ)
    assert after.cells_only


@editions
@formats
def test_data_of_a_correct_report_are_correct(edition: str, how: str, tmp_path: Path) -> None:
    result = gilint.lint(exported(how, tmp_path, pages(tmp_path, edition)))
    assert result.findings == ()
    assert sum(result.checked["SUM"].values()) > 30


@editions
@formats
def test_corrected_data_are_linted_again(edition: str, how: str, tmp_path: Path) -> None:
    wrong = exported(how, tmp_path, pages(tmp_path, edition, total="99999"))
    assert "SUM001" in [finding.code for finding in gilint.lint(wrong).findings]
    right = gilint.read(pages(tmp_path, edition)).cell(GRANTED).value
    text = wrong.read_bytes().decode("utf-8-sig")
    corrected = text.replace("number,99999,", f"number,{right},") if how == "csv" else text.replace('"value": 99999', f'"value": {right}')
    assert corrected != text
    result = gilint.lint(corrected)
    assert [(finding.code, finding.cells) for finding in result.findings] == [("DOC028", (GRANTED,))]
    assert result.report.cell(GRANTED)[:6] == (*GRANTED, "number", right, str(right))


def test_a_csv_that_a_spreadsheet_saved_anew_is_read(tmp_path: Path) -> None:
    target = exported("csv", tmp_path, pages(tmp_path, "2021"))
    rows = list(csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig"))))
    keep = [rows[0].index(name) for name in ("value", "column", "row", "table", "edition", "year", "organ")]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([[row[place] for place in keep] for row in rows])
    before, after = gilint.read(target), gilint.read(stream.getvalue().encode("gb18030"))
    assert [(cell.ref, cell.state, cell.value) for cell in after.cells] == [(cell.ref, cell.state, cell.value) for cell in before.cells]
    assert gilint.lint(after).findings == ()


def as_workbook(target: Path, workbook_path: Path, *, above: int = 0) -> Path:
    """Save data as a spreadsheet does that has opened them: numbers as numbers, on a sheet of any name, perhaps not at its top."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "cells"
    for number, row in enumerate(csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig"))), start=1 + above):
        for column, text in enumerate(row, start=2):
            sheet.cell(number, column).value = float(text) if text.replace(".", "", 1).isdigit() and text.isascii() else text or None
    book.save(workbook_path)
    return workbook_path


@editions
@pytest.mark.parametrize("above", [0, 3])
def test_data_that_were_saved_as_a_workbook_are_read(edition: str, above: int, tmp_path: Path) -> None:
    target = exported("csv", tmp_path, pages(tmp_path, edition, business="=1+1", legal_service="5件", total="99999"))
    data = as_workbook(target, tmp_path / "a.xlsx", above=above)
    before, after = gilint.lint(target), gilint.lint(data)
    assert [(cell.ref, cell.state, cell.value) for cell in after.report.cells] == [
        (cell.ref, cell.state, cell.value) for cell in before.report.cells
    ]
    assert after.report.cells_only
    assert (after.report.edition, after.report.year, after.report.organ) == (before.report.edition, before.report.year, before.report.organ)
    assert [(each.code, each.cells) for each in after.findings] == [(each.code, each.cells) for each in before.findings] != []
    place = after.report.cell(GRANTED).place
    assert place is not None and place.sheet == "cells" and place.address is not None
    assert load_workbook(data)["cells"][place.address].value == 99999
    copy = tmp_path / "copy.xlsx"
    gilint.annotate(data, copy, select="SUM001")
    assert load_workbook(copy)["cells"][place.address].comment is not None


def test_of_several_reports_in_a_workbook_of_data_the_first_is_read_and_that_is_said(tmp_path: Path) -> None:
    target = exported("csv", tmp_path, pages(tmp_path, "2019"), pages(tmp_path, "2021"))
    result = gilint.lint(as_workbook(target, tmp_path / "a.xlsx"))
    assert [(finding.code, finding.arguments["count"]) for finding in result.findings if finding.code == "DOC014"] == [("DOC014", 2)]
    assert result.report.edition == "2019"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_data_that_libreoffice_saved_are_read(suffix: str, tmp_path: Path) -> None:
    target = exported("csv", tmp_path, pages(tmp_path, "2021", total="99999"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--infilter=CSV:44,34,76,1",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(target),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before, after = gilint.lint(target), gilint.lint(tmp_path / f"data.{suffix}")
    assert [(cell.ref, cell.state, cell.value) for cell in after.report.cells] == [
        (cell.ref, cell.state, cell.value) for cell in before.report.cells
    ]
    assert [(each.code, each.cells) for each in after.findings] == [(each.code, each.cells) for each in before.findings]
    assert after.report.organ == before.report.organ


def test_of_several_reports_in_one_file_the_first_is_read_and_that_is_said(tmp_path: Path) -> None:
    for how in HOW:
        target = exported(how, tmp_path, pages(tmp_path, "2019"), pages(tmp_path, "2021"))
        result = gilint.lint(target)
        assert [(finding.code, finding.arguments["count"]) for finding in result.findings] == [("DOC014", 2)]
        assert result.report.edition == "2019"


@pytest.mark.parametrize("cell", ["2019,disclosure,procurement,amount,number,12.5", "2021,disclosure,fees,amount,number,12.5"])
def test_an_amount_among_data_needs_no_unit(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_text(f"edition,table,row,column,state,value\n{cell}\n", encoding="utf-8")
    assert [finding.code for finding in gilint.lint(path, select=["VAL013"]).findings] == []


def test_a_cell_that_the_form_does_not_have_is_said(tmp_path: Path) -> None:
    target = exported("json", tmp_path, pages(tmp_path, "2021"))
    rows = json.loads(target.read_text(encoding="utf-8"), parse_float=Decimal)
    rows.append({**rows[0], "row": "salt_monopoly", "value": 7, "raw": "7"})
    result = gilint.lint(json.dumps(rows, default=float))
    assert [finding.code for finding in result.findings] == ["DOC013"]


@pytest.mark.parametrize(
    "text",
    [
        '{"table": {"row": {"column": ',
        '[{"table": 1, "row": 2, "column": 3}]',
        '{"table": 1, "row": [], "column": {}, "reports": 3}',
        "[" * 100_000 + '"table""row""column"',
        '[{"table": "applications", "row": "granted", "column": "total", "value": ' + "9" * 10_000 + "}]",
        '[{"table": "applications", "row": "granted", "column": "total", "value": 1e999999999}]',
        "table,row,column,value\n",
        'table,row,column,value\napplications,granted,total,"' + "x" * 300_000,
        "edition,table,row,column,value\n2030,applications,granted,total,1\n",
    ],
)
def test_data_that_are_none_are_a_finding(text: str) -> None:
    assert {finding.code for finding in gilint.lint(text.encode()).findings} <= {
        "DOC011",
        "DOC013",
        "MIS002",
        "MIS003",
        "MIS005",
        "VAL003",
        "SUM901",
    }


@editions
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("gaps", [True, False])
@pytest.mark.parametrize("padded", [True, False])
def test_printed_tables_between_commas_are_read(edition: str, encoding: str, gaps: bool, padded: bool) -> None:
    form = FORMS[edition]
    figures = sample_figures(form, Random(9))
    book = load_workbook(io.BytesIO(workbook(make_draft(form, figures, random=5), gaps=gaps, merged=False, numbers=False)))
    stream = io.StringIO()
    writer = csv.writer(stream)
    for values in book.active.iter_rows(values_only=True):
        row = ["" if value is None else value for value in values]
        while not padded and row and not row[-1]:
            row.pop()
        writer.writerow(row)
    result = gilint.lint(stream.getvalue().encode(encoding))
    assert result.report.document.format == "csv"
    assert {key: result.report.cell(key).value for key in figures} == figures
    assert result.findings == ()
    place = result.report.cell(GRANTED).place
    assert place is not None
    assert place.line is not None
    assert str(figures[GRANTED]) in stream.getvalue().split("\r\n")[place.line - 1]


def test_a_page_and_a_text_with_commas_are_what_they_were() -> None:
    draft = sample_draft(FORMS["2021"])
    assert gilint.read(write(draft, "html")).document.format == "html"
    text = write(draft, "text-cell-a-line-bars").replace("\n0 |\n", "\n1,024,000 |\n")
    assert gilint.read(text).document.format == "text"
