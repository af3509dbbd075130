"""What gilint itself has written, told by its content: such files lie beside the reports and are none."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import IO

from gilint.language import Text
from gilint.patterns import deferred

PROBED = 4096
"""Bytes at the beginning that tell what a file is."""
PROPERTIES = "docProps/core.xml"
"""Of a workbook the part that says who made it; office programs keep that when they save it anew, in another format too."""
ODS_PROPERTIES = "meta.xml"
"""The same of one that was saved as ODS."""
AUTHOR = "gilint"
"""Who is named as the author of workbooks and comments."""
SIGNATURE = "—— gilint"
"""The last line of what gilint says in the note of a cell, of which there can be but one, whoever has written it."""
_PROPERTIES_OF = {".xlsx": PROPERTIES, ".ods": ODS_PROPERTIES}
_LONGEST_PROPERTIES = 65_536
_CREATOR = deferred(rb"<(?:dc:|meta:initial-)?creator(?:\s[^>]{0,200})?>([^<]{0,100})<")
_ZIP = b"PK\x03\x04"


class Product:
    """A kind of file that gilint writes."""

    def __init__(self, label: Text, readable: bool = False) -> None:
        self.label = label
        """What it is."""
        self.readable = readable
        """Whether it holds the cells of the reports, so that it can be checked where somebody names it."""


LEDGER = Product(Text("问题台账", "a ledger of findings"))
_RESULTS = Product(Text("检查结果（JSON）", "results (JSON)"), readable=True)
_SARIF = Product(Text("检查结果（SARIF）", "results (SARIF)"))
_FINDINGS = Product(Text("问题清单（CSV）", "a list of findings (CSV)"))
_PLAIN = Product(Text("检查结果（文本）", "results (text)"))
_VERDICTS = ("：可发布", "：需复核", "：不可发布", "：无法判断", ": Publishable", ": Needs review", ": Not publishable", ": Undecided")
_COLUMNS = frozenset(["path", "code", "severity", "message", "suggestion", "clause"])
_SIGNED = (
    (
        Product(Text("检查报告（网页）", "a report of findings (web page)")),
        deferred(r'<!doctype html>.{0,2000}?<meta name="generator" content="gilint \d', re.DOTALL),
    ),
    (Product(Text("检查报告（Markdown）", "a report of findings (Markdown)")), deferred(r"\s*+<!-- gilint \d[^>\n]{0,60} -->")),
    (Product(Text("检查结果（JUnit）", "results (JUnit)")), deferred(r'<\?xml[^>]{0,100}>\s*+<testsuites name="gilint"')),
)
_KEYS = frozenset("#[sifltw\r")
"""What a file of settings begins with."""
_REMARKS = r"(?:\s*+#[^\n]*+\n|\s++)*+"
_SETTINGS = (
    (Product(Text("豁免文件", "a file of waivers")), deferred(_REMARKS + r"\[\[waiver\]\]")),
    (
        Product(Text("配置文件", "a configuration")),
        deferred(
            _REMARKS + r"(?:(?:select|ignore|fail-on|lang|templates|waivers|show-personal-data)\s{0,20}=|\[(?:severity|rules|repair)[\].])"
        ),
    ),
)


def product_of(head: bytes) -> Product | None:
    """Say what gilint has written, by the first bytes of a file of text."""
    for encoding in ("utf-16",) if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ("utf-8", "gb18030"):
        try:
            text = head[:PROBED].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head[:PROBED]) - 4:
                continue  # not only a character cut off at the end
            text = head[:PROBED].decode(encoding, "ignore")
        break
    else:
        return None
    return product_in(text.removeprefix("\ufeff"))


def product_in(text: str) -> Product | None:
    """Say what gilint has written, by how a text begins: `PROBED` characters of it."""
    # Most files are none of gilint's, and this is asked of each.
    first, _, rest = text.partition("\n")
    if first[:1] in ("{", "[") and (product := _json_product(text)) is not None:
        return product
    if first.rstrip().endswith(_VERDICTS) and rest.startswith("  "):
        return _PLAIN
    if first.count("path", 0, 8) and any({field.strip(' "\r') for field in first.split(sign)} >= _COLUMNS for sign in ",;\t"):
        return _FINDINGS
    kinds = (*(_SIGNED if AUTHOR in text else ()), *(_SETTINGS if first[:1] in _KEYS else ()))
    return next((product for product, pattern in kinds if pattern.match(text) is not None), None)


def _json_product(text: str) -> Product | None:
    if '"gilint/1"' in text[:200]:
        return _RESULTS
    return _SARIF if "sarif" in text[:500] and re.search(r'"name"\s*:\s*"gilint"', text) is not None else None


def product_at(path: Path) -> Product | None:
    """Say what gilint has written into a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(PROBED)
        if head.startswith(_ZIP):
            part = _PROPERTIES_OF.get(path.suffix.lower())
            return LEDGER if part is not None and made_by_gilint(_properties(file, part)) else None
        return product_of(head)


def _properties(file: IO[bytes], part: str) -> bytes:
    from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile  # most folders have no workbooks
    from zlib import error as damage

    try:
        with ZipFile(file) as archive:
            packed = archive.getinfo(part)
            if packed.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                return b""  # nobody's office program; some give all that a few bytes expand to at once
            with archive.open(packed) as properties:
                return properties.read(_LONGEST_PROPERTIES)
    except (BadZipFile, damage, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return b""


def made_by_gilint(properties: bytes) -> bool:
    """Say whether the properties of a workbook name gilint as the one who made it."""
    return any(creator.strip() == AUTHOR.encode() for creator in _CREATOR.findall(properties))
