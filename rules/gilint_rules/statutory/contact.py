"""Whom to ask: is it there, and can he be reached that way?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gilint import Example, Finding, Narrative, Report, Rule, Severity, Text, deferred, either, narrative
from gilint_rules import FORMATS

_WHY = Text(
    "年度报告面向社会公布，公众要能按写明的方式查阅、咨询。",
    "The report is for the public, who must be able to ask and to read it in the way that it says.",
)
_POSTCODE = deferred(r"(?:邮编|邮政编码)\s{0,3}[:：]\s{0,3}(\d{1,30}[A-Za-z]?|)")
_TELEPHONES = ("电话", "传真")
_TELEPHONE = deferred(
    r"(?:电话|传真)(?:号码)?\s{0,3}[:：]\s{0,3}"
    rf"({either('+＋(（')}?\d[\d()（）\-－—–]{{0,40}}(?:[ \u3000]{{1,2}}(?:\d|{either('(（-')})[\d()（）\-－—–]{{1,20}}){{0,2}}|(?={either(',，;；。)）')}))"
)
_MAILBOX = deferred(
    r"[邮Ee](?:(?<=邮)[箱件]|(?<=[Ee])-?mail)(?:地址)?\s{0,3}[:：]\s{0,3}([\w.\-@＠]{1,80}(?:[,，](?:com|cn|net)(?:\.cn)?\b)?|(?=[,，;；。)）\n]|$))",
    re.MULTILINE | re.ASCII,
)
_LINK = deferred(
    r"htt?ps?:(?=www\.)[\w./-]{1,60}|htpp?s?://[\w./-]{0,60}|htt?ps?(?://\s?:|:/(?![/\\])|;//|//(?!:)|:///)[\w./-]{0,60}|www\.[\w.-]{1,40}[,，](?:cn|com|gov|net)\b|www[,，。][\w./-]{1,60}",
    re.ASCII,
)
_NUMBER = deferred(
    r"(?:\+?86-?)?(?:\(?0(?:10|2\d)\)?-?\d{8}|\(?0[3-9]\d{2}\)?-?\d{7,8}|\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3,4}-?\d{3,4})(?:[-(]\d{1,8}\)?)?|1\d{2}|1\d{4}|9\d{4,5}|\d{3,4}-?[19]\d{4,5}"
)
_MOBILE = deferred(r"(?:86)?1[3-9]\d{9}")
_ADDRESS = deferred(r"[^@＠]{1,64}[@＠](?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,10}\.?", re.ASCII)
_DOMAIN = deferred(r"\.(?:com|cn|net|org)\b", re.ASCII)
_HALF_WIDTH = str.maketrans("（）－—–＋０１２３４５６７８９", "()---+0123456789")
_WITH_AREA_CODE = range(10, 13)
"""Digits of a number with its area code."""
_SHORT_AREA_CODES = ("01", "02")
"""How area codes of three digits begin; behind all others stand seven digits or more."""
_CONTACT_WORDS = ("邮箱", "邮编", "地址", "传真", "联系方式", "E-mail", "e-mail", "Email", "@", "电邮")
_ASKED_THERE = deferred(r"(?:热线|信箱|致电)[:：为是]?\s?[\dA-Za-z]|电话[^\d\n]{0,12}\d[\d()（）\-—－– ]{4}")


class ContactMalformed(Rule):
    """Contact data that cannot be right."""

    code, name, severity = "LAW010", "contact-malformed", Severity.WARNING
    title = Text("联系方式有误", "Contact data are malformed")
    message = Text("联系方式“{printed}”{fault}。", "Contact data “{printed}”: {fault}.")
    suggestion = Text("请核对并改正联系方式。", "Check and correct it.")
    rationale = _WHY
    source = FORMATS
    examples = (
        Example(
            paragraphs={"problems": "公开不够及时。联系电话:0740-24396,邮编:15510,网址:http//:www.example.gov.cn。"}, finds=((), (), ())
        ),
        Example(paragraphs={"problems": "公开不够及时。邮箱:bsxswj163.com。"}, finds=((),)),
        Example(paragraphs={"problems": "公开不够及时。电话:0740-2439607转8012,邮编:155100,邮箱:swj@example.gov.cn。"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look behind the labels, and at what begins like an address on the web."""
        told = narrative(report)
        for match, fault in _faults(told):
            excerpt = told.quote(*match.span())
            yield self.find(place=excerpt.place, excerpts=[excerpt], printed=excerpt.text, fault=fault)


def _faults(told: Narrative) -> Iterator[tuple[re.Match[str], Text]]:
    text = told.text
    if told.has("邮编", "邮政编码"):
        for match in _POSTCODE.finditer(text):
            if (not match[1] and text[match.end() : match.end() + 1] not in _ENDS) or _goes_on(text, match.end()):
                continue
            if len(match[1]) != _DIGITS_OF_POSTCODE or not match[1].isdecimal() or match[1].startswith("00"):
                yield match, _FAULTS["postcode" if match[1] else "empty"]
    for match in sorted(_telephones(text), key=re.Match.start):
        if _goes_on(text, match.end()):
            continue
        if not match[1]:
            yield match, _FAULTS["empty"]
        elif text[match.end() : match.end() + 1] not in _MASKS and not _is_telephone(match[1]):
            yield match, _FAULTS["telephone"]
    if told.has("邮箱", "邮件", "mail"):
        for match in _MAILBOX.finditer(text):
            if not _goes_on(text, match.end()) and (fault := _mailbox_fault(match[1], text[match.end() : match.end() + 1])):
                yield match, fault
    if told.has("htt", "www", "htp"):
        yield from ((match, _FAULTS["link"]) for match in _LINK.finditer(text))


def _telephones(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands behind each label. A word is found far sooner than a pattern."""
    for label in _TELEPHONES:
        at = text.find(label)
        while at >= 0:
            if match := _TELEPHONE.match(text, at):
                yield match
            at = text.find(label, at + len(label))


def _goes_on(text: str, end: int) -> bool:
    """Say whether a line ends there and the next can go on with what it broke off, as the lines of a PDF do."""
    return text[end : end + 1] == "\n" and text[end + 1 : end + 2].isascii()


def _is_telephone(printed: str) -> bool:
    """Say whether what is printed begins with a number of mainland China that can be dialled, however it is grouped."""
    printed = printed.translate(_HALF_WIDTH)
    if printed.rfind("(") > max(0, printed.rfind(")")):
        # What a bracket holds is not all of it digits: 12345(24小时).
        printed = printed[: printed.rfind("(")]
    pieces = printed.split()
    for count in range(1, len(pieces) + 1):
        number = "".join(pieces[:count]).rstrip("(-")
        if number.count("(") < number.count(")"):
            number = number.removesuffix(")")
        digits = re.sub(r"\D", "", number)
        if _NUMBER.fullmatch(number) or _MOBILE.fullmatch(digits):
            return True
        if digits.startswith("0") and len(digits) in _WITH_AREA_CODE and (len(digits) > 10 or digits.startswith(_SHORT_AREA_CODES)):
            return True
    return False


def _mailbox_fault(address: str, following: str) -> Text | None:
    """Return what is wrong with a mailbox; pages on the web and addresses that are disguised on purpose are none."""
    if not address:
        return _FAULTS["empty"]
    if (following and following in "#/*:：[(（") or address.startswith(("http", "www")):
        return None
    if "@" in address or "＠" in address:
        return None if _ADDRESS.fullmatch(address) else _FAULTS["mailbox"]
    return _FAULTS["at"] if _DOMAIN.search(address) else None


_DIGITS_OF_POSTCODE = 6
_ENDS = (",", "，", "。", ")", "）", ";", "；")
_MASKS = ("*", "X", "x", "×", "＊", "Ｘ")
_FAULTS = {
    "postcode": Text("不是六位邮政编码", "a postcode has six digits"),
    "telephone": Text("不是完整的电话号码", "no complete telephone number"),
    "mailbox": Text("不是有效的电子邮箱", "no valid mailbox"),
    "at": Text("缺“@”", "a mailbox without @"),
    "link": Text("网址写法有误", "no valid address on the web"),
    "empty": Text("后面没有内容", "nothing follows"),
}


class ContactMissing(Rule):
    """No telephone, mailbox or address."""

    code, name, severity = "LAW011", "contact-missing", Severity.NOTE
    title = Text("没有联系方式", "No contact data")
    message = Text("全文没有电话、邮箱或地址等联系方式。", "The report has no telephone number, mailbox or address.")
    suggestion = Text("建议写明联系机构和电话。", "Name whom to ask, with a telephone number.")
    rationale = _WHY
    source = FORMATS
    examples = (
        Example(paragraphs={"": "白石县商务局2021年政府信息公开工作年度报告"}, finds=((),)),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look for any of them in the whole text; the format does not demand them, so it is a note."""
        if report.cells_only or not report.sections:
            return
        told = narrative(report)
        if told.text and not told.has(*_CONTACT_WORDS) and not _ASKED_THERE.search(told.text):
            yield self.find()
