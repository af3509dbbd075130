"""Calls of pdfium for many characters or drawn objects at a time.

A page has thousands of both. To call pdfium for each of them in a loop takes several times as long as what pdfium does; here the loop is that of `map`, what is
told is written to one array, and handles are plain addresses, which need no check of their type.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

Address = int
"""Of what pdfium knows as a handle."""
_SIDES = 4
_FLOAT = ctypes.sizeof(ctypes.c_float)


def of_addresses(function: Any, *arguments: Any, returns: Any = ctypes.c_int) -> Any:
    """Return a function of pdfium that takes addresses for handles.

    Args:
        function: as pypdfium2 has it.
        arguments: the types of all arguments.
        returns: the type of what it returns.
    """
    # Of the same class, which knows how functions of the library are called.
    same = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    same.argtypes, same.restype = arguments, returns
    return same


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_loose_box = of_addresses(pdfium.FPDFText_GetLooseCharBox, _ADDRESS, _INT, _ADDRESS)
_has_no_meaning = of_addresses(pdfium.FPDFText_HasUnicodeMapError, _ADDRESS, _INT)
_is_generated = of_addresses(pdfium.FPDFText_IsGenerated, _ADDRESS, _INT)
_object_of_page = of_addresses(pdfium.FPDFPage_GetObject, _ADDRESS, _INT, returns=_ADDRESS)
_object_of_form = of_addresses(pdfium.FPDFFormObj_GetObject, _ADDRESS, ctypes.c_ulong, returns=_ADDRESS)
_type = of_addresses(pdfium.FPDFPageObj_GetType, _ADDRESS)
_bounds = of_addresses(pdfium.FPDFPageObj_GetBounds, *[_ADDRESS] * 5)
_segment = of_addresses(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _INT, returns=_ADDRESS)
_point = of_addresses(pdfium.FPDFPathSegment_GetPoint, *[_ADDRESS] * 3)
_segment_type = of_addresses(pdfium.FPDFPathSegment_GetType, _ADDRESS)
_closes = of_addresses(pdfium.FPDFPathSegment_GetClose, _ADDRESS)


def address_of(handle: Any) -> Address:
    """Return the address that a handle of pypdfium2 is."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


Boxes = tuple[list[int], list[float], list[float], list[float], list[float]]
"""Of each thing whether it has a box, and its left, bottom, right and top."""


def loose_boxes(text_page: Any, count: int) -> Boxes:
    """Return the boxes of the first characters of a page: as wide as they advance, as high as a line of their font."""
    sides = (ctypes.c_float * (_SIDES * count))()
    start = ctypes.addressof(sides)
    places = range(start, start + _SIDES * _FLOAT * count, _SIDES * _FLOAT)
    found = list(map(_loose_box, repeat(address_of(text_page)), range(count), places))
    values = sides[:]
    # A rectangle of pdfium is left, top, right, bottom.
    return found, values[0::_SIDES], values[3::_SIDES], values[2::_SIDES], values[1::_SIDES]


def without_meaning(text_page: Any, indices: Sequence[int]) -> set[int]:
    """Return those of some characters of which the document does not say what they are."""
    return _those(_has_no_meaning, text_page, indices)


def generated(text_page: Any, indices: Sequence[int]) -> set[int]:
    """Return those of some characters that the document does not print, but pdfium has put between others."""
    return _those(_is_generated, text_page, indices)


def _those(is_so: Callable[[Address, int], int], text_page: Any, indices: Sequence[int]) -> set[int]:
    return {index for index, said in zip(indices, map(is_so, repeat(address_of(text_page)), indices), strict=False) if said == 1}


def objects_of_page(page: Any, count: int) -> list[Address]:
    """Return the first objects that are drawn on a page."""
    return list(map(_object_of_page, repeat(address_of(page)), range(count)))


def objects_of_form(form: Address, count: int) -> list[Address]:
    """Return the first objects that are drawn in a drawing."""
    return list(map(_object_of_form, repeat(form), range(count)))


def types_of(objects: Sequence[Address]) -> list[int]:
    """Return what each object is, as pdfium numbers the types."""
    return list(map(_type, objects))


def bounds_of(objects: Sequence[Address]) -> Boxes:
    """Return the boxes around objects, lines as thick as they are drawn."""
    sides = (ctypes.c_float * (_SIDES * len(objects)))()
    start = ctypes.addressof(sides)
    end, step = start + _SIDES * _FLOAT * len(objects), _SIDES * _FLOAT
    places = (range(start + _FLOAT * side, end, step) for side in range(_SIDES))
    found = list(map(_bounds, objects, *places))
    values = sides[:]
    return found, values[0::_SIDES], values[1::_SIDES], values[2::_SIDES], values[3::_SIDES]


def segments_of(path: Address, count: int) -> list[tuple[int, float, float, int, int]]:
    """Return of the first segments of a path whether they end anywhere, where (x and y, before the path is turned or moved), their type and whether they close it."""
    segments = list(map(_segment, repeat(path), range(count)))
    ends = (ctypes.c_float * (2 * count))()
    start = ctypes.addressof(ends)
    end, step = start + 2 * _FLOAT * count, 2 * _FLOAT
    found = list(map(_point, segments, range(start, end, step), range(start + _FLOAT, end, step)))
    values = ends[:]
    return list(zip(found, values[0::2], values[1::2], map(_segment_type, segments), map(_closes, segments), strict=True))
