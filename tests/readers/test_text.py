"""Plain text and Markdown: which lines are paragraphs and which are rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gilint.document import Document, Grid, Paragraph
from gilint.notice import NoticeKind
from gilint.place import Place
from gilint.readers import limits, read_document, text

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def shape(document: Document) -> list[object]:
    """Paragraphs as text, grids as rows of texts."""
    return [
        block.text if isinstance(block, Paragraph) else [tuple(cell.text for cell in row) for row in block.rows]
        for block in document.blocks
    ]


def test_a_cell_a_line_stays_as_it_is_with_its_bars() -> None:
    lines = ["第二十条第(一)项 |", "||||", "信息内容 |", "本年新 |", "规章 |", "0 |", "|", "(七)总计 |", "5 |", "|", "|", "四、结转 |"]
    document = read_document("\n".join(lines))
    assert shape(document) == lines
    assert [block.place.line for block in document.blocks] == list(range(1, 13))


def test_blank_lines_before_a_line_are_counted() -> None:
    document = read_document("规章\n\n  0\n\n\n\u3000\n 2\n", "a")
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [(block.text, block.gap, block.place) for block in blocks] == [
        ("规章", 0, Place(line=1, column=1)),
        ("0", 1, Place(line=3, column=3)),
        ("2", 3, Place(line=7, column=2)),
    ]


def test_a_row_a_line_is_a_grid_without_alignment() -> None:
    lines = [
        "二、主动公开",
        "第二十条第(一)项 | ||||",
        "信息内容 | 本年新 | 本年新 | 对外公开 总数量 | |",
        "规章 | 9 | 0 | | |",
        "政府集中采购 | 0 | 0",
        "三、收到",
    ]
    document = read_document("\n".join(lines))
    assert shape(document) == [
        "二、主动公开",
        [
            ("第二十条第(一)项", "", "", "", ""),
            ("信息内容", "本年新", "本年新", "对外公开 总数量", ""),
            ("规章", "9", "0", "", ""),
            ("政府集中采购", "0", "0"),
        ],
        "三、收到",
    ]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert not grid.aligned
    assert grid.place == Place(line=2, column=1)
    assert [cell.place for cell in grid.rows[2]][:2] == [Place(line=4, column=1), Place(line=4, column=6)]
    assert [cell.column for cell in grid.rows[2]] == [0, 1, 2, 3, 4]


def test_fields_between_tabs_and_full_width_bars_are_rows_too() -> None:
    assert shape(read_document("规章\t9\t\t0\n规范性文件\t1\t2\t3\n")) == [[("规章", "9", "", "0"), ("规范性文件", "1", "2", "3")]]
    assert shape(read_document("规章｜9｜0\n|规范性文件|1|2|\n")) == [[("规章", "9", "0"), ("规范性文件", "1", "2")]]
    assert shape(read_document("规章 | 9 | 0\n\n规范性文件 | 1 | 2\n")) == [[("规章", "9", "0"), ("规范性文件", "1", "2")]]


def test_a_single_row_between_other_lines_is_a_row_and_the_bars_after_it_are_not() -> None:
    assert shape(read_document("总计 |\n规章 | 9 | 0 |\n||||\n0 |\n")) == ["总计 |", [("规章", "9", "0")], "||||", "0 |"]


def test_a_row_of_blanks_among_rows_is_a_row() -> None:
    document = read_document("结果维持 | 结果纠正 | 总计\n结果维持 | 结果纠正 | 总计\n| | | |\n")
    assert shape(document) == [[("结果维持", "结果纠正", "总计"), ("结果维持", "结果纠正", "总计"), ("", "", "")]]


def test_prose_with_a_bar_or_an_indent_is_prose() -> None:
    prose = "通过网站 | 微信 | 微博发布信息12条。"
    assert shape(read_document(prose)) == [prose]
    assert shape(read_document("\t一、总体情况")) == ["一、总体情况"]


def test_drawn_tables_lose_their_rules() -> None:
    drawn = "┌────┬──┐\n│规章│ 0 │\n├────┼──┤\n│规范│ 1 │\n└────┴──┘\n"
    assert shape(read_document(drawn)) == [[("规章", "0"), ("规范", "1")]]
    assert shape(read_document("+---+---+\n| 规章 | 0 |\n+---+---+\n")) == [[("规章", "0")]]


@pytest.mark.parametrize(
    "markdown",
    [
        "| 信息内容 | 本年<br>制发 |\n|---|---:|\n| **规章** | 0&nbsp; |\n| a \\| b | |\n",
        "信息内容 | 本年<br>制发\n--- | ---\n规章 | 0\na \\| b |  |\n",
        "| 信息内容 | 本年<br>制发 |\n|-|-|\n| 规章 | 0 |\n| a \\| b |   |\n",
    ],
)
def test_markdown_tables_are_aligned_grids(markdown: str) -> None:
    document = read_document("## 二、主动公开\n\n" + markdown + "\n**三、收到**\n")
    heading, grid, after = document.blocks
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.heading) == ("二、主动公开", 2)
    assert isinstance(grid, Grid)
    assert grid.aligned
    assert [[cell.text for cell in row] for row in grid.rows] == [["信息内容", "本年\n制发"], ["规章", "0"], ["a | b", ""]]
    assert isinstance(after, Paragraph)
    assert after.text == "三、收到"


def test_a_row_of_dashes_is_no_markdown_rule() -> None:
    document = read_document("结果维持 | 总计\n- | -\n")
    assert shape(document) == [[("结果维持", "总计"), ("-", "-")]]


@pytest.mark.parametrize(("limit", "value"), [("MAX_LINES", 3), ("MAX_BLOCKS", 3), ("MAX_CELLS", 7)])
def test_limits_are_told(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(text, limit, value)
    content = "a | b | c\n" * 5 if limit == "MAX_CELLS" else "a\n" * 5
    document = read_document(content)
    assert [(notice.kind, dict(notice.data)) for notice in document.notices] == [(NoticeKind.LIMIT, {"limit": limit, "value": value})]
    assert shape(document) == ([[("a", "b", "c")] * 2] if limit == "MAX_CELLS" else ["a"] * 3)


@pytest.mark.parametrize(
    "content",
    [
        "| " * 300_000,
        "x | | |\n" * 40_000,
        "#" * 300_000,
        "# " + " #" * 100_000 + "x",
        "|" + " -" * 200_000 + "<br>",
        "**" * 100_000,
        "a|b\n|" + "-" * 300_000,
    ],
)
def test_noise_is_read_in_bounded_time(content: str) -> None:
    assert read_document(content).format in ("text", "html")
    assert limits.MAX_LINES <= 100_000


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the samples are not part of the repository")
@pytest.mark.parametrize(
    ("name", "paragraphs", "grids"),
    [
        ("binhu-2020", 351, []),
        ("jinfeng-2022", 345, []),
        ("shuangyashan-2020", 313, []),
        ("xilingol-2019", 347, []),
        ("yinchuan-2019", 15, [(18, 88), (26, 258), (4, 60)]),
    ],
)
def test_samples(name: str, paragraphs: int, grids: list[tuple[int, int]]) -> None:
    document = read_document(SEEDS / f"{name}.txt")
    found = [block for block in document.blocks if isinstance(block, Grid)]
    assert document.notices == ()
    assert len(document.blocks) - len(found) == paragraphs
    assert [(len(grid.rows), sum(map(len, grid.rows))) for grid in found] == grids


def test_radicals_that_a_pdf_prints_are_characters() -> None:
    document = read_document("⻘州市应急管理局\n⼀、总体情况\n⺠政⼯作\n".encode())
    assert [block.text for block in document.blocks] == ["青州市应急管理局", "一、总体情况", "民政工作"]


def test_a_row_of_bars_before_a_rule_is_kept() -> None:
    blocks = read_document("甲 | 乙\n|  |  |\n|--+--|\n后文".encode()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)][-2:] == ["|  |  |", "后文"]


def test_many_rules_cost_no_more_than_their_length() -> None:
    assert read_document(("|-+-|\n" * 30_000 + "后文").encode()).blocks[0] == Paragraph("后文", Place(line=30_001, column=1))


def test_a_line_of_tabs_below_headings_is_a_row_of_blank_cells() -> None:
    groups, headings, blank = ["行政复议", "行政诉讼", "合计"], ["结果维持", "结果纠正", "总计"], ["", "", ""]

    def rows(*lines: list[str] | str) -> list[list[list[str]]]:
        blocks = read_document("\n".join(line if isinstance(line, str) else "\t".join(line) for line in lines)).blocks
        return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]

    assert rows(groups, headings, blank, "五、其他") == [[groups, headings, blank]]
    # As many tabs below figures, or fewer below headings, are an empty line.
    assert rows(groups, ["1", "2", "3"], blank) == [[groups, ["1", "2", "3"]]]
    assert rows(groups, headings, "\t", "五、其他") == [[groups, headings]]
