"""Tables as the official notice draws them, before any layout is chosen: a `Sheet` is what a civil servant fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import groupby

from attrs import evolve, frozen

from gilint.form import CellKey, RowSpec, TableSpec


class Role(Enum):
    """What a cell of a sheet is."""

    CAPTION = auto()
    CORNER = auto()
    HEADER = auto()
    """A heading over columns; ``key`` names the column where it is the lowest one."""
    GROUP = auto()
    """A label over several rows."""
    LABEL = auto()
    VALUE = auto()
    FILLER = auto()
    """Drawn, but not part of the official table."""


@frozen
class SheetCell:
    """A cell of a drawn table and how many rows and columns it covers."""

    text: str
    role: Role
    rows: int = 1
    columns: int = 1
    key: CellKey | None = None
    """The cell of the form whose value it shows; of a lowest header (table, ``""``, column); of a label (table, row, ``""``)."""


Row = tuple[SheetCell, ...]


@frozen
class Placed:
    """A cell of a sheet and the places that it covers, counted from 0; spans are cut to the height of the table."""

    cell: SheetCell
    row: int
    column: int
    rows: int
    columns: int


@frozen
class Sheet:
    """A drawn table. ``rows`` holds, for each row, the cells that begin in it, from left to right."""

    table: str
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()
    """Lines printed directly above it."""
    below: tuple[str, ...] = ()
    """Lines printed directly below it."""

    @property
    def width(self) -> int:
        """How many columns the table has once spans are expanded."""
        return max((len(row) for row in self.expanded()), default=0)

    def expanded(self) -> list[list[SheetCell]]:
        """Return the grid with every covered place filled by the cell that covers it."""
        grid: list[list[SheetCell]] = []
        covered: dict[tuple[int, int], SheetCell] = {}
        for index, row in enumerate(self.rows):
            line: list[SheetCell] = []
            waiting = list(row)
            while waiting or (index, len(line)) in covered:
                cell = covered.get((index, len(line))) or waiting.pop(0)
                if (index, len(line)) in covered:
                    line.append(cell)
                    continue
                for down in range(1, cell.rows):
                    covered.update({(index + down, len(line) + across): cell for across in range(cell.columns)})
                line.extend([cell] * cell.columns)
            grid.append(line)
        return grid

    def placed(self) -> list[list[Placed]]:
        """Return, for each row, the cells that begin in it with the places that they cover."""
        covered: set[tuple[int, int]] = set()
        lines = []
        for index, row in enumerate(self.rows):
            line, column = [], 0
            for cell in row:
                while (index, column) in covered:
                    column += 1
                height = min(cell.rows, len(self.rows) - index)
                line.append(Placed(cell, index, column, height, cell.columns))
                covered.update((index + down, column + across) for down in range(height) for across in range(cell.columns))
                column += cell.columns
            lines.append(line)
        return lines

    def header_height(self) -> int:
        """How many rows stand above the first row with a value."""
        return next((index for index, row in enumerate(self.rows) if any(cell.role is Role.VALUE for cell in row)), len(self.rows))


def collapse(table: str, grid: Sequence[Sequence[SheetCell]], above: tuple[str, ...] = ()) -> Sheet:
    """Return the sheet whose expanded grid is ``grid``: neighbouring places with the same cell become one cell again."""
    done: set[tuple[int, int]] = set()
    rows = []
    for index, line in enumerate(grid):
        row = []
        for start, cell in enumerate(line):
            if (index, start) in done:
                continue
            end = start
            while end < len(line) and line[end] is cell and (index, end) not in done:
                end += 1
            bottom = index + 1
            while bottom < len(grid) and len(grid[bottom]) >= end and all(other is cell for other in grid[bottom][start:end]):
                bottom += 1
            done.update((down, across) for down in range(index, bottom) for across in range(start, end))
            row.append(evolve(cell, rows=bottom - index, columns=end - start))
        rows.append(tuple(row))
    return Sheet(table, tuple(rows), above)


def draw(table: TableSpec, printed: Mapping[CellKey, str | None]) -> Sheet:
    """Draw a table of a form as its notice prescribes it.

    Args:
        table: which table.
        printed: what is printed in each cell; ``None`` for a cell that is left out of its row altogether.
    """
    if table.layout == "flat":
        rows = _draw_flat(table, printed)
    elif any(row.caption for row in table.rows):
        rows = _draw_captioned(table, printed)
    else:
        rows = _draw_grouped(table, printed)
    return Sheet(table.name, tuple(tuple(row) for row in rows))


def _value(table: TableSpec, row: RowSpec, column: str, printed: Mapping[CellKey, str | None]) -> list[SheetCell]:
    text = printed.get((table.name, row.name, column), "")
    return [] if text is None else [SheetCell(text, Role.VALUE, key=(table.name, row.name, column))]


def _values(table: TableSpec, row: RowSpec, printed: Mapping[CellKey, str | None]) -> list[SheetCell]:
    return [cell for column in row.columns for cell in _value(table, row, column, printed)]


def _stretch(cells: list[SheetCell], width: int) -> list[SheetCell]:
    """Let the last cell take what is left of the width, as 本年处理决定数量 does."""
    used = sum(cell.columns for cell in cells)
    return [*cells[:-1], evolve(cells[-1], columns=cells[-1].columns + width - used)] if used < width else cells


def _header(table: TableSpec, column: str, rows: int = 1) -> SheetCell:
    return SheetCell(table.column(column).label.zh, Role.HEADER, rows, key=(table.name, "", column))


def _label(table: TableSpec, row: RowSpec, columns: int = 1) -> SheetCell:
    return SheetCell(row.label.zh, Role.LABEL, columns=columns, key=(table.name, row.name, ""))


def _draw_captioned(table: TableSpec, printed: Mapping[CellKey, str | None]) -> list[list[SheetCell]]:
    """Blocks under captions, each with a header of its own (section two)."""
    width = 1 + max(len(row.columns) for row in table.rows)
    lines: list[list[SheetCell]] = []
    for caption, block in groupby(table.rows, key=lambda row: row.caption):
        members = list(block)
        lines.append([SheetCell(caption or "", Role.CAPTION, columns=width)])
        corner = SheetCell(table.corner[0] if table.corner else "", Role.CORNER)
        lines.append(_stretch([corner, *(_header(table, column) for column in members[0].columns)], width))
        lines.extend(_stretch([_label(table, row), *_values(table, row, printed)], width) for row in members)
    return lines


def _draw_grouped(table: TableSpec, printed: Mapping[CellKey, str | None]) -> list[list[SheetCell]]:
    """One header and rows whose labels stand in groups (section three)."""
    depth = 1 + max(len(row.group) for row in table.rows)
    lines = _column_headers(table, depth)
    for index, row in enumerate(table.rows):
        before = table.rows[index - 1].group if index else ()
        cells = []
        for level, group in enumerate(row.group):
            if before[: level + 1] != row.group[: level + 1]:
                size = 0
                for follower in table.rows[index:]:
                    if follower.group[: level + 1] != row.group[: level + 1]:
                        break
                    size += 1
                cells.append(SheetCell(group, Role.GROUP, rows=size))
        cells.append(_label(table, row, depth - len(row.group)))
        lines.append([*cells, *_values(table, row, printed)])
    return lines


def _column_headers(table: TableSpec, depth: int) -> list[list[SheetCell]]:
    """Header rows: the corner, what stands over all columns, then groups of columns, then columns."""
    corner = max(table.corner, key=len, default="")
    groups = [column.group for column in table.columns]
    banners = [words for words in table.corner if words != corner and all(words not in group for group in groups)]
    levels = 1 + max(len(group) for group in groups)
    lines: list[list[SheetCell]] = [[SheetCell(banner, Role.HEADER, columns=len(table.columns))] for banner in banners]
    for level in range(levels):
        line: list[SheetCell] = []
        for index, column in enumerate(table.columns):
            if len(groups[index]) == level:
                line.append(_header(table, column.name, levels - level))
            elif len(groups[index]) > level and (index == 0 or groups[index - 1][: level + 1] != groups[index][: level + 1]):
                size = sum(group[: level + 1] == groups[index][: level + 1] for group in groups)
                line.append(SheetCell(groups[index][level], Role.HEADER, columns=size))
        lines.append(line)
    lines[0].insert(0, SheetCell(corner, Role.CORNER, rows=len(lines), columns=depth))
    return lines


def _draw_flat(table: TableSpec, printed: Mapping[CellKey, str | None]) -> list[list[SheetCell]]:
    """One line of numbers under headings of several levels (section four)."""
    paths = [(*row.group, row.label.zh) for row in table.rows]
    depth = max(len(path) for path in paths)
    lines: list[list[SheetCell]] = [[] for _ in range(depth + 1)]
    for index, (row, path) in enumerate(zip(table.rows, paths, strict=True)):
        for level, words in enumerate(path):
            if index and paths[index - 1][: level + 1] == path[: level + 1]:
                continue
            size = sum(len(other.columns) for other, own in zip(table.rows, paths, strict=True) if own[: level + 1] == path[: level + 1])
            lines[level].append(SheetCell(words, Role.HEADER, columns=size))
        lines[len(path)].extend(_header(table, column, depth - len(path) + 1) for column in row.columns)
    lines.append([cell for row in table.rows for cell in _values(table, row, printed)])
    return lines
