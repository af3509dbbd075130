"""Bytes to text, whatever is declared."""

from __future__ import annotations

import pytest

from gilint.document import Document, Paragraph
from gilint.readers import read_document

LINES = ["四、政府信息公开行政复议、行政诉讼情况", "规章 0 件，本年新收12件。", "国办公开办函〔2019〕60号"]
TEXT = "\n".join(LINES)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def notices(document: Document) -> list[tuple[str, dict[str, object]]]:
    return [(notice.kind.value, dict(notice.data)) for notice in document.notices]


def page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>' + "".join(f"<p>{line}</p>" for line in LINES)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb18030"), "gb18030"),
        (("\ufeff" + TEXT).encode("utf-16-le"), "utf-16-le"),
        (("\ufeff" + TEXT).encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.replace("\n", "\r\n").encode("utf-16-le"), "utf-16-le"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (page("utf-8").encode(), "utf-8"),
        (page("gb2312").encode("gbk"), "gb18030"),
        (page("GB18030").encode("gb18030"), "gb18030"),
    ],
)
def test_right_encodings_are_read_without_a_word(data: bytes, encoding: str) -> None:
    document = read_document(data)
    assert texts(document) == LINES
    assert document.encoding == encoding
    assert notices(document) == []


def test_traditional_characters_in_big5_are_read_when_declared() -> None:
    document = read_document("<meta charset=big5><p>政府資訊公開".encode("big5"))
    assert (texts(document), notices(document)) == (["政府資訊公開"], [])


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("iso-8859-1", "utf-8"),
        ("none-such", "utf-8"),
        ("base64", "utf-8"),
    ],
)
def test_a_wrong_declaration_is_told_and_not_believed(declared: str, used: str) -> None:
    document = read_document(page(declared).encode(used))
    assert texts(document) == LINES
    assert notices(document) == [("encoding-wrong", {"declared": declared, "used": used})]


def test_an_ascii_page_has_no_wrong_declaration() -> None:
    assert notices(read_document(b"<meta charset=gb2312><p>0")) == []


def test_bytes_that_are_no_characters_are_counted() -> None:
    document = read_document((TEXT * 5).encode() + b"\xff" + TEXT.encode())
    assert notices(document) == [("encoding-lossy", {"encoding": "utf-8", "count": 1})]
    # Lost when the page was made: the file is valid and has the sign for a lost character.
    assert notices(read_document(TEXT + "\ufffd")) == [("encoding-lossy", {"encoding": "", "count": 1})]


def test_a_few_bad_bytes_do_not_make_gbk_something_else() -> None:
    document = read_document((TEXT * 5).encode("gbk") + b"\xff\n" + TEXT.encode("gbk"))
    assert document.encoding == "gb18030"
    assert [kind for kind, _ in notices(document)] == ["encoding-lossy"]
    assert texts(document)[-1] == LINES[-1]


@pytest.mark.parametrize("noise", ["\0", "\x01", "\x1b", "\x7f", "\x85", "\x93", "\uffff"])
def test_control_characters_are_left_out_and_counted(noise: str) -> None:
    document = read_document(TEXT.replace(" ", noise).encode())
    assert texts(document)[0] == LINES[0]
    if noise == "\x85":
        assert notices(document) == []
    else:
        assert texts(document)[1] == "规章0件，本年新收12件。"
        assert notices(document) == [("control-characters", {"count": 2})]


def test_page_breaks_are_line_breaks() -> None:
    assert texts(read_document(b"a\x0cb\x0bc")) == ["a", "b", "c"]


def as_windows_reads(text: str) -> str:
    """UTF-8 read as code page 936, where 0x80 is the euro sign."""
    data, result = text.encode(), ""
    while data:
        size = 1 if data[0] < 0x81 else 2
        result += "€" if data[0] == 0x80 else data[:size].decode("gb18030", "replace")
        data = data[size:]
    return result


def test_mojibake_that_lost_nothing_is_undone_wholly() -> None:
    lines = ["政府信息公开", "三、本年度办理结果：予以公开，不予公开", "第二十条第（一）项", "规范性文件数", "12"]
    assert not any("\ufffd" in as_windows_reads(line) for line in lines)
    garbled = "\n".join(map(as_windows_reads, lines * 3))
    assert garbled != "\n".join(lines * 3)
    document = read_document(garbled.encode())
    assert texts(document) == lines * 3
    assert notices(document) == [("mojibake", {"recovered": True})]


def test_mojibake_that_lost_bytes_is_undone_as_far_as_it_goes() -> None:
    garbled = TEXT.encode().decode("gbk", "replace")
    document = read_document(garbled.encode())
    assert notices(document) == [("mojibake", {"recovered": False})]
    # What is lost is marked; nothing is put in its place.
    found = texts(document)[0]
    assert set(found) <= set(LINES[0]) | {"\ufffd"}
    assert found.startswith("四")
    assert sum(character != "\ufffd" for character in found) > len(LINES[0]) // 2


def test_rare_characters_in_a_right_text_are_no_mojibake() -> None:
    text = "锛元素与鏀字、銆字、骞字见于辞书，政府信息公开。"
    document = read_document(text)
    assert (texts(document), notices(document)) == ([text], [])
