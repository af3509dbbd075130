"""Looks at the streams of a PDF before pdfium parses any page, for pdfium works without bounds of its own.

What is drawn is text (operators and numbers); fonts and pictures are not, and cost nothing until they are used. So the text in streams is counted,
unpacked piece by piece, and files are refused that unpack to more than any report has, or draw drawings within drawings without end. Which streams are drawn
in the end only a parser can tell; a file that may draw more than it seems to is doubtful, and parsed in a process of its own (`aside`).
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator

from attrs import frozen

from gilint.notice import Notice
from gilint.patterns import deferred
from gilint.readers.limits import limit_notice

MAX_STREAM_TEXT = 2 * 1024 * 1024
"""Bytes of what is drawn by one stream; a page of a report has some ten thousand."""
MAX_TEXT = 24 * 1024 * 1024
"""The same of all streams of a document."""
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all streams, with fonts and pictures."""
MAX_AGAIN = 96 * 1024 * 1024
"""Bytes that can be drawn in all where every page and every drawing draws the largest stream."""
MAX_STREAMS = 20_000
"""Streams of a document: some for each page, font and picture."""
MAX_DRAWINGS = 100_000
"""How often drawings within drawings are drawn at most."""
MAX_PARTS = 500
"""Streams that one page is put together from."""
_CHUNK = 64 * 1024
_FIRST_CHUNK = 1024
_DICTIONARY = 4096
"""Bytes before a stream in which what is said of it is looked for."""
_NUMBERS = 24
"""Bytes before the word that begins an object in which its numbers stand."""
_PRINTABLE = bytes([9, 10, 12, 13, *range(32, 127)])
_MOSTLY = 0.85
_ESCAPED = deferred(rb"#([0-9A-Fa-f]{2})")
_FILTER = deferred(rb"/(FlateDecode|Fl|ASCII85Decode|A85|ASCIIHexDecode|AHx|LZWDecode|LZW|RunLengthDecode|RL)\b")
_ELSEWHERE = deferred(rb"/Subtype\s*\d")
_DRAWN = deferred(rb"\sDo\b")
_OBJECT = deferred(rb"(\d+)\s+\d+\s+obj\b")
_REFERENCES = deferred(rb"\[\s*((?:\d+\s+\d+\s+R\s*){64,})\]")
_NUMBER = deferred(rb"(\d+)\s+\d+\s+R")
_DIGITS_85 = bytes((code - 33) % 256 for code in range(256))
_SLACK = 200
"""Times that streams expand whose packing is not looked into."""


@frozen
class Verdict:
    """What is known of a file before any page is parsed."""

    refused: Notice | None = None
    """Why it is not parsed at all."""
    doubtful: bool = False
    """Whether more may be drawn than was counted, by what poses as fonts and pictures or is drawn again and again: to be parsed with bounds of time and memory."""


def examine(data: bytes, pages: int) -> Verdict:
    """Look at the streams of a PDF with that many pages."""
    text = unpacked = done = largest = 0
    drawings = 1
    doubtful = False
    numbers: set[bytes] = set()
    starts = _streams(data)
    lists = [_between_streams(data, starts)]
    for count, start in enumerate(starts):
        if count >= MAX_STREAMS:
            return Verdict(limit_notice("MAX_STREAMS", MAX_STREAMS))
        said = _said_of(data, start)
        owner = _OBJECT.search(said)
        if owner:
            numbers.add(owner[1])
        own = drawn = size = 0
        for chunk in _unpacked(data, start, said):
            size += len(chunk)
            drawn += len(_DRAWN.findall(chunk)) if b"Do" in chunk else 0
            if len(chunk.translate(None, _PRINTABLE)) <= (1 - _MOSTLY) * len(chunk):
                own += len(chunk)
                if b"/ObjStm" in said:
                    lists.append(chunk)
            elif size > MAX_STREAM_TEXT:
                # Larger than any font or picture of a report: what it is, is not worth unpacking all of it.
                doubtful = True
                break
            if own > MAX_STREAM_TEXT and b"/Image" in said:
                # A picture all of one grey is bytes of text.
                own, doubtful = 0, True
                break
            if own > MAX_STREAM_TEXT:
                return Verdict(limit_notice("MAX_STREAM_TEXT", MAX_STREAM_TEXT))
        text, unpacked, done, largest = text + own, unpacked + size, done + drawn, max(largest, size)
        if text > MAX_TEXT:
            return Verdict(limit_notice("MAX_TEXT", MAX_TEXT))
        if unpacked > MAX_UNPACKED:
            return Verdict(limit_notice("MAX_UNPACKED", MAX_UNPACKED))
        if drawn > 1 and _can_be_form(said):
            # It may draw itself: how often, is not counted here.
            doubtful = True
            drawings *= drawn
            if drawings > MAX_DRAWINGS:
                return Verdict(limit_notice("MAX_DRAWINGS", MAX_DRAWINGS))
    if any(_repeats_parts(piece, numbers) for piece in lists):
        return Verdict(limit_notice("MAX_PARTS", MAX_PARTS))
    return Verdict(doubtful=doubtful or unpacked > MAX_TEXT or (pages + done * drawings) * largest > MAX_AGAIN)


def _can_be_form(said: bytes) -> bool:
    """Say whether a stream can be drawn by others; what it is can also be said elsewhere."""
    return b"/Form" in said or b"obj" not in said or _ELSEWHERE.search(said) is not None


def _streams(data: bytes) -> list[int]:
    """Return where each stream begins, one more than are allowed at most."""
    starts: list[int] = []
    at = data.find(b"stream")
    while at >= 0 and len(starts) <= MAX_STREAMS:
        end = at + len(b"stream")
        after = data[end : end + 2]
        if after[:1] in (b"\r", b"\n") and data[at - 3 : at] != b"end":
            starts.append(end + (2 if after == b"\r\n" else 1))
        at = data.find(b"stream", end)
    return starts


def _between_streams(data: bytes, starts: list[int]) -> bytes:
    """Return what stands outside of streams."""
    pieces, at = [], 0
    for start in starts:
        if start > at:
            pieces.append(data[at:start])
            end = data.find(b"endstream", start)
            at = end if end >= 0 else len(data)
    return b"".join([*pieces, data[at:]])


def _said_of(data: bytes, start: int) -> bytes:
    """Return the dictionary of a stream, with the number of its object before."""
    said = data[max(start - _DICTIONARY, 0) : start]
    at = said.rfind(b"obj")
    said = said[max(at - _NUMBERS, 0) :] if at >= 0 else said
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), said) if b"#" in said else said


def _unpacked(data: bytes, start: int, said: bytes) -> Iterator[bytes]:
    """Yield what a stream holds, piece by piece."""
    filters = _FILTER.findall(said)
    if not filters:
        end = data.find(b"endstream", start)
        for at in range(start, end if end >= 0 else len(data), _CHUNK):
            yield data[at : min(at + _CHUNK, end if end >= 0 else len(data))]
        return
    if filters == [b"FlateDecode"]:
        # By far the most streams are small and packed once.
        inflate = zlib.decompressobj()
        try:
            chunk = inflate.decompress(data[start : start + _FIRST_CHUNK], _CHUNK)
        except zlib.error:
            return
        if inflate.eof:
            yield chunk
            return
    packed: Iterator[bytes] = _pieces(data, start)
    if filters[0] in (b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx"):
        end = data.find(b"endstream", start)
        packed = iter(
            [_from_letters(data[start : end if end >= 0 else len(data)], hexadecimal=filters[0].endswith(b"x") or b"Hex" in filters[0])]
        )
        filters = filters[1:]
    for name in filters:
        if not name.startswith(b"Fl"):
            # Packed in a way that no program has used for long: no more is known than how far it can expand.
            end = data.find(b"endstream", start)
            yield b" " * min(_SLACK * ((end if end >= 0 else len(data)) - start), MAX_STREAM_TEXT + 1)
            return
        packed = _inflated(packed)
    yield from packed


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    """Yield what follows in a file, a little of it first: most streams are small, and where they end only unpacking tells."""
    size = _FIRST_CHUNK
    while start < len(data):
        yield data[start : start + size]
        start += size
        size = min(4 * size, _CHUNK)


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what deflated bytes hold, never more than a piece at a time; what is damaged ends it, as in pdfium."""
    inflate = zlib.decompressobj()
    try:
        for piece in packed:
            while piece:
                chunk = inflate.decompress(piece, _CHUNK)
                if chunk:
                    yield chunk
                if inflate.eof:
                    return
                piece = inflate.unconsumed_tail
    except zlib.error:
        return


def _from_letters(text: bytes, *, hexadecimal: bool) -> bytes:
    try:
        if hexadecimal:
            return bytes.fromhex(re.sub(rb"[^0-9A-Fa-f]", b"", text).decode("ascii"))
        return _from_85(text.translate(None, b" \t\r\n\f\0").removeprefix(b"<~").removesuffix(b"~>"))
    except (ValueError, binascii.Error, struct.error):
        return b""


def _from_85(letters: bytes) -> bytes:
    """Return what ASCII85 stands for; base64 does it letter by letter, which takes longer than to unpack what comes of it."""
    if b"z" in letters:
        return base64.a85decode(letters)
    rest = -len(letters) % 5
    digits = (letters + b"u" * rest).translate(_DIGITS_85)
    fives = zip(digits[::5], digits[1::5], digits[2::5], digits[3::5], digits[4::5], strict=True)
    numbers = [(((a * 85 + b) * 85 + c) * 85 + d) * 85 + e for a, b, c, d, e in fives]
    packed = struct.pack(f">{len(numbers)}I", *numbers)
    return packed[: len(packed) - rest] if rest else packed


def _repeats_parts(text: bytes, streams: set[bytes]) -> bool:
    """Say whether a list names the same streams over and over, as the contents of a page that has no end do."""
    for match in _REFERENCES.finditer(text):
        named = _NUMBER.findall(match[1])
        parts = [number for number in named if number in streams]
        if len(parts) > MAX_PARTS and 2 * len(set(parts)) < len(parts):
            return True
    return False
