"""How offices rearrange the official tables: split, stood on their side, with columns swapped, added or cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from random import Random

from attrs import evolve

from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, Row, Sheet, SheetCell, collapse

Arrange = Callable[[Draft, Random], Draft]
Redraw = Callable[[Sheet, Draft, Random], Iterable[Sheet]]

_SHORT = {
    "本年新制作数量": "本年新",
    "本年新公开数量": "本年新",
    "上一年项目数量": "上一年",
    "处理决定数量": "处理决定",
    "本年处理决定数量": "本年处理",
    "本年制发件数": "本年制发",
    "本年废止件数": "本年废止",
    "现行有效件数": "现行有效",
    "采购项目数量": "采购项目",
    "商业企业": "商业",
    "科研机构": "科研",
    "社会公益组织": "社会公益",
    "法律服务机构": "法律服务",
    "结果维持": "结果",
    "结果纠正": "结果",
    "其他结果": "其他",
    "尚未审结": "尚未",
}


def redrawn(redraw: Redraw, *tables: str) -> Arrange:
    """Make an arrangement that redraws some tables (all where none is named) and leaves the others."""
    return partial(_redraw, redraw, frozenset(tables))


def _redraw(redraw: Redraw, tables: frozenset[str], draft: Draft, random: Random) -> Draft:
    parts = []
    for part in draft.parts:
        sheets = tuple(
            new for sheet in part.sheets for new in (redraw(sheet, draft, random) if not tables or sheet.table in tables else (sheet,))
        )
        parts.append(evolve(part, sheets=sheets))
    return evolve(draft, parts=tuple(parts))


def split_by_page(sheet: Sheet, draft: Draft, random: Random, *, header: bool = True) -> Iterable[Sheet]:
    """Break a table in two, as at the foot of a page, and repeat the header."""
    grid, height = sheet.expanded(), sheet.header_height()
    cut = random.randint(height + 2, len(grid) - 2)
    yield collapse(sheet.table, grid[:cut], sheet.above)
    yield collapse(sheet.table, (grid[:height] if header else []) + grid[cut:])


def blocks(sheet: Sheet, draft: Draft, random: Random, *, above: bool = False) -> Iterable[Sheet]:
    """Give every caption a table of its own, the caption inside it or as a line above it."""
    grid = sheet.expanded()
    starts = [index for index, line in enumerate(grid) if line[0].role is Role.CAPTION] + [len(grid)]
    for start, end in pairwise(starts):
        if above:
            yield collapse(sheet.table, grid[start + 1 : end], (grid[start][0].text,))
        else:
            yield collapse(sheet.table, grid[start:end])


def with_header_repeated(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Repeat the header within the table, as at the top of a new page."""
    grid, height = sheet.expanded(), sheet.header_height()
    cut = random.randint(height + 2, len(grid) - 2)
    # Drawn anew, or the two headers would merge where they touch.
    anew = {id(cell): evolve(cell) for line in grid[:height] for cell in line}
    header = [[anew[id(cell)] for cell in line] for line in grid[:height]]
    yield collapse(sheet.table, [*grid[:cut], *header, *grid[cut:]], sheet.above)


def with_labels_joined(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Print the label of a group in one cell with that of its first row."""
    grid, height = sheet.expanded(), sheet.header_height()
    first = next(index for index, cell in enumerate(grid[-1]) if cell.role is Role.VALUE)
    shown: set[int] = set()
    lines = [line[first - 1 :] for line in grid[:height]]
    for line in grid[height:]:
        groups = [cell.text for cell in line[:first] if cell.role is Role.GROUP and id(cell) not in shown]
        shown.update(id(cell) for cell in line[:first])
        label = line[first - 1]
        lines.append([evolve(label, text=random.choice(("", " ")).join((*dict.fromkeys(groups), label.text))), *line[first:]])
    yield collapse(sheet.table, lines, sheet.above)


def with_subtotal(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Add a column 小计 after the last of a group of columns, under the same heading."""
    spec = draft.form.table(sheet.table)
    members = [column.name for column in spec.columns if column.group]
    grid = sheet.expanded()
    first = next(index for index, cell in enumerate(grid[-1]) if cell.role is Role.VALUE)
    place = first + max(index for index, column in enumerate(spec.columns) if column.group) + 1
    height = sheet.header_height()
    title = SheetCell("小计", Role.FILLER)
    for index, line in enumerate(grid):
        if index < height:
            line.insert(place, title if index == height - 1 else line[place - 1])
            continue
        row = next(cell.key[1] for cell in line if cell.key and cell.role is Role.VALUE)
        line.insert(place, SheetCell(str(sum(draft.figures[sheet.table, row, name] for name in members)), Role.FILLER))
    yield collapse(sheet.table, grid, sheet.above)


def with_columns_swapped(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Put two columns that stand under the same headings in each other's place."""
    grid = sheet.expanded()
    height = sheet.header_height()
    headers = [cell for cell in grid[height - 1] if cell.role is Role.HEADER and cell.key]
    inner = [column.name for column in draft.form.table(sheet.table).columns if column.group] or [
        cell.key[2] for cell in headers if cell.key
    ]
    places = [index for index, cell in enumerate(grid[height - 1]) if cell.key and cell.key[2] in inner]
    one, other = random.sample(places, 2)
    for line in grid:
        if line[one].role is not Role.CAPTION:
            line[one], line[other] = line[other], line[one]
    yield collapse(sheet.table, grid, sheet.above)


def with_total_first(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Put the column 总计 before all others."""
    grid = sheet.expanded()
    first = next(index for index, cell in enumerate(grid[-1]) if cell.role is Role.VALUE)
    yield collapse(sheet.table, [[*line[:first], line[-1], *line[first:-1]] for line in grid], sheet.above)


def with_rows_shuffled(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Shuffle the rows within one group of labels, or the blocks under captions."""
    if any(line[0].role is Role.CAPTION for line in sheet.expanded()):
        parts = list(blocks(sheet, draft, random))
        random.shuffle(parts)
        yield Sheet(sheet.table, tuple(row for part in parts for row in part.rows), sheet.above)
        return
    grid = sheet.expanded()
    groups: dict[int, list[int]] = {}
    for index, line in enumerate(grid):
        if line[1].role is Role.GROUP:
            groups.setdefault(id(line[1]), []).append(index)
    places = random.choice([members for members in groups.values() if len(members) > 2])
    moved = random.sample(places, len(places))
    lines = dict(zip(places, (grid[index] for index in moved), strict=True))
    yield collapse(sheet.table, [lines.get(index, line) for index, line in enumerate(grid)], sheet.above)


def with_short_headers(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Cut the column headings short, as narrow columns and careless copies do."""
    rows = tuple(
        tuple(evolve(cell, text=_SHORT.get(cell.text, cell.text)) if cell.role is Role.HEADER else cell for cell in row)
        for row in sheet.rows
    )
    yield evolve(sheet, rows=rows)


def without_header(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Leave the header rows out."""
    yield collapse(sheet.table, sheet.expanded()[sheet.header_height() :], sheet.above)


def without_spans(sheet: Sheet, draft: Draft, random: Random, *, repeat: bool = True) -> Iterable[Sheet]:
    """Draw every covered place as a cell of its own: with the words repeated, or blank."""
    seen: set[int] = set()
    rows = []
    for line in sheet.expanded():
        row: list[SheetCell] = []
        for cell in line:
            shown = repeat or id(cell) not in seen
            seen.add(id(cell))
            text = cell.text if shown and not (cell.role is Role.VALUE and row and row[-1].key == cell.key) else ""
            row.append(evolve(cell, rows=1, columns=1, text=text))
        rows.append(tuple(row))
    # Where a value stretches over several columns, the places that it covers are blank and belong to no cell of the form.
    yield Sheet(sheet.table, tuple(_once(row) for row in rows), sheet.above)


def with_values_repeated(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Draw every covered place with the words or the number of the cell that covers it, as libraries that read tables do."""
    rows = tuple(tuple(evolve(cell, rows=1, columns=1) for cell in line) for line in sheet.expanded())
    yield Sheet(sheet.table, rows, sheet.above)


def _once(row: tuple[SheetCell, ...]) -> tuple[SheetCell, ...]:
    keys = set()
    cells = []
    for cell in row:
        again = cell.role is Role.VALUE and cell.key in keys
        keys.add(cell.key)
        cells.append(evolve(cell, role=Role.FILLER, key=None) if again else cell)
    return tuple(cells)


def with_group_rows(sheet: Sheet, draft: Draft, random: Random) -> Iterable[Sheet]:
    """Print the label of a group on a row of its own, above the rows that belong to it."""
    grid = sheet.expanded()
    width = len(grid[0])
    first = next(index for index, cell in enumerate(grid[-1]) if cell.role is Role.VALUE)
    lines: list[list[SheetCell]] = []
    shown: set[int] = set()
    for line in grid:
        for cell in line[:first]:
            if cell.role is Role.GROUP and id(cell) not in shown:
                shown.add(id(cell))
                lines.append([cell] * width)
        lines.append(line[first - 1 :])
    yield collapse(sheet.table, [line[: width - first + 1] for line in lines], sheet.above)


def all_in_one(draft: Draft, random: Random) -> Draft:
    """Put the three tables into one, the headings of the sections between them as rows."""
    width = max(sheet.width for sheet in draft.sheets)
    rows: list[Row] = []
    holder = next(index for index, part in enumerate(draft.parts) if part.sheets)
    for part in draft.parts[holder:]:
        if part.sheets:
            if part is not draft.parts[holder]:
                rows.append((SheetCell(part.heading, Role.CAPTION, columns=width),))
            rows.extend(row for sheet in part.sheets for row in sheet.rows)
    one = Sheet(draft.parts[holder].sheets[0].table, tuple(rows))
    parts = [
        evolve(part, sheets=(one,) if index == holder else ())
        for index, part in enumerate(draft.parts)
        if index <= holder or not part.sheets
    ]
    return evolve(draft, parts=tuple(parts))


def all_in_one_without_headings(draft: Draft, random: Random) -> Draft:
    """Put the three tables into one under the first heading; the headings of the other sections follow it, empty."""
    holder = next(index for index, part in enumerate(draft.parts) if part.sheets)
    one = Sheet(draft.parts[holder].sheets[0].table, tuple(row for sheet in draft.sheets for row in sheet.rows))
    parts = [evolve(part, sheets=(one,) if index == holder else ()) for index, part in enumerate(draft.parts)]
    return evolve(draft, parts=tuple(parts))


def in_order(*steps: Arrange) -> Arrange:
    """Make an arrangement of several, one after the other."""
    return partial(_in_order, steps)


def _in_order(steps: tuple[Arrange, ...], draft: Draft, random: Random) -> Draft:
    for step in steps:
        draft = step(draft, random)
    return draft


def as_prescribed(draft: Draft, random: Random) -> Draft:
    """Leave everything as the notice prescribes it."""
    return draft
