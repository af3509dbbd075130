"""From the pages of a PDF that pdfium has opened to a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from gilint.document import Document, Grid, Paragraph
from gilint.notice import Notice, NoticeKind, comments_notice
from gilint.readers.limits import limit_notice
from gilint.readers.pdf.aligned import with_tables
from gilint.readers.pdf.cells import RuledTable
from gilint.readers.pdf.content import Box, Budget, PageContent
from gilint.readers.pdf.drawing import read_page
from gilint.readers.pdf.furniture import PageText, without_furniture
from gilint.readers.pdf.inferred import UnruledTable
from gilint.readers.pdf.lines import TextLine, lines_of
from gilint.readers.pdf.opening import DAMAGED
from gilint.readers.pdf.paragraphs import ParagraphDraft, begin, flow_of
from gilint.readers.pdf.rulings import MAX_RULINGS, ruled_tables
from gilint.readers.pdf.tables import TableDraft

MAX_PAGES = 200
"""Pages of one document; a report has from three to twenty."""
_FEW_CHARACTERS = 30
"""A page with fewer and a picture is taken to be scanned: a stamp or a page number is text too."""


def read_pages(handle: Any, name: str) -> Document:
    """Read a document that pdfium has opened; `PDFIUM` is held."""
    budget = Budget()
    pages = list(_pages(handle, budget))
    if not pages:
        return Document(name, "none", notices=(Notice(NoticeKind.UNREADABLE, {"reason": DAMAGED}),))
    count = pdfium.FPDF_GetPageCount(handle)
    notices = [limit_notice("MAX_PAGES", MAX_PAGES)] if count > MAX_PAGES else []
    comments = sum(page.comments for page in pages)
    if comments:
        notices.append(comments_notice(comments, own=sum(page.own_comments for page in pages)))
    return document_of(pages, name, "pdf", budget, notices, count=count)


def document_of(
    pages: list[PageContent], name: str, kind: str, budget: Budget, notices: list[Notice], *, count: int | None = None
) -> Document:
    """Return what some pages say, whatever file they come from.

    Args:
        pages: what is drawn on them, one at least.
        name: how the document is called.
        kind: its format.
        budget: what was left of its limits.
        notices: what was noticed of it before.
        count: how many pages it has where these are not all.
    """
    if _is_scanned(pages):
        scanned = Notice(NoticeKind.SCANNED, {"pages": count or len(pages)})
        limits = [limit_notice(limit, value) for limit, value in sorted(budget.exceeded.items())]
        return Document(name, kind, pictures=sum(page.pictures for page in pages), notices=(*notices, scanned, *limits))
    texts = []
    for page in pages:
        tables, cut = ruled_tables(page)
        if cut:
            budget.exceeded["MAX_RULINGS"] = MAX_RULINGS
        texts.append(PageText(page, tables, lines_of(page.characters)))
    without_furniture(texts)
    blocks = tuple(_finished(_blocks(texts)))
    unknown = sum(page.unmapped for page in pages)
    if unknown:
        notices.append(Notice(NoticeKind.UNKNOWN_GLYPHS, {"count": unknown}))
    notices.extend(limit_notice(limit, value) for limit, value in sorted(budget.exceeded.items()))
    return Document(name, kind, blocks, pictures=sum(page.pictures for page in pages), notices=tuple(notices))


def _pages(handle: Any, budget: Budget) -> Iterator[PageContent]:
    for index in range(min(pdfium.FPDF_GetPageCount(handle), MAX_PAGES)):
        page = pdfium.FPDF_LoadPage(handle, index)
        if page:
            try:
                yield read_page(page, index + 1, budget)
            finally:
                pdfium.FPDF_ClosePage(page)


def _is_scanned(pages: list[PageContent]) -> bool:
    """Say whether most pages are pictures without text."""
    scanned = [page for page in pages if page.pictures and len(page.characters) < _FEW_CHARACTERS]
    return 2 * len(scanned) > len(pages)


def _blocks(texts: list[PageText]) -> list[ParagraphDraft | TableDraft | UnruledTable]:
    """Return paragraphs and tables in reading order; both may go on over the end of a page."""
    pages: list[list[TextLine | UnruledTable]] = []
    table: UnruledTable | None = None
    for text in texts:
        pages.append(with_tables(text.lines, text.page, table))
        table = next((item for item in reversed(pages[-1]) if isinstance(item, UnruledTable)), table)
    by_size: dict[Box, list[TextLine]] = {}
    for text, found in zip(texts, pages, strict=True):
        by_size.setdefault(_size(text), []).extend(item for item in found if isinstance(item, TextLine))
    flows = {size: flow_of(lines, size) for size, lines in by_size.items()}
    blocks: list[ParagraphDraft | TableDraft | UnruledTable] = []
    tables = 0
    for text, found in zip(texts, pages, strict=True):
        items: list[TextLine | UnruledTable | RuledTable] = [*found]
        for ruled in text.tables:
            items.insert(next((at for at, item in enumerate(items) if item.box[3] < ruled.box[3]), len(items)), ruled)
        # A table that ends the page before may go on below a header that is repeated.
        ends = blocks[-1] if blocks and isinstance(blocks[-1], UnruledTable) else None
        for position, item in enumerate(items):
            last = blocks[-1] if blocks else None
            if isinstance(item, TextLine):
                if isinstance(last, ParagraphDraft) and last.goes_on(item, text.page):
                    last.append(item, text.page)
                else:
                    blocks.append(begin(item, text.page, flows[_size(text)]))
            elif isinstance(item, UnruledTable):
                if position == 0 and isinstance(last, UnruledTable):
                    last.takes_rest(item)
                if ends is not None:
                    ends.doubts(item)
                    ends = None
                if item.rows:
                    tables += 1
                    item.number = tables
                    blocks.append(item)
            elif position == 0 and isinstance(last, TableDraft) and last.continues(item):
                last.append(item)
            else:
                tables += 1
                blocks.append(TableDraft.of(item, tables))
    stamps: dict[str, ParagraphDraft] = {}
    for text in texts:
        for line in _turned_lines(text.page):
            stamps.setdefault(line.text, begin(line, text.page, flows[_size(text)]))
    return blocks + list(stamps.values())


def _turned_lines(page: PageContent) -> Iterator[TextLine]:
    """Yield what is printed askew outside of tables: stamps, words across the page, on every one of them perhaps."""
    for _, run in page.turned:
        words = "".join(character[0] for character in run).strip()
        if words:
            box = (min(c[1] for c in run), min(c[2] for c in run), max(c[3] for c in run), max(c[4] for c in run))
            yield TextLine.of(words, box)


def _size(text: PageText) -> Box:
    left, bottom, right, top = text.page.paper
    return float(round(left)), float(round(bottom)), float(round(right)), float(round(top))


def _finished(blocks: list[ParagraphDraft | TableDraft | UnruledTable]) -> Iterator[Paragraph | Grid]:
    paragraphs = 0
    for block in blocks:
        if isinstance(block, ParagraphDraft):
            paragraphs += 1
            yield block.paragraph(paragraphs)
        else:
            yield block.grid()
