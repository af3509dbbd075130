"""Cells of a table without lines that are no plain figures: wrapped in a narrow column, so that their lines stand above and below the others, or words."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.readers.pdf.labels import Piece, Row, joined

_OFF = 0.35
"""Heights of a line by which the middle of a wrapped figure may be off the others of its row."""
_LINE_GAP = 0.6
"""Heights of a line between two lines of one figure at most."""
_MOST_LINES = 6


def with_wrapped_figures(rows: list[Row], rest: list[Piece]) -> tuple[list[Row], list[Piece]]:
    """Give each row what stands where it has no figure: figures that were wrapped, and words where a figure belongs.

    Args:
        rows: rows of figures, from top to bottom; lines of wrapped figures are among them where two stand beside each other.
        rest: what is no figure of a row.
    """
    most = max(len(row.figures) for row in rows)
    left = min(piece.box[0] for row in rows if len(row.figures) == most for piece in row.figures)
    whole = [row for row in rows if 2 * len(row.figures) > most]
    partial = [row for row in rows if 2 * len(row.figures) <= most]
    loose = [piece for row in partial for piece in row.figures] + [piece for piece in rest if piece.box[0] >= left - rows[0].height]
    used: list[Piece] = []
    for row in whole:
        for stack in _stacks(row, loose):
            used.extend(stack)
            row.figures.append(_one(stack, row))
        row.figures.sort(key=lambda piece: piece.box[0])
    if not used:
        return rows, rest
    taken = {id(piece) for piece in used}
    for row in partial:
        row.figures = [piece for piece in row.figures if id(piece) not in taken]
    return [row for row in rows if row.figures], [piece for piece in rest if id(piece) not in taken]


def _stacks(row: Row, loose: Sequence[Piece]) -> list[list[Piece]]:
    """Return what stands in columns in which the row has no figure, line under line, with its middle where the row's is."""
    height = row.height
    near = [
        piece
        for piece in loose
        if abs(piece.middle - row.middle) < _MOST_LINES * height
        and not any(figure.box[0] < piece.box[2] and piece.box[0] < figure.box[2] for figure in row.figures)
    ]
    stacks: list[list[Piece]] = []
    for piece in sorted(near, key=lambda piece: -piece.middle):
        for stack in stacks:
            above = stack[-1].box
            if above[0] < piece.box[2] and piece.box[0] < above[2] and above[1] - piece.box[3] < _LINE_GAP * height:
                stack.append(piece)
                break
        else:
            stacks.append([piece])
    return [stack for stack in stacks if abs((stack[0].box[3] + stack[-1].box[1]) / 2 - row.middle) < _OFF * height]


def _one(stack: Sequence[Piece], row: Row) -> Piece:
    """Return the lines of a figure as one, as high on the page as the others of its row."""
    box = row.figures[0].box
    return Piece(joined(stack), (min(piece.box[0] for piece in stack), box[1], max(piece.box[2] for piece in stack), box[3]), True)
