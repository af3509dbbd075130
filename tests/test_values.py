"""Every way in which a value is written, and everything that only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gilint.form import ValueKind
from gilint.values import MAX_DIGITS, MAX_LENGTH, CellState, Value, is_unit, looks_blank, looks_like_number, read_value

COUNT, CHANGE, AMOUNT = ValueKind.COUNT, ValueKind.CHANGE, ValueKind.AMOUNT

COUNTS = {
    "0": 0, "12": 12, "007": 7, "０１２": 12, "1,024": 1024, "1，024": 1024, "1 024": 1024, "1 3 2 4 2": 13242, "1, 024": 1024,
    "12,345,678": 12345678, "O": 0, "o": 0, "〇": 0, "○": 0, "零": 0, "1O": 10, "2〇": 20, "三": 3, "十": 10, "十二": 12, "二十": 20,
    "一百零五": 105, "三百二十": 320, "三万二千": 32000, "二〇二一": 2021, "-2": -2, "－2": -2, "−2": -2, "–2": -2, "- 2": -2, "−0": 0,
    "+1036": 1036, "12.0": 12, "12.00": 12, "12①": 12, "5²": 5, "5*": 5, "5※": 5, "5[1]": 5, "5［注1］": 5, "12注1": 12, "[1] 5": 5,
    "22（其中修订16件）": 22, "22 (其中 修订 16 件)": 22, "0。": 0, "\u200b5\ufeff": 5, "\xa05\u3000": 5, "0 |": 0, "| 7 |": 7,
}  # fmt: skip
COUNTS_WITH_UNIT = {
    "0件": (0, "件"), "12 条": (12, "条"), "5\n件": (5, "件"), "三项": (3, "项"), "3人次": (3, "人次"), "22件（其中修订16件）": (22, "件"),
    "22（其中修订16）件": (22, "件"), "0（件）": (0, "件"), "3万件": (30000, "万件"), "1.2万": (12000, "万"), "O件": (0, "件"), "0元": (0, "元"),
}  # fmt: skip
AMOUNTS = {
    "697.449万元": ("697.449", "万元"), "697.449": ("697.449", None), "251000元": ("25.1", "元"), "2.5亿元": ("25000", "亿元"),
    "12（万元）": ("12", "万元"), "12（单位：万元）": ("12", "万元"), "251,000 元": ("25.1", "元"), "¥251000": ("25.1", "元"),
    "￥251000元整": ("25.1", "元"), "1946.6890万元": ("1946.689", "万元"), "0.00万元": ("0", "万元"), "3萬元": ("3", "万元"), "100": ("100", None),
    "3千元": ("0.3", "千元"), "０．５": ("0.5", None), "12万": ("12", "万"), "0件": ("0", "件"),
}  # fmt: skip
CHANGES = {
    "减少2": -2, "增加3": 3, "减2": -2, "增3": 3, "↓2": -2, "↑3": 3, "2↓": -2, "2↑": 2, "减少了2项": -2, "2（减少）": -2, "2(增加)": 2,
    "-2": -2, "+1036": 1036, "减少：2": -2, "新增3": 3,
}  # fmt: skip
TEXTS = [
    "未发生", "无数据", "95%", "95.8％", "2021-01-05", "2021年", "3-5", "约3件", "1.2.3", "13812345678", "0511-58888888", "051158888888", "1,02",
    "1,0,0", "0 0 0", "1\n2", "1\t2", "5.", "1.", "一、", "(一)", "（2）", "[1]", "①", "*", ".", ",", "百", "万", "一一十", "十百", "--2",
    "减少-2", "规章", "第一项", "-[a]", "无法", "***", "[7]-[8]", "x" * 50, "9" * (MAX_DIGITS + 1), "9" * (MAX_LENGTH + 1), "5（" + "一" * MAX_LENGTH + "）",
]  # fmt: skip
BLANKS = ["", " ", "-", "--", "---", "—", "——", "－", "–", "/", "／", "//", "\\", "无", " 无 ", "|", "||||", " |", "\xa0", "\u3000", "\u200b", "\ufeff",
          "N/A", "n/a", "空", "_", "\n", "- |", "－[7]", "-[1]", "—①", "无[1]", "- *", "/注1", "—［注2］", "-²", " — [ 12 ] "]  # fmt: skip


@pytest.mark.parametrize(("raw", "number"), COUNTS.items())
def test_counts(raw: str, number: int) -> None:
    value = read_value(raw, COUNT)
    assert value == Value(CellState.NUMBER, number)
    assert type(value.value) is int
    assert looks_like_number(raw)
    assert not looks_blank(raw)


@pytest.mark.parametrize(("raw", "expected"), COUNTS_WITH_UNIT.items())
def test_counts_with_a_unit(raw: str, expected: tuple[int, str]) -> None:
    assert read_value(raw, COUNT) == Value(CellState.NUMBER, *expected)
    assert looks_like_number(raw)


@pytest.mark.parametrize(("raw", "expected"), AMOUNTS.items())
def test_amounts_are_in_ten_thousand_yuan(raw: str, expected: tuple[str, str | None]) -> None:
    value = read_value(raw, AMOUNT)
    assert value == Value(CellState.NUMBER, Decimal(expected[0]), expected[1])
    assert type(value.value) is Decimal
    assert str(value.value) == expected[0]
    assert looks_like_number(raw)


@pytest.mark.parametrize(("raw", "number"), CHANGES.items())
def test_changes(raw: str, number: int) -> None:
    assert read_value(raw, CHANGE).value == number
    assert looks_like_number(raw)


@pytest.mark.parametrize("raw", ["减少2", "增加3", "↓2", "2↓"])
def test_words_and_arrows_belong_to_changes_only(raw: str) -> None:
    assert read_value(raw, COUNT) == read_value(raw, AMOUNT) == Value(CellState.TEXT)


@pytest.mark.parametrize("raw", TEXTS)
@pytest.mark.parametrize("kind", ValueKind)
def test_texts(raw: str, kind: ValueKind) -> None:
    assert read_value(raw, kind) == Value(CellState.TEXT)
    assert not looks_like_number(raw)
    assert not looks_blank(raw)


@pytest.mark.parametrize("raw", BLANKS)
@pytest.mark.parametrize("kind", ValueKind)
def test_blanks(raw: str, kind: ValueKind) -> None:
    assert read_value(raw, kind) == Value(CellState.BLANK)
    assert looks_blank(raw)
    assert not looks_like_number(raw)


@pytest.mark.parametrize("text", ["件", "人次", "万元", "亿元人民币", "万件"])
def test_units_alone(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["", "3件", "件数", "件 件", "规章", "-"])
def test_what_is_no_unit_alone(text: str) -> None:
    assert not is_unit(text)


def test_a_fraction_stays_exact() -> None:
    assert read_value("2.5", COUNT) == Value(CellState.NUMBER, Decimal("2.5"))


def test_a_figure_of_another_column_is_text_with_its_unit() -> None:
    assert read_value("251000元", COUNT) == Value(CellState.TEXT, None, "元")
    assert read_value("3件", AMOUNT) == Value(CellState.TEXT, None, "件")


@given(
    st.integers(min_value=0, max_value=10**9),
    st.sampled_from(["{}", "{:,}", "{}件", " {} ", "{}（其中重复1件）", "{}①", "{:,} 条", "{}.0"]),
)
def test_a_number_is_read_back_however_it_is_written(number: int, shape: str) -> None:
    assert read_value(shape.format(number), COUNT).value == number


@given(st.integers(min_value=-(10**9), max_value=10**9), st.booleans())
def test_full_width_digits_are_digits(number: int, wide: bool) -> None:
    raw = str(number)
    if wide:
        raw = raw.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert read_value(raw, COUNT).value == number


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False))
def test_yuan_and_ten_thousand_yuan_agree(amount: Decimal) -> None:
    yuan = format(amount.scaleb(4).quantize(Decimal(1)), "f")
    assert read_value(f"{yuan}元", AMOUNT).value == read_value(f"{format(amount, 'f')}万元", AMOUNT).value == amount


@given(st.text(max_size=60))
@example("º")
def test_anything_at_all_is_one_state(raw: str) -> None:
    for kind in ValueKind:
        value = read_value(raw, kind)
        assert (value.value is not None) == (value.state is CellState.NUMBER)
        assert (value.state is CellState.BLANK) == looks_blank(raw)
        if value.state is CellState.NUMBER:
            assert looks_like_number(raw)


@pytest.mark.parametrize(
    "raw", ["1 " * 100_000, "（" * 100_000, "0" + " " * 100_000 + "x", "-" * 100_000 + "x", "[1" * 50_000, "亿" * 100_000]
)
def test_long_noise_ends_at_once(raw: str) -> None:
    assert read_value(raw, COUNT).state is CellState.TEXT
    assert not looks_like_number(raw)
