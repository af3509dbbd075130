"""From what is printed in a cell to a number, a blank or a text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from attrs import evolve, field, frozen

from gilint.data import Data
from gilint.errors import UsageError
from gilint.form import ValueKind
from gilint.language import Text
from gilint.patterns import deferred

MAX_DIGITS = 18
"""Longer digit strings are no figure of a report (an identity number, noise): text."""
MAX_LENGTH = 400
"""Longer cell texts are prose, whatever they begin with: text."""
CACHED_LENGTH = 40
"""Only cell texts up to this length are remembered, which bounds the memory."""

_NOT_A_NUMBER = Text(
    "单元格 {cell}：值应为 int、有限的 Decimal 或 None，不能是 {value}",
    "cell {cell}: the value must be an int, a finite Decimal or None, not {value}",
)


class CellState(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    BLANK = "blank"
    """There, but nothing in it, or a dash, or 无."""
    TEXT = "text"
    """There, but not a number."""
    MISSING = "missing"
    """The edition has it, the document does not."""


@frozen(eq=False, repr=False)
class Value(Data):
    """A cell's text, read."""

    state: CellState
    value: int | Decimal | None = None
    unit: str | None = None
    interpreted: bool = field(default=False, eq=False)
    """Printed otherwise than as a plain number, so that a reader could take it for another one: ``1 4``, ``2O7``, 二百零七, 20万 of a count."""


_SURE_DIGITS = 9  # no telephone number is so short
_BLANK = Value(CellState.BLANK)
_TEXT = Value(CellState.TEXT)

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)]
)
# Footnote marks go before NFKC, which would turn 5² into 52 and 5① into 51.
_MARKS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹*＊※†‡"))
_MARKS.update(
    dict.fromkeys([*range(0x2460, 0x2474), *range(0x24EB, 0x2500), *range(0x2776, 0x2794), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)])
)
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))

_NOTHING = re.compile(r"[\s\-‐‑‒–—―−－﹣ー_＿~～/／\\＼|｜]*+(?:(?:无|空|[Nn]/[Aa])[\s|｜]*+)?+")

# A cheap look at the first character spares most texts the patterns.
_NOTHING_BEGINS = frozenset("-‐‑‒–—―−－﹣ー_＿~～/／\\＼|｜无空Nn").union(map(chr, _INVISIBLE))

_CHINESE_DIGITS = dict(
    zip("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_CHINESE_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_CHINESE_SECTIONS = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_ZEROS = "OoΟοОо〇零○◯"
_LETTER_O = str.maketrans(dict.fromkeys(_ZEROS, "0"))

_COUNT_UNITS = "件次|人次|件|条|條|份|宗|起|次|例|项|項|个|個|人|笔|部|篇|批|户|家|本|册|种|類|类"
_MONEY_POWERS = {"元": -4, "圆": -4, "百元": -2, "千元": -1, "万": 0, "万元": 0, "百万元": 2, "千万元": 3, "亿": 4, "亿元": 4}
_MONEY_UNITS = "百万元|千万元|百元|千元|[万萬](?:元|圆)|[亿億](?:元|圆)|元|圆"
_STATED = deferred(rf"(?:单位[:为]?|[(\[【,]|金额|总额)({_MONEY_UNITS})(?:人民币)?(?:[)\]】,，;。]|$)")
_SIMPLIFIED = str.maketrans("萬億圆", "万亿元")
_UNIT = rf"(?:{_COUNT_UNITS}|(?:{_MONEY_UNITS})(?:人民币)?整?|[万萬亿億](?:{_COUNT_UNITS})?)"
_DOWN = "减少|减|下降|降低|降|调减|核减|取消|负|↓"
_UP = "增加|增|新增|上升|升|调增|↑"
_CHINESE = "".join([*_CHINESE_DIGITS, *_CHINESE_POWERS, *_CHINESE_SECTIONS])
_SHAPE = deferred(
    rf"(?:(?P<word>{_DOWN}|{_UP})了?:? ?)?(?P<currency>(?:人民币|¥|RMB) ?)?(?P<sign>[+-] ?)?(?:¥ ?)?"
    rf"(?:(?P<digits>[0-9{_ZEROS}.][0-9{_ZEROS}., ]*+)|(?P<chinese>[{_CHINESE}]++))"
    rf"\s*+(?P<unit>{_UNIT})?\s*+(?P<arrow>[↑↓])?"
    rf"(?P<remark>(?:\([^()]*+\)|\[[^\[\]]*+\]|【[^【】]*+】|〔[^〔〕]*+〕|\s++)*+)(?P<late>{_UNIT})?(?:注[0-9]?)?。?"
)
# What is left when the characters of numbers are taken off both ends is a remark in brackets: headings, dates and sentences that begin with a number are none.
_OF_NUMBERS = f"0123456789.,{_ZEROS}{_CHINESE}{_COUNT_UNITS}{_DOWN}{_UP}元圆人民币¥RMB整了注:+-。 \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"
_OF_UNITS = f"{_COUNT_UNITS}百千万萬亿億元圆人民币整"
# A cheap look at the first character spares most labels the rest.
_NUMBER_BEGINS = frozenset(f"0123456789０１２３４５６７８９Ｏｏ{_ZEROS}{_CHINESE}{_DOWN}{_UP}.．+＋-－﹣−–—‐‑‒¥￥人R|｜*＊※[［¹²³").union(
    map(chr, [*range(0x2460, 0x2474), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
)
_FOOTNOTED_NOTHING = deferred(
    r"\s*+(?:[\-‐‑‒–—―−－﹣/／]++|无)\s*+"
    r"(?:[\[［【〔]\s*+注?[0-9０-９]{1,2}\s*+[\]］】〕]|注[0-9０-９]{1,2}|[\u00b9\u00b2\u00b3⁰-⁹*＊※†‡\u2460-\u2473])\s*+"
)
_UNIT_ALONE = deferred(_UNIT)
_LEADING_MARK = re.compile(r"\[注?[0-9]{1,2}\]\s*+")
_PLAIN = deferred(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_SPACED_THOUSANDS = deferred(r"[0-9]{1,3}(?:,? [0-9]{3})+(?:\.[0-9]+)?")
_TELEPHONE = deferred(r"1[3-9][0-9]{9}|0[0-9]{9,11}")


def check_given(value: object, cell: tuple[str, str, str]) -> None:
    """Check what a caller puts into a cell.

    Raises:
        UsageError: it is no value that a cell can have.
    """
    # A bool is an int to Python, and no number of cases to anybody.
    is_count = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and not is_count and not (isinstance(value, Decimal) and value.is_finite()):
        raise UsageError(_NOT_A_NUMBER.filled(cell=".".join(cell), value=repr(value)))


def read_value(raw: str, kind: ValueKind, heading_unit: str | None = None) -> Value:
    """Read what is printed in a cell of a column of ``kind``.

    Counts and changes are `int` (a fraction, which cannot be, is a `Decimal`); amounts are `Decimal` in 万元, whatever
    unit the cell states, or else the heading (``heading_unit``, as `stated_unit` returns it).
    """
    value = _read_remembered(raw, kind) if len(raw) <= CACHED_LENGTH else _read(raw, kind)
    if heading_unit and kind is ValueKind.AMOUNT and value.unit is None and value.value:
        return evolve(value, value=_tidy(Decimal(value.value).scaleb(_MONEY_POWERS[heading_unit])))
    return value


def stated_unit(heading: str) -> str:
    """Return the unit of money that a heading states (元 of 本年收费金额（单位：元）), ``""`` for none."""
    match = _STATED.search("".join(unicodedata.normalize("NFKC", heading[:MAX_LENGTH]).split()))
    return match[1].translate(_SIMPLIFIED) if match else ""


def looks_like_number(raw: str) -> bool:
    """Say whether a cell text is a number in any of the ways in which they are written, with a unit or a bracketed remark at most."""
    return _looks_remembered(raw) if len(raw) <= CACHED_LENGTH else _looks(raw)


def looks_blank(raw: str) -> bool:
    """Say whether a cell text is nothing: spaces, a dash, a slash, 无; a dash with a footnote is no more than a dash."""
    if not raw:
        return True
    if raw[0] not in _NOTHING_BEGINS and not raw[0].isspace():
        return False
    if _NOTHING.fullmatch(raw) is not None:
        return True
    visible = raw.translate(_INVISIBLE)
    return _NOTHING.fullmatch(visible) is not None or (visible[-1:] != "。" and _FOOTNOTED_NOTHING.fullmatch(visible) is not None)


def is_unit(text: str) -> bool:
    """Say whether a text is nothing but the unit of a number: 件, 万元."""
    return not text.strip(_OF_UNITS) and _UNIT_ALONE.fullmatch(text) is not None


def _can_begin_number(raw: str) -> bool:
    return raw[:1] in _NUMBER_BEGINS or raw[:1].isspace()


def _can_be_number(text: str) -> bool:
    rest = text.strip(_OF_NUMBERS)
    return not rest or (rest[0] in "([【〔" and rest[-1] in ")]】〕")


def _looks(raw: str) -> bool:
    if raw.isascii() and raw.isdigit():
        return _read(raw, ValueKind.COUNT).state is CellState.NUMBER
    if not _can_begin_number(raw):
        return False
    return any(_read(raw, kind).state is CellState.NUMBER for kind in (ValueKind.CHANGE, ValueKind.AMOUNT))


def _read(raw: str, kind: ValueKind) -> Value:
    if raw.isascii() and raw.isdigit() and len(raw) <= _SURE_DIGITS:
        return Value(CellState.NUMBER, Decimal(int(raw)) if kind is ValueKind.AMOUNT else int(raw))
    if looks_blank(raw):
        return _BLANK
    # The same look at the first character as in `_looks`: NFKC makes letters and digits of much that no office prints for a figure (º).
    if len(raw) > MAX_LENGTH or not _can_begin_number(raw):
        return _TEXT
    text = unicodedata.normalize("NFKC", raw.translate(_INVISIBLE).translate(_MARKS)).translate(_SIGNS)
    text = _LEADING_MARK.sub("", text.strip(" \t\r\n|"), count=1)
    match = _SHAPE.fullmatch(text) if _can_be_number(text) else None
    if match is None:
        return _TEXT
    number = _number(match, kind)
    if number is None:
        return _TEXT
    unit = _unit_of(match)
    value = _with_unit(number, unit, kind)
    return value if _is_plain(match["digits"], unit, kind) else evolve(value, interpreted=True)


_read_remembered = lru_cache(maxsize=8192)(_read)
_looks_remembered = lru_cache(maxsize=8192)(_looks)


def _number(match: re.Match[str], kind: ValueKind) -> Decimal | None:
    """Return the signed number without regard to its unit."""
    digits = match["digits"]
    number = _chinese(match["chinese"]) if digits is None else _arabic(digits.strip(" "), telephone=match["unit"] is None)
    if number is None:
        return None
    word = match["word"] or match["arrow"]
    remark = (match["remark"] or "").strip("()[] ")
    if kind is ValueKind.CHANGE and not word and not match["sign"] and remark and re.fullmatch(f"{_DOWN}|{_UP}", remark):
        word = remark
    if word:
        if kind is not ValueKind.CHANGE or match["sign"]:
            return None
        return -number if re.fullmatch(_DOWN, word) else number
    return -number if match["sign"] and match["sign"][0] == "-" else number


def _is_plain(digits: str | None, unit: str | None, kind: ValueKind) -> bool:
    """Say whether a number is printed in digits, with spaces at most between thousands, and not in ten thousands of a count."""
    if digits is None or (kind is not ValueKind.AMOUNT and unit is not None and unit[0] in "万亿"):
        return False
    return _PLAIN.fullmatch(digits.strip(" ")) is not None or _SPACED_THOUSANDS.fullmatch(digits.strip(" ")) is not None


def _arabic(digits: str, *, telephone: bool) -> Decimal | None:
    plain = digits.translate(_LETTER_O)
    if " " in plain:
        # 0 0 0 is a row of zeros that lost its grid, not a number written with spaces.
        if re.match(r"0 *[0-9]", plain):
            return None
        plain = plain.replace(" ", "")
    if len(plain) > MAX_DIGITS or _PLAIN.fullmatch(plain) is None or (telephone and _TELEPHONE.fullmatch(plain)):
        return None
    return Decimal(plain.replace(",", ""))


def _chinese(text: str) -> Decimal | None:
    """Read 三, 十二, 一百零五, 三万二千, 二〇二一; ``None`` where the characters make no number."""
    if len(text) > MAX_DIGITS:
        return None
    if all(character in _CHINESE_DIGITS for character in text):
        return Decimal("".join(str(_CHINESE_DIGITS[character]) for character in text))
    total, section, digit, last_power, last_section = 0, 0, -1, 4, 12
    for character in text:
        if character in _CHINESE_DIGITS:
            if digit > 0:
                return None
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_POWERS:
            power = _CHINESE_POWERS[character]
            if power >= last_power or (digit < 1 and (power > 1 or section)):
                return None
            section, last_power, digit = section + max(digit, 1) * 10**power, power, -1
        else:
            power = _CHINESE_SECTIONS[character]
            section += max(digit, 0)
            if power >= last_section or not section:
                return None
            total, last_section = total + section * 10**power, power
            section, digit, last_power = 0, -1, 4
    return Decimal(total + section + max(digit, 0))


def _unit_of(match: re.Match[str]) -> str | None:
    """Return the unit as printed after the number, or alone in the brackets behind it, or implied by ¥."""
    unit = match["unit"] or match["late"]
    remark = (match["remark"] or "").strip("()[]【】〔〕 \n\t")
    if unit is None and remark and re.fullmatch(_UNIT, remark.removeprefix("单位:").strip()):
        unit = remark.removeprefix("单位:").strip()
    if unit is None:
        return "元" if match["currency"] else None
    return unit.translate(_SIMPLIFIED).removesuffix("整").removesuffix("人民币")


def _with_unit(number: Decimal, unit: str | None, kind: ValueKind) -> Value:
    """Apply the unit; a count in 元, or an amount in 件, is a figure of another column: text, unless it is nothing."""
    money = unit in _MONEY_POWERS
    if kind is ValueKind.AMOUNT:
        if unit is not None and not money and number:
            return Value(CellState.TEXT, None, unit)
        return Value(CellState.NUMBER, _tidy(number.scaleb(_MONEY_POWERS.get(unit or "万元", 0))), unit)
    if unit is not None and unit[0] in "万亿" and not unit.endswith("元"):
        number = number.scaleb(4 if unit[0] == "万" else 8)
    elif money and number:
        return Value(CellState.TEXT, None, unit)
    return Value(CellState.NUMBER, int(number) if number == number.to_integral_value() else _tidy(number), unit)


def _tidy(number: Decimal) -> Decimal:
    """Return the number without trailing zeros and without an exponent."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]
