"""What a file is that its name does not tell: whether it is worth reading as a document, by its content."""

from __future__ import annotations

import re
from pathlib import Path

from gilint.patterns import deferred
from gilint.readers import BINARY_READERS
from gilint.readers.encodings import decode
from gilint.readers.limits import MAX_BYTES
from gilint.readers.signatures import begins_as_data, format_by_signature

PROBED = 16_384
"""Bytes at the beginning in which a text must say that it is a report, and at the end in which a packed one names its members."""
_PACKED = ("ZIP", "OLE")
_PAGE = deferred(r"\s*+(?:<\?xml[^>]{0,200}>\s*+|<!--.{0,2000}?-->\s*+)*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_ABOUT = "政府信息公开"
_KIND = ("年度报告", "年报", "总体情况")


def is_document(path: Path, *, within_page: bool = False) -> bool:
    """Say whether a file whose name says nothing is a document that can be read.

    Office formats, PDF and data go by their signatures, web pages by their markup; anything else, and what belongs to a page that a browser
    has saved, must name the report.

    Args:
        path: the file.
        within_page: it lies in the folder that a browser makes for the parts of a page.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(PROBED)
        known = format_by_signature(head)
        if known == "ZIP":  # names its members once more at its end
            # Nothing twice: where the names begin is told by how much is before them.
            file.seek(max(len(head), path.stat().st_size - PROBED))
            known = format_by_signature(head + file.read(PROBED))
        elif known == "OLE":  # names its streams anywhere
            known = format_by_signature(head + file.read(MAX_BYTES))
    if known is not None:
        return known in BINARY_READERS and known not in _PACKED
    if begins_as_data(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    decoded = decode(head, clipped=len(head) == PROBED)
    if decoded.binary:
        return False
    if not within_page and _PAGE.match(decoded.text) is not None:
        return True
    return _ABOUT in decoded.text and any(word in decoded.text for word in _KIND)
