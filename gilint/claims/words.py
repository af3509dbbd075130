"""A thousand words looked for at once. Python takes longer to compile a pattern of as many than to read several reports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property


class Words:
    """Words to be found at a place of a text, the longest of those that fit."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self.lengths: Mapping[str, tuple[int, ...]] = {
            first: tuple(sorted(found | lengths.get(first[0], found), reverse=True)) for first, found in lengths.items()
        }
        """The first two characters of words to how long these are, the longest first: that tells nearly always whether one begins somewhere.
        The first one alone to 1, where it is a word."""

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, _shortest(self._words))) or "(?!)")

    def at(self, text: str, position: int) -> str:
        """Return the longest word that begins at a position, ``""`` where none does."""
        lengths = self.lengths
        for length in lengths.get(text[position : position + 2]) or lengths.get(text[position], ()):
            if (word := text[position : position + length]) in self._words:
                return word
        return ""

    def are_in(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Say whether there is any word between two positions of a text."""
        return self._any.search(text, start, end) is not None

    def within(self, text: str) -> Iterator[str]:
        """Yield the words in a text from left to right; none of them overlap."""
        at = 0
        while at < len(text):
            if word := self.at(text, at):
                yield word
            at += len(word) or 1


def any_of(words: Iterable[str], *others: tuple[str, str]) -> re.Pattern[str]:
    """Return a pattern that finds whether a text has any of some words, or of ``others``.

    One set of characters comes first: what is none of them is passed at once, where a choice would be tried at every character.

    Args:
        words: the words.
        others: each a set of characters, as it is written within brackets, and a pattern for what is before and behind one of them.
    """
    kept = _shortest(words)
    singles = "".join(re.escape(word) for word in kept if len(word) == 1)
    choices = [(singles, "")] if singles else []
    choices += [*others, *((re.escape(word[0]), re.escape(word[1:])) for word in kept if len(word) > 1)]
    firsts = "".join(first for first, _ in choices)
    return re.compile(rf"[{firsts}](?:{'|'.join(f'(?<=[{first}]){rest}' for first, rest in choices)})")


def _shortest(words: Iterable[str]) -> list[str]:
    """Return the words that have no other one in them: a text without these has none."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(other in word for other in kept):
            kept.append(word)
    return kept
