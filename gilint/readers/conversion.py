"""Documents of older and other office programs (DOC, WPS, RTF, ODT, Word 2003 XML): converted to DOCX by LibreOffice, then read as that.

LibreOffice runs in a process group of its own, with a profile of its own in a folder that is removed, without macros and without following links, within bounds of
time, memory and size. Places are those of the converted document: tables, rows, cells and paragraphs stand in it as they do in the original.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from gilint.document import Document
from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.readers import docx, ole
from gilint.readers.archives import ArchiveError, open_archive
from gilint.readers.limits import MAX_BYTES
from gilint.readers.signatures import format_by_signature

MAX_SECONDS = 60.0
"""How long LibreOffice may take for one document; it needs two to five seconds, most of them to start."""
MAX_MEMORY = 4 * 1024**3
"""Bytes of address space that it may take (it takes half of that for a large report)."""
MAX_FILE = 256 * 1024**2
"""Bytes of any file that it may write."""

_PROGRAMS = ("soffice", "libreoffice")
_ENDINGS = {"DOC": "doc", "RTF": "rtf", "ODT": "odt", "WORDML": "xml"}
_DEAD_PROXY = "http://127.0.0.1:9"
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, nothing fetched from elsewhere."""

_NOT_INSTALLED = Text("没有安装 LibreOffice", "LibreOffice is not installed")
_NO_RESULT = Text("LibreOffice 没有生成结果，文件可能已损坏", "LibreOffice gave no result; the file may be damaged")
_NOT_STARTED = Text("LibreOffice 无法启动", "LibreOffice cannot be started")
_TOO_LARGE = Text("转换后的文件过大", "the converted file is too large")


def read(data: bytes, name: str) -> Document:
    """Convert a document and read it; why that is not possible is a notice."""
    known = format_by_signature(data) or "DOC"
    refused = _refused(data, known)
    if refused is not None:
        return Document(name, "none", notices=(refused,))
    docx_data = converted(data, known)
    if isinstance(docx_data, Text):
        return Document(name, "none", notices=(Notice(NoticeKind.CONVERSION_FAILED, {"format": known, "reason": docx_data}),))
    document = docx.read(docx_data, name)
    return evolve(document, format=known.lower()) if document.format == "docx" else document


def _refused(data: bytes, known: str) -> Notice | None:
    """Return why LibreOffice does not see the document at all."""
    if known == "DOC" and ole.is_encrypted(data):
        return Notice(NoticeKind.ENCRYPTED)
    if known != "ODT":
        return None
    try:
        archive = open_archive(data)
        manifest = "META-INF/manifest.xml"
        encrypted = manifest in archive and b"encryption-data" in archive.read(manifest)
    except ArchiveError as error:
        return error.notice
    return Notice(NoticeKind.ENCRYPTED) if encrypted else None


def converted(data: bytes, known: str) -> bytes | Text:
    """Return the document as DOCX, or why it could not be converted."""
    program = next((found for each in _PROGRAMS if (found := shutil.which(each))), None)
    if program is None:
        return _NOT_INSTALLED
    with TemporaryDirectory(prefix="gilint-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        original = folder / f"document.{_ENDINGS.get(known, 'doc')}"
        original.write_bytes(data)
        failure = _run(program, folder, original)
        result = folder / "out" / "document.docx"
        if failure is not None:
            return failure
        if not result.is_file():
            return _NO_RESULT
        with result.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    return content if len(content) <= MAX_BYTES else _TOO_LARGE


def _run(program: str, folder: Path, original: Path) -> Text | None:
    """Run LibreOffice to its end or to that of its time; return what prevented a result."""
    profile = folder / "profile"
    _write_settings(profile)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(original),
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "http_proxy": _DEAD_PROXY, "https_proxy": _DEAD_PROXY}
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 (the program that the user installed, and our own arguments)
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, cwd=folder, env=environment, start_new_session=True
        )
    except OSError:
        return _NOT_STARTED
    try:
        _bound(process.pid)
        process.wait(MAX_SECONDS)
    except subprocess.TimeoutExpired:
        return Text(
            f"LibreOffice 超过 {MAX_SECONDS:g} 秒没有完成，已终止", f"LibreOffice took more than {MAX_SECONDS:g} seconds and was ended"
        )
    finally:
        _end(process)
    return None


def _bound(pid: int) -> None:
    """Bound memory and files of the process and of those that it starts, where the system can."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started: the program called is a script, which would leave the real one running."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        encoding="utf-8",
    )
