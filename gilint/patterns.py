"""Regular expressions for what few documents have, compiled when they are first looked for, and looked for where they can be.

Python compiles a regular expression in 0.1 to 1 ms, the longer the more Chinese characters its sets hold. All that gilint has would take as long as to lint many
pages, so those that a usual page does not need are declared by `deferred`; what every page needs is compiled by `re.compile` as ever.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern, and has its methods from the first use on."""

    __slots__ = ("_flags", "_text", *_METHODS)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there: a method before the first use, or an attribute that is not worth a slot.
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lines_with(text: str, *words: str, broken: bool = False) -> list[tuple[int, int]]:
    """Return where the lines begin and end in which any of some words occurs, each line once, from top to bottom.

    Python finds a word in a tenth of the time in which it passes a text by the simplest pattern, and in a hundredth of what most patterns take, which are tried at
    every character. So a pattern that cannot match without one of a few words is tried in their lines only.

    Args:
        text: where to look.
        words: what to look for, without line feeds.
        broken: take the line after it with each, for what goes on there.
    """
    lines: dict[int, int] = {}
    for word in words:
        # A character is found sooner still, and most words that are looked for begin or end with one that the text does not have.
        at = text.find(word) if word[0] in text and word[-1] in text else -1
        while at >= 0:
            end = _line_end(text, at)
            lines[text.rfind("\n", 0, at) + 1] = end
            at = text.find(word, end)
    if not broken:
        return sorted(lines.items())
    joined: list[tuple[int, int]] = []
    for start, end in sorted(lines.items()):
        first = joined.pop()[0] if joined and joined[-1][1] >= start else start
        joined.append((first, _line_end(text, end + 1)))
    return joined


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def either(characters: str) -> str:
    """Return a pattern for one of a few characters which takes Python less time to compile than a set of them, and more to match.

    Any set of three or more Chinese characters is compiled by way of a map of all that there are. So this is for what stands deep within a pattern, where few texts get.
    """
    *others, last = map(re.escape, characters)
    # A look ahead for nothing keeps Python from making a set of the choices.
    return f"(?:{'|'.join(others)}|(?=){last})"


def deferred(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but compile it when it is first used; a mistake in it is raised only then."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
