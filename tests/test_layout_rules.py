"""TPL and MIS: editions and years, headings, and what a whole document lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from attrs import evolve

from gilint import Report, lint
from gilint.forms import builtin_forms
from gilint.testing import make_draft, sample_figures, sample_report, write
from gilint.testing.draft import Draft

FAMILIES = ["DOC", "TPL", "MIS", "VAL", "SUM"]
OLD, NEW = builtin_forms()


def found(source: Report | str) -> list[str]:
    return [f"{finding.code} {finding.severity}" for finding in lint(source, select=FAMILIES).findings]


def headed(headings: Mapping[str, str | None], report: Report | None = None) -> Report:
    """Return the sample report with other headings; without those that are ``None``."""
    report = report or sample_report()
    sections = []
    for section in report.sections:
        heading = headings.get(section.name, section.heading)
        if heading is not None:
            sections.append(evolve(section, heading=heading, numeral=heading.partition("、")[0] if "、" in heading else ""))
    return evolve(report, sections=tuple(sections))


@pytest.mark.parametrize(
    ("edition", "year", "expected"),
    [
        ("2019", 2019, []),
        ("2019", 2020, []),
        ("2019", 2021, ["TPL001 error"]),
        ("2021", 2020, ["TPL001 error"]),
        ("2021", 2021, []),
        ("2021", 2030, []),
    ],
)
def test_the_edition_is_the_one_prescribed_for_the_year(edition: str, year: int, expected: list[str]) -> None:
    assert found(sample_report(edition, year=year)) == expected


def test_an_unknown_year_accuses_nobody() -> None:
    assert found(evolve(sample_report("2019"), year=None)) == []


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ({"other": "六、其他需报告的事项"}, []),
        ({"reviews": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"}, []),
        ({"overview": "总体情况"}, []),
        ({"overview": "1、总体情况"}, []),
        ({"overview": "第一部分 总体情况"}, []),
        ({"overview": "一、 总 体 情 况"}, []),
        ({"problems": "五、存在的主要问题和下一步改进的措施"}, ["TPL005 note"]),
        ({"problems": "五、展望"}, ["TPL005 warning"]),
        ({"other": "七、其他需要报告的事项"}, ["TPL004 warning"]),
        ({"problems": "六、存在的主要问题及改进情况", "other": "七、其他需要报告的事项"}, ["TPL004 warning"]),
        ({"problems": None}, ["MIS001 warning"]),
        ({"reviews": None}, ["MIS008 warning"]),
        ({"reviews": ""}, ["MIS008 warning"]),
    ],
)
def test_headings(headings: dict[str, str | None], expected: list[str]) -> None:
    assert found(headed(headings)) == expected


def test_sections_in_another_order() -> None:
    report = sample_report()
    *first, problems, other = report.sections
    assert found(evolve(report, sections=(*first, other, problems))) == ["TPL003 warning"]


def test_headings_of_a_second_copy_are_not_out_of_order() -> None:
    page = write(make_draft(NEW, sample_figures(NEW, 3), random=3), "html")
    inner = page.partition("<body>")[2].partition("</body>")[0]
    assert inner
    assert {"DOC014 note"} <= set(found(page.replace("</body>", f"<hr><div>{inner}</div></body>"))) <= {"DOC014 note", "DOC016 note"}
    assert found(page.replace("</body>", f"<hr><div style='display:none'>{inner}</div></body>")) == []


def test_a_section_in_two_pieces_is_not_out_of_order() -> None:
    report = sample_report()
    *first, other = report.sections
    assert found(evolve(report, sections=(*first, other, other))) == []


def test_tables_in_one_need_no_headings_of_their_own() -> None:
    for seed in range(6):
        page = write(make_draft(NEW, sample_figures(NEW, seed), random=seed), "html-one-table")
        assert set(found(page)) <= {"DOC015 note"}


def test_section_and_table_missing_together_are_one_error() -> None:
    printed = {key: None for key in NEW.keys if key[0] == "reviews"}
    report = headed({"reviews": None}, sample_report(printed=printed))
    assert [code for code in found(report) if not code.startswith("SUM9")] == ["MIS002 error"]
    (finding,) = lint(report, select=["MIS"]).findings
    assert len(finding.cells) == 15
    assert "这一部分也没有找到" in finding.say("zh")


def mixed(base: Draft, other: Draft, *names: str) -> Draft:
    """Return a draft some of whose tables are those of another one."""
    sheets = {part.name: part.sheets for part in other.parts}
    return evolve(base, parts=tuple(evolve(part, sheets=sheets[part.name]) if part.name in names else part for part in base.parts))


@pytest.mark.parametrize("layout", ["html-word", "text-cell-a-line-bars"])
@pytest.mark.parametrize("name", ["disclosure", "applications"])
@pytest.mark.parametrize("swapped", [False, True])
def test_mixed_editions_are_told_once(layout: str, name: str, swapped: bool) -> None:
    old, new = (make_draft(form, sample_figures(form, 3), random=3, year=2022) for form in (OLD, NEW))
    draft = mixed(old, new, name) if swapped else mixed(new, old, name)
    result = lint(write(draft, layout), select=FAMILIES)
    assert [finding.code for finding in result.findings] == ["TPL002"]
    assert result.findings[0].cells
    assert all(result.report.cell(cell).value is None for cell in result.findings[0].cells)


@pytest.mark.parametrize("edition", [OLD, NEW], ids=lambda form: form.edition)
@pytest.mark.parametrize("make", [lambda draft: write(draft, "html-word"), lambda draft: write(draft, "text-row-a-line-bars")])
def test_consistent_documents_are_silent(edition: object, make: Callable[[Draft], str]) -> None:
    form = OLD if edition is OLD else NEW
    for seed in range(5):
        assert found(make(make_draft(form, sample_figures(form, seed), random=seed))) == []
