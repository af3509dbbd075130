"""Pieces of plain tables: what stands between two ``</t`` of the source, which is an end tag, rows and groups of rows that begin, and at most one cell.

How a piece is read depends on nothing around it, so each is read once for all places, and all pages, in which it is written the same.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from gilint.readers.grids import MAX_CELL_TEXT
from gilint.readers.html_cells import cell_texts
from gilint.readers.html_columns import spans_of
from gilint.readers.limits import MAX_SPAN

Piece = tuple[str, str | None]
"""Its letters, and the text of the cell in it.

There is a letter for each element that begins (small) or ends (capital): t(able), a (thead), b (tbody), r(ow), d (td), h (th). After d and h stand rows and
columns of a cell that takes more than one. A question mark stands for all that is not plain.
"""

_LONGEST = 4_000
"""Bytes of a piece that is read."""
_MOST_KNOWN = 4_096
"""Pieces that are remembered from page to page: the pages of one site are written alike."""

_TAG = re.compile(
    rb"(?:(?P<formatting>/?(?:p|span|br|b|strong|font|o:p|u|i|em|div|center|st1:[a-z]++|ins|s|big|small))"
    rb"|(?P<columns>/?col(?:group)?)|t(?:(?P<letter>[rdh])|(?P<group>body|head)|(?P<table>able)))"
    # An attribute of which the name begins like "hidden" could be that.
    rb"""(?:[ \n\t]++(?![Hh][Ii])[A-Za-z_:][\w:.-]*+(?:[ \n\t]*+=[ \n\t]*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`]++))?+)*+[ \n\t]*+/?"""
)
"""A tag without the signs around it."""
_LETTERS = re.compile("[DHRAB]?(?:tc*+)?[ab]?r?(?:[dh]x*+)?")
"""Of a piece; here x is a tag that formats text, and c one that describes columns."""
_ENDS = {b"d": "D", b"h": "H", b"r": "R", b"body": "B", b"head": "A"}
_SPACE = b" \n\t"
_HIDING = b"display"
"""In a style, see `take_away_hidden`."""
_NOT_PLAIN: Piece = ("?", None)

_known: dict[bytes, Piece] = {}


def count_new(pieces: list[bytes]) -> int:
    """Return how many different pieces there are that were not yet read."""
    return len(set(pieces).difference(_known))


def read_pieces(pieces: list[bytes]) -> list[Piece]:
    """Read pieces, all that are new at once."""
    if not _known.keys() >= set(pieces):
        _learn([piece for piece in dict.fromkeys(pieces) if piece not in _known])
    return [_known.get(piece, _NOT_PLAIN) for piece in pieces]


def _learn(pieces: list[bytes]) -> None:
    if len(_known) + len(pieces) > _MOST_KNOWN:
        _known.clear()
    letters_of = _Letters()
    cells: list[tuple[bytes, str]] = []
    rows: list[bytes] = []
    for piece in pieces:
        if len(piece) > _LONGEST:
            continue
        *parts, rest = piece.split(b">")
        letters = "".join(map(letters_of.__getitem__, parts))
        if _LETTERS.fullmatch(letters) is None or rest.find(b"<") >= 0:
            _known[piece] = _NOT_PLAIN
            continue
        letters = letters.rstrip("x")
        kind = letters[-1:]
        if kind in ("d", "h"):
            cells.append((piece, letters))
            rows.append(b"<tr>%b</t%b></tr>" % (piece[piece.rindex(b"<t" + kind.encode()) :], kind.encode()))
        else:
            _known[piece] = (letters.rstrip("c"), None) if not rest.strip(_SPACE) else _NOT_PLAIN
    if not cells:
        return
    parser = LexborHTMLParser(b"<table>%b</table>" % b"".join(rows))
    nodes = parser.css("td,th")
    spanning = {node.mem_id: spans_of(node.attributes) for node in parser.css("[rowspan],[colspan]")}
    for (piece, letters), node, text in zip(cells, nodes, cell_texts(nodes), strict=True):
        height, width = spanning.get(node.mem_id, (1, 1))
        plain = height <= MAX_SPAN and width <= MAX_SPAN and len(text) <= MAX_CELL_TEXT
        spans = f"{height},{width}" if (height, width) != (1, 1) else ""
        _known[piece] = (letters.replace("c", "") + spans, text) if plain else _NOT_PLAIN


class _Letters(dict[bytes, str]):
    """The letter for each part of a piece that ends with ``>``: text and a tag, or the name of an end tag."""

    def __missing__(self, part: bytes) -> str:
        """Find out a letter, once."""
        self[part] = letter = _letter(*part.partition(b"<"))
        return letter


def _letter(text: bytes, sign: bytes, tag: bytes) -> str:
    if not sign:
        return _ENDS.get(text, "?")
    match = _TAG.fullmatch(tag)
    if match is None or tag.find(_HIDING) >= 0:
        return "?"
    if match["formatting"]:
        return "x"
    if text.strip(_SPACE):
        return "?"
    return "c" if match["columns"] else "t" if match["table"] else _ENDS[match["letter"] or match["group"]].lower()
