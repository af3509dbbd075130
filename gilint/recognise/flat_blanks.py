"""Blank cells of a flat table in a text that has a line for every cell: an empty line is a blank cell, as word processors export a table.

Read only where nothing else can be meant: the headings right above stand a line each without any empty line between them, and from the last of them to the next
text there are as many lines as the table has cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from gilint.recognise.flat_headings import FlatVocabulary
from gilint.recognise.lines import Kind, Line, Token

_LINES_BEHIND = 2
"""Empty lines between the last cell and the next text: paragraphs without words."""


def with_blank_lines(lines: Sequence[Line], head: int, vocabulary: FlatVocabulary) -> list[Token]:
    """Return the values of a table whose last heading is in a line, blanks too; nothing where empty lines may be anything else.

    Args:
        lines: all lines of the document.
        head: the line with the last heading.
        vocabulary: the headings of the table.
    """
    count = len(vocabulary.table.keys)
    numbers = [_number(line) for line in lines[max(head + 1 - len(vocabulary.table.columns), 0) : head + 1]]
    first = numbers[0]
    if len(numbers) < len(vocabulary.table.columns) or first is None or numbers != list(range(first, first + len(numbers))):
        return []
    begin, values, at = first + len(numbers), dict[int, Token](), head + 1
    while at < len(lines) and (number := _number(lines[at])) is not None and number < begin + count:
        (values[number],) = lines[at].tokens
        at += 1
    behind = _first_line(lines[at]) if at < len(lines) and lines[at].labels else None
    if len(values) == count or behind is None or not begin + count <= behind <= begin + count + _LINES_BEHIND:
        return []
    if any(token.kind not in (Kind.NUMBER, Kind.BLANK) for token in values.values()):
        return []
    place = lines[head].tokens[0].place
    blank = {number: Token("", Kind.BLANK, evolve(place, line=number, column=1)) for number in range(begin, begin + count)}
    return [values.get(number, token) for number, token in blank.items()]


def last_heading(lines: Sequence[Line], start: int, vocabulary: FlatVocabulary) -> int:
    """Return the last of the lines from one on that hold a heading of the table and nothing else."""
    at = start
    while at + 1 < len(lines) and len(lines[at + 1].tokens) == 1 and len(lines[at + 1].labels) == 1:
        facts = vocabulary.facts(lines[at + 1].labels[0].text)
        if not (facts.tells or facts.inner):
            break
        at += 1
    return at


def _first_line(line: Line) -> int | None:
    return line.tokens[0].place.line if line.tokens else None


def _number(line: Line) -> int | None:
    """Return which line of the source it is, where it holds one cell and belongs to no grid."""
    return _first_line(line) if len(line.tokens) == 1 and line.grid < 0 else None
