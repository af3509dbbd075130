"""What is drawn on a page of an OFD: characters, straight lines and pictures, where they lie on the paper.

In the file places are in millimetres from the upper left corner, of an object within its boundary; here they come to points from the lower left one, as in a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, degrees
from unicodedata import east_asian_width

from attrs import define, field

from gilint.readers.ofd.package import MAX_CONTENT, Event, Numbers, Package, Page, area_of, numbers_of, walk
from gilint.readers.ofd.strokes import Point, edges_of, pieces_of
from gilint.readers.pdf.content import Box, Budget, Character, PageContent, add_line, placed
from gilint.readers.radicals import without_radicals
from gilint.readers.xml_events import Attributes

MAX_COMPOSITE_DEPTH = 8
"""Drawings within drawings that are looked into."""
_POINTS = 72 / 25.4
"""Points of a millimetre."""
_ASCENT, _DESCENT = 0.88, 0.12
"""Of the size of a font, above and below the line on which letters stand."""
_THIN = 4.0 / _POINTS
"""Millimetres: what is drawn no thicker than this is a line."""
_ASIDE = frozenset(["Clips", "FillColor", "StrokeColor", "Actions", "Border"])
"""What an object is drawn with, and no part of the page."""
_SPACES = "\u00a0\u2002\u2003\u3000"
_PRIVATE = range(0xE000, 0xF900)
_SYMBOLS = range(0xF020, 0xF100)
"""Where fonts of symbols have the bullets and boxes before the items of a list."""

_BROAD = frozenset("%@&MWmw‰№—…“”‘’")
_NARROW = 0.6
"""Of the size of a font, how wide other letters are at most."""
_FIGURE = 0.52
"""The same of figures, which are alike in nearly all fonts."""
_USUAL_SIZE = 4.23
"""Millimetres, twelve points."""
_UPRIGHT = (1.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@define(eq=False)
class Drawing:
    """Collects what is drawn on one page."""

    package: Package
    page: Page
    budget: Budget
    _area: Numbers = ()
    _runs: list[tuple[int, list[Character]]] = field(factory=list)
    """Angle and characters; places in millimetres from the upper left corner."""
    _lines: list[Box] = field(factory=list)
    _pictures: int = 0
    _unmapped: int = 0
    _templates: list[str] = field(factory=list)
    _matrix: Matrix = _UNCHANGED
    """From where the drawing at hand has its places to the page."""
    _depth: int = 0
    _aside: int = 0
    """Elements open that are, or are in, something that is not drawn itself."""
    _object: Attributes | None = None
    _code: Attributes = field(factory=dict)

    def content(self, number: int) -> PageContent:
        """Return what is drawn on the page, which is the one of that number.

        Raises:
            ArchiveError: it is damaged or lacking.
            XmlFault: it is no XML.
            TooMuchContent: too much has been read.
        """
        walk(self.package.content(self.page.part), lambda path, attributes: self._start(path[-1], attributes), self._end_on_page)
        for template in dict.fromkeys(self._templates):
            part = self.page.document.templates.get(template)
            if part is not None:
                walk(self.package.content(part), lambda path, attributes: self._start(path[-1], attributes), self._end_on_template)
        left, top, width, height = self._area or self.page.document.area
        on_paper = [(angle, [(letter, *_on_paper(box, left, top, height)) for letter, *box in run]) for angle, run in self._runs if run]
        content = placed(number, (0.0, 0.0, width * _POINTS, height * _POINTS), on_paper)
        content.pictures, content.unmapped = self._pictures, self._unmapped
        for box in self._lines:
            add_line(content, _on_paper(box, left, top, height))
        return content

    def _end_on_page(self, path: list[str], text: str) -> None:
        if path[-2:] == ["Area", "PhysicalBox"]:
            self._area = area_of(text)
        self._end(path[-1], text)

    def _end_on_template(self, path: list[str], text: str) -> None:
        self._end(path[-1], text)

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name == "Template":
            self._templates.append(attributes.get("TemplateID", ""))
        elif name in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
            shown = attributes.get("Visible", "true") != "false" and self.budget.take_objects(1)
            self._object = attributes if shown else None
            if shown and name == "ImageObject":
                self._picture(attributes)
            elif shown and name == "CompositeObject":
                self._composite(attributes)
        elif name == "TextCode":
            self._code = attributes

    def _end(self, name: str, text: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._object is not None and name == "TextCode":
            self._text(self._object, self._code, text)
        elif self._object is not None and name == "AbbreviatedData":
            if self.budget.take_path():
                self._path(self._object, text)
        elif name in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
            self._object = None

    def _composite(self, attributes: Attributes) -> None:
        """Draw what pages repeat, or count it as a picture where it is not known."""
        unit = self.package.unit(self.page.document, attributes.get("ResourceID", ""))
        count = len(unit.events)
        if not count or self._depth >= MAX_COMPOSITE_DEPTH or self.budget.take_objects(count) < count:
            self._pictures += 1
            return
        if not self.package.may_repeat(unit):
            self.budget.exceeded["MAX_CONTENT"] = MAX_CONTENT
            self._pictures += 1
            return
        outer = self._matrix
        self._matrix, self._depth = self._matrix_of(attributes), self._depth + 1
        self._replay(unit.events)
        self._matrix, self._depth = outer, self._depth - 1

    def _replay(self, events: Iterable[Event]) -> None:
        for name, attributes, text in events:
            if attributes is not None:
                self._start(name, attributes)
            else:
                self._end(name, text)

    def _matrix_of(self, attributes: Attributes) -> Matrix:
        """Return what brings the places of an object to the page: its own matrix, then its boundary, then what it is drawn in."""
        own = numbers_of(attributes.get("CTM", ""))
        boundary = numbers_of(attributes.get("Boundary", ""))
        a, b, c, d, e, f = own if len(own) == 6 else _UNCHANGED
        x, y = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
        return product((a, b, c, d, e + x, f + y), self._matrix)

    def _picture(self, attributes: Attributes) -> None:
        boundary = numbers_of(attributes.get("Boundary", ""))
        if len(boundary) != 4:
            return
        x, y, width, height = boundary
        box = _around([mapped(x, y, self._matrix), mapped(x + width, y + height, self._matrix)])
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            self._lines.append(box)
        else:
            self._pictures += 1

    def _path(self, attributes: Attributes, data: str) -> None:
        matrix = self._matrix_of(attributes)
        pieces = [[mapped(x, y, matrix) for x, y in piece] for piece in pieces_of(data)]
        self._lines.extend(edges_of(pieces, _THIN, stroked=attributes.get("Stroke", "true") != "false"))

    def _text(self, attributes: Attributes, code: Attributes, text: str) -> None:
        text = text.strip("\r\n\t")
        text = text[: self.budget.take_characters(len(text))]
        # Text of which the file does not say rightly where it stands is read all the same, where it may stand.
        height = next(iter(numbers_of(attributes.get("Boundary", ""))[3:]), 0.0)
        size = next((each for each in (_number(attributes, "Size"), height) if each > 0), _USUAL_SIZE)
        scale = _number(attributes, "HScale") or 1.0
        across, down = (_steps(code.get(name, ""), len(text)) for name in ("DeltaX", "DeltaY"))
        matrix = self._matrix_of(attributes)
        direction = numbers_of(attributes.get("CharDirection", "0"))
        turn = _TURNS.get(direction[0] % 360 if direction else 0.0, _UPRIGHT)
        run: list[Character] = []
        x, y = _number(code, "X"), _number(code, "Y")
        for index, letter in enumerate(text):
            broad = east_asian_width(letter) in "WF"
            advance = size * scale * (1.0 if broad else 0.5)
            step = across[index] if across else 0.0 if down else advance
            # The file does not say how wide a letter is: no further than to the next one.
            width = size * scale * (1.0 if broad or letter in _BROAD else _FIGURE if letter.isdecimal() else _NARROW)
            shown = min(width, step) if turn == _UPRIGHT and step > advance / 2 else width
            corners = [(0.0, -_ASCENT * size), (shown, _DESCENT * size), (0.0, _DESCENT * size), (shown, -_ASCENT * size)]
            points = [mapped(x + u * turn[0] - v * turn[1], y + u * turn[1] + v * turn[0], matrix) for u, v in corners]
            run.append((self._letter(letter), *_around(points)))
            x, y = x + step, y + (down[index] if down else 0.0)
        self._runs.append((_angle(matrix, turn), run))

    def _letter(self, letter: str) -> str:
        """Return what a character is read as."""
        code = ord(letter)
        if letter in _SPACES or code < 32:
            return " "
        if code in _SYMBOLS:
            return "•"
        if code in _PRIVATE:
            self._unmapped += 1
            return "\ufffd"
        return without_radicals(letter)


_TURNS = {0.0: _UPRIGHT, 90.0: (0.0, 1.0), 180.0: (-1.0, 0.0), 270.0: (0.0, -1.0)}
"""Cosine and sine of how far each character is turned clockwise."""


def _number(attributes: Attributes, name: str) -> float:
    """Return the number of an attribute, 0 where there is none."""
    numbers = numbers_of(attributes.get(name, ""))
    return numbers[0] if len(numbers) == 1 else 0.0


def _steps(text: str, count: int) -> list[float]:
    """Return by how much each character is away from the one before, as ``g 3 4.2`` (three times) or one by one; nothing where it is not said.

    Where there are too few, the last one goes on to count.
    """
    words = text.split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < count:
        repeats, width = 1, 1
        if words[index] == "g":
            repeated = numbers_of(" ".join(words[index + 1 : index + 2]))
            repeats, width = int(min(max(repeated[0], 0), count)) if repeated else 0, 3
        step = numbers_of(words[index + width - 1]) if index + width <= len(words) else ()
        steps.extend(step[:1] * repeats)
        index += width
    return (steps + steps[-1:] * (count - len(steps)))[:count]


def _angle(matrix: Matrix, turn: tuple[float, float]) -> int:
    """Return by how many degrees characters are turned counter-clockwise; -1 for a slant."""
    x, y = mapped(*turn, (*matrix[:4], 0.0, 0.0))
    turned = -degrees(atan2(y, x))
    right = round(turned / 90) * 90
    return right % 360 if abs(turned - right) <= 5 else -1


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _on_paper(box: Sequence[float], left: float, top: float, height: float) -> Box:
    """Return a box in millimetres from the upper left corner in points from the lower left one."""
    return (
        (box[0] - left) * _POINTS,
        (height - (box[3] - top)) * _POINTS,
        (box[2] - left) * _POINTS,
        (height - (box[1] - top)) * _POINTS,
    )


def mapped(x: float, y: float, matrix: Matrix) -> Point:
    """Return where a place comes to."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return what does as one matrix and then another."""
    a, b = mapped(inner[0], inner[1], (*outer[:4], 0.0, 0.0))
    c, d = mapped(inner[2], inner[3], (*outer[:4], 0.0, 0.0))
    return (a, b, c, d, *mapped(inner[4], inner[5], outer))
