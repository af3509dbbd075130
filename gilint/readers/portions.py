"""Files of data that hold several reports, cut into these: what ``gilint extract`` writes of a folder is a document for each report in it.

A file is looked through once, a row at a time, and only where each report stands is kept; a report is read when it is asked for. Rows of one report need not stand together:
whoever sorts a file in a spreadsheet mixes them.
"""

from __future__ import annotations

import csv
import json
import re
from array import array
from codecs import BOM_UTF8, getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from attrs import define, evolve, field

from gilint.document import Document, Portion
from gilint.readers import tidy
from gilint.readers.encodings import clean_text
from gilint.readers.limits import MAX_BYTES, limit_notice
from gilint.readers.signatures import PROBED, header_separator, is_json

MAX_REPORTS = 100_000
"""Reports in one file."""
MAX_DATA_ROWS = 20_000_000
"""Cells of all reports of one file."""
_MAX_LINE = 1_000_000
_CHUNK = 1 << 16
_LONGEST_LABEL = 200
_ENCODINGS = ("utf-8", "gb18030")
_SPACE = re.compile(r"[ \t\r\n]*+")
# Numbers stay as written: nothing is computed with them here.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def portions_of(stream: IO[bytes]) -> tuple[Portion, ...]:
    """Return where each report of a file of data stands; nothing where it holds one report alone, or is no such file after all.

    Args:
        stream: a file that begins as data do.

    Raises:
        OSError: the file cannot be read.
    """
    head = stream.read(PROBED)
    mark = len(BOM_UTF8) if head.startswith(BOM_UTF8) else 0
    look_through = _look_through_json if is_json(head[mark:]) else _look_through_csv
    for encoding in _ENCODINGS:
        index = _Index(encoding)
        stream.seek(mark)
        try:
            look_through(stream, mark, index)
        except UnicodeDecodeError:
            continue
        except (ValueError, RecursionError, csv.Error):
            return ()
        return index.portions()
    return ()


def read_portion(stream: IO[bytes], portion: Portion, name: str) -> Document:
    """Read one of the reports of a file.

    Args:
        stream: the file that was looked through.
        portion: where the report stands in it.
        name: how the document is called.

    Raises:
        OSError: the file cannot be read.
    """
    pieces = []
    left = MAX_BYTES
    for start, end, line in portion.extents:
        stream.seek(start)
        content = stream.read(min(end - start, left))
        left -= len(content)
        pieces.append((clean_text(content.decode(portion.encoding, "replace")).text, line))
    document = tidy.read_pieces(pieces, portion, name)
    notices = [limit_notice("MAX_BYTES", MAX_BYTES)] if left <= 0 else []
    notices += [limit_notice(limit, value) for limit, value in portion.limits]
    return evolve(document, encoding=portion.encoding, part=portion.label, notices=(*notices, *document.notices))


@define(eq=False)
class _Index:
    """Where the reports stand that were come across so far, in order."""

    encoding: str
    header: str = ""
    """Of CSV the line that names the columns."""
    found: dict[tuple[object, ...], array[int]] = field(factory=dict)
    rows: int = 0
    limits: list[tuple[str, int]] = field(factory=list)
    _last: tuple[object, ...] | None = None

    def add(self, key: tuple[object, ...], start: int, end: int, line: int = 0) -> bool:
        """Add a row or a report that stands from ``start`` to ``end``; say whether there may be more."""
        self.rows += 1
        extents = self.found.get(key)
        if extents is None:
            if len(self.found) >= MAX_REPORTS:
                self.limits.append(("MAX_REPORTS", MAX_REPORTS))
                return False
            extents = self.found[key] = array("q")
        if key == self._last:
            extents[-2] = end
        else:
            extents.extend((start, end, line))
        self._last = key
        if self.rows >= MAX_DATA_ROWS:
            self.limits.append(("MAX_DATA_ROWS", MAX_DATA_ROWS))
            return False
        return True

    def portions(self) -> tuple[Portion, ...]:
        """Return the reports, named so that each name is there once."""
        if len(self.found) < 2:
            return ()
        names = [_label(key[0]) for key in self.found]
        counts = Counter(names)
        portions = []
        for number, (name, (key, extents)) in enumerate(zip(names, self.found.items(), strict=True), start=1):
            label = name if name and counts[name] == 1 and not name.isdecimal() else str(number)
            facts = tuple([fact if isinstance(fact, str) else None for fact in key[: len(tidy.FACTS)]])
            limits = tuple(self.limits) if number == len(names) else ()
            portions.append(Portion(label, number, self.encoding, self.header, facts, len(key) > len(facts), extents, limits))
        return tuple(portions)


def _label(path: object) -> str:
    """Return the path that a report has in the data, ``""`` where it has none that could be a name; what was cut from a file keeps the name that it had there."""
    name = path.rpartition("#")[2].strip() if isinstance(path, str) else ""
    return name if len(name) <= _LONGEST_LABEL and name.isprintable() else ""


def _look_through_json(stream: IO[bytes], mark: int, index: _Index) -> None:
    for key, start, end in _json_elements(_Scanner(stream, index.encoding, mark)):
        if not index.add(key, start, end):
            return


def _look_through_csv(stream: IO[bytes], mark: int, index: _Index) -> None:
    lines = _lines(stream, mark, index.encoding)
    index.header = next(lines)[0]
    separator = header_separator(index.header) or ","
    names = [name.strip() for name in next(csv.reader([index.header], delimiter=separator))]
    columns = [names.index(name) if name in names else len(names) for name in tidy.FACTS]
    pulled: list[tuple[int, int]] = []
    """From where to where the lines of the row at hand go."""

    def texts() -> Iterator[str]:
        for text, start, end in lines:
            pulled.append((start, end))
            yield text

    reader = csv.reader(texts(), delimiter=separator)
    line = 2
    for fields in reader:
        if any(fields):
            key = tuple([(fields[column].strip() or None) if column < len(fields) else None for column in columns])
            if not index.add(key, pulled[0][0], pulled[-1][1], line):
                return
        line = reader.line_num + 2
        pulled.clear()


def _lines(stream: IO[bytes], offset: int, encoding: str) -> Iterator[tuple[str, int, int]]:
    """Yield the lines, each with the offsets at which it begins and ends."""
    while line := stream.readline(_MAX_LINE):
        if len(line) == _MAX_LINE:
            raise ValueError("no line of data is as long")
        yield line.decode(encoding), offset, offset + len(line)
        offset += len(line)


def _json_elements(scanner: _Scanner) -> Iterator[tuple[tuple[object, ...], int, int]]:
    """Yield what tells the reports apart, and from where to where each cell or report stands.

    Raises:
        ValueError: it is no JSON.
    """
    if scanner.sign() == "[":
        for row, start, end in scanner.elements():
            if tidy.is_row(row):
                yield tidy.facts_of(row), start, end
        return
    number = 0
    while scanner.sign(peek=True) == '"':
        name = scanner.value()
        scanner.sign()
        if name == "reports" and scanner.sign(peek=True) == "[":
            scanner.sign()
            for report, start, end in scanner.elements():
                if isinstance(report, dict) and isinstance(report.get("cells"), list):
                    number += 1
                    yield (*tidy.facts_of(report), number), start, end
        else:
            scanner.value()
        if scanner.sign() != ",":
            return


@define(eq=False)
class _Scanner:
    """Reads JSON piece by piece, and knows at which byte it is."""

    _stream: IO[bytes]
    _encoding: str
    _offset: int
    """Of the byte that the character at ``_at`` begins with."""
    _text: str = ""
    _at: int = 0
    _size: int = _CHUNK
    _decoder: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._decoder = getincrementaldecoder(self._encoding)()

    def sign(self, *, peek: bool = False) -> str:
        """Return the next character that is no space, and go on behind it unless asked not to."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._go(space.end() if space else self._at)
            if self._at < len(self._text):
                sign = self._text[self._at]
                if not peek:
                    self._go(self._at + 1)
                return sign
            if not self._more():
                raise ValueError("the end is lacking")

    def value(self) -> Any:
        """Return the value that begins here, and go on behind it."""
        self.sign(peek=True)
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at > MAX_BYTES or not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():
                self._go(end)
                return value

    def elements(self) -> Iterator[tuple[Any, int, int]]:
        """Yield the elements of the list that has just begun, each with the offsets at which it begins and ends."""
        if self.sign(peek=True) == "]":
            self.sign()
            return
        while True:
            self.sign(peek=True)
            start = self._offset
            value = self.value()
            yield value, start, self._offset
            sign = self.sign()
            if sign == "]":
                return
            if sign != ",":
                raise ValueError("neither another element nor the end of the list")

    def _go(self, at: int) -> None:
        self._offset += len(self._text[self._at : at].encode(self._encoding))
        self._at = at

    def _more(self) -> bool:
        """Fetch more characters, twice as many each time that a value does not end in those that are there."""
        data = self._stream.read(self._size)
        left = self._text[self._at :]
        self._size = max(_CHUNK, len(left))
        self._text, self._at = left + self._decoder.decode(data, not data), 0
        return len(self._text) > len(left) or bool(data)
