"""Does the narrative give the numbers of the tables?"""

from __future__ import annotations

from collections.abc import Iterator

from gilint import CellRef, Checked, Claim, ClaimKind, Example, Finding, Outcome, Reading, Report, Rule, Severity, Text, claims_of
from gilint_rules import ARTICLE_50, FORMATS
from gilint_rules.claims.comparing import Number, compared, denied_cells, named, none_agrees, readings, shown

_DOCUMENT = """白石县教育局2022年政府信息公开工作年度报告
一、总体情况
{text}
二、主动公开政府信息情况
第二十条第(一)项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 3 | 1 | 12
第二十条第(五)项
信息内容 | 本年处理决定数量
行政许可 | 40
第二十条第(六)项
信息内容 | 本年处理决定数量
行政处罚 | 0
行政强制 | 0
第二十条第(八)项
信息内容 | 本年收费金额(单位:万元)
行政事业性收费 | 0
"""


def example(text: str) -> str:
    """Return a report whose section one is ``text``."""
    return _DOCUMENT.format(text=text)


class ClaimContradictsTable(Rule):
    """A number in the narrative that is not the number of the table."""

    code, name, severity = "TXT001", "claim-contradicts-table", Severity.ERROR
    follows = True
    title = Text("正文数字与表格不一致", "The narrative gives another number than the table")
    message = Text(
        "正文称“{text}”，表格中 {cells} 为 {number}{also}。",
        "The narrative says “{text}”; in the table {cells} is {number}{also}.",
    )
    suggestion = Text(
        "如表格无误，正文改为 {number}；否则改正表格。", "If the table is right, write {number} in the narrative; else correct the table."
    )
    rationale = Text(
        "同一件事正文和表格说法不一，读者无从知道哪个数是真的。",
        "Where narrative and table differ, nobody can tell which number is true.",
    )
    source = FORMATS
    examples = (
        Example(
            document=example("2022年，我局制发行政规范性文件5件，废止1件。"),
            finds=(("disclosure.normative_documents.issued",),),
        ),
        Example(
            document=example("2022年，我局制发行政规范性文件3件，比上年减少2件，办理行政许可40件。"),
            note=Text("与上年的比较不核对", "a comparison with last year is not compared"),
        ),
    )

    def check(self, report: Report) -> Iterator[Finding | Checked]:
        """One finding a statement; of several readings none agrees."""
        for claim in claims_of(report):
            if claim.kind is not ClaimKind.COUNT or not claim.is_compared or claim.weak:
                continue
            found = readings(report, claim)
            contradicted = none_agrees(claim, found)
            outcome = Outcome.VIOLATED if contradicted else Outcome.HOLDS if found else Outcome.NOT_ASSESSABLE
            yield self.checked(outcome, *compared(claim, found), excerpts=(claim.excerpt,))
            if contradicted:
                yield self._finding(report, claim, found)

    def _finding(self, report: Report, claim: Claim, found: list[tuple[Reading, Number]]) -> Finding:
        (reading, value), others = found[0], found[1:]
        also = [each for each in others if each[1] != value][:1]
        more = Text("", "")
        if also:
            where, number = named(report, also[0][0]), shown(also[0][1])
            more = Text(f"（{where.zh} 为 {number}，也不一致）", f" ({where.en} is {number} and does not agree either)")
        return self.find(
            *reading, excerpts=(claim.excerpt,), place=claim.place, text=claim.text, cells=named(report, reading), number=shown(value), also=more
        )  # fmt: skip


class DenialContradictsTable(Rule):
    """The narrative says that there was none, and the table counts some."""

    code, name, severity = "TXT002", "denial-contradicts-table", Severity.ERROR
    follows = True
    title = Text("正文称没有，表格却有", "The narrative denies what the table counts")
    message = Text("正文称“{text}”，表格中却有：{cells}。", "The narrative says “{text}”, yet the table counts {cells}.")
    suggestion = Text(
        "如表格无误，正文写明 {number} 件；否则将表格改为 0。",
        "If the table is right, write {number} in the narrative; else correct the table to 0.",
    )
    rationale = Text(
        "说没有而表格有数，不是正文沿用了套话，就是表格填错。",
        "Either the narrative is a stock phrase, or the table was filled in wrongly.",
    )
    source = (ARTICLE_50, *FORMATS[1:])
    examples = (
        Example(
            document=example("2022年，我局未制发行政规范性文件。"),
            finds=(("disclosure.normative_documents.issued",),),
        ),
        Example(document=example("2022年，我局未作出行政处罚决定。"), note=Text("表格也是 0", "the table has 0 too")),
    )

    def check(self, report: Report) -> Iterator[Finding | Checked]:
        """One finding for all denials of the same cells."""
        denials: dict[tuple[CellRef, ...], list[Claim]] = {}
        for claim in claims_of(report):
            if claim.kind is not ClaimKind.DENIAL or not claim.is_compared or claim.weak:
                continue
            found = readings(report, claim)
            cells = denied_cells(report, claim)
            outcome = Outcome.VIOLATED if cells else Outcome.HOLDS if found else Outcome.NOT_ASSESSABLE
            yield self.checked(outcome, *(cells or compared(claim, found)), excerpts=(claim.excerpt,))
            if cells:
                denials.setdefault(cells, []).append(claim)
        for cells, claims in denials.items():
            values = [report.cell(ref).value or 0 for ref in cells]
            counted = [_counted(report, ref) for ref in cells[:4]]
            yield self.find(
                *cells,
                excerpts=dict.fromkeys(claim.excerpt for claim in claims),
                place=claims[0].place,
                text=claims[0].text,
                cells=[*counted, ...] if len(cells) > 4 else counted,
                number=shown(sum(values)),
            )


def _counted(report: Report, ref: CellRef) -> Text:
    where, value = named(report, (ref,)), shown(report.cell(ref).value or 0)
    return Text(f"{where.zh} 为 {value}", f"{value} ({where.en})")
