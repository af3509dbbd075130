"""Faults as they happen, put into a consistent report: what a linter has to find, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from attrs import evolve

from gilint.form import CellKey, Form, ValueKind
from gilint.plans import equations_of
from gilint.testing import damage
from gilint.testing.damage import Mutant, Mutator
from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, SheetCell


def _printed(draft: Draft) -> dict[CellKey, str]:
    return {cell.key: cell.text for sheet in draft.sheets for row in sheet.rows for cell in row if cell.key and cell.role is Role.VALUE}


def _kinds(form: Form) -> dict[CellKey, ValueKind]:
    return {key: table.column(key[2]).kind for table in form.tables for key in table.keys}


def _in_equations(form: Form) -> tuple[CellKey, ...]:
    cells = dict.fromkeys(cell for equation in equations_of(form) for cell in equation.cells)
    return tuple(cells)


def reprint(draft: Draft, changes: Mapping[CellKey, str]) -> Draft:
    """Return a copy in which the named cells are printed otherwise."""

    def change(cell: SheetCell) -> SheetCell:
        text = changes.get(cell.key) if cell.key and cell.role is Role.VALUE else None
        return cell if text is None else evolve(cell, text=text)

    return draft.with_cells(change)


def _reprinted(draft: Draft, key: CellKey, text: str, family: str) -> Mutant:
    before = _printed(draft)[key]
    return Mutant(reprint(draft, {key: text}), family, (key,), f"{'.'.join(key)}: {text!r} for {before!r}")


def _pick(draft: Draft, random: Random, wanted: Callable[[str], bool], keys: Sequence[CellKey] | None = None) -> CellKey | None:
    printed = _printed(draft)
    fitting = [key for key in (keys if keys is not None else _in_equations(draft.form)) if key in printed and wanted(printed[key])]
    return random.choice(fitting) if fitting else None


def _retyped(wanted: Callable[[str], bool], retype: Callable[[str, Random], str]) -> Mutator:
    """Make a mutator that types the number of a cell that stands in an equation wrongly."""

    def mutate(draft: Draft, random: Random) -> Mutant | None:
        key = _pick(draft, random, wanted)
        if key is None:
            return None
        before = _printed(draft)[key]
        after = retype(before, random)
        return _reprinted(draft, key, after, "SUM") if after != before else None

    return mutate


def _swap(text: str, random: Random) -> str:
    places = [place for place in range(len(text) - 1) if text[place] != text[place + 1]]
    place = random.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _lose(text: str, random: Random) -> str:
    place = random.randrange(len(text))
    return text[:place] + text[place + 1 :]


def wrong_total(draft: Draft, random: Random) -> Mutant | None:
    """A total that is off by a few."""
    key: CellKey = random.choice(list(dict.fromkeys(equation.cells[0] for equation in equations_of(draft.form))))
    return _reprinted(draft, key, str(int(_printed(draft)[key]) + random.randint(1, 9)), "SUM")


def _emptied(texts: Sequence[str]) -> Mutator:
    def mutate(draft: Draft, random: Random) -> Mutant | None:
        key = _pick(draft, random, lambda text: text not in ("", "0"), tuple(_printed(draft)))
        return _reprinted(draft, key, random.choice(texts), "MIS") if key else None

    return mutate


def _impossible(texts: Sequence[str], kinds: frozenset[ValueKind]) -> Mutator:
    def mutate(draft: Draft, random: Random) -> Mutant | None:
        allowed = [key for key, kind in _kinds(draft.form).items() if kind in kinds]
        key = _pick(draft, random, lambda text: True, allowed)
        return _reprinted(draft, key, random.choice(texts), "VAL") if key else None

    return mutate


def _disclosed(changes: Callable[[str], Mapping[CellKey, str] | None]) -> Mutator:
    """Make a mutator that prints a row of section two so that its numbers cannot be."""

    def mutate(draft: Draft, random: Random) -> Mutant | None:
        changed = changes(draft.form.edition)
        if changed is None or not set(changed) <= set(draft.form.keys):
            return None
        return Mutant(reprint(draft, changed), "VAL", tuple(changed), f"{changed}")

    return mutate


def _row(row: str, **values: str) -> dict[CellKey, str]:
    return {("disclosure", row, column): text for column, text in values.items()}


_COUNTED = frozenset({ValueKind.COUNT})
_ANY = frozenset(ValueKind)
MUTATORS: Mapping[str, Mutator] = {
    "wrong-total": wrong_total,
    "swapped-digits": _retyped(lambda text: len(set(text)) > 1 and text.isdigit(), _swap),
    "times-ten": _retyped(lambda text: text not in ("", "0"), lambda text, random: text + "0"),
    "lost-digit": _retyped(lambda text: len(text) > 1 and text[1] != "0", _lose),
    "one-off": _retyped(str.isdigit, lambda text, random: str(int(text) + 1)),
    "blank-cell": _emptied(("",)),
    "dash-cell": _emptied(("-", "—", "/", "无", "——")),
    "negative": _impossible(("-1", "-12", "－3"), _COUNTED),
    "fraction": _impossible(("1.5", "0.5", "12.25"), _COUNTED),
    "text-in-cell": _impossible(("详见附件", "若干", "见说明"), _ANY),
    "regulations-without-power": _disclosed(
        lambda edition: _row(
            "regulations", **({"made": "2", "published": "2", "public_total": "2"} if edition == "2019" else {"in_force": "3"})
        )
    ),
    "made-not-published": _disclosed(lambda edition: _row("normative_documents", made="9", published="0", public_total="0")),
    "published-above-total": _disclosed(lambda edition: _row("normative_documents", made="3", published="7", public_total="5")),
    "change-below-nothing": _disclosed(lambda edition: _row("licences", previous_items="3", change="-5")),
    "in-force-too-few": _disclosed(lambda edition: _row("normative_documents", issued="9", repealed="2", in_force="4")),
    "procurement-without-amount": _disclosed(lambda edition: _row("procurement", projects="4", amount="0")),
    "procurement-without-projects": _disclosed(lambda edition: _row("procurement", projects="0", amount="25.3万元")),
    "amount-without-unit": _disclosed(lambda edition: _row("procurement", projects="4", amount="253000")),
    "row-removed": damage.row_removed,
    "row-duplicated": damage.row_duplicated,
    "row-renamed": damage.row_renamed,
    "column-removed": damage.column_removed,
    "table-removed": damage.table_removed,
    "heading-removed": damage.heading_removed,
    "heading-renumbered": damage.heading_renumbered,
    "other-year": damage.other_year,
    "editions-mixed": damage.editions_mixed,
}
"""Every fault, by name."""
EQUATION_FAULTS = ("wrong-total", "swapped-digits", "times-ten", "lost-digit", "one-off")
"""Faults that break an equation."""
