"""Lines of Chinese and English text: their width, and where they may not begin or end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.output.wrapping import columns, wrap


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("请核对这个等式中的每一个数，改正写错的数。", 26, ["请核对这个等式中的每一个", "数，改正写错的数。"]),
        ("核对每一个数，改正写错的数。", 12, ["核对每一个", "数，改正写错", "的数。"]),
        ("依据《条例》第五十条", 6, ["依据", "《条", "例》第", "五十条"]),
        ("（2023年修正；2015年修正）", 18, ["（2023年修正；2015", "年修正）"]),
        ("共有 5 格空白", 8, ["共", "有 5 格", "空白"]),
        ("办理结果 1 + 结转 0 = 1", 22, ["办理结果 1 + 结转 0", "= 1"]),
        ("all others 0 = 4, which does not add up", 16, ["all others 0", "= 4, which does", "not add up"]),
        ("a/path/without/a/space", 10, ["a/path/wit", "hout/a/spa", "ce"]),
        ("", 10, [""]),
    ],
)
def test_lines(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@given(st.text("办公（。，、《“”1a b=·", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= room for line in lines)
