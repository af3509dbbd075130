"""Identity numbers, bank cards and mobile numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gilint.patterns import deferred
from gilint.personal import PersonalDatum, PersonalKind

_AROUND = 16
"""Characters before a number in which it is said what it is."""
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
# No run of digits is cut: what is longer than any of these is something else, and is passed in one step. A comma or a point parts digits of an amount;
# what stands in an address of the network or before the sign of a mailbox is no number of its own. The first digit comes first, because the engine
# passes at once what can be no first character, and looks behind at everything; then what figures of tables lack, which are most of a report's.
_RUN = re.compile(
    r"[0-9](?=[0-9]{2})(?<![0-9A-Za-z/_=&?].)(?<![0-9][.,].)"
    r"(?:[0-9]{10,18}+[Xx]?|(?<=1)[0-9]{2}[ \u00a0\u3000·—–－-][0-9]{4}[ \u00a0\u3000·—–－-]?[0-9]{4}|[0-9]{3}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?|[0-9]{5}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx])"
    r"(?![0-9A-Za-z@＠])(?![.,][0-9])"
)
# One of these is in whatever the pattern finds: a digit is "0", what parts groups "-", or "?" if it is no character of Latin 1.
_RUN_OF_DIGITS, _GROUPS, _GROUPS_APART = b"00000000000", b"000-0000", b"000?0000"
_APART = "\u3000—–－"
"""What parts groups and is no character of Latin 1."""
_MORE_GROUPS = (b"000-0000-0000-0000", b"000-00000000-000")
"""As the numbers of cards go on behind their first digits, and identity numbers in groups. A mobile number begins with a 1 and two digits more."""
_SHAPES = bytes(48 if code in b"0123456789" else 45 if code in b" -\xa0\xb7" else 63 if code == 63 else 46 for code in range(256))
_MOBILE = deferred(
    r"(?:86[ -]?)?(1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[ \u00a0\u3000·—–－-]?[0-9]{4}[ \u00a0\u3000·—–－-]?[0-9]{4})"
)
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PARTING = deferred(r"[^0-9Xx]")
_COUNTED = deferred(
    r"[余多](?=[元万人名位次件条户个项份])|人(?=[次民，。；、,;])|名|位|字|页|篇|元|万|亿|件|条|次|人次|户|份|个|项|吨|千|百|册|亩|平方|立方|公里|号"
)
_LABELLED = deferred(r"身份证|公民身份|身份号码")
_ANNOUNCED = deferred(r"(?:居民|公民|的)?(?:身份证(?:件)?(?:号码?|编号)?|身份号码?)(?:分别)?[为是]?[\s:：、(（“\"]{0,3}$")
"""What says of the number right behind it that it is a person's: it is one even where a digit of it is wrong."""
_SHORTEST_ANNOUNCED, _LONGEST_ANNOUNCED = 15, 18
_OF_A_CARD = deferred(r"(?:银行卡|储蓄卡|借记卡|信用卡|社保卡|工资卡|卡)号?码?(?:为|是)?[:：\s(（]{0,3}$")
_OF_A_PHONE = deferred(r"(?:手机|电话|联系方式|移动电话|联系人|微信)[^。;；]{0,12}$")
_ACCOUNTS = ("账户", "帐户", "账号", "帐号")
_OF_THE_TREASURY = deferred(r"国库|非税|财政|专户|对公|公户|单位|基本|户名|开户")
_OF_SOMETHING_ELSE = deferred(
    r"(编号|编码|代码|文号|案号|证号|许可证|登记证|登记号|受理|流水|条码|单号|备案|批号|票号|票据|序号|工单|凭证|标识|国库|非税|财政|专户|"
    r"对公|公户|账户|帐户|账号|帐号|户名|开户|订单|项目|ISBN|ISSN|DOI|统一社会信用)[^。;；,，、]{0,12}$",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[PersonalDatum]:
    """Yield identity numbers, bank cards and mobile numbers."""
    if "１" in text or "６" in text or "４" in text or "５" in text:
        text = text.translate(_PLAIN)
    for run in (run for line in _lines(text) for run in _RUN.finditer(text, *line)):
        start, end = run.span()
        before = text[max(start - _AROUND, 0) : start].rpartition("\n")[2]
        datum = _judge(run[0], start, end, before, counted=_COUNTED.match(text, end) is not None)
        if datum is not None:
            yield datum


def _lines(text: str) -> list[tuple[int, int]]:
    """Return where the lines begin and end in which there can be a number: found among bytes, in half the time in which the pattern passes the text."""
    shapes = text.encode("latin-1", "replace").translate(_SHAPES)
    lines: dict[int, int] = {}
    apart = any(mark in text for mark in _APART)
    for sign in (_RUN_OF_DIGITS, _GROUPS, _GROUPS_APART) if apart else (_RUN_OF_DIGITS, _GROUPS):
        at = shapes.find(sign)
        while at >= 0:
            end = at + 1
            is_mobile = text[at] == "1" and shapes[at - 1 : at] != b"0"
            if sign is _RUN_OF_DIGITS or is_mobile or shapes.startswith(_MORE_GROUPS, at):
                end = text.find("\n", at)
                end = end if end >= 0 else len(text)
                lines[text.rfind("\n", 0, at) + 1] = end
            at = shapes.find(sign, end)
    return sorted(lines.items())


def _judge(printed: str, start: int, end: int, before: str, *, counted: bool) -> PersonalDatum | None:
    digits = _PARTING.sub("", printed)
    mobile = _MOBILE.fullmatch(printed)
    if mobile is not None:
        start += mobile.start(1)
        certain = _OF_A_PHONE.search(before) is not None
        if counted or (not certain and _OF_SOMETHING_ELSE.search(before)):
            return None
        return PersonalDatum(PersonalKind.MOBILE, start, end, _masked(printed[mobile.start(1) :], 3, 4), certain)
    if (
        (is_identity_number(digits) and "信用代码" not in before)
        or (len(digits) == 15 and _LABELLED.search(before) and _is_date("19" + digits[6:12]))
        or (_SHORTEST_ANNOUNCED <= len(digits) <= _LONGEST_ANNOUNCED and not counted and _ANNOUNCED.search(before))
    ):
        return PersonalDatum(PersonalKind.IDENTITY, start, end, _masked(printed, 3, 2))
    if is_card_number(digits) and not counted and not _of_no_card(before):
        return PersonalDatum(PersonalKind.CARD, start, end, _masked(printed, 0, 4), _OF_A_CARD.search(before) is not None)
    return None


def _of_no_card(before: str) -> bool:
    """Say whether a number is called something else than a card; what is only called an account can be a person's, but not one of the treasury."""
    found = _OF_SOMETHING_ELSE.search(before)
    return found is not None and (found[1] not in _ACCOUNTS or _OF_THE_TREASURY.search(before) is not None)


def is_identity_number(digits: str) -> bool:
    """Say whether 18 characters are an identity number by GB 11643: a province, a date of birth and the right check character."""
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not digits[:17].isdigit() or not _is_date(digits[6:14]):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return _CHECKS[remainder] == digits[17].upper()


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def is_card_number(digits: str) -> bool:
    """Say whether digits are the number of a bank card: a length and a beginning that are given out, and the check digit of Luhn."""
    if not digits.isdigit():
        return False
    given_out = (
        (16 <= len(digits) <= 19 and digits.startswith(("62", "60")))
        or (len(digits) == 16 and (digits[0] == "4" or "51" <= digits[:2] <= "55" or digits.startswith("35")))
        or (len(digits) == 19 and digits.startswith("9558"))
    )
    if not given_out or len(set(digits)) < 4:
        return False
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _masked(printed: str, first: int, last: int) -> str:
    """Return a number with stars for its digits but the first and the last ones; what parts groups stays."""
    count = sum(character.isalnum() for character in printed)
    place = 0
    shown = []
    for character in printed:
        place += character.isalnum()
        shown.append("*" if character.isalnum() and first < place <= count - last else character)
    return "".join(shown)
