"""Archives (DOCX, XLSX, ODT, ODS are zip archives) checked before any parser sees them, and read with bounds.

A reader takes one of two ways. It opens the archive here and reads its members through `Archive.read`, which never inflates more than it may. Or it hands
the bytes to a library that inflates by itself; then all of it is inflated here once before, bounded, because what an archive says of its sizes can be a lie.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import crc32

from attrs import define, field

from gilint.document import Document
from gilint.language import Text
from gilint.notice import Notice, NoticeKind

MAX_ENTRIES = 5_000
"""Members of an archive, those of archives within it included. A report with hundreds of pictures has some hundreds."""
MAX_EXPANDED = 256 * 1024 * 1024
"""Bytes of all members together, inflated, those of archives within it included."""
MAX_MEMBER = 64 * 1024 * 1024
"""Bytes of one member, inflated. The text of a report with a thousand pages has about 20 MB."""
MAX_RATIO = 200
"""How many times larger the members may be than the archive. Tables with thousands of like rows come to about 100, a bomb to 1,000."""
SMALL = 8 * 1024 * 1024
"""Below so many bytes, inflated, the ratio does not matter."""
PIECE = 64 * 1024
"""Bytes in which a member is inflated where it may not be needed to its end."""
MAX_NESTING = 2
"""Archives within archives: a document in a document, and the workbook of a diagram in that."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ARCHIVE = b"PK\x03\x04"
_UNSAFE_NAME = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)
_ENCRYPTED = 0x1
_LEAST = 4096
"""Bytes that are given to the inflater at once: in fewer there may be nothing but the table of its codes."""
_HEADER = struct.Struct("<4s2xH18sHH")
"""What stands before a member: signature, flags, what the directory says too, lengths of its name and of further fields."""
_BOUNDED = (ZIP_STORED, ZIP_DEFLATED)
"""Compressions that are undone in pieces of bounded size; the others give all that a few bytes expand to at once."""
_FAULTS = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OSError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What the module zipfile raises on archives that are damaged, or made to damage."""

DAMAGED = Text("文件不完整或已损坏", "it is incomplete or damaged")


class ArchiveError(Exception):
    """An archive that is not read; `notice` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.kind)
        self.notice = notice


@define
class Archive:
    """A zip archive of which names, sizes and nesting have been checked."""

    _data: memoryview
    """The archive itself. Members are inflated from it without `ZipFile.open`, which takes longer than to inflate a small one."""
    _members: dict[str, ZipInfo]
    _inflated: dict[str, bytes] = field(factory=dict)
    """Members that were inflated before, and are small."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the archive, with ``/`` between folders."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, limit: int = MAX_MEMBER) -> bytes:
        """Return the bytes of a member.

        Raises:
            ArchiveError: there is none, it has more than ``limit`` bytes, or it is damaged; to have more bytes than declared is that, too.
        """
        info = self._members.get(name)
        if info is None:
            raise _unreadable(Text(f"文件中缺少 {name}", f"it lacks {name}"))
        if info.file_size > limit:
            raise _too_large()
        if name in self._inflated:
            return self._inflated[name]
        data = b"".join(self.pieces(name, info.file_size + 1))
        if len(data) != info.file_size or crc32(data) != info.CRC:
            raise _unreadable(DAMAGED)
        return data

    def inflate(self) -> None:
        """Inflate every member once, bounded, and compare its checksum; small ones are kept for who reads them next.

        Raises:
            ArchiveError: one is damaged, or larger than the archive declares.
        """
        small = sum(info.file_size for info in self._members.values()) <= SMALL
        for name in self._members:
            data = self.read(name)
            if small:
                self._inflated[name] = data

    def pieces(self, name: str, size: int = PIECE) -> Iterator[bytes]:
        """Yield the bytes of a member in pieces of at most ``size`` bytes, not more in all than it declares and one; nothing is compared with its checksum.

        Raises:
            ArchiveError: it is damaged.
        """
        info = self._members[name]
        try:
            packed = self._packed(info)
            if info.compress_type == ZIP_STORED:
                yield bytes(packed[: info.file_size + 1])
                return
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            left, position, step = info.file_size + 1, 0, max(size, _LEAST)
            while left > 0 and not inflater.eof:
                fed = inflater.unconsumed_tail or packed[position : (position := position + step)]
                piece = inflater.decompress(fed, min(size, left))
                left -= len(piece)
                if piece:
                    yield piece
                # It can have taken all in and still hold the end of what this expands to.
                elif not fed:
                    break
        except _FAULTS as error:
            raise _unreadable(DAMAGED) from error

    def begins(self, name: str, signature: bytes) -> bool:
        """Say whether a member begins with these bytes; only these are inflated."""
        return next(self.pieces(name, len(signature)), b"").startswith(signature)

    def _packed(self, info: ZipInfo) -> memoryview:
        """Return the bytes of a member as they are stored, behind its header."""
        signature, flags, _, name, extra = _HEADER.unpack_from(self._data, info.header_offset)
        if signature != _ARCHIVE or flags & _ENCRYPTED:
            raise BadZipFile
        start = info.header_offset + _HEADER.size + name + extra
        return self._data[start : start + info.compress_size]


@define
class _Budget:
    """What an archive and all archives within it come to."""

    packed: int
    """Bytes of the outermost archive."""
    entries: int = MAX_ENTRIES
    """Members that there may still be."""
    size: int = 0
    """Bytes of all members so far, inflated."""


def read(data: bytes, name: str) -> Document:
    """Say why an archive that is no known document is not read: it is damaged, or something else."""
    try:
        open_archive(data)
    except ArchiveError as error:
        if error.notice.kind is NoticeKind.UNREADABLE:
            return Document(name, "none", notices=(error.notice,))
    return Document(name, "none", notices=(Notice(NoticeKind.UNSUPPORTED_FORMAT, {"format": "ZIP"}),))


def open_archive(data: bytes, *, whole: bool = False) -> Archive:
    """Check an archive and return it to be read.

    Args:
        data: the archive.
        whole: inflate every member once, bounded, and compare its checksum: for a library that inflates by itself.

    Raises:
        ArchiveError: it is damaged (`NoticeKind.UNREADABLE`), encrypted (`NoticeKind.ENCRYPTED`) or unsafe (`NoticeKind.UNSAFE_ARCHIVE`).
    """
    archive = _checked(data, _Budget(len(data)), 0)
    if whole:
        archive.inflate()
    return archive


def _checked(data: bytes, budget: _Budget, depth: int) -> Archive:
    # The directory is counted before it is read: reading takes time and memory for every entry.
    count = data.count(_DIRECTORY_ENTRY)
    if count > budget.entries:
        raise _unsafe(Text(f"其中的文件超过 {MAX_ENTRIES} 个", f"it holds more than {MAX_ENTRIES} files"))
    try:
        infos = ZipFile(BytesIO(data)).infolist()
    except _FAULTS as error:
        raise _unreadable(DAMAGED) from error
    budget.entries -= len(infos)
    archive = Archive(memoryview(data), _members(infos))
    _check_sizes(infos, budget)
    for name in archive.names:
        if archive.begins(name, _ARCHIVE):
            if depth == MAX_NESTING:
                raise _unsafe(Text(f"压缩包嵌套超过 {MAX_NESTING} 层", f"archives are nested more than {MAX_NESTING} deep"))
            _checked(archive.read(name), budget, depth + 1)
    return archive


def _members(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    members: dict[str, ZipInfo] = {}
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveError(Notice(NoticeKind.ENCRYPTED))
        if _UNSAFE_NAME.match(info.filename):
            raise _unsafe(Text("其中的文件名指向文件之外", "a name in it points outside"))
        if info.compress_type not in _BOUNDED:
            raise _unsafe(Text("其中的文件使用了办公软件不用的压缩方法", "it is compressed in a way that no office program uses"))
        name = info.filename.replace("\\", "/")  # some programs for Windows write these
        if name in members:
            raise _unsafe(Text("其中有同名的文件", "two files in it have the same name"))
        members[name] = info
    return members


def _check_sizes(infos: list[ZipInfo], budget: _Budget) -> None:
    """Check what the archive says of its sizes; a lie is found where a member is read."""
    budget.size += sum(info.file_size for info in infos)
    if budget.size > MAX_EXPANDED or any(info.file_size > MAX_MEMBER for info in infos):
        raise _too_large()
    if budget.size > SMALL and budget.size > budget.packed * MAX_RATIO:
        raise _unsafe(Text(f"解压后的大小超过原来的 {MAX_RATIO} 倍", f"it expands to more than {MAX_RATIO} times its size"))
    ordered = sorted(infos, key=lambda info: info.header_offset)
    if any(before.header_offset + before.compress_size > after.header_offset for before, after in pairwise(ordered)):
        raise _unsafe(Text("其中的文件相互重叠", "files in it overlap"))


def _too_large() -> ArchiveError:
    megabytes = MAX_MEMBER // 1024**2, MAX_EXPANDED // 1024**2
    return _unsafe(
        Text(
            f"解压后过大（单个文件超过 {megabytes[0]} MB 或合计超过 {megabytes[1]} MB）",
            f"it expands to too much (one file to more than {megabytes[0]} MB, or all to more than {megabytes[1]} MB)",
        )
    )


def _unsafe(reason: Text) -> ArchiveError:
    return ArchiveError(Notice(NoticeKind.UNSAFE_ARCHIVE, {"reason": reason}))


def _unreadable(reason: Text) -> ArchiveError:
    return ArchiveError(Notice(NoticeKind.UNREADABLE, {"reason": reason}))
