"""A web page as it was before gilint put marks into it, byte for byte where nobody has written it anew since."""

from __future__ import annotations

import re

from gilint.products import AUTHOR
from gilint.readers.html_notes import CLASS, ITEM

POLICY = "script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'; form-action 'none'"
DISARMED = "data-gilint-"
"""What stands before the name of an attribute that is to do nothing."""
STYLE_BEGINS = "\nmark.gilint{"
_HEAD = (
    '<meta charset="{encoding}"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="generator" content="{author}">'
)
_HEAD_WRITTEN = re.compile(re.escape(_HEAD.format(encoding="\0", policy=POLICY, author=AUTHOR)).replace("\0", r"[\w.:-]{1,40}"))
_STYLE, _STYLE_END = f"<style>{STYLE_BEGINS}", "</style>"
_NOTES, _NOTES_END = f'<aside class="{CLASS}"', "</aside>"
_DISARMED = re.compile(rf"(?P<before><meta\b[^<>]{{0,400}}?\s){DISARMED}(?=http-equiv)", re.IGNORECASE)
_NUMBER = re.compile(r'<(?P<tag>a|span) class="gilint-number[^<>]*+></(?P=tag)>')
_MARK = re.compile(r'(?P<own><mark class="gilint[^<>]*+>)|(?P<other><mark(?:\s[^<>]*+)?>)|</mark\s*+>', re.IGNORECASE)


def head_of(encoding: str) -> str:
    """Return what a copy has at its beginning: its encoding, and what keeps its scripts, frames and forms from doing anything."""
    return _HEAD.format(encoding=encoding, policy=POLICY, author=AUTHOR)


def without_marks(text: str) -> str:
    """Return a page without what gilint has put into it: head, marks, numbers, notes. Marks of others stay."""
    if CLASS not in text:
        return text
    text = _HEAD_WRITTEN.sub("", text, count=1)
    text = _DISARMED.sub(lambda match: match["before"], _without_notes(text))
    return _without_own(_NUMBER.sub("", text))


def _without_notes(text: str) -> str:
    """Take away the lists of notes, with the style sheet before them."""
    pieces: list[str] = []
    at = 0
    while (begin := text.find(_NOTES, at)) >= 0:
        end = text.find(_NOTES_END, begin)
        if end < 0:
            break
        style = text.rfind(_STYLE, at, begin) if text.startswith(_STYLE_END, begin - len(_STYLE_END)) else -1
        own = style >= 0 or text.find(f'<li class="{ITEM}"', begin, end) >= 0
        end += len(_NOTES_END)
        pieces.append(text[at : (style if style >= 0 else begin) if own else end])
        at = end
    return "".join((*pieces, text[at:]))


def _without_own(text: str) -> str:
    """Take away the marks. What stands in one of gilint's is text between two tags of the page, so none of others lies across its ends."""
    opened: list[bool] = []
    pieces: list[str] = []
    at = 0
    for match in _MARK.finditer(text):
        own = match["own"] is not None
        if own or match["other"] is not None:
            if own or opened:
                opened.append(own)
        elif opened:
            own = opened.pop()
        if own:
            pieces.append(text[at : match.start()])
            at = match.end()
    return "".join((*pieces, text[at:]))
