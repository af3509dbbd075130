"""Fields: what Word computes. The result is printed, the instruction is not."""

from __future__ import annotations

from attrs import define, field

from gilint.readers.docx.names import FIELD_CHAR, FIELD_CODE, P, T, w
from gilint.readers.docx.package import Element

MAX_CONTENTS = 500
"""Lines of a table of contents."""
_KIND = w("fldCharType")


@define
class _Open:
    begin: Element
    instruction: bool = True
    """Whether what comes is still instruction."""
    contents: bool = False
    holds_fields: bool = False
    """Whether there are fields in the instruction."""


@define
class Fields:
    """Follows the fields of a part, one within the other."""

    contents: list[Element] = field(factory=list)
    """Paragraphs of tables of contents."""
    _open: list[_Open] = field(factory=list)
    _begins: dict[Element, Element] = field(factory=dict)
    """Marks at which an instruction with fields in it begins, and the paragraphs in which they stand."""
    _ends: set[Element] = field(factory=set)

    def step(self, element: Element) -> None:
        """Take the next mark or instruction."""
        current = self._open[-1] if self._open else None
        if element.tag == FIELD_CODE:
            if current is not None and (element.text or "").split()[:1] == ["TOC"]:
                current.contents = True
            return
        kind = element.get(_KIND)
        if kind == "begin":
            if current is not None and current.instruction:
                current.holds_fields = True
            self._open.append(_Open(element))
        elif current is not None and kind in ("separate", "end"):
            self._end_instruction(current, element)
            if kind == "end":
                self._open.pop()
                if current.contents:
                    self._add_contents(current.begin, element)

    def _end_instruction(self, current: _Open, mark: Element) -> None:
        if current.instruction and current.holds_fields:
            paragraph = next(current.begin.iterancestors(P), None)
            if paragraph is not None and next(mark.iterancestors(P), None) is paragraph:
                self._begins[current.begin] = paragraph
                self._ends.add(mark)
        current.instruction = False

    def _add_contents(self, begin: Element, end: Element) -> None:
        paragraph, last = next(begin.iterancestors(P), None), next(end.iterancestors(P), None)
        between: list[Element] = []
        while paragraph is not None and paragraph is not last and len(between) < MAX_CONTENTS:
            between.append(paragraph)
            paragraph = paragraph.getnext()
        if paragraph is last:
            self.contents.extend(between)

    def code(self) -> list[Element]:
        """Return the texts that are results of fields within instructions, and so part of the instruction."""
        found: list[Element] = []
        for paragraph in dict.fromkeys(self._begins.values()):
            depth = 0
            for node in paragraph.iter(FIELD_CHAR, T):
                if node.tag == T:
                    if depth:
                        found.append(node)
                elif node in self._begins:
                    depth += 1
                elif node in self._ends:
                    depth -= 1
        return found
