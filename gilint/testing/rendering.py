"""Renders figures as whole reports: in any layout, in the ways in which offices write, in any encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from random import Random

from gilint.errors import UsageError
from gilint.form import CellKey, Form
from gilint.language import Text
from gilint.testing import noise, wording
from gilint.testing.draft import DEFAULT_ORGAN, Draft, make_draft
from gilint.testing.factory import Figures, Number, sample_figures
from gilint.testing.layouts import LAYOUTS, Layout

ENCODINGS = ("utf-8", "utf-8-bom", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "gbk-declared-utf-8", "utf-8-declared-gb2312")
"""Every encoding that `encode` knows; the last two declare another one than they are in."""


def write(draft: Draft, layout: str | Layout, *, noises: Iterable[str] = (), random: Random | int = 0) -> str:
    """Write a draft in one layout of text or HTML.

    Args:
        draft: the report.
        layout: a layout or its name.
        noises: names of `VALUE_NOISES`, `LABEL_NOISES` and `REWORDINGS`; ways that the layout cannot show are left out.
        random: the source of chance, or a seed for one.

    Raises:
        KeyError: no layout or noise of that name.
        UsageError: the layout is written as bytes; `write_bytes` writes it.
    """
    layout = LAYOUTS[layout] if isinstance(layout, str) else layout
    written = _write(draft, layout, noises, random)
    if isinstance(written, bytes):
        raise UsageError(
            Text(
                f"版式 {layout.name} 不是文本,请用 write_bytes 或 render_bytes",
                f"layout {layout.name} is not text; use write_bytes or render_bytes",
            )
        )
    return written


def write_bytes(draft: Draft, layout: str | Layout, *, noises: Iterable[str] = (), random: Random | int = 0) -> bytes:
    """Write a draft in any layout; text and HTML in UTF-8 (see `encode` for others). The arguments are those of `write`.

    Raises:
        KeyError: no layout or noise of that name.
        MissingDependencyError: the library that writes the format is not installed; the message says which.
    """
    written = _write(draft, LAYOUTS[layout] if isinstance(layout, str) else layout, noises, random)
    return written if isinstance(written, bytes) else written.encode()


def _write(draft: Draft, layout: Layout, noises: Iterable[str], random: Random | int) -> str | bytes:
    random = Random(random) if isinstance(random, int) else random
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
    """Render figures as a whole report in one layout of text or HTML.

    The same arguments give the same text. See `make_draft` for ``printed``, `write` for ``noises`` and what it raises.
    """
    draft, random = _drafted(form, figures, organ, year, narrative, printed, random)
    return write(draft, layout, noises=noises, random=random)


def render_bytes(
    form: Form,
    figures: Mapping[CellKey, Number],
    layout: str | Layout = "docx",
    *,
    organ: str = DEFAULT_ORGAN,
    year: int | None = None,
    narrative: bool = True,
    noises: Iterable[str] = (),
    printed: Mapping[CellKey, str | None] | None = None,
    random: Random | int = 0,
) -> bytes:
    """Render figures as a whole report in any layout, as `render` does for those of text and HTML.

    The same arguments give the same bytes. See `write_bytes` for what it raises.
    """
    draft, random = _drafted(form, figures, organ, year, narrative, printed, random)
    return write_bytes(draft, layout, noises=noises, random=random)


def _drafted(
    form: Form,
    figures: Mapping[CellKey, Number],
    organ: str,
    year: int | None,
    narrative: bool,
    printed: Mapping[CellKey, str | None] | None,
    random: Random | int,
) -> tuple[Draft, Random]:
    """Draft a report, and return with it the source of chance that its writing goes on with."""
    random = Random(random) if isinstance(random, int) else random
    return make_draft(form, figures, organ=organ, year=year, random=random, words=narrative, printed=printed), random


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
