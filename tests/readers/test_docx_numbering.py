"""Numbers that Word generates stand in front of the text."""

from __future__ import annotations

import pytest
from word_files import p, tbl, tc, tr, word_file

from gilint.document import Grid
from gilint.readers import read_document
from gilint.readers.docx.numerals import numeral


def level(index: int, style: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = (
    level(0, "japaneseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
)
STYLED = level(0, "decimal", "第%1条", '<w:pStyle w:val="clause"/>') + level(1, "lowerLetter", "%2)", '<w:pStyle w:val="item"/>')
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="5">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="6">{level(0, "bullet", "")}{level(1, "decimal", "%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="7">{STYLED}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="clause"><w:name w:val="clause"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="item"><w:name w:val="item"/><w:basedOn w:val="clause"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="plain"><w:name w:val="plain"/><w:basedOn w:val="clause"/></w:style>'
)


def n(text: str, number: int, deep: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{number}"/></w:numPr>')


def texts(body: str) -> list[str]:
    document = read_document(word_file(body, numbering=NUMBERING, styles=STYLES))
    return [cell.text for block in document.blocks for row in (block.rows if isinstance(block, Grid) else [[block]]) for cell in row]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (n("总体情况", 1) + p("正文") + n("主动公开", 1), ["一、总体情况", "正文", "二、主动公开"]),
        (n("甲", 1) + n("乙", 1, 1) + n("丙", 1, 2) + n("丁", 1, 2) + n("戊", 1, 1) + n("己", 1, 2) + n("庚", 1) + n("辛", 1, 1),
         ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]),
        (n("丙", 1, 2) + n("甲", 1, 3), ["1.丙", "1.1 甲"]),
        (n("甲", 1) + n("乙", 5) + n("丙", 2) + n("丁", 1), ["一、甲", "二、乙", "四、丙", "五、丁"]),
        (n("点", 3) + n("数", 3, 1), ["点", "1 数"]),
        (p("甲", style="clause") + p("乙", style="item") + p("丙", style="item") + p("丁", style="clause") + p("戊", style="item"),
         ["第1条 甲", "a)乙", "b)丙", "第2条 丁", "a)戊"]),
        (p("甲", style="clause") + p("无", style="clause", properties='<w:numPr><w:numId w:val="0"/></w:numPr>') + p("乙", style="clause"),
         ["第1条 甲", "无", "第2条 乙"]),
        (n("", 1) + n("乙", 1), ["一、", "二、乙"]),
        (tbl(tr(tc(n("予以公开", 1, 1)), "1"), tr(tc(n("部分公开", 1, 1)), "2")), ["（一）予以公开", "1", "（二）部分公开", "2"]),
        (n("没有", 9) + n("太深", 1, 8), ["没有", "太深"]),
    ],
)  # fmt: skip
def test_numbers_are_generated(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chineseCountingThousand", ["一", "九", "十", "十一", "二十", "二十一", "九十九", "一百", "一百零一", "一百一十", "一千零一"]),
        ("chineseCounting", ["一", "九", "十", "十一", "二十", "二十一", "九十九", "一○○", "一○一", "一一○", "一○○一"]),
        ("ideographDigital", ["一", "九", "一〇", "一一", "二〇", "二一", "九九", "一〇〇", "一〇一", "一一〇", "一〇〇一"]),
        ("chineseLegalSimplified", ["壹", "玖", "壹拾", "壹拾壹", "贰拾", "贰拾壹", "玖拾玖", "壹佰", "壹佰零壹", "壹佰壹拾", "壹仟零壹"]),
        ("decimalEnclosedCircleChinese", ["①", "⑨", "⑩", "⑪", "⑳", "㉑", "99", "100", "101", "110", "1001"]),
        ("ideographTraditional", ["甲", "壬", "癸", "11", "20", "21", "99", "100", "101", "110", "1001"]),
        ("upperRoman", ["I", "IX", "X", "XI", "XX", "XXI", "XCIX", "C", "CI", "CX", "MI"]),
        ("lowerLetter", ["a", "i", "j", "k", "t", "u", "uuuu", "vvvv", "wwww", "fffff", "1001"]),
        ("decimalFullWidth", ["１", "９", "１０", "１１", "２０", "２１", "９９", "１００", "１０１", "１１０", "１００１"]),
        ("decimalZero", ["01", "09", "10", "11", "20", "21", "99", "100", "101", "110", "1001"]),
        ("unheard of", ["1", "9", "10", "11", "20", "21", "99", "100", "101", "110", "1001"]),
    ],
)
def test_numerals(style: str, expected: list[str]) -> None:
    assert [numeral(number, style) for number in (1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 1001)] == expected


@pytest.mark.parametrize(
    "style", ["upperRoman", "lowerLetter", "chineseCountingThousand", "decimalEnclosedCircle", "ideographDigital", "upperLetter"]
)
@pytest.mark.parametrize("number", [-5, 0, 10_000, 999_999_999])
def test_numbers_stay_short(style: str, number: int) -> None:
    assert 0 < len(numeral(number, style)) < 20
