"""DOCX, read with lxml straight from the archive: what Word prints, in reading order.

Read are paragraphs and tables, also within content controls, text boxes and fields, with the numbers that Word generates; footnotes and endnotes as paragraphs
at the end. Tracked changes are read as if all were accepted; hidden text, tables of contents (they repeat the headings) and comments are not read. Headers are no
part of the flow, but a title that stands only there is found: they are part of `Document.title`.

Places count what is printed: `Place.paragraph` the paragraphs outside of tables that hold text (a text box comes after the paragraph that it is anchored in, notes come
last), `Place.table` all tables of the part in the order of the file, also those that only arrange a page, `Place.row` and `Place.cell` the rows and cells as stored, without those that
tracked changes delete or that are hidden. `gilint.readers.docx.positions` finds the elements again.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import partial

from attrs import define, field, frozen

from gilint.document import Document
from gilint.notice import Notice, NoticeKind, comments_notice
from gilint.products import AUTHOR
from gilint.readers.archives import ArchiveError, open_archive
from gilint.readers.docx.chunks import Chunks
from gilint.readers.docx.flow import Flow
from gilint.readers.docx.names import BODY, P, T, w
from gilint.readers.docx.numbering import Counter
from gilint.readers.docx.package import Element, Package
from gilint.readers.docx.story import Story
from gilint.readers.docx.styles import Styles
from gilint.readers.html_cells import collapse

LONGEST_SAMPLE = 20
"""Characters of hidden text that are quoted."""
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SEPARATORS = frozenset(["separator", "continuationSeparator", "continuationNotice"])
_NOTES = (("footnotes", w("footnote")), ("endnotes", w("endnote")))
_COMMENT, _AUTHOR = w("comment"), w("author")


def read(data: bytes, name: str) -> Document:
    """Read a DOCX, however it was made (Word, WPS, LibreOffice; transitional or strict; with macros, which are not looked at)."""
    try:
        reading = Reading.of(data)
    except ArchiveError as error:
        return Document(name, "none", notices=(error.notice,))
    flow = reading.flow
    return Document(
        name,
        "docx",
        tuple(flow.blocks),
        reading.title(),
        len(flow.pictures_at),
        pictures_at=tuple(flow.pictures_at),
        notices=reading.notices(),
    )


@frozen
class Spot:
    """A paragraph in the file."""

    part: str
    """Which part: ``word/document.xml``."""
    index: int
    """Which ``w:p`` of it in the order of the file, from 0 on; all count, also those that are not read."""


@define
class Reading:
    """A DOCX while it is read."""

    package: Package
    flow: Flow
    chunks: Chunks
    stories: dict[str, Story] = field(factory=dict)
    """What was read, by the name of the part."""
    spots: MutableMapping[Element, Spot] | None = None

    @classmethod
    def of(cls, data: bytes, spots: MutableMapping[Element, Spot] | None = None) -> Reading:
        """Read the document and its notes.

        Args:
            data: the file.
            spots: filled with the place of each paragraph in the file where it is wanted.

        Raises:
            ArchiveError: it cannot be read.
        """
        package = Package(open_archive(data))
        root = package.tree(package.main, formatted=False)
        styles = Styles.of(package.pieces("styles"))
        flow = Flow(package.limits, Counter(partial(package.first, "numbering")), places=None if spots is None else [])
        reading = cls(package, flow, Chunks(package, 0), spots=spots)
        story = reading._story(package.main, root, styles)
        body = root.find(BODY)
        reading.chunks.tables = len(story.tables)
        reading.flow.add(story, root if body is None else body, reading.chunks)
        for kind, element in _NOTES:
            notes = package.first(kind)
            if notes is None:
                continue
            story = reading._story(package.parts[kind][0], notes, styles)
            for note in notes.iterchildren(element):
                if note.get(w("type")) not in _SEPARATORS:
                    reading.flow.add(story, note, reading.chunks)
        return reading

    def _story(self, part: str, root: Element, styles: Styles) -> Story:
        if self.spots is not None:
            self.spots.update((paragraph, Spot(part, index)) for index, paragraph in enumerate(root.iter(P)))
        story = self.stories[part] = Story.of(root, styles)
        return story

    def title(self) -> str:
        """Return the title that the document states of itself and the lines of its headers."""
        titles: list[str] = []
        if _CORE in self.package.archive:
            try:
                titles.extend(element.text or "" for element in self.package.tree(_CORE).iter(_TITLE))
            except ArchiveError:
                titles.clear()  # what a file says of itself does not prevent it from being read
        for header in self.package.all("header"):
            titles.extend("".join(node.text or "" for node in paragraph.iter(T)) for paragraph in header.iter(P))
        return " | ".join(dict.fromkeys(title for each in titles if (title := collapse(each))))

    def notices(self) -> tuple[Notice, ...]:
        """Return what the document carries along that will be published with it, and the limits that were hit."""
        notices: list[Notice] = []
        changes = sum(story.changes for story in self.stories.values())
        hidden = [text for story in self.stories.values() for text in story.hidden]
        authors = [comment.get(_AUTHOR) for root in self.package.all("comments") for comment in root.iterchildren(_COMMENT)]
        if changes:
            notices.append(Notice(NoticeKind.TRACKED_CHANGES, {"count": changes}))
        if authors:
            notices.append(comments_notice(len(authors), own=authors.count(AUTHOR)))
        if hidden:
            sample = hidden[0] if len(hidden[0]) <= LONGEST_SAMPLE else f"{hidden[0][:LONGEST_SAMPLE]}…"
            notices.append(Notice(NoticeKind.HIDDEN_TEXT, {"count": len(hidden), "sample": sample}))
        return (*notices, *self.chunks.notices, *self.package.notices)
