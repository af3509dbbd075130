"""A page of a PDF as it was before gilint put highlights on it. Annotations of others stay, answers to gilint's too."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from gilint.readers.pdf.drawing import is_own


def take_out_own_highlights(page: Any) -> None:
    """Take what gilint has put on a page off it, with the windows that programs have made for its notes."""
    own = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        with _annotation(pdfium.FPDFPage_GetAnnot(page, index)) as annotation:
            if annotation and _goes(annotation):
                own.append(index)
            elif annotation and _refers_to_own(annotation, b"IRT"):
                # An answer to a note that is not there would not be shown. No program takes a text for what is answered, and pdfium cannot remove an entry.
                pdfium.FPDFAnnot_SetStringValue(annotation, b"IRT", (ctypes.c_ushort * 1)())
    for index in reversed(own):
        pdfium.FPDFPage_RemoveAnnot(page, index)


def _goes(annotation: Any) -> bool:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_POPUP:
        return _refers_to_own(annotation, b"Parent")
    return bool(kind == pdfium.FPDF_ANNOT_HIGHLIGHT) and is_own(annotation)


def _refers_to_own(annotation: Any, key: bytes) -> bool:
    with _annotation(pdfium.FPDFAnnot_GetLinkedAnnot(annotation, key)) as linked:
        return bool(linked) and is_own(linked)


@contextmanager
def _annotation(annotation: Any) -> Iterator[Any]:
    try:
        yield annotation
    finally:
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
