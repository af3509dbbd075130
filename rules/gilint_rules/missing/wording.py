"""What the messages of the family have in common."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gilint import CellRef, Report, Text, examine, label

INCOMPLETE = Text(
    "规定格式的每一部分、每一行列都要填报；缺少的内容无法核对，也无法汇总。",
    "Every part, row and column of the format has to be reported; what is missing can neither be checked nor summed up.",
)
NAMED = 6
"""Cells named in one message."""


def follow(report: Report, cells: Sequence[CellRef]) -> Text | str:
    """Say which of the lacking values follow from the equations, and where another equation speaks against it."""
    examination = examine(report)
    deduced, asked = examination.deduced, examination.asked
    known = [(cell, asked[cell]) for cell in cells if cell in asked]
    if not known:
        return ""
    doubt = Text("，但有等式不成立，须先核对", ", but an equation is broken: check that first")
    if all(cell in deduced for cell, _ in known):
        doubt = Text("", "")
    values = {value for _, value in known}
    if len(known) == len(cells) and len(values) == 1:
        value = _print(known[0][1])
        if len(cells) == 1:
            return Text(f"；由勾稽关系推得应为 {value}{doubt.zh}", f"; by the equations it is {value}{doubt.en}")
        return Text(f"；由勾稽关系推得均为 {value}{doubt.zh}", f"; by the equations each is {value}{doubt.en}")
    named = [(label(report, cell), _print(value)) for cell, value in known[:NAMED]]
    more = Text("……", ", …") if len(known) > NAMED else Text("", "")
    chinese = "，".join(f"{text.zh} 为 {value}" for text, value in named)
    english = ", ".join(f"{text.en} is {value}" for text, value in named)
    return Text(f"；由勾稽关系推得：{chinese}{more.zh}{doubt.zh}", f"; by the equations {english}{more.en}{doubt.en}")


def _print(value: int | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def numeral(number: int) -> Text:
    """Return the number of a section as each language writes it."""
    return Text("一二三四五六七八九十"[number - 1] if 1 <= number <= 10 else str(number), str(number))
