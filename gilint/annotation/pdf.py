"""Highlights with notes in a PDF, appended to it: every byte of the document itself stays. Highlights that gilint put into it before are no longer shown.

The rectangle of a cell, or of a phrase on its page, is highlighted; the note opens when it is pointed at. A note about no single place lies on the title.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from attrs import define, field

from gilint.annotation.own_highlights import take_out_own_highlights
from gilint.annotation.pdf_appearance import appearance, with_text_shown
from gilint.annotation.refusal import NoCopyError
from gilint.annotation.remarks import Remark, Spot, squeezed
from gilint.finding import Severity
from gilint.language import Language, Text
from gilint.products import AUTHOR
from gilint.readers.pdf.aside import run_aside
from gilint.readers.pdf.content import Box
from gilint.readers.pdf.guard import examine
from gilint.readers.pdf.library import PDFIUM
from gilint.readers.pdf.opening import saved
from gilint.readers.pdf.reading import MAX_PAGES

COLOURS = {Severity.ERROR: (255, 150, 150), Severity.WARNING: (255, 217, 102), Severity.NOTE: (170, 205, 240)}
_PROTECTED = Text(
    "PDF 设有密码或权限保护，不能加批注；请先取消保护", "the PDF is protected, so it takes no comments: take the protection off first"
)
_DAMAGED = Text("PDF 的结构有错误，不能加批注", "the PDF is damaged, so it takes no comments")
_TOO_MUCH = Text("PDF 超出限制，不能加批注", "the PDF exceeds a limit, so it takes no comments")
_LEAST = 8.0
"""Points; a smaller highlight is hardly seen."""
_EDGE = 20.0
_INCREMENTAL = 1
_IDENTITY = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<([0-9A-Fa-f]{32})>\s*\]")


@define
class _Said:
    """What is said at one place."""

    parts: list[str] = field(factory=list)
    worst: Severity = Severity.NOTE


def annotated(data: bytes, remarks: Sequence[Remark], language: Language) -> bytes:
    """Return the document with a highlight for every remark.

    Raises:
        NoCopyError: it is protected or damaged, or takes too much time or memory.
    """
    with PDFIUM, _opened(data) as document:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
            raise NoCopyError(_PROTECTED, read=True)
        verdict = examine(data, pdfium.FPDF_GetPageCount(document))
        if verdict.refused is not None:
            raise NoCopyError(_TOO_MUCH, read=True)
        if not verdict.doubtful:
            return _highlighted(document, data, remarks)
    copy = run_aside(__name__, "highlighted", data, remarks)
    if isinstance(copy, bytes):
        return copy
    raise NoCopyError(_TOO_MUCH, read=True)


def highlighted(data: bytes, remarks: Sequence[Remark]) -> bytes:
    """Return the document with a highlight for every remark, however long that takes."""
    with PDFIUM, _opened(data) as document:
        return _highlighted(document, data, remarks)


def _highlighted(document: Any, data: bytes, remarks: Sequence[Remark]) -> bytes:
    for number in range(1, min(pdfium.FPDF_GetPageCount(document), MAX_PAGES) + 1):
        with _page(document, number) as page:
            take_out_own_highlights(page)
    for (number, boxes), said in _gathered(document, remarks).items():
        with _page(document, number) as page:
            _highlight(page, boxes, said)
    return _with_identity(with_text_shown(_saved(document), len(data)), len(data))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise NoCopyError(_DAMAGED, read=True)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    """Open a page, counted from 1."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise NoCopyError(_DAMAGED, read=True)
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _gathered(document: Any, remarks: Sequence[Remark]) -> dict[tuple[int, tuple[Box, ...]], _Said]:
    """Return what is said at each place: two highlights on one cell would hide one another."""
    found: dict[tuple[int, tuple[Box, ...]], _Said] = {}
    for remark in remarks:
        seen: set[tuple[int, tuple[Box, ...]]] = set()
        for spot in remark.spots or (None,):
            number = spot.place.page if spot is not None and spot.place.page else 1
            with _page(document, number) as page:
                place = number, _boxes(page, spot)
            if place not in seen:
                said = found.setdefault(place, _Said())
                said.parts.append("\n".join(remark.at(len(seen), spot)))
                said.worst = min(said.worst, remark.severity, key=lambda severity: severity.rank)
                seen.add(place)
    return found


def _boxes(page: Any, spot: Spot | None) -> tuple[Box, ...]:
    """Return the rectangles to highlight: those of the phrase, the cell or paragraph, or else the corner of the page."""
    if spot is None or spot.place.box is None:
        top = pdfium.FPDF_GetPageHeightF(page) - _EDGE
        return ((_EDGE, top - _LEAST, _EDGE + _LEAST, top),)
    left, bottom, right, top = spot.place.box
    found = _phrase(page, spot.place.box, spot.phrase) if spot.place.table is None and spot.phrase else []
    if found:
        return tuple(found)
    width, height = max(_LEAST - (right - left), 0) / 2, max(_LEAST - (top - bottom), 0) / 2
    return ((left - width, bottom - height, right + width, top + height),)


def _phrase(page: Any, within: Box, phrase: str) -> list[Box]:
    """Return the rectangles of a phrase, one for each line, where its characters stand in a box of the page."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        letters: list[str] = []
        indices: list[int] = []
        for index in range(max(pdfium.FPDFText_CountChars(text_page), 0)):
            letter = chr(pdfium.FPDFText_GetUnicode(text_page, index) or 32)
            if not letter.isspace() and _stands_in(text_page, index, within):
                letters.append(letter)
                indices.append(index)
        sought = squeezed(phrase)
        at = "".join(letters).find(sought)
        if at < 0:
            return []
        first, last = indices[at], indices[at + len(sought) - 1]
        return list(_rectangles(text_page, first, last - first + 1))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _stands_in(text_page: Any, index: int, box: Box) -> bool:
    sides = [ctypes.c_double() for _ in range(4)]
    if not pdfium.FPDFText_GetCharBox(text_page, index, *sides):
        return False
    x, y = (sides[0].value + sides[1].value) / 2, (sides[2].value + sides[3].value) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _rectangles(text_page: Any, start: int, count: int) -> Iterator[Box]:
    for index in range(pdfium.FPDFText_CountRects(text_page, start, count)):
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        if pdfium.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            yield left.value, bottom.value, right.value, top.value


def _highlight(page: Any, boxes: Sequence[Box], said: _Said) -> None:
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        raise NoCopyError(_DAMAGED, read=True)
    try:
        for left, bottom, right, top in boxes:
            points = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)
        around = pdfium.FS_RECTF(
            min(box[0] for box in boxes), max(box[3] for box in boxes), max(box[2] for box in boxes), min(box[1] for box in boxes)
        )
        pdfium.FPDFAnnot_SetRect(annotation, around)
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *COLOURS[said.worst], 255)
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        for key, value in ((b"Contents", "\n\n".join(said.parts)), (b"T", AUTHOR)):
            _set(annotation, key, value)
        # Last, for pdfium takes rectangle and subtype from the annotation as it is then.
        pdfium.FPDFAnnot_SetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(appearance(boxes, COLOURS[said.worst])))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _set(annotation: Any, key: bytes, value: str) -> None:
    pdfium.FPDFAnnot_SetStringValue(annotation, key, _wide(value))


def _wide(text: str) -> Any:
    encoded = text.encode("utf-16-le", "replace") + b"\0\0"
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))


def _with_identity(copy: bytes, original: int) -> bytes:
    """Derive from the copy itself what tells it from other copies: pdfium takes a random number, and the same document would give another copy each time."""
    found = list(_IDENTITY.finditer(copy, original))
    if not found:
        return copy
    start, end = found[-1].span(1)
    blank = copy[:start] + b"0" * (end - start) + copy[end:]
    return copy[:start] + hashlib.sha256(blank).hexdigest()[: end - start].upper().encode() + copy[end:]


def _saved(document: Any) -> bytes:
    copy = saved(document, _INCREMENTAL)
    if copy is None:
        raise NoCopyError(_DAMAGED, read=True)
    return copy
