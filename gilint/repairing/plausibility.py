"""Equally small repairs in order: first what is most like a mistake that people make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from attrs import define, frozen

from gilint.finding import Change, Repair
from gilint.form import Form
from gilint.language import Text
from gilint.model import Report
from gilint.patterns import deferred
from gilint.place import CellRef
from gilint.plans import Number, equations_of
from gilint.repairing.slips import SMALL, Slip, slips_of
from gilint.rule import label

_STATED = deferred(r"([0-9０-９]{1,12}(?:[,，][0-9０-９]{3}){0,4})\s{0,8}(?:件|条|宗|份|次|起|例|人次)")
_TELLING = 10
"""Numbers from here on that stand in the narrative are told; smaller ones may well stand there by chance."""
_LAST_YEAR = Text("沿用了上一年度的数", "last year's figure left in")
_TOTAL_COPIED = Slip(Text("把合计数填到了这一格", "the total written into this cell"), 4)
_TOTALS_WRONG = Slip(Text("各分项无误，合计数填写有误", "the parts are right, the total is wrong"), 2)
_SPLIT = Slip(Text("一个数被拆开填在相邻两格", "one number split over two neighbouring cells"), 8)
_EXCHANGED = Slip(Text("相邻两格的数填反", "the numbers of two neighbouring cells exchanged"), 7)
_NEXT_DOOR = Slip(Text("数填到了相邻的一格", "a number written into the neighbouring cell"), 6)
_PARTLY_NEXT_DOOR = Slip(Text("一部分数计到了相邻的一格", "part of a number counted in the neighbouring cell"), 3)
_SHIFTED_ROW = Slip(Text("整行的数错开一格", "the numbers of a row shifted by one cell"), 9)
_SHIFTED_COLUMN = Slip(Text("整列的数错开一格", "the numbers of a column shifted by one cell"), 9)


@define(eq=False)
class Witness:
    """What can speak for a repair besides the equations."""

    report: Report
    previous: Report | None = None
    """The same organ's report on the year before."""

    @cached_property
    def stated(self) -> frozenset[int]:
        """Numbers of cases and documents in the narrative."""
        texts = (paragraph.text for section in self.report.sections for paragraph in section.paragraphs)
        return frozenset(int(match[1].replace(",", "").replace("，", "")) for text in texts for match in _STATED.finditer(text))

    @property
    def totals(self) -> Mapping[CellRef, frozenset[CellRef]]:
        """For every cell the totals of the sums in which it stands; a cell that is itself one is among its own."""
        return _totals(self.report.form) if self.report.form else {}

    def last_year(self, ref: CellRef) -> Number | None:
        """Return the number of the same cell in the report on the year before; ``None`` where there is none."""
        if self.previous is None or ref.table not in self.previous.tables:
            return None
        cell = self.previous.tables[ref.table].get((ref.row, ref.column))
        return None if cell is None else cell.value


@lru_cache(maxsize=64)
def _totals(form: Form) -> Mapping[CellRef, frozenset[CellRef]]:
    totals: dict[CellRef, set[CellRef]] = {}
    for equation in equations_of(form):
        if not equation.minus:
            for cell in equation.cells:
                totals.setdefault(cell, set()).add(equation.cells[0])
    return {cell: frozenset(those) for cell, those in totals.items()}


@frozen
class _Judged:
    repair: Repair
    score: int


def ordered(repairs: Iterable[Sequence[Change]], witness: Witness) -> tuple[Repair, ...]:
    """Return repairs with the slips that may explain them, best first; of equally good ones the smallest changes first, then in the order of the form."""
    sets = list(repairs)
    judged = [_judge(tuple(changes), witness, alone=len(sets) == 1) for changes in sets]
    judged.sort(key=lambda each: (-each.score, _distance(each.repair)))
    return tuple(each.repair for each in judged)


def _distance(repair: Repair) -> Number:
    differences: list[Number] = [change.after - (change.before or 0) for change in repair.changes]
    return sum(max(each, -each) for each in differences)


def _judge(changes: tuple[Change, ...], witness: Witness, *, alone: bool) -> _Judged:
    slips: list[Slip] = []
    score = 0
    for change in changes:
        own = sorted(_slips_of_cell(change, witness, alone=alone), key=lambda slip: -slip.weight)
        score += own[0].weight if own else 0
        score += 0 if alone else _by_the_narrative(change, witness)
        name = label(witness.report, change.cell) if len(changes) > 1 else None
        slips += [Slip(_named(name, slip.text), slip.weight) for slip in own if slip is not SMALL or name is None]
    together = list(_slips_of_set(changes, witness))
    score += sum(slip.weight for slip in together)
    # A sort is stable: what explains all cells comes before what explains one as well.
    likeliest = sorted([*together, *slips], key=lambda slip: -slip.weight)
    return _Judged(Repair(changes, tuple(dict.fromkeys(slip.text for slip in likeliest))), score)


def _named(name: Text | None, text: Text) -> Text:
    return text if name is None else Text(f"{name.zh}：{text.zh}", f"{name.en}: {text.en}")


def _slips_of_cell(change: Change, witness: Witness, *, alone: bool) -> Iterator[Slip]:
    before, after = change.before, change.after
    if before is None:
        return
    yield from slips_of(before, after)
    if before and before == witness.last_year(change.cell):
        yield Slip(_LAST_YEAR, 4 + _length(before))
    totals = witness.totals.get(change.cell, frozenset())
    if before and change.cell not in totals and before in {witness.report.cell(total).value for total in totals}:
        yield _TOTAL_COPIED
    if not alone and after >= _TELLING and after in witness.stated:
        agrees = Text("与正文所写的 {after} 一致", "agrees with the {after} in the text")
        yield Slip(agrees.filled(after=after), 0)


def _by_the_narrative(change: Change, witness: Witness) -> int:
    """Return how much the numbers of the narrative speak for a change; short ones stand there by chance."""
    stated = witness.stated
    return _length(change.after) * (change.after in stated) - _length(change.before or 0) * (change.before in stated)


def _length(number: object) -> int:
    """Return how telling a number is: the more digits, the less likely by chance."""
    return 2 * min(len(str(number)), 4) - 1


def _slips_of_set(changes: Sequence[Change], witness: Witness) -> Iterator[Slip]:
    if any(change.before is None for change in changes):
        return
    if all(change.cell in witness.totals.get(change.cell, ()) for change in changes):
        yield _TOTALS_WRONG
    if len(changes) < 2:
        return
    for by_row in (True, False):
        line = _line(changes, witness.report, by_row=by_row)
        if line:
            yield from _slips_of_line(line, by_row=by_row)


def _line(changes: Sequence[Change], report: Report, *, by_row: bool) -> list[tuple[int, Change]]:
    """Return the changes with their places in the one row or column in which they all stand; nothing where they do not."""
    table = report.tables[changes[0].cell.table].spec
    names = [row.name for row in table.rows] if not by_row else [column.name for column in table.columns]
    lines = {(change.cell.table, change.cell.row if by_row else change.cell.column) for change in changes}
    if len(lines) > 1:
        return []
    return sorted((names.index(change.cell.column if by_row else change.cell.row), change) for change in changes)


def _slips_of_line(line: Sequence[tuple[int, Change]], *, by_row: bool) -> Iterator[Slip]:
    places = [place for place, _ in line]
    if places != list(range(places[0], places[0] + len(places))):
        return
    before, after = [change.before or 0 for _, change in line], [change.after for _, change in line]
    if len(line) > 2:
        if before[1:] == after[:-1] or before[:-1] == after[1:]:
            yield _SHIFTED_ROW if by_row else _SHIFTED_COLUMN
        return
    if 0 in after and f"{before[0]}{before[1]}" == str(max(after)):
        yield _SPLIT
    elif before == after[::-1]:
        yield _EXCHANGED if all(before) else _NEXT_DOOR
    elif sum(before) == sum(after):
        yield _PARTLY_NEXT_DOOR
