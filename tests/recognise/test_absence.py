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
from gilint.recognise.absence import table_reason, why_no_report

REASONS = {"free-form", "pictures", "list-page", "script-shell", "other-document", "other"}
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


@given(st.lists(st.text(max_size=120), max_size=10), st.text(max_size=80), st.integers(0, 9), st.integers(0, 9))
def test_every_document_has_a_reason(lines: list[str], title: str, counts: int, sections: int) -> None:
    assert why_no_report(document(*lines, title=title, pictures=counts, links=counts, scripts=counts), sections) in REASONS


@pytest.mark.parametrize("piece", ["年度报告", "政府信息公开", "统计", "2020年", " "])
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    begin = time.perf_counter()
    why_no_report(document(piece * 200_000, *[piece * 20] * 10_000, title=piece * 200_000), 0)
    assert time.perf_counter() - begin < 2.0
