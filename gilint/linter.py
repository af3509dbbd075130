"""The rules of one configuration, run on one report after the other. What fails becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from gilint.config import Config
from gilint.equations import violated_equations
from gilint.failures import DocumentFailed, RuleCrashed, TooManyFindings, describe_exception
from gilint.finding import Cause, Checked, Finding, Outcome, Result
from gilint.form import CellKey, Form
from gilint.language import LANGUAGES, Text
from gilint.model import Report
from gilint.place import CellRef, Place
from gilint.plans import equations_of
from gilint.plugins import Registry
from gilint.rule import Rule
from gilint.selection import Selection, left_out

MAXIMUM_FINDINGS = 1000
"""Findings of one rule in one document; what is beyond is left out and said."""


@frozen(eq=False, repr=False)
class Linter:
    """The rules of one configuration, made once and run on every document to which it applies."""

    registry: Registry
    config: Config
    rules: tuple[Rule, ...]
    left_out: tuple[str, ...] = ()
    """Built-in rules that are not run, as `Result.left_out` has them."""

    @classmethod
    def make(cls, registry: Registry, config: Config, selection: Selection) -> Linter:
        """Make an instance of every selected rule, with its options.

        Raises:
            ConfigError: the configuration names cells that no form has.
        """
        if not registry.problems:
            # A form of a plugin that could not be loaded may have them.
            config.repair.verify(registry.forms, config.path)
        rules = [rule for rule in registry.rules if rule in selection]
        made = tuple(registry.make(rule, config.options.get(rule.code, {})) for rule in rules)
        built_in = [rule for rule in registry.rules if registry.owners[rule.code].distribution == "gilint"]
        return cls(registry, config, made, left_out(built_in, selection))

    def lint(self, report: Report) -> Result:
        """Run the rules that apply to the report's form."""
        findings: list[Finding] = []
        checks: list[Checked] = []
        form = report.form.id if report.form else None
        ran = [rule for rule in self.rules if not rule.forms or form in rule.forms]
        for rule in ran:
            self._run(rule, report, findings, checks)
        causes = self._locate(ran, report, report.form, findings) if findings and report.form else ()
        if len(findings) > 1:
            findings.sort(key=position_in(report))
        return Result(
            report,
            tuple(findings),
            tuple(checks),
            self.left_out,
            tuple([rule.code for rule in ran]),
            causes,
            personal_data_shown=self.config.show_personal_data,
            unusable=self._unusable,
        )

    def _locate(self, ran: Sequence[Rule], report: Report, form: Form, findings: list[Finding]) -> tuple[Cause, ...]:
        """Let rules that found an equation violated tell why; return the causes, if any rule did find one."""
        violated = violated_equations(report)
        if not violated:
            return ()
        told = [at for at, finding in enumerate(findings) if finding.cells in violated]
        if not told:
            return ()
        from gilint.repairing import repair  # few reports need it

        sure = self.config.repair.of_form(form)
        causes = repair(report, fixed=sure.fixed, weights=dict(sure.weights))
        cause_of = {number: cause for cause in causes for number in cause.equations}
        rules = {rule.code: rule for rule in ran}
        for at in told:
            finding = findings[at]
            rule, cause = rules.get(finding.code), cause_of.get(violated[finding.cells])
            if rule is None or cause is None:
                continue
            try:
                findings[at] = self._verified(rule.with_cause(finding, cause, report), rule, report)
            # A rule may be anyone's; what it found is true all the same.
            except (Exception, SystemExit) as error:
                crashed = RuleCrashed().find(rule=rule.code, plugin=self._owner(rule), reason=describe_exception(error))
                findings.append(self.configured(crashed))
        _explain([rule for rule in ran if rule.follows], report, causes, findings)
        return causes

    def failed(self, report: Report, error: Exception) -> Result:
        """Return the result for a document on which gilint itself failed."""
        finding = DocumentFailed().find(reason=describe_exception(error))
        return Result(report, (self.configured(finding),), left_out=self.left_out, unusable=self._unusable)

    def _run(self, rule: Rule, report: Report, findings: list[Finding], checks: list[Checked]) -> None:
        """Run one rule, taking over what it found before it failed."""
        count = 0
        try:
            for item in rule.check(report):
                if isinstance(item, Checked):
                    _verify(item, rule, report)
                    checks.append(item)
                    continue
                count += 1
                if count > MAXIMUM_FINDINGS:
                    findings.append(
                        self.configured(TooManyFindings().find(rule=rule.code, plugin=self._owner(rule), limit=MAXIMUM_FINDINGS))
                    )
                    break
                findings.append(self._verified(item, rule, report))
        # A rule may be anyone's. RecursionError and MemoryError are Exceptions too.
        except (Exception, SystemExit) as error:
            findings.append(self.configured(RuleCrashed().find(rule=rule.code, plugin=self._owner(rule), reason=describe_exception(error))))

    @property
    def _unusable(self) -> tuple[Text, ...]:
        return tuple([problem.text for problem in self.registry.problems])

    def _owner(self, rule: Rule) -> str:
        return str(self.registry.owners[rule.code])

    def _verified(self, finding: Finding, rule: Rule, report: Report) -> Finding:
        """Complete a finding, and refuse one that no output could print."""
        if not isinstance(finding, Finding) or finding.code != rule.code:
            raise TypeError(f"check() yielded {str(finding)[:80]}, not a finding of {rule.code}")
        for language in LANGUAGES:
            finding.say(language)
            finding.suggest(language)
        place = finding.place
        cells = [report.cell(ref) for ref in finding.cells]
        if place is None:
            place = next((cell.place for cell in cells if cell.place is not None), None)
        return self.configured(self._shown(finding), place)

    def _shown(self, finding: Finding) -> Finding:
        """Return a finding as it may be printed: without personal data, unless they are asked for."""
        if self.config.show_personal_data:
            return evolve(finding, personal={}) if finding.personal else finding
        from gilint.masking import masked  # few reports have anything to quote

        return masked(finding) if finding.excerpts or finding.arguments else finding

    def configured(self, finding: Finding, place: Place | None = None) -> Finding:
        """Return a finding with the severity that is configured for it, and with its place."""
        severity = self.config.severity_of(finding.code) or finding.severity
        if severity is finding.severity and place is finding.place:
            return finding
        return evolve(finding, severity=severity, place=place)


def _verify(check: Checked, rule: Rule, report: Report) -> None:
    """Refuse what no output could print here, at its rule, and not when a report of it is written."""
    if check.code != rule.code or type(check.outcome) is not Outcome:
        raise TypeError(f"check() yielded {str(check)[:80]}, not a check of {rule.code}")
    cells = check.cells
    # There is a check for every equation of every report, about cells that the form is known to have.
    if cells and (report.form is None or _operands(report.form).get(id(cells)) is not cells):
        for ref in cells:
            report.cell(ref)
    if check.reason is not None:
        for language in LANGUAGES:
            check.reason.in_language(language, check.arguments)


@lru_cache(maxsize=64)
def _operands(form: Form) -> dict[int, tuple[CellRef, ...]]:
    """Return the operands of each equation by their identity, which stays theirs as long as they are kept here."""
    return {id(equation.cells): equation.cells for equation in equations_of(form)}


@lru_cache(maxsize=64)
def _cell_order(form: Form) -> dict[CellKey, int]:
    return {key: number for number, key in enumerate(form.keys)}


def position_in(report: Report) -> Callable[[Finding], tuple[Any, ...]]:
    """Return the key by which findings of a report are sorted: the whole document, then cells in the order of the form, then text; then by code."""
    order = _cell_order(report.form) if report.form else {}

    def key(finding: Finding) -> tuple[Any, ...]:
        place = finding.place or Place()
        where = tuple(number or 0 for number in (place.line, place.page, place.paragraph, place.table, place.row, place.cell, place.column))
        if finding.cells:
            return 1, order.get(finding.cells[0], 0), finding.code, where
        if finding.excerpts:
            return 2, finding.excerpts[0].section or 0, *where, finding.code
        return 0, 0, finding.code, where

    return key


def _explain(rules: Iterable[Rule], report: Report, causes: Iterable[Cause], findings: list[Finding]) -> None:
    """Put findings under the cause whose likeliest repair changes one of their cells, if they are gone once the likeliest repairs are made."""
    changes = {change.cell: (change.after, cause) for cause in causes for repair in cause.repairs[:1] for change in repair.changes}
    if not changes:
        return
    repaired = report.with_changes({cell: after for cell, (after, _) in changes.items()})
    for rule in rules:
        concerned = [
            at for at, finding in enumerate(findings) if finding.code == rule.code and not changes.keys().isdisjoint(finding.cells)
        ]
        left = _cells_found(rule, repaired) if concerned else set()
        for at in concerned:
            cells = findings[at].cells
            if left.isdisjoint(cells):
                cause = next(changes[cell][1] for cell in cells if cell in changes)
                findings[at] = evolve(findings[at], cause=cause.number, repairs=cause.repairs)


def _cells_found(rule: Rule, report: Report) -> set[CellRef]:
    """Return the cells in which a rule finds something; all where it fails, as any rule may."""
    try:
        return {cell for found in rule.check(report) if isinstance(found, Finding) for cell in found.cells}
    except (Exception, SystemExit):
        return {CellRef(*key) for key in report.form.keys} if report.form else set()
