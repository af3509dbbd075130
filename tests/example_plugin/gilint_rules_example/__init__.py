"""A house rule for gilint: the row 其他处理 is no place to hide results in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import define, field
from attrs.validators import ge, gt, le

import gilint
from gilint import Example, Finding, Report, Rule, Severity, Text

OTHER_ROWS = {"2019": "other", "2021": "other.other"}
"""Edition to the row 其他处理, which the edition of 2021 divides."""


def exact(number: int | float | str | Decimal) -> Decimal:
    """Take 0.7 from a configuration as 0.7, not as the binary fraction next to it."""
    return Decimal(str(number))


@define
class OtherResultsOverused(Rule):
    """Most applications are booked under 其他处理, where nobody can see what became of them."""

    code, name, severity = "EXA001", "other-results-overused", Severity.WARNING
    title = Text("“其他处理”占比过高", "Too many results are booked as handled otherwise")
    message = Text(
        "办结 {total} 件，其中 {other} 件列入“其他处理”，超过 {share}",
        "{other} of {total} results are booked as handled otherwise, more than {share}",
    )
    suggestion = Text(
        "请逐件核对，能归入第（一）至（五）项的归入相应各项",
        "look at each of them, and move those that belong to one of the items (1) to (5)",
    )
    rationale = Text(
        "“其他处理”只用于不属于前五项的情形。大量列入其他，统计表就看不出申请是如何办理的。",
        "It is meant for what none of the items before covers. Booked there in numbers, the table no longer tells how applications were handled.",
    )
    source = (Text("示例：本单位年报审核要求第三条", "Example: article 3 of our own review instructions"),)
    examples = (
        Example(
            edition="2021",
            cells={"applications.other.other.total": "90", "applications.total.total": "100"},
            finds=(("applications.other.other.total", "applications.total.total"),),
            note=Text("100 件中有 90 件列入其他", "90 of 100 are booked as other"),
        ),
        Example(
            edition="2021",
            cells={"applications.other.other.total": "3", "applications.total.total": "5"},
            note=Text("件数太少，不作判断", "too few to judge"),
        ),
    )

    share: Decimal = field(
        default=Decimal("0.5"),
        converter=exact,
        validator=[gt(0), le(1)],
        metadata={"doc": Text("允许的最大占比，0 到 1 之间", "Largest share that is allowed, between 0 and 1")},
    )
    at_least: int = field(
        default=10, validator=ge(1), metadata={"doc": Text("办结少于这个件数的不作判断", "Fewer results than this are not judged")}
    )

    def check(self, report: Report) -> Iterable[Finding]:
        """Compare the row 其他处理 with the total."""
        row = OTHER_ROWS.get(report.edition or "")
        if row is None:
            return
        other, total = report.applications[row, "total"], report.applications["total", "total"]
        # A blank is not zero: what is not printed as a number is not judged here.
        if other.value is None or total.value is None:
            return
        if total.value >= self.at_least and other.value > self.share * total.value:
            yield self.find(other.ref, total.ref, other=other.value, total=total.value, share=f"{self.share:.0%}")


@gilint.hookimpl
def gilint_rules() -> Iterable[type[Rule]]:
    """Return the rules of this plugin."""
    return [OtherResultsOverused]


CLAIMS = """
[words]
# What our offices call an application for disclosure.
application = ['公开诉求单']
"""


@gilint.hookimpl
def gilint_claims() -> Iterable[str]:
    """Let the rules on the narrative understand our own word for an application."""
    return (CLAIMS,)
