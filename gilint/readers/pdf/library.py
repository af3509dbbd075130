"""pdfium: held by one thread at a time, and without the fonts of the machine while gilint uses it.

Which fonts a machine has must not decide what is read of a document. To look for them and load one also takes longer than to read a whole report, and
fonts are parsed in places where a PDF should not reach.
"""

from __future__ import annotations

import ctypes
from threading import Lock
from types import TracebackType
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from attrs import define, field

from gilint.readers.pdf.substitute import substitute_font

_NAME = b"gilint\0"
_HANDLE = 1
_STANDARD = frozenset(
    [
        *(b"Courier", b"Courier-Bold", b"Courier-BoldOblique", b"Courier-Oblique"),
        *(b"Helvetica", b"Helvetica-Bold", b"Helvetica-BoldOblique", b"Helvetica-Oblique"),
        *(b"Times-Roman", b"Times-Bold", b"Times-BoldItalic", b"Times-Italic"),
    ]
)
"""Fonts that pdfium has in itself, as every reader of PDFs has; a document need not say how wide their characters are."""


def _map_font(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
    return None if charset == pdfium.FXFONT_ANSI_CHARSET and ctypes.string_at(face) in _STANDARD else _HANDLE


def _font_data(_: Any, handle: int, table: int, buffer: Any, size: int) -> int:
    # The tables are asked for one by one only to list fonts.
    return 0 if table else _given(substitute_font(), buffer, size)


def _face_name(_: Any, handle: int, buffer: Any, size: int) -> int:
    # A name of its own, for pdfium keeps faces by name: those of a document that the program around gilint has open are others.
    return _given(_NAME, buffer, size)


def _given(data: bytes, buffer: Any, size: int) -> int:
    """Copy data to where pdfium wants it, as far as there is room for it; return its size."""
    if size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _fonts() -> Any:
    fonts = pdfium.FPDF_SYSFONTINFO(version=1)
    for name, function in (("MapFont", _map_font), ("GetFontData", _font_data), ("GetFaceName", _face_name)):
        setattr(fonts, name, type(getattr(fonts, name))(function))
    return fonts


_FONTS = _fonts()
"""Lives as long as the process, for pdfium keeps no copy of it."""


@define
class _Library:
    """pdfium, to be entered by whoever calls it.

    When it is left, the program around gilint has the fonts that it had: those of the machine, or those of a handler of pypdfium2.
    """

    lock: Any = field(factory=Lock)
    handler: Any = None
    given_back: Any = None

    def __enter__(self) -> None:
        self.lock.acquire()
        try:
            self._take_fonts_away()
        except BaseException:
            # Whoever comes next, in a notebook that was interrupted here for instance, must not wait for ever.
            self.lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._give_fonts_back()
        finally:
            self.lock.release()

    def _take_fonts_away(self) -> None:
        self.handler = getattr(getattr(pypdfium2, "PdfSysfontBase", None), "SINGLETON", None)
        if self.handler is not None:
            self.handler.close(reusable=True)
        pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_FONTS))
        if self.given_back:
            pdfium.FPDF_FreeDefaultSystemFontInfo(self.given_back)
            self.given_back = None

    def _give_fonts_back(self) -> None:
        handler, self.handler = self.handler, None
        if handler is not None:
            handler.setup()
        else:
            self.given_back = pdfium.FPDF_GetDefaultSystemFontInfo()
            if self.given_back:
                pdfium.FPDF_SetSystemFontInfo(self.given_back)


PDFIUM = _Library()
