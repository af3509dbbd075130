"""Where the notes of a sheet stand in the bytes of their part, and which of their words gilint has written."""

from __future__ import annotations

import re

from attrs import define, field, frozen

from gilint.annotation.edits import Edits, Tag, character_data, follow
from gilint.products import AUTHOR, SIGNATURE

_HEAD = re.compile(
    r"(?:\A\s*+|\n\n)(?:【(?:错误|警告|提示)】(?:第 \d{1,9} 条 [A-Z]|同第 \d{1,9} 条（)|\[(?:error|warning|note)\] (?:\d{1,9}\. [A-Z]|See finding \d{1,9} \())"
)
"""How what gilint says of a cell begins, in either language."""


@frozen
class Piece:
    """A text of a note, ``t``, and the run around it, if there is one."""

    start: int
    end: int
    """From where to where it goes, with its run."""
    content: tuple[int, int]
    text: str


@define
class StoredNote:
    """A note as it is stored."""

    ref: str
    """The address of its cell."""
    own: bool
    """Whether gilint is named as its author: the notes of a cell are one, so others may have gone on in it."""
    start: int
    end: int = 0
    text: tuple[Tag, int] | None = None
    """Start tag and beginning of the end tag of the element with its text."""
    pieces: list[Piece] = field(factory=list)

    def own_words(self) -> tuple[int, int] | None:
        """Return from where to where in the text that goes which gilint has written; ``None`` where it has written nothing."""
        text = "".join(piece.text for piece in self.pieces)
        head = _HEAD.search(text)
        if head is None:
            return None
        signed = text.find(f"\n{SIGNATURE}", head.end())
        if signed >= 0:
            return head.start(), signed + 1 + len(SIGNATURE)
        return (0, len(text)) if self.own else None

    def cut_own_words(self, edits: Edits) -> bool:
        """Take out what gilint has written, the whole note where nothing else is left; say whether there was anything."""
        words = self.own_words()
        if words is None:
            return False
        begin, stop = words
        text = "".join(piece.text for piece in self.pieces)
        if not (text[:begin] + text[stop:]).strip():
            edits.cut(self.start, self.end)
            return True
        at = 0
        for piece in self.pieces:
            first, last = max(begin - at, 0), max(min(stop - at, len(piece.text)), 0)
            at += len(piece.text)
            left = piece.text[:first] + piece.text[last:]
            if first >= last or left == piece.text:
                continue
            if left:
                edits.cut(*piece.content)
                edits.insert(piece.content[0], character_data(left))
            else:
                edits.cut(piece.start, piece.end)
        return True


@define
class NoteSource:
    """The part with the texts of the notes of a sheet."""

    data: bytes
    authors: list[str] = field(factory=list)
    elements: dict[str, tuple[Tag, int]] = field(factory=dict)
    """Start tag and beginning of the end tag of the lists of authors and of notes."""
    notes: list[StoredNote] = field(factory=list)
    _run: int = -1
    _text: Tag | None = None
    _letters: list[str] = field(factory=list)

    @classmethod
    def of(cls, data: bytes) -> NoteSource:
        """Go through the part.

        Raises:
            expat.ExpatError: it is no XML.
        """
        source = cls(data)
        follow(data, source._start, source._end, source._letters.append)
        return source

    def author(self, name: str) -> int | None:
        """Return the number of an author, if there is such a one."""
        return self.authors.index(name) if name in self.authors else None

    def _start(self, qualified: str, attributes: dict[str, str], offset: int) -> None:
        local, tag = qualified.rpartition(":")[2], Tag.at(self.data, offset)
        if local in ("authors", "commentList"):
            self.elements[local] = tag, offset
        elif local == "comment":
            number = attributes.get("authorId", "")
            own = number.isdecimal() and len(number) < 9 and self.authors[int(number) : int(number) + 1] == [AUTHOR]
            self.notes.append(StoredNote(attributes.get("ref", ""), own, offset))
            self._run = -1
        elif local == "text" and self.notes:
            self.notes[-1].text = tag, offset
        elif local == "r":
            self._run = offset
        elif local in ("t", "author"):
            self._text = tag
            self._letters.clear()

    def _end(self, qualified: str, offset: int) -> None:
        local = qualified.rpartition(":")[2]
        if local in self.elements:
            self.elements[local] = self.elements[local][0], offset
        elif local == "author":
            self.authors.append("".join(self._letters).strip())
        elif not self.notes:
            return
        elif local == "comment":
            self.notes[-1].end = self._after(offset)
        elif local == "text" and self.notes[-1].text is not None:
            self.notes[-1].text = self.notes[-1].text[0], offset
        elif local == "t" and self._text is not None:
            start = self._run if self._run >= 0 else self._text.start
            content = self._text.end, max(offset, self._text.end)
            self.notes[-1].pieces.append(Piece(start, self._after(offset), content, "".join(self._letters)))
        elif local == "r" and self.notes[-1].pieces and self._run >= 0:
            self._close_run(self._after(offset))

    def _close_run(self, end: int) -> None:
        """Let the texts of a run end with it; those of a run with several are cut one by one."""
        pieces, run = self.notes[-1].pieces, self._run
        self._run = -1
        first = len(pieces)
        while first and pieces[first - 1].start == run:
            first -= 1
        of_run = range(first, len(pieces))
        for index in of_run:
            piece = pieces[index]
            whole = len(of_run) == 1
            pieces[index] = Piece(run, end, piece.content, piece.text) if whole else Piece(*piece.content, piece.content, piece.text)

    def _after(self, offset: int) -> int:
        """Return where an element ends whose end tag begins at an offset, or which has none and begins there."""
        return self.data.index(b">", offset) + 1
