"""Where the cells of a sheet stand in its bytes, and how wide and high they are."""

from __future__ import annotations

import re

from attrs import define, field

from gilint.annotation.edits import Edits, Tag, follow

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
# What follows `legacyDrawing` in a sheet, in the order that the format prescribes.
_AFTER_NOTES = frozenset(["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"])
_COLUMN, _ROW = 8.43, 15.0
"""Width in letters and height in points where nothing else is said."""
_LETTER = 5.25
"""Points."""


@define
class _Row:
    tag: Tag
    end: int = 0
    cells: dict[int, Tag] = field(factory=dict)


@define
class SheetSource:
    """A sheet in its bytes; rows and columns are counted from 0."""

    data: bytes
    name: str = ""
    """The root element as written, with its prefix."""
    notes: str | None = None
    """The identifier of the part with the shapes of the notes."""
    notes_at: int = 0
    """Where the element belongs that names it."""
    _rows: dict[int, _Row] = field(factory=dict)
    _heights: dict[int, float] = field(factory=dict)
    _widths: list[tuple[int, int, float]] = field(factory=list)
    _width: float = _COLUMN
    _height: float = _ROW
    _row: int = -1
    _column: int = -1
    _depth: int = 0

    @classmethod
    def of(cls, data: bytes) -> SheetSource:
        """Go through a sheet.

        Raises:
            expat.ExpatError: it is no XML.
        """
        source = cls(data)
        follow(data, source._start, source._end)
        return source

    def _start(self, qualified: str, attributes: dict[str, str], offset: int) -> None:
        local = qualified.rpartition(":")[2]
        if not self.name:
            self.name = qualified
        elif self._depth == 1 and local in _AFTER_NOTES and not self.notes_at:
            self.notes_at = offset
        self._depth += 1
        if local == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = -1
            self._rows[self._row] = _Row(Tag.at(self.data, offset))
            self._heights[self._row] = _number(attributes.get("ht"), self._height)
        elif local == "c" and self._row in self._rows:
            place = position(attributes.get("r", ""))
            self._column = place[1] if place is not None else self._column + 1
            self._rows[self._row].cells[self._column] = Tag.at(self.data, offset)
        elif local == "sheetFormatPr":
            self._height = _number(attributes.get("defaultRowHeight"), _ROW)
            self._width = _number(attributes.get("defaultColWidth"), _COLUMN)
        elif local == "col":
            first, last = _number(attributes.get("min"), 0), _number(attributes.get("max"), 0)
            self._widths.append((int(first) - 1, int(last) - 1, _number(attributes.get("width"), self._width)))
        elif local == "legacyDrawing":
            self.notes = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), None)

    def _end(self, qualified: str, offset: int) -> None:
        self._depth -= 1
        if qualified.rpartition(":")[2] == "row" and self._row in self._rows:
            self._rows[self._row].end = offset
        elif self._depth == 0 and not self.notes_at:
            self.notes_at = offset

    def style(self, row: int, column: int) -> int:
        """Return the number of the style of a cell."""
        tag = self._rows[row].cells.get(column) if row in self._rows else None
        found = _STYLE.search(self.data, tag.start, tag.end) if tag else None
        return int(found[1]) if found else 0

    def restyle(self, edits: Edits, row: int, column: int, style: int) -> None:
        """Give a cell another style; a blank one that the sheet does not store is added where its row is stored."""
        stored = self._rows.get(row)
        if stored is None or stored.tag.empty:
            return
        tag = stored.cells.get(column)
        if tag is None:
            prefix, colon, _ = self.name.rpartition(":")
            following = min((other for other in stored.cells if other > column), default=None)
            offset = stored.end if following is None else stored.cells[following].start
            edits.insert(offset, f'<{prefix}{colon}c r="{address(row, column)}" s="{style}"/>')
            return
        found = _STYLE.search(self.data, tag.start, tag.end)
        if found is None:
            edits.insert(tag.end - (2 if tag.empty else 1), f' s="{style}"')
        else:
            edits.cut(found.start(1), found.end(1))
            edits.insert(found.start(1), str(style))

    def anchor(self, row: int, column: int, width: float, height: float) -> tuple[int, int]:
        """Return the column and row in which a box of that size (points) ends that begins right of a cell."""
        right, bottom = column + 1, max(row - 1, 0)
        while width > 0:
            width -= self._width_of(right) * _LETTER + 4
            right += 1
        while height > 0:
            height -= max(self._heights.get(bottom, self._height), 1.0)
            bottom += 1
        return right, bottom

    def _width_of(self, column: int) -> float:
        return max(next((width for first, last, width in self._widths if first <= column <= last), self._width), 0.0)


def position(text: str) -> tuple[int, int] | None:
    """Return the row and column of an address (``C7``), counted from 0; ``None`` where it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def address(row: int, column: int) -> str:
    """Return the address of a cell."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _number(text: str | None, otherwise: float) -> float:
    try:
        number = float(text) if text is not None and len(text) < 20 else otherwise
    except ValueError:
        return otherwise
    return number if 0 <= number < 100_000 else otherwise
