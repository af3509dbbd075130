"""Are all sections and tables there?"""

from __future__ import annotations

from collections.abc import Iterator

from gilint import CellState, Example, Finding, NoticeKind, Report, Rule, Severity, Table, Text
from gilint_rules import ARTICLE_50, FORMATS
from gilint_rules.missing.wording import INCOMPLETE, numeral

_REVIEWS = ("administrative_review", "litigation_direct", "litigation_after_review")
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


_PICTURE_THERE = Text("，这一部分有图片，表格可能是以图片发布的", "; the section has pictures, and the table may be one of them")
_PICTURE_SOMEWHERE = Text("，文中有图片，可能是以图片发布的", "; the document has pictures, and it may be one of them")
_AS_TEXT = Text(
    "图片中的数字无法读取和核对，请以文字表格发布。", "Numbers in pictures can be neither read nor checked: publish the table as text."
)


class SectionMissing(Rule):
    """A section of the format that the report does not have."""

    code, name, severity = "MIS001", "section-missing", Severity.WARNING
    title = Text("缺少章节", "A section is missing")
    message = Text("没有找到第{number}部分“{section}”。", "Section {number}, “{section}”, was not found.")
    suggestion = Text("请补上这一部分；没有内容的也要写明“无”。", "Add the section; where there is nothing to report, say so.")
    rationale = INCOMPLETE
    source = (ARTICLE_50, *FORMATS[1:])
    forms = ()
    examples = (Example(headings={"problems": None}, finds=((),)), Example())

    def check(self, report: Report) -> Iterator[Finding]:
        """Look for every section without a table; one with a table is told by the rule on that table or on lost headings."""
        if report.form is None or report.cells_only:
            return
        found = {section.name for section in report.sections}
        lacking = [spec for spec in report.form.sections if spec.name not in found]
        with_table = {table.section for table in report.form.tables} if lacking else set()
        for spec in lacking:
            if spec.name not in with_table:
                yield self.find(number=numeral(spec.number), section=spec.label)


class TableMissing(Rule):
    """A table of the format that the report does not have."""

    code, name, severity = "MIS002", "table-missing", Severity.ERROR
    title = Text("缺少表格", "A table is missing")
    message = Text("没有找到第{number}部分的“{table}”表{section}。", "The table “{table}” of section {number} was not found{section}.")
    suggestion = Text("请按规定格式补上这张表；没有数据的填 0。", "Add the table in the prescribed format; write 0 for none.")
    rationale = INCOMPLETE
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={f"reviews.{row}.{column}": None for row in _REVIEWS for column in _OUTCOMES},
            finds=(tuple(f"reviews.{row}.{column}" for row in _REVIEWS for column in _OUTCOMES),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Tables that are there but cannot be recognised are a matter of DOC, those of another edition one of TPL."""
        if report.form is None:
            return
        gone = [table for table in report.tables.values() if not table.found or _is_empty(table)]
        if not gone:
            return
        explained = {notice.data.get("table") for notice in report.noticed(NoticeKind.EDITIONS_MIXED)}
        reasons = {notice.data.get("table"): notice.data.get("reason") for notice in report.noticed(NoticeKind.TABLE_NOT_RECOGNISED)}
        explained |= {name for name, reason in reasons.items() if reason == "unlike"}
        sections = {spec.name: spec for spec in report.form.sections}
        for table in gone:
            if table.name in explained:
                continue
            section = report.section(table.spec.section)
            if section is None and not report.cells_only:
                lost: Text | str = Text("，这一部分也没有找到", ", nor was the section")
            elif reasons.get(table.name) == "picture":
                # Not every reader knows where pictures stand.
                lost = _PICTURE_THERE if report.document.pictures_at else _PICTURE_SOMEWHERE
            else:
                lost = ""
            place = section.place if section else None
            number = numeral(sections[table.spec.section].number)
            cells = [cell.ref for cell in table.values()]
            suggestion = _AS_TEXT if lost in (_PICTURE_THERE, _PICTURE_SOMEWHERE) else None
            yield self.find(*cells, place=place, suggestion=suggestion, number=number, table=table.spec.label, section=lost)


def _is_empty(table: Table) -> bool:
    return all(cell.state is CellState.MISSING for cell in table.cells.values())


class HeadingLost(Rule):
    """A table without the heading of its section."""

    code, name, severity = "MIS008", "heading-lost", Severity.WARNING
    title = Text("缺少章节标题", "The heading of a section is missing")
    message = Text(
        "有“{table}”表，但没有找到第{number}部分的标题“{section}”。",
        "The table “{table}” is there, the heading of section {number}, “{section}”, is not.",
    )
    suggestion = Text("请在表前补上规定的标题。", "Put the prescribed heading before the table.")
    rationale = INCOMPLETE
    source = FORMATS
    forms = ()
    examples = (Example(headings={"reviews": None}, finds=((),)), Example())

    def check(self, report: Report) -> Iterator[Finding]:
        """Speak for sections whose table is there."""
        if report.form is None or report.cells_only:
            return
        found = {section.name for section in report.sections if section.heading}
        lost = [spec for spec in report.form.sections if spec.name not in found]
        joined = _joined(report) if lost else set()
        for spec in lost:
            tables = [
                table for table in report.tables.values() if table.spec.section == spec.name and table.found and table.name not in joined
            ]
            if tables:
                yield self.find(table=tables[0].spec.label, number=numeral(spec.number), section=spec.label)


def _joined(report: Report) -> set[str]:
    """Return the tables that share one table of the document: their headings, if any, are rows of it."""
    grids = {
        table.name: {cell.place.table for cell in table.values() if cell.place and cell.place.table} for table in report.tables.values()
    }
    return {name for name, grid in grids.items() if any(grid & other for rival, other in grids.items() if rival != name)}
