"""The narrative of a report as one text: what looks for words looks once, and learns where they stand only when it has found some."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from attrs import frozen

from gilint.document import Paragraph
from gilint.finding import Excerpt
from gilint.model import Report
from gilint.place import Place


class _Span(NamedTuple):
    start: int
    """Where a paragraph begins in the text."""
    section: int | None
    """Number of the section of the form that it belongs to, also where the report has a section of its own within it."""
    place: Place


@frozen(eq=False, repr=False)
class Narrative:
    """The narrative of a report: the text under its headings, tables left out, and what stands before the first heading."""

    report: Report

    @property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return self.report.text

    @property
    def opening(self) -> int:
        """Length of what stands before the first heading."""
        first = self.report.sections[:1]
        if not first or first[0].name:
            return 0
        return sum(len(paragraph.text) + 1 for paragraph in first[0].paragraphs)

    @cached_property
    def _spans(self) -> tuple[_Span, ...]:
        spans, start, number = [], 0, None
        for section in self.report.sections:
            number = section.number or number
            for paragraph in section.paragraphs:
                spans.append(_Span(start, number, paragraph.place))
                start += len(paragraph.text) + 1
        return tuple(spans)

    def under(self, name: str) -> tuple[Paragraph, ...] | None:
        """Return what stands under the heading of a section of the form, with sections of the report's own within it.

        Args:
            name: The form's name of the section.

        Returns:
            The paragraphs, or ``None`` where the report does not have the section.
        """
        found: list[Paragraph] | None = None
        for section in self.report.sections:
            if section.name == name:
                found = found or []
            elif section.name and found is not None:
                break
            if found is not None:
                found.extend(section.paragraphs)
        return None if found is None else tuple(found)

    def quote(self, start: int, end: int) -> Excerpt:
        """Return the words between two positions of the text as an excerpt, with section and place."""
        span = self._spans[max(0, bisect_right(self._spans, start, key=_start) - 1)]
        return Excerpt(self.text[start:end].strip(), span.section, span.place)


_start = attrgetter("start")


def narrative(report: Report) -> Narrative:
    """Return the narrative of a report, empty where it is data. The text is put together once for all who ask."""
    return Narrative(report)
