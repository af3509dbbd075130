"""What reading and recognising noticed. Rules turn notices into findings; nothing noticed is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from gilint.data import Data
from gilint.place import CellRef, Place


class NoticeKind(StrEnum):
    """Every kind of thing that a reader or the recogniser can notice. The comment names its ``data``."""

    # Readers: the document as a file.
    EMPTY = "empty"  # no content at all
    UNREADABLE = "unreadable"  # reason: Text
    BINARY = "binary"  # neither text nor a known format
    UNSUPPORTED_FORMAT = "unsupported-format"  # format: str; a known format without a reader
    LIMIT = "limit"  # limit: str (name of the constant), value: int; what is beyond was not read
    OWN_OUTPUT = "own-output"  # product: Text; written by gilint, and no report: nothing was read
    ENCODING_WRONG = "encoding-wrong"  # declared: str, used: str
    ENCODING_LOSSY = "encoding-lossy"  # encoding: str, count: int; bytes that are no characters
    MOJIBAKE = "mojibake"  # UTF-8 that was read as GBK and saved; recovered: bool
    CONTROL_CHARACTERS = "control-characters"  # count: int; NUL and the like, left out
    UNTERMINATED = "unterminated"  # element: str; a table that the document never closes
    TRACKED_CHANGES = "tracked-changes"  # count: int; read as if accepted
    COMMENTS = "comments"  # count: int; own: how many of them gilint has written, where it has any
    HIDDEN_TEXT = "hidden-text"  # count: int (passages), sample: str; not read
    UNSAFE_ARCHIVE = "unsafe-archive"  # reason: Text; nothing was read
    ENCRYPTED = "encrypted"  # nothing was read
    CONVERSION_FAILED = "conversion-failed"  # format: str, reason: Text; nothing was read
    FORMAT_MISMATCH = "format-mismatch"  # named, found: str (formats); read as what was found
    READER_MISSING = "reader-missing"  # format, extra: str; nothing was read
    FORMULA_WITHOUT_VALUE = (
        "formula-without-value"  # count: int, at: tuple[Place, ...]; cells of a workbook with a formula, read as the formula
    )
    SCANNED = "scanned"  # pages: int; pictures of pages without text, nothing was read
    UNKNOWN_GLYPHS = "unknown-glyphs"  # count: int; printed characters of which the document does not say what they are
    # Recogniser: the document as a report.
    VALUE_NOT_AS_PRINTED = "value-not-as-printed"  # count: int; cells of data whose value is not what was printed: the value was taken
    # reason: str (list-page, script-shell, pictures, attachment, other-document, free-form, run-together, other); sections: tuple[str, ...], of tables that are pictures
    NO_REPORT = "no-report"
    TABLE_NOT_RECOGNISED = "table-not-recognised"  # table: str, reason: str (absent, picture, unlike)
    NUMBER_WITHOUT_PLACE = "number-without-place"  # raw, table, row: str (row is empty in a flat table)
    SEVERAL_REPORTS = "several-reports"  # count: int, identical: bool
    ROW_REPEATED = "row-repeated"  # table, row: str; differs: bool, printed: tuple[str, ...], copies: int
    ROW_EXTRA = "row-extra"  # table: str, printed: str (label), values: tuple[str, ...]
    ROW_RENAMED = "row-renamed"  # table, row, printed: str
    ROW_SHORT = "row-short"  # table, row: str; found, expected: int; which column lacks is uncertain
    # table, row: str (row is empty in a flat table and where not even the row is sure), values: tuple[str, ...] of a row that is none of the form's
    ROW_DOUBTFUL = "row-doubtful"
    ROWS_OUT_OF_ORDER = "rows-out-of-order"  # table: str, rows: tuple[str, ...]
    COLUMN_EXTRA = "column-extra"  # table, printed: str
    COLUMN_RENAMED = "column-renamed"  # table, column, printed: str
    COLUMNS_OUT_OF_ORDER = "columns-out-of-order"  # table: str, columns: tuple[str, ...]
    EDITIONS_MIXED = "editions-mixed"  # table, edition: str, printed: tuple[str, ...] (labels of the other edition)
    TABLE_EXTRA = "table-extra"  # numbers: int; a table inside the report that is none of the form's
    TABLES_IN_ONE = "tables-in-one"  # tables: tuple[str, ...]

    @property
    def leaves_unread(self) -> bool:
        """Whether it says that nothing of the document was read, and why."""
        return self in _LEAVING_UNREAD


_LEAVING_UNREAD = frozenset(
    [
        NoticeKind.EMPTY,
        NoticeKind.OWN_OUTPUT,
        NoticeKind.UNREADABLE,
        NoticeKind.BINARY,
        NoticeKind.UNSUPPORTED_FORMAT,
        NoticeKind.UNSAFE_ARCHIVE,
        NoticeKind.ENCRYPTED,
        NoticeKind.CONVERSION_FAILED,
        NoticeKind.SCANNED,
        NoticeKind.READER_MISSING,
    ]
)


@frozen(eq=False, repr=False)
class Notice(Data):
    """One thing noticed."""

    kind: NoticeKind
    data: Mapping[str, Any] = field(factory=dict)
    cells: tuple[CellRef, ...] = ()
    place: Place | None = None


def comments_notice(count: int, *, own: int) -> Notice:
    """Return the notice of comments that are left, some of which gilint may have written itself."""
    return Notice(NoticeKind.COMMENTS, {"count": count, "own": own} if own else {"count": count})


def without_own_comments(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return notices as if gilint had written no comments into the document."""
    kept = []
    for notice in notices:
        own = notice.data.get("own", 0) if notice.kind is NoticeKind.COMMENTS else 0
        if not own:
            kept.append(notice)
        elif notice.data["count"] > own:
            kept.append(comments_notice(notice.data["count"] - own, own=0))
    return tuple(kept)
