"""Where in the source something stands, in words and as data."""

from __future__ import annotations

from typing import Any

import attrs

from gilint.model import Report
from gilint.output.words import Words
from gilint.place import CellRef, Place


def place_data(place: Place | None) -> dict[str, Any] | None:
    """Return what is known of a place."""
    if place is None:
        return None
    return {name: value for name, value in attrs.asdict(place).items() if value is not None}


def cell_labels(report: Report, ref: CellRef, words: Words) -> tuple[str, str, str]:
    """Return the official labels of a cell's table, row and column; of a cell that the form does not have its names."""
    try:
        spec = report.tables[ref.table].spec
        labels = (spec.label, spec.row(ref.row).label, spec.column(ref.column).label)
    except KeyError:
        return ref.table, ref.row, ref.column
    table, row, column = (label.in_language(words.language) for label in labels)
    return table, row, column


def is_line(place: Place) -> bool:
    """Say whether a place is a line of text, and not also what a reader finds sooner: a table, a sheet, a page."""
    return not (place.table or place.sheet is not None or place.page)


def say_place(found: Place | None, words: Words) -> str:
    """Return a place in words, first what a reader can find; ``""`` when nothing is known of it."""
    if found is None:
        return ""
    if found.sheet is not None:
        return words("place-sheet", sheet=found.sheet, address=found.address or "").rstrip()
    line = ""
    if found.line and found.column:
        line = words("place-line-column", line=found.line, column=found.column)
    elif found.line:
        line = words("place-line", line=found.line)
    parts = []
    if found.page:
        parts.append(words("place-page", page=found.page))
    if found.table:
        parts.append(_within_table(found, words))
    elif found.paragraph and not line and not parts:
        parts.append(words("place-paragraph", paragraph=found.paragraph))
    place = words("comma").join(parts)
    return words("place-source", place=place, line=line) if place and line else place or line


def _within_table(place: Place, words: Words) -> str:
    parts = [words("place-table", table=place.table)]
    if place.row:
        parts.append(words("place-row", row=place.row))
    if place.cell:
        parts.append(words("place-cell", cell=place.cell))
    return ("" if words.language == "zh" else ", ").join(parts)
