"""Chinese and English text cut into lines of a given width.

Chinese has no spaces to break at, and rules of its own: no line begins with a comma or ends with an opening bracket. A character takes two columns.
"""

from __future__ import annotations

import unicodedata

_NOT_FIRST = frozenset("。，、；：？！）》〉】〕」』”’…·%‰)],.;:?!")
_NOT_LAST = frozenset("（《〈【〔「『“‘([")
_OPERATORS = frozenset("=≠+<>≤≥·→")
"""A line begins with a sign, and never ends with one."""
_QUOTES = frozenset("“”‘’…")
"""Of one column in a terminal, and yet part of Chinese text."""


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """Return a text as lines of at most ``room`` columns, without spaces at their ends."""
    starts = [0, *breaks(text, room)]
    return [text[start:end].rstrip(" ") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def breaks(text: str, room: int) -> list[int]:
    """Return where in a text new lines begin, so that none is wider than ``room`` columns; a word that is wider itself is cut."""
    found: list[int] = []
    start, used, last = 0, 0, 0
    word = ""  # the last character that is no space
    for at, character in enumerate(text):
        if at > start and _may_break(text[at - 1], character, word):
            last = at
        if character != " ":
            word = character
        width = _width(character)
        while character != " " and used + width > room and at > start:
            start = last if last > start else at
            found.append(start)
            used = columns(text[start:at])
        used += width
    return found


def _may_break(before: str, after: str, word: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before != " ":
        return _is_chinese(before) or _is_chinese(after)
    # A number stays with the Chinese word that it counts: 有 5 格.
    counted = (word.isdigit() and _is_chinese(after)) or (_is_chinese(word) and after.isdigit())
    return word not in _OPERATORS and not counted


def _is_chinese(character: str) -> bool:
    return character in _QUOTES or (character != "" and unicodedata.east_asian_width(character) in "WF")
