"""Changes to XML that leave every other byte of it alone: insertions at places that the parser tells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from html import escape
from xml.parsers import expat

from attrs import define, field, frozen

_START_TAG = re.compile(rb"""<[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@define
class Edits:
    """Insertions into bytes. At one place those that were added first come first."""

    data: bytes
    _insertions: dict[int, list[bytes]] = field(factory=dict)
    _cuts: dict[int, int] = field(factory=dict)

    def insert(self, offset: int, text: str | bytes) -> None:
        """Put a text before the byte at ``offset``."""
        self._insertions.setdefault(offset, []).append(text.encode() if isinstance(text, str) else text)

    def cut(self, start: int, end: int) -> None:
        """Leave out the bytes from ``start`` to ``end``."""
        self._cuts[start] = end

    def put_into(self, tag: Tag, end: int, text: str) -> None:
        """Put a text at the end of an element, once for an element without content.

        Args:
            tag: its start tag.
            end: where its end tag begins.
            text: what is put there.
        """
        if tag.empty:
            name = self.data[tag.start + 1 : tag.end].split(None, 1)[0].rstrip(b"/>").decode()
            self.cut(tag.end - 2, tag.end)
            self.insert(tag.end - 2, f">{text}</{name}>")
        else:
            self.insert(end, text)

    def done(self) -> bytes:
        """Return the bytes with all changes."""
        parts: list[bytes] = []
        position = 0
        for offset in sorted({*self._insertions, *self._cuts}):
            parts.append(self.data[position:offset])
            parts.extend(self._insertions.get(offset, ()))
            position = max(self._cuts.get(offset, offset), position)
        parts.append(self.data[position:])
        return b"".join(parts)


@frozen
class Tag:
    """A start tag in the source."""

    start: int
    end: int
    """The offset after it."""
    empty: bool
    """Whether the element ends with it, ``<w:p/>``."""

    @classmethod
    def at(cls, data: bytes, start: int) -> Tag:
        """Find the end of the tag that begins at ``start``."""
        match = _START_TAG.match(data, start)
        end = match.end() if match else start
        return cls(start, end, data[end - 2 : end] == b"/>")


@frozen
class Root:
    """The root element of a part."""

    tag: Tag
    name: str
    """With its prefix, as written."""
    end: int
    """Where its end tag begins."""

    @classmethod
    def of(cls, data: bytes) -> Root:
        """Find the root element.

        Raises:
            expat.ExpatError: the data is no XML.
        """
        found: list[tuple[int, str]] = []
        ends: list[int] = []

        def start(name: str, _: object, offset: int) -> None:
            if not found:
                found.append((offset, name))

        def end(_: str, offset: int) -> None:
            ends[:] = [offset]

        follow(data, start, end)
        return cls(Tag.at(data, found[0][0]), found[0][1], ends[0])


def follow(
    data: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str, int], None],
    characters: Callable[[str], object] | None = None,
) -> None:
    """Go through a part.

    Args:
        data: the part.
        start: called for each element with its name as written, its attributes, and where its start tag begins.
        end: called at its end with its name, and where its end tag begins, or the start tag of one without.
        characters: called for each piece of text.

    Raises:
        expat.ExpatError: the data is no XML.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    if characters is not None:
        parser.CharacterDataHandler = characters
    parser.Parse(data, True)


def appended(data: bytes, inner: str) -> bytes:
    """Return a part with elements added at the end of its root element.

    Raises:
        expat.ExpatError: the data is no XML.
    """
    root = Root.of(data)
    edits = Edits(data)
    edits.put_into(root.tag, root.end, inner)
    return edits.done()


def without(data: bytes, unwanted: Callable[[str, dict[str, str]], bool]) -> bytes:
    """Return a part without some elements.

    Args:
        data: the part.
        unwanted: whether an element is to go, with all that is in it, by its name without prefix and its attributes.

    Raises:
        expat.ExpatError: the data is no XML.
    """
    edits = Edits(data)
    depth = 0
    begun: tuple[int, int] | None = None

    def start(name: str, attributes: dict[str, str], offset: int) -> None:
        nonlocal depth, begun
        depth += 1
        if begun is None and unwanted(name.rpartition(":")[2], attributes):
            begun = depth, offset

    def end(_: str, offset: int) -> None:
        nonlocal depth, begun
        if begun is not None and begun[0] == depth:
            edits.cut(begun[1], end_of(data, Tag.at(data, begun[1]), offset))
            begun = None
        depth -= 1

    follow(data, start, end)
    return edits.done()


def end_of(data: bytes, tag: Tag, offset: int) -> int:
    """Return the offset after an element.

    Args:
        data: the part.
        tag: its start tag.
        offset: where its end tag begins, which counts for nothing where it has none.
    """
    return tag.end if tag.empty else data.index(b">", offset) + 1


def as_utf8(data: bytes) -> bytes:
    """Return XML in UTF-8, which all but a few parts are written in; offsets are those of the result."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _DECLARATION.sub("", data.decode(encoding, "replace"), count=1).encode("utf-8", "replace")
    return data


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, quotes around it."""
    return f'"{escape(_FORBIDDEN.sub("�", text))}"'


def character_data(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(_FORBIDDEN.sub("�", text), quote=False)
