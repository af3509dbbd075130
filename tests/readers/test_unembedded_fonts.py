"""What is read of a PDF does not depend on the fonts of the machine: those that the PDF does not embed are not looked for."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hostile_pdfs import one_page, stream
from unembedded_pdfs import Printed, by_glyph, composite, in_gbk, in_unicode, page_of, simple

from gilint.document import Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.readers.pdf import aside
from gilint.readers.pdf.library import PDFIUM
from gilint.testing import render_bytes, sample_figures

TEXT = "政府信息公开一确，“十”《：》2024.5"
LATIN = "Report2024:12.5%"
_GLYPHS, _UNICODE = by_glyph(TEXT)
_FIGURES = b"1 95 500 814 939 500"
"""Widths of letters and figures, by their numbers in Adobe-GB1."""

CHINESE = {
    "UniGB": composite(b"STSong-Light", b"UniGB-UCS2-H", b"GB1", in_unicode(TEXT)),
    "GBK": composite(b"SimSun", b"GBK-EUC-H", b"GB1", in_gbk(TEXT)),
    "bold": composite(b"SimHei,Bold", b"GBK-EUC-H", b"GB1", in_gbk(TEXT)),
    "glyphs": composite(b"SimSun", b"Identity-H", b"Identity", _GLYPHS, unicode=_UNICODE),
    "glyphs-GB1": composite(b"FangSong_GB2312", b"Identity-H", b"GB1", _GLYPHS, unicode=_UNICODE),
}
LATINS = {
    "Helvetica": simple(b"Helvetica", LATIN.encode(), kind=b"Type1", widths=False),
    "Times": simple(b"Times-Bold", LATIN.encode(), kind=b"Type1", widths=False),
    "Arial": simple(b"ArialMT", LATIN.encode()),
    "Calibri": simple(b"Calibri", LATIN.encode()),
    "SimSun": simple(b"SimSun", LATIN.encode()),
}


def paragraphs(data: bytes) -> list[tuple[str, tuple[float, ...] | None]]:
    return [(block.text, block.place.box) for block in read_document(data, "a.pdf").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("printed", CHINESE.values(), ids=CHINESE)
def test_chinese_is_read_with_the_widths_that_the_document_says(printed: Printed) -> None:
    box = (72.0, 698.3, 72.0 + 12 * len(TEXT), 710.3)
    assert paragraphs(page_of(printed)) == [(TEXT, box)]
    # Each character printed by itself, too, whose glyph pdfium must find to know that there is something.
    assert paragraphs(page_of(printed, advance=12)) == [(TEXT, box)]


def test_figures_of_a_chinese_font_are_as_narrow_as_the_document_says() -> None:
    printed = composite(b"SimSun", b"GBK-EUC-H", b"GB1", in_gbk("共2024件"), widths=_FIGURES)
    assert paragraphs(page_of(printed)) == [("共2024件", (72.0, 698.3, 72.0 + 2 * 12 + 4 * 6, 710.3))]


@pytest.mark.parametrize("printed", LATINS.values(), ids=LATINS)
def test_letters_are_read(printed: Printed) -> None:
    assert [text for text, _ in paragraphs(page_of(printed))] == [LATIN]


def test_widths_of_standard_fonts_are_known() -> None:
    printed = simple(b"Helvetica", b"iW", kind=b"Type1", widths=False)
    ((_, box),) = paragraphs(page_of(printed))
    assert box is not None
    assert box[2] - box[0] == pytest.approx(12 * (0.222 + 0.944), abs=0.05)


def test_spaces_are_no_ink() -> None:
    # Some programs print a space by itself between the columns of a table.
    printed = composite(b"STSong-Light", b"UniGB-UCS2-H", b"GB1", in_unicode("一\u3000二 三"))
    assert [text for text, _ in paragraphs(page_of(printed, advance=12))] == ["一 二 三"]


def test_glyphs_without_a_meaning_are_counted_wherever_they_stand() -> None:
    printed = composite(b"SimSun", b"Identity-H", b"Identity", _GLYPHS)
    for data in (page_of(printed), page_of(printed, advance=12)):
        assert [notice.data["count"] for notice in read_document(data, "a.pdf").notices] == [len(TEXT)]


class _Watching(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
    """Counts how often pdfium asks for a font of the machine."""

    asked = 0

    def MapFont(self, *arguments: object) -> object:  # noqa: N802 - named by pdfium
        type(self).asked += 1
        return super().MapFont(*arguments)


@pytest.fixture
def watching() -> Iterator[_Watching]:
    handler = _Watching()
    handler.setup()
    _Watching.asked = 0
    yield handler
    handler.close()
    pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


def _height_in_pdfium(data: bytes) -> float:
    """Return how high pdfium takes the first character of a document to be, with the fonts that it has outside of gilint."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    text = pdfium.FPDFText_LoadPage(page)
    sides = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, 0, *sides)
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return sides[3].value - sides[2].value


def test_no_font_of_the_machine_is_asked_for(watching: _Watching) -> None:
    data = page_of(CHINESE["UniGB"])
    assert [text for text, _ in paragraphs(data)] == [TEXT]
    assert _Watching.asked == 0
    # The program around gilint has its own handler again.
    _height_in_pdfium(data)
    assert _Watching.asked == 1
    assert pypdfium2.PdfSysfontBase.SINGLETON is watching
    paragraphs(data)
    assert _Watching.asked == 1


def test_the_program_around_gilint_has_the_fonts_of_the_machine_again() -> None:
    # 一 is flat in every font but the one of gilint.
    data = page_of(composite(b"STSong-Light", b"UniGB-UCS2-H", b"GB1", in_unicode("一二三")))
    before = _height_in_pdfium(data)
    assert [text for text, _ in paragraphs(data)] == ["一二三"]
    assert _height_in_pdfium(data) == before
    assert before < 6


def test_a_document_that_the_program_has_open_changes_nothing() -> None:
    data = page_of(CHINESE["UniGB"])
    expected = paragraphs(data)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    text = pdfium.FPDFText_LoadPage(page)
    assert pdfium.FPDFText_CountChars(text) == len(TEXT)
    assert paragraphs(data) == expected
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)


def test_threads_read_the_same() -> None:
    pages = [page_of(printed) for printed in (*CHINESE.values(), *LATINS.values())]
    expected = [paragraphs(page) for page in pages]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(paragraphs, pages * 4)) == expected * 4


def test_a_process_of_its_own_reads_the_same() -> None:
    form = builtin_forms()[-1]
    data = render_bytes(form, sample_figures(form, 1), "pdf-ruled")
    assert aside.read_aside(data, "a.pdf") == read_document(data, "a.pdf")


def test_a_process_ends_without_a_word(tmp_path: Path) -> None:
    for name, printed in CHINESE.items():
        (tmp_path / f"{name}.pdf").write_bytes(page_of(printed))
    code = "import sys, gilint; print(len(list(gilint.lint_all(sys.argv[1:], progress=False))))"
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.split(), ended.stderr) == (0, [str(len(CHINESE)).encode()], b"")


def test_a_font_named_like_none_is_no_error() -> None:
    assert paragraphs(one_page(stream(b"BT /F1 12 Tf 72 700 Td (12) Tj ET"), {5: b"<</Type/Font/Subtype/TrueType>>"})) != []


@pytest.mark.parametrize("fails", ["setup", "close"])
def test_a_handler_that_fails_keeps_nobody_waiting(fails: str, watching: _Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    data = page_of(CHINESE["UniGB"])

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watching, fails, interrupted)
        with pytest.raises(KeyboardInterrupt):
            paragraphs(data)
    assert not PDFIUM.lock.locked()
    watching.setup()
    assert [text for text, _ in paragraphs(data)] == [TEXT]
