"""Finds many phrases in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from gilint import Phrase, PhraseKind

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

FEW = 20_000
"""Characters that a process looks through phrase by phrase before it loads the library, which takes as long as looking through some thirty pages."""
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SMALL_LETTERS = {code + 32: code for code in _CAPITALS}
_KELVIN = "\u212a"
"""The one capital besides those of ASCII of which the small letter is of ASCII, and takes the place of one character: a k."""


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
    _automaton: BytesAhoCorasick | None = field(default=None, init=False)
    _plain: bool = field(default=False, init=False)
    """Whether no letter of the phrases has another capital than those of ASCII."""

    def find(self, text: str) -> Iterator[Match]:
        """Yield the phrases in ``text`` from left to right, of those that overlap the first, of those that begin together the longest."""
        if not text or not self.phrases:
            return
        if self._automaton is None:
            self._searched += len(text)
            folded = _folded(text)
            if self._searched <= FEW and not any(phrase.words in folded for phrase in self.phrases):
                return
            from ahocorasick_rs import BytesAhoCorasick, MatchKind

            self._automaton = BytesAhoCorasick([_encoded(phrase.words) for phrase in self.phrases], matchkind=MatchKind.LeftmostLongest)
            written = "".join([phrase.words for phrase in self.phrases])
            self._plain = written.upper() == written.translate(_SMALL_LETTERS)
        # Bytes, for those of a text become small letters in a third of the time, and no place need be counted in characters where nothing is found.
        data = _encoded(text).lower() if self._plain and _KELVIN not in text else _encoded(_folded(text))
        passed = begin = 0
        for number, start, end in self._automaton.find_matches_as_indexes(data):
            begin += _characters(data[passed:start])
            length = _characters(data[start:end])
            yield Match(begin, begin + length, self.phrases[number].kind)
            begin, passed = begin + length, end


def _folded(text: str) -> str:
    folded = text.lower()
    # Capitals of some languages become two letters, and then places would not agree.
    return folded if len(folded) == len(text) else text.translate(_CAPITALS)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _characters(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogatepass"))
