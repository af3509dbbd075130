"""Writes DOCX files: raw XML as Word writes it, and whole reports with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

import docx
from docx.table import Table

from gilint.testing import Draft
from gilint.testing.sheet import Sheet, SheetCell

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
STRICT = {
    NAMES["w"]: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    NAMES["r"]: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    NAMES["m"]: "http://purl.oclc.org/ooxml/officeDocument/math",
    NAMES["a"]: "http://purl.oclc.org/ooxml/drawingml/main",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = {"header": "header", "header2": "header"}


def xml(element: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{element} {_DECLARED}>{inner}</w:{element}>'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def content_types(parts: Mapping[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}.{_KINDS.get(part, part)}+xml"/>' for part in ("document.main", *parts)
    ).replace("document.main.xml", "document.xml")
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )


def members(body: str, *, title: str = "", **parts: str) -> dict[str, str | bytes]:
    """The members of a DOCX with a body and further parts: ``styles``, ``numbering``, ``footnotes``, ``comments``, ``header``."""
    roots = {"header": "hdr", "header2": "hdr"}
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(parts),
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": xml("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations({f"{part}.xml": _KINDS.get(part, part) for part in parts}),
    }
    for part, inner in parts.items():
        found[f"word/{part}.xml"] = xml(roots.get(part, part), inner)
    if title:
        found["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
        )
    return found


def word_file(body: str, *, title: str = "", **parts: str) -> bytes:
    return archive(members(body, title=title, **parts))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def tc(content: str, properties: str = "", width: int = 1) -> str:
    inner = content if content.startswith("<") else p(content) if content else "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{900 * width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith(("<w:tc>", "<w:sdt>")) else tc(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def lines(text: str) -> str:
    return "".join(p(line) for line in text.split("\n"))


def sheet_xml(sheet: Sheet) -> str:
    """A table as Word stores it: cells merged upright are stored in every row."""
    rows = []
    for line, above in zip(sheet.expanded(), [[], *sheet.expanded()], strict=False):
        cells, column = [], 0
        while column < len(line):
            cell, width = line[column], 1
            while column + width < len(line) and line[column + width] is cell and cell.columns > width:
                width += 1
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            continues = bool(above) and column < len(above) and above[column] is cell
            merge = "<w:vMerge/>" if continues else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            cells.append(tc("" if continues else lines(cell.text) if cell.text else "", span + merge, width))
            column += width
        rows.append(tr(*cells))
    return tbl(*rows, columns=sheet.width)


def draft_xml(draft: Draft) -> str:
    """The body of a report."""
    body = [p(draft.title, style="Title"), *(p(text) for text in draft.head)]
    for part in draft.parts:
        body.extend([p(part.heading, style="Heading1"), *(p(text) for text in part.paragraphs)])
        for sheet in (*part.foreign, *part.sheets):
            body.extend([*(p(line) for line in sheet.above), sheet_xml(sheet), *(p(line) for line in sheet.below), "<w:p/>"])
    return "".join([*body, *(p(text) for text in draft.tail)])


def written_with_python_docx(draft: Draft) -> bytes:
    document = docx.Document()
    document.add_heading(draft.title, 0)
    for text in draft.head:
        document.add_paragraph(text)
    for part in draft.parts:
        document.add_heading(part.heading, 1)
        for text in part.paragraphs:
            document.add_paragraph(text)
        for sheet in (*part.foreign, *part.sheets):
            for line in sheet.above:
                document.add_paragraph(line)
            _fill(document.add_table(len(sheet.rows), sheet.width, "Table Grid"), sheet)
            for line in sheet.below:
                document.add_paragraph(line)
    for text in draft.tail:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(table: Table, sheet: Sheet) -> None:
    done: set[int] = set()
    grid: list[list[SheetCell]] = sheet.expanded()
    places = {(row, column): table.cell(row, column) for row, line in enumerate(grid) for column in range(len(line))}
    for row, line in enumerate(grid):
        for column, cell in enumerate(line):
            if id(cell) in done:
                continue
            done.add(id(cell))
            place = places[row, column]
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(places[row + cell.rows - 1, column + cell.columns - 1])
            place.text = cell.text
