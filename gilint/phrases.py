"""Lists of phrases that have no place in a government text, as data: a phrase a line under ``[kind]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from attrs import frozen

from gilint.data import Data
from gilint.errors import PluginError
from gilint.language import Text, with_hint


class PhraseKind(StrEnum):
    """What a phrase advertises."""

    GAMBLING = "gambling"
    PORNOGRAPHY = "pornography"
    APPS = "apps"
    DOCUMENTS = "documents"
    SEARCH = "search"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """The kind in words."""
        return _KINDS[self]


_KINDS = {
    PhraseKind.GAMBLING: Text("赌博、博彩", "gambling"),
    PhraseKind.PORNOGRAPHY: Text("色情低俗", "pornography"),
    PhraseKind.APPS: Text("应用推广", "promotion of apps"),
    PhraseKind.DOCUMENTS: Text("制售假证假票", "counterfeit documents"),
    PhraseKind.SEARCH: Text("搜索引擎推广", "search engine spam"),
    PhraseKind.OTHER: Text("推广", "advertising"),
}


@frozen(eq=False, repr=False)
class Phrase(Data):
    """Words that give an injected text away."""

    words: str
    """In small letters; the text is compared without regard to capitals."""
    kind: PhraseKind


def parse_phrases(text: str) -> Iterator[Phrase]:
    """Read a list: ``[kind]`` in a line, its phrases a line each below; lines that begin with ``#`` are comments.

    Raises:
        PluginError: a kind that does not exist, a phrase before the first kind, or one of a single character.
    """
    kind = None
    for line in text.splitlines():
        words = line.strip().lower()
        if not words or words.startswith("#"):
            continue
        if words.startswith("[") and words.endswith("]"):
            kind = _kind(words[1:-1])
        elif kind is None:
            raise PluginError(Text("短语“{words}”之前没有 [类别]", "no [kind] stands before the phrase “{words}”").filled(words=words))
        elif len(words) < 2:
            raise PluginError(Text("短语“{words}”太短", "the phrase “{words}” is too short").filled(words=words))
        else:
            yield Phrase(words, kind)


def _kind(name: str) -> PhraseKind:
    if name not in tuple(PhraseKind):
        raise PluginError(with_hint(Text("没有类别 {name}", "there is no kind {name}").filled(name=name), name, list(PhraseKind)))
    return PhraseKind(name)


def own_phrases(words: Iterable[str]) -> tuple[Phrase, ...]:
    """Return phrases that a configuration adds.

    Raises:
        ValueError: one of a single character.
    """
    phrases = tuple(Phrase(each.strip().lower(), PhraseKind.OTHER) for each in words)
    for phrase in phrases:
        if len(phrase.words) < 2:
            raise ValueError(Text("短语“{words}”太短", "the phrase “{words}” is too short").filled(words=phrase.words))
    return phrases
