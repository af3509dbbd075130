"""Workbooks: every figure is read, words are words, and what a workbook hides or does not know is said."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from report_workbooks import saved, workbook

import gilint
from gilint import CellState, NoticeKind, Place, Result
from gilint.document import Document, Grid, GridCell, Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.recognise.worksheets import with_headings
from gilint.testing import Figures, make_draft, sample_draft, sample_figures, write

FORMS = {form.edition: form for form in builtin_forms()}
editions = pytest.mark.parametrize("edition", sorted(FORMS))


def misread(result: Result, figures: Figures) -> list[str]:
    """Return every cell that is not read as ``figures`` say."""
    wrong = []
    for (table, row, column), number in figures.items():
        cell = result.report.tables[table].cells[row, column]
        if cell.value is None or Decimal(cell.value) != number:
            wrong.append(f"{table}.{row}.{column}: {number} read as {cell.state} {cell.raw!r}")
    return wrong


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def texts(document: Document) -> list[object]:
    """Return paragraphs as texts, and tables as rows of texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows] for block in document.blocks
    ]


def one_sheet(rows: dict[str, object], merged: tuple[str, ...] = ()) -> Workbook:
    book = Workbook()
    for address, value in rows.items():
        book.active[address] = value
    for area in merged:
        book.active.merge_cells(area)
    return book


@editions
@pytest.mark.parametrize(("merged", "apart", "gaps", "numbers"), list(product((True, False), repeat=4)))
def test_every_figure_is_read_and_the_findings_are_those_of_the_page(
    edition: str, merged: bool, apart: bool, gaps: bool, numbers: bool
) -> None:
    form = FORMS[edition]
    figures = sample_figures(form, Random(20))
    draft = make_draft(form, figures, random=4)
    result = gilint.lint(workbook(draft, merged=merged, apart=apart, gaps=gaps, numbers=numbers))
    page = gilint.lint(write(draft, "html"))
    assert misread(result, figures) == []
    assert codes(result) == codes(page)
    assert (result.report.year, result.report.organ) == (page.report.year, page.report.organ)
    assert [section.name for section in result.report.sections if section.name] == [spec.name for spec in form.sections]


def test_a_table_in_a_sheet_without_blank_rows_ends_at_its_own_last_column() -> None:
    """Section four has fifteen columns; the blank ones beside section three, in the same rows of the sheet, belong to none of its columns."""
    heading = ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
    lines = [
        (heading[0], "", "", ""),
        ("甲", "1", "", ""),
        (heading[1], "", "", ""),
        ("结果维持", "结果纠正", "其他结果", "尚未审结"),
        ("0", "1", "0", "0"),
    ]
    rows = tuple(tuple(GridCell(text, row, column) for column, text in enumerate(line)) for row, line in enumerate(lines))
    document = with_headings(Document("book.xlsx", "xlsx", (Grid(rows),)), list(FORMS.values()))
    assert texts(document) == [heading[0], [["甲", "1"]], heading[1], [list(lines[3]), list(lines[4])]]


@editions
def test_a_wrong_figure_is_found_at_its_address(edition: str) -> None:
    draft = sample_draft(FORMS[edition])
    addresses = {(cell.place.sheet, cell.place.address): cell for cell in gilint.read(workbook(draft)).cells if cell.place is not None}

    def change(book: Workbook) -> None:
        (address,) = (at for (_, at), cell in addresses.items() if cell.ref == ("applications", "granted", "total"))
        book.active[address] = 999

    result = gilint.lint(workbook(draft, change))
    assert "SUM001" in codes(result)
    cell = result.report.applications["granted", "total"]
    assert cell.value == 999
    assert cell.place is not None
    assert cell.place.sheet == "Sheet"
    assert len(addresses) == len(result.report.cells)


def test_values_are_read_as_they_are_shown() -> None:
    book = one_sheet(
        {
            "A1": "x",
            "B1": 3.0,
            "C1": 0.1 + 0.2,
            "D1": 0.5,
            "E1": 0.1234,
            "F1": date(2022, 1, 2),
            "A2": "y",
            "B2": datetime(2022, 3, 1),
            "C2": date(2022, 1, 2),
            "D2": True,
            "E2": "#REF!",
            "F2": 12345678901,
            "A3": "z",
            "B3": "'12",
            "C3": 1e-7,
            "D3": -0.5,
            "E3": "０１２",
            "F3": 697.449,
        }
    )
    sheet = book.active
    sheet["D1"].number_format, sheet["E1"].number_format = "0%", "0.00%"
    sheet["B2"].number_format, sheet["C2"].number_format = 'yyyy"年"m"月"', "m月d日"
    assert texts(read_document(saved(book))) == [
        [
            ["x", "3", "0.3", "50%", "12.34%", "2022-01-02"],
            ["y", "2022年3月", "1月2日", "TRUE", "#REF!", "12345678901"],
            ["z", "'12", "0.0000001", "-0.5", "０１２", "697.449"],
        ]
    ]


def test_merged_cells_span_rows_and_columns() -> None:
    book = one_sheet({"A1": "a", "B1": "b", "B2": "c", "C2": "d", "A3": "e", "B3": 1, "C3": 2}, ("A1:A2", "B1:C1"))
    (grid,) = read_document(saved(book)).blocks
    assert isinstance(grid, Grid)
    assert [[(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in row] for row in grid.rows] == [
        [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2)],
        [("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)],
        [("e", 2, 0, 1, 1), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1)],
    ]
    assert grid.rows[1][1].place == Place(table=1, row=2, cell=2, sheet="Sheet", address="C2")


def test_blank_cells_within_a_table_are_cells_and_a_row_without_values_stays() -> None:
    book = one_sheet({"B3": "规章", "C3": 1, "E3": 2, "B4": "规范性文件", "B5": "行政许可", "C5": 4, "E5": 5})
    assert texts(read_document(saved(book))) == [[["规章", "1", "", "2"], ["规范性文件", "", "", ""], ["行政许可", "4", "", "5"]]]


def test_narrative_in_a_box_over_several_rows_is_paragraphs() -> None:
    book = one_sheet({"A1": "一、总体情况", "A2": "第一段。\n第二段。", "A6": "x", "B6": 1}, ("A2:H5",))
    document = read_document(saved(book))
    assert texts(document) == ["一、总体情况", "第一段。", "第二段。", [["x", "1"]]]
    assert document.blocks[2].place == Place(paragraph=3, sheet="Sheet", address="A2")


def test_hidden_sheets_rows_and_columns_are_left_out_and_said() -> None:
    book = one_sheet({"A1": "x", "B1": 1, "C1": 2, "A2": "draft", "B2": 3, "C2": 4, "A3": "y", "B3": 5, "C3": 6})
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    secret = book.create_sheet("secret")
    secret["A1"], secret.sheet_state = "last year", "hidden"
    very = book.create_sheet("very")
    very["A1"], very.sheet_state = "the year before", "veryHidden"
    document = read_document(saved(book))
    assert texts(document) == [[["x", "1"], ["y", "5"]]]
    (notice,) = document.notices
    assert (notice.kind, dict(notice.data)) == (NoticeKind.HIDDEN_TEXT, {"count": 7, "sample": "2"})


def test_comments_are_said() -> None:
    book = one_sheet({"A1": "x", "B1": 1})
    book.active["A1"].comment = Comment("待核实", "科长")
    (notice,) = read_document(saved(book)).notices
    assert (notice.kind, dict(notice.data)) == (NoticeKind.COMMENTS, {"count": 1})


@editions
def test_formulas_without_a_value_are_an_error_that_names_their_cells(edition: str) -> None:
    draft = sample_draft(FORMS[edition])
    totals = [cell for cell in gilint.read(workbook(draft)).cells if (cell.table, cell.column) == ("applications", "total")]

    def change(book: Workbook) -> None:
        for cell in totals:
            assert cell.place is not None
            row = cell.place.address.removeprefix("J")
            book.active[cell.place.address] = f"=SUM(D{row}:I{row})"

    result = gilint.lint(workbook(draft, change))
    (finding,) = (finding for finding in result.findings if finding.code == "DOC025")
    assert sorted(finding.cells) == sorted(cell.ref for cell in totals)
    assert finding.severity is gilint.Severity.ERROR
    assert not any(code.startswith("SUM") for code in codes(result))
    assert {cell.state for cell in result.report.applications.column("total")} == {CellState.TEXT}
    others = [cell for cell in result.report.cells if cell.ref not in finding.cells]
    assert {cell.state for cell in others} == {CellState.NUMBER}


def test_formulas_with_a_value_are_read_as_the_value() -> None:
    data = edited(saved(one_sheet({"A1": "x", "B1": "=1+1"})), b"<v></v>", b"<v>2</v>")
    document = read_document(data)
    assert texts(document) == [[["x", "2"]]]
    assert document.notices == ()


def edited(data: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return an archive with something in one of its parts replaced."""
    import zipfile
    from io import BytesIO

    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old in content or not old
                content = content.replace(old, new) if old else new
            copy.writestr(info.filename, content)
    return target.getvalue()


def test_a_sheet_name_is_the_heading_of_a_table_that_has_none() -> None:
    book = one_sheet({"A1": "x", "B1": 1})
    book.active.title = "收到和处理政府信息公开申请情况"
    other = book.create_sheet("Sheet2")
    other["A1"], other["B1"] = "y", 2
    assert texts(read_document(saved(book))) == ["收到和处理政府信息公开申请情况", [["x", "1"]], [["y", "2"]]]


def test_a_missing_library_is_a_finding_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    result = gilint.lint(saved(one_sheet({"A1": "x", "B1": 1})))
    assert codes(result) == ["DOC026"]
    assert "pip install 'gilint[xlsx]'" in result.findings[0].say("zh")


def test_an_empty_workbook_is_said_to_be_empty() -> None:
    assert codes(gilint.lint(saved(Workbook()))) == ["DOC001"]


def test_words_of_a_number_format_are_read_with_the_number() -> None:
    book = Workbook()
    sheet = book.active
    formats = ('0.00"万元"', '"共"#,##0"件"', '0\\件;-0\\件;"无"', '_ "¥"* #,##0.00_ ', 'General"项"')
    for column, code in enumerate(formats, 1):
        sheet.cell(1, column, 1237.22).number_format = code
        sheet.cell(2, column, 0).number_format = code
    grid = next(block for block in read_document(saved(book)).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[0]] == ["1237.22万元", "共1237.22件", "1237.22件", "1237.22", "1237.22项"]
    assert [cell.text for cell in grid.rows[1]] == ["0"] * 5


def test_a_row_to_fill_in_below_headings_is_a_row_of_blank_cells() -> None:
    book = Workbook()
    book.active.append(["行政复议", "行政诉讼", "总计"])
    grid = next(block for block in read_document(saved(book)).blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["行政复议", "行政诉讼", "总计"], ["", "", ""]]
    book.active.append([1, 2, 3])
    grid = next(block for block in read_document(saved(book)).blocks if isinstance(block, Grid))
    assert len(grid.rows) == 2


def test_a_label_alone_among_labels_is_a_row_and_a_signature_under_figures_is_none() -> None:
    book = Workbook()
    for row in (["办理结果", "予以公开", 1, 2], [None, "部分公开"], ["不予公开", "国家秘密", 0, 4], [None, None, None, "白石县商务局"]):
        book.active.append(row)
    blocks = read_document(saved(book)).blocks
    assert [len(block.rows) for block in blocks if isinstance(block, Grid)] == [3]
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["白石县商务局"]
