"""Texts of documents for formats that cannot hold every character."""

from __future__ import annotations

import re

# What XML 1.0 has no way to write: control characters, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text in which what no XML can hold is replaced; line breaks and tabs stay."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def encodable(text: str, encoding: str | None) -> str:
    """Return a text that a stream of that encoding takes; what it cannot write becomes a question mark."""
    # A byte order mark is the stream's business, not that of every text.
    plain = (encoding or "utf-8").removesuffix("-sig")
    return text.encode(plain, "replace").decode(plain)
