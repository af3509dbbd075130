"""Robust timing: every task in turn, many rounds, the fastest of each. Noise of the machine only ever adds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from time import perf_counter, process_time

Task = Callable[[], object]


def fastest(tasks: Mapping[str, Task], rounds: int, slice_seconds: float = 0.02, clock: Callable[[], float] = process_time) -> dict[str, float]:
    """Return the fewest seconds that one call of each task took.

    The tasks take turns, so that a slow spell of the machine falls on all of them. A quick task is called several times within its turn (``slice_seconds`` long),
    and the mean of the turn counts, so that the clock's own resolution does not. Time in which other processes had the processor does not count, unless
    another ``clock`` is given (for tasks that are processes themselves).
    """
    repeats = {name: max(1, int(slice_seconds / _once(task))) for name, task in tasks.items()}
    best = dict.fromkeys(tasks, float("inf"))
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, task in tasks.items():
                count = repeats[name]
                start = clock()
                for _ in range(count):
                    task()
                best[name] = min(best[name], (clock() - start) / count)
    finally:
        gc.enable()
    return best


def _once(task: Task) -> float:
    task()  # the first call imports and fills caches
    start = perf_counter()
    task()
    return perf_counter() - start
