"""Where documents come from, and which format they are."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gilint.document import Document, Paragraph
from gilint.errors import InputNotFoundError
from gilint.language import Text
from gilint.notice import NoticeKind
from gilint.readers import BINARY_READERS, as_source, limits, read_document, source
from gilint.readers.signatures import format_by_signature
from gilint.sources import find_documents

TEXT = "一、总体情况\n二、主动公开政府信息情况\n"


def kinds(document: Document) -> list[NoticeKind]:
    return [notice.kind for notice in document.notices]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_every_kind_of_source_gives_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as opened:
        documents = [
            read_document(each)
            for each in (TEXT, TEXT.encode(), bytearray(TEXT.encode()), path, binary, opened, io.StringIO(TEXT), io.BytesIO(TEXT.encode()))
        ]
    assert {document.blocks for document in documents} == {documents[0].blocks}
    assert texts(documents[0]) == ["一、总体情况", "二、主动公开政府信息情况"]
    assert [document.name for document in documents] == ["<text>", "<bytes>", "<bytes>", *[str(path)] * 3, "<file>", "<file>"]
    assert read_document(TEXT, "<stdin>").name == "<stdin>"


def test_a_text_file_opened_with_a_wrong_encoding_is_read_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("gbk"))
    with path.open(encoding="utf-8") as opened:
        assert texts(read_document(opened)) == ["一、总体情况", "二、主动公开政府信息情况"]


def test_a_string_is_a_path_unless_it_can_only_be_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert as_source(str(path)) == path
    assert as_source(TEXT) == TEXT
    assert as_source("<p>规章</p>") == "<p>规章</p>"
    assert as_source("一" * 5000) == "一" * 5000
    assert as_source("年报/" + "一" * 300) == "年报/" + "一" * 300
    assert as_source(b"a") == b"a"
    for missing in (str(tmp_path / "b.txt"), tmp_path / "b.txt", str(path / "below"), "不存在"):
        with pytest.raises(InputNotFoundError, match="not found"):
            as_source(missing)


def test_folders_missing_files_and_pipes_are_unreadable(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, word in ((tmp_path, "folder"), (tmp_path / "none", "exist"), (tmp_path / "pipe", "regular")):
        document = read_document(path)
        assert (document.format, kinds(document)) == ("none", [NoticeKind.UNREADABLE])
        assert word in document.notices[0].data["reason"].en


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert kinds(read_document(path)) == [NoticeKind.UNREADABLE]


def test_a_file_object_that_fails_is_unreadable() -> None:
    closed = io.BytesIO(b"a")
    closed.close()
    assert kinds(read_document(closed)) == [NoticeKind.UNREADABLE]


def _zip(member: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(member, "x")
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FORMATS = {
    "DOCX": _zip("word/document.xml"),
    "XLSX": _zip("xl/workbook.xml"),
    "OFD": _zip("OFD.xml"),
    "ZIP": _zip("a.txt"),
    "DOC": OLE + "WordDocument".encode("utf-16-le"),
    "XLS": OLE + "Workbook".encode("utf-16-le"),
    "OLE": OLE,
    "PDF": b"%PDF-1.7\n...",
    "RTF": b"{\\rtf1\\ansi}",
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "JPEG": b"\xff\xd8\xff\xe0" + bytes(50),
    "GIF": b"GIF89a" + bytes(50),
    "BMP": b"BM" + bytes(50),
    "WEBP": b"RIFF\0\0\0\0WEBP",
    "MHTML": b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
    "WORDML": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
    "GZIP": b"\x1f\x8b\x08" + bytes(20),
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_known_by_their_bytes(name: str) -> None:
    assert format_by_signature(FORMATS[name]) == name


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - BINARY_READERS.keys()))
def test_a_known_format_without_a_reader_is_named(name: str) -> None:
    document = read_document(FORMATS[name])
    assert [(notice.kind, dict(notice.data)) for notice in document.notices] == [(NoticeKind.UNSUPPORTED_FORMAT, {"format": name})]
    assert (document.format, document.blocks) == ("none", ())


@pytest.mark.parametrize(
    ("name", "found"),
    [("report.pdf", "HTML"), ("a/报告.DOC", "HTML"), ("report.xls", "HTML"), ("report.docx", "TEXT"), ("report.csv", "HTML")],
)
def test_a_name_of_another_format_is_noted_and_the_content_read(name: str, found: str) -> None:
    page = b"<p>a</p>" if found == "HTML" else b"a"
    document = read_document(page, name)
    suffix = name[name.rindex(".") + 1 :].upper()
    assert [(notice.kind, dict(notice.data)) for notice in document.notices] == [
        (NoticeKind.FORMAT_MISMATCH, {"named": suffix, "found": found})
    ]
    assert len(document.blocks) == 1


@pytest.mark.parametrize("name", ["report.htm", "report.txt", "report", "report.2022", "<stdin>"])
def test_a_name_that_says_nothing_else_is_no_mismatch(name: str) -> None:
    assert read_document(b"<p>a</p>", name).notices == ()


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "　\n".encode(), ""])
def test_nothing_in_it_is_empty(content: bytes | str) -> None:
    document = read_document(content)
    assert (document.format, kinds(document)) == ("none", [NoticeKind.EMPTY])


@pytest.mark.parametrize(
    "make", [lambda: bytes(range(256)) * 40, lambda: b"\0" * 5000, lambda: b"\x7fELF" + random.Random(0).randbytes(5000)]
)
def test_noise_is_binary(make: Callable[[], bytes]) -> None:
    document = read_document(make())
    assert (document.format, kinds(document)) == ("none", [NoticeKind.BINARY])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("规章\n0\n", "text"),
        ("0 < 1\n", "text"),
        ("<!DOCTYPE html><title>a</title>", "html"),
        ("<?xml version='1.0'?>\n<html>", "html"),
        ("<!-- a -->\n<div>规章</div>", "html"),
        ("# 标题\n\n<table><tr><td>1</td></tr></table>", "html"),
        ("规章<br>0", "html"),
    ],
)
def test_the_format_is_found_by_content_and_not_by_name(content: str, expected: str) -> None:
    assert read_document(content, "a.pdf").format == expected


def test_what_is_beyond_the_limit_of_bytes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    document = read_document("一二三四五六".encode())
    assert texts(document) == ["一二三"]
    assert [(notice.kind, dict(notice.data)) for notice in document.notices] == [(NoticeKind.LIMIT, {"limit": "MAX_BYTES", "value": 10})]
    assert kinds(read_document("一" * 11)) == [NoticeKind.LIMIT]
    assert limits.MAX_BYTES < 50_000_000


def test_a_folder_is_searched_for_workbooks_and_data_but_not_for_other_json(tmp_path: Path) -> None:
    for name in ("a.XLSX", "b.xls", "c.ods", "d.csv", "e.docx", "f.pdf", "notes.exe"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "g.json").write_text('[\n {"path": "a.html", "table": "reviews", "row": "other", "column": "total"}]')
    (tmp_path / "settings.json").write_text('{"table": 1}')
    found = [source.name.rpartition("/")[2] for source in find_documents([tmp_path]).documents]
    assert found == ["a.XLSX", "b.xls", "c.ods", "d.csv", "e.docx", "f.pdf", "g.json"]


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.xlsx", "a"])
@pytest.mark.parametrize("data", [b"PK\x03\x04nonsense", OLE[:8], OLE[:400], _zip("a.txt")[:-5]])
def test_the_beginning_of_a_container_is_a_damaged_file_and_of_no_format(data: bytes, name: str) -> None:
    (notice,) = read_document(data, name).notices
    assert (notice.kind, notice.data["reason"]) == (NoticeKind.UNREADABLE, Text("文件不完整或已损坏", "it is incomplete or damaged"))


def test_a_sound_archive_is_named_whatever_it_is_called() -> None:
    notices = read_document(_zip("a.txt"), "a.docx").notices
    assert [(notice.kind, dict(notice.data)) for notice in notices] == [
        (NoticeKind.FORMAT_MISMATCH, {"named": "DOCX", "found": "ZIP"}),
        (NoticeKind.UNSUPPORTED_FORMAT, {"format": "ZIP"}),
    ]
