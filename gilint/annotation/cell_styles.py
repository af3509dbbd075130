"""Styles like those that cells have, but filled; and back."""

from __future__ import annotations

import re
from functools import cached_property

from attrs import define, field, frozen

from gilint.annotation.edits import Edits, Tag, end_of, follow
from gilint.finding import Severity

COLOURS = {Severity.ERROR: "FFFF9C9C", Severity.WARNING: "FFFFD966", Severity.NOTE: "FFCFE2F3"}
"""Darker the worse, for a black and white printer; each cell also has a note, which says the severity in words."""

_COUNT = re.compile(rb"""\scount\s*=\s*["'](\d{1,9})["']""")
_FILL_ID = re.compile(r"""\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')""")
_FILL_NUMBER = re.compile(r"""\sfillId\s*=\s*["'](\d{1,9})["']""")
_SOLID = re.compile(r"""<(?:[\w.-]{1,20}:)?patternFill\s[^>]{0,200}patternType\s*=\s*["']solid["']""")
_COLOUR = re.compile(r"""<(?:[\w.-]{1,20}:)?(?P<which>fg|bg)Color\s(?P<colour>[^>]{1,200}?)\s*/?>""")
_RGB = re.compile(r"""rgb\s*=\s*["']([0-9A-Fa-f]{8})["']""")
_NO_COLOUR = 'indexed="64"'


@frozen
class _Colours:
    """What a fill shows: the attributes of its colours; empty where it is not one even area."""

    shown: str = ""
    below: str = ""

    @classmethod
    def of(cls, fill: str) -> _Colours:
        if _SOLID.search(fill) is None:
            return cls()
        found = {match["which"]: match["colour"] for match in _COLOUR.finditer(fill)}
        return cls(found.get("fg", ""), found.get("bg", ""))

    @property
    def is_own(self) -> bool:
        """Whether gilint may have filled a cell so."""
        rgb = _RGB.search(self.shown)
        return rgb is not None and rgb[1].upper() in COLOURS.values()


@define(slots=False)
class CellStyles:
    """The part with the styles of a workbook."""

    data: bytes
    _lists: dict[str, tuple[Tag, int]] = field(factory=dict)
    """Start tag and beginning of the end tag of the lists of fills and of the formats of cells."""
    _fills: list[str] = field(factory=list)
    _formats: list[str] = field(factory=list)
    _known: tuple[int, int] = (0, 0)
    """How many fills and formats of cells there were."""
    _path: list[str] = field(factory=list)
    _name: str = ""
    _begun: int = 0

    @classmethod
    def of(cls, data: bytes) -> CellStyles:
        """Go through the part.

        Raises:
            expat.ExpatError: it is no XML.
        """
        styles = cls(data)
        follow(data, styles._start, styles._end)
        styles._known = len(styles._fills), len(styles._formats)
        return styles

    def _start(self, qualified: str, _: object, offset: int) -> None:
        self._name = self._name or qualified
        self._path.append(qualified.rpartition(":")[2])
        if self._path[1:] in (["fills"], ["cellXfs"]):
            self._lists[self._path[1]] = Tag.at(self.data, offset), offset
        elif self._path[1:] in (["fills", "fill"], ["cellXfs", "xf"]):
            self._begun = offset

    def _end(self, _: str, offset: int) -> None:
        if self._path[1:] in (["fills"], ["cellXfs"]):
            self._lists[self._path[1]] = self._lists[self._path[1]][0], offset
        elif self._path[1:] in (["fills", "fill"], ["cellXfs", "xf"]):
            end = end_of(self.data, Tag.at(self.data, self._begun), offset)
            (self._fills if self._path[1] == "fills" else self._formats).append(self.data[self._begun : end].decode())
        self._path.pop()

    @cached_property
    def _prefix(self) -> str:
        return "".join(self._name.rpartition(":")[:2])

    def filled(self, style: int, severity: Severity) -> int | None:
        """Return the number of a style like another, but filled; ``None`` where the workbook has no such style."""
        if not self._can_grow or not 0 <= style < len(self._formats):
            return None
        before = self._colours_of(self._formats[style]).shown
        below = before.rstrip("/ ") or _NO_COLOUR
        fill = (
            f'<{self._prefix}fill><{self._prefix}patternFill patternType="solid"><{self._prefix}fgColor rgb="{COLOURS[severity]}"/>'
            f"<{self._prefix}bgColor {below}/></{self._prefix}patternFill></{self._prefix}fill>"
        )
        return self._format(self._with_fill(self._formats[style], self._fill(fill)))

    def unfilled(self, style: int) -> int | None:
        """Return the number of the style that a cell had before it was filled by `filled`; ``None`` where it was not.

        The colour that an even fill covers shows what was there; where programs have written the workbook anew and that cannot be told, the cell has no fill.
        """
        if not self._can_grow or not 0 <= style < len(self._formats) or not self._colours_of(self._formats[style]).is_own:
            return None
        own = self._colours_of(self._formats[style])
        alike = self._alike.get(_FILL_ID.sub("", self._formats[style]), [])
        for shown in dict.fromkeys((own.below if own.below != _NO_COLOUR else "", "")):
            found = next((number for number in alike if self._colours_of(self._formats[number]).shown == shown), None)
            if found is not None:
                return found
        return self._format(self._with_fill(self._formats[style], 0))

    @cached_property
    def _alike(self) -> dict[str, list[int]]:
        """The formats that there were, by all that they say but for the fill."""
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self._formats[: self._known[1]]):
            found.setdefault(_FILL_ID.sub("", each), []).append(number)
        return found

    @cached_property
    def _numbers(self) -> tuple[dict[str, int], dict[str, int]]:
        """The numbers of fills and of formats, by what they say."""
        fills, formats = ({each: number for number, each in reversed([*enumerate(known)])} for known in (self._fills, self._formats))
        return fills, formats

    def _fill(self, written: str) -> int:
        return _number_of(written, self._fills, self._numbers[0])

    def _format(self, written: str) -> int:
        return _number_of(written, self._formats, self._numbers[1])

    @property
    def _can_grow(self) -> bool:
        return all(name in self._lists and not self._lists[name][0].empty for name in ("fills", "cellXfs"))

    def _colours_of(self, written: str) -> _Colours:
        number = _FILL_NUMBER.search(written)
        fill = int(number[1]) if number else 0
        return _Colours.of(self._fills[fill]) if fill < len(self._fills) else _Colours()

    def _with_fill(self, written: str, fill: int) -> str:
        """Return the format of a cell with another fill."""
        tag = Tag.at(written.encode(), 0)
        head, rest = written.encode()[: tag.end].decode(), written.encode()[tag.end :].decode()
        closing = "/>" if tag.empty else ">"
        return f'{_FILL_ID.sub("", head.removesuffix(closing))} fillId="{fill}" applyFill="1"{closing}{rest}'

    def done(self) -> bytes:
        """Return the part with the styles that were asked for."""
        edits = Edits(self.data)
        for name, known, now in (("fills", self._known[0], self._fills), ("cellXfs", self._known[1], self._formats)):
            if len(now) > known:
                tag, end = self._lists[name]
                edits.insert(end, "".join(now[known:]))
                self._recount(edits, tag, len(now))
        return edits.done()

    def _recount(self, edits: Edits, tag: Tag, count: int) -> None:
        found = _COUNT.search(self.data, tag.start, tag.end)
        if found is not None:
            edits.cut(found.start(1), found.end(1))
            edits.insert(found.start(1), str(count))


def _number_of(written: str, known: list[str], numbers: dict[str, int]) -> int:
    """Return the number of an element, which is added where it is not there."""
    number = numbers.setdefault(written, len(known))
    if number == len(known):
        known.append(written)
    return number
