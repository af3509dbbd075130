"""Laying one sequence over another: the aligner that rows, columns and flat tables share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

MAX_ALIGNED = 400
"""Longer stretches without a single sure label are not compared pair by pair, which would cost their product."""


def align(observed: int, expected: int, score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pair two sequences in order so that the sum of the scores is highest.

    Args:
        observed: length of the sequence found.
        expected: length of the sequence prescribed.
        score: how well an observed item fits an expected one; zero or less never pairs them.

    Returns:
        Pairs of positions, increasing in both. Of equally good pairings the one that pairs early items.
    """
    if not observed or not expected or observed > MAX_ALIGNED or expected > MAX_ALIGNED:
        return []
    best = [[0.0] * (expected + 1) for _ in range(observed + 1)]
    for i in range(observed - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(expected - 1, -1, -1):
            fit = score(i, j)
            value = max(below[j], row[j + 1])
            row[j] = max(value, fit + below[j + 1]) if fit > 0 else value
    pairs = []
    i = j = 0
    while i < observed and j < expected:
        fit = score(i, j)
        if fit > 0 and best[i][j] == fit + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return pairs


def longest_increasing(positions: Sequence[int]) -> list[int]:
    """Return the indexes of a longest strictly increasing subsequence; the whole in one pass when all increases."""
    if all(left < right for left, right in pairwise(positions)):
        return list(range(len(positions)))
    tails: list[int] = []
    ends: list[int] = []
    previous = [-1] * len(positions)
    for index, position in enumerate(positions):
        length = bisect_left(tails, position)
        previous[index] = ends[length - 1] if length else -1
        if length == len(tails):
            tails.append(position)
            ends.append(index)
        else:
            tails[length], ends[length] = position, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]
