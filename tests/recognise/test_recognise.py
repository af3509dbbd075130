"""Laying a document over the forms, where the property tests do not look: what is left over, and what is not the form's."""

from __future__ import annotations

import re

import pytest

import gilint
from gilint.forms import builtin_forms
from gilint.notice import NoticeKind
from gilint.testing import render, sample_figures

FORM = builtin_forms()[-1]
FIGURES = sample_figures(FORM, 7)


def page(layout: str) -> str:
    text = render(FORM, FIGURES, layout, organ="临河市商务局", random=7)
    assert isinstance(text, str)
    return text


def test_a_number_too_many_concerns_its_row_alone() -> None:
    lines = page("text-cell-a-line-tight").splitlines()
    lines.insert(lines.index("行政许可") + 2, "77")
    report = gilint.read("\n".join(f"<p>{line}</p>" for line in lines))
    (stray,) = report.noticed(NoticeKind.NUMBER_WITHOUT_PLACE)
    assert (stray.data["raw"], stray.data["table"], stray.data["row"]) == ("77", "disclosure", "licences")
    assert gilint.uncertain_rows(report) == {("disclosure", "licences")}


def test_narrative_between_the_parts_of_section_four_stays_narrative() -> None:
    text = page("html-reviews-in-three")
    start = text.index("</table>", text.rindex("四、")) + len("</table>")
    said = "说明:以上复议案件均已按期答复,有关情况在本机关网站另行公布,供社会监督。"
    report = gilint.read(text[:start] + f"<p>{said}</p>" + text[start:])
    section = report.section("reviews")
    assert section is not None
    assert said in section.text
    assert {cell.ref: cell.value for cell in report.reviews.values()} == {
        key: value for key, value in FIGURES.items() if key[0] == "reviews"
    }


@pytest.mark.parametrize("said", ["全年未发生政府信息公开行政复议。", "本年度无行政复议", "因政府信息公开引发行政复议。"])
def test_a_sentence_that_ends_like_a_heading_of_section_four_is_narrative(said: str) -> None:
    text = page("html")
    start = text.index("<table", text.rindex("四、"))
    report = gilint.read(text[:start] + f"<p>{said}</p>" + text[start:])
    section = report.section("reviews")
    assert section is not None
    assert section.text == said
    assert {cell.ref: cell.value for cell in report.reviews.values()} == {
        key: value for key, value in FIGURES.items() if key[0] == "reviews"
    }


def test_copies_of_a_row_are_one_notice() -> None:
    text = page("text-cell-a-line-bars")
    start = text.index("二、上年结转政府信息公开申请数量")
    row = text[start : text.index("三、本年度办理结果", start)]
    report = gilint.read(text.replace(row, row * 50))
    (notice,) = report.noticed(NoticeKind.ROW_REPEATED)
    assert (notice.data["row"], notice.data["copies"], notice.data["differs"]) == ("carried_in", 49, False)


def test_a_wrong_span_in_the_header_moves_no_value() -> None:
    text = page("html")
    wrong = re.sub(r'colspan="5"([^>]*>(?:<[^>]*>)*法人或其他组织)', r'colspan="4"\1', text)
    assert wrong != text
    report = gilint.read(wrong)
    assert {cell.ref: cell.value for cell in report.applications.values()} == {
        key: value for key, value in FIGURES.items() if key[0] == "applications"
    }


def test_the_same_labels_in_a_table_of_the_reports_own_are_not_the_forms() -> None:
    text = page("html")
    own = "<table><tr><td>类别</td><td>数量</td><td>占比</td></tr><tr><td>行政许可</td><td>91</td><td>7%</td></tr></table>"
    heading = text.index("二、主动公开政府信息情况")
    start = text.rindex("<p", 0, heading)
    report = gilint.read(text[:start] + own + text[start:])
    assert report.disclosure["licences", "decisions"].value == FIGURES["disclosure", "licences", "decisions"]
    assert report.noticed(NoticeKind.ROW_REPEATED) == ()
