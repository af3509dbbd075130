"""Radicals that PDF converters print where a character stands (⼀ for 一, ⺠ for 民).

A font of a browser or of WPS has one drawing for both, and the way back picks the radical. It is the same character for every reader.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from gilint.patterns import deferred

_RADICAL = deferred("[\u2e80-\u2fd5]")
# Normalisation knows the Kangxi radicals, but hardly any of the supplement.
_SUPPLEMENT = "⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⻳龟⺠民⺟母⺝月⺢水⺩王⺫目⺬示⺮竹⺰纟⺶羊⺼肉⻁虎⻂衣⻑長⻨麦⻪黾⻭歯⻯竜⺎兀⺐尢⺒巳⺓幺"


def without_radicals(text: str) -> str:
    """Return ``text`` with characters in the place of radicals; every position stays as it is."""
    return text.translate(_characters()) if _RADICAL.search(text) else text


@cache
def _characters() -> dict[int, str]:
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))
