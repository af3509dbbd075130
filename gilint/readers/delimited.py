"""Tables saved as CSV: fields between commas, a row a line, as spreadsheets export a sheet. Merged cells have left blank fields behind."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice

from gilint.document import Document
from gilint.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, limit_notice
from gilint.readers.sheets import RawSheet, SheetFlow
from gilint.values import looks_like_number

LEAST_ROWS = 5
LEAST_FIELDS = 3
"""So many rows with so many fields, all but one of them numbers, make a text a table; Chinese narrative has commas of its own."""
_PROBED = 200
"""Lines that are looked at first."""
_OTHER_SIGN = re.compile(r"[|｜\t。]|\d\s\s*+\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read(text: str, name: str) -> Document | None:
    """Return the tables of a text as a document, ``None`` where it is no table between commas."""
    if not _is_table(text):
        return None
    rows: list[list[str]] = []
    lines: list[int] = []
    width = cells = 0
    limits: dict[str, int] = {}
    reader = csv.reader(StringIO(text, newline=""))
    line = 1
    try:
        for row in reader:
            cells += len(row)
            if cells > MAX_CELLS or len(rows) >= MAX_ROWS:
                limits.update({"MAX_CELLS": MAX_CELLS} if cells > MAX_CELLS else {"MAX_ROWS": MAX_ROWS})
                break
            rows.append(row)
            lines.append(line)
            width = max(width, len(row))
            line = reader.line_num + 1
    except csv.Error:
        return None
    width = min(width, MAX_COLUMNS + 1)
    flow = SheetFlow(limits=limits)
    flow.add(RawSheet("", [[*row[:width], *[""] * (width - len(row))] for row in rows], lines=lines), named=False)
    return Document(
        name, "csv", tuple(flow.blocks), notices=tuple(limit_notice(limit, value) for limit, value in sorted(flow.limits.items()))
    )


def _is_table(text: str) -> bool:
    """Say whether enough of the first rows hold numbers in fields of their own."""
    try:
        rows = [row for row in islice(csv.reader(StringIO(text, newline="")), _PROBED) if any(field.strip() for field in row)]
    except csv.Error:
        return False
    return sum(map(_has_numbers, rows)) >= max(LEAST_ROWS, len(rows) // 4)


def _has_numbers(row: list[str]) -> bool:
    fields = [field.strip() for field in row]
    # Between bars, tabs or spaces commas are those of words, or part thousands.
    if len(fields) < LEAST_FIELDS or any(_OTHER_SIGN.search(field) for field in fields) or _THOUSANDS.fullmatch(",".join(fields)):
        return False
    return sum(looks_like_number(field) for field in fields if field) >= LEAST_FIELDS - 1
