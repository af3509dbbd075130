"""Every layout in which reports arrive, by name, and how to render figures in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from random import Random

from attrs import evolve, frozen

from gilint.form import CellKey, Form
from gilint.testing import arrange, flat, html, noise, text, wording
from gilint.testing.draft import DEFAULT_ORGAN, Draft, make_draft
from gilint.testing.factory import Figures, Number, sample_figures

Writer = Callable[[Draft, Random], str]


@frozen
class Layout:
    """One way in which a report arrives: an arrangement of its tables and a way of writing them."""

    name: str
    format: str
    """``html`` or ``text``."""
    write: Writer
    arrange: arrange.Arrange = arrange.as_prescribed
    spaces_part_cells: bool = False
    """A space ends a cell here, so that a number cannot have one inside."""
    lines_part_cells: bool = False
    """A line break ends a cell here, so that a label broken in two looks like two."""
    blanks_vanish: bool = False
    """A blank cell leaves nothing behind here."""
    departs: bool = False
    """Rows or columns are not the prescribed ones, or not in their order: readable, but against the format."""


def _text(table: text.TableWriter, *, gap: int = 0) -> Writer:
    return lambda draft, random: text.write_text(draft, table, random, gap=gap)


def _pages(table: text.TableWriter, draft: Draft, random: Random) -> str:
    return text.write_pages(draft, table, random)


_ARRANGED: Mapping[str, arrange.Arrange] = {
    "split-by-page": arrange.redrawn(arrange.split_by_page, "applications"),
    "split-without-header": arrange.redrawn(partial(arrange.split_by_page, header=False), "applications"),
    "blocks": arrange.redrawn(arrange.blocks, "disclosure"),
    "blocks-captions-above": arrange.redrawn(partial(arrange.blocks, above=True), "disclosure"),
    "reviews-upright": arrange.redrawn(flat.upright, "reviews"),
    "reviews-in-three": arrange.redrawn(flat.by_heading, "reviews"),
    "reviews-as-rows": arrange.redrawn(flat.as_rows, "reviews"),
    "reviews-headings-above": arrange.redrawn(flat.by_heading_above, "reviews"),
    "reviews-in-two": arrange.redrawn(flat.by_group, "reviews"),
    "reviews-crosswise": arrange.redrawn(flat.crosswise, "reviews"),
    "reviews-in-blocks": arrange.redrawn(flat.upright_in_blocks, "reviews"),
    "header-repeated": arrange.redrawn(arrange.with_header_repeated, "applications"),
    "labels-joined": arrange.redrawn(arrange.with_labels_joined, "applications"),
    "subtotal": arrange.redrawn(arrange.with_subtotal, "applications"),
    "columns-swapped": arrange.redrawn(arrange.with_columns_swapped, "applications"),
    "total-first": arrange.redrawn(arrange.with_total_first, "applications"),
    "rows-shuffled": arrange.redrawn(arrange.with_rows_shuffled, "applications", "disclosure"),
    "headers-short": arrange.redrawn(arrange.with_short_headers),
    "headers-absent": arrange.redrawn(arrange.without_header, "applications", "reviews"),
    "spans-repeated": arrange.redrawn(arrange.without_spans),
    "spans-blank": arrange.redrawn(partial(arrange.without_spans, repeat=False)),
    "values-repeated": arrange.redrawn(arrange.with_values_repeated),
    "group-rows": arrange.redrawn(arrange.with_group_rows, "applications"),
    "one-table": arrange.all_in_one,
    "one-table-no-headings": arrange.all_in_one_without_headings,
}
_STYLED: Mapping[str, html.HtmlStyle] = {
    "cms": html.CMS,
    "word": html.WORD,
    "excel": html.EXCEL,
    "sloppy": html.SLOPPY,
    "nested": html.NESTED,
    "divs": html.DIVS,
    "semantic": html.SEMANTIC,
    "commented": html.COMMENTED,
    "rows-apart": html.ROWS_APART,
}
_WRITTEN: Mapping[str, tuple[text.TableWriter, int, str]] = {
    "cell-a-line-bars": (text.cell_a_line_with_bars, 0, "lines"),
    "cell-a-line-blank-lines": (text.cell_a_line, 1, "vanish"),
    "cell-a-line-tight": (text.cell_a_line_tight, 0, "lines vanish"),
    "row-a-line-bars": (text.row_a_line_with_bars, 0, ""),
    "row-a-line-between-bars": (text.row_a_line_between_bars, 0, ""),
    "converter-rows": (text.converter_rows, 1, ""),
    "converter-paragraphs": (text.converter_paragraphs, 1, ""),
    "browser": (text.browser_text, 1, ""),
    "run-a-line": (text.run_a_line, 0, "lines vanish"),
    "markdown": (text.markdown, 1, ""),
    "tabs": (text.tabs, 0, ""),
    "tabs-full": (text.tabs_full, 0, ""),
    "spaces": (text.spaces, 0, "spaces lines vanish"),
    "pdf": (text.pdf, 0, "spaces lines vanish"),
    "pdf-columns": (text.pdf_columns, 0, "spaces lines vanish"),
}
_DEPARTING = frozenset({"subtotal", "columns-swapped", "total-first", "rows-shuffled"})
_TEXT_ARRANGED = ("split-by-page", "reviews-as-rows", "reviews-in-three", "headers-short", "rows-shuffled", "group-rows", "labels-joined")


def _layouts() -> Iterable[Layout]:
    yield Layout("html", "html", html.writer(html.PLAIN))
    yield Layout("html-breaks", "html", html.write_breaks)
    for name, style in _STYLED.items():
        yield Layout(f"html-{name}", "html", html.writer(style), lines_part_cells=style.divs, blanks_vanish=style.divs)
    for name, step in _ARRANGED.items():
        yield Layout(f"html-{name}", "html", html.writer(html.CMS), step, departs=name in _DEPARTING)
    yield Layout("html-word-split-by-page", "html", html.writer(html.WORD), _ARRANGED["split-by-page"])
    for name, (table, gap, traits) in _WRITTEN.items():
        plain = Layout(
            f"text-{name}",
            "text",
            _text(table, gap=gap),
            spaces_part_cells="spaces" in traits,
            lines_part_cells="lines" in traits,
            blanks_vanish="vanish" in traits,
        )
        yield plain
        if name in ("cell-a-line-bars", "row-a-line-bars", "markdown", "cell-a-line-blank-lines"):
            for change in _TEXT_ARRANGED:
                yield evolve(plain, name=f"text-{name}-{change}", arrange=_ARRANGED[change], departs=change in _DEPARTING)

    yield Layout("text-tabs-values-repeated", "text", _text(text.tabs), _ARRANGED["values-repeated"])
    for name in ("pdf", "pdf-columns", "spaces"):
        pages = partial(_pages, _WRITTEN[name][0])
        yield Layout(f"text-{name}-pages", "text", pages, spaces_part_cells=True, lines_part_cells=True, blanks_vanish=True)


LAYOUTS: Mapping[str, Layout] = {layout.name: layout for layout in _layouts()}
"""Every layout, by name."""
ENCODINGS = ("utf-8", "utf-8-bom", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "gbk-declared-utf-8", "utf-8-declared-gb2312")
"""Every encoding that `render_bytes` writes; the last two declare another one than they are in."""


def write(draft: Draft, layout: str | Layout, *, noises: Iterable[str] = (), random: Random | int = 0) -> str:
    """Write a draft in one layout.

    Args:
        draft: the report.
        layout: a layout or its name.
        noises: names of `VALUE_NOISES`, `LABEL_NOISES` and `REWORDINGS`; ways that the layout cannot show are left out.
        random: the source of chance, or a seed for one.

    Raises:
        KeyError: no layout or noise of that name.
    """
    random = Random(random) if isinstance(random, int) else random
    layout = LAYOUTS[layout] if isinstance(layout, str) else layout
    draft = layout.arrange(draft, random)
    draft = noise.apply(draft, [name for name in noises if fits(name, layout)], random)
    return layout.write(draft, random)


def fits(name: str, layout: Layout) -> bool:
    """Say whether a layout can show a way of writing without ambiguity."""
    if layout.spaces_part_cells and name in noise.SPACED | {"spaces-inside"}:
        return False
    if layout.lines_part_cells and name in {"broken", "upright-labels"}:
        return False
    return layout.format == "html" or name not in wording.DRAWN_ONLY


def render(
    form: Form,
    figures: Mapping[CellKey, Number],
    layout: str | Layout = "html",
    *,
    organ: str = DEFAULT_ORGAN,
    year: int | None = None,
    narrative: bool = True,
    noises: Iterable[str] = (),
    printed: Mapping[CellKey, str | None] | None = None,
    random: Random | int = 0,
) -> str:
    """Render figures as a whole report in one layout.

    The same arguments give the same text. See `make_draft` for ``printed`` and `write` for ``noises``.
    """
    random = Random(random) if isinstance(random, int) else random
    draft = make_draft(form, figures, organ=organ, year=year, random=random, words=narrative, printed=printed)
    return write(draft, layout, noises=noises, random=random)


def encode(page: str, encoding: str) -> bytes:
    """Encode a rendered report and let it declare what such files declare.

    Args:
        page: from `render`; a declaration of utf-8 in it is put right, or wrong, as the name of the encoding says.
        encoding: one of `ENCODINGS`.

    Raises:
        LookupError: there is no such encoding.
    """
    codec, _, declared = encoding.partition("-declared-")
    real = {"utf-8-bom": "utf-8-sig", "utf-16-be": "utf-16-be", "utf-16-le": "utf-16-le"}.get(codec, codec)
    page = re.sub(r'(charset="?)utf-8', rf"\g<1>{declared or codec.removesuffix('-bom')}", page)
    data = page.encode(real, "replace" if real == "gbk" else "strict")
    return codecs.BOM_UTF16_LE + page.encode("utf-16-le") if codec == "utf-16" else data


def typical_page(form: Form, random: Random | int = 0, *, size: int = 100_000) -> str:
    """Return a page of about ``size`` characters as Word and a CMS make it, with the site around it: the benchmark's page."""
    random = Random(random) if isinstance(random, int) else random
    figures: Figures = sample_figures(form, random, scale="usual")
    page = render(form, figures, "html-word", random=random)
    filling = '<li><a href="/xxgk/col{0}/index.html" target="_blank" title="政务公开栏目{0}">政务公开栏目{0}</a></li>\n'
    items: list[str] = []
    missing = size - len(page)
    while missing > 0:
        items.append(filling.format(3000 + len(items)))
        missing -= len(items[-1])
    return page.replace('<div class="footer">', f'<ul class="sitemap">{"".join(items)}</ul>\n<div class="footer">')
