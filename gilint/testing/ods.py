"""Writes a draft as ODS, as LibreOffice stores it. Needs no library; the same draft gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from random import Random
from xml.sax.saxutils import escape

from gilint.testing.draft import Draft
from gilint.testing.paper import pack
from gilint.testing.workbook import Entry, Leaf, fill

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
_NAMES += f' xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"'
_MANIFEST = (
    f'{_DECLARATION}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_STYLES = (
    '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/>'
    "</style:style></office:automatic-styles>"
)
_LAST_COLUMN, _LAST_ROW = 1_024, 1_048_576


def write_ods(draft: Draft, random: Random, *, apart: bool = False) -> bytes:
    """Write a whole workbook, every section on a sheet of its own where ``apart`` says so."""
    sheets = "".join(_sheet(leaf) for leaf in fill(draft, apart=apart))
    content = (
        f'{_DECLARATION}<office:document-content {_NAMES} office:version="1.2">{_STYLES}<office:body><office:spreadsheet>'
        f"{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({"mimetype": _MIME, "content.xml": content, "META-INF/manifest.xml": _MANIFEST}, first="mimetype")


def _sheet(leaf: Leaf) -> str:
    covered = {
        (entry.row + down, entry.column + across)
        for entry in leaf.entries
        for down in range(entry.rows)
        for across in range(entry.columns)
        if down or across
    }
    cells = {(entry.row, entry.column): entry for entry in leaf.entries}
    places = sorted(covered.union(cells))
    rows, last = [], -1
    for row, members in groupby(places, key=lambda place: place[0]):
        rows.append(_blank_rows(row - last - 1))
        rows.append(f"<table:table-row>{''.join(_row(row, [column for _, column in members], cells))}</table:table-row>")
        last = row
    # What follows to the end of the sheet is one element that stands for a million rows.
    rows.append(_blank_rows(_LAST_ROW - last - 1))
    return f'<table:table table:name="{escape(leaf.name, {chr(34): "&quot;"})}">{"".join(rows)}</table:table>'


def _blank_rows(count: int) -> str:
    if not count:
        return ""
    cell = f'<table:table-cell table:number-columns-repeated="{_LAST_COLUMN}"/>'
    return f'<table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>'


def _row(row: int, columns: list[int], cells: dict[tuple[int, int], Entry]) -> Iterator[str]:
    at = 0
    for column in columns:
        if column > at:
            yield f'<table:table-cell table:number-columns-repeated="{column - at}"/>'
        yield _cell(cells[row, column]) if (row, column) in cells else "<table:covered-table-cell/>"
        at = column + 1
    yield f'<table:table-cell table:number-columns-repeated="{_LAST_COLUMN - at}"/>'


def _cell(entry: Entry) -> str:
    spans = ' table:style-name="ce1"' if entry.role is not None else ""
    if (entry.rows, entry.columns) != (1, 1):
        spans += f' table:number-columns-spanned="{entry.columns}" table:number-rows-spanned="{entry.rows}"'
    if not entry.text:
        return f"<table:table-cell{spans}/>"
    kind = "string" if entry.number is None else f'float" office:value="{entry.number}'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in entry.text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}"{spans}>{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """XML of the format takes spaces together, so that those after the first are elements."""
    return escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def writer(*, apart: bool = False) -> partial[bytes]:
    """Return the function that writes all on one sheet, or every section on its own."""
    return partial(write_ods, apart=apart)
