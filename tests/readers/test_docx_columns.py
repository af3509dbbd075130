"""Tables whose lines do not quite meet from row to row are read as the eye sees them."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from word_files import p, tc, tr, word_file

import gilint
from gilint.document import Grid
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.readers.docx.columns import NARROWEST
from gilint.testing import make_draft, sample_figures

FORM = builtin_forms()[-1]


def table(widths: list[int], *rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def spanning(text: str, columns: int, properties: str = "") -> str:
    return tc(p(text), f'<w:gridSpan w:val="{columns}"/>{properties}')


def laid(body: str) -> list[list[tuple[str, int, int, int]]]:
    (grid,) = [block for block in read_document(word_file(body)).blocks if isinstance(block, Grid)]
    return [[(cell.text, cell.column, cell.row_span, cell.column_span) for cell in row] for row in grid.rows]


def test_lines_a_hair_apart_are_one_line() -> None:
    rows = tr("甲", spanning("乙", 2), "丙"), tr(spanning("1", 2), "2", "3"), tr(spanning("合计", 4))
    assert laid(table([900, NARROWEST - 1, 900, 900], *rows)) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1), ("丙", 2, 1, 1)],
        [("1", 0, 1, 1), ("2", 1, 1, 1), ("3", 2, 1, 1)],
        [("合计", 0, 1, 3)],
    ]


def test_a_cell_goes_on_below_where_its_line_is_a_hair_apart() -> None:
    rows = tr(spanning("项", 2), tc(p("甲"), '<w:vMerge w:val="restart"/>')), tr("1", spanning("", 2, "<w:vMerge/>"))
    assert laid(table([900, 30, 900], *rows)) == [[("项", 0, 1, 1), ("甲", 1, 2, 1)], [("1", 0, 1, 1)]]


def test_a_row_that_leaves_columns_out_does_so_in_straight_columns() -> None:
    rows = tr("甲", "", "乙", "丙", properties=""), tr("1", "2", properties='<w:gridBefore w:val="2"/>')
    straight = tr(spanning("甲", 2), "乙", "丙"), rows[1]
    assert laid(table([900, 45, 900, 900], *straight)) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1), ("丙", 2, 1, 1)],
        [("1", 1, 1, 1), ("2", 2, 1, 1)],
    ]


@pytest.mark.parametrize("widths", [[900, NARROWEST, 900], [0, 0, 0], [10, 20, 900], [900, 900], [], [900, 50]])
def test_nothing_is_straightened_where_a_cell_would_vanish(widths: list[int]) -> None:
    assert laid(table(widths, tr("甲", "乙", "丙"), tr("1", "2", "3"))) == [
        [("甲", 0, 1, 1), ("乙", 1, 1, 1), ("丙", 2, 1, 1)],
        [("1", 0, 1, 1), ("2", 1, 1, 1), ("3", 2, 1, 1)],
    ]


def test_every_figure_of_a_crooked_table_is_read() -> None:
    """Section four with a row for each procedure: the numbers stand in their columns by nothing but the lines."""
    figures = sample_figures(FORM, 3)
    columns = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计")]
    kinds = [("administrative_review", "行政复议"), ("litigation_direct", "未经复议直接起诉"), ("litigation_after_review", "复议后起诉")]
    lines = [["类别", *(label for _, label in columns)]]
    lines += [[label, *(str(figures["reviews", row, column]) for column, _ in columns)] for row, label in kinds]
    random = Random(4)
    crooked = [[0, *(1000 * n + random.choice([-45, 0, 30]) for n in range(1, 6)), 6000] for _ in lines]
    marks = sorted({mark for row in crooked for mark in row})
    rows = [
        tr(*(spanning(text, marks.index(right) - marks.index(left)) for text, left, right in zip(line, row, row[1:], strict=False)))
        for line, row in zip(lines, crooked, strict=True)
    ]
    body = p("四、政府信息公开行政复议、行政诉讼情况") + table([b - a for a, b in pairwise(marks)], *rows)
    report = gilint.read(word_file(p(make_draft(FORM, figures).title) + body))
    read = {key: report.cell(key).value for key in figures if key[0] == "reviews"}
    assert read == {key: figures[key] for key in figures if key[0] == "reviews"}
