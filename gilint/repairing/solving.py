"""By how much a few given cells change so that linear equations hold: in whole numbers, exactly.

Mostly that is one number for each cell. Where it is not, as for four cells at the corners of a rectangle, of which one and its opposite may take from the
others, the possible numbers are a polyhedron in which no number is negative. It has a corner, at which as many of the numbers are 0 as there are to choose; only
corners are looked at. (None of the cells keeps its number at one of them, or a smaller set would have done and been found before.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

Changes = Mapping[int, int]
"""Cell to what is added to its number."""
Coefficients = Mapping[int, int]
"""Of one cell: equation to the coefficient it has there."""


def solve(columns: Sequence[Coefficients], cells: Sequence[int], residuals: Sequence[int], floors: Sequence[int | None]) -> Changes | None:
    """Return by how much each of the cells changes so that all their equations hold; where that is not decided, what changes least.

    Args:
        columns: of every cell its coefficients.
        cells: those that change.
        residuals: of every equation what it comes to, which should be nothing.
        floors: the least change of each cell, which makes its number 0; ``None`` where there is none.

    Returns:
        ``None`` where no whole numbers above the floors do, or where a cell would have to stay as it is.
    """
    changes, settled = _peel(columns, cells, residuals)
    if not settled:
        changes = _eliminate(columns, cells, residuals, floors)
    if changes is None:
        return None
    for cell, change in changes.items():
        floor = floors[cell]
        if not change or (floor is not None and change < floor):
            return None
    return changes


def _peel(columns: Sequence[Coefficients], cells: Sequence[int], residuals: Sequence[int]) -> tuple[Changes | None, bool]:
    """Solve equations that hold one unknown, one after the other; ``False`` where they are not enough."""
    terms: dict[int, list[int]] = {}
    for cell in cells:
        for equation in columns[cell]:
            terms.setdefault(equation, []).append(cell)
    changes: dict[int, int] = {}
    while len(changes) < len(cells):
        before = len(changes)
        for equation, members in terms.items():
            unknown = [cell for cell in members if cell not in changes]
            if len(unknown) == 1:
                known = sum([columns[cell][equation] * changes[cell] for cell in members if cell in changes])
                change, rest = divmod(-residuals[equation] - known, columns[unknown[0]][equation])
                if rest or not change:
                    return None, True
                changes[unknown[0]] = change
        if len(changes) == before:
            return None, False
    for equation, members in terms.items():
        if residuals[equation] + sum([columns[cell][equation] * changes[cell] for cell in members]):
            return None, True
    return changes, True


def _eliminate(
    columns: Sequence[Coefficients], cells: Sequence[int], residuals: Sequence[int], floors: Sequence[int | None]
) -> Changes | None:
    """Solve where every equation holds several of the cells: by Gauss, in whole numbers."""
    equations = sorted({equation for cell in cells for equation in columns[cell]})
    rows = [[*[columns[cell].get(equation, 0) for cell in cells], -residuals[equation]] for equation in equations]
    pivots: list[int] = []
    for place in range(len(cells)):
        found = next((row for row in rows[len(pivots) :] if row[place]), None)
        if found is None:
            continue
        rows.remove(found)
        rows.insert(len(pivots), found)
        pivots.append(place)
        for row in rows:
            if row is not found and row[place]:
                factor, own = row[place], found[place]
                row[:] = [value * own - factor * other for value, other in zip(row, found, strict=True)]
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    if len(pivots) < len(cells):
        free = len(cells) - len(pivots)
        corners = list(_corners(columns, cells, residuals, floors, free))
        return min(corners, key=lambda corner: (sum(map(abs, corner.values())), sorted(corner.items())), default=None)
    solved = [(cell, divmod(row[-1], row[place])) for place, (cell, row) in enumerate(zip(cells, rows, strict=False))]
    return None if any(rest for _, (_, rest) in solved) else {cell: number for cell, (number, _) in solved}


def _corners(
    columns: Sequence[Coefficients], cells: Sequence[int], residuals: Sequence[int], floors: Sequence[int | None], free: int
) -> Iterator[Changes]:
    """Yield the solutions in which so many of the numbers become 0 and the others follow."""
    for zeros in combinations([cell for cell in cells if floors[cell]], free):
        known = {cell: floor for cell in zeros if (floor := floors[cell])}
        rest = [cell for cell in cells if cell not in known]
        left = list(residuals)
        for cell, change in known.items():
            for equation, coefficient in columns[cell].items():
                left[equation] += coefficient * change
        touched = {equation for cell in rest for equation in columns[cell]}
        if any(left[equation] for cell in known for equation in columns[cell] if equation not in touched):
            continue
        solved = solve(columns, rest, left, floors) if rest else {}
        if solved is not None:
            yield {**known, **solved}
