"""Lines of text that are rows of a table: fields between bars or tabs, and Markdown tables."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from gilint.document import Grid, GridCell, Paragraph
from gilint.patterns import deferred
from gilint.place import Place
from gilint.readers.limits import MAX_COLUMNS

MAX_FIELD = 80
"""A longer field is prose; no label of a form has so many characters."""
MAX_CAPTIONS = 3
"""Rows with one field that may stand before the first with several."""

_BAR_SIGNS = ("|", "｜", "│", "┃")
_PADDING = " \t\r\n\f\v"
_BARS = deferred(r"[|｜│┃]")
_SEPARATOR = deferred(r"(?<!\\)[|｜│┃]")
_BORDER = deferred(r"[\s+\-=|\u2500-\u257f]*+")
_BORDER_SIGN = deferred(r"[\u2500\u2501\u250c-\u257f]|[-=]\+|\+[-=]")
_DELIMITER = deferred(r"\s*+\|?+\s*+:?-{3,}+:?\s*+(?:\|\s*+:?-{3,}+:?\s*+)*+\|?+\s*+")
_TIGHT_DELIMITER = deferred(r"\|(?::?-++:?\|)+")
_BREAK = deferred(r"(?i)<br\s{0,4}/?>")
_HEADING = deferred(r"(#{1,6})\s")


class Line(NamedTuple):
    """A line of the source that is not blank, or a tab that stands between two cells."""

    text: str
    """With the spaces at both ends."""
    place: Place
    gap: int


class _Row(NamedTuple):
    line: Line
    fields: tuple[tuple[str, int], ...]
    """Text and index in the line."""
    filled: int


def blocks_of(lines: Sequence[Line]) -> list[Paragraph | Grid]:
    """Return the lines as paragraphs and, where they are rows of a table, grids."""
    blocks: list[Paragraph | Grid] = []
    index, count = 0, len(lines)
    while index < count:
        line = lines[index]
        if _is_border(line.text):
            index += 1
            continue
        if "|" not in line.text and "\t" not in line.text and not _BARS.search(line.text):
            blocks.append(paragraph_of(line))
            index += 1
            continue
        end = _end_of_markdown(lines, index)
        if end:
            blocks.append(_markdown(lines[index:end]))
        else:
            end, rows = _run(lines, index)
            if rows:
                rows = _with_outer_fields(rows)
                blocks.append(_grid([[_field(row, field) for field in row.fields] for row in rows], rows[0].line.place, aligned=False))
            else:
                blocks.append(paragraph_of(line))
        index = end
    return blocks


def paragraph_of(line: Line) -> Paragraph:
    """Return a line as a paragraph, a lone tab as it is; the signs by which Markdown marks a heading or bold type are no part of its text."""
    text, level = line.text.strip() or line.text, 0
    if text.startswith("#"):
        heading = _HEADING.match(text)
        if heading:
            text, level = text[heading.end() :].rstrip("# \t").lstrip(), len(heading[1])
    if text.startswith("**") and text.endswith("**") and text.count("**") == 2:  # one pair around everything
        text = text[2:-2].strip()
    return Paragraph(text, line.place, line.gap, level)


def _is_border(text: str) -> bool:
    """Say whether a line only draws the rule between two rows (├──┼──┤, +---+---+)."""
    return _BORDER.fullmatch(text) is not None and _BORDER_SIGN.search(text) is not None


def _run(lines: Sequence[Line], start: int) -> tuple[int, list[_Row]]:
    """Return the rows from ``start`` on and where they end; no rows when the line there is none."""
    rows: list[_Row] = []
    starts: list[int] = []
    strong = 0
    index = start
    while index < len(lines):
        line = lines[index]
        if _is_border(line.text):
            index += 1
            continue
        row = _row(line)
        # A row with one field or none is only known by its neighbours, and only right beside them.
        if row is None or (row.filled < 2 and (line.gap if rows else len(row.fields) < 3)):
            break
        if not strong and len(rows) == MAX_CAPTIONS:
            break
        rows.append(row)
        starts.append(index)
        strong += row.filled >= 2
        index += 1
    if not strong:
        return start + 1, []
    if rows[0].filled < 2 and not _introduces(rows):
        return start + 1, []
    while rows[-1].filled == 0 and strong < 2:
        # Bars alone after a single row are the residue of a cell a line, which the recogniser reads.
        rows.pop()
        index = starts.pop()
    return max(index, start + 1), rows


def _introduces(rows: list[_Row]) -> bool:
    """Say whether weak rows at the beginning (a caption with empty fields) stand right before a row with several fields."""
    for before, row in itertools.pairwise(rows):
        if before.filled != 1 or row.line.gap:
            return False
        if row.filled >= 2:
            return True
    return False


def _row(line: Line) -> _Row | None:
    text = line.text
    if _BARS.search(text):
        fields = _between_bars(text)
    elif "\t" in text.lstrip(" \t\r\f") or (text.isspace() and text.count("\t") > 1):
        fields = _split(text, re.compile("\t"))
    else:
        return None
    filled = 0
    for field, _ in fields:
        if len(field) > MAX_FIELD or "。" in field:
            return None
        filled += bool(field)
    if len(fields) < 2:
        return None
    return _Row(line, tuple(fields), filled)


def _with_outer_fields(rows: list[_Row]) -> list[_Row]:
    """Give back blank fields at either end of a row where most rows show that bars stand only between fields."""
    full = [row for row in rows if row.filled > 1 and _BARS.search(row.line.text)]
    inner = [row for row in full if not _ends_with_bar(row)]
    width = max((len(row.fields) for row in full), default=0)
    if 2 * len(inner) > len(full):
        least = max(len(row.fields) for row in inner)
        rows = [_with_last(row) if _ends_with_bar(row) and len(row.fields) < least else row for row in rows]
    if 2 * sum(not _begins_with_bar(row) for row in full) > len(full):
        rows = [_with_first(row) if _begins_with_bar(row) and (row.filled or len(row.fields) < width) else row for row in rows]
    return rows


def _begins_with_bar(row: _Row) -> bool:
    return row.line.text.lstrip()[:1] in _BAR_SIGNS


def _ends_with_bar(row: _Row) -> bool:
    return row.line.text.rstrip(_PADDING)[-1:] in _BAR_SIGNS


def _with_first(row: _Row) -> _Row:
    return row._replace(fields=(("", 0), *row.fields))


def _with_last(row: _Row) -> _Row:
    return row._replace(fields=(*row.fields, ("", len(row.line.text.rstrip()))))


def _between_bars(text: str) -> list[tuple[str, int]]:
    fields = _split(text, _SEPARATOR)
    # The bar at the end of a row ends its last field, as the one at its beginning begins the first. A space that is not for the line to break is a field.
    if len(fields) > 1 and not fields[-1][0] and text.rstrip(_PADDING)[-1:] in _BAR_SIGNS:
        fields.pop()
    if len(fields) > 1 and not fields[0][0] and text.lstrip()[:1] in "|｜│┃":
        fields.pop(0)
    return fields


def _split(text: str, separator: re.Pattern[str]) -> list[tuple[str, int]]:
    fields: list[tuple[str, int]] = []
    start = 0
    for match in separator.finditer(text):
        if len(fields) >= MAX_COLUMNS:
            break
        fields.append(_trimmed(text, start, match.start()))
        start = match.end()
    fields.append(_trimmed(text, start, len(text)))
    return fields


def _trimmed(text: str, start: int, end: int) -> tuple[str, int]:
    field = text[start:end]
    return field.strip(), start + len(field) - len(field.lstrip())


def _field(row: _Row, field: tuple[str, int]) -> tuple[str, Place]:
    text, index = field
    place = row.line.place
    return text, place if place.line is None else Place(line=place.line, column=index + 1)


def _end_of_markdown(lines: Sequence[Line], start: int) -> int:
    """Return where the Markdown table that begins at ``start`` ends, 0 when none does."""
    if start + 1 >= len(lines) or lines[start + 1].gap or "|" not in lines[start].text:
        return 0
    rule = lines[start + 1].text.strip()
    if "|" not in rule or not (_DELIMITER.fullmatch(rule) or _TIGHT_DELIMITER.fullmatch(rule)):
        return 0
    end = start + 2
    while end < len(lines) and not lines[end].gap and "|" in lines[end].text:
        end += 1
    return end


def _markdown(lines: Sequence[Line]) -> Grid:
    rows = []
    for number, line in enumerate(lines):
        if number != 1:
            fields = tuple(_between_bars(line.text))
            rows.append(_Row(line, fields, sum(bool(text) for text, _ in fields)))
    cells = [[_field(row, (_plain(text), index)) for text, index in row.fields] for row in _with_outer_fields(rows)]
    return _grid(cells, lines[0].place, aligned=True)


def _plain(text: str) -> str:
    """Return a Markdown cell without its marks."""
    text = _BREAK.sub("\n", text).replace("\\|", "|").replace("**", "")
    return html.unescape(text).strip() if "&" in text else text.strip()


def _grid(rows: list[list[tuple[str, Place]]], place: Place, *, aligned: bool) -> Grid:
    return Grid(
        tuple(
            tuple(GridCell(text, row, column, place=cell_place) for column, (text, cell_place) in enumerate(fields))
            for row, fields in enumerate(rows)
        ),
        place,
        aligned,
    )
