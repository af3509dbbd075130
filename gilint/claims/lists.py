"""What a list of numbers has named so far."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.claims.drafts import Draft
from gilint.claims.model import ClaimKind


def listed_columns(drafts: Sequence[Draft]) -> tuple[Draft | None, set[str]]:
    """Return the last statement of a list by kinds of applicants, and the columns that the list has named."""
    last: Draft | None = None
    listed: set[str] = set()
    for draft in reversed(drafts):
        if draft.kind is ClaimKind.SHARE:
            continue
        last = last or draft
        columns = {ref.column for ref in draft.readings[0]} if draft.readings else {"total"}
        if not columns or "total" in columns or draft.statement is not last.statement:
            break
        listed |= columns
    return last, listed


def summed_up(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the end of a list whose numbers can be added up: statements of one group, all of all applicants or all of some."""
    listed: list[Draft] = []
    for draft in reversed(drafts):
        if draft.statement is None or not draft.statement.adds or (listed and not _is_of_one_list(draft, listed[0])):
            break
        listed.insert(0, draft)
    return listed


def _is_of_one_list(one: Draft, other: Draft) -> bool:
    """Say whether the numbers of two statements may be added up: of the same group, and both of all applicants or both of some."""
    if one.statement is None or other.statement is None or one.statement.adds != other.statement.adds or not one.readings:
        return False
    return (one.readings[0][0].column == "total") is (other.readings[0][0].column == "total")
