"""A result as people read it: findings numbered, cells marked with those numbers, words chosen. What templates and the terminal show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define

from gilint.equations import examine
from gilint.finding import Cause, Finding, Outcome, Repair
from gilint.model import Cell
from gilint.output.causes import (
    Entry,
    afterwards,
    digits,
    entries_of,
    say_afterwards,
    say_cause,
    say_number,
    say_together,
    show_repair,
)
from gilint.output.cells import say_cell, show_cell
from gilint.output.marking import Marking
from gilint.output.parts import CauseView, FindingView, SlotView, TableView, WaivedView
from gilint.output.places import is_line, say_place
from gilint.output.standing import Standing
from gilint.place import CellRef
from gilint.rule import clauses
from gilint.values import CellState

NAMED_CELLS = 3
"""Cells that a finding names in words."""


@define(eq=False, repr=False)
class DocumentView(Standing):
    """One result in words. Parts are made when they are asked for."""

    @cached_property
    def findings(self) -> tuple[FindingView, ...]:
        """The findings in their order, each with the number under which it is told."""
        numbers = {at: entry.number for entry in self._entries for at in entry.findings}
        return tuple(self._finding(numbers[at], finding) for at, finding in enumerate(self.result.findings))

    @cached_property
    def entries(self) -> tuple[FindingView | CauseView, ...]:
        """What is told, numbered from 1: findings, and causes with the findings that they explain."""
        return tuple(self._cause(entry, entry.cause) if entry.cause else self.findings[entry.findings[0]] for entry in self._entries)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return entries_of(self.result)

    @property
    def causes(self) -> str:
        """How many findings are told as how many, and how many violated equations have how many causes; ``""`` where no cause is known."""
        return say_together(self.result, self.words)

    @cached_property
    def _afterwards(self) -> Mapping[str, Mapping[Outcome, int]]:
        return afterwards(self.result)

    @property
    def afterwards(self) -> str:
        """What becomes of all equations, once the likeliest repairs are made; ``""`` where there is none."""
        counts = self._afterwards.values()
        return say_afterwards({outcome: sum(count[outcome] for count in counts) for outcome in Outcome}, self.words) if counts else ""

    @cached_property
    def waived(self) -> tuple[WaivedView, ...]:
        """The findings that are accepted, in their order, numbered after the others."""
        first = len(self._entries) + 1
        return tuple(
            WaivedView(self._finding(number, each.finding), self.words.waiver(each.waiver))
            for number, each in enumerate(self.result.waived, start=first)
        )

    @cached_property
    def tables(self) -> tuple[TableView, ...]:
        """The official tables, redrawn."""
        return tuple(self._table(name) for name in self.report.tables)

    @property
    def is_corrected(self) -> bool:
        """Whether the tables show numbers that should stand where others, or none, do."""
        return any(isinstance(part, SlotView) and part.after for table in self.tables for line in table.lines for part in line)

    def say_cell(self, ref: CellRef) -> str:
        """Name a cell."""
        return say_cell(self.report, ref, self.words)

    def _finding(self, number: int, finding: Finding) -> FindingView:
        language = self.words.language
        rule = self.rules.get(finding.code)
        place = self.result.locate(finding)
        sources = self._sources(finding)
        return FindingView(
            number=number,
            code=finding.code,
            name=finding.name,
            severity=finding.severity,
            title=rule.title.in_language(language) if rule else finding.name,
            message=finding.say(language),
            suggestion=finding.suggest(language),
            repairs=tuple(self._changes(repair) for repair in finding.repairs),
            has_cause=finding.cause is not None,
            excerpts=tuple((self.words.section(excerpt.section) if excerpt.section else "", excerpt.text) for excerpt in finding.excerpts),
            sources=sources,
            first=self._firsts.get(sources, number),
            place=say_place(place, self.words),
            is_only_line=bool(place and place.line and is_line(place)),
            line=place.line if place else None,
            column=place.column if place and place.line else None,
            cells=self._name_cells(finding.cells),
            anchored=any(ref in self.marking.marks for ref in finding.cells),
        )

    def _cause(self, entry: Entry, cause: Cause) -> CauseView:
        report, words = self.report, self.words
        findings = tuple(self.findings[at] for at in entry.findings)
        repairs = [show_repair(repair, report, words) for repair in cause.repairs]
        finding = self.result.findings[entry.findings[0]]
        changed = report.cell(entry.repair.changes[0].cell) if entry.repair else None
        place = self.result.locate(changed if changed and changed.place else finding)
        sources = tuple(dict.fromkeys(source for each in findings for source in each.sources))
        return CauseView(
            number=entry.number,
            severity=entry.severity,
            codes=tuple(sorted({each.code for each in findings})),
            headline=say_cause(cause, report, words),
            slips=repairs[0].slips if repairs else (),
            suggestion=words("cause-check") if len(repairs) == 1 else "",
            changes=entry.repair.changes if entry.repair else (),
            others=tuple(repairs[1:]),
            findings=findings,
            sources=sources,
            first=self._firsts.get(sources, entry.number),
            place=say_place(place, words),
            is_only_line=bool(place and place.line and is_line(place)),
            line=place.line if place else None,
            column=place.column if place and place.line else None,
            anchored=bool(self.marking.wrong(entry)),
            table=finding.cells[0].table if finding.cells else "",
        )

    @cached_property
    def _firsts(self) -> dict[tuple[str, ...], int]:
        """By the clauses that something rests on: the number under which they are told first."""
        firsts: dict[tuple[str, ...], int] = {}
        for entry in self._entries:
            sources = dict.fromkeys(source for at in entry.findings for source in self._sources(self.result.findings[at]))
            firsts.setdefault(tuple(sources), entry.number)
        return firsts

    def _sources(self, finding: Finding) -> tuple[str, ...]:
        rule = self.rules.get(finding.code)
        return tuple(source.in_language(self.words.language) for source in clauses(rule, self.report.edition)) if rule else ()

    def _changes(self, repair: Repair) -> tuple[str, ...]:
        blank = self.words("blank-value")
        return tuple(
            self.words(
                "change",
                cell=self.say_cell(change.cell),
                before=blank if change.before is None else change.before,
                after=say_number(change),
            )
            for change in repair.changes
        )

    def _name_cells(self, refs: Sequence[CellRef]) -> str:
        separator = "、" if self.words.language == "zh" else "; "
        named = separator.join(self.say_cell(ref) for ref in refs[:NAMED_CELLS])
        return self.words("and-more", cells=named, count=len(refs)) if len(refs) > NAMED_CELLS else named

    @cached_property
    def marking(self) -> Marking:
        """Which cells are marked, and with what."""
        return Marking(self.result, self._entries)

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
        causes = [entry for entry in self.entries if isinstance(entry, CauseView) and entry.table == name]
        after = say_afterwards(self._afterwards[name], self.words) if causes and self._afterwards else ""
        others = tuple(cause for cause in causes if cause.others)
        return TableView(name, title, table.found, lines, drawing.head, drawing.width, table.spec.layout == "flat", after, others)

    def _table_title(self, section: str, own: str) -> str:
        """Return the heading of the table's section, which is what readers know it by; its own label where several share a section."""
        form = self.report.form
        if form is None or sum(table.section == section for table in form.tables) > 1:
            return own
        spec = next((spec for spec in form.sections if spec.name == section), None)
        return self.words.heading(spec.number, spec.label.in_language(self.words.language)) if spec else own

    def _slot(self, cell: Cell, column_span: int) -> SlotView:
        marking = self.marking
        marks = marking.marks.get(cell.ref, ())
        worst = min((mark.severity for mark in marks if not mark.possible), key=lambda severity: severity.rank, default=None)
        text, printed = show_cell(cell, self.words, personal=self.result.personal_data_shown)
        said = marking.after.get(cell.ref, "")
        if not said and marks and cell.state is CellState.BLANK:
            deduced = examine(self.report).deduced.get(cell.ref)
            said = "" if deduced is None else digits(deduced)
        return SlotView(text, cell.state, printed, marks, worst, marking.involved.get(cell.ref, ()), column_span, said)
