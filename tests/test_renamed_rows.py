"""Rows under words of the office's own, with numbers or left blank: they are renamed, not missing."""

from __future__ import annotations

import pytest
from attrs import evolve

from gilint import Form, lint
from gilint.forms import builtin_forms
from gilint.testing import reprint, sample_draft, write
from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, SheetCell

RENAMED = {
    "(一)予以公开": "(一)同意公开",
    "2.重复申请": "2.多次重复提交申请",
    "3.补正后申请内容仍不明确": "3.不清楚",
    "四、结转下年度继续办理": "四、转入下一年度办理",
    "行政处罚": "处罚类",
}
# A single blank cell leaves no trace that a stream of lines could be read by.
STREAMS = ("text-row-a-line-bars", "text-markdown", "text-tabs-full")


def renamed(form: Form, label: str, blank: str | None) -> Draft:
    """Return the sample report in which a row is called otherwise, and blank unless ``blank`` is ``None``."""
    table, row = next((table.name, row) for table in form.tables for row in table.rows if row.label.zh == label)

    def rename(cell: SheetCell) -> SheetCell:
        return evolve(cell, text=RENAMED[label]) if cell.role is Role.LABEL and cell.text == label else cell

    draft = sample_draft(form)
    return (draft if blank is None else reprint(draft, {(table, row.name, column): blank for column in row.columns})).with_cells(rename)


@pytest.mark.parametrize("blank", ["", "-", None])
@pytest.mark.parametrize("label", RENAMED)
@pytest.mark.parametrize("layout", ["html", "html-word", *STREAMS])
@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.edition)
def test_a_row_that_is_renamed_is_there(form: Form, layout: str, label: str, blank: str | None) -> None:
    findings = lint(write(renamed(form, label, blank), layout), config={}, select=["TPL", "MIS", "DOC"]).findings
    assert [finding.code for finding in findings if finding.code != "MIS007"] == ["TPL006"]
    assert [finding.code for finding in findings if finding.code == "MIS007"] == ([] if blank is None else ["MIS007"])
    (said,) = (finding.say() for finding in findings if finding.code == "TPL006")
    assert RENAMED[label] in said
    assert label in said


def test_a_blank_row_of_an_offices_own_is_none_of_the_form() -> None:
    page = write(sample_draft(builtin_forms()[-1]), "html")
    row = page.index("<tr", page.index("信访举报投诉类申请"))
    own = page[:row] + "<tr><td>备注</td>" + "<td></td>" * 7 + "</tr>" + page[row:]
    assert lint(own, config={}, select=["TPL", "MIS", "DOC"]).findings == ()
