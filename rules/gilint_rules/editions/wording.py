"""How labels and headings are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from gilint import Text

COMPARABLE = Text(
    "全国统一格式是为了各机关、各年度的数据可以比较和汇总；改动格式，数据就对不上。",
    "The uniform format makes the figures of all organs and years comparable; where it is changed they no longer match.",
)
"""Why the layout matters."""
_NUMBERING = re.compile(
    r"第[一二三四五六七八九十]{1,3}(?:部分|章|节)[、.．,，:：\s]*|[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）]?[、.．,，:：\s]\s*"
)
_SHORT = 64
"""Characters of a text that is worth remembering."""
_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return what is left of a label for comparing: neither spaces nor punctuation nor numbering."""
    return _remembered(text) if len(text) <= _SHORT else _plain(text)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    return _NO_WORD.sub("", _NUMBERING.sub("", text, count=1))


_remembered = lru_cache(maxsize=1024)(_plain)
"""Nearly all reports have the same headings."""


def cut_short(printed: str, official: str) -> bool:
    """Say whether all that is printed stands in the official label in the same order: a header that lost characters."""
    characters = iter(official)
    return bool(printed) and all(character in characters for character in printed)


def likeness(printed: str, official: Iterable[str]) -> float:
    """Return how alike a printed label is to the nearest of the official wordings, 0 to 1."""
    from difflib import SequenceMatcher  # not above: most reports have no label that is worded otherwise

    stripped = plain(printed)
    return max((SequenceMatcher(None, stripped, plain(wording), autojunk=False).ratio() for wording in official), default=0.0)
