"""Tables without lines: rows of figures that stand below each other, each written as one line with its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gilint.readers.pdf.headings import with_header
from gilint.readers.pdf.labels import BEGINS, Piece, Row, groups_of_rows, labels_and_groups, place_groups, share_out
from gilint.readers.pdf.lines import TextLine
from gilint.readers.pdf.wrapped import with_wrapped_figures
from gilint.values import looks_blank, looks_like_number

_REACH = 70.0
"""Points between two rows of figures of one table at most: a label has no more lines."""
_MOST_HEADINGS = 10
"""Lines of a header."""
_MOST_ROWS = 200
"""Rows of a table on a page; a longer one is left as it is."""
_NARRATIVE = re.compile(r"[。；;，,].*[。；;]|。$")
_PUNCTUATION = re.compile(r"[，。；：！？,;:!?]")
_LONGEST_LABEL = 40
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]")


def with_rows_restored(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines of a page with each row of a table without rulings as one line."""
    lines = [TextLine.of(line.fine, line.box, line.height) if _is_label_and_figure(line) else line for line in lines]
    split = [_pieces(line) for line in lines]
    cores = [index for index, line in enumerate(lines) if _is_core(line, split[index])]
    if not cores:
        return lines
    restored: list[TextLine] = []
    done = 0
    for first, last in _regions(lines, cores):
        first, last = _extended(lines, first, last, done)
        restored.extend(lines[done:first])
        restored.extend(_restored(lines[first:last], split[first:last]))
        done = last
    return restored + lines[done:]


def _pieces(line: TextLine) -> list[Piece]:
    """Return what even narrow gaps part in a line."""
    pieces: list[Piece] = []
    for text, left, right in line.fine:
        pieces.append(Piece(text, (left, line.box[1], right, line.box[3]), _is_figure(text)))
    return pieces


def _is_label_and_figure(line: TextLine) -> bool:
    """Say whether a line is one label and one figure right beside it, as where a row stands alone at the top of a page."""
    if len(line.pieces) != 1 or len(line.fine) != 2:
        return False
    label, figure = line.fine[0][0], line.fine[1][0]
    return 2 < len(label) <= _LONGEST_LABEL and not _PUNCTUATION.search(label) and _is_figure(figure)


def _is_figure(text: str) -> bool:
    return len(text) <= 16 and (looks_blank(text) or looks_like_number(text)) and not BEGINS.fullmatch(text)


def _is_core(line: TextLine, pieces: Sequence[Piece]) -> bool:
    """Say whether a line is surely a row of figures: wide gaps set them apart."""
    return len(line.pieces) > 1 and _is_figure(line.pieces[-1][0]) and (len(line.pieces) > 2 or not _is_figure(line.pieces[0][0]))


def _regions(lines: Sequence[TextLine], cores: Sequence[int]) -> list[tuple[int, int]]:
    """Return the tables, each as its first line and the one after its last."""
    regions = [[cores[0], cores[0]]]
    for before, after in pairwise(cores):
        near = lines[before].box[1] - lines[after].box[3] < _REACH
        if near and not any(_NARRATIVE.search(line.text) for line in lines[before + 1 : after]):
            regions[-1][1] = after
        else:
            regions.append([after, after])
    return [(first, last + 1) for first, last in regions]


def _extended(lines: Sequence[TextLine], first: int, last: int, done: int) -> tuple[int, int]:
    """Return a table with the lines close to its ends: its header, a first label that begins above its figures, a last one that ends below."""
    top = max(done, first - _MOST_HEADINGS)
    while first > top and _belongs(lines[first - 1], lines[first - 1].box[1] - lines[first].box[3]):
        first -= 1
    while last < len(lines) and len(lines[last].pieces) == 1 and _belongs(lines[last], lines[last - 1].box[1] - lines[last].box[3]):
        last += 1
    return first, last


def _belongs(line: TextLine, gap: float) -> bool:
    return gap < line.height and not _NARRATIVE.search(line.text) and not (len(line.pieces) == 1 and _HEADING.match(line.text))


def _restored(lines: list[TextLine], split: list[list[Piece]]) -> list[TextLine]:
    columns = [
        (piece.box[0], piece.box[2])
        for line, pieces in zip(lines, split, strict=True)
        if len(line.pieces) > 1
        for piece in _figures(pieces)
    ]
    rows: list[Row] = []
    rest: list[Piece] = []
    for line, pieces in zip(lines, split, strict=True):
        figures = _figures(pieces)
        while figures and not any(left < figures[0].box[2] and figures[0].box[0] < right for left, right in columns):
            figures.pop(0)
        if figures and (len(figures) < len(pieces) or len(line.pieces) > 1):
            rows.append(Row(figures, line.height))
            rest.extend(pieces[: len(pieces) - len(figures)])
        else:
            rest.extend(pieces)
    if not rows or len(rows) > _MOST_ROWS:
        return lines
    rows, rest = with_wrapped_figures(rows, rest)
    labels, groups = labels_and_groups(rest)
    kept = share_out(labels, rows)
    groups, others = groups_of_rows(groups, rows)
    kept += others
    place_groups(groups, rows, kept)
    return _written(rows, with_header(rows, kept))


def _figures(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the figures at the end of a line."""
    start = len(pieces)
    while start and pieces[start - 1].figure:
        start -= 1
    return list(pieces[start:])


def _written(rows: list[Row], kept: list[Piece]) -> list[TextLine]:
    """Return rows and what is left between them as lines."""
    lines: list[tuple[float, float, TextLine]] = []
    for row in rows:
        pieces = [*row.label, *row.figures]
        box = (
            min(piece.box[0] for piece in pieces),
            min(piece.box[1] for piece in pieces),
            max(piece.box[2] for piece in pieces),
            max(piece.box[3] for piece in pieces),
        )
        for group in row.before:
            lines.append((-row.middle, -1.0, TextLine.of([(group, box[0], box[2])], box, row.height)))
        parts = [(row.text, box[0], row.figures[0].box[0])] if row.label else []
        parts += [(piece.text, piece.box[0], piece.box[2]) for piece in row.figures]
        lines.append((-row.middle, 0.0, TextLine.of(parts, box, row.height)))
    by_line: dict[float, list[Piece]] = {}
    for piece in kept:
        by_line.setdefault(piece.middle, []).append(piece)
    for middle, pieces in by_line.items():
        pieces.sort(key=lambda piece: piece.box[0])
        box = (pieces[0].box[0], pieces[0].box[1], pieces[-1].box[2], pieces[0].box[3])
        lines.append((-middle, 0.0, TextLine.of([(piece.text, piece.box[0], piece.box[2]) for piece in pieces], box, box[3] - box[1])))
    lines.sort(key=lambda item: item[:2])
    return [line for _, _, line in lines]
