"""Characters to lines of text, and the lines of a cell to its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from operator import add, eq, itemgetter, neg, sub
from typing import NamedTuple

from gilint.readers.pdf.content import Box, Character, turned

_WORD_GAP = 0.25
"""Heights of a line between two letters or figures from which on there is a space."""
_CHINESE_GAP = 0.75
"""The same where a Chinese character stands before or after."""
_FINE_GAP = 0.2
"""The same that can part two cells of a table without lines; the words of a paragraph can be as far from each other."""
_FIGURE_GAP = 0.15
"""The same between two figures: those of one number touch."""
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_PARTED = re.compile(f"[ {_INVISIBLE}]")
_DOUBLE = 0.3
"""Widths of a character within which the same one again is the same, drawn twice to look bold."""
_WIDE_GAP = 1.2
"""The same from which on they are not one phrase."""
_SAME_LINE = 0.5
"""Heights by which the middles of two characters of one line can differ."""
_LARGER = 1.2
"""Times the height of what stands highest in a line from which on another character tells better where the line stands."""
_CROSSED = 0.8
"""Heights by which the middles of two lines differ that may have characters of each other."""
_OFF = 0.25
"""Heights by which the middles of two characters of one word can differ."""
_MOST_NEAR = 20
"""Words at one place that a character can belong to; in print there are two."""
_TOUCHING = 0.5
"""Heights by which a character can reach into the next one of its word."""
_SIDES = 13.0
"""Points that a cell keeps free at its sides together."""
_NEXT = 1.2
"""Widths of a character: what is free beside a full line is less than one more needs."""
_REMARKED = re.compile(r"[\d０-９]+[^\d０-９.,，．\s]")
"""The rest of a number with something behind it, which only a number that stands alone in its cell has."""
WIDE_SPACE = "    "
"""Stands for a gap that parts two columns."""


Piece = tuple[str, float, float]
"""A part of a line with its left and right."""
FinePiece = tuple[str, Box]
"""A part of a line with its own box: parts of one line can be a little higher or lower."""


class TextLine(NamedTuple):
    """One line as printed."""

    text: str
    box: Box
    height: float
    """Of its largest characters, in points."""
    pieces: tuple[Piece, ...]
    """What wide gaps part, each with its left and right."""
    fine: tuple[FinePiece, ...]
    """What any gap parts."""

    @property
    def parted(self) -> TextLine:
        """The same line with what any gap parts set apart."""
        pieces = tuple((text, box[0], box[2]) for text, box in self.fine)
        return self._replace(text=WIDE_SPACE.join(text for text, _, _ in pieces), pieces=pieces)

    @classmethod
    def of(cls, text: str, box: Box) -> TextLine:
        """Return a line of one piece."""
        return cls(text, box, box[3] - box[1], ((text, box[0], box[2]),), ((text, box),))


def lines_of(characters: Sequence[Character]) -> list[TextLine]:
    """Return the lines of upright text, from top to bottom."""
    if not characters:
        return []
    _, lefts, bottoms, _, tops = zip(*characters, strict=True)
    level = min(bottoms) == max(bottoms) and min(tops) == max(tops)
    lines = (_line(row) for row in ([list(characters)] if level else _rows(characters, lefts, bottoms, tops)))
    return [line for line in lines if line.text]


def _rows(
    characters: Sequence[Character], lefts: Sequence[float], bottoms: Sequence[float], tops: Sequence[float]
) -> Iterable[list[Character]]:
    """Return what stands beside each other, from top to bottom."""
    rows: list[list[Character]] = []
    crossed = []
    middle = height = 0.0
    for key, _, index in sorted(zip(map(neg, map(add, bottoms, tops)), lefts, count())):
        at = -key / 2
        tall = tops[index] - bottoms[index]
        if not rows or middle - at > _SAME_LINE * max(height, tall):
            if rows and middle - at < _CROSSED * height:
                crossed.append(len(rows))
            rows.append([])
            middle, height = at, tall
        elif tall > height:
            if middle - at < _OFF * tall or tall > _LARGER * height:
                # It began with something smaller. What is as large, and lower, is of another cell.
                middle = at
            height = tall
        rows[-1].append(characters[index])
    for number in crossed:
        # One of them may have gone to the row above.
        if rows[number - 1]:
            rows[number - 1], rows[number] = _uncrossed(rows[number - 1], rows[number])
    return filter(None, rows)


def _uncrossed(upper: list[Character], lower: list[Character]) -> tuple[list[Character], list[Character]]:
    """Return two lines at nearly one height, of cells beside each other, with each word in one of them: characters of one word can be a little off."""
    height = max(character[4] - character[2] for character in upper)
    high, low = (_middle(character) for character in (upper[0], lower[0]))
    words: list[list[Character]] = []
    near: list[list[Character]] = []
    for character in sorted([*upper, *lower], key=itemgetter(1)):
        near = [word for word in near if character[1] - word[-1][3] < _FINE_GAP * height][-_MOST_NEAR:]
        for word in near:
            last = word[-1]
            if -_TOUCHING < (character[1] - last[3]) / height < _FINE_GAP and abs(_middle(last) - _middle(character)) < _OFF * height:
                word.append(character)
                break
        else:
            near.append([character])
            words.append(near[-1])
    rows: tuple[list[Character], list[Character]] = [], []
    for word in words:
        middle = sum(map(_middle, word)) / len(word)
        rows[abs(middle - low) < abs(middle - high)].extend(word)
    return rows


def _middle(character: Character) -> float:
    return (character[2] + character[4]) / 2


def _line(row: list[Character]) -> TextLine:
    row.sort(key=itemgetter(1))
    letters, lefts, bottoms, rights, tops = zip(*row, strict=True)
    height = max(map(sub, tops, bottoms))
    text = "".join(letters)
    # Most lines are words without a gap, so there is nothing to part.
    if not (
        max(map(sub, lefts[1:], rights), default=0.0) > _FIGURE_GAP * height or _PARTED.search(text) or any(map(eq, letters, letters[1:]))
    ):
        end = max(rights)
        box = (lefts[0], min(bottoms), end, max(tops))
        return TextLine(text, box, height, ((text, lefts[0], end),), ((text, box),))
    return _parted(row, height)


def _parted(row: list[Character], height: float) -> TextLine:
    """Return the line of characters in order with what gaps part."""
    figure_gap, word_gap, wide_gap = _FIGURE_GAP * height, _FINE_GAP * height, _WIDE_GAP * height
    pieces: list[Piece] = []
    fine: list[FinePiece] = []
    text, start, end = "", 0.0, 0.0
    word, word_start, low, high = "", 0.0, 0.0, 0.0
    last, last_left, space = "", 0.0, False
    for character, left, bottom, right, top in row:
        if character == " ":
            space = True
            continue
        if character in _INVISIBLE:
            # Some fonts give them a width all the same.
            if word:
                text, word = text + character, word + character
            continue
        if last == character and left - last_left < _DOUBLE * (right - left):
            continue
        gap = left - end
        if word and (gap > word_gap or (gap > figure_gap and last.isdigit() and character.isdigit())):
            fine.append((word, (word_start, low, end, high)))
            word = ""
        between = ""
        if not last or gap > wide_gap:
            if text:
                pieces.append((text, start, end))
            text, start, end = character, left, right
        else:
            if space or (gap > 0 and _is_space(last, character, gap / height)):
                between = " "
            text += between + character
            if right > end:
                end = right
        if word:
            word += between + character
            if bottom < low:
                low = bottom
            if top > high:
                high = top
        else:
            word, word_start, low, high = character, left, bottom, top
        last, last_left, space = character, left, False
    if not text:
        return TextLine("", (0.0, 0.0, 0.0, 0.0), height, (), ())
    pieces.append((text, start, end))
    fine.append((word, (word_start, low, end, high)))
    box = (pieces[0][1], min([c[2] for c in row]), end, max([c[4] for c in row]))
    return TextLine(WIDE_SPACE.join([piece[0] for piece in pieces]), box, height, tuple(pieces), tuple(fine))


def _is_space(before: str, after: str, gap: float) -> bool:
    """Say whether a gap, in heights, is a space: Chinese characters are set apart to fill a line, letters and figures are not."""
    return gap > _CHINESE_GAP or (gap > _WORD_GAP and before.isascii() and after.isascii())


def cell_text(lines: Sequence[TextLine], turned: Sequence[tuple[int, list[Character]]], box: Box) -> str:
    """Return the text of a cell: lines joined where the cell was too narrow for one."""
    parts = [_joined(lines, box[0], box[2])] if lines else []
    for angle in sorted({angle for angle, _ in turned}):
        upright = [_upright(character, angle) for turn, run in turned if turn == angle for character in run]
        around = _upright(("", *box), angle)
        parts.append(_joined(lines_of(upright), around[1], around[3]))
    return "\n".join(part for part in parts if part)


def _upright(character: Character, angle: int) -> Character:
    text, left, bottom, right, top = character
    return (text, *turned((left, bottom, right, top), angle))


def _joined(lines: Sequence[TextLine], left: float, right: float) -> str:
    text = ""
    before: TextLine | None = None
    for line in lines:
        if before is not None:
            free = right - left - (before.box[2] - before.box[0])
            advance = (before.box[2] - before.box[0]) / len(before.text)
            text += glue(text[-1], line.text[0], full=free < _SIDES + _NEXT * advance or _REMARKED.match(line.text) is not None)
        text += line.text
        before = line
    return text


def glue(before: str, after: str, *, full: bool) -> str:
    """Return what stands between two lines of one phrase: nothing in Chinese, a space between words; figures go on where the line was full."""
    if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
        return ""
    if before.isdigit() and after.isdigit():
        return "" if full else "\n"
    return " "
