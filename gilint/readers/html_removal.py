"""Takes out of a parsed page what is no text, or is not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from gilint.document import HiddenElement
from gilint.patterns import deferred

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SMALLEST_COPY = 200
"""Characters from which on a hidden panel whose text stands on the page again is a copy, for printing or for a phone."""
MOST_COMPARED = 8
"""Hidden panels of one page that are looked at as copies; each costs reading the page's text."""

MOST_KEPT = 50
"""Hidden elements of a page, and links of one, that are remembered."""
LONGEST_KEPT = 500
"""Characters of a text or an address that are remembered."""

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


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Say whether an element with such attributes is not shown."""
    return "hidden" in attributes or _HIDING.search(attributes.get("style") or "") is not None


def take_away_hidden(parser: LexborHTMLParser, hidden: set[int], *, styled: bool) -> list[HiddenElement]:
    """Take away what a browser does not show, and return it; ``styled``: a style can say so too.

    Hidden elements are spam of intruders, or menus; but one with a table is a panel that a click opens, and stays unless it is a copy.
    """
    compared = 0
    taken: list[HiddenElement] = []
    # The inner of two goes first: the outer takes it along.
    for node in reversed(parser.css("[hidden],[style*=display]" if styled else "[hidden]")):
        if not is_hidden(node.attributes):
            continue
        if node.tag in _TABLE_PARTS:
            hidden.add(node.mem_id)
        elif node.tag not in ("html", "body"):
            if node.css_first("table td") is not None:
                compared += 1
                if compared > MOST_COMPARED or not _stands_again(node, parser):
                    continue
            if len(taken) < MOST_KEPT:
                taken += _kept(node)
            node.decompose()
    return taken[::-1]


def _kept(node: LexborNode) -> list[HiddenElement]:
    """Return what is remarkable about a hidden element, nothing where it has neither text nor links to other sites."""
    text = " ".join(node.text()[: 4 * LONGEST_KEPT].split())[:LONGEST_KEPT]
    links = (link.attributes.get("href") or "" for link in node.css("a[href]"))
    addresses = tuple([link[:LONGEST_KEPT] for link in links if "//" in link[:8]][:MOST_KEPT])
    return [HiddenElement(text, addresses)] if text or addresses else []


def _stands_again(panel: LexborNode, parser: LexborHTMLParser) -> bool:
    """Say whether the text of a panel stands on the page another time, word by word."""
    text = "".join(panel.text().split())
    return len(text) >= SMALLEST_COPY and parser.body is not None and "".join(parser.body.text().split()).count(text) > 1
