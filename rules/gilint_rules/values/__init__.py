"""VAL: values that cannot be."""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.values.cells import FractionOfCase, InterpretedNumber, NegativeCount, TextForNumber
from gilint_rules.values.disclosure import (
    InForceTooLow,
    ItemsBelowZero,
    NormativeDocumentsNotPublic,
    PublishedAbovePublicTotal,
    RegulationsNotPublic,
    RegulationsWithoutPower,
)
from gilint_rules.values.money import AmountWithoutUnit, ProcurementIncomplete, SuperfluousUnit, UnitOfHeading
from gilint_rules.values.totals import PartAboveTotal, TotalOverZeroParts


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (
        NegativeCount,
        FractionOfCase,
        TextForNumber,
        TotalOverZeroParts,
        PartAboveTotal,
        ItemsBelowZero,
        PublishedAbovePublicTotal,
        RegulationsNotPublic,
        NormativeDocumentsNotPublic,
        InForceTooLow,
        RegulationsWithoutPower,
        ProcurementIncomplete,
        AmountWithoutUnit,
        SuperfluousUnit,
        UnitOfHeading,
        InterpretedNumber,
    )
