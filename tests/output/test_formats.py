"""Every format of ``gilint check`` and ``gilint extract``, over results made by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st
from output_samples import (
    RULES,
    all_results,
    broken_report,
    broken_result,
    cell,
    clean_result,
    make_report,
    tied_result,
    unreadable_result,
    with_path,
)

from gilint import __version__
from gilint.document import Document
from gilint.errors import UsageError
from gilint.finding import Change, Excerpt, Finding, Repair, Result, Severity, Verdict, Waived, Waiver
from gilint.language import LANGUAGES, Language, Text
from gilint.model import Cell
from gilint.organ import Organ
from gilint.output import Settings, Summary, extract_reports, extractor, extracts, formats, write_results, writer
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.place import CellRef, Place
from gilint.products import product_in
from gilint.values import CellState


def written(results: list[Result], name: str, language: Language = "zh", terminal: bool | None = None) -> str:
    stream = io.StringIO()
    write_results(results, name, stream, Settings(language, RULES, terminal=terminal))
    return stream.getvalue()


def extracted(name: str, *reports: Any) -> str:
    stream = io.StringIO()
    extract_reports(reports, name, stream)
    return stream.getvalue()


def test_text_says_everything_on_plain_lines() -> None:
    report = make_report("2021", {"applications.total.natural_person": 1}, path="a.txt", year=2022, document=Document("a.txt", "text"))
    total = CellRef("applications", "total", "natural_person")
    finding = RULES["SUM002"]().find(total, cell="(七)总计 · 自然人", sum="0", total=1, place=Place(line=12, column=3))
    assert written([Result(report, (finding,))], "text") == (
        "a.txt：不可发布\n"
        "  青山县商务局，2022 年度，2021 年版\n"
        "a.txt:12:3: SUM002 错误：(七)总计 · 自然人：各项之和 0 ≠ 1\n"
        "    建议：核对“三、本年度办理结果”各行与（七）总计\n"
        "    依据：国办公开办函〔2019〕60号附件，第三部分表\n"
        "\n共 1 份：不可发布 1 份；错误 1 个、警告 0 个、提示 0 个\n"
    )
    assert written([clean_result(), unreadable_result()], "text", "en") == (
        "reports/clean.txt: Publishable\n"
        "  青山县商务局, 2022, edition 2021\n"
        "  Nothing was found.\n"
        "  What was checked: Equations 2 hold\n"
        "\n"
        "reports/list.html: Undecided\n"
        "  organ unknown, year unknown, edition unknown\n"
        "reports/list.html: DOC002 error: this is a list page without a report\n"
        "    Suggestion: give the page with the report itself\n"
        "\n2 documents: Publishable 1, Undecided 1; 1 error, 0 warnings, 0 notes\n"
    )


def test_rules_left_out_leave_no_clean_bill() -> None:
    partial = evolve(clean_result(), left_out=("MIS", "SUM001", "SUM002", "SUM003", "SUM004", "TPL001"))
    assert partial.partial
    assert partial.verdict is Verdict.REVIEW
    for name in ("text", "html", "markdown"):
        text = written([partial], name).replace("\\", "")
        assert "所选规则未发现问题（只运行了部分规则，未作全面检查）" in text
        assert "可发布" not in text
        assert re.search(r"未运行的规则：MIS（完整性）、SUM 中 4 条、TPL001", text)
        assert "1 份只运行了部分规则" in text or name != "text"


@pytest.mark.parametrize("name", ["text", "html", "markdown"])
def test_errors_do_not_hide_that_rules_were_left_out(name: str) -> None:
    partial = evolve(broken_result(), left_out=("TXT",))
    assert partial.verdict is Verdict.NOT_PUBLISHABLE
    text = written([partial, evolve(clean_result(), left_out=("LAW", "TXT"))], name, "en")
    assert "Not run: TXT (Narrative)" in text
    assert "Not run: LAW (Statutory content), TXT (Narrative)" in text
    assert "2 were not checked in full" in text
    whole = written([broken_result(), clean_result()], name, "en")
    assert "Not run" not in whole
    assert "in full" not in whole


def test_json_says_which_rules_were_left_out() -> None:
    results = [evolve(broken_result(), left_out=("TXT",)), evolve(clean_result(), left_out=("LAW001", "TXT001")), clean_result()]
    data = json.loads(written(results, "json"))
    assert [report.get("not_run") for report in data["reports"]] == [["TXT"], ["LAW001", "TXT001"], None]
    assert data["summary"] == {"documents": 3, "error": 4, "warning": 1, "note": 1}


def test_terminal_gets_colour_and_small_tables() -> None:
    text = written([evolve(broken_result(), causes=())], "text", terminal=True)
    assert "\x1b[" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert re.search(r"\(七\)总计 · 自然人 +1 +0 *\n", plain)
    assert "其余 19 格均为 0" in plain


@pytest.mark.parametrize("terminal", [False, True])
def test_text_neither_obeys_nor_crashes(terminal: bool) -> None:
    finding = Finding("DOC001", "x", Severity.NOTE, Text("{raw}", "{raw}"), arguments={"raw": "a\x1b[2J\u202eb\nc[red]d[/red] 😀 é"})
    result = Result(make_report(path="x\r\x1b]0;t\x07.html", organ=Organ("局\udce9")), (finding,))
    raw = io.BytesIO()
    console = io.TextIOWrapper(raw, encoding="gbk")
    with writer("text")(console, Settings(terminal=terminal)) as target:
        target.begin()
        target.write(result)
        target.end(Summary())
    console.flush()
    text = raw.getvalue().decode("gbk")
    uncoloured = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert uncoloured.replace("\n", "").isprintable()
    assert "[red]d[/red] ?" in text


CELL_KEYS = {"table", "row", "column", "state", "value", "raw"}
FINDING_KEYS = {"code", "name", "severity", "message", "suggestion", "cells", "excerpts", "cause", "repairs", "place"}


def test_json_has_the_shape_of_the_contract() -> None:
    data = json.loads(written(list(all_results()), "json"), parse_float=Decimal)
    assert list(data) == ["schema", "version", "reports", "summary"]
    assert data["schema"] == "gilint/1"
    assert data["summary"] == {"documents": 3, "error": 5, "warning": 1, "note": 1}
    for report, result in zip(data["reports"], all_results(), strict=True):
        assert list(report) == ["path", "form", "edition", "year", "organ", "cells", "checked", "findings", "causes", "verdict"]
        assert report["verdict"] == result.verdict.value
        assert [tuple(found[name] for name in ("table", "row", "column")) for found in report["cells"]] == (
            list(result.report.form.keys) if result.report.form else []
        )
        assert all(set(found) == CELL_KEYS for found in report["cells"])
        assert all((found["value"] is not None) == (found["state"] == "number") for found in report["cells"])
        for finding in report["findings"]:
            assert set(finding) == FINDING_KEYS
            assert all(list(ref) == ["table", "row", "column"] for ref in finding["cells"])
            assert all(set(excerpt) == {"section", "text"} for excerpt in finding["excerpts"])
            for repair in finding["repairs"]:
                assert all(list(change) == ["table", "row", "column", "from", "to"] for change in repair["cells"])
    broken = data["reports"][0]
    assert broken["checked"] == {"SUM": {"holds": 33, "violated": 6, "not_assessable": 1}}
    assert {found["raw"]: found["value"] for found in broken["cells"]}["251000元"] == Decimal("25.1")
    assert broken["findings"][2]["place"] == {"line": 959, "column": 5}
    assert data["reports"][2]["edition"] is None


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=6))
def test_json_amounts_keep_their_digits(amount: Decimal) -> None:
    data = json.loads(written([Result(make_report("2021", {"disclosure.fees.amount": amount}))], "json"), parse_float=str, parse_int=str)
    values = [found["value"] for found in data["reports"][0]["cells"] if found["column"] == "amount"]
    assert values == [format(amount, "f")]


def test_json_repairs_keep_a_fraction() -> None:
    ref = CellRef("applications", "total", "total")
    finding = Finding("SUM001", "x", Severity.ERROR, Text("x", "x"), repairs=(Repair((Change(ref, Decimal("26.5"), 26),)),))
    data = json.loads(written([Result(make_report(), (finding,))], "json"), parse_float=Decimal)
    assert data["reports"][0]["findings"][0]["repairs"] == [{"cells": [{**ref._asdict(), "from": Decimal("26.5"), "to": 26}], "slips": []}]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_json_survives_any_stream(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    path = "a\udce9😀é.html"
    write_results([with_path(clean_result(), path)], "json", stream)
    stream.flush()
    assert json.loads(raw.getvalue().decode(encoding))["reports"][0]["path"] == path


TROUBLE = st.text(st.sampled_from(list("<>&\"'`|*_[]()#!\\=+-@ \t\n\r\u202e€😀汉字az{}%$:/.w")), max_size=30)


def troubled(text: str) -> Result:
    """A result that has ``text`` wherever a document or a file name has a say."""
    report = make_report("2021", {"disclosure.fees.amount": Cell("disclosure", "fees", "amount", CellState.TEXT, raw=text)}, path=text)
    report = evolve(report, organ=Organ(text))
    finding = Finding(
        "TXT001", text, Severity.ERROR, Text("{raw}", "{raw}"), Text("{raw}", "{raw}"), {"raw": text}, excerpts=(Excerpt(text, 1),)
    )
    return Result(report, (finding,))


class Elements(HTMLParser):
    """Collects elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted(name for name, _ in attrs)))


@settings(deadline=None, max_examples=40)
@given(TROUBLE.filter(lambda text: text.strip()))
@example("<b>")
@example('" onclick="x')
@example("</style></article>")
def test_html_escapes_whatever_a_document_says(text: str) -> None:
    assert Elements(written([troubled(text)] * 2, "html")).found == Elements(written([troubled("x")] * 2, "html")).found


@settings(deadline=None, max_examples=60)
@given(TROUBLE.filter(lambda text: text.strip()))
@example("[x](http://x) <b> `c` *d*|e")
def test_markdown_escapes_whatever_a_document_says(text: str) -> None:
    lines, harmless = (written([troubled(given)] * 2, "markdown").splitlines() for given in (text, "x"))
    assert len(lines) == len(harmless)
    for line, other in zip(lines, harmless, strict=True):
        bare = re.sub(r"\\.", "", line)
        assert bare.count("|") == other.count("|")
        assert bare.count("<") == other.count("<")
        assert bare.count("`") == 0
        assert bare.count("*") == other.count("*")
        assert bare.count("[") == other.count("[")
        assert "://" not in bare


@settings(deadline=None)
@given(TROUBLE)
@example("=1+1")
@example(" @x")
def test_csv_keeps_text_and_runs_nothing(text: str) -> None:
    report = troubled(text).report
    rows = list(csv.DictReader(io.StringIO(extracted("csv", report), newline="")))
    assert len(rows) == len(report.cells)
    (amount,) = [row for row in rows if row["column"] == "amount"]
    assert amount["raw"].removeprefix("'") == text.removeprefix("'")
    for name in ("raw", "organ", "path"):
        assert not re.match(r"\s*[=+\-@]", amount[name]) or re.fullmatch(r"[-+]?\d+(\.\d+)?", amount[name])


def test_extract_gives_one_row_a_cell() -> None:
    report = broken_report()
    rows = list(csv.reader(io.StringIO(extracted("csv", report, make_report()))))
    assert rows[0] == [
        "path",
        "organ",
        "year",
        "edition",
        "table",
        "row",
        "column",
        "state",
        "value",
        "raw",
        "table_label",
        "row_label",
        "column_label",
    ]
    assert len(rows) == 1 + len(report.cells) + len(make_report().cells)
    facts = ["reports/shangwu-2020.html", "青山市商务局", "2020", "2019"]
    assert [
        *facts,
        "disclosure",
        "procurement",
        "amount",
        "number",
        "25.1",
        "251000元",
        "主动公开政府信息情况",
        "政府集中采购",
        "采购总金额",
    ] in rows
    assert [*facts, "disclosure", "penalties", "change", "number", "-2", "-2", "主动公开政府信息情况", "行政处罚", "本年增/减"] in rows
    assert [*facts, "disclosure", "fees", "change", "missing", "", "", "主动公开政府信息情况", "行政事业性收费", "本年增/减"] in rows
    data = json.loads(extracted("json", report), parse_float=Decimal)
    assert [list(row) for row in data] == [rows[0]] * len(report.cells)
    assert {row["raw"]: row["value"] for row in data}["251000元"] == Decimal("25.1")
    assert json.loads(extracted("json")) == []
    assert extractor("csv").encoding == "utf-8-sig"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(name for name in formats if not writer(name).binary))
def test_same_results_same_bytes(name: str, language: Language) -> None:
    assert written(list(all_results()), name, language) == written(list(all_results()), name, language)


def test_english_pages_have_no_chinese_but_the_document_and_the_clauses() -> None:
    text = written([clean_result()], "html", "en")
    visible = re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
    form = clean_result().report.form
    assert form is not None
    visible = visible.replace("青山县商务局", "").replace(form.source, "")
    assert re.findall(r"[\u4e00-\u9fff]+", visible) == []
    assert '<html lang="en">' in text


def test_english_markdown_has_a_space_after_each_sign() -> None:
    lines = written(all_results(), "markdown", "en").splitlines()
    assert "## 1. 青山市商务局, 2020: **Not publishable**" in lines
    assert "## 3. organ unknown, year unknown: **Undecided**" in lines
    assert "- Document: reports/clean.txt" in lines
    assert "    - Suggestion: check whether publications were left out" in lines
    assert not [line for line in lines if re.search(r"[a-z][,;:](?![\s/])", line)]


def test_templates_of_users_print_the_version_as_it_is(tmp_path: Path) -> None:
    for name in ("report.md.j2", "report.html.j2"):
        (tmp_path / name).write_text("by gilint {{ version }}; {{ rows[0].path }}", encoding="utf-8")
    for name, path in (("markdown", "a\\_b.html"), ("html", "a_b.html")):
        stream = io.StringIO()
        write_results([with_path(clean_result(), "a_b.html")], name, stream, Settings("zh", RULES, tmp_path))
        assert stream.getvalue().strip() == f"by gilint {__version__}; {path}"


def test_markdown_begins_with_the_version_as_it_is() -> None:
    text = written(all_results(), "markdown")
    assert text.startswith(f"<!-- gilint {__version__} -->\n")
    product = product_in(text)
    assert product is not None
    assert product.label.en == "a report of findings (Markdown)"


def test_the_verdict_says_how_many_findings_were_waived() -> None:
    broken = broken_result()
    accepted = tuple(Waived(finding, Waiver(finding.code, "known", "us")) for finding in broken.findings)
    results = [clean_result(), evolve(broken, findings=(), waived=accepted)]
    for terminal in (False, True):
        text = re.sub(r"\x1b\[[0-9;]*m", "", written(results, "text", "en", terminal=terminal))
        (line,) = [line for line in text.splitlines() if "reports/shangwu-2020.html" in line]
        assert f"({len(accepted)} waived)" in line
    first, second = re.findall(r"<tr><td>[12]</td>.*", written(results, "html", "zh"))
    assert f"已豁免 {len(accepted)} 个" in second
    assert "豁免" not in first


def test_html_and_markdown_mark_and_number_wrong_cells() -> None:
    page = written([broken_result()], "html")
    wrong = re.findall(r'<td class="number error"><del><bdi>(\d+)</bdi></del> <ins>(\d+)</ins>.*?aria-label="(第 \d+ 条：错误)"', page)
    assert wrong == [("1", "0", "第 2 条：错误"), ("2", "0", "第 2 条：错误"), ("3", "0", "第 2 条：错误")]
    assert "| (七)总计 | " in (markdown := written([broken_result()], "markdown"))
    assert "| ~~1~~ **0** [2] | 0 | 0 | 0 | ~~2~~ **0** [2] | 0 | ~~3~~ **0** [2] |" in markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_read_begins_with_errors_and_what_programs_read_keeps_the_order_of_the_form(language: Language) -> None:
    result = broken_result()
    assert [finding.code for finding in result.findings] == ["VAL004", "MIS005", "SUM002", "SUM002", "SUM002", "TXT001"]
    view = DocumentView(result, 1, Words(language), RULES)
    assert [entry.number for entry in view.entries] == [1, 2, 3, 4]
    assert [entry.severity.value for entry in view.entries] == ["error", "error", "warning", "note"]
    texts = [written([result], name, language) for name in ("text", "html", "markdown")]
    for text in (*texts, written([result], "text", language, terminal=True)):
        assert list(dict.fromkeys(re.findall(r"MIS005|SUM002|VAL004|TXT001", text))) == ["MIS005", "SUM002", "VAL004", "TXT001"]
    found = json.loads(written([result], "json", language))["reports"][0]["findings"]
    assert [finding["code"] for finding in found] == [finding.code for finding in result.findings]


HEADLINE = "(七)总计 · 自然人 应为 0，现为 1；(七)总计 · 法律服务机构 应为 0，现为 2；(七)总计 · 总计 应为 0，现为 3"


def test_findings_with_one_cause_are_one_headline() -> None:
    lines = written([broken_result()], "text").splitlines()
    at = next(number for number, line in enumerate(lines) if ": SUM002 " in line)
    assert lines[2] == "  6 个问题，按原因合并为 4 条：3 处勾稽不符，1 个原因"
    assert lines[at : at + 8] == [
        f"reports/shangwu-2020.html:959:5: SUM002 错误：{HEADLINE}",
        "    可能的成因：合计误填",
        "    建议：按最少改动推断，请与原始数据核对后改正。",
        "    依据：国办公开办函〔2019〕60号附件，第三部分表",
        "    由此产生的问题（3 个）：",
        "      SUM002 (七)总计 · 自然人：各项之和 0 + 0 + … + 0 = 0 ≠ 1",
        "      SUM002 (七)总计 · 法律服务机构：各项之和 0 + 0 + … + 0 = 0 ≠ 2",
        "      SUM002 (七)总计 · 总计：各项之和 0 + 0 + … + 0 = 0 ≠ 3",
    ]
    assert lines[-3:] == ["  改后 40 个等式全部成立", "", "共 1 份：不可发布 1 份；错误 4 个、警告 1 个、提示 1 个"]
    for name in ("html", "markdown"):
        text = written([broken_result()], name).replace("\\", "")
        assert text.count(HEADLINE) == 1
        assert text.count("SUM002") == 1 if name == "html" else 4
        assert "6 个问题，按原因合并为 4 条：3 处勾稽不符，1 个原因" in text
    terminal = re.sub(r"\x1b\[[0-9;]*m", "", written([broken_result()], "text", terminal=True))
    assert re.search(r"\(七\)总计 · 自然人 +1 +0 *\n", terminal)


def test_ways_out_are_told_best_first_and_reasons_where_there_is_none() -> None:
    lines = written([tied_result()], "text", "en").splitlines()
    assert lines[2:14] == [
        "  2 equations do not add up, from 2 causes",
        "a.html: SUM002 error: 1 equation does not add up: too much",
        "    Basis: Notice 60 of 2019, annex, section three",
        "    What it brings about (1):",
        "      SUM002 (七)总计 · 商业企业: 0 ≠ 4",
        "a.html: SUM002 error: one of 2 cells is wrong, check which; likeliest: Administrative review / Total from 0 to 1",
        "    Perhaps: the total is wrong",
        "    or: Administrative review / Upheld from 1 to 0",
        "    Basis: Notice 60 of 2019, annex, section three",
        "    What it brings about (1):",
        "      SUM002 行政复议 · 总计: 1 + 0 + 0 + 0 = 1 ≠ 0",
        "  Once corrected, 39 equations hold, 3 still do not add up",
    ]
    page = written([tied_result()], "html")
    assert '<td class="number error"><del><bdi>0</bdi></del> <ins>1</ins>' in page
    possible = re.findall(
        r'<td class="number involved"><bdi>(\d+)</bdi><span class="marks"><a class="mark error possible" href="#d1-finding2"', page
    )
    assert possible == ["1"]
    assert (
        '<p class="after">改后 3 个等式全部成立</p>\n<details class="others" id="d1-others2"><summary>第 2 条的其他 1 种改法</summary>'
        in page
    )
    assert "1 [2?]" in written([tied_result()], "markdown")


def test_json_tells_causes_once_and_its_number_in_each_finding() -> None:
    (report,) = json.loads(written([broken_result()], "json"))["reports"]
    assert [finding["cause"] for finding in report["findings"]] == [None, None, 1, 1, 1, None]
    changes = [
        {**ref, "from": before, "to": 0} for ref, before in zip(report["findings"][2]["repairs"][0]["cells"], (1, 2, 3), strict=True)
    ]
    assert report["causes"] == [
        {
            "cause": 1,
            "message": HEADLINE,
            "equations": 6,
            "findings": [2, 3, 4],
            "reason": None,
            "repairs": [{"cells": changes, "slips": ["合计误填"]}],
        }
    ]


def test_many_ways_out_are_cut_in_text_and_said_to_be() -> None:
    result = tied_result()
    cells = [CellRef("applications", row.name, "business") for row in result.report.tables["applications"].spec.rows[:9]]
    repairs = tuple(Repair((Change(ref, 0, 4),)) for ref in cells)
    many = evolve(result, findings=result.findings[:1], causes=(evolve(result.causes[0], repairs=repairs, reason=None),))
    lines = written([many], "text").splitlines()
    assert sum(line.startswith("    或：") for line in lines) == 5
    assert "    另有 3 种改法，见 JSON 输出" in lines
    assert written([many], "html").count('<li><span class="line">') == 8


def test_unknown_format_is_a_usage_error() -> None:
    for load, registry in ((writer, formats), (extractor, extracts)):
        assert all(load(name) for name in registry)
        with pytest.raises(UsageError, match=r"no format pdf; there are .*json"):
            load("pdf")


def test_long_texts_are_cut_in_tables_and_whole_in_data() -> None:
    result = Result(make_report("2021", {"disclosure.fees.amount": cell(("disclosure", "fees", "amount"), "长" * 500)}))
    assert "长" * 61 not in written([result], "html")
    assert "长" * 500 in written([result], "json")
