"""Is it the edition that is prescribed for the year, and the same one throughout?"""

from __future__ import annotations

from collections.abc import Iterator

from gilint import CellState, Example, Excerpt, Finding, Form, Notice, NoticeKind, Report, Rule, Severity, Text
from gilint_rules import BOTH_NOTICES, FIRST_YEAR


class EditionYearMismatch(Rule):
    """A report that follows the edition of other years."""

    code, name, severity = "TPL001", "edition-year-mismatch", Severity.ERROR
    title = Text("格式版本与报告年度不符", "The edition is not the one prescribed for the year")
    message = Text(
        "{year}年度的报告采用了{edition}年版格式，该版适用于{years}年度。",
        "A report for {year} follows the edition of {edition}, which is prescribed for {years}.",
    )
    suggestion = Text(
        "请改用该年度规定的格式；报告年度写错的，请改正年度。", "Use the format prescribed for the year, or correct the year."
    )
    rationale = Text(
        "两版格式的表格栏目不同，用错版本，统计数据就与其他机关对不上。",
        "The editions differ in rows and columns; figures in the wrong one cannot be compared with those of other organs.",
    )
    source = BOTH_NOTICES
    forms = ()
    examples = (Example(year=2020, edition="2021", finds=((),)), Example(year=2022, edition="2021"), Example(year=2020, edition="2019"))

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare the year with those for which the edition is prescribed; mixed editions and years without any are other rules'."""
        form, year = report.form, report.year
        if form is None or year is None or year < FIRST_YEAR or form.covers(year) or report.noticed(NoticeKind.EDITIONS_MIXED):
            return
        labels = [label for evidence in report.evidence if evidence.edition == form.edition for label in evidence.labels]
        yield self.find(year=year, edition=form.edition, years=_years(form), excerpts=[Excerpt(label) for label in labels[:3]])


def _years(form: Form) -> Text:
    if form.last_year is None:
        return Text(f"{form.first_year}年及以后", f"{form.first_year} and later")
    return Text(f"{form.first_year}—{form.last_year}", f"{form.first_year} to {form.last_year}")


class EditionsMixed(Rule):
    """A report in which one table follows another edition than the rest."""

    code, name, severity = "TPL002", "editions-mixed", Severity.ERROR
    title = Text("混用了两版格式", "Two editions are mixed")
    message = Text(
        "“{table}”表采用了{edition}年版格式，与报告其余部分的{own}年版不一致{labels}。",
        "The table “{table}” follows the edition of {edition}, the rest of the report that of {own}{labels}.",
    )
    suggestion = Text("请按报告年度规定的版本重新填写该表。", "Fill in the table in the edition prescribed for the year.")
    rationale = EditionYearMismatch.rationale
    source = BOTH_NOTICES
    examples = (
        Example(
            notices=(Notice(NoticeKind.EDITIONS_MIXED, {"table": "disclosure", "edition": "2019", "printed": ("本年新制作数量",)}),),
            cells={"disclosure.regulations.issued": None},
            finds=(("disclosure.regulations.issued",),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the cells that the table, being of another edition, lacks."""
        for notice in report.noticed(NoticeKind.EDITIONS_MIXED):
            table = report.tables.get(notice.data.get("table", ""))
            lacking = [cell.ref for cell in table.values() if cell.state is CellState.MISSING] if table else []
            printed = [f"“{label}”" for label in notice.data.get("printed", ())]
            yield self.find(
                *(notice.cells or lacking),
                place=notice.place,
                table=table.spec.label if table else notice.data.get("table", ""),
                edition=notice.data.get("edition", ""),
                own=report.edition,
                labels=Text("：{printed}", ": {printed}").filled(printed=printed) if printed else "",
            )
