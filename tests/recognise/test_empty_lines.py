"""Blank cells of section four as empty lines, as a word processor exports a table to text: a line for every cell."""

from __future__ import annotations

import pytest

import gilint
from gilint.forms import builtin_forms
from gilint.testing import sample_draft, write
from gilint.values import CellState

HEADINGS = ["行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉", *[""] * 5]
HEADINGS += ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2
KEYS = [key for key in builtin_forms()[-1].keys if key[0] == "reviews"]
PRINTED = ["", "", "", "", "4", *[""] * 9, "1"]


def text(values: list[str], after: list[str], headings: list[str] = HEADINGS) -> str:
    """Return the sample report with section four as a line for every cell."""
    report = write(sample_draft(builtin_forms()[-1]), "text-cell-a-line-tight")
    head, _, rest = report.partition("四、政府信息公开行政复议、行政诉讼情况\n")
    return "\n".join([head + "四、政府信息公开行政复议、行政诉讼情况", *headings, *values, *after, "五、" + rest.partition("五、")[2]])


def read(values: list[str], after: list[str], headings: list[str] = HEADINGS) -> list[str | None]:
    """Return what is printed in the cells, ``None`` for those that are missing."""
    report = gilint.read(text(values, after, headings))
    cells = [report.cell(key) for key in KEYS]
    return [None if cell.state is CellState.MISSING else cell.raw for cell in cells]


@pytest.mark.parametrize("after", [[], [""], ["", ""]])
@pytest.mark.parametrize(
    "values", [PRINTED, [""] * 15, ["1", *[""] * 14], [*[""] * 14, "1"], ["", "2", "", "", "2", *["0"] * 10], ["—", *[""] * 13, "0"]]
)
def test_each_empty_line_is_a_blank_cell(values: list[str], after: list[str]) -> None:
    assert read(values, after) == values
    codes = {finding.code for finding in gilint.lint(text(values, after), select=["MIS", "DOC", "TPL"]).findings}
    assert codes == {"MIS007"}


@pytest.mark.parametrize(
    ("values", "after", "headings"),
    [
        (PRINTED[:-1], [], HEADINGS),
        (PRINTED[1:], [], HEADINGS),
        (PRINTED, [""] * 3, HEADINGS),
        (["", *PRINTED], [], HEADINGS),
        (PRINTED, ["注：另见附件"], [*HEADINGS[:-1], "", "总计"]),
        (["见附件", *PRINTED[1:]], [], HEADINGS),
    ],
)
def test_nothing_is_guessed_where_the_lines_are_not_those_of_the_table(values: list[str], after: list[str], headings: list[str]) -> None:
    assert "" not in read(values, after, headings)
    codes = {finding.code for finding in gilint.lint(text(values, after, headings), select=["MIS"]).findings}
    assert codes & {"MIS002", "MIS003", "MIS005"}


def test_cells_are_where_their_lines_are() -> None:
    source = text(PRINTED, [])
    lines = source.split("\n")
    report = gilint.read(source)
    first = next(number for number, line in enumerate(lines) if line == "四、政府信息公开行政复议、行政诉讼情况") + len(HEADINGS) + 2
    places = [report.cell(key).place for key in KEYS]
    assert [place and place.line for place in places] == list(range(first, first + 15))
