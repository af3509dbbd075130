"""Pictures and frames of a page: which of them can hold what an article does not say in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gilint.patterns import deferred

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SMALLEST_PICTURE = 80
"""Pixels: a table that can be read is wider and higher; smaller pictures are icons."""
MOST_TRACED = 50
"""Pictures of one page from which the way up to the tables around them is gone."""
_FURNITURE = deferred(
    r"(?i)logo|icon|/ico|banner|qrcode|erweima|ewm|weixin|wechat|share|spacer|blank\.|dot\.|arrow|jiucuo|beian|dangzheng|gongan|conac|/?(?:blue|red)\.png|\bbg"
)
_FRAMED = deferred(r"(?i)pdf|\.docx?\b|\.wps\b|\.ofd\b|\.xlsx?\b|officeapps|flexpaper")
"""In the address of a frame: a file is shown in it."""


def pictures_of(parser: LexborHTMLParser) -> list[LexborNode]:
    """Return the pictures that can be a part of the article."""
    return [picture for picture in parser.tags("img") if _is_content(picture)]


def tables_around(pictures: list[LexborNode]) -> set[int] | None:
    """Return the addresses of all tables around pictures; ``None`` for many pictures, where going up from each would take too long."""
    if len(pictures) > MOST_TRACED:
        return None
    tables: set[int] = set()
    for picture in pictures:
        node = picture.parent
        while node is not None:
            if node.tag == "table":
                tables.add(node.mem_id)
            node = node.parent
    return tables


def _is_content(picture: LexborNode) -> bool:
    """Say whether a picture can be a part of the article: not by its address or size an icon, a logo, a banner."""
    attributes = picture.attributes
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    if any(size.isdecimal() and int(size[:6]) < SMALLEST_PICTURE for size in sizes):
        return False
    source = (attributes.get("src") or "")[:300]
    return not _FURNITURE.search(source if not source.startswith("data:") else "")


def shows_file(frame: LexborNode) -> bool:
    """Say whether a frame shows a file, such as a PDF."""
    attributes = frame.attributes
    return _FRAMED.search((attributes.get("src") or attributes.get("data") or "")[:1000]) is not None
