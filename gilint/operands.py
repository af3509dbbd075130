"""Every instance of a rule in one report with its operands, also where it holds: for ``gilint explain --on``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, frozen

from gilint.equations import Assessment, examine
from gilint.finding import Cause, Checked, Outcome, Result
from gilint.installed import version
from gilint.language import Text
from gilint.masking import shown_raw
from gilint.model import Cell
from gilint.output.as_json import SCHEMA, dump_json, report_head
from gilint.output.causes import say_cause
from gilint.output.cells import say_cell, show_cell
from gilint.output.lines import identity, visible
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.place import CellRef
from gilint.plans import Number
from gilint.rule import Rule
from gilint.values import CellState

_UNDECIDED = "□"


@frozen(eq=False)
class Operand:
    """A cell of an instance."""

    cell: Cell
    value: Number | None
    """As printed, or decided by other equations; ``None`` where nothing decides."""
    deduced: bool = False
    """Whether the value is decided by other equations and not printed, or printed where it does not surely belong."""


@frozen(eq=False)
class Instance:
    """One thing that a rule looked at in a report."""

    check: Checked
    left: tuple[Operand, ...]
    """What is added; of an instance that is no equation all its cells."""
    right: tuple[Operand, ...] = ()
    """The total, and on its side what is taken away from the parts."""
    title: Text | None = None
    """The row or column for which it stands."""
    law: Text | None = None
    """What the form says of such equations."""

    def sums(self) -> tuple[Number | None, Number | None]:
        """Return what both sides come to, ``None`` where a number is lacking."""
        return _sum(self.left), _sum(self.right)


def _sum(operands: Iterable[Operand]) -> Number | None:
    values = [operand.value for operand in operands]
    known = [value for value in values if value is not None]
    return sum(known, start=0) if known and len(known) == len(values) else None


def instances(result: Result, rule: type[Rule]) -> tuple[Instance, ...]:
    """Return what a rule looked at, in the order in which it did."""
    assessments = {each.equation.cells: each for each in examine(result.report).assessments}
    return tuple(_instance(result, check, assessments.get(check.cells)) for check in result.checks if check.code == rule.code)


def _instance(result: Result, check: Checked, assessment: Assessment | None) -> Instance:
    report = result.report
    if assessment is None:
        return Instance(check, tuple(Operand(cell, cell.value) for cell in map(report.cell, check.cells)))
    equation, unprinted = assessment.equation, set(assessment.unprinted)
    operands = [Operand(report.cell(ref), value, ref in unprinted) for ref, value in zip(equation.cells, assessment.values, strict=True)]
    parts = 1 + len(equation.spec.plus)
    spec = report.tables[equation.table].spec
    title = spec.row(equation.line).label if equation.spec.along == "row" else spec.column(equation.line).label
    return Instance(check, tuple(operands[1:parts]), (operands[0], *operands[parts:]), title, equation.spec.label)


_HEADING = Text("{code}  {title}：共核对 {all} 项", "{code}  {title}: {all} {all:instance|instances} checked")
_LACKING = Text("{operand}没有可以确定的数字", "no number is certain in: {operand}")
_NOTES = {
    "deduced": Text("{state}，由其他等式推得 {value}", "{state}; other equations say {value}"),
    "unsure": Text(
        "印有“{raw}”，不能确定是否属于这一格；由其他等式推得 {value}",
        "“{raw}” is printed, which may belong elsewhere; other equations say {value}",
    ),
    "unsure-open": Text("印有“{raw}”，不能确定是否属于这一格", "“{raw}” is printed, which may belong elsewhere"),
}


@define(eq=False)
class Teller:
    """Says what a rule looked at in one report."""

    result: Result
    rule: type[Rule]
    words: Words

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """What the rule looked at."""
        return instances(self.result, self.rule)

    def lines(self) -> Iterator[str]:
        """Yield how many instances there are, and each with its operands."""
        words = self.words
        language = words.language
        outcomes = [instance.check.outcome for instance in self.instances]
        heading = {"code": self.rule.code, "title": self.rule.title, "all": len(outcomes)}
        counts = [words.outcome(outcome, outcomes.count(outcome)) for outcome in Outcome if outcome in outcomes]
        yield _HEADING.in_language(language, heading) + words("comma") + words("comma").join(counts)
        for number, instance in enumerate(self.instances, start=1):
            yield ""
            yield from self._instance_lines(number, instance)

    def data(self) -> dict[str, Any]:
        """Return the same as data."""
        return {"code": self.rule.code, "instances": [self._instance_data(instance) for instance in self.instances]}

    def _instance_lines(self, number: int, instance: Instance) -> Iterator[str]:
        words, check = self.words, instance.check
        colon = words("colon")
        title = instance.title.in_language(words.language) if instance.title else self.rule.title.in_language(words.language)
        yield f"{number}. {title}{colon}{words.came_out(check.outcome)}"
        width = max((len(self._value(operand)) for operand in (*instance.left, *instance.right)), default=0)
        for side in (instance.left, instance.right):
            relation = "≠" if check.outcome is Outcome.VIOLATED else "="
            signs = [relation if side is instance.right else " ", *["+"] * (len(side) - 1)]
            signs = signs if instance.right else [" "] * len(side)
            for sign, operand in zip(signs, side, strict=True):
                note = self._note(operand)
                said = say_cell(self.result.report, operand.cell.ref, words)
                bracket = f"（{note}）" if words.language == "zh" else f" ({note})"
                yield f"   {sign} {self._value(operand):>{width}}  {said}{bracket if note else ''}"
        if instance.right:
            yield f"   {self._written(instance)}"
        if reason := self._reason(instance):
            yield f"   {reason}"
        if cause := self._cause(check.cells):
            yield f"   {words('cause')}{colon}{say_cause(cause, self.result.report, words)}"

    def _instance_data(self, instance: Instance) -> dict[str, Any]:
        check, language = instance.check, self.words.language
        left, right = instance.sums()
        cause = self._cause(check.cells)
        return {
            "title": instance.title.in_language(language) if instance.title else None,
            "law": instance.law.in_language(language) if instance.law else None,
            "outcome": check.outcome.value,
            "reason": self._reason(instance) or None,
            "left": [self._operand_data(operand) for operand in instance.left],
            "right": [self._operand_data(operand) for operand in instance.right],
            "sums": {"left": left, "right": right},
            "written": self._written(instance) if instance.right else None,
            "cause": cause.number if cause else None,
        }

    def _operand_data(self, operand: Operand) -> dict[str, Any]:
        cell = operand.cell
        return {
            **cell.ref._asdict(),
            "label": say_cell(self.result.report, cell.ref, self.words),
            "state": cell.state.value,
            "raw": cell.raw if self.result.personal_data_shown else shown_raw(cell),
            "value": operand.value,
            "deduced": operand.deduced and operand.value is not None,
        }

    def _value(self, operand: Operand) -> str:
        value = operand.value
        if value is None:
            return _UNDECIDED
        number = str(value) if isinstance(value, int) else format(value, "f")
        return f"[{number}]" if operand.deduced else f"({number})" if value < 0 else number

    def _written(self, instance: Instance) -> str:
        """Write both sides out, each with what it comes to."""
        sides = []
        for operands, total in zip((instance.left, instance.right), instance.sums(), strict=True):
            terms = " + ".join(map(self._value, operands))
            sides.append(terms if len(operands) == 1 or total is None else f"{terms} = {total}")
        left, right = instance.sums()
        if left is not None and right is not None:
            return f"{sides[0]} {'=' if left == right else '≠'} {sides[1]}"
        return f"{sides[0]} {'≠' if instance.check.outcome is Outcome.VIOLATED else '?'} {sides[1]}"

    def _note(self, operand: Operand) -> str:
        """Say what is printed, where that is not simply the number."""
        cell, language = operand.cell, self.words.language
        if cell.state is CellState.NUMBER and operand.deduced:
            key = "unsure-open" if operand.value is None else "unsure"
            return _NOTES[key].in_language(language, {"raw": self._shown(cell)[0], "value": self._value(operand).strip("[]")})
        if cell.state is CellState.NUMBER:
            printed = self._shown(cell)[1]
            return self.words("printed-as", raw=printed) if printed else ""
        state = self.words.state(cell.state)
        if cell.state is CellState.TEXT:
            state += f"“{self._shown(cell)[0]}”"
        if operand.value is None:
            return state
        return _NOTES["deduced"].in_language(language, {"state": state, "value": self._value(operand).strip("[]")})

    def _shown(self, cell: Cell) -> tuple[str, str]:
        return show_cell(cell, self.words, personal=self.result.personal_data_shown)

    def _reason(self, instance: Instance) -> str:
        check, language = instance.check, self.words.language
        if check.outcome is Outcome.NOT_ASSESSABLE and instance.right:
            lacking = [operand.cell.ref for operand in (*instance.left, *instance.right) if operand.value is None]
            if lacking:
                return _LACKING.in_language(language, {"operand": [say_cell(self.result.report, ref, self.words) for ref in lacking]})
        return check.reason.in_language(language, check.arguments) if check.reason else ""

    def _cause(self, cells: tuple[CellRef, ...]) -> Cause | None:
        number = self._causes.get(cells)
        return next((cause for cause in self.result.causes if cause.number == number), None)

    @cached_property
    def _causes(self) -> Mapping[tuple[CellRef, ...], int | None]:
        return {finding.cells: finding.cause for finding in self.result.findings if finding.code == self.rule.code}


def operands_text(told: Iterable[tuple[Result, Sequence[Teller]]], words: Words) -> str:
    """Return what rules looked at in reports, as lines."""
    blocks = []
    for result, tellers in told:
        view = DocumentView(result, 1, words)
        lines = [f"{view.path}{words('colon')}{identity(view)}"]
        for teller in tellers:
            lines += ["", *teller.lines()]
        blocks.append("".join(f"{visible(line)}\n" for line in lines))
    return "\n".join(blocks)


def operands_json(told: Iterable[tuple[Result, Sequence[Teller]]]) -> str:
    """Return what rules looked at in reports, for a program."""
    reports = [{**report_head(result.report), "rules": [teller.data() for teller in tellers]} for result, tellers in told]
    body = ",\n  ".join(map(dump_json, reports))
    return f'{{"schema": "{SCHEMA}", "version": {dump_json(version("gilint"))},\n "reports": [\n  {body}]}}\n'
