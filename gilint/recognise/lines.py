"""A document as lines of tokens: what a grid's rows and a text's lines have in common.

A token is one printed cell: a label, a number or a blank. Tokens of a grid also know their column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from gilint.document import Document, Grid, Paragraph
from gilint.patterns import deferred
from gilint.place import Place
from gilint.recognise.labels import LONGEST_LABEL, Vocabulary, core
from gilint.values import is_unit, looks_blank, looks_like_number


class Kind(IntEnum):
    """What a token looks like."""

    LABEL = 0
    NUMBER = 1
    BLANK = 2
    RESIDUE = 3
    """Only bars, left over from a table that lost its grid: the end of a row, no cell."""


class Token:
    """One printed cell."""

    def __init__(self, text: str, kind: Kind, place: Place, column: int = 0, span: int = 1, last_row: int = 0) -> None:
        self.text = text
        self.kind = kind
        self.place = place
        self.column = column
        """First column in an aligned grid, otherwise the position in its line."""
        self.span = span
        """Columns covered."""
        self.last_row = last_row
        """Last line of the grid that the cell covers."""


class Line:
    """A row of a grid, or a line of text."""

    def __init__(
        self,
        tokens: list[Token],
        grid: int = -1,
        aligned: bool = False,
        row: int = 0,
        paragraph: Paragraph | None = None,
        labels: list[Token] | None = None,
        doubtful: bool = False,
    ) -> None:
        self.tokens = tokens
        self.grid = grid
        """Which grid of the document; -1 outside of grids."""
        self.aligned = aligned
        """Whether the tokens' columns can be trusted."""
        self.row = row
        self.paragraph = paragraph
        """The paragraph, outside of grids."""
        self.labels = [] if labels is None else labels
        """Those of the tokens that are labels."""
        self.doubtful = doubtful
        """Whether the reader is not sure which cells are those of the row."""


_PAGE_NUMBER = deferred(r"[—–－-]+\s?\d{1,4}\s?[—–－-]+|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?")
_PAGE_NUMBER_ENDS = ("页", "—", "–", "－", "-")
_PAGE_NUMBER_STARTS = "第—–－-"
_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十\s]+")
BARS = ("|", "｜", "	")
"""What can end a cell that stands on a line of its own."""
_RESIDUE = deferred(r"[|｜]{2,}")
_SEPARATOR = re.compile(r"\s[|｜]\s?|\t")
_SPACE = re.compile(r"\s")
_WIDE_SPACE = re.compile(r"\s{2,}")
"""So a PDF converter that keeps the layout parts columns; what a single space parts can be one cell."""
_SPACED_NUMBER = deferred(r"\D{0,3}(?:\d(?:\s\d)++|\d{1,3}(?:\s\d{3})++)(?!\s?\d)(?:\.\d++)?\D*+")
"""One number written with spaces, 1 3 2 4 2 or 1 024, as far as its digits tell."""
_SURE_DIGITS = 9  # a longer run of digits can be a telephone number
_MAX_PIECES = 64
LONGEST_TEXT_VALUE = 12
"""A longer text in the place of a number is narrative."""
_MAX_SPACED_DIGITS = 6
_SURELY_VALUES = 3
"""So many numbers at the end of a line are a row of a table, whatever stands before them: the label may begin on the line above."""


def kind_of(text: str) -> Kind:
    """Classify the text of a cell."""
    if text.isdecimal() and len(text) < _SURE_DIGITS:
        return Kind.NUMBER
    return _kind_of(text) if len(text) <= LONGEST_LABEL else Kind.LABEL


@lru_cache(maxsize=8192)
def _kind_of(text: str) -> Kind:
    if not text or looks_blank(text):
        return Kind.BLANK
    return Kind.NUMBER if looks_like_number(text) else Kind.LABEL


def lines_of(document: Document, vocabulary: Vocabulary) -> list[Line]:
    """Return the lines of a document in reading order."""
    lines: list[Line] = []
    grids = 0
    closed = True
    separator: Token | None = None
    for block in document.blocks:
        if isinstance(block, Grid):
            lines.extend(_grid_lines(block, grids))
            grids += 1
            continue
        line = paragraph_line(block, vocabulary)
        first = line.tokens[0]
        if separator is not None and first.kind is Kind.LABEL:
            facts = vocabulary.facts(first.text)
            if facts.caption or (facts.label and not facts.heading) or len(first.text) > LONGEST_TEXT_VALUE:
                # Nothing between the bar and the label of the next row: the last cell of the row is blank.
                separator.kind, separator.text = Kind.BLANK, ""
        bar = block.text[-1:] in BARS
        if not bar or len(block.text) > 1:
            separator = None
        elif not closed:
            # A bar after a cell that none closes sets two cells apart; after one that is closed it is a blank cell of its own.
            first.kind, first.text = Kind.RESIDUE, block.text
            separator = first
        closed = bar
        lines.append(line)
    return lines


def _grid_lines(grid: Grid, number: int) -> Iterator[Line]:
    aligned = grid.aligned and _is_rectangular(grid)
    number_kind, label_kind = Kind.NUMBER, Kind.LABEL
    for position, row in enumerate(grid.rows):
        tokens, labels = [], []
        for text, at, column, row_span, column_span, place in row:
            text = text.strip()
            kind = number_kind if text.isdecimal() and len(text) < _SURE_DIGITS else kind_of(text)
            token = Token(text, kind, place, column, column_span, at + row_span - 1)
            tokens.append(token)
            if kind is label_kind:
                labels.append(token)
        yield Line(tokens, number, aligned, position, None, labels, position in grid.doubtful)


def _is_rectangular(grid: Grid) -> bool:
    """Say whether the columns of a grid can be trusted: where merged cells lost their spans, the rows differ in length."""
    if any(cell.column_span > 1 or cell.row_span > 1 for row in grid.rows for cell in row):
        return True
    return len({len(row) for row in grid.rows}) <= 1


def paragraph_line(paragraph: Paragraph, vocabulary: Vocabulary) -> Line:
    """Return a paragraph as a line: most hold a single text or, in a table that lost its grid, a single cell."""
    text, place = paragraph.text, paragraph.place
    closed = bool(text) and text[-1] in BARS
    if closed:
        if _RESIDUE.fullmatch(text):
            return Line([Token("", Kind.RESIDUE, place)], paragraph=paragraph)
        text = text.rstrip("|｜ \t\u3000\xa0")
    if len(text) < 20 and text[-1:] in _PAGE_NUMBER_ENDS and text[0] in _PAGE_NUMBER_STARTS and _PAGE_NUMBER.fullmatch(text):
        return Line([Token("", Kind.RESIDUE, place)], paragraph=paragraph)
    if len(text) <= 4:
        # By far the most lines of a text that lost its grid are a single number. A Chinese numeral there is a piece of a broken label.
        numeral = _CHINESE_NUMERAL.fullmatch(text) is not None
        kind = Kind.LABEL if numeral else kind_of(text)
        if numeral or kind is not Kind.LABEL or len(text.split()) < 2:
            return _line_of([Token(text, kind, place)], paragraph)
    if len(text) > 4 * LONGEST_LABEL:
        return _line_of([Token(text, Kind.LABEL, place)], paragraph)
    pieces = _split(text, vocabulary, one_cell=closed)
    if len(pieces) == 1:
        return _line_of([Token(text, kind_of(text), place)], paragraph)
    tokens = [Token(piece, kind_of(piece), place, position) for position, piece in enumerate(pieces)]
    return _line_of(tokens, paragraph)


def _line_of(tokens: list[Token], paragraph: Paragraph) -> Line:
    return Line(tokens, paragraph=paragraph, labels=[token for token in tokens if token.kind is Kind.LABEL])


def _split(text: str, vocabulary: Vocabulary, *, one_cell: bool) -> list[str]:
    """Split a line that holds several cells set apart by spaces or bars, otherwise return it whole.

    ``one_cell`` says that a bar ended the line, as it does where each line is a cell.
    """
    if not _SPACE.search(text):
        return [text]
    separated = [piece.strip() for piece in _SEPARATOR.split(text)]
    if 1 < len(separated) <= _MAX_PIECES:
        return separated
    words = text.split()
    if not 1 < len(words) <= _MAX_PIECES:
        return [text]
    pieces = _cells(text, words)
    values = 0
    while values < len(pieces) and kind_of(pieces[-1 - values]) is not Kind.LABEL:
        values += 1
    label = "".join(pieces[: len(pieces) - values])
    if not label:
        return [text] if _can_be_one(text, pieces, len(words), one_cell=one_cell) else pieces
    if values >= _SURELY_VALUES or (values and _names_row(label, vocabulary)):
        return [label, *pieces[len(pieces) - values :]]
    if not values and not vocabulary.facts(text).label:
        known = sum(vocabulary.facts(piece).label for piece in words)
        if known >= 2 and known * 2 >= len(words):
            return words
    return [text]


def _can_be_one(text: str, pieces: Sequence[str], words: int, *, one_cell: bool) -> bool:
    """Say whether values on a line of their own can be one number written with spaces; the columns of the row decide then."""
    if kind_of(text) is Kind.LABEL:
        return len(pieces) == 1
    if one_cell or len(pieces) == 1:
        return True
    return words <= _MAX_SPACED_DIGITS and (len(pieces) < _SURELY_VALUES or _SPACED_NUMBER.fullmatch(text) is not None)


def _cells(text: str, words: list[str]) -> list[str]:
    """Return the words of a line, those of one cell together: a number and its unit, and digits that wide spaces set apart from others."""
    wide = _WIDE_SPACE.split(text)
    if len(wide) == 1:
        return _with_units(words)
    cells: list[str] = []
    for part in wide:
        inner = part.split()
        if len(inner) == 1 or _is_spaced_number(part):
            cells.append(part)
            continue
        # A long label can come so near to the first value that a single space parts them.
        start = next((n for n in range(len(inner), 0, -1) if kind_of(inner[n - 1]) is Kind.LABEL and not is_unit(inner[n - 1])), 0)
        value = " ".join(inner[start:])
        cells.extend([*inner[:start], value] if start and _is_spaced_number(value) else inner)
    return _with_units(cells)


def _is_spaced_number(text: str) -> bool:
    return kind_of(text) is Kind.NUMBER and _SPACED_NUMBER.fullmatch(text) is not None


def _with_units(words: list[str]) -> list[str]:
    """Join a unit to the number that it stands behind: 0 件."""
    if not any(is_unit(word) for word in words):
        return words
    joined: list[str] = []
    for word in words:
        if joined and is_unit(word) and kind_of(f"{joined[-1]} {word}") is Kind.NUMBER:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _names_row(label: str, vocabulary: Vocabulary) -> bool:
    """Say whether a text before numbers is a row's label, whole or cut by the end of a line."""
    if len(label) > LONGEST_LABEL:
        return False
    return vocabulary.facts(label).names_row or (len(core(label)) >= 3 and vocabulary.likeness(label) >= 0.7)


def split_numbers(values: Sequence[Token], count: int) -> list[Token]:
    """Split ``10 0 0 0`` into four values where that gives exactly ``count``; elsewhere spaced digits may be one number."""
    pieces = [(token, piece) for token in values for piece in _words(token)]
    if len(pieces) != count or len(pieces) == len(values):
        return list(values)
    kinds = [kind_of(piece) for _, piece in pieces]
    if Kind.LABEL in kinds:
        return list(values)
    return [Token(piece, kind, token.place) for (token, piece), kind in zip(pieces, kinds, strict=True)]


def _words(token: Token) -> list[str]:
    if token.kind in (Kind.NUMBER, Kind.BLANK):
        return _with_units(token.text.split()) or [token.text]
    return [token.text]
