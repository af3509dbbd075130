"""Shares in percent: which numbers before them they can have been computed from."""

from __future__ import annotations

from collections.abc import Sequence

from gilint.claims.drafts import Clause, Count, Draft
from gilint.claims.model import ClaimKind, Quotient
from gilint.claims.tokens import Token

_SPOILING = ("comparing", "narrowing", "respectively", "each", "unnumbered")
_RECEIVED = frozenset(("receive", "receive_new", "due"))
_APPLICANTS = frozenset(("natural_person", "organisations"))
_KINDS = (
    frozenset(("granted", "partly_granted", "refused", "unavailable", "not_processed", "otherwise")),
    _APPLICANTS | {"business", "research", "public_interest", "legal_service"},
)
"""Meanings of parts that make up a whole together."""


def read_share(
    token: Token, clause: Clause, counts: Sequence[Count], number: int, sentence: int, answered: bool, bracketed: bool = False
) -> Draft | None:
    """Return what a number in percent says, ``None`` where it is no share of numbers of the text.

    Args:
        token: the number.
        clause: the clause in which it stands.
        counts: the numbers of the paragraph before it.
        number: of the clause.
        sentence: number of the sentence.
        answered: whether the number before it is that of applications answered, so that the tables say of how many.
        bracketed: whether it stands alone in brackets behind a number.
    """
    if (
        token.value is None
        or not counts
        or not clause.marks.isdisjoint(_SPOILING)
        or ("share" in clause.marks and "covering" in clause.marks)
    ):
        # 占全市申请总量的3% is a share of what is not counted here.
        return None
    if "rate" in clause.marks:
        here = [count for count in counts if count.sentence == sentence]
        done = [count for count in here if count.told and "answer" in count.meanings]
        received = [count.value for count in here if not _RECEIVED.isdisjoint(count.meanings)]
        if not done or not (received or (answered and "timely" not in clause.marks)):
            return None
        part, values = done[-1], received
    elif "share" in clause.marks and counts[-1].clause >= number - 1 and counts[-1].sentence == sentence:
        part, values = counts[-1], [count.value for count in counts[:-1]]
        # Else it is a share of something else: of what was published, of calls. Only applications are told apart by these applicants.
        known = part.told or not part.meanings.isdisjoint(_APPLICANTS)
        if not known and not any(count.told for count in counts if count.sentence == sentence):
            return None
    elif bracketed and counts[-1].told and counts[-1].sentence == sentence and any(count.told for count in counts[:-1]):
        part, values = counts[-1], [count.value for count in counts[:-1]]
    else:
        return None
    beside = next((kind for kind in _KINDS if not kind.isdisjoint(part.meanings)), frozenset())
    others = [count.value for count in counts if count is not part and not beside.isdisjoint(count.meanings)] if beside else []
    # What stands beside a part is no whole of it: 予以公开22件，不予公开4件，占13%.
    values = [value for value in values if value not in others or values.count(value) > others.count(value)]
    wholes = tuple(whole for whole in dict.fromkeys(values) if whole and whole >= part.value)
    decimals = len(token.text.partition(".")[2].rstrip("%"))
    start = clause.share.start if clause.share is not None else token.start
    return Draft(
        ClaimKind.SHARE, "share", token.value, (), start, token.end, "%", quotient=Quotient(part.value, wholes), decimals=decimals
    )  # fmt: skip
