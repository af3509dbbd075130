"""Whole reports on one line, as dumps of a page's text without line breaks give them: cut into the lines that they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import evolve

from gilint.document import Document, Grid, Paragraph, nowhere
from gilint.form import Form
from gilint.patterns import deferred
from gilint.place import Place
from gilint.recognise.labels import Vocabulary, core, fold
from gilint.recognise.lines import Kind, kind_of

_SHORTEST = 800
"""Characters below which a line is a paragraph, however many labels are in it: the labels of the tables alone have more."""
_LONGEST = 100_000
_FEWEST_LABELS = 12
"""Labels on a line from which on it has tables in it."""
_TELLING = 4
"""Folded characters of a label that is no word of a sentence."""
_FEWEST_GLUED = 3
"""Labels with a number right before or behind from which on cells are not set apart."""
_FEWEST_TOGETHER = 4
"""Labels, each near the next, that are a table and no part of a sentence."""
_NEAR = 48
"""Pieces from one label to the next: the widest row has 15 numbers, with a bar between any two; labels can be broken in pieces."""
_LONGEST_VALUE = 20

_PIECE = deferred(r"[|｜│]|[^\s|｜│]+(?:\s[)）]+(?=\s|$))?")
_WITH_NUMBERS = deferred(r"(?P<before>\d{0,9})(?P<mark>[.．、,，]?)(?P<label>\D.{1,118}?)(?P<behind>\d{0,99})")
_GAP = deferred(r"(?<=[\u3001-\u9fff\uff01-\uff5e)])\s+(?=[\u2018-\u9fff(（])|[\t\v\f\r\u2028]+|\s{2,}")
"""Space that parts two texts: not that of 2019 年 or of an English word."""


def without_dumps(document: Document, forms: Sequence[Form], vocabulary: Vocabulary) -> Document:
    """Return a document in which lines that hold tables are cut: a cell a line in these, a paragraph a line around them.

    What cannot be told apart, because nothing stands between the cells, stays as it is; `runs_together` tells of it.
    """
    if not any(isinstance(block, Paragraph) and _SHORTEST <= len(block.text) <= _LONGEST for block in document.blocks):
        return document
    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        pieces = _cut(block, forms, vocabulary) if isinstance(block, Paragraph) and _SHORTEST <= len(block.text) <= _LONGEST else []
        blocks.extend(pieces or [block])
    # Of a page, where a piece begins in its paragraph is not known: its place is that of all of it.
    lined = all(block.place.line is not None for block in blocks if isinstance(block, Paragraph))
    return evolve(document, blocks=tuple(blocks), within=document.within if lined or len(blocks) == len(document.blocks) else nowhere)


def runs_together(document: Document, forms: Sequence[Form]) -> bool:
    """Say whether the labels of tables stand within one line."""
    long = (block.text for block in document.blocks if isinstance(block, Paragraph) and _SHORTEST <= len(block.text) <= _LONGEST)
    return any(_labels_within(text, tuple(forms)) >= _FEWEST_LABELS for text in long)


def _labels_within(text: str, forms: tuple[Form, ...]) -> int:
    folded = fold(text)
    return sum(label in folded for label in _row_labels(forms))


def _cut(paragraph: Paragraph, forms: Sequence[Form], vocabulary: Vocabulary) -> list[Paragraph]:
    """Return the lines of a paragraph that holds tables; nothing for any other."""
    text = paragraph.text
    pieces = [(match.start(), match.end(), match.group()) for match in _PIECE.finditer(text)]
    labels = [number for number, (_, _, piece) in enumerate(pieces) if vocabulary.facts(piece).label]
    if len(labels) < _FEWEST_LABELS:
        return []
    if sum(_is_glued(piece, tuple(forms)) for _, _, piece in pieces) >= _FEWEST_GLUED:
        return []
    lines: list[tuple[int, str]] = []
    end = 0
    for first, last in _tables(pieces, labels):
        start = pieces[first][0]
        lines.extend(_narrative(text, end, start, forms))
        for begin, stop, _ in pieces[first : last + 1]:
            lines.extend(_apart(text, begin, stop, forms))
        end = pieces[last][1]
    lines.extend(_narrative(text, end, len(text), forms))
    return [Paragraph(line, _within(paragraph.place, at), paragraph.gap if number == 0 else 0) for number, (at, line) in enumerate(lines)]


@lru_cache(maxsize=8)
def _row_labels(forms: tuple[Form, ...]) -> frozenset[str]:
    """Return the folded labels of rows that are long enough to be nothing else."""
    labels = {core(row.label.zh) for form in forms for table in form.tables for row in table.rows}
    return frozenset(label for label in labels if len(label) >= _TELLING)


def _is_glued(piece: str, forms: tuple[Form, ...]) -> bool:
    """Say whether a number runs into a label: then numbers run into numbers, too. A label has a numeral of one digit, and a mark after it."""
    match = _WITH_NUMBERS.fullmatch(piece)
    if match is None or not (match["behind"] or len(match["before"]) > 1 or (match["before"] and not match["mark"])):
        return False
    return core(match["label"]) in _row_labels(forms)


def _tables(pieces: Sequence[tuple[int, int, str]], labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last piece of each table: labels near one another, and the values after the last."""
    run: list[int] = []
    for label in [*labels, None]:
        if run and (label is None or label - run[-1] > _NEAR or any(_is_prose(piece) for _, _, piece in pieces[run[-1] + 1 : label])):
            last = run[-1]
            while last + 1 < len(pieces) and kind_of(pieces[last + 1][2]) is not Kind.LABEL and len(pieces[last + 1][2]) <= _LONGEST_VALUE:
                last += 1
            if len(run) >= _FEWEST_TOGETHER:
                yield run[0], last
            run = []
        if label is not None:
            run.append(label)


def _is_prose(piece: str) -> bool:
    return "。" in piece or len(piece) > 120


def _narrative(text: str, start: int, end: int, forms: Sequence[Form]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of what stands around tables: headings stand alone, space between texts parts them."""
    cuts = {start, end}
    for match in _GAP.finditer(text, start, end):
        cuts.update(match.span())
    if start == 0 and (title := _title(tuple(forms)).match(text, 0, end)):
        cuts.add(title.end())
    edges = sorted(cuts)
    for begin, stop in pairwise(edges):
        yield from _apart(text, begin, stop, forms)


def _apart(text: str, start: int, end: int, forms: Sequence[Form]) -> Iterator[tuple[int, str]]:
    """Yield a piece of the text, headings in it as lines of their own."""
    cuts = {start, end}
    for match in _headings(tuple(forms)).finditer(text, start, end):
        cuts.update(match.span())
    edges = sorted(cuts)
    for begin, stop in pairwise(edges):
        line = text[begin:stop]
        if line.strip():
            yield begin + len(line) - len(line.lstrip()), line.strip()


@lru_cache(maxsize=8)
def _headings(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """Return a pattern for numbered headings as the forms word them, longest first."""
    wordings = {words for form in forms for spec in form.sections for words in (spec.label.zh, *spec.variants)}
    longest_first = "|".join(map(re.escape, sorted(wordings, key=lambda words: (-len(words), words))))
    return re.compile(rf"[一二三四五六七八九十]\s?[、.．]\s?(?:{longest_first})")


@lru_cache(maxsize=8)
def _title(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """Return a pattern for a title at the beginning of a text."""
    longest_first = "|".join(map(re.escape, sorted({words for form in forms for words in form.title_words}, key=len, reverse=True)))
    return re.compile(rf"[^。，,;；]{{0,40}}?(?:{longest_first})")


def _within(place: Place, at: int) -> Place:
    """Return the place of a character of a line, where the source has lines."""
    return place if place.line is None else evolve(place, column=(place.column or 1) + at)
