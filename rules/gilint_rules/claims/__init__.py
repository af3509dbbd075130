"""TXT: what the narrative says of numbers, against the tables and itself."""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.claims.cells import ClaimContradictsTable, DenialContradictsTable
from gilint_rules.claims.statements import PartsAboveWhole, ShareNotQuotient, StatementsContradict, StatementsLeftOut


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (ClaimContradictsTable, DenialContradictsTable, ShareNotQuotient, PartsAboveWhole, StatementsContradict, StatementsLeftOut)
