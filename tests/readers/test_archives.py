"""Archives that are built to harm, checked before any parser sees them."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from gilint.notice import Notice, NoticeKind
from gilint.readers.archives import MAX_ENTRIES, MAX_MEMBER, MAX_NESTING, PIECE, ArchiveError, open_archive


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def zeros(size: int) -> bytes:
    """One member of so many zeros, packed without holding them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as member:
        for _ in range(size // 1024**2):
            member.write(bytes(1024**2))
    return buffer.getvalue()


def nested(depth: int) -> bytes:
    data = archive({"a.txt": b"text"})
    for _ in range(depth):
        data = archive({"word/embeddings/inner.zip": data})
    return data


def with_declared(data: bytes, true: int, declared: int) -> bytes:
    return data.replace(struct.pack("<L", true), struct.pack("<L", declared))


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as packed:
            packed.writestr("word/document.xml", "<a/>")
            packed.writestr("word/document.xml", "<b/>")
        return buffer.getvalue()


def overlapping() -> bytes:
    """Two directory entries that share the packed bytes of one, as bombs with a quadratic expansion do."""
    data = archive({"a.xml": b"x" * 100, "b.xml": b"x" * 100})
    second = data.rindex(b"PK\x01\x02")
    return data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]


def encrypted() -> bytes:
    data = bytearray(archive({"word/document.xml": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def check_archive(data: bytes) -> Notice | None:
    """Why an archive must not be given to a library that inflates by itself."""
    try:
        open_archive(data, whole=True)
    except ArchiveError as error:
        return error.notice
    return None


def test_a_good_archive_is_read() -> None:
    data = archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<b/>" * 1000})
    opened = open_archive(data)
    assert check_archive(data) is None
    assert opened.names == ("[Content_Types].xml", "word/document.xml")
    assert "word/document.xml" in opened
    assert opened.read("word/document.xml") == b"<b/>" * 1000


def test_windows_separators() -> None:
    assert open_archive(archive({"word\\document.xml": b"<b/>"})).read("word/document.xml") == b"<b/>"


def test_a_document_may_hold_a_document() -> None:
    assert check_archive(nested(MAX_NESTING)) is None


def test_repeated_text_is_no_bomb() -> None:
    row = b"<w:tr><w:tc><w:p><w:r><w:t>0</w:t></w:r></w:p></w:tc></w:tr>"
    rows = b"".join(row.replace(b">0<", b">%d<" % number) for number in range(200_000))
    assert check_archive(archive({"word/document.xml": rows})) is None


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: zeros(16 * 1024**2), "解压后的大小超过原来的 200 倍"),
        (lambda: zeros(MAX_MEMBER + 1024**2), "解压后过大（单个文件超过 64 MB 或合计超过 256 MB）"),
        (lambda: archive({"word/embeddings/a.zip": zeros(16 * 1024**2)}), "解压后的大小超过原来的 200 倍"),
        (lambda: archive({f"{part}.zip": zeros(7 * 1024**2) for part in "ab"}), "解压后的大小超过原来的 200 倍"),
        (lambda: archive({f"{part}.xml": bytes(MAX_MEMBER) for part in "abcde"}), "解压后过大（单个文件超过 64 MB 或合计超过 256 MB）"),
        (lambda: nested(MAX_NESTING + 1), "压缩包嵌套超过 2 层"),
        (lambda: archive({f"word/{number}.xml": b"" for number in range(MAX_ENTRIES + 1)}), "其中的文件超过 5000 个"),
        (lambda: archive({f"{part}.zip": archive({f"{n}": b"" for n in range(2000)}) for part in "abc"}), "其中的文件超过 5000 个"),
        (lambda: archive({"../../etc/passwd": b""}), "其中的文件名指向文件之外"),
        (lambda: archive({"word/../../a": b""}), "其中的文件名指向文件之外"),
        (lambda: archive({"..\\a": b""}), "其中的文件名指向文件之外"),
        (lambda: archive({"/etc/passwd": b""}), "其中的文件名指向文件之外"),
        (lambda: archive({"C:/a": b""}), "其中的文件名指向文件之外"),
        (twice, "其中有同名的文件"),
        (overlapping, "其中的文件相互重叠"),
        (lambda: archive({"word/document.xml": bytes(10_000)}, zipfile.ZIP_BZIP2), "其中的文件使用了办公软件不用的压缩方法"),
    ],
)  # fmt: skip
def test_unsafe(make, reason: str) -> None:  # type: ignore[no-untyped-def]
    notice = check_archive(make())
    assert notice is not None
    assert (notice.kind, notice.data["reason"].zh) == (NoticeKind.UNSAFE_ARCHIVE, reason)


def test_encrypted() -> None:
    notice = check_archive(encrypted())
    assert notice is not None
    assert notice.kind is NoticeKind.ENCRYPTED


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        archive({"a": b"text" * 100})[:-30],
        archive({"a": b"text" * 100})[:60],
        with_declared(archive({"word/document.xml": bytes(123_456)}), 123_456, 1_000),
        archive({"a": b"text" * 100}, 0).replace(b"texttext", b"textTEXT"),
    ],
    # An archive holds the time of its making: several processes would not agree on what the tests are called.
    ids=["signature", "without-end", "cut-short", "declared-smaller", "wrong-checksum"],
)
def test_damaged(data: bytes) -> None:
    notice = check_archive(data)
    assert notice is not None
    assert notice.kind is NoticeKind.UNREADABLE


def test_a_declared_size_is_not_trusted() -> None:
    """The member inflates to 60 MB and declares 1,000 bytes: no more is inflated than declared."""
    data = with_declared(zeros(60 * 1024**2), 60 * 1024**2, 1_000)
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError):
            open_archive(data).read("word/document.xml")
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_reader_may_set_a_smaller_bound() -> None:
    with pytest.raises(ArchiveError) as raised:
        open_archive(archive({"a": bytes(10_000)})).read("a", 9_999)
    assert raised.value.notice.kind is NoticeKind.UNSAFE_ARCHIVE


def test_an_absent_member_is_named() -> None:
    with pytest.raises(ArchiveError) as raised:
        open_archive(archive({"a": b""})).read("word/document.xml")
    assert raised.value.notice.data["reason"].en == "it lacks word/document.xml"


def test_a_directory_of_a_million_entries_is_not_read() -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 600_000
    data = b"PK\x03\x04" + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 4, 0)
    began = time.process_time()
    notice = check_archive(data)
    assert notice is not None
    assert notice.kind is NoticeKind.UNSAFE_ARCHIVE
    assert time.process_time() - began < 1


@pytest.mark.parametrize("size", [PIECE + 1, PIECE + 300, 2 * PIECE + 100])
def test_pieces_are_the_whole_member(size: int) -> None:
    """The inflater takes in the last bytes before it has given all that they expand to."""
    assert b"".join(open_archive(archive({"a": b"0" * size})).pieces("a")) == b"0" * size
