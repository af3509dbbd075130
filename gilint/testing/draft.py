"""A report before it is written to a file: words, tables and what is printed in each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from attrs import evolve, frozen

from gilint.form import CellKey, Form, ValueKind
from gilint.testing import narrative
from gilint.testing.factory import Number
from gilint.testing.sheet import Sheet, SheetCell, draw

DEFAULT_ORGAN = "白石县商务局"


@frozen
class Part:
    """A section of a draft: heading, narrative, tables."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]
    sheets: tuple[Sheet, ...] = ()
    foreign: tuple[Sheet, ...] = ()
    """Tables that are no part of the form; drawn before the others."""


@frozen
class Draft:
    """A whole report: what a civil servant has in front of him before he pastes it into a CMS."""

    form: Form
    figures: Mapping[CellKey, Number]
    organ: str
    year: int
    title: str
    head: tuple[str, ...]
    parts: tuple[Part, ...]
    tail: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table, in the order of the document."""
        return tuple(sheet for part in self.parts for sheet in part.sheets)

    def with_cells(self, change: Callable[[SheetCell], SheetCell]) -> Draft:
        """Return a copy in which every cell of every table went through ``change``."""
        parts = []
        for part in self.parts:
            sheets = (evolve(sheet, rows=tuple(tuple(change(cell) for cell in row) for row in sheet.rows)) for sheet in part.sheets)
            parts.append(evolve(part, sheets=tuple(sheets)))
        return evolve(self, parts=tuple(parts))

    def with_sheets(self, change: Callable[[Sheet], Sheet | None]) -> Draft:
        """Return a copy in which every table went through ``change``; ``None`` takes a table away."""
        parts = []
        for part in self.parts:
            changed = (change(sheet) for sheet in part.sheets)
            parts.append(evolve(part, sheets=tuple(sheet for sheet in changed if sheet is not None)))
        return evolve(self, parts=tuple(parts))


def write_number(number: Number, kind: ValueKind, unit: str | None) -> str:
    """Return how a careful office prints a number: plain digits, an amount with its unit where the header has none."""
    if kind is not ValueKind.AMOUNT:
        return str(number)
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    return text if unit or not number else f"{text}万元"


def print_figures(form: Form, figures: Mapping[CellKey, Number]) -> dict[CellKey, str]:
    """Return what is printed in each cell for ``figures``."""
    columns = {(table.name, column.name): column for table in form.tables for column in table.columns}
    return {key: write_number(number, columns[key[0], key[2]].kind, columns[key[0], key[2]].unit) for key, number in figures.items()}


def make_draft(
    form: Form,
    figures: Mapping[CellKey, Number],
    *,
    organ: str = DEFAULT_ORGAN,
    year: int | None = None,
    random: Random | int = 0,
    words: bool = True,
    printed: Mapping[CellKey, str | None] | None = None,
) -> Draft:
    """Put a report together.

    Args:
        form: the edition.
        figures: its numbers; the narrative agrees with them.
        organ: whose report.
        year: which year; the first year of the edition when not given.
        random: the source of chance for the wording, or a seed for one.
        words: whether the sections have narrative; headings they always have.
        printed: cells that are printed otherwise than plainly; ``None`` for a cell that is left out of its row.
    """
    random = Random(random) if isinstance(random, int) else random
    year = year if year is not None else form.first_year
    cells: dict[CellKey, str | None] = {**print_figures(form, figures), **(printed or {})}
    head = narrative.preamble(form, organ, year, random)
    texts = narrative.sections(form, figures, organ, year, random)
    parts = tuple(
        Part(
            name,
            text.heading,
            text.paragraphs if words else (),
            tuple(draw(table, cells) for table in form.tables if table.section == name),
        )
        for name, text in texts.items()
    )
    title = f"{organ}{year}年{form.title.zh}"
    tail = (organ, f"{year + 1}年1月{random.randint(8, 28)}日")
    return Draft(form, figures, organ, year, title, head if words else (), parts, tail if words else ())
