"""The text of a report in one piece: what looks for words looks once, and learns where they stand only when it has found some."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from attrs import evolve

from gilint.document import Grid, Paragraph
from gilint.finding import Excerpt
from gilint.memo import once_per_report
from gilint.model import Report, Section
from gilint.patterns import lines_with
from gilint.personal import PersonalDatum, personal_data, without_personal_data
from gilint.place import Place

CONTEXT = 12
"""Characters before and after the words in question that an excerpt shows, within the sentence."""
_ENDS = "。；;！？!?\n"
_LONGEST_DATUM = 400
"""Characters of a piece of personal data: a mailbox with the longest domain that is looked for has more than any other."""


class Piece(Protocol):
    """A paragraph or a cell."""

    @property
    def text(self) -> str:
        """As printed."""

    @property
    def place(self) -> Place:
        """Where it stands."""


class _RunningText:
    """Pieces of a report one after the other, each a line or more."""

    def __init__(self, texts: Iterable[str], sections: tuple[Section, ...]) -> None:
        self.text = "\n".join(texts)
        self._sections = sections

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """What its lines are."""
        raise NotImplementedError

    def has(self, *words: str) -> bool:
        """Say whether any of some words occurs: to ask this first costs a hundredth of what a pattern for them does."""
        text = self.text
        # Python finds a character far sooner than a word, and most of those that are asked for are rare.
        for word in words:  # noqa: SIM110 - a generator takes longer than most of the searches
            if word[0] in text and word[-1] in text and word in text:
                return True
        return False

    def has_sign(self, *signs: str) -> bool:
        """Say whether any of some characters occurs: the first of each text, before one of those behind it in the text, or anywhere where it is alone.

        Sooner told than whether a word occurs: Python passes a text in search of one character ten times as fast, and few of those need a look at what follows.
        """
        text = self.text
        for sign in signs:
            first = sign[0]
            if first in text:
                if sign == first:
                    return True
                at = text.find(first)
                while at >= 0:
                    if (behind := text[at + 1 : at + 2]) and behind in sign[1:]:
                        return True
                    at = text.find(first, at + 1)
        return False

    def lines_with(self, *words: str, broken: bool = False) -> list[tuple[int, int]]:
        """Return where the lines begin and end in which any of some words occurs: what cannot match elsewhere need not be tried there.

        Args:
            words: what to look for, without line feeds.
            broken: take the line after it with each, for what goes on there.
        """
        return lines_with(self.text, *words, broken=broken)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(piece.text) + 1 for piece in self.pieces), initial=0))

    def number(self, position: int) -> int:
        """Return which of the pieces has the character at a position of the text, counted from 0."""
        return max(0, min(bisect_right(self._starts, position), len(self.pieces)) - 1)


class Narrative(_RunningText):
    """The narrative of a report: the text under its headings, tables left out, and what stands before the first heading, a paragraph a line."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        super().__init__([paragraph.text for section in sections for paragraph in section.paragraphs], sections)

    @cached_property
    def pieces(self) -> tuple[Paragraph, ...]:
        """Its paragraphs."""
        return _paragraphs(self._sections)

    @cached_property
    def opening(self) -> int:
        """Length of what stands before the first heading."""
        first = self._sections[:1]
        if not first or first[0].name:
            return 0
        return sum([len(paragraph.text) + 1 for paragraph in first[0].paragraphs])

    @cached_property
    def _numbers(self) -> list[int | None]:
        """Number of the section of the form that each paragraph belongs to, also where the report has a section of its own within it."""
        numbers, number = [], None
        for section in self._sections:
            number = section.number or number
            numbers += [number] * len(section.paragraphs)
        return numbers

    def under(self, name: str) -> tuple[Paragraph, ...] | None:
        """Return what stands under the heading of a section of the form, with sections of the report's own within it.

        Args:
            name: The form's name of the section.

        Returns:
            The paragraphs, or ``None`` where the report does not have the section.
        """
        found: list[Paragraph] | None = None
        for section in self._sections:
            if section.name == name:
                found = found or []
            elif section.name and found is not None:
                break
            if found is not None:
                found.extend(section.paragraphs)
        return None if found is None else tuple(found)

    def quote(self, start: int, end: int) -> Excerpt:
        """Return the words between two positions of the text as an excerpt, with section and place."""
        number = self.number(start)
        return Excerpt(self.text[start:end].strip(), self._numbers[number], self.pieces[number].place, start - self._starts[number])


class Passages(_RunningText):
    """Every paragraph and every cell of a document, in reading order."""

    def __init__(self, blocks: Sequence[Paragraph | Grid], sections: tuple[Section, ...]) -> None:
        self._blocks = blocks
        texts: list[str] = []
        for block in blocks:
            if isinstance(block, Grid):
                # Most cells are a digit, which is no text. By its number, for this is read sooner than by its name.
                texts += [cell[0] for row in block.rows for cell in row if len(cell[0]) > 1]
            else:
                texts.append(block.text)
        super().__init__(texts, sections)

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """Its paragraphs, and its cells that hold more than a digit; few ask for them, for in most reports nothing is found."""
        pieces: list[Piece] = []
        for block in self._blocks:
            if isinstance(block, Grid):
                for row in block.rows:
                    pieces += [cell for cell in row if len(cell.text) > 1]
            else:
                pieces.append(block)
        return pieces

    @cached_property
    def personal_data(self) -> tuple[PersonalDatum, ...]:
        """The personal data in it."""
        return tuple(personal_data(self.text))

    @cached_property
    def _data_in_order(self) -> list[PersonalDatum]:
        return sorted(self.personal_data, key=_start)

    @cached_property
    def _numbers(self) -> dict[Place, int | None]:
        places: dict[Place, int | None] = {}
        for section in self._sections:
            if section.place is not None:
                places[section.place] = section.number
            places.update((paragraph.place, section.number) for paragraph in section.paragraphs)
        return places

    def place(self, position: int) -> Place:
        """Return where the character at a position of `text` stands."""
        number = self.number(position)
        text, place = self.pieces[number].text, self.pieces[number].place
        if place.line is None or place.column is None or place.table is not None or "\n" in text:
            return place
        return evolve(place, column=place.column + position - self._starts[number])

    def section(self, position: int) -> int | None:
        """Return the number of the section in which it stands, ``None`` before the first."""
        for number in range(self.number(position), -1, -1):
            place = self.pieces[number].place
            if place in self._numbers:
                return self._numbers[place]
        return None

    def excerpt(self, start: int, end: int, context: int = CONTEXT) -> Excerpt:
        """Quote the words from ``start`` to ``end`` as printed, with a few characters of their sentence before and after."""
        first = start
        while first > max(start - context, 0) and self.text[first - 1] not in _ENDS:
            first -= 1
        last = end
        while last < min(end + context, len(self.text)) and self.text[last] not in _ENDS:
            last += 1
        first, last = self._without_pieces(first, start, end, last)
        number = self.number(start)
        return Excerpt(self.text[first:last].strip(), self.section(start), self.pieces[number].place, start - self._starts[number])

    def _without_pieces(self, first: int, start: int, end: int, last: int) -> tuple[int, int]:
        """Return where an excerpt begins and ends that quotes no half of a number around its words, nor what nobody could mask in it any more.

        Half of an identity number, or a whole one without the word that announces it, is nothing that its looks would give away.
        """
        text, data = self.text, self._data_in_order
        for datum in data[bisect_left(data, first - _LONGEST_DATUM, key=_start) : bisect_left(data, last, key=_start)]:
            if first < datum.end <= start and (
                datum.start < first or text[datum.start : datum.end] in without_personal_data(text[first:last])
            ):
                first = datum.end
            elif end <= datum.start < last and (
                datum.end > last or text[datum.start : datum.end] in without_personal_data(text[first:last])
            ):
                last = datum.start
        while 0 < first < start and text[first - 1].isdigit() and text[first].isdigit():
            first += 1
        while end < last < len(text) and text[last - 1].isdigit() and text[last].isdigit():
            last -= 1
        return first, last


@once_per_report
def narrative(report: Report) -> Narrative:
    """Return the narrative of a report, empty where it is data; the rules that look through it one after the other share it."""
    return Narrative(report.sections)


@once_per_report
def passages_of(report: Report) -> Passages:
    """Return all that a report prints, tables and furniture of the page included; shared as the narrative is."""
    # A report that was made and not read has no document, and one that holds digits alone no text.
    printed = Passages(report.document.blocks, report.sections)
    return printed if printed.text or printed.pieces else Passages(_paragraphs(report.sections), report.sections)


def _paragraphs(sections: tuple[Section, ...]) -> tuple[Paragraph, ...]:
    return tuple([paragraph for section in sections for paragraph in section.paragraphs])


def _start(datum: PersonalDatum) -> int:
    return datum.start
