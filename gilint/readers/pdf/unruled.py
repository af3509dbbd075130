"""A table without lines as a grid: every figure in its column, a blank cell where a row has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import median

from attrs import define

from gilint.readers.pdf.bands import Band, bands_of
from gilint.readers.pdf.columns import Span, begins_figure, columns_of, fitted, with_blank_columns
from gilint.readers.pdf.content import PageContent
from gilint.readers.pdf.headings import edges_of, header_rows
from gilint.readers.pdf.inferred import UnruledCell, UnruledRow, UnruledTable
from gilint.readers.pdf.labels import BEGINS, Piece, Row, around, groups_and_labels, groups_of_rows, is_group, joined, place_groups
from gilint.readers.pdf.separators import Separators

_LEAST_ROWS = 2
"""Rows of figures that are a table even without a heading for each column."""
_LEAST_COLUMNS = 2
_HEADED = 0.75
"""Share of the columns over which headings stand from which on a single row is a table: a heading can be over several."""
_ACROSS = 30.0
"""Points before the first figure from which on a line that reaches beyond it is no heading of columns."""
_LITTLE = 1.1


@define
class Block:
    """The pieces of a table, sorted by what they are."""

    columns: list[Span]
    headings: list[Piece]
    """Above the columns."""
    corner: list[Piece]
    """Above the labels."""
    bodies: list[list[Piece]]
    """What stands in each column below the headings."""
    labels: list[Piece]
    separators: Separators


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
    if not columns:
        return None
    titles = [*takewhile(lambda line: _crosses(line, columns), lines)]
    if titles:
        lines = lines[len(titles) :]
        columns = _columns(lines, before)
    if not columns or any(_crosses(line, columns) for line in lines):
        return None
    block = _sorted(lines, columns, separators)
    labels, groups = groups_and_labels(block.labels, block.bodies)
    bands = bands_of(block.bodies, labels, block.separators, _room(block))
    if not _is_table(block, [band for band in bands if band.columns]):
        return None
    rows, kept = _rows(bands)
    groups, others = groups_of_rows(groups, rows)
    kept += others
    place_groups(groups, rows, kept)
    table = UnruledTable(page, columns, [_wide(line[0], columns) for line in titles])
    table.rows.extend(_header(block, _leading(rows)))
    spare = sorted(kept, key=lambda piece: -piece.middle)
    for index, row in enumerate(rows):
        while spare and spare[0].middle > row.middle:
            table.rows.append(_wide(spare.pop(0), columns))
        table.rows.extend(_wide(group, columns) for group in row.before)
        if not row.cells and is_group(row, rows[index + 1] if index + 1 < len(rows) else None):
            table.rows.append(_wide(Piece(row.text, around([piece.box for piece in row.label]), figure=False), columns))
        else:
            cells = _cells(row, columns)
            table.rows.append(UnruledRow(cells, row.doubtful or any(_lacks_its_end(cell.text) for cell in cells)))
    table.rows.extend(_wide(piece, columns) for piece in spare)
    return table


def _rows(bands: Sequence[Band]) -> tuple[list[Row], list[Piece]]:
    """Return the rows, and what stands below the last one and begins none."""
    last = max(at for at, band in enumerate(bands) if band.columns)
    rows: list[Row] = []
    kept: list[Piece] = []
    for at, band in enumerate(bands):
        if at > last and not BEGINS.match(band.label[0].text):
            kept.extend(band.label)
        else:
            rows.append(Row(band.columns, band.label, doubtful=band.doubtful))
    return rows, kept


def _columns(lines: Sequence[Sequence[Piece]], before: UnruledTable | None) -> list[Span]:
    """Return where the columns of figures stand, without what is a piece of an upright label."""
    figures = [found for found in map(_trailing_cells, lines) if found]
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


def _trailing_cells(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the figures at the end of a line, also those with a remark that goes on below; nothing where there are only such."""
    start = len(pieces)
    while start and begins_figure(pieces[start - 1].text):
        start -= 1
    return list(pieces[start:]) if any(piece.figure for piece in pieces[start:]) else []


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
    heights = {round(piece.middle) for column in by_column for piece in column if begins_figure(piece.text)}
    separators = separators.below_rows(sorted(heights, reverse=True))
    low = min((piece.box[1] for piece in headings), default=float("inf"))
    corner = [piece for piece in labels if piece.middle > low]
    return Block(columns, headings, corner, by_column, [piece for piece in labels if piece.middle <= low], separators)


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


def _room(block: Block) -> list[float]:
    """Return how wide the columns are at least: as wide as what is printed over one of them alone."""
    edges = edges_of(block.columns)
    room = [0.0] * len(block.columns)
    for piece in block.headings:
        at = bisect_right(edges, piece.box[0])
        if 0 < at < len(edges) and piece.box[2] <= edges[at]:
            room[at - 1] = max(room[at - 1], piece.box[2] - piece.box[0])
    return room


def _is_table(block: Block, rows: Sequence[Band]) -> bool:
    if not rows:
        return False
    headed = {at for at, (left, right) in enumerate(block.columns) if any(h.box[0] < right and left < h.box[2] for h in block.headings)}
    if len(block.columns) < _LEAST_COLUMNS:
        return bool(headed and block.corner)
    return len(rows) >= _LEAST_ROWS or len(headed) >= _HEADED * len(block.columns)


def _header(block: Block, leading: float) -> list[UnruledRow]:
    rows = [
        [UnruledCell(piece.text, column + 1, span, piece.box) for piece, column, span in row]
        for row in header_rows(block.headings, block.columns, block.separators, leading)
    ]
    corner = sorted(block.corner, key=lambda piece: (-round(piece.middle), piece.box[0]))
    if corner:
        cell = UnruledCell(joined(corner), 0, 1, around([piece.box for piece in corner]))
        if rows:
            rows[-1].insert(0, cell)
        else:
            rows.append([cell])
    return [UnruledRow(row) for row in rows]


def _leading(rows: Sequence[Row]) -> float:
    """Return how far the lines of one label are from each other, and a little more."""
    gaps = [upper.box[1] - lower.box[3] for row in rows for upper, lower in pairwise(row.label)]
    return _LITTLE * median(gaps) if gaps else 0.0


def _wide(piece: Piece, columns: Sequence[Span]) -> UnruledRow:
    """Return a row with one cell across all columns."""
    return UnruledRow([UnruledCell(piece.text, 0, len(columns) + 1, piece.box)])


def _cells(row: Row, columns: Sequence[Span]) -> list[UnruledCell]:
    """Return the cells of a row: its label and one in every column."""
    left, bottom, right, top = around(row.boxes)
    label = around([piece.box for piece in row.label]) if row.label else (left, bottom, left, top)
    cells = [UnruledCell(row.text, 0, 1, label)]
    for at, (left, right) in enumerate(columns):
        pieces = row.cells.get(at, ())
        box = around([piece.box for piece in pieces]) if pieces else (left, bottom, right, top)
        cells.append(UnruledCell(joined(pieces), at + 1, 1, box))
    return cells


def _lacks_its_end(text: str) -> bool:
    """Say whether a bracket is opened and not closed: the rest of the cell stands elsewhere."""
    return text.count("(") + text.count("（") != text.count(")") + text.count("）")
