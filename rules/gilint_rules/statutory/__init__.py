"""LAW: what the law demands of the text of a report, and what it cites.

Offices word the same thing in many ways, so a rule speaks only where no usual wording can be meant.
"""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.statutory.citations import NoticeMiscited, NoticeOutOfForce
from gilint_rules.statutory.contact import ContactMalformed, ContactMissing
from gilint_rules.statutory.contents import AccountabilityMissing, FeesNotStated, SectionWithoutContent
from gilint_rules.statutory.dates import DateMalformed
from gilint_rules.statutory.publication import PublishedLate
from gilint_rules.statutory.years import PeriodOfAnotherYear, TitleOfAnotherYear


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (
        FeesNotStated,
        PeriodOfAnotherYear,
        TitleOfAnotherYear,
        DateMalformed,
        PublishedLate,
        NoticeOutOfForce,
        NoticeMiscited,
        AccountabilityMissing,
        SectionWithoutContent,
        ContactMalformed,
        ContactMissing,
    )
