"""Highlights in PDF: on the very cell, and nothing else changed."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from annotated_reports import FORM, annotate, expected, sample
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import gilint
from gilint.annotation import NoCopyError
from gilint.annotation.pdf import annotated
from gilint.annotation.remarks import Remark, Spot
from gilint.document import Paragraph
from gilint.finding import Severity
from gilint.place import Place
from gilint.testing import LAYOUTS, sample_draft


def highlights(data: bytes) -> list[tuple[str, str, str]]:
    """Of each annotation in the order of pages: who wrote it, what it says, and which text it lies on."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    assert document
    found = []
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        texts = pdfium.FPDFText_LoadPage(page)
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            each = pdfium.FPDFPage_GetAnnot(page, index)
            assert pdfium.FPDFAnnot_GetSubtype(each) == pdfium.FPDF_ANNOT_HIGHLIGHT
            covered = ""
            for part in range(pdfium.FPDFAnnot_CountAttachmentPoints(each)):
                quad = pdfium.FS_QUADPOINTSF()
                pdfium.FPDFAnnot_GetAttachmentPoints(each, part, quad)
                box = quad.x1 - 0.5, quad.y1 + 0.5, quad.x4 + 0.5, quad.y4 - 0.5
                length = pdfium.FPDFText_GetBoundedText(texts, *box, None, 0)
                buffer = (ctypes.c_ushort * (length + 1))()
                pdfium.FPDFText_GetBoundedText(texts, *box, buffer, length)
                covered += "".join(map(chr, buffer[:length]))
            found.append((value(each, b"T"), value(each, b"Contents"), "".join(covered.split())))
            pdfium.FPDFPage_CloseAnnot(each)
        pdfium.FPDFText_ClosePage(texts)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return found


def value(annotation: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:-2].decode("utf-16-le")


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name.startswith("pdf")])
def test_each_highlight_lies_on_the_very_cell_and_the_document_keeps_its_bytes(layout: str, tmp_path: Path) -> None:
    original = sample(layout)
    copy, result = annotate(original, tmp_path, ".pdf", select="SUM001,VAL003")
    covered = {line.split()[3]: text for _, said, text in highlights(copy) for line in said.split("\n") if line.startswith("【")}
    assert covered == expected(result)
    assert {author for author, _, _ in highlights(copy)} <= {"gilint"}
    assert copy.startswith(original)
    assert gilint.read(copy).document.blocks == result.report.document.blocks


def shades(data: bytes, number: int = 0) -> list[tuple[int, int, int]]:
    """Return the pixels of a page as pdfium draws it with its annotations."""
    bitmap = PdfDocument(data)[number].render(scale=1, may_draw_forms=True)
    width, step = bitmap.width, bitmap.n_channels
    rows = (bytes(bitmap.buffer)[row * bitmap.stride : row * bitmap.stride + width * step] for row in range(bitmap.height))
    return [(row[at], row[at + 1], row[at + 2]) for row in rows for at in range(0, width * step, step)]


@pytest.mark.parametrize("layout", ["pdf-ruled", "pdf-rotated"])
def test_a_highlight_is_drawn_and_the_text_below_it_shows_through(layout: str, tmp_path: Path) -> None:
    original = sample(layout)
    copy, _ = annotate(original, tmp_path, ".pdf", select="SUM001,VAL003")
    appearances = copy.count(b"/BM/Multiply")
    assert appearances == len(highlights(copy)) > 0
    pages = [(shades(original, number), shades(copy, number)) for number in range(len(PdfDocument(original)))]
    changed = [(before, after) for plain, marked in pages for before, after in zip(plain, marked, strict=True) if before != after]
    # White becomes coloured; nothing dark becomes light.
    assert sum(min(before) == 255 for before, _ in changed) > 100
    assert all(after[channel] <= before[channel] + 2 for before, after in changed for channel in range(3))


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_poppler_finds_nothing_wrong_with_highlights(tmp_path: Path) -> None:
    original = sample("pdf-ruled")
    annotate(original, tmp_path, ".pdf", select="SUM001,VAL003")
    (copy,) = (path for path in tmp_path.glob("*.pdf") if path.read_bytes() != original)
    said = subprocess.run(["pdftoppm", "-r", "20", str(copy), str(tmp_path / "page")], capture_output=True, check=True).stderr.decode()
    assert "annotation" not in said


def test_a_highlight_of_many_lines_keeps_its_text() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(300, 800), invariant=1)
    for line in range(60):
        canvas.drawString(20, 780 - 12 * line, f"words in line {line} that go on")
    canvas.save()
    data = stream.getvalue()
    place = Place(paragraph=1, page=1, box=(0, 0, 300, 800))
    text = "".join(paragraph.text for paragraph in gilint.read(data).document.blocks if isinstance(paragraph, Paragraph))
    copy = annotated(data, [Remark(1, Severity.NOTE, "head", (), "", (Spot(place, text[:900]),))], "zh")
    assert copy.count(b"/BM/Multiply") == 1
    assert copy.count(b" re ") > 20


def test_a_highlight_lies_on_the_words_alone() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(300, 200), invariant=1)
    canvas.drawString(20, 150, "received 12 applications, answered 10")
    canvas.save()
    data = stream.getvalue()
    (block,) = gilint.read(data).document.blocks
    remark = Remark(1, Severity.NOTE, "head", ("说明",), "again", (Spot(block.place, "answered 10"), Spot(block.place, "12")))
    copy = annotated(data, [remark], "zh")
    assert highlights(copy) == [("gilint", "head\n说明", "answered10"), ("gilint", "again", "12")]


def test_what_is_said_of_one_cell_is_one_highlight() -> None:
    data = sample("pdf-ruled")
    place = gilint.read(data).cell(("applications", "new", "total")).place
    assert place is not None
    remarks = [Remark(number, Severity.ERROR, f"头{number}", (), "", (Spot(place),)) for number in (1, 2)]
    assert [said for _, said, _ in highlights(annotated(data, remarks, "zh"))] == ["头1\n\n头2"]


def test_a_remark_about_no_place_lies_in_the_corner_of_the_first_page() -> None:
    data = sample("pdf-ruled")
    assert [said for _, said, _ in highlights(annotated(data, [Remark(1, Severity.NOTE, "头", (), "", ())], "zh"))] == ["头"]
    lost = Remark(1, Severity.NOTE, "头", (), "", (Spot(Place(paragraph=3)),))
    assert [said for _, said, _ in highlights(annotated(data, [lost], "zh"))] == ["头"]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    assert annotate(sample("pdf-ruled"), tmp_path, ".pdf")[0] == annotate(sample("pdf-ruled"), tmp_path, ".pdf")[0]


def test_a_document_without_findings_gets_no_highlight(tmp_path: Path) -> None:
    copy, result = annotate(sample("pdf-ruled", sample_draft(FORM)), tmp_path, ".pdf")
    assert (result.findings, highlights(copy)) == ((), [])


def test_a_protected_document_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("", ownerPassword="secret", canModify=0, canAnnotate=0))
    canvas.drawString(72, 700, "A report that nobody may change, with words enough to be read.")
    canvas.save()
    with pytest.raises(NoCopyError, match="保护"):
        gilint.annotate(stream.getvalue(), tmp_path / "copy.pdf")
    assert list(tmp_path.iterdir()) == []
