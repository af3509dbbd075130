"""Every layout in which reports arrive, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from random import Random

from attrs import evolve, frozen

from gilint.testing import arrange, docx, flat, html, ods, pdf, text, xlsx
from gilint.testing.docx import DocxStyle
from gilint.testing.draft import Draft
from gilint.testing.pdf import PdfStyle
from gilint.testing.xlsx import XlsxStyle

Writer = Callable[[Draft, Random], str | bytes]


@frozen
class Layout:
    """One way in which a report arrives: an arrangement of its tables and a way of writing them."""

    name: str
    format: str
    """``html`` or ``text``, which are written as text; ``docx``, ``xlsx``, ``ods`` or ``pdf``, which are written as bytes."""
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

    @property
    def binary(self) -> bool:
        """Whether it is written as bytes, so that only `render_bytes` and `write_bytes` can."""
        return self.format not in ("html", "text")


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


_FILES: Mapping[str, Writer] = {
    "docx": docx.writer(DocxStyle()),
    "docx-office": docx.writer(DocxStyle(cover=True, running=True, pages=True)),
    "docx-numbered": docx.writer(DocxStyle(numbered=True)),
    "docx-controls": docx.writer(DocxStyle(controls=True)),
    "docx-tracked": docx.writer(DocxStyle(tracked=True, commented=True)),
    "xlsx": xlsx.writer(XlsxStyle()),
    "xlsx-sheets": xlsx.writer(XlsxStyle(apart=True)),
    "xlsx-formats": xlsx.writer(XlsxStyle(formats=True)),
    "xlsx-texts": xlsx.writer(XlsxStyle(numbers=False, merged=False)),
    "ods": ods.writer(),
    "ods-sheets": ods.writer(apart=True),
    "pdf-ruled": pdf.writer(PdfStyle()),
    "pdf-landscape": pdf.writer(PdfStyle(landscape=True, running=True)),
    "pdf-rotated": pdf.writer(PdfStyle(landscape=True, rotated=True)),
    "pdf-header-once": pdf.writer(PdfStyle(repeated=False)),
    "pdf-plain": pdf.writer(PdfStyle(ruled=False)),
    "pdf-plain-landscape": pdf.writer(PdfStyle(ruled=False, landscape=True)),
}
"""Formats that are bytes; what stands before the first hyphen is the format."""
_FILES_ARRANGED: Mapping[str, tuple[str, ...]] = {
    "docx": (
        "split-by-page",
        "header-repeated",
        "blocks",
        "reviews-in-three",
        "spans-blank",
        "one-table",
        "rows-shuffled",
        "headers-short",
    ),
    "xlsx": ("blocks", "reviews-upright", "spans-blank", "one-table", "columns-swapped"),
    "ods": ("split-by-page", "reviews-in-two"),
    "pdf-ruled": ("reviews-in-three", "blocks-captions-above", "one-table"),
}


def _layouts() -> Iterable[Layout]:
    yield Layout("html", "html", html.writer(html.PLAIN))
    yield Layout("html-breaks", "html", html.write_breaks)
    for name, style in _STYLED.items():
        yield Layout(f"html-{name}", "html", html.writer(style), lines_part_cells=style.divs)
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
    for name, write in _FILES.items():
        # Without lines a blank cell is only a place where nothing is printed, and a space as wide as that between two cells.
        unruled = name.startswith("pdf-plain")
        plain = Layout(name, name.partition("-")[0], write, spaces_part_cells=unruled, blanks_vanish=unruled)
        yield plain
        for change in _FILES_ARRANGED.get(name, ()):
            yield evolve(plain, name=f"{name}-{change}", arrange=_ARRANGED[change], departs=change in _DEPARTING)


LAYOUTS: Mapping[str, Layout] = {layout.name: layout for layout in _layouts()}
"""Every layout, by name."""
