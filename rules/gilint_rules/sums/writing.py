"""How an equation is written out with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from types import EllipsisType
from typing import Any

from attrs import frozen

from gilint import Assessment, Equation, Report, Text, deferred

_SHOWN_WHOLE = 3
"""Runs of equal addends up to this length are written out in full."""
_NAMED = 6
"""Cells named in one message."""
_LONG_NAME = 20
"""Labels of more characters are named by what stands before their first 、."""
_NUMBERING = deferred(r"[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|[0-9]+[.、]")
_BLANK = "□"
_MARKS = {
    _BLANK: Text("□ 为没有数字的单元格", "□ is a cell without a number"),
    "[": Text("方括号内是由其他等式推得的数", "a number in brackets follows from other equations"),
}


def written(assessment: Assessment, longest: int, names: Sequence[Text] = ()) -> dict[str, Any]:
    """Write an equation out with its numbers; what is taken away stands on the other side as an addend.

    Args:
        assessment: what became of the equation.
        longest: sums of more terms are shortened.
        names: what its terms are called, the total first; none for the bare numbers.
    """
    values, unprinted = assessment.values, assessment.unprinted
    shown = [_show(value, deduced=cell in unprinted) for cell, value in zip(assessment.equation.cells, values, strict=True)]
    parts = 1 + len(assessment.equation.spec.plus)
    left, right = (values[1:parts], shown[1:parts]), ((values[0], *values[parts:]), [shown[0], *shown[parts:]])
    if names and sum(value != 0 for value in left[0]) <= longest:
        sides = (_name(*left, names[1:parts], longest), _name(*right, [names[0], *names[parts:]], longest))
    else:
        sides = (_fold(left[1], longest), _fold(right[1], longest))
    texts = [_compare(_Side(left[0], before), _Side(right[0], after)) for before, after in zip(*map(_both, sides), strict=True)]
    return {"sum": Text(*texts), "legend": _legend(texts[0])}


def _both(side: Text | str) -> tuple[str, str]:
    return (side.zh, side.en) if isinstance(side, Text) else (side, side)


def _compare(left: _Side, right: _Side) -> str:
    relation = ">" if left.is_open and left.total > right.total else "<" if right.is_open and left.total < right.total else "≠"
    before = left.terms if left.is_single else f"{left.terms} {'≥' if left.is_open else '='} {_print(left.total)}"
    if right.is_single:
        return f"{before} {relation} {right.terms}"
    after = f"{_print(right.total)} ≤ {right.terms}" if right.is_open else f"{right.terms} = {_print(right.total)}"
    return f"{before} {relation} {after}"


def _name(values: Sequence[int | Decimal | None], shown: Sequence[str], names: Sequence[Text], longest: int) -> Text | str:
    """Join addends, each with its name; in a long sum those that are 0, and many of which nothing is known, are gathered."""
    if len(values) > longest and not any(value != 0 for value in values):
        return _fold(shown, longest)
    zeros = [at for at, value in enumerate(values) if value == 0] if len(values) > longest else []
    unknown = [at for at, value in enumerate(values) if value is None]
    gathered = {*(zeros if len(zeros) > 1 else ()), *(unknown if len(unknown) > _SHOWN_WHOLE else ())}
    terms = [
        Text(f"{name.zh} {term}", f"{name.en} {term}")
        for at, (name, term) in enumerate(zip(names, shown, strict=True))
        if at not in gathered
    ]
    if len(unknown) > _SHOWN_WHOLE:
        terms.append(Text(f"{len(unknown)} 项 {_BLANK}", f"{len(unknown)} cells {_BLANK}"))
    if len(zeros) > 1:
        # Printed and deduced zeros are both said.
        rest = "/".join(sorted({shown[at] for at in zeros}))
        terms.append(Text(f"其余各项 {rest}", f"all others {rest}"))
    return Text(" + ".join(term.zh for term in terms), " + ".join(term.en for term in terms))


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


def term_names(report: Report, equation: Equation, known: Mapping[str, Text]) -> list[Text]:
    """Return what the terms of an equation down a column are called: ``known`` names of rows, or else the label without its numbering."""
    table = report.tables[equation.table].spec
    return [known.get(cell.row) or _short(table.row(cell.row).label) for cell in equation.cells]


def _short(label: Text) -> Text:
    chinese = _NUMBERING.sub("", label.zh, count=1)
    if (bracket := chinese.find("(")) > 0:
        chinese = chinese[:bracket]
    if len(chinese) > _LONG_NAME:
        chinese = chinese.partition("、")[0]
    return Text(chinese, label.en)


def abridge(texts: list[Text]) -> list[Text | EllipsisType]:
    """Return the first few of many names."""
    return [*texts[:_NAMED], ...] if len(texts) > _NAMED else [*texts]
