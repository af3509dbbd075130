"""Labels of a table without lines, shared out among its rows of figures.

A label that is wrapped in its column stands around the figures of its row. Lines of labels are shared out so that each row's stand where its figures
do; the label of a group of rows goes before the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import define, field

from gilint.readers.pdf.content import Box
from gilint.readers.pdf.lines import glue
from gilint.readers.pdf.separators import Separators

_BESIDE = 1.0
"""Heights of a line by which the label of a group and one beside it can be off."""
_BETWEEN = 0.6
"""Distances of two rows by which they can be off: the label of a group stands beside a row or between two."""
_SKIP = 0.35
"""Heights of a line by which a row's label may be off before one line of it is rather left alone."""
_TIGHT = 0.8
"""Heights of a line between two lines of one label at most, where nothing else tells that they are one."""
_LOOSE = 2.2
"""The same where figures or numbers do."""
_NOBODY = -1
_MOST_LINES = 12
"""Lines of one label."""
_NUMBER = re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})、|(\d{1,2})[.．、](?!\d)")
BEGINS = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[条项款]")
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
    before: list[Piece] = field(factory=list)
    """Labels of groups that begin with the row."""

    @property
    def middle(self) -> float:
        """How high on the page its figures stand, or its label where it has none."""
        return self.figures[0].middle if self.figures else _middle_of(self.label[0], self.label[-1])

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


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around several."""
    return min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)


def labels_and_groups(pieces: Sequence[Piece], rows: Sequence[Row]) -> tuple[list[Piece], list[Piece]]:
    """Part what stands right before the figures from what stands before other labels."""
    labels: list[Piece] = []
    groups: list[Piece] = []
    for piece in pieces:
        reach = _reach(piece, rows)
        (groups if any(_stands_before(piece, other, reach) for other in pieces) else labels).append(piece)
    return labels, groups


def _reach(piece: Piece, rows: Sequence[Row]) -> float:
    """Return how far up and down the labels of single rows can stand beside that of a group: it is as high as a row, or between two."""
    height = piece.box[3] - piece.box[1]
    above = min((row.middle for row in rows if row.middle >= piece.middle), default=None)
    below = max((row.middle for row in rows if row.middle < piece.middle), default=None)
    if above is None or below is None or min(above - piece.middle, piece.middle - below) < _SKIP * height:
        return _BESIDE * height
    return max(_BESIDE * height, _BETWEEN * (above - below))


def _stands_before(piece: Piece, other: Piece, reach: float) -> bool:
    return other.box[0] >= piece.box[2] - 1 and abs(other.middle - piece.middle) < reach


def groups_of_rows(groups: Sequence[Piece], rows: Sequence[Row]) -> tuple[list[Piece], list[Piece]]:
    """Part the labels of groups of rows from what stands in headers."""
    known = [piece for row in rows for piece in row.label]
    found, others = [], []
    for piece in sorted(groups, key=lambda piece: -piece.box[0]):
        reach = _reach(piece, rows)
        if any(_stands_before(piece, label, reach) for label in known):
            known.append(piece)
            found.append(piece)
        else:
            others.append(piece)
    return found, others


Anchor = Callable[[Piece, Piece], float]
"""From the first and the last line of a label to the height on the page that is that of its row."""


def _middle_of(first: Piece, last: Piece) -> float:
    return (first.box[3] + last.box[1]) / 2


def _first_of(first: Piece, _: Piece) -> float:
    return first.middle


def _last_of(_: Piece, last: Piece) -> float:
    return last.middle


def share_out(labels: list[Piece], rows: list[Row], separators: Separators) -> list[Piece]:
    """Give each row the lines of its label; return the lines that are no row's.

    The middle, the first or the last line of labels is as high as their figures, whichever fits best.
    """
    tries = [_shared(labels, rows, anchor, separators) for anchor in (_middle_of, _first_of, _last_of)]
    _, taken = min(tries, key=lambda found: found[0])
    owners: list[int] = [_NOBODY] * len(labels)
    end = len(labels)
    for number in range(len(rows), 0, -1):
        while taken[number][end] == -1:
            end -= 1
        lines = taken[number][end]
        owners[end - lines : end] = [number - 1] * lines
        end -= lines
    _complete(labels, owners, separators)
    for label, owner in zip(labels, owners, strict=True):
        if owner != _NOBODY:
            rows[owner].label.append(label)
    return [label for label, owner in zip(labels, owners, strict=True) if owner == _NOBODY]


def _complete(labels: Sequence[Piece], owners: list[int], separators: Separators) -> None:
    """Give labels that are numbered the lines that belong to them: a label begins with its number, and what has none goes on."""
    begins = [BEGINS.match(label.text) is not None for label in labels]
    connected = [False, *(_connects(upper, lower, separators) for upper, lower in pairwise(labels))]
    for index in range(1, len(labels)):
        if owners[index] == _NOBODY or owners[index - 1] == owners[index] or begins[index]:
            continue
        start = index
        while start and owners[start - 1] == _NOBODY and connected[start] and not begins[start]:
            start -= 1
        if begins[start]:
            owners[start:index] = [owners[index]] * (index - start)
    numbered: set[int] = set()
    for index, owner in enumerate(owners):
        if owner != _NOBODY and begins[index]:
            numbered.add(owner)
        elif owner == _NOBODY and index and not begins[index] and connected[index] and owners[index - 1] in numbered:
            owners[index] = owners[index - 1]


def _connects(upper: Piece, lower: Piece, separators: Separators) -> bool:
    return _is_one_label(upper, lower, _LOOSE) and not separators.between(upper.box, lower.box)


def _shared(labels: list[Piece], rows: list[Row], anchor: Anchor, separators: Separators) -> tuple[float, list[list[int]]]:
    """Return what the best way of sharing costs, and for each row and number of lines dealt with how many the row takes; -1 skips one."""
    count = len(labels)
    skip = _SKIP * rows[0].height
    before = [skip * line for line in range(count + 1)]
    took: list[list[int]] = [[0] * (count + 1)]
    longest = [_longest(labels, start, separators) for start in range(count)]
    for row in rows:
        taken = [0] * (count + 1)
        costs = [cost + 3 * skip for cost in before]  # a row without any label is possible, but hardly ever meant
        for end in range(1, count + 1):
            if costs[end - 1] + skip < costs[end]:
                costs[end], taken[end] = costs[end - 1] + skip, -1
            for start in range(end - 1, max(end - _MOST_LINES, 0) - 1, -1):
                if end - start > longest[start]:
                    break
                cost = before[start] + abs(anchor(labels[start], labels[end - 1]) - row.middle)
                if cost < costs[end]:
                    costs[end], taken[end] = cost, end - start
        before = costs
        took.append(taken)
    return before[count], took


def _longest(labels: Sequence[Piece], start: int, separators: Separators) -> int:
    """Return how many lines a label can have that begins with a certain one."""
    end = start + 1
    while end < len(labels) and _connects(labels[end - 1], labels[end], separators):
        end += 1
    return end - start


def _is_one_label(upper: Piece, lower: Piece, gap: float) -> bool:
    """Say whether a line can go on the one above it."""
    if BEGINS.match(lower.text):
        return False
    narrow = min(upper.box[2] - upper.box[0], lower.box[2] - lower.box[0])
    shared = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return shared > 0.5 * narrow and upper.box[1] - lower.box[3] < gap * (upper.box[3] - upper.box[1])


def blank_rows(kept: Sequence[Piece], rows: Sequence[Row], separators: Separators) -> tuple[list[Row], list[Piece]]:
    """Make rows without figures of labels that stand among those of the rows; return them, and what is no label."""
    known = [piece.box for row in rows for piece in row.label]
    if not known:
        return [], list(kept)
    left, _, right, _ = around(known)
    found: list[Row] = []
    others: list[Piece] = []
    for piece in kept:
        if found and _is_one_label(found[-1].label[-1], piece, _TIGHT) and not separators.between(found[-1].label[-1].box, piece.box):
            found[-1].label.append(piece)
        elif left <= (piece.box[0] + piece.box[2]) / 2 <= right and (piece.middle > rows[-1].middle or BEGINS.match(piece.text)):
            found.append(Row([], rows[0].height, [piece]))
        else:
            others.append(piece)
    return found, others


def is_group(row: Row, below: Row | None) -> bool:
    """Say whether a row without figures is the label of those below it, by how they are numbered."""
    if below is None or below.before:
        return False
    kind, number = _number(below.text)
    return number in _FIRST and kind != _number(row.text)[0]


def place_groups(pieces: list[Piece], rows: list[Row], kept: list[Piece]) -> None:
    """Put the label of each group of rows before its first row, those of inner groups first."""
    bundles: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        for bundle in bundles:
            if _is_one_label(bundle[-1], piece, _LOOSE):
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
        whole = Piece(joined(bundle), around([piece.box for piece in bundle]), figure=False)
        rows[first if kind and numbers[first][0] == kind else at].before.insert(0, whole)
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
