"""Tables whose markup is plain, read from the source, so that the parser is spared most of a page.

Reports consist of tables, and the markup of a table of cells that are written alike. Where the source of a table holds nothing but rows, cells and text with
its formatting, each with its end tag, the standard leaves no doubt about its cells, whatever stands around it. Such a table is cut out before the page is
parsed, and its cells are parsed once for each way in which they are written. Every other table is left to the parser.

What asks the tree for the text of an element that can have tables in it finds them empty: such elements have to be named in `Tables.complete`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, repeat
from typing import cast

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.grids import clamped, places_of
from gilint.readers.html_columns import Columns, Spans
from gilint.readers.html_pieces import Piece, count_new, read_pieces
from gilint.readers.html_positions import TableTag
from gilint.readers.limits import MAX_CELLS

MARK = "\x01"
"""The attribute by which a table is known of which the inside was cut out; no source holds it, the decoder sees to that."""

_SMALLEST = 500
"""Bytes of a table that is worth cutting out; scripts hold smaller ones, and a page with one cut out of a script is parsed twice."""
_LARGEST = 4 * MAX_CELLS
"""Bytes of a page that certainly has no more cells than are read."""
_MOST_PIECES = 2_000
"""Cells and ends of rows in tables that are cut out of a page; a report has some 400."""
_MOST_NEW = 0.5
"""Share of the pieces of a table that are read for it; for more it is quicker to parse the table."""
_ROW = r"r(?:d[\d,]*D|h[\d,]*H)*R"
_TABLE = re.compile(rf"t(?:(?:{_ROW})+|(?:b(?:{_ROW})*B|a(?:{_ROW})*A)+)")
_STEPS = re.compile(r"([bar])|([dh])(?:(\d+),(\d+))?")


class _Plan:
    """How the cells of a table lie."""

    def __init__(self, lengths: tuple[int, ...], fields: tuple[tuple[int, ...], ...]) -> None:
        self.lengths = lengths
        """The cells of each row."""
        self.fields = fields
        """Rows, columns, heights and widths of all cells."""


class PlainTable:
    """A table of which the inside was read from the source."""

    def __init__(self, texts: list[str], plan: _Plan) -> None:
        self._texts = texts
        self._plan = plan

    @property
    def cells(self) -> int:
        """So many there are."""
        return len(self._texts)

    def grid(self, number: int) -> Grid:
        """Return the cells as a grid: that of the table with this number in the document."""
        lengths = self._plan.lengths
        fields = zip(self._texts, *self._plan.fields, _places(lengths, number), strict=True)
        # Made without a call of our own for each cell, see `Tables`.
        cells = cast("Iterator[GridCell]", map(tuple.__new__, repeat(GridCell), fields))
        return Grid(tuple(map(tuple, map(islice, repeat(cells), lengths))), Place(table=number))


def cut_out(source: bytes, tags: Sequence[TableTag]) -> tuple[bytes, list[PlainTable]]:
    """Return the source of a page without the insides of its plain tables, and these; each has its number in the list as its `MARK`.

    Args:
        source: the page in UTF-8.
        tags: its tags of tables.
    """
    if len(source) > _LARGEST:
        return source, []
    spots = [(start, end) for (start, ends), (end, ended) in pairwise(tags) if ended and not ends and end - start >= _SMALLEST]
    split = [source[start:end].split(b"</t") for start, end in spots]
    if not 0 < sum(map(len, split)) <= _MOST_PIECES:
        return source, []
    written = [(spot, pieces) for spot, pieces in zip(spots, split, strict=True) if count_new(pieces) <= _MOST_NEW * len(pieces)]
    read = iter(read_pieces([piece for _, pieces in written for piece in pieces]))
    tables: list[PlainTable] = []
    kept: list[bytes] = []
    position = 0
    for (start, end), pieces in written:
        table = _assembled(islice(read, len(pieces)))
        if table is not None and source.startswith(b"</table>", end):
            inside = start + pieces[0].index(b">")
            kept += source[position:start], b"<table %b=%d" % (MARK.encode(), len(tables)), source[start + len("<table") : inside + 1]
            position = end
            tables.append(table)
    return b"".join([*kept, source[position:]]), tables


def _assembled(pieces: Iterable[Piece]) -> PlainTable | None:
    """Return the table that consists of such pieces, ``None`` where they do not fit together."""
    letters, texts = zip(*pieces, strict=True)
    plan = _plan("".join(letters))
    return None if plan is None else PlainTable([text for text in texts if text is not None], plan)


@lru_cache(maxsize=256)
def _plan(letters: str) -> _Plan | None:
    """Lay the cells of a table, ``None`` where it is not plain after all."""
    if _TABLE.fullmatch(letters) is None:
        return None
    groups: list[list[list[Spans]]] = [[]]
    for step in _STEPS.finditer(letters):
        if step[1] == "r":
            groups[-1].append([])
        elif step[1]:
            groups.append([])
        else:
            groups[-1][-1].append({"rowspan": step[3], "colspan": step[4]} if step[3] else None)
    limits: dict[str, int] = {}
    columns = Columns(limits)
    rows: list[tuple[GridCell, ...]] = []
    for group in groups:
        end = len(rows) + len(group)
        for spans in group:
            row = zip(repeat(""), repeat(len(rows)), *columns.take(spans, len(rows), end), repeat(Place()), strict=False)
            rows.append(cast("tuple[GridCell, ...]", tuple(map(tuple.__new__, repeat(GridCell), row))))
    cells = [*chain.from_iterable(clamped(rows))] if any(rows) else []
    if limits or len(cells) < 2:
        return None
    fields = tuple(zip(*[(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells], strict=True))
    return _Plan(tuple(map(len, rows)), fields)


@lru_cache(maxsize=256)
def _places(lengths: tuple[int, ...], number: int) -> tuple[Place, ...]:
    """Return the places of the cells of a table; they are the same in every document, see `places_of`."""
    return tuple(chain.from_iterable(islice(places_of(number, row, length | 15), length) for row, length in enumerate(lengths, 1)))
