"""Of several reports in one document the first is looked at, and the others are not held against it."""

from __future__ import annotations

import pytest

import gilint
from gilint import NoticeKind
from gilint.forms import builtin_forms
from gilint.testing import render, sample_figures

FORMS = {form.edition: form for form in builtin_forms()}
ORGANS = (("白石县商务局", "2021", 2022), ("云溪区教育局", "2021", 2023), ("东川县水利局", "2019", 2020))


def written(number: int, layout: str) -> str:
    organ, edition, year = ORGANS[number]
    return render(FORMS[edition], sample_figures(FORMS[edition], number + 3), layout, organ=organ, year=year, random=number)


def findings(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.say()) for finding in gilint.lint(text, config={}).findings if finding.code != "DOC014"]


@pytest.mark.parametrize("layout", ["html", "text-markdown", "text-tabs"])
@pytest.mark.parametrize("numbers", [(0, 1), (1, 0), (0, 2), (2, 1), (0, 1, 2)])
def test_only_the_first_is_looked_at(numbers: tuple[int, ...], layout: str) -> None:
    together = "\n".join(written(number, layout) for number in numbers)
    report = gilint.read(together)
    first = gilint.read(written(numbers[0], layout))
    assert (report.year, report.organ, report.form) == (first.year, first.organ, first.form)
    assert {cell.ref: cell.value for cell in report.cells} == {cell.ref: cell.value for cell in first.cells}
    assert [notice.kind for notice in report.notices] == [NoticeKind.SEVERAL_REPORTS]
    assert report.notices[0].data["count"] == len(numbers)
    assert findings(together) == findings(written(numbers[0], layout))


def test_a_table_of_contents_is_no_report_of_its_own() -> None:
    contents = "".join(f"<p>{numeral}、{spec.label.zh}</p>" for numeral, spec in zip("一二三四五六", FORMS["2021"].sections, strict=True))
    first = f"<h1>白石县商务局2022年政府信息公开工作年度报告</h1>{contents}{written(0, 'html')}"
    report = gilint.read(first + written(1, "html"))
    assert {cell.ref: cell.value for cell in report.cells} == sample_figures(FORMS["2021"], 3)
    assert [notice.kind for notice in report.notices] == [NoticeKind.SEVERAL_REPORTS]


def test_a_report_printed_twice_stays_as_it_is() -> None:
    """Pages for print and for telephones repeat everything; nothing in it contradicts the rest."""
    report = gilint.read(written(0, "html") * 2)
    assert [notice.data["identical"] for notice in report.notices if notice.kind is NoticeKind.SEVERAL_REPORTS] == [True]
    assert len([section for section in report.sections if section.name == "disclosure"]) == 2
