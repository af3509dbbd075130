"""Hostile DOCX and what is converted to it, through the command: a clear finding each, bounded time and memory, and good documents beside them are linted."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Ran, gilint

from gilint.forms import builtin_forms
from gilint.testing import typical_page

PAGE = typical_page(builtin_forms()[-1], size=40_000)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(document: bytes, **others: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", document)
        for name, data in others.items():
            archive.writestr(f"word/{name}", data)
    return buffer.getvalue()


def body(inner: str) -> bytes:
    return packed(f"<w:document {W}><w:body>{inner}</w:body></w:document>".encode())


def laughs(encoding: str) -> bytes:
    entities = '<!ENTITY l0 "政府信息公开">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [{entities}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    return packed(text.encode(encoding))


def outside() -> bytes:
    doctype = '<!DOCTYPE d SYSTEM "file:///etc/passwd" [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]>'
    return packed(f"<?xml version='1.0'?>{doctype}<w:document {W}/>".encode())


def nested(count: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * count + "<w:p><w:r><w:t>1</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * count


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def rows(count: int, each: str) -> str:
    return "<w:tbl>" + f"<w:tr>{each}</w:tr>" * count + "</w:tbl>"


def many_styles() -> bytes:
    """Each style hides text and builds on the next."""
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{name}"><Relationship Id="a" Type="{related}" Target="styles.xml"/></Relationships>'
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:basedOn w:val="s{}"/><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f"<w:styles {W}>{''.join(style.format(number, number + 1) for number in range(40_000))}</w:styles>"
    text = f'<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    return packed(text.encode(), **{"styles.xml": styles.encode(), "_rels/document.xml.rels": relations.encode()})


def bomb() -> bytes:
    return packed(bytes(50 * 1024**2))


def encrypted_doc() -> bytes:
    stream = bytearray(1024)
    stream[:2], stream[10:12] = b"\xec\xa5", (0x0100).to_bytes(2, "little")
    return OLE + bytes(stream) + "WordDocument".encode("utf-16-le")


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
JOINED = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
# Content, and the codes that it must give.
HOSTILE: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "bomb.docx": (bomb, ["DOC020"]),
    "bomb-nested.docx": (lambda: packed(b"<a/>", **{"embeddings/a.docx": bomb()}), ["DOC020"]),
    "laughs.docx": (lambda: laughs("utf-8"), ["DOC020"]),
    "laughs-utf-16.docx": (lambda: laughs("utf-16"), ["DOC002"]),
    "outside.docx": (outside, ["DOC020"]),
    "encrypted.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(1000), ["DOC021"]),
    "encrypted.doc": (encrypted_doc, ["DOC021"]),
    "truncated.docx": (lambda: body(cell("1") * 1000)[:-100], ["DOC002"]),
    "no-xml.docx": (lambda: packed(random.Random(1).randbytes(10_000)), ["DOC002"]),
    "broken-xml.docx": (lambda: packed(f"<w:document {W}><w:body><w:p></w:body>".encode()), ["DOC002"]),
    "no-document.docx": (lambda: packed(b"").replace(b"word/document.xml", b"word/documint.xml"), ["DOC002"]),
    "nothing.docx": (lambda: body(""), ["DOC011"]),
    "wide.docx": (lambda: body(rows(3, cell("1", '<w:gridSpan w:val="1000000"/>') + cell("2"))), ["DOC005", "DOC005", "DOC011"]),
    "wide-offset.docx": (
        lambda: body("<w:tbl><w:tr><w:trPr><w:gridBefore w:val='99999999'/></w:trPr>" + cell("1") * 2 + "</w:tr></w:tbl>"),
        ["DOC005", "DOC011"],
    ),
    "wide-beyond.docx": (lambda: body(rows(2, cell("1", f'<w:gridSpan w:val="{"9" * 5000}"/>') + cell("2"))), ["DOC011"]),
    "many-rows.docx": (lambda: body(rows(80_000, "<w:tc><w:p/></w:tc><w:tc/>")), ["DOC005", "DOC011"]),
    "merged-rows.docx": (lambda: body(rows(40_000, cell("1", "<w:vMerge/>") + cell("2", "<w:vMerge/>"))), ["DOC005", "DOC011"]),
    "many-cells.docx": (lambda: body(rows(1, cell("1") * 60_000)), ["DOC005", "DOC011"]),
    "many-tables.docx": (lambda: body(rows(2, cell("1") * 2) * 20_000), ["DOC005", "DOC005", "DOC011"]),
    "nested.docx": (lambda: body(nested(60)), ["DOC011"]),
    "nested-deeply.docx": (lambda: body(nested(1_000)), ["DOC002"]),
    "million-elements.docx": (lambda: body("<w:p><w:r><w:t>政府信息</w:t></w:r></w:p>" * 300_000), ["DOC005", "DOC005", "DOC011"]),
    "million-words.docx": (lambda: body("<w:p>" + "<w:r><w:t>政府信息</w:t></w:r>" * 300_000 + "</w:p>"), ["DOC005", "DOC011"]),
    "hidden.docx": (lambda: body("<w:p>" + f"<w:r>{HIDDEN}<w:t>博彩</w:t></w:r>" * 90_000 + "</w:p>"), ["DOC011", "DOC019"]),
    "joined.docx": (lambda: body(f"<w:p>{JOINED}<w:r><w:t>甲</w:t></w:r></w:p>" * 60_000), ["DOC011", "DOC017"]),
    "fields.docx": (lambda: body(f"<w:p>{FIELD * 50}</w:p>" * 1_000), ["DOC011"]),
    "contents.docx": (
        lambda: body(f"<w:p>{FIELD}</w:p>" * 20_000 + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' * 20_000),
        ["DOC011"],
    ),
    "raised.docx": (lambda: body(rows(1, "<w:tc><w:p>" + RAISED * 50_000 + "</w:p></w:tc>" + cell("2"))), ["DOC011"]),
    "controls.docx": (lambda: body("<w:sdt><w:sdtContent>" * 100 + "<w:p/>" * 50_000 + "</w:sdtContent></w:sdt>" * 100), ["DOC011"]),
    "many-styles.docx": (many_styles, ["DOC011", "DOC019"]),
    "many-parts.docx": (lambda: packed(b"<a/>", **{f"{number}.xml": b"" for number in range(6_000)}), ["DOC020"]),
    "archive.mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" * 1_000, ["DOC002"]),
}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """Lint all of them in one call, a good report before and after."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    for good in ("a.html", "z.html"):
        (folder / good).write_text(PAGE, encoding="utf-8")
    return folder, gilint("check", "a.html", *HOSTILE, "z.html", "--format", "json", cwd=folder)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_gives_its_findings(together: tuple[Path, Ran], name: str) -> None:
    assert together[1].codes(name) == HOSTILE[name][1]


def test_good_documents_beside_them_are_linted(together: tuple[Path, Ran]) -> None:
    assert (together[1].codes("a.html"), together[1].codes("z.html"), together[1].err) == ([], [], "")


def test_messages_are_in_plain_words(together: tuple[Path, Ran]) -> None:
    said = {report["path"]: [finding["message"] for finding in report["findings"]] for report in together[1].data["reports"]}
    assert said["bomb.docx"] == ["文件没有打开：解压后的大小超过原来的 200 倍。"]
    assert said["laughs.docx"] == ["文件没有打开：其中的 XML 带有 DTD，办公软件不这样写。"]
    assert said["encrypted.docx"] == ["文件设有打开密码，没有读取，也没有核对。"]
    assert said["truncated.docx"] == ["文件无法读取：文件不完整或已损坏。"]
