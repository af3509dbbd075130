"""Documents of other formats within a DOCX (``w:altChunk``): Word draws them in when it opens the file, and some editors for the web write nothing else."""

from __future__ import annotations

from attrs import define, evolve, field

from gilint.document import Document, Grid, Paragraph
from gilint.notice import Notice
from gilint.place import Place
from gilint.readers.archives import ArchiveError
from gilint.readers.docx.names import RELATED_ID
from gilint.readers.docx.package import Element, Package

MAX_CHUNKS = 20
"""Documents within one document."""


@define
class Chunks:
    """Reads them; their places go on counting from what stands before."""

    package: Package
    tables: int
    """Tables of the document around them, and of those that were read."""
    notices: list[Notice] = field(factory=list)
    _read: int = 0

    def document(self, chunk: Element, paragraphs: int) -> Document | None:
        """Return what is drawn in, ``None`` where there is nothing.

        Args:
            chunk: the element.
            paragraphs: how many are printed before it.
        """
        from gilint.readers import read_document  # which reads DOCX, too

        name = self.package.target(chunk.get(RELATED_ID, ""))
        if name is None:
            return None
        if self._read == MAX_CHUNKS:
            self.package.limits["MAX_CHUNKS"] = MAX_CHUNKS
            return None
        self._read += 1
        try:
            document = read_document(self.package.archive.read(name), "<altChunk>")
        except ArchiveError as error:
            self.notices.append(error.notice)
            return None
        self.notices.extend(document.notices)
        blocks = tuple(self._moved(block, paragraphs) for block in document.blocks)
        self.tables += max((block.place.table or 0 for block in document.blocks), default=0)
        return evolve(document, blocks=blocks)

    def _moved(self, block: Paragraph | Grid, paragraphs: int) -> Paragraph | Grid:
        place = self._place(block.place, paragraphs)
        if isinstance(block, Paragraph):
            return evolve(block, place=place)
        rows = tuple(tuple(cell._replace(place=self._place(cell.place, paragraphs)) for cell in row) for row in block.rows)
        return evolve(block, rows=rows, place=place)

    def _place(self, place: Place, paragraphs: int) -> Place:
        table = None if place.table is None else place.table + self.tables
        return Place(
            table=table, row=place.row, cell=place.cell, paragraph=None if place.paragraph is None else place.paragraph + paragraphs
        )
