"""Tables read from the source of a page: the document is the same as when all of the page is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gilint.document import Document, Grid
from gilint.forms import builtin_forms
from gilint.readers import html_parsing, html_pieces, html_plain, read_document
from gilint.testing import LAYOUTS, VALUE_NOISES, render_bytes, sample_figures, typical_page

FORMS = builtin_forms()
PAGES = [name for name, layout in LAYOUTS.items() if layout.format == "html"]
LEFT = ("html-sloppy", "html-commented", "html-divs", "html-breaks", "html-rows-apart")
"""Layouts without a table in them that is plain and not small."""
ROW = "<tr>" + "<td>规章</td><td>0</td>" * 50 + "</tr>"
TABLE = f"<table>{ROW}</table>"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """So many tables were read from the source, for each parse that was enough."""
    counts: list[int] = []

    class Counting(html_parsing.Tables):  # type: ignore[misc]
        @property
        def complete(self) -> bool:
            whole: bool = super().complete
            counts.append(len(self.plain) if whole else -1)
            return whole

    monkeypatch.setattr(html_parsing, "Tables", Counting)
    return counts


def parsed_whole(source: str | bytes) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_parsing, "cut_out", lambda source, _tags: (source, []))
        return read_document(source)


def same(source: str | bytes) -> Document:
    document = read_document(source)
    assert document == parsed_whole(source)
    return document


@pytest.mark.parametrize("layout", PAGES)
def test_every_layout_is_read_the_same_from_the_source(layout: str, taken: list[int]) -> None:
    for number, form in enumerate(FORMS):
        same(render_bytes(form, sample_figures(form, number), layout, noises=[*VALUE_NOISES][number : number + 2], random=number))
    assert taken or layout.startswith(LEFT), "no table of this layout was read from the source"


def test_most_of_a_typical_page_is_not_parsed() -> None:
    page = typical_page(FORMS[-1]).encode()
    rest, tables = html_plain.cut_out(page, html_parsing.table_tags(page))
    assert len(tables) >= 3
    assert len(rest) < len(page) / 3
    same(page)


def test_a_page_after_one_written_alike_is_read_the_same() -> None:
    for seed in range(3):
        same(typical_page(FORMS[-1], seed).encode())


@pytest.mark.parametrize(
    "page",
    [
        "<!-- {} --><p>1</p>",
        "<textarea>{}</textarea>",
        "<script>var a = '{}';</script><p>1</p>",
        "<title>{}</title><p>1</p>",
        "<img alt='{}'><p>1</p>",
        "<template>{}</template><p>1</p>",
        "<div hidden>{}</div>" * 2,
        "<div style='display:none'>{}</div>{}",
        "<svg><title><td>{}</svg>",
        "<a href='//example.com/'>1{}</a>",
        "<table><tr><td><sup>1</sup>{}</td></tr></table>",
        "<table><tr><td><sup>{}</sup></td></tr></table>",
        "<frameset>{}",
    ],
)
def test_a_table_that_is_none_or_is_asked_for_its_text_is_left_to_the_parser(page: str, taken: list[int]) -> None:
    same(page.replace("{}", TABLE))
    assert taken == [-1]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<p>{}</p>",
        "<b>{}",
        "<table><tr><td>{}</td></tr></table>",
        "<table>{}</table>",
        "<select>{}",
        "<svg>{}",
        "<svg><desc>{}",
        "<a href=b>{}",
    ],
)
def test_what_stands_around_a_table_changes_nothing_in_it(around: str) -> None:
    document = same("<p>1</p>" + around.replace("{}", TABLE) + "<p>2</p>")
    assert [len(block.rows[0]) for block in document.blocks if isinstance(block, Grid)] in ([100], [100] * 3, [])


def test_no_more_cells_are_read_from_the_source_than_are_read_at_all(taken: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_plain, "_MOST_PIECES", 102)
    same(TABLE * 2)
    monkeypatch.setattr(html_plain, "_LARGEST", len(TABLE.encode()))
    same(TABLE + "<p>")
    assert not taken
    same(TABLE)
    assert taken == [1]


def test_a_table_of_cells_that_are_all_written_otherwise_is_left_to_the_parser(taken: list[int]) -> None:
    same(f"<table>{''.join(f'<tr><td>第{number}项</td><td>{number}.</td></tr>' for number in range(40))}</table>")
    assert not any(taken)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_plain, "_MOST_NEW", 1)
    monkeypatch.setattr(html_pieces, "_MOST_KNOWN", 100)
    for page in range(5):
        same(f"<table>{''.join(f'<tr><td>{page}.{row}</td></tr>' for row in range(70))}</table>")
        assert len(html_pieces._known) <= 100


TEXTS = ["1", "中文", " ", "\n", "&nbsp;", "&#49;", "&lt;b&gt;", "&amp", "<br>", "</br>", "<p>", "</p>", "<p class='x' id=\"y\">", "<span style=\"color:red\">",
         "</span>", "<b>", "</b>", "<i/>", "<font size=1>", "</font>", "<o:p></o:p>", "<div>", "</div>", "<st1:x>", "<u a=b/>"]  # fmt: skip
ODD = ["a<b", "<5", "<p a='<'>", "<p a='>'>", "<p a=x\" b=\">", "<p a='\"'>", "<p =x>", "<!-- </td> -->", "<td>", "</td>", "</tr>", "<tr>", "</table>", "<select>",
       "<svg>", "<textarea>", "<script>1</script>", "<sup>2</sup>", "<input value=7>", "<a href=y>", "<span hidden>", "<p style='display:none'>", "<caption>",
       "</tbody>", "<title>", "</body>", "</p", "<!", "<pre>", "<form>", "<noscript>", "</th>", "<table><tr><td>n</td></tr></table>", "<img src=z>"]  # fmt: skip
SPANS = ["", "", "", " rowspan=2", ' colspan="2"', " rowspan=0", " colspan=0", " rowspan=9999", " colspan=3 rowspan=2", " colspan=", " COLSPAN=2", " x:num", " /",
         " hidden", ' a"b']  # fmt: skip
AROUND = ["<p>", "</p>", "<b>", "<select>", "</select>", "<textarea>", "</textarea>", "<svg>", "<title>", "</title>", "<!--", "-->", "<div hidden>", "</div>",
          "<object>", "<a href=x>", "<script>", "</script>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<sup>", "</sup>", "<pre>", "<form>", "text",
          "<div class=row>", "<div class='td cell'>", "<li>", "<ul>", "<span class=cell>", "<span>", "</span>", "<a href='//spam.com/'>", "</a>",
          "<img alt='", "'>", "<template>", "</template>", "<thead>", "<caption>", "</body>"]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    texts = st.sampled_from(TEXTS) if draw(st.booleans()) else st.one_of(*[st.sampled_from(TEXTS)] * 6, st.sampled_from(ODD))
    cells = st.builds(
        lambda kind, spans, inner: f"<t{kind}{spans}>{''.join(inner)}</t{kind}>",
        st.sampled_from("dddh"), st.sampled_from(SPANS), st.lists(texts, max_size=4),
    )  # fmt: skip
    rows = st.lists(st.lists(cells, max_size=4).map("".join).map("<tr>{}</tr>\n".format), min_size=1, max_size=4).map("".join)
    if draw(st.booleans()):
        return f"<table>{draw(rows)}</table>"
    groups = draw(st.lists(st.tuples(st.sampled_from(["thead", "tbody", "tbody", "tfoot"]), rows), min_size=1, max_size=3))
    return f"<table border=1>{''.join(f'<{group}>{inner}</{group}>' for group, inner in groups)}</table>"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from(AROUND), max_size=3).map("".join), tables()), min_size=1, max_size=3))
def test_any_table_is_read_the_same_from_the_source(parts: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_plain, "_SMALLEST", 0)
        patch.setattr(html_plain, "_MOST_NEW", 1)
        same("<!DOCTYPE html>" + "".join(around + table for around, table in parts))
