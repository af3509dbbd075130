"""XLSB: every figure is read as from XLSX, merged cells are known, and broken or hostile ones are told."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from binary_workbooks import BinarySheet, Value, record, written
from report_workbooks import workbook

import gilint
from gilint import NoticeKind
from gilint.document import Document, Grid, Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.testing import make_draft, sample_figures

FORMS = {form.edition: form for form in builtin_forms()}
SOFFICE = shutil.which("soffice")


def binary(data: bytes) -> bytes:
    """The same workbook as XLSB."""
    sheets = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        cells: dict[tuple[int, int], Value] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    cells[cell.row - 1, cell.column - 1] = cell.value if isinstance(cell.value, str) else float(cell.value)
        merged = [(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1) for area in sheet.merged_cells.ranges]
        sheets.append(BinarySheet(sheet.title, cells, merged))
    return written(sheets)


def shown(document: Document) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [[cell[:5] for cell in row] for row in block.rows] for block in document.blocks]


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_a_report_is_read_as_from_xlsx(edition: str, apart: bool) -> None:
    figures = sample_figures(FORMS[edition], 5)
    book = workbook(make_draft(FORMS[edition], figures, random=4), apart=apart)
    result = gilint.lint(binary(book), config={})
    assert result.report.document is not None and result.report.document.format == "xlsb"
    assert shown(result.report.document) == shown(read_document(book))
    assert {cell.ref: cell.value for cell in result.report.cells} == figures
    assert [finding.code for finding in result.findings] == [finding.code for finding in gilint.lint(book, config={}).findings]


MIXED = BinarySheet(
    "年报",
    {
        **{(0, 0): "甲", (0, 1): 3.0, (0, 2): 0.5},
        **{(1, 0): "乙", (1, 1): ("0%", 0.25), (1, 2): ('0.00"万元"', 237.22)},
        **{(2, 0): "丙", (2, 1): "#REF!", (2, 2): ('yyyy"年"m"月"d"日"', 44592.0)},
        **{(3, 0): "旧", (3, 1): 9.0, (1, 5): "藏"},
    },
    hidden_rows=frozenset([3]),
    hidden_columns=frozenset([5]),
)


def test_values_are_read_as_they_are_shown_and_what_is_hidden_is_told() -> None:
    document = read_document(written([MIXED, BinarySheet("备份", {(0, 0): "旧表"}, hidden=True)]))
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    texts = [[cell.text for cell in row if cell.text] for row in grid.rows]
    assert [row for row in texts if row] == [["甲", "3", "0.5"], ["乙", "25%", "237.22万元"], ["丙", "#REF!", "2022年1月31日"]]
    assert [(notice.kind, notice.data["count"]) for notice in document.notices] == [(NoticeKind.HIDDEN_TEXT, 4)]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_another_program_reads_the_same(tmp_path: Path) -> None:
    """The writer of these tests and the reader could agree on the same mistake."""
    (tmp_path / "a.xlsb").write_bytes(written([evolved_with_merge()]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "a.xlsb")]
    subprocess.run(command, check=True, capture_output=True)
    converted = read_document((tmp_path / "a.xlsx").read_bytes())
    assert shown(converted) == shown(read_document((tmp_path / "a.xlsb").read_bytes()))


def evolved_with_merge() -> BinarySheet:
    cells: dict[tuple[int, int], Value] = {(0, 0): "合计", (0, 2): 1.0, (1, 2): 2.0, (2, 0): "其他", (2, 1): "小计", (2, 2): ("0%", 0.5)}
    return BinarySheet("年报", cells, merged=[(0, 0, 1, 1)])


def with_part(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written([MIXED]))) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            copy.writestr(info.filename, content if info.filename == name else source.read(info))
    return target.getvalue()


def rows(*cells: tuple[int, int]) -> bytes:
    numbers = (
        record(0, struct.pack("<IIHBBB", row, 0, 300, 0, 0, 0) + bytes(4)) + record(5, struct.pack("<IId", column, 0, 1.0))
        for row, column in cells
    )
    return record(129) + record(145) + b"".join(numbers) + record(146) + record(130)


@pytest.mark.parametrize(
    ("part", "content", "kind"),
    [
        ("xl/worksheets/sheet1.bin", rows((0, 0), (1_048_575, 16_383)), NoticeKind.LIMIT),
        ("xl/worksheets/sheet1.bin", rows(*((row, 0) for row in range(500_001))), NoticeKind.LIMIT),
        ("xl/worksheets/sheet1.bin", record(0, b"\1"), NoticeKind.UNREADABLE),
        ("xl/worksheets/sheet1.bin", b"\x85", NoticeKind.UNREADABLE),
        ("xl/workbook.bin", record(156, b"\1"), NoticeKind.UNREADABLE),
        ("xl/styles.bin", record(44, b""), NoticeKind.UNREADABLE),
        ("xl/_rels/workbook.bin.rels", b"<!DOCTYPE a><a/>", NoticeKind.UNREADABLE),
    ],
)
def test_broken_and_hostile_workbooks_are_told(part: str, content: bytes, kind: NoticeKind) -> None:
    started = time.process_time()
    document = read_document(with_part(part, content))
    assert [notice.kind for notice in document.notices] == [kind]
    assert time.process_time() - started < 20


def test_a_cell_merged_over_the_whole_sheet_is_bounded() -> None:
    started = time.process_time()
    document = read_document(written([BinarySheet("年报", {(0, 0): "甲", (0, 1): 1.0, (1, 0): "乙"}, merged=[(0, 2, 1_048_575, 16_383)])]))
    assert len([block for block in document.blocks if isinstance(block, Grid)]) == 1
    assert time.process_time() - started < 5
