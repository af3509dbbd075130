"""Numbers as a spreadsheet shows them: plain ones with exactly their digits, percentages and dates as they are printed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

BUILT_IN = {
    "9": "0%",
    "10": "0.00%",
    "14": "yyyy/m/d",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm",
    "19": "h:mm:ss",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "yyyy/m/d h:mm",
    "27": "yyyy年m月",
    "28": "m月d日",
    "29": "m月d日",
    "30": "m/d/yy",
    "31": "yyyy年m月d日",
    "36": "yyyy年m月",
    "45": "mm:ss",
    "46": "h:mm:ss",
    "47": "mm:ss",
    "50": "yyyy年m月",
    "51": "m月d日",
    "52": "yyyy年m月",
    "53": "m月d日",
    "54": "m月d日",
    "57": "yyyy年m月",
    "58": "m月d日",
}
"""Percentages and dates that need no description in the workbook, by number; from 27 on as Chinese editions show them."""

DIGITS = 15
"""Significant digits that a spreadsheet shows; what is stored beyond them is binary noise (0.1 + 0.2)."""
_EXACT = 10**DIGITS
_QUOTED = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?:\$[^\]]*+|[A-Za-z]*+|[<>=]++[^\]]*+)\]')
_PIECE = re.compile(
    r'"([^"]*+)"|\\(.)|[_*].|\[(?:\$[^\]]*+|[A-Za-z0-9<>=.]*+)\]|(y+|m+|d+|h+|s+|AM/PM|上午/下午)|(.)', re.IGNORECASE | re.DOTALL
)
_LITERAL = re.compile(r'"([^"]*+)"|\\(.)|[_*].|\[[^\]]*+\]|(.)', re.DOTALL)
_DECIMALS = re.compile(r"[.]([0#?]++)")
_DATE = re.compile("[ymdhs]")
_EPOCH = datetime(1899, 12, 30)
_LAST_DAY = 2_958_465
"""31 December 9999."""


def plain(number: float) -> str:
    """Return a number as it is shown where nothing says otherwise: ``3`` for 3.0, no exponent, no binary noise.

    Examples:
        >>> plain(3.0), plain(0.1 + 0.2), plain(697.449)
        ('3', '0.3', '697.449')
    """
    if -_EXACT < number < _EXACT and number == int(number):
        return str(int(number))
    return _unrounded(Decimal(f"{number:.{DIGITS}g}")) if number == number and abs(number) != float("inf") else str(number)


def _unrounded(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def is_percent(code: str) -> bool:
    """Say whether a format shows a number as a percentage."""
    return "%" in code and "%" in _QUOTED.sub("", code.partition(";")[0])


def is_percent_or_date(code: str) -> bool:
    """Say whether a format shows a number as a percentage or a date."""
    signs = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "%" in signs or (_DATE.search(signs) is not None and "general" not in signs)


def words_of(code: str) -> tuple[str, str]:
    """Return the words that a format prints before and after a positive number: its unit, as a rule.

    Examples:
        >>> words_of('0.00"万元"'), words_of('"共"0"件";;"-"'), words_of("#,##0.00")
        (('', '万元'), ('共', '件'), ('', ''))
    """
    if '"' not in code and "\\" not in code:
        return "", ""
    before: list[str] = []
    after: list[str] = []
    pieces = before
    for match in _LITERAL.finditer(code):
        if match[3] == ";":
            break
        if match[3] is not None and match[3] in "0#?Gg":
            pieces = after
        pieces.append(match[1] or match[2] or "")
    return _if_words("".join(before)), _if_words("".join(after))


def _if_words(text: str) -> str:
    """Leave out signs of money and spaces that align columns."""
    return text if any(character.isalpha() for character in text) else ""


def says_more(code: str) -> bool:
    """Say whether a format shows a number otherwise than by its digits: as a percentage, a date or with words."""
    return is_percent_or_date(code) or any(words_of(code))


def shown(stored: str, code: str) -> str | None:
    """Return a stored number as a percentage, as a date or with its words; ``None`` where it cannot be a date.

    Args:
        stored: the number as the file has it.
        code: the format of its cell.
    """
    try:
        number = Decimal(stored.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 2 * DIGITS:
        return None
    first = code.partition(";")[0]
    if is_percent(first):
        decimals = _DECIMALS.search(first)
        return f"{number * 100:.{len(decimals[1]) if decimals else 0}f}%"
    if not is_percent_or_date(first):
        before, after = words_of(first)
        return f"{before}{plain(float(number))}{after}" if number > 0 else plain(float(number))
    if not 0 <= number <= _LAST_DAY:
        return None
    return _date(_EPOCH + timedelta(days=int(number), seconds=round((number % 1) * 86400)), first)


def _date(moment: datetime, code: str) -> str:
    pieces: list[str] = []
    hours = False
    for match in _PIECE.finditer(code):
        letters = (match[3] or "").lower()
        if not letters:
            pieces.append(match[1] or match[2] or (match[4] if match[4] and match[4] not in "@#?" else "") or "")
            continue
        kind = letters[0]
        if kind == "y":
            pieces.append(f"{moment.year:04}" if len(letters) > 2 else f"{moment.year % 100:02}")
        elif kind in "a上":
            pieces.append("上午" if moment.hour < 12 else "下午")
        else:
            # After an hour or before a second m are minutes.
            minutes = kind == "m" and (hours or re.match(r"[^a-z]*s", code[match.end() :], re.IGNORECASE) is not None)
            value = moment.minute if minutes else {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[kind]
            pieces.append(f"{value:0{min(len(letters), 2)}}")
        hours = kind == "h" or (hours and kind not in "ms")
    return "".join(pieces)


def without_format(value: date | time | timedelta) -> str:
    """Return a date or a time whose format is not known."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
