"""Can a total be what it is, beside its parts?"""

from __future__ import annotations

from collections.abc import Iterator

from gilint import Assessment, CellRef, Example, Finding, Outcome, Report, Rule, Severity, Text, examine, label
from gilint_rules import FORMATS


def _broken_totals(report: Report) -> Iterator[Assessment]:
    """Yield the equations of a total and its parts that do not hold; where one holds its total is possible."""
    exceptions = examine(report).exceptions.values()
    return (assessment for assessment in exceptions if assessment.outcome is not Outcome.HOLDS and not assessment.equation.spec.minus)


class TotalOverZeroParts(Rule):
    """A total above zero whose parts are all zero."""

    code, name, severity = "VAL004", "total-over-zero-parts", Severity.ERROR
    follows = True
    title = Text("各项全为 0 而总计不为 0", "A total above zero over parts that are all zero")
    message = Text("各分项全部为 0，总计却不是 0：{totals}。", "All parts are 0, yet the total is not: {totals}.")
    suggestion = Text(
        "总计误填的改为 0；确有发生的，在相应分项填写件数。", "Write 0 if the total is wrong; else enter the cases in their parts."
    )
    rationale = Text(
        "没有一个分项，总计无从而来，多半是误填或漏填了整列。",
        "A total cannot come from nothing: it was mistyped, or all its parts were forgotten.",
    )
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={f"reviews.litigation_after_review.{column}": "0" for column in ("upheld", "corrected", "other", "pending")}
            | {"reviews.litigation_after_review.total": "2"},
            finds=(("reviews.litigation_after_review.total",),),
        ),
        Example(
            cells={f"reviews.litigation_after_review.{column}": "" for column in ("upheld", "corrected", "other", "pending")}
            | {"reviews.litigation_after_review.total": "2"},
            note=Text("空白不是 0", "blank is not zero"),
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Tell of the totals of one line at once: they have one cause."""
        lines: dict[tuple[str, str, str], list[CellRef]] = {}
        for assessment in _broken_totals(report):
            equation, (total, *parts) = assessment.equation, assessment.values
            if total is not None and total > 0 and not assessment.unprinted and not any(parts):
                lines.setdefault((equation.table, equation.spec.along, equation.spec.total), []).append(equation.cells[0])
        for cells in lines.values():
            totals = [_with_value(report, cell) for cell in cells]
            yield self.find(*cells, place=report.cell(cells[0]).place, totals=totals)


def _with_value(report: Report, ref: CellRef) -> Text:
    where, value = label(report, ref), report.cell(ref).value
    return Text(f"{where.zh} 为 {value}", f"{where.en} is {value}")


def _valued(report: Report, ref: CellRef) -> Text:
    where, value = label(report, ref), report.cell(ref).value
    return Text(f"“{where.zh}”（{value}）", f"{where.en} ({value})")


class PartAboveTotal(Rule):
    """A part that is larger than its total."""

    code, name, severity = "VAL005", "part-above-total", Severity.ERROR
    follows = True
    title = Text("分项大于总计", "A part is above its total")
    message = Text("{parts}大于{total}。", "{parts} {parts:is|are} more than {total}.")
    suggestion = Text("请核对分项和总计，改正写错的一个。", "Check part and total and correct the wrong one.")
    rationale = Text("分项都是总计的一部分，不会比总计大。", "A part is never larger than the whole.")
    source = FORMATS
    forms = ()
    examples = (
        Example(
            cells={"reviews.litigation_direct.pending": "99999"},
            finds=(("reviews.litigation_direct.pending", "reviews.litigation_direct.total"),),
        ),
        Example(cells={"reviews.litigation_direct.total": "99999"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding an equation, about every part that is too large and the total."""
        for assessment in _broken_totals(report):
            equation = assessment.equation
            total = equation.cells[0]
            numbers = {
                cell: value for cell, value in zip(equation.cells, assessment.values, strict=True) if cell not in assessment.unprinted
            }
            limit = numbers.get(total)
            if limit is None:
                continue
            above = [cell for cell in equation.plus if (value := numbers.get(cell)) is not None and value > limit]
            if above:
                place = report.cell(above[0]).place
                yield self.find(*above, total, place=place, parts=[_valued(report, cell) for cell in above], total=_valued(report, total))
