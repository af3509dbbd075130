"""The command gilint annotate, and gilint.annotate: where copies go, what is refused, exit status."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from annotated_reports import DRAFT, FORM, members, sample

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "readers"))

from command import gilint as run
from word_files import archive

import gilint
from gilint.annotation import CONVERTED, SUFFIXES, WRITERS, NoCopyError
from gilint.annotation.remarks import remarks_of
from gilint.testing import sample_draft, write_bytes

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.html").write_bytes(write_bytes(DRAFT, "html"))
    (tmp_path / "in" / "sub" / "b.docx").write_bytes(sample("docx"))
    (tmp_path / "in" / "sub" / "c.xlsx").write_bytes(sample("xlsx", sample_draft(FORM)))
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_document_and_its_copy(folder: Path) -> None:
    before = (folder / "in" / "a.html").read_bytes()
    ran = run("annotate", "in/a.html", "-o", "copy.html", cwd=folder)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("in/a.html → copy.html：错误 ")
    assert (folder / "in" / "a.html").read_bytes() == before
    assert b'class="gilint-number' in (folder / "copy.html").read_bytes()
    assert run("annotate", "in/sub/c.xlsx", "-o", "c.xlsx", "--lang", "en", cwd=folder).out == (
        "in/sub/c.xlsx → c.xlsx: 0 errors, 0 warnings, 0 notes\n"
    )
    assert run("annotate", "in/a.html", "-o", "never.html", "--fail-on", "never", cwd=folder).status == 0


def test_several_documents_keep_their_places_in_the_folder(folder: Path) -> None:
    ran = run("annotate", "in", "-o", "out", cwd=folder)
    assert (ran.status, ran.err) == (1, "")
    assert files(folder / "out") == ["a.html", "sub/b.docx", "sub/c.xlsx"]
    assert run("annotate", "in/sub/b.docx", "-o", "out/", cwd=folder).status == 1
    assert files(folder / "out") == ["a.html", "b.docx", "sub/b.docx", "sub/c.xlsx"]


def test_nothing_is_overwritten_unless_asked_for_and_the_document_never(folder: Path) -> None:
    (folder / "copy.html").write_text("mine")
    ran = run("annotate", "in/a.html", "-o", "copy.html", cwd=folder)
    assert (ran.status, ran.out, ran.err) == (2, "", "gilint: copy.html 已存在，不会覆盖（加 --force 可覆盖）\n")
    assert (folder / "copy.html").read_text() == "mine"
    assert run("annotate", "in/a.html", "-o", "copy.html", "--force", cwd=folder).status == 1
    assert (folder / "copy.html").read_text() != "mine"
    before = (folder / "in" / "a.html").read_bytes()
    (folder / "link.html").symlink_to(folder / "in" / "a.html")
    for target in ("in/a.html", "link.html", "in/../in/a.html"):
        ran = run("annotate", "in/a.html", "-o", target, "--force", "--lang", "en", cwd=folder)
        assert (ran.status, ran.err) == (2, f"gilint: {target} is the document itself and is not overwritten\n")
    assert run("annotate", "in", "-o", "in", "--force", cwd=folder).status == 2
    assert (folder / "in" / "a.html").read_bytes() == before


def test_what_cannot_be_annotated_is_said_and_the_others_get_their_copies(folder: Path) -> None:
    (folder / "in" / "t.txt").write_text("某县商务局2021年政府信息公开工作年度报告\n", encoding="utf-8")
    (folder / "in" / "broken.docx").write_bytes(sample("docx")[:3000])
    ran = run("annotate", "in", "-o", "out", "--lang", "en", cwd=folder)
    assert ran.status == 2
    assert files(folder / "out") == ["a.html", "sub/b.docx", "sub/c.xlsx"]
    broken, text = ran.err.splitlines()
    assert broken.startswith("gilint: in/broken.docx cannot be read, so there is no annotated copy of it: DOC002 ")
    assert text.startswith("gilint: in/t.txt is TEXT, which takes no comments: gilint check --format html ")
    assert run("annotate", "in/broken.docx", "-o", "x.docx", cwd=folder).status == 1


def test_wrong_calls(folder: Path) -> None:
    (folder / "file").write_text("")
    assert "应以 .docx 结尾" in run("annotate", "in/sub/b.docx", "-o", "x.pdf", cwd=folder).err
    assert "而 file 是文件" in run("annotate", "in", "-o", "file", cwd=folder).err
    assert "不能用标准输入" in run("annotate", "-", "-o", "x.html", cwd=folder).err
    assert run("annotate", "in/a.html", cwd=folder).status == 2
    assert "不存在" in run("annotate", "in/a.html", "-o", "no/such/copy.html", cwd=folder).err
    assert files(folder) == ["file", "in/a.html", "in/sub/b.docx", "in/sub/c.xlsx"]


@pytest.mark.parametrize("name", ["out.docx", "out.PDF", "out.xls", "out.html"])
def test_several_copies_need_a_folder_that_is_not_called_as_a_document(name: str, folder: Path) -> None:
    ran = run("annotate", "in/a.html", "in/sub/b.docx", "-o", name, "--lang", "en", cwd=folder)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"gilint: there are 2 documents, so their copies go into a folder, and {name} is the name of a document: name a folder, or end it with /\n"
    )
    assert not (folder / name).exists()


def test_a_folder_may_be_called_as_a_document_where_that_is_meant(folder: Path) -> None:
    assert run("annotate", "in", "-o", "out.docx/", cwd=folder).status == 1
    assert files(folder / "out.docx") == ["a.html", "sub/b.docx", "sub/c.xlsx"]


def test_waived_findings_get_no_comment(folder: Path) -> None:
    source = folder / "in" / "sub" / "b.docx"
    plain = gilint.annotate(source, folder / "plain.docx")
    assert "VAL003" in {finding.code for finding in plain.findings}
    waived = {"waiver": [{"code": "VAL003", "path": "**/*", "reason": "核实无误", "by": "李四"}]}
    result = gilint.annotate(source, folder / "waived.docx", waivers=waived)
    assert "VAL003" not in {finding.code for finding in result.findings}
    assert b"VAL003" in members((folder / "plain.docx").read_bytes())["word/comments.xml"]
    assert b"VAL003" not in members((folder / "waived.docx").read_bytes())["word/comments.xml"]


def test_every_format_has_its_suffixes() -> None:
    assert set(WRITERS) == set(SUFFIXES)
    assert not CONVERTED & set(WRITERS)


def test_text_and_streams_in_python(tmp_path: Path) -> None:
    with pytest.raises(NoCopyError):
        gilint.annotate("题目\n一、总体情况\n", tmp_path / "x.html")
    with (tmp_path / "a.docx").open("w+b") as stream:
        stream.write(sample("docx"))
        stream.seek(0)
        result = gilint.annotate(stream, tmp_path / "b.docx")
    assert result.findings
    assert gilint.read(tmp_path / "b.docx").document.blocks == result.report.document.blocks


def test_every_remark_has_its_place_and_says_so_where_it_is_another(tmp_path: Path) -> None:
    draft = sample_draft(FORM)
    text = write_bytes(draft, "html").decode()
    row = next(each for each in text.split("<tr") if "公益" in each or "行政强制" in each)
    report = gilint.lint(text.replace(f"<tr{row}", "", 1))
    rules = {rule.code: rule for rule in gilint.load_registry().rules}
    remarks = remarks_of(report, "zh", rules)
    assert remarks
    assert all(remark.spots for remark in remarks)
    lacking = [remark for remark, finding in zip(remarks, report.findings, strict=True) if finding.cells and finding.place is None]
    assert all("故标在" in remark.lines[-1] for remark in lacking)


LAUGHS = (
    b'<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><c>&j;</c>"
)


@pytest.mark.parametrize(
    ("layout", "part", "content"),
    [
        ("docx-office", "word/comments.xml", b"<w:comments"),
        ("docx-office", "word/comments.xml", LAUGHS),
        ("docx-office", "[Content_Types].xml", b"<Types"),
        ("docx", "[Content_Types].xml", LAUGHS),
        ("xlsx", "xl/styles.xml", LAUGHS),
        ("xlsx", "[Content_Types].xml", b""),
    ],
)
def test_a_part_that_is_damaged_or_hostile_gives_a_clear_error_and_no_copy(layout: str, part: str, content: bytes, tmp_path: Path) -> None:
    suffix = f".{layout[:4]}"
    parts = members(sample(layout))
    if part.endswith("comments.xml"):
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>',
        )
    (tmp_path / f"a{suffix}").write_bytes(archive({**parts, part: content}))
    ran = run("annotate", f"a{suffix}", "-o", f"b{suffix}", cwd=tmp_path)
    assert ran.status == 1
    assert f"a{suffix} 无法读取，不能生成批注副本：" in ran.err
    assert files(tmp_path) == [f"a{suffix}"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_an_older_format_gets_a_copy_as_docx(folder: Path) -> None:
    import subprocess

    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "odt", "--outdir"]
    subprocess.run([*command, str(folder / "old"), str(folder / "in/sub/b.docx")], check=True, capture_output=True, timeout=120)
    result = gilint.annotate(folder / "old" / "b.odt", folder / "new.docx")
    assert gilint.read(folder / "new.docx").document.blocks == result.report.document.blocks
    with pytest.raises(gilint.UsageError):
        gilint.annotate(folder / "old" / "b.odt", folder / "new.odt")


@pytest.mark.parametrize("layout", ["docx", "xlsx", "pdf-ruled", "html"])
def test_a_copy_says_that_comments_are_left_and_nothing_else_is_new(layout: str, tmp_path: Path) -> None:
    suffix = layout.partition("-")[0]
    name, copy = f"a.{suffix}", f"copy.{suffix}"
    (tmp_path / name).write_bytes(sample(layout))
    run("annotate", name, "-o", copy, cwd=tmp_path)
    before, after = (run("check", each, "--format", "json", cwd=tmp_path).data["reports"][0] for each in (name, copy))
    left = [finding for finding in after["findings"] if finding["code"] == "DOC018"]
    assert "DOC018" not in [finding["code"] for finding in before["findings"]]
    assert [finding["severity"] for finding in left] == ["note"]
    assert re.fullmatch("文件中有 [1-9][0-9]* 条批注，其中有 gilint 添加的批注，本文件是批注副本。", left[0]["message"])
    assert [(each["code"], each["cells"], each["message"]) for each in after["findings"] if each["code"] != "DOC018"] == [
        (each["code"], each["cells"], each["message"]) for each in before["findings"]
    ]
    assert after["cells"] == before["cells"]


def test_the_notes_of_a_page_are_no_part_of_the_report_and_other_asides_are(tmp_path: Path) -> None:
    page = write_bytes(DRAFT, "html").decode()
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    gilint.annotate(tmp_path / "a.html", tmp_path / "copy.html")
    copy = gilint.lint(tmp_path / "copy.html")
    assert [finding.arguments["count"] for finding in copy.findings if finding.code == "DOC018"] == [
        len(remarks_of(gilint.lint(page), "zh", {}))
    ]
    assert copy.report.text == gilint.read(page).text
    other = page.replace("</body>", '<aside class="gilint-notes"><p>另附说明</p></aside></body>')
    assert "另附说明" in gilint.read(other).text
    assert "DOC018" not in [finding.code for finding in gilint.lint(other).findings]


def test_copies_within_the_folder_are_not_annotated_again(folder: Path) -> None:
    first = run("annotate", "in", "-o", "in/copies", "--force", cwd=folder)
    written = files(folder / "in")
    assert "copies/sub/b.docx" in written
    again = run("annotate", "in", "-o", "in/copies", "--force", "--lang", "en", cwd=folder)
    assert (again.status, files(folder / "in")) == (first.status, written)
    assert again.err == "gilint: in/copies: 3 files in the folder for the copies left out\n"
    # What is named by its own path is annotated all the same.
    assert run("annotate", "in/copies/a.html", "-o", "in/copies/again.html", cwd=folder).status == 1
