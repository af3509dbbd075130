"""Links to other sites: those that no reader of the page sees, and those within its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gilint.document import HiddenElement, OutwardLink
from gilint.patterns import deferred
from gilint.readers.html_cells import BLOCKS, collapse
from gilint.readers.html_removal import LONGEST_KEPT, MOST_KEPT

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_TRACED = 200
"""Links of one page, and frames, that are looked at."""
_LEVELS = 12
"""Elements around a link that are asked whether they hide it."""
_SIBLINGS = 20
"""Elements beside a link in which the text around it is looked for."""
_AROUND = 15
"""Characters before and after a link by which it is found in the text."""
_LONG = 1_000
"""Characters of an element beside a link from which on its white space is put together at once."""
_MOST_AROUND = 4 * 1024 * 1024
"""Characters around the links of one page that are looked at: elements within elements can all hold the same text."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HOST = re.compile(rb"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_OFFICIAL = (b".gov.cn", b".mil.cn")
_OUTSIDE = deferred(r"(?i)\s{0,9}(?:https?:)?//(?![^/?#]{0,100}\.(?:gov|mil)\.cn(?:[:/?#]|$))")
_FAR = r"-\s?\d{4,}"
_UNSEEN = deferred(
    rf"(?i)(?:^|[;\s])(?:visibility\s{{0,3}}:\s{{0,3}}hidden|opacity\s{{0,3}}:\s{{0,3}}0?(?:\.0{{1,3}})?\s{{0,3}}(?:;|!|$)|filter\s{{0,3}}:[^;]{{0,20}}opacity=0\)"
    rf"|font-size\s{{0,3}}:\s{{0,3}}0(?:\.0{{1,3}})?(?:px|pt|em|rem|%)?\s{{0,3}}(?:;|!|$)|text-indent\s{{0,3}}:\s{{0,3}}-\d{{3}}"
    rf"|clip\s{{0,3}}:\s{{0,3}}rect\(\s{{0,3}}0(?:px)?[\s,]{{1,3}}0|transform\s{{0,3}}:\s{{0,3}}scale\(\s{{0,3}}0(?:\.0{{1,3}})?\s{{0,3}}[,)]"
    rf"|(?:left|right|top|bottom|margin-left|margin-top|margin)\s{{0,3}}:\s{{0,3}}{_FAR})"
)
_HIDING = deferred(r"(?i)display\s{0,8}:\s{0,8}none")
_FLAT = deferred(r"(?i)(?<![\w-])(?:max-)?(?:height|width)\s{0,3}:\s{0,3}[01](?:px)?\s{0,3}(?=;|!|$)")
_CLIPPED = deferred(r"(?i)overflow(?:-[xy])?\s{0,3}:\s{0,3}hidden")
_COLOUR = deferred(
    r"(?i)(?<![\w-])(color|background(?:-color)?)\s{0,3}:\s{0,3}(#[0-9a-f]{3,6}|white|black|rgb\(\s{0,3}255\s{0,3},\s{0,3}255\s{0,3},\s{0,3}255\s{0,3}\))"
)
_POINT = ("0", "1", "0px", "1px")
_COLOURS = {"#fff": "white", "#ffffff": "white", "#000": "black", "#000000": "black"}
_GROUND = deferred(r"(?i)(?<![\w-])background")
_WHITE = deferred(r"(?i)(?:white|#fff|#ffffff)")
_SENTENCES = 3
"""Sentences of an element from which on its ground is the white one of the page: prose is printed black, unlike the words of menus and footers."""


def outward_links(parser: LexborHTMLParser, links: list[LexborNode]) -> tuple[list[HiddenElement], list[OutwardLink]]:
    """Return the links to sites that are no government's: those that cannot be seen, and those that stand within running text.

    What is hidden by ``display:none`` alone is told of when it is taken away.

    Args:
        parser: the page.
        links: its links.
    """
    source = parser.raw_html
    if not _leads_out(source):  # most pages link to nothing else, and need not be looked through
        return [], []
    unseen: dict[int, tuple[list[str], list[str]]] = {}
    within: list[OutwardLink] = []
    around = _Surroundings()
    for link in links[: MOST_TRACED * 5]:
        address = link.attributes.get("href") or ""
        if not _OUTSIDE.match(address) or len(within) >= MOST_KEPT:
            continue
        text = collapse(link.text()[:LONGEST_KEPT])
        hidden, hider = _hidden_by(link)
        if hidden is False and not text and _is_a_point(link):
            hidden, hider = True, link.mem_id
        if hidden and (text or link.css_first("img") is not None) and len(unseen) < MOST_KEPT:
            texts, addresses = unseen.setdefault(hider, ([], []))
            texts.append(text)
            addresses.append(address.strip()[:LONGEST_KEPT])
        elif hidden is False and text and around.spent < _MOST_AROUND:
            before, after = around.beside(link)
            if before or after:
                within.append(OutwardLink(address.strip()[:LONGEST_KEPT], text, f"{before}{text}{after}"))
            elif len(unseen) < MOST_KEPT and _is_white(link) and around.is_on_white(link):
                unseen[link.mem_id] = ([text], [address.strip()[:LONGEST_KEPT]])
    if b"iframe" in source:
        for frame in parser.tags("iframe")[:MOST_TRACED]:
            address = frame.attributes.get("src") or ""
            if _OUTSIDE.match(address) and _hidden_by(frame)[0] is not False and len(unseen) < MOST_KEPT:
                unseen.setdefault(frame.mem_id, ([""], [address.strip()[:LONGEST_KEPT]]))
    elements = [HiddenElement(" ".join(texts)[:LONGEST_KEPT], tuple(addresses[:MOST_KEPT])) for texts, addresses in unseen.values()]
    return elements, within


def _leads_out(source: bytes) -> bool:
    """Say whether an address of another site stands in the source."""
    position = source.find(b"//")
    while position > 0:
        # A search for two characters costs a twentieth of a pattern for whole addresses.
        if source[position - 1] in b"\"':=":
            host = _HOST.match(source, position + 2)
            if host is not None and not host[0].lower().endswith(_OFFICIAL):
                return True
        position = source.find(b"//", position + 2)
    return False


def _hidden_by(node: LexborNode) -> tuple[bool | None, int]:
    """Say whether an element is hidden, and the address of the one that hides it; ``None`` where ``display:none`` does."""
    around: LexborNode | None = node
    for _ in range(_LEVELS):
        if around is None or around.tag in ("body", "html"):
            break
        attributes = around.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or (style and _HIDING.search(style)):
            return None, around.mem_id
        if style and _hides(style):
            return True, around.mem_id
        if around.tag in ("marquee", "iframe", "div") and all(attributes.get(size) in _POINT for size in ("width", "height")):
            return True, around.mem_id
        around = around.parent
    return False, 0


def _hides(style: str) -> bool:
    if _UNSEEN.search(style):
        return True
    flat = len(_FLAT.findall(style))
    if flat > 1 or (flat and _CLIPPED.search(style)):
        return True
    colours = _colours(style)
    return "color" in colours and colours["color"] == colours.get("background")


def _colours(style: str) -> dict[str, str]:
    """Return the colour of the text and of its ground that a style gives, as far as they are white or black."""
    found = {name.lower().partition("-")[0]: value.lower() for name, value in _COLOUR.findall(style)}
    return {name: "white" if value.startswith("rgb") else _COLOURS.get(value, value) for name, value in found.items()}


def _is_a_point(link: LexborNode) -> bool:
    """Say whether all that a link shows is a picture of a pixel."""
    pictures = link.css("img")[:_SIBLINGS]
    return bool(pictures) and all(
        _hides(picture.attributes.get("style") or "") or all(picture.attributes.get(size) in _POINT for size in ("width", "height"))
        for picture in pictures
    )


def _is_white(link: LexborNode) -> bool:
    """Say whether the words of a link are white by its own style, or by that of the element within it."""
    inner = link.css_first("font,span,b,strong")
    return any(
        _colours(node.attributes.get("style") or "").get("color") == "white" or _WHITE.fullmatch(node.attributes.get("color") or "")
        for node in (link, inner)
        if node is not None
    )


class _Surroundings:
    """What stands around the links of a page; each element beside one is read once, however many links it stands beside."""

    def __init__(self, spent: int = 0) -> None:
        self.spent = spent
        """Characters that were looked at."""
        self._known: dict[int, str | None] = {}
        """Text of elements by address; ``None`` where a table is in it."""

    def beside(self, link: LexborNode) -> tuple[str, str]:
        """Return what stands before and after a link in its line."""
        node = link
        for _ in range(4):
            before, after = (self._line(node, "prev"), self._line(node, "next"))
            parent = node.parent
            if before or after or parent is None or parent.tag in BLOCKS:
                return before[-_AROUND:].lstrip(), after[:_AROUND].rstrip()
            node = parent
        return "", ""

    def is_on_white(self, link: LexborNode) -> bool:
        """Say whether what a link stands on is the ground of the page, and not one that a style sheet can give to a menu or a footer."""
        node: LexborNode | None = link
        while node is not None and node.tag not in ("body", "html") and self.spent < _MOST_AROUND:
            attributes = node.attributes
            if "bgcolor" in attributes or "background" in attributes or _GROUND.search(attributes.get("style") or ""):
                return False
            if node is not link and ("class" in attributes or "id" in attributes):
                printed = node.text()
                self.spent += len(printed)
                return printed.count("。") >= _SENTENCES
            node = node.parent
        return node is not None and "bgcolor" not in node.attributes and "background" not in node.attributes

    def _line(self, node: LexborNode, side: str) -> str:
        """Return the text on one side of an element, up to the next line break."""
        pieces: list[str] = []
        beside = getattr(node, side)
        for _ in range(_SIBLINGS):
            if beside is None or sum(map(len, pieces)) >= _AROUND or beside.tag in BLOCKS or beside.tag == "br":
                break
            text = self._text(beside)
            if text is None:
                break
            pieces.append(text)
            beside = getattr(beside, side)
        return collapse("".join(reversed(pieces) if side == "prev" else pieces))

    def _text(self, node: LexborNode) -> str | None:
        address = node.mem_id
        if address not in self._known:
            inner = node.tag != "-text"
            text = None if inner and node.css_first("table") is not None else node.text() if inner else node.text_content or ""
            self.spent += len(text or "")
            # Of long ones no more is wanted than either end, without the space that can be most of it.
            self._known[address] = _SPACES.sub(_one, text) if text is not None and len(text) > _LONG else text
        return self._known[address]


def _one(space: re.Match[str]) -> str:
    return "\n" if "\n" in space[0] else " "
