"""The text format as a reader sees it: lines of a narrow terminal, small tables, places."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from attrs import evolve

from gilint import lint, load_registry
from gilint.finding import Result
from gilint.language import Language
from gilint.output import Settings, write_results
from gilint.output.places import say_place
from gilint.output.words import Words
from gilint.output.wrapping import columns
from gilint.place import Place

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80])
def test_terminal_breaks_lines_as_chinese_text_is_broken(language: Language, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    settings = Settings(language, {rule.code: rule for rule in load_registry().rules}, terminal=True)
    write_results([lint(path, config={}) for path in sorted(EXAMPLES.iterdir())], "text", stream, settings)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in stream.getvalue().splitlines()]
    assert len(lines) > 60
    assert [line for line in lines if columns(line) > width] == []
    assert [line for line in lines if line.strip()[:1] in set("。，、；：）”》")] == []
    assert [line for line in lines if line[-1:] in set("（“《")] == []
    assert [line for line in lines if re.search(r"[=≠+]$", line)] == []


def test_place_in_a_page_is_told_by_table_and_row_before_the_source_line() -> None:
    place = Place(line=40, column=103, table=2, row=4, cell=8)
    assert say_place(place, Words("zh")) == "第 2 个表格第 4 行第 8 格（源文件第 40 行第 103 字）"
    assert say_place(place, Words("en")) == "table 2, row 4, cell 8 (source line 40, column 103)"
    assert say_place(Place(line=7, column=1), Words("zh")) == "第 7 行第 1 字"
    assert say_place(Place(page=3, table=2, row=4), Words("en")) == "page 3, table 2, row 4"
    text = io.StringIO()
    write_results([lint(EXAMPLES / "faulty-2021.html", config={}, select=["SUM001"])], "text", text, Settings("zh", {}))
    assert "faulty-2021.html:40:42: SUM001 错误：" in text.getvalue()
    assert "\n    位置：第 2 个表格第 4 行第 2 格（源文件第 40 行第 42 字）\n" in text.getvalue()
    plain = io.StringIO()
    write_results([lint(EXAMPLES / "crawled-2019.txt", config={}, select=["SUM001"])], "text", plain, Settings("zh", {}))
    assert "crawled-2019.txt:282:1: SUM001 错误：" in plain.getvalue()
    assert "位置：" not in plain.getvalue()


def test_numbers_of_a_small_table_stand_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = io.StringIO()
    settings = Settings("zh", {}, terminal=True)
    result = lint(EXAMPLES / "faulty-2021.html", config={}, select=["SUM001"])
    # As of a finding whose cause is not told: its own cells are shown.
    write_results([evolve(result, causes=())], "text", stream, settings)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in stream.getvalue().splitlines()]
    at = next(number for number, line in enumerate(lines) if line.endswith("应为"))
    assert [line.split()[3:] for line in lines[at + 2 : at + 6]] == [["23"], ["71", "17"], ["4"], ["2"]]
    printed = [line.removesuffix("应为").removesuffix("17").rstrip() for line in lines[at : at + 6] if "─" not in line]
    assert {columns(line) for line in printed} == {columns(printed[0])}


def on_terminal(result: Result, width: int, language: Language, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines of a terminal without colours."""
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    write_results([result], "text", stream, Settings(language, {}, terminal=True))
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_codes_of_a_cause_stand_on_one_line(language: Language, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = on_terminal(lint(EXAMPLES / "faulty-2021.html", config={}), width, language, monkeypatch)
    called = {"zh": "错误", "en": "error"}[language]
    at = lines.index(f"  {called} SUM001,SUM003,VAL005")
    # The words below stand where those of a finding with one code do.
    single = next(line for line in lines if line.startswith(f"  {called} VAL010 "))
    assert columns(lines[at + 1]) - columns(lines[at + 1].lstrip()) == columns(single[: single.index("VAL010") + len("VAL010 ")])
    assert lines[at + 1].lstrip()[:3] == {"zh": "一、本", "en": "New"}[language]


@pytest.mark.parametrize("width", [60, 160])
def test_small_table_shows_the_cell_that_a_finding_is_about_though_it_is_zero(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = on_terminal(lint(EXAMPLES / "faulty-2021.html", config={}, select=["VAL010"]), width, "zh", monkeypatch)
    at = next(number for number, line in enumerate(lines) if line.split() == ["单元格", "表内"])
    assert [line.split()[-2:] for line in lines[at + 2 : at + 5]] == [["现行有效件数", "0"], ["本年制发件数", "2"], ["本年废止件数", "1"]]
    assert not any("其余" in line for line in lines)


@pytest.mark.parametrize(("zeros", "shown", "caption"), [(2, 5, ""), (3, 3, "其余 3 格均为 0")])
def test_many_zeros_of_a_small_table_are_counted(zeros: int, shown: int, caption: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = lint(EXAMPLES / "faulty-2021.html", config={}, select=["VAL010"])
    (finding,) = result.findings
    nought = [cell.ref for cell in result.report.tables["applications"].cells.values() if cell.value == 0]
    lines = on_terminal(evolve(result, findings=(evolve(finding, cells=(*finding.cells, *nought[:zeros])),)), 80, "zh", monkeypatch)
    at = next(number for number, line in enumerate(lines) if line.split() == ["单元格", "表内"])
    assert [line.split()[-1].isdigit() for line in lines[at + 2 : at + 2 + shown]] == [True] * shown
    assert [line.strip() for line in lines if "其余" in line] == [caption][: bool(caption)]


def test_articles_of_one_law_are_cited_together() -> None:
    for language, cited in (
        ("zh", "依据：《中华人民共和国政府信息公开条例》(国务院令第711号)第四十九条、第五十条\n"),
        ("en", "Basis: Regulations on Open Government Information (State Council Order 711), arts. 49, 50\n"),
    ):
        stream = io.StringIO()
        settings = Settings("zh" if language == "zh" else "en", {rule.code: rule for rule in load_registry().rules})
        write_results([lint(b"", config={})], "text", stream, settings)
        assert cited in stream.getvalue()
