"""PII: personal data that a report must not publish."""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.privacy.contacts import MobileNumber, PrivateMailbox
from gilint_rules.privacy.persons import ApplicantNamed, CardNumber, IdentityNumber


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (IdentityNumber, CardNumber, MobileNumber, PrivateMailbox, ApplicantNamed)
