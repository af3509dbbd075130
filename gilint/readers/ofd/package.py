"""The parts of an OFD: its documents, their pages, and what pages share."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from math import isfinite

from attrs import define, field, frozen

from gilint.readers.archives import Archive, ArchiveError
from gilint.readers.limits import MAX_DEPTH
from gilint.readers.xml_events import Attributes, XmlFault, parse_xml

ROOT = "OFD.xml"
MAX_CONTENT = 24 * 1024 * 1024
"""Bytes of XML that are read, what pages share as often as it is drawn; a page of a report has some 100 KB."""
MAX_SHARED = 2 * 1024 * 1024
"""Bytes of a part that says what pages share, fonts and drawings; larger ones are not looked at."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_LARGEST = 1_000_000.0
"""Millimetres, and whatever else numbers mean; no greater one is taken for a place."""
_COMMENTS = frozenset(["Highlight", "Path"])
"""Annotations that somebody has put on a page; links, seals and watermarks are none."""

Numbers = tuple[float, ...]
Event = tuple[str, Attributes | None, str]
"""An element begins, with its attributes, or ends, with its text."""


class TooMuchContent(Exception):  # noqa: N818
    """More was to be read than `MAX_CONTENT`."""


@define(eq=False)
class Unit:
    """A drawing that pages repeat."""

    events: list[Event] = field(factory=list)
    size: int = 0
    """Characters of its attributes and texts: to draw it takes as long as to read them."""

    def add(self, name: str, attributes: Attributes | None, text: str = "") -> None:
        """Add what comes next of it."""
        self.events.append((name, attributes, text))
        self.size += len(text) + sum(map(len, attributes.values() if attributes else ()))


@define(eq=False)
class OfdDocument:
    """One of the documents of a file, in most the only one."""

    area: Numbers = _A4
    """Left, top, width and height of the paper where a page says nothing else, in millimetres."""
    pages: list[str] = field(factory=list)
    templates: dict[str, str] = field(factory=dict)
    """Parts that are drawn on several pages, by their identifiers."""
    resources: list[str] = field(factory=list)
    annotations: list[str] = field(factory=list)
    units: dict[str, Unit] | None = None
    """Its drawings by their identifiers, once they are asked for."""


@frozen
class Page:
    """A page of a document."""

    part: str
    document: OfdDocument


@define(eq=False)
class Package:
    """A file."""

    archive: Archive
    pages: list[Page] = field(factory=list)
    _left: int = field(factory=lambda: MAX_CONTENT)
    _names: dict[str, str] = field(factory=dict)
    """The names of all parts, by what they are in small letters: some programs are careless there."""
    _units: dict[str, dict[str, Unit]] = field(factory=dict)
    """The drawings of each part."""

    @classmethod
    def of(cls, archive: Archive) -> Package:
        """Find the pages.

        Raises:
            ArchiveError: a part is damaged or lacking.
            XmlFault: a part is no XML.
            TooMuchContent: the parts that say which pages there are are too large.
        """
        package = cls(archive, names={name.lower(): name for name in archive.names})
        for part in package._texts(ROOT, "DocRoot"):
            document = package._document(part)
            package.pages.extend(Page(each, document) for each in document.pages)
        return package

    def content(self, part: str) -> bytes:
        """Return the bytes of a part that is going to be read through.

        Raises:
            ArchiveError: it is damaged or lacking.
            TooMuchContent: too much has been read.
        """
        data = self.archive.read(self._names.get(part.lower(), part))
        self._left -= len(data)
        if self._left < 0:
            raise TooMuchContent
        return data

    def unit(self, document: OfdDocument, identifier: str) -> Unit:
        """Return a drawing that pages of a document repeat, an empty one where it is not known.

        Raises:
            TooMuchContent: too much has been read.
        """
        if document.units is None:
            document.units = {}
            for part in dict.fromkeys(document.resources):
                if part not in self._units:
                    self._units[part] = self._units_in(part)
                document.units |= self._units[part]
        return document.units.get(identifier, Unit())

    def may_repeat(self, unit: Unit) -> bool:
        """Say whether a drawing may be drawn once more, and if so count it as read."""
        granted = unit.size <= self._left
        self._left -= unit.size if granted else 0
        return granted

    def comments(self) -> int:
        """Count what programs list as comments. A list of them that cannot be read does not prevent the text from being read."""
        count = 0

        def start(path: list[str], attributes: Attributes) -> None:
            nonlocal count
            count += path[-1] == "Annot" and attributes.get("Type") in _COMMENTS

        try:
            documents = dict.fromkeys(page.document for page in self.pages)
            for listed in dict.fromkeys(each for document in documents for each in document.annotations):
                for part in self._texts(listed, "FileLoc"):
                    walk(self.content(part), start)
        except (ArchiveError, XmlFault, TooMuchContent):
            return 0
        return count

    def _units_in(self, part: str) -> dict[str, Unit]:
        try:
            data = self.content(part)
            return _units_of(data) if len(data) <= MAX_SHARED else {}
        except (ArchiveError, XmlFault):
            return {}  # most are lists of fonts, which the text can do without

    def _document(self, part: str) -> OfdDocument:
        document = OfdDocument()

        def start(path: list[str], attributes: Attributes) -> None:
            if path[-1] == "TemplatePage":
                document.templates[attributes.get("ID", "")] = _resolved(attributes.get("BaseLoc", ""), part)
            elif path[-1] == "Page":
                document.pages.append(_resolved(attributes.get("BaseLoc", ""), part))

        def end(path: list[str], text: str) -> None:
            if path[-2:] == ["PageArea", "PhysicalBox"]:
                document.area = area_of(text) or _A4
            elif path[-1] in ("PublicRes", "DocumentRes"):
                document.resources.append(_resolved(text, part))
            elif path[-1] == "Annotations":
                document.annotations.append(_resolved(text, part))

        walk(self.content(part), start, end)
        return document

    def _texts(self, part: str, name: str) -> list[str]:
        """Return the parts that the elements of a name refer to."""
        found: list[str] = []

        def end(path: list[str], text: str) -> None:
            if path[-1] == name:
                found.append(_resolved(text, part))

        walk(self.content(part), None, end)
        return found


def _units_of(data: bytes) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    opened: Unit | None = None
    depth = 0

    def start(path: list[str], attributes: Attributes) -> None:
        nonlocal opened, depth
        if opened is not None:
            opened.add(path[-1], attributes)
        elif path[-1] == "CompositeGraphicUnit":
            opened, depth = units.setdefault(attributes.get("ID", ""), Unit()), len(path)

    def end(path: list[str], text: str) -> None:
        nonlocal opened
        if opened is not None and len(path) == depth:
            opened = None
        elif opened is not None:
            opened.add(path[-1], None, text)

    walk(data, start, end)
    return units


def walk(data: bytes, start: Callable[[list[str], Attributes], None] | None, end: Callable[[list[str], str], None] | None = None) -> None:
    """Call back for each element when it begins and when it ends, with the names of the elements open there, without prefixes, its own last.

    Raises:
        XmlFault: the data are no XML, or elements are nested too deep.
    """
    path: list[str] = []
    texts: list[list[str]] = []

    def opened(name: str, attributes: Attributes) -> None:
        if len(path) >= MAX_DEPTH:
            raise XmlFault("too deep")
        path.append(name.rpartition(":")[2])
        texts.append([])
        if start is not None:
            start(path, attributes)

    def closed(_: str) -> None:
        if end is not None:
            end(path, "".join(texts[-1]))
        path.pop()
        texts.pop()

    parse_xml(data, opened, closed, lambda text: texts[-1].append(text))


def _resolved(location: str, part: str) -> str:
    """Return the name of the part that another one refers to."""
    location = location.strip().replace("\\", "/")
    return posixpath.normpath(location.lstrip("/") if location.startswith("/") else posixpath.join(posixpath.dirname(part), location))


def numbers_of(text: str) -> Numbers:
    """Return the numbers of a text, nothing where one of them is none."""
    try:
        numbers = tuple(map(float, text.split()))
    except ValueError:
        return ()
    return numbers if all(isfinite(number) and abs(number) <= _LARGEST for number in numbers) else ()


def area_of(text: str) -> Numbers:
    """Return left, top, width and height of a paper, nothing where a text says none."""
    numbers = numbers_of(text)
    return numbers if len(numbers) == 4 and min(numbers[2:]) > 0 else ()
