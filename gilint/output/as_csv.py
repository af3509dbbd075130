"""CSV: one row a finding, for spreadsheets and data frames."""

from __future__ import annotations

import csv
from typing import IO, Any, ClassVar

from gilint.finding import Finding, Result
from gilint.output.lines import cite
from gilint.output.parts import FindingView
from gilint.output.places import cell_labels
from gilint.output.printable import encodable, printable
from gilint.output.tidy import guard_formula
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.writer import Settings, Writer

COLUMNS = (
    *("path", "organ", "year", "edition", "code", "name", "severity"),
    *("table", "row", "column", "table_label", "row_label", "column_label"),
    *("cells", "place", "message", "excerpt", "suggestion", "repair", "clause", "cause"),
    *("status", "waiver"),
)
"""Table, row and column are those of the first cell (of an equation the total); ``cells`` names them all.
Findings of a document with the same ``cause`` come from the same mistake; ``status`` is ``waived`` for those that ``waiver`` accepts, with why, who and until when."""
OPEN, WAIVED = "open", "waived"


class CsvWriter(Writer):
    """Writes CSV that Excel opens: UTF-8 with a byte order mark, and texts that are never formulas."""

    encoding: ClassVar[str | None] = "utf-8-sig"

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)
        self._rows = csv.writer(stream, lineterminator="\r\n")

    def begin(self) -> None:
        """Write the names of the columns."""
        self._rows.writerow(COLUMNS)

    def write(self, result: Result) -> None:
        """Write the findings of one document, and after them those that are waived."""
        view = DocumentView(result, 1, self._words, self.settings.rules)
        for finding, shown in zip(result.findings, view.findings, strict=True):
            self._put({**self._row(result, finding, shown), "status": OPEN})
        for each, accepted in zip(result.waived, view.waived, strict=True):
            self._put({**self._row(result, each.finding, accepted.finding), "status": WAIVED, "waiver": accepted.waiver})

    def _put(self, row: dict[str, str]) -> None:
        encoding = getattr(self.stream, "encoding", None)
        self._rows.writerow([encodable(guard_formula(printable(row.get(name) or "")), encoding) for name in COLUMNS])

    def _row(self, result: Result, finding: Finding, shown: FindingView) -> dict[str, str]:
        report, words = result.report, self._words
        row = {
            "path": report.path,
            "organ": report.organ.name if report.organ else "",
            "year": str(report.year or ""),
            "edition": report.edition or "",
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.value,
            "cells": "; ".join(".".join(ref) for ref in finding.cells),
            "place": shown.place,
            "message": shown.message,
            "excerpt": "\n".join(text for _, text in shown.excerpts),
            "suggestion": shown.suggestion,
            "repair": f" {words('repair-or')} ".join(words("semicolon").join(changes) for changes in shown.repairs),
            "clause": cite(shown, words),
            "cause": "" if finding.cause is None else str(finding.cause),
        }
        if finding.cells:
            first = finding.cells[0]
            row |= first._asdict()
            row |= dict(zip(("table_label", "row_label", "column_label"), cell_labels(report, first, words), strict=True))
        return row
