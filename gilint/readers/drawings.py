"""Text boxes of a sheet: they float over its cells and are anchored in one of them. XLSX and XLSB keep them in XML of their own."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence

from attrs import define, field, frozen

from gilint.document import Grid, Paragraph
from gilint.place import Place
from gilint.readers.grids import address
from gilint.readers.xml_events import Attributes, Stopped, parse_xml

MAX_BOXES = 1_000
"""Text boxes of one sheet that are read."""
_HIDDEN = ("1", "true")


@frozen
class TextBox:
    """What stands in a text box, and the cell in which its upper left corner lies, counted from 0."""

    row: int
    column: int
    lines: tuple[str, ...]


def text_boxes(part: Callable[[str], bytes], sheet: str) -> tuple[TextBox, ...]:
    """Return the text boxes of a sheet, in the order of the file.

    Args:
        part: returns a part of the workbook by its path, ``b""`` where there is none.
        sheet: the path of the sheet's part.

    Raises:
        XmlFault: a part is damaged.
    """
    folder, name = posixpath.split(sheet)
    relations = part(f"{folder}/_rels/{name}.rels")
    if b"/drawing" not in relations:
        return ()
    drawings: list[str] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name.endswith("Relationship") and attributes.get("Type", "").endswith("/drawing"):
            target = attributes.get("Target", "")
            drawings.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)))

    parse_xml(relations, relation)
    found = _Drawings()
    for path in drawings:
        data = part(path)
        if data:
            parse_xml(data, found.start, found.end, found.text)
    return tuple(found.boxes)


@define
class _Drawings:
    """Goes through the drawings of a sheet; each has an anchor, and boxes of a group share it."""

    boxes: list[TextBox] = field(factory=list)
    _at: list[int] = field(factory=lambda: [0, 0])
    _within: list[str] = field(factory=list)
    _hidden: bool = False
    _lines: list[list[str]] = field(factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        name = name.rpartition(":")[2]
        self._within.append(name)
        if name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            self._at = [0, 0]
        elif name == "cNvPr":
            self._hidden = attributes.get("hidden") in _HIDDEN
        elif name == "txBody":
            self._lines = []
        elif name in ("p", "br"):
            self._lines.append([])

    def text(self, text: str) -> None:
        """Take a piece of text."""
        inner = self._within[-1] if self._within else ""
        if inner == "t" and self._lines:
            self._lines[-1].append(text)
        elif inner in ("row", "col") and self._within[-2:-1] == ["from"] and text.strip().isdecimal() and len(text) < 8:
            self._at[inner == "col"] = int(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._within.pop()
        if name.rpartition(":")[2] != "txBody":
            return
        lines = tuple(line for pieces in self._lines if (line := "".join(pieces).strip()))
        self._lines = []
        # The variant for older programs shows the same again.
        if lines and not self._hidden and not any(each.endswith("Fallback") for each in self._within):
            self.boxes.append(TextBox(self._at[0], self._at[1], lines))
            if len(self.boxes) == MAX_BOXES:
                raise Stopped


def with_boxes(blocks: Sequence[Paragraph | Grid], boxes: Sequence[TextBox], sheet: str, paragraphs: int) -> list[Paragraph | Grid]:
    """Return the blocks of a sheet with its text boxes as paragraphs, each before what begins below its upper edge.

    Args:
        blocks: what stands in the cells.
        boxes: the text boxes.
        sheet: the name of the sheet.
        paragraphs: how many paragraphs were counted before.
    """
    if not boxes:
        return list(blocks)
    placed = [(_row_of(block), False, block) for block in blocks]
    for box in boxes:
        for line in box.lines:
            paragraphs += 1
            place = Place(paragraph=paragraphs, sheet=sheet, address=address(box.row, box.column))
            placed.append((box.row, True, Paragraph(line, place)))
    # A cell comes before the box that is anchored in its row; the lines of a box stay in order.
    return [block for _, _, block in sorted(placed, key=lambda each: each[:2])]


def _row_of(block: Paragraph | Grid) -> int:
    """Return the row of the sheet in which a block begins."""
    place = block.place if isinstance(block, Paragraph) else next((cell.place for row in block.rows for cell in row), block.place)
    digits = "".join(sign for sign in place.address or "" if sign.isdigit())
    return int(digits) - 1 if digits else 0
