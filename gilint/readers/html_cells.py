"""The text of HTML cells and paragraphs as a browser shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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

_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u2e80-\u9fff\u3001\u3002\uff00-\uff60”》〉])[ \t\r\f]*+\n\s*+(?=[\u2e80-\u9fff\u3001\u3002\uff00-\uff60“《〈])"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED_FIELDS = frozenset([None, "", "text", "number", "tel"])


def collapse(text: str) -> str:
    """Return text with its white space as shown; a line break between two Chinese characters is the author's editor's, not a space."""
    if "\n" in text:
        text = _BETWEEN_CHINESE.sub("", text)
    elif len(text) < 2 or ("  " not in text and "\t" not in text and "\f" not in text):  # one digit, most often
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


def cell_text(cell: LexborNode) -> str:
    """Return the text of a cell; what a browser shows on lines of its own is on lines of its own."""
    text: str = cell.text(separator=BREAK)
    if BREAK not in text:
        return collapse(text)
    if sum(map(bool, map(str.strip, text.split(BREAK)))) > 1:
        # Several pieces: whether they are one line or more depends on the elements between them.
        return block_text(cell)
    return collapse(text)


def block_text(element: LexborNode) -> str:
    """Return the text of an element with its lines apart."""
    pieces: list[str] = []
    for node in element.traverse(include_text=True):
        tag = node.tag
        if tag == "br" or (tag in BLOCKS and node.mem_id != element.mem_id):
            pieces.append(BREAK)
            continue
        previous = node.prev
        if previous is not None and previous.tag in BLOCKS:
            pieces.append(BREAK)
        if tag == "-text":
            pieces.append(node.text())
    lines = map(collapse, "".join(pieces).split(BREAK))
    return "\n".join(line for line in lines if line)
