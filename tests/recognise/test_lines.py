"""How a line of text falls into cells: what parts them, and what belongs to one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gilint
from gilint.document import Document, Paragraph
from gilint.forms import builtin_forms
from gilint.place import Place
from gilint.recognise.labels import Vocabulary, index_of, vocabulary_of
from gilint.recognise.lines import Kind, Line, Token, lines_of, split_numbers


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(tuple(index_of(form) for form in builtin_forms()))


def line_of(text: str, vocabulary: Vocabulary) -> Line:
    (line,) = lines_of(Document("x.txt", "text", (Paragraph(text, Place(line=1)),)), vocabulary)
    return line


def cells_of(text: str, vocabulary: Vocabulary) -> list[str]:
    return [token.text for token in line_of(text, vocabulary).tokens]


LINES = {
    # A unit after a space belongs to its number.
    "规章                 0                 0                0 件": ["规章", "0", "0", "0 件"],
    "政府集中采购             3                    739478.92 万元": ["政府集中采购", "3", "739478.92 万元"],
    "政府集中采购 50件 2320166.4 万元": ["政府集中采购", "50件", "2320166.4 万元"],
    "0     0    0 件   0   0 人次   0     0    0 件": ["0", "0", "0 件", "0", "0 人次", "0", "0", "0 件"],
    "0 件 3 0 件": ["0 件", "3", "0 件"],
    # A unit behind a label is a word of it.
    "一、本年新收 件 3 0 3": ["一、本年新收件", "3", "0", "3"],
    # Wide spaces part columns, a single one can stand in a number.
    "7.属于行政执法案卷      0       0     2 378     0       0       0     2 378":
        ["7.属于行政执法案卷", "0", "0", "2 378", "0", "0", "0", "2 378"],
    "行政处罚                             3 760 863": ["行政处罚", "3 760 863"],
    "行政处罚                               2 3 5": ["行政处罚", "2 3 5"],
    "1 215    12     0     3": ["1 215", "12", "0", "3"],
    "0  0  −1 024.5 件": ["0", "0", "−1 024.5 件"],
    # What cannot be one number is several, wide spaces or not.
    "33 6 308": ["33", "6", "308"],
    "行政许可   33 6   308": ["行政许可", "33", "6", "308"],
    "５ 0 ３７": ["５", "0", "３７"],
    "- - -": ["-", "-", "-"],
    "-  -  -": ["-", "-", "-"],
    "（二）部分公开（区分处理的，只计这    -       -       -       -       -       -       -":
        ["（二）部分公开（区分处理的，只计这", "-", "-", "-", "-", "-", "-", "-"],
    # A label and its first value can be a single space apart.
    "3.危及“三安全一稳定” 990      0       5       0       0       0      995":
        ["3.危及“三安全一稳定”", "990", "0", "5", "0", "0", "0", "995"],
    "（二）部分公开（区分处理的，只计这 2 7 4 3    0       0       0": ["（二）部分公开（区分处理的，只计这", "2 7 4 3", "0", "0", "0"],
    "（一）予以公开 2 743 件   0 件  0": ["（一）予以公开", "2 743 件", "0 件", "0"],
    "规章\u30000  0  0": ["规章", "0", "0", "0"],
    # Words of a label, wide spaces between them.
    "（三）不予   4.保护第三方合法权益     0       0       0": ["（三）不予4.保护第三方合法权益", "0", "0", "0"],
    # Short lines.
    "9 ↑3": ["9", "↑3"],
    "0项 2": ["0项", "2"],
    "０ 18": ["０", "18"],
    # Alone, spaced digits can be one number: the columns of the row decide.
    "1 3 2 4 2": ["1 3 2 4 2"],
    "1 024": ["1 024"],
    "1 024 377": ["1 024 377"],
    "2 20": ["2 20"],
    "2 7 7 9 0 3 3 |": ["2 7 7 9 0 3 3"],
    "2 7 7 9 0 3 3": ["2", "7", "7", "9", "0", "3", "3"],
    "0 0 0 0 |": ["0", "0", "0", "0"],
    "12 条": ["12 条"],
    # Prose.
    "受理 3 件，办结 4 件。": ["受理 3 件，办结 4 件。"],
    "2022年  全年共受理 3 件": ["2022年  全年共受理 3 件"],
    "一 二": ["一 二"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "cells"), LINES.items())
def test_a_line_falls_into_its_cells(text: str, cells: list[str], vocabulary: Vocabulary) -> None:
    assert cells_of(text, vocabulary) == cells


GROUPED = st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", " "))


@given(st.lists(GROUPED, min_size=7, max_size=7), st.integers(2, 9), st.sampled_from(["", " 件"]))
def test_grouped_thousands_between_wide_spaces_are_one_value(numbers: list[str], width: int, unit: str) -> None:
    vocabulary = vocabulary_of(tuple(index_of(form) for form in builtin_forms()))
    values = [number + unit for number in numbers]
    line = line_of((" " * width).join(["（一）予以公开", *values]), vocabulary)
    assert [token.text for token in line.tokens] == ["（一）予以公开", *values]
    assert [token.kind for token in line.tokens[1:]] == [Kind.NUMBER] * 7


@pytest.mark.parametrize(
    ("texts", "count", "expected"),
    [
        (["10 3"], 2, ["10", "3"]),
        (["10 3 件"], 2, ["10", "3 件"]),
        (["- -"], 2, ["-", "-"]),
        (["", "5 1"], 3, ["", "5", "1"]),
        (["10 3"], 3, ["10 3"]),
    ],
)
def test_values_are_split_where_the_columns_ask_for_it(texts: list[str], count: int, expected: list[str]) -> None:
    place = Place(line=1)
    values = [Token(text, Kind.NUMBER if text.strip("- ") else Kind.BLANK, place) for text in texts]
    assert [token.text for token in split_numbers(values, count)] == expected


REPORT = """青州市应急管理局2019年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一
）项
信息内容
本年新制作数量
本年新公开数量
对外公开总数量
规章
0 0 0
规范性文件
33 6 308
第二十条第（五
）项
信息内容
上一年项目数量
本年增/减
处理决定数量
行政许可
1 024 7 3
其他对外管理服务事项
0 0 0
第二十条第（六）项
行政处罚
0 0 0
行政强制
0 0 0
第二十条第（八）项
信息内容
上一年项目
数量
本年增/减
行政事业性收费
9 ↑3
第二十条第
（九）项
采购项目数量
采购总金额
政府集中采购
1 739478.92 万元
"""


def test_values_under_a_broken_caption_stay_in_their_row() -> None:
    report = gilint.read(REPORT.encode(), name="report.txt")
    cells = {
        (cell.row, cell.column): cell.value for cell in report.cells if cell.table == "disclosure" and cell.state is gilint.CellState.NUMBER
    }
    assert [cells["normative_documents", column] for column in ("made", "published", "public_total")] == [33, 6, 308]
    assert [cells["fees", column] for column in ("previous_items", "change")] == [9, 3]
    assert [str(cells["procurement", column]) for column in ("projects", "amount")] == ["1", "739478.92"]
