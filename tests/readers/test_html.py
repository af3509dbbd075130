"""HTML as Word and content management systems make it, and as attackers do."""

from __future__ import annotations

import time

import pytest

from gilint.document import Document, Grid, Paragraph
from gilint.notice import NoticeKind
from gilint.place import Place
from gilint.readers import html, html_tables, read_document


def shape(document: Document) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [tuple(cell.text for cell in row) for row in block.rows]
        for block in document.blocks
    ]


def read(body: str) -> Document:
    return read_document(f"<!DOCTYPE html><html><body>{body}</body></html>")


def grid(body: str) -> Grid:
    (block,) = read(body).blocks
    assert isinstance(block, Grid)
    return block


def spans(found: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for row in found.rows for cell in row]


def limits(document: Document) -> list[tuple[str, int]]:
    return [(notice.data["limit"], notice.data["value"]) for notice in document.notices if notice.kind is NoticeKind.LIMIT]


def test_paragraphs_headings_and_tables_come_in_reading_order() -> None:
    document = read(
        "<h1>某局<br>年度报告</h1><div>一、总体\n  情况<p>2022年，<b>我</b>局</p>后</div><table><tr><td>1<td>2</table><ul><li>无<li>。</ul>"
    )
    assert shape(document) == ["某局", "年度报告", "一、总体情况", "2022年，我局", "后", [("1", "2")], "无", "。"]
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [1, 1, 0, 0, 0, 0, 0]


def test_what_is_not_shown_is_left_out_and_counted() -> None:
    document = read(
        "<script>document.write('<p>x</p>')</script><style>p{}</style><noscript>x</noscript><template><p>x</p></template><!-- x -->"
        "<div style='display: none'>博彩</div><p hidden>x</p><p>看<span style='font-size:0;display:none'>不见</span>见</p><a href='/a'>链接</a>"
        "<svg><text>x</text></svg><iframe>x</iframe>"
    )
    assert shape(document) == ["看见", "链接"]
    assert (document.scripts, document.links, document.pictures) == (1, 1, 0)


def test_a_hidden_panel_with_a_table_is_read() -> None:
    assert shape(read("<div style='display:none'><table><tr><td>规章<td>1</table></div>")) == [[("规章", "1")]]


def test_hidden_cells_and_rows_are_no_cells() -> None:
    body = "<table><tr style='display:none'><td>x<td>y<tr><td>规章<td style='display:none'>9<td>1<script>x</script></table>"
    assert shape(read(body)) == [[("规章", "1")]]


def test_pictures_are_counted_without_the_furniture() -> None:
    body = "<img src=/images/logo.png><img src=a.png width=16><img src=table1.png><img src=t2.jpg width=600 height=400><img src='data:image/png;base64,logo'>"
    assert read(body).pictures == 3


def test_pictures_stand_in_or_after_a_paragraph() -> None:
    body = (
        "<img src=a.jpg><p>一<p><img src=b.jpg></p><div><p>二<img src=c.jpg></div><p><img src=d.jpg>三</p>"
        "<table><tr><td>规章<td><img src=e.jpg></table><img src=logo.png><p>四<p hidden>五<img src=f.jpg></p>"
    )
    assert read(body).pictures_at == (0, 1, 2, 3, 3)
    assert read("<p>一<p>二").pictures_at == ()


@pytest.mark.parametrize("frame", ["<iframe src='/pdfjs/viewer.html?file=1'>", "<embed src=/a.PDF>", "<object data=a.docx></object>"])
def test_a_file_in_a_frame_is_counted(frame: str) -> None:
    assert read(f"<p>a{frame}").framed == 1
    assert read("<iframe src=/share.html></iframe><embed src=a.swf><object></object>").framed == 0


def test_a_hidden_copy_is_left_out() -> None:
    rows = "".join(f"<tr><td>第{number}项<td>{number}" for number in range(60))
    article = f"<p>一、总体情况<table>{rows}</table>"
    once = shape(read(article))
    for hiding in ("style='display:none'", "hidden"):
        assert shape(read(f"<div {hiding}>{article}</div><div>{article}</div>")) == once
        assert shape(read(f"<div>{article}</div><div {hiding}><div {hiding}>{article}</div></div>")) == once
        assert shape(read(f"<div {hiding}>{article}</div><div {hiding}>{article}</div>")) == once
        other = article.replace("<td>59", "<td>58")
        assert shape(read(f"<div {hiding}>{other}</div><div>{article}</div>")) == [*shape(read(other)), *once]


def test_the_title_is_that_of_the_article() -> None:
    assert read_document("<title> 某局 </title><p>a").title == "某局"
    assert read_document("<title>网站</title><meta name=ArticleTitle content='某局年报'><p>a").title == "某局年报"
    assert read_document("<p>a").title == ""


def test_words_own_markup_adds_no_spaces() -> None:
    cell = "<p class=MsoNormal><span lang=EN-US><o:p></o:p></span><font face=宋体><span>本年</span><span>制发</span></font><b>件</b>数</p>"
    assert shape(read(f"<table><tr><td>\n {cell}\n<td><p><span>1</span><span>3</span></p></table>")) == [[("本年制发件数", "13")]]


@pytest.mark.parametrize(
    "cell",
    [
        "本年新<br>制作数量",
        "<p>本年新</p><p>制作数量</p>",
        "本年新<div>制作数量</div>",
        "<div>本年新</div>制作数量",
        "<ul><li>本年新<li>制作数量</ul>",
    ],
)
def test_lines_within_a_cell_stay_apart(cell: str) -> None:
    assert shape(read(f"<table><tr><td>{cell}<td>1</table>")) == [[("本年新\n制作数量", "1")]]


def test_two_numbers_in_one_cell_are_never_joined() -> None:
    assert shape(read("<table><tr><td><p>1</p>2<td>3<p>4</p><td>a</table>")) == [[("1\n2", "3\n4", "a")]]


def test_raised_footnotes_are_kept_apart_from_the_number() -> None:
    assert shape(read("<table><tr><td>5<sup>1</sup><td><sup>7</sup><td>3<sup><span>12</span></sup></table>")) == [[("5¹", "7", "3¹²")]]


def test_typed_values_are_read() -> None:
    assert shape(read("<table><tr><td>规章<td><input value=5><td><input type=hidden value=9>0</table>")) == [[("规章", "5", "0")]]


def test_spans_are_laid_over_the_grid() -> None:
    found = grid("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td rowspan=2>d<tr><td>e<td>f</table>")
    assert spans(found) == [
        ("a", 0, 0, 2, 1),
        ("b", 0, 1, 1, 2),
        ("c", 1, 1, 1, 1),
        ("d", 1, 2, 2, 1),
        ("e", 2, 0, 1, 1),
        ("f", 2, 1, 1, 1),
    ]


def test_spans_beyond_the_table_are_cut() -> None:
    found = grid("<table><tr><td rowspan=9>a<td colspan=7>b<tr><td>c<td>d</table>")
    assert spans(found) == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)]


def test_rowspan_zero_reaches_to_the_end_of_its_group() -> None:
    found = grid("<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e</tbody></table>")
    assert spans(found)[0] == ("a", 0, 0, 2, 1)
    assert [cell.column for cell in found.rows[2]] == [0, 1]


@pytest.mark.parametrize("written", ["1000000000", "９", "-1", "", "x", "9" * 5000, "2px", "1.5"])
def test_any_span_is_survived(written: str) -> None:
    document = read(f"<table><tr><td rowspan='{written}' colspan='{written}'>a<td>b<tr><td>c</table>")
    assert isinstance(document.blocks[0], Grid)
    assert limits(document)[:1] in ([], [("MAX_COLUMNS", 500)], [("MAX_SPAN", 1000)])


def test_a_huge_span_is_told() -> None:
    document = read("<table><tr><td rowspan=1000000000>a<td>b<tr><td>c</table>")
    assert limits(document) == [("MAX_SPAN", 1000)]
    assert shape(document) == [[("a", "b"), ("c",)]]


def test_groups_and_captions() -> None:
    found = grid("<table><caption>表 1</caption><tfoot><tr><td>脚<td>3</tfoot><thead><tr><th>头<th>1</thead><tr><td>身<td>2</table>")
    assert [[cell.text for cell in row] for row in found.rows] == [["头", "1"], ["身", "2"], ["脚", "3"]]
    assert found.caption == "表 1"
    assert found.aligned


def test_a_table_around_a_table_is_layout() -> None:
    body = "<table><tr><td><p>一、总体情况</p><table><tr><td>规章<td>1</table>后<td>栏目</table>"
    assert shape(read(body)) == ["一、总体情况", [("规章", "1")], "后", "栏目"]


def test_a_box_in_a_cell_is_its_text_and_a_box_around_everything_is_flow() -> None:
    assert shape(read("<table><tr><td>规章<td><table><tr><td>5</table></table>")) == [[("规章", "5")]]
    assert shape(read("<table><tr><td><p>一、总体情况</p><p>无</p></table>")) == ["一、总体情况", "无"]
    assert shape(read(f"<table><tr><td>左<td>{'长' * 1001}<p>末</p></table>")) == ["左", "长" * 1001, "末"]


def test_an_unterminated_table_is_read_and_told() -> None:
    document = read_document("<table><tr><td>规章<td>1<tr><td>规范性文件<td>2")
    assert shape(document) == [[("规章", "1"), ("规范性文件", "2")]]
    assert [(notice.kind, dict(notice.data)) for notice in document.notices] == [(NoticeKind.UNTERMINATED, {"element": "table"})]
    assert read("<TABLE><tr><td>1<td>2</TABLE><!-- <table> --><script>'<table>'</script>").notices == ()


def test_cells_without_a_table_are_still_cells() -> None:
    assert shape(read_document("<tr><td>规章</td><td>0</td><td>0</td></tr>"))[0] == [("规章", "0", "0")]


def test_preformatted_text_is_read_by_lines() -> None:
    assert shape(read("<pre>规章 | 1 | 2\n规范性文件 | 3 | 4\n\n无</pre>")) == [[("规章", "1", "2"), ("规范性文件", "3", "4")], "无"]
    document = read("<pre>规章\n\n\n0</pre>")
    assert [(block.text, block.gap) for block in document.blocks if isinstance(block, Paragraph)] == [("规章", 0), ("0", 2)]


def test_markdown_with_html_tables_keeps_its_lines() -> None:
    assert shape(read_document("# 年报\n\n一、总体情况\n无\n<table><tr><td>规章</td><td>1</td></tr></table>\n三、收到\n"))[-4:] == [
        "一、总体情况",
        "无",
        [("规章", "1")],
        "三、收到",
    ]


def test_rows_of_text_in_paragraphs_are_rows() -> None:
    assert shape(read("<h2>二、公开</h2><p>规章 | 1 | 2</p><p>规范性文件 | 3 | 4</p>")) == [
        "二、公开",
        [("规章", "1", "2"), ("规范性文件", "3", "4")],
    ]


def test_places_are_completed_from_the_source_on_demand() -> None:
    source = (
        "<html><head><title>年报</title></head>\n<body><!-- <table><tr><td> --><script>'<table>'</script>\n<p>年报</p>\n"
        "<table>\n<tr><td>规章</td>\n  <td>1</td></tr></table><TABLE>\n<TR><TH>a<TD>b</TABLE><p>完&nbsp;</p>"
    )
    document = read_document(source)
    first, second = (block for block in document.blocks if isinstance(block, Grid))
    assert first.rows[0][1].place == Place(table=1, row=1, cell=2)
    assert document.locate(first.rows[0][1].place) == Place(line=6, column=3, table=1, row=1, cell=2)
    assert document.locate(first.place) == Place(line=4, column=1, table=1)
    assert document.locate(second.rows[0][1].place) == Place(line=7, column=10, table=2, row=1, cell=2)
    opening, closing = (block for block in document.blocks if isinstance(block, Paragraph))
    assert document.locate(opening.place) == Place(line=3, column=4, paragraph=1)
    assert document.locate(closing.place) == Place(line=7, column=26, paragraph=2)
    assert document.locate(Place(table=9, row=1, cell=1)) == Place(table=9, row=1, cell=1)
    assert document.locate(Place(line=1)) == Place(line=1)


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        ("<div>" * 100_000 + "x", "MAX_DEPTH"),
        ("<div>" * 100_000 + "x" + "</div>" * 100_000, "MAX_DEPTH"),
        ("<table><tr><td>" * 100_000, "MAX_DEPTH"),
        ("<span><div></span></div>" * 50_000, "MAX_DEPTH"),
        ("<table><tr>" + "<td>0</td>" * 600_000, "MAX_TAGS"),
        ("<table><tr>" + "<td>0</td>" * 1_000, "MAX_COLUMNS"),
        ("<table>" + "<tr><td>0<td>1" * 6_000, "MAX_ROWS"),
        ("<table><tr><td>0<td>1</table>" * 2_001, "MAX_TABLES"),
        ("<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">", "MAX_ATTRIBUTES"),
    ],
)
def test_hostile_markup_ends_soon_and_is_told(body: str, limit: str) -> None:
    started = time.process_time()
    document = read(body)
    assert limit in dict(limits(document))
    document.locate(Place(table=1, row=1, cell=1))
    assert time.process_time() - started < 20


def test_many_blocks_and_cells_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_BLOCKS", 3)
    document = read("<p>a</p>" * 9)
    assert (len(document.blocks), limits(document)) == (3, [("MAX_BLOCKS", 3)])
    monkeypatch.setattr(html_tables, "MAX_CELLS", 3)
    assert limits(read("<table><tr><td>1<td>2<tr><td>3<td>4<tr><td>5<td>6</table>")) == [("MAX_CELLS", 3)]


@pytest.mark.parametrize(
    "body",
    [
        "<!--" * 50_000, "<script>" * 20_000, "<" * 500_000, "<table" * 50_000, "</" * 100_000, "<table><tr><td>1" + "<sup>2</sup>" * 9_000, "&lt;" * 200_000,
        "<p>" * 7_000, "<pre>" + "a\n" * 100_000, "<div style='display:none'>" * 5_000, "<table><tr><td>" + " " * 500_000 + "<td>1", "\u4e00\n" * 100_000 + "<p>",
    ],
)  # fmt: skip
def test_noise_is_read_in_bounded_time(body: str) -> None:
    started = time.process_time()
    document = read(body)
    document.locate(Place(paragraph=1))
    assert time.process_time() - started < 20


def test_a_large_ordinary_page_hits_no_limit() -> None:
    rows = "".join(f"<tr><td>某局{number}<td>{number}</tr>" for number in range(4_000))
    document = read(
        f"<div><p>{'长' * 100_000}</p><table>{rows}</table></div>" + "<div><p>a<br></p><img src='data:" + "A" * 100_000 + "'></div>" * 20
    )
    assert document.notices == ()
    assert isinstance(document.blocks[1], Grid)
    assert len(document.blocks[1].rows) == 4_000
