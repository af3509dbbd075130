"""SUM: the equations (勾稽关系) within a report.

The equations come from the form, so that those of a plugin's form are checked by the same rules.
"""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.sums.shapes import BalanceMismatch, ColumnTotalMismatch, EquationsNotAssessable, ReviewTotalMismatch, RowTotalMismatch


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (RowTotalMismatch, ColumnTotalMismatch, BalanceMismatch, ReviewTotalMismatch, EquationsNotAssessable)
