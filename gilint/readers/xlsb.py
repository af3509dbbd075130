"""XLSB, the binary sister of XLSX: the values by `calamine`; merged cells, sizes, formats and hidden parts from the records of the parts.

A record is its kind and its length, each in bytes of seven bits, and its content.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping

from attrs import define, field

from gilint.document import Document
from gilint.readers.archives import Archive, ArchiveError, open_archive
from gilint.readers.calamine import SheetFacts, read_sheets
from gilint.readers.drawings import text_boxes
from gilint.readers.number_formats import BUILT_IN, says_more, shown
from gilint.readers.sheets import Range
from gilint.readers.workbooks import DAMAGED, WorkbookError, WorkbookFlow, unread
from gilint.readers.xlsx_parts import MAX_AREA, MAX_FILLED
from gilint.readers.xml_events import Attributes, XmlFault, parse_xml

MAX_MERGES = 100_000
"""Merged cells of one sheet that are looked at."""
_SHEET, _ROW, _COLUMNS, _MERGED, _FORMAT, _STYLE, _STYLES, _STYLES_END, _COMMENT = 156, 0, 60, 176, 44, 47, 617, 618, 635
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_ERROR_CELLS, _SHORT_NUMBER, _NUMBERS = frozenset([3, 11]), 2, frozenset([2, 5, 9])
_FILLED = range(2, 12)
"""Kinds of cells that hold something: numbers, errors, truth values, texts, and the same as results of formulas."""
_HIDDEN_ROW = 0x10


def read(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in their order, cells as a reader of the workbook sees them."""
    flow = WorkbookFlow(name, "xlsb")
    try:
        parts = _Parts.of(open_archive(data, whole=True))
        read_sheets(data, flow, parts.facts)
        flow.comments = parts.comments()
    except (ArchiveError, WorkbookError) as error:
        return unread(name, error.notice)
    except (struct.error, IndexError, XmlFault):
        return unread(name, DAMAGED)
    return flow.document()


@define
class _Parts:
    """The parts of one workbook."""

    archive: Archive
    paths: Mapping[str, str]
    """The name of each sheet and the path of its part."""
    formats: Mapping[int, str]
    """The format of each cell style where it shows more than digits."""

    @classmethod
    def of(cls, archive: Archive) -> _Parts:
        targets: dict[str, str] = {}

        def relation(name: str, attributes: Attributes) -> None:
            if name == "Relationship":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                targets[attributes.get("Id", "")] = path

        if "xl/_rels/workbook.bin.rels" in archive:
            parse_xml(archive.read("xl/_rels/workbook.bin.rels"), relation)
        paths: dict[str, str] = {}
        for kind, body in _records(archive.read("xl/workbook.bin")):
            if kind == _SHEET:
                identity, after = _text(body, 8)
                paths.setdefault(_text(body, after)[0], targets.get(identity, ""))
        styles = archive.read("xl/styles.bin") if "xl/styles.bin" in archive else b""
        return cls(archive, paths, _formats_of(styles))

    def facts(self, sheet: str) -> SheetFacts:
        """Return what is to be known of a sheet."""
        path = self.paths.get(sheet, "")
        if path not in self.archive:
            return SheetFacts()
        scan = _Scan(self.formats)
        for kind, body in _records(self.archive.read(path)):
            scan.take(kind, body)
            if scan.filled > MAX_FILLED:
                return SheetFacts(("MAX_FILLED", MAX_FILLED))
        if scan.area > MAX_AREA:
            return SheetFacts(("MAX_AREA", MAX_AREA))
        boxes = text_boxes(lambda part: self.archive.read(part) if part in self.archive else b"", path)
        return SheetFacts(None, scan.instead, (), frozenset(scan.hidden_rows), frozenset(scan.hidden_columns), tuple(scan.merged), boxes)

    def comments(self) -> int:
        """Return how many comments there are."""
        parts = [name for name in self.archive.names if name.startswith("xl/comments") and name.endswith(".bin")]
        return sum(kind == _COMMENT for name in parts for kind, _ in _records(self.archive.read(name)))


@define
class _Scan:
    """Goes through the records of a sheet."""

    formats: Mapping[int, str]
    instead: dict[tuple[int, int], str] = field(factory=dict)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    merged: list[Range] = field(factory=list)
    filled: int = 0
    _row: int = 0
    _rows: tuple[int, int] | None = None
    _columns: tuple[int, int] = (0xFFFF, 0)

    @property
    def area(self) -> int:
        """Places in the rectangle around the filled cells."""
        if self._rows is None:
            return 0
        return (self._rows[1] - self._rows[0] + 1) * (self._columns[1] - self._columns[0] + 1)

    def take(self, kind: int, body: bytes) -> None:
        """Take the next record."""
        if kind in _FILLED:
            column, style = struct.unpack_from("<II", body)
            self.filled += 1
            self._rows = (min(self._rows[0], self._row), max(self._rows[1], self._row)) if self._rows else (self._row, self._row)
            self._columns = min(self._columns[0], column), max(self._columns[1], column)
            text = self._text(kind, body, style & 0xFFFFFF)
            if text is not None:
                self.instead[self._row, column] = text
        elif kind == _ROW:
            self._row = struct.unpack_from("<I", body)[0]
            if body[11] & _HIDDEN_ROW:
                self.hidden_rows.add(self._row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1:
                self.hidden_columns.update(range(first, min(last, 0x3FFF) + 1))
        elif kind == _MERGED and len(self.merged) < MAX_MERGES:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            self.merged.append((top, left, bottom, right))

    def _text(self, kind: int, body: bytes, style: int) -> str | None:
        """Return the text of an error, a percentage, a date or a number with words."""
        if kind in _ERROR_CELLS:
            return _ERRORS.get(body[8], "#")
        if kind not in _NUMBERS or style not in self.formats:
            return None
        return shown(repr(_short(body[8:12]) if kind == _SHORT_NUMBER else struct.unpack_from("<d", body, 8)[0]), self.formats[style])


def _short(body: bytes) -> float:
    """Return a number that is stored in four bytes, as in XLS."""
    stored = int.from_bytes(body, "little", signed=True)
    number = float(stored >> 2) if stored & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", stored & ~3))[0]
    return number / 100 if stored & 1 else number


def _formats_of(styles: bytes) -> dict[int, str]:
    """Return the format of each cell style, by its number as cells name it, where it shows more than digits."""
    codes = dict(BUILT_IN)
    numbers: list[str] = []
    within = False
    for kind, body in _records(styles):
        if kind == _FORMAT:
            codes[str(struct.unpack_from("<H", body)[0])] = _text(body, 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            within = kind == _STYLES
        elif kind == _STYLE and within:
            numbers.append(str(struct.unpack_from("<H", body, 2)[0]))
    return {place: codes[number] for place, number in enumerate(numbers) if number in codes and says_more(codes[number])}


def _text(body: bytes, start: int) -> tuple[str, int]:
    """Return the text that begins there, and where it ends; none at all has a length of its own."""
    length = struct.unpack_from("<I", body, start)[0]
    end = start + 4 if length == 0xFFFFFFFF else start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record."""
    at, end = 0, len(data)
    while at < end:
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (data[at] & 0x7F) << 7, at + 1
        length = shift = 0
        while shift < 28:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, data[at : at + length]
        at += length
