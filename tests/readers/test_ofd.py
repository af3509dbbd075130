"""OFD: the same report as in a PDF, the ways in which text and lines can be written, and files that are damaged or made to harm."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from random import Random

import pytest
from ofd_files import HEAD, NAMES, line, of_pdf, ofd, page, table, text

import gilint
from gilint.annotation import NoCopyError
from gilint.document import Document, Grid, Paragraph
from gilint.forms import builtin_forms
from gilint.notice import NoticeKind
from gilint.readers.ofd import package
from gilint.readers.signatures import format_by_signature
from gilint.testing import LAYOUTS, sample_draft, write_bytes

FORMS = {form.edition: form for form in builtin_forms()}
PRINTED = {("applications", "granted", "total"): "98765", ("applications", "granted", "research"): ""}
ROWS = [["项目", "件数"], ["新收", "12"], ["结转", ""]]


def read(data: bytes) -> Document:
    return gilint.read(data).document


def shown(document: Document) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows] for block in document.blocks
    ]


def noticed(document: Document) -> list[tuple[NoticeKind, object]]:
    return [(notice.kind, notice.data.get("limit") or notice.data.get("count") or notice.data.get("pages")) for notice in document.notices]


@pytest.mark.parametrize("edition", sorted(FORMS))
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name.startswith("pdf")])
def test_a_report_is_read_as_from_the_pdf_of_the_same_pages(layout: str, edition: str) -> None:
    pdf = write_bytes(sample_draft(FORMS[edition], printed=PRINTED), layout)
    before, after = gilint.lint(pdf), gilint.lint(of_pdf(pdf))
    assert after.report.document.format == "ofd"
    assert [cell[:6] for cell in after.report.cells] == [cell[:6] for cell in before.report.cells]
    if "plain" not in layout:  # which heading belongs to a table without lines hangs by how wide letters are, which an OFD does not say
        assert shown(after.report.document) == shown(before.report.document)
    assert [(each.code, each.cells) for each in after.findings] == [(each.code, each.cells) for each in before.findings] != []


def test_tables_and_text_with_their_places() -> None:
    document = read(ofd(page(text("一、总体情况", 25, 30), table(ROWS, 25, 40), text("以上为全部内容。", 25, 90))))
    assert shown(document) == ["一、总体情况", ROWS, "以上为全部内容。"]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    place = grid.rows[1][1].place
    assert (place.page, place.table, place.row, place.cell) == (1, 1, 2, 2)
    assert place.box is not None
    # Of the cell: 55 to 85 mm from the left, 48 to 56 mm from above, on paper of 297 mm.
    assert [round(side * 25.4 / 72) for side in place.box] == [55, 297 - 56, 85, 297 - 48]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (text("全年收到12件", 20, 30), "全年收到12件"),
        (text("全年收到12件", 20, 30, steps=[4, 4, 4, 4, 2, 2]), "全年收到12件"),
        (text("全年收到12件", 20, 30, code=' DeltaX="g 4 4.0 2 2"'), "全年收到12件"),
        # The last step goes on to count.
        (text("全年收到", 20, 30, code=' DeltaX="4"'), "全年收到"),
        (text("全年收到", 20, 30, code=' DeltaX="g 99999999999 4"'), "全年收到"),
        (text("全年收到", 20, 30, code=' DeltaX="g"'), "全年收到"),
        (text("收到AB甲乙", 20, 30, steps=[4, 4, 2, 40, 4]), "收到AB    甲乙"),
        (text("占比6%，WPS文件", 20, 30, steps=[4, 4, 2, 3.4, 4, 3.7, 2.3, 2.2, 4]), "占比6%，WPS文件"),
        (text("收&lt;到", 20, 30), "收&lt;到"),
        (text("\n收到\n", 20, 30), "收到"),
        (text("甲\u3000乙\u00a0丙", 20, 30, steps=[4, 4, 4, 4]), "甲 乙 丙"),
        (text("\uf0d8 一是", 20, 30), "• 一是"),
        (text("⽂件", 20, 30), "文件"),
        # As converters from PDF write it: in points, scaled.
        ('<ofd:TextObject Boundary="20 30 9 9" Size="12" CTM="0.3528 0 0 0.3528 0 0"><ofd:TextCode X="0" Y="12" DeltaX="12 12">收到十</ofd:TextCode></ofd:TextObject>', "收到十"),
        # Two pieces of one object.
        ('<ofd:TextObject Boundary="20 30 9 9" Size="4"><ofd:TextCode X="0" Y="4">收</ofd:TextCode><ofd:TextCode X="4" Y="4">到</ofd:TextCode></ofd:TextObject>', "收到"),
        # What is not shown, and what an object is drawn with.
        (text("有", 20, 30) + text("无", 20, 50, more=' Visible="false"'), "有"),
        (text("有", 20, 30).replace("<ofd:FillColor", f"<ofd:Clips><ofd:Clip>{text('无', 40, 40)}</ofd:Clip></ofd:Clips><ofd:FillColor"), "有"),
        (text("有", 20, 30).replace('Value="0 0 0"/>', f'><ofd:Pattern><ofd:CellContent>{text("无", 40, 40)}</ofd:CellContent></ofd:Pattern></ofd:FillColor>'), "有"),
        # Numbers that are none: nothing is left out for them.
        (text("收到", 20, 30).replace('Size="4.0"', 'Size="big"'), "收到"),
        (text("收到", 20, 30).replace('Size="4.0"', 'Size="nan"'), "收到"),
        (text("收到", 20, 30).replace('X="0"', 'X="1e300"'), "收到"),
        ('<ofd:TextObject Size="-4" CTM="1 2" Boundary="a b c d" HScale="0"><ofd:TextCode>收到</ofd:TextCode></ofd:TextObject>', "收到"),
    ],
)  # fmt: skip
def test_text_is_written_in_many_ways(written: str, expected: str) -> None:
    assert shown(read(ofd(page(written)))) == [expected]


def test_text_drawn_downwards_is_read_upright() -> None:
    rows = [["类别", "数"], ["上年结转", "3"]]
    cells = "".join(
        line(*each) for each in ((20, 20, 60, 20), (20, 30, 60, 30), (20, 60, 60, 60), (20, 20, 20, 60), (30, 20, 30, 60), (60, 20, 60, 60))
    )
    upright = '<ofd:TextObject Boundary="23 34 4 24" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="0 0 0" DeltaY="5 5 5">上年结转</ofd:TextCode></ofd:TextObject>'
    head = text("类别", 21, 26) + text("数", 40, 26) + text("3", 40, 45) + text("下文是页面上的其他文字，横着写。", 20, 80)
    assert shown(read(ofd(page(cells, upright, head))))[0] == rows
    turned = '<ofd:TextObject Boundary="23 34 4 24" Size="4" CTM="0 1 -1 0 0 0"><ofd:TextCode X="0" Y="0" DeltaX="5 5 5">上年结转</ofd:TextCode></ofd:TextObject>'
    assert shown(read(ofd(page(cells, turned, head))))[0] == rows
    letters = '<ofd:TextObject Boundary="23 34 4 24" Size="4" CharDirection="90"><ofd:TextCode X="0" Y="0" DeltaX="0 0 0" DeltaY="5 5 5">上年结转</ofd:TextCode></ofd:TextObject>'
    assert shown(read(ofd(page(cells, letters, head))))[0] == rows


def test_a_page_that_is_turned_is_read_upright() -> None:
    around = '<ofd:TextObject Boundary="150 20 4 99" Size="4" CTM="0 1 -1 0 0 0"><ofd:TextCode X="0" Y="0" DeltaX="4 4 4 4 4 4 4">横着放的页面文字</ofd:TextCode></ofd:TextObject>'
    assert shown(read(ofd(page(around)))) == ["横着放的页面文字"]


@pytest.mark.parametrize(
    "frame",
    [
        # A rectangle that is stroked, thin areas, a frame with a hole, without spaces between letters and numbers.
        '<ofd:PathObject Boundary="20 20 60 20"><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>',
        "".join(
            f'<ofd:PathObject Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true"><ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>'
            for x, y, w, h in ((20, 20, 60, 0.3), (20, 40, 60, 0.3), (20, 20, 0.3, 20), (80, 20, 0.3, 20))
        ),
        '<ofd:PathObject Boundary="0 0 210 297" Stroke="false" Fill="true"><ofd:AbbreviatedData>'
        "M 20 20 L 80 20 L 80 40 L 20 40 C M 20.5 20.5 L 79.5 20.5 L 79.5 39.5 L 20.5 39.5 C</ofd:AbbreviatedData></ofd:PathObject>",
        '<ofd:PathObject Boundary="20 20 60 20"><ofd:AbbreviatedData>M0 0L60 0L60 20L0 20C</ofd:AbbreviatedData></ofd:PathObject>',
        "".join(f'<ofd:ImageObject Boundary="{each}" ResourceID="3"/>' for each in ("20 20 60 0.2", "20 40 60 0.2", "20 20 0.2 20", "80 20 0.2 20")),
    ],
)  # fmt: skip
def test_lines_are_drawn_in_many_ways(frame: str) -> None:
    inner = line(20, 30, 80, 30) + line(50, 20, 50, 40)
    words = text("甲", 25, 26) + text("1", 60, 26) + text("乙", 25, 36) + text("2", 60, 36)
    assert shown(read(ofd(page(frame, inner, words)))) == [[["甲", "1"], ["乙", "2"]]]


def test_curves_and_letters_that_mean_nothing_do_no_harm() -> None:
    path = "S 0 0 Q 1 1 2 2 B 1 1 2 2 3 3 A 1 1 0 0 1 9 9 X 1 L 1 C C 7 M 1 2 3 L 5 5"
    assert shown(
        read(
            ofd(
                page(
                    f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>',
                    text("文", 20, 30),
                )
            )
        )
    ) == ["文"]


def test_what_several_pages_share_is_drawn_on_each() -> None:
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    members = {"Doc_0/Tpls/Tpl_0/Content.xml": page(table([["甲", "乙"], ["丙", "丁"]], 20, 100))}
    use = '<ofd:Template TemplateID="7" ZOrder="Background"/><ofd:Template TemplateID="7"/><ofd:Template TemplateID="none"/>'
    document = read(ofd(page(text("第一部分", 20, 30), template=use), page(text("第二部分", 20, 30)), common=common, members=members))
    assert shown(document) == ["第一部分", [["甲", "乙"], ["丙", "丁"]], "第二部分"]


def test_several_documents_in_one_file_are_read_one_after_the_other() -> None:
    second = members_of(ofd(page(text("第二份文件的文字", 20, 30))))
    roots = "".join(
        f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>" for root in ("Doc_0/Document.xml", "/Doc_1/Document.xml")
    )
    members = {name.replace("Doc_0", "Doc_1"): content for name, content in second.items() if name.startswith("Doc_0")}
    document = read(ofd(page(text("一、总体情况", 20, 30)), members={**members, "OFD.xml": f"{HEAD}<ofd:OFD {NAMES}>{roots}</ofd:OFD>"}))
    assert shown(document) == ["一、总体情况", "第二份文件的文字"]


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shared(*units: str) -> dict[str, str]:
    listed = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}" Width="99" Height="99"><ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit>'
        for number, unit in enumerate(units, start=20)
    )
    return {"Doc_0/Res.xml": f"{HEAD}<ofd:Res {NAMES}><ofd:CompositeGraphicUnits>{listed}</ofd:CompositeGraphicUnits></ofd:Res>"}


COMMON = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"


def test_drawings_within_drawings_lie_where_they_are_put() -> None:
    inner = text("内里", 0, 8)
    outer = '<ofd:CompositeObject Boundary="20 40 50 50" CTM="0.5 0 0 0.5 0 0" ResourceID="20"/>' + text("外", 20, 30)
    put = '<ofd:CompositeObject Boundary="10 10 90 90" ResourceID="21"/>'
    document = read(ofd(page(put, text("上", 30, 20)), common=COMMON, members=shared(inner, outer)))
    assert shown(document) == ["上", "外", "内里"]
    boxes = [block.place.box for block in document.blocks if isinstance(block, Paragraph)]
    assert boxes[-1] is not None
    assert [round(side * 25.4 / 72) for side in boxes[-1]] == [30, 297 - 54, 34, 297 - 52]


def test_drawings_that_hold_themselves_come_to_an_end() -> None:
    loop = '<ofd:CompositeObject Boundary="1 1 9 9" ResourceID="20"/>' * 9
    start = time.process_time()
    document = read(ofd(page(text("文" * 40, 20, 30), loop), common=COMMON, members=shared(loop)))
    assert time.process_time() - start < 10
    assert shown(document) == ["文" * 40]
    assert (NoticeKind.LIMIT, "MAX_OBJECTS") in noticed(document)


def test_comments_are_counted_and_seals_are_none() -> None:
    listed = (
        f'{HEAD}<ofd:Annotations {NAMES}><ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    kinds = ("Highlight", "Path", "Stamp", "Watermark", "Link")
    annots = "".join(f'<ofd:Annot ID="{number}" Type="{kind}"><ofd:Appearance/></ofd:Annot>' for number, kind in enumerate(kinds))
    members = {
        "Doc_0/Document.xml": f"{HEAD}<ofd:Document {NAMES}><ofd:CommonData/><ofd:Pages><ofd:Page ID='1' BaseLoc='/Doc_0/Pages/Page_0/content.XML'/></ofd:Pages>"
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>",
        "Doc_0/Annots/Annotations.xml": listed,
        "Doc_0/Annots/Page_0/Annotation.xml": f"{HEAD}<ofd:PageAnnot {NAMES}>{annots}</ofd:PageAnnot>",
    }
    document = read(ofd(page(text("文", 20, 30)), members=members))
    assert (shown(document), noticed(document)) == (["文"], [(NoticeKind.COMMENTS, 2)])
    damaged = read(ofd(page(text("文", 20, 30)), members={**members, "Doc_0/Annots/Annotations.xml": "<"}))
    assert (shown(damaged), noticed(damaged)) == (["文"], [])


def test_pictures_of_pages_are_a_scan_and_unknown_characters_are_counted() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'
    document = read(ofd(page(picture), page(picture)))
    assert (document.format, noticed(document), document.pictures) == ("ofd", [(NoticeKind.SCANNED, 2)], 2)
    assert [finding.code for finding in gilint.lint(ofd(page(picture), page(picture))).findings] == ["DOC024"]
    unknown = read(ofd(page(text("收\ue123\ue124到", 20, 30))))
    assert (shown(unknown), noticed(unknown)) == (["收\ufffd\ufffd到"], [(NoticeKind.UNKNOWN_GLYPHS, 2)])


def without(member: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ofd(page(text("文", 20, 30))))) as source, zipfile.ZipFile(stream, "w") as copy:
        for name in source.namelist():
            if name != member:
                copy.writestr(name, source.read(name))
    return stream.getvalue()


DTD = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "no-page": (without("Doc_0/Pages/Page_0/Content.xml"), "DOC002"),
    "no-document": (without("Doc_0/Document.xml"), "DOC002"),
    "no-pages": (ofd(), "DOC002"),
    "no-xml": (ofd("<ofd:Page"), "DOC002"),
    "entities": (ofd(HEAD + DTD + "<Page>&b;</Page>"), "DOC002"),
    "deep": (ofd("<a>" * 200_000), "DOC002"),
    "encrypted": (ofd(page(), members={"Encryptions.xml": "<a/>"}), "DOC021"),
    "outside": (ofd(page(), members={"../a.xml": "<a/>"}), "DOC020"),
    "bomb": (ofd(page(text("文", 1, 9)) + " " * 30_000_000), "DOC020"),
    "empty": (ofd(page()), "DOC"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_a_finding(name: str) -> None:
    data, code = BAD[name]
    (first, *_) = gilint.lint(data).findings
    assert first.code.startswith(code)


def test_bounds_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(text(words, 20, 30)) for words in ("总体情况", "主动公开", "存在问题")]
    monkeypatch.setattr(package, "MAX_CONTENT", 1200)
    document = read(ofd(*pages))
    assert (shown(document), noticed(document)) == (["总体情况"], [(NoticeKind.LIMIT, "MAX_CONTENT")])
    monkeypatch.undo()
    many = read(ofd(*[page(text("文", 20, 30))] * 201))
    assert (NoticeKind.LIMIT, "MAX_PAGES") in noticed(many)


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (page(line(1, 1, 9, 1) * 60_000), "MAX_PATHS"),
        (page(text("文" * 500_000, 1, 9)), "MAX_CHARACTERS"),
        (page('<ofd:TextObject Boundary="0 0 1 1" Size="1"/>' * 210_000), "MAX_OBJECTS"),
    ],
)
def test_much_of_everything_takes_bounded_time(content: str, limit: str) -> None:
    noise = Random(7).randbytes(200_000)  # so that it is no bomb
    start = time.process_time()
    document = read(ofd(content, members={"noise": noise}))
    assert time.process_time() - start < 30
    assert (NoticeKind.LIMIT, limit) in noticed(document)


def test_there_is_no_annotated_copy_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoCopyError, match="DOCX") as refused:
        gilint.annotate(of_pdf(write_bytes(sample_draft(FORMS["2021"]), "pdf-ruled")), tmp_path / "copy.ofd")
    assert refused.value.read


def test_the_format_is_known_by_the_names_of_the_parts() -> None:
    # Three letters may stand anywhere in what is packed: in a large picture they do.
    for names, kind in ((("OFD.xml",), "OFD"), (("mimetype", "content.xml"), "ODT"), (("a.txt",), "ZIP")):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in names:
                archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
            archive.writestr("picture.png", b"..xl/....word/..ppt/..OFD.xml")
        assert format_by_signature(stream.getvalue()) == kind
