"""Places as SARIF has them: in the file (physical) and in the form (logical)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from gilint.finding import Change, Excerpt, Finding, Repair, Result
from gilint.model import Cell
from gilint.output.causes import SHOWN_REPAIRS, say_changes
from gilint.output.cells import say_cell, show_cell
from gilint.output.places import cell_labels, place_data, say_place
from gilint.output.words import Words
from gilint.patterns import deferred
from gilint.place import CellRef
from gilint.rule import correction

# A viewer fills in {0} and follows [text](target) wherever they stand in a message: a document must not use either.
_PLACEHOLDER = deferred(r"\{([0-9]+)\}")
_LINK = deferred(r"\[([^\[\]]*)\]\(")
_DRIVE = deferred(r"[A-Za-z]:/")
_REGION = {"line": "startLine", "column": "startColumn"}


class SarifPlaces:
    """The locations of one document."""

    def __init__(self, result: Result, words: Words, index: int) -> None:
        self._result = result
        self.report = result.report
        document = self.report.document
        self.uri = path_uri(document.file if document.part else self.report.path)
        self._words = words
        self._personal = result.personal_data_shown
        self._index = index

    def location(self, finding: Finding) -> dict[str, Any]:
        """Return where a finding is: its place, and the first of its cells or the section that it quotes."""
        logical = self._cell(finding.cells[0]) if finding.cells else self._section(finding)
        return self._location(finding, logical)

    def related(self, finding: Finding) -> list[dict[str, Any]]:
        """Return where each cell of a finding about several is, with what it holds; cells that its likeliest repair changes besides; the places of all texts that it quotes."""
        related, language = [], self._words.language
        if len(finding.cells) > 1:
            for ref in finding.cells:
                cell = self.report.cell(ref)
                shown = show_cell(cell, self._words, personal=self._personal)[0]
                said = f"{say_cell(self.report, ref, self._words)}{self._words('colon')}{shown}"
                related.append(self._location(cell, self._cell(ref), said))
        related += [
            self._location(self.report.cell(change.cell), self._cell(change.cell), correction(self.report, change).in_language(language))
            for change in (finding.repairs[0].changes if finding.repairs else ())
            if change.cell not in finding.cells
        ]
        related += [self._location(excerpt, None, excerpt.text) for excerpt in finding.excerpts if excerpt.place is not None]
        return [{"id": number, **location} for number, location in enumerate(related, start=1)]

    def fixes(self, finding: Finding) -> list[dict[str, Any]]:
        """Return the repairs of a finding that can be made in the text of the source, likeliest first."""
        fixes = []
        for repair in finding.repairs[:SHOWN_REPAIRS]:
            replacements = [self._replacement(change) for change in repair.changes]
            if replacements and None not in replacements:
                said = self._say(repair)
                artifact = {"artifactLocation": {"uri": self.uri, "index": self._index}, "replacements": replacements}
                fixes.append({"description": sarif_message(said), "artifactChanges": [artifact]})
        return fixes

    def repairs(self, finding: Finding) -> list[str]:
        """Return the repairs of a finding in words, likeliest first."""
        return [self._say(repair) for repair in finding.repairs[:SHOWN_REPAIRS]]

    def _say(self, repair: Repair) -> str:
        return self._words("semicolon").join(say_changes(repair, self.report, self._words))

    def _replacement(self, change: Change) -> dict[str, Any] | None:
        cell = self.report.cell(change.cell)
        # Only a bare number can be replaced by another one: the rest of “3件” or “二百” would have to be written anew.
        if change.span is not None or cell.place is None or cell.raw.strip() != ("" if change.before is None else str(change.before)):
            return None
        found = self.report.document.printed(cell.place, cell.raw.strip())
        if found is None or found[0].line is None or found[0].column is None:
            return None
        place, length = found
        region = {"startLine": place.line, "startColumn": place.column, "endLine": place.line, "endColumn": found[0].column + length}
        return {"deletedRegion": region, "insertedContent": {"text": str(change.after)}}

    def _location(self, thing: Finding | Cell | Excerpt, logical: dict[str, Any] | None, message: str = "") -> dict[str, Any]:
        found = self._result.locate(thing)
        physical: dict[str, Any] = {"artifactLocation": {"uri": self.uri, "index": self._index}}
        data = place_data(found) or {}
        if self.report.document.part:
            data["part"] = self.report.document.part
        region = {_REGION[name]: data.pop(name) for name in _REGION if name in data}
        if "startLine" in region:
            physical["region"] = region
        if data:
            # Tables, pages and sheets are unknown to SARIF; its property bags take them.
            physical["properties"] = data
        location: dict[str, Any] = {"physicalLocation": physical}
        if logical is not None:
            location["logicalLocations"] = [logical]
        if said := message or say_place(found, self._words):
            location["message"] = sarif_message(said)
        return location

    def _cell(self, ref: CellRef) -> dict[str, Any]:
        labels = dict(zip(("tableLabel", "rowLabel", "columnLabel"), cell_labels(self.report, ref, self._words), strict=True))
        name = say_cell(self.report, ref, self._words)
        return {"name": name, "fullyQualifiedName": ".".join(ref), "kind": "cell", "properties": {**ref._asdict(), **labels}}

    def _section(self, finding: Finding) -> dict[str, Any] | None:
        form = self.report.form
        number = finding.excerpts[0].section if finding.excerpts else None
        spec = next((spec for spec in form.sections if spec.number == number), None) if form else None
        if spec is None:
            return None
        heading = self._words.heading(spec.number, spec.label.in_language(self._words.language))
        return {"name": heading, "fullyQualifiedName": spec.name, "kind": "section"}


def sarif_message(text: str) -> dict[str, str]:
    """Return a message that is shown as it stands."""
    return {"text": _LINK.sub(r"\\[\1\\](", _PLACEHOLDER.sub(r"{{\1}}", text))}


def path_uri(path: str) -> str:
    """Return a path as a URI: relative where it is relative."""
    uri = quote(path, safe="/", errors="replace")
    if _DRIVE.match(path):
        return f"file:///{path[0]}:{quote(path[2:], safe='/', errors='replace')}"
    return f"file://{uri}" if uri.startswith("/") else uri
