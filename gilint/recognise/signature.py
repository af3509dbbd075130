"""Who has signed a report, and in which year."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.document import Paragraph
from gilint.patterns import deferred
from gilint.recognise.folding import fold
from gilint.recognise.titles import ARABIC_YEAR, MILLENNIUM, YEAR, named_organ, year_of

_CLOSING = 40
"""Paragraphs at the end in which a signature is looked for (site furniture comes last)."""
_UNDERSIGNED = r"([^,。;:\d]{{2,45}}?)?(?:\(?盖?章\))?({})年[\d一二三十元]{{1,3}}月[\d一二三十]{{1,3}}日"
_SIGNED = deferred(_UNDERSIGNED.format(ARABIC_YEAR))
_SIGNED_IN_ANY_DIGITS = deferred(_UNDERSIGNED.format(YEAR))


class Signature:
    """The organ under a report, and the date."""

    def __init__(self, organ: str | None = None, year: int | None = None) -> None:
        self.organ = organ
        self.year = year
        """Of the date under it, which is the year of publication."""


def signature_of(paragraphs: Sequence[Paragraph]) -> Signature:
    """Return the last date that stands alone near the end, and the organ on its line or the one before."""
    for place in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 1 - _CLOSING), -1):
        text = paragraphs[place].text
        if len(text) > 80 or "日" not in text:
            continue
        folded = fold(text)
        match = (_SIGNED_IN_ANY_DIGITS if MILLENNIUM in folded else _SIGNED).fullmatch(folded)
        if match is None:
            continue
        organ = named_organ(match[1]) if match[1] else None
        if organ is None and place and len(paragraphs[place - 1].text) <= 60:
            organ = named_organ(paragraphs[place - 1].text)
        return Signature(organ, year_of(match[2]))
    return Signature()
