"""Why a document has no report in it, or a report no table: what to tell the user instead of an empty result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gilint.document import Document, Paragraph
from gilint.form import TableSpec
from gilint.model import Section
from gilint.patterns import deferred
from gilint.place import Place
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

FEW_SECTIONS = 2
"""Headings of the form that a document of another kind can have by chance: 总体情况, 存在的主要问题."""

_OLD_SHEET = deferred(r"政府信息公开(?:工作)?情况统计(?:年度?)?(?:报?表|年报)")
_TITLE = title_pattern(())
_ABOUT_REPORTS = deferred(r"通知|格式|解读|指南|目录|实施方案|工作要点|函$|(?<!关于)(?:发布|公布|召开|举办)[^:]*信息公开")
_ATTACHED = deferred(r"^(?:相关)?附件[\d一二三]{0,2}[:、.]?")
_FILE = deferred(r"\.(?:pdf|docx?|wps|ofd)", re.IGNORECASE)
_FOOTER = deferred(r"ICP备|公网安备|网站标识码|主办单位|(?:主办|承办|版权所有):|copyright", re.IGNORECASE)


def why_no_report(document: Document, sections_found: int) -> str:
    """Say what a document is in which no table of any form was found.

    Args:
        document: What the reader yielded.
        sections_found: How many headings of the form it has.

    Returns:
        ``free-form`` (a report from before there was a form), ``pictures`` (a report, its tables or all of it as images), ``attachment``
        (a report in a file that the page shows in a frame or links to), ``list-page`` (links to reports), ``script-shell`` (scripts would
        load the text), ``other`` (a report without tables) or ``other-document``.
    """
    texts = list(_texts(document))
    titles, narrated, few = _titles(texts), _has_narrative(texts), sections_found < FEW_SECTIONS
    if few and (len(titles) >= LIST_TITLES or (len(titles) > 1 and document.links and not narrated)):
        return "list-page"
    page_title = fold(document.title[:400])
    own = titles[:1] or ([page_title] if _TITLE.search(page_title) else [])
    if any(_OLD_SHEET.search(text) for text in _folded(texts, "统计", "統計")) or _year_before_form(own):
        return "free-form"
    framed = bool(own) and document.framed > 0
    if few and document.scripts and not framed and sum(map(len, texts)) < SHELL_LENGTH:
        return "script-shell"
    if _ABOUT_REPORTS.search(own[0]) if own else sections_found <= FEW_SECTIONS:
        return "other-document"
    if few and not narrated and (framed or any(_FILE.search(text) for text in _folded(texts, ".", "．"))):
        return "attachment"
    return "pictures" if not (few and narrated) and _has_pictures(document) else "other"


def table_reason(document: Document, sections: Sequence[Section], spec: TableSpec) -> str:
    """Say why a table of the form was not found although the report was.

    Returns:
        ``picture`` when pictures stand between the heading of its section and the next, otherwise ``absent``. Where the reader does not
        know where pictures stand, any will do.
    """
    place = next((place for place, section in enumerate(sections) if section.name == spec.section), None)
    if place is None:
        return "absent"
    first = sections[place].place
    following = sections[place + 1].place if place + 1 < len(sections) else None
    return "picture" if _has_pictures_within(document, first, following) else "absent"


def _has_pictures(document: Document) -> bool:
    """Say whether there are pictures after the title and before the footer."""
    title = next((each.place for each in _paragraphs(document) if "报" in each.text and _TITLE.search(fold(each.text[:200]))), None)
    return _has_pictures_within(document, title, None)


def _has_pictures_within(document: Document, first: Place | None, following: Place | None) -> bool:
    """Say whether there are pictures from one paragraph on and before another, or before the site's footer where there is none."""
    if not document.pictures_at:
        return document.pictures > 0
    low = first.paragraph if first is not None else None
    if following is None:
        following = next((each.place for each in _paragraphs(document) if _FOOTER.search(fold(each.text[:200]))), None)
    high = following.paragraph if following is not None else None
    return any(at >= (low or 0) and (high is None or at < high) for at in document.pictures_at)


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    return (block for block in document.blocks[:_LINES] if isinstance(block, Paragraph))


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
            folded = _ATTACHED.sub("", fold(text))
            match = _TITLE.search(folded)
            if match and (match.start() or named_year(folded)) and not re.search("[,。;]", folded):
                found.setdefault(folded[: match.end()], folded)
    return list(found.values())


def _has_narrative(texts: list[str]) -> bool:
    return any(len(text) > _LONGEST_LINE for text in texts)


def _year_before_form(titles: list[str]) -> bool:
    year = named_year(titles[0]) if titles else None
    return year is not None and year < FIRST_YEAR_OF_FORM
