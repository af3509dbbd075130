"""What was checked and how it came out, and what the edition was recognised by: the reasons to trust a result."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from attrs import frozen

from gilint.finding import Checked, Outcome, Result
from gilint.model import Report
from gilint.output.words import Words, shorten
from gilint.personal import without_personal_data
from gilint.rule import label
from gilint.values import CellState

_NAMED_TOTALS = 3
_NAMED_LABELS = 3
_NAMED_STATEMENTS = 5
_STATEMENT_LENGTH = 60
_LABEL_LENGTH = 16


@frozen(eq=False, repr=False)
class Tally:
    """The checks of one family of rules."""

    family: str
    """Its name in words."""
    prefix: str
    counts: dict[Outcome, int]
    reasons: tuple[str, ...]
    """Why some could not be assessed."""
    conditions: tuple[str, ...]
    """On what condition some hold."""
    conditional: int
    """How many of those that hold do so on a condition."""

    def say(self, words: Words) -> str:
        """Return ``42 项成立（其中 2 项有条件），3 项不成立``, or ``均有条件``; what does not occur is left out."""
        shown = [(outcome, count) for outcome, count in self.counts.items() if count]
        key = "conditions-all" if self.conditional == self.counts[Outcome.HOLDS] else "conditions-of"
        condition = words(key, count=self.conditional) if self.conditional else ""
        return words("comma").join(
            words.outcome(outcome, count) + (condition if outcome is Outcome.HOLDS else "") for outcome, count in shown
        )


def tallies(result: Result, words: Words) -> tuple[Tally, ...]:
    """Count what became of the checks, by family."""
    return tuple(
        Tally(
            words.family(prefix),
            prefix,
            {outcome: counts[outcome.value] for outcome in Outcome},
            (*_reasons(result, prefix, Outcome.NOT_ASSESSABLE, words), *_not_compared(result, prefix, words)),
            _reasons(result, prefix, Outcome.HOLDS, words),
            sum(check.outcome is Outcome.HOLDS and check.reason is not None and check.code.startswith(prefix) for check in result.checks),
        )
        for prefix, counts in result.checked.items()
    )


def _reasons(result: Result, prefix: str, outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Return each different reason once, with how often and of what it was given, in the order of the checks."""
    groups: dict[str, list[Checked]] = {}
    for check in result.checks:
        if check.outcome is outcome and check.reason and check.code.startswith(prefix):
            groups.setdefault(check.reason.in_language(words.language, check.arguments), []).append(check)
    return tuple(_say_reason(result.report, reason, checks, words) for reason, checks in groups.items())


def _say_reason(report: Report, reason: str, checks: Sequence[Checked], words: Words) -> str:
    cells = [check.cells[0] for check in checks if check.cells][:_NAMED_TOTALS]
    named = []
    for ref in cells:
        try:
            named.append(label(report, ref).in_language(words.language))
        except KeyError:
            continue
    if not named:
        return words("times", reason=reason, count=len(checks))
    return words("times-at", reason=reason, count=len(checks), cells=[*named, ...] if len(checks) > len(named) else named)


def _not_compared(result: Result, prefix: str, words: Words) -> tuple[str, ...]:
    """Say which words of the text could not be compared with the tables, and for want of what; each of them once."""
    groups: dict[str, list[Checked]] = {}
    for check in result.checks:
        if check.outcome is Outcome.NOT_ASSESSABLE and not check.reason and check.excerpts and check.code.startswith(prefix):
            groups.setdefault(check.excerpts[0].text, []).append(check)
    said = [_say_not_compared(result, text, checks, words) for text, checks in list(groups.items())[:_NAMED_STATEMENTS]]
    left = sum(len(checks) for checks in list(groups.values())[_NAMED_STATEMENTS:])
    return (*said, words("not-compared-more", count=left)) if left else tuple(said)


def _say_not_compared(result: Result, text: str, checks: Sequence[Checked], words: Words) -> str:
    report = result.report
    lacking = [cell for ref in dict.fromkeys(ref for check in checks for ref in check.cells) if (cell := report.cell(ref)).value is None]
    key = "not-compared" if lacking else "not-compared-nowhere"
    if lacking and all(cell.state is CellState.BLANK for cell in lacking):
        key = "not-compared-blank"
    named = [label(report, cell.ref).in_language(words.language) for cell in lacking[:_NAMED_TOTALS]]
    shown = shorten(text if result.personal_data_shown else without_personal_data(text), _STATEMENT_LENGTH)
    reason = words(key, text=shown, cells=[*named, ...] if len(lacking) > len(named) else named)
    return words("times", reason=reason, count=len(checks))


def evidence_lines(report: Report, words: Words) -> tuple[str, ...]:
    """Return how well each table fits each edition, best first, a table a line."""
    tables: dict[str, list[tuple[float, str, tuple[str, ...]]]] = {}
    for evidence in report.evidence:
        tables.setdefault(evidence.table, []).append((evidence.score, evidence.edition, evidence.labels))
    lines = []
    for name, scores in tables.items():
        fits = []
        for score, edition, labels in sorted(scores, key=lambda item: (-item[0], item[1])):
            # Rounded down: 100 % is said only where every label is there.
            fit = words("evidence-score", edition=edition, percent=floor(score * 100 + 1e-9))
            fits.append(
                fit + (words("evidence-labels", labels=[shorten(text, _LABEL_LENGTH) for text in labels[:_NAMED_LABELS]]) if labels else "")
            )
        lines.append(_table_label(report, name, words) + words("colon") + words("semicolon").join(fits))
    return tuple(lines)


def _table_label(report: Report, name: str, words: Words) -> str:
    table = report.tables.get(name)
    return table.spec.label.in_language(words.language) if table else name
