"""A copy annotated again: what gilint has said before is replaced, what others have said stays."""

from __future__ import annotations

import ctypes
import re
import subprocess
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from annotated_reports import FORM, PRINTED, annotate, members, sample
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from test_annotated_docx import W, anchors, text
from test_annotated_pdf import value
from test_annotated_xlsx import RED, SOFFICE, noted, opened, saved

import gilint
from gilint.annotation.edits import appended
from gilint.annotation.own_marks import without_marks
from gilint.annotation.packages import override, relation, rewritten
from gilint.annotation.pdf import annotated
from gilint.annotation.remarks import Remark
from gilint.finding import Severity
from gilint.products import SIGNATURE
from gilint.testing import LAYOUTS, sample_draft

AGAIN = [name for name in LAYOUTS if name.startswith(("docx", "xlsx", "pdf", "html"))]
CORRECT = sample_draft(FORM)
FEWER = sample_draft(FORM, printed=dict([*PRINTED.items()][1:]))
"""With one mistake less."""


def suffix_of(layout: str) -> str:
    return f".{layout.partition('-')[0]}"


def comments_of(data: bytes) -> list[tuple[int, int, str, str]]:
    """The annotations of a PDF: page, kind, author, text."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    found = []
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            each = pdfium.FPDFPage_GetAnnot(page, index)
            found.append((number, pdfium.FPDFAnnot_GetSubtype(each), value(each, b"T"), value(each, b"Contents")))
    return found


@pytest.mark.parametrize("layout", AGAIN)
def test_a_copy_annotated_again_is_the_same_copy(layout: str, tmp_path: Path) -> None:
    once, before = annotate(sample(layout), tmp_path, suffix_of(layout))
    twice, after = annotate(once, tmp_path, suffix_of(layout))
    assert [(each.code, each.say("zh")) for each in after.findings] == [(each.code, each.say("zh")) for each in before.findings]
    if layout.startswith("pdf"):
        assert comments_of(twice) == comments_of(once) != []
        assert twice.startswith(once)
    elif layout.startswith("html"):
        assert twice == once
    else:
        assert members(twice) == members(once)


@pytest.mark.parametrize("layout", ["docx-office", "xlsx", "pdf-ruled", "html"])
def test_in_another_language_nothing_of_the_first_is_left(layout: str, tmp_path: Path) -> None:
    suffix = suffix_of(layout)
    english, _ = annotate(sample(layout), tmp_path, suffix, lang="en")
    again, _ = annotate(annotate(sample(layout), tmp_path, suffix)[0], tmp_path, suffix, lang="en")
    if layout.startswith("pdf"):
        assert comments_of(again) == comments_of(english)
    elif layout.startswith("html"):
        assert again == english
    else:
        assert {name: data for name, data in members(again).items() if name != "xl/styles.xml"} == {
            name: data for name, data in members(english).items() if name != "xl/styles.xml"
        }


def test_a_page_is_as_it_was_when_the_marks_are_taken_out(tmp_path: Path) -> None:
    for layout in ("html", "html-word", "html-commented", "html-sloppy"):
        page = sample(layout).decode().replace("<td>0</td>", "<td><mark>0</mark></td>", 1)
        moving = '<meta http-equiv="refresh" content="5;url=http://example.org/">'
        page = page.replace("<head>", f"<head>{moving}", 1)
        for original in (page, page.replace("</body>", '<aside class="gilint-notes"><p>另附</p></aside></body>')):
            copy, _ = annotate(original.encode(), tmp_path, ".html")
            assert copy.decode() != original
            assert without_marks(copy.decode()) == original


def test_the_encoding_of_a_page_goes_on_to_count(tmp_path: Path) -> None:
    page = sample("html").decode().replace("utf-8", "gb2312")
    # A byte that the encoding does not have, so the copy is written in UTF-8, and says so before the page says otherwise.
    data = page.encode("gb18030").replace(b"</body>", b"\xff</body>")
    once, before = annotate(data, tmp_path, ".html")
    twice, after = annotate(once, tmp_path, ".html")
    assert (without_marks(twice.decode()), after.report.text) == (without_marks(once.decode()), before.report.text)


def with_reply(copy: bytes) -> bytes:
    """A DOCX in which somebody has answered the first comment as Word does it, and written one of his own."""
    parts = members(copy)
    comments = parts["word/comments.xml"]
    number = 0

    def numbered(match: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        return match[0][:-1] + b' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="%08X">' % number

    comments = re.sub(rb"<w:p>", numbered, comments)
    last = number
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    reply = "".join(
        f'<w:comment {names} w:id="{each}" w:author="李四"><w:p w14:paraId="{last + each:08X}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for each, words in ((901, "已核实"), (902, "另一处"))
    )
    first = re.search(rb'<w:commentRangeStart w:id="(\d+)"/>', parts["word/document.xml"])
    assert first is not None
    mark = first[1].decode()
    document = parts["word/document.xml"].decode()
    document = document.replace(
        f'<w:commentRangeStart w:id="{mark}"/>', f'<w:commentRangeStart w:id="{mark}"/><w:commentRangeStart w:id="901"/>'
    )
    reference = f'<w:r><w:commentReference w:id="{mark}"/></w:r>'
    assert reference in document
    document = document.replace(
        reference,
        # Word gives the references a style, and may put two into one run.
        f'<w:commentRangeEnd w:id="901"/><w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="{mark}"/><w:commentReference w:id="901"/></w:r>',
    )
    extended = "http://schemas.microsoft.com/office/word/2012/wordml"
    entries = "".join(f'<w15:commentEx w15:paraId="{each:08X}" w15:done="0"/>' for each in range(1, last + 1))
    entries += f'<w15:commentEx w15:paraId="{last + 901:08X}" w15:paraIdParent="{1:08X}" w15:done="0"/>'
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    changed = {
        "word/comments.xml": appended(comments, reply),
        "word/document.xml": document.encode(),
        "word/commentsExtended.xml": f'<w15:commentsEx xmlns:w15="{extended}">{entries}</w15:commentsEx>'.encode(),
        "word/_rels/document.xml.rels": appended(parts["word/_rels/document.xml.rels"], relation("rIdEx", kind, "commentsExtended.xml")),
        "[Content_Types].xml": appended(
            parts["[Content_Types].xml"],
            override("word/commentsExtended.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"),
        ),
    }
    return rewritten(copy, changed)


def test_what_others_have_said_in_a_docx_stays_answers_too(tmp_path: Path) -> None:
    once, before = annotate(sample("docx-office"), tmp_path, ".docx")
    answered = with_reply(once)
    copy, after = annotate(answered, tmp_path, ".docx")
    authors = [each.get(f"{W}author") for each in etree.fromstring(members(copy)["word/comments.xml"])]
    assert (authors.count("李四"), authors.count("gilint")) == (2, len(anchors(once)) + 1)
    (left,) = (finding for finding in after.findings if finding.code == "DOC018")
    assert left.arguments["count"] == 2
    assert [each.code for each in after.findings if each is not left] == [each.code for each in before.findings]
    root = etree.fromstring(members(copy)["word/document.xml"])
    assert len([each for each in root.iter(f"{W}commentReference") if each.get(f"{W}id") == "901"]) == 1
    extended = members(copy)["word/commentsExtended.xml"].decode()
    assert (extended.count("commentEx "), extended.count("paraIdParent")) == (1, 0)
    assert gilint.read(copy).document.blocks == gilint.read(once).document.blocks
    assert text(root) == text(etree.fromstring(members(once)["word/document.xml"]))


def test_a_comment_about_what_is_corrected_goes(tmp_path: Path) -> None:
    once, _ = annotate(sample("docx"), tmp_path, ".docx", select="VAL003,SUM001")
    wrong = re.sub(rb">98765<", b">1<", members(once)["word/document.xml"])
    fixed, _ = annotate(rewritten(once, {"word/document.xml": wrong}), tmp_path, ".docx", select="VAL003")
    assert [line.split()[3] for line in anchors(fixed)] == ["VAL003"]
    none, _ = annotate(once, tmp_path, ".docx", select="MIS001")
    assert anchors(none) == {}
    assert b"comment" not in members(none)["word/document.xml"]


def filled_workbook() -> tuple[bytes, str, str]:
    """A workbook with cells filled by its author, a note of somebody's on a wrong cell, and one elsewhere."""
    book = opened(sample("xlsx"))
    sheet = book.worksheets[0]
    wrong, words = (
        next(cell.coordinate for row in sheet.iter_rows() for cell in row if str(cell.value) == printed)
        for printed in ("98765", "十二件&<3")
    )
    sheet[wrong].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet[words].comment = Comment("已核对", "李四")
    sheet["A1"].comment = Comment("旧批注", "张三")
    return saved(book), wrong, words


def test_notes_and_fills_of_others_stay_in_a_workbook(tmp_path: Path) -> None:
    original, wrong, words = filled_workbook()
    once, before = annotate(original, tmp_path, ".xlsx", select="VAL003,SUM001,DOC018")
    twice, _ = annotate(once, tmp_path, ".xlsx", select="VAL003,SUM001,DOC018")
    assert members(twice) == members(once)
    assert [finding.arguments["count"] for finding in before.findings if finding.code == "DOC018"] == [2]
    sheet = opened(once).worksheets[0]
    assert sheet[wrong].fill.fgColor.rgb == sheet[words].fill.fgColor.rgb == RED
    (told,) = (finding for finding in gilint.lint(once, select="DOC018").findings)
    assert (told.arguments["count"], "gilint" in told.say("zh")) == (5, True)
    # Nothing is wrong any more: everything of gilint's goes, and only that.
    none, _ = annotate(once, tmp_path, ".xlsx", select="MIS001")
    sheet = opened(none).worksheets[0]
    assert {place.partition("!")[2]: note.strip() for place, (_, _, note) in noted(none).items()} == {words: "已核对", "A1": "旧批注"}
    assert sheet[wrong].fill.fgColor.rgb == "FF00FF00"
    assert sheet[words].fill.patternType in (None, "none")
    assert b"legacyDrawing" in members(none)["xl/worksheets/sheet1.xml"]


def test_a_workbook_in_which_only_gilint_has_written_notes_has_none_any_more(tmp_path: Path) -> None:
    original = sample("xlsx")
    none, _ = annotate(annotate(original, tmp_path, ".xlsx")[0], tmp_path, ".xlsx", select="MIS001")
    assert noted(none) == {}
    assert not [name for name in members(none) if "comments" in name or "vmlDrawing" in name]
    for name in ("[Content_Types].xml", "xl/workbook.xml"):
        assert members(none)[name] == members(original)[name]
    assert all(cell.fill.patternType is None for row in opened(none).worksheets[0].iter_rows() for cell in row)


def test_what_somebody_writes_into_a_note_of_gilints_stays(tmp_path: Path) -> None:
    once, _ = annotate(sample("xlsx"), tmp_path, ".xlsx", select="VAL003")
    comments = members(once)["xl/comments1.xml"].decode()
    assert comments.count(SIGNATURE) == 1
    changed = comments.replace(SIGNATURE, f"{SIGNATURE}\n属实，待更正——李四 &amp; 张三")
    twice, _ = annotate(rewritten(once, {"xl/comments1.xml": changed.encode()}), tmp_path, ".xlsx", select="VAL003", lang="en")
    ((_, _, note),) = noted(twice).values()
    assert note.startswith("\n属实，待更正——李四 & 张三\n\n[error] 1. VAL003 ")
    assert note.endswith(f"\n{SIGNATURE}")


def test_a_note_of_an_earlier_gilint_is_known_by_its_author(tmp_path: Path) -> None:
    once, _ = annotate(sample("xlsx"), tmp_path, ".xlsx", select="VAL003")
    unsigned = members(once)["xl/comments1.xml"].replace(SIGNATURE.encode(), b"")
    twice, _ = annotate(rewritten(once, {"xl/comments1.xml": unsigned}), tmp_path, ".xlsx", select="VAL003")
    assert members(twice) == members(once)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("layout", ["docx-office", "xlsx"])
def test_a_copy_saved_by_libreoffice_is_annotated_again(layout: str, tmp_path: Path) -> None:
    suffix = suffix_of(layout)
    original = filled_workbook()[0] if layout == "xlsx" else sample(layout)
    once, before = annotate(original, tmp_path, suffix, select="VAL003,SUM001")
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", suffix[1:]]

    def resaved(data: bytes) -> bytes:
        (tmp_path / f"a{suffix}").write_bytes(data)
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / f"a{suffix}")], check=True, capture_output=True, timeout=120
        )
        return (tmp_path / "out" / f"a{suffix}").read_bytes()

    twice, after = annotate(resaved(once), tmp_path, suffix, select="VAL003,SUM001")
    assert [each.code for each in after.findings] == [each.code for each in before.findings]
    again = resaved(twice)  # it opens, and what LibreOffice knows of it is what was written
    if layout == "xlsx":
        first, second = noted(once), noted(again)
        assert {place: (fill, note.split()) for place, (_, fill, note) in second.items()} == {
            place: (fill, note.split()) for place, (_, fill, note) in first.items()
        }
    else:
        assert sorted(anchors(again)) == sorted(anchors(once))


def test_annotations_of_others_stay_in_a_pdf(tmp_path: Path) -> None:
    once, _ = annotate(sample("pdf-ruled"), tmp_path, ".pdf", select="SUM001,VAL003")
    document = pdfium.FPDF_LoadMemDocument64(once, len(once), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    for kind, author in ((pdfium.FPDF_ANNOT_HIGHLIGHT, "李四"), (pdfium.FPDF_ANNOT_TEXT, "gilint-fan")):
        annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
        written = (ctypes.c_ushort * (len(author) + 1))(*map(ord, author), 0)
        pdfium.FPDFAnnot_SetStringValue(annotation, b"T", written)
        pdfium.FPDFPage_CloseAnnot(annotation)
    pdfium.FPDF_ClosePage(page)
    from gilint.readers.pdf.opening import saved as saved_pdf

    other = saved_pdf(document, 1)
    assert other is not None
    copy, result = annotate(other, tmp_path, ".pdf", select="SUM001,VAL003,DOC018")
    authors = sorted(author for _, _, author, _ in comments_of(copy))
    assert [finding.arguments["count"] for finding in result.findings if finding.code == "DOC018"] == [2]
    assert authors == sorted(["李四", "gilint-fan", *["gilint"] * (len(comments_of(once)) + 1)])


def answered_pdf() -> bytes:
    """A page with a highlight of gilint's, the window that a program has made for it, an answer to it, and an answer to somebody else's note."""
    own, other = (f"<feff{name.encode('utf-16-be').hex()}>" for name in ("gilint", "李四"))
    annots = [
        f"<</Type/Annot/Subtype/Highlight/Rect[10 10 90 30]/QuadPoints[10 30 90 30 10 10 90 10]/T {own}/Contents(old)/Popup 6 0 R>>",
        "<</Type/Annot/Subtype/Popup/Rect[100 10 190 90]/Parent 5 0 R>>",
        f"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/T {other}/Contents(seen)/IRT 5 0 R/RT/R>>",
        f"<</Type/Annot/Subtype/Text/Rect[40 40 60 60]/T {other}/Contents(mine)>>",
        f"<</Type/Annot/Subtype/Text/Rect[40 40 60 60]/T {other}/Contents(again)/IRT 8 0 R/RT/R>>",
        "<</Type/Annot/Subtype/Popup/Rect[100 10 190 90]/Parent 8 0 R>>",
    ]
    references = " ".join(f"{number} 0 R" for number in range(5, 5 + len(annots)))
    stream = b"BT /F1 12 Tf 20 100 Td (Annual report of the office for the year) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Annots[{references}]"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        *(annot.encode() for annot in annots),
    ]
    written = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return written + b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        len(written),
    )


def answers(data: bytes) -> list[tuple[str, str]]:
    """What each annotation of a PDF says, and what that says which it answers."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    found = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        each = pdfium.FPDFPage_GetAnnot(page, index)
        answered = pdfium.FPDFAnnot_GetLinkedAnnot(each, b"IRT") or pdfium.FPDFAnnot_GetLinkedAnnot(each, b"Parent")
        found.append((value(each, b"Contents"), value(answered, b"Contents") if answered else ""))
    return found


def test_an_answer_to_gilint_stands_alone_when_what_it_answers_goes() -> None:
    original = answered_pdf()
    assert answers(original) == [("old", ""), ("", "old"), ("seen", "old"), ("mine", ""), ("again", "mine"), ("", "mine")]
    copy = annotated(original, [Remark(1, Severity.ERROR, "头", ("正文",), "同", ())], "zh")
    assert copy.startswith(original)
    assert answers(copy) == [("seen", ""), ("mine", ""), ("again", "mine"), ("", "mine"), ("头\n正文", "")]
