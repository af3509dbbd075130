"""What linting yields: findings, what was checked, and the result for one document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from gilint.data import Data
from gilint.language import Language, Text
from gilint.model import Cell, Report, Section
from gilint.place import CellRef, Place
from gilint.waiver import Waiver as Waiver


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """Wrong."""
    WARNING = "warning"
    """Very likely wrong, or against the format."""
    NOTE = "note"
    """Worth a look."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


_SHOWN = 60
"""Characters of the message that stand for a finding."""


@frozen(eq=False, repr=False)
class Excerpt(Data):
    """A piece of the narrative that a finding is about."""

    text: str
    section: int | None = None
    """Number of the section, counted from 1; ``None`` for the text before the first."""
    place: Place | None = None
    """Of the paragraph or cell in which the words stand."""
    start: int | None = field(default=None, eq=False)
    """Where the words in question begin in the text of that, counted from 0; ``None`` where nobody knows."""


@frozen(eq=False, repr=False)
class Change(Data):
    """A cell, the number it has (``None`` for none) and the number it should have."""

    cell: CellRef
    before: int | Decimal | None
    after: int | Decimal
    """Where blanks leave it open the nearest that it can be."""
    span: tuple[int | Decimal | None, int | Decimal | None] | None = None
    """The least and the greatest number that it can be where blanks leave it open, ``None`` for no end; ``None`` where it can be but one."""


@frozen(eq=False, repr=False)
class Repair(Data):
    """A smallest set of changes that makes every equation hold."""

    changes: tuple[Change, ...]
    """In the order of the form."""
    slips: tuple[Text, ...] = ()
    """How the mistake may have come about, likeliest first."""


@frozen(eq=False, repr=False)
class Cause(Data):
    """What one or more violated equations of a report have in common: one mistake, or some that cannot be told apart."""

    number: int
    """Counted from 1 in each report, in the order of the form."""
    equations: tuple[int, ...]
    """The violated equations that it explains, by their numbers in `gilint.equations_of` of the form. Where a table has blanks besides they may
    be equations that only cannot hold together."""
    repairs: tuple[Repair, ...] = ()
    """Every smallest one, best first; each alone makes these equations hold. Empty where the mistake cannot be located."""
    reason: Text | None = None
    """Why it cannot be located."""


@frozen(eq=False, repr=False)
class Finding(Data):
    """One fault at one place. Its words are kept apart from its facts, so that it prints in either language."""

    code: str
    name: str
    """The fault's name, for example ``column-total-mismatch``."""
    severity: Severity
    message: Text
    """With ``{named}`` places for ``arguments``."""
    suggestion: Text | None = None
    arguments: Mapping[str, Any] = field(factory=dict)
    cells: tuple[CellRef, ...] = ()
    """Every cell that it is about; of an equation every operand, the total first."""
    excerpts: tuple[Excerpt, ...] = ()
    repairs: tuple[Repair, ...] = ()
    """Of a violated equation, and what follows from the same mistake: the repairs of its cause, best first."""
    place: Place | None = None
    """Where in the source; of a finding about cells, the place of the first one that has any."""
    cause: int | None = None
    """Of a violated equation, and what follows from the same mistake: the number of its cause in `Result.causes`."""
    personal: Mapping[str, str] = field(factory=dict, kw_only=True)
    """Personal data that it quotes, each as printed and as masked. The linter masks them, unless asked not to, and leaves this empty."""

    def say(self, language: Language = "zh") -> str:
        """Return the message in one language."""
        return self.message.in_language(language, self.arguments)

    def suggest(self, language: Language = "zh") -> str:
        """Return the suggestion in one language, ``""`` when there is none."""
        return self.suggestion.in_language(language, self.arguments) if self.suggestion else ""

    def __repr__(self) -> str:
        about = f" {'.'.join(self.cells[0])}" if self.cells else ""
        more = f" +{len(self.cells) - 1}" if len(self.cells) > 1 else ""
        try:
            said = self.say()
        # A rule may be anyone's, and an argument forgotten; what it yielded must still be told apart.
        except Exception:
            said = self.message.zh
        return f"<Finding {self.code} {self.severity.value}{about}{more}: {said if len(said) <= _SHOWN else said[: _SHOWN - 1] + '…'}>"


class Outcome(StrEnum):
    """What became of one check."""

    HOLDS = "holds"
    VIOLATED = "violated"
    NOT_ASSESSABLE = "not_assessable"


@frozen(eq=False, repr=False)
class Checked(Data):
    """One instance of a rule that was looked at, also where nothing is wrong: what makes silence mean *fine*."""

    code: str
    outcome: Outcome
    cells: tuple[CellRef, ...] = ()
    reason: Text | None = None
    """Why it could not be assessed, or on what condition it holds."""
    arguments: Mapping[str, Any] = field(factory=dict)
    excerpts: tuple[Excerpt, ...] = ()
    """The words that were compared with the cells, or with each other."""


@frozen(eq=False, repr=False)
class Waived(Data):
    """A finding that is accepted, and by what."""

    finding: Finding
    waiver: Waiver


class Verdict(StrEnum):
    """May the document be published?"""

    PUBLISHABLE = "publishable"
    """可发布: nothing wrong, and everything could be checked."""
    REVIEW = "review"
    """需复核: warnings, something that could not be checked (data have no text), rules that were left out, or plugins that cannot be used."""
    NOT_PUBLISHABLE = "not-publishable"
    """不可发布: errors."""
    UNDECIDED = "undecided"
    """无法判断: the document could not be read or recognised, or a rule crashed and the others found no error."""


@frozen(eq=False, repr=False)
class Result:
    """What linting one document gave."""

    report: Report
    findings: tuple[Finding, ...] = ()
    """Sorted by place in the form or document, then by code."""
    checks: tuple[Checked, ...] = ()
    left_out: tuple[str, ...] = ()
    """Built-in rules that were left out by selection or configuration, sorted: a family of which none was run (``TXT``), else codes."""
    ran: tuple[str, ...] = ()
    """Codes of the rules that were run on it, sorted: those selected that are for its form."""
    causes: tuple[Cause, ...] = ()
    """Why equations are violated; empty where none is, or where no finding tells of one."""
    waived: tuple[Waived, ...] = ()
    """Findings that somebody has accepted, sorted like ``findings``, which do not hold them; they count for nothing else."""
    used_waivers: tuple[Waiver, ...] = ()
    """Waivers that fit a finding of this document, also those that have expired."""
    idle_waivers: tuple[Waiver, ...] = ()
    """Waivers for this document that fit no finding, though their rules were run on it."""
    personal_data_shown: bool = False
    """Whether output may show personal data as printed; they are masked otherwise."""
    unusable: tuple[Text, ...] = ()
    """What of installed plugins could not be used, and why: their rules were not run."""

    @property
    def partial(self) -> bool:
        """Whether built-in rules were left out: the document was then not checked altogether."""
        return bool(self.left_out)

    def count(self, severity: Severity | str) -> int:
        """Return how many findings have that severity, or that of that name (``"error"``).

        Raises:
            ValueError: there is no such severity.
        """
        severity = Severity(severity)
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def checked(self) -> dict[str, dict[str, int]]:
        """How many checks held, were violated or could not be assessed, per family of rules (``SUM``)."""
        families: dict[str, dict[str, int]] = {}
        for check in self.checks:
            family = families.setdefault(check.code[:3], {outcome.value: 0 for outcome in Outcome})
            family[check.outcome.value] += 1
        return dict(sorted(families.items()))

    @property
    def verdict(self) -> Verdict:
        """May the document be published?"""
        if self.report.form is None:
            return Verdict.UNDECIDED
        # A rule that crashed (DOC9) hides nothing that the others found.
        errors = [finding.code for finding in self.findings if finding.severity is Severity.ERROR]
        if errors:
            found = [code for code in errors if not code.startswith("DOC9")]
            return Verdict.NOT_PUBLISHABLE if found and not any(code.startswith("DOC") for code in found) else Verdict.UNDECIDED
        unassessed = self.report.cells_only or self._overlooked or any(check.outcome is Outcome.NOT_ASSESSABLE for check in self.checks)
        return Verdict.REVIEW if self.partial or self.unusable or unassessed or self.count(Severity.WARNING) else Verdict.PUBLISHABLE

    @property
    def _overlooked(self) -> bool:
        """Whether something could not be read or run. Accepting that does not make it checked."""
        return any(each.finding.code.startswith("DOC") and each.finding.severity is Severity.ERROR for each in self.waived)

    def locate(self, thing: Finding | Excerpt | Cell | Section | Place) -> Place | None:
        """Return where something stands in its source, with line and column where its format has lines; its own `place` may lack them.

        A finding that quotes words of the paragraph in which it stands is where the first of them are.
        """
        place = thing if isinstance(thing, Place) else thing.place
        if place is None:
            return None
        if isinstance(thing, Finding):
            quoted = thing.excerpts[0] if thing.excerpts else None
            thing = quoted if quoted is not None and quoted.place is not None and quoted.place.is_beside(place) else place
        exact = None
        if isinstance(thing, Excerpt) and thing.place is not None and thing.start is not None:
            exact = self.report.document.within(thing.place, thing.start)
        return exact or self.report.document.locate(place)

    def to_frame(self, language: Language = "zh") -> Any:
        """Return the findings as a tidy data frame, one row a finding, by polars or pandas, whichever is installed.

        Columns: path, organ, year, edition, code, name, severity, table, row, column (of the first cell; of an equation the total), cells (all),
        message, suggestion, excerpt, cause, line, character (where it stands in the source).

        Raises:
            MissingDependencyError: neither library is installed.
        """
        from gilint.frames import result_frame

        return result_frame(self, language)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(severity)} {severity.value}" for severity in Severity)
        without = f"; without {', '.join(self.left_out)}" if self.left_out else ""
        return f"<Result {self.report.path}: {self.verdict.value}; {counts}{without}>"

    def _repr_html_(self) -> str:
        from gilint.notebook import result_html

        return result_html(self)
