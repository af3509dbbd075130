"""Tables without lines as they were put together, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from gilint.document import Grid, GridCell
from gilint.place import Place
from gilint.readers.pdf.columns import Span, begins_figure
from gilint.readers.pdf.content import Box, PageContent
from gilint.readers.pdf.labels import BEGINS, around


@define
class UnruledCell:
    """A cell, the first column that it is in (labels are in column 0), and how many."""

    text: str
    column: int
    span: int
    box: Box


@define
class UnruledRow:
    """A row of cells from left to right."""

    cells: list[UnruledCell]
    doubtful: bool = False
    """Whether what stands in it may belong to the row above or below."""


@define
class UnruledTable:
    """A table on one page."""

    page: PageContent
    columns: list[Span]
    """Where the figures stand."""
    rows: list[UnruledRow] = field(factory=list)
    number: int = 0
    """Which table of the document, counted from 1."""

    def takes_rest(self, other: UnruledTable) -> None:
        """Put a row together that the end of a page has cut, its label at least: take the rest of it from the next page."""
        while other.rows and self.rows and _is_cut(self.rows[-1].cells, other.rows[0].cells):
            rest = other.rows.pop(0)
            self.rows[-1].doubtful = self.rows[-1].doubtful or rest.doubtful
            for upper, lower in zip(self.rows[-1].cells, rest.cells, strict=True):
                if not upper.text:
                    upper.box = lower.box
                upper.text += lower.text

    def doubts(self, other: UnruledTable) -> None:
        """Make the last row and the first one of the next page doubtful, where that can be the rest of it, below a header that is repeated."""
        first = next(filter(_has_figures, other.rows), None)
        # Where labels have no numbers, but for those of groups perhaps, one without does not look like the rest of another.
        numbers = [BEGINS.match(row.cells[0].text) is not None for row in self.rows if _has_figures(row)]
        if (
            first is not None
            and 2 * sum(numbers) > len(numbers)
            and len(self.columns) == len(other.columns)
            and not BEGINS.match(first.cells[0].text)
        ):
            first.doubtful = self.rows[-1].doubtful = True

    @property
    def box(self) -> Box:
        """Around all cells."""
        return around([cell.box for row in self.rows for cell in row.cells])

    def grid(self) -> Grid:
        """Return the finished table."""
        rows = []
        for row, drawn in enumerate(self.rows):
            line: list[GridCell] = []
            for cell in drawn.cells:
                place = Place(table=self.number, row=row + 1, cell=len(line) + 1, page=self.page.number, box=self.page.on_paper(cell.box))
                line.append(GridCell(cell.text, row, cell.column, 1, cell.span, place))
            rows.append(tuple(line))
        doubtful = frozenset(row for row, drawn in enumerate(self.rows) if drawn.doubtful)
        return Grid(tuple(rows), Place(table=self.number, page=self.page.number, box=self.page.on_paper(self.box)), doubtful=doubtful)


def _is_cut(upper: Sequence[UnruledCell], lower: Sequence[UnruledCell]) -> bool:
    """Say whether two rows are one: the label of the first is numbered, that of the other goes on, and only one of them has figures."""
    if len(upper) != len(lower) or not BEGINS.match(upper[0].text) or not lower[0].text or BEGINS.match(lower[0].text):
        return False
    return not any(cell.text for cell in upper[1:]) or not any(cell.text for cell in lower[1:])


def _has_figures(row: UnruledRow) -> bool:
    return any(begins_figure(cell.text) for cell in row.cells[1:] if cell.text)
