"""Cells as a data frame, by whichever library is there.

Stands below the model, which calls it, and therefore does not import it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from gilint.errors import MissingDependencyError
from gilint.language import Text

LIBRARIES = ("polars", "pandas")
"""In the order of preference where neither is imported yet."""


def report_frame(report: Any) -> Any:
    """Return the cells of a `gilint.model.Report` as a tidy data frame, one row a cell.

    Columns: path, organ, year, edition, table, row, column, state, value, raw. Values are floats, amounts in 万元; the exact
    numbers are in the cells. A library that is already imported is preferred.

    Raises:
        MissingDependencyError: neither polars nor pandas is installed.
    """
    library = _library()
    columns = _columns(report)
    if library.__name__ == "polars":
        strings = dict.fromkeys(columns, library.String)
        return library.DataFrame(columns, schema={**strings, "year": library.Int64, "value": library.Float64})
    types = {name: "Int64" if name == "year" else "float64" if name == "value" else "object" for name in columns}
    return library.DataFrame({name: library.Series(values, dtype=types[name]) for name, values in columns.items()})


def _columns(report: Any) -> dict[str, list[Any]]:
    cells = report.cells
    count = len(cells)
    return {
        "path": [report.path] * count,
        "organ": [report.organ.name if report.organ else None] * count,
        "year": [report.year] * count,
        "edition": [report.edition] * count,
        "table": [cell.table for cell in cells],
        "row": [cell.row for cell in cells],
        "column": [cell.column for cell in cells],
        "state": [cell.state.value for cell in cells],
        "value": [None if cell.value is None else float(cell.value) for cell in cells],
        "raw": [cell.raw for cell in cells],
    }


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
