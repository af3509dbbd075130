"""Data as gilint writes them, CSV and JSON of ``gilint extract`` and JSON of ``gilint check``: read back, they can be corrected and linted again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from gilint.document import Document, TidyCell, TidyData
from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred
from gilint.place import Place
from gilint.readers.limits import MAX_CELLS, limit_notice
from gilint.readers.signatures import NEEDED, header_separator

_FACTS = ("path", "organ", "year", "edition")
"""What the cells of one report have in common."""
_GUARDED = deferred(r"'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""The apostrophe that ``extract`` puts before a text which a spreadsheet would run."""

_Row = tuple[Mapping[str, Any], Place]


def read(text: str, name: str) -> Document | None:
    """Return data as a document, ``None`` where a text is none after all. Of several reports the first is read, and a notice says so."""
    kind = "csv" if header_separator(text) else "json"
    rows = list(_bounded(_json_rows(text) if kind == "json" else _csv_rows(text)))
    if not rows:
        return None
    notices: list[Notice] = []
    if len(rows) > MAX_CELLS:
        del rows[MAX_CELLS:]
        notices.append(limit_notice("MAX_CELLS", MAX_CELLS))
    reports = dict.fromkeys(tuple(_text(row.get(key)) for key in _FACTS) for row, _ in rows)
    first = next(iter(reports))
    if len(reports) > 1:
        notices.append(Notice(NoticeKind.SEVERAL_REPORTS, {"count": len(reports), "identical": False}))
    cells = [_cell(row, place) for row, place in rows if tuple(_text(row.get(key)) for key in _FACTS) == first]
    _, organ, year, edition = first
    return Document(name, kind, notices=tuple(notices), tidy=TidyData(tuple(cells), edition, year, organ))


def _bounded(rows: Iterable[_Row]) -> Iterator[_Row]:
    for count, row in enumerate(rows):
        if count > MAX_CELLS:
            return
        yield row


def _cell(row: Mapping[str, Any], place: Place) -> TidyCell:
    table, line, column = (_text(row.get(key)) or "" for key in ("table", "row", "column"))
    raw = row.get("raw")
    return TidyCell(
        table, line, column, _text(row.get("state")), _text(row.get("value")), raw if isinstance(raw, str) else _text(raw), place
    )


def _text(value: object) -> str | None:
    """Return a value as text, ``None`` for nothing."""
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < 100 else str(value)
    return str(value).strip() or None if isinstance(value, (str, int)) else None


def _csv_rows(text: str) -> Iterator[_Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=header_separator(text) or ",")
    names = [name.strip() for name in next(reader)]
    line = reader.line_num + 1
    while True:
        try:
            fields = next(reader)
        except (StopIteration, csv.Error):
            return
        if any(fields):
            row = {
                name: _GUARDED.sub("", value, count=1) if _GUARDED.match(value) else value
                for name, value in zip(names, fields, strict=False)
            }
            yield row, Place(line)
        line = reader.line_num + 1


def _json_rows(text: str) -> Iterator[_Row]:
    try:
        content = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return
    if isinstance(content, dict):
        reports = content.get("reports", [content])
        for report in reports if isinstance(reports, list) else ():
            if isinstance(report, dict) and isinstance(report.get("cells"), list):
                facts = {key: report.get(key) for key in _FACTS}
                yield from (({**cell, **facts}, Place()) for cell in report["cells"] if isinstance(cell, dict) and cell.keys() >= NEEDED)
    elif isinstance(content, list):
        yield from ((row, Place()) for row in content if isinstance(row, dict) and row.keys() >= NEEDED)
