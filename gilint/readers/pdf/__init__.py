"""PDF with a text layer.

Tables come from the lines drawn around their cells, all other text in lines from top to bottom. What pdfium says of a page is read in `content`; the rest is geometry.
"""

from __future__ import annotations

import pypdfium2.raw as pdfium

from gilint.document import Document
from gilint.readers.pdf.aside import read_aside
from gilint.readers.pdf.guard import examine
from gilint.readers.pdf.library import PDFIUM
from gilint.readers.pdf.opening import opened, saved
from gilint.readers.pdf.reading import MAX_PAGES, read_pages


def read(data: bytes, name: str) -> Document:
    """Read a PDF. Faults of the file are told by the notices of the document."""
    with PDFIUM, opened(data) as handle:
        if not isinstance(handle, pdfium.FPDF_DOCUMENT):
            return Document(name, "none", notices=(handle,))
        # What is encrypted, but opens without a password, is looked at as it would be if it were not.
        plain = saved(handle, pdfium.FPDF_REMOVE_SECURITY) if b"/Encrypt" in data else data
        verdict = examine(data if plain is None else plain, min(pdfium.FPDF_GetPageCount(handle), MAX_PAGES))
        if verdict.refused is not None:
            return Document(name, "pdf", notices=(verdict.refused,))
        if not verdict.doubtful and plain is not None:
            return read_pages(handle, name)
    return read_aside(data, name)
