"""A workbook as it was before gilint put notes into it: its words are taken out, and the fill of their cells; notes of others stay."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping

from attrs import define, field

from gilint.annotation.cell_styles import CellStyles
from gilint.annotation.edits import Edits, as_utf8, without
from gilint.annotation.note_source import NoteSource
from gilint.annotation.packages import relations_of
from gilint.annotation.sheet_source import SheetSource, position
from gilint.readers.archives import Archive

TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"
_SHAPE = re.compile(rb"<v:shape[\s>]")
_SHAPE_END = b"</v:shape>"
_SHAPE_PLACE = re.compile(rb"<x:(Row|Column)>\s*(\d{1,9})\s*</x:")


@define
class Workbook:
    """The parts of a workbook, some of them changed."""

    archive: Archive
    changed: dict[str, bytes | None] = field(factory=dict)
    """By name; ``None``: it is no longer there."""

    def __contains__(self, name: str) -> bool:
        return self.changed[name] is not None if name in self.changed else name in self.archive

    def part(self, name: str) -> bytes:
        """Return a part as it is by now.

        Raises:
            ArchiveError: it is damaged.
        """
        changed = self.changed.get(name)
        return as_utf8(self.archive.read(name)) if changed is None else changed

    def take_out_own_notes(self, paths: Collection[str]) -> None:
        """Take out what gilint has written of cells of the sheets.

        Raises:
            ArchiveError: a part is damaged.
            expat.ExpatError: a part is no XML.
        """
        styles = CellStyles.of(self.part(STYLES)) if STYLES in self else None
        for path in dict.fromkeys(paths):
            if path in self:
                self._take_out(path, styles)
        if styles is not None and (done := styles.done()) != styles.data:
            self.changed[STYLES] = done

    def _take_out(self, path: str, styles: CellStyles | None) -> None:
        relations = relations_file(path)
        if relations not in self:
            return
        related = relations_of(self.part(relations), posixpath.dirname(path))
        texts = next(((each, target) for each, kind, target in related if kind == "comments" and target in self), None)
        if texts is None:
            return
        source = NoteSource.of(self.part(texts[1]))
        edits = Edits(source.data)
        own = {note.ref for note in source.notes if note.cut_own_words(edits)}
        if not own:
            return
        self.changed[texts[1]] = edits.done()
        left = {note.ref for note in NoteSource.of(edits.done()).notes}
        sheet = SheetSource.of(self.part(path))
        drawn = next(((each, target) for each, _, target in related if each == sheet.notes and target in self), None)
        emptied = {texts[0]: texts[1]} if not left else {}
        if drawn is not None:
            shapes = _without_shapes(self.part(drawn[1]), {place for ref in own - left if (place := position(ref)) is not None})
            self.changed[drawn[1]] = shapes
            emptied |= {drawn[0]: drawn[1]} if not left and _SHAPE.search(shapes) is None else {}
        self.changed[path] = self._unmarked(sheet, own, emptied, styles)
        self._remove(relations, emptied)

    def _unmarked(self, sheet: SheetSource, own: Collection[str], emptied: Mapping[str, str], styles: CellStyles | None) -> bytes:
        edits = Edits(sheet.data)
        for place in sorted(place for ref in own if (place := position(ref)) is not None):
            style = styles.unfilled(sheet.style(*place)) if styles is not None else None
            if style is not None:
                sheet.restyle(edits, *place, style)
        data = edits.done()
        if sheet.notes not in emptied:
            return data
        return without(data, lambda local, attributes: local == "legacyDrawing")

    def _remove(self, relations: str, emptied: Mapping[str, str]) -> None:
        """Remove parts in which nothing is left, and what refers to them."""
        if not emptied:
            return
        self.changed[relations] = without(self.part(relations), lambda local, attributes: attributes.get("Id") in emptied)
        names = {f"/{part}" for part in emptied.values()}
        self.changed[TYPES] = without(self.part(TYPES), lambda local, attributes: attributes.get("PartName") in names)
        self.changed.update(dict.fromkeys(emptied.values()))


def relations_file(path: str) -> str:
    """Return the name of the part that relates a part to others."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _without_shapes(data: bytes, places: Collection[tuple[int, int]]) -> bytes:
    """Return the part with the shapes of notes without those of some cells."""
    pieces = data.split(_SHAPE_END)
    kept = []
    for piece in pieces[:-1]:
        begin = next((match.start() for match in _SHAPE.finditer(piece)), None)
        at = {name: int(number) for name, number in _SHAPE_PLACE.findall(piece)}
        if begin is not None and (at.get(b"Row", -1), at.get(b"Column", -1)) in places:
            kept.append(piece[:begin])
        else:
            kept.append(piece + _SHAPE_END)
    return b"".join((*kept, pieces[-1]))
