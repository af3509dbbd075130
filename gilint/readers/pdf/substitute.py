"""The font that stands in for every font that a PDF names but does not embed.

What is read of a PDF must not depend on the fonts of the machine. The PDF itself says which characters it prints and how wide they are; of their glyphs no more is
needed than that there are some, for pdfium leaves out text without any. So every glyph here is a box: an em wide for Chinese, half as wide for letters and figures,
and nothing for spaces.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_CHINESE_BOX = (1000, -80, 700)
_LETTER_BOX = (500, -80, 700)
"""Width, lower and upper edge: never higher or lower than a line of type, so that the document alone says how high its lines are."""
_GLYPHS = 65535
"""As many as a font can have: some PDFs say only by its number which glyph of a font they print."""
_UNKNOWN, _NARROW, _EMPTY, _WIDE = range(4)
_ADVANCES = (_EM, _EM // 2, _EM // 2, _EM)
"""Of the first glyphs; the others are as wide as the last of them."""
_CHARACTERS = (
    (0x0020, 0x0020, _EMPTY),
    (0x0021, 0x009F, _NARROW),
    (0x00A0, 0x00A0, _EMPTY),
    (0x00A1, 0x1FFF, _NARROW),
    (0x2000, 0x200F, _EMPTY),
    (0x2010, 0x2FFF, _WIDE),
    (0x3000, 0x3000, _EMPTY),
    (0x3001, 0x10FFFF, _WIDE),
)
"""First and last character, and the glyph of each of them."""
_HLINETO, _CALL, _END, _RMOVETO = 6, 10, 14, 21
_CHARSET, _CHARSTRINGS, _PRIVATE, _SUBROUTINES = 15, 17, 18, 19


@cache
def substitute_font() -> bytes:
    """Return the font, in the format OpenType."""
    tables = {
        b"CFF ": _outlines(),
        b"cmap": _mapping(),
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _CHINESE_BOX[1], _EM, _CHINESE_BOX[2], 0, 3, 2, 0, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, len(_ADVANCES)),
        b"hmtx": b"".join(struct.pack(">Hh", advance, 0) for advance in _ADVANCES),
        b"maxp": struct.pack(">IH", 0x5000, _GLYPHS),
    }
    directory = struct.pack(">4s4H", b"OTTO", len(tables), 64, 2, 32)
    at = len(directory) + 16 * len(tables)
    body = b""
    for tag, table in tables.items():
        # Without the sums of the tables, which nobody looks at.
        directory += struct.pack(">4s3I", tag, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


def _mapping() -> bytes:
    """Return which glyph each character has."""
    groups = b"".join(struct.pack(">3I", *group) for group in _CHARACTERS)
    mapping = struct.pack(">2H3I", 13, 0, 16 + len(groups), 0, len(_CHARACTERS)) + groups
    # Under both names by which programs look for Unicode.
    return struct.pack(">4HI2HI", 0, 2, 3, 1, 20, 3, 10, 20) + mapping


def _outlines() -> bytes:
    """Return the glyphs, in the Compact Font Format: each calls a subroutine, for which two bytes are enough."""
    wide, narrow, empty = (bytes([number + 32, _CALL]) for number in range(3))
    glyphs = wide + narrow + empty + (_GLYPHS - 3) * wide
    drawn = _index([_box(*_CHINESE_BOX), _box(*_LETTER_BOX), bytes([_END])])
    private = _number(2) + bytes([_SUBROUTINES])
    charset = struct.pack(">B2H", 2, 1, _GLYPHS - 2)
    before = b"\1\0\4\1" + _index([b"gilint"])
    named = _index([]) + _index([])
    start = len(before) + len(_index([bytes(_TOP_DICTIONARY.size)])) + len(named)
    at_private = start + len(charset)
    at_glyphs = at_private + len(private) + len(drawn)
    top = _TOP_DICTIONARY.pack(_LONG, start, _CHARSET, _LONG, len(private), _LONG, at_private, _PRIVATE, _LONG, at_glyphs, _CHARSTRINGS)
    return before + _index([top]) + named + charset + private + drawn + _pairs(glyphs)


_LONG = 29
_TOP_DICTIONARY = struct.Struct(">BiBBiBiBBiB")


def _box(width: int, bottom: int, top: int) -> bytes:
    return b"".join([_number(0), _number(bottom), bytes([_RMOVETO]), *map(_number, (width, top - bottom, -width)), bytes([_HLINETO, _END])])


def _number(value: int) -> bytes:
    if -107 <= value <= 107:
        return bytes([value + 139])
    high, low = divmod(abs(value) - 108, 256)
    return bytes([high + (247 if value > 0 else 251), low])


def _index(items: Sequence[bytes]) -> bytes:
    """Return a short list of the Compact Font Format."""
    if not items:
        return b"\0\0"
    ends = (1 + sum(map(len, items[:count])) for count in range(len(items) + 1))
    return struct.pack(">HB", len(items), 1) + bytes(ends) + b"".join(items)


def _pairs(items: bytes) -> bytes:
    """Return the list of all the glyphs, which are two bytes each, so that the places where they begin are the odd numbers."""
    offsets = bytearray(3 * (_GLYPHS + 1))
    offsets[0::3] = b"".join(bytes([high]) * 0x8000 for high in range(2))
    offsets[1::3] = b"".join(bytes([middle]) * 0x80 for middle in range(0x100)) * 2
    offsets[2::3] = bytes(range(1, 0x100, 2)) * 0x200
    return struct.pack(">HB", _GLYPHS, 3) + bytes(offsets) + items
