"""Tables whose markup is plain, read from the source, so that the parser is spared most of a page.

Reports consist of tables, and the markup of a table of cells that are written alike. Where the source of a table holds nothing but rows, cells and text with
its formatting, each with its end tag, the standard leaves no doubt about its cells, whatever stands around it. Such a table is cut out before the page is
parsed, and its cells are parsed once for each way in which they are written. Every other table is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, repeat
from typing import cast

from attrs import frozen
from selectolax.lexbor import LexborHTMLParser

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.grids import MAX_CELL_TEXT, clamped, places_of
from gilint.readers.html_cells import cell_texts
from gilint.readers.html_columns import Columns, Spans, spans_of
from gilint.readers.html_positions import TableTag
from gilint.readers.limits import MAX_CELLS, MAX_SPAN

MARK = "\x01"
"""The attribute by which a table is known of which the inside was cut out; no source holds it, the decoder sees to that."""

_SMALLEST = 1_000
"""Bytes of a table that is worth cutting out; scripts hold smaller ones, and a page with one cut out of a script is parsed twice."""
_LARGEST = 4 * MAX_CELLS
"""Bytes of a page that certainly has no more cells than are read."""
_MOST_PIECES = 2_000
"""Cells and ends of rows in tables that are cut out of a page; a report has some 400."""
_LONGEST_PIECE = 4_000
_MOST_KNOWN = 4_096
"""Pieces that are remembered from page to page: the pages of one site are written alike."""

_SPACE = r"[ \n\t]*+"
_TAG_END = r"""(?:[ \n\t]++[a-z_:][\w:.-]*+(?:[ \n\t]*+=[ \n\t]*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+)*+[ \n\t]*+/?>"""
_FORMATTING = r"p|span|br|b|strong|font|o:p|u|i|em|div|center|st1:[a-z]++|ins|s|big|small"
_PIECE = re.compile(
    rf"(?i)(?:(?P<end>[dhr]|body|head){_SPACE}>{_SPACE})?"
    rf"(?P<table><table{_TAG_END}{_SPACE}(?:</?col(?:group)?{_TAG_END}{_SPACE})*+)?"
    rf"(?:<t(?P<group>body|head){_TAG_END}{_SPACE})?"
    rf"(?P<row><tr{_TAG_END}{_SPACE})?"
    rf"(?P<cell><t(?P<kind>[dh]){_TAG_END}(?:[^<]++|</?(?:{_FORMATTING}){_TAG_END})*+)?".encode()
)
"""What stands between two ``</t`` of a plain table."""
_HIDING = re.compile(rb"(?i)hidden|display")
_ROW = r"r(?:d[\d,]*D|h[\d,]*H)*R"
_TABLE = re.compile(rf"t(?:(?:{_ROW})+|(?:b(?:{_ROW})*B|a(?:{_ROW})*A)+)")
_STEPS = re.compile(r"([bar])|([dh])(?:(\d+),(\d+))?")
_ENDS = {b"": "", b"d": "D", b"h": "H", b"r": "R", b"body": "B", b"head": "A"}
_UNKNOWN = ("?", None)

_known: dict[bytes, tuple[str, str | None]] = {}
"""The letters for each piece, and the text of the cell in it."""


@frozen(eq=False, repr=False)
class _Plan:
    """How the cells of a table lie."""

    lengths: tuple[int, ...]
    """The cells of each row."""
    fields: tuple[tuple[int, ...], ...]
    """Rows, columns, heights and widths of all cells."""


@frozen(eq=False, repr=False)
class PlainTable:
    """A table of which the inside was read from the source."""

    _texts: list[str]
    _plan: _Plan

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
    written = [source[start:end].split(b"</t") for start, end in spots]
    if not 0 < sum(map(len, written)) <= _MOST_PIECES:
        return source, []
    _learn([piece for piece in dict.fromkeys(chain.from_iterable(written)) if piece not in _known])
    tables: list[PlainTable] = []
    kept: list[bytes] = []
    position = 0
    for (start, end), pieces in zip(spots, written, strict=True):
        table = _assembled(pieces)
        if table is not None and source.startswith(b"</table>", end):
            kept += (
                source[position:start],
                b"<table %b=%d" % (MARK.encode(), len(tables)),
                source[start + len("<table") : start + pieces[0].index(b">") + 1],
            )
            position = end
            tables.append(table)
    return b"".join([*kept, source[position:]]), tables


def _assembled(pieces: list[bytes]) -> PlainTable | None:
    """Return the table that consists of so written pieces, ``None`` where they do not fit together."""
    known = [*map(_known.get, pieces)]
    if None in known:
        return None
    letters, texts = zip(*cast("list[tuple[str, str | None]]", known), strict=True)
    plan = _plan("".join(letters))
    return None if plan is None else PlainTable([text for text in texts if text is not None], plan)


def _learn(pieces: list[bytes]) -> None:
    """Read pieces that were not met before."""
    if len(_known) + len(pieces) > _MOST_KNOWN:
        _known.clear()
    cells: list[re.Match[bytes]] = []
    for piece in pieces:
        match = _PIECE.fullmatch(piece) if len(piece) <= _LONGEST_PIECE and _HIDING.search(piece) is None else None
        if match is not None and match["cell"]:
            cells.append(match)
        elif len(piece) <= _LONGEST_PIECE:
            _known[piece] = _UNKNOWN if match is None else (_letters(match), None)
    if not cells:
        return
    rows = b"".join(b"<tr>%b</t%b></tr>" % (match["cell"], match["kind"]) for match in cells)
    parser = LexborHTMLParser(b"<table>%b</table>" % rows)
    nodes = parser.css("td,th")
    spanning = {node.mem_id: spans_of(node.attributes) for node in parser.css("[rowspan],[colspan]")}
    for match, node, text in zip(cells, nodes, cell_texts(nodes), strict=True):
        height, width = spanning.get(node.mem_id, (1, 1))
        plain = max(height, width) <= MAX_SPAN and len(text) <= MAX_CELL_TEXT
        spans = f"{height},{width}" if (height, width) != (1, 1) else ""
        _known[match[0]] = (_letters(match) + spans, text) if plain else _UNKNOWN


def _letters(match: re.Match[bytes]) -> str:
    """Return a letter for each element that begins (small) or ends (capital) in a piece: t(able), a (thead), b (tbody), r(ow), d (td), h (th)."""
    kind = match["kind"] or b""
    return (
        _ENDS[(match["end"] or b"").lower()]
        + ("t" if match["table"] else "")
        + _ENDS[(match["group"] or b"").lower()].lower()
        + ("r" if match["row"] else "")
        + kind.decode().lower()
    )


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
            rows.append(tuple(map(GridCell, repeat(""), repeat(len(rows)), *columns.take(spans, len(rows), end))))
    cells = [*chain.from_iterable(clamped(rows))] if any(rows) else []
    if limits or len(cells) < 2:
        return None
    fields = tuple(zip(*[(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells], strict=True))
    return _Plan(tuple(map(len, rows)), fields)


@lru_cache(maxsize=256)
def _places(lengths: tuple[int, ...], number: int) -> tuple[Place, ...]:
    """Return the places of the cells of a table; they are the same in every document, see `places_of`."""
    return tuple(chain.from_iterable(islice(places_of(number, row, length | 15), length) for row, length in enumerate(lengths, 1)))
