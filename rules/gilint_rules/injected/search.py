"""Finds many phrases in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from gilint import Phrase, PhraseKind

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

FEW = 20_000
"""Characters that a process looks through phrase by phrase before it loads the library, which takes as long as looking through some thirty pages."""
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Match(NamedTuple):
    """Where a phrase stands."""

    start: int
    end: int
    kind: PhraseKind


@define(eq=False, repr=False)
class Finder:
    """Looks for the same phrases in one text after the other."""

    phrases: tuple[Phrase, ...]
    _searched: int = field(default=0, init=False)
    _automaton: AhoCorasick | None = field(default=None, init=False)

    def find(self, text: str) -> Iterator[Match]:
        """Yield the phrases in ``text`` from left to right, of those that overlap the first, of those that begin together the longest."""
        if not text or not self.phrases:
            return
        folded = text.lower()
        if len(folded) != len(text):  # Capitals of some languages become two letters, and then places would not agree.
            folded = text.translate(_CAPITALS)
        if self._automaton is None:
            self._searched += len(folded)
            if self._searched <= FEW and not any(phrase.words in folded for phrase in self.phrases):
                return
            from ahocorasick_rs import AhoCorasick, MatchKind

            self._automaton = AhoCorasick([phrase.words for phrase in self.phrases], matchkind=MatchKind.LeftmostLongest)
        for number, start, end in self._automaton.find_matches_as_indexes(folded):
            yield Match(start, end, self.phrases[number].kind)
