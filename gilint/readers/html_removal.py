"""Takes out of a parsed page what is no text, or is not shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gilint.patterns import deferred

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SMALLEST_COPY = 200
"""Characters from which on a hidden panel whose text stands on the page again is a copy, for printing or for a phone."""
MOST_COMPARED = 8
"""Hidden panels of one page that are looked at as copies; each costs reading the page's text."""

_CODE = ("script", "style", "noscript", "template")
_HIDING = deferred(r"display\s{0,8}:\s{0,8}none", re.IGNORECASE)
_TABLE_PARTS = frozenset(["tr", "td", "th"])


def take_away_code(parser: LexborHTMLParser) -> tuple[int, int]:
    """Take away what is no text; return how many scripts there were, and how often they and style sheets say "display"."""
    nodes = [node for tag in _CODE for node in parser.tags(tag)]
    tags = [node.tag for node in nodes]
    # All are looked at before the first is taken away: one can be within another.
    display = sum(node.text().count("display") for node, tag in zip(nodes, tags, strict=True) if tag in ("script", "style"))
    for node in reversed(nodes):
        node.decompose()
    return tags.count("script"), display


def take_away_hidden(parser: LexborHTMLParser, hidden: set[int], *, styled: bool) -> None:
    """Take away what a browser does not show; ``styled``: a style can say so too.

    Hidden elements are spam of intruders, or menus; but one with a table is a panel that a click opens, and stays unless it is a copy.
    """
    compared = 0
    # The inner of two goes first: the outer takes it along.
    for node in reversed(parser.css("[hidden],[style*=display]" if styled else "[hidden]")):
        attributes = node.attributes
        if "hidden" not in attributes and not _HIDING.search(attributes.get("style") or ""):
            continue
        if node.tag in _TABLE_PARTS:
            hidden.add(node.mem_id)
        elif node.tag not in ("html", "body"):
            if node.css_first("table td") is not None:
                compared += 1
                if compared > MOST_COMPARED or not _stands_again(node, parser):
                    continue
            node.decompose()


def _stands_again(panel: LexborNode, parser: LexborHTMLParser) -> bool:
    """Say whether the text of a panel stands on the page another time, word by word."""
    text = "".join(panel.text().split())
    return len(text) >= SMALLEST_COPY and parser.body is not None and "".join(parser.body.text().split()).count(text) > 1
