"""Robust ratios of running times on a machine that does other things too."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, process_time

from attrs import frozen

Task = Callable[[], object]
Clock = Callable[[], float]


@frozen
class Ratios:
    """How long tasks took, as multiples of the baseline."""

    unit: float
    """Seconds that one call of the baseline took, median of the rounds."""
    of: Mapping[str, float]
    """Task to its ratio, median of the rounds."""


def compare(baseline: Task, tasks: Mapping[str, Task], rounds: int, slice_seconds: float = 0.02, clock: Clock = process_time) -> Ratios:
    """Time tasks against a baseline.

    The baseline is timed again right before and after every task, so that a slow spell of the machine falls on both. A quick task is called several times in a
    row, for ``slice_seconds``. Time in which other processes had the processor does not count, unless another ``clock`` is given (`children_time` for tasks that
    are processes).
    """
    timed = {name: _Timed(task, slice_seconds, clock) for name, task in tasks.items()}
    unit = _Timed(baseline, slice_seconds, clock)
    units: list[float] = []
    ratios: dict[str, list[float]] = {name: [] for name in tasks}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            before = unit()
            for name, task in timed.items():
                spent, after = task(), unit()
                ratios[name].append(spent / ((before + after) / 2))
                units.append(before)
                before = after
    finally:
        gc.enable()
    return Ratios(median(units), {name: median(values) for name, values in ratios.items()})


class _Timed:
    """A task that tells how long one call of it takes."""

    def __init__(self, task: Task, slice_seconds: float, clock: Clock) -> None:
        self.task = task
        self.clock = clock
        task()  # the first call imports and fills caches
        start = perf_counter()
        task()
        self.count = max(1, int(slice_seconds / (perf_counter() - start)))

    def __call__(self) -> float:
        start = self.clock()
        for _ in range(self.count):
            self.task()
        return (self.clock() - start) / self.count


def children_time() -> float:
    """Return the seconds of processor that finished child processes took: the clock for tasks that are processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
