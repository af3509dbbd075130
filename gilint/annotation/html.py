"""Marks and notes in a web page: what is wrong is marked where it stands, with a note that opens when it is pointed at, and all notes stand at the end, also in print.

Everything that the page holds stays, byte for byte; the marks add no text to it, their numbers come from the style sheet. The copy is made to be read: a policy keeps its
scripts, frames and forms from doing anything, and it goes to no other page by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from attrs import define, field

from gilint.annotation.html_source import HtmlSource, Piece
from gilint.annotation.involved import Part
from gilint.annotation.own_marks import DISARMED, STYLE_BEGINS, head_of, without_marks
from gilint.annotation.remarks import Remark, Spot
from gilint.language import Language, Text
from gilint.place import Place
from gilint.readers.encodings import clean_text, decode
from gilint.readers.html_notes import CLASS, ITEM

_TITLE = Text("gilint 检查发现的问题", "What gilint found")
_NOTHING = Text("没有发现问题。", "Nothing was found.")
_LEGEND = (
    ("part", Text("有问题的等式中的其他格", "other cells of an equation that does not hold")),
    ("possible", Text("错误也可能在这一格", "where the mistake may be instead")),
)
_BYTE_ORDER = "\ufeff"
_HEAD = re.compile(r"<head(?:\s[^>]{0,1000}+)?>", re.IGNORECASE)
_EARLY = re.compile(r"(?:\s*+(?:<!--.*?-->|<\?[^>]*+>|<!doctype[^>]*+>))*+", re.IGNORECASE | re.DOTALL)
_SCRIPT = re.compile(r"<(?:script|meta|body)\b", re.IGNORECASE)
_MOVING = re.compile(r"""<meta\b[^>]{0,400}?\b(?P<name>http-equiv)\s*=\s*["']?\s*(?:refresh|content-security-policy)""", re.IGNORECASE)
_END = re.compile(r"</body\s*>|</html\s*>", re.IGNORECASE)
_STYLE = (
    STYLE_BEGINS
    + """\
color:inherit!important;background:#cfe2f3!important;outline:1px dotted #1f4e79}
mark.gilint-part{color:inherit!important;background:#eef3f8!important;outline:1px dotted #8aa4bd}
mark.gilint-possible{color:inherit!important;background:#fff3f3!important;outline:1px dashed #a00000}
mark.gilint-warning{background:#ffe08a!important;outline:1px dashed #7f6000}
mark.gilint-error{background:#ffb3b3!important;outline:2px solid #a00000}
.gilint-number{text-decoration:none!important;cursor:help}
.gilint-number::before{content:attr(data-number);display:inline-block;min-width:1.2em;margin:0 .15em;padding:0 .25em;border-radius:.7em;font:bold 11px/1.4 sans-serif;
text-align:center;vertical-align:super;color:#fff;background:#1f4e79}
.gilint-number.gilint-warning::before{background:#7f6000}
.gilint-number.gilint-error::before{background:#a00000}
.gilint-number:hover::after,.gilint-number:focus::after{content:attr(data-note);position:fixed;z-index:2147483647;right:1em;bottom:1em;width:30em;max-width:90vw;padding:.7em .9em;
font:13px/1.6 sans-serif;white-space:pre-wrap;text-align:left;color:#222;background:#fffbe6;border:1px solid #999;box-shadow:0 2px 8px rgba(0,0,0,.3)}
.gilint-notes{clear:both;margin:2em auto;padding:1em 2em;max-width:60em;font:14px/1.7 sans-serif;text-align:left;color:#222;background:#fff;border:2px solid #1f4e79}
.gilint-notes h2{font-size:18px;margin:.3em 0}
.gilint-notes li{margin:.8em 0;white-space:pre-wrap}
.gilint-notes li::first-line{font-weight:bold}
.gilint-notes li.gilint-legend::first-line{font-weight:normal}
.gilint-notes li:target{background:#fffbe6}
@media print{.gilint-number:hover::after,.gilint-number:focus::after{display:none}mark[class^=gilint],.gilint-number::before{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
)


@define
class _Page:
    """A page while marks are put into it."""

    source: HtmlSource
    insertions: dict[int, tuple[list[str], list[str]]] = field(factory=dict)
    """By offset: what ends there and what begins there."""
    marked: dict[tuple[int, int], tuple[Piece, list[tuple[Remark, Spot, int]]]] = field(factory=dict)
    """By range of the source: the remarks about it, the spot, and which of those found that is."""

    def insert(self, offset: int, text: str, *, ends: bool = False) -> None:
        """Put something before the character at ``offset``; what ends there comes first."""
        self.insertions.setdefault(offset, ([], []))[not ends].append(text)

    def add(self, remark: Remark) -> None:
        """Mark what a remark is about; places that come to the same range are marked once."""
        seen: set[tuple[int, int]] = set()
        for spot in remark.spots:
            pieces = self.source.at(spot.place)
            phrase = self.source.phrase(pieces, spot.phrase) if spot.place.table is None else []
            ranges = phrase or self.source.whole(pieces)
            if not ranges or ranges[0][:2] in seen:
                continue
            for index, (start, end, piece) in enumerate(ranges):
                remarks = self.marked.setdefault((start, end), (piece, []))[1]
                # The number stands once, after the last part of a phrase with markup in it.
                remarks.append((remark, spot, len(seen) if index == len(ranges) - 1 else -1))
            seen.add(ranges[0][:2])

    def add_parts(self, remarks: Sequence[Remark]) -> None:
        """Mark lightly what else remarks are about, where nothing is marked yet."""
        found: dict[Place, list[Part]] = {}
        for part in (part for remark in remarks for part in remark.parts):
            found.setdefault(part.place, []).append(part)
        for place, parts in found.items():
            ranges = self.source.whole(self.source.at(place))
            if any((start, end) in self.marked for start, end, _ in ranges):
                continue
            kind = "gilint-possible" if any(part.possible for part in parts) else "gilint-part"
            note = escape("\n".join(dict.fromkeys(part.note for part in parts))).replace("\n", "&#10;")
            for start, end, _ in ranges:
                if start < end:
                    self.insert(start, f'<mark class="{kind}" title="{note}">')
                    self.insert(end, "</mark>", ends=True)

    def text(self) -> str:
        """Return the page with all that was put into it."""
        for (start, end), (piece, remarks) in self.marked.items():
            worst = min((remark.severity for remark, _, _ in remarks), key=lambda severity: severity.rank)
            if start < end:
                self.insert(start, f'<mark class="gilint gilint-{worst.value}">')
                self.insert(end, "</mark>", ends=True)
            for remark, spot, index in remarks:
                if index >= 0:
                    self.insert(end, _number(remark, index, spot, linked=not piece.in_link), ends=True)
        parts: list[str] = []
        position = 0
        for offset, (ends, begins) in sorted(self.insertions.items()):
            parts += [self.source.text[position:offset], *ends, *begins]
            position = offset
        return "".join((*parts, self.source.text[position:]))


def annotated(data: bytes, remarks: Sequence[Remark], language: Language) -> bytes:
    """Return the page with a mark for every remark, in the encoding that it has."""
    mark, text, encoding = _decoded(data)
    text = without_marks(text)
    page = _Page(HtmlSource.of(text))
    for remark in remarks:
        page.add(remark)
    page.add_parts(remarks)
    # The encoding first, for browsers look for it in the first 1024 bytes only.
    page.insert(_beginning(text), head_of(encoding))
    for moving in _MOVING.finditer(text):
        page.insert(moving.start("name"), DISARMED)
    end = next(_END.finditer(text), None)
    page.insert(end.start() if end else len(text), _notes(remarks, language))
    return (mark + page.text()).encode(encoding, "xmlcharrefreplace")


def _decoded(data: bytes) -> tuple[str, str, str]:
    """Return byte order mark, text and encoding; UTF-8 for a page whose bytes do not come back from its text."""
    decoded = decode(data)
    encoding = decoded.encoding or "utf-8"
    try:
        text = data.decode(encoding)
        exact = text.encode(encoding) == data
    except (UnicodeError, LookupError):
        return "", decoded.text, "utf-8"
    mark, text = text[: text.startswith(_BYTE_ORDER)], text.removeprefix(_BYTE_ORDER)
    return (mark, text, encoding) if exact and clean_text(text).text == decoded.text else ("", decoded.text, "utf-8")


def _beginning(text: str) -> int:
    """Return where the policy belongs: before everything that it is to keep from running."""
    head, first = _HEAD.search(text), _SCRIPT.search(text)
    if head is not None and (first is None or head.end() <= first.start()):
        return head.end()
    early = _EARLY.match(text)
    return early.end() if early else 0


def _number(remark: Remark, index: int, spot: Spot, *, linked: bool) -> str:
    """Return the number of a remark, with the note that opens at it."""
    note = escape("\n".join(remark.at(index, spot))).replace("\n", "&#10;")
    tag, link = ("a", f' href="#gilint-{remark.number}"') if linked else ("span", ' tabindex="0"')
    return f'<{tag} class="gilint-number gilint-{remark.severity.value}"{link} data-number="{remark.number}" data-note="{note}" aria-label="{note}"></{tag}>'


def _notes(remarks: Sequence[Remark], language: Language) -> str:
    """Return the style sheet and the list of all remarks."""
    items = "".join(f'<li class="{ITEM}" id="gilint-{remark.number}">{escape(remark.text)}</li>' for remark in remarks)
    if any(remark.parts for remark in remarks):
        items += f'<li class="gilint-legend">{_legend(language)}</li>'
    listed = f'<ul style="list-style:none;padding:0">{items}</ul>' if items else f"<p>{_NOTHING.in_language(language)}</p>"
    lang = "zh-CN" if language == "zh" else "en"
    return f'<style>{_STYLE}</style><aside class="{CLASS}" lang="{lang}"><h2>{_TITLE.in_language(language)}</h2>{listed}</aside>'


def _legend(language: Language) -> str:
    """Return what light marks mean."""
    return " ".join(f'<mark class="gilint-{kind}">{escape(said.in_language(language))}</mark>' for kind, said in _LEGEND)
