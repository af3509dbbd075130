"""Numbers as Word writes them in front of paragraphs: 一, (一), ①, iv, 甲."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 30


def numeral(number: int, style: str) -> str:
    """Return a number in a style of OOXML (``w:numFmt``); in digits where the style is another or has no such number."""
    write = _STYLES.get(style)
    return (write(number) if write else "") or str(number)


def _counted(digits: str, units: str) -> Callable[[int], str]:
    """Numbers as they are spoken: 一, 十, 十一, 二十, 一百零一."""

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return digits[0] if number == 0 else ""
        written, zero = "", False
        for position in (3, 2, 1, 0):
            digit = number // 10**position % 10
            if digit:
                written += ("零" if zero else "") + digits[digit] + units[position].strip()
            zero = bool(written) and not digit
        # 十一, but 一百一十一; in capitals 壹拾壹 is whole.
        return written[1:] if digits == _DIGITS and 10 <= number < 20 else written

    return write


def _placed(digits: str) -> Callable[[int], str]:
    """Digit by digit: 一〇."""
    return lambda number: "".join(digits[int(digit)] for digit in str(number)) if number >= 0 else ""


def _counted_to_hundred(number: int) -> str:
    """As `chineseCounting` has it: spoken to 99, digit by digit from there on."""
    return _spoken(number) if number < 100 else _placed("○一二三四五六七八九")(number)


def _of(signs: str) -> Callable[[int], str]:
    """One sign a number, from 1 on."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _letters(first: str) -> Callable[[int], str]:
    """Letters from one to the next, then doubled: a, z, aa, bb."""

    def write(number: int) -> str:
        times, letter = divmod(number - 1, 26)
        return chr(ord(first) + letter) * (times + 1) if 0 <= times < _MOST_LETTERS else ""

    return write


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return ""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _upper_roman(number: int) -> str:
    return _roman(number).upper()


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


_spoken = _counted(_DIGITS, " 十百千")
_CIRCLED = _run("①", 20) + _run("㉑", 15) + _run("㊱", 15)

_STYLES: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _counted_to_hundred,
    "chineseCountingThousand": _spoken,
    "japaneseCounting": _spoken,
    "taiwaneseCounting": _counted_to_hundred,
    "taiwaneseCountingThousand": _spoken,
    "koreanCounting": _spoken,
    "ideographDigital": _placed(_DIGITS),
    "japaneseDigitalTenThousand": _placed(_DIGITS),
    "taiwaneseDigital": _placed("○一二三四五六七八九"),
    "chineseLegalSimplified": _counted(_LEGAL_DIGITS, " 拾佰仟"),
    "ideographLegalTraditional": _counted(_TRADITIONAL_DIGITS, " 拾佰仟"),
    "japaneseLegal": _counted(_TRADITIONAL_DIGITS, " 拾佰仟"),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalEnclosedCircle": _of(_CIRCLED),
    "decimalEnclosedCircleChinese": _of(_CIRCLED),
    "decimalEnclosedParen": _of(_run("⑴", 20)),
    "decimalEnclosedFullstop": _of(_run("⒈", 20)),
    "decimalFullWidth": _placed("０１２３４５６７８９"),
    "decimalFullWidth2": _placed("０１２３４５６７８９"),
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _upper_roman,
    "lowerRoman": _roman,
}
