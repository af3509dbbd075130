"""SARIF 2.1.0, as code scanning services read it: one run with every rule described and every finding with its places."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from typing import IO, Any, ClassVar

from attrs import evolve

import gilint
from gilint.failures import FAILURES
from gilint.finding import Finding, Result
from gilint.language import Text
from gilint.output.as_json import dump_json
from gilint.output.fingerprints import fingerprints
from gilint.output.sarif_places import SarifPlaces, sarif_message
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer
from gilint.patterns import deferred
from gilint.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "gilint/v1"
"""Name of our fingerprint; another way of making it takes another name."""
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}

_FAILURES = {rule.code: number for number, rule in enumerate(FAILURES)}
_MARKDOWN = deferred(r"([\\`*_\[\]<>#|])")


class SarifWriter(Writer):
    """Writes SARIF: results as they come, documents and what went wrong with the tool after them."""

    encoding: ClassVar[str | None] = "utf-8"

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)
        self._indices = {code: number for number, code in enumerate(self.settings.rules)}
        self._results = self._documents = self._notified = 0
        self._succeeded = not self.settings.problems
        # Neither the list of documents nor that of failures stays in memory.
        self._artifacts: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  (closed by close)
        self._notifications: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115

    def begin(self) -> None:
        """Describe the tool and its rules, and open the list of results."""
        self.stream.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0",\n "runs": [{{\n  "tool": {{"driver": {{"name": "gilint", ')
        self.stream.write(f'"version": {self._dump(gilint.__version__)}, "language": "{LANGUAGES[self.settings.language]}",\n   "rules": [')
        self._list(map(self._rule, self.settings.rules.values()))
        self.stream.write('],\n   "notifications": [')
        self._list(map(self._rule, FAILURES))
        self.stream.write(
            f']}}}},\n  "language": "{LANGUAGES[self.settings.language]}", "columnKind": "unicodeCodePoints",\n  "results": ['
        )

    def write(self, result: Result) -> None:
        """Write the findings of one document."""
        places = SarifPlaces(result, self._words, self._documents)
        for finding, fingerprint in zip(result.findings, fingerprints(result), strict=True):
            self._write_result(self._result(finding, fingerprint, places))
            if finding.code in _FAILURES:
                self._notify(finding, places)
        accepted = evolve(result, findings=tuple(each.finding for each in result.waived))
        for each, fingerprint in zip(result.waived, fingerprints(accepted), strict=True):
            suppression = {"kind": "external", "status": "accepted", "justification": self._words.waiver(each.waiver)}
            self._write_result({**self._result(each.finding, fingerprint, places), "suppressions": [suppression]})
        report = result.report
        facts: dict[str, Any] = {
            "organ": report.organ.name if report.organ else None,
            "year": report.year,
            "form": report.form.id if report.form else None,
            "edition": report.edition,
            "verdict": result.verdict.value,
            "checked": result.checked,
        }
        if report.form and report.cells_only:
            facts["cells_only"] = True
        if result.left_out:
            facts["not_run"] = list(result.left_out)
        if report.document.part:
            facts = {"part": report.document.part, **facts}
        artifact = {"location": {"uri": places.uri}, "roles": ["analysisTarget"], "properties": facts}
        self._artifacts.write(("," if self._documents else "") + "\n   " + dump_json(artifact, ascii_only=True))
        self._documents += 1

    def end(self, summary: Summary) -> None:
        """Write the documents, and whether the tool itself worked."""
        self.stream.write('\n  ],\n  "artifacts": [')
        self._copy(self._artifacts)
        succeeded = "true" if self._succeeded else "false"
        self.stream.write(f'\n  ],\n  "invocations": [{{"executionSuccessful": {succeeded},\n   "toolConfigurationNotifications": [')
        passed_over = (*self.settings.remarks, *self.settings.unchecked)
        notices = [("error", text) for text in self.settings.problems] + [("note", text) for text in passed_over]
        self._list({"level": level, "message": self._message(text)} for level, text in notices)
        self.stream.write('],\n   "toolExecutionNotifications": [')
        self._copy(self._notifications)
        self.stream.write("]}]\n }]}\n")

    def close(self) -> None:
        """Remove the temporary files."""
        self._artifacts.close()
        self._notifications.close()

    def _write_result(self, data: dict[str, Any]) -> None:
        self.stream.write(("," if self._results else "") + "\n   " + self._dump(data))
        self._results += 1

    def _result(self, finding: Finding, fingerprint: str, places: SarifPlaces) -> dict[str, Any]:
        language = self.settings.language
        index = self._indices.get(finding.code)
        quoted = [{"section": excerpt.section, "text": excerpt.text} for excerpt in finding.excerpts]
        fixes = places.fixes(finding)
        # SARIF fixes replace characters of a file of text: of other files it can only be told what is to be changed.
        repairs = [] if fixes else places.repairs(finding)
        properties = {
            "name": finding.name,
            "suggestion": finding.suggest(language),
            "excerpts": quoted,
            "cause": finding.cause,
            "repairs": repairs,
        }
        data = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": finding.severity.value,
            "message": self._message(finding.say(language)),
            "locations": [places.location(finding)],
            "relatedLocations": places.related(finding),
            "fixes": fixes,
            "partialFingerprints": {FINGERPRINT: fingerprint},
            "properties": {key: value for key, value in properties.items() if value},
        }
        return {key: value for key, value in data.items() if value not in (None, [])}

    def _notify(self, finding: Finding, places: SarifPlaces) -> None:
        """Tell of a failure of gilint or of a rule: what it has not checked is no fault of the document."""
        rule = finding.arguments.get("rule")
        associated = {"id": rule, "index": self._indices[rule]} if rule in self._indices else None
        notification = {
            "descriptor": {"id": finding.code, "index": _FAILURES[finding.code]},
            "associatedRule": associated,
            "level": finding.severity.value,
            "message": self._message(finding.say(self.settings.language)),
            "locations": [places.location(finding)],
        }
        data = {key: value for key, value in notification.items() if value is not None}
        self._notifications.write(("," if self._notified else "") + "\n    " + dump_json(data, ascii_only=True))
        self._notified += 1
        self._succeeded = False

    def _rule(self, rule: type[Rule]) -> dict[str, Any]:
        language = self.settings.language
        title, why = rule.title.in_language(language), rule.rationale.in_language(language)
        sources = [source.in_language(language) for source in rule.source]
        clause, colon = self._words("clause"), self._words("colon")
        plain = "\n".join([why, f"{clause}{colon}", *sources])
        marked = "\n".join([_escaped(why), "", f"**{clause}**", "", *(f"- {_escaped(source)}" for source in sources)])
        return {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": title},
            "fullDescription": {"text": why},
            "help": {"text": plain, "markdown": marked},
            "defaultConfiguration": {"level": rule.severity.value},
            "properties": {"tags": [rule.code[:3], self._words.family(rule.code[:3])]},
        }

    def _message(self, text: Text | str) -> dict[str, str]:
        said = text.in_language(self.settings.language) if isinstance(text, Text) else text
        return sarif_message(said)

    def _list(self, items: Iterable[dict[str, Any]]) -> None:
        self.stream.write(",".join("\n    " + self._dump(item) for item in items))

    def _dump(self, value: Any) -> str:
        text = dump_json(value)
        try:
            text.encode(getattr(self.stream, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            return dump_json(value, ascii_only=True)
        return text

    def _copy(self, spool: IO[str]) -> None:
        spool.seek(0)
        shutil.copyfileobj(spool, self.stream)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
