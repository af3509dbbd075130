"""The running text of a report in one piece, for rules that look for words: where each word stands is found only when one was."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from weakref import WeakKeyDictionary

from attrs import evolve, frozen

from gilint.document import Grid
from gilint.finding import Excerpt
from gilint.model import Report, Section
from gilint.personal import PersonalDatum, personal_data
from gilint.place import Place

CONTEXT = 12
"""Characters before and after the words in question that an excerpt shows, within the sentence."""
_ENDS = "。；;！？!?\n"


@frozen(eq=False, repr=False)
class Passages:
    """Every paragraph and every cell of a document, in reading order."""

    sections: tuple[Section, ...]
    pieces: tuple[tuple[str, Place], ...]
    """Text and place of each."""

    @cached_property
    def text(self) -> str:
        """All of it, a passage a line or more."""
        return "\n".join([text for text, _ in self.pieces])

    @cached_property
    def personal_data(self) -> tuple[PersonalDatum, ...]:
        """The personal data in it."""
        return tuple(personal_data(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(text) + 1 for text, _ in self.pieces), initial=0))

    @cached_property
    def _sections(self) -> dict[Place, int | None]:
        places: dict[Place, int | None] = {}
        for section in self.sections:
            if section.place is not None:
                places[section.place] = section.number
            places.update((paragraph.place, section.number) for paragraph in section.paragraphs)
        return places

    def place(self, position: int) -> Place:
        """Return where the character at a position of `text` stands."""
        number = bisect_right(self._starts, position) - 1
        text, place = self.pieces[number]
        offset = position - self._starts[number]
        if place.line is None or place.column is None or place.table is not None or "\n" in text:
            return place
        return evolve(place, column=place.column + offset)

    def section(self, position: int) -> int | None:
        """Return the number of the section in which it stands, ``None`` before the first."""
        for number in range(bisect_right(self._starts, position) - 1, -1, -1):
            place = self.pieces[number][1]
            if place in self._sections:
                return self._sections[place]
        return None

    def excerpt(self, start: int, end: int, context: int = CONTEXT) -> Excerpt:
        """Quote the words from ``start`` to ``end`` as printed, with a few characters of their sentence before and after."""
        first = start
        while first > max(start - context, 0) and self.text[first - 1] not in _ENDS:
            first -= 1
        last = end
        while last < min(end + context, len(self.text)) and self.text[last] not in _ENDS:
            last += 1
        return Excerpt(self.text[first:last].strip(), self.section(start), self.place(start))


_KNOWN: WeakKeyDictionary[Report, Passages] = WeakKeyDictionary()
"""Of reports that somebody still has."""


def passages_of(report: Report) -> Passages:
    """Return the running text of a report; the rules that look through it one after the other share it."""
    known = _KNOWN.get(report)
    if known is None:
        known = _KNOWN[report] = Passages(report.sections, _pieces(report))
    return known


def _pieces(report: Report) -> tuple[tuple[str, Place], ...]:
    pieces: list[tuple[str, Place]] = []
    for block in report.document.blocks:
        if isinstance(block, Grid):
            pieces += [(cell.text, cell.place) for row in block.rows for cell in row if len(cell.text) > 1]
        else:
            pieces.append((block.text, block.place))
    # A report that was made and not read has no document.
    return tuple(pieces or [(paragraph.text, paragraph.place) for section in report.sections for paragraph in section.paragraphs])
