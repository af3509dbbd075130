"""What a paragraph has said so far: its clause, its numbers, and the statements made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from gilint.claims.model import ClaimKind, Number, Quotient, Reading, Scope
from gilint.claims.tokens import Token
from gilint.claims.vocabulary import Statement
from gilint.patterns import deferred

CASES = ("件", "宗", "起", "份", "例", "案", "件次")
"""Units in which applications are counted, and what else an organ handles; calls and visits (次) change no subject."""

_BLOCKING = frozenset(("foreign", "narrowing", "comparing", "gap"))
_FROM = ("来自", "由")
_FROM_BEGIN = frozenset(word[0] for word in _FROM)
REQUEST = frozenset(("request",))
"""What an application without a name means."""
_NO_MEANING: frozenset[str] = frozenset()


@define(eq=False, repr=False)
class Draft:
    """A claim before its place is known."""

    kind: ClaimKind
    subject: str
    value: Number
    readings: tuple[Reading, ...]
    start: int
    end: int
    unit: str = ""
    scope: Scope = Scope.YEAR
    weak: bool = False
    whole: int | None = None
    quotient: Quotient | None = None
    decimals: int = 0
    statement: Statement | None = None


@define(eq=False, repr=False)
class Clause:
    """What a clause has said so far."""

    begin: int
    words: list[Token] = field(factory=list)
    joins: list[int] = field(factory=list)
    marks: set[str] = field(factory=set)
    """Roles of words that were met, and ``gap``: something unknown stands behind a word; ``stray``: before the first; ``limited``: behind a denial;
    ``reason``: behind 因; ``actor``: right before a denial, so that it is somebody who did not."""
    denied: Token | None = None
    share: Token | None = None
    """The word for a share: 占, 办结率."""
    numbers: int = 0
    queue: list[list[Token]] = field(factory=list)
    """Of a list with 分别: what the next numbers are about."""

    @property
    def is_blocked(self) -> bool:
        """Whether its number means something else, less, or what nobody can say."""
        return not self.marks.isdisjoint(_BLOCKING)


@define(eq=False, repr=False)
class Count:
    """A number of the paragraph, for shares."""

    value: Number
    clause: int
    meanings: frozenset[str]
    sentence: int
    told: bool = False
    """Whether it is a statement about what the tables count."""


def meanings_of(word: Token) -> frozenset[str]:
    """Return what a word can mean, ``filler`` where it may also be passed over."""
    return word.meanings | {"filler"} if "filler" in word.roles else word.meanings


def together(words: Sequence[Token]) -> frozenset[str]:
    """Return all that words mean."""
    return words[0].meanings if len(words) == 1 else _NO_MEANING.union(*[word.meanings for word in words])


def about_disclosure(meanings: Iterable[frozenset[str]]) -> bool:
    """Say whether words with these meanings speak of disclosure."""
    return any(not each.isdisjoint(("disclosure", "application")) for each in meanings)


def split_at(words: Sequence[Token], joins: Sequence[int]) -> Iterator[list[Token]]:
    """Yield the words between the joins."""
    before = 0
    for at in (*joins, len(words)):
        if at > before:
            yield list(words[before:at])
        before = at


def ends_at(sentence: Sequence[Token], at: int) -> bool:
    """Say whether a clause ends here."""
    return at >= len(sentence) or sentence[at].kind == "separator" or "joining" in sentence[at].roles


def object_of(sentence: Sequence[Token], at: int) -> tuple[list[Token], int, bool]:
    """Return the known words that follow a number directly, where they end, and whether nothing unknown follows."""
    words: list[Token] = []
    while at < len(sentence):
        token = sentence[at]
        if token.kind == "number" and token.unit:
            # They belong to the next number.
            return [], at, True
        if token.kind != "word" or not token.roles.isdisjoint(("joining", "denying", "parts", "share", "every", "each", "comparing")):
            return words, at, token.kind in ("separator", "word", "percent")
        words.append(token)
        at += 1
    return words, at, True


def comes_from(sentence: Sequence[Token], at: int) -> bool:
    """Say whether it follows directly from whom a number comes, so that it is a part of what was named before it: 收到申请17件来自自然人，6件来自法人."""
    if at >= len(sentence) or sentence[at].text[0] not in _FROM_BEGIN:
        return False
    return "".join(token.text for token in sentence[at : at + 2]).startswith(_FROM)


def counts_unknown(sentence: Sequence[Token], at: int) -> bool:
    """Say whether a number counts cases of which no word is known: 法律援助案件23件."""
    if sentence[at].unit not in CASES:
        return False
    while at and sentence[at - 1].kind in ("residue", "word"):
        at -= 1
        if sentence[at].kind == "residue" and len(sentence[at].text) > 1:
            return True
    return False


_NUMBER = r"[0-9零一二三四五六七八九十百千]{1,9}[件份篇个]"
_SORTED = deferred(
    rf"(?:(?:公文|发文|文件)[^0-9,;:()]{{0,8}}{_NUMBER}|属性)[^;]{{0,40}}?主动公开[^0-9,;]{{0,4}}{_NUMBER}"
    rf"|主动公开[^0-9,;]{{0,4}}{_NUMBER}[^;]{{0,12}}?依申请公开[^0-9,;]{{0,4}}{_NUMBER}[^;]{{0,12}}?(?:不予公开|不公开|免予公开|部分公开)[^0-9,;]{{0,4}}{_NUMBER}"
)


def sorts_papers(text: str) -> bool:
    """Say whether a sentence sorts the organ's own papers by whom they are open to: 制发公文80件，其中主动公开60件、依申请公开12件、不予公开8件."""
    return "主动公开" in text and _SORTED.search(text) is not None


def is_bracketed(sentence: Sequence[Token], at: int) -> bool:
    """Say whether a share stands alone in brackets behind the number of which it is: 予以公开3件(15%)."""
    around = (sentence[at - 1].text, sentence[at + 1].text) if 2 <= at < len(sentence) - 1 else ("", "")
    return around == ("(", ")") and sentence[at - 2].kind == "number"
