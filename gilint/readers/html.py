"""HTML by selectolax: paragraphs and grids in the order in which a browser shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, evolve, field
from selectolax.lexbor import LexborHTMLParser

from gilint.document import Document, Grid, Paragraph
from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred
from gilint.readers.html_cells import BLOCKS, collapse, show_typed_values
from gilint.readers.html_pictures import pictures_of, shows_file
from gilint.readers.html_positions import Locator, unclosed_tables
from gilint.readers.html_tables import Tables, paragraph_place
from gilint.readers.limits import MAX_BLOCKS, clip_markup, limit_notice
from gilint.readers.rows import Line, blocks_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SMALLEST_COPY = 200
"""Characters from which on a hidden panel whose text stands on the page again is a copy, for printing or for a phone."""
MOST_COMPARED = 8
"""Hidden panels of one page that are looked at as copies; each costs reading the page's text."""

_CODE = ("script", "style", "noscript", "template")
_NOT_SHOWN = frozenset(["iframe", "object", "embed", "img", "svg", "math", "title", "map", "audio", "video", "canvas", "datalist"])
_HIDING = deferred(r"display\s{0,8}:\s{0,8}none", re.IGNORECASE)
_DISPLAY = re.compile("display")  # a pattern finds a word in less time than the methods of strings do
_TABLE_PARTS = frozenset(["tr", "td", "th"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STATEFUL = frozenset([*_HEADINGS, "pre", "textarea"])
_MARKED_UP = re.compile(r"(?i)<(?:p|br|div|li|h[1-6])[\s/>]")
_FIRST_CELL = deferred(r"(?i)<t[rdh][\s>]")


def read(text: str, name: str, utf8: bytes | None = None) -> Document:
    """Read HTML, however broken; nothing is fetched and nothing is run.

    Args:
        text: the source.
        name: how the document is called.
        utf8: the same source as bytes, which spares encoding it for the parser.
    """
    clipped, notices = clip_markup(text)
    markup = _with_table(clipped)
    parser = LexborHTMLParser(utf8 if utf8 is not None and markup is text else markup)
    links = len(parser.css("a[href]"))
    title = _title(parser)
    body = parser.body
    if body is None:
        return Document(name, "html", title=title, links=links, notices=tuple(notices))
    limits: dict[str, int] = {}
    # Numbers of tables are those of the source, so they are given out before anything is taken away.
    tables = Tables(parser, set(), limits)
    scripts, display = _take_away_code(parser)
    # To select by a part of an attribute costs more than to search the text for the word; style sheets and scripts are full of it.
    styled = len(_DISPLAY.findall(markup)) > display
    _take_away_hidden(parser, tables.hidden, styled=styled)
    show_typed_values(parser)
    flow = _Flow(tables, lines=_MARKED_UP.search(markup) is None, pictures=pictures_of(parser))
    flow.walk(body)
    if unclosed_tables(markup, tables.count):
        notices.append(Notice(NoticeKind.UNTERMINATED, {"element": "table"}))
    notices.extend(limit_notice(limit, value) for limit, value in sorted(limits.items()))
    paragraphs = [block.text for block in flow.blocks if isinstance(block, Paragraph)]
    return Document(
        name,
        "html",
        tuple(_with_rows(flow.blocks)),
        title,
        len(flow.pictures),
        links,
        scripts,
        pictures_at=tuple(flow.pictures_at),
        framed=flow.framed,
        notices=tuple(notices),
        locate=Locator(markup, paragraphs),
    )


def _with_table(markup: str) -> str:
    """Cells without a table around them (a fragment of a page) would lose their limits: 0 and 0 would become 00."""
    if "<table" in markup or "<TABLE" in markup or re.search("(?i)<table", markup):
        return markup
    first = _FIRST_CELL.search(markup)
    return f"{markup[: first.start()]}<table>{markup[first.start() :]}" if first else markup


def _title(parser: LexborHTMLParser) -> str:
    """Return the title of the article where the page states it (government sites must), otherwise the page's."""
    # Broken pages have meta elements below; the head is looked through first because it is short.
    for part in (parser.head, parser):
        for meta in part.css("meta[name]") if part is not None else ():
            attributes = meta.attributes
            if (attributes["name"] or "").lower() == "articletitle" and (attributes.get("content") or "").strip():
                return collapse(attributes["content"] or "")
    title = parser.css_first("title")
    return collapse(title.text()) if title is not None else ""


def _take_away_code(parser: LexborHTMLParser) -> tuple[int, int]:
    """Take away what is no text; return how many scripts there were, and how often they and style sheets say "display"."""
    nodes = [node for tag in _CODE for node in parser.tags(tag)]
    tags = [node.tag for node in nodes]
    # All are looked at before the first is taken away: one can be within another.
    display = sum(len(_DISPLAY.findall(node.text())) for node, tag in zip(nodes, tags, strict=True) if tag in ("script", "style"))
    for node in reversed(nodes):
        node.decompose()
    return tags.count("script"), display


def _take_away_hidden(parser: LexborHTMLParser, hidden: set[int], *, styled: bool) -> None:
    """Take away what a browser does not show; ``styled``: a style can say so too.

    Hidden elements are spam of intruders, or menus; but one with a table is a panel that a click opens, and stays unless it is a copy.
    """
    compared = 0
    # The inner of two goes first: the outer takes it along.
    for node in reversed(parser.css("[hidden],[style*=display]" if styled else "[hidden]")):
        attributes = node.attributes
        if "hidden" not in attributes and not _HIDING.search(attributes.get("style") or ""):
            continue
        if node.tag in _TABLE_PARTS:
            hidden.add(node.mem_id)
        elif node.tag not in ("html", "body"):
            if node.css_first("table td") is not None:
                compared += 1
                if compared > MOST_COMPARED or not _stands_again(node, parser):
                    continue
            node.decompose()


def _stands_again(panel: LexborNode, parser: LexborHTMLParser) -> bool:
    """Say whether the text of a panel stands on the page another time, word by word."""
    text = "".join(panel.text().split())
    return len(text) >= SMALLEST_COPY and parser.body is not None and "".join(parser.body.text().split()).count(text) > 1


@define
class _Flow:
    """Collects paragraphs and grids while the tree is walked."""

    tables: Tables
    lines: bool
    """Line breaks of the source count: text with tables in it but without paragraphs (tools that turn files into Markdown write so)."""
    pictures: set[int]
    """Addresses of those that can be a part of the article."""
    pictures_at: list[int] = field(factory=list)
    framed: int = 0
    waiting: int = 0
    """Pictures in the paragraph that is not yet at its end."""
    blocks: list[Paragraph | Grid] = field(factory=list)
    pieces: list[str] = field(factory=list)
    heading: int = 0
    gap: int = 0
    preformatted: int = 0
    paragraphs: int = 0

    def walk(self, body: LexborNode) -> None:
        """Go through the tree without recursion: pages nest as deeply as an attacker likes."""
        opened: list[tuple[LexborNode, str]] = []
        pieces = self.pieces
        node = body.first_child
        while len(self.blocks) < MAX_BLOCKS:
            while node is not None:
                tag = node.tag or ""
                if tag == "-text":
                    text = node.text_content or ""
                    if "\n" in text and (self.lines or self.preformatted):
                        self._lines(text)
                    else:
                        pieces.append(text)
                    node = node.next
                    continue
                child = node.first_child
                if tag in BLOCKS or tag == "br":
                    if pieces:
                        self._flush()
                    if tag == "table" and self._grid(node):
                        child = None
                    elif child is not None and tag in _STATEFUL:
                        self._enter(tag)
                elif tag in _NOT_SHOWN:
                    self._pass(node, tag)
                    child = None
                if child is None:
                    node = node.next
                else:
                    opened.append((node, tag))
                    node = child
            if not opened:
                break
            node, tag = opened.pop()
            if tag in BLOCKS:
                if pieces:
                    self._flush()
                if tag in _STATEFUL:
                    self._leave(tag)
            node = node.next
        else:
            self.tables.limits["MAX_BLOCKS"] = MAX_BLOCKS
        self._flush()

    def _enter(self, tag: str) -> None:
        self.heading = _HEADINGS.get(tag, self.heading)
        self.preformatted += tag in ("pre", "textarea")

    def _leave(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading = 0
        self.preformatted -= tag in ("pre", "textarea")

    def _grid(self, table: LexborNode) -> bool:
        grid = self.tables.grid(table)
        if grid is not None:
            self.blocks.append(grid)
            if self.pictures:
                self.pictures_at.extend(self.paragraphs for picture in table.css("img") if picture.mem_id in self.pictures)
        return grid is not None

    def _pass(self, node: LexborNode, tag: str) -> None:
        """Note that a picture or a file in a frame stands here."""
        if tag == "img":
            if node.mem_id in self.pictures:
                self.waiting += 1
                self.pieces.append("")  # A paragraph with nothing else in it must end, too.
        elif tag in ("iframe", "object", "embed"):
            self.framed += shows_file(node)

    def _lines(self, text: str) -> None:
        """Take text of which the line breaks count."""
        first, *others = text.split("\n")
        self.pieces.append(first)
        for line in others:
            if not self._flush() and len(self.blocks) < MAX_BLOCKS:
                self.gap += 1
            self.pieces.append(line)

    def _flush(self) -> bool:
        """End a paragraph; say whether there was one."""
        text = "".join(self.pieces)
        self.pieces.clear()
        printed = bool(text) and not text.isspace()
        self.paragraphs += printed
        if self.waiting:
            self.pictures_at.extend([self.paragraphs] * self.waiting)
            self.waiting = 0
        if not printed:
            return False
        text = text.strip() if self.lines or self.preformatted else collapse(text)
        self.blocks.append(Paragraph(text, paragraph_place(self.paragraphs), self.gap, self.heading))
        self.gap = 0
        return True


def _with_rows(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    """Return the blocks with paragraphs that are rows of a table (fields between bars) made grids."""
    if not any("|" in block.text or "\t" in block.text for block in blocks if isinstance(block, Paragraph)):
        return blocks
    result: list[Paragraph | Grid] = []
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        if run:
            levels = {paragraph.place.paragraph: paragraph.heading for paragraph in run}
            found = blocks_of([Line(paragraph.text, paragraph.place, paragraph.gap) for paragraph in run])
            result.extend(
                evolve(each, heading=levels[each.place.paragraph] or each.heading) if isinstance(each, Paragraph) else each
                for each in found
            )
            run = []
        if block is not None:
            result.append(block)
    return result
