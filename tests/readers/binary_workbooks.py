"""Writes XLSB as Excel does, as far as a report needs it: sheets of texts and numbers, merged cells, hidden rows and columns, formats."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Value = str | float | tuple[str, float]
"""A text, a number, an error (``#REF!``), or a number with the code of its format."""
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


@frozen
class BinarySheet:
    """One sheet; rows and columns are counted from 0."""

    name: str
    cells: Mapping[tuple[int, int], Value]
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First row, first column, last row, last column."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


def record(kind: int, body: bytes = b"") -> bytes:
    """One record: kind and length in bytes of seven bits."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def written(sheets: Sequence[BinarySheet]) -> bytes:
    """The workbook."""
    codes = sorted({value[0] for sheet in sheets for value in sheet.cells.values() if isinstance(value, tuple)})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
            for n in range(1, len(sheets) + 1)
        )
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
            f'{overrides}<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>',
        )
        packed.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.bin")}))
        parts = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)}
        packed.writestr("xl/_rels/workbook.bin.rels", _relations({**parts, "rId900": ("styles", "styles.bin")}))
        packed.writestr("xl/workbook.bin", _workbook(sheets))
        packed.writestr("xl/styles.bin", _styles(codes))
        for number, sheet in enumerate(sheets, 1):
            packed.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(sheet, codes))
    return buffer.getvalue()


def _relations(parts: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{n}" Type="{_RELATED}/{kind}" Target="{target}"/>' for n, (kind, target) in parts.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(sheets: Sequence[BinarySheet]) -> bytes:
    bundles = b"".join(
        record(156, struct.pack("<II", sheet.hidden, number) + wide(f"rId{number}") + wide(sheet.name))
        for number, sheet in enumerate(sheets, 1)
    )
    return record(131) + record(143) + bundles + record(144) + record(132)


def _styles(codes: Sequence[str]) -> bytes:
    formats = b"".join(record(44, struct.pack("<H", 164 + n) + wide(code)) for n, code in enumerate(codes))
    cells = b"".join(_cell_format(number) for number in [0, *range(164, 164 + len(codes))])
    return (
        record(278)
        + (record(615, struct.pack("<I", len(codes))) + formats + record(616) if codes else b"")
        + record(626, struct.pack("<I", 1)) + _cell_format(0, 0xFFFF) + record(627)
        + record(617, struct.pack("<I", len(codes) + 1)) + cells + record(618)
        + record(279)
    )  # fmt: skip


def _cell_format(number: int, parent: int = 0) -> bytes:
    return record(47, struct.pack("<HHHHHBBHH", parent, number, 0, 0, 0, 0, 0, 0, 0))


def _sheet(sheet: BinarySheet, codes: Sequence[str]) -> bytes:
    rows = sorted({row for row, _ in sheet.cells} | sheet.hidden_rows)
    columns = [column for _, column in sheet.cells] or [0]
    rows = rows or [0]
    size = struct.pack("<IIII", rows[0], rows[-1], min(columns), max(columns))
    infos = b"".join(record(60, struct.pack("<IIIIH", column, column, 2304, 0, 1)) for column in sorted(sheet.hidden_columns))
    data = b"".join(_row(sheet, row, codes) for row in rows)
    merged = b"".join(record(176, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in sheet.merged)
    return (
        record(129) + record(148, size) + (record(390) + infos + record(391) if infos else b"") + record(145) + data + record(146)
        + (record(177, struct.pack("<I", len(sheet.merged))) + merged + record(178) if merged else b"")
        + record(130)
    )  # fmt: skip


def _row(sheet: BinarySheet, row: int, codes: Sequence[str]) -> bytes:
    cells: Iterable[tuple[int, Value]] = sorted((column, value) for (at, column), value in sheet.cells.items() if at == row)
    columns = [column for column, _ in cells]
    span = struct.pack("<III", 1, min(columns), max(columns)) if columns else struct.pack("<I", 0)
    head = struct.pack("<IIHBBB", row, 0, 300, 0, 0x10 if row in sheet.hidden_rows else 0, 0) + span
    return record(0, head) + b"".join(_cell(column, value, codes) for column, value in cells)


def _cell(column: int, value: Value, codes: Sequence[str]) -> bytes:
    style = codes.index(value[0]) + 1 if isinstance(value, tuple) else 0
    head = struct.pack("<II", column, style)
    if isinstance(value, str):
        return record(3, head + bytes([ERRORS[value]])) if value in ERRORS else record(6, head + wide(value))
    return record(5, head + struct.pack("<d", value[1] if isinstance(value, tuple) else value))
