"""What every reader yields: paragraphs and grids in reading order, each with its place in the source."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

from attrs import field, frozen

from gilint.data import Data, Shown
from gilint.notice import Notice
from gilint.place import Place


@frozen(eq=False, repr=False)
class Paragraph(Data):
    """A line or paragraph outside of tables."""

    text: str
    """As printed; spaces at both ends removed."""
    place: Place
    gap: int = 0
    """Blank lines before it (text only): a blank cell can hide there."""
    heading: int = 0
    """Heading level where the format has one (HTML h1 to h6), otherwise 0."""


class GridCell(NamedTuple):
    """A cell of a grid. Row and column are those of its upper left corner, counted from 0.

    A named tuple, because a page has hundreds of cells and these are made three times as fast.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = Place()


@frozen(eq=False, repr=False)
class Grid(Data):
    """A table as the source draws it.

    ``rows`` holds, for each row, the cells that *begin* in it, from left to right; spans are already clamped to the grid.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    place: Place = Place()
    aligned: bool = True
    """``False`` for a row a line of text, where a merged cell shifts its neighbours: only the order counts."""
    caption: str = ""
    doubtful: frozenset[int] = field(default=frozenset(), kw_only=True)
    """Rows of which it is not sure which figures stand in them, where a table has no lines and its reader had to tell by places."""


@frozen(eq=False, repr=False)
class HiddenElement(Data):
    """An element of a page that a browser does not show, and that was not read."""

    text: str
    """How its text begins."""
    addresses: tuple[str, ...] = ()
    """Other sites that it links to, as written."""


@frozen(eq=False, repr=False)
class OutwardLink(Data):
    """A link of a page to a site that is no government's, within running text."""

    address: str
    """As written."""
    text: str
    """The words that are the link."""
    around: str
    """These words with a few characters of the line before and after them."""


class TidyCell(NamedTuple):
    """A cell of a form that the source itself names, as ``gilint extract`` writes it; what the source does not say is ``None``."""

    table: str
    row: str
    column: str
    state: str | None
    value: str | None
    """In 万元 for amounts."""
    raw: str | None
    place: Place = Place()


@frozen(eq=False, repr=False)
class TidyData(Data):
    """Cells of one report as data: there is nothing in it to be recognised."""

    cells: tuple[TidyCell, ...]
    edition: str | None = None
    year: str | None = None
    organ: str | None = None


@frozen(eq=False, repr=False)
class Portion(Shown):
    """Where one of several reports stands in a file of data."""

    label: str
    """What tells it from the others: the path that it has in the data where no other has it, or else its number."""
    number: int
    """Counted from 1."""
    encoding: str
    header: str
    """Of CSV the line that names the columns; empty of JSON."""
    facts: tuple[str | None, ...]
    """What its cells have in common: path, organ, year and edition."""
    whole: bool
    """Whether it is an object of JSON with all that is said of the report, and not a cell after the other."""
    offsets: array[int] = field(repr=False)
    """Of its pieces: for each the byte at which it begins, the byte at which it ends, and its first line."""
    limits: tuple[tuple[str, int], ...] = ()
    """Of the last report: what kept others from being found."""

    @property
    def extents(self) -> Iterator[tuple[int, int, int]]:
        """Its pieces: from which byte to which byte, and the first line."""
        return zip(self.offsets[::3], self.offsets[1::3], self.offsets[2::3], strict=True)


def nowhere(_place: Place, _what: object) -> None:
    """Find no text: of sources without lines, and where the text that was read is not that of the source."""


@frozen(eq=False, repr=False)
class Document(Data):
    """One source document."""

    name: str
    """As shown to the user: the path as given, or ``<stdin>``, ``<text>``, ``<bytes>``."""
    format: str
    """``text``, ``html``, ``docx``, ``xlsx`` and so on; ``none`` when nothing could be read."""
    blocks: tuple[Paragraph | Grid, ...] = ()
    title: str = ""
    """What the format calls the title of the document (HTML ``title`` or a title meta element)."""
    pictures: int = 0
    """Pictures within the content, not the site's furniture where that can be told."""
    pictures_at: tuple[int, ...] = field(default=(), kw_only=True)
    """For each of these the number (`Place.paragraph`) of the paragraph in which or after which it stands; empty where that is not known."""
    framed: int = field(default=0, kw_only=True)
    """Files (a PDF, say) that the page shows in a frame, without their text."""
    hidden: tuple[HiddenElement, ...] = field(default=(), kw_only=True)
    """What a page has and does not show, as far as it has text or links to other sites."""
    outward: tuple[OutwardLink, ...] = field(default=(), kw_only=True)
    """Links within running text to sites that are no government's."""
    links: int = 0
    scripts: int = 0
    encoding: str | None = None
    published: str = field(default="", kw_only=True)
    """When it was published, as the format says so (HTML ``PubDate`` meta element); empty where it does not."""
    notices: tuple[Notice, ...] = ()
    tidy: TidyData | None = field(default=None, kw_only=True)
    """The cells, where the source is data and no printed report."""
    part: str = field(default="", kw_only=True)
    """Of one of several reports in a file: what tells it from the others. The name of the document is that of the file with ``#`` and this after it."""
    locate: Callable[[Place], Place] = field(default=lambda place: place, eq=False, repr=False)
    """Completes a place with line and column of the source, on demand (finding them is too dear to do for every cell)."""
    within: Callable[[Place, int], Place | None] = field(default=lambda _place, _start: None, eq=False, repr=False, kw_only=True)
    """Finds a character of a paragraph, counted from 0, in the source. ``None`` where the source has no lines or has the text otherwise."""
    printed: Callable[[Place, str], tuple[Place, int] | None] = field(
        default=lambda _place, _text: None, eq=False, repr=False, kw_only=True
    )
    """Finds a text that is all of a cell in the source: line and column at which it begins, and how many characters it has there. ``None`` where
    the source has no lines, or has the text otherwise (with markup in it, say), so that nobody could replace it."""

    @property
    def file(self) -> str:
        """The file in which it stands."""
        return self.name.removesuffix(f"#{self.part}") if self.part else self.name
