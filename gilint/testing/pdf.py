"""Writes a draft as PDF with reportlab. The same draft gives the same bytes.

The font is one of those that every reader of Chinese PDFs has (STSong-Light) and is not embedded.
"""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from gilint.errors import MissingDependencyError
from gilint.language import Text
from gilint.testing.draft import Draft
from gilint.testing.pdf_table import LEADING, FittedRow, fit, pages
from gilint.testing.sheet import Role, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
_SHORT, _LONG = 595.28, 841.89
"""A4 in points."""
_MARGIN = 72.0
_BODY, _TITLE = 14.0, 20.0
"""Sizes of type."""
_LEADING = 1.6
_MARKS = ("— {} —", "- {} -", "第 {} 页", "{}")


@frozen
class PdfStyle:
    """How a document is made."""

    ruled: bool = True
    """Tables have ruling lines."""
    landscape: bool = False
    rotated: bool = False
    """Pages are stored upright and turned when they are shown; only with ``landscape``."""
    running: bool = False
    """With the title at the head of every page."""
    repeated: bool = True
    """A table that goes on on the next page has its header there again."""


@define
class _Press:
    """A document while it is printed: the page and how far down it is filled."""

    canvas: Canvas
    style: PdfStyle
    random: Random
    running: str
    mark: str = field(init=False)
    size: float = field(init=False)
    filled_boxes: bool = field(init=False)
    number: int = 0
    y: float = 0.0

    def __attrs_post_init__(self) -> None:
        self.mark = self.random.choice(_MARKS)
        self.size = self.random.choice((9.0, 10.0, 10.5))
        # Word draws lines as thin filled boxes, most others as strokes.
        self.filled_boxes = self.random.random() < 0.5
        self.turn_page()

    @property
    def width(self) -> float:
        return (_LONG if self.style.landscape else _SHORT) - 2 * _MARGIN

    @property
    def top(self) -> float:
        return (_SHORT if self.style.landscape else _LONG) - _MARGIN

    def turn_page(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        height = self.top + _MARGIN
        # The size is that of the page as it is shown, also where it is stored upright.
        self.canvas.setPageSize((self.width + 2 * _MARGIN, height))
        if self.style.rotated:
            self.canvas.setPageRotation(90)
            self.canvas.translate(_SHORT, 0)
            self.canvas.rotate(90)
        self.y = self.top
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(_MARGIN + self.width / 2, _MARGIN / 2, self.mark.format(self.number))
        if self.style.running:
            self.canvas.drawString(_MARGIN, height - _MARGIN / 2, self.running)

    def words(self, text: str, *, size: float = _BODY, centred: bool = False, indent: int = 0) -> None:
        """Print a paragraph, broken where the line ends."""
        for line in wrap("\u3000" * indent + text.replace("\t", " "), self.width, size):
            if self.y - size * _LEADING < _MARGIN:
                self.turn_page()
            self.y -= size * _LEADING
            self.canvas.setFont(FONT, size)
            if centred:
                self.canvas.drawCentredString(_MARGIN + self.width / 2, self.y, line)
            else:
                self.canvas.drawString(_MARGIN, self.y, line)

    def table(self, sheet: Sheet) -> None:
        """Print a table, on as many pages as it takes."""
        for text in sheet.above:
            self.words(text, size=self.size)
        rows, widths = fit(sheet, self.width, self.size, wrap)
        height = sheet.header_height()
        # A header that is repeated stands over the whole table, so not where every block has its own.
        header = height if self.style.repeated and not any(row[0].cell.role is Role.CAPTION for row in sheet.placed() if row) else 0
        self.y -= self.size
        room = self.y - _MARGIN
        if room < sum(row.height for row in rows[: height + 1]):
            self.turn_page()
            room = self.y - _MARGIN
        for number, fragment in enumerate(pages(rows, header, room, self.top - _MARGIN)):
            if number:
                self.turn_page()
            self._fragment(fragment, widths)
        self.y -= self.size
        for text in sheet.below:
            self.words(text, size=self.size)

    def _fragment(self, rows: list[FittedRow], widths: list[float]) -> None:
        """Print the rows of a table that stand on one page."""
        edges = [self.y]
        for row in rows:
            edges.append(edges[-1] - row.height)
        lefts = [_MARGIN]
        for width in widths:
            lefts.append(lefts[-1] + width)
        for index, row in enumerate(rows):
            for cell in row.cells:
                left, right = lefts[cell.column], lefts[cell.column + cell.columns]
                top, bottom = edges[index], edges[min(index + cell.rows, len(rows))]
                if self.style.ruled:
                    self._box(left, bottom, right, top)
                self._lines(cell.lines, left, right, (top + bottom) / 2, to_left=cell.to_left)
        self.y = edges[-1]

    def _box(self, left: float, bottom: float, right: float, top: float) -> None:
        if not self.filled_boxes:
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(left, bottom, right - left, top - bottom)
            return
        for x, y, width, height in (
            (left, bottom, right - left, 0.5),
            (left, top, right - left, 0.5),
            (left, bottom, 0.5, top - bottom),
            (right, bottom, 0.5, top - bottom),
        ):
            self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def _lines(self, lines: tuple[str, ...], left: float, right: float, middle: float, *, to_left: bool) -> None:
        self.canvas.setFont(FONT, self.size)
        leading = self.size * LEADING
        y = middle + leading * len(lines) / 2 - self.size
        for line in lines:
            if to_left:
                self.canvas.drawString(left + 3, y, line)
            else:
                self.canvas.drawCentredString((left + right) / 2, y, line)
            y -= leading


_NOT_FIRST = frozenset("，。；：、！？）》”’,.;:!?)")
_TOKENS = re.compile(r"[!-~]+|.")


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines: between Chinese characters, not within numbers and words that fit, no closing mark first."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = []
    for given in text.split("\n"):
        line, used = "", 0.0
        for token in _TOKENS.findall(given):
            wide = stringWidth(token, FONT, size)
            for piece in token if wide > width else (token,):
                advance = stringWidth(piece, FONT, size)
                if line and used + advance > width:
                    # A closing mark takes the character before it along.
                    taken = line[-1] if piece[0] in _NOT_FIRST and len(line) > 1 and not line[-1].isascii() else ""
                    lines.append(line.removesuffix(taken))
                    line, used = taken, stringWidth(taken, FONT, size)
                line, used = line + piece, used + advance
        lines.append(line)
    return lines


def write_pdf(style: PdfStyle, draft: Draft, random: Random) -> bytes:
    """Write a whole document.

    Raises:
        MissingDependencyError: reportlab is not installed.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise MissingDependencyError(
            Text("写 PDF 需要 reportlab:pip install 'gilint[test]'", "PDF is written with reportlab: pip install 'gilint[test]'")
        ) from error
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    # Invariant: no date of creation and no random identifier.
    press = _Press(Canvas(buffer, invariant=1, pageCompression=1), style, random, draft.title)
    press.words(draft.title, size=_TITLE, centred=True)
    for text in draft.head:
        press.words(text, indent=2)
    for part in draft.parts:
        if part.heading:
            press.words(part.heading, indent=2)
        for text in part.paragraphs:
            press.words(text, indent=2)
        for sheet in (*part.foreign, *part.sheets):
            press.table(sheet)
    for text in draft.tail:
        press.words(text, indent=12)
    press.canvas.showPage()
    press.canvas.save()
    return buffer.getvalue()


def writer(style: PdfStyle) -> partial[bytes]:
    """Return the function that writes in one style."""
    return partial(write_pdf, style)
