"""Where output goes, the user's own templates, how tables are drawn, notebooks and frames."""

from __future__ import annotations

import gc
import io
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from output_samples import FORMS, RULES, all_results, broken_report, broken_result, clean_result, make_report, with_path

from gilint.errors import ConfigError, MissingDependencyError, UsageError
from gilint.forms import parse_form
from gilint.frames import report_frame
from gilint.notebook import report_html, result_html, results_html, table_html
from gilint.output import Settings, open_output, write_results
from gilint.output.layout import Heading, draw

ONE_TABLE = """
id = "park"
edition = "1"
title = { zh = "园区报告", en = "Park report" }
source = "办法"
first_year = 2020
title_words = ["园区报告"]
[[sections]]
name = "only"
number = 1
label = { zh = "情况", en = "Situation" }
[[tables]]
name = "trees"
section = "only"
label = { zh = "树木", en = "Trees" }
columns = [{ name = "old", label = { zh = "老树", en = "Old" } }, { name = "new", label = { zh = "新树", en = "New" } }]
rows = [
  { name = "oak", label = { zh = "栎", en = "Oak" }, columns = ["old", "new"] },
  { name = "ash", label = { zh = "梣", en = "Ash" }, columns = ["new"] },
]
"""


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ZeroDivisionError), open_output(path) as stream:
        stream.write("half")
        assert path.read_text() == "old"
        _ = 1 / 0
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]
    assert path.read_text() == "old"
    with open_output(path) as stream:
        stream.write("行\n")
    assert path.read_bytes() == "行\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]


def test_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with open_output(tmp_path / "link.txt") as stream:
        stream.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"
    with open_output(os.devnull) as stream:
        stream.write("gone")
    assert not Path(os.devnull).is_file()


def test_file_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "out.txt", tmp_path):
        with pytest.raises(UsageError, match="cannot write"), open_output(path) as stream:
            stream.write("x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", "é汉\n".encode()), ("utf-8-sig", "é汉\n".encode("utf-8-sig")), (None, "é汉\n".encode("gbk"))]
)
def test_redirected_formats_have_their_own_encoding(encoding: str | None, expected: bytes) -> None:
    code = f"import sys\nfrom gilint.output import open_output\nwith open_output(None, {encoding!r}) as stream: stream.write('é汉\\n'.encode(stream.encoding, 'replace').decode(stream.encoding))\nprint('after')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "gbk"})
    assert ran.stdout == expected + b"after\n"


def own_templates(folder: Path, **files: str) -> Settings:
    for name, text in files.items():
        (folder / f"{name.replace('__', '.')}.j2").write_text(text, encoding="utf-8")
    return Settings("zh", RULES, folder)


def test_own_templates_come_first_and_are_escaped(tmp_path: Path) -> None:
    settings = own_templates(tmp_path, finding__html="<li>MINE {{ finding.code }} {{ document.path }}</li>")
    stream = io.StringIO()
    write_results([with_path(broken_result(), "<b>.html")], "html", stream, settings)
    assert stream.getvalue().count("<li>MINE VAL004 &lt;b&gt;.html</li>") == 1
    settings = own_templates(tmp_path, report__md="{{ rows[0].path }} {{ w('title') }}")
    stream = io.StringIO()
    write_results([with_path(broken_result(), "<b>.html")], "markdown", stream, settings)
    assert stream.getvalue() == r"\<b\>.html 政府信息公开工作年度报告质量检查"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% for x in %}", "finding.html.j2:1"),
        ("\n{{ finding.nothing }}", "finding.html.j2:2.*nothing"),
        ("{{ finding.__class__.__mro__ }}", "finding.html.j2:1.*SecurityError"),
        ("{{ w('no such words') }}", "finding.html.j2:1.*no such words"),
        ("{{ 1 / 0 }}", "finding.html.j2.*ZeroDivisionError"),
        ("{% include 'absent.j2' %}", "absent.j2"),
    ],
)
def test_broken_template_is_a_configuration_error_that_names_it(tmp_path: Path, template: str, said: str) -> None:
    settings = own_templates(tmp_path, finding__html=template)
    with pytest.raises(ConfigError, match=said):
        write_results([broken_result()], "html", io.StringIO(), settings)
    gc.collect()


def test_template_folder_without_use_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no folder"):
        write_results([], "html", io.StringIO(), Settings(templates=tmp_path / "none"))
    (tmp_path / "reprot.html.j2").write_text("x")
    with pytest.raises(ConfigError, match=r"report\.html\.j2"):
        write_results([], "html", io.StringIO(), Settings(templates=tmp_path))


@pytest.mark.parametrize(
    "table", [table for form in FORMS.values() for table in form.tables] + list(parse_form(ONE_TABLE).tables), ids=lambda table: table.name
)
def test_drawing_covers_every_place_once_and_every_cell(table: object) -> None:
    drawing = draw(table)  # type: ignore[arg-type]
    taken: set[tuple[int, int]] = set()
    slots = []
    for y, line in enumerate(drawing.lines):
        x = 0
        for part in line:
            while (y, x) in taken:
                x += 1
            rows = part.row_span if isinstance(part, Heading) else 1
            places = {(y + below, x + right) for below in range(rows) for right in range(part.column_span)}
            assert not places & taken
            taken |= places
            if not isinstance(part, Heading):
                slots.append(tuple(part.ref))
    assert taken == {(y, x) for y in range(len(drawing.lines)) for x in range(drawing.width)}
    assert tuple(slots) == table.keys  # type: ignore[attr-defined]


def test_drawing_is_that_of_the_official_form() -> None:
    form = FORMS["2021"]
    headings = [
        [(part.text, part.row_span, part.column_span) for part in line if isinstance(part, Heading)]
        for line in draw(form.table("reviews")).lines
    ]
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert headings == [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((name, 2, 1) for name in results), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(name, 1, 1) for name in results * 2],
        [],
    ]
    lines = draw(form.table("applications"), "en").lines
    assert [part.text for part in lines[0] if isinstance(part, Heading)][1] == "Applicants"
    assert isinstance(lines[5][0], Heading)
    assert (lines[5][0].text, lines[5][0].row_span) == ("III. Results in the year", 22)


def test_form_of_a_plugin_is_drawn_too() -> None:
    report = make_report(form=parse_form(ONE_TABLE), cells={"trees.ash.new": 7})
    page = report_html(report)
    assert "树木" in page or "一、情况" in page
    assert '<td class="number" colspan="2"><bdi>7</bdi></td>' in page


def test_notebook_shows_the_view_within_its_own_styles() -> None:
    first, second = result_html(broken_result()), result_html(clean_result())
    assert broken_result()._repr_html_() == first
    assert "不可发布" in first
    assert not set(re.findall(r' id="([^"]+)"', first)) & set(re.findall(r' id="([^"]+)"', second))
    style = re.sub(r"@media[^{]*\{|@page\{[^}]*\}", "", re.findall("<style>(.*?)</style>", first, re.DOTALL)[0])
    selectors = [part.strip() for block in re.findall(r"([^{}]+)\{[^{}]*\}", style) for part in block.split(",")]
    assert len(selectors) > 100
    assert [selector for selector in selectors if ".gilint" not in selector] == []
    assert "<script" not in first


def test_reports_tables_and_batches_are_shown() -> None:
    report = broken_report()
    assert report._repr_html_() == report_html(report)
    assert report_html(report).count("<figure") == 3
    assert report.applications._repr_html_() == table_html(report.applications)
    assert table_html(report.applications, "en").count("<figure") == 1
    assert repr(report.applications) == "<Table applications: 161 of 161 cells are numbers>"
    many = results_html([*all_results()] * 10)
    assert many.count("<tr>") == 21
    assert "另有 10 份文件" in many
    assert "没有识别出统计表" in report_html(list(all_results())[2].report)


def test_frames_are_tidy_in_either_library(monkeypatch: pytest.MonkeyPatch) -> None:
    report = broken_report()
    columns = ["path", "organ", "year", "edition", "table", "row", "column", "state", "value", "raw"]
    for name in ("polars", "pandas"):
        library = pytest.importorskip(name)
        monkeypatch.setattr("gilint.frames.LIBRARIES", (name,))
        frame = report.to_frame()
        assert isinstance(frame, library.DataFrame)
        assert list(frame.columns) == columns
        assert len(frame) == len(report.cells)
        assert float(frame["value"].sum()) == float(sum(Decimal(cell.value) for cell in report.cells if cell.value is not None))
        assert int(frame["year"].max()) == 2020
        assert len(report_frame(list(all_results())[2].report)) == 0


def test_frame_prefers_what_is_imported_and_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    monkeypatch.delitem(sys.modules, "polars", raising=False)
    assert isinstance(clean_result().report.to_frame(), pandas.DataFrame)
    monkeypatch.setattr("gilint.frames.LIBRARIES", ("no_such_library",))
    with pytest.raises(MissingDependencyError, match=r"gilint\[notebook\]"):
        clean_result().report.to_frame()
