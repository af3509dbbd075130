"""What the readers of all formats of workbooks do alike: from sheets to the document, with what was hidden in it or is not known.

Counting: every table of the document has a number, whichever sheet it stands in, and so have its rows and the cells that begin in them, as drawn;
``sheet`` and ``address`` of a `Place` name the very cell of the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field

from gilint.document import Document
from gilint.language import Text
from gilint.notice import Notice, NoticeKind, comments_notice
from gilint.place import Place
from gilint.readers import tidy
from gilint.readers.grids import address
from gilint.readers.limits import MAX_ROWS, limit_notice
from gilint.readers.sheets import RawSheet, SheetFlow

MAX_SHEETS = 200
SAMPLE = 30
"""Characters of a hidden text that are quoted."""
DAMAGED = Notice(NoticeKind.UNREADABLE, {"reason": Text("文件不完整或已损坏", "it is incomplete or damaged")})


class WorkbookError(Exception):
    """A workbook that is not read; `notice` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.kind)
        self.notice = notice


def unread(name: str, notice: Notice) -> Document:
    """Return the document of which nothing was read."""
    return Document(name, "none", notices=(notice,))


@define
class WorkbookFlow:
    """Collects the sheets of one workbook."""

    name: str
    format: str
    several: bool = False
    """Whether several sheets are shown, so that their names say what is in them."""
    comments: int = 0
    own_comments: int = 0
    """How many of them gilint has written."""
    flow: SheetFlow = field(factory=SheetFlow)
    limits: dict[str, int] = field(factory=dict)
    hidden: list[str] = field(factory=list)
    """Texts that are in the workbook and not shown."""
    unknown: list[Place] = field(factory=list)
    """Cells with a formula and without its value."""
    data: list[tidy.DataRow] = field(factory=list)
    """Cells of a report as data, where a sheet holds these."""

    def add(self, sheet: RawSheet, *, shown: bool, unknown: Iterable[tuple[int, int]] = ()) -> None:
        """Take a sheet; of one that is hidden it is only noted what it holds."""
        data = tidy.sheet_rows(sheet) if shown else None
        if data is not None:
            # A filter that hides rows takes nothing out of data.
            self.data.extend(data)
            self.flow.limits.update({"MAX_ROWS": MAX_ROWS} if len(sheet.rows) > MAX_ROWS else {})
        elif shown:
            self.hidden.extend(self.flow.add(sheet, named=self.several))
        else:
            self.hidden.extend(text for row in sheet.rows for text in row if text)
        if shown:
            self.unknown.extend(Place(sheet=sheet.name, address=address(*at)) for at in unknown)

    def document(self) -> Document:
        """Return what was collected."""
        notices = [limit_notice(limit, value) for limit, value in sorted({**self.limits, **self.flow.limits}.items())]
        if self.unknown:
            data = {"count": len(self.unknown), "at": tuple(self.unknown)}
            notices.append(Notice(NoticeKind.FORMULA_WITHOUT_VALUE, data, place=self.unknown[0]))
        if self.hidden:
            notices.append(Notice(NoticeKind.HIDDEN_TEXT, {"count": len(self.hidden), "sample": self.hidden[0].strip()[:SAMPLE]}))
        found = tidy.document_of(self.data, self.name, self.format) if self.data else None
        if found is None and not self.flow.blocks and not notices:
            notices.append(Notice(NoticeKind.EMPTY))
        if self.comments:
            notices.append(comments_notice(self.comments, own=self.own_comments))
        if found is not None:
            return evolve(found, notices=(*found.notices, *notices))
        return Document(self.name, self.format, tuple(self.flow.blocks), notices=tuple(notices))
