"""The equations that hold or do not, one rule for each shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import ClassVar

from attrs import define, field
from attrs.validators import ge

from gilint import (
    Assessment,
    Cause,
    Checked,
    EquationSpec,
    Example,
    Finding,
    Form,
    Outcome,
    Report,
    Rule,
    Severity,
    TableSpec,
    Text,
    equations_of,
    examine,
    label,
)
from gilint_rules import ARTICLE_50, NOTICE_2019, NOTICE_2021

_NOTE_IN_TABLE = Text(
    "规定格式第三部分表内注：本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
    "Prescribed format, note in the table of section three: items one and two together equal items three and four",
)
_BY_ARITHMETIC = (ARTICLE_50, NOTICE_2019, NOTICE_2021)
_KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation")
_RESULTS = [
    "granted",
    "partly_granted",
    "refused.state_secret",
    "refused.prohibited_by_law",
    "refused.security_and_stability",
    "refused.third_party",
    "refused.internal_affairs",
    "refused.deliberative",
    "refused.enforcement_file",
    "refused.administrative_query",
    "unavailable.not_held",
    "unavailable.needs_creation",
    "unavailable.unclear",
    "not_processed.petition",
    "not_processed.repeated",
    "not_processed.published",
    "not_processed.excessive",
    "not_processed.reconfirmation",
    "other",
]
_GRANTED = ("applications.granted.total", *(f"applications.granted.{kind}" for kind in _KINDS))
_BUSINESS = ("applications.total.business", *(f"applications.{result}.business" for result in _RESULTS))
_ONE_CELL_WRONG = Text("改动了一个数", "one number was changed")
_BLANK_IS_KNOWN = Text("空白可由等式推得，等式成立", "the blank follows from the equations, which hold")
_IF_BLANK_IS = Text("空白处为 {values} 时成立", "holds if the blank is {values}")
_LACKING = Text("等式中有的单元格没有可以确定的数字", "some of the cells have no number that is certain")
_ABSENT = Text("没有读到“{table}”表", "the table “{table}” was not read")


@define(eq=False, repr=False)
class EquationRule(Rule):
    """A rule about one shape of equation."""

    forms = ()
    message = Text("{where}：{sum}，勾稽关系不成立。{legend}", "{where}: {sum}, which does not add up.{legend}")
    suggestion = Text("请核对这个等式中的每一个数，改正写错的数。", "Check every number of this equation and correct the wrong one.")
    rationale: ClassVar[Text] = Text(
        "合计与各项之和不符，其中至少有一个数是错的，用它做的统计和分析也跟着错。",
        "Where parts and total disagree at least one number is wrong, and every statistic made from it.",
    )
    source: ClassVar[tuple[Text, ...]] = _BY_ARITHMETIC
    names: ClassVar[Mapping[str, Text] | None] = None
    """Names of rows by which the sum calls its terms instead of their labels; ``None``: it prints the bare numbers."""
    longest: int = field(
        default=8,
        validator=ge(3),
        metadata={"doc": Text("超过此项数的等式，连续的 0 缩写为省略号", "Runs of zeros are shortened in sums of more terms than this")},
    )

    @classmethod
    def applies(cls, table: TableSpec, equation: EquationSpec) -> bool:
        """Say whether the equations of a family are of this rule's shape."""
        raise NotImplementedError

    def check(self, report: Report) -> Iterable[Finding | Checked]:
        """Yield what became of each equation, and a finding for each that no fill of its blanks can satisfy."""
        if report.form is None:
            return ()
        holding, exceptions = _holding(self.code, self.applies, report.form), examine(report).exceptions
        if holding.keys().isdisjoint(exceptions):
            return holding.values()
        return self._tell(report, holding, exceptions)

    def with_cause(self, finding: Finding, cause: Cause, report: Report) -> Finding:
        """Say which cell should be changed to what."""
        from gilint_rules.sums.locating import located

        return located(finding, cause, report)

    def _tell(self, report: Report, holding: Mapping[int, Checked], exceptions: Mapping[int, Assessment]) -> Iterator[Finding | Checked]:
        # Most reports have no violated equation.
        from gilint_rules.sums.writing import line_label, term_names, written

        for number, held in holding.items():
            assessment = exceptions.get(number)
            if assessment is None:
                yield held
                continue
            yield self._count(report, assessment)
            if assessment.outcome is Outcome.VIOLATED:
                equation = assessment.equation
                where, line = label(report, equation.cells[0]), line_label(report, equation)
                names = term_names(report, equation, self.names) if self.names is not None else ()
                yield self.find(
                    *equation.cells, where=where, line=line, law=equation.spec.label, **written(assessment, self.longest, names)
                )

    def _count(self, report: Report, assessment: Assessment) -> Checked:
        cells = assessment.equation.cells
        table = report.tables[assessment.equation.table]
        if not table.found:
            return self.checked(assessment.outcome, reason=_ABSENT, table=table.spec.label)
        if not assessment.unprinted:
            return Checked(self.code, assessment.outcome, cells)
        if assessment.outcome is Outcome.HOLDS:
            decided = dict(zip(cells, assessment.values, strict=True))
            values = tuple(dict.fromkeys(decided[cell] for cell in assessment.unprinted))
            return self.checked(assessment.outcome, *cells, reason=_IF_BLANK_IS, values=values)
        return self.checked(assessment.outcome, *cells, reason=_LACKING)


class RowTotalMismatch(EquationRule):
    """A row whose total is not the sum of its parts."""

    code, name, severity = "SUM001", "row-total-mismatch", Severity.ERROR
    title = Text("行合计与各项之和不符", "A row total is not the sum of its parts")
    examples = (
        Example(cells={"applications.granted.business": "99999"}, finds=(_GRANTED,), note=_ONE_CELL_WRONG),
        Example(cells={"applications.granted.research": ""}, note=_BLANK_IS_KNOWN),
    )

    @classmethod
    def applies(cls, table: TableSpec, equation: EquationSpec) -> bool:
        """Take sums along a row, of tables with a row a line."""
        return equation.along == "row" and not equation.minus and table.layout != "flat"


class ColumnTotalMismatch(EquationRule):
    """A column whose total is not the sum of its parts."""

    code, name, severity = "SUM002", "column-total-mismatch", Severity.ERROR
    title = Text("列合计与各项之和不符", "A column total is not the sum of its parts")
    message = Text("{line}一列：{sum}，勾稽关系不成立。{legend}", "Column {line}: {sum}, which does not add up.{legend}")
    names: ClassVar[Mapping[str, Text] | None] = {"total": Text("总计", "total")}
    examples = (
        Example(cells={"applications.granted.business": "99999"}, finds=(_BUSINESS,), edition="2019", note=_ONE_CELL_WRONG),
        Example(cells={"applications.granted.research": ""}, note=_BLANK_IS_KNOWN),
    )

    @classmethod
    def applies(cls, table: TableSpec, equation: EquationSpec) -> bool:
        """Take sums down a column."""
        return equation.along == "column" and not equation.minus


class BalanceMismatch(EquationRule):
    """What came in is not what was handled and what is left."""

    code, name, severity = "SUM003", "balance-mismatch", Severity.ERROR
    title = Text("新收加上年结转，不等于办理结果加结转下年度", "New and carried in are not what was handled and carried over")
    message = Text("{line}一列：{sum}，不满足“{law}”。{legend}", "Column {line}: {sum}, against “{law}”.{legend}")
    rationale = Text(
        "每一件申请，无论本年新收还是上年转来，要么本年办结，要么转到下一年；两边不等，就有申请漏记、重记，或办结数写错。",
        "Every application, new or carried in, is either handled in the year or carried over; where the sides differ some were lost or counted twice.",
    )
    suggestion = Text(
        "请核对新收、上年结转、办理结果总计和结转下年度四个数；上年结转应与上一年度报告的结转数相同。",
        "Check all four numbers; what was carried in is what last year's report carried over.",
    )
    names: ClassVar[Mapping[str, Text] | None] = {
        "new": Text("本年新收", "new"),
        "carried_in": Text("上年结转", "carried in"),
        "total": Text("办理结果总计", "handled"),
        "carried_out": Text("结转下年度", "carried over"),
    }
    source = (*_BY_ARITHMETIC, _NOTE_IN_TABLE)
    examples = (
        Example(
            cells={"applications.carried_out.business": "99999"},
            finds=(tuple(f"applications.{row}.business" for row in ("total", "new", "carried_in", "carried_out")),),
            note=_ONE_CELL_WRONG,
        ),
        Example(cells={"applications.carried_out.business": ""}, note=_BLANK_IS_KNOWN),
    )

    @classmethod
    def applies(cls, table: TableSpec, equation: EquationSpec) -> bool:
        """Take equations that also subtract."""
        return bool(equation.minus)


class ReviewTotalMismatch(EquationRule):
    """Reviews or lawsuits whose total is not the sum of their outcomes."""

    code, name, severity = "SUM004", "review-total-mismatch", Severity.ERROR
    title = Text("复议、诉讼总计与各类结果之和不符", "Reviews or lawsuits do not add up to their total")
    examples = (
        Example(
            cells={"reviews.litigation_direct.pending": "99999"},
            finds=(tuple(f"reviews.litigation_direct.{column}" for column in ("total", "upheld", "corrected", "other", "pending")),),
            note=_ONE_CELL_WRONG,
        ),
        Example(cells={"reviews.litigation_direct.total": ""}, note=_BLANK_IS_KNOWN),
    )

    @classmethod
    def applies(cls, table: TableSpec, equation: EquationSpec) -> bool:
        """Take sums of tables that are one line of numbers."""
        return equation.along == "row" and not equation.minus and table.layout == "flat"


@lru_cache(maxsize=256)
def _holding(code: str, applies: Callable[[TableSpec, EquationSpec], bool], form: Form) -> Mapping[int, Checked]:
    """Return, by their numbers, the equations of a rule's shape as checks that hold: what most of them are in every report."""
    return {
        number: Checked(code, Outcome.HOLDS, equation.cells)
        for number, equation in enumerate(equations_of(form))
        if applies(form.table(equation.table), equation.spec)
    }


class EquationsNotAssessable(Rule):
    """Equations of which nobody can say whether they hold."""

    code, name, severity = "SUM901", "equations-not-assessable", Severity.NOTE
    title = Text("有勾稽关系无法核对", "Some equations cannot be assessed")
    message = Text(
        "“{table}”表的 {all} 个勾稽关系中有 {count} 个无法核对，因为有的单元格没有可以确定的数字：{cells}。",
        "{count} of the {all} {all:equation|equations} of the table “{table}” cannot be assessed; no number is certain in: {cells}.",
    )
    suggestion = Text("请把数字补齐，没有的填 0。", "Fill in every number; write 0 for none.")
    examples = (
        Example(
            cells={
                "reviews.administrative_review.upheld": "",
                "reviews.administrative_review.corrected": "",
                "reviews.administrative_review.total": "99999",
            },
            finds=(("reviews.administrative_review.upheld", "reviews.administrative_review.corrected"),),
        ),
        Example(cells={"reviews.administrative_review.upheld": ""}, note=_BLANK_IS_KNOWN),
    )
    rationale = Text("无法核对不等于没有问题。", "What cannot be assessed is not for that reason right.")
    source = _BY_ARITHMETIC
    forms = ()

    def check(self, report: Report) -> Iterator[Finding]:
        """One note a table; that a table was not found at all is told by other rules, and by each check."""
        tables: dict[str, list[Assessment]] = {}
        for assessment in examine(report).exceptions.values():
            if assessment.outcome is Outcome.NOT_ASSESSABLE:
                tables.setdefault(assessment.equation.table, []).append(assessment)
        for name, unsettled in tables.items():
            if report.form is None or not report.tables[name].found:
                continue
            cells = list(dict.fromkeys(cell for assessment in unsettled for cell in assessment.unprinted))
            from gilint_rules.sums.writing import abridge

            yield self.find(
                *cells,
                table=report.tables[name].spec.label,
                all=sum(equation.table == name for equation in equations_of(report.form)),
                count=len(unsettled),
                cells=abridge([label(report, cell) for cell in cells]),
            )
