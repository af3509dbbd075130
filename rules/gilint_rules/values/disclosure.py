"""Can the figures of section two stand beside each other? Blank and missing cells are never taken for 0."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gilint import CellRef, Example, Finding, Organ, OrganKind, Report, Rule, Severity, Text, label, uncertain_rows
from gilint_rules import ARTICLE_20, NOTICE_2019, NOTICE_2021

_LEGISLATION = Text(
    "《中华人民共和国立法法》第九十一条、第九十三条(2023年修正；2015年修正为第八十条、第八十二条)",
    "Legislation Law, arts. 91 and 93 (as amended in 2023; arts. 80 and 82 as amended in 2015)",
)
_PUBLICATION = Text(
    "《规章制定程序条例》(国务院令第322号，2017年修订)第三十一条",
    "Regulations on the Procedures for Formulating Rules (State Council Order 322, revised 2017), art. 31",
)
_ITEM_ROWS = ("licences", "other_services", "penalties", "coercion", "fees")
_POWERLESS = (OrganKind.COUNTY, OrganKind.TOWNSHIP)
"""Levels of government that make no 规章."""


def _numbers(report: Report, row: str, *columns: str) -> list[int | Decimal] | None:
    """Return the numbers printed in a row of section two; ``None`` unless it surely prints all of them."""
    cells = report.tables["disclosure"].cells
    numbers = []
    for column in columns:
        cell = cells.get((row, column))
        if cell is None or cell.value is None:
            return None
        numbers.append(cell.value)
    return None if ("disclosure", row) in uncertain_rows(report) else numbers


def _refs(row: str, *columns: str) -> list[CellRef]:
    return [CellRef("disclosure", row, column) for column in columns]


def _row(report: Report, row: str) -> Text:
    return report.tables["disclosure"].spec.row(row).label


class ItemsBelowZero(Rule):
    """Fewer items left than none."""

    code, name, severity = "VAL006", "items-below-zero", Severity.ERROR
    title = Text("减少的项目多于原有项目", "More items removed than there were")
    message = Text(
        "{row}：上一年项目数量 {previous}，本年增/减 {change}，合计 {left}，不能小于 0。",
        "{row}: {previous} {previous:item|items} in the previous year and a change of {change} leave {left}, which is below 0.",
    )
    suggestion = Text("请核对上一年项目数量和本年增/减。", "Check the items of the previous year and the change.")
    rationale = Text("取消的项目不会比原有的多。", "No more items can be abolished than there were.")
    source = (ARTICLE_20, NOTICE_2019)
    examples = (
        Example(
            cells={"disclosure.licences.previous_items": "3", "disclosure.licences.change": "-4"},
            finds=(("disclosure.licences.previous_items", "disclosure.licences.change"),),
            edition="2019",
        ),
        Example(cells={"disclosure.licences.previous_items": "", "disclosure.licences.change": "-4"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a row."""
        for row in _ITEM_ROWS if report.form else ():
            numbers = _numbers(report, row, "previous_items", "change")
            if numbers and sum(numbers) < 0 <= numbers[0]:
                refs = _refs(row, "previous_items", "change")
                place = report.cell(refs[1]).place
                yield self.find(*refs, place=place, row=_row(report, row), previous=numbers[0], change=numbers[1], left=sum(numbers))


class PublishedAbovePublicTotal(Rule):
    """More documents published in the year than are public in total."""

    code, name, severity = "VAL007", "published-above-public-total", Severity.ERROR
    title = Text("本年新公开数量大于对外公开总数量", "More published in the year than are public")
    message = Text(
        "{row}：本年新公开 {published} 件，对外公开总数量只有 {total} 件。",
        "{row}: {published} published in the year, but only {total} public in total.",
    )
    suggestion = Text("对外公开总数量包括本年新公开的，请核对。", "The total includes those published in the year; check both.")
    rationale = Text("总数量包括本年新公开的部分，不会比它小。", "The total includes what was published in the year.")
    source = (ARTICLE_20, NOTICE_2019)
    examples = (
        Example(
            cells={"disclosure.regulations.made": "0", "disclosure.regulations.published": "3", "disclosure.regulations.public_total": "2"},
            finds=(("disclosure.regulations.published", "disclosure.regulations.public_total"),),
            edition="2019",
        ),
        Example(
            cells={"disclosure.regulations.made": "0", "disclosure.regulations.published": "3", "disclosure.regulations.public_total": "3"},
            edition="2019",
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a row."""
        for row in ("regulations", "normative_documents") if report.form else ():
            numbers = _numbers(report, row, "published", "public_total")
            if numbers and numbers[0] > numbers[1]:
                refs = _refs(row, "published", "public_total")
                yield self.find(*refs, place=report.cell(refs[1]).place, row=_row(report, row), published=numbers[0], total=numbers[1])


class MadeNotPublic(Rule):
    """Documents that were made and not published."""

    message = Text(
        "{row}：本年新制作 {made} 件，新公开只有 {published} 件{total}。",
        "{row}: {made} made in the year, but only {published} published{total}.",
    )
    suggestion = Text("请核对制作、公开数量；尚未公开的应依法公开。", "Check the numbers; what is not public yet has to be published.")

    def _compare(self, report: Report, row: str) -> Iterator[Finding]:
        numbers = _numbers(report, row, "made", "published") if report.form else None
        if not numbers or numbers[0] <= numbers[1]:
            return
        refs = _refs(row, "made", "published", "public_total")
        public = report.cell(refs[2]).value
        total = "" if public is None else Text(f"，对外公开总数量 {public} 件", f", and {public} public in total")
        place = report.cell(refs[0]).place
        yield self.find(*refs, place=place, row=_row(report, row), made=numbers[0], published=numbers[1], total=total)


class RegulationsNotPublic(MadeNotPublic):
    """规章 that were made and not published."""

    code, name, severity = "VAL008", "regulations-not-public", Severity.ERROR
    title = Text("制定的规章没有公开", "Regulations made and not public")
    rationale = Text(
        "规章经公布才能施行，制定了就必须公开；多半是把其他文件填进了“规章”一行。",
        "Regulations take effect by publication; most likely other documents were entered in their row.",
    )
    source = (ARTICLE_20, _PUBLICATION, NOTICE_2019)
    examples = (
        Example(
            cells={"disclosure.regulations.made": "9", "disclosure.regulations.published": "0", "disclosure.regulations.public_total": "0"},
            finds=(("disclosure.regulations.made", "disclosure.regulations.published", "disclosure.regulations.public_total"),),
            edition="2019",
        ),
        Example(cells={"disclosure.regulations.made": "9", "disclosure.regulations.published": "9"}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare those made with those published."""
        return self._compare(report, "regulations")


class NormativeDocumentsNotPublic(MadeNotPublic):
    """规范性文件 that were made and not published."""

    code, name, severity = "VAL009", "normative-documents-not-public", Severity.WARNING
    title = Text("制定的规范性文件没有全部公开", "Normative documents made and not public")
    rationale = Text(
        "规范性文件应当主动公开；年底制定、次年公开的情形很少见，多半是漏公开或填错。",
        "Normative documents are to be published; few are made so late that they appear in the next year.",
    )
    source = (ARTICLE_20, NOTICE_2019)
    examples = (
        Example(
            cells={
                "disclosure.normative_documents.made": "4",
                "disclosure.normative_documents.published": "1",
                "disclosure.normative_documents.public_total": "1",
            },
            finds=(
                (
                    "disclosure.normative_documents.made",
                    "disclosure.normative_documents.published",
                    "disclosure.normative_documents.public_total",
                ),
            ),
            edition="2019",
        ),
        Example(cells={"disclosure.normative_documents.made": "4", "disclosure.normative_documents.published": ""}, edition="2019"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare those made with those published."""
        return self._compare(report, "normative_documents")


class InForceTooLow(Rule):
    """Fewer documents in force than the year itself has added."""

    code, name, severity = "VAL010", "in-force-too-low", Severity.ERROR
    title = Text("现行有效件数过少", "Fewer in force than the year added")
    message = Text(
        "{row}：本年制发 {issued} 件，废止 {repealed} 件，现行有效至少应有 {least} 件，现为 {in_force} 件。",
        "{row}: {issued} issued and {repealed} repealed in the year leave at least {least} in force, not {in_force}.",
    )
    suggestion = Text("请核对制发、废止和现行有效件数。", "Check the numbers issued, repealed and in force.")
    rationale = Text("本年制发而未废止的文件仍然有效，现行有效件数不会比它少。", "What was issued and not repealed is in force.")
    source = (ARTICLE_20, NOTICE_2021)
    examples = (
        Example(
            cells={
                "disclosure.normative_documents.issued": "5",
                "disclosure.normative_documents.repealed": "1",
                "disclosure.normative_documents.in_force": "3",
            },
            finds=(
                (
                    "disclosure.normative_documents.in_force",
                    "disclosure.normative_documents.issued",
                    "disclosure.normative_documents.repealed",
                ),
            ),
        ),
        Example(
            cells={
                "disclosure.normative_documents.issued": "5",
                "disclosure.normative_documents.repealed": "1",
                "disclosure.normative_documents.in_force": "4",
            },
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a row."""
        for row in ("regulations", "normative_documents") if report.form else ():
            numbers = _numbers(report, row, "in_force", "issued", "repealed")
            if numbers and numbers[0] < numbers[1] - numbers[2]:
                in_force, issued, repealed = numbers
                refs = _refs(row, "in_force", "issued", "repealed")
                yield self.find(
                    *refs,
                    place=report.cell(refs[0]).place,
                    row=_row(report, row),
                    issued=issued,
                    repealed=repealed,
                    least=issued - repealed,
                    in_force=in_force,
                )


class RegulationsWithoutPower(Rule):
    """规章 of an organ that has no power to make them."""

    code, name, severity = "VAL011", "regulations-without-power", Severity.ERROR
    title = Text("没有规章制定权的机关填报了规章", "Regulations of an organ without the power")
    message = Text(
        "{organ}没有规章制定权，“规章”应为 0，现为：{cells}。",
        "{organ} has no power to make regulations; they should be 0 and are: {cells}.",
    )
    suggestion = Text("规章填 0；属于规范性文件的填入“规范性文件”一行。", "Write 0; normative documents belong in the row below.")
    rationale = Text(
        "只有国务院部门、省级政府、设区的市和自治州的政府可以制定规章；部门、县、乡填报的多半是规范性文件。",
        "Only departments of the State Council, provinces, cities with districts and autonomous prefectures make regulations.",
    )
    source = (_LEGISLATION, ARTICLE_20, NOTICE_2019, NOTICE_2021)
    examples = (
        Example(
            cells={"disclosure.regulations.issued": "2", "disclosure.regulations.repealed": "0", "disclosure.regulations.in_force": "2"},
            organ="银川市网络信息化局",
            finds=(("disclosure.regulations.issued", "disclosure.regulations.in_force"),),
        ),
        Example(
            cells={"disclosure.regulations.issued": "2", "disclosure.regulations.repealed": "0", "disclosure.regulations.in_force": "2"},
            organ="银川市人民政府",
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Speak only of organs whose kind is certain."""
        if report.form is None or report.organ is None or not _lacks_power(report.organ):
            return
        claimed = [cell for cell in report.tables["disclosure"].row("regulations") if cell.value]
        if claimed:
            cells = [
                Text(f"{where.zh} {cell.value}", f"{where.en} {cell.value}") for cell in claimed for where in (label(report, cell.ref),)
            ]
            yield self.find(*(cell.ref for cell in claimed), place=claimed[0].place, organ=report.organ.name, cells=cells)


def _lacks_power(organ: Organ) -> bool:
    """Say whether an organ surely makes no 规章. A government's own office reports for its government.

    Departments of the State Council, which do, are a kind of their own: any other department makes none, also where its level is unknown.
    """
    if organ.kind is not OrganKind.DEPARTMENT:
        return organ.kind in _POWERLESS
    if organ.government_office:
        return organ.level in _POWERLESS
    return organ.level is not OrganKind.STATE_DEPARTMENT
