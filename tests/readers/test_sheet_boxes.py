"""Text boxes of sheets are read as paragraphs where they are anchored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from openpyxl import Workbook
from report_workbooks import saved

from gilint.document import Document, Grid, Paragraph
from gilint.readers import drawings, read_document

_OFFICE = "http://schemas.openxmlformats.org"
_NAMES = f'xmlns:xdr="{_OFFICE}/drawingml/2006/spreadsheetDrawing" xmlns:a="{_OFFICE}/drawingml/2006/main" '
_NAMES += f'xmlns:mc="{_OFFICE}/markup-compatibility/2006"'


def box(row: int, column: int, *paragraphs: str, properties: str = "") -> str:
    inner = "".join(f"<a:p><a:r><a:t>{text[:2]}</a:t></a:r><a:r><a:t>{text[2:]}</a:t></a:r></a:p>" for text in paragraphs)
    corner = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>7</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:from>"
    far = "<xdr:to><xdr:col>40</xdr:col><xdr:row>40</xdr:row></xdr:to>"
    shape = f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="t"{properties}/></xdr:nvSpPr><xdr:txBody><a:bodyPr/>{inner}</xdr:txBody></xdr:sp>'
    return f"<xdr:twoCellAnchor>{corner}{far}{shape}<xdr:clientData/></xdr:twoCellAnchor>"


def with_drawing(drawing: str) -> bytes:
    book = Workbook()
    for row in (("政府信息公开", None), ("甲", "数"), ("乙", 3), ("丙", 4), (None, None), ("说明", None)):
        book.active.append(row)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            copy.writestr(info.filename, source.read(info))
        relation = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/>'
        relations = f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{relation}</Relationships>'
        copy.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
        copy.writestr("xl/drawings/drawing1.xml", f"<xdr:wsDr {_NAMES}>{drawing}</xdr:wsDr>")
    return target.getvalue()


def shown(document: Document) -> list[object]:
    return [
        (block.text, block.place.address) if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


TABLE = [["甲", "数"], ["乙", "3"], ["丙", "4"]]


def test_a_box_stands_where_it_is_anchored() -> None:
    document = read_document(with_drawing(box(4, 1, "注：本表由各科室汇总。", "单位：件") + box(0, 3, "附件一")))
    assert shown(document) == [
        *[("政府信息公开", "A1"), ("附件一", "D1"), TABLE],
        *[("注：本表由各科室汇总。", "B5"), ("单位：件", "B5"), ("说明", "A6")],
    ]
    assert [block.place.sheet for block in document.blocks] == ["Sheet"] * 6
    assert document.notices == ()


def test_what_is_hidden_or_shown_to_older_programs_only_is_not_read_twice() -> None:
    twice = f"<mc:AlternateContent><mc:Choice>{box(4, 1, '注意')}</mc:Choice><mc:Fallback>{box(4, 1, '注意')}</mc:Fallback></mc:AlternateContent>"
    document = read_document(with_drawing(twice + box(4, 1, "藏起来的", properties=' hidden="1"') + box(4, 1, " ")))
    assert [each for each in shown(document) if each not in (TABLE, ("政府信息公开", "A1"), ("说明", "A6"))] == [("注意", "B5")]


def test_boxes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MAX_BOXES", 2)
    document = read_document(with_drawing("".join(box(5, 0, f"第{number}个") for number in range(4))))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["政府信息公开", "说明", "第0个", "第1个"]


def open_document(parts: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def test_boxes_of_an_open_document() -> None:
    frame = "<draw:frame><draw:text-box><text:p>注：本表由</text:p><text:p><text:span>各科室</text:span>汇总。</text:p></draw:text-box></draw:frame>"
    shape = "<table:shapes><draw:custom-shape><text:p>附件一</text:p></draw:custom-shape></table:shapes>"
    comment = "<office:annotation><text:p>请核对</text:p></office:annotation>"
    rows = "".join(
        f"<table:table-row><table:table-cell>{inside}<text:p>{first}</text:p></table:table-cell><table:table-cell><text:p>{second}</text:p></table:table-cell></table:table-row>"
        for inside, first, second in (("", "甲", "数"), (comment, "乙", "三"), (frame, "丙", "四"))
    )
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    spaces += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    table = f'<table:table table:name="年报">{shape}{rows}</table:table>'
    content = f"<office:document-content{spaces}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    document = read_document(open_document({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}))
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "数"], ["乙", "三"], ["丙", "四"]]
    texts = [(block.text, block.place.address) for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == [("附件一", "A1"), ("注：本表由", "A3"), ("各科室汇总。", "A3")]
