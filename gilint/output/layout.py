"""How a table of a form is drawn: merged headings, group labels and the slots of the cells, as the official form prints them.

Generic over form descriptions, so that a plugin's form is drawn too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from attrs import frozen

from gilint.form import RowSpec, TableSpec
from gilint.language import Language, Text
from gilint.place import CellRef


@frozen(eq=False, repr=False)
class Heading:
    """A printed cell of the form that holds a label."""

    text: str
    kind: Literal["corner", "column", "row", "caption"]
    row_span: int = 1
    column_span: int = 1


@frozen(eq=False, repr=False)
class Slot:
    """A printed cell of the form that holds a value."""

    ref: CellRef
    column_span: int = 1


Line = tuple[Heading | Slot, ...]


@frozen(eq=False, repr=False)
class Drawing:
    """A table as printed, line by line; a spanned place is named only where the span begins."""

    lines: tuple[Line, ...]
    width: int
    head: int
    """How many of the lines are a header of the whole table."""


Path = tuple[str, ...]
"""Headings above a column or left of a row, outermost first, its own label last."""


def draw(spec: TableSpec, language: Language = "zh") -> Drawing:
    """Lay out a table."""
    return _draw_flat(spec, language) if spec.layout == "flat" else _draw_rows(spec, language)


def _draw_rows(spec: TableSpec, language: Language) -> Drawing:
    labels = 1 + max((len(row.group) for row in spec.rows), default=0)
    blocks = [(key, list(rows)) for key, rows in groupby(spec.rows, key=lambda row: (row.caption, row.columns))]
    width = labels + max((len(columns) for (_, columns), _ in blocks), default=0)
    lines: list[Line] = []
    head = 0
    for (caption, columns), rows in blocks:
        if caption:
            lines.append((Heading(_word(spec, caption, language), "caption", 1, width),))
        header = _header(spec, columns, labels, width, language)
        lines += header
        if len(blocks) == 1:
            head = len(lines)
        sides = [_path(spec, row.group, row.label, language) for row in rows]
        for row, side in zip(rows, _sides(sides, labels), strict=True):
            lines.append((*side, *_slots(spec, row, width - labels)))
    return Drawing(tuple(lines), width, head)


def _draw_flat(spec: TableSpec, language: Language) -> Drawing:
    paths = []
    for row in spec.rows:
        outer = _path(spec, row.group, row.label, language)
        paths += [outer + _path(spec, spec.column(name).group, spec.column(name).label, language) for name in row.columns]
    header = _stack(paths, [1] * len(paths))
    slots: Line = tuple(Slot(CellRef(*key)) for key in spec.keys)
    return Drawing((*map(tuple, header), slots), len(paths), len(header))


def _header(spec: TableSpec, columns: Sequence[str], labels: int, width: int, language: Language) -> list[Line]:
    """Draw the corner and the column headings; words of the corner that are no heading of some columns only stand above all of them."""
    groups = {word for column in spec.columns for word in column.group}
    above = [word for word in spec.corner[1:] if word not in groups]
    paths = [_path(spec, (*above, *spec.column(name).group), spec.column(name).label, language) for name in columns]
    header = _stack(paths, _widths(len(columns), width - labels))
    corner = _word(spec, spec.corner[0], language) if spec.corner else ""
    return [(Heading(corner, "corner", len(header), labels), *header[0]), *map(tuple, header[1:])]


def _stack(paths: Sequence[Path], widths: Sequence[int]) -> list[list[Heading]]:
    """Merge equal neighbours of a header; a label without further levels below reaches down to the values."""
    depth = max((len(path) for path in paths), default=0)
    lines: list[list[Heading]] = [[] for _ in range(depth)]
    for level in range(depth):
        start = 0
        while start < len(paths):
            end = start + 1
            path = paths[start]
            if len(path) > level:
                leaf = len(path) == level + 1
                while not leaf and end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
                    end += 1
                lines[level].append(Heading(path[level], "column", depth - level if leaf else 1, sum(widths[start:end])))
            start = end
    return lines


def _sides(paths: Sequence[Path], labels: int) -> Iterable[Line]:
    """Merge equal neighbours of the labels at the left; a label without groups takes all the columns of labels."""
    for index, path in enumerate(paths):
        line = []
        for level in range(len(path) - 1):
            prefix = path[: level + 1]
            if index and len(paths[index - 1]) > level + 1 and paths[index - 1][: level + 1] == prefix:
                continue
            span = sum(1 for _ in _while_within(paths[index:], prefix))
            line.append(Heading(path[level], "row", span, 1))
        line.append(Heading(path[-1], "row", 1, labels - len(path) + 1))
        yield tuple(line)


def _while_within(paths: Iterable[Path], prefix: Path) -> Iterable[Path]:
    for path in paths:
        if len(path) <= len(prefix) or path[: len(prefix)] != prefix:
            return
        yield path


def _slots(spec: TableSpec, row: RowSpec, width: int) -> Line:
    widths = _widths(len(row.columns), width)
    return tuple(Slot(CellRef(spec.name, row.name, column), span) for column, span in zip(row.columns, widths, strict=True))


def _widths(count: int, width: int) -> list[int]:
    """Share the width of a table among fewer columns than it has: the last takes what is left, as the official form does."""
    return [1] * (count - 1) + [width - count + 1]


def _path(spec: TableSpec, group: Sequence[str], label: Text, language: Language) -> Path:
    words = [_word(spec, word, language) for word in group]
    own = label.in_language(language)
    # A label that has to tell alone what it is of says so first; under the heading of its group it need not.
    whose, colon, rest = own.partition(": ")
    return (*words, rest[:1].upper() + rest[1:] if colon and words and words[-1].endswith(whose) else own)


def _word(spec: TableSpec, word: str, language: Language) -> str:
    return word if language == "zh" else spec.english.get(word, word)
