"""What a document without a report is, and why a table is not there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.document import Document, Grid, GridCell, Paragraph
from gilint.forms import builtin_forms
from gilint.model import Section
from gilint.place import Place
from gilint.readers import read_document
from gilint.recognise.absence import table_reason, why_no_report
from gilint.recognise.sections import find_sections

REASONS = {"free-form", "pictures", "attachment", "list-page", "script-shell", "other-document", "other"}
NARRATIVE = "我局高度重视政府信息公开工作，完善制度，明确责任，加强督促检查，" * 5 + "取得了成效。"
TITLE = "昆山市财政局2021年政府信息公开工作年度报告"


def document(*lines: str, title: str = "", pictures: int = 0, links: int = 0, scripts: int = 0) -> Document:
    blocks = tuple(Paragraph(line, Place(line=number)) for number, line in enumerate(lines, 1))
    return Document("a.html", "html", blocks, title, pictures, links, scripts)


def test_list_of_reports() -> None:
    links = [f"昆山市{bureau}2021年政府信息公开工作年度报告" for bureau in ("财政局", "教育局", "民政局", "水务局", "交通运输局")]
    assert why_no_report(document("首页", "政府信息公开年报", *links, links=60), 0) == "list-page"
    assert why_no_report(document("首页", *links[:2], links=60), 0) == "list-page"
    years = [f"[2022-01-20] {year}年政府信息公开工作年度报告" for year in (2018, 2019, 2020, 2021)]
    cells = tuple((GridCell(text, row, 0),) for row, text in enumerate(years))
    assert why_no_report(Document("a.html", "html", (Grid(cells),), links=20), 0) == "list-page"


def test_one_title_again_and_again_is_no_list() -> None:
    assert why_no_report(document(*[TITLE] * 6, NARRATIVE, links=40), 0) == "other"


def test_shell_that_scripts_fill() -> None:
    assert why_no_report(document("首页", "正在加载", scripts=7), 0) == "script-shell"
    assert why_no_report(document(title=TITLE, scripts=3), 0) == "script-shell"
    assert why_no_report(document("首页", "正在加载"), 0) == "other-document"


def test_pictures() -> None:
    assert why_no_report(document(TITLE, "一、总体情况", NARRATIVE, "二、主动公开政府信息情况", pictures=3), 2) == "pictures"
    assert why_no_report(document(TITLE, "发布时间：2022-01-20", pictures=4), 0) == "pictures"


FOOTER = "<div><p>主办单位：昆山市人民政府办公室 苏ICP备00000000号</p><p><img src=/u/1.png>苏公网安备00000000号</p></div>"


def page(article: str, title: str = TITLE) -> Document:
    return read_document(f"<title>{title}</title><a href=/>首页</a><p><img src=/u/head.jpg></p>{article}{FOOTER}")


def test_pictures_beside_the_article_are_none_of_the_report() -> None:
    sections = f"<p>一、总体情况<p>{NARRATIVE}<p>二、主动公开政府信息情况"
    assert why_no_report(page(f"<h1>{TITLE}</h1>{sections}"), 2) == "other"
    assert why_no_report(page(f"<h1>{TITLE}</h1>{sections}<p><img src=/u/2.png></p>"), 2) == "pictures"
    assert why_no_report(page(f"<h1>{TITLE}</h1><p>来源：昆山市财政局"), 0) == "other"
    assert why_no_report(page(f"<h1>{TITLE}</h1><table><tr><td><img src=/u/2.png></table>"), 0) == "pictures"


@pytest.mark.parametrize(
    "title",
    [
        "昆山市2022年法治政府建设年度报告",
        "昆山市财政局政府信息公开指南",
        "关于印发《政府信息公开工作年度报告格式》的通知",
        "昆山市召开2022年政府信息公开工作年度报告编制会议",
        "昆山市发布2022年政府信息公开工作年度报告",
    ],
)
def test_headings_and_pictures_make_no_report_of_another_document(title: str) -> None:
    article = f"<h1>{title}</h1><p>一、总体情况<p>略。<p><img src=/u/2.png></p><p>二、存在的主要问题<p>略。"
    assert why_no_report(page(article, title), 2) == "other-document"


@pytest.mark.parametrize(
    "article",
    [
        "<iframe src='/viewer.html?file=/u/1.pdf'></iframe>",
        f"<p>附件：<a href=/u/1.pdf>{TITLE}.pdf</a>",
        f"<iframe src=/u/1.pdf></iframe><p>附件1：<a href=/u/1.pdf>{TITLE}.pdf</a>",
        "<p><a href=/u/1.docx>点击下载.docx</a>",
    ],
)
def test_report_in_a_file(article: str) -> None:
    assert why_no_report(page(f"<h1>{TITLE}</h1><p>发布时间：2022-01-20{article}"), 0) == "attachment"


def test_a_file_beside_the_text_is_not_the_report() -> None:
    assert why_no_report(page(f"<h1>{TITLE}</h1><p>{NARRATIVE}<p>附件：<a href=/u/1.pdf>{TITLE}.pdf</a>"), 0) == "other"


def test_report_without_tables() -> None:
    assert why_no_report(document(TITLE, "一、总体情况", NARRATIVE, "二、主动公开政府信息情况"), 2) == "other"
    assert why_no_report(document(TITLE, NARRATIVE), 0) == "other"


def test_free_form() -> None:
    assert why_no_report(document("昆山市财政局2017年政府信息公开工作年度报告", "一、概述", NARRATIVE), 0) == "free-form"
    assert why_no_report(document("一、概述", NARRATIVE, title="昆山市财政局2015年政府信息公开年度报告-昆山市"), 0) == "free-form"
    assert why_no_report(document("附件：政府信息公开情况统计表", "（2018年度）", "指标名称 | 计量单位 | 统计数"), 0) == "free-form"


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("今日天气晴。", NARRATIVE),
        ("关于做好2021年政府信息公开工作年度报告编制发布工作的通知", NARRATIVE),
        ("昆山市财政局政府信息公开指南", NARRATIVE),
    ],
)
def test_other_document(lines: tuple[str, ...]) -> None:
    assert why_no_report(document(*lines), 0) == "other-document"


def test_reason_of_one_absent_table() -> None:
    spec = builtin_forms()[-1].table("reviews")
    there = Section("reviews", 4, "四、政府信息公开行政复议、行政诉讼情况", "四")
    assert table_reason(document(pictures=1), [there], spec) == "picture"
    assert table_reason(document(), [there], spec) == "absent"
    assert table_reason(document(pictures=1), [Section("", None, "", "")], spec) == "absent"


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("<p>四、政府信息公开行政复议、行政诉讼情况<p><img src=/u/4.png><p>五、存在的主要问题及改进情况<p>略。", "picture"),
        ("<p>四、政府信息公开行政复议、行政诉讼情况<table><tr><td><img src=/u/4.png></table>", "picture"),
        (
            "<p>三、收到和处理政府信息公开申请情况<p><img src=/u/3.png><p>四、政府信息公开行政复议、行政诉讼情况<p>五、存在的主要问题及改进情况<p>略。",
            "absent",
        ),
        ("<p>四、政府信息公开行政复议、行政诉讼情况<p>五、存在的主要问题及改进情况<p><img src=/u/5.png>", "absent"),
        ("<p>四、政府信息公开行政复议、行政诉讼情况<p>略。", "absent"),
    ],
)
def test_a_picture_stands_for_a_table_only_under_its_heading(article: str, expected: str) -> None:
    form = builtin_forms()[-1]
    source = page(f"<h1>{TITLE}</h1>{article}")
    sections = find_sections([block for block in source.blocks if isinstance(block, Paragraph)], form)
    assert table_reason(source, sections, form.table("reviews")) == expected


@given(st.lists(st.text(max_size=120), max_size=10), st.text(max_size=80), st.integers(0, 9), st.integers(0, 9))
def test_every_document_has_a_reason(lines: list[str], title: str, counts: int, sections: int) -> None:
    assert why_no_report(document(*lines, title=title, pictures=counts, links=counts, scripts=counts), sections) in REASONS


@pytest.mark.parametrize("piece", ["年度报告", "政府信息公开", "统计", "2020年", " "])
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    begin = time.process_time()
    why_no_report(document(piece * 200_000, *[piece * 20] * 10_000, title=piece * 200_000), 0)
    assert time.process_time() - begin < 2.0
