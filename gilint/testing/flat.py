"""How offices rearrange a table of one line of numbers (section four): on its side, in parts, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, Sheet, SheetCell, collapse


def upright(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Stand a table on its side: headings down the left edge, numbers beside them."""
    yield collapse(sheet.table, list(zip(*sheet.expanded(), strict=True)), sheet.above)


def by_heading(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Give every outer heading of a flat table a table of its own."""
    grid = sheet.expanded()
    owners = [cell.key[1] if cell.key else "" for cell in grid[-1]]
    for owner in dict.fromkeys(owners):
        yield collapse(sheet.table, [[cell for cell, name in zip(line, owners, strict=True) if name == owner] for line in grid])


def as_rows(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Draw a flat table as a row for every outer heading."""
    spec = draft.form.table(sheet.table)
    values = _values(sheet)
    depth = 1 + max(len(row.group) for row in spec.rows)
    corner = SheetCell(random.choice(("", "类别", "项目")), Role.CORNER)
    grid = [[corner] * depth + [SheetCell(spec.column(name).label.zh, Role.HEADER) for name in spec.rows[0].columns]]
    groups: dict[tuple[str, ...], SheetCell] = {}
    for row in spec.rows:
        label = SheetCell(row.label.zh, Role.LABEL, key=(spec.name, row.name, ""))
        left = [groups.setdefault(row.group[: level + 1], SheetCell(row.group[level], Role.GROUP)) for level in range(len(row.group))]
        grid.append(left + [label] * (depth - len(left)) + [values[row.name, name] for name in row.columns])
    yield collapse(sheet.table, grid)


def by_heading_above(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Give every outer heading a table of its own and print the heading as a line above it."""
    spec = draft.form.table(sheet.table)
    values = _values(sheet)
    for row in spec.rows:
        names = [SheetCell(spec.column(name).label.zh, Role.HEADER) for name in row.columns]
        above = " ".join((*row.group, row.label.zh))
        yield collapse(sheet.table, [names, [values[row.name, name] for name in row.columns]], (above,))


def by_group(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Give every outermost heading a table of its own: reviews here, litigation there."""
    spec = draft.form.table(sheet.table)
    owner = {row.name: (*row.group, row.label.zh)[0] for row in spec.rows}
    grid = sheet.expanded()
    owners = [owner[cell.key[1]] if cell.key else "" for cell in grid[-1]]
    for name in dict.fromkeys(owners):
        yield collapse(sheet.table, [[cell for cell, mine in zip(line, owners, strict=True) if mine == name] for line in grid])


def crosswise(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Draw the inner headings as rows and the outer ones as columns."""
    spec = draft.form.table(sheet.table)
    values = _values(sheet)
    corner = SheetCell(random.choice(("", "类别", "结果")), Role.CORNER)
    grid = [[corner, *(SheetCell(row.label.zh, Role.HEADER) for row in spec.rows)]]
    for name in spec.rows[0].columns:
        label = SheetCell(spec.column(name).label.zh, Role.LABEL)
        grid.append([label, *(values[row.name, name] for row in spec.rows)])
    yield collapse(sheet.table, grid)


def upright_in_blocks(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Print every outer heading on a row of its own, below it a row for every number."""
    spec = draft.form.table(sheet.table)
    values = _values(sheet)
    grid: list[list[SheetCell]] = []
    groups: list[str] = []
    for row in spec.rows:
        for words in (*row.group, row.label.zh):
            if words not in groups:
                groups.append(words)
                heading = SheetCell(words, Role.GROUP)
                grid.append([heading, heading])
        grid.extend([SheetCell(spec.column(name).label.zh, Role.LABEL), values[row.name, name]] for name in row.columns)
    yield collapse(sheet.table, grid)


def _values(sheet: Sheet) -> dict[tuple[str, str], SheetCell]:
    return {cell.key[1:]: cell for line in sheet.rows for cell in line if cell.role is Role.VALUE and cell.key}
