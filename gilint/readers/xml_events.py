"""XML as events, by the parser of the standard library. A document type is refused: no entity is ever expanded or fetched."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]


class XmlFault(Exception):  # noqa: N818
    """The XML is not well formed, or has a document type."""


class Stopped(Exception):  # noqa: N818
    """Enough was read."""


def parse_xml(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for each element, by its name without a namespace, and for each piece of text; a callback ends it by `Stopped`.

    Raises:
        XmlFault: the XML is not well formed, or has a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    prefixed = b":sheetData" in data or b":workbook" in data or b":styleSheet" in data or b":Relationships" in data or b"office:" in data
    if prefixed:
        parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    else:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if prefixed else end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except Stopped:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:  # the others: an encoding that Python does not know
        raise XmlFault(str(error)) from error


def _refuse(*_: object) -> None:
    raise XmlFault("document type")
