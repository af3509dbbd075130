"""Results made by hand, so that the formats are tested without readers, recognition or rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from attrs import define, evolve

from gilint.finding import Cause, Change, Checked, Excerpt, Finding, Outcome, Repair, Result, Severity
from gilint.form import Form
from gilint.forms import builtin_forms
from gilint.language import Text
from gilint.model import Cell, EditionEvidence, Report, Table
from gilint.organ import Organ
from gilint.place import CellRef, Place
from gilint.plans import equations_of
from gilint.rule import Rule
from gilint.values import CellState

FORMS = {form.edition: form for form in builtin_forms()}
APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation", "total")


def cell(key: tuple[str, str, str], printed: str | int | Decimal | None = 0) -> Cell:
    """A cell with a number, or blank (""), missing (None), or with a text."""
    if printed is None:
        return Cell(*key, CellState.MISSING)
    if isinstance(printed, str):
        return Cell(*key, CellState.TEXT if printed.strip() else CellState.BLANK, raw=printed)
    return Cell(*key, CellState.NUMBER, printed, str(printed))


def make_report(
    edition: str = "2021", cells: Mapping[str, Cell | str | int | Decimal | None] | None = None, form: Form | None = None, **facts: object
) -> Report:
    """A report of zeros, but for the cells given by ``table.row.column``."""
    form = form or FORMS[edition]
    given = {}
    for name, printed in (cells or {}).items():
        table, _, rest = name.partition(".")
        row, _, column = rest.rpartition(".")
        given[table, row, column] = printed
    assert given.keys() <= set(form.keys)
    tables = {}
    for table in form.tables:
        found = {}
        for key in table.keys:
            printed = given.get(key, 0)
            found[key[1:]] = printed if isinstance(printed, Cell) else cell(key, printed)
        tables[table.name] = Table(table, found)
    defaults = {"path": "a.html", "year": int(edition) if form in FORMS.values() else 2021, "organ": Organ("青山县商务局")}
    return Report(form=form, tables=tables, **{**defaults, **facts})


@define
class ColumnTotal(Rule):
    code: ClassVar[str] = "SUM002"
    name: ClassVar[str] = "column-total-mismatch"
    severity: ClassVar[Severity] = Severity.ERROR
    title: ClassVar[Text] = Text("办理结果之和与总计不符", "The results do not add up to their total")
    message: ClassVar[Text] = Text("{cell}：各项之和 {sum} ≠ {total}", "{cell}: {sum} ≠ {total}")
    suggestion: ClassVar[Text] = Text("核对“三、本年度办理结果”各行与（七）总计", "check the rows of item three against their total")
    rationale: ClassVar[Text] = Text("总计应等于各项之和。", "A total is the sum of its parts.")
    source: ClassVar[tuple[Text, ...]] = (Text("国办公开办函〔2019〕60号附件，第三部分表", "Notice 60 of 2019, annex, section three"),)


@define
class RegulationNotPublic(Rule):
    code: ClassVar[str] = "VAL004"
    name: ClassVar[str] = "document-made-not-public"
    severity: ClassVar[Severity] = Severity.WARNING
    title: ClassVar[Text] = Text("规范性文件制作数多于公开数", "More normative documents made than published")
    message: ClassVar[Text] = Text(
        "规范性文件本年制作 {made} 件，公开 {published} 件", "{made} normative documents made, {published} published"
    )
    suggestion: ClassVar[Text] = Text("核对是否漏报公开数", "check whether publications were left out")
    rationale: ClassVar[Text] = Text("规范性文件应主动公开。", "Normative documents are to be published.")
    source: ClassVar[tuple[Text, ...]] = (Text("《政府信息公开条例》第二十条第（一）项", "Regulations on disclosure, article 20 (1)"),)


RULES = {rule.code: rule for rule in (ColumnTotal, RegulationNotPublic)}
LABELS = {"natural_person": "自然人", "legal_service": "法律服务机构", "total": "总计"}


def broken_report() -> Report:
    """Like a real report of 2020: totals over rows that are all zero, an absent value, blanks and a text."""
    name = "applications.total."
    cells: dict[str, object] = {
        f"{name}natural_person": 1,
        f"{name}legal_service": 2,
        f"{name}total": 3,
        "disclosure.fees.change": None,
        "disclosure.regulations.made": "",
        "disclosure.regulations.published": "",
        "disclosure.regulations.public_total": "",
        "disclosure.normative_documents.made": 4,
        "disclosure.normative_documents.published": 1,
        "disclosure.normative_documents.public_total": Cell(
            "disclosure", "normative_documents", "public_total", CellState.NUMBER, 1, "１件", "件"
        ),
        "disclosure.licences.previous_items": 15,
        "disclosure.licences.decisions": Cell("disclosure", "licences", "decisions", CellState.NUMBER, 13242, "1 3 2 4 2"),
        "disclosure.penalties.change": -2,
        "disclosure.procurement.projects": 3,
        "disclosure.procurement.amount": Cell("disclosure", "procurement", "amount", CellState.NUMBER, Decimal("25.1"), "251000元", "元"),
        "reviews.litigation_direct.pending": "见附件",
    }
    evidence = tuple(
        EditionEvidence(table, edition, score, labels)
        for table, scores in {
            "disclosure": (("2019", 1.0, ("本年新制作数量", "对外公开总数量")), ("2021", 0.42, ())),
            "applications": (("2019", 1.0, ()), ("2021", 0.92, ())),
            "reviews": (("2019", 1.0, ()), ("2021", 1.0, ())),
        }.items()
        for edition, score, labels in scores
    )
    report = make_report("2019", cells, path="reports/shangwu-2020.html", year=2020, organ=Organ("青山市商务局"), evidence=evidence)
    places = {"total": 9}
    table = report.tables["applications"]
    placed = {
        key: found._replace(place=Place(line=812 + index, column=5)) for index, (key, found) in enumerate(table.cells.items()) if places
    }
    return evolve(report, tables={**report.tables, "applications": evolve(table, cells=placed)})


def broken_result() -> Result:
    """Findings of every severity over `broken_report`."""
    report = broken_report()
    column_rows = [row.name for row in FORMS["2019"].table("applications").rows][2:-2]
    findings: list[Finding] = [_documents(), _absent()]
    checks = [
        Checked("SUM001", Outcome.HOLDS, (CellRef("applications", row, "total"),))
        for row in ("new", "carried_in", *column_rows, "total", "carried_out")
    ]
    totals = [CellRef("applications", "total", name) for name in LABELS]
    repair = Repair(tuple(Change(total, report.cell(total).value, 0) for total in totals), (Text("合计误填", "the total is wrong"),))
    for column in APPLICANTS:
        total = CellRef("applications", "total", column)
        value = report.cell(total).value
        if not value:
            checks += [Checked("SUM002", Outcome.HOLDS, (total,)), Checked("SUM003", Outcome.HOLDS, (total,))]
            continue
        checks += [Checked("SUM002", Outcome.VIOLATED, (total,)), Checked("SUM003", Outcome.VIOLATED, (total,))]
        parts = tuple(CellRef("applications", row, column) for row in column_rows)
        findings.append(
            ColumnTotal().find(
                total,
                *parts,
                cell=f"(七)总计 · {LABELS[column]}",
                sum="0 + 0 + … + 0 = 0",
                total=value,
                repairs=[repair],
                place=report.cell(total).place,
            )
        )
    reason = Text("格内不是数字", "a cell holds no number")
    pending = CellRef("reviews", "litigation_direct", "total")
    checks += [
        Checked("SUM004", Outcome.HOLDS),
        Checked("SUM004", Outcome.NOT_ASSESSABLE, (pending,), reason),
        Checked("SUM004", Outcome.HOLDS),
    ]
    findings.append(_contradiction())
    found = [evolve(finding, cause=1) if finding.repairs else finding for finding in findings]
    equations = [
        number for number, each in enumerate(equations_of(FORMS["2019"])) if each.cells[0] in totals and each.spec.along == "column"
    ]
    return Result(report, tuple(found), tuple(checks), causes=(Cause(1, tuple(equations), (repair,)),))


def tied_result() -> Result:
    """Two causes: a total that any of five cells can explain, and equations of which nobody can say what is wrong."""
    report = make_report("2021", {"reviews.administrative_review.upheld": 1, "applications.total.business": 4})
    cells = [CellRef("reviews", "administrative_review", column) for column in ("total", "upheld", "corrected", "other", "pending")]
    slip = Text("合计误填", "the total is wrong")
    repairs = (Repair((Change(cells[0], 0, 1),), (slip,)), Repair((Change(cells[1], 1, 0),)))
    numbers = {each.cells[0]: number for number, each in enumerate(equations_of(FORMS["2021"]))}
    total = CellRef("applications", "total", "business")
    reason = Text("太多", "too much")
    found = ColumnTotal().find(total, cell="(七)总计 · 商业企业", sum="0", total=4)
    review = ColumnTotal().find(*cells, cell="行政复议 · 总计", sum="1 + 0 + 0 + 0 = 1", total=0, repairs=repairs)
    causes = (Cause(1, (numbers[total],), reason=reason), Cause(2, (numbers[cells[0]],), repairs))
    return Result(report, (evolve(found, cause=1), evolve(review, cause=2)), causes=causes)


def _documents() -> Finding:
    cells = [CellRef("disclosure", "normative_documents", column) for column in ("made", "published", "public_total")]
    return RegulationNotPublic().find(*cells, made=4, published=1, place=Place(table=1, row=4, cell=2))


def _absent() -> Finding:
    return Finding(
        "MIS005",
        "cell-missing",
        Severity.ERROR,
        Text("行政事业性收费缺少“本年增/减”一格", "the row of fees lacks its cell “change”"),
        Text("补填该格；没有增减的填 0", "fill it in; write 0 where nothing changed"),
        cells=(CellRef("disclosure", "fees", "change"),),
    )


def _contradiction() -> Finding:
    return Finding(
        "TXT001",
        "no-application-over-count",
        Severity.NOTE,
        Text("正文称没有收到申请，表中总计为 {total}", "the text says that no application was received, the table has {total}"),
        arguments={"total": 3},
        excerpts=(Excerpt("2020年，我局没有收到政府信息公开申请。", 1, Place(paragraph=7)),),
        place=Place(paragraph=7),
    )


def clean_result() -> Result:
    """A report in which nothing is wrong."""
    report = make_report(
        "2021", {"disclosure.fees.amount": Decimal("697.449"), "applications.new.natural_person": 10}, path="reports/clean.txt", year=2022
    )
    return Result(report, (), (Checked("SUM001", Outcome.HOLDS), Checked("SUM002", Outcome.HOLDS)))


def unreadable_result() -> Result:
    """A document that is no report."""
    finding = Finding(
        "DOC002",
        "no-report",
        Severity.ERROR,
        Text("这一页是列表页，没有年度报告正文", "this is a list page without a report"),
        Text("请提供年度报告正文所在的页面", "give the page with the report itself"),
    )
    return Result(Report("reports/list.html", None), (finding,))


def with_path(result: Result, path: str) -> Result:
    """The same result for another document."""
    return evolve(result, report=evolve(result.report, path=path))


def all_results() -> Iterable[Result]:
    """A result of each kind."""
    return [broken_result(), clean_result(), unreadable_result()]
