"""A thousand words looked for at once. Python takes longer to compile a pattern of as many than to read a report, and tries its branches at every character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

_END = ""
"""Marks the end of a word in a tree of characters."""


class Words:
    """Words to be found at a place of a text, the longest of those that fit: a tree of their characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for word in words:
            node = self._tree
            for character in word:
                node = node.setdefault(character, {})
            node[_END] = {}

    @cached_property
    def _firsts(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(map(re.escape, self._tree))}]")

    def at(self, text: str, position: int) -> str:
        """Return the longest word that begins at a position, ``""`` where none does."""
        node: dict[str, Any] | None = self._tree.get(text[position])
        end = at = position
        while node is not None:
            at += 1
            if _END in node:
                end = at
            node = node.get(text[at]) if at < len(text) else None
        return text[position:end]

    def within(self, text: str) -> Iterator[str]:
        """Yield the words in a text from left to right; none of them overlap."""
        end = 0
        for first in self._firsts.finditer(text):
            if first.start() >= end and (word := self.at(text, first.start())):
                end = first.start() + len(word)
                yield word


def any_of(words: Iterable[str], *others: tuple[str, str]) -> re.Pattern[str]:
    """Return a pattern that finds whether a text has any of some words, or of ``others``.

    One set of characters comes first: what is none of them is passed at once, where a choice would be tried at every character.

    Args:
        words: the words.
        others: each a set of characters, as it is written within brackets, and a pattern for what is before and behind one of them.
    """
    kept: list[str] = []
    for word in sorted(words, key=len):
        # A word that has another one in it is found by that.
        if not any(other in word for other in kept):
            kept.append(word)
    singles = "".join(re.escape(word) for word in kept if len(word) == 1)
    choices = [(singles, "")] if singles else []
    choices += [*others, *((re.escape(word[0]), re.escape(word[1:])) for word in kept if len(word) > 1)]
    firsts = "".join(first for first, _ in choices)
    return re.compile(rf"[{firsts}](?:{'|'.join(f'(?<=[{first}]){rest}' for first, rest in choices)})")
