"""Labels of a table without lines, shared out among its rows of figures.

A label that is wrapped in its column stands around the figures of its row. Lines of labels are shared out so that each row's stand where its figures
do; the label of a group of rows goes before the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from attrs import define, field

from gilint.readers.pdf.content import Box
from gilint.readers.pdf.lines import glue

_BESIDE = 0.85
"""Heights of a line by which the label of a group and one beside it can be off."""
_SKIP = 0.35
"""Heights of a line by which a row's label may be off before one line of it is rather left alone."""
_MOST_LINES = 8
"""Lines of one label."""
_NUMBER = re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})、|(\d{1,2})[.．、](?!\d)")
BEGINS = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]")
_FIRST = ("一", "1")


class Piece(NamedTuple):
    """What gaps part in a line: a figure, a label, or a line of one."""

    text: str
    box: Box
    figure: bool

    @property
    def middle(self) -> float:
        """How high on the page it stands."""
        return (self.box[1] + self.box[3]) / 2


@define
class Row:
    """A row of figures."""

    figures: list[Piece]
    height: float
    label: list[Piece] = field(factory=list)
    before: list[str] = field(factory=list)
    """Labels of groups that begin with the row."""

    @property
    def middle(self) -> float:
        """How high on the page its figures stand."""
        return self.figures[0].middle

    @property
    def text(self) -> str:
        """Its label."""
        return joined(self.label)


def joined(pieces: Sequence[Piece]) -> str:
    """Return the text of lines below each other."""
    text = ""
    for piece in pieces:
        text += (glue(text[-1], piece.text[0], full=True) if text else "") + piece.text
    return text


def labels_and_groups(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part what stands right before the figures from what stands before other labels."""
    labels: list[Piece] = []
    groups: list[Piece] = []
    for piece in pieces:
        (groups if any(_stands_before(piece, other) for other in pieces) else labels).append(piece)
    return labels, groups


def _stands_before(piece: Piece, other: Piece) -> bool:
    height = max(piece.box[3] - piece.box[1], other.box[3] - other.box[1])
    return other.box[0] >= piece.box[2] - 1 and abs(other.middle - piece.middle) < _BESIDE * height


def groups_of_rows(groups: Sequence[Piece], rows: Sequence[Row]) -> tuple[list[Piece], list[Piece]]:
    """Part the labels of groups of rows from what stands in headers."""
    known = [piece for row in rows for piece in row.label]
    found, others = [], []
    for piece in sorted(groups, key=lambda piece: -piece.box[0]):
        if any(_stands_before(piece, label) for label in known):
            known.append(piece)
            found.append(piece)
        else:
            others.append(piece)
    return found, others


def share_out(labels: list[Piece], rows: list[Row]) -> list[Piece]:
    """Give each row the lines of its label; return the lines that are no row's."""
    # best[row][line]: the least cost with the first rows and lines dealt with, and how many lines the last row took after how many skipped.
    count = len(labels)
    skip = _SKIP * rows[0].height
    best: list[list[float]] = [[skip * line for line in range(count + 1)]]
    took: list[list[int]] = [[0] * (count + 1)]
    for row in rows:
        before = best[-1]
        costs, taken = list(before), [0] * (count + 1)
        costs = [cost + 3 * skip for cost in costs]  # a row without any label is possible, but hardly ever meant
        for end in range(1, count + 1):
            if costs[end - 1] + skip < costs[end]:
                costs[end], taken[end] = costs[end - 1] + skip, -1
            for start in range(end - 1, max(end - _MOST_LINES, 0) - 1, -1):
                if end - start > 1 and not _is_one_label(labels[start], labels[start + 1]):
                    break
                middle = (labels[start].box[3] + labels[end - 1].box[1]) / 2
                cost = before[start] + abs(middle - row.middle)
                if cost < costs[end]:
                    costs[end], taken[end] = cost, end - start
        best.append(costs)
        took.append(taken)
    kept: list[Piece] = []
    end = count
    for number in range(len(rows), 0, -1):
        while took[number][end] == -1:
            end -= 1
            kept.append(labels[end])
        lines = took[number][end]
        rows[number - 1].label = labels[end - lines : end]
        end -= lines
    return labels[:end] + kept[::-1]


def _is_one_label(upper: Piece, lower: Piece) -> bool:
    """Say whether a line can go on the one above it."""
    if BEGINS.match(lower.text):
        return False
    narrow = min(upper.box[2] - upper.box[0], lower.box[2] - lower.box[0])
    shared = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return shared > 0.5 * narrow and upper.box[1] - lower.box[3] < 0.8 * (upper.box[3] - upper.box[1])


def place_groups(pieces: list[Piece], rows: list[Row], kept: list[Piece]) -> None:
    """Put the label of each group of rows before its first row, those of inner groups first."""
    bundles: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        for bundle in bundles:
            if _is_one_label(bundle[-1], piece):
                bundle.append(piece)
                break
        else:
            bundles.append([piece])
    numbers = [_number(row.text) for row in rows]
    for bundle in sorted(bundles, key=lambda bundle: -min(piece.box[0] for piece in bundle)):
        middle = (bundle[0].box[3] + bundle[-1].box[1]) / 2
        if not rows[-1].middle - rows[-1].height <= middle <= rows[0].middle + rows[0].height:
            kept.extend(bundle)
            continue
        at = min(range(len(rows)), key=lambda index: abs(rows[index].middle - middle))
        kind = numbers[at][0]
        first = at
        while kind and first and (numbers[first][0] != kind or numbers[first][1] not in _FIRST):
            first -= 1
        rows[first if kind and numbers[first][0] == kind else at].before.insert(0, joined(bundle))
        inner = _number(joined(bundle))
        if inner[0]:
            # To an outer group the whole inner one is a single item.
            last = at
            while last + 1 < len(rows) and numbers[last + 1][0] == kind and numbers[last + 1][1] not in _FIRST:
                last += 1
            numbers[first : last + 1] = [inner] * (last + 1 - first)


def _number(text: str) -> tuple[int, str]:
    """Return how a label is numbered: the kind of number, 0 for none, and the number."""
    match = _NUMBER.match(text)
    return (match.lastindex or 0, match[match.lastindex or 0]) if match else (0, "")
