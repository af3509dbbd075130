"""XLSX: the values by `calamine`, everything else from the parts of the archive."""

from __future__ import annotations

from attrs import evolve

from gilint.document import Document
from gilint.notice import Notice, NoticeKind
from gilint.readers.archives import ArchiveError, check_archive
from gilint.readers.calamine import DAMAGED, WorkbookError, WorkbookReader, unread
from gilint.readers.xlsx_parts import Parts
from gilint.readers.xml_events import XmlFault


def read(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in their order, cells as a reader of the workbook sees them."""
    unsafe = check_archive(data)
    if unsafe is not None:
        return unread(name, unsafe)
    try:
        parts = Parts(data)
        document = WorkbookReader(name, "xlsx", parts.facts).read(data)
        comments = parts.comments()
    except (ArchiveError, WorkbookError) as error:
        return unread(name, error.notice)
    except XmlFault:
        return unread(name, DAMAGED)
    if comments:
        document = evolve(document, notices=(*document.notices, Notice(NoticeKind.COMMENTS, {"count": comments})))
    return document
