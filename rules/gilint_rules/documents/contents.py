"""Is there a report in it, and does everything in the report have its place?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gilint import Example, Excerpt, Finding, Notice, NoticeKind, Report, Rule, Severity, Text
from gilint_rules import FIRST_YEAR, FORMATS
from gilint_rules.documents.noticing import NoticeRule

_NO_REPORT = {
    "list-page": Text("这是列表页，报告在其链接的页面上", "this is a list page; the reports are on the pages that it links to"),
    "script-shell": Text("页面内容由脚本加载，文件中没有正文", "the page loads its content by script; the file has no text"),
    "pictures": Text("报告以图片发布，没有可读的文字", "the report is published as pictures, without readable text"),
    "attachment": Text(
        "报告在附件或嵌入的文件（如PDF）中，页面上没有正文",
        "the report is in a file (such as a PDF) that the page links to or shows in a frame; the page does not have its text",
    ),
    "other-document": Text("这是另一种文件", "it is a document of another kind"),
    "free-form": Text(
        "报告没有采用2019年以来的规定格式，版本不明", "the report does not follow the format prescribed since 2019, its edition is unknown"
    ),
}
_RUN_TOGETHER = Text(
    "报告的文字连成一行，统计表各格之间没有间隔，无法分清每一格的数字，没有核对。",
    "The report is one line of text without anything between the cells of its tables: nobody can tell their numbers apart; nothing was checked.",
)
_WITH_BREAKS = Text(
    "请用原来的网页或文件检查，或保留换行后另存为文本。", "Check the page or file itself, or save its text with the line breaks."
)
_PICTURES = Text(
    "报告的统计表以图片发布，没有可读的数字，没有核对：{sections}。",
    "The tables of the report are published as pictures, without a number that can be read; nothing was checked: {sections}.",
)
_AS_TEXT = Text("请在页面上以文字表格发布，不要用图片。", "Publish the tables as text on the page instead of pictures.")
_NO_REPORT_OTHER = Text("没有找到规定格式的章节和表格", "the sections and tables of the prescribed format were not found")
_SPOKEN_FOR = (*(kind for kind in NoticeKind if kind.leaves_unread), NoticeKind.NO_REPORT)
_NO_REPORT_PICTURES = Text(
    "没有找到规定格式的表格；文中有图片，表格可能是以图片发布的",
    "the tables of the prescribed format were not found; the document has pictures, and they may be among these",
)


class NoReport(NoticeRule):
    """A document in which no annual report was recognised."""

    code, name, severity, always = "DOC011", "no-report", Severity.ERROR, True
    title = Text("没有识别到年度报告，或报告的统计表都是图片", "No annual report was recognised, or one whose tables are all pictures")
    message = Text(
        "没有识别到政府信息公开工作年度报告：{reason}。", "No annual report on government information disclosure was recognised: {reason}."
    )
    suggestion = Text(
        "请确认文件就是年度报告正文；以图片或附件发布的，请同时在页面上发布文字和表格。",
        "Make sure that the file is the report itself; publish text and tables on the page, not only pictures or attachments.",
    )
    source = FORMATS
    kinds = (NoticeKind.NO_REPORT,)
    examples = (Example(document="关于召开全市政务公开工作会议的通知\n各县（区）人民政府：定于下周召开会议。", finds=((),)), Example())

    def check(self, report: Report) -> Iterator[Finding]:
        """Speak also where nothing was recognised and nothing else says so."""
        if not _before_formats(report):
            for notice in report.noticed(*self.kinds):
                yield self._told(report, notice)
        if report.form is None and not report.noticed(*_SPOKEN_FOR):
            yield self.find(reason=_NO_REPORT_OTHER)

    def _told(self, report: Report, notice: Notice) -> Finding:
        """Say what the document is instead, or which sections have pictures for tables."""
        sections = [found for name in notice.data.get("sections", ()) if (found := report.section(name)) is not None]
        if sections:
            quoted = [Text(f"“{found.heading}”", f"“{found.heading}”") for found in sections]
            return self.find(place=sections[0].place, message=_PICTURES, suggestion=_AS_TEXT, sections=quoted)
        if notice.data.get("reason") == "run-together":
            return self.find(place=notice.place, message=_RUN_TOGETHER, suggestion=_WITH_BREAKS)
        without = _NO_REPORT_PICTURES if report.document.pictures else _NO_REPORT_OTHER
        return self.find(place=notice.place, reason=_NO_REPORT.get(notice.data.get("reason", ""), without))


_WITHOUT_FORMAT = ("free-form", "other")
"""What a report of a year without a format is: it has no table that the form knows."""


def _before_formats(report: Report) -> bool:
    """Say whether it is a report of a year for which no format was prescribed, and follows none."""
    if report.year is None or report.year >= FIRST_YEAR:
        return False
    return any(notice.data.get("reason") in _WITHOUT_FORMAT for notice in report.noticed(NoticeKind.NO_REPORT))


class NoFormatForYear(Rule):
    """A report on a year before there was a national format."""

    code, name, severity, always = "DOC029", "no-format-for-year", Severity.ERROR, True
    title = Text("报告年度尚无规定格式", "No format was prescribed for the year")
    message = Text(
        "{year}年度尚无全国统一的年度报告格式（自2019年度起才有），{outcome}。",
        "No national format was prescribed for {year} (the first is that for 2019); {outcome}.",
    )
    suggestion = Text(
        "报告年度写错的，请改正年度；确为该年度报告的，请人工审核。", "Correct the year if it is wrong; else check the report by hand."
    )
    rationale = Text(
        "2019年度以前的年度报告没有统一的统计表，无从按格式核对；没有核对不等于没有问题。",
        "Reports on earlier years have no uniform tables, so there is nothing to compare them with. Not checked does not mean correct.",
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(document=f"白石县商务局2017年政府信息公开工作年度报告\n一、概述\n{'2017年，我局推进政府信息公开工作。' * 8}", finds=((),)),
        Example(year=2018, edition="2019", finds=((),)),
        Example(year=2019, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Say also of a report that follows a format all the same what it was checked against.

        Where nothing could be checked it is an error, as for everything that was not recognised: nobody may take it for clean.
        """
        if report.year is None or report.year >= FIRST_YEAR:
            return
        if report.form is not None:
            followed = Text(
                "报告采用了{edition}年版格式，已按该版核对", "the report follows the edition of {edition} and was checked against it"
            )
            yield self.find(severity=Severity.WARNING, year=report.year, outcome=followed.filled(edition=report.edition))
        elif _before_formats(report):
            free = Text("报告为自由格式，没有检查", "the report is free-form, and nothing was checked")
            yield self.find(year=report.year, outcome=free)


_LEFT_TO_MISSING = ("absent", "picture")
"""A page of a site always has some picture: beside tables that are text it tells little of one that is not there."""
_REVIEWS = ("administrative_review", "litigation_direct", "litigation_after_review")
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


class TableNotRecognised(NoticeRule):
    """A table of the form that is there but cannot be read as numbers."""

    code, name, severity, always = "DOC012", "table-not-recognised", Severity.ERROR, True
    title = Text("表格无法识别", "A table could not be recognised")
    message = Text("“{table}”表{reason}，表中数据没有核对。", "The table “{table}” {reason}; its figures were not checked.")
    suggestion = Text("请按规定格式以文字表格发布。", "Publish it as a table of text in the prescribed format.")
    source = FORMATS
    kinds = (NoticeKind.TABLE_NOT_RECOGNISED,)
    examples = (
        Example(
            notices=(Notice(NoticeKind.TABLE_NOT_RECOGNISED, {"table": "reviews", "reason": "unlike"}),),
            finds=(tuple(f"reviews.{row}.{column}" for row in _REVIEWS for column in _OUTCOMES),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Leave a table that is simply not there to the rule on missing tables, which names it once."""
        for notice in report.noticed(*self.kinds):
            table = report.tables.get(notice.data.get("table", ""))
            if table is None or notice.data.get("reason") not in _LEFT_TO_MISSING:
                cells = notice.cells or [cell.ref for cell in (table or {}).values()]
                yield self.find(*cells, place=notice.place, **self.explain(report, notice))

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Name the table and say what it is like."""
        reasons = {
            "picture": Text("没有以文字出现，可能是以图片发布的", "is not there as text and may have been published as a picture"),
            "absent": Text("没有找到", "was not found"),
        }
        name = notice.data.get("table", "")
        table = report.tables[name].spec.label if name in report.tables else name
        return {
            "table": table,
            "reason": reasons.get(notice.data.get("reason", ""), Text("与规定格式不符，无法识别", "is too unlike the prescribed format")),
        }


class NumberWithoutPlace(NoticeRule):
    """Numbers beside the tables that belong to no cell of the form."""

    code, name, severity = "DOC013", "number-without-place", Severity.WARNING
    title = Text("有数字找不到对应的单元格", "A number belongs to no cell")
    message = Text(
        "有 {count} 个数字找不到对应的单元格：{numbers}。",
        "{count} printed {count:number belongs|numbers belong} to no cell of the form: {numbers}.",
    )
    suggestion = Text(
        "请对照规定格式检查多出的数字，或补上缺少的行、列。",
        "Compare with the prescribed format: a number too many, or a row or column lost.",
    )
    rationale = Text(
        "多出的数字说明表格错位或缺行缺列，其他数字也可能对错了位置。",
        "A number too many means a shifted table or a lost label; other numbers may be misplaced too.",
    )
    source = FORMATS
    kinds = (NoticeKind.NUMBER_WITHOUT_PLACE,)
    examples = (Example(notices=(Notice(NoticeKind.NUMBER_WITHOUT_PLACE, {"raw": "17"}),), finds=((),)), Example())

    def check(self, report: Report) -> Iterator[Finding]:
        """Tell of all of them at once: they have one cause."""
        notices = report.noticed(*self.kinds)
        if not notices:
            return
        printed = [str(notice.data.get("raw", "")).strip()[:30] for notice in notices]
        numbers = [*printed[:10], ...] if len(printed) > 10 else printed
        excerpts = [Excerpt(text, place=notice.place) for text, notice in zip(printed[:50], notices, strict=False)]
        cells = tuple(dict.fromkeys(cell for notice in notices for cell in notice.cells))
        yield self.find(*cells, place=notices[0].place, excerpts=excerpts, count=len(notices), numbers=numbers)


class SeveralReports(NoticeRule):
    """More than one report in one document."""

    code, name, severity, always = "DOC014", "several-reports", Severity.ERROR, True
    title = Text("一个文件中有多份报告", "Several reports in one document")
    message = Text("文件中有 {count} 份报告，{outcome}。", "The document holds {count} {count:report|reports}; {outcome}.")
    suggestion = Text(
        "请把每份报告存为单独的文件；数据文件（CSV、JSON）中的多份报告，用 gilint check 或 gilint.lint_all 可逐份核对。",
        "Save each report as a document of its own; those in a file of data (CSV, JSON) are each checked by gilint check and gilint.lint_all.",
    )
    kinds = (NoticeKind.SEVERAL_REPORTS,)
    examples = (Example(notices=(Notice(NoticeKind.SEVERAL_REPORTS, {"count": 2, "identical": False}),), finds=((),)), Example())

    def weigh(self, notice: Notice) -> Severity:
        """Return note where the reports are copies of one another."""
        return Severity.NOTE if notice.data.get("identical") else Severity.ERROR

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Say which of them was checked."""
        same = Text("内容相同，只核对一份", "they are identical, and one was checked")
        other = Text("只核对了第一份，其余没有核对", "only the first was checked")
        return {"count": notice.data.get("count", 2), "outcome": same if notice.data.get("identical") else other}


class TablesInOne(NoticeRule):
    """Official tables that are drawn as one."""

    code, name, severity = "DOC015", "tables-in-one", Severity.NOTE
    title = Text("几张表合成了一张", "Several tables are drawn as one")
    message = Text("{tables}合在一张表中，已分开核对。", "{tables} are drawn as one table; they were checked apart.")
    suggestion = Text("请按规定格式分列三张表。", "Draw the three tables apart, as prescribed.")
    rationale = Text("合在一张表中不便于机器读取和汇总。", "One joint table is hard to read by machine and to sum up.")
    source = FORMATS
    kinds = (NoticeKind.TABLES_IN_ONE,)
    examples = (Example(notices=(Notice(NoticeKind.TABLES_IN_ONE, {"tables": ("disclosure", "applications")}),), finds=((),)), Example())

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Name the tables by their labels."""
        names = notice.data.get("tables", ())
        quoted = [
            Text(f"“{label.zh}”", f"“{label.en}”") for label in (report.tables[name].spec.label for name in names if name in report.tables)
        ]
        return {"tables": quoted or list(names)}


class TableOutsideForm(NoticeRule):
    """A table with numbers that is none of the form's."""

    code, name, severity = "DOC016", "table-outside-form", Severity.NOTE
    title = Text("有不属于规定格式的表格", "A table that is none of the format's")
    message = Text(
        "有一张表不属于规定格式，表中 {numbers} 个数字没有核对。",
        "A table is none of the prescribed format's; its {numbers} {numbers:number was|numbers were} not checked.",
    )
    suggestion = Text("请确认它不是写乱了的规定表格。", "Make sure that it is not one of the prescribed tables in disorder.")
    source = FORMATS
    kinds = (NoticeKind.TABLE_EXTRA,)
    examples = (Example(notices=(Notice(NoticeKind.TABLE_EXTRA, {"numbers": 12}),), finds=((),)), Example())
