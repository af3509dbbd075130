"""Whose report a document is, how it stands, and what was checked, in words: what every output says before any finding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import define, field

from gilint.finding import Result, Severity, Verdict
from gilint.model import Report
from gilint.output.tally import Tally, evidence_lines, tallies
from gilint.output.words import Words
from gilint.rule import Rule


@define(eq=False, repr=False)
class Standing:
    """Whose report it is and how it stands, in words."""

    result: Result
    number: int
    """Of the document within the run, counted from 1."""
    words: Words
    rules: Mapping[str, type[Rule]] = field(factory=dict)
    prefix: str = "d"
    """Of all identifiers; several pages within one need different ones."""

    @property
    def report(self) -> Report:
        """The report that the result is about."""
        return self.result.report

    @property
    def id(self) -> str:
        """A prefix for identifiers on a page."""
        return f"{self.prefix}{self.number}"

    @property
    def path(self) -> str:
        """The document's name."""
        return self.report.path

    @property
    def organ(self) -> str:
        """The organ, or that it is unknown."""
        return self.report.organ.name if self.report.organ else self.words("organ-unknown")

    @property
    def year(self) -> str:
        """The report year, or that it is unknown."""
        return self.words("year-of", year=self.report.year) if self.report.year else self.words("year-unknown")

    @property
    def edition(self) -> str:
        """The edition of the form, or that it is unknown."""
        form = self.report.form
        return self.words("edition-of", edition=form.edition) if form else self.words("edition-unknown")

    @property
    def form_title(self) -> str:
        """What kind of report it is."""
        return self.report.form.title.in_language(self.words.language) if self.report.form else ""

    @property
    def form_source(self) -> str:
        """The notice that prescribes the edition."""
        return self.report.form.source if self.report.form else ""

    @property
    def evidence(self) -> tuple[str, ...]:
        """What the edition was recognised by, a table a line."""
        return evidence_lines(self.report, self.words)

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.result.verdict

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        return {severity: self.result.count(severity) for severity in Severity}

    @property
    def meaning(self) -> str:
        """What explains the verdict."""
        after = [self.words("left-out", rules=self.left_out)] if self.left_out else []
        if self.unusable:
            after.append(self.words("unusable", problems=self.unusable))
        if waived := len(self.result.waived):
            after.append(self.words("waived-besides", count=waived))
        return self.words.sentences(self._meaning(waived), *([self.unread] if self.unread else []), *after)

    def _meaning(self, waived: int) -> str:
        if self.result.partial and self.verdict is Verdict.REVIEW:
            return self.words("partial") if self.result.findings else self.nothing
        if waived and self.verdict is Verdict.PUBLISHABLE:
            return self.words("publishable-waived", count=waived)
        return self.words.meaning(self.verdict)

    @property
    def unread(self) -> str:
        """What the source does not have, so that no rule could look at it; ``""`` where it is a whole report."""
        return self.words("cells-only") if self.report.form and self.report.cells_only else ""

    @property
    def unusable(self) -> str:
        """Which plugins could not be used, and why; ``""`` where all could."""
        return self.words("semicolon").join(text.in_language(self.words.language) for text in self.result.unusable)

    @property
    def left_out(self) -> str:
        """Which built-in rules were not run; ``""`` where all were."""
        return self.words.left_out(self.result.left_out)

    @property
    def nothing(self) -> str:
        """What is said where nothing was found."""
        if self.result.partial:
            return self.words("findings-none-partial")
        return self.words("findings-none-waived" if self.result.waived else "findings-none")

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """What was checked, a family of rules a line."""
        return tallies(self.result, self.words)
