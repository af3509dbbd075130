"""Where in the XML of a DOCX something stands that the reader gave a `Place`: what annotating a copy needs."""

from __future__ import annotations

from collections.abc import Mapping

from gilint.place import Place
from gilint.readers.docx import Reading, Spot
from gilint.readers.docx.names import P
from gilint.readers.docx.package import Element


def docx_positions(data: bytes) -> Mapping[Place, tuple[Spot, ...]]:
    """Return for the place of every cell and every paragraph the elements ``w:p`` that hold its text, in order.

    A spot holds for the file as it is stored, whatever reads it: with python-docx, the paragraph is
    ``list(document.element.iter(qn("w:p")))[spot.index]`` where ``spot.part`` is the main part.

    Raises:
        ArchiveError: the file cannot be read.
    """
    spots: dict[Element, Spot] = {}
    reading = Reading.of(data, spots)
    return {
        place: tuple(spots[paragraph] for paragraph in ([element] if element.tag == P else element.iter(P)) if paragraph in spots)
        for place, element in reading.flow.places or ()
    }
