"""Private mailboxes: those outside of government domains, above all at providers for everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gilint.personal import PersonalDatum, PersonalKind

_LONGEST = 64
"""Characters of the name of a mailbox, by RFC 5321."""
# From the sign outwards: a pattern for the name would be tried at every letter of the text.
_NAME = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12}")
_PLAIN = {0xFF0E: ".", 0xFF20: "@", **{0xFF10 + digit: str(digit) for digit in range(10)}}
_PLAIN |= {code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_OFFICIAL = (".gov.cn", "gov.cn", ".mil.cn", ".政务")


def mailboxes(text: str) -> Iterator[PersonalDatum]:
    """Yield mailboxes that are not of a government domain; certain where the name is a mobile number."""
    if "＠" in text:
        text = text.translate(_PLAIN)
    position = text.find("@")
    while position >= 0:
        domain = _DOMAIN.match(text, position + 1)
        name = _NAME.search(text, max(position - _LONGEST, 0), position) if domain is not None else None
        if name is not None and domain is not None and not domain[0].lower().endswith(_OFFICIAL):
            shown = f"{_masked_name(name[0])}@{domain[0]}"
            kind = PersonalKind.MAILBOX if domain[0].lower() in providers() else PersonalKind.OTHER_MAILBOX
            yield PersonalDatum(kind, name.start(), domain.end(), shown, _MOBILE.search(name[0]) is not None)
        position = text.find("@", position + 1)


@lru_cache(maxsize=1)
def providers() -> frozenset[str]:
    """Return the domains of providers for everyone."""
    lines = Path(__file__).with_name("mailboxes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _masked_name(name: str) -> str:
    """Return a name that shows how it begins and is none any more, so that what is masked is not found again."""
    return f"{name[:3]}****" if _MOBILE.search(name) else f"{name[0]}***"
