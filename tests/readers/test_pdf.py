"""PDF: every figure is read however the table is drawn and the page is turned; nothing of the page's furniture is."""

from __future__ import annotations

import shutil
import subprocess
import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hostile_pdfs import (
    drawings_within_drawings,
    encrypted_much_drawn,
    looping_tree,
    many_pages,
    much_drawn,
    one_page,
    one_part_over_and_over,
    stream,
    unknown_glyphs,
)
from pdf_files import STYLES, PdfStyle, write_pdf
from pypdfium2 import PdfDocument

import gilint
from gilint import NoticeKind, Result
from gilint.document import Document, Grid, Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.readers.pdf import reading
from gilint.readers.pdf.content import PageContent
from gilint.readers.pdf.guard import examine
from gilint.readers.pdf.labels import Piece
from gilint.readers.pdf.separators import Separators
from gilint.readers.pdf.unruled import UnruledTable, unruled_table
from gilint.testing import Draft, Figures, make_draft, render_bytes, sample_figures

FORMS = {form.edition: form for form in builtin_forms()}
SOFFICE = shutil.which("soffice")
RULED = sorted(name for name in STYLES if name.startswith("ruled"))
BARE = sorted(set(STYLES) - set(RULED))
editions = pytest.mark.parametrize("edition", sorted(FORMS))


def draft_of(edition: str, seed: object) -> Draft:
    random = Random(f"{edition} {seed}")
    return make_draft(FORMS[edition], sample_figures(FORMS[edition], random), random=random)


def misread(result: Result, figures: Figures) -> list[str]:
    """Return every cell that is not read as ``figures`` say."""
    wrong = []
    for (table, row, column), number in figures.items():
        cell = result.report.tables[table].cells[row, column]
        if cell.value is None or Decimal(cell.value) != number:
            wrong.append(f"{table}.{row}.{column}: {number} read as {cell.state} {cell.raw!r}")
    return wrong


def assert_read_back(draft: Draft, data: bytes) -> None:
    result = gilint.lint(data, config={})
    assert misread(result, draft.figures) == []
    report = result.report
    assert (report.edition, report.year, report.organ and report.organ.name) == (draft.form.edition, draft.year, draft.organ)
    assert [finding.say("en") for finding in result.findings if finding.severity != "note"] == []


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("style", RULED)
@editions
def test_ruled_tables_are_read_back(style: str, edition: str) -> None:
    for seed in range(2):
        draft = draft_of(edition, f"{style} {seed}")
        assert_read_back(draft, write_pdf(draft, STYLES[style]))


@pytest.mark.parametrize("style", BARE)
@editions
def test_tables_without_rulings_are_read_back(style: str, edition: str) -> None:
    for seed in range(2):
        draft = draft_of(edition, f"{style} {seed}")
        assert_read_back(draft, write_pdf(draft, STYLES[style]))


@editions
def test_grids_are_those_that_were_drawn(edition: str) -> None:
    draft = draft_of(edition, 7)
    read = grids(read_document(write_pdf(draft, PdfStyle())))
    drawn = [[[(cell.text, cell.rows, cell.columns) for cell in row] for row in sheet.rows] for sheet in draft.sheets]
    assert [[[(cell.text, cell.row_span, cell.column_span) for cell in row] for row in grid.rows] for grid in read] == drawn


@pytest.mark.parametrize("style", ["ruled-shaded", "ruled-headers", "ruled-rotated"])
def test_paragraphs_are_joined_and_furniture_is_left_out(style: str) -> None:
    draft = draft_of("2021", style)
    words = [draft.title, *draft.head]
    for part in draft.parts:
        words += [part.heading, *part.paragraphs]
    assert paragraphs(read_document(write_pdf(draft, STYLES[style]))) == [*words, *draft.tail]


def test_a_cell_says_where_on_which_page_it_is() -> None:
    draft = draft_of("2021", 3)
    for style, page in (("ruled", 1), ("ruled-turned", 2)):
        grid = grids(read_document(write_pdf(draft, STYLES[style])))[0]
        cell = grid.rows[2][1]
        assert (cell.place.page, cell.place.table, cell.place.row, cell.place.cell) == (page, 1, 3, 2)
        left, bottom, right, top = cell.place.box or (0, 0, 0, 0)
        assert (left < right, bottom < top) == (True, True)
        # On the page turned by a quarter the cells of a row stand above each other on the paper.
        assert (right - left > top - bottom) == (style == "ruled")


def test_what_is_no_pdf_inside_is_unreadable() -> None:
    for data in (b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", write_pdf(draft_of("2019", 1), PdfStyle())[:200]):
        assert [notice.kind for notice in read_document(data).notices] == [NoticeKind.UNREADABLE]


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (many_pages(10_000), "MAX_PAGES"),
        (much_drawn(), "MAX_STREAM_TEXT"),
        (much_drawn(packed=2), "MAX_STREAM_TEXT"),
        (encrypted_much_drawn(), "MAX_STREAM_TEXT"),
        (drawings_within_drawings(), "MAX_DRAWINGS"),
        (one_part_over_and_over(), "MAX_PARTS"),
        (one_page(stream(b"10 10 m 90 10 l S\n" * 60_000)), "MAX_PATHS"),
    ],
)
def test_more_than_any_report_has_is_not_read(data: bytes, limit: str) -> None:
    started = time.perf_counter()
    notices = read_document(data).notices
    assert [(notice.kind, notice.data["limit"]) for notice in notices] == [(NoticeKind.LIMIT, limit)]
    assert time.perf_counter() - started < 20


def test_what_an_encrypted_file_unpacks_to_is_not_seen_in_what_is_stored() -> None:
    assert examine(encrypted_much_drawn(), 1).refused is None


def test_characters_of_which_the_file_does_not_say_what_they_are_are_counted() -> None:
    document = read_document(unknown_glyphs())
    assert [block.text.split() for block in document.blocks if isinstance(block, Paragraph)] == [["\ufffd" * 5, "12"]]
    assert [(notice.kind, notice.data) for notice in document.notices] == [(NoticeKind.UNKNOWN_GLYPHS, {"count": 5})]
    found = [finding for finding in gilint.lint(unknown_glyphs(), config={}).findings if finding.code == "DOC027"]
    assert [finding.say() for finding in found] == ["文件没有说明其中 5 个字符是什么字，读出的内容可能有误。"]


def test_a_tree_of_pages_that_loops_ends() -> None:
    assert [notice.kind for notice in read_document(looping_tree()).notices] == [NoticeKind.UNREADABLE]


def scan() -> bytes:
    """Return a page that is a picture."""
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\xff\nendstream"
    return one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), {6: picture}, b"/XObject<</I 6 0 R>>")


def test_a_scan_is_said_to_be_one() -> None:
    assert [(found.code, found.severity) for found in gilint.lint(scan(), config={}).findings] == [("DOC024", "error")]


def test_a_scan_of_which_not_every_page_is_read_says_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PAGES", 1)
    several, saved = PdfDocument.new(), BytesIO()
    for _ in range(2):
        several.import_pages(PdfDocument(scan()))
    several.save(saved)
    assert [notice.kind for notice in read_document(saved.getvalue()).notices] == [NoticeKind.LIMIT, NoticeKind.SCANNED]


@pytest.mark.parametrize(("password", "kinds"), [("open", [NoticeKind.ENCRYPTED]), ("", [])])
def test_a_password_is_asked_for_only_where_one_is_needed(password: str, kinds: list[NoticeKind]) -> None:
    draft = draft_of("2021", 5)
    data = write_pdf(draft, PdfStyle(password=password, encrypted=True))
    document = read_document(data)
    assert [notice.kind for notice in document.notices] == kinds
    assert (len(grids(document)) == 3) == (not password)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_bullets_of_a_symbol_font_are_known(tmp_path: Path) -> None:
    """Word processors draw the bullet of a list item in a font of symbols, whose codes are nobody's characters."""
    page = tmp_path / "list.html"
    page.write_text(
        "<html><head><meta charset=utf-8></head><body><h1>栏目</h1><ul><li>政府信息公开指南</li><li>政府信息公开年报</li></ul></body></html>",
        encoding="utf-8",
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(page)], check=True, capture_output=True
    )
    document = read_document((tmp_path / "list.pdf").read_bytes())
    assert paragraphs(document) == ["• 政府信息公开指南", "• 政府信息公开年报"]
    assert document.notices == ()


@pytest.mark.parametrize(("edition", "seed"), [("2019", 5), ("2019", 10), ("2021", 5), ("2021", 6)])
def test_a_figure_wrapped_in_a_column_without_lines_stays_in_its_row(edition: str, seed: int) -> None:
    random = Random(seed)
    figures = sample_figures(FORMS[edition], random)
    wrapped = {key: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)) for key, number in figures.items() if key[0] == "reviews"}
    report = gilint.read(render_bytes(FORMS[edition], figures, "pdf-plain", printed=wrapped, random=random))
    assert {key: report.cell(key).value for key in wrapped} == {key: figures[key] for key in wrapped}


def test_an_upright_label_after_a_table_without_lines_has_no_columns() -> None:
    """Characters of a label that is written downwards, where one of them is a numeral: nothing of it is a figure."""
    label = [[Piece("度", (87, 524, 96, 532), False)], [Piece("三", (87, 511, 96, 519), True)], [Piece("办", (87, 498, 96, 506), False)]]
    page = PageContent(1, 0, (0, 0, 595, 842))
    before = UnruledTable(page, [(200.0, 220.0), (300.0, 320.0)])
    assert unruled_table(label, page, Separators([]), before) is None
