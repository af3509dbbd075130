"""What pdfium finds on a page: characters, straight lines and pictures.

Everything is given as the reader sees the page: where text is drawn turned (a landscape table, a page with ``/Rotate``), the page is turned until
most of its text is upright.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from attrs import define

from gilint.products import AUTHOR
from gilint.readers.pdf.calls import Address, bounds_of, objects_of_form, objects_of_page, of_addresses, segments_of, types_of
from gilint.readers.pdf.content import Box, Budget, PageContent, add_line, placed, runs_of

MAX_FORM_DEPTH = 8
"""Drawings within drawings that are looked into for lines."""
MAX_PATH_POINTS = 20_000
"""Points of one path; no table is drawn with more."""
THIN = 4.0
"""Points: what is drawn no thicker than this is a line."""
_STRAIGHT = 0.5
"""Points by which a line can lean."""

_ADDRESS = ctypes.c_void_p
_count_in_form = of_addresses(pdfium.FPDFFormObj_CountObjects, _ADDRESS)
_count_segments = of_addresses(pdfium.FPDFPath_CountSegments, _ADDRESS)
_draw_mode = of_addresses(pdfium.FPDFPath_GetDrawMode, *[_ADDRESS] * 3)
_read_matrix = of_addresses(pdfium.FPDFPageObj_GetMatrix, *[_ADDRESS] * 2)

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
        """Read what is drawn on a page."""
        count = self.budget.take_objects(max(pdfium.FPDFPage_CountObjects(page), 0))
        self._objects(objects_of_page(page, count), None, 0)

    def _objects(self, objects: list[Address], matrix: Matrix | None, depth: int) -> None:
        path, picture, form = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
        for drawn, kind, found, left, bottom, right, top in zip(objects, types_of(objects), *bounds_of(objects), strict=True):
            if kind in (path, picture):
                if (kind == path and not self.budget.take_path()) or not found:
                    continue
                box = (left, bottom, right, top) if matrix is None else _around((left, bottom, right, top), matrix)
                # A picture that is as thin as a line is a line, drawn by some converters so.
                if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
                    add_line(self.content, box)
                elif kind == path:
                    self._path(drawn, matrix)
                else:
                    self.content.pictures += 1
            elif kind == form and depth < MAX_FORM_DEPTH:
                count = self.budget.take_objects(max(_count_in_form(drawn), 0))
                self._objects(objects_of_form(drawn, count), _product(_matrix_of(drawn), matrix), depth + 1)

    def _path(self, drawn: Address, matrix: Matrix | None) -> None:
        stroke = ctypes.c_int()
        if not _draw_mode(drawn, ctypes.byref(ctypes.c_int()), ctypes.byref(stroke)):
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
                    if abs(next_x - x) <= _STRAIGHT or abs(next_y - y) <= _STRAIGHT:
                        add_line(self.content, (min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)))


def _around(box: Box, matrix: Matrix) -> Box:
    """Return the upright box around another one after it was turned and moved."""
    left, bottom, right, top = box
    xs, ys = zip(*(_mapped(x, y, matrix) for x in (left, right) for y in (bottom, top)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(drawn: Address, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """Return the pieces of a path as points on the page, closed ones with their first point again; curves count by their ends."""
    pieces: list[list[tuple[float, float]]] = []
    for found, x, y, kind, closes in segments_of(drawn, max(min(_count_segments(drawn), MAX_PATH_POINTS), 0)):
        if not found:
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([])
        pieces[-1].append(_mapped(x, y, matrix))
        if closes:
            pieces[-1].append(pieces[-1][0])
    return pieces


def _matrix_of(drawn: Address) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not _read_matrix(drawn, ctypes.byref(matrix)):
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
