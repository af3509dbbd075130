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


def one_endless_line(count: int) -> bytes:
    """Return a page with a line of so many letters far apart, every second one more than half as high as the line above the others."""
    letters = (b"(a) Tj 20 %.1f Td" % (9 if index % 2 else -9) for index in range(count))
    return one_page(stream(b"BT /F1 12 Tf 72 700 Td %b ET" % b" ".join(letters)))


def unknown_glyphs() -> bytes:
    """Return a page of five letters in a font that maps them to codes for private use, as converters write what they do not know, and two digits."""
    mapping = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    mapping += b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <E041> endbfrange endcmap end end"
    font = _FONT.replace(b">>", b"/ToUnicode 6 0 R>>")
    return one_page(stream(b"BT /F1 12 Tf 72 700 Td (HELLO 12) Tj ET"), {5: font, 6: stream(mapping)})


_LINES = b"0 0 m 100 100 l S\n"


def drawing_as_font(millions: int) -> bytes:
    """Return a page of so many millions of lines whose stream says that it is a font, and begins like one."""
    ink = bytes(code for code in range(256) if code not in b"\r\n") * 280
    return one_page(stream(b"%" + ink + b"\n" + _LINES * (millions * 1_000_000), b"/Length1 5"))


def drawing_with_ink(millions: int) -> bytes:
    """Return a page of so many millions of lines each with a remark that is no text, so that it looks like a picture."""
    return one_page(stream(b"0 0 m 9 9 l S %\xff\xff\xff\xff\xff\xff\n" * (millions * 1_000_000)))


def one_drawing_again_and_again() -> bytes:
    """Return a page that draws the same hundred thousand lines two thousand times."""
    form = stream(_LINES * 100_000, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]")
    return one_page(stream(b"/X Do " * 2000), {6: form}, b"/XObject<</X 6 0 R>>")


def one_drawing_on_every_page() -> bytes:
    """Return a file of two hundred pages that all draw the same hundred thousand lines."""
    tree = b"<</Type/Pages/Kids[%b]/Count 200>>" % b" ".join([b"3 0 R"] * 200)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return file_of({**_TREE, 2: tree, 3: page, 4: stream(_LINES * 110_000)})


def drawing_that_draws_itself(said: bytes = b"/Subtype/Form") -> bytes:
    """Return a page with a drawing that draws itself twice."""
    form = stream(b"/X Do /X Do", b"/Type/XObject" + said + b"/BBox[0 0 6 8]/Resources<</XObject<</X 6 0 R>>>>")
    return one_page(stream(b"/X Do"), {6: form, 7: b"/Form"}, b"/XObject<</X 6 0 R>>")


def large_picture(shade: bytes) -> bytes:
    """Return a page with words and a picture that unpacks to three hundred million bytes."""
    said = b"/Type/XObject/Subtype/Image/Width 10000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8"
    words = stream(b"q 595 0 0 842 0 0 cm /I Do Q BT /F1 12 Tf 72 700 Td (words enough that nobody takes the page for a scan) Tj ET")
    return one_page(words, {6: stream(shade * 300_000_000, said)}, b"/XObject<</I 6 0 R>>/Font<</F1 5 0 R>>")


def large_object_stream() -> bytes:
    """Return a file whose objects are said to be in a stream that unpacks to four hundred million bytes."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return file_of({**_TREE, 3: page, 6: stream(b"7 0 " + b" " * 400_000_000, b"/Type/ObjStm/N 1/First 4")})


def deep_tree() -> bytes:
    """Return a file whose only page is twenty thousand branches up."""
    tree = {number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 20_000)}
    return file_of({1: _TREE[1], **tree, 20_000: b"<</Type/Page/Parent 19999 0 R/MediaBox[0 0 5 8]>>"})


def deep_drawings() -> bytes:
    """Return a page with three thousand drawings, each within the one before."""
    said = b"/Type/XObject/Subtype/Form/BBox[0 0 6 8]/Resources<</XObject<</X %d 0 R>>>>"
    drawn = {number: stream(b"/X Do", said % (number + 1)) for number in range(10, 3_000)}
    return one_page(stream(b"/X Do"), drawn, b"/XObject<</X 10 0 R>>")
