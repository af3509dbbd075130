"""How alike two labels are: the longest common subsequence, computed a whole label at a time, against its definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gilint.recognise.labels import similarity


def longest_common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence, cell by cell of the table."""
    above = [0] * (len(other) + 1)
    for letter in one:
        row = [0]
        for place, against in enumerate(other):
            row.append(above[place] + 1 if letter == against else max(above[place + 1], row[-1]))
        above = row
    return above[-1]


@given(st.text("申请数量合计", min_size=1, max_size=70), st.text("申请数量合计", min_size=1, max_size=70))
def test_a_similarity_is_the_share_of_common_characters(printed: str, official: str) -> None:
    alike = 2 * longest_common(printed, official) / (len(printed) + len(official))
    shorter, longer = sorted((printed, official), key=len)
    if not (longer.startswith(shorter) or longer.endswith(shorter)):
        assert similarity(printed, official) == pytest.approx(alike)
    else:
        assert similarity(printed, official) >= alike - 1e-12


@pytest.mark.parametrize(
    ("printed", "official", "alike"),
    [
        ("予以公开", "予以公开", 1.0),
        ("予以公升", "予以公开", 0.75),
        ("公开予以", "予以公开", 0.5),
        ("总计", "予以公开", 0.0),
        ("", "予以公开", 0.0),
        ("予以公开", "", 0.0),
        ("", "", 1.0),
        ("本年新", "本年新制作数量", 0.7),
        ("危害国家安全", "属于三安全一稳定危害国家安全", 0.9),
        ("合计计计", "计合计", 4 / 7),
    ],
)
def test_labels_that_are_alike(printed: str, official: str, alike: float) -> None:
    assert similarity(printed, official) == pytest.approx(alike)
