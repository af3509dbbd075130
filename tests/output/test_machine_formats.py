"""SARIF, JUnit and CSV, over results made by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st
from output_samples import RULES, all_results, broken_result, clean_result, make_report, unreadable_result, with_path

from gilint import lint
from gilint.document import Document
from gilint.failures import RuleCrashed
from gilint.finding import Checked, Excerpt, Finding, Outcome, Result, Severity
from gilint.language import Language, Text
from gilint.organ import Organ
from gilint.output import Settings, write_results
from gilint.place import CellRef, Place

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

TEXTS = st.text(st.characters(), max_size=40)
TOTAL = CellRef("applications", "total", "total")
NEW = CellRef("applications", "new", "total")


def written(results: list[Result], name: str, language: Language = "zh", **more: Any) -> str:
    stream = io.StringIO()
    write_results(results, name, stream, Settings(language, RULES, **more))
    return stream.getvalue()


def sarif(results: list[Result], language: Language = "zh", **more: Any) -> dict[str, Any]:
    (run,) = json.loads(written(results, "sarif", language, **more))["runs"]
    return run  # type: ignore[no-any-return]


def suites(results: list[Result], language: Language = "zh") -> list[ElementTree.Element]:
    root = ElementTree.fromstring(written(results, "junit", language))
    assert root.tag == "testsuites"
    return list(root)


def rows(results: list[Result], language: Language = "zh") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(results, "csv", language), newline="")))


def saying(text: str, *cells: CellRef, severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    return Finding("SUM002", "column-total-mismatch", severity, Text("{said}", "{said}"), arguments={"said": text}, cells=cells, **more)


def survivor(text: str) -> str:
    """What is left of a text where XML is written."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


# SARIF: which properties an object may have, and which it must have; everything else is a mistake.
SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"$schema", "version", "runs"}, set()),
    "run": ({"tool", "language", "columnKind", "results", "artifacts", "invocations"}, set()),
    "driver": ({"name", "version", "language", "rules", "notifications"}, set()),
    "rule": ({"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"}, set()),
    "result": ({"ruleId", "level", "message", "locations", "partialFingerprints", "properties"}, {"ruleIndex", "relatedLocations"}),
    "location": ({"physicalLocation"}, {"id", "logicalLocations", "message"}),
    "physical": ({"artifactLocation"}, {"region", "properties"}),
    "region": ({"startLine"}, {"startColumn"}),
    "logical": ({"name", "fullyQualifiedName", "kind"}, {"properties"}),
    "artifact": ({"location", "roles", "properties"}, set()),
    "invocation": ({"executionSuccessful", "toolConfigurationNotifications", "toolExecutionNotifications"}, set()),
    "notification": ({"level", "message"}, {"descriptor", "associatedRule", "locations"}),
}


def has_shape(value: dict[str, Any], name: str) -> None:
    must, may = SHAPES[name]
    assert must <= value.keys() <= must | may, name


def check_location(location: dict[str, Any], artifacts: int) -> None:
    has_shape(location, "location")
    physical = location["physicalLocation"]
    has_shape(physical, "physical")
    assert physical["artifactLocation"]["index"] in range(artifacts)
    if "region" in physical:
        has_shape(physical["region"], "region")
        assert min(physical["region"].values()) >= 1
    for logical in location.get("logicalLocations", ()):
        has_shape(logical, "logical")


def check_sarif(log: dict[str, Any]) -> None:
    has_shape(log, "log")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    has_shape(run, "run")
    driver = run["tool"]["driver"]
    has_shape(driver, "driver")
    for rule in (*driver["rules"], *driver["notifications"]):
        has_shape(rule, "rule")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert set(rule["help"]) == {"text", "markdown"}
        assert all(isinstance(rule[name]["text"], str) and rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        has_shape(result, "result")
        assert result["level"] in ("error", "warning", "note")
        if "ruleIndex" in result:
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            check_location(location, len(run["artifacts"]))
        numbers = [location["id"] for location in result.get("relatedLocations", ())]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(re.fullmatch(r"[0-9a-f]{32}", value) for value in result["partialFingerprints"].values())
    for artifact in run["artifacts"]:
        has_shape(artifact, "artifact")
    (invocation,) = run["invocations"]
    has_shape(invocation, "invocation")
    for notification in (*invocation["toolConfigurationNotifications"], *invocation["toolExecutionNotifications"]):
        has_shape(notification, "notification")


def crashed() -> Result:
    finding = RuleCrashed().find(rule="SUM002", plugin="mine 1.0", reason="KeyError")
    return Result(make_report(path="b.html"), (finding,))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_has_the_required_structure(language: Language) -> None:
    problem, remark = Text("插件坏了", "a plugin is broken"), Text("略过", "passed over")
    text = written([*all_results(), crashed()], "sarif", language, problems=(problem,), remarks=(remark,))
    check_sarif(json.loads(text))
    for empty in ([], [clean_result()]):
        check_sarif(json.loads(written(empty, "sarif", language)))


def test_sarif_result_says_rule_place_and_cells() -> None:
    run = sarif([broken_result()])
    result = run["results"][2]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("SUM002", 0, "error")
    assert result["message"] == {"text": "(七)总计 · 自然人：各项之和 0 + 0 + … + 0 = 0 ≠ 1"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "reports/shangwu-2020.html", "index": 0},
                "region": {"startLine": 959, "startColumn": 5},
            },
            "logicalLocations": [
                {
                    "name": "(七)总计 · 自然人",
                    "fullyQualifiedName": "applications.total.natural_person",
                    "kind": "cell",
                    "properties": {
                        "table": "applications",
                        "row": "total",
                        "column": "natural_person",
                        "tableLabel": "收到和处理政府信息公开申请情况",
                        "rowLabel": "(七)总计",
                        "columnLabel": "自然人",
                    },
                }
            ],
            "message": {"text": "第 959 行第 5 字"},
        }
    ]
    finding = broken_result().findings[2]
    names = [location["logicalLocations"][0]["fullyQualifiedName"] for location in result["relatedLocations"]]
    changed = ["applications.total.legal_service", "applications.total.total"]
    assert names == [*(".".join(ref) for ref in finding.cells), *changed]
    assert result["relatedLocations"][-1]["message"]["text"] == "(七)总计 · 总计 应为 0，现为 3"
    assert result["relatedLocations"][1]["physicalLocation"]["region"] == {"startLine": 826, "startColumn": 5}
    assert result["relatedLocations"][0]["message"]["text"] == "(七)总计 · 自然人：1"
    assert result["properties"]["suggestion"] == "核对“三、本年度办理结果”各行与（七）总计"
    table = run["results"][0]["locations"][0]["physicalLocation"]
    assert table["properties"] == {"table": 1, "row": 4, "cell": 2}
    assert "region" not in table
    quoted = run["results"][5]
    assert quoted["locations"][0]["logicalLocations"] == [{"name": "一、总体情况", "fullyQualifiedName": "overview", "kind": "section"}]
    assert quoted["properties"]["excerpts"] == [{"section": 1, "text": "2020年，我局没有收到政府信息公开申请。"}]
    assert run["artifacts"][0]["properties"]["verdict"] == "not-publishable"


def test_sarif_describes_rules_in_the_language_chosen() -> None:
    rules = sarif([], "en")["tool"]["driver"]["rules"]
    assert rules[0] == {
        "id": "SUM002",
        "name": "column-total-mismatch",
        "shortDescription": {"text": "The results do not add up to their total"},
        "fullDescription": {"text": "A total is the sum of its parts."},
        "help": {
            "text": "A total is the sum of its parts.\nBasis: \nNotice 60 of 2019, annex, section three",
            "markdown": "A total is the sum of its parts.\n\n**Basis**\n\n- Notice 60 of 2019, annex, section three",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["SUM", "Equations"]},
    }
    assert sarif([], "en")["language"] == "en-US"
    assert [rule["id"] for rule in rules] == list(RULES)


def test_sarif_tells_failures_of_the_tool_apart() -> None:
    (invocation,) = sarif([crashed(), broken_result()])["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["descriptor"] == {"id": "DOC901", "index": 0}
    assert notification["associatedRule"] == {"id": "SUM002", "index": 0}
    assert notification["message"]["text"].startswith("规则 SUM002（插件 mine 1.0）运行出错：KeyError")
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "b.html", "index": 0}
    (invocation,) = sarif([broken_result(), unreadable_result()])["invocations"]
    assert (invocation["executionSuccessful"], invocation["toolExecutionNotifications"]) == (True, [])
    (invocation,) = sarif([], "en", problems=(Text("坏", "broken"),), remarks=(Text("略", "skipped"),))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolConfigurationNotifications"] == [
        {"level": "error", "message": {"text": "broken"}},
        {"level": "note", "message": {"text": "skipped"}},
    ]


def prints(*results: Result) -> list[str]:
    return [result["partialFingerprints"]["gilint/v1"] for result in sarif(list(results))["results"]]


def test_fingerprints_stay_when_the_document_is_laid_out_anew_or_converted() -> None:
    def laid(path: str, organ: str, *, line: int, year: int | None = 2021) -> Result:
        place = Place(line=line)
        report = make_report(path=path, organ=Organ(organ), year=year, document=Document(path, "text"))
        findings = (
            saying(f"总计 {line}", TOTAL, NEW, place=place),
            saying("正文", excerpts=[Excerpt("没有 收到\n申请。" if line > 9 else "没有收到申请。")], place=place),
            saying("又一处", TOTAL, NEW, place=Place(line=line + 1)),
            Finding(
                "MIS001",
                "section-missing",
                Severity.ERROR,
                Text("{section}", "{section}"),
                arguments={"section": Text("甲", "A"), "at": line},
            ),
            Finding(
                "MIS001",
                "section-missing",
                Severity.ERROR,
                Text("{section}", "{section}"),
                arguments={"section": Text("乙", "B"), "at": line},
            ),
        )
        return Result(report, findings)

    first, second = laid("a.html", "青山县商务局", line=3), laid("out/b.docx", "青山县 商务局", line=30)
    assert prints(first) == prints(second)
    assert len(set(prints(first))) == 5
    assert not set(prints(first)) & set(prints(laid("a.html", "青山县教育局", line=3)))
    assert not set(prints(first)) & set(prints(laid("a.html", "青山县商务局", line=3, year=2022)))
    # What a document cannot tell of itself its name does, without the suffix that a conversion changes.
    nameless = laid("a.html", "青山县商务局", line=3, year=None)
    assert prints(nameless) == prints(with_path(nameless, "converted/a.docx")) != prints(with_path(nameless, "b.html"))


def test_sarif_paths_are_uris() -> None:
    for path, uri in {
        "reports/a.html": "reports/a.html",
        "年报 1.html": "%E5%B9%B4%E6%8A%A5%201.html",
        "/data/a#b.html": "file:///data/a%23b.html",
        "C:/data/a.html": "file:///C:/data/a.html",
        "<stdin>": "%3Cstdin%3E",
        "a:b.html": "a%3Ab.html",
    }.items():
        run = sarif([with_path(broken_result(), path)])
        assert run["artifacts"][0]["location"] == {"uri": uri}
        assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_messages_neither_link_nor_take_arguments() -> None:
    text = "见 [此处](http://evil.example) 与 {0}"
    (result,) = sarif([Result(make_report(), (saying(text, TOTAL),))])["results"]
    assert result["message"]["text"] == r"见 \[此处\](http://evil.example) 与 {{0}}"


@settings(deadline=None)
@given(TEXTS)
def test_any_text_survives_sarif(text: str) -> None:
    result = Result(make_report(path=f"a{text}", organ=Organ(text)), (saying(text, TOTAL, excerpts=[Excerpt(text)]),))
    data = json.loads(written([result], "sarif"))
    check_sarif(data)
    (run,) = data["runs"]
    assert run["results"][0]["message"]["text"].replace("\\[", "[").replace("\\](", "](").replace("{{", "{").replace(
        "}}", "}"
    ) == text.replace("\\[", "[").replace("\\](", "](").replace("{{", "{").replace("}}", "}")
    assert run["artifacts"][0]["properties"]["organ"] == text
    assert run["results"][0]["properties"].get("excerpts", [{"text": ""}])[0]["text"] == text
    assert re.fullmatch(r"[\x21-\x7e]+", run["artifacts"][0]["location"]["uri"])


@pytest.mark.parametrize("name", ["sarif", "junit", "csv"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_no_stream_is_too_poor(name: str, encoding: str) -> None:
    stream = io.TextIOWrapper(buffer := io.BytesIO(), encoding=encoding, newline="")
    result = Result(make_report(organ=Organ("\U0001f600é")), (saying("\U0001f600é汉", TOTAL),))
    write_results([result], name, stream, Settings("zh", RULES))
    stream.flush()
    text = buffer.getvalue().decode(encoding)
    if name == "sarif":
        assert json.loads(text)["runs"][0]["results"][0]["message"]["text"] == "\U0001f600é汉"
    elif name == "junit":
        declared = text.replace('encoding="UTF-8"', f'encoding="{encoding}"') if encoding == "ascii" else text.partition("\n")[2]
        assert ElementTree.fromstring(declared)[0].find("testcase/failure").get("message") == "\U0001f600é汉"  # type: ignore[union-attr]
    else:
        assert "SUM002" in text


def test_junit_has_a_suite_for_each_document_and_a_case_for_each_rule() -> None:
    result = evolve(broken_result(), ran=("MIS005", "SUM001", "SUM002", "SUM003", "SUM004", "TXT001", "VAL001", "VAL004"))
    broken, clean, unreadable = suites([result, clean_result(), unreadable_result()])
    counts = ("tests", "failures", "errors", "skipped", "time")
    assert [broken.get(name) for name in counts] == ["8", "3", "0", "1", "0"]
    assert [clean.get(name) for name in counts] == ["2", "0", "0", "0", "0"]
    assert [unreadable.get(name) for name in counts] == ["1", "0", "1", "0", "0"]
    cases = {str(case.get("name")).split()[0]: case for case in broken.findall("testcase")}
    assert {code: [child.tag for child in case] for code, case in cases.items()} == {
        "MIS005": ["failure"],
        "SUM001": [],
        "SUM002": ["failure"],
        "SUM003": [],
        "SUM004": ["skipped"],
        "TXT001": ["system-out"],
        "VAL001": [],
        "VAL004": ["failure"],
    }
    assert {case.get("classname") for case in cases.values()} == {"reports/shangwu-2020.html"}
    assert cases["SUM002"].get("name") == "SUM002 办理结果之和与总计不符"
    failure = cases["VAL004"][0]
    assert (failure.get("type"), failure.get("message")) == ("warning", "规范性文件本年制作 4 件，公开 1 件")
    assert failure.text == (
        "警告：规范性文件本年制作 4 件，公开 1 件\n位置：第 1 个表格第 4 行第 2 格\n建议：核对是否漏报公开数\n"
        "依据：《政府信息公开条例》第二十条第（一）项"
    )
    assert cases["SUM002"][0].get("message") == "(七)总计 · 自然人：各项之和 0 + 0 + … + 0 = 0 ≠ 1 (+2)"
    assert str(cases["SUM002"][0].text).count("位置：第 9") == 3
    assert cases["SUM004"][0].get("message") == "格内不是数字（1 项）"
    assert "没有收到申请" in str(cases["TXT001"][0].text)
    assert unreadable.find("testcase/error").get("message") == "这一页是列表页，没有年度报告正文"  # type: ignore[union-attr]
    properties = {one.get("name"): one.get("value") for one in broken.iter("property")}
    assert properties == {"organ": "青山市商务局", "year": "2020", "edition": "2019", "verdict": "not-publishable"}


def test_junit_keeps_notes_beside_failures_and_counts_reasons_in_english() -> None:
    findings = (saying("wrong", TOTAL), saying("odd", NEW, severity=Severity.NOTE))
    reason = Text("空白", "blank")
    checks = tuple(Checked("SUM009", Outcome.NOT_ASSESSABLE, reason=each) for each in (reason, reason, None))
    (suite,) = suites([Result(make_report(), findings, checks)], "en")
    failed, skipped = suite.findall("testcase")
    assert [(child.tag, str(child.text).split("\n")[0]) for child in failed] == [("failure", "error: wrong"), ("system-out", "note: odd")]
    assert skipped[0].get("message") == "blank (2); not assessable (1)"


@settings(deadline=None)
@given(TEXTS)
@example("]]>&<\"'\x00\r\n\t\ud800\ufffe")
def test_any_text_survives_junit(text: str) -> None:
    result = Result(make_report(path=text, organ=Organ(text)), (saying(text, TOTAL),))
    (suite,) = suites([result])
    assert suite.get("name") == survivor(text)
    assert {one.get("name"): one.get("value") for one in suite.iter("property")}["organ"] == survivor(text)
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == survivor(text)
    assert str(failure.text).startswith(f"错误：{survivor(text)}")


def test_csv_has_a_row_for_each_finding() -> None:
    found = rows([broken_result(), clean_result(), unreadable_result()])
    assert [row["code"] for row in found] == ["VAL004", "MIS005", "SUM002", "SUM002", "SUM002", "TXT001", "DOC002"]
    assert found[0] == {
        "path": "reports/shangwu-2020.html",
        "organ": "青山市商务局",
        "year": "2020",
        "edition": "2019",
        "code": "VAL004",
        "name": "document-made-not-public",
        "severity": "warning",
        "table": "disclosure",
        "row": "normative_documents",
        "column": "made",
        "table_label": "主动公开政府信息情况",
        "row_label": "规范性文件",
        "column_label": "本年新制作数量",
        "cells": "disclosure.normative_documents.made; disclosure.normative_documents.published; disclosure.normative_documents.public_total",
        "place": "第 1 个表格第 4 行第 2 格",
        "message": "规范性文件本年制作 4 件，公开 1 件",
        "excerpt": "",
        "suggestion": "核对是否漏报公开数",
        "repair": "",
        "clause": "《政府信息公开条例》第二十条第（一）项",
        "cause": "",
        "status": "open",
        "waiver": "",
    }
    assert [row["cause"] for row in found[2:5]] == ["1", "1", "1"]
    assert found[2]["repair"] == "(七)总计 · 自然人：1 改为 0；(七)总计 · 法律服务机构：2 改为 0；(七)总计 · 总计：3 改为 0"
    assert found[5]["excerpt"] == "2020年，我局没有收到政府信息公开申请。"
    english = rows([broken_result()], "en")[0]
    assert (english["message"], english["row_label"]) == ("4 normative documents made, 1 published", "Normative documents")
    assert written([], "csv").count("\n") == 1


@settings(deadline=None)
@given(TEXTS)
@example("=1+1")
@example("＝cmd")
@example("\t=1")
@example("\r@x")
@example("－1")
def test_any_text_survives_csv_and_runs_nothing(text: str) -> None:
    (row,) = rows([Result(make_report(path=text, organ=Organ(text)), (saying(text, TOTAL),))])
    for name in ("path", "organ", "message"):
        assert row[name] in (survivor(text), f"'{survivor(text)}")
        assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", row[name]) or re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", row[name])


@pytest.mark.parametrize("name", ["faulty-2021.html", "crawled-2019.txt"])
def test_sarif_fixes_can_be_made_in_the_source(name: str, tmp_path: Path) -> None:
    source = EXAMPLES / name
    data = json.loads(written([lint(source, config={}, select=["SUM"])], "sarif"))
    found = [result for result in data["runs"][0]["results"] if "fixes" in result]
    assert found
    for result in found:
        for fix in result["fixes"]:
            lines = source.read_text(encoding="utf-8").split("\n")
            ((change,),) = [artifact["replacements"] for artifact in fix["artifactChanges"]]
            region = change["deletedRegion"]
            line = lines[region["startLine"] - 1]
            lines[region["startLine"] - 1] = (
                line[: region["startColumn"] - 1] + change["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
            )
            mended = tmp_path / name
            mended.write_text("\n".join(lines), encoding="utf-8")
            left = {finding.cells for finding in lint(mended, config={}, select=["SUM"]).findings}
            cells = tuple(
                tuple(location["logicalLocations"][0]["fullyQualifiedName"].rsplit(".", 1)) for location in result["relatedLocations"]
            )
            assert cells not in {tuple((f"{ref.table}.{ref.row}", ref.column) for ref in refs) for refs in left}


@pytest.mark.parametrize(
    ("printed", "fixed"),
    [("14", True), (" 14&nbsp;", True), ("<b>14</b>", True), ("<b>1</b>4", False), ("14件", False), ("１４", False)],
)
def test_sarif_fixes_only_what_is_printed_as_a_bare_number(tmp_path: Path, printed: str, fixed: bool) -> None:
    page = (EXAMPLES / "faulty-2021.html").read_text(encoding="utf-8")
    assert page.count("<td>14</td>") == 1
    path = tmp_path / "a.html"
    path.write_text(page.replace("<td>14</td>", f"<td>{printed}</td>"), encoding="utf-8")
    (result,) = json.loads(written([lint(path, config={}, select=["SUM004"])], "sarif"))["runs"][0]["results"]
    texts = [fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] for fix in result["fixes"]]
    assert ("4" in texts) is fixed
    assert len(texts) == 4 + fixed
