"""Plain text and Markdown: a paragraph a line, and grids where lines are rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from attrs import evolve

from gilint.document import Document, Grid, Paragraph
from gilint.patterns import deferred
from gilint.place import Place
from gilint.readers.limits import MAX_BLOCKS, MAX_CELLS, MAX_LINES, limit_notice
from gilint.readers.radicals import without_radicals
from gilint.readers.rows import Line, blocks_of
from gilint.values import looks_blank, looks_like_number


def read(text: str, name: str) -> Document:
    """Read plain text; blank lines are counted, because a blank cell can hide in them."""
    notices = []
    text = without_radicals(text)
    parts = text.split("\n", MAX_LINES)
    if len(parts) > MAX_LINES:
        parts.pop()
        notices.append(limit_notice("MAX_LINES", MAX_LINES))
    lines: list[Line] = []
    gap = cells = 0
    page_numbers = _page_numbers(parts)
    tabs_part_cells = sum(part == "\t" for part in parts) >= _LEAST_TABS
    for number, part in enumerate(parts, 1):
        stripped = part.lstrip()
        if (
            not stripped and not _holds_blank_cells(part, parts[number - 2] if number > 1 else "", tabs_part_cells)
        ) or number in page_numbers:
            gap += 1
            continue
        lines.append(Line(part, Place(line=number, column=len(part) - len(stripped) + 1 if stripped else 1), gap))
        gap = 0
    blocks = blocks_of(lines)
    for count, block in enumerate(blocks):
        if count >= MAX_BLOCKS:
            notices.append(limit_notice("MAX_BLOCKS", MAX_BLOCKS))
            del blocks[count:]
            break
        if not isinstance(block, Grid):
            continue
        for kept, row in enumerate(block.rows):
            cells += len(row)
            if cells > MAX_CELLS:
                notices.append(limit_notice("MAX_CELLS", MAX_CELLS))
                blocks[count:] = [evolve(block, rows=block.rows[:kept])]
                break
        if cells > MAX_CELLS:
            break
    printed, within = partial(_printed, parts), partial(_within, parts, blocks)
    return Document(name, "text", tuple(blocks), notices=tuple(notices), printed=printed, within=within)


def _within(lines: Sequence[str], blocks: Sequence[Paragraph | Grid], place: Place, start: int) -> Place | None:
    """Find a character of a paragraph: behind the signs by which Markdown marks a heading, or where the paragraph begins."""
    if place.line is None or place.column is None or place.table is not None or place.line > len(lines):
        return None
    line, begin = lines[place.line - 1], place.column - 1
    at = bisect_left(blocks, place.line, key=lambda block: block.place.line or 0)
    block = blocks[at] if at < len(blocks) else None
    if isinstance(block, Paragraph) and block.place == place:
        begin = line.find(block.text, begin)
    return evolve(place, column=begin + start + 1) if begin >= 0 and begin + start < len(line) else None


def _printed(lines: Sequence[str], place: Place, text: str) -> tuple[Place, int] | None:
    if not text or place.line is None or place.column is None or place.line > len(lines):
        return None
    return (place, len(text)) if lines[place.line - 1].startswith(text, place.column - 1) else None


_LEAST_TABS = 20
"""From so many lines that are a single tab on, they stand between cells: so a browser gives the text of a table with paragraphs in its cells."""
_PAGE_NUMBER = deferred(r"[\s—–\-－·第]*(\d{1,4})[\s—–\-－·页]*")


def _holds_blank_cells(line: str, above: str, tabs_part_cells: bool) -> bool:
    """Say whether a line of white space is a row of blank cells, or stands between two cells, and is not just an empty line.

    Below nothing but headings a line of as many tabs is where the figures were to be filled in.
    """
    if line == "\t":
        return tabs_part_cells
    if "\t" in line.strip(" \t\r\f"):
        return True
    tabs = line.count("\t")
    if tabs < 2 or above.count("\t") != tabs:
        return False
    fields = above.split("\t")
    return all(field and not looks_like_number(field) and not looks_blank(field) for field in fields)


def _page_numbers(parts: Sequence[str]) -> frozenset[int]:
    """Return the lines, counted from 1, that hold the number of a page: the last ones before a form feed.

    They are left out only where they count up by one from page to page, as no figures of a table do.
    """
    last = [_last_line(parts, number) for number, part in enumerate(parts) if part.startswith("\f")]
    numbered = [(line, int(match[1])) for line in last if line and (match := _PAGE_NUMBER.fullmatch(parts[line - 1]))]
    if not numbered or any(after != before + 1 for (_, before), (_, after) in pairwise(numbered)):
        return frozenset()
    if len(numbered) == 1 and parts[numbered[0][0] - 1].strip().isdigit():
        # A single bare number can be anything.
        return frozenset()
    return frozenset(line for line, _ in numbered)


def _last_line(parts: Sequence[str], end: int) -> int:
    """Return the last line that is not blank among the first ``end``, counted from 1; 0 where there is none."""
    return next((number + 1 for number in range(end - 1, max(end - 6, 0) - 1, -1) if parts[number].strip()), 0)
