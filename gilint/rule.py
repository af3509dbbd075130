"""The base class of every rule: its facts, its options, its check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from attrs import define, field, frozen

from gilint.data import Data
from gilint.finding import Cause, Change, Checked, Excerpt, Finding, Outcome, Repair, Severity
from gilint.language import Text
from gilint.model import Report
from gilint.notice import Notice
from gilint.phrases import Phrase
from gilint.place import CellRef, Place


@frozen
class Clause(Text):
    """A clause that is in force only for reports of some editions of the form, as the notice that prescribes one."""

    editions: tuple[str, ...] = ()
    """Editions that it applies to; empty: all."""


@frozen(eq=False, repr=False)
class Example(Data):
    """A report that shows the rule at work; run as a test and printed in the documentation.

    It is the consistent sample report of ``edition`` (`gilint.testing.sample_report`) with some cells printed otherwise, or, where ``document`` is
    given, that text.
    """

    cells: Mapping[str, str | None] = field(factory=dict)
    """``table.row.column`` (a row name may contain dots) to the printed text; ``None`` for a cell that is not there."""
    finds: tuple[tuple[str, ...], ...] = ()
    """The findings of this rule, each as the cells that it names (``table.row.column``); empty: the rule is silent."""
    edition: str = "2021"
    organ: str | None = None
    year: int | None = None
    document: str | None = None
    """A whole document instead of a changed sample."""
    notices: tuple[Notice, ...] = ()
    """What reading and recognising noticed besides, for rules about what no cell shows."""
    headings: Mapping[str, str | None] = field(factory=dict)
    """Section name to the heading that is printed instead; ``None`` for a heading, with its section, that is not there. The sections named
    stand in the order in which they are named here."""
    paragraphs: Mapping[str, str] = field(factory=dict, kw_only=True)
    """Section name to the narrative that is printed instead, a paragraph a line; the name ``""`` is what stands before the first heading, the
    title first."""

    note: Text | None = None
    """What the example shows."""


@define(eq=False, repr=False)
class Rule(Data):
    """A rule. Subclass it, state the facts, declare options as attrs fields, and write `check`.

    A class that declares options needs attrs' ``@define``, others do without (they are made in a tenth of the time). An option is
    an attrs field with a default, a converter or validator, and ``metadata={"doc": Text(...)}``.
    """

    code: ClassVar[str]
    """Three capitals and three digits, never reused."""
    name: ClassVar[str]
    """The fault in kebab case, read as *allow ...*: ``column-total-mismatch``."""
    severity: ClassVar[Severity]
    """The severity of its findings unless configured or given otherwise."""
    title: ClassVar[Text]
    """One line: what is wrong when it speaks."""
    message: ClassVar[Text]
    """The message of a finding, with ``{named}`` places."""
    suggestion: ClassVar[Text | None] = None
    rationale: ClassVar[Text]
    """Why it is bad, for someone who has to put it right."""
    source: ClassVar[tuple[Text, ...]]
    """The clauses that it rests on; never empty. One that concerns only some editions is a `Clause`."""
    examples: ClassVar[tuple[Example, ...]] = ()
    forms: ClassVar[tuple[str, ...]] = ("gi-annual-report",)
    """Ids of the forms that it is for; empty: every form, also a document in which none was recognised."""
    always: ClassVar[bool] = False
    """Runs unless ignored by name: a document that could not be read must not pass because other rules were selected."""

    follows: ClassVar[bool] = False
    """What it finds may follow from a number for which an equation does not add up either: it is told with that, if it is gone once that is put right."""

    def check(self, report: Report) -> Iterable[Finding | Checked]:
        """Look at a report and yield findings, and a `Checked` for each instance that should be counted."""
        raise NotImplementedError

    def find(
        self,
        *cells: CellRef | tuple[str, str, str],
        severity: Severity | None = None,
        message: Text | None = None,
        suggestion: Text | None = None,
        excerpts: Iterable[Excerpt] = (),
        repairs: Iterable[Repair] = (),
        place: Place | None = None,
        personal: Mapping[str, str] = MappingProxyType({}),
        **arguments: Any,
    ) -> Finding:
        """Make a finding of this rule about ``cells``; ``arguments`` fill the message and the suggestion, ``personal`` tells what to mask."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message or self.message,
            suggestion=suggestion or self.suggestion,
            arguments=arguments,
            cells=tuple(CellRef(*cell) for cell in cells),
            excerpts=tuple(excerpts),
            repairs=tuple(repairs),
            place=place,
            personal=personal,
        )

    def checked(
        self, outcome: Outcome, *cells: CellRef, reason: Text | None = None, excerpts: Iterable[Excerpt] = (), **arguments: Any
    ) -> Checked:
        """Say that one instance of this rule was looked at: which cells, and which words of the text."""
        return Checked(self.code, outcome, cells, reason, arguments, tuple(excerpts))

    def with_cause(self, finding: Finding, cause: Cause, report: Report) -> Finding:
        """Complete one of its findings by why an equation is violated, as far as it is about that; by default it stays as it is.

        Called for findings whose cells are those of a violated equation, the total first.
        """
        return finding


@define(eq=False, repr=False)
class PhraseRule(Rule):
    """A rule that looks for phrases: before the first report it is given the lists of all plugins."""

    phrases: tuple[Phrase, ...] = field(default=(), init=False, eq=False, repr=False)


def clauses(rule: type[Rule], edition: str | None) -> tuple[Text, ...]:
    """Return the clauses to cite with a finding in a report of ``edition``: all of the rule's where the edition is unknown.

    A rule that rests only on clauses of other editions still cites them, for it spoke.
    """
    if edition is None:
        return rule.source
    applying = tuple(text for text in rule.source if not isinstance(text, Clause) or not text.editions or edition in text.editions)
    return applying or rule.source


def label(report: Report, ref: CellRef | tuple[str, str, str]) -> Text:
    """Return how a message names a cell: ``(七)总计 · 自然人``, without the numbering in English."""
    table = report.tables[ref[0]].spec
    row, column = table.row(ref[1]).label, table.column(ref[2]).label
    return Text(f"{row.zh} · {column.zh}", f"{row.en} / {column.en}")


_OPEN = {
    "more": (Text("不小于 {least}", "{least} or more"), Text("{least} 或更大的数", "{least} or more")),
    "less": (Text("不大于 {greatest}", "{greatest} or less"), Text("{greatest} 或更小的数", "{greatest} or less")),
    "between": (
        Text("在 {least} 至 {greatest} 之间", "from {least} to {greatest}"),
        Text("{least} 至 {greatest} 之间的数", "a number from {least} to {greatest}"),
    ),
}
"""What is said of a number that blanks leave open: that it should be, and that it should become."""


def correction(report: Report, change: Change) -> Text:
    """Return what a cell should be and what it is: (七)总计 · 自然人 应为 0，现为 1."""
    after = Text(f"为 {change.after}", str(change.after)) if change.span is None else _open(change.span)[0]
    template = Text("{cell} 应{after}，现为 {before}", "{cell} should be {after}, it is {before}")
    return template.filled(cell=label(report, change.cell), after=after, before=_printed(change))


def alternative(report: Report, change: Change) -> Text:
    """Return what a cell is and what it should become, of one of several: 行政复议 · 总计 由 40 改为 4."""
    after = change.after if change.span is None else _open(change.span)[1]
    template = Text("{cell} 由 {before} 改为 {after}", "{cell} from {before} to {after}")
    return template.filled(cell=label(report, change.cell), after=after, before=_printed(change))


def _printed(change: Change) -> Text | int | Decimal:
    return Text("空白", "blank") if change.before is None else change.before


def _open(span: tuple[int | Decimal | None, int | Decimal | None]) -> tuple[Text, Text]:
    least, greatest = span
    kind = "more" if greatest is None else "between" if least else "less"
    ought, become = _OPEN[kind]
    return ought.filled(least=least, greatest=greatest), become.filled(least=least, greatest=greatest)
