"""OFD (GB/T 33190), the fixed layout in which Chinese offices publish and archive documents.

Its pages hold characters and lines at places, as those of a PDF do, so tables and paragraphs are found as there (`gilint.readers.pdf.reading`).
"""

from __future__ import annotations

from gilint.document import Document
from gilint.notice import Notice, NoticeKind, comments_notice
from gilint.readers.archives import DAMAGED, Archive, ArchiveError, open_archive
from gilint.readers.limits import limit_notice
from gilint.readers.ofd.drawing import Drawing
from gilint.readers.ofd.package import MAX_CONTENT, Package, TooMuchContent
from gilint.readers.pdf.content import Budget, PageContent
from gilint.readers.pdf.reading import MAX_PAGES, document_of
from gilint.readers.xml_events import XmlFault


def read(data: bytes, name: str) -> Document:
    """Read an OFD. Faults of the file are told by the notices of the document."""
    try:
        archive = open_archive(data)
        if any(member.lower().endswith("encryptions.xml") for member in archive.names):
            return _unread(name, Notice(NoticeKind.ENCRYPTED))
        return _read(archive, name)
    except ArchiveError as error:
        return _unread(name, error.notice)
    except XmlFault:
        return _unread(name, Notice(NoticeKind.UNREADABLE, {"reason": DAMAGED}))
    except TooMuchContent:
        return _unread(name, limit_notice("MAX_CONTENT", MAX_CONTENT))


def _unread(name: str, notice: Notice) -> Document:
    return Document(name, "none", notices=(notice,))


def _read(archive: Archive, name: str) -> Document:
    package = Package.of(archive)
    if not package.pages:
        return _unread(name, Notice(NoticeKind.UNREADABLE, {"reason": DAMAGED}))
    budget = Budget()
    pages: list[PageContent] = []
    notices = [limit_notice("MAX_PAGES", MAX_PAGES)] if len(package.pages) > MAX_PAGES else []
    try:
        for number, page in enumerate(package.pages[:MAX_PAGES], start=1):
            pages.append(Drawing(package, page, budget).content(number))
    except TooMuchContent:
        notices.append(limit_notice("MAX_CONTENT", MAX_CONTENT))
    comments = package.comments()
    if comments:
        notices.append(comments_notice(comments, own=0))
    return document_of(pages, name, "ofd", budget, notices) if pages else _unread(name, notices[0])
