"""Notes and fill in an XLSX, put into its XML as it is stored: charts, pictures, macros, formulas and their values stay as they are.

Each cell concerned gets one note with everything that is said of it, and a fill by the worst of it. Notes that are there stay; where the cell has one, it goes on.
What gilint said of the workbook before is taken out first, fill included.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import count

from attrs import define, field

from gilint.annotation.cell_notes import added_comments, new_comments, shapes
from gilint.annotation.cell_styles import CellStyles
from gilint.annotation.edits import Edits, appended, attribute
from gilint.annotation.own_notes import STYLES, TYPES, Workbook, relations_file
from gilint.annotation.packages import NO_RELATIONS, RELATED, fresh_identifier, override, relation, relations_of, rewritten
from gilint.annotation.remarks import Remark, Spot
from gilint.annotation.sheet_source import SheetSource, position
from gilint.finding import Severity
from gilint.language import Language
from gilint.place import Place
from gilint.readers.archives import open_archive
from gilint.readers.xlsx_parts import Parts

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@define
class _Said:
    """What is said of one cell."""

    parts: list[tuple[str, ...]] = field(factory=list)
    worst: Severity = Severity.NOTE


def annotated(data: bytes, remarks: Sequence[Remark], language: Language) -> bytes:
    """Return the workbook with a note at every cell that a remark is about.

    Raises:
        ArchiveError: the workbook cannot be read.
        expat.ExpatError: a part of it is no XML.
    """
    archive = open_archive(data)
    paths = Parts(archive).paths
    book = Workbook(archive)
    book.take_out_own_notes(paths.values())
    said: dict[str, dict[tuple[int, int], _Said]] = {}
    for remark in remarks:
        _say(remark, paths, said)
    copy = _Copy(book)
    for path, cells in said.items():
        copy.add(path, cells)
    return rewritten(data, copy.finished())


def _say(remark: Remark, paths: dict[str, str], said: dict[str, dict[tuple[int, int], _Said]]) -> None:
    seen: set[tuple[str, tuple[int, int]]] = set()
    places: list[tuple[tuple[str, tuple[int, int]], Spot | None]]
    places = [(place, spot) for spot in remark.spots if (place := _place(spot.place, paths)) is not None]
    for place, spot in places or [((next(iter(paths.values())), (0, 0)), None)]:
        if place in seen:
            continue
        cell = said.setdefault(place[0], {}).setdefault(place[1], _Said())
        cell.parts.append(remark.at(len(seen), spot))
        cell.worst = min(cell.worst, remark.severity, key=lambda severity: severity.rank)
        seen.add(place)


def _place(place: Place, paths: dict[str, str]) -> tuple[str, tuple[int, int]] | None:
    at = position(place.address or "")
    path = paths.get(place.sheet or "")
    return (path, at) if path and at is not None else None


@define
class _Copy:
    """The parts of a workbook that change."""

    book: Workbook
    styles: CellStyles | None = field(init=False)
    _types: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.styles = CellStyles.of(self.book.part(STYLES)) if STYLES in self.book else None

    def add(self, path: str, cells: dict[tuple[int, int], _Said]) -> None:
        """Add notes and fill to a sheet."""
        sheet = SheetSource.of(self.book.part(path))
        edits = Edits(sheet.data)
        for (row, column), said in cells.items():
            style = self.styles.filled(sheet.style(row, column), said.worst) if self.styles is not None else None
            if style is not None:
                sheet.restyle(edits, row, column, style)
        self._add_notes(path, sheet, edits, {place: said.parts for place, said in cells.items()})
        self.book.changed[path] = edits.done()

    def _add_notes(self, path: str, sheet: SheetSource, edits: Edits, notes: dict[tuple[int, int], list[tuple[str, ...]]]) -> None:
        book, file = self.book, relations_file(path)
        related = book.part(file) if file in book else NO_RELATIONS
        relations = relations_of(related, posixpath.dirname(path))
        texts = next((target for _, kind, target in relations if kind == "comments" and target in book), None)
        drawn = next((target for identifier, _, target in relations if identifier == sheet.notes and target in book), None)
        if texts is None:
            part, had = self._fresh("xl/comments{}.xml"), set[tuple[int, int]]()
            book.changed[part] = new_comments(notes)
            related = appended(related, relation(fresh_identifier(related), f"{RELATED}/comments", f"/{part}"))
            self._types.append(override(part, _COMMENTS))
        else:
            book.changed[texts], had = added_comments(book.part(texts), notes)
        places = [place for place in sorted(notes) if place not in had]
        if drawn is None:
            part = self._fresh("xl/drawings/vmlDrawing{}.vml")
            identifier = fresh_identifier(related)
            related = appended(related, relation(identifier, f"{RELATED}/vmlDrawing", f"/{part}"))
            self._types.append(override(part, _SHAPES))
            prefix = "".join(sheet.name.rpartition(":")[:2])
            if sheet.notes is None:
                edits.insert(sheet.notes_at, f"<{prefix}legacyDrawing xmlns:r={attribute(RELATED)} r:id={attribute(identifier)}/>")
            book.changed[part] = shapes(None, places, notes, sheet)
        else:
            book.changed[drawn] = shapes(book.part(drawn), places, notes, sheet)
        book.changed[file] = related

    def _fresh(self, pattern: str) -> str:
        names = {name.lower() for name in (*self.book.archive.names, *self.book.changed) if name in self.book}
        return next(name for number in count(1) if (name := pattern.format(number)).lower() not in names)

    def finished(self) -> dict[str, bytes | None]:
        """Return the parts that are no longer as they were, by name."""
        changed = self.book.changed
        if self.styles is not None and changed:
            changed[STYLES] = self.styles.done()
        if self._types:
            changed[TYPES] = appended(self.book.part(TYPES), "".join(self._types))
        return changed
