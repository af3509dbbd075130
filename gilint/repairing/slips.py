"""How one number becomes another: the slips of the hand by which wrong cells come about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from gilint.language import Text
from gilint.plans import Number


@frozen
class Slip:
    """How a mistake may have come about."""

    text: Text
    weight: int
    """How much it speaks for a repair: differences of 1 are hardly to be felt, one of 3 is clear."""


SWAPPED = Slip(Text("相邻两位数字写颠倒", "neighbouring digits swapped"), 7)
TENFOLD = Slip(Text("多写或漏写一个 0（相差 10 倍）", "a zero too many or too few (a factor of 10)"), 6)
SIGN = Slip(Text("正负号写错", "wrong sign"), 6)
DOUBLED = Slip(Text("一位数字重复写了两次", "a digit written twice"), 6)
LOST = Slip(Text("漏写一位数字", "a digit lost"), 5)
ADDED = Slip(Text("多写一位数字", "a digit too many"), 4)
ONE_DIGIT = Slip(Text("一位数字写错", "one digit wrong"), 3)
SMALL = Slip(ONE_DIGIT.text, 1)
"""Of numbers of one digit, of which any is one digit away from any other."""


def slips_of(before: Number, after: Number) -> Iterator[Slip]:
    """Yield how ``after``, which was meant, may have become ``before``, likeliest first."""
    if before == -after and before:
        yield SIGN
        return
    if before < 0 or after < 0:
        return
    printed, meant = _digits(before, after)
    if before and after and (before == after * 10 or after == before * 10):
        yield TENFOLD
        return
    if len(printed) == len(meant):
        yield from _same_length(printed, meant)
    elif len(printed) == len(meant) + 1 and (places := _left_out(printed, meant)):
        yield DOUBLED if any(printed[at] in printed[max(at - 1, 0) : at] + printed[at + 1 : at + 2] for at in places) else ADDED
    elif len(meant) == len(printed) + 1 and _left_out(meant, printed):
        yield LOST


def _digits(before: Number, after: Number) -> tuple[str, str]:
    """Return the digits of both, to the same decimal place."""
    places = max(0, *(-int(number.as_tuple().exponent) for number in (before, after) if isinstance(number, Decimal)), 0)
    return str(int(before * 10**places)), str(int(after * 10**places))


def _same_length(printed: str, meant: str) -> Iterator[Slip]:
    different = [at for at, (one, other) in enumerate(zip(printed, meant, strict=True)) if one != other]
    if len(different) == 1:
        yield SMALL if len(printed) == 1 else ONE_DIGIT
    elif len(different) == 2 and different[1] == different[0] + 1:
        first, second = different
        if printed[first] == meant[second] and printed[second] == meant[first]:
            yield SWAPPED


def _left_out(longer: str, shorter: str) -> list[int]:
    """Return which digits of a number can be left out to give the other."""
    return [at for at in range(len(longer)) if longer[:at] + longer[at + 1 :] == shorter]
