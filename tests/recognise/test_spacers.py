"""Empty columns that set others apart are no cells; blank columns that mean something stay."""

from __future__ import annotations

import re
from random import Random

import pytest

from gilint import CellState, Form, read
from gilint.document import Document, Grid, GridCell
from gilint.forms import builtin_forms
from gilint.recognise.spacers import without_spacers
from gilint.testing import make_draft, reprint, sample_figures, write

_CELL = re.compile(r"(<t[dh]\b[^>]*>)(.*?)</t[dh]>", re.DOTALL)


def spaced(page: str) -> str:
    """Put an empty column behind every column, as pages do that were made of spreadsheets."""

    def cell(match: re.Match[str]) -> str:
        height = re.search(r'rowspan="?\d+"?', match[1])
        return f"{match[0]}<td {height[0] if height else ''}></td>"

    wider = re.sub(r'colspan="?(\d+)"?', lambda match: f'colspan="{2 * int(match[1]) - 1}"', page)
    return _CELL.sub(cell, wider)


@pytest.mark.parametrize("layout", ["html", "html-word", "html-spans-blank", "html-one-table", "html-blocks", "html-headers-short"])
@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.edition)
def test_columns_that_set_apart_are_passed_over(form: Form, layout: str) -> None:
    random = Random(3)
    figures = sample_figures(form, random)
    blank = {key for key in form.keys if key[0] != "procurement" and random.random() < 0.1}
    report = read(spaced(write(reprint(make_draft(form, figures, random=random), dict.fromkeys(blank, "")), layout)).encode())
    assert {cell.ref for cell in report.cells if cell.state is CellState.BLANK} == blank
    assert {cell.ref: cell.value for cell in report.cells if cell.state is CellState.NUMBER} == {
        key: number for key, number in figures.items() if key not in blank
    }


def grid(*lines: str) -> Document:
    rows = tuple(
        tuple(GridCell(text.strip(), row, column) for column, text in enumerate(line.split("|"))) for row, line in enumerate(lines)
    )
    return Document("x", "html", (Grid(rows),))


@pytest.mark.parametrize(
    "lines",
    [
        # Blank columns under headings; blank columns without any heading; one blank column; too few columns to tell.
        ("项目|自然人|商业企业|科研机构|公益组织|法律服务|其他|总计", "新收|1||2||3||6"),
        ("新收|1||2||3||6", "上年|1||2||3||6"),
        ("项目|甲||乙|丙|丁|总计", "新收|1||2|3|0|6"),
        ("项目||甲||总计", "新收||1||1"),
    ],
)
def test_blank_columns_stay(lines: tuple[str, ...]) -> None:
    document = grid(*lines)
    assert without_spacers(document) is document


def test_spans_are_those_of_the_columns_that_stay() -> None:
    head = (GridCell("项目", 0, 0, 2), GridCell("", 0, 1, 2), GridCell("申请人", 0, 2, 1, 7))
    names = tuple(GridCell(text, 1, 2 + column) for column, text in enumerate(("甲", "", "乙", "", "丙", "", "总计")))
    values = tuple(GridCell(text, 2, column) for column, text in enumerate(("新收", "", "1", "", "2", "", "", "", "3")))
    (closed,) = without_spacers(Document("x", "html", (Grid((head, names, values)),))).blocks
    assert isinstance(closed, Grid)
    assert [[(cell.text, cell.column, cell.column_span) for cell in row] for row in closed.rows] == [
        [("项目", 0, 1), ("申请人", 1, 4)],
        [("甲", 1, 1), ("乙", 2, 1), ("丙", 3, 1), ("总计", 4, 1)],
        [("新收", 0, 1), ("1", 1, 1), ("2", 2, 1), ("", 3, 1), ("3", 4, 1)],
    ]
