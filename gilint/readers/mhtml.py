"""MHTML (web archive, "single file web page"): a message as in mail, with the page in one of its parts."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from attrs import evolve

from gilint.document import Document, nowhere
from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.place import Place
from gilint.readers import html
from gilint.readers.encodings import decode

MAX_NESTING = 20
"""Parts with parts in them; a page saved by an office program or a browser has one."""

_NO_PAGE = Text("网页归档文件中没有网页", "the web archive holds no page")
_NESTED = Text("网页归档文件嵌套过深", "the web archive nests too deeply")


def read(data: bytes, name: str) -> Document:
    """Read the page of a web archive; its places are without line and column, which the archive writes otherwise."""
    if data.lower().count(b"multipart/") > MAX_NESTING:
        return _unreadable(name, _NESTED)
    pages = [content for part in message_from_bytes(data, policy=compat32).walk() if (content := _page(part)) is not None]
    if not pages:
        return _unreadable(name, _NO_PAGE)
    decoded = decode(max(pages, key=len))
    document = html.read(decoded.text, name, decoded.utf8, encoding=decoded.encoding, notices=decoded.notices)
    return evolve(document, format="mhtml", locate=_as_it_is, within=nowhere, printed=nowhere)


def _page(part: Message) -> bytes | None:
    content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
    return content if isinstance(content, bytes) and content.strip() else None


def _as_it_is(place: Place) -> Place:
    return place


def _unreadable(name: str, reason: Text) -> Document:
    return Document(name, "none", notices=(Notice(NoticeKind.UNREADABLE, {"reason": reason}),))
