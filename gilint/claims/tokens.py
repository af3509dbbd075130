"""A sentence cut into numbers, words that are known, and what is between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gilint.claims.model import Number
from gilint.claims.vocabulary import NUMERALS, Vocabulary

_FOLDED = {ord("０") + digit: str(digit) for digit in range(10)} | {
    **dict.fromkeys(map(ord, " \t\r\n\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u3000\ufeff“”‘’\"'*"), ""),
    **{ord(wide): plain for wide, plain in zip("（）：；．％！？", "():;.%!?", strict=True)},
}
_TO_FOLD = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_LEFT_OUT = re.compile(f"[{''.join(chr(code) for code, plain in _FOLDED.items() if not plain)}]")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BEGINNING_FIGURES = frozenset(f"0123456789{NUMERALS}第《[〔,，;；:：()（）!?.")
_SEPARATORS = frozenset(",，;；:：()（）!?")
_LONGEST_NUMBER = 15
_EMPTY: frozenset[str] = frozenset()
_OF_NUMBERS = frozenset(("number", "fraction", "much", "more", "unit"))


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


_new = tuple.__new__
"""Makes a token in half the time of a call of its class."""


def fold(text: str) -> str:
    """Return a text without spaces and quotation marks, digits and punctuation of one width."""
    return _TO_FOLD.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    return _FOLDED[ord(found[0])]


def offsets(text: str) -> Sequence[int]:
    """Return for each character of the folded text, and for its end, where it stands in the text."""
    if not _LEFT_OUT.search(text):
        return range(len(text) + 1)
    kept = [at for at, character in enumerate(text) if _FOLDED.get(ord(character)) != ""]
    return [*kept, len(text)]


def tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """Return the tokens of a folded sentence."""
    figures, lengths, does = vocabulary.figures.match, vocabulary.words.lengths.get, vocabulary.does.get
    made: list[Token] = []
    at, last, size = 0, 0, len(text)
    while at < size:
        character = text[at]
        if character in _SEPARATORS:
            token = _new(Token, ("separator", character, at, at + 1, None, "", _EMPTY, _EMPTY))
        elif (character in _BEGINNING_FIGURES or character.isdecimal()) and (found := figures(text, at)) is not None:
            token = _figure(found)
        else:
            # As `Words.at` finds them; a call for every character would take longer than all else here.
            for length in lengths(text[at : at + 2]) or lengths(character, ()):
                if doing := does(word := text[at : at + length]):
                    token = _new(Token, ("word", word, at, at + len(word), None, "", *doing))
                    break
            else:
                at += 1
                continue
        if at > last:
            made.append(_new(Token, ("residue", text[last:at], last, at, None, "", _EMPTY, _EMPTY)))
        made.append(token)
        at = last = token.end
    if size > last:
        made.append(Token("residue", text[last:], last, size))
    return made


def _figure(found: re.Match[str]) -> Token:
    (at, end), kind = found.span(), found.lastgroup
    if kind in _OF_NUMBERS:
        number, fraction, much, more, unit = found.group("number", "fraction", "much", "more", "unit")
        return Token("percent" if unit == "%" else "number", found[0], at, end, _number(number, fraction, much, more, unit), unit or "")
    if kind == "its_unit":
        return Token("number", found[0], at, end, None if found["some"] else read_numeral(found["numeral"]), found["its_unit"])
    if kind == "year":
        return Token("year", found[0], at, end, int(found[0][:4]))
    return Token("separator" if kind == "separator" else "aside", found[0], at, end, None, found["date"] or "")


def _number(number: str, fraction: str | None, much: str | None, more: str | None, unit: str | None) -> Number | None:
    if more or len(number) > _LONGEST_NUMBER or len(fraction or "") > _LONGEST_NUMBER:
        return None
    whole = number.replace(",", "").replace("，", "")
    if not fraction and not much and unit != "%":
        return int(whole)
    value = Decimal(whole + (fraction or ""))
    if much:
        value *= 10_000 if much == "万" else 100_000_000
    # A share keeps the digits that were printed.
    return value if unit == "%" or value != int(value) else int(value)


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
