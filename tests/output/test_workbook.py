"""The workbook that an office works through, read back as it was written."""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from output_samples import RULES, all_results, broken_result, clean_result, make_report, with_path

from gilint.errors import MissingDependencyError, UsageError
from gilint.finding import Finding, Result, Severity
from gilint.language import LANGUAGES, Language, Text
from gilint.organ import Organ
from gilint.output import Settings, workbook, write_results
from gilint.place import CellRef
from gilint.rule import Clause, Rule

TOTAL = CellRef("applications", "total", "total")


def written(results: list[Result], language: Language = "zh") -> bytes:
    stream = io.BytesIO()
    write_results(results, "xlsx", stream, Settings(language, RULES))
    return stream.getvalue()


def opened(results: list[Result], language: Language = "zh") -> Any:
    return load_workbook(io.BytesIO(written(results, language)))


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def saying(text: str) -> Result:
    finding = Finding("SUM002", "column-total-mismatch", Severity.ERROR, Text("{said}", "{said}"), arguments={"said": text}, cells=(TOTAL,))
    return Result(make_report(path=f"p{text}", organ=Organ(text)), (finding,))


def test_ledger_has_a_row_for_each_finding() -> None:
    book = opened(list(all_results()))
    assert book.sheetnames == ["问题台账", "文件汇总", "规则汇总"]
    rows = values(book["问题台账"])
    assert rows[0] == ("序号", "文件", "机关", "年度", "级别", "规则", "位置", "原因编号", "问题", "建议", "依据", "办理状态", "备注")
    assert [row[0] for row in rows[1:]] == list(range(1, 8))
    assert [row[4] for row in rows[1:]] == ["错误"] * 4 + ["警告", "提示", "错误"]
    assert rows[5] == (
        5,
        "reports/shangwu-2020.html",
        "青山市商务局",
        2020,
        "警告",
        "VAL004\n规范性文件制作数多于公开数",
        "主动公开政府信息情况\n规范性文件 · 本年新制作数量 等 3 格\n第 1 个表格第 4 行第 2 格",
        None,
        "规范性文件本年制作 4 件，公开 1 件",
        "核对是否漏报公开数",
        "《政府信息公开条例》第二十条第（一）项",
        "待核实",
        None,
    )
    assert [row[7] for row in rows[1:]] == [None, 1, 1, 1, None, None, None]
    # The rule's own advice names the ways out of a cause; without one they are told besides.
    assert rows[2][9] == "核对“三、本年度办理结果”各行与（七）总计"
    (alone,) = [
        row[9]
        for row in values(opened([evolve(broken_result(), findings=(evolve(broken_result().findings[2], cause=None),))])["问题台账"])[1:]
    ]
    assert alone == (
        "核对“三、本年度办理结果”各行与（七）总计\n最小改动：(七)总计 · 自然人：1 改为 0；(七)总计 · 法律服务机构：2 改为 0；(七)总计 · 总计：3 改为 0"
    )
    assert rows[6][8] == "正文称没有收到申请，表中总计为 3\n原文：“2020年，我局没有收到政府信息公开申请。”"
    assert rows[7][2:4] == (None, None)


def test_summary_counts_documents_and_rules() -> None:
    book = opened(list(all_results()))
    assert values(book["文件汇总"]) == [
        ("文件", "机关", "年度", "格式版本", "结论", "错误", "警告", "提示", "说明"),
        ("reports/shangwu-2020.html", "青山市商务局", 2020, "2019", "不可发布", 4, 1, 1, "存在错误，改正后方可发布。"),
        ("reports/clean.txt", "青山县商务局", 2022, "2021", "可发布", 0, 0, 0, "未发现错误，应核对的均已核对。"),
        ("reports/list.html", None, None, None, "无法判断", 1, 0, 0, "文件或表格未能读取、识别，不能据此认为没有问题。"),
        ("合计", None, None, None, "共 3 份", 5, 1, 1, "可发布 1 份、不可发布 1 份、无法判断 1 份"),
    ]
    assert [row[:6] for row in values(opened([broken_result(), broken_result()])["规则汇总"])] == [
        ("规则", "问题类型", "类别", "级别", "问题数", "涉及文件数"),
        ("MIS005", "cell-missing", "完整性", "错误", 2, 2),
        ("SUM002", "办理结果之和与总计不符", "勾稽关系", "错误", 6, 2),
        ("TXT001", "no-application-over-count", "文表一致", "提示", 2, 2),
        ("VAL004", "规范性文件制作数多于公开数", "数值", "警告", 2, 2),
    ]


class Missing(Rule):
    """A rule that rests on the notice of either edition."""

    code, name, severity = "MIS005", "cell-missing", Severity.ERROR
    title = Text("缺少单元格", "cell missing")
    source = (Clause("甲通知", "notice A", editions=("2019",)), Clause("乙通知", "notice B", editions=("2021",)))


def test_a_rule_is_told_with_all_its_severities_and_the_clauses_of_all_editions() -> None:
    found = Missing().find(TOTAL, message=Text("a", "a"))
    results = [
        Result(make_report("2021", path="a.html"), (evolve(found, severity=Severity.NOTE), found)),
        Result(make_report("2019", path="b.html"), (evolve(found, severity=Severity.WARNING), found, found)),
    ]
    for language, told in (
        ("zh", ("错误 3、警告 1、提示 1", 5, 2, "乙通知\n甲通知")),
        ("en", ("error 3, warning 1, note 1", 5, 2, "notice B\nnotice A")),
    ):
        stream = io.BytesIO()
        write_results(results, "xlsx", stream, Settings(language, {Missing.code: Missing}))
        _, rule = values(load_workbook(stream).worksheets[2])
        assert rule[3:] == told


def test_english_workbook_is_english() -> None:
    book = opened([broken_result(), clean_result()], "en")
    assert book.sheetnames == ["Findings", "Documents", "Rules"]
    text = "\n".join(str(value) for sheet in book for row in values(sheet) for value in row)
    # What the document says stays as it is; the samples give labels as arguments.
    of_document = {"青山市商务局", "青山县商务局", "年", "我局没有收到政府信息公开申请", "七", "总计", "自然人", "法律服务机构"}
    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) == of_document


@pytest.mark.parametrize("language", LANGUAGES)
def test_ledger_can_be_worked_through_and_printed(language: Language) -> None:
    book = opened([broken_result()], language)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert (sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("$1:$1", "landscape", 1)
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert "&P" in sheet.oddFooter.center.text
    ledger, documents, rules = book
    assert [sheet.auto_filter.ref for sheet in book] == ["A1:M7", "A1:I2", "A1:G5"]
    (choice,) = ledger.data_validations.dataValidation
    assert (choice.type, str(choice.sqref)) == ("list", "L2:L7")
    offered = choice.formula1.strip('"').split(",")
    assert len(offered) == 4
    assert {row[11] for row in values(ledger)[1:]} == {offered[0]}
    assert [str(area.sqref) for area in ledger.conditional_formatting] == ["L2:L7"]
    assert all(cell.alignment.wrap_text for row in ledger.iter_rows() for cell in row)
    # A row is as high as its longest text: here the clauses, there a line.
    assert ledger.row_dimensions[2].height > ledger.row_dimensions[1].height
    assert documents.row_dimensions[1].height < 25
    assert rules.column_dimensions["B"].width == 36


def test_empty_run_is_a_workbook_too() -> None:
    book = opened([])
    assert [sheet.max_row for sheet in book] == [1, 2, 1]
    assert book["问题台账"].data_validations.dataValidation == []


def test_same_results_same_bytes() -> None:
    first, second = written(list(all_results())), written(list(all_results()))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


TEXTS = st.text(st.characters(), max_size=40)


@settings(deadline=None, max_examples=50)
@given(TEXTS)
@example("=1+1")
@example("＝HYPERLINK()")
@example("#REF!")
@example("-2")
@example("<a>&\"'\x00\ud800\ufffe")
def test_any_text_survives_and_runs_nothing(text: str) -> None:
    result = saying(text)
    cells = opened([result])["问题台账"]["I2"], opened([result])["文件汇总"]["B2"]
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    for cell in cells:
        # What reads XML makes one line break of two characters.
        read = "" if cell.value is None else str(cell.value)
        assert re.sub(r"\r\n?", "\n", read) == re.sub(r"\r\n?", "\n", kept)
        assert cell.data_type in ("s", "inlineStr") if text else cell.value is None
        assert bool(cell.quotePrefix) is bool(re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", kept)) or re.fullmatch(
            r"[-+]?[0-9]+(\.[0-9]+)?", kept
        )


def test_text_that_looks_like_an_escape_stays() -> None:
    with zipfile.ZipFile(io.BytesIO(written([saying("_x0041_ 与 _x_")]))) as archive:
        assert re.search(rb">_x005F_x0041_ [^<]+ _x_</t>", archive.read("xl/worksheets/sheet1.xml"))


def test_text_that_no_cell_holds_is_cut_with_a_sign() -> None:
    cell = opened([saying("长" * 40_000)])["问题台账"]["I2"]
    assert (len(cell.value), cell.value[-2:]) == (32_767, "长…")
    assert opened([saying("长" * 40_000)])["问题台账"].row_dimensions[2].height == 409


def test_more_rows_than_a_sheet_holds_go_on_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 5)
    book = opened([with_path(broken_result(), f"{number}.html") for number in range(2)])
    ledgers = [sheet for sheet in book if sheet.title.startswith("问题台账")]
    assert [sheet.title for sheet in ledgers] == ["问题台账", "问题台账 2", "问题台账 3"]
    assert [row[0] for sheet in ledgers for row in values(sheet)[1:]] == list(range(1, 13))
    assert {values(sheet)[0][0] for sheet in ledgers} == {"序号"}
    assert [sheet.auto_filter.ref for sheet in ledgers] == ["A1:M5", "A1:M5", "A1:M5"]
    assert [str(choice.sqref) for sheet in ledgers for choice in sheet.data_validations.dataValidation] == ["L2:L5"] * 3


def test_temporary_files_go_away_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def results() -> Any:
        yield broken_result()
        assert list(tmp_path.iterdir())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_results(results(), "xlsx", io.BytesIO())
    assert list(tmp_path.iterdir()) == []
    written(list(all_results()))
    assert list(tmp_path.iterdir()) == []


def test_text_stream_and_missing_library_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="xlsx is a binary format"):
        write_results([], "xlsx", io.StringIO())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'gilint\[xlsx\]'"):
        write_results([], "xlsx", io.BytesIO())
