"""What a walk through a folder takes for a document, and what it says of the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from command import gilint, is_denied
from openpyxl import load_workbook

from gilint.errors import UsageError
from gilint.forms import builtin_forms
from gilint.language import Text
from gilint.sources import find_documents
from gilint.testing import sample_draft, write, write_bytes

DRAFT = sample_draft(builtin_forms()[-1])
PAGE, TEXT = write(DRAFT, "html"), write(DRAFT, "text-row-a-line-bars")
PICTURE = b"\xff\xd8\xff\xe0" + bytes(2000)


def packed(member: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, "x" * 100)
    return file.getvalue()


def taken(folder: Path) -> list[str]:
    return [source.name.rpartition("/")[2] for source in find_documents([folder]).documents]


def remarks(folder: Path) -> list[Text]:
    return find_documents([folder]).unchecked


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("show.aspx", PAGE.encode()),
        ("index.html@id=5", PAGE.encode("gbk")),
        ("年报", PAGE.encode("utf-16")),
        ("t20230131_5", f"<!-- saved from a site -->\n{PAGE}".encode()),
        ("page.php", b"<!DOCTYPE html>\n<title>list</title>"),
        ("report", TEXT.encode()),
        ("report.asc", TEXT.encode("gb18030")),
        ("download", write_bytes(DRAFT, "docx")),
        ("download.bin", write_bytes(DRAFT, "xlsx")),
        ("scan.jpg", b"%PDF-1.7\n" + bytes(3000)),
        ("cells.data", b"path,table,row,column,state,value,raw\na,reviews,other,total,number,1,1\n"),
    ],
)
def test_a_document_is_known_by_its_content_whatever_it_is_called(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert (taken(tmp_path), remarks(tmp_path)) == ([name], [])


def test_what_is_no_document_is_counted_by_kind(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "below").mkdir()
    for name, content in {
        "scan.jpg": PICTURE,
        "below/scan.JPG": PICTURE,
        "reports.zip": packed("a.html"),
        "slides.pptx": packed("ppt/presentation.xml"),
        "README": b"how to use this",
        "a.b.c?d=1": b"<rss></rss>",
        "settings.json": b"{}",
        "film.mp4": bytes(range(256)) * 90,
        "empty": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    assert taken(tmp_path) == ["a.html"]
    kinds = {
        "zh": "无后缀或后缀不明 3 个、jpg 2 个、json 1 个、mp4 1 个、pptx 1 个、zip 1 个",
        "en": "3 without a known suffix, 2 jpg, 1 json, 1 mp4, 1 pptx, 1 zip",
    }
    assert remarks(tmp_path) == [
        Text(
            f"{tmp_path} 中有 9 个文件不是可检查的文档，未作检查：{kinds['zh']}",
            f"{tmp_path}: 9 files are of no kind that can be checked and were left out: {kinds['en']}",
        )
    ]


def test_many_kinds_are_counted_together(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    for number in range(8):
        (tmp_path / f"a.x{number}").write_bytes(PICTURE)
    (remark,) = remarks(tmp_path)
    assert remark.zh.endswith("：x0 1 个、x1 1 个、x2 1 个、x3 1 个、x4 1 个、x5 1 个、其他 2 个")
    assert remark.en.endswith(": 1 x0, 1 x1, 1 x2, 1 x3, 1 x4, 1 x5, 2 of other kinds")


def test_parts_of_pages_and_settings_are_not_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a_files").mkdir()
    for name in ("style.css", "jquery.js", "font.woff2", "logo.svg", "favicon.ico", "gilint.toml", "gilint-waivers.toml"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "a_files" / "logo.png").write_bytes(PICTURE)
    (tmp_path / "a_files" / "frame.aspx").write_text("<html><body>counter</body></html>")
    (tmp_path / "a_files" / "report.aspx").write_text(PAGE, encoding="utf-8")
    assert (taken(tmp_path), remarks(tmp_path)) == (["a.html", "report.aspx"], [])


def test_a_folder_of_nothing_else_says_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(PICTURE)
    with pytest.raises(UsageError, match=r"jpg 1 个；没有其他可检查的文件 / .* 1 jpg; there is nothing else to lint"):
        find_documents([tmp_path])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_said_once_and_nowhere_in_the_summary_of_json(lang: str, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(PICTURE)
    said = {
        "zh": ". 中有 3 个文件不是可检查的文档，未作检查：jpg 3 个",
        "en": ".: 3 files are of no kind that can be checked and were left out: 3 jpg",
    }[lang]
    outputs = [part for name in ("html", "md", "json", "xlsx") for part in ("--output", f"out.{name}")]
    ran = gilint("check", ".", "--lang", lang, *outputs, cwd=tmp_path)
    assert ran.err == f"gilint: {said}\n"
    for name in ("html", "md"):
        assert (tmp_path / f"out.{name}").read_text(encoding="utf-8").count(said) == 1
    rows = list(load_workbook(tmp_path / "out.xlsx").worksheets[1].iter_rows(values_only=True))
    assert [row[-1] for row in rows].count(said) == 1
    assert '"summary": {"documents": 2, "error": 0, "warning": 0, "note": 0}' in (tmp_path / "out.json").read_text(encoding="utf-8")


def test_what_cannot_be_opened_is_counted_too(tmp_path: Path) -> None:
    for name in ("a.html", "unknown"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    (tmp_path / "unknown").chmod(0)
    if not is_denied(tmp_path / "unknown"):
        pytest.skip("everything may be read here")
    ran = gilint("check", ".", cwd=tmp_path, powerless=True)
    assert ran.err == "gilint: . 中有 1 个文件不是可检查的文档，未作检查：无后缀或后缀不明 1 个\n"


@pytest.mark.parametrize("picture", [10_000, 17_000, 22_000, 40_000])
def test_a_packed_document_is_known_however_large_what_is_before_its_text(picture: int, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, zipfile.ZipFile(io.BytesIO(write_bytes(DRAFT, "docx"))) as document:
        archive.writestr("docProps/thumbnail.jpeg", Random(1).randbytes(picture))
        for name in document.namelist():
            archive.writestr(name, document.read(name), zipfile.ZIP_DEFLATED)
    (tmp_path / "download").write_bytes(file.getvalue())
    assert (taken(tmp_path), remarks(tmp_path)) == (["download"], [])


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_whose_properties_are_damaged_is_read_all_the_same(packing: int, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("docProps/core.xml", "<creator>gilint</creator>" * 10)
    data = bytearray(file.getvalue())
    start = data.index(b"core.xml") + len("core.xml") + 9
    data[start : start + 20] = b"\xff" * 20
    (tmp_path / "a.xlsx").write_bytes(data)
    assert taken(tmp_path) == ["a.xlsx"]
