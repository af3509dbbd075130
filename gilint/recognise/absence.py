"""Why a document has no report in it, or a report no table: what to tell the user instead of an empty result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gilint.document import Document, Paragraph
from gilint.form import TableSpec
from gilint.model import Section
from gilint.recognise.folding import fold
from gilint.recognise.titles import named_year, title_pattern

FIRST_YEAR_OF_FORM = 2019
"""Reports on earlier years are free-form: the first format notice is 国办公开办函〔2019〕60号."""
SHELL_LENGTH = 300
"""Characters below which a page with scripts is taken for one that its scripts would fill."""
LIST_TITLES = 4
"""Different titles of reports from which on a page is a list of them."""
_LONGEST_LINE = 100
"""A longer line is narrative; a list has none."""
_LINES = 5000
"""Lines that are looked at."""

_OLD_SHEET = re.compile(r"政府信息公开(?:工作)?情况统计(?:年度?)?(?:报?表|年报)")
_TITLE = title_pattern(())
_ABOUT_REPORTS = re.compile(r"通知|格式|解读|指南|目录|实施方案|工作要点|函$")


def why_no_report(document: Document, sections_found: int) -> str:
    """Say what a document is in which no table of any form was found.

    Args:
        document: What the reader yielded.
        sections_found: How many headings of the form it has.

    Returns:
        ``free-form`` (a report from before there was a form), ``pictures`` (a report, its tables or all of it as images), ``list-page``
        (links to reports), ``script-shell`` (scripts would load the text), ``other`` (a report without tables) or ``other-document``.
    """
    texts = list(_texts(document))
    length = sum(map(len, texts))
    titles = _titles(texts)
    if sections_found < 2 and (len(titles) >= LIST_TITLES or (len(titles) > 1 and document.links and not _has_narrative(texts))):
        return "list-page"
    page_title = fold(document.title[:400])
    own = titles[:1] or ([page_title] if _TITLE.search(page_title) else [])
    if any(_OLD_SHEET.search(text) for text in _folded(texts, "统计", "統計")) or _year_before_form(own):
        return "free-form"
    if sections_found >= 2:
        return "pictures" if document.pictures else "other"
    if document.scripts and length < SHELL_LENGTH:
        return "script-shell"
    if not own or _ABOUT_REPORTS.search(own[0]):
        return "other-document"
    return "pictures" if document.pictures and not _has_narrative(texts) else "other"


def table_reason(document: Document, sections: Sequence[Section], spec: TableSpec) -> str:
    """Say why a table of the form was not found although the report was.

    Returns:
        ``picture`` when its section is there and the document has pictures within its content, otherwise ``absent``.
    """
    section = next((section for section in sections if section.name == spec.section), None)
    return "picture" if section is not None and document.pictures else "absent"


def _texts(document: Document) -> Iterator[str]:
    """Yield the lines of a document, those of layout tables included."""
    count = 0
    for block in document.blocks:
        if count >= _LINES:
            return
        if isinstance(block, Paragraph):
            count += 1
            yield block.text
        else:
            for row in block.rows:
                count += len(row)
                yield from (cell.text for cell in row if cell.text)


def _folded(texts: list[str], *words: str) -> Iterator[str]:
    """Yield, folded, the lines that can hold one of the words; most lines cannot and are not folded."""
    for text in texts:
        if any(word in text for word in words):
            yield fold(text[:_LONGEST_LINE])


def _titles(texts: list[str]) -> list[str]:
    """Return the folded lines that are titles of reports, each title once whatever follows it."""
    found: dict[str, str] = {}
    for text in texts:
        if len(text) <= _LONGEST_LINE and ("报" in text or "報" in text):
            folded = fold(text)
            match = _TITLE.search(folded)
            if match and (match.start() or named_year(folded)) and not re.search("[,。;]", folded):
                found.setdefault(folded[: match.end()], folded)
    return list(found.values())


def _has_narrative(texts: list[str]) -> bool:
    return any(len(text) > _LONGEST_LINE for text in texts)


def _year_before_form(titles: list[str]) -> bool:
    year = named_year(titles[0]) if titles else None
    return year is not None and year < FIRST_YEAR_OF_FORM
