"""Findings with one cause put together: a headline that says which cell should be what, and its consequences."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from gilint.equations import examine, violated_equations
from gilint.finding import Cause, Change, Outcome, Repair, Result, Severity
from gilint.model import Report
from gilint.output.parts import RepairView
from gilint.output.words import Words
from gilint.place import CellRef
from gilint.plans import Number, equations_of
from gilint.rule import alternative, correction

SHOWN_REPAIRS = 6
"""Ways out that are told where nothing can be folded away; all are in JSON. Section four has five."""


@frozen(eq=False, repr=False)
class Entry:
    """What is shown as one: a finding, or all that have one cause."""

    number: int
    """Counted from 1: errors before warnings before notes, and of each in the order of the first finding, which is that of the form."""
    findings: tuple[int, ...]
    """Positions in `Result.findings`."""
    cause: Cause | None = None
    severity: Severity = Severity.ERROR
    """The worst of its findings."""

    @property
    def repair(self) -> Repair | None:
        """The best repair, if there is any."""
        return self.cause.repairs[0] if self.cause and self.cause.repairs else None


def entries_of(result: Result) -> tuple[Entry, ...]:
    """Put the findings of each cause together; a finding without one stands alone. What keeps the report from being published comes first."""
    causes = {cause.number: cause for cause in result.causes}
    groups: dict[tuple[str, int], list[int]] = {}
    for at, finding in enumerate(result.findings):
        key = ("finding", at) if finding.cause not in causes else ("cause", finding.cause)
        groups.setdefault(key, []).append(at)
    worst = {key: min((result.findings[at].severity for at in group), key=_rank) for key, group in groups.items()}
    return tuple(
        Entry(number, tuple(groups[kind, key]), causes[key] if kind == "cause" else None, worst[kind, key])
        for number, (kind, key) in enumerate(sorted(groups, key=lambda key: worst[key].rank), start=1)
    )


def _rank(severity: Severity) -> int:
    return severity.rank


def say_cause(cause: Cause, report: Report, words: Words) -> str:
    """Return which cells should be what; where that is not sure what is likeliest, and where nothing is known why."""
    if not cause.repairs:
        reason = cause.reason.in_language(words.language) if cause.reason else words("cause-unknown")
        return words("cause-nowhere", count=len(cause.equations), reason=reason)
    if len(cause.repairs) == 1:
        return words("semicolon").join(say_changes(cause.repairs[0], report, words))
    single = all(len(repair.changes) == 1 for repair in cause.repairs)
    first = words("comma").join(say_alternative(cause.repairs[0], report, words))
    return words("cause-one-of" if single else "cause-several", count=len(cause.repairs), first=first)


def say_changes(repair: Repair, report: Report, words: Words) -> tuple[str, ...]:
    """Return what each cell of a repair should be and what it is."""
    return tuple(correction(report, change).in_language(words.language) for change in repair.changes)


def say_alternative(repair: Repair, report: Report, words: Words) -> tuple[str, ...]:
    """Return what each cell of a repair, of which there are several, is and what it should become."""
    return tuple(alternative(report, change).in_language(words.language) for change in repair.changes)


def show_repair(repair: Repair, report: Report, words: Words) -> RepairView:
    """Return one of several repairs in words."""
    return RepairView(say_alternative(repair, report, words), tuple(slip.in_language(words.language) for slip in repair.slips))


def say_number(change: Change) -> str:
    """Return what a cell should be: ``4``, or where blanks leave it open ``≥ 4``, ``≤ 4`` or ``4–9``."""
    if change.span is None:
        return digits(change.after)
    least, greatest = change.span
    if greatest is None:
        return f"≥ {digits(change.after if least is None else least)}"
    return f"{digits(least)}–{digits(greatest)}" if least else f"≤ {digits(greatest)}"


def digits(number: Number) -> str:
    """Return a number without an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def first_changes(result: Result) -> Mapping[CellRef, Number]:
    """Return the numbers that the best repair of each cause asks for."""
    repairs = [entry.repair for entry in entries_of(result)]
    return {change.cell: change.after for repair in repairs if repair for change in repair.changes}


def afterwards(result: Result) -> Mapping[str, Mapping[Outcome, int]]:
    """Return what becomes of the equations of each table once the best repairs are made; nothing where there is none."""
    changes = first_changes(result)
    if not changes or result.report.form is None:
        return {}
    equations = equations_of(result.report.form)
    exceptions = examine(result.report.with_changes(changes)).exceptions
    counts: dict[str, dict[Outcome, int]] = {}
    for number, equation in enumerate(equations):
        outcome = exceptions[number].outcome if number in exceptions else Outcome.HOLDS
        count = counts.setdefault(equation.table, dict.fromkeys(Outcome, 0))
        count[outcome] += 1
    return counts


def say_afterwards(counts: Mapping[Outcome, int], words: Words) -> str:
    """Return ``改后 39 个等式全部成立``, or how many do not hold even then."""
    if counts[Outcome.HOLDS] == sum(counts.values()):
        return words("after-all", count=counts[Outcome.HOLDS])
    said = [words(f"after-{outcome.value}", count=count) for outcome, count in counts.items() if count]
    return words("after-some", outcomes=words("comma").join(said))


def say_together(result: Result, words: Words) -> str:
    """Return ``8 个问题，合并列为 6 条：3 处勾稽不符，2 个原因``; ``""`` where no finding has a cause."""
    entries = entries_of(result)
    together = [entry for entry in entries if entry.cause]
    if not together:
        return ""
    violated = violated_equations(result.report)
    findings = [result.findings[at] for entry in together for at in entry.findings]
    # What else follows from the same mistake is no equation.
    equations = sum(finding.cells in violated or finding.code.startswith("SUM") for finding in findings)
    said = words("causes-of", violated=equations, causes=len(together))
    count = len(result.findings)
    return said if count == len(entries) else words("together", findings=count, entries=len(entries)) + words("colon") + said
