"""HTML by selectolax: paragraphs and grids in the order in which a browser shows them."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import evolve
from selectolax.lexbor import LexborHTMLParser

from gilint.document import Document, Grid, HiddenElement, Paragraph, nowhere
from gilint.notice import Notice, NoticeKind, comments_notice
from gilint.readers.grids import paragraph_place
from gilint.readers.html_cells import BLOCKS, collapse, show_typed_values
from gilint.readers.html_drawn import Drawn, drawn_rows
from gilint.readers.html_links import outward_links
from gilint.readers.html_notes import take_away_notes
from gilint.readers.html_parsing import parse
from gilint.readers.html_pictures import pictures_of, shows_file, tables_around
from gilint.readers.html_positions import Locator, is_more_often, unclosed_tables
from gilint.readers.html_removal import take_away_code, take_away_hidden
from gilint.readers.html_tables import Tables
from gilint.readers.limits import MAX_BLOCKS, limit_notice
from gilint.readers.rows import Line, blocks_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NOT_SHOWN = frozenset(["iframe", "object", "embed", "img", "svg", "math", "title", "map", "audio", "video", "canvas", "datalist"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PUBLISHED = frozenset(["publishdate", "publishtime", "publishedtime", "firstpublishedtime", "dc.date", "dc.date.issued"])
"""Other names of the meta element ``PubDate``."""
_STATEFUL = frozenset([*_HEADINGS, "pre", "textarea"])
_MOSTLY_PLAIN = frozenset(["p", "li", *_HEADINGS])
_NOT_PLAIN = BLOCKS | {"br"} | _NOT_SHOWN
_tag_of = attrgetter("tag")
_MARKED_UP = re.compile(r"(?i)<(?:p|br|div|li|h[1-6])[\s/>]")


def read(text: str, name: str, utf8: bytes | None = None, *, encoding: str | None = None, notices: tuple[Notice, ...] = ()) -> Document:
    """Read HTML, however broken; nothing is fetched and nothing is run.

    Args:
        text: the source.
        name: how the document is called.
        utf8: the same source as bytes, which spares encoding it for the parser.
        encoding: in which it was.
        notices: what was remarkable about its characters.
    """
    # Numbers of tables are those of the source, so they are given out before anything is taken away.
    parsed = parse(text, utf8)
    markup, tables, parser = parsed.markup, parsed.tables, parsed.tables.parser
    noticed = [*notices, *parsed.notices]
    anchors = parser.css("a[href]")
    title, published = _stated(parser)
    body = parser.body
    if body is None:
        return Document(name, "html", title=title, links=len(anchors), encoding=encoding, published=published, notices=tuple(noticed))
    unseen, outward = outward_links(parser, anchors)
    if comments := take_away_notes(parser):
        noticed.append(comments_notice(comments, own=comments))
    scripts, display = take_away_code(parser)
    hidden = _hidden(tables, display)
    show_typed_values(parser)
    flow = _walked(tables, body, markup)
    if unclosed_tables(markup, parsed.tags, tables.count):
        noticed.append(Notice(NoticeKind.UNTERMINATED, {"element": "table"}))
    noticed.extend(limit_notice(limit, value) for limit, value in sorted(parsed.limits.items()))
    locator = Locator(markup, [block.text for block in flow.blocks if isinstance(block, Paragraph)])
    return Document(
        name,
        "html",
        tuple(_with_rows(flow.drawn.joined(flow.blocks))),
        title,
        len(flow.pictures),
        len(anchors),
        scripts,
        encoding,
        tuple(noticed),
        pictures_at=tuple(flow.pictures_at),
        framed=flow.framed,
        hidden=(*hidden, *unseen),
        outward=tuple(outward),
        published=published,
        locate=locator,
        within=locator.within,
        printed=locator.printed if markup is text else nowhere,
    )


def _walked(tables: Tables, body: LexborNode, markup: str) -> _Flow:
    """Walk through what is left of a page."""
    drawn = Drawn(drawn_rows(tables.parser, tables.plain_cells))
    pictures = pictures_of(tables.parser)
    flow = _Flow(tables, drawn, _MARKED_UP.search(markup) is None, {picture.mem_id for picture in pictures}, tables_around(pictures))
    flow.walk(body)
    return flow


def _hidden(tables: Tables, display: int) -> list[HiddenElement]:
    """Take away what a browser does not show, and return it; ``display`` is how often that word stands in what is taken away already."""
    # To select by a part of an attribute costs more than to search the source for the word; style sheets and scripts are full of it.
    styled = is_more_often(tables.parser.raw_html, b"display", display)
    return take_away_hidden(tables.parser, tables.hidden, styled=styled) if styled or tables.hides else []


def _stated(parser: LexborHTMLParser) -> tuple[str, str]:
    """Return title and date of publication of the article where the page states them (government sites must); the title is otherwise the page's."""
    found = {"articletitle": "", "pubdate": ""}
    # Broken pages have meta elements below; the head is looked through first because it is short.
    for part in (parser.head, parser):
        for meta in part.css("meta[name]") if part is not None else ():
            attributes = meta.attributes
            name = (attributes["name"] or "").lower()
            name = "pubdate" if name in _PUBLISHED else name
            if found.get(name) == "" and (content := (attributes.get("content") or "").strip()):
                found[name] = collapse(content)
        if found["articletitle"]:
            return found["articletitle"], found["pubdate"]
    title = parser.css_first("title")
    return (collapse(title.text()) if title is not None else ""), found["pubdate"]


def _is_plain(block: LexborNode) -> bool:
    """Say whether a block is one line of text and nothing else, which needs no walk through it; stop at the first element that is not plain."""
    elements = block.traverse()
    next(elements)
    return _NOT_PLAIN.isdisjoint(map(_tag_of, elements))


class _Flow:
    """Collects paragraphs and grids while the tree is walked."""

    def __init__(
        self,
        tables: Tables,
        drawn: Drawn,
        lines: bool,
        pictures: set[int],
        illustrated: set[int] | None,
        framed: int = 0,
        waiting: int = 0,
        heading: int = 0,
        gap: int = 0,
        preformatted: int = 0,
        paragraphs: int = 0,
    ) -> None:
        self.tables = tables
        self.drawn = drawn
        self.lines = lines
        """Line breaks of the source count: text with tables in it but without paragraphs (tools that turn files into Markdown write so)."""
        self.pictures = pictures
        """Addresses of those that can be a part of the article."""
        self.illustrated = illustrated
        """Addresses of the tables with such pictures, ``None`` where each table is to be asked."""
        self.pictures_at: list[int] = []
        self.framed = framed
        self.waiting = waiting
        """Pictures in the paragraph that is not yet at its end."""
        self.blocks: list[Paragraph | Grid] = []
        self.pieces: list[str] = []
        self.heading = heading
        self.gap = gap
        self.preformatted = preformatted
        self.paragraphs = paragraphs

    def walk(self, body: LexborNode) -> None:
        """Go through the tree without recursion: pages nest as deeply as an attacker likes."""
        opened: list[tuple[LexborNode, str]] = []
        pieces, rows = self.pieces, self.drawn.rows
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
                    if (tag == "table" and self._grid(node)) or (rows and self._drawn_row(node)):
                        child = None
                    elif child is not None:
                        if tag in _STATEFUL:
                            self._enter(tag)
                        if tag in _MOSTLY_PLAIN and not self.lines and not self.preformatted and _is_plain(node):
                            pieces.append(node.text())
                            opened.append((node, tag))
                            break
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
            if self.illustrated is None or table.mem_id in self.illustrated:
                self.pictures_at.extend(self.paragraphs for picture in table.css("img") if picture.mem_id in self.pictures)
        return grid is not None

    def _drawn_row(self, row: LexborNode) -> bool:
        """Add the cells of a row that other elements draw, each a paragraph; say whether it is one."""
        cells = self.drawn.rows.get(row.mem_id, [])
        for number, text in enumerate(self.drawn.take(cells, len(self.blocks)) if cells else [], self.paragraphs + 1):
            self.paragraphs = number
            self.blocks.append(Paragraph(text, paragraph_place(number)))
        return bool(cells)

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
