"""What is looked at before a pattern is tried hides nothing that the pattern finds, and phrases are found however they are looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gilint import Finding, Narrative, Phrase, PhraseKind, Report, Section, lint, narrative, passages_of
from gilint.document import Document, Grid, GridCell, Paragraph
from gilint.personal import names, numbers
from gilint.place import Place
from gilint.testing import sample_report
from gilint_rules.injected import titles
from gilint_rules.injected.search import FEW, Finder
from gilint_rules.leftovers import organs, placeholders

FAMILIES = ("TXT02", "LAW", "INJ", "PII")
PIECES = (
    *("申请人", "市民", "原告", "（原告", "（均为申请人）", "张三", "欧阳明", "于晓伟", "、李强", "：", "为", "\n", "。", "，", "（", "）", " ", "\u3000"),
    *("诉我局", "因不服", "不服市局答复", "申请公开", "申请政府信息公开", "提交的信息公开申请", "的政府信息公开申请", "收到", "向我局提出"),
    *("13812345678", "138 1234 5678", "138－1234－5678", "0740-2439607", "11010519491231002X", "110105 19491231 0020", "6222 0202 0011 2233 446", "编号"),
    *("X", "×", "x", "*", "_", "某", "○", "20", "2021", "年", "局", "件", "【", "】", "〔", "（此处", "填写", "按实际", "待补充", "有待完善", "单位名称", "：X", "{"),
    *("报告由青原县教育局编制", "请联系", "请与", "青原县教育局", "联系", "现公布", "向社会公开", "现", "（以下简称我局", "高度重视政务公开", "严格按照条例", "公开工作取得"),
    *("自2021年1月1日起至", "12月31", "至至", "2021年2月30日", "统计时间为2021年度，", "数据截至2021年12月31日", "政府信息公开信息处理费管理办法"),
    *("《白石县人民政府：", "：印发", "全面推进政务公开", "的通知》", "发布日期", "2023-04-05", "邮编:", "电话:", "htp:/"),
)  # fmt: skip

SENTENCES = (
    *("XX局公开信息。", "有Ｘ县。", "×局公开。", "✕局", "有╳年", "发xx条。", "共有**条。", "收＊＊件", "○○局公开。", "将〇〇局", "20*年", "20__年", "20ｘ年", "20＿年"),
    *("（单位名称）", "（本机关全称 ）", "某某局", "【】", "【 】", "〔〕号", "〔 〕号", "__年", "{{年份}}", "{单位名称}", "申请 件。", "公开信息()件。", "（）件。"),
    *("（此处省略）", "（这里写）", "（请在此写）", "（请填）", "（请输入）", "（请插入）", "（请补充）", "（请根据情况写）", "（按实际写）", "（根据实际情况写）"),
    *("（填写内容）", "（填入）", "（示例）", "（样例）", "（模板）", "（范本）", "（具体数字）", "（待补充）", "（待核实）", "（待确认）", "待完善。", "待更新", "待定", "TODO"),
    *("本报告由青原县教育局编制。", "请联系青原县教育局。", "请咨询青原县教育局", "请致电青原县教育局", "如有疑问，请与青原县教育局办公室联系", "如有疑问，可与青原县教育局联系"),
    *("如有疑问，及时与青原县教育局联系", "如有疑问，直接与青原县教育局联系", "现公布青原县教育局2022年", "现将青原县教育局2022年", "现向社会公开青原县教育局2022年", "向社会公布青原县教育局2022年"),
    *("青原县教育局（以下简称我局）", "青原县教育局（以下简称“本单位”）", "2022年，青原县教育局坚持公开。", "青原县教育局政务公开工作取得成效", "青原县教育局政府信息公开工作稳步推进"),
    *("青原县教育局高度重视政务公开。", "青原县教育局严格按照条例", "青原县教育局坚持以公开条例", "青原县教育局深入贯彻条例"),
    *("申请人张建国向我局提出", "市民李建国要求公开", "第三人：王建国提出", "申请人为王建国，", "张建国（申请人）", "张建国（系申请人），李建国（申请人）", "张建国（为原告）、李建国（原告）"),
    *("收到张建国提交的政府信息公开申请", "收到张建国的信息公开申请", "收到张建国的政府信息公开申请", "张建国诉我局", "张建国因不服答复", "张建国不服处理", "张建国申请信息公开", "张建国申请政府信息公开"),
    *("手机13812345678。", "手机138 1234 5678。", "手机138－1234－5678。", "身份证11010519491231002X。", "身份证110105 19491231 002X。", "卡号6222 0202 0011 2233 446。"),
    *("（由各股室补充）", "（由办公室填报）", "[由各部门提供]", "20 年度公开", "自20 年1月", "。20 年，我局", "增长XX%。", "占X.X%", "公开xx余条", "“XX”活动", "（××）", "共？？条。"),
    *("由XX同志负责", "（如无此项请删除）", "[插入图表]", "（单位：XX）", "青原县教育局将进一步公开。", "解释权归青原县教育局所有。", "如有疑问，请与青县教育局联系"),
    *("于海波申请公开", "申请人于某、高建国就同一事项申请公开", "申请人周晓莉，王磊，吴刚等人申请公开", "关于罗永福申请公开协议", "市民方慧反映"),
    *("至至2022年1月1日", "自自2022年1月1日", "截至12月31，", "2021年2月30日，", "国务院办公厅金沙：印发2022年政务公开工作要点的通知"),
)  # fmt: skip


def report_of(text: str) -> Report:
    """Return a report whose narrative is ``text``, which stands in the cells of a table as well."""
    paragraphs = tuple(Paragraph(line, Place(paragraph=number)) for number, line in enumerate(text.split("\n"), start=1))
    cells = tuple(
        GridCell(paragraph.text, number, 0, place=Place(table=1, row=number, cell=1)) for number, paragraph in enumerate(paragraphs)
    )
    blocks = (*paragraphs, Grid(tuple((cell,) for cell in cells)))
    sections = (Section("", None, "", "", paragraphs[:1]), Section("overview", 1, "一、总体情况", "一", paragraphs[1:]))
    return evolve(sample_report(year=2022), sections=sections, document=Document("x", "text", blocks))


def found(report: Report) -> list[Finding]:
    report.memo.clear()
    return list(lint(report, select=FAMILIES).findings)


class Everywhere:
    """A pattern that finds something in every text."""

    def search(self, *_: object) -> bool:
        return True


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def always(value: Any) -> Callable[..., Any]:
    return lambda *_: value


def found_everywhere(report: Report) -> list[Finding]:
    """Return what is found if nothing is looked at before patterns are tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Narrative, "has_sign", always(True))
        patch.setattr(placeholders, "_SIGN", Everywhere())
        patch.setattr(titles, "_has_issuer_before_colon", always(True))
        patch.setattr(organs, "_STATE", Everywhere())
        patch.setattr(names, "_roles", always((True, True)))
        patch.setattr(names, "_is_requested", always(True))
        patch.setattr(names, "_has_name", always(True))
        patch.setattr(numbers, "_lines", whole)
        return found(report)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(PIECES + SENTENCES), min_size=1, max_size=14).map("".join))
def test_what_is_looked_at_first_hides_nothing(text: str) -> None:
    report = report_of(text)
    assert found(report) == found_everywhere(report)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_with_one_sign_only_is_told_of(sentence: str) -> None:
    report = report_of(f"总体情况。\n{sentence}")
    codes = {"TXT021", "TXT022", "PII001", "PII002", "PII003", "PII005", "LAW004", "INJ002"}
    told = [finding for finding in found(report) if finding.code in codes]
    assert told
    assert told == [finding for finding in found_everywhere(report) if finding.code in codes]


@pytest.mark.parametrize(
    ("text", "signs", "expected"),
    [
        ("公开工作", ("开",), True),
        ("公开工作", ("关",), False),
        ("公开工作", ("开工",), True),
        ("公开工作", ("开公关", "作为"), False),
        ("作作为", ("作为",), True),
        ("公开\n工作", ("开工",), False),
        ("公开", (), False),
    ],
)
def test_a_sign_is_a_character_before_one_of_some(text: str, signs: tuple[str, ...], expected: bool) -> None:
    assert narrative(report_of(text)).has_sign(*signs) is expected


def test_all_that_is_printed_is_in_order_and_each_position_has_its_piece() -> None:
    report = report_of("第一段\n第二段")
    printed = passages_of(report)
    assert printed.text == "第一段\n第二段\n第一段\n第二段"
    assert [piece.text for piece in printed.pieces] == printed.text.split("\n")
    assert [printed.place(printed.text.index("第二")), printed.place(printed.text.rindex("第二"))] == [
        Place(paragraph=2),
        Place(table=1, row=1, cell=1),
    ]


PHRASES = ("app下载", "app下载安装", "K歌平台", "ｂｅｔ体育", "体育", "安装体育", "ωμέγα")


def sought(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phrases stand, the longest of those that begin together first: as the rule promises, without any library."""
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    if small != text.lower():
        small = re.sub("[A-Z]", lambda letter: letter[0].lower(), text)
    at = 0
    while at < len(text):
        longest = max((len(phrase) for phrase in PHRASES if small.startswith(phrase.lower(), at)), default=0)
        if longest:
            yield at, at + longest
        at += longest or 1


@pytest.mark.parametrize(
    "text",
    [
        "下载APP下载安装体育",
        "\u212a歌平台和k歌平台，K歌平台",
        "ＢＥＴ体育与ｂｅｔ体育",
        "\u0130app下载，ＢＥＴ体育，APP下载",
        "𠮷𠮷App下载𠮷体育é体育",
        "ΩΜΈΓΑ与\u2126μέγα",
        "没有",
    ],
)
@pytest.mark.parametrize("phrases", [PHRASES, tuple(phrase for phrase in PHRASES if phrase[0] not in "ｂω")])
@pytest.mark.parametrize("before", ["", "公开\n" * FEW], ids=["first-page", "later"])
def test_phrases_are_found_in_bytes_as_in_characters(
    text: str, phrases: tuple[str, ...], before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.PHRASES", phrases)
    finder = Finder(tuple(Phrase(phrase.lower(), PhraseKind.OTHER) for phrase in phrases))
    assert list(finder.find(before)) == []
    assert [(match.start, match.end) for match in finder.find(text)] == list(sought(text))
