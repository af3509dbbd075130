"""Lines to paragraphs: a line that reaches the right margin goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from attrs import define

from gilint.document import Paragraph
from gilint.place import Place
from gilint.readers.pdf.content import Box, PageContent
from gilint.readers.pdf.lines import TextLine, glue

_LOOSE = 1.35
"""Times the usual distance of two lines from which on the next one begins a paragraph."""
_INDENT = 0.8
"""Ems from the left margin from which on a line begins a paragraph."""
_SAME_SIZE = 0.12
_ENDS = "。；;：:！？!?"
_BULLETS = frozenset("•●■◆◇○□▪")
_NUMBERED = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|第[一二三四五六七八九十]{1,3}[条章节]|[一二三四五六七八九十]是"
)
_UNIT = re.compile(r"[A-Za-z0-9.,%/:@_\-]+|.[，。、；：！？）》”’,;:!?)]?")
_LONGEST_LINE = 3
"""Lines that many ems short of the margin at most can have been broken for their length."""


@define
class Flow:
    """Measures of the text of pages of one size."""

    left: float
    right: float
    pitch: float
    """The usual distance of two lines."""


@define
class ParagraphDraft:
    """A paragraph that may go on in the next line, perhaps on the next page."""

    page: PageContent
    flow: Flow
    text: str
    last: TextLine
    last_page: PageContent
    box: Box

    def goes_on(self, line: TextLine, page: PageContent) -> bool:
        """Say whether a line belongs to the paragraph."""
        before, flow = self.last, self.flow
        if len(before.pieces) > 1 or len(line.pieces) > 1:
            return False
        size, next_size = _em(before), _em(line)
        if abs(size - next_size) > _SAME_SIZE * max(size, next_size) and min(len(before.text), len(line.text)) > _LONGEST_LINE:
            return False
        room = flow.right - before.box[2]
        unit = _UNIT.match(line.text)
        if room > (_width(unit[0]) if unit else 1) * next_size + 0.6 * size:
            return False
        if self.last_page is page and _middle(before) - _middle(line) > _LOOSE * max(flow.pitch, before.height):
            return False
        if line.text[0] in _BULLETS or (_NUMBERED.match(line.text) and before.text[-1] in _ENDS):
            return False
        indent = line.box[0] - flow.left
        if indent <= _INDENT * size:
            return True
        # A title in the middle of the page, broken where it is full.
        return before.box[0] - flow.left > _INDENT * size and flow.right - line.box[2] > _INDENT * size

    def append(self, line: TextLine, page: PageContent) -> None:
        """Add a line."""
        self.text += glue(self.text[-1], line.text[0], full=True) + line.text
        if page is self.page:
            left, bottom, right, top = self.box
            self.box = (min(left, line.box[0]), min(bottom, line.box[1]), max(right, line.box[2]), max(top, line.box[3]))
        self.last, self.last_page = line, page

    def paragraph(self, number: int) -> Paragraph:
        """Return the finished paragraph, the ``number``-th of the document."""
        return Paragraph(self.text, Place(paragraph=number, page=self.page.number, box=self.page.on_paper(self.box)))


def begin(line: TextLine, page: PageContent, flow: Flow) -> ParagraphDraft:
    """Begin a paragraph with its first line."""
    return ParagraphDraft(page, flow, line.text, line, page, line.box)


def flow_of(lines: Sequence[TextLine], paper: Box) -> Flow:
    """Measure the text of pages of one size."""
    long = [line for line in lines if len(line.text) > 12] or list(lines)
    if not long:
        return Flow(paper[0], paper[2], 0.0)
    pitches = [
        _middle(before) - _middle(after) for before, after in pairwise(lines) if 0 < _middle(before) - _middle(after) < 3 * before.height
    ]
    return Flow(min(line.box[0] for line in long), max(line.box[2] for line in long), median(pitches) if pitches else 0.0)


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _em(line: TextLine) -> float:
    """Return the width of a Chinese character of a line, as far as the line shows it."""
    return (line.box[2] - line.box[0]) / max(_width(line.text), 1)


def _width(text: str) -> float:
    return sum(0.52 if character.isascii() else 1.0 for character in text)
