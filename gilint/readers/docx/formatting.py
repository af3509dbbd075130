"""Format taken out of the XML of a DOCX before it is parsed: fonts, sizes, borders and indents are most of it, and say nothing of what is printed.

The tree of what is left takes a third of the time and of the memory. A document repeats the format of its cells hundreds of times, so each set of properties is looked at once.
"""

from __future__ import annotations

import re

MAX_STRIPPED = 4 * 1024 * 1024
"""Bytes of a part; larger ones are parsed as they are."""
_REMEMBERED = 1_024
"""Sets of properties of each kind that are remembered."""
_LONGEST = 2_048
"""Bytes of a set of properties that is; longer ones are left as they are."""
_SETS = ("rPr", "tcPr", "pPr")
"""Of a run, a cell and a paragraph. Those of a paragraph can hold those of a run, which are emptied first."""
_FORMAT = re.compile(
    rb"<w:(?:rFonts|b|bCs|i|iCs|u|sz|szCs|color|kern|lang|shd|highlight|spacing|position|w|noProof|snapToGrid|fitText|eastAsianLayout|bdr"
    rb"|jc|ind|keepNext|keepLines|pageBreakBefore|widowControl|bidi|adjustRightInd|autoSpaceDE|autoSpaceDN|overflowPunct|kinsoku|wordWrap"
    rb"|topLinePunct|textAlignment|contextualSpacing|suppressLineNumbers|tcW|vAlign|noWrap|textDirection|tcFitText|hideMark"
    rb"|top|left|bottom|right|start|end|insideH|insideV|tl2br|tr2bl|between)(?: [^<>]*)?/>"
)
_EMPTIED = re.compile(rb"<w:(tcBorders|tcMar|pBdr|rPr)(?:></w:\1>|/>)")


class _Emptied(dict[bytes, bytes]):
    """What is left of the properties of one kind, by what there was."""

    def __init__(self, kind: str) -> None:
        self.opening, self.closing = f"<w:{kind}>".encode(), f"</w:{kind}>".encode()

    def __missing__(self, inner: bytes) -> bytes:
        if len(inner) > _LONGEST:
            return self.opening + inner + self.closing
        if len(self) >= _REMEMBERED:
            self.clear()
        left = _EMPTIED.sub(b"", _FORMAT.sub(b"", inner))
        emptied = self[inner] = self.opening + left + self.closing if left else b""
        return emptied


_emptied = tuple(_Emptied(kind) for kind in _SETS)


def without_format(data: bytes) -> bytes:
    """Return the XML of a part without what is format alone; as it is where something other than tags can look like a tag."""
    if len(data) > MAX_STRIPPED or (b"!" in data and b"<!" in data):
        return data
    for known in _emptied:
        first, *others = data.split(known.opening)
        kept = [first]
        for piece in others:
            inner, closing, rest = piece.partition(known.closing)
            # Without its end within the piece it holds another set, of what the format was before a tracked change.
            kept.append(known[inner] if closing else known.opening + inner)
            kept.append(rest)
        data = b"".join(kept)
    return data
