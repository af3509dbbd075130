"""Rows of a grid with fewer cells than columns: which one lacks is not asserted, and nobody is accused."""

from __future__ import annotations

import re

import pytest

from gilint import Finding, Report, lint, read
from gilint.forms import builtin_forms
from gilint.notice import NoticeKind
from gilint.testing import complete, render, sample_figures

FORMS = {form.edition: form for form in builtin_forms()}
COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")
KNOWN = {
    ("applications", row, column): number for row in ("new", "granted") for column, number in (("natural_person", 23), ("business", 40))
}


def page(edition: str, layout: str) -> str:
    figures = sample_figures(FORMS[edition], 4, scale="quiet")
    others = {key: value for key, value in figures.items() if key[0] != "applications"}
    figures = complete(FORMS[edition], {**others, **KNOWN})
    source = render(FORMS[edition], figures, layout, organ="白石县商务局", random=5)
    return source.decode() if isinstance(source, bytes) else source


def without_cell(text: str, label: str, position: int) -> str:
    """Delete one value cell of the row with that label."""
    start = text.index(label)
    begin = text.rindex("<tr", 0, start)
    end = text.index("</tr>", start)
    row = text[begin:end]
    cells = list(re.finditer(r"<td[^>]*>.*?</td>", row, re.DOTALL))
    values = cells[-7:]
    cell = values[position]
    return text[: begin + cell.start()] + text[begin + cell.end() :]


def findings(report: Report) -> list[Finding]:
    return [finding for finding in lint(report, config={}).findings if finding.code[:3] in ("MIS", "VAL", "SUM", "TPL", "DOC")]


@pytest.mark.parametrize("layout", ["html", "html-cms", "html-word", "html-excel"])
@pytest.mark.parametrize("position", range(7))
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_deleted_cell_is_told_and_accuses_nobody(edition: str, position: int, layout: str) -> None:
    report = read(without_cell(page(edition, layout), "予以公开", position).encode())
    assert [notice.data["row"] for notice in report.noticed(NoticeKind.ROW_SHORT)] == ["granted"]
    (finding,) = [finding for finding in findings(report) if finding.severity != "note"]
    assert (finding.code, str(finding.severity)) == ("MIS005", "warning")
    assert finding.say().startswith("“(一)予以公开”这一行应有 7 个数，只有 6 个，无法确定缺哪一个")
    assert ("applications", "granted", COLUMNS[position]) in [tuple(cell) for cell in finding.cells]


def test_many_short_rows_are_told_once() -> None:
    text = page("2021", "html")
    for label in ("予以公开", "部分公开", "属于国家秘密", "三安全一稳定"):
        text = without_cell(text, label, 0)
    report = read(text.encode())
    (finding,) = [finding for finding in findings(report) if finding.severity != "note"]
    assert (finding.code, len(finding.cells)) == ("MIS005", 28)
    assert finding.say().startswith("“收到和处理政府信息公开申请情况”表有 4 行缺少数，无法确定各缺哪一个：“")
    assert finding.say().endswith("、“(三)不予公开 · 3.危及‘三安全一稳定’”。")


def test_a_number_that_may_be_the_change_is_not_negative() -> None:
    text = page("2019", "text-cell-a-line-blank-lines")
    lines = text.splitlines()
    start = max(number for number, line in enumerate(lines) if line.strip() == "行政事业性收费")
    numbers = [number for number in range(start + 1, len(lines)) if lines[number].strip()][:2]
    lines[numbers[0]], lines[numbers[1]] = "-2", ""
    report = read("\n".join(lines).encode())
    assert [notice.data["row"] for notice in report.noticed(NoticeKind.ROW_SHORT)] == ["fees"]
    assert [finding.code for finding in findings(report) if finding.severity != "note"] == ["MIS005"]
