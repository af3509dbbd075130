"""PDF tables without lines, or with too few of them: what stands below each other is a column."""

from __future__ import annotations

import io
from random import Random

import pytest
from pdf_files import STYLES, write_pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import gilint
from gilint.document import Grid, Paragraph
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.testing import make_draft, sample_figures

FORMS = {form.edition: form for form in builtin_forms()}
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Line = tuple[float, str, float, float]
"""Text size, text, where it begins, how high it stands."""


def drawn(*pages: list[Line]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 400), invariant=1)
    for page in pages:
        for size, text, x, y in page:
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def rows(data: bytes) -> list[list[list[str]]]:
    """Return the text of every cell of every table."""
    return [[[cell.text for cell in row] for row in block.rows] for block in read_document(data).blocks if isinstance(block, Grid)]


def table(x: float, y: float, *lines: tuple[str, ...], step: float = 60, pitch: float = 20) -> list[Line]:
    """Return lines whose cells stand below each other, blank ones left out."""
    return [
        (10, text, x + (step if at else 0) + step * at, y - pitch * number)
        for number, line in enumerate(lines)
        for at, text in enumerate(line)
        if text
    ]


@pytest.mark.parametrize("style", ["bare", "rows-only", "framed"])
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_blank_cells_are_blank_and_the_others_stay_in_their_columns(style: str, edition: str) -> None:
    random = Random(edition + style)
    form = FORMS[edition]
    figures = sample_figures(form, random)
    blank = {key: "" for key, number in figures.items() if number == 0 and key[0] == "applications" and key[2] != "total"}
    report = gilint.read(write_pdf(make_draft(form, figures, random=random, printed=blank), STYLES[style]))
    cells = {key: report.cell(key) for key in figures if key[0] == "applications"}
    assert {key for key, cell in cells.items() if cell.state == "blank"} == set(blank)
    assert {key: cell.value for key, cell in cells.items() if key not in blank} == {key: figures[key] for key in cells if key not in blank}


def test_a_column_without_any_figure_is_known_by_its_heading() -> None:
    page = table(50, 350, ("项目", "甲", "乙", "丙"), ("规章", "1", "", "3"), ("文件", "4", "", "6"))
    assert rows(drawn(page)) == [[["项目", "甲", "乙", "丙"], ["规章", "1", "", "3"], ["文件", "4", "", "6"]]]


def test_a_table_that_goes_on_without_its_header_keeps_its_columns() -> None:
    first = table(50, 350, ("项目", "甲", "乙", "丙"), ("1.规章", "1", "2", "3"), ("2.文件", "4", "5", "6"))
    second = table(50, 350, ("3.许可", "", "8", "9"), ("4.处罚", "", "11", "12"))
    assert rows(drawn(first, second))[1] == [["3.许可", "", "8", "9"], ["4.处罚", "", "11", "12"]]


def test_a_label_that_the_end_of_a_page_cuts_is_one() -> None:
    first = table(50, 350, ("项目", "甲", "乙", "丙"), ("1.规章", "1", "2", "3"), ("2.保护第三", "4", "5", "6"))
    second = table(50, 350, ("方权益",), ("3.许可", "7", "8", "9"), ("4.处罚", "10", "11", "12"))
    assert [row for grid in rows(drawn(first, second)) for row in grid][2:4] == [
        ["2.保护第三方权益", "4", "5", "6"],
        ["3.许可", "7", "8", "9"],
    ]


def test_figures_broken_in_a_narrow_column_are_one_number() -> None:
    page = table(
        50, 350, ("项目", "甲", "乙", "丙"), ("1.规章", "1", "2", "3"), ("2.文件", "4", "5", ""), ("3.许可", "7", "8", "9"), pitch=26
    )
    page += [(10, "120", 290, 305), (10, "7", 290, 292)]
    assert rows(drawn(page))[0][2] == ["2.文件", "4", "5", "1207"]


def test_a_figure_set_apart_from_its_unit_is_one_cell() -> None:
    page = table(50, 350, ("项目", "甲", "乙", "丙"), ("规章", "1", "2", "3"), ("文件", "4", "5", "6"))
    page += [(10, "件", 298, 330), (10, "件", 298, 310)]
    assert [row[-1] for row in rows(drawn(page))[0]] == ["丙", "3件", "6件"]


def test_headings_over_several_columns_cover_them() -> None:
    page = table(50, 350, ("", "复议", "", "诉讼", ""), ("", "甲", "乙", "丙", "丁"), ("", "1", "2", "3", "4"))
    page = [(size, text, x + (30 if text in ("复议", "诉讼") else 0), y) for size, text, x, y in page]
    (grid,) = (block for block in read_document(drawn(page)).blocks if isinstance(block, Grid))
    assert [(cell.text, cell.column, cell.column_span) for cell in grid.rows[0]] == [("复议", 1, 2), ("诉讼", 3, 2)]


def test_a_title_over_the_whole_table_is_a_row_of_it() -> None:
    page = [
        (10, "收到和处理政府信息公开申请情况", 100.0, 365.0),
        *table(50, 350, ("项目", "甲", "乙", "丙"), ("规章", "1", "", "3"), ("文件", "4", "5", "6")),
    ]
    title = ["收到和处理政府信息公开申请情况"]
    assert rows(drawn(page)) == [[title, ["项目", "甲", "乙", "丙"], ["规章", "1", "", "3"], ["文件", "4", "5", "6"]]]


def test_narrative_with_a_number_at_its_end_is_no_table() -> None:
    page: list[Line] = [(10, "联系电话", 50, 350), (10, "12345678", 200, 350), (10, "全年公开信息的数量", 50, 330), (10, "35", 200, 330)]
    assert rows(drawn(page)) == []


WORDS = [
    "规章",
    "1",
    "0",
    "—",
    "（一）",
    "1.属于",
    "一、本年",
    "（其中",
    "件）",
    "3件",
    "第二十条第（一）项",
    "一",
    "",
    "。",
    "１２",
    "-3",
    "件",
    "自然人",
]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_stands_wherever_on_a_page_is_read(seed: int) -> None:
    random = Random(seed)
    page = [
        (
            random.choice([9.0, 10.0, 20.0]),
            random.choice(WORDS),
            random.choice([50, 120, 200, 260, random.uniform(0, 500)]),
            random.choice([350, 340, 330, 310, random.uniform(0, 390)]) + random.choice([0, 0, 0, 2, 5]),
        )
        for _ in range(random.randint(0, 60))
    ]
    written = sorted("".join(text for _, text, _, _ in page).replace("—", "-"))
    document = read_document(drawn(page, [(10, "年报" * 20, 50, 350)]))
    read = [cell.text for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    read += [block.text for block in document.blocks if isinstance(block, Paragraph)]
    # What is drawn over the same place is read once; nothing else is lost, and nothing made up.
    assert set("".join(read).replace("—", "-")) - set(" \n") <= set(written) | set("年报")
