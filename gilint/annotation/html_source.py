"""Where the texts of a web page stand in its source, found by the reader itself.

Every piece of text and every cell in the source is given a character of its own that no page uses. The page is read so; in whose text the characters are found, there the
pieces belong. So whatever the reader does (rows that are put elsewhere, tables without end, text that is hidden) is done here, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from attrs import define, field, frozen

from gilint.document import Document, Grid, Paragraph
from gilint.place import Place
from gilint.readers import html as reader
from gilint.readers.encodings import clean_text

_FIRST, _LAST = 0xF0000, 0xFFFFD
MAX_PIECES = _LAST - _FIRST
"""Texts and cells of a page that can be marked; a report has some hundreds, a page with all its furniture some thousands."""
# Everything that may lack its end goes on to the end of the page then: to look for the end again at each place takes too long.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|template|noscript|title|textarea|xmp|iframe|noembed|noframes|svg|math|select)\b.*?(?:</(?P=raw)\b[^>]*+(?:>|\Z)|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"""|<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+(?:>|\Z)"""
    r"|(?P<text>(?:[^<]|<(?![a-zA-Z/!?]))++)",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_LETTER = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|.", re.DOTALL)


@frozen
class Piece:
    """A text between two tags, or, without any text, the place after the tag of a cell."""

    start: int
    end: int
    in_link: bool
    """Whether a link is around it, within which there can be no other."""


@define
class HtmlSource:
    """A page and its pieces."""

    text: str
    places: dict[Place, list[Piece]] = field(factory=dict)
    """What the text of each cell and paragraph is made of."""

    @classmethod
    def of(cls, text: str) -> HtmlSource:
        """Find the pieces of a page."""
        source = cls(text)
        pieces = list(_pieces(text))
        texts = list(_texts(_read(text)))
        # A character in a blank cell makes a paragraph of it where the table only arranges the page: so cells are looked for apart.
        source._find([piece for piece in pieces if piece.start < piece.end], texts, paragraphs=True)
        source._find(pieces, texts, paragraphs=False)
        return source

    def _find(self, pieces: list[Piece], texts: list[tuple[Place, str]], *, paragraphs: bool) -> None:
        parts: list[str] = []
        position = 0
        for number, piece in enumerate(pieces):
            # After the text: what begins like a number or a heading is read as one.
            parts += [_MARKS.sub("\ufffd", self.text[position : piece.end]), chr(_FIRST + number)]
            position = piece.end
        parts.append(_MARKS.sub("\ufffd", self.text[position:]))
        marked = [(place, text) for place, text in _texts(_read("".join(parts))) if (place.table is None) is paragraphs]
        expected = [(place, text) for place, text in texts if (place.table is None) is paragraphs]
        if [(place, _bare(text)) for place, text in marked] != [(place, _bare(text)) for place, text in expected]:
            return  # the characters have changed what is read, so they tell nothing
        for place, text in marked:
            found = [pieces[ord(mark) - _FIRST] for mark in _MARKS.findall(text)]
            if found:
                self.places.setdefault(place, []).extend(found)

    def at(self, place: Place) -> list[Piece]:
        """Return the pieces of a cell or paragraph; of a table or row, those of its first cell."""
        place = Place(table=place.table, row=place.row, cell=place.cell, paragraph=place.paragraph)
        if place in self.places or place.table is None:
            return self.places.get(place, [])
        within = (each for each in self.places if each.table == place.table and place.row in (None, each.row))
        return next((self.places[each] for each in within), [])

    def whole(self, pieces: list[Piece]) -> list[tuple[int, int, Piece]]:
        """Return from where to where the text of some pieces goes in the source; of a blank cell, where it would begin."""
        ranges = []
        for piece in pieces:
            text = self.text[piece.start : piece.end]
            start = piece.start + len(text) - len(text.lstrip())
            if text.strip():
                ranges.append((start, start + len(text.strip()), piece))
        return ranges or [(piece.start, piece.start, piece) for piece in pieces[:1]]

    def phrase(self, pieces: list[Piece], sought: str) -> list[tuple[int, int, Piece]]:
        """Return from where to where a phrase goes in the source, for each piece that it has a part in; nothing where it does not stand there."""
        letters: list[str] = []
        at: list[tuple[int, int, Piece]] = []
        for piece in pieces:
            for token in _LETTER.finditer(self.text, piece.start, piece.end):
                letter = html.unescape(token[0])
                if not letter.isspace():
                    letters += letter
                    at += [(token.start(), token.end(), piece)] * len(letter)
        wanted = "".join(sought.split())
        begin = "".join(letters).find(wanted) if wanted else -1
        ranges: list[tuple[int, int, Piece]] = []
        for start, end, piece in at[begin : begin + len(wanted)] if begin >= 0 else ():
            if ranges and ranges[-1][2] is piece:
                ranges[-1] = ranges[-1][0], end, piece
            else:
                ranges.append((start, end, piece))
        return ranges


def _read(text: str) -> Document:
    return reader.read(clean_text(text).text, "")


def _bare(text: str) -> str:
    return "".join(_MARKS.sub("", text).replace("\ufffd", "").split())


def _texts(document: Document) -> Iterator[tuple[Place, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.place, block.text
        elif isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    yield cell.place, cell.text


def _pieces(text: str) -> Iterator[Piece]:
    links = 0
    count = 0
    for token in _TOKEN.finditer(text):
        tag = (token["tag"] or "").lower()
        if tag == "a":
            links = 0 if token["end"] else 1
        if token["text"] is not None and not html.unescape(token["text"]).isspace():
            piece = Piece(token.start(), token.end(), bool(links))
        elif tag in ("td", "th") and not token["end"]:
            piece = Piece(token.end(), token.end(), bool(links))
        else:
            continue
        count += 1
        if count > MAX_PIECES:
            return
        yield piece
