"""The notes that ``gilint annotate`` puts at the end of a page: remarks about the report, and no part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

CLASS = "gilint-notes"
ITEM = "gilint-note"


def take_away_notes(parser: LexborHTMLParser) -> int:
    """Take the notes away, if there are any, and return how many there were: nothing that is counted is passed over in silence."""
    if CLASS.encode() not in parser.raw_html:
        return 0
    taken = 0
    for notes in parser.css(f"aside.{CLASS}"):
        items = len(notes.css(f"li.{ITEM}"))
        if items:
            taken += items
            notes.decompose()
    return taken
