"""Opens a PDF with pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from gilint.language import Text
from gilint.notice import Notice, NoticeKind

DAMAGED = Text("PDF 文件已损坏或不完整", "the PDF is damaged or incomplete")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a file; give why that is not possible, a notice, instead of a handle."""
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        encrypted = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        yield Notice(NoticeKind.ENCRYPTED) if encrypted else Notice(NoticeKind.UNREADABLE, {"reason": DAMAGED})
        return
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


def saved(handle: Any, how: int) -> bytes | None:
    """Return a file as pdfium writes it, ``None`` where it cannot.

    Args:
        handle: the file.
        how: one of the ways to save that pdfium knows.
    """
    pieces: list[bytes] = []

    def write(_: Any, data: Any, size: int) -> int:
        pieces.append(ctypes.string_at(data, size))
        return 1

    writer = pdfium.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    return b"".join(pieces) if pdfium.FPDF_SaveAsCopy(handle, ctypes.byref(writer), how) else None
