"""Nothing that reading or recognising noticed is lost: every kind of notice becomes a finding."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

from gilint import CellRef, Finding, Notice, NoticeKind, Place, Report, Severity, Text, Verdict, lint, read
from gilint.forms import builtin_forms
from gilint.language import LANGUAGES, Language
from gilint.testing import sample_draft, sample_report, write

K = NoticeKind
DATA: dict[NoticeKind, dict[str, Any]] = {
    K.EMPTY: {},
    K.UNREADABLE: {"reason": Text("没有读取权限", "permission denied")},
    K.BINARY: {},
    K.UNSUPPORTED_FORMAT: {"format": "PDF"},
    K.LIMIT: {"limit": "MAX_BYTES", "value": 1},
    K.ENCODING_WRONG: {"declared": "utf-8", "used": "gb18030"},
    K.ENCODING_LOSSY: {"encoding": "gb18030", "count": 1},
    K.MOJIBAKE: {"recovered": True},
    K.CONTROL_CHARACTERS: {"count": 1},
    K.UNTERMINATED: {"element": "table"},
    K.TRACKED_CHANGES: {"count": 2},
    K.OWN_OUTPUT: {"product": Text("问题台账", "a ledger of findings")},
    K.COMMENTS: {"count": 2},
    K.HIDDEN_TEXT: {"count": 2, "sample": "（待核实）"},
    K.UNSAFE_ARCHIVE: {"reason": Text("其中有同名的文件", "two files in it have the same name")},
    K.ENCRYPTED: {},
    K.CONVERSION_FAILED: {"format": "DOC", "reason": Text("没有安装 LibreOffice", "LibreOffice is not installed")},
    K.FORMAT_MISMATCH: {"named": "XLS", "found": "HTML"},
    K.READER_MISSING: {"format": "PDF", "extra": "pdf"},
    K.FORMULA_WITHOUT_VALUE: {"count": 1, "at": (Place(sheet="Sheet1", address="J7"),)},
    K.SCANNED: {"pages": 4},
    K.UNKNOWN_GLYPHS: {"count": 12},
    K.VALUE_NOT_AS_PRINTED: {"count": 1},
    K.NO_REPORT: {"reason": "list-page"},
    K.TABLE_NOT_RECOGNISED: {"table": "reviews", "reason": "unlike"},
    K.NUMBER_WITHOUT_PLACE: {"raw": "17"},
    K.SEVERAL_REPORTS: {"count": 2, "identical": False},
    K.ROW_REPEATED: {"table": "disclosure", "row": "licences", "differs": False, "printed": ("1",)},
    K.ROW_EXTRA: {"table": "disclosure", "printed": "小计", "values": ("1", "2")},
    K.ROW_RENAMED: {"table": "disclosure", "row": "licences", "printed": "行政审批"},
    K.ROW_SHORT: {"table": "disclosure", "row": "regulations", "found": 2, "expected": 3},
    K.ROW_DOUBTFUL: {"table": "disclosure", "row": "regulations", "values": ()},
    K.ROWS_OUT_OF_ORDER: {"table": "disclosure", "rows": ("coercion", "penalties")},
    K.COLUMN_EXTRA: {"table": "applications", "printed": "小计"},
    K.COLUMN_RENAMED: {"table": "applications", "column": "business", "printed": "公司"},
    K.COLUMNS_OUT_OF_ORDER: {"table": "applications", "columns": ("total", "natural_person")},
    K.EDITIONS_MIXED: {"table": "disclosure", "edition": "2019", "printed": ("本年新制作数量",)},
    K.TABLE_EXTRA: {"numbers": 12},
    K.TABLES_IN_ONE: {"tables": ("disclosure", "applications")},
}
EXPECTED = {
    K.EMPTY: "DOC001 error",
    K.UNREADABLE: "DOC002 error",
    K.BINARY: "DOC003 error",
    K.UNSUPPORTED_FORMAT: "DOC004 error",
    K.LIMIT: "DOC005 error",
    K.ENCODING_WRONG: "DOC006 note",
    K.ENCODING_LOSSY: "DOC007 warning",
    K.MOJIBAKE: "DOC008 warning",
    K.CONTROL_CHARACTERS: "DOC009 note",
    K.UNTERMINATED: "DOC010 note",
    K.TRACKED_CHANGES: "DOC017 note",
    K.OWN_OUTPUT: "DOC030 error",
    K.COMMENTS: "DOC018 note",
    K.HIDDEN_TEXT: "DOC019 note",
    K.UNSAFE_ARCHIVE: "DOC020 error",
    K.ENCRYPTED: "DOC021 error",
    K.CONVERSION_FAILED: "DOC023 error",
    K.FORMAT_MISMATCH: "DOC022 note",
    K.FORMULA_WITHOUT_VALUE: "DOC025 note",  # of a cell of the form: error
    K.READER_MISSING: "DOC026 error",
    K.SCANNED: "DOC024 error",
    K.UNKNOWN_GLYPHS: "DOC027 warning",
    K.VALUE_NOT_AS_PRINTED: "DOC028 note",
    K.NO_REPORT: "DOC011 error",
    K.TABLE_NOT_RECOGNISED: "DOC012 error",
    K.NUMBER_WITHOUT_PLACE: "DOC013 warning",
    K.SEVERAL_REPORTS: "DOC014 error",
    K.ROW_REPEATED: "MIS006 warning",
    K.ROW_EXTRA: "TPL010 warning",
    K.ROW_RENAMED: "TPL006 warning",
    K.ROW_SHORT: "MIS005 warning",
    K.ROW_DOUBTFUL: "DOC031 warning",
    K.ROWS_OUT_OF_ORDER: "TPL008 note",
    K.COLUMN_EXTRA: "TPL011 note",
    K.COLUMN_RENAMED: "TPL007 warning",
    K.COLUMNS_OUT_OF_ORDER: "TPL009 note",
    K.EDITIONS_MIXED: "TPL002 error",
    K.TABLE_EXTRA: "DOC016 note",
    K.TABLES_IN_ONE: "DOC015 note",
}
UNREAD = [
    K.EMPTY,
    K.UNREADABLE,
    K.BINARY,
    K.UNSUPPORTED_FORMAT,
    K.UNSAFE_ARCHIVE,
    K.ENCRYPTED,
    K.CONVERSION_FAILED,
    K.READER_MISSING,
    K.SCANNED,
    K.NO_REPORT,
]
ABOUT_TABLES = [kind for kind in NoticeKind if {"table", "tables"} & set(DATA[kind])]


def noticing(kind: NoticeKind, report: Report | None = None, **data: Any) -> Report:
    """Return the sample report, or the given one, with a notice more."""
    short = {("disclosure", "regulations", "in_force"): None} if kind is K.ROW_SHORT else {}
    report = report or sample_report(printed=short)
    return evolve(report, notices=(*report.notices, Notice(kind, DATA[kind] | data, place=Place(line=7))))


def found(report: Report, **options: Any) -> list[str]:
    return [f"{finding.code} {finding.severity}" for finding in lint(report, **options).findings]


def only(report: Report) -> Finding:
    (finding,) = lint(report, select=["DOC", "TPL", "MIS", "VAL", "SUM"]).findings
    return finding


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_is_told_once(kind: NoticeKind) -> None:
    report = noticing(kind)
    assert found(report) == [EXPECTED[kind]]
    for language in LANGUAGES:
        assert only(report).say(language)


@pytest.mark.parametrize("kind", NoticeKind)
def test_findings_keep_the_place_of_the_notice(kind: NoticeKind) -> None:
    place = only(noticing(kind)).place
    assert place is not None
    assert place.line == 7


@pytest.mark.parametrize("kind", [*UNREAD, K.LIMIT])
def test_what_was_not_read_is_told_whatever_is_selected(kind: NoticeKind) -> None:
    assert found(noticing(kind, Report("x", None)), select=["SUM"])[:1] == [EXPECTED[kind]]


@pytest.mark.parametrize("kind", UNREAD)
def test_a_document_without_report_has_one_error(kind: NoticeKind) -> None:
    assert found(noticing(kind, Report("x", None))) == [EXPECTED[kind]]


def test_nothing_recognised_and_nothing_noticed_is_an_error() -> None:
    assert found(Report("x", None)) == ["DOC011 error"]


@pytest.mark.parametrize("kind", ABOUT_TABLES)
def test_notices_about_tables_do_not_crash_without_a_form(kind: NoticeKind) -> None:
    assert "DOC011 error" in found(noticing(kind, Report("x", None)))
    assert not [code for code in found(noticing(kind, Report("x", None))) if code.startswith("DOC9")]


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (K.MOJIBAKE, {"recovered": False}, "DOC008 error"),
        (K.SEVERAL_REPORTS, {"identical": True}, "DOC014 note"),
        (K.ROW_REPEATED, {"differs": True, "printed": ("506", "560")}, "MIS006 error"),
        (K.ROW_RENAMED, {"row": "fees", "printed": "行政事业性收费情况"}, "TPL006 note"),
        (K.COLUMN_RENAMED, {"column": "business", "printed": "商业性企业"}, "TPL007 note"),
    ],
)
def test_how_bad_it_is_depends_on_what_was_noticed(kind: NoticeKind, data: dict[str, Any], expected: str) -> None:
    assert found(noticing(kind, **data)) == [expected]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (K.COLUMN_RENAMED, {"column": "business", "printed": "商业"}),
        (K.COLUMN_RENAMED, {"table": "reviews", "column": "pending", "printed": "尚未"}),
        (K.ROW_RENAMED, {"table": "applications", "row": "granted", "printed": "三、本年度办理结果(一)予以公开"}),
        (K.ROW_RENAMED, {"table": "applications", "row": "partly_granted", "printed": "(二)部分公开"}),
    ],
)
def test_labels_cut_short_or_run_together_are_not_renamed(kind: NoticeKind, data: dict[str, Any]) -> None:
    assert found(noticing(kind, **data)) == []


@pytest.mark.parametrize(
    "reason", ["list-page", "script-shell", "pictures", "attachment", "other-document", "free-form", "run-together", "other"]
)
def test_every_reason_for_no_report_has_its_own_words(reason: str) -> None:
    messages = {only(noticing(K.NO_REPORT, Report("x", None), reason=name)).say("en") for name in ("", reason)}
    assert len(messages) == (1 if reason == "other" else 2)


def test_numbers_without_a_place_are_one_finding_that_quotes_them_all() -> None:
    report = sample_report()
    for number in range(12):
        report = noticing(K.NUMBER_WITHOUT_PLACE, report, raw=str(number))
    finding = only(report)
    assert [excerpt.text for excerpt in finding.excerpts] == [str(number) for number in range(12)]
    assert "12" in finding.say()


def test_only_the_columns_that_moved_are_named() -> None:
    finding = only(noticing(K.COLUMNS_OUT_OF_ORDER, table="reviews", columns=("total", "upheld", "corrected", "other", "pending")))
    assert {cell.column for cell in finding.cells} == {"total"}


def test_a_table_that_is_absent_is_told_by_mis_alone() -> None:
    printed = {key: None for key in sample_report().form.keys if key[0] == "reviews"}  # type: ignore[union-attr]
    report = sample_report(printed=printed)
    assert [notice.kind for notice in report.notices] == [K.TABLE_NOT_RECOGNISED]
    assert found(report) == ["MIS002 error"]
    result = lint(report, select=["SUM"])
    assert (result.findings, result.verdict) == ((), Verdict.REVIEW)
    assert result.checked["SUM"] == {"holds": 39, "violated": 0, "not_assessable": 3}
    reasons = {check.reason.in_language("zh", check.arguments) for check in result.checks if check.reason}
    assert reasons == {"没有读到“政府信息公开行政复议、行政诉讼情况”表"}


def test_a_mixed_table_is_told_once_with_what_it_lacks() -> None:
    lacking = [("applications", "other.not_corrected", column) for column in ("natural_person", "total")]
    report = noticing(K.EDITIONS_MIXED, sample_report(year=2020, printed=dict.fromkeys(lacking)), table="applications")
    finding = only(report)
    assert finding.code == "TPL002"
    assert finding.cells == tuple(CellRef(*key) for key in lacking)


def test_numbers_of_a_short_row_accuse_nobody() -> None:
    # The business figure of (一) is lost, and every number right of it stands one cell too far to the left.
    row = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")
    shifted = dict(zip([("applications", "granted", column) for column in row], ["8", "0", "0", "0", "0", "11", None], strict=True))
    report = sample_report(printed=shifted)
    assert "SUM002 error" in found(report)  # read as printed the columns do not add up
    short = noticing(K.ROW_SHORT, report, table="applications", row="granted", found=6, expected=7)
    assert found(short) == ["MIS005 warning"]
    assert only(short).cells == (CellRef("applications", "granted", "business"),)
    assert only(short).say() == "“(一)予以公开”这一行应有 7 个数，只有 6 个，无法确定缺哪一个；按勾稽关系推算是“商业企业”（3）。"


def test_a_short_row_that_could_lack_either_of_two_equal_numbers_stays_uncertain() -> None:
    row = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")
    printed = dict(zip([("applications", "granted", column) for column in row], ["8", "3", "0", "0", "0", "11", None], strict=True))
    finding = only(noticing(K.ROW_SHORT, sample_report(printed=printed), table="applications", row="granted", found=6, expected=7))
    zeros = ("research", "public_interest", "legal_service", "other_organisation")
    assert finding.cells == tuple(CellRef("applications", "granted", column) for column in zeros)
    assert finding.say("zh") == "“(一)予以公开”这一行应有 7 个数，只有 6 个，无法确定缺哪一个。"


def test_a_number_too_many_in_a_row_makes_the_whole_row_uncertain() -> None:
    report = sample_report(printed={("applications", "granted", "business"): "99"})
    assert [code for code in found(report) if code.startswith("SUM00")] == ["SUM001 error", "SUM002 error"]
    for row, codes in (("granted", []), ("new", ["SUM001 error", "SUM002 error"])):
        stray = Notice(K.NUMBER_WITHOUT_PLACE, {"raw": "3", "table": "applications", "row": row}, place=Place(line=7))
        assert [code for code in found(evolve(report, notices=(stray,))) if code.startswith("SUM00")] == codes


def test_tables_that_are_pictures_are_told_with_their_sections() -> None:
    page = write(sample_draft(builtin_forms()[-1]), "html")
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    for table in tables:
        page = page.replace(table, '<p><img src="u/1.png"></p>')
    report = read(page.encode())
    finding = only(report)
    assert finding.code == "DOC011"
    assert finding.say() == (
        "报告的统计表以图片发布，没有可读的数字，没有核对："
        "“二、主动公开政府信息情况”、“三、收到和处理政府信息公开申请情况”、“四、政府信息公开行政复议、行政诉讼情况”。"
    )
    assert "“二、主动公开政府信息情况”" in finding.say("en")
    assert "图片" in finding.suggest()
    assert finding.place is not None
    one = read(write(sample_draft(builtin_forms()[-1]), "html").replace(tables[1], '<p><img src="u/1.png"></p>').encode())
    (missing,) = lint(one, select=["MIS"]).findings
    assert missing.say() == "没有找到第三部分的“收到和处理政府信息公开申请情况”表，这一部分有图片，表格可能是以图片发布的。"
    assert "图片" in missing.suggest()


def test_a_report_without_headings_and_tables_but_with_pictures_says_so() -> None:
    text = "<p>" + "2022年，我局推进政府信息公开工作。" * 20
    title = "<h1>白石县商务局2022年政府信息公开工作年度报告</h1>"
    assert "图片" in only(read(f"{title}{text}<p><img src=u/1.png>".encode())).say()
    assert "图片" not in only(read(f"{title}{text}".encode())).say()


def test_a_table_that_may_be_a_picture_is_told_by_mis_alone() -> None:
    report = sample_report(printed={key: None for key in sample_report().form.keys if key[0] == "reviews"})  # type: ignore[union-attr]
    report = evolve(report, notices=(Notice(K.TABLE_NOT_RECOGNISED, {"table": "reviews", "reason": "picture"}),))
    assert found(report) == ["MIS002 error"]
    assert "图片" in lint(report, select=["MIS"]).findings[0].say("zh")


def test_a_table_that_is_too_unlike_is_told_by_doc_alone() -> None:
    report = sample_report(printed={key: None for key in sample_report().form.keys if key[0] == "reviews"})  # type: ignore[union-attr]
    report = evolve(report, notices=(Notice(K.TABLE_NOT_RECOGNISED, {"table": "reviews", "reason": "unlike"}),))
    assert found(report) == ["DOC012 error"]


def test_a_line_of_reviews_that_lacks_a_number_is_uncertain_as_a_whole() -> None:
    report = sample_report(
        printed={("reviews", "litigation_after_review", "total"): None, ("reviews", "administrative_review", "total"): "9"}
    )
    assert "SUM004 error" in found(report)
    short = noticing(K.ROW_SHORT, report, table="reviews", row="", found=14, expected=15)
    assert sorted(found(short)) == ["MIS005 warning", "SUM901 note"]
    (finding,) = [finding for finding in lint(short).findings if finding.code == "MIS005"]
    assert finding.say("zh") == "“政府信息公开行政复议、行政诉讼情况”表应有 15 个数，只有 14 个，无法确定缺哪一个。"
    assert len(finding.cells) == 15


def test_severity_of_no_finding_is_left_to_chance() -> None:
    assert {expected.split()[1] for expected in EXPECTED.values()} == {severity.value for severity in Severity}
    assert set(DATA) == set(EXPECTED) == set(NoticeKind)


def test_nobody_is_told_to_open_an_archive_that_was_refused() -> None:
    report = Report("x", None, notices=(Notice(K.UNSAFE_ARCHIVE, DATA[K.UNSAFE_ARCHIVE]),))
    (finding,) = [finding for finding in lint(report).findings if finding.code == "DOC020"]
    assert [finding.suggest(language) for language in LANGUAGES] == [
        "不要打开；请从来源重新获取文件。",
        "Do not open it; get the document from its source again.",
    ]


FREE_FORM = "白石县商务局{year}年政府信息公开工作年度报告\n一、概述\n" + "{year}年，我局推进政府信息公开工作。" * 8
OLD_SHEET = "\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数\n（一）主动公开政府信息数 | 条 | 120\n（一）收到申请数 | 件 | 3\n"


@pytest.mark.parametrize("sheet", ["", OLD_SHEET])
@pytest.mark.parametrize(("year", "expected"), [(2016, "DOC029 error"), (2018, "DOC029 error"), (2020, "DOC011 error")])
def test_before_2019_no_format_was_prescribed(year: int, sheet: str, expected: str) -> None:
    report = read(FREE_FORM.format(year=year) + sheet)
    assert found(report) == [expected]
    assert lint(report, select=["SUM"]).verdict is Verdict.UNDECIDED
    if year < 2019:
        assert f"{year}年度尚无全国统一的年度报告格式" in only(report).say()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_report_before_2019_in_a_format_was_not_to_follow_another_one(edition: str) -> None:
    report = sample_report(edition, year=2018)
    assert found(report) == ["DOC029 warning"]
    assert f"采用了{edition}年版格式" in only(report).say()
    assert ("TPL001 error" in found(sample_report(edition, year=2019))) is (edition == "2021")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_install_a_reader_is_said_once(language: Language) -> None:
    finding = only(noticing(K.READER_MISSING, Report("x", None), format="XLSX", extra="xlsx"))
    assert f"{finding.say(language)} {finding.suggest(language)}".count("pip install 'gilint[xlsx]'") == 1
