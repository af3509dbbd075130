"""How highlights are drawn in a PDF: as an area that the text below shows through.

Not every viewer makes that up from the annotation. pdfium writes an appearance that it is given, but not what lets text show through, and where it writes
it nothing can be put in without moving all that follows. So it is given one with a remark that takes up room, and what is needed takes the place of that.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence

from gilint.readers.pdf.content import Box

_MARK = b"%gilint"
_DIGESTS = 16
"""Of 64 digits each, which take some 35 bytes however they are packed: room for all that is put in, and one more for each rectangle, which is packed no longer."""
_FORM = re.compile(rb"<<(/BBox\[[^\]]{1,120}\])[^<>]{0,120}/Length (\d{1,6})[^<>]{0,120}>>stream\r?\n")
_RESOURCES = b"/Group<</S/Transparency>>/Resources<</ExtGState<</GS<</BM/Multiply/Type/ExtGState>>>>>>"
_END = b"\r\nendstream"


def appearance(boxes: Sequence[Box], colour: tuple[int, int, int]) -> str:
    """Return how a highlight of these rectangles is drawn, with room for what `with_text_shown` puts in."""
    red, green, blue = (f"{part / 255:.3f}" for part in colour)
    areas = (f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re" for left, bottom, right, top in boxes)
    drawn = f"/GS gs {red} {green} {blue} rg {' '.join(areas)} f"
    room = "".join(hashlib.sha256(f"{number}{drawn}".encode()).hexdigest() for number in range(_DIGESTS + len(boxes)))
    return f"{_MARK.decode()} {room}\n{drawn}"


def with_text_shown(copy: bytes, start: int) -> bytes:
    """Return a file in which the appearances of highlights let the text below show through; no byte moves.

    Args:
        copy: the file, with appearances as pdfium wrote them.
        start: where in it that begins which was appended.
    """
    pieces: list[bytes] = []
    at = 0
    for match in _FORM.finditer(copy, start):
        end = match.end() + int(match[2])
        written = copy[match.end() : end]
        if b"/FlateDecode" in match[0]:
            try:
                written = zlib.decompress(written)
            except zlib.error:
                continue
        if not written.startswith(_MARK) or not copy.startswith(_END, end):
            continue
        body = _form(match[1], written.partition(b"\n")[2], end - match.start())
        if body is not None:
            pieces += [copy[at : match.start()], body]
            at = end
    return b"".join([*pieces, copy[at:]])


def _form(box: bytes, drawn: bytes, size: int) -> bytes | None:
    """Return an appearance of a certain size, filled up with spaces."""
    said = b"<<%b%b/Subtype/Form/Type/XObject/Length %%06d>>stream\r\n" % (box, _RESOURCES)
    room = size - len(said % 0)
    return said % room + drawn.ljust(room) if room >= len(drawn) else None
