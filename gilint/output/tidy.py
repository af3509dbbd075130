"""The tables as tidy data, one row a cell: what ``gilint extract`` writes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Any, ClassVar

from gilint.claims import claims_of
from gilint.model import Report
from gilint.output.as_json import cell_data, claim_data, dump_json
from gilint.output.writer import Extractor
from gilint.patterns import deferred

COLUMNS = ("path", "organ", "year", "edition", "table", "row", "column", "state", "value", "raw")
"""Also the columns of the data frame."""
LABELS = ("table_label", "row_label", "column_label")
"""Columns that say in Chinese what the names stand for."""

# Spreadsheets run a text as a formula when it begins so; the full-width signs are folded by some of them.
_FORMULA = deferred(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = deferred(r"[-+]?[0-9]+(\.[0-9]+)?")


def tidy_rows(report: Report, *, personal: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a row for every cell that the recognised edition has; ``personal`` data in it as printed or masked."""
    organ = report.organ.name if report.organ else None
    for cell in report.cells:
        spec = report.tables[cell.table].spec
        labels = (spec.label.zh, spec.row(cell.row).label.zh, spec.column(cell.column).label.zh)
        facts = {"path": report.path, "organ": organ, "year": report.year, "edition": report.edition}
        yield {**facts, **cell_data(cell, personal=personal), **dict(zip(LABELS, labels, strict=True))}


def guard_formula(text: str) -> str:
    """Return a text that no spreadsheet runs: one that looks like a formula gets an apostrophe. Plain numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


class JsonExtractor(Extractor):
    """Writes a JSON array, a line a cell. The first cell of a report also has its claims, where it has any."""

    def __init__(self, stream: IO[str], *, personal: bool = False) -> None:
        super().__init__(stream, personal=personal)
        self._written = False

    def begin(self) -> None:
        """Open the array."""
        self.stream.write("[")

    def write(self, report: Report) -> None:
        """Write the cells of one report; with the first of them the statements of its narrative."""
        claims = [claim_data(claim, personal=self.personal) for claim in claims_of(report)]
        for row in tidy_rows(report, personal=self.personal):
            if claims:
                row["claims"], claims = claims, []
            line = dump_json(row)
            try:
                line.encode(getattr(self.stream, "encoding", None) or "utf-8")
            except UnicodeEncodeError:
                line = dump_json(row, ascii_only=True)
            self.stream.write((",\n " if self._written else "\n ") + line)
            self._written = True

    def end(self) -> None:
        """Close the array."""
        self.stream.write("\n]\n")


class CsvExtractor(Extractor):
    """Writes CSV that Excel opens: UTF-8 with a byte order mark, and texts that are never formulas."""

    encoding: ClassVar[str] = "utf-8-sig"

    def begin(self) -> None:
        """Write the names of the columns."""
        self._writer = csv.writer(self.stream, lineterminator="\r\n")
        self._writer.writerow(COLUMNS + LABELS)

    def write(self, report: Report) -> None:
        """Write the cells of one report."""
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        for row in tidy_rows(report, personal=self.personal):
            self._writer.writerow([self._field(row[name], encoding) for name in COLUMNS + LABELS])

    def end(self) -> None:
        """Nothing stands after the last cell."""

    def _field(self, value: Any, encoding: str) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return guard_formula(value).encode(encoding.removesuffix("-sig"), "replace").decode(encoding.removesuffix("-sig"))
        return str(value) if isinstance(value, int) else format(value, "f")
