"""What is not read of a DOCX because it says nothing: format, styles that nothing uses; and that nothing is left behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from lxml import etree
from word_files import NAMES, p, tbl, tc, tr, word_file

from gilint.document import Grid, Paragraph
from gilint.readers import read_document
from gilint.readers.docx import formatting
from gilint.readers.docx.formatting import MAX_STRIPPED, without_format
from gilint.readers.docx.styles import Styles

_WORD = NAMES["w"]
_RUN = '<w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="21"/></w:rPr>'
_CELL = '<w:tcPr><w:tcW w:w="900" w:type="dxa"/><w:tcBorders><w:top w:val="single"/></w:tcBorders><w:vAlign w:val="center"/></w:tcPr>'


def _xml(content: str) -> bytes:
    return f'<w:document xmlns:w="{NAMES["w"]}"><w:body>{content}</w:body></w:document>'.encode()


@pytest.mark.parametrize("properties", [_RUN, _CELL, f"<w:pPr><w:jc w:val='center'/>{_RUN}</w:pPr>", "<w:pPr><w:rPr/></w:pPr>"])
def test_properties_that_are_format_alone_are_taken_out(properties: str) -> None:
    assert without_format(_xml(f"<w:p>{properties}<w:r><w:t>1</w:t></w:r></w:p>")) == _xml("<w:p><w:r><w:t>1</w:t></w:r></w:p>")


@pytest.mark.parametrize(
    "said",
    [
        "<w:rPr><w:vanish/></w:rPr>",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
        '<w:rPr><w:rStyle w:val="a"/></w:rPr>',
        '<w:rPr><w:del w:id="1"/></w:rPr>',
        '<w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>',
        '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/><w:hMerge/></w:tcPr>',
    ],
)
def test_properties_that_say_something_stay(said: str) -> None:
    assert without_format(_xml(said)) == _xml(said)
    opening, _, rest = said.partition(">")
    assert without_format(_xml(f'{opening}><w:sz w:val="21"/>{rest}')) == _xml(said)


def test_the_format_before_a_change_stays_well_formed() -> None:
    change = '<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:sz w:val="2"/></w:rPr></w:rPrChange></w:rPr>'
    root = etree.fromstring(without_format(_xml(f"<w:p><w:r>{change}<w:t>1</w:t></w:r></w:p>")))
    assert [etree.QName(each).localname for each in root.iter()] == ["document", "body", "p", "r", "rPr", "b", "rPrChange", "t"]


def test_text_that_looks_like_a_tag_is_left_alone() -> None:
    quoted = _xml("<w:p><w:r><w:t><![CDATA[<w:rPr><w:b/></w:rPr>]]></w:t></w:r></w:p>")
    assert without_format(quoted) == quoted


def test_a_large_part_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _xml(_RUN)
    monkeypatch.setattr(formatting, "MAX_STRIPPED", len(data) - 1)
    assert without_format(data) == data
    assert MAX_STRIPPED >= 1024**2


def test_format_changes_nothing_of_what_is_read() -> None:
    cells = tr(tc(p("合计"), '<w:gridSpan w:val="2"/>'), tc(p("甲"), '<w:vMerge w:val="restart"/>')), tr("1", "2", tc("", "<w:vMerge/>"))
    body = p("一、总体情况", style="a") + tbl(*cells)
    plain = "".join(body.split('<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'))
    formatted = body.replace("<w:tcPr>", _CELL.removesuffix("</w:tcPr>"))
    assert len({len(each) for each in (plain, body, formatted)}) == 3
    blocks = read_document(word_file(body)).blocks
    assert [type(block) for block in blocks] == [Paragraph, Grid]
    assert read_document(word_file(plain)).blocks == read_document(word_file(formatted)).blocks == blocks


def test_styles_are_taken_from_the_part_only_as_far_as_they_are_asked_for() -> None:
    taken: list[str] = []

    def part() -> Iterator[bytes]:
        yield f'<w:styles xmlns:w="{NAMES["w"]}"><w:docDefaults/>'.encode()
        for name in ("a", "b", "c"):
            taken.append(name)
            default = ' w:default="1"' if name == "a" else ""
            level = {"a": 0, "b": 1, "c": 2}[name]
            style = f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr></w:style>'
            # The end of a piece is nowhere in particular.
            yield style[:40].encode()
            yield style[40:].encode()
        yield b"</w:styles>"

    styles = Styles.of(part())
    assert taken == []
    assert styles.default.heading == 1
    assert taken == ["a"]
    assert styles.named("b").heading == 2
    assert taken == ["a", "b"]
    assert styles.named("absent").heading == 0
    assert taken == ["a", "b", "c"]
    assert styles.named("c").heading == 3


def test_a_document_that_was_read_is_let_go_at_once() -> None:
    data = word_file(p("一、总体情况") + tbl(tr("甲", "1"), tr("乙", "2")))
    read_document(data)
    gc.collect()
    gc.disable()
    try:
        read_document(data)
        assert gc.collect() == 0
    finally:
        gc.enable()
