"""The text of HTML cells and paragraphs as a browser shows it."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from gilint.patterns import deferred

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "main",
        "aside",
        "blockquote",
        "center",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "legend",
        "address",
        "pre",
        "hr",
        "details",
        "summary",
        "option",
        "optgroup",
        "select",
        "textarea",
        "dir",
        "menu",
    ]
)
BREAK = "\x0c"
"""Between pieces of text that a browser puts on lines of their own; no text holds it, the decoder sees to that."""

_LINE_ENDS = BLOCKS | {"br"}
_BETWEEN_CHINESE = deferred(
    r"(?<=[\u2e80-\u9fff\u3001\u3002\uff00-\uff60”》〉])[ \t\r\f]*+\n\s*+(?=[\u2e80-\u9fff\u3001\u3002\uff00-\uff60“《〈])"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_tag_of = attrgetter("tag")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED_FIELDS = frozenset([None, "", "text", "number", "tel"])


def collapse(text: str) -> str:
    """Return text with its white space as shown; a line break between two Chinese characters is the author's editor's, not a space."""
    if "\n" in text:
        text = _BETWEEN_CHINESE.sub("", text)
    elif "  " not in text and "\t" not in text and "\f" not in text:
        return text.strip()
    return _SPACES.sub(" ", text).strip()


def enclosing(node: LexborNode, *tags: str) -> LexborNode | None:
    """Return the nearest element around ``node`` that is one of ``tags``."""
    parent = node.parent
    while parent is not None and parent.tag not in tags:
        parent = parent.parent
    return parent


def show_typed_values(parser: LexborHTMLParser) -> None:
    """Turn form fields in cells into their text, and raised footnote numbers into raised characters.

    Without the second, 5 with the footnote 1 would be read as 51.
    """
    if not (parser.tags("input") or parser.tags("sup")):  # quicker than to select
        return
    texts: dict[int, str] = {}
    for node in parser.css("input,sup"):
        cell = enclosing(node, "td", "th")
        if cell is None:
            continue
        if node.tag == "input":
            attributes = node.attributes
            if attributes.get("type") in _TYPED_FIELDS and attributes.get("value"):
                node.insert_before(str(attributes["value"]))
            continue
        text = node.text().strip()
        address = cell.mem_id
        if address not in texts:
            texts[address] = cell.text().strip()
        if text.isdigit() and text.isascii() and texts[address] != text:
            node.replace_with(text.translate(_SUPERSCRIPT))


def cell_texts(cells: list[LexborNode]) -> list[str]:
    """Return the texts of cells; what a browser shows on lines of its own is on lines of its own."""
    # Most cells hold one number or one word, which needs no further look.
    return [text if (text := cell.text(separator=BREAK)).isalnum() else _spaced_text(cell, text) for cell in cells]


def _spaced_text(cell: LexborNode, text: str) -> str:
    """Return the text of a cell of which the pieces are ``text``."""
    text = text.strip()  # of breaks too
    if BREAK not in text:
        return collapse(text)
    # Several pieces: whether they are one line or more depends on the elements between them.
    inner, child = cell, cell.first_child
    while child is not None and child.tag in BLOCKS and child.next is None:
        inner, child = child, child.first_child
    elements = inner.traverse()
    next(elements)
    return collapse(inner.text()) if _LINE_ENDS.isdisjoint(map(_tag_of, elements)) else block_text(cell)


def block_text(element: LexborNode) -> str:
    """Return the text of an element with its lines apart."""
    pieces: list[str] = []
    opened: list[tuple[LexborNode, str]] = []
    node = element.first_child
    while True:
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                pieces.append(node.text_content or "")
                node = node.next
                continue
            if tag in _LINE_ENDS:
                pieces.append(BREAK)
            opened.append((node, tag))
            node = node.first_child
        if not opened:
            break
        node, tag = opened.pop()
        node = node.next
        if node is not None and tag in BLOCKS:
            pieces.append(BREAK)
    text = "".join(pieces)
    if BREAK not in text:
        return collapse(text)
    lines = map(collapse, text.split(BREAK))
    return "\n".join(line for line in lines if line)
