"""Paragraphs and grids of a DOCX in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from attrs import define, evolve, field

from gilint.document import Document, Grid, Paragraph
from gilint.place import Place
from gilint.readers.docx.chunks import Chunks
from gilint.readers.docx.names import ALT_CHUNK, TBL, TC, TR, P
from gilint.readers.docx.numbering import Counter
from gilint.readers.docx.package import Element
from gilint.readers.docx.story import Story
from gilint.readers.docx.tables import Tables, content
from gilint.readers.docx.texts import texts_of
from gilint.readers.grids import paragraph_place
from gilint.readers.html_cells import collapse
from gilint.readers.limits import MAX_BLOCKS
from gilint.readers.rows import Line, blocks_of

_BLOCKS = frozenset([P, TBL, ALT_CHUNK])


@define
class Flow:
    """Collects what is printed, part after part."""

    limits: dict[str, int]
    """Limits hit, by name."""
    counter: Counter
    blocks: list[Paragraph | Grid] = field(factory=list)
    pictures_at: list[int] = field(factory=list)
    """For each picture the number of the paragraph in which or after which it stands."""
    paragraphs: int = 0
    """Printed so far, outside of tables."""
    places: list[tuple[Place, Element]] | None = None
    """What stands where, cells and paragraphs outside of tables, when it is wanted."""
    _lines: list[Line] = field(factory=list)
    _headings: dict[int | None, int] = field(factory=dict)
    _gap: int = 0

    def add(self, story: Story, body: Element, chunks: Chunks) -> None:
        """Add what stands in ``body``, an element of the part of the story."""
        part = _Part(self, story, texts_of(story, self.counter), chunks)
        part.walk(body)
        self._end_lines()

    def add_paragraph(self, element: Element, text: str, heading: int) -> None:
        """Add a paragraph; each of its lines is one of the document, and their number is the same."""
        lines = text.split("\n") if "\n" in text else (text,)
        printed = False
        for line in lines:
            if not line or line.isspace():
                self._gap += 1
                continue
            if not printed:
                printed = True
                self.paragraphs += 1
                if heading:
                    self._headings[self.paragraphs] = heading
                if self.places is not None:
                    self.places.append((paragraph_place(self.paragraphs), element))
            self._lines.append(Line(line, paragraph_place(self.paragraphs), self._gap))
            self._gap = 0

    def add_grid(self, grid: Grid) -> None:
        """Add a table."""
        self._end_lines()
        self.blocks.append(grid)
        self._gap = 0

    def add_document(self, document: Document) -> None:
        """Add a document that is drawn in."""
        self._end_lines()
        self.blocks.extend(document.blocks)
        self.pictures_at.extend(self.paragraphs + number for number in document.pictures_at or (0,) * document.pictures)
        self.paragraphs = max([self.paragraphs, *(block.place.paragraph or 0 for block in document.blocks)])
        self._gap = 0

    def is_full(self) -> bool:
        """Say whether no more is read."""
        full = len(self.blocks) + len(self._lines) >= MAX_BLOCKS
        if full:
            self.limits["MAX_BLOCKS"] = MAX_BLOCKS
        return full

    def _end_lines(self) -> None:
        """Make paragraphs of the lines since the last grid, and grids where tabs or bars part them."""
        for block in blocks_of(self._lines):
            level = self._headings.get(block.place.paragraph, 0) if isinstance(block, Paragraph) else 0
            self.blocks.append(evolve(block, heading=level) if level and isinstance(block, Paragraph) else block)
        self._lines.clear()


@define
class _Part:
    """Walks one part."""

    flow: Flow
    story: Story
    texts: dict[Element, str]
    chunks: Chunks
    tables: Tables = field(init=False)

    def __attrs_post_init__(self) -> None:
        # With a method of its own the part would hold itself, and its tree would stay in memory until Python looks for such rings.
        self.tables = Tables(self.story, self.flow.limits, partial(_cell_text, self.texts, self.story.boxes))

    def walk(self, body: Element) -> None:
        """Add the blocks in an element, without recursion: tables nest as deeply as XML may."""
        flow = self.flow
        waiting = [self._blocks(body)]
        while waiting and not flow.is_full():
            block = next(waiting[-1], None)
            if block is None:
                waiting.pop()
            elif block.tag == P:
                self._add_paragraph(block)
                for box in reversed(self.story.boxes.get(block, ())):
                    waiting.append(self._blocks(box))
            elif block.tag == ALT_CHUNK:
                document = self.chunks.document(block, flow.paragraphs)
                if document is not None:
                    flow.add_document(document)
            else:
                grid = self.tables.grid(block, None if flow.places is None else self._drawn)
                if grid is None:
                    waiting.append(self._blocks(block))
                elif grid.rows:
                    flow.add_grid(grid)
                    self._add_pictures(block)

    def _blocks(self, element: Element) -> Iterator[Element]:
        for child in content(element, *_BLOCKS, TR, TC):
            if child.tag in _BLOCKS:
                yield child
            else:
                yield from self._blocks(child)

    def _add_paragraph(self, paragraph: Element) -> None:
        style = self.story.style(paragraph)
        if style.contents:
            return
        self.flow.add_paragraph(paragraph, self.texts.get(paragraph, ""), self.story.outlines.get(paragraph, style.heading))
        if self.story.pictures:
            self.flow.pictures_at.extend([self.flow.paragraphs] * self.story.pictures.get(paragraph, 0))

    def _add_pictures(self, table: Element) -> None:
        if self.story.pictures:
            for paragraph in table.iter(P):
                self.flow.pictures_at.extend([self.flow.paragraphs] * self.story.pictures.get(paragraph, 0))

    def _drawn(self, place: Place, cell: Element) -> None:
        if self.flow.places is not None:
            self.flow.places.append((place, cell))


def _cell_text(texts: Mapping[Element, str], boxes: Mapping[Element, list[Element]], cell: Element) -> str:
    """Return all that a cell shows: its own lines, those of small tables in it, and of text boxes."""
    found: list[str] = []
    for paragraph in cell.iter(P):
        found.append(texts.get(paragraph, ""))
        for box in boxes.get(paragraph, ()) if boxes else ():
            found.extend(texts.get(each, "") for each in box.iter(P))
    if len(found) == 1 and "\n" not in found[0]:
        return found[0] if found[0].isalnum() else collapse(found[0])
    lines = (collapse(line) for text in found for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
