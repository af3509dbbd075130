"""What pdfium finds on a page: characters, straight lines and pictures.

Everything is given as the reader sees the page: where text is drawn turned (a landscape table, a page with ``/Rotate``), the page is turned until
most of its text is upright.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from attrs import define

from gilint.products import AUTHOR
from gilint.readers.pdf.content import Box, Budget, PageContent, add_line, placed, runs_of

MAX_FORM_DEPTH = 8
"""Drawings within drawings that are looked into for lines."""
MAX_PATH_POINTS = 20_000
"""Points of one path; no table is drawn with more."""
THIN = 4.0
"""Points: what is drawn no thicker than this is a line."""
_STRAIGHT = 0.5
"""Points by which a line can lean."""

_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.c_float() for _ in range(4))
_SIDES = tuple(ctypes.byref(side) for side in (_LEFT, _BOTTOM, _RIGHT, _TOP))
"""Where pdfium writes bounds: made once, for a page has thousands of objects (and `PDFIUM` is held)."""

Matrix = tuple[float, float, float, float, float, float]

_COMMENTS = frozenset(
    [
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_POLYLINE,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_INK,
    ]
)
"""What PDF calls markup annotations, but for stamps, which are the seals of organs as often, and files."""


def read_page(page: Any, number: int, budget: Budget) -> PageContent:
    """Read what is drawn on a page that pdfium has loaded."""
    runs, unmapped = runs_of(page, budget)
    paper = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(paper))
    content = placed(number, (paper.left, paper.bottom, paper.right, paper.top), runs)
    content.unmapped = unmapped
    _Lines(content, budget).read(page)
    _count_comments(page, content, budget)
    return content


def _count_comments(page: Any, content: PageContent, budget: Budget) -> None:
    for index in range(budget.take_objects(max(pdfium.FPDFPage_GetAnnotCount(page), 0))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            if pdfium.FPDFAnnot_GetSubtype(annotation) in _COMMENTS:
                content.comments += 1
                content.own_comments += is_own(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)


def is_own(annotation: Any) -> bool:
    """Say whether gilint has put an annotation on its page."""
    expected = AUTHOR.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(len(expected))
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"T", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(expected))
    return length == len(expected) and buffer.raw == expected


@define
class _Lines:
    """Collects the straight lines of a page."""

    content: PageContent
    budget: Budget

    def read(self, page: Any) -> None:
        count = self.budget.take_objects(max(pdfium.FPDFPage_CountObjects(page), 0))
        self._objects((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), None, 0)

    def _objects(self, objects: Iterator[Any], matrix: Matrix | None, depth: int) -> None:
        type_of = pdfium.FPDFPageObj_GetType
        for drawn in objects:
            kind = type_of(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                if self.budget.take_path():
                    self._path(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                count = self.budget.take_objects(max(pdfium.FPDFFormObj_CountObjects(drawn), 0))
                inner = (pdfium.FPDFFormObj_GetObject(drawn, index) for index in range(count))
                self._objects(inner, _product(_matrix_of(drawn), matrix), depth + 1)

    def _picture(self, drawn: Any, matrix: Matrix | None) -> None:
        """Count a picture; one that is as thin as a line is a line, drawn by some converters so."""
        box = _bounds(drawn, matrix)
        if box is None:
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            add_line(self.content, box)
        else:
            self.content.pictures += 1

    def _path(self, drawn: Any, matrix: Matrix | None) -> None:
        box = _bounds(drawn, matrix)
        if box is None:
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            add_line(self.content, box)
            return
        stroke = ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(ctypes.c_int()), ctypes.byref(stroke)):
            return
        pieces = _subpaths(drawn, _product(_matrix_of(drawn), matrix))
        for piece in pieces:
            xs, ys = [x for x, _ in piece], [y for _, y in piece]
            outline = (min(xs), min(ys), max(xs), max(ys))
            if min(outline[2] - outline[0], outline[3] - outline[1]) <= THIN:
                add_line(self.content, outline)
            elif stroke.value or len(pieces) > 1:
                # A single filled rectangle is the ground of a cell. Several in one path are a frame with a hole, whose edges are lines.
                for (x, y), (next_x, next_y) in pairwise(piece):
                    if min(abs(next_x - x), abs(next_y - y)) <= _STRAIGHT:
                        add_line(self.content, (min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)))


def _bounds(drawn: Any, matrix: Matrix | None) -> Box | None:
    if not pdfium.FPDFPageObj_GetBounds(drawn, *_SIDES):
        return None
    box = (_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)
    if matrix is None:
        return box
    corners = [_mapped(x, y, matrix) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(drawn: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """Return the pieces of a path as points on the page, closed ones with their first point again; curves count by their ends."""
    point_of, segment_of = pdfium.FPDFPathSegment_GetPoint, pdfium.FPDFPath_GetPathSegment
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[list[tuple[float, float]]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn), MAX_PATH_POINTS)):
        segment = segment_of(drawn, index)
        if not point_of(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([])
        pieces[-1].append(_mapped(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    return pieces


def _matrix_of(drawn: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
        return 1, 0, 0, 1, 0, 0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _mapped(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b = _mapped(inner[0], inner[1], (*outer[:4], 0, 0))
    c, d = _mapped(inner[2], inner[3], (*outer[:4], 0, 0))
    return (a, b, c, d, *_mapped(inner[4], inner[5], outer))
