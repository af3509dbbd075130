"""Faults in the structure of a report: rows, columns, tables and headings that are not there, there twice, or called otherwise."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from attrs import evolve, frozen

from gilint.form import CellKey
from gilint.forms import builtin_forms
from gilint.testing.draft import Draft, print_figures
from gilint.testing.factory import sample_figures
from gilint.testing.narrative import numeral
from gilint.testing.sheet import Role, Sheet, SheetCell, collapse, draw


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
    renamed = {
        "(一)予以公开": "(一)同意公开",
        "四、结转下年度继续办理": "四、转入下一年度办理",
        "行政处罚": "行政处罚类",
        "2.重复申请": "2.多次重复提交申请",
    }
    labels = {row.label.zh: (table.name, row) for table in draft.form.tables for row in table.rows}
    fitting = [label for label in renamed if label in labels]
    if not fitting:
        return None
    label = random.choice(fitting)
    table, row = labels[label]

    def change(cell: SheetCell) -> SheetCell:
        return evolve(cell, text=renamed[label]) if cell.role is Role.LABEL and cell.text == label else cell

    return Mutant(
        draft.with_cells(change), "TPL", tuple((table, row.name, column) for column in row.columns), f"{label} called {renamed[label]}"
    )


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
    return Mutant(
        draft.with_sheets(lambda sheet: None if sheet.table == table.name else sheet), "MIS", table.keys, f"table {table.name} removed"
    )


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


def other_year(draft: Draft, random: Random) -> Mutant | None:
    """A report on a year for which another edition is prescribed."""
    years = [year for year in range(2019, 2026) if not draft.form.covers(year)]
    if not years:
        return None
    year = random.choice(years)

    def move(text: str) -> str:
        return text.replace(f"{draft.year + 1}年", f"{year + 1}年").replace(f"{draft.year}年", f"{year}年")

    parts = (evolve(part, paragraphs=tuple(map(move, part.paragraphs))) for part in draft.parts)
    head, tail = tuple(map(move, draft.head)), tuple(map(move, draft.tail))
    moved = evolve(draft, year=year, title=move(draft.title), head=head, parts=tuple(parts), tail=tail)
    return Mutant(moved, "TPL", (), f"edition {draft.form.edition} for {year}")


def editions_mixed(draft: Draft, random: Random) -> Mutant | None:
    """One table in the layout of another edition."""
    others = [form for form in builtin_forms() if form.id == draft.form.id and form.edition != draft.form.edition]
    if not others:
        return None
    other = random.choice(others)
    table = random.choice(("disclosure", "applications"))
    printed = print_figures(other, sample_figures(other, random))
    changed = draft.with_sheets(lambda sheet: draw(other.table(table), printed) if sheet.table == table else sheet)
    return Mutant(changed, "TPL", (), f"{table} in the layout of {other.edition}")
