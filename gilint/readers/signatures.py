"""Formats that begin with bytes of their own, recognised by them and never by the name of the file."""

from __future__ import annotations

import re
from pathlib import PurePath

NEEDED = frozenset(["table", "row", "column"])
"""Columns, or keys, that every cell has in data as gilint writes them."""
_JSON = re.compile(r"\s*+[\[{]")
_LONGEST_HEADER = 1000

PROBED = 4096
"""Bytes at the beginning that tell data: the first cell must begin in them."""
RESULTS = b'"gilint/1"'
"""The schema of what ``gilint check --format json`` writes; its first report may be without cells."""
_RESULTS_WITHIN = 200
HEAD = 4096
"""Bytes at the beginning in which a signature is looked for."""

_LEADING = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b\x08", "GZIP"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of members (zip) or streams (OLE, in UTF-16) that tell what is packed.
_ZIPPED = (
    (b"word/", "DOCX"),
    (b"xl/workbook.bin", "XLSB"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"OFD.xml", "OFD"),
)
_MIME = (
    (b"application/vnd.oasis.opendocument.text", "ODT"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS"),
)
_DIRECTORY_END = b"PK\x05\x06"
_OLE_STREAMS = (("WordDocument", "DOC"), ("Workbook", "XLS"), ("Book", "XLS"), ("PowerPoint Document", "PPT"))
_WRITTEN = ("HTML", "TEXT", "MHTML")
# What may stand in a file of that name; a suffix that is not here says nothing.
_NAMED = {
    ".doc": ("DOC",),
    ".docx": ("DOCX", "OLE"),  # the wrapper of an encrypted one
    ".docm": ("DOCX", "OLE"),
    ".wps": ("DOC", "OLE"),
    ".rtf": ("RTF",),
    ".odt": ("ODT",),
    ".ofd": ("OFD",),
    ".pdf": ("PDF",),
    ".xls": ("XLS",),
    ".xlsx": ("XLSX", "OLE"),
    ".xlsm": ("XLSX", "OLE"),
    ".xlsb": ("XLSB", "OLE"),
    ".et": ("XLS", "OLE"),
    ".ods": ("ODS",),
    ".csv": ("CSV", "TEXT"),
    ".json": ("JSON", "TEXT"),
    ".txt": ("TEXT", "CSV", "JSON", "HTML"),
    ".text": ("TEXT", "CSV", "JSON", "HTML"),
    ".md": ("TEXT", "HTML"),
    ".markdown": ("TEXT", "HTML"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), _WRITTEN),
}
_MAIL = re.compile(rb"(?i)\A(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*mime-version:")
_WORD_XML = re.compile(rb"""<\?mso-application\s+progid=["'](Word|Excel)""")


def format_by_signature(data: bytes) -> str | None:
    """Return the name of the format, in capitals, or ``None`` where the content is text or unknown."""
    head = data[:HEAD]
    for signature, name in _LEADING:
        if head.startswith(signature):
            return name
    if head.startswith(_ZIP):
        names = _directory(data)
        return next((name for member, name in _ZIPPED if member in names), None) or next(
            (name for kind, name in _MIME if kind in data), "ZIP"
        )
    if head.startswith(_OLE):
        return next((name for stream, name in _OLE_STREAMS if stream.encode("utf-16-le") in data), "OLE")
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if _MAIL.match(head):
        return "MHTML"
    office = _WORD_XML.search(head)
    if office:
        return "WORDML" if office[1] == b"Word" else "SPREADSHEETML"
    return None


def _directory(data: bytes) -> bytes:
    """Return the part of an archive that names its members, all of it where that is not found: in a packed picture any three letters may stand."""
    end = data.rfind(_DIRECTORY_END)
    if 0 <= end <= len(data) - 20:
        size, start = int.from_bytes(data[end + 12 : end + 16], "little"), int.from_bytes(data[end + 16 : end + 20], "little")
        if size and start + size <= end:
            return data[start : start + size]
    return data


def promises_format(name: str) -> bool:
    """Say whether a name ends as that of a document does."""
    return PurePath(name).suffix.lower() in _NAMED


def mismatch(name: str, found: str) -> str | None:
    """Return the format that the name of a file promises where its content is of another one.

    A page without any markup, and a text with some, are no mismatch: nothing is read otherwise for it.

    Args:
        name: how the document is called.
        found: the format of its content; ``none`` where it has none.
    """
    suffix = PurePath(name).suffix.lower()
    allowed = _NAMED.get(suffix)
    return None if allowed is None or found == "none" or found.upper() in allowed else suffix[1:].upper()


def may_be_data(text: str) -> bool:
    """Say at a glance whether a text can be data as gilint writes them, JSON or CSV."""
    if _JSON.match(text) is not None:
        return all(f'"{key}"' in text for key in NEEDED)
    return header_separator(text) is not None


def begins_as_data(head: bytes) -> bool:
    """Say whether a file can be data as gilint writes them, by its first bytes without byte order mark."""
    if is_json(head):
        return RESULTS in head[:_RESULTS_WITHIN] or all(f'"{key}"'.encode() in head for key in NEEDED)
    return header_separator(head.decode("latin-1")) is not None


def is_json(head: bytes) -> bool:
    """Say whether a file begins as JSON does."""
    return _JSON.match(head.decode("latin-1")) is not None


def may_hold_data(name: str) -> bool:
    """Say whether a file of that name may be data; one that is named as a page or a document of an office is not looked at."""
    allowed = _NAMED.get(PurePath(name).suffix.lower())
    return allowed is None or "CSV" in allowed or "JSON" in allowed


def header_separator(text: str) -> str | None:
    """Return the sign between the fields of the first line where these are the columns of such data; otherwise ``None``."""
    end = text.find("\n", 0, _LONGEST_HEADER)
    line = text[: end if end >= 0 else _LONGEST_HEADER]
    return next((sign for sign in ",;\t" if {field.strip(' "\r') for field in line.split(sign)} >= NEEDED), None)
