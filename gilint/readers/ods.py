"""ODS from its XML: cells as they are shown, which repeat as often as the sheet says, but within bounds."""

from __future__ import annotations

from attrs import define, field

from gilint.document import Document
from gilint.notice import Notice, NoticeKind
from gilint.products import LEDGER, ODS_PROPERTIES, made_by_gilint
from gilint.readers.archives import ArchiveError, open_archive
from gilint.readers.drawings import MAX_BOXES, TextBox
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from gilint.readers.number_formats import plain
from gilint.readers.sheets import Range, RawSheet
from gilint.readers.workbooks import DAMAGED, MAX_SHEETS, WorkbookError, WorkbookFlow, unread
from gilint.readers.xml_events import Attributes, XmlFault, parse_xml
from gilint.values import looks_like_number

MAX_TEXT = 64 * 1024 * 1024
"""Characters of one sheet, repeated cells counted as often as they are repeated; beyond it no more cells are read."""
_MANIFEST = "META-INF/manifest.xml"
_CELLS = frozenset(["table-cell", "covered-table-cell"])
_ASIDE = frozenset(["annotation", "shapes", "tracked-changes", "frame", "custom-shape", "rect", "forms"])
"""What is in a cell or a sheet and no text of it."""
_DRAWN = frozenset(["shapes", "frame", "custom-shape", "rect"])
"""Which of it shows a text of its own, as text boxes do."""


def read(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in their order, cells as a reader of the workbook sees them."""
    content = _Content()
    try:
        archive = open_archive(data)
        if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
            return unread(name, Notice(NoticeKind.ENCRYPTED))
        if ODS_PROPERTIES in archive and made_by_gilint(archive.read(ODS_PROPERTIES)):
            return unread(name, Notice(NoticeKind.OWN_OUTPUT, {"product": LEDGER.label}))
        parse_xml(archive.read("content.xml"), content.start, content.end, content.text)
    except (ArchiveError, WorkbookError) as error:
        return unread(name, error.notice)
    except XmlFault:
        return unread(name, DAMAGED)
    flow = WorkbookFlow(name, "ods", comments=content.comments, limits=content.limits)
    flow.several = sum(sheet.shown for sheet in content.sheets) > 1
    for sheet in content.sheets:
        flow.add(sheet.raw(), shown=sheet.shown, unknown=sheet.unknown)
    return flow.document()


@define
class _Sheet:
    """A sheet while it is read."""

    name: str
    shown: bool
    texts: dict[tuple[int, int], str] = field(factory=dict)
    merged: list[Range] = field(factory=list)
    unknown: list[tuple[int, int]] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    boxes: list[TextBox] = field(factory=list)
    columns: int = 0
    """How many columns have been described."""
    row: int = 0
    column: int = 0
    size: int = 0

    def raw(self) -> RawSheet:
        """Return it as a rectangle, from its first filled row and column to the last ones."""
        if not self.texts:
            return RawSheet(self.name, (), boxes=self.boxes)
        top, left = min(row for row, _ in self.texts), min(column for _, column in self.texts)
        bottom, right = max(row for row, _ in self.texts), max(column for _, column in self.texts)
        rows = [[""] * (right - left + 1) for _ in range(bottom - top + 1)]
        for (row, column), text in self.texts.items():
            rows[row - top][column - left] = text
        hidden_rows, hidden_columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return RawSheet(self.name, rows, top, left, self.merged, hidden_rows, hidden_columns, boxes=self.boxes)


@define
class _Content:
    """Goes through the content of a workbook."""

    sheets: list[_Sheet] = field(factory=list)
    limits: dict[str, int] = field(factory=dict)
    comments: int = 0
    _hidden_styles: set[str] = field(factory=set)
    _style: str = ""
    _sheet: _Sheet | None = None
    _cell: Attributes | None = None
    _row: Attributes = field(factory=dict)
    _filled: list[tuple[int, int, str, bool]] = field(factory=list)
    """First column, columns, text of the filled cells of the row, and whether a value is unknown."""
    _pieces: list[str] = field(factory=list)
    _paragraphs: list[str] = field(factory=list)
    _aside: int = 0
    """Elements open that are, or are in, something that is no text of a cell."""
    _boxed: list[list[str]] | None = None
    """The lines of the text box that is open."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if self._aside or name in _ASIDE:
            self.comments += name == "annotation" and self._aside == 0
            if self._aside == 0 and name in _DRAWN and self._sheet is not None:
                self._boxed = []
            elif name == "p" and self._boxed is not None:
                self._boxed.append([])
            self._aside += 1
        elif self._cell is not None:
            if name == "p":
                self._pieces = []
            elif name == "s":
                self._pieces.append(" " * min(_count(attributes, "text:c"), 100))
            elif name in ("tab", "line-break"):
                self._pieces.append("\t" if name == "tab" else "\n")
        elif self._sheet is not None and name in _CELLS:
            self._cell, self._paragraphs = attributes, []
        elif self._sheet is not None and name == "table-row":
            self._row, self._filled, self._sheet.column = attributes, [], 0
        elif self._sheet is not None and name == "table-column":
            self._describe_columns(self._sheet, attributes)
        elif name == "table" and "table:name" in attributes:
            self._begin(attributes)
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._aside and self._boxed:
            self._boxed[-1].append(text)
        elif self._cell is not None and not self._aside:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._aside:
            self._aside -= 1
            if self._aside == 0 and self._boxed is not None and self._sheet is not None:
                self._end_box(self._sheet, self._boxed)
                self._boxed = None
        elif self._cell is not None:
            if name == "p":
                self._paragraphs.append("".join(self._pieces))
            elif name in _CELLS and self._sheet is not None:
                self._end_cell(self._sheet, self._cell, covered=name == "covered-table-cell")
                self._cell = None
        elif name == "table-row" and self._sheet is not None:
            self._end_row(self._sheet)
        elif name == "table":
            self._sheet = None

    def _end_box(self, sheet: _Sheet, paragraphs: list[list[str]]) -> None:
        lines = tuple(line for pieces in paragraphs if (line := "".join(pieces).strip()))
        if lines and len(sheet.boxes) < MAX_BOXES:
            sheet.boxes.append(TextBox(sheet.row, sheet.column, lines))

    def _begin(self, attributes: Attributes) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            self.limits["MAX_SHEETS"] = MAX_SHEETS
            return
        self._sheet = _Sheet(attributes["table:name"], attributes.get("table:style-name") not in self._hidden_styles)
        self.sheets.append(self._sheet)

    def _describe_columns(self, sheet: _Sheet, attributes: Attributes) -> None:
        count = min(_count(attributes, "table:number-columns-repeated"), MAX_COLUMNS - sheet.columns)
        if attributes.get("table:visibility", "visible") != "visible":
            sheet.hidden_columns.update(range(sheet.columns, sheet.columns + count))
        sheet.columns += max(count, 0)

    def _end_cell(self, sheet: _Sheet, attributes: Attributes, *, covered: bool) -> None:
        column = sheet.column
        count = _count(attributes, "table:number-columns-repeated")
        sheet.column += count
        rows, columns = _count(attributes, "table:number-rows-spanned"), _count(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            sheet.merged.append((sheet.row, column, sheet.row + rows - 1, column + columns - 1))
        text, unknown = _shown(attributes, self._paragraphs)
        if text and not covered:
            self._filled.append((column, count, text, unknown))

    def _end_row(self, sheet: _Sheet) -> None:
        count = _count(self._row, "table:number-rows-repeated")
        first, sheet.row = sheet.row, sheet.row + count
        if self._row.get("table:visibility", "visible") != "visible":
            sheet.hidden_rows.update(range(first, min(sheet.row, MAX_ROWS)))
        if not self._filled:
            return
        if sheet.row > MAX_ROWS:
            self.limits["MAX_ROWS"] = MAX_ROWS
        for column, columns, text, unknown in self._filled:
            if column + columns > MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
            rows, across = range(first, min(sheet.row, MAX_ROWS)), range(column, min(column + columns, MAX_COLUMNS))
            sheet.size += len(text) * len(rows) * len(across)
            if len(sheet.texts) + len(rows) * len(across) > MAX_CELLS or sheet.size > MAX_TEXT:
                self.limits["MAX_CELLS"] = MAX_CELLS
                return
            places = [(row, at) for row in rows for at in across]
            sheet.texts.update(dict.fromkeys(places, text))
            if unknown:
                sheet.unknown.extend(places)


def _shown(attributes: Attributes, paragraphs: list[str]) -> tuple[str, bool]:
    """Return the text of a cell, and whether it is a formula of which the value is not known."""
    text, kind = "\n".join(paragraphs), attributes.get("office:value-type", "")
    if kind in ("float", "currency") and (not text or looks_like_number(text)):
        # What is shown may be rounded; what is shown as no number is none.
        try:
            return plain(float(attributes.get("office:value", ""))), False
        except ValueError:
            return text, False
    if not kind and not text and "table:formula" in attributes:
        return attributes["table:formula"].partition(":")[2] or attributes["table:formula"], True
    stored = attributes.get("office:string-value") or attributes.get("office:date-value") or attributes.get("office:value")
    return text or stored or "", False


def _count(attributes: Attributes, name: str) -> int:
    """Return how often something repeats, or over how much it spans: at least once."""
    written = attributes.get(name, "1")
    return max(int(written), 1) if written.isascii() and written.isdecimal() and len(written) < 10 else 1
