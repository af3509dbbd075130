"""One line read as a heading: recognised by its words, whatever its numeral."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from attrs import evolve, frozen

from gilint.data import Data
from gilint.form import Form, SectionSpec
from gilint.patterns import deferred
from gilint.recognise.folding import fold, length_of_folded
from gilint.recognise.wording import CHINESE_DIGITS, FINANCIAL_DIGITS, LONGEST_HEAD, Wording, bare, chinese_numeral, wording_of

_FINANCIAL_DIGITS = str.maketrans(FINANCIAL_DIGITS, CHINESE_DIGITS)
_LONGEST_HEADING = 34
"""Folded characters of a heading that is not worded as the form has it."""
_SHORT = 40
"""Characters of a line that is remembered with what it was read as."""
_NUMERAL = re.compile(
    r"(?:(?P<part>第(?P<ordinal>[一二三四五六七八九十]{1,3}|\d{1,2})[部章节](?:分)?[、.,:;]?)"
    r"|(?P<chinese>[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})(?P<mark>[、.,:;·?]{0,2})"
    r"|(?P<arabic>\d{1,2})[、.,)]{1,2}(?!\d)"
    r"|\((?P<bracket>[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.,]?)"
)
_SENTENCE = deferred(r"[。;,!?]")
_CONTINUED = deferred(r"[、和及与的等以\]))/《]")
"""After the words of a heading, these make it part of a sentence."""
CONTENTS_LEADER = deferred(r"[.…·\-]*\d{1,3}$")
"""What a table of contents prints after a heading."""


class Style(IntEnum):
    """How a heading is numbered. The higher, the likelier it is a heading of the first level."""

    BRACKET = 0
    """(一) or (1): almost always a paragraph inside a section."""
    PLAIN = 1
    """No numeral."""
    ARABIC = 2
    """1. or 1、"""
    CHINESE = 3
    """一、 or 第一部分."""


@frozen(eq=False, repr=False)
class Heading(Data):
    """A line, or the beginning of one, that reads like a heading."""

    index: int
    """Which of the lines, counted from 0."""
    spec: SectionSpec | None
    """The section it begins; ``None`` for one that the form does not know."""
    numeral: str
    """In Chinese digits, whatever was printed; empty when there is none."""
    style: Style
    printed: str
    rest: str = ""
    """What follows on the same line."""
    lines: int = 1
    """How many lines it takes (a heading can be broken over two)."""
    exact: bool = True
    """Worded as the form has it."""

    def at(self, index: int) -> Heading:
        """Return the same heading as another line of its document."""
        return Heading(index, self.spec, self.numeral, self.style, self.printed, self.rest, self.lines, self.exact)

    @property
    def fits(self) -> bool:
        """Whether the numeral is the one that the form gives the section."""
        return self.spec is not None and self.numeral == chinese_numeral(self.spec.number)


def numeral_value(numeral: str) -> int:
    """Return the value of a numeral as `Heading` has it, 0 when it is none."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    value = (CHINESE_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (CHINESE_DIGITS.find(ones) + 1 if ones else 0)


def heading_of(text: str, form: Form) -> tuple[SectionSpec, str] | None:
    """Return the section whose heading a line is or begins with, and its numeral (``""`` when there is none).

    Looks at one line alone. A line inside a section can read exactly like a heading (``1.主动公开政府信息情况``);
    where the whole document is at hand, `locate_headings` decides better.
    """
    _, heading = read_line(text, wording_of(form), 0)
    if heading is None or heading.spec is None or heading.style is Style.BRACKET:
        return None
    return heading.spec, heading.numeral


def first_heading(texts: Iterable[str], form: Form) -> int | None:
    """Return the first of some lines that `heading_of` takes for a heading."""
    beginnings = wording_of(form).beginnings
    for place, text in enumerate(texts):
        if text[:1] in beginnings and heading_of(text, form) is not None:
            return place
    return None


def read_line(text: str, words: Wording, index: int) -> tuple[bool, Heading | None]:
    """Say whether a line begins as headings do, and read it as one."""
    if len(text) > _SHORT:
        return _read_line(text, words, index)
    begins, heading = _read_short_line(text, words)
    return begins, heading.at(index) if heading is not None else None


def _read_line(text: str, words: Wording, index: int = 0) -> tuple[bool, Heading | None]:
    head = words.head(text)
    return (False, None) if head is None else (True, read_heading(text, words, index, head))


_read_short_line = lru_cache(maxsize=1024)(_read_line)
"""Remembers: the headings of all reports are worded alike, and a site repeats what it prints around them."""


def read_heading(text: str, words: Wording, index: int, head: str | None = None) -> Heading | None:
    """Read one line, whose folded beginning can be at hand, as a heading, without knowing its neighbours."""
    head = fold(text[:LONGEST_HEAD]) if head is None else head
    style, numeral, start, separated = numbering(head)
    core = head[start:]
    found = words.exact(core)
    if found is None:
        if style is not Style.CHINESE or not separated or len(text) > LONGEST_HEAD:
            return None
        return _read_similar(text, core, words, Heading(index, None, numeral, style, text, exact=False))
    spec, wording, length = found
    if style < Style.CHINESE and wording not in words.official:
        return None
    after = core[length:]
    if after[:2] in ("情况", "情形"):
        length, after = length + 2, after[2:]
    if after and not _may_follow(after, style, words):
        return None
    end = length_of_folded(text, start + length) if after else len(text)
    return Heading(index, spec, numeral, style, text[:end].strip(), text[end:].lstrip(" \t\u3000\u00a0:：。*#|_").strip())


def numbering(head: str) -> tuple[Style, str, int, bool]:
    """Return style, numeral and length of the numbering with which a folded line begins, and whether a mark ends it."""
    match = _NUMERAL.match(head)
    if match is None:
        return Style.PLAIN, "", 0, False
    if match["chinese"]:
        return Style.CHINESE, match["chinese"].translate(_FINANCIAL_DIGITS), match.end(), bool(match["mark"])
    if match["part"]:
        return Style.CHINESE, _in_chinese(match["ordinal"]), match.end(), True
    if match["arabic"]:
        return Style.ARABIC, _in_chinese(match["arabic"]), match.end(), True
    return Style.BRACKET, _in_chinese(match["bracket"]), match.end(), True


def _in_chinese(numeral: str) -> str:
    return chinese_numeral(int(numeral)) if numeral.isdecimal() else numeral


def _may_follow(after: str, style: Style, words: Wording) -> bool:
    """Say whether a heading can be followed by this on its line, or whether all of it is a sentence."""
    if CONTENTS_LEADER.match(after):
        return True
    if after[0] in "。:;":
        return True
    if style is not Style.CHINESE or _CONTINUED.match(after) or after[0] == ",":
        return False
    # 「一、总体情况二、主动公开…」: a list of the headings, not one of them.
    return words.exact(after[numbering(after)[2] :]) is None


def _read_similar(text: str, core: str, words: Wording, heading: Heading) -> Heading | None:
    """Read a line that is numbered like a heading but not worded as the form has it."""
    if not 2 <= len(core) <= _LONGEST_HEADING or _SENTENCE.search(core.rstrip("。:;")):
        return None
    if bare(core) in words.rows:
        return None
    return evolve(heading, spec=words.similar(core, heading.numeral), printed=text.strip())
