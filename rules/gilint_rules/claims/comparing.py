"""Claims beside the numbers of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gilint import CellRef, Claim, ClaimKind, Reading, Report, Text, label, reading_value

Number = int | Decimal


def readings(report: Report, claim: Claim) -> list[tuple[Reading, Number]]:
    """Return the readings of a claim for which the tables have a number, with the number."""
    return [(reading, value) for reading in claim.readings if (value := reading_value(report, reading)) is not None]


def compared(claim: Claim, found: Iterable[tuple[Reading, Number]]) -> Reading:
    """Return the cells with which a claim agrees, or else those of its likeliest reading; none where it has no cells."""
    agreeing = next((reading for reading, value in found if value == claim.value), None)
    return agreeing or next(iter(claim.readings), ())


def is_contradicted(report: Report, claim: Claim) -> bool:
    """Say whether the tables have another number whatever a claim means; never where one reading has no number."""
    if not claim.is_compared or claim.weak or claim.kind is ClaimKind.ALL_DONE:
        return False
    if claim.kind is ClaimKind.DENIAL:
        return bool(denied_cells(report, claim))
    return none_agrees(claim, readings(report, claim))


def none_agrees(claim: Claim, found: list[tuple[Reading, Number]]) -> bool:
    """Say whether every reading of a claim has a number, and none of them its own."""
    return len(found) == len(claim.readings) and claim.value not in [value for _, value in found]


def denied_cells(report: Report, claim: Claim) -> tuple[CellRef, ...]:
    """Return the cells above 0 that a denial contradicts.

    Whoever received nothing has handled nothing but what was carried in; of some applicants only, nothing is
    said of the others.
    """
    found = readings(report, claim)
    if len(found) < len(claim.readings) or not found:
        return ()
    reading, value = found[0]
    if claim.subject == "carried" and any(not other for _, other in found):
        # 无结转: from last year or to the next, nobody can say.
        return ()
    if value:
        return tuple(ref for ref in reading if report.cell(ref).value)
    if claim.subject not in ("received", "applications") or reading[0].column != "total":
        return ()
    total, carried = (CellRef("applications", row, "total") for row in ("total", "carried_in"))
    if (handled := reading_value(report, (total,))) is not None and (before := reading_value(report, (carried,))) is not None:
        return (total,) if handled > before else ()
    return ()


def named(report: Report, reading: Iterable[CellRef]) -> Text:
    """Name the cells of a reading: a sum of several, of many only the first and the last."""
    labels = [label(report, ref) for ref in reading]
    if len(labels) > 4:
        return Text(f"{labels[0].zh}……{labels[-1].zh} 等 {len(labels)} 格之和", f"the sum of {len(labels)} cells from {labels[0].en} on")
    return Text(" + ".join(text.zh for text in labels), " + ".join(text.en for text in labels))


def shown(value: Number) -> str:
    """Write a number without superfluous zeros."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
