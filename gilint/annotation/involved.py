"""The other cells that a remark is about: of an equation those that are not presumed wrong. They get no comments of their own, for one mistake would fill a page with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import frozen

from gilint.annotation.sheet_source import address, position
from gilint.language import Text
from gilint.model import Report
from gilint.output.view import DocumentView
from gilint.place import CellRef, Place

_INVOLVED = Text("第 {number} 条所涉的一格", "One of the cells that finding {number} is about")
_POSSIBLE = Text("第 {number} 条：也可能错在这一格", "Finding {number}: the mistake may be here instead")
_CELLS = Text("（单元格 {ranges}）", " (cells {ranges})")


@frozen
class Part:
    """A cell that belongs to a remark and is not presumed wrong."""

    place: Place
    note: str
    """What a reader is told who points at it."""
    possible: bool = False
    """Whether another way out changes it."""


def parts_of(view: DocumentView) -> dict[int, tuple[Part, ...]]:
    """Return the other cells of each entry, by its number."""
    parts: dict[int, list[Part]] = {}
    for ref, number, possible in _belonging(view):
        table = view.report.tables.get(ref.table)
        cell = None if table is None else table.get((ref.row, ref.column))
        if cell is not None and cell.place is not None:
            note = (_POSSIBLE if possible else _INVOLVED).in_language(view.words.language, {"number": number})
            parts.setdefault(number, []).append(Part(cell.place, note, possible))
    return {number: tuple(found) for number, found in parts.items()}


def _belonging(view: DocumentView) -> Iterator[tuple[CellRef, int, bool]]:
    for ref, marks in view.marking.marks.items():
        yield from ((ref, mark.number, True) for mark in marks if mark.possible)
    for ref, numbers in view.marking.involved.items():
        yield from ((ref, number, False) for number in numbers)


def say_ranges(report: Report, refs: Iterable[CellRef]) -> Text:
    """Return the addresses of cells of a workbook, those side by side or one below the other as one range; nothing where cells have none."""
    cells = [report.cell(ref) for ref in refs]
    found = (position(cell.place.address) for cell in cells if cell.place is not None and cell.place.address)
    at = sorted({each for each in found if each is not None})
    if len(at) < 2:
        return Text("", "")
    return _CELLS.filled(ranges=list(_ranges(at)))


def _ranges(at: list[tuple[int, int]]) -> Iterator[str]:
    """Yield ranges for places in order, row by row; columns that go on over several rows are put together."""
    runs: dict[tuple[int, int], list[int]] = {}
    for row, places in groupby(at, key=lambda place: place[0]):
        for _, run in groupby(enumerate(column for _, column in places), key=lambda pair: pair[1] - pair[0]):
            columns = [column for _, column in run]
            runs.setdefault((columns[0], columns[-1]), []).append(row)
    for (first, last), rows in runs.items():
        for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            numbers = [row for _, row in run]
            begin, end = address(numbers[0], first), address(numbers[-1], last)
            yield begin if begin == end else f"{begin}:{end}"
