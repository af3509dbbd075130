"""A sentence cut into numbers, words that are known, and what is between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gilint.claims.model import Number
from gilint.claims.vocabulary import NUMERALS, Vocabulary

_FOLDED = {ord("０") + digit: str(digit) for digit in range(10)} | {
    **dict.fromkeys(map(ord, " \t\r\n\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u3000\ufeff“”‘’\"'*"), ""),
    **{ord(wide): plain for wide, plain in zip("（）：；．％！？", "():;.%!?", strict=True)},
}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BEGINNING_FIGURES = frozenset(f"0123456789{NUMERALS}第《[〔,，;；:：()（）!?.")
_LONGEST_NUMBER = 15
_EMPTY: frozenset[str] = frozenset()


class Token(NamedTuple):
    """One token; a word that is not known has neither roles nor meanings."""

    kind: str
    """``number``, ``percent``, ``year``, ``word``, ``separator``, ``aside`` (a date, a title), or ``residue``: words that are not known."""
    text: str
    start: int
    end: int
    value: Number | None = None
    """Of a number: ``None`` where it is only about so many."""
    unit: str = ""
    roles: frozenset[str] = _EMPTY
    meanings: frozenset[str] = _EMPTY


def fold(text: str) -> str:
    """Return a text without spaces and quotation marks, digits and punctuation of one width."""
    return text.translate(_FOLDED)


def offsets(text: str) -> list[int]:
    """Return for each character of the folded text, and for its end, where it stands in the text."""
    kept = [at for at, character in enumerate(text) if _FOLDED.get(ord(character)) != ""]
    return [*kept, len(text)]


def tokens(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """Yield the tokens of a folded sentence."""
    figures, words = vocabulary.figures.match, vocabulary.words.at
    at, last = 0, 0
    while at < len(text):
        character = text[at]
        found = figures(text, at) if character in _BEGINNING_FIGURES or character.isdecimal() else None
        word = "" if found is not None else words(text, at)
        if found is None and not word:
            at += 1
            continue
        if at > last:
            yield Token("residue", text[last:at], last, at)
        last = at + len(word) if found is None else found.end()
        if found is not None:
            yield _figure(found)
        else:
            yield Token("word", word, at, last, None, "", vocabulary.roles.get(word, _EMPTY), vocabulary.meanings.get(word, _EMPTY))
        at = last
    if len(text) > last:
        yield Token("residue", text[last:], last, len(text))


def _figure(found: re.Match[str]) -> Token:
    (at, end), kind = found.span(), found.lastgroup
    if kind == "separator":
        return Token("separator", found[0], at, end)
    if found["number"]:
        return Token("percent" if found["unit"] == "%" else "number", found[0], at, end, _number(found), found["unit"] or "")
    if kind == "year":
        return Token("year", found[0], at, end, int(found[0][:4]))
    if found["numeral"]:
        return Token("number", found[0], at, end, None if found["some"] else read_numeral(found["numeral"]), found["its_unit"])
    return Token("aside", found[0], at, end, unit=found["date"] or "")


def _number(found: re.Match[str]) -> Number | None:
    if found["more"] or len(found["number"]) > _LONGEST_NUMBER or len(found["fraction"] or "") > _LONGEST_NUMBER:
        return None
    value = Decimal(found["number"].replace(",", "").replace("，", "") + (found["fraction"] or ""))
    if found["much"]:
        value *= 10_000 if found["much"] == "万" else 100_000_000
    # A share keeps the digits that were printed.
    return value if found["unit"] == "%" or value != int(value) else int(value)


def read_numeral(text: str) -> int | None:
    """Return the number that Chinese numerals write (一千零五, 二〇三), ``None`` for what is none."""
    if not any(character in "十百千万" for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, section, digit = 0, 0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + (digit or 0)) * 10_000, 0, None
        else:
            section += (1 if digit is None else digit) * _TENS[character]
            digit = None
    return total + section + (digit or 0)
