"""Older and other office formats: converted by the real LibreOffice where it is installed, and what is said where it is not, fails or hangs."""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from word_files import written_with_python_docx

import gilint
from gilint import NoticeKind
from gilint.forms import builtin_forms
from gilint.readers import conversion, read_document
from gilint.testing import make_draft, sample_figures, write

FORM = builtin_forms()[-1]
FIGURES = dict(sample_figures(FORM, 3))
DRAFT = make_draft(FORM, FIGURES, random=3)
RTF = b"{\\rtf1\\ansi hello}"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
real = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def converted(folder: Path, name: str, content: bytes, filter_name: str, *options: str) -> bytes:
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        *options,
        "--convert-to",
        filter_name,
        "--outdir",
        str(folder / "out"),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"{Path(name).stem}.{filter_name.partition(':')[0]}").read_bytes()


@real
@pytest.mark.parametrize(("filter_name", "format"), [("doc", "doc"), ("rtf", "rtf"), ("odt", "odt"), ("xml:MS Word 2003 XML", "wordml")])
def test_the_same_report_in_another_format_gives_the_same_findings(tmp_path: Path, filter_name: str, format: str) -> None:
    figures = {**FIGURES, ("applications", "granted", "total"): FIGURES["applications", "granted", "total"] + 1}
    draft = make_draft(FORM, figures, random=3)
    result = gilint.lint(converted(tmp_path, "a.docx", written_with_python_docx(draft), filter_name))
    assert result.report.document is not None
    assert result.report.document.format == format
    wrong = {
        key: number
        for key, number in figures.items()
        if result.report.tables[key[0]].cells[key[1:]].value != number
    }  # fmt: skip
    assert wrong == {}
    expected = gilint.lint(write(draft, "html")).findings
    assert [(each.code, each.say()) for each in result.findings] == [(each.code, each.say()) for each in expected]
    assert expected
    assert result.findings[0].place is not None
    assert result.findings[0].place.table == 2


@real
@pytest.mark.parametrize("layout", ["html", "html-word", "html-excel"])
def test_a_page_made_a_docx_by_libreoffice(tmp_path: Path, layout: str) -> None:
    page = write(DRAFT, layout).encode()
    data = converted(tmp_path, "a.html", page, "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)")
    result = gilint.lint(data)
    assert {key: number for key, number in FIGURES.items() if result.report.tables[key[0]].cells[key[1:]].value != number} == {}
    assert result.findings == ()


def test_without_libreoffice_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (finding,) = gilint.lint(RTF).findings
    assert (finding.code, finding.say()) == ("DOC023", "RTF 格式的文件须先转换，没有成功：没有安装 LibreOffice。没有核对。")
    assert "libreoffice-writer-nogui" in finding.suggest()


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program called soffice before all others."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")


def failure(data: bytes = RTF) -> str:
    (notice,) = read_document(data).notices
    assert notice.kind is NoticeKind.CONVERSION_FAILED
    return str(notice.data["reason"].en)


def is_ended(process: int) -> bool:
    """Wait until a process is gone, or at least dead."""
    status = Path(f"/proc/{process}/stat")
    for _ in range(100):
        if not status.exists() or status.read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_hanging_libreoffice_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, f"sleep 300 &\necho $! > {tmp_path}/child\nwait")
    monkeypatch.setattr(conversion, "MAX_SECONDS", 1.0)
    began = time.perf_counter()
    assert failure() == "LibreOffice took more than 1 seconds and was ended"
    assert time.perf_counter() - began < 10
    assert is_ended(int((tmp_path / "child").read_text()))


def test_what_it_leaves_running_is_ended_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, f"sleep 300 &\necho $! > {tmp_path}/child")
    assert failure() == "LibreOffice gave no result; the file may be damaged"
    assert is_ended(int((tmp_path / "child").read_text()))


def test_a_failing_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, "exit 77")
    assert failure() == "LibreOffice gave no result; the file may be damaged"


def test_a_program_that_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, "")
    (tmp_path / "bin" / "soffice").write_bytes(b"\x7fELF no program")
    assert failure() == "LibreOffice cannot be started"


def test_a_result_without_bounds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, "mkdir -p out; exec head -c 2000000000 /dev/zero > out/document.docx")
    assert failure() == "the converted file is too large"
    assert conversion.MAX_FILE < 2_000_000_000


def test_it_gets_a_profile_of_its_own_and_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(
        tmp_path,
        monkeypatch,
        f'echo "$@" > {tmp_path}/called; cp profile/user/registrymodifications.xcu {tmp_path}; pwd > {tmp_path}/folder; cp document.rtf {tmp_path}',
    )
    failure()
    called, folder = (tmp_path / "called").read_text(), (tmp_path / "folder").read_text().strip()
    assert f"-env:UserInstallation={Path(folder).as_uri()}/profile" in called
    assert "--headless" in called
    assert not Path(folder).exists()
    assert (tmp_path / "document.rtf").read_bytes() == RTF
    settings = (tmp_path / "registrymodifications.xcu").read_text()
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings


def test_an_encrypted_or_unsafe_odt_is_not_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(tmp_path, monkeypatch, f"touch {tmp_path}/called")

    def odt(**members: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
            for name, data in members.items():
                packed.writestr(name, data)
        return buffer.getvalue()

    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert [notice.kind for notice in read_document(odt(**{"META-INF/manifest.xml": manifest})).notices] == [NoticeKind.ENCRYPTED]
    assert [notice.kind for notice in read_document(odt(**{"content.xml": bytes(20 * 1024**2)})).notices] == [NoticeKind.UNSAFE_ARCHIVE]
    assert not (tmp_path / "called").exists()
    assert failure(odt(**{"content.xml": b"<a/>"})) == "LibreOffice gave no result; the file may be damaged"
    assert (tmp_path / "called").exists()


def test_a_web_archive_is_read_without_libreoffice() -> None:
    page = write(DRAFT, "html-word")
    parts = [
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'
    ]
    parts.extend([base64.encodebytes(page.encode()), b"\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\naaaa\n--b--\n"])
    result = gilint.lint(b"".join(parts))
    assert result.report.document is not None
    assert (result.report.document.format, result.findings) == ("mhtml", ())
    assert {key: number for key, number in FIGURES.items() if result.report.tables[key[0]].cells[key[1:]].value != number} == {}
    assert [str(notice.kind) for notice in read_document(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx").notices] == ["unreadable"]
