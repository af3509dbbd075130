"""Tables from the lines that are drawn around their cells.

Lines that nearly coincide (a double line, the borders of two neighbours) are one; lines that touch belong to one table; where no line stands between
two places of the grid, they are one cell. A side without a line of its own is where the lines across it end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

from attrs import define

from gilint.readers.pdf.cells import RuledCell, RuledTable
from gilint.readers.pdf.content import Box, Character, PageContent, Ruling
from gilint.readers.pdf.partial import is_partial

SNAP = 2.5
"""Points: lines no further apart than this are drawn as one."""
_WIDEST_SNAP = 6.0
"""Points: so far the lines of one bundle may be from each other altogether."""
_TOUCH = 4.0
"""Points: so far a line may end before the one that it meets."""
_SLIVER = 8.0
"""Points: a narrower row or column without any text is the space between the two lines of a border."""
_HAIR = 3.5
"""Points: a lower row is never one of cells, blank as they may be."""
MAX_RULINGS = 3_000
"""Lines of one direction on a page, after pieces in one line are joined; a page is full of cells long before."""
MAX_EDGES = 500
"""Lines across or down one table."""


def ruled_tables(page: PageContent) -> tuple[list[RuledTable], bool]:
    """Return the tables of a page, from top to bottom, and whether there were more lines than are looked at.

    The characters in them are taken away from the page.
    """
    across, down = _bundled(page.across), _bundled(page.down)
    cut = len(across) > MAX_RULINGS or len(down) > MAX_RULINGS
    across, down = across[:MAX_RULINGS], down[:MAX_RULINGS]
    tables: list[RuledTable] = []
    for rows, columns in _touching(across, down):
        edges = _Edges.of(rows, columns)
        if edges is not None:
            cut |= edges.cut
            table = _fill(page, edges)
            if table is not None:
                tables.append(table)
    tables.sort(key=lambda table: (-table.box[3], table.box[0]))
    return tables, cut


def _bundled(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return lines with those that nearly coincide brought to one place, and pieces in one line joined."""
    bundle: list[Ruling] = []
    joined: list[Ruling] = []
    for ruling in sorted(rulings):
        if bundle and (ruling.at - bundle[-1].at > SNAP or ruling.at - bundle[0].at > _WIDEST_SNAP):
            joined.extend(_joined(bundle))
            bundle = []
        bundle.append(ruling)
    joined.extend(_joined(bundle))
    return joined


def _joined(bundle: list[Ruling]) -> list[Ruling]:
    if not bundle:
        return []
    at = (bundle[0].at + bundle[-1].at) / 2
    bundle.sort(key=itemgetter(1))
    pieces: list[Ruling] = []
    start, end = bundle[0].start, bundle[0].end
    for ruling in bundle[1:]:
        if ruling.start <= end + _TOUCH:
            end = max(end, ruling.end)
        else:
            pieces.append(Ruling(at, start, end))
            start, end = ruling.start, ruling.end
    pieces.append(Ruling(at, start, end))
    return pieces


def _touching(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Return the groups of lines that hang together, each with at least two in one direction and one in the other."""
    group = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    places = [ruling.at for ruling in down]
    for number, (at, start, end) in enumerate(across):
        for other in range(bisect_left(places, start - _TOUCH), bisect_right(places, end + _TOUCH)):
            meets = down[other]
            if meets.start - _TOUCH <= at <= meets.end + _TOUCH:
                group[root(len(across) + other)] = root(number)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index in range(len(group)):
        rows, columns = groups.setdefault(root(index), ([], []))
        if index < len(across):
            rows.append(across[index])
        else:
            columns.append(down[index - len(across)])
    return [(rows, columns) for rows, columns in groups.values() if rows and columns and len(rows) + len(columns) > 2]


@define
class _Edges:
    """Where the rows and columns of a table begin and end, and the lines between its places."""

    xs: list[float]
    ys: list[float]
    """From top to bottom, so descending."""
    across: list[Ruling]
    down: list[Ruling]
    cut: bool

    @classmethod
    def of(cls, across: list[Ruling], down: list[Ruling]) -> _Edges | None:
        xs = _with_ends([ruling.at for ruling in down], across)
        ys = _with_ends([ruling.at for ruling in across], down)
        if len(xs) < 2 or len(ys) < 2:
            return None
        cut = len(xs) > MAX_EDGES or len(ys) > MAX_EDGES
        return cls(xs[:MAX_EDGES], ys[::-1][:MAX_EDGES], across, down, cut)

    def without_slivers(self, centres: Sequence[tuple[float, float]]) -> None:
        """Take rows and columns away that are too narrow for text and hold none."""
        _drop_slivers(self.xs, sorted(x for x, _ in centres), _SLIVER)
        self.ys.reverse()
        heights = sorted(y for _, y in centres)
        slivers = sum(_is_sliver(low, high, heights, _SLIVER) for low, high in pairwise(self.ys))
        # A single low row can be one whose cells are all blank.
        _drop_slivers(self.ys, heights, _SLIVER if slivers > 1 else _HAIR)
        self.ys.reverse()


def _with_ends(places: list[float], crossing: list[Ruling]) -> list[float]:
    """Return the places of lines, sorted and each once, with those where the lines that cross them end."""
    places = sorted(set(places))
    for end in (min(ruling.start for ruling in crossing), max(ruling.end for ruling in crossing)):
        if not any(abs(end - place) <= _SLIVER for place in (places[0], places[-1])) and not places[0] < end < places[-1]:
            places.append(end)
    return sorted(places)


def _is_sliver(low: float, high: float, centres: Sequence[float], limit: float) -> bool:
    return high - low < limit and bisect_left(centres, low) == bisect_right(centres, high)


def _drop_slivers(places: list[float], centres: Sequence[float], limit: float) -> None:
    index = 0
    while index + 1 < len(places) and len(places) > 2:
        if _is_sliver(places[index], places[index + 1], centres, limit):
            # The outer edge stays at either end, the inner line elsewhere.
            del places[index + 1 if index == 0 else index]
        else:
            index += 1


def _fill(page: PageContent, edges: _Edges) -> RuledTable | None:
    """Return the table between these lines with its text, or ``None`` where it is no more than a frame."""
    box = (edges.xs[0], edges.ys[-1], edges.xs[-1], edges.ys[0])
    inside, outside = _parted(page.characters, box)
    edges.without_slivers([((left + right) / 2, (bottom + top) / 2) for _, left, bottom, right, top in inside])
    cells = _cells(edges)
    if len(cells) < 2:
        return None
    find = _finder(edges, cells)
    for character in inside:
        _, left, bottom, right, top = character
        find((left + right) / 2, (bottom + top) / 2).characters.append(character)
    if is_partial(cells, outside):
        return None
    page.characters = outside
    kept = []
    for angle, run in page.turned:
        x, y = (run[0][1] + run[-1][3]) / 2, (run[0][2] + run[-1][4]) / 2
        if angle >= 0 and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            find(x, y).turned.append((angle, run))
        else:
            kept.append((angle, run))
    page.turned = kept
    return RuledTable(page, box, edges.xs, cells, len(edges.ys) - 1)


def _parted(characters: Sequence[Character], box: Box) -> tuple[list[Character], list[Character]]:
    """Return the characters within a box and those outside of it."""
    low_x, low_y, high_x, high_y = 2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3]
    inside, outside = [], []
    for character in characters:
        _, left, bottom, right, top = character
        if low_y <= bottom + top <= high_y and low_x <= left + right <= high_x:
            inside.append(character)
        else:
            outside.append(character)
    return inside, outside


def _cells(edges: _Edges) -> list[RuledCell]:
    """Return the cells: places without a line between them are one, as far as they make a rectangle."""
    xs, ys = edges.xs, edges.ys
    columns, rows = len(xs) - 1, len(ys) - 1
    middles_x = [(low + high) / 2 for low, high in pairwise(xs)]
    middles_y = [(low + high) / 2 for high, low in pairwise(ys)]
    right_of = _walls(edges.down, xs[1:-1], middles_y[::-1])
    below = _walls(edges.across, ys[1:-1][::-1], middles_x)
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            end = column + 1
            while end < columns and not taken[row][end] and not right_of[end - 1][rows - 1 - row]:
                end += 1
            bottom = row + 1
            while bottom < rows and _joins(below[rows - 1 - bottom], right_of, rows - 1 - bottom, column, end):
                bottom += 1
            for down in range(row, bottom):
                taken[down][column:end] = [True] * (end - column)
            cells.append(RuledCell(row, column, bottom - row, end - column, (xs[column], ys[bottom], xs[end], ys[row])))
    return cells


def _joins(line: list[bool], right_of: list[list[bool]], row: int, start: int, end: int) -> bool:
    """Say whether the places of a row belong to the cell above them."""
    return not any(line[start:end]) and not any(right_of[column][row] for column in range(start, end - 1))


def _walls(rulings: Sequence[Ruling], places: Sequence[float], middles: Sequence[float]) -> list[list[bool]]:
    """Say for each place, and for the middle of each row or column that it passes, whether a line is drawn there."""
    walls = [[False] * len(middles) for _ in places]
    if not places:
        return walls
    for at, start, end in rulings:
        index = bisect_left(places, at)
        near = min((other for other in (index - 1, index) if 0 <= other < len(places)), key=lambda other: abs(places[other] - at))
        if abs(places[near] - at) <= _SLIVER:
            first, last = bisect_left(middles, start), bisect_right(middles, end)
            walls[near][first:last] = [True] * (last - first)
    return walls


def _finder(edges: _Edges, cells: Sequence[RuledCell]) -> Callable[[float, float], RuledCell]:
    """Return the function that finds the cell around a point of the table."""
    rows, columns = len(edges.ys) - 1, len(edges.xs) - 1
    owner: list[list[RuledCell]] = [[cells[0]] * columns for _ in range(rows)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            owner[row][cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
    owner.reverse()
    between_columns, between_rows = edges.xs[1:-1], edges.ys[-2:0:-1]

    def find(x: float, y: float) -> RuledCell:
        return owner[bisect_right(between_rows, y)][bisect_right(between_columns, x)]

    return find
