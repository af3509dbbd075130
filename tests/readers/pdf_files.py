"""Writes drafts of reports as PDF in the ways in which programs draw tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial

from attrs import evolve, frozen
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from gilint.testing import Draft
from gilint.testing.sheet import Role, Sheet, SheetCell

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK", spaceAfter=2)
_TITLE = ParagraphStyle("title", parent=_BODY, fontSize=18, leading=30, firstLineIndent=0, alignment=TA_CENTER)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=8, leading=11, firstLineIndent=0, alignment=TA_CENTER, spaceAfter=0)

Rules = list[tuple[object, ...]]


def _grid(sheet: Sheet) -> Rules:
    return [("GRID", (0, 0), (-1, -1), 0.5, "black")]


def _doubled(sheet: Sheet) -> Rules:
    return [
        ("BOX", (0, 0), (-1, -1), 0.5, "black", None, None, None, 2, 1.5),
        ("INNERGRID", (0, 0), (-1, -1), 0.5, "black", None, None, None, 2, 1),
    ]


def _inner(sheet: Sheet) -> Rules:
    return [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")]


def _dashed(sheet: Sheet) -> Rules:
    return [("GRID", (0, 0), (-1, -1), 0.5, "black", None, (2, 2))]


def _none(sheet: Sheet) -> Rules:
    return []


def _rows_only(sheet: Sheet) -> Rules:
    return [("LINEABOVE", (0, 0), (-1, -1), 0.5, "black"), ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black")]


def _framed(sheet: Sheet) -> Rules:
    """A box around the table and a line below its header."""
    return [
        ("BOX", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, sheet.header_height() - 1), (-1, sheet.header_height() - 1), 0.5, "black"),
    ]


def _columns_only(sheet: Sheet) -> Rules:
    return [("BOX", (0, 0), (-1, -1), 0.5, "black"), ("LINEBEFORE", (0, 0), (-1, -1), 0.5, "black")]


@frozen
class PdfStyle:
    """One way of drawing a report."""

    rules: Callable[[Sheet], Rules] = _grid
    shaded: bool = False
    page: tuple[float, float] = A4
    rotate: int = 0
    """What ``/Rotate`` says; text is drawn turned against it, so that the reader sees it upright."""
    numbered: bool = True
    running: str = ""
    """A running header."""
    twice: bool = False
    """Titles drawn twice, slightly apart, to look bold."""
    invisible: bool = False
    """Text drawn invisibly, as under a scan."""
    narrow: bool = False
    """Columns so narrow that most labels wrap."""
    encrypted: bool = False
    password: str = ""
    """Without one an encrypted file opens all the same, but may not be printed or changed."""


STYLES: Mapping[str, PdfStyle] = {
    "ruled": PdfStyle(),
    "ruled-doubled": PdfStyle(_doubled),
    "ruled-inner": PdfStyle(_inner),
    "ruled-dashed": PdfStyle(_dashed),
    "ruled-shaded": PdfStyle(shaded=True, running="政府信息公开工作年度报告"),
    "ruled-landscape": PdfStyle(page=landscape(A4)),
    "ruled-rotated": PdfStyle(page=landscape(A4), rotate=90),
    "ruled-turned": PdfStyle(page=landscape(A4), rotate=-1),
    "ruled-headers": PdfStyle(running="白石县人民政府文件"),
    "ruled-narrow": PdfStyle(narrow=True),
    "ruled-twice": PdfStyle(twice=True),
    "ruled-invisible": PdfStyle(invisible=True),
    "bare": PdfStyle(_none),
    "bare-headers": PdfStyle(_none, running="白石县人民政府文件"),
    "bare-narrow": PdfStyle(_none, narrow=True),
    "bare-landscape": PdfStyle(_none, page=landscape(A4)),
    "rows-only": PdfStyle(_rows_only),
    "framed": PdfStyle(_framed),
    "columns-only": PdfStyle(_columns_only),
}


class _Turned(Canvas):
    """Draws each page turned by a quarter on paper of the other orientation."""

    turn = 0
    invisible = False
    page_size = A4

    def _startPage(self) -> None:  # noqa: N802 - reportlab's name
        super()._startPage()
        self.prepare()

    def showPage(self) -> None:  # noqa: N802
        if self.turn:
            self.setPageSize(self.page_size[::-1])  # the template has set it to what it draws on
        super().showPage()

    def prepare(self) -> None:
        """Turn what is drawn from now on."""
        if self.turn:
            if self.turn > 0:
                self.setPageRotation(self.turn)
            self.translate(self.page_size[1], 0)
            self.rotate(90)


def _canvas(style: PdfStyle, *arguments: object, **options: object) -> Canvas:
    canvas = _Turned(*arguments, **options)  # type: ignore[arg-type]
    canvas.turn, canvas.page_size = style.rotate, style.page
    canvas.prepare()
    if style.invisible:
        begin = canvas.beginText

        def begin_invisible(*arguments: float, **options: object) -> object:
            text = begin(*arguments, **options)
            text.setTextRenderMode(3)
            return text

        canvas.beginText = begin_invisible
    return canvas


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


class _Bold(Flowable):
    """A paragraph drawn twice, slightly apart."""

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__()
        self.paragraph = paragraph

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.paragraph.wrap(width, height)

    def draw(self) -> None:
        self.paragraph.drawOn(self.canv, 0, 0)
        self.paragraph.drawOn(self.canv, 0.3, 0)


def _table(sheet: Sheet, style: PdfStyle, width: float) -> Table:
    grid = sheet.expanded()
    rules = list(style.rules(sheet))
    rules += [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    rules += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    data: list[list[object]] = []
    seen: set[int] = set()
    for row, line in enumerate(grid):
        cells: list[object] = []
        for column, cell in enumerate(line):
            if id(cell) in seen:
                cells.append("")
                continue
            seen.add(id(cell))
            cells.append(Paragraph(_escaped(cell.text), _CELL))
            if cell.rows > 1 or cell.columns > 1:
                rules.append(("SPAN", (column, row), (column + cell.columns - 1, row + cell.rows - 1)))
            if style.shaded and row == 0:
                rules.append(("BACKGROUND", (column, row), (column, row), "lightgrey"))
        data.append(cells)
    # The columns of labels are wider than those of figures.
    labels = {column for line in grid for column, cell in enumerate(line) if cell.role in (Role.GROUP, Role.LABEL)}
    weights = [(1.6 + (column == 2)) if column in labels and sheet.width > 4 else 1.0 for column in range(sheet.width)]
    share = width * (0.8 if style.narrow else 1.0) / sum(weights)
    return Table(data, colWidths=[share * weight for weight in weights], style=rules)


def _copied(cell: SheetCell) -> SheetCell:
    return evolve(cell)


def write_pdf(draft: Draft, style: PdfStyle) -> bytes:
    """Return the report as a PDF."""
    file = io.BytesIO()
    margins = {"leftMargin": 72.0, "rightMargin": 72.0, "topMargin": 72.0, "bottomMargin": 72.0}
    encryption = StandardEncryption(style.password, "owner", strength=128) if style.encrypted else None
    document = SimpleDocTemplate(file, encrypt=encryption, pagesize=style.page, invariant=True, **margins)
    width = style.page[0] - 144 - 12
    title: Flowable = Paragraph(_escaped(draft.title), _TITLE)
    story: list[Flowable] = [_Bold(title) if style.twice else title]
    draft = draft.with_cells(_copied)
    story += [Paragraph(_escaped(text), _BODY) for text in draft.head]
    for part in draft.parts:
        heading = Paragraph(_escaped(part.heading), _BODY)
        story.append(_Bold(heading) if style.twice else heading)
        story += [Paragraph(_escaped(text), _BODY) for text in part.paragraphs]
        for sheet in (*part.foreign, *part.sheets):
            story += [Paragraph(_escaped(text), _BODY) for text in sheet.above]
            story.append(_table(sheet, style, width))
            story += [Paragraph(_escaped(text), _BODY) for text in sheet.below]
    story += [Paragraph(_escaped(text), _BODY) for text in draft.tail]

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        if style.running:
            canvas.drawCentredString(style.page[0] / 2, style.page[1] - 45, style.running)
        if style.numbered:
            canvas.drawCentredString(style.page[0] / 2, 36, f"- {template.page} -" if style.running else str(template.page))

    document.build(story, onFirstPage=furniture, onLaterPages=furniture, canvasmaker=partial(_canvas, style))
    return file.getvalue()
