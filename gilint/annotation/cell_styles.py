"""Styles like those that cells have, but filled."""

from __future__ import annotations

import re
from xml.parsers import expat

from attrs import define, field

from gilint.annotation.edits import Edits, Tag
from gilint.finding import Severity

COLOURS = {Severity.ERROR: "FFFF9C9C", Severity.WARNING: "FFFFD966", Severity.NOTE: "FFCFE2F3"}
"""Darker the worse, for a black and white printer; each cell also has a note, which says the severity in words."""

_COUNT = re.compile(rb"""\scount\s*=\s*["'](\d{1,9})["']""")
_FILL_ID = re.compile(r"""\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')""")


@define
class CellStyles:
    """The part with the styles of a workbook."""

    data: bytes
    _fills: int = 0
    _fills_tag: Tag | None = None
    _fills_end: int = 0
    _formats: list[tuple[int, int]] = field(factory=list)
    """From where to where each format of cells goes."""
    _formats_tag: Tag | None = None
    _formats_end: int = 0
    _path: list[str] = field(factory=list)
    _name: str = ""
    _new: dict[tuple[int, Severity], int] = field(factory=dict)

    @classmethod
    def of(cls, data: bytes) -> CellStyles:
        """Go through the part.

        Raises:
            expat.ExpatError: it is no XML.
        """
        styles = cls(data)
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, _: styles._start(name, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda _: styles._end(parser.CurrentByteIndex)
        parser.Parse(data, True)
        return styles

    def _start(self, qualified: str, offset: int) -> None:
        local = qualified.rpartition(":")[2]
        self._name = self._name or qualified
        self._path.append(local)
        if self._path[1:] == ["fills"]:
            self._fills_tag = Tag.at(self.data, offset)
        elif self._path[1:] == ["fills", "fill"]:
            self._fills += 1
        elif self._path[1:] == ["cellXfs"]:
            self._formats_tag = Tag.at(self.data, offset)
        elif self._path[1:] == ["cellXfs", "xf"]:
            self._formats.append((offset, Tag.at(self.data, offset).end))

    def _end(self, offset: int) -> None:
        if self._path[1:] == ["fills"]:
            self._fills_end = offset
        elif self._path[1:] == ["cellXfs"]:
            self._formats_end = offset
        elif self._path[1:] == ["cellXfs", "xf"] and not Tag.at(self.data, self._formats[-1][0]).empty:
            self._formats[-1] = self._formats[-1][0], self.data.index(b">", offset) + 1
        self._path.pop()

    def filled(self, style: int, severity: Severity) -> int | None:
        """Return the number of a style like another, but filled; ``None`` where the workbook has no such style."""
        if self._fills_tag is None or not self._fills_end > self._fills_tag.start or not 0 <= style < len(self._formats):
            return None
        return self._new.setdefault((style, severity), len(self._formats) + len(self._new))

    def done(self) -> bytes:
        """Return the part with the styles that were asked for."""
        edits = Edits(self.data)
        if not self._new or self._fills_tag is None or self._formats_tag is None:
            return self.data
        prefix = "".join(self._name.rpartition(":")[:2])
        fills = list(COLOURS)
        edits.insert(
            self._fills_end,
            "".join(
                f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor rgb="{COLOURS[severity]}"/>'
                f'<{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>'
                for severity in fills
            ),
        )
        for style, severity in self._new:
            start, end = self._formats[style]
            tag = Tag.at(self.data, start)
            closing = 2 if tag.empty else 1
            text = _FILL_ID.sub("", self.data[start : tag.end - closing].decode())
            rest = self.data[tag.end - closing : end].decode()
            edits.insert(self._formats_end, f'{text} fillId="{self._fills + fills.index(severity)}" applyFill="1"{rest}')
        self._recount(edits, self._fills_tag, self._fills + len(fills))
        self._recount(edits, self._formats_tag, len(self._formats) + len(self._new))
        return edits.done()

    def _recount(self, edits: Edits, tag: Tag, count: int) -> None:
        found = _COUNT.search(self.data, tag.start, tag.end)
        if found is not None:
            edits.cut(found.start(1), found.end(1))
            edits.insert(found.start(1), str(count))
