"""The paths of an OFD: letters for what the pen does, each with its numbers, and the straight lines of the tables among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gilint.readers.ofd.package import numbers_of
from gilint.readers.pdf.content import Box

MAX_PATH_POINTS = 20_000
"""Points of one path; no table is drawn with more."""
_STRAIGHT = 0.2
"""Millimetres by which a line can lean."""
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*+)")
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers follow each letter; the last two are where the pen is then."""

Point = tuple[float, float]


def pieces_of(data: str) -> list[list[Point]]:
    """Return the pieces of a path as points, closed ones with their first point again; curves count by their ends."""
    pieces: list[list[Point]] = []
    count = 0
    for step in _STEP.finditer(data):
        numbers = numbers_of(step[2])
        expected = _NUMBERS.get(step[1])
        if expected is None or len(numbers) != expected:
            continue
        count += 1
        if count > MAX_PATH_POINTS:
            break
        if step[1] == "C":
            if pieces:
                pieces[-1].append(pieces[-1][0])
            continue
        if step[1] in "SM" or not pieces:
            pieces.append([])
        pieces[-1].append((numbers[-2], numbers[-1]))
    return pieces


def edges_of(pieces: Sequence[Sequence[Point]], thin: float, *, stroked: bool) -> Iterator[Box]:
    """Yield the straight lines of a path, and areas that are as thin as a line.

    Args:
        pieces: its pieces, as they lie on the page.
        thin: how thick a line may be.
        stroked: whether its edges are drawn; else a single piece is the ground of a cell, and several are a frame with a hole.
    """
    for piece in pieces:
        xs, ys = [x for x, _ in piece], [y for _, y in piece]
        outline = (min(xs), min(ys), max(xs), max(ys))
        if min(outline[2] - outline[0], outline[3] - outline[1]) <= thin:
            yield outline
        elif stroked or len(pieces) > 1:
            for (x, y), (next_x, next_y) in pairwise(piece):
                if min(abs(next_x - x), abs(next_y - y)) <= _STRAIGHT:
                    yield min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)
