"""From whatever holds a document to a `Document`. The format is found by content, never by the name of the file.

A new binary format is one module with ``read(data: bytes, name: str) -> Document`` and one line in `BINARY_READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module

from attrs import evolve

from gilint.document import Document
from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred
from gilint.products import PROBED, product_in
from gilint.readers import text
from gilint.readers.encodings import clean_text, decode
from gilint.readers.signatures import format_by_signature, may_be_data, mismatch
from gilint.readers.source import Source, SourceLike, as_source, load, name_of

__all__ = ["SourceLike", "as_source", "name_of", "read_document"]

BINARY_READERS: Mapping[str, str] = {
    "DOC": "gilint.readers.conversion",
    "DOCX": "gilint.readers.docx",
    "MHTML": "gilint.readers.mhtml",
    "ODS": "gilint.readers.ods",
    "ODT": "gilint.readers.conversion",
    "OFD": "gilint.readers.ofd",
    "OLE": "gilint.readers.ole",
    "PDF": "gilint.readers.pdf",
    "RTF": "gilint.readers.conversion",
    "WORDML": "gilint.readers.conversion",
    "XLS": "gilint.readers.xls",
    "XLSB": "gilint.readers.xlsb",
    "XLSX": "gilint.readers.xlsx",
    "ZIP": "gilint.readers.archives",
}
"""Format as `signatures` calls it, and the module that reads it. Formats without one are told to the user by name."""

EXTRAS: Mapping[str, str] = {"lxml": "docx", "python_calamine": "xlsx", "pypdfium2": "pdf"}
"""Third-party module that a reader imports, and the extra of gilint that brings it."""

_CONTAINERS = ("OLE", "ZIP")
"""What a damaged one held nobody knows, so that its name contradicts nothing."""
_HEAD = 20_000
_LEAST_COMMAS = 20
"""In so many characters at the beginning; Chinese narrative has commas of its own, and five rows of a table between commas have more."""

_MARKUP = re.compile(
    r"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype\s|\?xml\s|html|head|body|title|meta|div|p\b|table|article|section|h[1-6]|span|ul|link|style|script|center)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = deferred(r"<(?:table|tr|p|div|td|li|h[1-6])[\s/>]", re.IGNORECASE)
_INLINE = deferred(r"<(?:br|img|span|font)[\s/>]", re.IGNORECASE)
_MARKDOWN_RULE = deferred(r"^[|:-][ |:-]*+$", re.MULTILINE)


def read_document(source: SourceLike, name: str | None = None) -> Document:
    """Read one document.

    Faults of the content never raise: what cannot be read, or only in part, is told by the notices of the document.

    Args:
        source: its bytes, a path, an open file, or its text (a string is the text itself; see `as_source`).
        name: how the document is called in messages; by default the path as given, ``<bytes>``, ``<text>`` or the file's name.
    """
    loaded = load(source, name)
    if any(notice.kind is NoticeKind.UNREADABLE for notice in loaded.notices):
        return Document(loaded.name, "none", notices=loaded.notices)
    document = _read_text(loaded) if loaded.text is not None else _read_bytes(loaded)
    return evolve(document, notices=loaded.notices + document.notices) if loaded.notices else document


def _read_bytes(source: Source) -> Document:
    known = format_by_signature(source.data)
    document = _read_text(source) if known is None else _read_binary(source, known)
    named = mismatch(source.name, known or document.format)
    if named is None or (known in _CONTAINERS and NoticeKind.UNREADABLE in [notice.kind for notice in document.notices]):
        return document
    notice = Notice(NoticeKind.FORMAT_MISMATCH, {"named": named, "found": known or document.format.upper()})
    return evolve(document, notices=(notice, *document.notices))


def _read_binary(source: Source, known: str) -> Document:
    module = BINARY_READERS.get(known)
    if module is None:
        return _nothing(source.name, NoticeKind.UNSUPPORTED_FORMAT, format=known)
    try:
        read: Callable[[bytes, str], Document] = import_module(module).read
        return read(source.data, source.name)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        return _nothing(source.name, NoticeKind.READER_MISSING, format=known, extra=extra)


def _read_text(source: Source) -> Document:
    decoded = decode(source.data, clipped=bool(source.notices)) if source.text is None else clean_text(source.text)
    if decoded.binary:
        return _nothing(source.name, NoticeKind.BINARY)
    own = _own_output(decoded.text)
    if own is not None:
        return _nothing(source.name, NoticeKind.OWN_OUTPUT, product=own)
    if not decoded.text or decoded.text.isspace():
        return evolve(_nothing(source.name, NoticeKind.EMPTY), notices=(*decoded.notices, Notice(NoticeKind.EMPTY)))
    document = _read_data(decoded.text, source.name)
    if document is None and _is_markup(decoded.text):
        from gilint.readers import html  # an HTML parser is not needed to read text

        return html.read(decoded.text, source.name, decoded.utf8, encoding=decoded.encoding, notices=decoded.notices)
    if document is None:
        document = _read_rows(decoded.text, source.name) or text.read(decoded.text, source.name)
    return evolve(document, encoding=decoded.encoding, notices=decoded.notices + document.notices)


def _read_data(content: str, name: str) -> Document | None:
    """Return data as gilint writes them; most documents are none, and do not pay for looking closer."""
    if not may_be_data(content):
        return None
    from gilint.readers import tidy

    return tidy.read(content, name)


def _read_rows(content: str, name: str) -> Document | None:
    """Return tables between commas; a text with few commas has none."""
    if content.count(",", 0, _HEAD) < _LEAST_COMMAS:
        return None
    from gilint.readers import delimited

    return delimited.read(content, name)


def _is_markup(content: str) -> bool:
    """Say whether content is HTML: it begins like it, or something is marked up somewhere in it (a Markdown table may hold ``<br>``)."""
    if _MARKUP.match(content) is not None or _BLOCK.search(content) is not None:
        return True
    return _INLINE.search(content) is not None and not any("-" in rule and "|" in rule for rule in _MARKDOWN_RULE.findall(content))


def _own_output(content: str) -> Text | None:
    """Return what gilint itself has written, where it is no data that can be read."""
    own = product_in(content[:PROBED])
    return None if own is None or own.readable else own.label


def _nothing(name: str, kind: NoticeKind, **data: str | Text) -> Document:
    return Document(name, "none", notices=(Notice(kind, data),))
