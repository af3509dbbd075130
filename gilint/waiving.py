"""Which waivers are for a document, which of its findings they accept, and what is left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from attrs import evolve

from gilint.failures import WaiverExpired
from gilint.finding import Finding, Result, Waived, Waiver
from gilint.form import Form
from gilint.language import LANGUAGES
from gilint.linter import Linter, position_in
from gilint.masking import shown_raw
from gilint.model import Report
from gilint.patterns import deferred
from gilint.place import CellRef
from gilint.plans import equations_of
from gilint.recognise.folding import fold
from gilint.table import Cell
from gilint.waivers import Waivers, relative_path

_NUMBER = deferred(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def waive(result: Result, waivers: Waivers, linter: Linter, today: date) -> Result:
    """Return the result with the findings apart that are accepted on the day ``today``.

    Nothing but the expiry of waivers depends on that day.
    """
    candidates = list(waivers_for(result.report, waivers))
    if not candidates:
        return result
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: dict[Waiver, None] = {}
    expired: dict[Waiver, None] = {}
    for finding in result.findings:
        fitting = [waiver for waiver in candidates if accepts(waiver, finding, result.report)]
        used.update(dict.fromkeys(fitting))
        in_force = next((waiver for waiver in fitting if waiver.until is None or today <= waiver.until), None)
        if in_force is None:
            kept.append(finding)
            expired.update(dict.fromkeys(fitting))
        else:
            waived.append(Waived(finding, in_force))
    idle = tuple(waiver for waiver in candidates if waiver not in used and _could_fit(waiver, result, linter))
    if expired and any(isinstance(rule, WaiverExpired) for rule in linter.rules):
        kept += [linter.configured(WaiverExpired().find(**_facts(waiver))) for waiver in expired]
        kept.sort(key=position_in(result.report))
    return evolve(result, findings=tuple(kept), waived=tuple(waived), used_waivers=tuple(used), idle_waivers=idle)


def _facts(waiver: Waiver) -> dict[str, Any]:
    return {"rule": waiver.code, "by": waiver.by, "reason": waiver.reason, "until": waiver.until, "where": waiver.where}


def waivers_for(report: Report, waivers: Waivers) -> Iterator[Waiver]:
    """Yield the waivers whose organ, path, year and edition are those of a report, in the order of the file."""
    file, path = paths_from(report, waivers.folder)
    organ = fold(report.organ.name) if report.organ else None
    found = [] if organ is None else waivers.by_organ.get(organ, [])
    found = [*found, *(each for name in dict.fromkeys((file, path, "")) for each in waivers.by_path.get(name, []))]
    for _, waiver in sorted(found, key=lambda numbered: numbered[0]):
        if waiver.year not in (None, report.year) or waiver.edition not in (None, report.edition):
            continue
        if waiver.path is None or fits_path(waiver.path, file) or (path != file and "#" in waiver.path and fnmatchcase(path, waiver.path)):
            yield waiver


def paths_from(report: Report, folder: str) -> tuple[str, str]:
    """Return the file of a report as seen from a folder, and the same with what tells the report from others in that file."""
    document = report.document
    file = relative_path(os.path.abspath(document.file if document.part else report.path), folder)  # noqa: PTH100  (links stay links)
    return file, f"{file}#{document.part}" if document.part else file


def fits_path(pattern: str, path: str) -> bool:
    """Say whether a path fits a pattern: ``*`` and ``?`` within a folder's or a file's name, ``**`` for any folders."""
    # Which parts of the pattern may be next after the parts of the path so far: linear in both, whatever the pattern.
    parts = pattern.split("/")
    reached = _over_folders({0}, parts)
    for name in path.split("/"):
        following = set()
        for number in reached:
            if number < len(parts) and parts[number] == "**":
                following.add(number)
            elif number < len(parts) and fnmatchcase(name, parts[number]):
                following.add(number + 1)
        reached = _over_folders(following, parts)
    return len(parts) in reached


def _over_folders(reached: set[int], parts: list[str]) -> set[int]:
    """Add what is reached when ``**`` stands for no folder at all."""
    for number, part in enumerate(parts):
        if part == "**" and number in reached:
            reached.add(number + 1)
    return reached


def accepts(waiver: Waiver, finding: Finding, report: Report) -> bool:
    """Say whether a waiver for a document accepts one of its findings."""
    if not finding.code.startswith(waiver.code) or finding.code == WaiverExpired.code:
        return False
    if waiver.cells:
        subject = subject_of(finding, report.form)
        if not subject or not waiver.refs.issuperset(subject):
            return False
    if waiver.values and not _has_values(finding, waiver.values, report):
        return False
    return not waiver.texts or _quotes(finding, [fold(text) for text in waiver.texts])


def subject_of(finding: Finding, form: Form | None) -> tuple[CellRef, ...]:
    """Return the cells by which a finding is known again: of an equation its total, of anything else all."""
    return finding.cells[:1] if form is not None and finding.cells in _equations(form) else finding.cells


@lru_cache(maxsize=64)
def _equations(form: Form) -> frozenset[tuple[CellRef, ...]]:
    return frozenset(equation.cells for equation in equations_of(form))


def values_of(finding: Finding, report: Report) -> tuple[str, ...]:
    """Return what is printed in the cells of a finding, in their order: numbers as such, blanks as nothing, anything else as shown to people."""
    return tuple(_value_of(report, ref) for ref in finding.cells)


def _value_of(report: Report, ref: CellRef) -> str:
    cell = _cell(report, ref)
    if cell is None:
        return ""
    if cell.value is None:
        return " ".join(shown_raw(cell).split())
    return format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value)


def _cell(report: Report, ref: CellRef) -> Cell | None:
    table = report.tables.get(ref.table)
    return None if table is None else table.get((ref.row, ref.column))


def _has_values(finding: Finding, values: tuple[str, ...], report: Report) -> bool:
    """Say whether the cells of a finding have some values, as far as they are given: numbers however they are printed, anything else by its words."""
    there = values_of(finding, report)
    return len(values) <= len(there) and all(_folded(one) == _folded(other) for one, other in zip(values, there, strict=False))


def _folded(value: str) -> str | Decimal:
    plain = fold(value).replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else plain


def quoted(finding: Finding) -> tuple[str, ...]:
    """Return what a finding quotes, but for what folds to nothing."""
    return tuple(excerpt.text for excerpt in finding.excerpts if fold(excerpt.text))


def _quotes(finding: Finding, texts: list[str]) -> bool:
    """Say whether each excerpt has one of some folded texts, or the message is one; where nothing is quoted, whether the message has one."""
    messages = [fold(finding.say(language)) for language in LANGUAGES]
    if excerpts := quoted(finding):
        # An excerpt may be mere evidence, which another layout prints otherwise: the same message then still says the same.
        return any(message in texts for message in messages) or all(any(text in fold(each) for text in texts) for each in excerpts)
    return any(text in message for text in texts for message in messages)


def _could_fit(waiver: Waiver, result: Result, linter: Linter) -> bool:
    """Say whether a report has the cells that a waiver names, and every rule was run on it: only then there is no such fault."""
    if waiver.refs and waiver.refs.isdisjoint(cell.ref for cell in result.report.cells):
        return False
    return all(rule.code in result.ran for rule in linter.registry.rules if rule.code.startswith(waiver.code))
