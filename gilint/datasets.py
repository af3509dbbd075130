"""Files of data that hold several reports: each of these is a source of its own."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import SEEK_END
from typing import IO

from attrs import evolve

from gilint.document import Document, Portion
from gilint.readers import as_source, read_document
from gilint.readers.limits import MAX_BYTES
from gilint.readers.signatures import PROBED, begins_as_data, may_hold_data
from gilint.sources import Source

_PIECE = 1 << 20
MAX_PIPED = 1 << 30
"""Bytes of data that are taken from standard input, or of a file that is written in another encoding."""
_WIDE = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


def each_report(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sources, in place of a file of data with several reports these."""
    for source in sources:
        if source.problem is not None or not may_hold_data(source.name):
            yield source
            continue
        try:
            with _opened(source) as stream:
                kept = source if source.path else evolve(source, stream=stream)
                narrow = _narrowed(stream)
                portions = _portions(narrow or stream, kept=(narrow or kept.stream) is not None)
        except OSError:
            yield source  # reading it will tell why
            continue
        if not portions:
            yield kept
        if portions and narrow is not None:
            kept = evolve(kept, stream=narrow)
        for portion in portions:
            yield evolve(kept, name=f"{source.name}#{portion.label}", portion=portion)


def _narrowed(stream: IO[bytes]) -> IO[bytes] | None:
    """Return a file of data in UTF-16, as spreadsheets save it, in UTF-8, in which a report can be found by where its bytes stand; ``None`` for any other."""
    head = stream.read(PROBED)
    stream.seek(0)
    wide = _WIDE.get(head[:2])
    if wide is None or not begins_as_data(_in_utf8(head)):
        return None
    from gilint.readers.spool import Spool  # hardly any file is so

    spool, decoder = Spool(), getincrementaldecoder(wide)("replace")
    while piece := stream.read(_PIECE):
        spool.write(decoder.decode(piece).encode("utf-8", "replace"))
        if spool.tell() > MAX_PIPED:
            break
    stream.seek(0)
    spool.seek(0)
    return spool


def _in_utf8(head: bytes) -> bytes:
    """Return the beginning of a file without byte order mark, in UTF-8 where that says that it is written in UTF-16."""
    wide = _WIDE.get(head[:2])
    return head.removeprefix(BOM_UTF8) if wide is None else head[2:].decode(wide, "ignore").encode("utf-8", "replace")


def _portions(stream: IO[bytes], *, kept: bool) -> tuple[Portion, ...]:
    if not begins_as_data(stream.read(PROBED).removeprefix(BOM_UTF8)):
        return ()
    if kept and stream.seek(0, SEEK_END) > MAX_PIPED:
        return ()  # the end is lacking: it is read as one document, which says that it is too large
    from gilint.readers.portions import portions_of  # few documents are data

    stream.seek(0)
    return portions_of(stream)


def read_source(source: Source) -> Document:
    """Read one of several documents.

    Raises:
        OSError: it cannot be read.
        InputNotFoundError: it is no longer there.
    """
    if source.portion is not None:
        from gilint.readers.portions import read_portion

        with _opened(source) as stream:
            return read_portion(stream, source.portion, source.name)
    if source.stream is not None:
        source.stream.seek(0)
    return read_document(as_source(source.path or source.stream or sys.stdin.buffer), source.name)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    """Open a file; of standard input, which can be read but once, what was kept of it."""
    if source.path is None or source.stream is not None:
        yield source.stream or _piped()
    else:
        # A pipe or a device could keep us waiting for ever.
        if not source.path.is_file():
            raise OSError
        with source.path.open("rb") as file:
            yield file


def _piped() -> IO[bytes]:
    """Keep what comes from standard input."""
    from gilint.readers.spool import Spool  # it brings much that a check of files does not need

    spool = Spool()
    head = sys.stdin.buffer.read(PROBED)
    spool.write(head)
    left = MAX_PIPED + 1 if begins_as_data(_in_utf8(head)) else MAX_BYTES + 1
    while left > 0 and (piece := sys.stdin.buffer.read(min(left, _PIECE))):
        spool.write(piece)
        left -= len(piece)
    spool.seek(0)
    return spool
