"""What is worked out once for a report, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from gilint.language import Text
from gilint.model import Report

Worked = TypeVar("Worked")

_NO_REPORT = Text("应为 gilint.read 得到的 Report，不能是 {kind}", "must be a Report, as gilint.read gives it, not {kind}")


def once_per_report(work: Callable[[Report], Worked]) -> Callable[[Report], Worked]:
    """Have a function of a report work only when it is first asked of a report; what it returned is kept with the report and goes with it."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def remembered(report: Report) -> Worked:
        try:
            memo = report.memo
        except AttributeError as error:
            raise TypeError(str(_NO_REPORT.filled(kind=type(report).__name__))) from error
        if name not in memo:
            memo[name] = work(report)
        known: Worked = memo[name]
        return known

    return remembered
