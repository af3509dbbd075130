"""The XML of a DOCX as it is printed: changes accepted, hidden text out, text boxes beside their anchors.

One walk over the elements that matter; what is to go is taken out after it. All the rest is found by the paragraphs, rows and cells that it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field
from lxml import etree

from gilint.readers.docx import names
from gilint.readers.docx.fields import Fields
from gilint.readers.docx.package import Element, take_out, up
from gilint.readers.docx.styles import Style, Styles, switched_on, whole_number

_MERGE_CHANGE = names.w("vMerge")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_VISIBLE = (names.T, *names.PICTURES)
MAX_RAISED = 1_000
"""Raised runs of a part that are looked at."""


@define
class Story:
    """What one part of a document holds beside its text; elements of it are the keys."""

    root: Element
    styles: Styles
    changes: int = 0
    """Tracked changes, without those of format."""
    hidden: list[str] = field(factory=list)
    """The passages that are hidden."""
    tables: dict[Element, int] = field(factory=dict)
    """The tables in the order of the part, counted from 1."""
    style_of: dict[Element, str] = field(factory=dict)
    """The style of paragraphs that name one."""
    outlines: dict[Element, int] = field(factory=dict)
    numbered: dict[Element, Element] = field(factory=dict)
    """The numbering of paragraphs that have one of their own."""
    spans: dict[Element, int] = field(factory=dict)
    """Columns of cells that have more than one."""
    merged: dict[Element, bool] = field(factory=dict)
    """Cells that are merged upright; whether they go on from above."""
    beside: set[Element] = field(factory=set)
    """Cells that go on from the left, as old programs merge them."""
    offsets: dict[Element, int] = field(factory=dict)
    """Columns that rows leave out on the left."""
    boxes: dict[Element, list[Element]] = field(factory=dict)
    """Text boxes by the paragraph that they are anchored in."""
    pictures: dict[Element, int] = field(factory=dict)
    """How many pictures stand in a paragraph."""
    joined: list[Element] = field(factory=list)
    """Paragraphs of which the mark at the end is deleted: the next one goes on with their text."""
    _gone: list[Element] = field(factory=list)
    _discarded: set[Element] = field(factory=set)
    _raised: list[Element] = field(factory=list)
    _fields: Fields = field(factory=Fields)
    _marks: int = 0
    _last_hidden: Element | None = None

    @classmethod
    def of(cls, root: Element, styles: Styles) -> Story:
        """Go through a part; ``root`` is changed."""
        story = cls(root, styles)
        story._walk()
        return story

    def _walk(self) -> None:
        if next(self.root.iter(*_TAKEN_OUT), None) is None:
            for element in self.root.iter(*_PLAIN):
                _HANDLERS[element.tag](self, element)
        else:
            walk = etree.iterwalk(self.root, events=("start",), tag=tuple(_HANDLERS))
            for _, element in walk:
                if _HANDLERS[element.tag](self, element):
                    walk.skip_subtree()
        if not self.changes:
            self.changes = self._marks
        self._hide_by_style()
        for element in [*self._gone, *self._fields.code(), *self._fields.contents]:
            take_out(element)
        for table in self.root.iter(names.TBL):
            self.tables[table] = len(self.tables) + 1
        self._raise()
        for boxes in self.boxes.values():
            for box in boxes:
                take_out(box)

    def style(self, paragraph: Element) -> Style:
        """Return the style of a paragraph."""
        named = self.style_of.get(paragraph)
        return self.styles.default if named is None else self.styles.named(named)

    # Each handler returns whether what is within the element need not be looked at.

    def _field(self, mark: Element) -> bool:
        self._fields.step(mark)
        return False

    def _row(self, row: Element) -> bool:
        properties = row.find(names.TR_PR)
        if properties is None:
            return False
        if properties.find(names.DEL) is not None:
            self.changes += 1
        elif switched_on(properties.find(names.HIDDEN)):
            self._hide(row)
        else:
            self.changes += properties.find(names.INS) is not None
            return False
        self._gone.append(row)
        return True

    def _change(self, change: Element) -> bool:
        parent = change.getparent()
        around = None if parent is None else parent.tag
        if around == names.TR_PR:
            return True  # the row has been looked at
        if around == names.R_PR:
            self._marks += 1
            paragraph = up(change, names.P)
            if change.tag in (names.DEL, names.MOVE_FROM) and paragraph is not None and up(change, names.R) is None:
                self.joined.append(paragraph)
            return True
        if change.tag == names.MOVE_TO:
            return False  # counted where it was moved from
        self.changes += 1
        if change.tag == names.INS:
            return False
        self._gone.append(change)
        return True

    def _cell_change(self, change: Element) -> bool:
        self.changes += 1
        cell = up(change, names.TC)
        if cell is not None and change.tag == names.CELL_DEL:
            self._gone.append(cell)
        elif cell is not None and change.tag == names.CELL_MERGE and change.get(_MERGE_CHANGE):
            self.merged[cell] = change.get(_MERGE_CHANGE) == "cont"
        return True

    def _drop(self, element: Element) -> bool:
        self._gone.append(element)
        return True

    def _earlier_format(self, change: Element) -> bool:
        return True

    def _vanish(self, vanish: Element) -> bool:
        properties = vanish.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == names.R and switched_on(vanish):
            self._hide(run)
            self._gone.append(run)
        return True

    def _hide(self, element: Element) -> None:
        text = "".join(node.text or "" for node in element.iter(names.T)).strip()
        follows = self._last_hidden is not None and element.getprevious() is self._last_hidden
        if text and follows and self.hidden:
            self.hidden[-1] += text
        elif text:
            self.hidden.append(text)
        self._last_hidden = element

    def _hide_by_style(self) -> None:
        """Take out runs that a style hides, unless they say otherwise themselves."""
        named = self.styles.named
        runs = [run for paragraph, style in self.style_of.items() if named(style).hidden for run in paragraph.iter(names.R)]
        marks = (mark for mark in self.root.iter(names.RSTYLE) if named(mark.get(names.VAL, "")).hidden)
        runs.extend(run for mark in marks if (run := up(mark, names.R)) is not None)
        for run in runs:
            properties = run.find(names.R_PR)
            if properties is None or properties.find(names.VANISH) is None:
                self._hide(run)
                self._gone.append(run)

    def _alternate(self, alternate: Element) -> bool:
        """Keep the first variant that shows anything; the others show the same to other programs."""
        variants = list(alternate.iterchildren(names.CHOICE, names.FALLBACK))
        kept = next((each for each in variants if next(each.iter(*_VISIBLE), None) is not None), None)
        self._discarded.update(each for each in variants if each is not kept)
        return False

    def _variant(self, variant: Element) -> bool:
        if variant not in self._discarded:
            return False
        return self._drop(variant)

    def _text_box(self, box: Element) -> bool:
        anchor = up(box, names.P)
        if anchor is not None:
            self.boxes.setdefault(anchor, []).append(box)
        return False

    def _picture(self, picture: Element) -> bool:
        paragraph = up(picture, names.P)
        if paragraph is not None:
            self.pictures[paragraph] = self.pictures.get(paragraph, 0) + 1
        return True

    def _contents_control(self, gallery: Element) -> bool:
        control = up(gallery, names.SDT)
        if control is not None and gallery.get(names.VAL) == "Table of Contents":
            self._gone.append(control)  # its lines repeat the headings
        return True

    def _position(self, position: Element) -> bool:
        run = up(position, names.R)
        if run is not None and position.get(names.VAL) == "superscript":
            self._raised.append(run)
        return True

    def _raise(self) -> None:
        """Write raised digits in cells as raised characters: without that 5 with the footnote 1 would be read as 51."""
        for run in self._raised[:MAX_RAISED]:
            cell = up(run, names.TC)
            own = [node for node in run.iter(names.T) if node.text]
            if cell is None or not own or not all((node.text or "").strip().isdigit() for node in own):
                continue
            if any(node.text and node not in own for node in cell.iter(names.T)):
                for node in own:
                    node.text = (node.text or "").translate(_SUPERSCRIPT)

    def _paragraph_style(self, style: Element) -> bool:
        properties = style.getparent()
        paragraph = None if properties is None else properties.getparent()
        if paragraph is not None:
            self.style_of[paragraph] = style.get(names.VAL, "")
        return True

    def _numbering(self, numbering: Element) -> bool:
        properties = numbering.getparent()
        paragraph = None if properties is None or properties.tag != names.P_PR else properties.getparent()
        if paragraph is not None:
            self.numbered[paragraph] = numbering
        return False  # that it was inserted is tracked within

    def _outline(self, outline: Element) -> bool:
        paragraph, level = up(outline, names.P), whole_number(outline)
        if paragraph is not None and level is not None:
            self.outlines[paragraph] = level + 1 if 0 <= level < 9 else 0
        return True

    def _span(self, span: Element) -> bool:
        cell, columns = up(span, names.TC), whole_number(span)
        if cell is not None and columns is not None:
            self.spans[cell] = columns
        return True

    def _merge(self, merge: Element) -> bool:
        cell = up(merge, names.TC)
        if cell is not None:
            self.merged[cell] = merge.get(names.VAL, "continue") != "restart"
        return True

    def _merge_beside(self, merge: Element) -> bool:
        cell = up(merge, names.TC)
        if cell is not None and merge.get(names.VAL, "continue") != "restart":
            self.beside.add(cell)
        return True

    def _offset(self, offset: Element) -> bool:
        row, columns = up(offset, names.TR), whole_number(offset)
        if row is not None and columns is not None:
            self.offsets[row] = columns
        return True


_HANDLERS: Mapping[str, Callable[[Story, Element], bool]] = {
    names.TR: Story._row,
    **dict.fromkeys((names.INS, names.DEL, names.MOVE_FROM, names.MOVE_TO), Story._change),
    **dict.fromkeys((names.CELL_INS, names.CELL_DEL, names.CELL_MERGE), Story._cell_change),
    **dict.fromkeys(names.CHANGES, Story._earlier_format),
    names.VANISH: Story._vanish,
    names.ALTERNATE: Story._alternate,
    names.CHOICE: Story._variant,
    names.FALLBACK: Story._variant,
    names.TEXT_BOX: Story._text_box,
    **dict.fromkeys(names.PICTURES, Story._picture),
    names.GALLERY: Story._contents_control,
    names.RUBY_TEXT: Story._drop,
    names.VERT_ALIGN: Story._position,
    names.PSTYLE: Story._paragraph_style,
    names.NUM_PR: Story._numbering,
    names.OUTLINE: Story._outline,
    names.GRID_SPAN: Story._span,
    names.V_MERGE: Story._merge,
    names.H_MERGE: Story._merge_beside,
    names.GRID_BEFORE: Story._offset,
    **dict.fromkeys((names.FIELD_CHAR, names.FIELD_CODE), Story._field),
}
_TAKEN_OUT = (
    *(names.INS, names.DEL, names.MOVE_FROM, names.MOVE_TO, names.CELL_INS, names.CELL_DEL, names.CELL_MERGE, names.VANISH, names.HIDDEN),
    *(*names.CHANGES, names.ALTERNATE, names.TEXT_BOX, names.GALLERY, names.RUBY_TEXT),
)
"""What has something in it that is not looked at, or tells that something is to go. Most documents have nothing like it and are walked through faster."""
_PLAIN = tuple(tag for tag in _HANDLERS if tag not in (*_TAKEN_OUT, names.TR, names.CHOICE, names.FALLBACK))
