"""The ways in which offices write numbers and labels. None of them changes what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

from attrs import evolve

from gilint.form import CellKey, ValueKind
from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, SheetCell
from gilint.testing.wording import REWORDINGS

ValueNoise = Callable[[str, ValueKind, Random], str]
"""Printed text, kind of the column, chance: the text written otherwise."""
LabelNoise = Callable[[str, Random], str]

_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_BRACKETS = str.maketrans("():,", "（）：，")
_HALF_BRACKETS = str.maketrans("（）：，；", "():,;")
_TRADITIONAL = str.maketrans("规许罚强费开总计处数量办结转请众业组织机构务讼诉", "規許罰強費開總計處數量辦結轉請眾業組織機構務訟訴")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def full_width(text: str, kind: ValueKind, random: Random) -> str:
    """１２."""
    return text.translate(_FULL_WIDTH)


def grouped(text: str, kind: ValueKind, random: Random) -> str:
    """1,024 or 1，024."""
    if not _digits(text) or len(text) < 4:
        return text
    return f"{int(text):,}".replace(",", random.choice((",", "，")))


def spaced_thousands(text: str, kind: ValueKind, random: Random) -> str:
    """1 024."""
    return f"{int(text):,}".replace(",", " ") if _digits(text) and len(text) > 3 else text


def spaced_digits(text: str, kind: ValueKind, random: Random) -> str:
    """1 3 2 4 2."""
    return " ".join(text) if _digits(text) else text


def with_unit(text: str, kind: ValueKind, random: Random) -> str:
    """0件, 12 条."""
    if kind is not ValueKind.COUNT or not _digits(text):
        return text
    return text + random.choice(("件", " 件", "条", " 条", "项", "宗"))


def odd_spaces(text: str, kind: ValueKind, random: Random) -> str:
    """No-break, ideographic and zero-width spaces around and within."""
    left, right = random.choice(("", "\u00a0", "\u3000", "\u200b", "\u00a0\u00a0")), random.choice(("", "\u00a0", "\u3000", "\ufeff"))
    return left + text + right


def zero_as_letter(text: str, kind: ValueKind, random: Random) -> str:
    """O, 〇 or 零 for 0."""
    return random.choice(("O", "〇", "零", "o")) if text == "0" else text


def with_remark(text: str, kind: ValueKind, random: Random) -> str:
    """22（其中修订16件）."""
    if kind is not ValueKind.COUNT or not _digits(text) or text == "0":
        return text
    return text + random.choice(("（其中修订{}件）", "(其中网上申请{}件)", "（含上年{}件）")).format(random.randint(1, int(text)))


def with_footnote(text: str, kind: ValueKind, random: Random) -> str:
    """12[1], 12*, 12①."""
    return text + random.choice(("①", "*", "[1]", "※", "注")) if _digits(text) else text


def amount_units(text: str, kind: ValueKind, random: Random) -> str:
    """251000元 for 25.1 where the header has no unit, 万元 again where it has one."""
    number = text.removesuffix("万元")
    if kind is not ValueKind.AMOUNT or text == "0" or not _digits(number.replace(".", "")):
        return text
    whole, _, fraction = number.partition(".")
    # Where the header states a unit the cell may repeat it; another one would contradict the header.
    if number != text and len(fraction) <= 4 and random.random() < 0.5:
        return f"{int(whole + fraction.ljust(4, '0'))}元"
    return f"{number}{random.choice(('万元', ' 万元', '（万元）', '万'))}"


def signed_change(text: str, kind: ValueKind, random: Random) -> str:
    """减少2, ↓2, －2, +3, 增加3."""
    digits = text.lstrip("-")
    if kind is not ValueKind.CHANGE or text == "0" or not _digits(digits):
        return text
    return random.choice(
        ("减少{}", "↓{}", "－{}", "−{}", "减{}") if text.startswith("-") else ("增加{}", "+{}", "＋{}", "↑{}", "增{}")
    ).format(digits)


VALUE_NOISES: Mapping[str, ValueNoise] = {
    "full-width": full_width,
    "grouped": grouped,
    "spaced-thousands": spaced_thousands,
    "spaced-digits": spaced_digits,
    "unit": with_unit,
    "odd-spaces": odd_spaces,
    "zero-as-letter": zero_as_letter,
    "remark": with_remark,
    "footnote": with_footnote,
    "amount-units": amount_units,
    "signed-change": signed_change,
}
"""Every way of writing values, by name."""
SPACED = frozenset({"spaced-thousands", "spaced-digits", "odd-spaces", "unit", "amount-units"})
"""Ways that put spaces into a value; not for layouts in which a space parts two cells."""


def full_brackets(text: str, random: Random) -> str:
    """（一）予以公开：full-width brackets, colons and commas, as the notice has them."""
    return text.translate(_BRACKETS)


def half_brackets(text: str, random: Random) -> str:
    """(一): half-width, as search engines and converters leave them."""
    return text.translate(_HALF_BRACKETS)


def spaces_inside(text: str, random: Random) -> str:
    """商业 企业, 总　计."""
    if len(text) < 2 or text.startswith(("(", "（")):
        return text
    place = random.randint(1, len(text) - 1)
    return text[:place] + random.choice((" ", "\u3000", "\u00a0")) + text[place:]


def broken(text: str, random: Random) -> str:
    """A line break within the label."""
    if len(text) < 4:
        return text
    place = random.randint(2, len(text) - 2)
    return text[:place] + "\n" + text[place:]


def without_number(text: str, random: Random) -> str:
    """属于国家秘密 for 1.属于国家秘密."""
    head, dot, rest = text.partition(".")
    return rest if dot and head.isdigit() else text


def other_number(text: str, random: Random) -> str:
    """1、 or 1． for 1."""
    head, dot, rest = text.partition(".")
    return f"{head}{random.choice(('、', '．', '. ', ' '))}{rest}" if dot and head.isdigit() else text


def straight_quotes(text: str, random: Random) -> str:
    """Straight quotation marks, or none, for curved ones."""
    mark = random.choice(('"', "", "'"))
    return text.replace("“", mark).replace("”", mark)


def traditional(text: str, random: Random) -> str:
    """Traditional characters."""
    return text.translate(_TRADITIONAL)


LABEL_NOISES: Mapping[str, LabelNoise] = {
    "full-brackets": full_brackets,
    "half-brackets": half_brackets,
    "spaces-inside": spaces_inside,
    "broken": broken,
    "without-number": without_number,
    "other-number": other_number,
    "straight-quotes": straight_quotes,
    "traditional": traditional,
}
"""Every way of writing labels, by name."""
WHOLE_DOCUMENT = frozenset({"full-brackets", "half-brackets", "straight-quotes", "traditional", "without-number", "other-number"})
"""Ways that go through a whole document; the others touch a label here and there."""


def apply(draft: Draft, names: Iterable[str], random: Random, share: float = 0.4) -> Draft:
    """Return the draft with its cells written in the named ways.

    Args:
        draft: what to write otherwise.
        names: of `VALUE_NOISES`, `LABEL_NOISES` and `REWORDINGS`.
        random: the source of chance.
        share: how large a part of the cells is touched by a way that touches single cells.

    Raises:
        KeyError: there is no way of that name.
    """
    for name in names:
        if name in REWORDINGS:
            draft = REWORDINGS[name](draft, random)
        elif name in VALUE_NOISES:
            draft = _apply_value(draft, VALUE_NOISES[name], random, share)
        else:
            draft = _apply_label(draft, LABEL_NOISES[name], random, 1.0 if name in WHOLE_DOCUMENT else share / 3)
    return draft


def _apply_value(draft: Draft, noise: ValueNoise, random: Random, share: float) -> Draft:
    kinds = {(table.name, column.name): column.kind for table in draft.form.tables for column in table.columns}

    written: dict[CellKey, str] = {}

    def write(cell: SheetCell) -> SheetCell:
        key: CellKey | None = cell.key
        if cell.role is not Role.VALUE or key is None:
            return cell
        # Where a number is printed more than once it is printed alike.
        if key not in written:
            written[key] = noise(cell.text, kinds[key[0], key[2]], random) if random.random() <= share else cell.text
        return evolve(cell, text=written[key])

    return draft.with_cells(write)


def _apply_label(draft: Draft, noise: LabelNoise, random: Random, share: float) -> Draft:
    def write(cell: SheetCell) -> SheetCell:
        if cell.role in (Role.VALUE, Role.FILLER) or random.random() > share:
            return cell
        return evolve(cell, text=noise(cell.text, random))

    return draft.with_cells(write)
