"""XLS: the values by `calamine`; sizes, hidden parts, errors and percentages from the records (BIFF8 as Excel 97 and later write it)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from attrs import define, field

from gilint.document import Document
from gilint.notice import Notice, NoticeKind
from gilint.readers.calamine import SheetFacts, read_sheets
from gilint.readers.compound import CompoundFault, stream
from gilint.readers.number_formats import BUILT_IN, is_percent, shown, words_of
from gilint.readers.workbooks import DAMAGED, WorkbookError, WorkbookFlow, unread

MAX_AREA = 4_000_000
"""Places in the rectangle around the filled cells of one sheet, for all of which calamine makes room; XLS itself allows four times as many."""

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BEGIN, _END, _PASSWORD, _SHEET, _ROW, _COLUMNS, _FORMAT, _STYLE = 0x0809, 0x000A, 0x002F, 0x0085, 0x0208, 0x007D, 0x041E, 0x00E0
_FORMULA, _ERROR, _NUMBER, _SHORT_NUMBER, _NUMBERS = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_FILLED = frozenset([_FORMULA, _ERROR, _NUMBER, _SHORT_NUMBER, _NUMBERS, 0x0204, 0x00FD, 0x00D6])
_HIDDEN_ROW = 0x20


def read(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in their order, cells as a reader of the workbook sees them."""
    try:
        records = stream(data, "Workbook", "Book")
    except CompoundFault:
        records = None
    if records is None:
        return unread(name, DAMAGED)
    flow = WorkbookFlow(name, "xls")
    try:
        facts = _Records()
        facts.take(records)
        read_sheets(data, flow, lambda sheet: facts.facts(sheet))
    except WorkbookError as error:
        return unread(name, error.notice)
    except (struct.error, IndexError):
        return unread(name, DAMAGED)
    return flow.document()


@define
class _SheetRecords:
    """What the records of one sheet say."""

    instead: dict[tuple[int, int], str] = field(factory=dict)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    rows: set[int] = field(factory=set)
    left: int = 0xFFFF
    right: int = 0

    @property
    def area(self) -> int:
        """Places in the rectangle around the filled cells."""
        return (max(self.rows) - min(self.rows) + 1) * (self.right - self.left + 1) if self.rows else 0


@define
class _Records:
    """Goes through the records of a workbook."""

    _starts: dict[int, str] = field(factory=dict)
    """Where each sheet begins, and its name."""
    _sheets: dict[int, _SheetRecords] = field(factory=dict)
    """By where they begin."""
    _formats: dict[str, str] = field(factory=lambda: dict(BUILT_IN))
    _styles: list[str] = field(factory=list)

    def facts(self, name: str) -> SheetFacts:
        """Return what is to be known of a sheet."""
        start = next((start for start, each in self._starts.items() if each == name), None)
        sheet = self._sheets.get(start) if start is not None else None
        # Names are in another encoding before Excel 97; sizes must be known all the same.
        if max((each.area for each in ([sheet] if sheet else self._sheets.values())), default=0) > MAX_AREA:
            return SheetFacts(("MAX_AREA", MAX_AREA))
        if sheet is None:
            return SheetFacts()
        return SheetFacts(None, sheet.instead, (), frozenset(sheet.hidden_rows), frozenset(sheet.hidden_columns))

    def take(self, records: bytes) -> None:
        """Take all records.

        Raises:
            WorkbookError: the workbook is encrypted.
        """
        current: _SheetRecords | None = None
        depth = 0
        for start, kind, body in _records(records):
            if kind == _PASSWORD:
                raise WorkbookError(Notice(NoticeKind.ENCRYPTED))
            if kind == _BEGIN:
                depth += 1
                if depth == 1:
                    current = self._sheets.setdefault(start, _SheetRecords())
            elif kind == _END:
                depth = max(depth - 1, 0)
            elif kind == _SHEET and len(body) > 8:
                length = body[6]
                raw = body[8:]
                self._starts[int.from_bytes(body[:4], "little")] = (
                    raw[: 2 * length].decode("utf-16-le", "replace") if body[7] & 1 else raw[:length].decode("latin-1")
                )
            elif kind == _FORMAT and len(body) > 5:
                number, length, wide = struct.unpack_from("<HHB", body)
                code = body[5 : 5 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else body[5 : 5 + length].decode("latin-1")
                self._formats[str(number)] = code
            elif kind == _STYLE:
                self._styles.append(str(struct.unpack_from("<H", body, 2)[0]))
            elif current is not None and depth == 1:
                self._cell(current, kind, body)

    def _cell(self, sheet: _SheetRecords, kind: int, body: bytes) -> None:
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xH", body)
            if options & _HIDDEN_ROW:
                sheet.hidden_rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<HHHHH", body)
            if options & 1:
                sheet.hidden_columns.update(range(first, min(last, 0xFF) + 1))
        elif kind in _FILLED:
            row, column, style = struct.unpack_from("<HHH", body)
            sheet.rows.add(row)
            sheet.left = min(sheet.left, column)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _NUMBERS else column
            sheet.right = max(sheet.right, column, last)
            text = self._text(kind, body, style)
            if text is not None:
                sheet.instead[row, column] = text

    def _text(self, kind: int, body: bytes, style: int) -> str | None:
        """Return the text of an error, a percentage or a number with words."""
        if kind == _ERROR and body[7]:
            return _ERRORS.get(body[6], "#")
        if kind == _FORMULA and body[12:14] == b"\xff\xff":
            return _ERRORS.get(body[8], "#") if body[6] == 2 else None
        if kind not in (_NUMBER, _SHORT_NUMBER, _FORMULA) or style >= len(self._styles):
            return None
        code = self._formats.get(self._styles[style], "")
        if not is_percent(code) and not any(words_of(code)):
            return None
        return shown(repr(_short(body[6:10]) if kind == _SHORT_NUMBER else struct.unpack_from("<d", body, 6)[0]), code)


def _short(body: bytes) -> float:
    """Return a number that is stored in four bytes."""
    stored = int.from_bytes(body, "little", signed=True)
    number = float(stored >> 2) if stored & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", stored & ~3))[0]
    return number / 100 if stored & 1 else number


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each record begins, its kind and its content."""
    start = 0
    while start + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, start)
        yield start, kind, data[start + 4 : start + 4 + length]
        start += 4 + length
