"""DOCX: everything that Word prints is read, in order, and nothing else."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from word_files import STRICT, archive, members, p, relations, run, tbl, tc, tr, word_file

from gilint import NoticeKind, Place
from gilint.document import Document, Grid, Paragraph
from gilint.readers import read_document
from gilint.readers.docx.positions import docx_positions

DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2" w:author="a">{run("新")}</w:ins>'
VANISH = "<w:vanish/>"


def read(body: str, **parts: str) -> Document:
    return read_document(word_file(body, **parts))


def shown(document: Document) -> list[Any]:
    """Paragraphs as texts, grids as lists of rows of texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows] for block in document.blocks
    ]


def noticed(document: Document) -> list[tuple[NoticeKind, dict[str, Any]]]:
    return [(notice.kind, dict(notice.data)) for notice in document.notices]


def box(content: str) -> str:
    """A text box as Word stores it: once for programs of today, once for older ones."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(content: str, gallery: str = "") -> str:
    kind = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("一、", "总体", "情况") + p() + p("正文"), ["一、总体情况", "正文"]),
        (p('<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t><w:br w:type="page"/></w:r>'), ["甲", "乙", "丙"]),
        (p('<w:r><w:t>政府<w:softHyphen/></w:t><w:softHyphen/><w:t>信息</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>'), ["政府信息-1"]),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r>'), ["✓☑是"]),
        (p('<w:r><w:sym w:font="Nobody" w:char="F0FC"/><w:sym w:font="宋体" w:char="2460"/><w:sym w:char="zz"/></w:r>'), ["□①"]),
        (p("<m:oMath><m:r><m:t>62%</m:t></m:r></m:oMath>", "左右"), ["62%左右"]),
        (p('<w:hyperlink r:id="x">' + run("县政府网站") + "</w:hyperlink>", "<w:smartTag>" + run("2022年") + "</w:smartTag>"), ["县政府网站2022年"]),
        (p(field("DATE", "2023年1月")), ["2023年1月"]),
        (p("第", '<w:fldSimple w:instr="PAGE">' + run("3") + "</w:fldSimple>", "页"), ["第3页"]),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("MERGEFIELD a", "不印") + '<w:r><w:instrText>= 1</w:instrText></w:r>'
           '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("印") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), ["印"]),
        (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="无"/><w:listEntry w:val="有"/>'
           "</w:ddList></w:ffData></w:fldChar></w:r>"), ["有"]),
        (p("<w:r><w:ruby><w:rt>" + run("zhèng") + "</w:rt><w:rubyBase>" + run("政") + "</w:rubyBase></w:ruby></w:r>"), ["政"]),
        (sdt(p("甲") + sdt(p("乙"))) + p(sdt(run("丙")), "丁"), ["甲", "乙", "丙丁"]),
        (sdt(p("目录") + p("一、总体情况", "<w:r><w:tab/></w:r>", "1"), "Table of Contents") + p("一、总体情况"), ["一、总体情况"]),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3"</w:instrText></w:r>'
           '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "总体情况", "<w:r><w:tab/></w:r>", "1") + p("主动公开", "<w:r><w:tab/></w:r>", "2")
         + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("总体情况"), ["总体情况"]),
        (p("正文", box(p("框中一") + p("框中二"))) + p("之后"), ["正文", "框中一", "框中二", "之后"]),
        (p(box(tbl(tr("甲", "乙"), tr("1", "2")))) + p("之后"), [[["甲", "乙"], ["1", "2"]], "之后"]),
        (p("<w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>", properties='<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>')
         + p("<w:r><w:t>乙</w:t><w:tab/><w:t>3</w:t><w:tab/><w:t>4</w:t></w:r>"), [[["甲", "1", "2"], ["乙", "3", "4"]]]),
        ('<w:customXml>' + p("甲") + "</w:customXml>", ["甲"]),
    ],
)  # fmt: skip
def test_paragraphs(body: str, expected: list[Any]) -> None:
    document = read(body)
    assert shown(document) == expected
    assert document.notices == ()


def grid(*rows: str) -> Grid:
    (block,) = read(tbl(*rows)).blocks
    assert isinstance(block, Grid)
    return block


def laid(block: Grid) -> list[list[tuple[str, int, int, int, int]]]:
    return [[tuple(cell[:5]) for cell in row] for row in block.rows]


RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_both_ways() -> None:
    block = grid(
        tr(tc("项目", RESTART + '<w:gridSpan w:val="2"/>'), tc("数量", '<w:gridSpan w:val="2"/>')),
        tr(tc("看不见", GOES_ON + '<w:gridSpan w:val="2"/>'), "甲", "乙"),
        tr("规章", "", "1", "2"),
    )
    assert laid(block) == [
        [("项目", 0, 0, 2, 2), ("数量", 0, 2, 1, 2)],
        [("甲", 1, 2, 1, 1), ("乙", 1, 3, 1, 1)],
        [("规章", 2, 0, 1, 1), ("", 2, 1, 1, 1), ("1", 2, 2, 1, 1), ("2", 2, 3, 1, 1)],
    ]
    assert [cell.place for cell in block.rows[1]] == [Place(table=1, row=2, cell=2), Place(table=1, row=2, cell=3)]


def test_rows_that_leave_columns_out() -> None:
    block = grid(tr("甲", "乙", "丙"), tr("1", properties='<w:gridBefore w:val="2"/>'), tr("2", "3", properties='<w:gridAfter w:val="1"/>'))
    assert laid(block)[1:] == [[("1", 1, 2, 1, 1)], [("2", 2, 0, 1, 1), ("3", 2, 1, 1, 1)]]


def test_two_merged_columns_side_by_side_end_apart() -> None:
    block = grid(
        tr(tc("甲", RESTART), tc("乙", RESTART)),
        tr(tc("", GOES_ON), tc("", GOES_ON)),
        tr(tc("", GOES_ON), "丙"),
        tr(tc("", GOES_ON), tc("", GOES_ON)),
    )
    assert laid(block) == [[("甲", 0, 0, 4, 1), ("乙", 0, 1, 2, 1)], [], [("丙", 2, 1, 1, 1)], [("", 3, 1, 1, 1)]]


def test_old_horizontal_merges() -> None:
    block = grid(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "乙"), tr("1", "2", "3"))
    assert laid(block)[0] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]


def test_cells_and_rows_in_content_controls() -> None:
    assert shown(read(tbl(tr("甲", sdt(tc("乙"))), sdt(tr("1", "2"))))) == [[["甲", "乙"], ["1", "2"]]]


def test_lines_of_a_cell() -> None:
    assert shown(read(tbl(tr(tc(p("行政", "许可") + p() + p("<w:r><w:t>处理</w:t><w:br/><w:t>决定  数量</w:t></w:r>")), "1"))))[0] == [
        ["行政许可\n处理\n决定 数量", "1"]
    ]


def test_a_text_box_in_a_cell_is_read_once() -> None:
    assert shown(read(tbl(tr(tc(p("甲", box(p("框")))), "1"))))[0] == [["甲\n框", "1"]]


def test_a_table_that_arranges_the_page_does_not_hide_the_real_one() -> None:
    inner = tbl(tr("甲", "乙"), tr("1", "2"))
    document = read(tbl(tr(tc(p("左栏")), tc(p("标题") + inner + p("之后")))))
    assert shown(document) == ["左栏", "标题", [["甲", "乙"], ["1", "2"]], "之后"]
    assert document.blocks[2].place == Place(table=2)


def test_a_box_around_the_real_table_twice() -> None:
    inner = tbl(tr("甲", "乙"), tr("1", "2"))
    assert shown(read(tbl(tr(tc(tbl(tr(tc(inner + p())))))))) == [[["甲", "乙"], ["1", "2"]]]


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    rows = [tr(str(number), "0", "0") for number in range(4)]
    assert shown(read(tbl(*rows, tr(tc(tbl(tr("其中", "1")) + p()), "0", "0"))))[0][4] == ["其中\n1", "0", "0"]


def test_raised_digits_in_a_cell_are_a_footnote() -> None:
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    assert shown(read(tbl(tr(tc(p("5", raised)), tc(p(raised))))))[0] == [["5¹", "1"]]


def test_tracked_changes_are_read_as_if_accepted() -> None:
    gone = tr("删", "删", properties='<w:del w:id="5" w:author="a"/>')
    document = read(
        p("甲", DELETED, INSERTED)
        + p('<w:moveFrom w:id="3">' + run("移走") + "</w:moveFrom>", "乙")
        + p('<w:moveTo w:id="4">' + run("移来") + "</w:moveTo>")
        + tbl(
            tr("1", "2"),
            gone,
            tr("3", tc("4", '<w:cellIns w:id="6"/>'), tc("5", '<w:cellDel w:id="7"/>')),
            tr("6", "7", properties='<w:ins w:id="8"/>'),
        )
    )
    assert shown(document) == ["甲新", "乙", "移来", [["1", "2"], ["3", "4"], ["6", "7"]]]
    assert noticed(document) == [(NoticeKind.TRACKED_CHANGES, {"count": 7})]


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    joined = "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"
    document = read(p("一、总体", properties=joined) + p("情", properties=joined) + p("况"))
    assert shown(document) == ["一、总体情况"]
    assert noticed(document) == [(NoticeKind.TRACKED_CHANGES, {"count": 2})]


def test_an_earlier_format_is_not_the_format() -> None:
    change = f'<w:rPrChange w:id="1"><w:rPr>{VANISH}</w:rPr></w:rPrChange>'
    document = read(
        p(run("甲", change), properties='<w:pPrChange w:id="2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>')
    )
    assert (shown(document), document.notices) == (["甲"], ())


def test_hidden_text_is_not_read_but_told() -> None:
    hidden_row = tr("藏", "3", properties="<w:hidden/>")
    document = read(
        p("甲", run("（待", VANISH), run("核实）", VANISH), "乙", run("丙", '<w:vanish w:val="0"/>'))
        + p("丁", properties=f"<w:rPr>{VANISH}</w:rPr>")
        + p(run("", VANISH))
        + tbl(tr("1", "2"), hidden_row, tr("3", "4"))
    )
    assert shown(document) == ["甲乙丙", "丁", [["1", "2"], ["3", "4"]]]
    assert noticed(document) == [(NoticeKind.HIDDEN_TEXT, {"count": 2, "sample": "（待核实）"})]


def test_styles_hide_too() -> None:
    styles = (
        f'<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr>{VANISH}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="h"/></w:style>'
    )
    document = read(p("甲", run("藏", '<w:rStyle w:val="h"/>')) + p("全藏", run("见", '<w:vanish w:val="0"/>'), style="b"), styles=styles)
    assert shown(document) == ["甲", "见"]
    assert noticed(document) == [(NoticeKind.HIDDEN_TEXT, {"count": 2, "sample": "全藏"})]


def test_comments_are_told() -> None:
    comment = '<w:comment w:id="{}" w:author="a">' + p("请核实") + "</w:comment>"
    document = read(p("甲"), comments=comment.format(1) + comment.format(2))
    assert (shown(document), noticed(document)) == (["甲"], [(NoticeKind.COMMENTS, {"count": 2})])


def test_notes_come_last() -> None:
    separator = '<w:footnote w:type="separator" w:id="-1">' + p("---") + "</w:footnote>"
    document = read(
        p("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>') + p("乙"),
        footnotes=separator + '<w:footnote w:id="1">' + p("脚注", DELETED) + "</w:footnote>",
        endnotes='<w:endnote w:id="1">' + p("尾注") + "</w:endnote>",
    )
    assert shown(document) == ["甲", "乙", "脚注", "尾注"]
    assert [block.place for block in document.blocks] == [Place(paragraph=number) for number in (1, 2, 3, 4)]
    assert noticed(document) == [(NoticeKind.TRACKED_CHANGES, {"count": 1})]


def test_titles_in_headers_and_properties() -> None:
    body = p("正文")
    document = read_document(
        word_file(body, title="白石县教育局2022年政府信息公开工作年度报告", header=p("内部  资料"), header2=p("内部 资料"))
    )
    assert (document.title, shown(document)) == ("白石县教育局2022年政府信息公开工作年度报告 | 内部 资料", ["正文"])


def test_headings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="x"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    )
    document = read(
        p("一级", style="1") + p("沿用", style="x") + p("二级", properties='<w:outlineLvl w:val="1"/>') + p("正文")
        + p("不是", style="1", properties='<w:outlineLvl w:val="9"/>') + p("目录行", style="T"), styles=styles,
    )  # fmt: skip
    assert [(block.text, block.heading) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("一级", 1), ("沿用", 1), ("二级", 2), ("正文", 0), ("不是", 0),
    ]  # fmt: skip


def test_pictures_and_where_they_stand() -> None:
    picture = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="y"/></v:shape></w:pict></w:r>'
    document = read(p(picture) + p("甲") + p(picture) + p("乙", old) + tbl(tr("1", tc(p(picture)))))
    assert (document.pictures, document.pictures_at) == (4, (0, 1, 2, 2))


def test_strict_files_and_files_with_macros() -> None:
    parts = members(p("甲", run("藏", VANISH)) + tbl(tr("1", tc("2", '<w:gridSpan w:val="2"/>')), tr("3", "4", "5")))
    for name in ("word/document.xml", "_rels/.rels"):
        for common, strict in STRICT.items():
            parts[name] = str(parts[name]).replace(common, strict)
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0macro"
    document = read_document(archive(parts))
    assert shown(document) == ["甲", [["1", "2"], ["3", "4", "5"]]]


def test_documents_drawn_in() -> None:
    """As editors for the web write DOCX: the whole report as a page in a web archive within."""
    page = "<html><body><p>二</p><table><tr><td>甲</td><td>1</td></tr></table><p>三</p></body></html>"
    mail = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"
    parts = members(tbl(tr("0", "0")) + p("一") + '<w:altChunk r:id="rId1"/><w:altChunk r:id="rId2"/><w:altChunk r:id="no"/>' + p("末"))
    parts["word/_rels/document.xml.rels"] = relations({"a.mht": "aFChunk", "b.docx": "aFChunk"})
    parts["word/a.mht"] = mail
    parts["word/b.docx"] = word_file(p("四", DELETED))
    document = read_document(archive(parts))
    assert shown(document) == [[["0", "0"]], "一", "二", [["甲", "1"]], "三", "四", "末"]
    assert [block.place.paragraph or block.place.table for block in document.blocks] == [1, 1, 2, 2, 3, 4, 5]
    assert noticed(document) == [(NoticeKind.TRACKED_CHANGES, {"count": 1})]


def test_positions_lead_back_to_the_file() -> None:
    body = (
        p() + p("甲", box(p("框"))) + tbl(tr(tc(tbl(tr("1", "2"), tr("3", tc(p("4") + p("5")))))))
        + p('<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>')
    )  # fmt: skip
    data = word_file(body)
    paragraphs = list(docx.Document(io.BytesIO(data)).element.iter(qn("w:p")))

    def text(place: Place) -> list[str]:
        return ["".join(node.text for node in paragraphs[spot.index].iter(qn("w:t"))) for spot in positions[place]]

    positions = docx_positions(data)
    assert {place: text(place) for place in positions} == {
        Place(paragraph=1): ["甲框框"],
        Place(paragraph=2): ["框"],
        Place(table=2, row=1, cell=1): ["1"],
        Place(table=2, row=1, cell=2): ["2"],
        Place(table=2, row=2, cell=1): ["3"],
        Place(table=2, row=2, cell=2): ["4", "5"],
        Place(paragraph=3): ["一二"],
    }
    assert [cell.place for block in read(body).blocks if isinstance(block, Grid) for row in block.rows for cell in row] == [
        place for place in positions if place.table
    ]
