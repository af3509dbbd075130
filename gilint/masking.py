"""Takes personal data out of what is shown: of findings, whichever rule quotes them, of cells and of claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from gilint.finding import Finding
from gilint.language import Text
from gilint.model import Cell
from gilint.personal import without_personal_data

_SHORT = 5


def masked(finding: Finding) -> Finding:
    """Return the finding with every piece of personal data that it quotes masked: those that its rule names, and what can be found besides."""

    def hide(text: str) -> str:
        for printed, shown in finding.personal.items():
            text = text.replace(printed, shown)
        return without_personal_data(text)

    return evolve(
        finding,
        message=_each(finding.message, hide),
        suggestion=_each(finding.suggestion, hide),
        arguments={name: _each(value, hide) for name, value in finding.arguments.items()},
        excerpts=tuple([evolve(excerpt, text=hide(excerpt.text)) for excerpt in finding.excerpts]),
        personal={},
    )


def shown_raw(cell: Cell) -> str:
    """Return what is printed in a cell with personal data masked."""
    # A report has hundreds of cells, and what is as short is nobody's.
    return cell.raw if len(cell.raw) <= _SHORT else without_personal_data(cell.raw)


def _each(value: Any, hide: Callable[[str], str]) -> Any:
    """Return an argument with the texts in it hidden; numbers are no texts."""
    if type(value) is str:
        return hide(value)
    if isinstance(value, Text):
        zh, en = hide(value.zh), hide(value.en)
        return value if (zh, en) == (value.zh, value.en) else evolve(value, zh=zh, en=en)
    if type(value) in (list, tuple):
        return type(value)(_each(item, hide) for item in value)
    return value
