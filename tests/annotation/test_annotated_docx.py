"""Comments in DOCX: each in the very cell or on the very words, and nothing else changed."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from annotated_reports import DRAFT, FORM, WORDS, WRONG, annotate, members, sample
from lxml import etree

import gilint
from gilint.annotation.docx import annotated
from gilint.annotation.remarks import Remark, Spot
from gilint.finding import Severity
from gilint.output.causes import entries_of
from gilint.place import Place
from gilint.testing import LAYOUTS, sample_draft

sys.path.insert(0, str(Path(__file__).parent.parent / "readers"))

from word_files import archive, p, run, tbl, tc, tr, word_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WORD_LAYOUTS = [name for name in LAYOUTS if name.startswith("docx")]


def text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def anchors(data: bytes) -> dict[str, tuple[str, str, str | None]]:
    """The first line of each comment: what its range covers, and the text of the cell in which it begins."""
    parts = members(data)
    root = etree.fromstring(parts["word/document.xml"])
    comments = {
        each.get(f"{W}id"): (text(each[0]) if len(each) else "", each)
        for each in etree.fromstring(parts["word/comments.xml"]).iter(f"{W}comment")
    }
    found = {}
    for number, (line, _) in comments.items():
        inside, covered, cell = False, [], None
        for element in root.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == number:
                inside = True
                around = next(element.iterancestors(f"{W}tc"), None)
                cell = None if around is None else text(around)
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == number:
                inside = False
            elif inside and element.tag == f"{W}t":
                covered.append(element.text or "")
        references = [each for each in root.iter(f"{W}commentReference") if each.get(f"{W}id") == number]
        assert len(references) == 1
        found[line] = ("".join(covered), cell, number)
    return found


def remark(place: Place, phrase: str = "", number: int = 1) -> Remark:
    return Remark(number, Severity.ERROR, f"头{number}", ("正文",), f"同{number}", (Spot(place, phrase),))


@pytest.mark.parametrize("layout", WORD_LAYOUTS)
def test_each_comment_stands_in_the_very_cell_and_the_document_says_the_same(layout: str, tmp_path: Path) -> None:
    original = sample(layout)
    copy, result = annotate(original, tmp_path, ".docx", select="SUM001,VAL003")
    found = {line.split()[3]: (covered, cell) for line, (covered, cell, _) in anchors(copy).items() if line.startswith("【")}
    assert found["VAL003"] == (WORDS, WORDS)
    assert found["SUM001"] == (WRONG, WRONG)
    assert gilint.read(copy).document.blocks == result.report.document.blocks
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(copy)).element.iter(f"{W}t")] == [
        paragraph.text for paragraph in docx.Document(io.BytesIO(original)).element.iter(f"{W}t")
    ]


def test_a_blank_cell_gets_its_comment_too(tmp_path: Path) -> None:
    copy, _ = annotate(sample("docx"), tmp_path, ".docx", select="MIS007")
    (line,) = anchors(copy)
    assert anchors(copy)[line][:2] == ("", "")
    root = etree.fromstring(members(copy)["word/document.xml"])
    cell = next(next(root.iter(f"{W}commentRangeStart")).iterancestors(f"{W}tc"))
    assert text(next(cell.itersiblings(f"{W}tc", preceding=True))) == str(DRAFT.figures["applications", "granted", "business"])


def test_all_parts_but_those_of_comments_keep_their_bytes(tmp_path: Path) -> None:
    original = sample("docx-office")
    copy, _ = annotate(original, tmp_path, ".docx")
    before, after = members(original), members(copy)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed <= {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert list(after)[: len(before)] == list(before)


def test_a_comment_says_severity_number_code_message_suggestion_and_clause_in_the_language_asked_for(tmp_path: Path) -> None:
    copy, result = annotate(sample("docx"), tmp_path, ".docx", select="VAL003", lang="en")
    (comment,) = docx.Document(io.BytesIO(copy)).comments
    lines = [paragraph.text for paragraph in comment.paragraphs]
    (finding,) = result.findings
    assert comment.author == "gilint"
    assert lines[0].startswith("[error] 1. VAL003 ")
    assert lines[1] == finding.say("en")
    assert lines[2] == f"Suggestion: {finding.suggest('en')}"
    assert lines[3].startswith("Basis: ")


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    assert annotate(sample("docx-office"), tmp_path, ".docx")[0] == annotate(sample("docx-office"), tmp_path, ".docx")[0]


def test_comments_that_are_there_stay_and_numbers_do_not_clash() -> None:
    existing = '<w:comment w:id="7" w:author="张三"><w:p><w:r><w:t>核对</w:t></w:r></w:p></w:comment>'
    original = word_file(p("第一段") + p('<w:commentRangeStart w:id="7"/>' + run("第二段")), comments=existing)
    copy = annotated(original, [remark(Place(paragraph=1)), remark(Place(paragraph=2), "二段", 2)], "zh")
    root = etree.fromstring(members(copy)["word/comments.xml"])
    assert [(each.get(f"{W}id"), each.get(f"{W}author")) for each in root] == [("7", "张三"), ("8", "gilint"), ("9", "gilint")]
    assert len(docx.Document(io.BytesIO(_with_types(copy))).paragraphs) == 2


def _with_types(data: bytes) -> bytes:
    """Add what python-docx must know of parts, which the reader does not need."""

    kinds = {"word/document.xml": "document.main", "word/comments.xml": "comments"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    return archive({**members(data), "[Content_Types].xml": types})


@pytest.mark.parametrize(
    ("runs", "phrase"),
    [
        ((run("收到申请12件，答复10件"),), "12件"),
        ((run("收到申请1"), run("2"), run("件，答复")), "12件"),
        ((run("12件"),), "12件"),
        ((run("收到 12 件，"),), "12件"),
        ((run("甲&乙<丙>12件"),), "乙<丙>1"),
        (('<w:hyperlink w:anchor="a">' + run("收到12件") + "</w:hyperlink>", run("，答复")), "2件，答"),
        (('<w:ins w:id="1" w:author="a">' + run("收到12件") + "</w:ins>",), "12"),
        (("<w:r><w:t>收到</w:t><w:tab/><w:t>12件。</w:t></w:r>",), "到12"),
    ],
)
def test_a_comment_stands_on_the_words_alone(runs: tuple[str, ...], phrase: str) -> None:
    original = word_file(p("题目") + p(*runs))
    copy = annotated(original, [remark(Place(paragraph=2), phrase)], "zh")
    ((covered, cell, _),) = anchors(copy).values()
    assert ("".join(covered.split()), cell) == ("".join(phrase.split()), None)
    assert gilint.read(copy).document.blocks == gilint.read(original).document.blocks


def test_words_in_a_section_of_characters_are_not_taken_apart() -> None:
    original = word_file(p("甲") + p("<w:r><w:t><![CDATA[收到&12件]]></w:t></w:r>"))
    copy = annotated(original, [remark(Place(paragraph=2), "12")], "zh")
    assert [covered for covered, _, _ in anchors(copy).values()] == ["收到&12件"]
    assert gilint.read(copy).document.blocks == gilint.read(original).document.blocks


def test_many_comments_on_overlapping_words() -> None:
    original = word_file(p("收到申请12件，答复10件"))
    phrases = ["申请12", "12件", "12件，答复", "收到", "10件", "申请12"]
    copy = annotated(original, [remark(Place(paragraph=1), phrase, number) for number, phrase in enumerate(phrases, 1)], "zh")
    assert [covered for covered, _, _ in anchors(copy).values()] == phrases
    assert gilint.read(copy).document.blocks == gilint.read(original).document.blocks


def test_words_that_are_not_there_leave_the_comment_on_the_paragraph() -> None:
    copy = annotated(word_file(p("甲") + p("收到12件")), [remark(Place(paragraph=2), "13件")], "zh")
    ((covered, _, _),) = anchors(copy).values()
    assert covered == "收到12件"


def test_text_boxes_and_notes_carry_their_comments_where_they_are_anchored() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框中')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    body = p("甲") + p(run("有框"), box) + p(run("有注"), note)
    original = word_file(body, footnotes=f'<w:footnote w:id="3">{p("注文")}</w:footnote>')
    places = {block.text: block.place for block in gilint.read(original).document.blocks}
    copy = annotated(original, [remark(places["框中"]), remark(places["注文"], "", 2)], "zh")
    assert [covered for covered, _, _ in anchors(copy).values()] == ["有框框中", "有注"]
    assert not list(etree.fromstring(members(copy)["word/footnotes.xml"]).iter(f"{W}commentRangeStart"))


def test_other_prefixes_and_the_strict_variant() -> None:
    body = p("甲") + tbl(tr("项目", "数"), tr("申请", "12"))
    for before, after in ((b"xmlns:w=", b"xmlns:x="), (b"", b"")):
        original = word_file(body)
        parts = members(original)
        if before:
            document = (
                parts["word/document.xml"].replace(before, after).replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:")
            )
        else:
            strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
            document = parts["word/document.xml"].replace(W[1:-1].encode(), strict.encode())

        original = archive({**parts, "word/document.xml": document})
        copy = annotated(original, [remark(Place(table=1, row=2, cell=2))], "zh")
        root = etree.fromstring(members(copy)["word/document.xml"])
        starts = [each for each in root.iter() if etree.QName(each).localname == "commentRangeStart"]
        names = {etree.QName(root).namespace}
        assert {etree.QName(each).namespace for each in starts} == names
        cell = next(each for each in starts[0].iterancestors() if etree.QName(each).localname == "tc")
        assert "".join(cell.itertext()) == "12"
        assert gilint.read(copy).document.blocks == gilint.read(original).document.blocks


def test_an_empty_paragraph_and_a_cell_of_several() -> None:
    body = p("甲") + tbl(tr("项目", tc(p("一") + p("二"))), tr(tc("<w:p/>"), "0"))
    copy = annotated(word_file(body), [remark(Place(table=1, row=1, cell=2)), remark(Place(table=1, row=2, cell=1), "", 2)], "zh")
    assert [(covered, cell) for covered, cell, _ in anchors(copy).values()] == [("一二", "一二"), ("", "")]


def test_a_remark_about_nothing_that_is_there_stands_at_the_first_paragraph() -> None:
    nowhere = Remark(1, Severity.NOTE, "头", (), "同", ())
    copy = annotated(word_file(p("题目") + p("文")), [nowhere], "zh")
    assert [covered for covered, _, _ in anchors(copy).values()] == ["题目"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("layout", ["docx-office", "docx-tracked"])
def test_libreoffice_opens_the_copy_and_reads_the_same_text(layout: str, tmp_path: Path) -> None:
    original = sample(layout)
    copy, result = annotate(original, tmp_path, ".docx")
    texts = []
    for name, data in (("original", original), ("annotated", copy)):
        (tmp_path / f"{name}.docx").write_bytes(data)
        for kind in ("txt:Text", "odt"):
            command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind]
            subprocess.run(
                [*command, "--outdir", str(tmp_path), str(tmp_path / f"{name}.docx")], check=True, capture_output=True, timeout=120
            )
        texts.append((tmp_path / f"{name}.txt").read_text("utf-8-sig"))
    assert texts[0] == texts[1]
    content = etree.fromstring(members((tmp_path / "annotated.odt").read_bytes())["content.xml"])
    creators = [each.text for each in content.iter("{http://purl.org/dc/elements/1.1/}creator")]
    # What one mistake brings about is told in one comment.
    assert creators.count("gilint") >= len(entries_of(result))


def test_sample_without_findings_is_copied_without_comments(tmp_path: Path) -> None:
    original = sample("docx", sample_draft(FORM))
    copy, result = annotate(original, tmp_path, ".docx")
    assert result.findings == ()
    assert members(copy) == members(original)
