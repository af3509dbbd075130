"""Running headers and footers and the numbers of pages: printed in the margin of every page, no part of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import define

from gilint.patterns import deferred
from gilint.readers.pdf.cells import RuledTable
from gilint.readers.pdf.content import PageContent
from gilint.readers.pdf.lines import TextLine

_MARGIN = 0.1
"""Share of the height of a page, at either end, in which furniture stands."""
_APART = 0.5
"""Heights of a line that part furniture from the text."""
_SAME_HEIGHT = 4.0
"""Points by which furniture moves from page to page."""
_CANDIDATES = 3
"""Lines at either end of a page that can be furniture."""
_PAGE_NUMBER = deferred(
    r"[\s\-—–－·•~第(（]*(\d{1,4})[\s\-—–－·•~页)）]*|(?:第|Page)?\s?(\d{1,4})\s?页?\s?[/／,，of]{1,2}\s?共?\s?\d{1,4}\s?页?"
)
_SIGNED = deferred(r"[\-—–－·•~第页/／]")
_PRINTED_BY_BROWSER = deferred(r"\d{1,4}/\d{1,2}/\d{1,4}[,，]?\s?.{0,4}\d{1,2}:\d{2}|(?:https?|file)://\S")
_DIGITS = deferred(r"\d+")


@define
class PageText:
    """A page with its tables taken out: what is left in lines."""

    page: PageContent
    tables: list[RuledTable]
    lines: list[TextLine]
    """From top to bottom."""


@define
class _Candidate:
    page: int
    line: TextLine
    top: bool
    """Whether it stands at the upper edge."""
    away: float
    """Points from that edge."""
    apart: bool

    @property
    def key(self) -> str:
        return _DIGITS.sub("#", self.line.text)


def without_furniture(pages: Sequence[PageText]) -> None:
    """Take running headers, footers and page numbers out of the lines of each page."""
    candidates = [candidate for index, page in enumerate(pages) for candidate in _candidates(index, page)]
    furniture = {id(candidate.line) for candidate in candidates if _PRINTED_BY_BROWSER.search(candidate.line.text)}
    furniture |= _repeated(candidates) | _page_numbers(candidates)
    if furniture:
        for page in pages:
            page.lines = [line for line in page.lines if id(line) not in furniture]


def _candidates(index: int, page: PageText) -> list[_Candidate]:
    """Return the lines in the margins of a page that stand apart from its text."""
    _, bottom, _, top = page.page.paper
    margin = (top - bottom) * _MARGIN
    boxes = sorted([line.box for line in page.lines] + [table.box for table in page.tables], key=lambda box: -box[3])
    found = []
    for at_top, lines in ((True, page.lines[:_CANDIDATES]), (False, page.lines[: -_CANDIDATES - 1 : -1])):
        for line in lines:
            away = top - line.box[3] if at_top else line.box[1] - bottom
            if away > margin:
                break
            if at_top:
                gap = line.box[1] - max((box[3] for box in boxes if box[3] < (line.box[1] + line.box[3]) / 2), default=bottom)
                blocked = any(table.box[3] > line.box[3] for table in page.tables)
            else:
                gap = min((box[1] for box in boxes if box[1] > (line.box[1] + line.box[3]) / 2), default=top) - line.box[3]
                blocked = any(table.box[1] < line.box[1] for table in page.tables)
            if blocked:
                break
            found.append(_Candidate(index, line, at_top, away, gap > _APART * line.height))
    return found


def _repeated(candidates: Sequence[_Candidate]) -> set[int]:
    """Return the lines that stand at the same height with the same words on several pages."""
    groups: dict[tuple[str, bool], list[_Candidate]] = {}
    for candidate in candidates:
        if any(character.isalpha() for character in candidate.key):
            groups.setdefault((candidate.key, candidate.top), []).append(candidate)
    found: set[int] = set()
    for group in groups.values():
        heights = Counter(round(candidate.away / _SAME_HEIGHT) for candidate in group)
        usual = heights.most_common(1)[0][0]
        same = [candidate for candidate in group if abs(candidate.away / _SAME_HEIGHT - usual) <= 1]
        # On one page at least it must stand apart from the text; on others a table can come close.
        if len({candidate.page for candidate in same}) > 1 and any(candidate.apart for candidate in same):
            found.update(id(candidate.line) for candidate in same)
    return found


def _page_numbers(candidates: Sequence[_Candidate]) -> set[int]:
    """Return the lines that are numbers of pages: they count the pages, or are written as nothing else is."""
    numbered = []
    for candidate in candidates:
        match = _PAGE_NUMBER.fullmatch(candidate.line.text)
        if match and candidate.apart:
            numbered.append((candidate, int(match[1] or match[2])))
    offsets = Counter((candidate.top, number - candidate.page) for candidate, number in numbered)
    found = set()
    for candidate, number in numbered:
        counted = offsets[candidate.top, number - candidate.page] > 1
        if counted or _SIGNED.search(candidate.line.text) or number == candidate.page + 1:
            found.add(id(candidate.line))
    return found
