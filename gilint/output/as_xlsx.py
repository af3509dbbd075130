"""A workbook that an office works through (问题台账): a row for each finding with columns to fill in, and sheets that sum up."""

from __future__ import annotations

from collections import Counter
from typing import IO, Any, ClassVar

from attrs import define, field

from gilint.finding import Finding, Result, Severity
from gilint.model import Report
from gilint.output.cells import say_cell
from gilint.output.lines import cite, cited
from gilint.output.parts import CauseView, FindingView
from gilint.output.places import cell_labels
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.workbook import Book, Column, Kind, Sheet
from gilint.output.writer import Settings, Summary, Writer

_KINDS: dict[Severity, Kind] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_STATUS = 11
"""Which column of the ledger is chosen from a list, counted from 0."""
_LEFT = 3
"""Which status says that a finding is left as it is."""
_DONE_COLOURS = {2: "D9EAD3", _LEFT: "D9D9D9"}
"""What is settled stands back: corrected, and left as it is."""


@define(eq=False, repr=False)
class _Found:
    """What a rule has found in all documents."""

    title: str
    severities: Counter[Severity] = field(factory=Counter)
    sources: dict[str, None] = field(factory=dict)
    """Of the editions of the form that the reports follow, each once."""
    documents: int = 0


class XlsxWriter(Writer):
    """Writes a workbook; it does not stay in memory."""

    encoding: ClassVar[str | None] = None
    binary: ClassVar[bool] = True

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)
        self._statuses = self._words("statuses").split("|")
        self._book = Book()
        self._ledger = self._sheet("ledger", self._ledger_columns())
        self._documents = self._sheet("by-document", self._document_columns())
        self._rules = self._sheet("by-rule", self._rule_columns())
        self._number = 0
        self._found: dict[str, _Found] = {}

    def write(self, result: Result) -> None:
        """Write the rows of one document."""
        view = DocumentView(result, 1, self._words, self.settings.rules)
        facts = dict(zip(view.findings, result.findings, strict=True))
        for entry in view.entries:
            for shown in entry.findings if isinstance(entry, CauseView) else (entry,):
                self._count(facts[shown], shown)
                self._write_finding(result.report, facts[shown], shown)
        # What is accepted is settled: it stands in the ledger, and no sheet counts it.
        for each, accepted in zip(result.waived, view.waived, strict=True):
            self._write_finding(result.report, each.finding, accepted.finding, self._statuses[_LEFT], accepted.waiver)
        for code in {finding.code for finding in result.findings}:
            self._found[code].documents += 1
        counts = view.counts
        edition = view.report.edition or ""
        verdict = self._words.verdict(view.verdict)
        self._documents.append([*_identity(view.report), edition, verdict, *(counts[severity] for severity in Severity), view.meaning])

    def end(self, summary: Summary) -> None:
        """Write the sums and the workbook."""
        words = self._words
        sums: list[tuple[str | int, Kind] | str | int] = [(words("total"), "sum"), ("", "sum"), ("", "sum"), ("", "sum")]
        sums.append((words("documents-of", count=summary.documents), "sums"))
        sums += [(summary.severities[severity], "sums") for severity in Severity]
        verdicts = words("list").join(
            words("verdict-of", verdict=words.verdict(verdict), count=count) for verdict, count in summary.verdicts.items() if count
        )
        self._documents.append([*sums, (verdicts, "sum")], filtered=False)
        blank: list[tuple[str | int, Kind] | str | int] = [("", "text")] * len(sums)
        for remark in self.settings.unchecked:
            self._documents.append([*blank, remark.in_language(words.language)], filtered=False)
        for code, found in sorted(self._found.items()):
            count, clauses = found.severities.total(), "\n".join(cited(found.sources))
            self._rules.append([code, found.title, words.family(code[:3]), self._severities(found), count, found.documents, clauses])
        self._offer_statuses()
        for sheet in (self._ledger, self._documents, self._rules):
            sheet.finish()
        self._book.save(self.stream)

    def close(self) -> None:
        """Remove the temporary files."""
        self._book.discard()

    def _cells(self, report: Report, finding: Finding) -> tuple[str, ...]:
        """Name the table and the first cell of a finding: of an equation the total, by which people find it."""
        if not finding.cells:
            return ()
        first, count = finding.cells[0], len(finding.cells)
        cell = say_cell(report, first, self._words)
        table, _, _ = cell_labels(report, first, self._words)
        return table, self._words("and-more", cells=cell, count=count) if count > 1 else cell

    def _count(self, finding: Finding, shown: FindingView) -> None:
        found = self._found.setdefault(finding.code, _Found(shown.title))
        found.severities[finding.severity] += 1
        found.sources.update(dict.fromkeys(shown.sources))

    def _severities(self, found: _Found) -> tuple[str, Kind]:
        """Say how severe the findings of a rule are: a rule may give several severities, and so may the configurations of several folders."""
        severities = [severity for severity in Severity if found.severities[severity]]
        said = [self._words.severity(severity) for severity in severities]
        if len(said) > 1:
            said = [f"{name} {found.severities[severity]}" for name, severity in zip(said, severities, strict=True)]
        return self._words("list").join(said), _KINDS[severities[0]]

    def _write_finding(self, report: Report, finding: Finding, shown: FindingView, status: str = "", remark: str = "") -> None:
        words = self._words
        self._number += 1
        clause = cite(shown, words)
        colon = words("colon")
        problem = [shown.message, *(f"{words('excerpt')}{colon}“{text}”" for _, text in shown.excerpts)]
        # What to do names the ways out of a cause already.
        repairs = [words("semicolon").join(changes) for changes in shown.repairs] if finding.cause is None else []
        titles = (words("repair"), *[words("repair-or")] * len(repairs))
        advice = [shown.suggestion, *(f"{title}{colon}{text}" for title, text in zip(titles, repairs, strict=False))]
        self._ledger.append(
            [
                self._number,
                *_identity(report),
                (words.severity(finding.severity), _KINDS[finding.severity]),
                f"{finding.code}\n{shown.title}",
                "\n".join(filter(None, (*self._cells(report, finding), shown.place))),
                "" if finding.cause is None else finding.cause,
                "\n".join(problem),
                "\n".join(filter(None, advice)),
                clause,
                status or self._statuses[0],
                remark,
            ]
        )

    def _offer_statuses(self) -> None:
        from openpyxl.formatting.rule import CellIsRule
        from openpyxl.styles import PatternFill
        from openpyxl.worksheet.datavalidation import DataValidation

        for sheet, places in self._ledger.ranges(_STATUS):
            choice = DataValidation("list", formula1=f'"{",".join(self._statuses)}"', allow_blank=True, sqref=places)
            choice.promptTitle, choice.prompt, choice.showInputMessage = self._words("status"), self._words("status-help"), True
            choice.error, choice.showErrorMessage = self._words("status-wrong"), True
            sheet.data_validations.append(choice)
            for number, colour in _DONE_COLOURS.items():
                fill = PatternFill("solid", start_color=colour, end_color=colour)
                sheet.conditional_formatting.add(places, CellIsRule("equal", [f'"{self._statuses[number]}"'], fill=fill))

    def _sheet(self, name: str, columns: list[Column]) -> Sheet:
        title = self._words("ledger-title") if name == "ledger" else f"{self._words('title')} · {self._words(name)}"
        return Sheet(self._book, self._words(name), columns, title, self._words("page-of"))

    def _ledger_columns(self) -> list[Column]:
        words = self._words
        return [
            Column(words("number"), 6, "number"),
            Column(words("document"), 20),
            Column(words("organ"), 16),
            Column(words("year"), 7, "middle"),
            Column(words("severity"), 8, "middle"),
            Column(words("rule"), 16),
            Column(words("place"), 20),
            Column(words("cause-number"), 7, "middle"),
            Column(words("problem"), 38),
            Column(words("suggestion"), 34),
            Column(words("clause"), 21),
            Column(words("status"), 12, "choice"),
            Column(words("remark"), 18, "blank"),
        ]

    def _document_columns(self) -> list[Column]:
        words = self._words
        counts = [Column(words.severity(severity).capitalize(), 10, "number") for severity in Severity]
        facts = [Column(words("organ"), 24), Column(words("year"), 8, "middle"), Column(words("edition"), 12, "middle")]
        return [Column(words("document"), 36), *facts, Column(words("verdict"), 18, "middle"), *counts, Column(words("verdict-why"), 44)]

    def _rule_columns(self) -> list[Column]:
        words = self._words
        facts = [Column(words("rule"), 10, "middle"), Column(words("rule-title"), 36), Column(words("family"), 14, "middle")]
        counts = [Column(words("times-found"), 10, "number"), Column(words("documents-found"), 14, "number")]
        return [*facts, Column(words("severity"), 10, "middle"), *counts, Column(words("clause"), 56)]


def _identity(report: Report) -> list[str | int]:
    return [report.path, report.organ.name if report.organ else "", report.year or ""]
