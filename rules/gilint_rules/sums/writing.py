"""How an equation is written out with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from attrs import frozen

from gilint import Assessment, Equation, Report, Text

_SHOWN_WHOLE = 3
"""Runs of equal addends up to this length are written out in full."""
_NAMED = 6
"""Cells named in one message."""
_BLANK = "□"
_MARKS = {
    _BLANK: Text("□ 为没有数字的单元格", "□ is a cell without a number"),
    "[": Text("方括号内是由其他等式推得的数", "a number in brackets follows from other equations"),
}


def written(assessment: Assessment, longest: int) -> dict[str, Any]:
    """Write an equation out with its numbers; what is taken away stands on the other side as an addend."""
    values, unprinted = assessment.values, assessment.unprinted
    shown = [_show(value, deduced=cell in unprinted) for cell, value in zip(assessment.equation.cells, values, strict=True)]
    parts = 1 + len(assessment.equation.spec.plus)
    left = _Side(values[1:parts], _fold(shown[1:parts], longest))
    right = _Side((values[0], *values[parts:]), _fold([shown[0], *shown[parts:]], longest))
    relation = ">" if left.is_open and left.total > right.total else "<" if right.is_open and left.total < right.total else "≠"
    before = left.terms if left.is_single else f"{left.terms} {'≥' if left.is_open else '='} {_print(left.total)}"
    after = right.terms if right.is_single else f"{_print(right.total)} {'≤' if right.is_open else '='} {right.terms}"
    text = f"{before} {relation} {after}"
    return {"sum": text, "legend": _legend(text)}


@frozen
class _Side:
    """One side of an equation as printed in a message."""

    values: tuple[int | Decimal | None, ...]
    terms: str

    @property
    def is_open(self) -> bool:
        return None in self.values

    @property
    def is_single(self) -> bool:
        return len(self.values) == 1 and not self.is_open

    @property
    def total(self) -> int | Decimal:
        return sum((value for value in self.values if value is not None), start=0)


def _show(value: int | Decimal | None, *, deduced: bool) -> str:
    if value is None:
        return _BLANK
    if deduced:
        return f"[{_print(value)}]"
    return f"({_print(value)})" if value < 0 else _print(value)


def _print(value: int | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _fold(terms: Sequence[str], longest: int) -> str:
    """Join addends; in a long sum a run of equal ones is shortened to its ends."""
    shown: list[str] = []
    for term, run in groupby(terms):
        count = len(tuple(run))
        shown += [term, "…", term] if count > _SHOWN_WHOLE and len(terms) > longest else [term] * count
    return " + ".join(shown)


def _legend(text: str) -> Text | str:
    notes = [note for mark, note in _MARKS.items() if mark in text]
    if not notes:
        return ""
    return Text(f"（{'；'.join(note.zh for note in notes)}）", f" ({'; '.join(note.en for note in notes)})")


def line_label(report: Report, equation: Equation) -> Text:
    """Return the label of the row or column for which an equation stands."""
    table = report.tables[equation.table].spec
    return table.row(equation.line).label if equation.spec.along == "row" else table.column(equation.line).label


def abridge(texts: list[Text]) -> list[Text | str]:
    """Return the first few of many names."""
    return [*texts[:_NAMED], "…"] if len(texts) > _NAMED else [*texts]
