"""Tables whose lines do not meet from row to row are read as if they did, where that is sure."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import gilint
from gilint.document import Document, Grid, GridCell
from gilint.forms import builtin_forms
from gilint.recognise import recognise
from gilint.recognise.crooked import straightened
from gilint.testing import sample_draft, write

FORMS = builtin_forms()


def crooked(grid: Grid, random: Random) -> Grid:
    """Return a grid whose lines between columns lie a little elsewhere in every row: each place where one lies is a column of its own then."""
    count = len(grid.rows[0])
    edges = [[0, *(10 * number + random.randrange(5) for number in range(1, count)), 10 * count] for _ in grid.rows]
    place = {edge: number for number, edge in enumerate(sorted({edge for row in edges for edge in row}))}
    rows = tuple(
        tuple(
            cell._replace(column=place[row[number]], column_span=place[row[number + 1]] - place[row[number]])
            for number, cell in enumerate(cells)
        )
        for cells, row in zip(grid.rows, edges, strict=True)
    )
    return evolve(grid, rows=rows)


def is_plain(grid: Grid) -> bool:
    return (
        len(grid.rows[0]) > 3 and len({len(row) for row in grid.rows}) == 1 and all(cell.row_span == 1 for row in grid.rows for cell in row)
    )


def page_with_rows(form: gilint.Form, *widths: tuple[int, ...]) -> str:
    """Return a page whose section four has a row for each procedure, its cells as wide as ``widths`` says row by row."""
    draft = sample_draft(form)
    page = write(draft, "html")
    columns = ("upheld", "corrected", "other", "pending", "total")
    rows = [("类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    for name, label in (
        ("administrative_review", "行政复议"),
        ("litigation_direct", "未经复议直接起诉"),
        ("litigation_after_review", "复议后起诉"),
    ):
        figures = [str(draft.figures["reviews", name, column]) for column in columns]
        rows.append((label, *figures[:-1], "987" if label == "行政复议" else figures[-1]))
    spans = widths or ((1,) * 6,) * 4
    table = "".join(
        "<tr>" + "".join(f'<td colspan="{width}">{text}</td>' for text, width in zip(row, each, strict=True)) + "</tr>"
        for row, each in zip(rows, spans, strict=True)
    )
    start = page.rindex("<table")
    return f"{page[:start]}<table>{table}</table>{page[page.rindex('</table>') + 8 :]}"


forms = pytest.mark.parametrize("form", FORMS, ids=[form.edition for form in FORMS])


@forms
@pytest.mark.parametrize("seed", range(5))
def test_every_cell_is_found_in_a_crooked_table(form: gilint.Form, seed: int) -> None:
    before = gilint.read(page_with_rows(form))
    assert before.cell(("reviews", "administrative_review", "total")).value == 987
    random = Random(seed)
    blocks = tuple(crooked(block, random) if isinstance(block, Grid) and is_plain(block) else block for block in before.document.blocks)
    assert blocks != before.document.blocks
    after = recognise(evolve(before.document, blocks=blocks), FORMS)
    assert [cell[:6] for cell in after.cells] == [cell[:6] for cell in before.cells]
    assert [cell.place for cell in after.cells] == [cell.place for cell in before.cells]
    assert after.notices == before.notices


@forms
def test_a_page_as_a_word_processor_saves_it(form: gilint.Form) -> None:
    before = gilint.read(page_with_rows(form))
    after = gilint.read(page_with_rows(form, (2, 2, 5, 2, 4, 1), (1, 4, 3, 4, 1, 3), (1, 5, 1, 3, 5, 1), (1, 2, 5, 2, 4, 2)))
    assert [cell[:6] for cell in after.cells] == [cell[:6] for cell in before.cells]
    assert after.notices == before.notices


def grid(*rows: list[tuple[int, int]]) -> Document:
    """Return a document with a grid of cells of so many rows and columns."""
    placed = []
    for number, row in enumerate(rows):
        column = 0
        cells = []
        for height, width in row:
            cells.append(GridCell(f"{number}.{column}", number, column, height, width))
            column += width
        placed.append(tuple(cells))
    return Document("a", "html", (Grid(tuple(placed)),))


@pytest.mark.parametrize(
    "rows",
    [
        # As many cells in every row, and straight: merged or not.
        ([(1, 1)] * 5, [(1, 1)] * 5),
        ([(1, 2), (1, 1), (1, 1), (1, 1)], [(1, 2), (1, 1), (1, 1), (1, 1)]),
        # A heading over several columns.
        ([(1, 1), (1, 1), (1, 1), (1, 3)], [(1, 1)] * 6),
        # A cell that reaches into the next row.
        ([(2, 1), (1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 2), (1, 1)]),
        # Rows of different widths.
        ([(1, 1), (1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1), (1, 1)]),
        # Too few columns to be sure.
        ([(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 2), (1, 1)]),
    ],
)
def test_what_is_not_surely_crooked_stays(rows: tuple[list[tuple[int, int]], ...]) -> None:
    document = grid(*rows)
    assert straightened(document) is document


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=6), max_size=6))
def test_nothing_is_lost_and_a_second_time_changes_nothing(rows: list[list[tuple[int, int]]]) -> None:
    document = grid(*rows)
    once = straightened(document)
    assert straightened(once) is once
    for before, after in zip(document.blocks, once.blocks, strict=True):
        assert isinstance(before, Grid) and isinstance(after, Grid)
        assert [[cell.text for cell in row] for row in before.rows] == [[cell.text for cell in row] for row in after.rows]
