"""What the headings of a form look like: their wordings, and by which beginnings most lines are turned away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from gilint.form import Form, SectionSpec
from gilint.recognise.folding import fold, printed_edges

CHINESE_DIGITS = "一二三四五六七八九十"
FINANCIAL_DIGITS = "壹贰叁肆伍陆柒捌玖拾"
LONGEST_HEAD = 72
"""A heading stands within the first characters of its line; what follows is not looked at."""
_SURE = 8
"""Characters of an official wording that tell it from other lines: 主动公开政府信息, not 主动公开情况; 政府信息公开行政, not 政府信息公开指南."""


@lru_cache(maxsize=128)
def chinese_numeral(number: int) -> str:
    """Return 1 to 99 in Chinese digits (12 is 十二); other numbers as they are."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "" if ones == 0 else CHINESE_DIGITS[ones - 1]
    if tens == 0:
        return digits
    return ("" if tens == 1 else CHINESE_DIGITS[tens - 1]) + "十" + digits


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


_PUNCTUATION = "、,.;:·()-"
_BETWEEN_WORDS = re.compile(f"[{re.escape(_PUNCTUATION)}]+")


def bare(folded: str) -> str:
    """Return a folded text without the punctuation that headings are printed with and without."""
    return _BETWEEN_WORDS.sub("", folded)


class Wording:
    """What the headings of one form look like."""

    def __init__(
        self,
        wordings: Mapping[str, tuple[tuple[str, SectionSpec], ...]],
        official: frozenset[str],
        telling: Mapping[str, tuple[SectionSpec, frozenset[str]]],
        beginnings: frozenset[str],
        gate: re.Pattern[str],
        rows: frozenset[str],
    ) -> None:
        self.wordings = wordings
        """By their first character: folded labels and variants without punctuation, longest first, and their sections."""
        self.official = official
        """Wordings so distinctive that they need no numeral to be a heading."""
        self.telling = telling
        """Per section the pairs of characters that no other section's label has."""
        self.beginnings = beginnings
        """The printed characters with which a heading can begin: most lines of a document are turned away here."""
        self.gate = gate
        """What a folded line must begin with to be looked at."""
        self.rows = rows
        """Folded row labels of the tables, some of which are numbered like sections."""

    def head(self, text: str) -> str | None:
        """Return the folded beginning of a line that can be a heading, ``None`` for most others."""
        if text[:1] not in self.beginnings:
            return None
        head = fold(text[:LONGEST_HEAD])
        return head if self.gate.match(head) else None

    def exact(self, core: str) -> tuple[SectionSpec, str, int] | None:
        """Return the section whose wording ``core`` begins with, the wording, and how much of ``core`` that is."""
        words_only = bare(core)
        for words, spec in self.wordings.get(words_only[:1], ()):
            if words_only.startswith(words):
                length = len(words)
                return spec, words, length if len(words_only) == len(core) else _length_with_punctuation(core, length)
        return None

    def similar(self, core: str, numeral: str) -> SectionSpec | None:
        """Return the section whose label shares most of its telling words with ``core``; with the right numeral fewer suffice."""
        pairs = _bigrams(bare(core))
        best, share = None, 0.0
        for spec, telling in self.telling.values():
            common = len(pairs & telling) / len(telling) if telling else 0.0
            if common > share:
                best, share = spec, common
        if best is None or share < (0.3 if numeral == chinese_numeral(best.number) else 0.5):
            return None
        return best

    def related(self, printed: str, spec: SectionSpec) -> bool:
        """Say whether a heading shares words with the label of a section that no other section's label has."""
        return not self.telling[spec.name][1].isdisjoint(_bigrams(bare(fold(printed))))


def _length_with_punctuation(core: str, length: int) -> int:
    seen = 0
    for position, character in enumerate(core):
        if seen == length:
            return position
        seen += character not in _PUNCTUATION
    return len(core)


@lru_cache(maxsize=64)
def wording_of(form: Form) -> Wording:
    """Compile the wording of a form: a pure function of it, kept because every line of every document asks."""
    wordings: dict[str, SectionSpec] = {}
    official: set[str] = set()
    labels: dict[str, frozenset[str]] = {}
    for spec in form.sections:
        for place, printed in enumerate((spec.label.zh, *spec.variants)):
            words = bare(fold(printed))
            wordings.setdefault(words, spec)
            if place == 0 or len(words) >= 9:
                official.add(words)
        labels[spec.name] = _bigrams(bare(fold(spec.label.zh)))
    shared = Counter(pair for pairs in labels.values() for pair in pairs)
    telling = {spec.name: (spec, frozenset(pair for pair in labels[spec.name] if shared[pair] == 1)) for spec in form.sections}
    rows = {bare(fold(row.label.zh)) for table in form.tables for row in table.rows}
    longest_first = sorted(wordings.items(), key=lambda item: len(item[0]), reverse=True)
    first = dict.fromkeys(words[:1] for words in wordings)
    return Wording(
        wordings={start: tuple(item for item in longest_first if item[0][:1] == start) for start in first},
        official=frozenset(official),
        telling=telling,
        beginnings=printed_edges("第(0123456789" + CHINESE_DIGITS + FINANCIAL_DIGITS + "".join(first)),
        gate=_gate(wordings, official),
        rows=frozenset(rows),
    )


def _gate(wordings: Iterable[str], official: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the beginnings of folded lines that can be headings.

    After a Chinese numeral any wording can follow, also one that is none of the form's; elsewhere only an official one is a heading.
    """
    # More than the punctuation of `_bare`, which is asked later: to compile that set for every letter would take longer than to lint a page.
    between = r"\W*+"
    pairs = "|".join(sorted({re.escape(words[:2]) for words in wordings if len(words) > 1}))
    sure = "|".join(
        sorted(
            {re.escape(words[:2]) + "".join(between + re.escape(word) for word in words[2:_SURE]) for words in official if len(words) > 1}
        )
    )
    digits = f"[{CHINESE_DIGITS}{FINANCIAL_DIGITS}]"
    return re.compile(
        f"第(?:{digits}|[0-9])|{digits}{{1,3}}(?:[、.,:;·?]|$|{pairs})"
        f"|(?:[0-9]{{1,2}}[、.,)]{{1,2}}|\\((?:{digits}|[0-9]){{1,3}}\\)[、.,:;·]?)?(?:{sure})"
    )
