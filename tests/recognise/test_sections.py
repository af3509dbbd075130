"""Headings among the many lines that read like one, and the narrative that belongs to each."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import gilint
from gilint.document import Paragraph
from gilint.form import Form
from gilint.forms import builtin_forms
from gilint.model import Section
from gilint.place import Place
from gilint.recognise.sections import find_sections, heading_of
from gilint.testing import sample_draft, write

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
NAMES = ("overview", "disclosure", "applications", "reviews", "problems", "other")
NUMERALS = "一二三四五六"


@pytest.fixture(scope="module", params=[0, 1], ids=["2019", "2021"])
def form(request: pytest.FixtureRequest) -> Form:
    return builtin_forms()[request.param]


def paragraphs(lines: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(line, Place(line=number)) for number, line in enumerate(lines, 1)]


def outline(sections: Sequence[Section]) -> list[tuple[str, str, str, list[str]]]:
    return [(section.name, section.numeral, section.heading, [paragraph.text for paragraph in section.paragraphs]) for section in sections]


def names(lines: Sequence[str], form: Form) -> list[str]:
    return [section.name for section in find_sections(paragraphs(lines), form)]


def body(headings: Sequence[str] = HEADINGS) -> list[str]:
    return [line for number, heading in enumerate(headings, 1) for line in (heading, f"这是第{number}部分的叙述。")]


@pytest.mark.parametrize(
    ("line", "name", "numeral"),
    [
        *zip(HEADINGS, NAMES, NUMERALS, strict=True),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "reviews", "四"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼的情况", "reviews", "四"),
        ("四、政府信息公开行政复议和行政诉讼情况", "reviews", "四"),
        ("六、其他需报告的事项", "other", "六"),
        ("六、其他需要报告事项", "other", "六"),
        ("其他需要报告的事项情况", "other", ""),
        ("第一部分 总体情况", "overview", "一"),
        ("第1部分　总体情况", "overview", "一"),
        ("第五章 存在的主要问题及改进情况", "problems", "五"),
        ("1.总体情况", "overview", "一"),
        ("1、总体情况", "overview", "一"),
        ("１．总体情况", "overview", "一"),
        ("⒈总体情况", "overview", "一"),
        ("一.总体情况", "overview", "一"),
        ("一：总体情况", "overview", "一"),
        ("壹、总体情况", "overview", "一"),
        ("一总体情况", "overview", "一"),
        ("一、 总 体 情 况", "overview", "一"),
        ("\u3000\u3000一、总体情况", "overview", "一"),
        ("\u200b一、\u00a0总体情况", "overview", "一"),
        ("**一、总体情况**", "overview", "一"),
        ("**一、** **总体情况**", "overview", "一"),
        ("## 一、总体情况", "overview", "一"),
        ("【一、总体情况】", "overview", "一"),
        ("■ 一、总体情况", "overview", "一"),
        ("二、主动公开政府信息情况 |", "disclosure", "二"),
        ("二、主动公开政府信息情况：", "disclosure", "二"),
        ("二、主动公开政府信息情况(单位:件)", "disclosure", "二"),
        ("二、行政机关主动公开政府信息情况", "disclosure", "二"),
        ("二、主动公开政府信息的情况", "disclosure", "二"),
        ("三、行政机关收到和处理政府信息公开申请情况", "applications", "三"),
        ("三、收到和处理政府信息公开申请数据情况", "applications", "三"),
        ("五、政府信息公开工作存在的主要问题及改进措施", "problems", "五"),
        ("五、存在问题与改进措施", "problems", "五"),
        ("五、主要问题和改进情况", "problems", "五"),
        ("五、存在的主要問題及改進情況", "problems", "五"),
        ("一、總體情況", "overview", "一"),
        ("一、总体概述", "overview", "一"),
        ("总体情况", "overview", ""),
        ("总体情况：", "overview", ""),
        ("二、总体情况", "overview", "二"),
        ("六、其他需要报告的事项：无。", "other", "六"),
        ("六、其他需要报告的事项 无其他需要报告的事项。", "other", "六"),
        ("一、总体情况2020年，我局认真贯彻落实条例", "overview", "一"),
    ],
)
def test_heading(form: Form, line: str, name: str, numeral: str) -> None:
    found = heading_of(line, form)
    assert found is not None
    assert (found[0].name, found[1]) == (name, numeral)


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "0 |",
        "12",
        "一",
        "一、",
        "一、推进政务公开。网络公开上年度的年度报告，印发工作任务分解表。",
        "一、加强工作指导",
        "二、加强队伍建设。定期组织开展政府信息公开工作培训。",
        "(一)主动公开情况",
        "（一）主动公开政府信息情况",
        "㈠主动公开政府信息情况",
        "1.主动公开情况",
        "主动公开情况",
        "其他事项",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量 |",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "第二十条第（一）项",
        "总计 |",
        "其他 | 0",
        "其他处理",
        "本年度报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。",
        "总体情况良好",
        "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况",
        "一、总体情况、主动公开政府信息情况",
        "一、总体情况二、主动公开政府信息情况三、收到和处理政府信息公开申请情况",
        "主动公开政府信息情况见下表",
        "一是部分科室对政务公开工作的认识不足。",
        "存在的主要问题是公开内容不够及时",
    ],
)
def test_no_heading(form: Form, line: str) -> None:
    assert heading_of(line, form) is None


def test_sections_of_a_report(form: Form) -> None:
    sections = find_sections(paragraphs(["某局2022年政府信息公开工作年度报告", *body()]), form)
    assert outline(sections) == [
        ("", "", "", ["某局2022年政府信息公开工作年度报告"]),
        *(
            (name, numeral, heading, [f"这是第{number}部分的叙述。"])
            for number, (name, numeral, heading) in enumerate(zip(NAMES, NUMERALS, HEADINGS, strict=True), 1)
        ),
    ]
    assert [section.number for section in sections] == [None, 1, 2, 3, 4, 5, 6]
    assert [section.place for section in sections[1:]] == [Place(line=line) for line in range(2, 14, 2)]


def test_text_after_the_heading_on_its_line_belongs_to_the_section(form: Form) -> None:
    lines = [*body()[:10], "**六、其他需要报告的事项**：本年度未收取信息处理费。"]
    assert outline(find_sections(paragraphs(lines), form))[-1] == ("other", "六", "**六、其他需要报告的事项", ["本年度未收取信息处理费。"])


def test_no_heading_at_all_is_one_section_without_a_name(form: Form) -> None:
    assert outline(find_sections(paragraphs(["甲。", "乙。"]), form)) == [("", "", "", ["甲。", "乙。"])]
    assert find_sections([], form) == ()


def test_a_pair_of_bracketed_lines_is_no_manner_of_numbering(form: Form) -> None:
    pair = ["（一）总体情况", "略。", "（二）主动公开政府信息情况", "略。"]
    assert names(pair, form) == [""]
    assert names([*pair, "（三）收到和处理政府信息公开申请情况"], form) == list(NAMES[:3])


def test_a_heading_printed_with_punctuation_and_spaces(form: Form) -> None:
    assert names(
        ["（一）总 体 情 况", "（2）主 动·公 开-政　府　信.息，情 况", "（三）收到和处理政府信息公开申请情况", "略。"], form
    ) == list(NAMES[:3])


def test_inner_paragraphs_numbered_like_sections(form: Form) -> None:
    lines = [
        "一、总体情况",
        "（一）主动公开情况。",
        "一、推进政务公开。全面推进政策公开。",
        "二、扩充平台功能",
        "一、加强工作指导",
        "二、加强队伍建设",
        "三、加强考核",
        *body()[2:],
    ]
    assert names(lines, form) == list(NAMES)


@pytest.mark.parametrize(
    "inner", ["主动公开政府信息情况", "1.主动公开政府信息情况", "（一）主动公开政府信息情况", "一、主动公开政府信息情况"]
)
def test_inner_paragraph_worded_like_a_section(form: Form, inner: str) -> None:
    lines = ["一、总体情况", inner, "全年公开信息十条。", *body()[2:]]
    assert names(lines, form) == list(NAMES)
    assert find_sections(paragraphs(lines), form)[1].heading == HEADINGS[1]


@pytest.mark.parametrize(
    "inner",
    [
        ["一、主动公开情况。全年公开信息120条。", "二、依申请公开情况。全年收到申请3件。"],
        ["一、主动公开情况", "全年公开信息120条。", "二、依申请公开情况", "全年收到申请3件。"],
        ["一、主动公开政府信息情况：全年公开信息120条。"],
    ],
)
def test_inner_paragraph_does_not_stand_for_a_heading_that_is_lost(form: Form, inner: list[str]) -> None:
    lines = body()
    lost = [*lines[:2], *inner, *lines[3:]]
    assert names(lost, form) == ["overview", "applications", "reviews", "problems", "other"]
    assert find_sections(paragraphs(lost), form)[0].paragraphs[1].text == inner[0]
    assert names([*lines[:2], *inner, *lines[2:]], form) == list(NAMES)


@pytest.mark.parametrize("misnumbered", ["一、主动公开政府信息情况", "一、主动公开情况", "五、其他需要报告的事项：无。"])
def test_a_misnumbered_heading_is_a_heading_all_the_same(form: Form, misnumbered: str) -> None:
    place = 5 if "其他" in misnumbered else 1
    headings = [*HEADINGS[:place], misnumbered, *HEADINGS[place + 1 :]]
    assert names(body(headings), form) == list(NAMES)


def test_a_report_that_leaves_out_the_first_section_keeps_its_numbering(form: Form) -> None:
    headings = [f"{numeral}{heading[1:]}：略" for numeral, heading in zip(NUMERALS, HEADINGS[1:], strict=False)]
    assert names(body(headings), form) == list(NAMES[1:])


def test_caption_that_repeats_the_heading(form: Form) -> None:
    lines = ["一、总体情况", "略。", "二、主动公开政府信息情况", "主动公开政府信息情况", *body()[4:]]
    assert names(lines, form) == list(NAMES)
    assert names(["一、总体情况", "略。", "二、主动公开政府信息情况", "二、主动公开政府信息情况", *body()[4:]], form) == list(NAMES)


@pytest.mark.parametrize("leader", ["", "……1", " ...... 12", "\t3"])
def test_table_of_contents(form: Form, leader: str) -> None:
    contents = [heading + leader for heading in HEADINGS]
    assert names(["目录", *contents, *body()], form) == ["", *NAMES]


def test_headings_without_anything_between_are_no_table_of_contents(form: Form) -> None:
    assert names(HEADINGS, form) == list(NAMES)


def test_two_reports_on_one_page(form: Form) -> None:
    report = ["一、总体情况", "略。", *HEADINGS[1:4], *body()[8:]]
    assert names(report + report, form) == [*NAMES, *NAMES]


@pytest.mark.parametrize(
    "numbered",
    [
        [f"第{numeral}部分 {heading[2:]}" for numeral, heading in zip(NUMERALS, HEADINGS, strict=True)],
        [f"{number}.{heading[2:]}" for number, heading in enumerate(HEADINGS, 1)],
        [f"（{numeral}）{heading[2:]}" for numeral, heading in zip(NUMERALS, HEADINGS, strict=True)],
        [heading[2:] for heading in HEADINGS],
    ],
    ids=["parts", "arabic", "bracketed", "bare"],
)
def test_other_manners_of_numbering(form: Form, numbered: list[str]) -> None:
    assert names(body(numbered), form) == list(NAMES)


def test_lost_numeral_and_lost_heading(form: Form) -> None:
    assert names(body([*HEADINGS[:2], HEADINGS[2][2:], *HEADINGS[3:]]), form) == list(NAMES)
    assert names(body([*HEADINGS[:2], *HEADINGS[3:]]), form) == ["overview", "disclosure", "reviews", "problems", "other"]


def test_wrong_numerals_and_wrong_order_are_kept_as_printed(form: Form) -> None:
    sections = find_sections(
        paragraphs(body(["一、总体情况", HEADINGS[1], HEADINGS[3], HEADINGS[2], "四、存在的主要问题及改进情况", HEADINGS[5]])), form
    )
    assert [(section.name, section.numeral) for section in sections] == [
        ("overview", "一"),
        ("disclosure", "二"),
        ("reviews", "四"),
        ("applications", "三"),
        ("problems", "四"),
        ("other", "六"),
    ]


def test_heading_broken_over_two_lines(form: Form) -> None:
    lines = [*body()[:6], "四、因政府信息公开工作被申请行政复议、", "提起行政诉讼情况", "没有发生。", *body()[8:]]
    section = find_sections(paragraphs(lines), form)[3]
    assert outline([section]) == [("reviews", "四", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", ["没有发生。"])]
    assert names(["一、", "总体情况", "略。", *body()[2:]], form) == list(NAMES)


def test_section_that_the_form_does_not_know(form: Form) -> None:
    lines = [*body(), "七、附件", "统计表一份。"]
    assert outline(find_sections(paragraphs(lines), form))[-1] == ("", "七", "七、附件", ["统计表一份。"])
    renumbered = [*HEADINGS[:5], "六、政府信息公开平台建设情况", "七、其他需要报告的事项"]
    assert [(section.name, section.numeral) for section in find_sections(paragraphs(body(renumbered)), form)][-3:] == [
        ("problems", "五"),
        ("", "六"),
        ("other", "七"),
    ]


def test_inner_list_of_the_last_section_is_no_section(form: Form) -> None:
    assert names([*body(), "一、收费情况", "二、其他情况"], form) == list(NAMES)


def test_renamed_heading_is_known_by_its_place(form: Form) -> None:
    assert [
        (section.name, section.heading)
        for section in find_sections(paragraphs(body([*HEADINGS[:2], "三、依申请公开情况", *HEADINGS[3:]])), form)
    ][2] == (
        "applications",
        "三、依申请公开情况",
    )
    assert names(body(["一、概述", *HEADINGS[1:]]), form) == list(NAMES)
    assert names(body([*HEADINGS[:5], "六、需要说明的事项"]), form) == list(NAMES)
    assert names(body([*HEADINGS[:5], "六、附件"]), form) == [*NAMES[:5], ""]


@pytest.mark.parametrize("third", ["三、依申请公开政府信息情况", "三、政府信息依申请公开的情况", "三、依申请公开政府信息的办理情况"])
def test_renamed_heading_that_resembles_its_neighbour(form: Form, third: str) -> None:
    found = find_sections(paragraphs(body([*HEADINGS[:2], third, *HEADINGS[3:]])), form)
    assert [(section.name, section.heading) for section in found] == [
        *zip(NAMES[:2], HEADINGS[:2], strict=True),
        ("applications", third),
        *zip(NAMES[3:], HEADINGS[3:], strict=True),
    ]


def test_inner_paragraph_that_resembles_the_next_section_stays_inside(form: Form) -> None:
    lines = body()
    inner = [*lines[:2], "一、主动公开政府信息方面", "略。", "二、依申请公开政府信息方面", "略。", *lines[2:]]
    assert names(inner, form) == list(NAMES)


lines_of_text = st.lists(
    st.one_of(
        st.sampled_from([*HEADINGS, "七、附件", "一、", "总体情况", "（一）主动公开情况", "0 |", "目录", "1.总体情况"]),
        st.text(
            alphabet=" 一二三四五六七八九十、.1234第部分（）总体情况主动公开政府信息收到和处理申请其他需要报告的事项*#。:：", max_size=60
        ),
        st.text(max_size=80),
    ),
    max_size=30,
)


@given(lines_of_text)
@example(["一、总体情况"] * 3)
def test_nothing_is_lost_or_raised(lines: list[str]) -> None:
    form = builtin_forms()[-1]
    sections = find_sections(paragraphs(lines), form)
    printed = "".join(section.heading + section.text for section in sections)
    ignored = dict.fromkeys(map(ord, " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u3000\u1680\u2028\u2029\u202f\u205f:：。*#|_"), "")
    ignored |= dict.fromkeys(range(0x2000, 0x200B), "")
    assert printed.translate(ignored) == "".join(lines).translate(ignored)
    for line in lines:
        heading_of(line, form)


@pytest.mark.parametrize("piece", ["一、", "一、总体情况", "（", "*", " ", "总体", "1.", "第一", "、", "二、主动公开政府信息情况 "])
def test_a_hostile_line_costs_no_more_than_a_long_one(piece: str) -> None:
    form = builtin_forms()[-1]
    line = piece * 300_000
    begin = time.process_time()
    heading_of(line, form)
    find_sections(paragraphs([line, line]), form)
    assert time.process_time() - begin < 1.0


def test_many_headings_cost_linear_time() -> None:
    form = builtin_forms()[-1]
    begin = time.process_time()
    find_sections(paragraphs([*HEADINGS, "七、附件", "八、甲"] * 2500), form)
    assert time.process_time() - begin < 5.0


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample reports are not in this checkout")
@pytest.mark.parametrize("name", ["binhu-2020", "jinfeng-2022", "shuangyashan-2020", "xilingol-2019", "yinchuan-2019"])
def test_seeds(name: str, form: Form) -> None:
    lines = [line.strip() for line in (SEEDS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert names(lines, form) == ["", *NAMES]
    assert sum(heading_of(line, form) is not None for line in lines) == 6


@pytest.mark.parametrize("layout", ["html", "text-tabs"])
def test_headings_whose_punctuation_was_lost_are_headings_still(layout: str) -> None:
    """LibreOffice writes the 、 of numbered headings into an RTF as a question mark; so do programs that do not know the character set."""
    draft = sample_draft(builtin_forms()[-1])
    page = write(draft, layout)
    lost = re.sub("(?<=[一二三四五六])、(?=(?:总体|主动公开政府|收到和处理|政府信息公开行政复议|存在的|其他需要))", "?", page)
    assert lost.count("?") >= 6
    before, after = gilint.read(page), gilint.read(lost)
    assert [(section.name, section.numeral, len(section.paragraphs)) for section in after.sections] == [
        (section.name, section.numeral, len(section.paragraphs)) for section in before.sections
    ]
    assert [cell[:5] for cell in after.cells] == [cell[:5] for cell in before.cells]
    assert {finding.code for finding in gilint.lint(lost).findings} == {"TPL005"}
