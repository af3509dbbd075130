"""Notes and fill in XLSX: in the very cell, and nothing else changed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from annotated_reports import FORM, WORDS, WRONG, annotate, expected, members, sample
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

import gilint
from gilint.output.causes import entries_of
from gilint.testing import LAYOUTS, sample_draft

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RED, YELLOW, BLUE = "FFFF9C9C", "FFFFD966", "FFCFE2F3"


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def noted(data: bytes) -> dict[str, tuple[object, str, str]]:
    """Of each cell with a note: its value, fill and note."""
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.fill.fgColor.rgb if cell.fill.patternType else "", cell.comment.text)
        for sheet in opened(data).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name.startswith("xlsx")])
def test_each_note_stands_at_the_very_cell_and_the_workbook_says_the_same(layout: str, tmp_path: Path) -> None:
    original = sample(layout)
    copy, result = annotate(original, tmp_path, ".xlsx", select="SUM001,VAL003,MIS007")
    notes = noted(copy)
    values = {}
    for value, fill, note in notes.values():
        for line in note.split("\n"):
            if line.startswith("【") and " 第" in f" {line.split('】')[1]}":
                values[line.split()[3]] = (str(value), fill)
    assert values == {**{code: (printed, RED) for code, printed in expected(result).items()}, "MIS007": ("None", YELLOW)}
    assert gilint.read(copy).document.blocks == result.report.document.blocks
    for before, after in zip(opened(original).worksheets, opened(copy).worksheets, strict=True):
        assert [[cell.value for cell in row] for row in before.iter_rows()] == [[cell.value for cell in row] for row in after.iter_rows()]
        assert before.merged_cells.ranges == after.merged_cells.ranges


def test_formats_of_cells_stay(tmp_path: Path) -> None:
    original = sample("xlsx")
    copy, result = annotate(original, tmp_path, ".xlsx", select="SUM001")
    place = result.findings[0].place
    assert place is not None and place.sheet and place.address
    before, after = (opened(data)[place.sheet][place.address] for data in (original, copy))
    for part in ("font", "border", "alignment", "number_format"):
        assert repr(getattr(after, part)) == repr(getattr(before, part))
    assert after.fill != before.fill


def test_charts_formulas_and_notes_that_are_there_stay(tmp_path: Path) -> None:
    book = opened(sample("xlsx"))
    sheet = book.worksheets[0]
    address = next(cell.coordinate for row in sheet.iter_rows() for cell in row if str(cell.value) == WORDS)
    sheet[address].comment = Comment("已核对", "李四")
    sheet["A1"].comment = Comment("旧批注", "张三")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=5, max_row=9))
    sheet.add_chart(chart, "N3")
    original = saved(book)
    copy, _ = annotate(original, tmp_path, ".xlsx", select="VAL003,SUM001")
    notes = noted(copy)
    assert notes[f"{sheet.title}!A1"][2] == "旧批注"
    text = notes[f"{sheet.title}!{address}"][2]
    assert text.startswith("已核对\n\n【错误】第 1 条 VAL003 ") or text.startswith("已核对\n\n【错误】第 2 条 VAL003 ")
    assert len(notes) == 3
    before, after = members(original), members(copy)
    kept = {name for name in before if "chart" in name or "theme" in name or "sharedStrings" in name or name == "xl/workbook.xml"}
    assert kept
    assert all(before[name] == after[name] for name in kept)


def test_several_findings_on_one_cell_are_one_note_with_the_worst_colour(tmp_path: Path) -> None:
    copy, result = annotate(sample("xlsx"), tmp_path, ".xlsx")
    said = "\n".join(note for _, _, note in noted(copy).values())
    assert all(f"第 {number} 条" in said for number in range(1, len(entries_of(result)) + 1))
    for _, fill, note in noted(copy).values():
        worst = RED if "【错误】" in note else YELLOW if "【警告】" in note else BLUE
        assert fill == worst


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    assert annotate(sample("xlsx"), tmp_path, ".xlsx")[0] == annotate(sample("xlsx"), tmp_path, ".xlsx")[0]


def test_a_workbook_without_findings_is_copied_without_notes(tmp_path: Path) -> None:
    original = sample("xlsx", sample_draft(FORM))
    copy, result = annotate(original, tmp_path, ".xlsx")
    assert result.findings == ()
    assert members(copy) == members(original)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy_and_finds_the_notes(tmp_path: Path) -> None:
    copy, _ = annotate(sample("xlsx"), tmp_path, ".xlsx", select="SUM001,VAL003")
    (tmp_path / "a.xlsx").write_bytes(copy)
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120)
    again = (tmp_path / "out" / "a.xlsx").read_bytes()
    assert {place: (str(value), fill) for place, (value, fill, _) in noted(again).items()} == {
        place: (str(value), fill) for place, (value, fill, _) in noted(copy).items()
    }
    assert gilint.read(again).cell(("applications", "granted", "total")).raw == WRONG


def test_findings_with_one_cause_are_one_note_at_the_cell_to_change(tmp_path: Path) -> None:
    copy, result = annotate(sample("xlsx"), tmp_path, ".xlsx", select="SUM")
    (cause,) = result.causes
    assert len(result.findings) == 2
    ((before, _, note),) = [each for each in noted(copy).values() if each[2]]
    (change,) = cause.repairs[0].changes
    assert str(before) == str(change.before) == WRONG
    assert f"\n{change.before} → {change.after}\n" in note
    assert "应为" in note.split("\n")[2]
    assert note.count("SUM001") == 1


@pytest.mark.parametrize("layout", ["xlsx", "xlsx-columns-swapped", "xlsx-reviews-upright", "xlsx-blocks"])
def test_a_note_names_the_cells_of_each_equation(layout: str, tmp_path: Path) -> None:
    printed = {("applications", "granted", "total"): "98", ("reviews", "litigation_direct", "total"): "9"}
    copy, result = annotate(sample(layout, sample_draft(FORM, printed=printed)), tmp_path, ".xlsx", select="SUM")
    book = opened(copy)
    named = re.findall(r"（单元格 ([A-Z0-9:、]+)）", "".join(note for _, _, note in noted(copy).values()))
    found = []
    for ranges in named:
        areas = [book.worksheets[0][each] for each in ranges.split("、")]
        cells = [cell for area in areas for row in (area if isinstance(area, tuple) else ((area,),)) for cell in row]
        found.append(sorted(cell.coordinate for cell in cells))
    places = [[result.report.cell(ref).place for ref in finding.cells] for finding in result.findings]
    assert sorted(found) == sorted(sorted(place.address for place in each if place and place.address) for each in places)
    assert len(found) == len(result.findings) == 3
