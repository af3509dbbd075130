"""Where the characters of paragraphs stand in the source of a page: the two are followed side by side, markup skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from attrs import define, field

from gilint.patterns import deferred

_ENTITY = deferred(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = deferred(r"<(script|style|noscript|template|title|textarea)\b", re.IGNORECASE)
_WORD = deferred(r"[\u3400-\u9fff]{2,12}+|[A-Za-z0-9]{2,12}+|\S")
_BODY = deferred(r"<body\b[^>]*+", re.IGNORECASE)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BETWEEN = r"(?:\s|<[^<>]*+>|&nbsp;|&#160;)*+"
_AS_ENTITY = r"(?:{}|&(?!nbsp;|#160;)[#A-Za-z][A-Za-z0-9]{{1,31}};)"
_FIRST = 4
"""Characters by which a paragraph is looked for whose first word markup parts."""
_CANDIDATES = 12
"""Places at which a paragraph is looked for; words of which a page has more before their own paragraph are those of a list."""
_LEAST = 6
"""Characters that must agree where not all of a paragraph does: something in it is hidden, or was tidied up."""
_STEPS = 3_000_000
"""Characters that are compared in all; some ten times those of a large page. Hostile pages are left alone then."""
_FOUND_AT_ONCE, _TRIED_AT_ONCE = 1000, 20
"""Characters that a search for a word passes, and one by a pattern, in the time of a step."""


@define(eq=False, repr=False)
class Trail:
    """The paragraphs of a page in its source, each followed when it is asked for, after those before it."""

    source: str
    paragraphs: list[str]
    """Their texts, in order."""
    _ends: list[int] = field(init=False, factory=list)
    """Where the body begins, and of each paragraph that was looked for where it ends."""
    _steps: int = field(init=False, default=_STEPS)

    def characters(self, number: int) -> list[int]:
        """Return where each character of a paragraph, counted from 1, stands, as far as source and text agree; nothing where it is not found.

        White space has the place of the character after it.
        """
        if not self._ends:
            body = _BODY.search(self.source)
            self._ends.append(body.end() if body else 0)
        found: list[int] = []
        for known in range(len(self._ends), min(number, len(self.paragraphs)) + 1):
            found = self._find(known)
            self._ends.append(found[-1] + 1 if found else self._ends[-1])
            if known == number:
                return found
        return self._find(number) if number < len(self._ends) else []

    def _find(self, number: int) -> list[int]:
        text = self.paragraphs[number - 1]
        best: list[int] = []
        for at in self._candidates(self._ends[number - 1], text):
            found = self._agreeing(at, text)
            if len(found) == len(text):
                return found
            if len(found) > max(len(best), _LEAST):
                best = found
        return best

    def _candidates(self, begin: int, text: str) -> Iterator[int]:
        """Yield where a paragraph may begin from a place on: where its first word stands, and then where markup parts that."""
        word = _WORD.search(text)
        if word is None or self._steps <= 0:
            return
        at, tried = begin - 1, set[int]()
        while len(tried) < _CANDIDATES:
            before, at = at, self.source.find(word[0], at + 1)
            self._steps -= ((at if at >= 0 else len(self.source)) - before) // _FOUND_AT_ONCE
            if at < 0:
                break
            tried.add(at)
            yield at
        parted = re.compile(_BETWEEN.join(_AS_ENTITY.format(re.escape(each)) for each in "".join(text.split())[:_FIRST]))
        at = begin
        for _ in range(_CANDIDATES):
            end = min(len(self.source), at + max(self._steps, 0) * _TRIED_AT_ONCE)
            match = parted.search(self.source, at, end)
            self._steps -= ((match.start() if match else end) - at) // _TRIED_AT_ONCE
            if match is None:
                return
            at = match.start() + 1
            if match.start() not in tried:
                yield match.start()

    def _agreeing(self, at: int, text: str) -> list[int]:
        """Return where each character stands, for the beginning of a text that is that of the source from a place on."""
        found: list[int] = []
        place, pending, waiting = at, "", 0
        for character in text:
            if character.isspace() or character in _INVISIBLE:
                waiting += 1
                continue
            if not pending:
                place = self._next_visible(at)
                entity = _ENTITY.match(self.source, place) if self.source.startswith("&", place) else None
                pending = unescape(entity[0]) if entity else self.source[place : place + 1]
                at = entity.end() if entity else place + 1
            if not pending.startswith(character) or self._steps <= 0:
                return found
            pending = pending[1:]
            found += [place] * (waiting + 1)
            waiting = 0
        return found + [place] * waiting

    def _next_visible(self, at: int) -> int:
        """Return where the next character stands that a browser prints."""
        source = self.source
        while at < len(source) and self._steps > 0:
            self._steps -= 1
            character = source[at]
            if character == "<":
                at = self._end_of_markup(at)
            elif character == "&":
                entity = _ENTITY.match(source, at)
                if entity is None or unescape(entity[0]).strip(_INVISIBLE).strip():
                    break
                at = entity.end()
            elif character.isspace() or character in _INVISIBLE:
                at += 1
            else:
                break
        return at

    def _end_of_markup(self, at: int) -> int:
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4) + 3
        else:
            raw = _RAW.match(source, at)
            end = source.find(">", self._closing(raw) if raw else at) + 1
        end = end if end > at else len(source)
        self._steps -= (end - at) // _FOUND_AT_ONCE
        return end

    def _closing(self, raw: re.Match[str]) -> int:
        """Return where an element ends that holds no markup; where it begins if it has no end."""
        closing = re.compile(f"</{raw[1]}", re.IGNORECASE).search(self.source, raw.end())
        # There may be thousands of them without an end.
        self._steps -= ((closing.start() if closing else len(self.source)) - raw.end()) // _FOUND_AT_ONCE
        return closing.start() if closing else raw.start()
