"""Mistakes that make several neighbouring cells wrong at once."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.finding import Change
from gilint.language import Text
from gilint.model import Report
from gilint.repairing.slips import Slip

SPLIT = Slip(Text("一个数被拆开填在相邻两格", "one number split over two neighbouring cells"), 8)
EXCHANGED = Slip(Text("相邻两格的数填反", "the numbers of two neighbouring cells exchanged"), 7)
NEXT_DOOR = Slip(Text("数填到了相邻的一格", "a number written into the neighbouring cell"), 6)
PARTLY_NEXT_DOOR = Slip(Text("一部分数计到了相邻的一格", "part of a number counted in the neighbouring cell"), 3)
SHIFTED_ROW = Slip(Text("整行的数错开一格", "the numbers of a row shifted by one cell"), 9)
SHIFTED_COLUMN = Slip(Text("整列的数错开一格", "the numbers of a column shifted by one cell"), 9)


def slip_of_run(changes: Sequence[Change], report: Report) -> Slip | None:
    """Return what explains all of several changes, which stand side by side in one row or column; a blank counts as 0."""
    for by_row in (True, False):
        line = _line(changes, report, by_row=by_row)
        if line:
            return _slip_of_line(line, by_row=by_row)
    return None


def _line(changes: Sequence[Change], report: Report, *, by_row: bool) -> list[Change]:
    """Return the changes in the order in which they stand side by side in a row, or a column; nothing where they do not."""
    lines = {(change.cell.table, change.cell.row if by_row else change.cell.column) for change in changes}
    if len(lines) > 1:
        return []
    table = report.tables[changes[0].cell.table].spec
    names = [column.name for column in table.columns] if by_row else [row.name for row in table.rows]
    places = {names.index(change.cell.column if by_row else change.cell.row): change for change in changes}
    first = min(places)
    return [places[at] for at in range(first, first + len(changes))] if max(places) - first < len(changes) else []


def _slip_of_line(line: Sequence[Change], *, by_row: bool) -> Slip | None:
    before, after = [change.before or 0 for change in line], [change.after for change in line]
    if len(line) > 2:
        shifted = before[1:] == after[:-1] or before[:-1] == after[1:]
        return None if not shifted else SHIFTED_ROW if by_row else SHIFTED_COLUMN
    if 0 in after and f"{before[0]}{before[1]}" == str(max(after)):
        return SPLIT
    if before == after[::-1]:
        return EXCHANGED if all(before) else NEXT_DOOR
    return PARTLY_NEXT_DOOR if sum(before) == sum(after) else None
