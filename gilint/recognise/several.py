"""Several reports in one document, as a workbook with a sheet for each office: where the first one ends.

Only the first is looked at. What the others say of themselves must not be held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from gilint.document import Document, Paragraph
from gilint.form import Form
from gilint.model import Report
from gilint.recognise.titles import read_title, title_words
from gilint.values import CellState

KEPT_SHARE = 0.9
"""Share of the cells found in the whole document from which on what stands before the second report is the first one."""
MAX_TRIES = 3
"""Places at which the second report may begin that are tried."""
_OPENING = 12
"""Paragraphs at most between the title of a report and the heading of its first section."""


def first_of_several(document: Document, section_of: Callable[[str], str | None], forms: Sequence[Form]) -> Iterator[Document]:
    """Yield what stands before the second report: likeliest first, for a table of contents has the same headings.

    A report begins with its title, or where it has none of its own with the heading of its first section; after other headings another one begins there.

    Args:
        document: the document.
        section_of: names the section of which a text is the heading.
        forms: every edition of every form that it can be.
    """
    words = title_words(tuple(forms))
    opening = forms[0].sections[0].name
    others = False
    title: int | None = None
    tries = 0
    paragraphs = [(place, block.text) for place, block in enumerate(document.blocks) if isinstance(block, Paragraph)]
    for number, (place, text) in enumerate(paragraphs):
        if read_title(text, words) is not None:
            title = number
        section = section_of(text)
        if section is None:
            continue
        if section == opening and others and tries < MAX_TRIES:
            near = title is not None and number - title <= _OPENING
            yield evolve(document, blocks=document.blocks[: paragraphs[title][0] if near and title is not None else place])
            tries, others = tries + 1, False
        others = others or section != opening


def is_whole(first: Report, report: Report) -> bool:
    """Say whether what was found in the first report alone is, nearly, what was found in the whole document."""
    return _found(first) >= KEPT_SHARE * _found(report)


def _found(report: Report) -> int:
    return sum(cell.state is not CellState.MISSING for cell in report.cells)
