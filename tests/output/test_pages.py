"""The HTML report in a real browser: on a desktop, on a phone, in the dark and on paper."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from output_samples import RULES, all_results, broken_result, clean_result, tied_result

from gilint.finding import Result
from gilint.language import LANGUAGES, Language
from gilint.output import Settings, write_results

Browse = Callable[..., bytes]


def page(path: Path, results: list[Result], script: str = "", language: Language = "zh") -> Path:
    """Write the report; with a script of the test's own (the report's policy is then left out, for it would stop the script)."""
    stream = io.StringIO()
    write_results(results, "html", stream, Settings(language, RULES))
    text = stream.getvalue()
    if script:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        text = text.replace("</body>", f"<script>{script}</script></body>")
    path.write_text(text, encoding="utf-8")
    return path


def measured(browse: Browse, path: Path, *flags: str) -> dict[str, int]:
    dumped = browse(path, "--dump-dom", *flags).decode()
    return {name: int(value) for name, value in re.findall(r'data-(\w+)="(-?\d+)"', dumped)}


MEASURE = """
const root = document.documentElement, set = (name, value) => root.setAttribute('data-' + name, Math.round(value));
const frame = document.querySelector('iframe');
set('viewport', root.clientWidth); set('scroll', root.scrollWidth);
const boxes = [...document.querySelectorAll('.scroll')];
set('boxes', boxes.length); set('widest', Math.max(...boxes.map(box => box.scrollWidth)));
const list = document.querySelector('.findings').getBoundingClientRect(), tables = document.querySelector('.tables').getBoundingClientRect();
set('beside', list.left >= tables.right ? 1 : 0); set('below', list.top >= tables.bottom ? 1 : 0);
set('marks', document.querySelectorAll('td .mark').length);
set('dangling', [...document.querySelectorAll('a[href^="#"]')].filter(link => !document.getElementById(link.hash.slice(1))).length);
const names = [...document.querySelectorAll('[id]')].map(element => element.id);
set('doubled', names.length - new Set(names).size);
"""


def test_desktop_has_the_findings_beside_the_tables(browse: Browse, tmp_path: Path) -> None:
    found = measured(browse, page(tmp_path / "a.html", [broken_result()], MEASURE), "--window-size=1440,1000")
    assert found["scroll"] == found["viewport"]
    assert (found["beside"], found["below"]) == (1, 0)
    # 3 for the documents, 1 for the absent cell, 3 cells that the cause changes.
    assert found["marks"] == 3 + 1 + 3
    assert (found["dangling"], found["doubled"]) == (0, 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [900, 1200, 1280, 1400])
def test_no_table_is_clipped_on_a_small_desktop(browse: Browse, tmp_path: Path, width: int, language: Language) -> None:
    script = MEASURE + "set('clipped', boxes.filter(box => box.scrollWidth > box.clientWidth).length);"
    found = measured(browse, page(tmp_path / "a.html", [broken_result()], script, language), f"--window-size={width},1000")
    assert (found["boxes"], found["clipped"]) == (3, 0)


@pytest.mark.parametrize(("language", "least", "most"), [("zh", 80, 100), ("en", 10, 60)])
def test_quotation_marks_are_those_of_the_language(browse: Browse, tmp_path: Path, language: Language, least: int, most: int) -> None:
    script = (
        "const quote = document.createElement('span'); quote.textContent = '“'; document.querySelector('.message').append(quote);"
        "document.documentElement.setAttribute('data-share',"
        " Math.round(100 * quote.getBoundingClientRect().width / parseFloat(getComputedStyle(quote).fontSize)));"
    )
    share = measured(browse, page(tmp_path / "a.html", [broken_result()], script, language), "--window-size=1440,1000")["share"]
    assert least <= share <= most


def test_phone_scrolls_its_tables_and_nothing_else(browse: Browse, tmp_path: Path) -> None:
    # Headless Chromium makes no window narrower than 500 pixels: the phone is a frame.
    inner = page(tmp_path / "inner.html", list(all_results()), MEASURE + "parent.postMessage({...root.dataset}, '*');")
    outer = tmp_path / "outer.html"
    outer.write_text(
        f"<iframe src='{inner.name}' width=375 height=700 frameborder=0></iframe><script>onmessage = event => "
        "{ for (const [name, value] of Object.entries(event.data)) document.documentElement.setAttribute('data-' + name, value) }</script>"
    )
    found = measured(browse, outer, "--virtual-time-budget=3000")
    assert found["viewport"] == 375
    assert found["scroll"] == 375
    assert found["widest"] > 375
    assert found["below"] == 1
    assert (found["dangling"], found["doubled"]) == (0, 0)


def test_policy_of_the_page_lets_its_style_pass_and_nothing_else(browse: Browse, tmp_path: Path) -> None:
    path = page(tmp_path / "a.html", [broken_result()])
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("</body>", "<script>document.body.className = 'ran'</script><style>h2{display:none}</style></body>"), encoding="utf-8"
    )
    dumped = browse(path, "--dump-dom").decode()
    assert "default-src 'none'" in dumped
    assert 'class="gilint page"' in dumped
    light = pixels(browse, path, tmp_path)
    path.write_text(text, encoding="utf-8")
    assert pixels(browse, path, tmp_path) == light
    path.write_text(re.sub("sha256-[^']*", "sha256-AAAA", text), encoding="utf-8")
    assert pixels(browse, path, tmp_path) != light


def test_dark_mode_is_dark(browse: Browse, tmp_path: Path) -> None:
    path = page(tmp_path / "a.html", [clean_result()])
    assert brightness(pixels(browse, path, tmp_path)) > 200
    assert brightness(pixels(browse, path, tmp_path, "--blink-settings=preferredColorScheme=0")) < 60


@pytest.mark.parametrize(("results", "most"), [([clean_result()], 3), (list(all_results()), 10)])
def test_prints_on_paper(browse: Browse, tmp_path: Path, results: list[Result], most: int) -> None:
    path = page(tmp_path / "a.html", results)
    browse(path, f"--print-to-pdf={tmp_path / 'a.pdf'}", "--no-pdf-header-footer")
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_large_table_is_not_broken_on_paper(browse: Browse, tmp_path: Path, language: Language) -> None:
    browse(page(tmp_path / "a.html", [tied_result()], language=language), f"--print-to-pdf={tmp_path / 'a.pdf'}", "--no-pdf-header-footer")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        texts = [part.get_textpage().get_text_range() for part in document]
    first, last = {"zh": ("上年结转政府信息", "结转下年度"), "en": ("Carried over from", "Carried over to")}[language]
    assert [first in text for text in texts] == [last in text for text in texts]
    assert sum(first in text for text in texts) == 1


def pixels(browse: Browse, path: Path, folder: Path, *flags: str) -> bytes:
    shot = folder / "shot.png"
    browse(path, f"--screenshot={shot}", "--window-size=900,700", *flags)
    return unpack(shot.read_bytes())


def unpack(data: bytes) -> bytes:
    """The unfiltered lines of a PNG, enough for comparing pictures and for their brightness."""
    body, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(body)


def brightness(lines: bytes) -> int:
    """The pixel in the upper left corner: its line has no neighbours that a filter could refer to."""
    return sum(lines[1:4]) // 3


REPAIRED = """
const seen = element => { const box = element.getBoundingClientRect(); return box.width > 3 && box.height > 8 };
const cells = [...document.querySelectorAll('td')].filter(cell => cell.querySelector('del'));
set('repaired', cells.filter(cell => seen(cell.querySelector('del')) && seen(cell.querySelector('ins'))).length);
set('beside', cells.every(cell => cell.querySelector('ins').getBoundingClientRect().left >= cell.querySelector('del').getBoundingClientRect().right) ? 1 : 0);
set('line', parseFloat(getComputedStyle(cells[0].querySelector('del'), '::after').borderTopWidth) * 10);
set('causes', cells.filter(cell => document.querySelector(cell.querySelector('.mark').hash)?.classList.contains('cause')).length);
set('folded', [...document.querySelectorAll('details.others')].filter(other => !other.open).length);
set('possible', document.querySelectorAll('td .mark.possible').length);
"""


@pytest.mark.parametrize(("result", "cells", "others"), [(broken_result(), 3, 0), (tied_result(), 1, 1)])
def test_old_values_are_struck_and_new_ones_beside_them(browse: Browse, tmp_path: Path, result: Result, cells: int, others: int) -> None:
    found = measured(browse, page(tmp_path / "a.html", [result], MEASURE + REPAIRED), "--window-size=1200,1000")
    assert (found["repaired"], found["beside"], found["causes"]) == (cells, 1, cells)
    # A line over the number, which paper and black and white keep, and none of the background.
    assert found["line"] >= 10
    assert (found["folded"], found["possible"]) == (others, others)
    assert (found["dangling"], found["doubled"], found["scroll"]) == (0, 0, found["viewport"])


def test_what_is_folded_is_printed(browse: Browse, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    target = tmp_path / "a.pdf"
    browse(page(tmp_path / "a.html", [tied_result()]), "--no-pdf-header-footer", f"--print-to-pdf={target}")
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True).stdout.decode()
    assert "结果维持 由 1 改为 0" in " ".join(text.split())
