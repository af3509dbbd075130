"""Personal data in a text: found with what proves it (a checksum, a domain, a phrase), and masked.

Rules tell of it, and no finding of any rule quotes it unless asked to, so both use what is found here. Office telephones, mailboxes of government
domains, codes of organisations and accounts of the treasury are nobody's personal data.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from gilint.data import Data


class PersonalKind(StrEnum):
    """What a piece of personal data is."""

    IDENTITY = "identity"
    """A citizen's identity number (公民身份号码)."""
    CARD = "card"
    """The number of a bank card."""
    MOBILE = "mobile"
    """A mobile number."""
    MAILBOX = "mailbox"
    """A mailbox at a provider for everyone."""
    OTHER_MAILBOX = "other-mailbox"
    """A mailbox of another domain that is no government's: of an institution, or of somebody."""
    NAME = "name"
    """The name of an applicant or party."""


@frozen(eq=False, repr=False)
class PersonalDatum(Data):
    """One piece of personal data in a text."""

    kind: PersonalKind
    start: int
    end: int
    masked: str
    """How it is printed unless asked for otherwise."""
    certain: bool = True
    """Whether a checksum, a label or its form leaves no doubt that it is a person's."""


_TELLING = (
    "申请人",
    "市民",
    "村民",
    "居民",
    "原告",
    "上诉人",
    "举报人",
    "第三人",
    "不服",
    "诉我",
    "诉本",
    "一案",
    "申请信息公开",
    "申请政府信息公开",
    "交的",
    "出的",
    "的信息公开申请",
    "的政府信息公开申请",
)
"""One of them stands where a name can be told."""


def personal_data(text: str) -> Iterator[PersonalDatum]:
    """Yield what is found in ``text``: numbers first, then mailboxes, then names, each in the order of the text.

    The time that it takes grows linearly with the text.
    """
    # What most texts have not is imported only when the text has the words without which it cannot be there.
    from gilint.personal.numbers import numbers

    yield from numbers(text)
    if "@" in text or "＠" in text:
        from gilint.personal.mailboxes import mailboxes

        yield from mailboxes(text)
    # 依申请公开 is what a section of every report is about.
    if any(word in text for word in _TELLING) or text.count("申请公开") > text.count("依申请公开"):
        from gilint.personal.names import names

        yield from names(text)


def without_personal_data(text: str) -> str:
    """Return ``text`` with every piece of personal data masked."""
    found = sorted(personal_data(text), key=lambda datum: (datum.start, -datum.end))
    pieces: list[str] = []
    position = 0
    for datum in found:
        if datum.start >= position:
            pieces += (text[position : datum.start], datum.masked)
            position = datum.end
    return "".join((*pieces, text[position:])) if found else text
