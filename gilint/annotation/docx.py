"""Comments in a DOCX, put into its XML as it is stored: every other byte of every part stays.

A comment stands on the paragraphs of a cell, or on the phrase in a paragraph; on a paragraph in a text box, which can hold no comment, it stands where the box is
anchored, and on a note where the text refers to it. Comments that are there stay, but for those of gilint, which are replaced.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from attrs import define, field, frozen

from gilint.annotation.edits import Edits, Tag, appended, as_utf8, character_data
from gilint.annotation.own_comments import without_own_comments
from gilint.annotation.packages import NO_RELATIONS, RELATED, fresh_identifier, override, relation, rewritten
from gilint.annotation.remarks import Remark
from gilint.annotation.word_source import NAMES, Paragraph, Piece, WordSource
from gilint.language import Language
from gilint.place import Place
from gilint.products import AUTHOR
from gilint.readers.archives import open_archive
from gilint.readers.docx import Spot
from gilint.readers.docx.package import MAX_XML, Package
from gilint.readers.docx.positions import docx_positions

_TYPES = "[Content_Types].xml"
_INITIALS = "gl"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STRICT_RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"
# The letters of a report are large and its lines begin with two empty places; a comment inherits both unless it says otherwise.
_LINE = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_LETTERS = '<w:sz w:val="18"/><w:szCs w:val="18"/>'


@frozen
class _Range:
    """What a comment stands on: from one paragraph to another, or a phrase in one."""

    first: Paragraph
    last: Paragraph
    phrase: tuple[tuple[Piece, int], tuple[Piece, int]] | None = None


def annotated(data: bytes, remarks: Sequence[Remark], language: Language) -> bytes:
    """Return the document with a comment for every remark.

    Raises:
        ArchiveError: the document cannot be read.
        expat.ExpatError: a part of it is no XML.
    """
    package = Package(open_archive(data))
    copy = _Copy(package, docx_positions(data))
    for remark in remarks:
        copy.add(remark)
    return rewritten(data, copy.changed())


@define
class _Copy:
    """The parts of a document that change."""

    package: Package
    positions: Mapping[Place, tuple[Spot, ...]]
    source: WordSource = field(init=False)
    edits: Edits = field(init=False)
    _notes: dict[str, WordSource] = field(factory=dict)
    _before: Mapping[str, bytes] = field(init=False)
    """The parts from which comments of gilint's were taken out."""
    _part: str | None = field(init=False)
    _existing: bytes | None = field(init=False)
    _comments: list[str] = field(factory=list)
    _next: int = field(init=False)
    _empty: dict[int, tuple[Paragraph, list[str]]] = field(factory=dict)
    """Paragraphs without content that get some, by the end of their tag."""
    _splits: dict[int, tuple[Piece, list[str], list[str]]] = field(factory=dict)
    """By offset: the text that is cut there, the marks that end and those that begin there."""

    def __attrs_post_init__(self) -> None:
        self._part = next(iter(self.package.parts.get("comments", ())), None)
        self._before = without_own_comments(self.package, self._part)
        self.source = WordSource.of(self._as_before(self.package.main))
        self.edits = Edits(self.source.data)
        self._existing = self._as_before(self._part) if self._part else None
        taken = WordSource.of(self._existing).identifiers if self._existing else []
        self._next = 1 + max((int(each) for each in taken if each.isdecimal() and len(each) < 10), default=-1)

    def _as_before(self, part: str) -> bytes:
        """Return a part as it was before gilint put comments into it."""
        known = self._before.get(part)
        return as_utf8(self.package.archive.read(part, MAX_XML)) if known is None else known

    def add(self, remark: Remark) -> None:
        """Add the comments of a remark; places that come to the same range get one."""
        seen: set[tuple[int, int, int]] = set()
        for spot in remark.spots:
            found = self._range(spot.place, spot.phrase)
            if found is None:
                continue
            key = found.first.tag.start, found.last.tag.start, found.phrase[0][1] if found.phrase else 0
            if key not in seen:
                self._comment(remark.at(len(seen), spot), found)
                seen.add(key)
        if not seen and self.source.paragraphs:
            first = self._outermost(0)
            self._comment(remark.at(0), _Range(first, first))

    def _range(self, place: Place, phrase: str) -> _Range | None:
        spots = self.positions.get(place) or next(iter(self._within(place)), ())
        paragraphs = [found for spot in spots if (found := self._paragraph(spot)) is not None]
        if not paragraphs:
            return None
        paragraphs.sort(key=lambda paragraph: paragraph.tag.start)
        if place.table is None:
            for paragraph in paragraphs:
                letters = self.source.phrase(paragraph, phrase)
                if letters is not None:
                    return _Range(paragraph, paragraph, letters)
        printed = [paragraph for paragraph in paragraphs if paragraph.pieces] or paragraphs[:1]
        return _Range(printed[0], printed[-1])

    def _within(self, place: Place) -> Iterator[tuple[Spot, ...]]:
        """Yield what stands in a table or a row of it."""
        if place.table is not None:
            for each, spots in self.positions.items():
                if each.table == place.table and place.row in (None, each.row) and spots:
                    yield spots

    def _paragraph(self, spot: Spot) -> Paragraph | None:
        """Return the paragraph of the main part that can hold a comment on what stands at a spot."""
        if spot.part == self.package.main:
            return self._outermost(spot.index) if spot.index < len(self.source.paragraphs) else None
        source = self._notes.get(spot.part)
        if source is None:
            source = self._notes[spot.part] = WordSource.of(as_utf8(self.package.archive.read(spot.part, MAX_XML)))
        note = source.paragraphs[spot.index].note if spot.index < len(source.paragraphs) else None
        kind = next((kind for kind in ("footnote", "endnote") if spot.part in self.package.parts.get(f"{kind}s", ())), "")
        referring = (index for index, each in enumerate(self.source.paragraphs) if (kind, note) in each.references)
        index = next(referring, None)
        return None if index is None else self._outermost(index)

    def _outermost(self, index: int) -> Paragraph:
        paragraph = self.source.paragraphs[index]
        return paragraph if paragraph.inside is None else self.source.paragraphs[paragraph.inside]

    def _comment(self, lines: Sequence[str], found: _Range) -> None:
        number = self._next
        self._next += 1
        self._comments.append(self._xml(number, lines))
        names = self._names
        start = f'<w:commentRangeStart{names} w:id="{number}"/>'
        end = f'<w:commentRangeEnd{names} w:id="{number}"/><w:r{names}><w:commentReference w:id="{number}"/></w:r>'
        if found.phrase is not None:
            (first, begin), (last, stop) = found.phrase
            self._splits.setdefault(begin, (first, [], []))[2].append(start)
            self._splits.setdefault(stop, (last, [], []))[1].append(end)
            return
        self._insert(found.first, found.first.content, start)
        self._insert(found.last, found.last.end, end)

    def _insert(self, paragraph: Paragraph, offset: int, mark: str) -> None:
        if paragraph.tag.empty:
            self._empty.setdefault(paragraph.tag.end, (paragraph, []))[1].append(mark)
        else:
            self.edits.insert(offset, mark)

    @property
    def _names(self) -> str:
        """What declares the prefix of the marks where the document uses another."""
        return "" if self.source.prefix == "w" else f' xmlns:w="{self.source.name}"'

    def changed(self) -> dict[str, bytes]:
        """Return the parts that are no longer as they were, by name."""
        if not self._comments:
            return dict(self._before)
        for end, (paragraph, marks) in self._empty.items():
            self.edits.cut(end - 2, end)
            self.edits.insert(end - 2, f">{''.join(marks)}</{self._written(paragraph.tag)}>")
        spaced: set[int] = set()
        for offset, (piece, ends, starts) in self._splits.items():
            self._split(offset, piece, "".join((*ends, *starts)), spaced)
        return {**self._before, self.package.main: self.edits.done(), **self._comments_part()}

    def _split(self, offset: int, piece: Piece, marks: str, spaced: set[int]) -> None:
        """Put marks between two letters: where a run begins or ends, or else by making two runs of one."""
        data = self.source.data
        run, text = self._written(piece.run), self._written(piece.tag)
        closing = f"</{text}></{run}>"
        if offset == piece.tag.end and piece.tag.start == piece.properties[1]:
            self.edits.insert(piece.run.start, marks)
        elif offset == piece.end and data.startswith(closing.encode(), offset):
            self.edits.insert(offset + len(closing.encode()), marks)
        else:
            again = data[piece.run.start : piece.run.end] + data[slice(*piece.properties)]
            self.edits.insert(offset, f'{closing}{marks}{again.decode()}<{text} xml:space="preserve">')
            if piece.tag.start not in spaced and b"xml:space" not in data[piece.tag.start : piece.tag.end]:
                spaced.add(piece.tag.start)
                self.edits.insert(piece.tag.end - 1, ' xml:space="preserve"')

    def _written(self, tag: Tag) -> str:
        """Return the name of an element as the source writes it."""
        return self.source.data[tag.start + 1 : tag.end].split(None, 1)[0].rstrip(b"/>").decode()

    def _comments_part(self) -> dict[str, bytes]:
        """Return the part with the comments, and the parts that say that it is there where it is new."""
        comments = "".join(self._comments)
        if self._part is not None and self._existing is not None:
            return {self._part: appended(self._existing, comments)}
        archive = self.package.archive
        folder, name = posixpath.split(self.package.main)
        part = next(each for each in _part_names(folder) if each not in archive)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        related = as_utf8(archive.read(relations)) if relations in archive else NO_RELATIONS
        kind = f"{RELATED if self.source.name == NAMES[0] else _STRICT_RELATED}/comments"
        return {
            part: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{self.source.name}">{comments}</w:comments>'.encode(),
            relations: appended(related, relation(fresh_identifier(related), kind, posixpath.basename(part))),
            _TYPES: appended(as_utf8(archive.read(_TYPES)), override(part, _COMMENTS)),
        }

    def _xml(self, number: int, lines: Sequence[str]) -> str:
        """Return a comment; its first line is bold."""
        written = [_paragraph_xml(line, bold=index == 0) for index, line in enumerate(lines)]
        named = f'xmlns:w="{self.source.name}" w:id="{number}" w:author="{AUTHOR}" w:initials="{_INITIALS}"'
        return f"<w:comment {named}>{''.join(written)}</w:comment>"


def _paragraph_xml(line: str, *, bold: bool) -> str:
    letters = ("<w:b/><w:bCs/>" if bold else "") + _LETTERS
    mark = "<w:r><w:annotationRef/></w:r>" if bold else ""
    return f'<w:p>{_LINE}{mark}<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{character_data(line)}</w:t></w:r></w:p>'


def _part_names(folder: str) -> Iterator[str]:
    yield posixpath.join(folder, "comments.xml")
    for number in count(1):
        yield posixpath.join(folder, f"comments{number}.xml")
