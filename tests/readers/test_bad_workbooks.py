"""Workbooks made to harm, or broken: a finding each, within bounds of time and memory. Run by the command, in a process that may not grow."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from report_workbooks import saved, workbook

import gilint
from gilint.forms import builtin_forms
from gilint.readers import compound
from gilint.testing import sample_draft

sys.path.insert(0, str(Path(__file__).parents[1]))
from command import gilint as run

FORM = builtin_forms()[-1]
SHEET = "xl/worksheets/sheet1.xml"


def small() -> bytes:
    book = Workbook()
    book.active["A1"], book.active["B1"] = "x", 1
    return saved(book)


def rewritten(**parts: bytes | None) -> bytes:
    """Return a small workbook with other parts, by the last word of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            content = source.read(info)
            for name, new in parts.items():
                if info.filename.endswith(f"{name}.xml"):
                    content = new if new is not None else b""
            copy.writestr(info.filename, content)
    return target.getvalue()


def sheet(cells: bytes, tail: bytes = b"") -> bytes:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return rewritten(sheet1=start + cells + b"</sheetData>" + tail + b"</worksheet>")


def million_rows() -> bytes:
    return sheet(b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (row, row, row) for row in range(1, 1_000_001)))


def far_corner(attributes: bytes = b'r="XFD1048576"') -> bytes:
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c %s><v>2</v></c></row>' % attributes)


def wide_merge() -> bytes:
    merges = b'<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:ZZZZZZZ9"/></mergeCells>'
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>', merges)


def many_merges() -> bytes:
    merges = b"".join(b'<mergeCell ref="A%d:Z2000"/>' % row for row in range(1, 2000))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c><c r="Z%d"><v>1</v></c></row>' % (row, row, row) for row in range(1, 2001))
    return sheet(rows, b"<mergeCells>" + merges + b"</mergeCells>")


def repeated_text() -> bytes:
    """Cells that share one text of 60 KB would take 18 GB."""
    rows = b"".join(b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>" for _ in range(3_000))
    long = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"x" * 60_000 + b"</t></si></sst>"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(rows))) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                content = content.replace(
                    b"</Relationships>", b'<Relationship Type="%s" Target="sharedStrings.xml" Id="rId99"/></Relationships>' % kind
                )
            copy.writestr(info.filename, content)
        copy.writestr("xl/sharedStrings.xml", long)
    return target.getvalue()


def entities() -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "&a%s;&a%s;">' % (n, b"%d" % (n - 1) if n else b"", b"") for n in range(9)
    )
    return rewritten(workbook=b'<?xml version="1.0"?>' + bomb + b']><workbook><sheets><sheet name="&a8;"/></sheets></workbook>')


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (300 * 1024 * 1024))
    return stream.getvalue()


def nested() -> bytes:
    data = small()
    for _ in range(6):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/inner.xlsx", data)
        data = stream.getvalue()
    return data


def old_workbook(*, circle: bool = False, corner: bool = False) -> bytes:
    """Return an XLS, as small as it can be: a header, a table of sectors, a directory, and the records."""
    records = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    start = len(records) + 4 + 8 + 2 + 4
    records += struct.pack("<HHIBBBB", 0x85, 10, start, 0, 0, 2, 0) + b"ab" + struct.pack("<HH", 10, 0)
    records += struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0)
    for row, column in ((0, 0), (65535, 255) if corner else (0, 1)):
        records += struct.pack("<HHHHHd", 0x203, 14, row, column, 0, 5.0)
    records = (records + struct.pack("<HH", 10, 0)).ljust(4096, b"\0")
    count = len(records) // 512
    chain = [2 + number for number in range(1, count)] + [2 if circle else compound.END_OF_CHAIN]
    table = [0xFFFFFFFD, compound.END_OF_CHAIN, *chain]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<IIIIII", 0, 4096, compound.END_OF_CHAIN, 0, compound.END_OF_CHAIN, 0) + struct.pack(
        "<109I", 0, *[0xFFFFFFFF] * 108
    )

    def entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return head + bytes(36) + struct.pack("<III", first, size, 0)

    directory = entry("Root Entry", 5, compound.END_OF_CHAIN, 0, 1) + entry("Workbook", 2, 2, len(records)) + bytes(256)
    return header + struct.pack("<128I", *table) + directory + records


def many_styles() -> bytes:
    """Sixty thousand styles of dates, and cells that have none of them: were they tried one after the other at each cell, it would take hours."""
    names = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    styles = b'<styleSheet %s><cellXfs count="60000">%s</cellXfs></styleSheet>' % (names, b'<xf numFmtId="14"/>' * 60_000)
    rows = b"".join(b'<row r="%d">%s</row>' % (row, b'<c s="99999"><v>1</v></c>' * 50) for row in range(1, 4001))
    return rewritten(styles=styles, sheet1=b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (names, rows))


WORST = {
    "million-rows": (million_rows, {"DOC005", "DOC011"}),
    "far-corner": (far_corner, {"DOC005", "DOC011"}),
    "far-corner-in-other-quotes": (lambda: far_corner(b"x='>' r = 'XFD1048576'"), {"DOC005", "DOC011"}),
    "wide-merge": (wide_merge, {"DOC002", "DOC011"}),
    "many-merges": (many_merges, {"DOC011"}),
    "many-styles": (many_styles, {"DOC002", "DOC005", "DOC011"}),
    "repeated-text": (repeated_text, {"DOC005", "DOC011"}),
    "entities": (entities, {"DOC002"}),
    "bomb": (bomb, {"DOC020"}),
    "nested": (nested, {"DOC020"}),
    "old-corner": (lambda: old_workbook(corner=True), {"DOC005", "DOC011"}),
    "old-circle": (lambda: old_workbook(circle=True), {"DOC002"}),
}


@pytest.mark.parametrize("name", WORST)
def test_a_workbook_made_to_harm_is_a_finding(name: str, tmp_path: Path) -> None:
    make, expected = WORST[name]
    (tmp_path / "report.bin").write_bytes(make())
    ran = run("check", "report.bin", "--format", "json", cwd=tmp_path)
    assert set(ran.codes("report.bin")) <= expected
    assert ran.codes("report.bin")
    assert (ran.status, ran.err) == (1, "")


def test_the_smallest_old_workbook_is_read() -> None:
    document = gilint.read(old_workbook()).document
    assert [cell.text for block in document.blocks for row in block.rows for cell in row] == ["5", "5"]  # type: ignore[union-attr]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_unreadable(share: float) -> None:
    data = workbook(sample_draft(FORM))
    result = gilint.lint(data[: int(len(data) * share)])
    assert [finding.code for finding in result.findings] == ["DOC002"]


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_broken_bytes_never_fails(seed: int) -> None:
    from random import Random

    random = Random(seed)
    data = bytearray(old_workbook() if seed % 2 else workbook(sample_draft(FORM)))
    for _ in range(random.randint(1, 30)):
        data[random.randrange(len(data))] = random.randrange(256)
    assert not any(finding.code.startswith("GIL") or "internal" in finding.name for finding in gilint.lint(bytes(data)).findings)


def test_an_encrypted_workbook_is_said_to_be_encrypted() -> None:
    plain = old_workbook()
    place = plain.index(struct.pack("<HHH", 0x809, 16, 0x600)) + 20
    encrypted = plain[:place] + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + plain[place + 10 :]
    assert [finding.code for finding in gilint.lint(encrypted).findings] == ["DOC021"]
