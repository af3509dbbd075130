"""Cells, and findings, as a data frame, by whichever library is there.

Stands below the model, which calls it, and therefore does not import it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from gilint.errors import MissingDependencyError
from gilint.language import Language, Text

LIBRARIES = ("polars", "pandas")
"""In the order of preference where neither is imported yet."""

_WHOLE, _FRACTIONS = ("year", "cause", "line", "character"), ("value",)
"""Columns of numbers; all others are texts."""


def report_frame(report: Any) -> Any:
    """Return the cells of a `gilint.model.Report` as a tidy data frame, one row a cell.

    Columns: path, organ, year, edition, table, row, column, state, value, raw. Values are floats, amounts in 万元; the exact
    numbers are in the cells. A library that is already imported is preferred.

    Raises:
        MissingDependencyError: neither polars nor pandas is installed.
    """
    cells = report.cells
    columns = {
        **_head(report, len(cells)),
        "table": [cell.table for cell in cells],
        "row": [cell.row for cell in cells],
        "column": [cell.column for cell in cells],
        "state": [cell.state.value for cell in cells],
        "value": [None if cell.value is None else float(cell.value) for cell in cells],
        "raw": [cell.raw for cell in cells],
    }
    return _frame(columns)


def result_frame(result: Any, language: Language) -> Any:
    """Return the findings of a `gilint.finding.Result` as a tidy data frame, one row a finding.

    Raises:
        MissingDependencyError: neither polars nor pandas is installed.
    """
    findings = result.findings
    firsts = [finding.cells[0] if finding.cells else (None, None, None) for finding in findings]
    places = [result.locate(finding) for finding in findings]
    columns = {
        **_head(result.report, len(findings)),
        "code": [finding.code for finding in findings],
        "name": [finding.name for finding in findings],
        "severity": [finding.severity.value for finding in findings],
        "table": [table for table, _, _ in firsts],
        "row": [row for _, row, _ in firsts],
        "column": [column for _, _, column in firsts],
        "cells": ["; ".join(".".join(ref) for ref in finding.cells) for finding in findings],
        "message": [finding.say(language) for finding in findings],
        "suggestion": [finding.suggest(language) for finding in findings],
        "excerpt": ["\n".join(excerpt.text for excerpt in finding.excerpts) for finding in findings],
        "cause": [finding.cause for finding in findings],
        "line": [place and place.line for place in places],
        "character": [place and place.column for place in places],
    }
    return _frame(columns)


def _head(report: Any, count: int) -> dict[str, list[Any]]:
    return {
        "path": [report.path] * count,
        "organ": [report.organ.name if report.organ else None] * count,
        "year": [report.year] * count,
        "edition": [report.edition] * count,
    }


def _frame(columns: Mapping[str, list[Any]]) -> Any:
    library = _library()
    polars = library.__name__ == "polars"
    whole, fraction, text = (library.Int64, library.Float64, library.String) if polars else ("Int64", "float64", "object")
    types = {name: whole if name in _WHOLE else fraction if name in _FRACTIONS else text for name in columns}
    if polars:
        return library.DataFrame(columns, schema=types)
    return library.DataFrame({name: library.Series(values, dtype=types[name]) for name, values in columns.items()})


def _library() -> Any:
    for name in LIBRARIES:
        if sys.modules.get(name):
            return sys.modules[name]
    for name in LIBRARIES:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise MissingDependencyError(
        Text(
            "数据框需要 polars 或 pandas，请安装：pip install 'gilint[notebook]'",
            "data frames need polars or pandas: pip install 'gilint[notebook]'",
        )
    )
