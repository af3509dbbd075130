"""Writes PDF files that name fonts without embedding them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from hostile_pdfs import one_page, stream

_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/X/Flags %d/FontBBox[-8 -145 1000 859]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 700/StemV 80>>"
)
_SYMBOLIC, _LATIN = 4, 32
SIZE = 12


@frozen
class Printed:
    """A font, with what it takes to print a text in it character by character."""

    font: bytes
    codes: Sequence[bytes]
    objects: dict[int, bytes]


def composite(
    base: bytes, encoding: bytes, ordering: bytes, codes: Sequence[bytes], *, widths: bytes = b"", unicode: bytes | None = None
) -> Printed:
    """Return a composite font, as Chinese ones are."""
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(%b)/Supplement 2>>/DW 1000/W[%b]/FontDescriptor 7 0 R>>"
    to_unicode = b"/ToUnicode 8 0 R" if unicode is not None else b""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/%b%b/DescendantFonts[6 0 R]>>" % (base, encoding, to_unicode)
    objects = {6: descendant % (base, ordering, widths), 7: _DESCRIPTOR % _SYMBOLIC}
    if unicode is not None:
        objects[8] = stream(unicode)
    return Printed(font, codes, objects)


def simple(base: bytes, text: bytes, *, kind: bytes = b"TrueType", widths: bool = True) -> Printed:
    """Return a font of single bytes."""
    said = b"/FirstChar 0/LastChar 255/Widths[%b]" % (b"500 " * 256) if widths else b""
    font = b"<</Type/Font/Subtype/%b/BaseFont/%b/Encoding/WinAnsiEncoding%b/FontDescriptor 7 0 R>>" % (kind, base, said)
    return Printed(font, [bytes([code]) for code in text], {7: _DESCRIPTOR % _LATIN})


def in_unicode(text: str) -> list[bytes]:
    """Return the codes of characters in the encoding UniGB-UCS2."""
    return [character.encode("utf-16-be") for character in text]


def in_gbk(text: str) -> list[bytes]:
    """Return the codes of characters in the encoding GBK-EUC."""
    return [character.encode("gbk") for character in text]


def by_glyph(text: str) -> tuple[list[bytes], bytes]:
    """Return numbers of glyphs, as in some font, and what says which characters they are."""
    numbers = [0x3041 + 7 * index for index in range(len(text))]
    pairs = b" ".join(b"<%04X><%04X>" % (number, ord(character)) for number, character in zip(numbers, text, strict=True))
    said = b"begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange %d beginbfchar %b endbfchar endcmap" % (len(numbers), pairs)
    return [number.to_bytes(2, "big") for number in numbers], said


def page_of(printed: Printed, *, advance: float | None = None) -> bytes:
    """Return a page with the text in one go; with an advance, in points, each character apart, as some programs print justified text."""
    if advance is None:
        words = b"BT /F1 %d Tf 72 700 Td <%b> Tj ET" % (SIZE, b"".join(printed.codes).hex().encode())
    else:
        words = b" ".join(
            b"BT /F1 %d Tf %.2f 700 Td <%b> Tj ET" % (SIZE, 72 + advance * index, code.hex().encode())
            for index, code in enumerate(printed.codes)
        )
    return one_page(stream(words), {**printed.objects, 5: printed.font})
