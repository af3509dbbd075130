"""The cells of a table whose lines are drawn."""

from __future__ import annotations

from operator import itemgetter

from attrs import define, field

from gilint.readers.pdf.content import Box, Character, PageContent
from gilint.readers.pdf.lines import TextLine, cell_text, lines_of

_FILLED = 1.9
"""Heights of a line that may stay free at the end of a cell whose text goes on on the next page: one line more would not have fitted."""
_UNUSED = 2.5
"""Characters that may stay free at the end of a line: a word or a sign that may not begin a line goes to the next one."""
_PADDING = 6.0
"""Points that cells keep free at their sides."""


@define
class RuledCell:
    """A cell of a ruled table and the text in it, character by character."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    characters: list[Character] = field(factory=list)
    turned: list[tuple[int, list[Character]]] = field(factory=list)
    _lines: list[TextLine] | None = field(default=None, init=False)

    @property
    def lines(self) -> list[TextLine]:
        """The lines of the upright text, once all characters are there."""
        if self._lines is None:
            self._lines = lines_of(self.characters)
        return self._lines

    @property
    def text(self) -> str:
        """The text, lines joined where the cell was too narrow for one."""
        if len(self.characters) == 1 and not self.turned:
            return self.characters[0][0].strip()
        return cell_text(self.lines, self.turned, self.box) if self.characters or self.turned else ""

    @property
    def full(self) -> bool:
        """Whether the text reaches the lower edge, so that no further line would have fitted."""
        if not self.characters:
            return False
        _, _, bottom, _, top = self._lowest
        return bottom - self.box[1] < _FILLED * (top - bottom)

    @property
    def wide(self) -> bool:
        """Whether the last line reaches the right edge, so that no further character would have fitted."""
        if not self.characters:
            return False
        _, _, bottom, _, top = self._lowest
        last = [character for character in self.characters if character[2] < bottom + (top - bottom) / 2]
        free = (self.box[2] - self.box[0]) - (max(character[3] for character in last) - min(character[1] for character in last))
        return free < _UNUSED * max(character[3] - character[1] for character in last) + _PADDING

    @property
    def _lowest(self) -> Character:
        return min(self.characters, key=itemgetter(2))


@define
class RuledTable:
    """A table on one page."""

    page: PageContent
    box: Box
    columns: list[float]
    """Where the lines down stand, from left to right."""
    cells: list[RuledCell] = field(factory=list)
    """Row after row, each from left to right."""
    rows: int = 0
