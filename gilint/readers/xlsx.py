"""XLSX: the values by `calamine`, everything else from the parts of the archive."""

from __future__ import annotations

from gilint.document import Document
from gilint.notice import Notice, NoticeKind
from gilint.products import LEDGER, PROPERTIES, made_by_gilint
from gilint.readers.archives import ArchiveError, open_archive
from gilint.readers.calamine import read_sheets
from gilint.readers.workbooks import DAMAGED, WorkbookError, WorkbookFlow, unread
from gilint.readers.xlsx_parts import Parts
from gilint.readers.xml_events import XmlFault


def read(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in their order, cells as a reader of the workbook sees them."""
    flow = WorkbookFlow(name, "xlsx")
    try:
        parts = Parts(open_archive(data, whole=True))
        if made_by_gilint(parts.part(PROPERTIES.lower())):
            return unread(name, Notice(NoticeKind.OWN_OUTPUT, {"product": LEDGER.label}))
        read_sheets(data, flow, parts.facts)
        flow.comments, flow.own_comments = parts.comments()
    except (ArchiveError, WorkbookError) as error:
        return unread(name, error.notice)
    except XmlFault:
        return unread(name, DAMAGED)
    return flow.document()
