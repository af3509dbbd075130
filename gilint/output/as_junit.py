"""JUnit XML, as build systems read it: a suite for each document, a case for each rule that was run on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, ClassVar
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from gilint.finding import Checked, Outcome, Result, Severity
from gilint.output.lines import details
from gilint.output.parts import FindingView, WaivedView
from gilint.output.printable import printable
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer

UNREADABLE = "DOC"
"""Errors of this family are no fault of the report but a document that was not checked: an ``error``, not a ``failure``."""


@frozen(eq=False)
class _Case:
    """What became of one rule on one document."""

    code: str
    name: str
    outcome: str
    """``failure``, ``error``, ``skipped`` or ``""`` for passed: the name of the element."""
    text: str = ""
    """Of the element."""
    message: str = ""
    """The same on one line."""
    kind: str = ""
    note: str = ""
    """What is said of a case without failing it."""


class JunitWriter(Writer):
    """Writes JUnit XML: errors and warnings fail a case, notes are its output, what could not be assessed is skipped."""

    encoding: ClassVar[str | None] = "utf-8"

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)

    def begin(self) -> None:
        """Open the list of suites."""
        self._put('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gilint">\n')

    def write(self, result: Result) -> None:
        """Write the suite of one document."""
        view = DocumentView(result, 1, self._words, self.settings.rules)
        cases = list(self._cases(view))
        counts = {outcome: sum(case.outcome == outcome for case in cases) for outcome in ("failure", "error", "skipped")}
        path = _attribute(view.path)
        self._put(
            f'<testsuite name={path} tests="{len(cases)}" failures="{counts["failure"]}" errors="{counts["error"]}" '
            f'skipped="{counts["skipped"]}" time="0">\n<properties>\n'
        )
        facts = {"organ": result.report.organ and result.report.organ.name, "year": result.report.year, "edition": result.report.edition}
        for name, value in {**facts, "verdict": view.verdict.value, "not_run": " ".join(result.left_out) or None}.items():
            if value is not None:
                self._put(f'<property name="{name}" value={_attribute(str(value))}/>\n')
        self._put("</properties>\n")
        for case in cases:
            self._put(
                f'<testcase classname={path} name={_attribute(f"{case.code} {case.name}".strip())} file={path} time="0"{_inner(case)}\n'
            )
        self._put("</testsuite>\n")

    def end(self, summary: Summary) -> None:
        """Close the list of suites."""
        self._put("</testsuites>\n")

    def _put(self, text: str) -> None:
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        # Where a stream cannot take a character, XML has a number for it.
        self.stream.write(text.encode(encoding, "xmlcharrefreplace").decode(encoding))

    def _cases(self, view: DocumentView) -> Iterator[_Case]:
        found: dict[str, list[FindingView]] = {}
        for finding in view.findings:
            found.setdefault(finding.code, []).append(finding)
        waived: dict[str, list[WaivedView]] = {}
        for each in view.waived:
            waived.setdefault(each.finding.code, []).append(each)
        unassessed: dict[str, list[Checked]] = {}
        for check in view.result.checks:
            if check.outcome is Outcome.NOT_ASSESSABLE:
                unassessed.setdefault(check.code, []).append(check)
        # A result that was made by hand may not say which rules were run.
        for code in sorted({*view.result.ran, *found, *waived, *(check.code for check in view.result.checks)}):
            yield self._case(code, found.get(code, []), unassessed.get(code, []), waived.get(code, []))

    def _case(self, code: str, findings: list[FindingView], unassessed: list[Checked], waived: list[WaivedView]) -> _Case:
        rule = self.settings.rules.get(code)
        name = rule.title.in_language(self._words.language) if rule else findings[0].name if findings else ""
        failing = [finding for finding in findings if finding.severity is not Severity.NOTE]
        noted = [self._say(finding) for finding in findings if finding.severity is Severity.NOTE]
        notes = "\n\n".join(noted + [self._say_waived(each) for each in waived])
        if failing:
            worst = min((finding.severity for finding in failing), key=lambda severity: severity.rank)
            unread = worst is Severity.ERROR and code.startswith(UNREADABLE)
            text = "\n\n".join(self._say(finding) for finding in failing)
            message = failing[0].message + (f" (+{len(failing) - 1})" if len(failing) > 1 else "")
            return _Case(code, name, "error" if unread else "failure", text, message, worst.value, notes)
        if unassessed:
            reasons = list(self._reasons(unassessed))
            return _Case(code, name, "skipped", "\n".join(reasons), self._words("semicolon").join(reasons), note=notes)
        return _Case(code, name, "", note=notes)

    def _say(self, finding: FindingView) -> str:
        """Return a finding as the text format prints it."""
        colon = self._words("colon")
        lines = [f"{self._words.severity(finding.severity)}{colon}{finding.message}"]
        lines += [f"{title}{colon}{text}" for title, text in details(finding, self._words, with_line=True)]
        return "\n".join(lines)

    def _say_waived(self, each: WaivedView) -> str:
        title, finding = self._words("waived-finding"), each.finding
        return f"{title}{self._words('colon')}{finding.message}\n{self._words('waiver')}{self._words('colon')}{each.waiver}"

    def _reasons(self, checks: list[Checked]) -> Iterator[str]:
        counts: dict[str, int] = {}
        for check in checks:
            reason = check.reason.in_language(self._words.language, check.arguments) if check.reason else self._words("not-assessable")
            counts[reason] = counts.get(reason, 0) + 1
        for reason, count in counts.items():
            yield self._words("times", reason=reason, count=count)


def _inner(case: _Case) -> str:
    inner = ""
    if case.outcome:
        kind = f" type={_attribute(case.kind)}" if case.kind else ""
        inner += f"\n<{case.outcome} message={_attribute(case.message)}{kind}>{_content(case.text)}</{case.outcome}>"
    if case.note:
        inner += f"\n<system-out>{_content(case.note)}</system-out>"
    return f">{inner}\n</testcase>" if inner else "/>"


def _content(text: str) -> str:
    return escape(printable(text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(printable(text))
