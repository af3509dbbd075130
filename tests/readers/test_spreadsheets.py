"""XLS and ODS as LibreOffice writes them: every figure is read, as from the XLSX that they were made from."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from report_workbooks import saved, workbook

import gilint
from gilint import NoticeKind
from gilint.document import Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.testing import make_draft, sample_figures

OFFICE = shutil.which("soffice")
FORMS = {form.edition: form for form in builtin_forms()}
FIGURES = {edition: sample_figures(form, Random(30)) for edition, form in FORMS.items()}
formats = pytest.mark.parametrize("suffix", ["xls", "ods"])


def oddities() -> Workbook:
    """A sheet with what spreadsheets do to figures, and with hidden parts."""
    book = Workbook()
    sheet = book.active
    rows = [
        ("x", 3.0, 0.1 + 0.2, 0.125, None),
        ("hidden", 1, 2, 3, 4),
        ("y", "=1/0", "=B1+1", "０１２", 697.449),
        ("z", True, -5, 1e15, "-"),
    ]
    for row in rows:
        sheet.append(row)
    sheet["D1"].number_format = "0.0%"
    sheet.row_dimensions[2].hidden = True
    sheet["A1"].comment = Comment("待核实", "科长")
    secret = book.create_sheet("secret")
    secret["A1"], secret.sheet_state = "last year", "hidden"
    return book


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the reports and the odd sheet, converted."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("converted")
    for edition, form in FORMS.items():
        draft = make_draft(form, FIGURES[edition], random=6)
        for apart in (True, False):
            (folder / f"{edition}-{apart}.xlsx").write_bytes(workbook(draft, apart=apart))
    (folder / "odd.xlsx").write_bytes(saved(oddities()))
    for suffix in ("xls", "ods"):
        command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", suffix]
        files = sorted(map(str, folder.glob("*.xlsx")))
        subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=240)
    yield folder


@formats
@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_every_figure_is_read_and_the_findings_are_the_same(edition: str, apart: bool, suffix: str, converted: Path) -> None:
    result = gilint.lint(converted / f"{edition}-{apart}.{suffix}")
    assert {key: result.report.cell(key).value for key in FIGURES[edition]} == FIGURES[edition]
    assert result.findings == gilint.lint(converted / f"{edition}-{apart}.xlsx").findings == ()
    assert result.report.document.format == suffix
    places = {(cell.place.sheet, cell.place.address) for cell in result.report.cells if cell.place is not None}
    assert len(places) == len(result.report.cells)
    assert [section.name for section in result.report.sections if section.name] == [spec.name for spec in FORMS[edition].sections]


@formats
def test_values_are_read_as_they_are_shown(suffix: str, converted: Path) -> None:
    document = read_document(converted / f"odd.{suffix}")
    rows = [[cell.text for cell in row] for block in document.blocks if not isinstance(block, Paragraph) for row in block.rows]
    assert rows == [
        ["x", "3", "0.3", "12.5%", ""],
        ["y", "#DIV/0!", "4", "０１２", "697.449"],
        ["z", "TRUE", "-5", "1000000000000000", "-"],
    ]
    said = {notice.kind: dict(notice.data) for notice in document.notices}
    assert said.pop(NoticeKind.HIDDEN_TEXT) == {"count": 6, "sample": "hidden"}
    # calamine does not tell of comments in XLS.
    assert said == ({NoticeKind.COMMENTS: {"count": 1}} if suffix == "ods" else {})


def ods(table: str, manifest: str = "<manifest/>") -> bytes:
    """Return a workbook with the given rows in its only sheet."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def test_cells_that_repeat_are_read_within_bounds() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    row = '<table:table table:name="a"><table:table-row table:number-rows-repeated="{}">{}</table:table-row></table:table>'
    few = read_document(ods(row.format(2, cell.format(3))))
    assert [[cell.text for cell in line] for block in few.blocks for line in block.rows] == [["1"] * 3] * 2  # type: ignore[union-attr]
    many = gilint.lint(ods(row.format(1_048_576, cell.format(16_384))))
    assert {finding.code for finding in many.findings} == {"DOC005", "DOC011"}


def test_a_formula_of_ods_without_a_value_is_said() -> None:
    cells = '<table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]"/>'
    document = read_document(ods(f'<table:table table:name="a"><table:table-row>{cells}</table:table-row></table:table>'))
    assert [(notice.kind, notice.data["count"]) for notice in document.notices] == [(NoticeKind.FORMULA_WITHOUT_VALUE, 1)]


def test_an_encrypted_ods_is_said_to_be_encrypted() -> None:
    data = ods("", '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>')
    assert [finding.code for finding in gilint.lint(data).findings] == ["DOC021"]
