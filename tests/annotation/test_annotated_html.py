"""Marks in web pages: at the very cell or words, and every byte of the page stays."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from annotated_reports import DRAFT, FORM, annotate, expected
from selectolax.lexbor import LexborHTMLParser

import gilint
from gilint.annotation.html import annotated
from gilint.annotation.remarks import Remark, Spot
from gilint.finding import Severity
from gilint.place import CellRef, Place
from gilint.testing import LAYOUTS, sample_draft, typical_page, write_bytes

INSERTED = re.compile(
    r"""<meta charset="[^"]*"><meta http-equiv="Content-Security-Policy" content="[^"]*"><meta name="generator" content="gilint">"""
    r"""|</?mark(?: class="gilint(?: gilint)?-\w+"(?: title="[^"]*")?)?>|<(a|span) class="gilint-number [^>]*></\1>|<style>\nmark\.gilint.*</aside>|data-gilint-(?=http)""",
    re.DOTALL,
)
HTML_LAYOUTS = [name for name in LAYOUTS if name.startswith("html")]


def stripped(copy: bytes, encoding: str = "utf-8") -> bytes:
    return INSERTED.sub("", copy.decode(encoding)).encode(encoding)


def remark(*places: Place, phrase: str = "", number: int = 1) -> Remark:
    return Remark(number, Severity.ERROR, f"头{number}", ('<正文> & "文"',), f"同{number}", tuple(Spot(place, phrase) for place in places))


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_each_mark_stands_in_the_very_cell_and_the_page_keeps_its_bytes(layout: str, tmp_path: Path) -> None:
    original = write_bytes(DRAFT, layout)
    copy, result = annotate(original, tmp_path, ".html", select="SUM001,VAL003")
    codes = {str(number): finding.code for number, finding in enumerate(result.findings, 1)}
    marked = {}
    for number in LexborHTMLParser(copy).css("a.gilint-number"):
        around = number.parent
        while around is not None and (around.tag == "span" or not around.css("mark.gilint")):
            around = around.parent
        assert around is not None
        marked[codes[number.attributes["data-number"] or ""]] = "".join(mark.text() for mark in around.css("mark.gilint")).strip()
    assert {code: text for code, text in marked.items() if code in ("SUM001", "VAL003")} == expected(result)
    assert stripped(copy) == original
    blocks = result.report.document.blocks
    assert gilint.read(copy).document.blocks[: len(blocks)] == blocks


def test_a_blank_cell_gets_a_number(tmp_path: Path) -> None:
    copy, result = annotate(write_bytes(DRAFT, "html"), tmp_path, ".html", select="MIS007")
    (number,) = LexborHTMLParser(copy).css("a.gilint-number")
    cell = number.parent
    assert cell is not None
    assert cell.tag == "td"
    assert cell.text(strip=True) == ""
    before = cell.prev
    while before is not None and before.tag != "td":
        before = before.prev
    assert before is not None
    assert before.text(strip=True) == str(DRAFT.figures["applications", "granted", "business"])
    assert result.findings[0].code == "MIS007"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_and_the_line_ends_stay(encoding: str, tmp_path: Path) -> None:
    page = typical_page(FORM, 3).replace("utf-8", "gbk" if encoding == "gbk" else "utf-8").replace("\n", "\r\n")
    original = page.encode(encoding, "xmlcharrefreplace")
    copy, _ = annotate(original, tmp_path, ".html", lang="en")
    read_as = {"gbk": "gb18030", "utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    assert stripped(copy, read_as) == original
    assert gilint.read(copy).document.encoding == gilint.read(original).document.encoding


def test_the_page_can_do_nothing() -> None:
    page = (
        '<html><head><meta http-equiv="refresh" content="0;url=http://evil.example/"><meta content="0" http-equiv=Refresh>'
        "<script>alert(1)</script></head><body onload=x()><h1>年度报告</h1></body></html>"
    )
    copy = annotated(page.encode(), [], "zh").decode()
    assert re.search("(?<!data-gilint-)http-equiv=.?refresh", copy, re.IGNORECASE) is None
    policy = copy.index("Content-Security-Policy")
    assert "script-src 'none'" in copy[policy : policy + 200]
    assert policy < copy.index("<script")
    assert stripped(copy.encode()) == page.encode()


def test_a_script_before_the_head_comes_after_the_policy() -> None:
    page = "<!DOCTYPE html><!-- a --><script>x()</script><head></head><p>年度报告</p>"
    copy = annotated(page.encode(), [], "zh").decode()
    assert copy.startswith("<!DOCTYPE html><!-- a --><meta charset")


@pytest.mark.parametrize(
    ("page", "phrase", "marked"),
    [
        ("<p>收到申请12件，答复10件</p>", "12件", ["12件"]),
        ("<p>收到申请<b>1</b>2&nbsp;件，答复</p>", "申请12件", ["申请", "1", "2&nbsp;件"]),
        ("<p>甲&amp;乙&lt;丙</p>", "&乙<", ["&amp;乙&lt;"]),
        ("<p>收到\n  12 件</p>", "到12", ["到\n  12"]),
        ("<p>收到12件</p>", "没有", ["收到12件"]),
        ("<div>表<table><tr><td><p>收到12件</p></td></tr></table></div>", "12件", ["12件"]),
    ],
)
def test_a_mark_stands_on_the_words_alone(page: str, phrase: str, marked: list[str]) -> None:
    blocks = gilint.read(page).document.blocks
    place = next(block.place for block in blocks if "12" in block.text.replace(" ", "") or "甲" in block.text)
    copy = annotated(page.encode(), [remark(place, phrase=phrase)], "zh").decode()
    assert re.findall(r'<mark class="gilint gilint-error">(.*?)</mark>', copy, re.DOTALL) == marked
    assert copy.count('class="gilint-number') == 1
    assert stripped(copy.encode()) == page.encode()


def test_a_number_in_a_link_is_no_link() -> None:
    page = '<p>题</p><p><a href="x.html">收到12件</a></p>'
    copy = annotated(page.encode(), [remark(Place(paragraph=2))], "zh").decode()
    assert re.search(r'<a href="x.html"><mark [^>]*>收到12件</mark><span class="gilint-number', copy)


def test_notes_are_escaped_and_listed_with_their_numbers() -> None:
    copy = annotated("<p>题</p>".encode(), [remark(Place(paragraph=1)), remark(number=2)], "zh")
    tree = LexborHTMLParser(copy)
    assert [item.text() for item in tree.css("aside.gilint-notes li")] == ['头1\n<正文> & "文"', '头2\n<正文> & "文"']
    (number,) = tree.css(".gilint-number")
    assert number.attributes["data-note"] == '头1\n<正文> & "文"'
    assert number.text() == ""


def test_layout_tables_with_blank_cells_do_not_shift_marks() -> None:
    page = (
        "<table><tr><td></td><td>&nbsp;</td><td><p>题目</p><p>收到12件</p>"
        "<table><tr><td>项目</td><td>数</td></tr><tr><td>申请</td><td>12</td></tr><tr><td>答复</td><td></td></tr></table></td></tr></table>"
    )
    places = [Place(paragraph=2), Place(table=2, row=2, cell=2), Place(table=2, row=3, cell=2)]
    copy = annotated(page.encode(), [remark(place, number=number) for number, place in enumerate(places, 1)], "zh").decode()
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", copy) == ["收到12件", "12"]
    assert '<td><a class="gilint-number gilint-error" href="#gilint-3"' in copy


def test_a_tag_that_never_ends_and_characters_of_ours_in_the_page() -> None:
    for page in ("<p>题目</p><td <p>收到12件", "<p>\U000f0001收到12件\U000f0000</p>", '<p title=">">题目</p><p a="<td>">收到12件</p>'):
        copy = annotated(page.encode(), [remark(Place(paragraph=1)), remark(Place(paragraph=2), number=2)], "zh")
        assert stripped(copy) == page.encode()


def test_a_page_without_findings_says_so(tmp_path: Path) -> None:
    copy, result = annotate(write_bytes(sample_draft(FORM), "html"), tmp_path, ".html")
    assert result.findings == ()
    assert "没有发现问题。" in copy.decode()


@pytest.mark.parametrize(
    "page",
    [
        "<a " * 100_000,
        "<!" * 100_000,
        "<script></script " * 50_000,
        "<a" + " " * 300_000,
        "<head " * 50_000,
        "<a =" + "= " * 100_000,
        "<!--" * 50_000,
        "<p>&" * 60_000,
    ],
    ids=["tags", "declarations", "scripts", "spaces", "heads", "equals", "comments", "references"],
)
def test_pages_made_to_be_slow_are_not(page: str) -> None:
    start = time.process_time()
    copy = annotated(page.encode(), [remark(Place(paragraph=1))], "zh")
    assert time.process_time() - start < 20
    assert stripped(copy) == page.encode()


def test_the_other_cells_of_an_equation_are_marked_lightly_and_those_that_may_be_wrong_instead(tmp_path: Path) -> None:
    printed = {("applications", "granted", "total"): "98", ("reviews", "litigation_direct", "total"): "9"}
    page = write_bytes(sample_draft(FORM, printed=printed), "html-word")
    copy, result = annotate(page, tmp_path, ".html", select="SUM", lang="en")
    cells = {ref for finding in result.findings for ref in finding.cells} - set(map(CellRef._make, printed))
    reviews = {ref for ref in cells if ref.table == "reviews"}
    marked = LexborHTMLParser(copy)
    notes = marked.css_first("aside")
    assert notes is not None
    assert [mark.text() for mark in notes.css("mark")] == [
        "other cells of an equation that does not hold",
        "where the mistake may be instead",
    ]
    notes.decompose()
    for kind, refs in (("gilint-part", cells - reviews), ("gilint-possible", reviews)):
        marks = marked.css(f"mark.{kind}")
        assert sorted(mark.text() for mark in marks) == sorted(result.report.cell(ref).raw for ref in refs)
        assert {mark.parent.tag for mark in marks if mark.parent is not None} <= {"td", "p", "span", "font"}
    titles = {mark.attributes["title"] for mark in marked.css("mark.gilint-part")}
    assert titles == {"One of the cells that finding 1 is about"}
    assert {mark.attributes["title"] for mark in marked.css("mark.gilint-possible")} == {"Finding 2: the mistake may be here instead"}
    assert stripped(copy) == page


def test_a_cell_is_marked_once(tmp_path: Path) -> None:
    printed = {("applications", "granted", "total"): "98", ("applications", "refused.third_party", "business"): "97"}
    copy, _ = annotate(write_bytes(sample_draft(FORM, printed=printed), "html"), tmp_path, ".html")
    assert b"</mark></mark>" not in copy
    assert not LexborHTMLParser(copy).css("mark mark")
