"""Notes of cells: the part with their texts, and the part with their shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gilint.annotation.edits import Edits, character_data
from gilint.annotation.note_source import NoteSource
from gilint.annotation.sheet_source import SheetSource, address
from gilint.products import AUTHOR, SIGNATURE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTH = 300.0
"""Points of a note."""
_LINE = 13.0
_LETTERS = 32
"""Chinese characters in a line of a note."""
_BOLD = '<rPr><b/><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
_PLAIN = '<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_NO_SHAPES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 10, {top}, 2, {right}, 4, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)

Note = Sequence[Sequence[str]]
"""What is said of a cell: the lines of one remark after the other; the first line of each is bold."""


def new_comments(notes: Mapping[tuple[int, int], Note]) -> bytes:
    """Return the part with the texts of the notes of a sheet that has none."""
    written = "".join(_comment(place, note, 0) for place, note in sorted(notes.items()))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<comments xmlns="{MAIN}"><authors><author>{AUTHOR}</author></authors><commentList>{written}</commentList></comments>'.encode()


def added_comments(data: bytes, notes: Mapping[tuple[int, int], Note]) -> tuple[bytes, set[tuple[int, int]]]:
    """Return the part with the texts of the notes that were there and of those that come in addition, and the cells that had one.

    A cell has one note only: where it has one, that goes on.

    Raises:
        expat.ExpatError: the part is no XML.
        KeyError: it lacks what each such part has.
    """
    there = NoteSource.of(data)
    texts = {stored.ref: stored.text for stored in there.notes if stored.text is not None}
    known = there.author(AUTHOR)
    author = len(there.authors) if known is None else known
    edits = Edits(data)
    namespace = f' xmlns="{MAIN}"'
    had: set[tuple[int, int]] = set()
    fresh = []
    for place, note in sorted(notes.items()):
        text = texts.get(address(*place))
        if text is None:
            fresh.append(_comment(place, note, author, namespace))
        else:
            had.add(place)
            edits.put_into(*text, _runs(note, namespace, follows=True))
    if known is None:
        edits.put_into(*there.elements["authors"], f"<author{namespace}>{AUTHOR}</author>")
    edits.put_into(*there.elements["commentList"], "".join(fresh))
    return edits.done(), had


def shapes(data: bytes | None, places: Sequence[tuple[int, int]], notes: Mapping[tuple[int, int], Note], sheet: SheetSource) -> bytes:
    """Return the part with the shapes of notes, those that were there and new ones beside their cells, large enough to be read."""
    there = data or _NO_SHAPES
    number = max((int(found) for found in _SHAPE_NUMBER.findall(there)), default=1024) + 1
    written = []
    for order, (row, column) in enumerate(places):
        lines = 1 + sum(
            1 + sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) // (2 * _LETTERS) for part in notes[row, column] for line in part
        )
        height = _LINE * (lines + len(notes[row, column])) + 8
        right, bottom = sheet.anchor(row, column, _WIDTH, height)
        values = {"number": number + order, "order": order + 1, "width": _WIDTH, "height": height, "row": row, "column": column}
        written.append(_SHAPE.format(**values, left=column + 1, top=max(row - 1, 0), right=right, bottom=bottom))
    end = there.rfind(b"</xml>")
    return there[:end] + "".join(written).encode() + there[end:]


def _comment(place: tuple[int, int], note: Note, author: int, namespace: str = "") -> str:
    return f'<comment{namespace} ref="{address(*place)}" authorId="{author}"><text>{_runs(note)}</text></comment>'


def _runs(note: Note, namespace: str = "", *, follows: bool = False) -> str:
    runs = []
    for index, part in enumerate(note):
        gap = "\n\n" if index or follows else ""
        runs.append(_run(gap + part[0] + "\n" * (len(part) > 1), _BOLD, namespace))
        if len(part) > 1:
            runs.append(_run("\n".join(part[1:]), _PLAIN, namespace))
    runs.append(_run(f"\n{SIGNATURE}", _PLAIN, namespace))
    return "".join(runs)


def _run(text: str, properties: str, namespace: str) -> str:
    return f'<r{namespace}>{properties}<t xml:space="preserve">{character_data(text)}</t></r>'
