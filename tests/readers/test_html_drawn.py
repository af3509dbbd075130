"""Tables drawn by other elements than ``table``: blank cells count, and what only looks like a row stays text."""

from __future__ import annotations

import re
import time
from random import Random

import pytest

from gilint import CellState, Form, read
from gilint.document import Grid, Paragraph
from gilint.forms import builtin_forms
from gilint.readers.html import read as read_html
from gilint.testing import make_draft, reprint, sample_figures, write

CELL = re.compile(r'<div class="td">(.*?)</div>')
SHAPES = {
    "div": lambda page: page,
    "styled": lambda page: page.replace('<div class="td">', '<div style="display: table-cell">'),
    "span": lambda page: CELL.sub(r'<span class="td">\1</span>', page),
    "style sheet": lambda page: (
        "<style>p{margin:0}\n.x1 , .y{ color:red; display : table-cell }</style>" + CELL.sub(r'<span class="y">\1</span>', page)
    ).replace('class="tr"', 'class="r"'),
    "paragraph within": lambda page: CELL.sub(r'<div class="td"><p>\1</p></div>', page),
    "list": lambda page: re.sub(r'<div class="tr">(.*)</div>', r"<ul>\1</ul>", CELL.sub(r"<li>\1</li>", page)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.edition)
def test_blank_cells_of_drawn_tables_are_blank(form: Form, shape: str) -> None:
    random = Random(5)
    figures = sample_figures(form, random)
    blank = {key for key in form.keys if key[0] != "procurement" and random.random() < 0.15}
    page = SHAPES[shape](write(reprint(make_draft(form, figures, random=random), dict.fromkeys(blank, "")), "html-divs"))
    report = read(page.encode())
    assert {cell.ref for cell in report.cells if cell.state is CellState.BLANK} == blank
    assert {cell.ref: cell.value for cell in report.cells if cell.state is CellState.NUMBER} == {
        key: number for key, number in figures.items() if key not in blank
    }


def test_a_cell_of_a_drawn_table_has_its_line() -> None:
    row = "<div class=tr>\n<div class=td>甲</div>\n<div class=td>{}</div>\n<div class=td></div></div>\n"
    document = read_html("<p>前文</p>\n" + "".join(row.format(number) for number in (7, 8, 9)) + "<p>后文</p>", "x")
    before, grid, after = document.blocks
    assert isinstance(grid, Grid)
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "7", ""], ["甲", "8", ""], ["甲", "9", ""]]
    assert document.locate(grid.rows[1][1].place).line == 8
    assert document.locate(after.place).line == 14


@pytest.mark.parametrize(
    "markup",
    [
        "<div><p>一、总体情况</p><p></p><p>二、其他</p></div>" * 4,
        "<ul>" + "<li><span>年报</span><span>2023-01-05</span></li>" * 5 + "</ul>",
        "<ul>" + "<li><div>年报</div><div>2023-01-05</div></li>" * 5 + "</ul>",
        "<div>甲<div>1</div><div></div></div>" * 5,
        "<div><div>甲</div><div>1</div><div><img src=a.png></div></div>" * 5,
        "<div><div>甲</div><div>1</div><div></div></div>" * 2,
        "<style>.x{color:red} .y{display:block}</style>"
        + "<div><span class=x>甲</span><span class=x>1</span><span class=x></span></div>" * 5,
    ],
)
def test_what_is_no_table_of_figures_stays_text(markup: str) -> None:
    assert not any(isinstance(block, Grid) for block in read_html(markup, "x").blocks)


def test_nothing_is_drawn_beside_real_tables() -> None:
    table = "<table>" + "<tr><td>甲</td><td>1</td></tr>" * 40 + "</table>"
    row = "<div><div>甲</div><div>1</div><div></div></div>"
    assert sum(isinstance(block, Grid) for block in read_html(table + row * 5, "x").blocks) == 1


@pytest.mark.parametrize(
    "sheet", ["<style>", "<style>.a{", "<style>.a{display:flex}", "<style>" + ".a" * 200, "<style>" + "a,.b" * 200 + "{display"]
)
def test_hostile_style_sheets_cost_linear_time(sheet: str) -> None:
    start = time.process_time()
    read_html(sheet * (1_000_000 // len(sheet)) + "display", "x")
    assert time.process_time() - start < 8


def test_many_drawn_rows_cost_linear_time_and_memory() -> None:
    page = "<div>" * 400 + "<div><div>1</div><div></div><div>2</div></div>" * 20_000
    document = read_html(page, "x")
    assert sum(len(block.rows) for block in document.blocks if isinstance(block, Grid)) >= 5_000
