"""Bad and hostile input, through the command: a clear finding or a usage error, bounded, and the other documents are still linted."""

from __future__ import annotations

import os
import random
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Ran, gilint, is_denied

from gilint.forms import builtin_forms
from gilint.output import formats, writer
from gilint.testing import typical_page

FORM = builtin_forms()[-1]
PAGE = typical_page(FORM, size=40_000)
APPLICATIONS = PAGE.index("上年结转政府信息公开申请数量")
"""Within the table of section three."""
GOOD = ("a-good.html", "z-good.html")


def in_company(folder: Path, name: str, content: bytes) -> Ran:
    """Lint a document between two good ones, in one call, and see that those were linted."""
    for good in GOOD:
        (folder / good).write_text(PAGE, encoding="utf-8")
    (folder / name).write_bytes(content)
    ran = gilint("check", GOOD[0], name, GOOD[1], "--format", "json", cwd=folder)
    assert ran.err == ""
    assert [report["path"] for report in ran.data["reports"]] == [GOOD[0], name, GOOD[1]]
    for good in GOOD:
        assert ran.codes(good) == []
    for finding in (finding for report in ran.data["reports"] for finding in report["findings"]):
        assert finding["message"] and "{" not in finding["message"]
    return ran


def many_cells() -> bytes:
    row = b"<tr>" + b"<td>1</td>" * 1000 + b"</tr>"
    return b"<table>" + row * 1000 + b"</table>"


# Content, and the codes that it must give. Every one of them is an error: nothing here may pass.
HOSTILE: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "empty.html": (lambda: b"", ["DOC001"]),
    "spaces.txt": (lambda: b" \r\n\t\xe3\x80\x80\n" * 50, ["DOC001"]),
    "noise.html": (lambda: random.Random(1).randbytes(100_000), ["DOC003"]),
    "noise.txt": (lambda: random.Random(2).randbytes(100_000), ["DOC003"]),
    "nul.txt": (lambda: b"\0" * 100_000, ["DOC003"]),
    "report.pdf": (lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(10_000), ["DOC002"]),
    "report.docx": (lambda: b"PK\x03\x04" + random.Random(4).randbytes(10_000), ["DOC002"]),
    "nonsense.docx": (lambda: b"PK\x03\x04nonsense", ["DOC002"]),
    "header.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ["DOC002"]),
    "header.xlsx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ["DOC002"]),
    "fifty-megabytes.html": (lambda: b"<p>x</p>" * 6_500_000 + PAGE.encode(), ["DOC005", "DOC005", "DOC005", "DOC011"]),
    "fifty-megabytes.txt": (lambda: "本年度没有收到申请。\n".encode() * 1_600_000, ["DOC005", "DOC005", "DOC011"]),
    "one-line.txt": (lambda: "公开".encode() * 500_000, ["DOC011"]),
    "nested.html": (lambda: b"<div>" * 100_000 + PAGE.encode(), ["DOC005", "DOC011"]),
    "nested-tables.html": (lambda: b"<table><tr><td>" * 100_000 + PAGE.encode(), ["DOC005", "DOC010", "DOC011"]),
    "million-cells.html": (many_cells, ["DOC005", "DOC005", "DOC010", "DOC011"]),
    "label-repeated.html": (lambda: ("<table>" + "<tr><td>(一)予以公开</td><td>1</td></tr>" * 1000 + "</table>").encode(), ["DOC011"]),
    "label-repeated.txt": (lambda: "(一)予以公开\n1\n".encode() * 1000, ["DOC011"]),
    "only-brackets.txt": (lambda: "（(【[《“".encode() * 20_000, ["DOC011"]),
    "only-pipes.txt": (lambda: b"| " * 100_000 + b"\n" + b"|\n" * 100_000, ["DOC005", "DOC011"]),
    "only-digits.txt": (lambda: b"1 " * 500_000, ["DOC011"]),
}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Lint all of them in one call, good reports before, between and after."""
    folder = tmp_path_factory.mktemp("hostile")
    names = []
    for number, (name, (make, _)) in enumerate(HOSTILE.items()):
        good = f"good-{number}.html"
        (folder / good).write_text(PAGE, encoding="utf-8")
        (folder / name).write_bytes(make())
        names += [good, name]
    (folder / GOOD[1]).write_text(PAGE, encoding="utf-8")
    ran = gilint("check", *names, GOOD[1], "--format", "json", cwd=folder)
    assert [report["path"] for report in ran.data["reports"]] == [*names, GOOD[1]]
    return ran


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_said(name: str, together: Ran) -> None:
    assert together.codes(name) == HOSTILE[name][1]


def test_documents_among_hostile_ones_are_linted(together: Ran) -> None:
    good = [report for report in together.data["reports"] if "good" in report["path"]]
    assert len(good) == len(HOSTILE) + 1
    assert all(len(report["cells"]) == len(FORM.keys) and report["findings"] == [] for report in good)
    assert (together.status, together.err) == (1, "")


def test_a_span_of_a_thousand_million(tmp_path: Path) -> None:
    cell = PAGE.index("<td", APPLICATIONS)
    page = PAGE[:cell] + '<td rowspan="1000000000" colspan="1000000000"' + PAGE[cell + 3 :]
    ran = in_company(tmp_path, "span.html", page.encode())
    assert set(ran.codes("span.html")) >= {"DOC005"}
    assert ran.status == 1


def test_label_repeated_inside_a_report(tmp_path: Path) -> None:
    row = PAGE.index("<tr", APPLICATIONS)
    page = PAGE[:row] + f"<tr><td>二、上年结转政府信息公开申请数量</td>{'<td>1</td>' * 7}</tr>" * 1000 + PAGE[row:]
    ran = in_company(tmp_path, "label.html", page.encode())
    assert set(ran.codes("label.html")) & {"DOC013", "DOC014", "MIS006"}


def test_a_table_that_never_ends(tmp_path: Path) -> None:
    ran = in_company(tmp_path, "cut.html", PAGE[: PAGE.rindex("</table")].encode())
    assert "DOC010" in ran.codes("cut.html")


def test_nul_bytes_within_a_report_are_left_out_and_said(tmp_path: Path) -> None:
    ran = in_company(tmp_path, "nul.html", PAGE.replace("<td", "\0<td").encode())
    assert ran.codes("nul.html") == ["DOC009"]
    assert ran.status == 0


def test_two_different_reports_in_one_page(tmp_path: Path) -> None:
    other = typical_page(builtin_forms()[-1], 7, size=40_000)
    ran = in_company(tmp_path, "two.html", (PAGE + other).encode())
    assert "DOC014" in ran.codes("two.html")


def test_a_folder_that_contains_itself(tmp_path: Path) -> None:
    (tmp_path / "reports" / "deep").mkdir(parents=True)
    (tmp_path / "reports" / "deep" / "good.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "reports" / "deep" / "loop").symlink_to(tmp_path / "reports", target_is_directory=True)
    (tmp_path / "reports" / "self.html").symlink_to(tmp_path / "reports" / "self.html")
    ran = gilint("check", "reports", "--format", "json", "--lang", "en", cwd=tmp_path)
    assert [report["path"] for report in ran.data["reports"]] == ["reports/deep/good.html", "reports/self.html"]
    assert (ran.codes("reports/deep/good.html"), ran.codes("reports/self.html")) == ([], ["DOC002"])
    assert ran.err == "gilint: reports/deep/loop leads to a folder that was walked already; not walked again\n"
    assert ran.status == 1


def test_a_folder_with_nothing_but_a_loop(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "loop").symlink_to(tmp_path / "reports", target_is_directory=True)
    ran = gilint("check", "reports", "--lang", "en", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("gilint: nothing to lint in folder reports")


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "broken.html").symlink_to(tmp_path / "gone.html")
    (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
    ran = gilint("check", ".", "--format", "json", cwd=tmp_path)
    assert (ran.codes("broken.html"), ran.codes("good.html"), ran.status) == (["DOC002"], [], 1)


def test_unreadable_file_and_folder(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "closed").mkdir(parents=True)
    for name in ("closed.html", "good.html", "closed/report.html"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    (folder / "closed").chmod(0)
    (folder / "closed.html").chmod(0)
    if not is_denied(folder / "closed.html"):
        pytest.skip("this system lets the user read everything")
    try:
        ran = gilint("check", "reports", "--format", "json", cwd=tmp_path, powerless=True)
    finally:
        (folder / "closed").chmod(0o755)
    assert [report["path"] for report in ran.data["reports"]] == ["reports/closed", "reports/closed.html", "reports/good.html"]
    assert [ran.codes(report["path"]) for report in ran.data["reports"]] == [["DOC002"], ["DOC002"], []]
    assert ran.status == 1


def test_pipes_sockets_and_devices_in_a_folder_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.html")
        (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
        ran = gilint("check", ".", "--format", "json", cwd=tmp_path)
    assert [report["path"] for report in ran.data["reports"]] == ["good.html"]
    assert ran.status == 0


def test_names_that_no_terminal_can_take(tmp_path: Path) -> None:
    names = [b"bell\x07\x1b[31m.html", b"not-utf8-\xff.html", "年报　终稿.html".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(PAGE, encoding="utf-8")
    for format_ in formats:
        binary = writer(format_).binary
        ran = gilint("check", ".", "--format", format_, cwd=tmp_path, encoding="latin-1" if binary else "utf-8")
        assert ran.status == 0, ran.err
        # No terminal gets a binary format; that any text survives in it is tested where it is written.
        assert binary or ("\x07" not in ran.out and "\x1b" not in ran.out)
    assert sorted(report["path"] for report in gilint("check", ".", "--format", "json", cwd=tmp_path).data["reports"]) == [
        "bell\ufffd\ufffd[31m.html",
        "not-utf8-\ufffd.html",
        "年报　终稿.html",
    ]


def test_folders_nested_beyond_the_stack(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        deepest = os.dup(here)
        for _ in range(1500):
            os.mkdir("d", dir_fd=deepest)
            deeper = os.open("d", os.O_RDONLY, dir_fd=deepest)
            os.close(deepest)
            deepest = deeper
        os.close(deepest)
        (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
        ran = gilint("check", ".", "--format", "json", cwd=tmp_path)
        assert ran.codes("good.html") == []
        assert ran.status in (0, 1)
    finally:
        os.close(here)
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # shutil.rmtree is recursive
