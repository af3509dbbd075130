"""A rule about one kind of personal data in the running text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from gilint import Finding, PersonalDatum, PersonalKind, Report, Rule, Severity, Text, passages_of

LAWS = (
    Text(
        "《中华人民共和国政府信息公开条例》(国务院令第711号)第十五条",
        "Regulations on Open Government Information (State Council Order 711), art. 15: privacy of persons is not disclosed",
    ),
    Text(
        "《中华人民共和国个人信息保护法》第三十四条",
        "Personal Information Protection Law, art. 34: organs stay within what their duties need",
    ),
)
"""Of every finding of this family."""
SENSITIVE = Text(
    "《中华人民共和国个人信息保护法》第二十八条",
    "Personal Information Protection Law, art. 28: sensitive data, such as of accounts, need a purpose and protection",
)
EXPOSED = Text(
    "年度报告长期公开、被广泛转载，个人信息一旦写入就无法收回，可能被用于骚扰和诈骗。",
    "Annual reports stay public and are copied everywhere; personal data in them cannot be taken back and serve harassment and fraud.",
)
_DELETE = Text(
    "请删除或作去标识化处理；需要联系方式的，改用办公电话和政务邮箱。",
    "Delete or mask it; where contact data are needed, give the office's telephone and mailbox.",
)


class PersonalDataRule(Rule):
    """A rule that tells of one kind of personal data. Findings carry it as printed; the linter masks it unless asked not to."""

    kinds: ClassVar[tuple[PersonalKind, ...]]
    suggestion = _DELETE
    rationale = EXPOSED
    source: ClassVar[tuple[Text, ...]] = LAWS
    forms = ()

    def check(self, report: Report) -> Iterator[Finding]:
        """Yield a finding for each piece of the rule's kind."""
        where = passages_of(report)
        for datum in where.personal_data:
            if datum.kind not in self.kinds:
                continue
            printed = where.text[datum.start : datum.end]
            severity = self.weigh(datum, printed)
            if severity is not None:
                yield self.find(
                    severity=severity,
                    personal={printed: datum.masked},
                    place=where.place(datum.start),
                    excerpts=[where.excerpt(datum.start, datum.end)],
                    printed=printed,
                )

    def weigh(self, datum: PersonalDatum, printed: str) -> Severity | None:
        """Return how bad it is, ``None`` for nothing to tell: an error where there is no doubt, unless the rule says otherwise."""
        return Severity.ERROR if datum.certain else Severity.WARNING
