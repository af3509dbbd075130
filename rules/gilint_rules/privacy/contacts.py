"""Mobile numbers and private mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field

from gilint import Example, PersonalDatum, PersonalKind, Severity, Text, deferred
from gilint_rules.privacy.disclosing import LAWS, PersonalDataRule

_HEAD = "白石县教育局2022年政府信息公开工作年度报告\n"


class MobileNumber(PersonalDataRule):
    """A mobile number."""

    code, name, severity = "PII003", "mobile-number", Severity.ERROR
    title = Text("公开了手机号码", "A mobile number is published")
    message = Text("文中有手机号码 {printed}。", "The text has a mobile number: {printed}.")
    kinds = (PersonalKind.MOBILE,)
    examples = (
        Example(document=_HEAD + "如有疑问请联系王科长,手机:13812345678。\n一、总体情况\n", finds=((),)),
        Example(
            document=_HEAD + "联系电话:0469-6110298,政务服务热线12345,受理编号13812345678。\n一、总体情况\n",
            note=Text("办公电话、热线和编号，不算", "telephones of the office, hotlines and file numbers are no personal data"),
        ),
    )


# Of an office: what it is called in pinyin or English, or four and more initials, which no person's name has.
_OF_AN_OFFICE = deferred(
    r"[^@]*(?:xxgk|zwgk|zfxx|xinxi|gongkai|gov|office|zfb|bgs|zhengfu|zhengwu|zwdt|jubgs|dangzheng|rsk|zhk|wangxin)[^@]*@.*"
    r"|[bcdfghjklmnpqrstwxyz]{4,}[0-9]{0,6}@.*|[a-z]{2,}(?:ju|xian|shi|qu|zhen|jiedao|ban)[0-9]{0,6}@.*",
    re.IGNORECASE,
)


def _small(domains: Iterable[str]) -> frozenset[str]:
    return frozenset(domain.strip().lower() for domain in domains)


@define(eq=False, repr=False)
class PrivateMailbox(PersonalDataRule):
    """A mailbox at a provider for everyone."""

    code, name, severity = "PII004", "private-mailbox", Severity.WARNING
    title = Text("公开了私人邮箱", "A private mailbox is published")
    message = Text("{printed} 不是政务邮箱。", "{printed} is no official mailbox.")
    suggestion = Text("请改用政务邮箱（以 gov.cn 结尾）。", "Give an official mailbox (ending in gov.cn) instead.")
    rationale = Text(
        "私人邮箱含有个人信息（常以手机号命名），人员调动后申请人的来信无人处理，也不符合政务邮箱管理要求。",
        "A private mailbox holds personal data (its name is often a mobile number); once its owner is transferred, letters of applicants are lost.",
    )
    source = LAWS
    kinds = (PersonalKind.MAILBOX, PersonalKind.OTHER_MAILBOX)
    examples = (
        Example(document=_HEAD + "电子邮箱:13812345678@163.com。\n一、总体情况\n", finds=((),)),
        Example(document=_HEAD + "电子邮箱:xxgk@baishi.gov.cn。\n一、总体情况\n"),
    )

    domains: frozenset[str] = field(
        default=frozenset(),
        converter=_small,
        metadata={"doc": Text("另外视为私人邮箱的域名", "More domains whose mailboxes are private")},
    )

    def weigh(self, datum: PersonalDatum, printed: str) -> Severity | None:
        """Weigh by its name: a mobile number leaves no doubt; one that looks like an office's is worth a look."""
        if datum.kind is PersonalKind.OTHER_MAILBOX and printed.rpartition("@")[2].lower() not in self.domains:
            return None
        if datum.certain:
            return Severity.ERROR
        return Severity.NOTE if _OF_AN_OFFICE.fullmatch(printed) else self.severity
