"""Links to other sites: what stands around them is found, at a cost that does not grow with their number times the page."""

from __future__ import annotations

import time

import pytest

from gilint.readers.html import read

LINK = '<a href="http://www.example.com/">网站</a>'
SPACE = " " * 2_000_000


def test_text_around_a_link_is_told() -> None:
    document = read(f"<p><b>推进</b>{LINK}<i>工作</i>。</p><p>{LINK}</p>", "x")
    assert [(link.text, link.around) for link in document.outward] == [("网站", "推进网站工作。")]


def test_a_long_text_around_a_link_keeps_its_ends() -> None:
    long = "甲" * 2_000
    document = read(f"<p><span>{long}</span>{LINK}<span>{long}</span></p>", "x")
    assert [link.around for link in document.outward] == ["甲" * 15 + "网站" + "甲" * 15]


@pytest.mark.parametrize(
    "page",
    [
        f"<p><span>{SPACE}</span><b>" + f"{LINK}<br>" * 1_000 + "</b></p>",
        "<p><span>" + "\n " * 1_000_000 + "</span><b>" + f"{LINK}<br>" * 1_000 + "</b></p>",
        "<p>" + f"<i>{LINK}<br>" * 400 + f"<span>{SPACE}</span>",
        "<p>" + f"<i>{LINK}<br>" * 400 + "<s></s>" * 20_000,
    ],
)
def test_much_beside_many_links_costs_linear_time(page: str) -> None:
    start = time.process_time()
    read(page, "x")
    assert time.process_time() - start < 3
