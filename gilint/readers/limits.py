"""How much of a document is read. What lies beyond is not read, and a notice says so."""

from __future__ import annotations

import re

from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred

MAX_BYTES = 32 * 1024 * 1024
"""A page with pictures inside it can have some megabytes; more is no report."""
MAX_LINES = 50_000
MAX_TAGS = 400_000
"""Bounds the memory of the parsed tree (about 300 bytes a tag)."""
MAX_DEPTH = 500
"""Open elements around any place; the parser needs time proportional to it for every tag."""
MAX_TABLES = 2_000
MAX_ROWS = 5_000
"""Rows of one table."""
MAX_COLUMNS = 500
"""Columns of one table."""
MAX_SPAN = 1_000
"""Rows or columns that one cell may claim before it is cut to the table."""
MAX_CELLS = 100_000
"""Cells of one document."""
MAX_BLOCKS = 50_000
"""Paragraphs and tables of one document."""
MAX_ATTRIBUTES = 1_000
"""Words of one tag; the parser compares every attribute with every other."""
_WINDOW = 16_384
CAREFUL_TAGS = 8_000
"""Documents with fewer tags cannot become deep enough to be slow; counting their depth would cost more than it saves."""

_TAG = deferred(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
# Elements that end by themselves when the next one begins, or that never hold anything: they add no depth of their own.
_FLAT = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "dt",
        "dd",
        "br",
        "img",
        "input",
        "meta",
        "link",
        "hr",
        "col",
        "area",
        "base",
        "wbr",
        "param",
        "source",
        "embed",
        "html",
        "head",
        "body",
    ]
)
_FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_PHRASE = frozenset(["span", "abbr", "cite", "label", "sub", "sup", "ins", "del", "q", "kbd", "samp", "var", "mark", "time", "bdo"])


def limit_notice(name: str, value: int) -> Notice:
    """Say that the limit called ``name`` was hit."""
    return Notice(NoticeKind.LIMIT, {"limit": name, "value": value})


def clip_markup(markup: str) -> tuple[str, list[Notice]]:
    """Cut markup off where it has too many tags or nests too deeply."""
    notices: list[Notice] = []
    end = _where_too_many_attributes(markup)
    if end is not None:
        markup = markup[:end]
        notices.append(limit_notice("MAX_ATTRIBUTES", MAX_ATTRIBUTES))
    tags = markup.count("<")
    if tags > MAX_TAGS:
        markup = markup[: _position_of_tag(markup, MAX_TAGS)]
        notices.append(limit_notice("MAX_TAGS", MAX_TAGS))
    if tags > CAREFUL_TAGS:
        end = _where_too_deep(markup)
        if end is not None:
            markup = markup[:end]
            notices.append(limit_notice("MAX_DEPTH", MAX_DEPTH))
    return markup, notices


def is_surely_whole(source: bytes) -> bool:
    """Say whether `clip_markup` would cut nothing off, as far as that is seen quickly."""
    window = _WINDOW // 2  # so that one of these is in each of the others
    starts = range(0, len(source) - window + 1, window)
    return source.count(b"<") <= CAREFUL_TAGS and all(source.find(b">", start, start + window) >= 0 for start in starts)


def _where_too_many_attributes(markup: str) -> int | None:
    """Return where a tag with more than `MAX_ATTRIBUTES` words begins; pictures inside the page make long tags with few words."""
    for start in range(0, len(markup) - _WINDOW + 1, _WINDOW):
        if markup.find(">", start, start + _WINDOW) >= 0:
            continue
        tag = markup.rfind("<", 0, start + _WINDOW)
        if tag < 0 or markup.rfind(">", 0, start) > tag or markup.rfind("<script", 0, tag + 1) > markup.rfind("</script", 0, tag + 1):
            continue
        if len(markup[tag : start + _WINDOW].split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES:
            return tag
    return None


def _position_of_tag(markup: str, number: int) -> int:
    for index, match in enumerate(re.finditer("<", markup)):
        if index == number:
            return match.start()
    return len(markup)


def _where_too_deep(markup: str) -> int | None:
    """Return where the elements that are open come to more than `MAX_DEPTH`, following the parser's rules for end tags roughly."""
    stack: list[str] = []
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        if name in _FLAT:
            continue
        if not match[1]:
            stack.append(name)
            if len(stack) > MAX_DEPTH:
                return match.start()
        elif stack and stack[-1] == name:
            stack.pop()
        elif name in stack:
            last = len(stack) - 1 - stack[::-1].index(name)
            if name in _FORMATTING:
                del stack[last]
            elif name not in _PHRASE or all(inner in _PHRASE or inner in _FORMATTING for inner in stack[last:]):
                del stack[last:]
    return None
