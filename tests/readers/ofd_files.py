"""OFD files, written as simply as the standard allows: pages of text objects and paths, or what is drawn on the pages of a PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

import pypdfium2.raw as pdfium

from gilint.readers.pdf.content import Budget, Character, PageContent
from gilint.readers.pdf.drawing import read_page
from gilint.readers.pdf.library import PDFIUM

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
POINTS = 72 / 25.4
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(
    content: str, x: float, y: float, size: float = 4.0, *, code: str = "", more: str = "", steps: Sequence[float] | None = None
) -> str:
    """A text object whose letters stand on the line ``y`` from ``x`` on, in millimetres from the upper left corner of the page."""
    delta = "" if steps is None else f' DeltaX="{" ".join(f"{step:.3f}" for step in steps)}"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:.3f} {y - size:.3f} {size * max(len(content), 1):.3f} {size:.3f}" Font="1" Size="{size}"{more}>'
        f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{size:.3f}"{delta}{code}>{escape(content)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """A stroke from one place to another."""
    left, top = min(x, to_x), min(y, to_y)
    return (
        f'<ofd:PathObject ID="9" Boundary="{left:.3f} {top:.3f} {abs(to_x - x):.3f} {abs(to_y - y):.3f}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M {x - left:.3f} {y - top:.3f} L {to_x - left:.3f} {to_y - top:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: Sequence[Sequence[str]], x: float, y: float, width: float = 30.0, height: float = 8.0) -> str:
    """A table with lines around every cell."""
    across, down = len(rows[0]), len(rows)
    drawn = [line(x, y + height * row, x + width * across, y + height * row) for row in range(down + 1)]
    drawn += [line(x + width * column, y, x + width * column, y + height * down) for column in range(across + 1)]
    for row, cells in enumerate(rows):
        drawn += [text(cell, x + width * column + 1, y + height * row + 5, 3.5) for column, cell in enumerate(cells) if cell]
    return "".join(drawn)


def page(*objects: str, area: str = "", template: str = "") -> str:
    """The content of a page."""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    return f'{HEAD}<ofd:Page {NAMES}>{template}{box}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(*pages: str, common: str = "", members: Mapping[str, str | bytes] | None = None, area: str = "0 0 210 297") -> bytes:
    """A file of some pages.

    Args:
        pages: what `page` gives.
        common: what the document says besides, within ``CommonData``.
        members: further parts, or others in their place.
        area: the paper.
    """
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages)))
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NAMES} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{HEAD}<ofd:Document {NAMES}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    parts |= {f"Doc_0/Pages/Page_{number}/Content.xml": content for number, content in enumerate(pages)}
    parts |= members or {}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def of_pdf(data: bytes) -> bytes:
    """Write what is drawn on the pages of a PDF as an OFD, as printing to one does."""
    pages = []
    with PDFIUM:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        for number in range(pdfium.FPDF_GetPageCount(document)):
            loaded = pdfium.FPDF_LoadPage(document, number)
            content = read_page(loaded, number + 1, Budget())
            pdfium.FPDF_ClosePage(loaded)
            pages.append(_of_page(content))
        pdfium.FPDF_CloseDocument(document)
    return ofd(*pages)


def _of_page(content: PageContent) -> str:
    left, bottom, right, top = content.paper
    objects = []

    def place(x: float, y: float) -> tuple[float, float]:
        return (x - left) / POINTS, (top - y) / POINTS

    line_of: list[Character] = []
    for character in content.characters:
        before = line_of[-1] if line_of else None
        if before is not None and (abs(before[2] - character[2]) > 0.5 or character[1] < before[1]):
            objects.append(_text_of(line_of, place))
            line_of = []
        line_of.append(character)
    if line_of:
        objects.append(_text_of(line_of, place))
    objects += [line(*place(start, at), *place(end, at)) for at, start, end in content.across]
    objects += [line(*place(at, start), *place(at, end)) for at, start, end in content.down]
    return page(*objects, area=f"0 0 {(right - left) / POINTS:.3f} {(top - bottom) / POINTS:.3f}")


def _text_of(characters: list[Character], place: Callable[[float, float], tuple[float, float]]) -> str:
    size = max(character[4] - character[2] for character in characters) / POINTS
    x, y = place(characters[0][1], characters[0][2])
    steps = [(after[1] - before[1]) / POINTS for before, after in pairwise(characters)]
    return text("".join(character[0] for character in characters), x, y - 0.12 * size, round(size, 3), steps=steps)
