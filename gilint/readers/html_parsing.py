"""From the source of a page to its tree, of which no more is built than has to be walked."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from gilint.notice import Notice
from gilint.patterns import deferred
from gilint.readers.html_plain import cut_out
from gilint.readers.html_positions import TableTag, table_tags
from gilint.readers.html_tables import Tables
from gilint.readers.limits import clip_markup, is_surely_whole

_FIRST_CELL = deferred(r"(?i)<t[rdh][\s>]")


class Parsed:
    """A page, parsed."""

    def __init__(self, markup: str, tags: list[TableTag], tables: Tables, limits: dict[str, int], notices: list[Notice]) -> None:
        self.markup = markup
        """What was parsed: the text of the source, or the part of it that is read."""
        self.tags = tags
        """The tags of tables in it."""
        self.tables = tables
        """Which know the parser."""
        self.limits = limits
        """Limits hit by tables, by name."""
        self.notices = notices
        """Limits hit before."""


def parse(text: str, utf8: bytes | None) -> Parsed:
    """Parse a page, if possible without the insides of its plain tables.

    Args:
        text: the source.
        utf8: the same as bytes, where these are at hand.
    """
    source = text.encode(errors="ignore") if utf8 is None else utf8
    tags = table_tags(source)
    rest, plain = cut_out(source, tags)
    if plain and is_surely_whole(rest):
        limits: dict[str, int] = {}
        tables = Tables(LexborHTMLParser(rest), set(), limits, plain)
        if tables.complete:
            return Parsed(text, tags, tables, limits, [])
    clipped, notices = clip_markup(text)
    markup = _with_table(clipped)
    if markup is not text:
        source = markup.encode(errors="ignore")
        tags = table_tags(source)
    limits = {}
    return Parsed(markup, tags, Tables(LexborHTMLParser(source), set(), limits), limits, notices)


def _with_table(markup: str) -> str:
    """Cells without a table around them (a fragment of a page) would lose their limits: 0 and 0 would become 00."""
    if "<table" in markup or "<TABLE" in markup or re.search("(?i)<table", markup):
        return markup
    first = _FIRST_CELL.search(markup)
    return f"{markup[: first.start()]}<table>{markup[first.start() :]}" if first else markup
