"""Equally small repairs in order: first what is most like a mistake that people make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations

from attrs import define, frozen

from gilint.finding import Change, Repair
from gilint.form import Form
from gilint.language import Text
from gilint.model import Report
from gilint.patterns import deferred
from gilint.place import CellRef
from gilint.plans import Number, equations_of
from gilint.repairing.runs import slip_of_run
from gilint.repairing.slips import SMALL, Slip, slips_of
from gilint.rule import label

_STATED = deferred(r"([0-9０-９]{1,12}(?:[,，][0-9０-９]{3}){0,4})\s{0,8}(?:件|条|宗|份|次|起|例|人次)")
_TELLING = 10
"""Numbers from here on that stand in the narrative are told; smaller ones may well stand there by chance."""
_LAST_YEAR = Text("沿用了上一年度的数", "last year's figure left in")
_TOTAL_COPIED = Text("把合计数填到了这一格", "the total written into this cell")
_MISTAKE = 5
"""How much it speaks against an explanation that it takes one mistake more."""
_PLAIN = 7
"""How much it speaks for a repair that blanks can be 0 then."""
_TOTALS_WRONG = Slip(Text("各分项无误，合计数填写有误", "the parts are right, the total is wrong"), 2)


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


@frozen
class _Event:
    """One mistake, with the cells that it made wrong."""

    changes: tuple[Change, ...]
    slips: tuple[Slip, ...]
    weight: int


def ordered(repairs: Iterable[Sequence[Change]], witness: Witness, plain: Sequence[bool] = ()) -> tuple[Repair, ...]:
    """Return repairs with the slips that may explain them, best first; of equally good ones the smallest changes first, then in the order of the form.

    Args:
        repairs: the changes of each.
        witness: what can speak for a repair.
        plain: of each, whether its equations hold when cells of which nothing tells the number are 0; nothing where all have one.
    """
    sets = list(repairs)
    judged = [_judge(tuple(changes), witness, alone=len(sets) == 1) for changes in sets]
    if plain:
        judged = [_Judged(each.repair, each.score + _PLAIN * fits) for each, fits in zip(judged, plain, strict=True)]
    judged.sort(key=lambda each: (-each.score, _distance(each.repair)))
    return tuple(each.repair for each in judged)


def _distance(repair: Repair) -> Number:
    differences: list[Number] = [change.after - (change.before or 0) for change in repair.changes]
    return sum(max(each, -each) for each in differences)


def _judge(changes: tuple[Change, ...], witness: Witness, *, alone: bool) -> _Judged:
    score = 0 if alone else sum(_by_the_narrative(change, witness) for change in changes)
    events = _events(changes, witness, alone=alone)
    slips: list[Slip] = []
    for event in events:
        name = _names(event.changes, witness.report) if len(events) > 1 else None
        slips += [Slip(_named(name, slip.text), slip.weight) for slip in event.slips if slip is not SMALL or name is None]
    score += sum(event.weight - _MISTAKE for event in events)
    if all(change.cell in witness.totals.get(change.cell, ()) for change in changes) and len(events) == len(changes):
        slips.append(_TOTALS_WRONG)
        score += _TOTALS_WRONG.weight
    likeliest = sorted(slips, key=lambda slip: -slip.weight)
    return _Judged(Repair(changes, tuple(dict.fromkeys(slip.text for slip in likeliest))), score)


def _events(changes: tuple[Change, ...], witness: Witness, *, alone: bool) -> list[_Event]:
    """Return the mistakes by which cells most likely became wrong: few that explain several of them rather than one for each."""
    first, others = changes[0], changes[1:]
    own = sorted(_slips_of_cell(first, witness, alone=alone), key=lambda slip: -slip.weight)
    single = _Event((first,), tuple(own), own[0].weight if own else 0)
    ways = [[single, *(_events(others, witness, alone=alone) if others else ())]]
    for count in range(1, len(others) + 1):
        for more in combinations(others, count):
            if slip := slip_of_run((first, *more), witness.report):
                rest = tuple(change for change in others if change not in more)
                together = _Event((first, *more), (slip,), slip.weight)
                ways.append([together, *(_events(rest, witness, alone=alone) if rest else ())])
    return max(ways, key=lambda way: sum(event.weight - _MISTAKE for event in way))


def _names(changes: Sequence[Change], report: Report) -> Text:
    labels = [label(report, change.cell) for change in changes]
    return Text("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))


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
        yield Slip(_TOTAL_COPIED, min(_length(before), 4))
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
