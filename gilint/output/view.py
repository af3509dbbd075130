"""A result as people read it: findings numbered, cells marked with those numbers, words chosen. What templates and the terminal show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, field

from gilint.finding import Finding, Repair, Result, Severity, Verdict
from gilint.language import Text
from gilint.model import Cell, Report
from gilint.output.parts import FindingView, Mark, SlotView, TableView, WaivedView
from gilint.output.places import is_line, locate, say_place
from gilint.output.tally import Tally, evidence_lines, tallies
from gilint.output.words import Words, shorten
from gilint.place import CellRef
from gilint.rule import Rule, clauses, label
from gilint.values import CellState

MARKED_CELLS = 12
"""A finding about more cells than these is numbered at its first cell only; the others are shown as involved."""
SHOWN_RAW = 60
"""Characters of a cell's text that a table shows."""
NAMED_CELLS = 3
"""Cells that a finding names in words."""


@define(eq=False, repr=False)
class DocumentView:
    """One result in words. Parts are made when they are asked for."""

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
        waived = len(self.result.waived)
        if self.result.partial and self.verdict is Verdict.REVIEW:
            meaning = self.words("partial") if self.result.findings else self.nothing
        elif waived and self.verdict is Verdict.PUBLISHABLE:
            return self.words("publishable-waived", count=waived)
        else:
            meaning = self.words.meaning(self.verdict)
        if not waived:
            return meaning
        return meaning + (" " if self.words.language == "en" else "") + self.words("waived-besides", count=waived)

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

    @cached_property
    def findings(self) -> tuple[FindingView, ...]:
        """The findings, numbered from 1."""
        return tuple(self._finding(number, finding) for number, finding in enumerate(self.result.findings, start=1))

    @cached_property
    def waived(self) -> tuple[WaivedView, ...]:
        """The findings that are accepted, numbered after the others."""
        first = len(self.result.findings) + 1
        return tuple(
            WaivedView(self._finding(number, each.finding), self.words.waiver(each.waiver))
            for number, each in enumerate(self.result.waived, start=first)
        )

    @cached_property
    def tables(self) -> tuple[TableView, ...]:
        """The official tables, redrawn."""
        return tuple(self._table(name) for name in self.report.tables)

    def say_cell(self, ref: CellRef) -> str:
        """Name a cell."""
        return say_cell(self.report, ref, self.words)

    def _finding(self, number: int, finding: Finding) -> FindingView:
        language = self.words.language
        rule = self.rules.get(finding.code)
        place = locate(self.report.document, finding.place)
        return FindingView(
            number=number,
            code=finding.code,
            name=finding.name,
            severity=finding.severity,
            title=rule.title.in_language(language) if rule else finding.name,
            message=finding.say(language),
            suggestion=finding.suggest(language),
            repairs=tuple(self._changes(repair) for repair in finding.repairs),
            excerpts=tuple((self.words.section(excerpt.section) if excerpt.section else "", excerpt.text) for excerpt in finding.excerpts),
            sources=tuple(source.in_language(language) for source in clauses(rule, self.report.edition)) if rule else (),
            first=self._firsts.get(rule.source, number) if rule else number,
            place=say_place(place, self.words),
            is_only_line=bool(place and place.line and is_line(place)),
            line=place.line if place else None,
            column=place.column if place and place.line else None,
            cells=self._name_cells(finding.cells),
            anchored=any(ref in self._marks for ref in finding.cells),
        )

    @cached_property
    def _firsts(self) -> dict[tuple[Text, ...], int]:
        firsts: dict[tuple[Text, ...], int] = {}
        for number, finding in enumerate(self.result.findings, start=1):
            if finding.code in self.rules:
                firsts.setdefault(self.rules[finding.code].source, number)
        return firsts

    def _changes(self, repair: Repair) -> tuple[str, ...]:
        blank = self.words("blank-value")
        return tuple(
            self.words(
                "change", cell=self.say_cell(change.cell), before=blank if change.before is None else change.before, after=change.after
            )
            for change in repair.changes
        )

    def _name_cells(self, refs: Sequence[CellRef]) -> str:
        separator = "、" if self.words.language == "zh" else "; "
        named = separator.join(self.say_cell(ref) for ref in refs[:NAMED_CELLS])
        return self.words("and-more", cells=named, count=len(refs)) if len(refs) > NAMED_CELLS else named

    @cached_property
    def _marks(self) -> dict[CellRef, tuple[Mark, ...]]:
        marks: dict[CellRef, list[Mark]] = {}
        for number, finding in enumerate(self.result.findings, start=1):
            for index, ref in enumerate(marked_cells(finding)):
                marks.setdefault(ref, []).append(Mark(number, finding.severity, index == 0))
        return {ref: tuple(found) for ref, found in marks.items()}

    @cached_property
    def _involved(self) -> dict[CellRef, tuple[int, ...]]:
        involved: dict[CellRef, list[int]] = {}
        for number, finding in enumerate(self.result.findings, start=1):
            marked = set(marked_cells(finding))
            for ref in finding.cells:
                if ref not in marked:
                    involved.setdefault(ref, []).append(number)
        return {ref: tuple(found) for ref, found in involved.items()}

    def _table(self, name: str) -> TableView:
        from gilint.output.layout import Heading, draw  # plain text draws no tables

        table = self.report.tables[name]
        drawing = draw(table.spec, self.words.language)
        lines = tuple(
            tuple(
                part if isinstance(part, Heading) else self._slot(table.cells[part.ref.row, part.ref.column], part.column_span)
                for part in line
            )
            for line in drawing.lines
        )
        title = self._table_title(table.spec.section, table.spec.label.in_language(self.words.language))
        return TableView(name, title, table.found, lines, drawing.head, drawing.width, table.spec.layout == "flat")

    def _table_title(self, section: str, own: str) -> str:
        """Return the heading of the table's section, which is what readers know it by; its own label where several share a section."""
        form = self.report.form
        if form is None or sum(table.section == section for table in form.tables) > 1:
            return own
        spec = next((spec for spec in form.sections if spec.name == section), None)
        return self.words.heading(spec.number, spec.label.in_language(self.words.language)) if spec else own

    def _slot(self, cell: Cell, column_span: int) -> SlotView:
        marks = self._marks.get(cell.ref, ())
        worst = min((mark.severity for mark in marks), key=lambda severity: severity.rank, default=None)
        text, printed = show_cell(cell, self.words)
        return SlotView(text, cell.state, printed, marks, worst, self._involved.get(cell.ref, ()), column_span)


def marked_cells(finding: Finding) -> tuple[CellRef, ...]:
    """Return the cells of a finding that are wrong, as far as can be told.

    Of a broken equation: those that its best repair changes, or else the total. Of anything else: all, unless they are too many to be numbered.
    """
    if finding.repairs:
        own = set(finding.cells)
        changed = tuple(change.cell for change in finding.repairs[0].changes if change.cell in own)
        return changed or finding.cells[:1]
    if finding.code.startswith("SUM") or len(finding.cells) > MARKED_CELLS:
        return finding.cells[:1]
    return tuple(dict.fromkeys(finding.cells))


def say_cell(report: Report, ref: CellRef, words: Words) -> str:
    """Name a cell as a message does; a cell that the form does not have by its names."""
    try:
        return label(report, ref).in_language(words.language)
    except KeyError:
        return ".".join(ref)


def show_cell(cell: Cell, words: Words) -> tuple[str, str]:
    """Return what a table shows in a cell, and what was printed where that differs."""
    if cell.state is CellState.NUMBER:
        number = say_number(cell)
        raw = shorten(cell.raw, SHOWN_RAW)
        return number, "" if raw in ("", number) else raw
    if cell.state is CellState.TEXT:
        return shorten(cell.raw, SHOWN_RAW) or words.short_state(cell.state), ""
    return words.short_state(cell.state), ""


def say_number(cell: Cell) -> str:
    """Return the number of a cell without exponent."""
    return format(cell.value, "f") if cell.value is not None and not isinstance(cell.value, int) else str(cell.value)
