"""Writes PDF files made to harm: small, and endless for a reader without bounds."""

from __future__ import annotations

import io
import zlib

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TREE = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>"}


def file_of(objects: dict[int, bytes]) -> bytes:
    """Return a file of numbered objects, the first of which is its root."""
    out = b"%PDF-1.5\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, table)


def stream(data: bytes, said: bytes = b"", packed: int = 1) -> bytes:
    """Return a stream, packed as often as told."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    return b"<</Length %d/Filter[%b]%b>>\nstream\n%b\nendstream" % (len(data), b"/FlateDecode" * packed, said, data)


def one_page(content: bytes, objects: dict[int, bytes] | None = None, resources: bytes = b"/Font<</F1 5 0 R>>") -> bytes:
    """Return a file of a single page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%b>>>>" % resources
    return file_of({**_TREE, 3: page, 4: content, 5: _FONT, **(objects or {})})


def many_pages(count: int) -> bytes:
    """Return a file whose pages are all the same one."""
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join([b"3 0 R"] * count), count)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    return file_of({**_TREE, 2: tree, 3: page, 4: stream(b"BT /F1 12 Tf 72 700 Td (hello) Tj ET"), 5: _FONT})


def looping_tree() -> bytes:
    """Return a file whose pages are their own ancestors."""
    return file_of({**_TREE, 2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 3>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})


def much_drawn(packed: int = 1) -> bytes:
    """Return a page of millions of lines."""
    return one_page(stream(b"0 0 m 100 100 l S\n" * 1_000_000, packed=packed))


def drawings_within_drawings() -> bytes:
    """Return a page on which ten drawings of ten drawings and so on are drawn."""
    drawn = {}
    for number in range(10, 22):
        said = b"/Type/XObject/Subtype/Fo#72m/BBox[0 0 600 800]/Resources<</XObject<</X%d %d 0 R>>>>" % (number + 1, number + 1)
        drawn[number] = stream(b"/X%d Do " % (number + 1) * 10 if number < 21 else b"0 0 m 100 0 l S", said)
    return one_page(stream(b"/X10 Do"), drawn, b"/XObject<</X10 10 0 R>>")


def one_part_over_and_over() -> bytes:
    """Return a page that is put together from one stream twenty thousand times."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%b]>>" % b" ".join([b"4 0 R"] * 20_000)
    return file_of({**_TREE, 3: page, 4: stream(b"0 0 m 100 100 l S\n" * 50_000)})


def encrypted_much_drawn() -> bytes:
    """Return a page of millions of lines in a file that is encrypted and opens without a password: as stored, its streams do not unpack."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner"))
    canvas._code.append("0 0 m 100 100 l S\n" * 1_000_000)
    canvas.save()
    return buffer.getvalue()


def unknown_glyphs() -> bytes:
    """Return a page of five letters in a font that maps them to codes for private use, as converters write what they do not know, and two digits."""
    mapping = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    mapping += b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <E041> endbfrange endcmap end end"
    font = _FONT.replace(b">>", b"/ToUnicode 6 0 R>>")
    return one_page(stream(b"BT /F1 12 Tf 72 700 Td (HELLO 12) Tj ET"), {5: font, 6: stream(mapping)})
