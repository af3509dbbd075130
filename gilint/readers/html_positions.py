"""Lines and columns of tables, cells and paragraphs in HTML source, found only when somebody asks.

The parser keeps no positions. Tables, rows and cells are counted again in the source; paragraphs are followed through it one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from gilint.patterns import deferred
from gilint.place import Place

if TYPE_CHECKING:
    from gilint.readers.html_words import Trail

TableTag = tuple[int, bool]
"""Where it begins, and whether it is an end tag."""

_TOKEN = deferred(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|template|noscript|title|textarea)\b.*?(?:</(?P=raw)|\Z)|<(?P<end>/?)(?P<tag>table|tr|td|th)\b[^>]*+",
    re.IGNORECASE | re.DOTALL,
)
_TAG = deferred(r"<[^>]*+>")
_MARKUP = deferred(r"<[^<>]*+>|&nbsp;|&#160;")
_LESS = ord("<")


def is_more_often(source: bytes, word: bytes, times: int) -> bool:
    """Say whether a word stands in the source more than so many times."""
    # To search backwards takes a quarter of the time that counting takes, or a pattern; forwards CPython searches large texts by a slower method.
    end = len(source)
    return all((end := source.rfind(word, 0, end)) >= 0 for _ in range(times + 1))


def table_tags(source: bytes) -> list[TableTag]:
    """Return the tags of tables in a source, and what looks like them in its comments and scripts."""
    tags: list[TableTag] = []
    position = len(source)
    while (position := source.rfind(b"table", 0, position)) > 0:  # see `is_more_often`
        if source[position - 1] == _LESS:
            tags.append((position - 1, False))
        elif source.startswith(b"</", max(position - 2, 0)):
            tags.append((position - 2, True))
    tags.reverse()
    return tags


def unclosed_tables(markup: str, tags: Sequence[TableTag], tables: int) -> bool:
    """Say whether one of the ``tables`` that the parser found in the markup has no end tag; ``tags`` are those of tables in it."""
    if not tables:
        return False
    # Counting is fast; only where the counts differ, comments and scripts are looked at too. (Start tags are counted as well: the end tag of a
    # table in a comment must not stand for the one that is missing.)
    ends = sum([end for _, end in tags])
    if ends >= tables and 2 * ends == len(tags):
        return False
    balance = 0
    for token in _TOKEN.finditer(markup):
        if (token["tag"] or "").lower() == "table":
            balance = max(balance - 1, 0) if token["end"] else balance + 1
    return balance > 0


class Locator:
    """Completes places of one document with line and column."""

    def __init__(self, markup: str, paragraphs: list[str]) -> None:
        self._markup = markup
        self._paragraphs = paragraphs
        """Texts of the paragraphs, in order."""
        self._lines: list[int] = []
        self._cells: dict[tuple[int, int | None, int | None], int] = {}
        self._trail: Trail | None = None

    def __call__(self, place: Place) -> Place:
        """Return the place with the line and column at which its tag, or its first word, stands."""
        if place.line is not None:
            return place
        offset = None
        if place.table is not None:
            self._scan()
            key = (place.table, place.row, place.cell)
            offset = self._cells.get(key, self._cells.get((place.table, place.row, None), self._cells.get((place.table, None, None))))
        elif place.paragraph is not None:
            offset = next(iter(self._characters(place.paragraph)), None)
        return place if offset is None else self._at(place, offset)

    def within(self, place: Place, start: int) -> Place | None:
        """Return where a character of a paragraph stands, counted from 0; ``None`` where that is not known."""
        offsets = self._characters(place.paragraph) if place.table is None and place.paragraph is not None else []
        return self._at(place, offsets[start]) if start < len(offsets) else None

    def _at(self, place: Place, offset: int) -> Place:
        if not self._lines:
            self._lines = [-1, *(match.start() for match in re.finditer("\n", self._markup))]
        line = bisect_right(self._lines, offset - 1)
        return evolve(place, line=line, column=offset - self._lines[line - 1])

    def _characters(self, number: int) -> list[int]:
        """Return where each character of a paragraph stands, as far as that is known."""
        if self._trail is None:
            from gilint.readers.html_words import Trail  # hardly any page has a finding in its text

            self._trail = Trail(self._markup, self._paragraphs)
        return self._trail.characters(number)

    def printed(self, place: Place, text: str) -> tuple[Place, int] | None:
        """Return where the text of a cell stands, and its length; ``None`` where other things stand with it, or markup within it."""
        self._scan()
        offset = self._cells.get((place.table or 0, place.row, place.cell)) if place.cell else None
        if offset is None:
            return None
        start = _TAG.match(self._markup, offset)
        end = _TOKEN.search(self._markup, start.end()) if start else None
        if start is None or end is None:
            return None
        inner = self._markup[start.end() : end.start()]
        at = inner.find(text)
        around = inner[:at] + inner[at + len(text) :]
        if at < 0 or _MARKUP.sub("", around).strip() or (not text and around):
            return None
        return self._at(place, start.end() + at), len(text)

    def _scan(self) -> None:
        if self._cells:
            return
        open_tables: list[list[int]] = []
        tables = 0
        for token in _TOKEN.finditer(self._markup):
            tag = (token["tag"] or "").lower()
            offset = token.start()
            if tag == "table" and token["end"]:
                del open_tables[-1:]
            elif tag == "table":
                tables += 1
                open_tables.append([tables, 0, 0])
                self._cells[tables, None, None] = offset
            elif tag and not token["end"] and open_tables:
                current = open_tables[-1]
                if tag == "tr" or current[1] == 0:
                    current[1:] = [current[1] + 1, 0]
                    self._cells[current[0], current[1], None] = offset
                if tag != "tr":
                    current[2] += 1
                    self._cells[current[0], current[1], current[2]] = offset
