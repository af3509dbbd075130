"""The JSON of the contract (schema ``gilint/1``), one report after the other."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import IO, Any

import gilint
from gilint.claims import Claim, claims_of
from gilint.finding import Cause, Change, Finding, Repair, Result, Waiver
from gilint.language import Language
from gilint.masking import shown_raw
from gilint.model import Cell, Report
from gilint.output.causes import say_cause
from gilint.output.places import place_data
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer
from gilint.personal import without_personal_data
from gilint.values import CellState

SCHEMA = "gilint/1"

# Made once: `json.dumps` makes an encoder for every call that wants another than its own.
_ASCII = json.JSONEncoder().encode
_UNICODE = json.JSONEncoder(ensure_ascii=False).encode


class JsonWriter(Writer):
    """Writes JSON: a line a cell, a line a finding. Amounts are exact numbers, which Python's own encoder cannot write."""

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._written = 0

    def begin(self) -> None:
        """Open the object and its list of reports."""
        self.stream.write(f'{{"schema": "{SCHEMA}", "version": {json.dumps(gilint.__version__)},\n "reports": [')

    def write(self, result: Result) -> None:
        """Write one report."""
        text = self._report(result, ascii_only=False)
        try:
            text.encode(getattr(self.stream, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            # A file name that is no valid text, or a console of another encoding: JSON has escapes for both.
            text = self._report(result, ascii_only=True)
        self.stream.write(("," if self._written else "") + text)
        self._written += 1

    def end(self, summary: Summary) -> None:
        """Close the list and write the summary."""
        counts: dict[str, Any] = {
            "documents": summary.documents,
            **{severity.value: count for severity, count in summary.severities.items()},
        }
        if summary.waived:
            counts["waived"] = summary.waived
        # The counts come last, as they always did.
        rows = ",\n    ".join(dump_json(waiver_data(waiver), ascii_only=True) for waiver in summary.unused_waivers)
        unused = f'\n "unused_waivers": [{_indented(rows)}],' if rows else ""
        self.stream.write(f'\n ],{unused}\n "summary": {json.dumps(counts)}}}\n')

    def _report(self, result: Result, *, ascii_only: bool) -> str:
        report = result.report

        def dump(value: Any) -> str:
            return dump_json(value, ascii_only=ascii_only)

        raw = _raw if result.personal_data_shown else shown_raw
        cells = ",\n    ".join(_cell_line(cell, raw(cell), ascii_only=ascii_only) for cell in report.cells)
        claims = ",\n    ".join(dump(claim_data(claim, personal=result.personal_data_shown)) for claim in claims_of(report))
        findings = ",\n    ".join(dump(self._finding(result, finding)) for finding in result.findings)
        unusable = [text.in_language(self.settings.language) for text in result.unusable]
        causes = ",\n    ".join(dump(self._cause(result, cause)) for cause in result.causes)
        # Apart from `findings`, so that a program that knows nothing of waivers does not take what is accepted for a fault.
        waived = ",\n    ".join(dump({**self._finding(result, each.finding), "waived": _decision(each.waiver)}) for each in result.waived)
        return (
            f"\n  {dump(report_head(report))[:-1]},\n"
            f'   "cells": [{_indented(cells)}],\n'
            + (f'   "claims": [{_indented(claims)}],\n' if claims else "")
            + f'   "checked": {dump(result.checked)},\n'
            + ('   "cells_only": true,\n' if report.form and report.cells_only else "")
            + (f'   "not_run": {dump(list(result.left_out))},\n' if result.left_out else "")
            + (f'   "unusable_plugins": {dump(unusable)},\n' if unusable else "")
            + f'   "findings": [{_indented(findings)}],\n'
            f'   "causes": [{_indented(causes)}],\n'
            + (f'   "waived": [{_indented(waived)}],\n' if waived else "")
            + f'   "verdict": "{result.verdict.value}"}}'
        )

    def _finding(self, result: Result, finding: Finding) -> dict[str, Any]:
        language = self.settings.language
        return {
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.value,
            "message": finding.say(language),
            "suggestion": finding.suggest(language),
            "cells": [ref._asdict() for ref in finding.cells],
            "excerpts": [{"section": excerpt.section, "text": excerpt.text} for excerpt in finding.excerpts],
            "cause": finding.cause,
            "repairs": [_repair(repair, language) for repair in finding.repairs],
            "place": place_data(result.locate(finding)),
        }

    def _cause(self, result: Result, cause: Cause) -> dict[str, Any]:
        language = self.settings.language
        return {
            "cause": cause.number,
            "message": say_cause(cause, result.report, Words(language)),
            "equations": len(cause.equations),
            "findings": [at for at, finding in enumerate(result.findings) if finding.cause == cause.number],
            "reason": cause.reason.in_language(language) if cause.reason else None,
            "repairs": [_repair(repair, language) for repair in cause.repairs],
        }


def waiver_data(waiver: Waiver) -> dict[str, Any]:
    """Return what a waiver says, by the keys of its file, and where it stands."""
    said = {
        "file": waiver.file,
        "line": waiver.line,
        "code": waiver.code,
        "organ": waiver.organ,
        "year": waiver.year,
        "edition": waiver.edition,
        "path": waiver.path,
        "cell": list(waiver.cells),
        "value": list(waiver.values),
        "text": list(waiver.texts),
    }
    return {key: value for key, value in said.items() if value} | _decision(waiver)


def _decision(waiver: Waiver) -> dict[str, Any]:
    return {"reason": waiver.reason, "by": waiver.by, "until": waiver.until.isoformat() if waiver.until else None}


def report_head(report: Report) -> dict[str, Any]:
    """Return what a report is, with the names of the contract."""
    return {
        "path": report.path,
        "form": report.form.id if report.form else None,
        "edition": report.edition,
        "year": report.year,
        "organ": report.organ.name if report.organ else None,
    }


def claim_data(claim: Claim, *, personal: bool) -> dict[str, Any]:
    """Return a statement of the narrative, where it stands, and the cells that it can mean, each reading a sum; ``personal`` data in it as printed or masked."""
    data: dict[str, Any] = {
        "kind": claim.kind.value,
        "subject": claim.subject,
        "value": claim.value,
        "unit": claim.unit,
        "scope": claim.scope.value,
        "text": claim.text if personal else without_personal_data(claim.text),
        "section": claim.section,
        "paragraph": claim.paragraph,
        "start": claim.start,
        "end": claim.end,
        "readings": [[ref._asdict() for ref in reading] for reading in claim.readings],
        "uncertain": claim.weak,
    }
    if claim.quotient is not None:
        data["quotient"] = {"part": claim.quotient.part, "wholes": list(claim.quotient.wholes)}
    return data


def cell_data(cell: Cell, *, personal: bool) -> dict[str, Any]:
    """Return a cell with the names of the contract; ``personal`` data in it as printed or masked."""
    raw = cell.raw if personal else shown_raw(cell)
    return {"table": cell.table, "row": cell.row, "column": cell.column, "state": cell.state.value, "value": cell.value, "raw": raw}


def _raw(cell: Cell) -> str:
    return cell.raw


def _cell_line(cell: Cell, raw: str, *, ascii_only: bool) -> str:
    """Return `cell_data` as one line, five times as fast as by the encoder: most of the JSON are cells."""
    encode = _ASCII if ascii_only else _UNICODE
    value = "null" if cell.value is None else format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value)
    return f'{_cell_start(cell.table, cell.row, cell.column, cell.state, ascii_only)}, "value": {value}, "raw": {encode(raw)}}}'


@lru_cache(maxsize=2048)
def _cell_start(table: str, row: str, column: str, state: CellState, ascii_only: bool) -> str:
    """Return the part of a cell's line that report after report has."""
    return dump_json({"table": table, "row": row, "column": column, "state": state.value}, ascii_only=ascii_only)[:-1]


def dump_json(value: Any, *, ascii_only: bool = False) -> str:
    """Encode a value on one line; a `Decimal` becomes a number with exactly its digits."""
    encode = _ASCII if ascii_only else _UNICODE
    try:
        return encode(value)
    except TypeError:
        # There is a `Decimal` within: rare, so the encoder is tried first.
        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, dict):
            items = (f"{encode(key)}: {dump_json(item, ascii_only=ascii_only)}" for key, item in value.items())
            return "{" + ", ".join(items) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(dump_json(item, ascii_only=ascii_only) for item in value) + "]"
        raise


def _change(change: Change) -> dict[str, Any]:
    data = {**change.cell._asdict(), "from": change.before, "to": change.after}
    return data if change.span is None else {**data, "range": list(change.span)}


def _repair(repair: Repair, language: Language) -> dict[str, Any]:
    return {
        "cells": [_change(change) for change in repair.changes],
        "slips": [slip.in_language(language) for slip in repair.slips],
    }


def _indented(lines: str) -> str:
    return f"\n    {lines}" if lines else ""
