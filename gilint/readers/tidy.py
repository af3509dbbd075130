"""Data as gilint writes them, CSV and JSON of ``gilint extract`` and JSON of ``gilint check``: read back, they can be corrected and linted again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from gilint.document import Document, Portion, TidyCell, TidyData
from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred
from gilint.place import Place
from gilint.readers.grids import address
from gilint.readers.limits import MAX_CELLS, MAX_ROWS, limit_notice
from gilint.readers.sheets import RawSheet
from gilint.readers.signatures import NEEDED, header_separator

FACTS = ("path", "organ", "year", "edition")
"""What the cells of one report have in common."""
_GUARDED = deferred(r"'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""The apostrophe that ``extract`` puts before a text which a spreadsheet would run."""

DataRow = tuple[Mapping[str, Any], Place]
"""What the source says of a cell, and where."""


def read(text: str, name: str) -> Document | None:
    """Return data as a document, ``None`` where a text is none after all. Of several reports the first is read, and a notice says so."""
    kind = "csv" if header_separator(text) else "json"
    return document_of(_json_rows(text) if kind == "json" else _csv_rows(text), name, kind)


def sheet_rows(sheet: RawSheet) -> list[DataRow] | None:
    """Return the cells that a sheet holds as data: a file of ``gilint extract`` that was opened in a spreadsheet and saved there; ``None`` where it holds none."""
    names = [name.strip() for name in sheet.rows[0]] if sheet.rows else []
    if not {*names} >= NEEDED:
        return None
    at = next((column for column, name in enumerate(names) if name == "value"), None) or names.index("column")
    rows: list[DataRow] = []
    for number, fields in enumerate(sheet.rows[1:MAX_ROWS], start=sheet.top + 1):
        if any(fields):
            row = {name: _unguarded(value) for name, value in zip(names, fields, strict=True)}
            rows.append((row, Place(sheet=sheet.name, address=address(number, sheet.left + at))))
    return rows


def document_of(rows: Iterable[DataRow], name: str, kind: str) -> Document | None:
    """Return data as a document, ``None`` where there are none. Of several reports the first is read, and a notice says so.

    Args:
        rows: the cells.
        name: how the document is called.
        kind: its format.
    """
    reports, notices = _reports(rows)
    if not reports:
        return None
    (facts, cells), *others = reports.items()
    if others:
        notices.append(Notice(NoticeKind.SEVERAL_REPORTS, {"count": len(reports), "identical": False}))
    return _document(name, kind, facts, cells, notices)


def read_pieces(pieces: Sequence[tuple[str, int]], portion: Portion, name: str) -> Document:
    """Return one of several reports of a file.

    Args:
        pieces: its text, each piece with its first line.
        portion: what is known of it.
        name: how the document is called.
    """
    rows: Iterator[DataRow]
    if portion.header:
        rows = (row for text, line in pieces for row in _csv_rows(text, portion.header, line))
    else:
        joined = ",".join(text for text, _ in pieces)
        rows = _json_rows(joined if portion.whole else f"[{joined}]")
    reports, notices = _reports(rows)
    cells = [cell for each in reports.values() for cell in each]
    return _document(name, "csv" if portion.header else "json", portion.facts, cells, notices)


def _document(name: str, kind: str, facts: Sequence[str | None], cells: Sequence[TidyCell], notices: Sequence[Notice]) -> Document:
    _, organ, year, edition = facts
    return Document(name, kind, notices=tuple(notices), tidy=TidyData(tuple(cells), edition, year, organ))


def _reports(rows: Iterable[DataRow]) -> tuple[dict[tuple[str | None, ...], list[TidyCell]], list[Notice]]:
    """Return the cells of each report, and what was noticed."""
    reports: dict[tuple[str | None, ...], list[TidyCell]] = {}
    try:
        for count, (row, place) in enumerate(rows):
            if count >= MAX_CELLS:
                return reports, [limit_notice("MAX_CELLS", MAX_CELLS)]
            reports.setdefault(facts_of(row), []).append(_cell(row, place))
    except csv.Error:  # a quotation mark without its fellow takes in everything that follows
        return reports, [limit_notice("MAX_FIELD", csv.field_size_limit())]
    return reports, []


def facts_of(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return what the cells of one report have in common."""
    return tuple([_text(row.get(key)) for key in FACTS])


def is_row(row: object) -> bool:
    """Say whether an element of JSON is a cell."""
    return isinstance(row, dict) and row.keys() >= NEEDED


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


def _csv_rows(text: str, header: str = "", line: int = 1) -> Iterator[DataRow]:
    """Yield the cells; where no ``header`` names the columns, the first line of the text does."""
    separator = header_separator(header or text) or ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    names = [name.strip() for name in (next(csv.reader([header], delimiter=separator)) if header else next(reader))]
    before = line
    line = before + reader.line_num
    for fields in reader:
        if any(fields):
            yield {name: _unguarded(value) for name, value in zip(names, fields, strict=False)}, Place(line)
        line = before + reader.line_num


def _unguarded(value: str) -> str:
    return _GUARDED.sub("", value, count=1) if _GUARDED.match(value) else value


def _json_rows(text: str) -> Iterator[DataRow]:
    try:
        content = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return
    if isinstance(content, dict):
        reports = content.get("reports", [content])
        for report in reports if isinstance(reports, list) else ():
            if isinstance(report, dict) and isinstance(report.get("cells"), list):
                facts = {key: report.get(key) for key in FACTS}
                yield from (({**cell, **facts}, Place()) for cell in report["cells"] if is_row(cell))
    elif isinstance(content, list):
        yield from ((row, Place()) for row in content if is_row(row))
