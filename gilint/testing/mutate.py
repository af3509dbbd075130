"""Faults as they happen, put into a consistent report: what a linter has to find, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from attrs import evolve, frozen

from gilint.equations import equations_of
from gilint.form import CellKey, Form, ValueKind
from gilint.testing.draft import Draft
from gilint.testing.narrative import numeral
from gilint.testing.sheet import Role, Sheet, SheetCell, collapse


@frozen
class Mutant:
    """A report with one fault in it."""

    draft: Draft
    family: str
    """The family of rules that must speak: ``SUM``, ``VAL``, ``MIS``, ``TPL``."""
    cells: tuple[CellKey, ...]
    """A finding of that family must name at least one of them; empty where the fault is in no cell."""
    what: str
    """What was done, for the message of a failed test."""


Mutator = Callable[[Draft, Random], "Mutant | None"]
"""Puts one fault into a report; ``None`` where the report has no place for it."""


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


def _regrid(draft: Draft, table: str, change: Callable[[list[list[SheetCell]]], list[list[SheetCell]]]) -> Draft:
    def redraw(sheet: Sheet) -> Sheet:
        return collapse(sheet.table, change(sheet.expanded()), sheet.above) if sheet.table == table else sheet

    return draft.with_sheets(redraw)


def _holds_row(line: list[SheetCell], row: str) -> bool:
    return any(cell.key is not None and cell.key[1] == row for cell in line)


def _some_row(draft: Draft, random: Random) -> tuple[str, str]:
    tables = [table for table in draft.form.tables if table.layout == "rows"]
    return random.choice([(table.name, row.name) for table in tables for row in table.rows])


def row_removed(draft: Draft, random: Random) -> Mutant | None:
    """A row that is not there."""
    table, name = _some_row(draft, random)
    changed = _regrid(draft, table, lambda grid: [line for line in grid if not _holds_row(line, name)])
    cells = tuple((table, name, column) for column in draft.form.table(table).row(name).columns)
    return Mutant(changed, "MIS", cells, f"row {table}.{name} removed")


def row_duplicated(draft: Draft, random: Random) -> Mutant | None:
    """A row that is there twice."""
    table, name = _some_row(draft, random)

    def twice(grid: list[list[SheetCell]]) -> list[list[SheetCell]]:
        lines = []
        for line in grid:
            lines.append(line)
            if _holds_row(line, name):
                # Cells of the row itself are drawn anew, or the copy would merge with it; labels of groups stretch over both.
                lines.append([cell if cell.role is Role.GROUP else evolve(cell) for cell in line])
        return lines

    cells = tuple((table, name, column) for column in draft.form.table(table).row(name).columns)
    return Mutant(_regrid(draft, table, twice), "MIS", cells, f"row {table}.{name} twice")


def row_renamed(draft: Draft, random: Random) -> Mutant | None:
    """A row under a label of the office's own making."""
    renamed = {"(一)予以公开": "(一)同意公开", "四、结转下年度继续办理": "四、转入下一年度办理", "行政处罚": "行政处罚类", "2.重复申请": "2.多次重复提交申请"}
    labels = {row.label.zh: (table.name, row) for table in draft.form.tables for row in table.rows}
    fitting = [label for label in renamed if label in labels]
    if not fitting:
        return None
    label = random.choice(fitting)
    table, row = labels[label]

    def change(cell: SheetCell) -> SheetCell:
        return evolve(cell, text=renamed[label]) if cell.role is Role.LABEL and cell.text == label else cell

    return Mutant(draft.with_cells(change), "TPL", tuple((table, row.name, column) for column in row.columns), f"{label} called {renamed[label]}")


def column_removed(draft: Draft, random: Random) -> Mutant | None:
    """A column of a table with one header that is not there."""
    tables = [table for table in draft.form.tables if table.layout == "rows" and not any(row.caption for row in table.rows)]
    if not tables:
        return None
    table = random.choice(tables)
    column = random.choice(table.columns).name

    def without(grid: list[list[SheetCell]]) -> list[list[SheetCell]]:
        place = next(index for index, cell in enumerate(grid[-1]) if cell.key and cell.key[2] == column)
        return [line[:place] + line[place + 1 :] for line in grid]

    cells = tuple((table.name, row.name, column) for row in table.rows if column in row.columns)
    return Mutant(_regrid(draft, table.name, without), "MIS", cells, f"column {table.name}.{column} removed")


def table_removed(draft: Draft, random: Random) -> Mutant | None:
    """A table that is not there."""
    table = random.choice(draft.form.tables)
    return Mutant(draft.with_sheets(lambda sheet: None if sheet.table == table.name else sheet), "MIS", table.keys, f"table {table.name} removed")


def heading_removed(draft: Draft, random: Random) -> Mutant | None:
    """A section without its heading."""
    index = random.randrange(len(draft.parts))
    parts = [evolve(part, heading="") if place == index else part for place, part in enumerate(draft.parts)]
    return Mutant(evolve(draft, parts=tuple(parts)), "MIS", (), f"heading {draft.parts[index].heading} removed")


def heading_renumbered(draft: Draft, random: Random) -> Mutant | None:
    """A heading with the number of the one before it."""
    index = random.randrange(1, len(draft.parts))
    words = draft.parts[index].heading.partition("、")[2]
    parts = [evolve(part, heading=f"{numeral(index)}、{words}") if place == index else part for place, part in enumerate(draft.parts)]
    return Mutant(evolve(draft, parts=tuple(parts)), "TPL", (), f"{draft.parts[index].heading} numbered {numeral(index)}")


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
        lambda edition: _row("regulations", **({"made": "2", "published": "2", "public_total": "2"} if edition == "2019" else {"in_force": "3"}))
    ),
    "made-not-published": _disclosed(lambda edition: _row("normative_documents", made="9", published="0", public_total="0")),
    "published-above-total": _disclosed(lambda edition: _row("normative_documents", made="3", published="7", public_total="5")),
    "change-below-nothing": _disclosed(lambda edition: _row("licences", previous_items="3", change="-5")),
    "in-force-too-few": _disclosed(lambda edition: _row("normative_documents", issued="9", repealed="2", in_force="4")),
    "procurement-without-amount": _disclosed(lambda edition: _row("procurement", projects="4", amount="0")),
    "procurement-without-projects": _disclosed(lambda edition: _row("procurement", projects="0", amount="25.3万元")),
    "amount-without-unit": _disclosed(lambda edition: _row("procurement", projects="4", amount="253000")),
    "row-removed": row_removed,
    "row-duplicated": row_duplicated,
    "row-renamed": row_renamed,
    "column-removed": column_removed,
    "table-removed": table_removed,
    "heading-removed": heading_removed,
    "heading-renumbered": heading_renumbered,
}
"""Every fault, by name."""
EQUATION_FAULTS = ("wrong-total", "swapped-digits", "times-ten", "lost-digit", "one-off")
"""Faults that break an equation."""
