"""Writes a draft as DOCX, as Word stores it. Needs no library; the same draft gives the same bytes."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from attrs import define, field, frozen

from gilint.testing import docx_parts as parts
from gilint.testing.draft import Draft, Part
from gilint.testing.narrative import numeral
from gilint.testing.paper import column_widths, pack
from gilint.testing.sheet import Placed, Role, Sheet

_WIDTH = 8_844
"""Twentieths of a point between the margins of an A4 page."""


@frozen
class DocxStyle:
    """How a document is made."""

    cover: bool = False
    """With a title page of its own."""
    running: bool = False
    """With a header and, in the footer, page numbers."""
    pages: bool = False
    """Every section with tables begins on a new page."""
    numbered: bool = False
    """Word numbers the headings; their numerals are not in the text."""
    controls: bool = False
    """Title and tables stand in content controls, as in templates."""
    tracked: bool = False
    """Changes that nobody has accepted yet."""
    commented: bool = False
    """Comments of a colleague."""


class _Words(NamedTuple):
    """How a paragraph looks."""

    style: str = ""
    centred: bool = False
    numbered: bool = False
    indent: bool = False


_PLAIN = _Words()


@define
class _Writer:
    style: DocxStyle
    random: Random
    body: list[str] = field(factory=list)
    comments: list[str] = field(factory=list)
    changes: int = 0
    headings: int = 0

    def paragraph(self, text: str, look: _Words = _PLAIN) -> str:
        return f"<w:p>{self._look(look)}{self._changed(text)}</w:p>"

    def _look(self, look: _Words) -> str:
        inner = f'<w:pStyle w:val="{look.style}"/>' if look.style else ""
        inner += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if look.numbered else ""
        inner += '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if look.indent else ""
        inner += '<w:jc w:val="center"/>' if look.centred else ""
        return f"<w:pPr>{inner}</w:pPr>" if inner else ""

    def _changed(self, text: str) -> str:
        """Return the runs of a text; now and then with what was there before, and with what a colleague says to it."""
        content = runs(text)
        if self.style.tracked and text and self.random.random() < 0.15:
            content = self._change("del", runs(str(self.random.randint(0, 99)), "delText")) + self._change("ins", content)
        if self.style.commented and text and self.random.random() < 0.05:
            number = len(self.comments)
            self.comments.append(self.random.choice(("请核对。", "与去年口径是否一致?", "12件?", "一、总体情况 请压缩")))
            start, end = (f'<w:commentRange{edge} w:id="{number}"/>' for edge in ("Start", "End"))
            content = f'{start}{content}{end}<w:r><w:commentReference w:id="{number}"/></w:r>'
        return content

    def _change(self, kind: str, content: str) -> str:
        self.changes += 1
        return f'<w:{kind} w:id="{900 + self.changes}" w:author="办公室" w:date="{parts.CHANGED}">{content}</w:{kind}>'

    def add(self, text: str, look: _Words = _PLAIN) -> None:
        self.body.append(self.paragraph(text, look))

    def document(self, draft: Draft) -> str:
        if self.style.cover:
            for text in ("", "", "", draft.title, "", "", draft.organ, *draft.tail[-1:]):
                self.add(text, _Words("Title" if text == draft.title else "", centred=True))
            self.body.append(f"<w:p><w:pPr>{parts.section(cover=True)}</w:pPr></w:p>")
        title = self.paragraph(draft.title, _Words("Title", centred=True))
        self.body.append(control(title) if self.style.controls else title)
        for text in draft.head:
            self.add(text, _Words(indent=True))
        for part in draft.parts:
            self._part(part)
        for text in draft.tail:
            self.add(text)
        return "".join(self.body) + parts.section(running=self.style.running)

    def _part(self, part: Part) -> None:
        if self.style.pages and part.sheets:
            self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        self._heading(part.heading)
        for text in part.paragraphs:
            self.add(text, _Words(indent=True))
        for sheet in (*part.foreign, *part.sheets):
            for text in sheet.above:
                self.add(text)
            table = self._table(sheet)
            # Word parts neighbouring tables by a paragraph, which may be empty.
            self.body.append((control(table) if self.style.controls else table) + ("" if sheet.below else "<w:p/>"))
            for text in sheet.below:
                self.add(text)

    def _heading(self, heading: str) -> None:
        if not heading:
            return
        words = heading.removeprefix(f"{numeral(self.headings + 1)}、")
        numbered = self.style.numbered and words != heading
        self.headings += numbered
        self.add(words if numbered else heading, _Words("1", numbered=numbered))

    def _table(self, sheet: Sheet) -> str:
        widths = [round(width) for width in column_widths(sheet, _WIDTH)]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        placed = {(down, cell.column): cell for line in sheet.placed() for cell in line for down in range(cell.row, cell.row + cell.rows)}
        height = sheet.header_height()
        rows = []
        for row in range(len(sheet.rows)):
            cells = "".join(
                self._cell(placed[row, column], row, sum(widths[column : column + placed[row, column].columns]))
                for column in range(len(widths))
                if (row, column) in placed
            )
            repeated = "<w:tblHeader/>" if row < height else ""
            rows.append(f'<w:tr><w:trPr><w:cantSplit/>{repeated}<w:jc w:val="center"/></w:trPr>{cells}</w:tr>')
        return f"<w:tbl>{parts.TABLE}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"

    def _cell(self, cell: Placed, row: int, width: int) -> str:
        spans = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        if cell.rows > 1:
            spans += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
        look = _Words(centred=cell.cell.role is not Role.LABEL)
        # A cell that goes on from above has a paragraph too, and it is empty.
        lines = cell.cell.text.split("\n") if row == cell.row else [""]
        content = "".join(self.paragraph(line, look) for line in lines)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def runs(text: str, element: str = "t") -> str:
    """Return a text as Word stores it: a new run where digits change to characters."""
    pieces: list[str] = []
    for character in text:
        if pieces and pieces[-1][-1].isascii() == character.isascii():
            pieces[-1] += character
        else:
            pieces.append(character)
    return "".join(f"<w:r>{_FONTS[piece.isascii()]}{_content(piece, element)}</w:r>" for piece in pieces)


_FONTS = {
    True: '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>',
    False: '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="宋体"/></w:rPr>',
}


def _content(piece: str, element: str) -> str:
    inner = f'<w:{element} xml:space="preserve">{{}}</w:{element}>'
    pieces = piece.split("\t")
    return "<w:tab/>".join(inner.format(escape(each)) if each else "" for each in pieces)


def control(content: str) -> str:
    """Return blocks within a content control."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="填写"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def write_docx(style: DocxStyle, draft: Draft, random: Random) -> bytes:
    """Write a whole document."""
    written = _Writer(style, random)
    body = written.document(draft)
    return pack(parts.members(body, draft, comments=written.comments, running=style.running, numbered=style.numbered))


def writer(style: DocxStyle) -> partial[bytes]:
    """Return the function that writes in one style."""
    return partial(write_docx, style)
