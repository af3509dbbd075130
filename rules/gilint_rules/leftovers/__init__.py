"""TXT021 and up: what a sample, another organ's report or last year's left in the text."""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.leftovers.organs import OrganOfAnother
from gilint_rules.leftovers.placeholders import PlaceholderLeft
from gilint_rules.leftovers.years import YearLeft


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (PlaceholderLeft, OrganOfAnother, YearLeft)
