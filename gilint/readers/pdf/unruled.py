"""A table without lines as a grid: every figure in its column, a blank cell where a row has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.pdf.columns import Span, begins_figure, columns_of, fitted, with_blank_columns
from gilint.readers.pdf.content import Box, PageContent
from gilint.readers.pdf.headings import edges_of, header_rows
from gilint.readers.pdf.labels import (
    BEGINS,
    Piece,
    Row,
    around,
    blank_rows,
    groups_of_rows,
    is_group,
    joined,
    labels_and_groups,
    place_groups,
    share_out,
)
from gilint.readers.pdf.separators import Separators
from gilint.readers.pdf.stacks import Lines, Stack, rows_of, stacks_of

_LEAST_ROWS = 2
"""Rows of figures that are a table even without a heading for each column."""
_LEAST_COLUMNS = 2
_ACROSS = 30.0
"""Points before the first figure from which on a line that reaches beyond it is no heading of columns."""
_LITTLE = 1.1
_SEVERAL = 3
"""Columns among which at least two figures are on a line of their own row."""


@define
class UnruledCell:
    """A cell, the first column that it is in (labels are in column 0), and how many."""

    text: str
    column: int
    span: int
    box: Box


@define
class UnruledTable:
    """A table on one page."""

    page: PageContent
    columns: list[Span]
    """Where the figures stand."""
    rows: list[list[UnruledCell]] = field(factory=list)
    number: int = 0
    """Which table of the document, counted from 1."""

    def takes_rest(self, other: UnruledTable) -> None:
        """Put a row together that the end of a page has cut, its label at least: take the rest of it from the next page."""
        while other.rows and self.rows and _is_cut(self.rows[-1], other.rows[0]):
            for upper, lower in zip(self.rows[-1], other.rows.pop(0), strict=True):
                if not upper.text:
                    upper.box = lower.box
                upper.text += lower.text

    @property
    def box(self) -> Box:
        """Around all cells."""
        return around([cell.box for row in self.rows for cell in row])

    def grid(self) -> Grid:
        """Return the finished table."""
        rows = []
        for row, cells in enumerate(self.rows):
            line: list[GridCell] = []
            for cell in cells:
                place = Place(table=self.number, row=row + 1, cell=len(line) + 1, page=self.page.number, box=self.page.on_paper(cell.box))
                line.append(GridCell(cell.text, row, cell.column, 1, cell.span, place))
            rows.append(tuple(line))
        return Grid(tuple(rows), Place(table=self.number, page=self.page.number, box=self.page.on_paper(self.box)))


@define
class Block:
    """The pieces of a table, sorted by what they are."""

    columns: list[Span]
    headings: list[Piece]
    """Above the columns."""
    corner: list[Piece]
    """Above the labels."""
    stacks: list[Stack]
    labels: list[Piece]


def unruled_table(
    lines: Sequence[Sequence[Piece]], page: PageContent, separators: Separators, before: UnruledTable | None
) -> UnruledTable | None:
    """Return the table that lines of pieces make, or ``None`` where it is not clear what stands in which column.

    Args:
        lines: what stands in each line of text.
        page: where they stand.
        separators: lines that are drawn across the page.
        before: the last table before, which may go on here.
    """
    columns = _columns(lines, before)
    if not columns or any(_crosses(line, columns) for line in lines):
        return None
    block = _sorted(lines, columns, separators)
    clusters = rows_of(block.stacks) if block.stacks else []
    if not _is_table(block, clusters):
        return None
    rows = [_row(stacks) for stacks in clusters]
    labels, groups = labels_and_groups(block.labels, rows)
    kept = share_out(labels, rows, separators)
    stacks_by_row = {id(row): stacks for row, stacks in zip(rows, clusters, strict=True)}
    blank, kept = blank_rows(kept, rows, separators)
    rows = sorted([*rows, *blank], key=lambda row: -row.middle)
    groups, others = groups_of_rows(groups, rows)
    kept += others
    place_groups(groups, rows, kept)
    table = UnruledTable(page, columns)
    table.rows.extend(_header(block, separators, _leading(rows)))
    spare = sorted(kept, key=lambda piece: -piece.middle)
    for index, row in enumerate(rows):
        while spare and spare[0].middle > row.middle:
            table.rows.append([_wide(spare.pop(0), len(columns) + 1)])
        table.rows.extend([_wide(group, len(columns) + 1)] for group in row.before)
        stacks = stacks_by_row.get(id(row), [])
        if not stacks and is_group(row, rows[index + 1] if index + 1 < len(rows) else None):
            table.rows.append([_wide(Piece(row.text, around([piece.box for piece in row.label]), figure=False), len(columns) + 1)])
        else:
            table.rows.append(_cells(row, stacks, columns))
    table.rows.extend([_wide(piece, len(columns) + 1)] for piece in spare)
    return table


def _columns(lines: Sequence[Sequence[Piece]], before: UnruledTable | None) -> list[Span]:
    """Return where the columns of figures stand, without what is a piece of an upright label."""
    figures = [found for found in map(trailing_figures, lines) if found]
    if not figures:
        return []
    words = [piece for line in lines for piece in line if not begins_figure(piece.text)]
    columns = columns_of(figures, words)
    if not columns:
        return []
    first = max(piece.middle for row in figures for piece in row)
    labels = [piece for piece in words if piece.middle < first + 1]
    while len(columns) > 1 and any(columns[0][1] - 1 <= piece.box[0] < columns[1][0] for piece in labels if BEGINS.match(piece.text)):
        columns.pop(0)
    above = [piece for piece in words if piece.middle > first + 1 and not BEGINS.match(piece.text)]
    if before is not None and not any(piece.box[2] > columns[0][0] for piece in above):
        return fitted(columns, before.columns)
    return with_blank_columns(columns, above, labels)


def _crosses(line: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """Say whether a line is text across the table, from before its figures into them."""
    if len(line) > 1:
        return False
    left, _, right, _ = line[0].box
    return left < columns[0][0] - _ACROSS and right > columns[min(1, len(columns) - 1)][1]


def trailing_figures(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the figures at the end of a line."""
    start = len(pieces)
    while start and pieces[start - 1].figure:
        start -= 1
    return list(pieces[start:])


def _sorted(lines: Sequence[Sequence[Piece]], columns: list[Span], separators: Separators) -> Block:
    edges = edges_of(columns)
    by_column: list[list[Piece]] = [[] for _ in columns]
    labels: list[Piece] = []
    for line in lines:
        last = -1
        for piece in line:
            at = _column_at(piece, columns, edges)
            if at < 0:
                labels.append(piece)
            elif at == last:
                before = by_column[at].pop()
                by_column[at].append(Piece(f"{before.text} {piece.text}", around([before.box, piece.box]), before.figure and piece.figure))
            else:
                by_column[at].append(piece)
            last = at
    headings: list[Piece] = []
    for column in by_column:
        column.sort(key=lambda piece: -piece.middle)
        while column and not begins_figure(column[0].text):
            headings.append(column.pop(0))
    heights = sorted(piece.middle for column in by_column for piece in column if begins_figure(piece.text))
    beside = Lines(heights, sorted(piece.middle for piece in labels) if len(columns) < _SEVERAL else [], len(columns))
    separators = separators.below_rows(sorted({round(height) for height in heights}, reverse=True))
    stacks = [stack for at, column in enumerate(by_column) for stack in stacks_of(at, column, separators, beside)]
    low = min((piece.box[1] for piece in headings), default=float("inf"))
    corner = [piece for piece in labels if piece.middle > low]
    return Block(columns, headings, corner, stacks, [piece for piece in labels if piece.middle <= low])


def _column_at(piece: Piece, columns: Sequence[Span], edges: Sequence[float]) -> int:
    """Return which column a piece stands in; -1 for one among the labels."""
    left, right = piece.box[0], piece.box[2]
    middle, start = (left + right) / 2, columns[0][0]
    if not begins_figure(piece.text) and middle < (start if len(columns) == 1 or BEGINS.match(piece.text) else edges[0]):
        return -1
    shared = [min(right, column[1]) - max(left, column[0]) for column in columns]
    best = max(range(len(columns)), key=shared.__getitem__)
    if shared[best] > 0:
        return best
    if middle < (start if len(columns) == 1 else edges[0]):
        return -1
    return min(max(bisect_right(edges, middle) - 1, 0), len(columns) - 1)


def _is_table(block: Block, rows: Sequence[Sequence[Stack]]) -> bool:
    if not rows or any(len(row) != len({stack.column for stack in row}) for row in rows):
        return False
    headed = {at for at, (left, right) in enumerate(block.columns) if any(h.box[0] < right and left < h.box[2] for h in block.headings)}
    if len(block.columns) < _LEAST_COLUMNS:
        return bool(headed and block.corner)
    return len(rows) >= _LEAST_ROWS or len(headed) == len(block.columns)


def _row(stacks: Sequence[Stack]) -> Row:
    """Return a row as high on the page as that of its cells which has the fewest lines."""
    least = min(stacks, key=lambda stack: len(stack.pieces))
    box = least.box
    height = least.pieces[0].box[3] - least.pieces[0].box[1]
    return Row([Piece(least.text, box, figure=True)], height)


def _header(block: Block, separators: Separators, leading: float) -> list[list[UnruledCell]]:
    rows = [
        [UnruledCell(piece.text, column + 1, span, piece.box) for piece, column, span in row]
        for row in header_rows(block.headings, block.columns, separators, leading)
    ]
    corner = sorted(block.corner, key=lambda piece: (-round(piece.middle), piece.box[0]))
    if corner:
        cell = UnruledCell(joined(corner), 0, 1, around([piece.box for piece in corner]))
        if rows:
            rows[-1].insert(0, cell)
        else:
            rows.append([cell])
    return rows


def _leading(rows: Sequence[Row]) -> float:
    """Return how far the lines of one label are from each other, and a little more."""
    gaps = [upper.box[1] - lower.box[3] for row in rows for upper, lower in pairwise(row.label)]
    return _LITTLE * median(gaps) if gaps else 0.0


def _wide(piece: Piece, width: int) -> UnruledCell:
    return UnruledCell(piece.text, 0, width, piece.box)


def _cells(row: Row, stacks: Sequence[Stack], columns: Sequence[Span]) -> list[UnruledCell]:
    """Return the cells of a row: its label and one in every column."""
    boxes = [piece.box for piece in row.label] + [stack.box for stack in stacks]
    _, bottom, _, top = around(boxes)
    label = around([piece.box for piece in row.label]) if row.label else (boxes[0][0], bottom, boxes[0][0], top)
    cells = [UnruledCell(row.text, 0, 1, label)]
    found = {stack.column: stack for stack in stacks}
    for at, (left, right) in enumerate(columns):
        stack = found.get(at)
        cells.append(UnruledCell(stack.text if stack else "", at + 1, 1, stack.box if stack else (left, bottom, right, top)))
    return cells


def _is_cut(upper: Sequence[UnruledCell], lower: Sequence[UnruledCell]) -> bool:
    """Say whether two rows are one: the label of the first is numbered, that of the other goes on, and only one of them has figures."""
    if len(upper) != len(lower) or not BEGINS.match(upper[0].text) or not lower[0].text or BEGINS.match(lower[0].text):
        return False
    return not any(cell.text for cell in upper[1:]) or not any(cell.text for cell in lower[1:])
