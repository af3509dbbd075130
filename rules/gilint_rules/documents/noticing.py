"""A rule that turns what was noticed into findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from gilint import Finding, Notice, NoticeKind, Report, Rule, Severity, Text
from gilint_rules import ARTICLE_49, ARTICLE_50

_UNCHECKED = Text(
    "没有读到的内容无法核对，不能当作没有问题。",
    "What could not be read could not be checked, and must not pass for clean.",
)


class NoticeRule(Rule):
    """A rule that turns one kind of notice into findings, one a notice."""

    forms = ()
    source: ClassVar[tuple[Text, ...]] = (ARTICLE_49, ARTICLE_50)
    rationale = _UNCHECKED
    kinds: ClassVar[tuple[NoticeKind, ...]]

    def check(self, report: Report) -> Iterator[Finding]:
        """Yield a finding for each notice of the rule's kinds."""
        for notice in report.noticed(*self.kinds):
            yield self.find(*notice.cells, severity=self.weigh(notice), place=notice.place, **self.explain(report, notice))

    def weigh(self, notice: Notice) -> Severity:
        """Return how bad it is; the rule's own severity unless the rule says otherwise."""
        return self.severity

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Return what fills the message; the notice's own data unless the rule says otherwise."""
        return dict(notice.data)
