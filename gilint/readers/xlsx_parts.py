"""What a workbook says of its cells beside their values, which calamine does not tell: sizes, hidden rows, formats, formulas without a value.

It is also looked at before calamine is: calamine makes room for the whole rectangle from the first to the last cell of a sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from attrs import define, evolve, field

from gilint.products import AUTHOR, SIGNATURE
from gilint.readers.archives import Archive
from gilint.readers.calamine import SheetFacts
from gilint.readers.drawings import text_boxes
from gilint.readers.number_formats import BUILT_IN, says_more, shown
from gilint.readers.xml_events import Attributes, Stopped, parse_xml

MAX_AREA = 4_000_000
"""Places in the rectangle around the filled cells of one sheet; it takes some 30 bytes for each."""
MAX_TEXT = 256 * 1024 * 1024
"""Bytes of the longest shared text times the filled cells: each cell gets a copy."""
SMALL_TEXT = 64 * 1024
"""Shared texts that are smaller are not looked at one by one."""
MAX_FILLED = 500_000
"""Filled cells of one sheet."""
MAX_PART = 16 * 1024 * 1024
"""Bytes of a sheet from which on its cells are counted one by one before anything else is done with it."""

REMEMBERED = 65_536
"""Bytes of the styles of a workbook up to which it is remembered what they say."""

_REFERENCE = re.compile(rb"""\sr\s*+=\s*+["']\s*+([A-Za-z]*+)([0-9]*+)""")
_STYLE = re.compile(rb"""\ss\s*+=\s*+["']([0-9]++)["']""")
_ELEMENT = re.compile(rb"<(?:[A-Za-z0-9_]++:)?(?:c|row)[\s/>]")
_REMARKABLE = (b"<f", b":f", b'"e"', b"'e'", b"hidden")
"""What may be a formula, an error or something hidden. Looking for each of them is faster than for a pattern."""
_COMMENT = re.compile(rb"<(?:[A-Za-z0-9_]++:)?comment[\s>]")
_COMMENT_BY = re.compile(rb"""<(?:[A-Za-z0-9_]++:)?comment\s[^>]{0,300}?\bauthorId\s*=\s*["'](\d{1,9})["']""")
_AUTHOR = re.compile(rb"<(?:[A-Za-z0-9_]++:)?author(?:\s[^>]{0,200}?)?(?:/>|>([^<]{0,200})<)")
_SIGNATURE = SIGNATURE.encode()
_ADDRESS = re.compile(r"([A-Za-z]{1,4})([0-9]{1,8})")


class Parts:
    """The parts of one workbook."""

    def __init__(self, archive: Archive) -> None:
        """Read what concerns all sheets.

        Raises:
            ArchiveError: it is damaged.
            XmlFault: a part of it is damaged.
        """
        self._archive = archive
        self._names = {name.lower(): name for name in self._archive.names}
        self.paths = self._sheets()
        styles = self.part("xl/styles.xml")
        self._formats = _formats_of(styles) if len(styles) <= REMEMBERED else _formats_of.__wrapped__(styles)
        self._styled = frozenset(number.encode() for number in self._formats)
        shared = self.part("xl/sharedstrings.xml")
        self._longest = len(shared) if len(shared) < SMALL_TEXT else max(map(len, shared.split(b"</si>")))

    def part(self, path: str) -> bytes:
        """Return a part, ``b""`` where there is none.

        Raises:
            ArchiveError: it is damaged.
        """
        name = self._names.get(path.lower())
        return self._archive.read(name) if name is not None else b""

    def _sheets(self) -> dict[str, str]:
        """Return the name of each sheet and the path of its part."""
        identities: dict[str, str] = {}
        targets: dict[str, str] = {}

        def sheet(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                identities.setdefault(attributes.get("name", ""), identity)

        def relation(name: str, attributes: Attributes) -> None:
            if name == "Relationship":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                targets[attributes.get("Id", "")] = path

        parse_xml(self.part("xl/workbook.xml"), sheet)
        relations = self.part("xl/_rels/workbook.xml.rels")
        if relations:
            parse_xml(relations, relation)
        return {name: targets.get(identity, "") for name, identity in identities.items()}

    def facts(self, sheet: str) -> SheetFacts:
        """Return what is to be known of a sheet.

        Raises:
            XmlFault: its part is damaged.
        """
        path = self.paths.get(sheet, "")
        data = self.part(path)
        if not data:
            return SheetFacts()
        facts = self._facts_of_cells(data)
        boxes = text_boxes(self.part, path)
        return evolve(facts, boxes=boxes) if boxes else facts

    def _facts_of_cells(self, data: bytes) -> SheetFacts:
        if len(data) <= MAX_PART and not self._says_more(data) and self._is_small(data):
            return SheetFacts()
        scan = _Scan(self._formats)
        parse_xml(data, scan.start, scan.end, scan.text)
        for name, found, most in (
            ("MAX_FILLED", scan.filled, MAX_FILLED),
            ("MAX_AREA", scan.area, MAX_AREA),
            ("MAX_TEXT", self._longest * scan.filled, MAX_TEXT),
        ):
            if found > most:
                return SheetFacts((name, most))
        return SheetFacts(None, scan.instead, tuple(scan.unknown), frozenset(scan.hidden_rows), frozenset(scan.hidden_columns))

    def comments(self) -> tuple[int, int]:
        """Return how many comments there are, and how many of them gilint has written, some perhaps in the notes of others.

        Raises:
            ArchiveError: the archive is damaged.
        """
        count = own = 0
        for name in self._names:
            if name.startswith("xl/comments"):
                part = self.part(name)
                by = {number for number, author in enumerate(_AUTHOR.findall(part)) if author.strip() == AUTHOR.encode()}
                alone = sum(number.isdigit() and int(number) in by for number in _COMMENT_BY.findall(part)) if by else 0
                added = max(part.count(_SIGNATURE) - alone, 0)
                count += len(_COMMENT.findall(part)) + added
                own += alone + added
        return count, own

    def _says_more(self, data: bytes) -> bool:
        """Say at a glance whether a sheet may have more to it than values that are shown as they are stored."""
        if any(sign in data for sign in _REMARKABLE):
            return True
        # A workbook may have sixty thousand styles: they are looked up, not tried one after the other.
        return bool(self._styled) and any(match[1] in self._styled for match in _STYLE.finditer(data))

    def _is_small(self, data: bytes) -> bool:
        """Say at a glance whether a sheet is safe to be read; of one that may not be, the cells are looked at one by one."""
        elements = len(_ELEMENT.findall(data))
        rows, columns = _bounds(data, elements)
        return rows * columns <= MAX_AREA and self._longest * elements <= MAX_TEXT


@lru_cache(maxsize=32)
def _formats_of(styles: bytes) -> Mapping[str, str]:
    """Return the format of each cell style, by its number as cells name it, where it shows more than digits; workbooks made by one program share their styles."""
    codes = dict(BUILT_IN)
    numbers: list[str] = []
    within = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal within
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            within = name
        elif name == "xf" and within:
            numbers.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        if name == within:
            raise Stopped

    if styles:
        parse_xml(styles, start, end)
    return {str(place): codes[number] for place, number in enumerate(numbers) if number in codes and says_more(codes[number])}


def _bounds(data: bytes, elements: int) -> tuple[int, int]:
    """Return rows and columns that the cells of a sheet, blank ones too, do not exceed."""
    references = _REFERENCE.findall(data)
    row = max([int(row) for _, row in references if 0 < len(row) < 9], default=0)
    column = 26 ** min(max([len(letters) for letters, _ in references], default=0), 4)
    # Cells and rows without a number follow the one before.
    return (row, column) if len(references) >= elements else (row + elements, column + elements)


@define
class _Scan:
    """Goes through the cells of a sheet one by one."""

    formats: Mapping[str, str]
    instead: dict[tuple[int, int], str] = field(factory=dict)
    unknown: list[tuple[int, int]] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    filled: int = 0
    _box: tuple[int, int, int, int] | None = None
    _row: int = -1
    _column: int = -1
    _cell: Attributes = field(factory=dict)
    _formula: str | None = None
    _value: str | None = None
    _inline: bool = False
    _reading: str = ""
    _pieces: list[str] = field(factory=list)

    @property
    def area(self) -> int:
        """Places in the rectangle around the filled cells."""
        if self._box is None:
            return 0
        top, left, bottom, right = self._box
        return (bottom - top + 1) * (right - left + 1)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if name == "c":
            place = _ADDRESS.fullmatch(attributes.get("r", ""))
            if place is not None:
                self._row, self._column = int(place[2]) - 1, _column_number(place[1])
            else:
                self._column += 1
            self._cell, self._formula, self._value, self._inline = attributes, None, None, False
        elif name in ("v", "f"):
            self._reading = name
            self._pieces = []
        elif name == "is":
            self._inline = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6:
                self.hidden_columns.update(range(int(first) - 1, int(last)))

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._reading:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == self._reading:
            content = "".join(self._pieces)
            if name == "v":
                self._value = content
            else:
                self._formula = content
            self._reading = ""
        elif name == "c":
            self._take()

    def _take(self) -> None:
        place, kind = (self._row, self._column), self._cell.get("t", "n")
        if not self._value and not self._inline:
            if self._formula is not None and (kind != "str" or self._value is None):
                self.unknown.append(place)
                # Without a limit these could make the rectangle too large as well.
                self._fill(*place)
                self.instead[place] = f"={self._formula}"
            return
        self._fill(*place)
        if kind == "e":
            self.instead[place] = self._value or ""
        elif kind == "n" and self._cell.get("s") in self.formats:
            text = shown(self._value or "", self.formats[self._cell["s"]])
            if text is not None:
                self.instead[place] = text

    def _fill(self, row: int, column: int) -> None:
        self.filled += 1
        if self.filled > MAX_FILLED:
            raise Stopped
        top, left, bottom, right = self._box or (row, column, row, column)
        self._box = min(top, row), min(left, column), max(bottom, row), max(right, column)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
