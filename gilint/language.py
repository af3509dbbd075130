"""Texts that exist in both languages, and how a message is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, NoReturn

from attrs import frozen

Language = Literal["zh", "en"]
_ALIKE = 0.6
"""Likeness, of 1, from which on one word may have been meant by another."""
_LONGEST_WORD = 100
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@frozen
class Text:
    """A text in Chinese and in English, possibly with ``{named}`` places to fill in.

    ``{count:cell|cells}`` gives the word that goes with a count, the first for 1; of a list its length counts.
    """

    zh: str
    en: str

    def in_language(self, language: Language, arguments: Mapping[str, Any] | None = None) -> str:
        """Return the text in one language, filled with ``arguments``.

        Arguments that are themselves a `Text` are given in the same language; sequences are joined with the
        list comma of the language. A sequence that ends with ``...`` goes on.

        Raises:
            KeyError: the text names a place for which there is no argument.
            UsageError: there are no texts in that language.
        """
        template = self.zh if language == "zh" else self.en if language == "en" else _refuse(language)
        if arguments is None:
            return template
        return template.format_map({key: _Argument(value, language) for key, value in arguments.items()})

    def filled(self, **arguments: Any) -> Text:
        """Return the same text with its ``{named}`` places filled in, in both languages.

        Raises:
            KeyError: the text names a place for which there is no argument.
        """
        return Text(self.in_language("zh", arguments), self.in_language("en", arguments))

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def _refuse(language: object) -> NoReturn:
    from gilint.errors import UsageError  # whose messages are texts

    message = Text("没有这种语言：{language}；可用：{known}", "no texts in the language {language}; there are: {known}")
    raise UsageError(message.filled(language=repr(language), known=LANGUAGES))


class _Argument(str):
    """An argument as it is printed, which knows its number."""

    __slots__ = ("is_one",)
    is_one: bool

    def __new__(cls, value: Any, language: Language) -> _Argument:
        argument = super().__new__(cls, say(value, language))
        argument.is_one = (len(value) if isinstance(value, (list, tuple)) else value) == 1
        return argument

    def __format__(self, words: str) -> str:
        one, bar, more = words.partition("|")
        if not bar:
            return super().__format__(words)
        return one if self.is_one else more


def say(value: Any, language: Language) -> str:
    """Return ``value`` as it is printed inside a message of ``language``."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (list, tuple)):
        items = [say(item, language) for item in value if item is not ...]
        more = "" if len(items) == len(value) else "……" if language == "zh" else ", …"
        return ("、" if language == "zh" else ", ").join(items) + more
    return str(value)


def with_hint(message: Text, word: str, known: Iterable[str]) -> Text:
    """Add to a message the known word that looks most like ``word``, of equals the first; the same message where none does."""
    near = _nearest(word, known)
    return message if near is None else Text(f"{message.zh}；是否指 {near}？", f"{message.en}; did you mean {near}?")


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=_compared(word), autojunk=False)
    nearest, best = None, 0.0
    for each in known:
        matcher.set_seq1(_compared(each))
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > best and (likeness := matcher.ratio()) > best:
            nearest, best = each, likeness
    return nearest if best >= _ALIKE else None


def _compared(word: str) -> str:
    """Return what counts of a word: neither capitals, nor what joins its parts, nor zeros before a number (``sum_01`` is as ``SUM001``)."""
    return re.sub(r"0+(?=[0-9])", "", word[:_LONGEST_WORD].casefold()).replace("_", "").replace("-", "").replace(" ", "")
