"""Every instance of a rule in one report with its operands, also where it holds: for ``gilint explain --on``."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define

from gilint.failures import RuleCrashed
from gilint.finding import Cause, Excerpt, Finding, Outcome, Result
from gilint.installed import version
from gilint.instances import Instance, Operand, instances
from gilint.language import Text
from gilint.masking import shown_raw
from gilint.model import Cell
from gilint.output.as_json import SCHEMA, dump_json, report_head
from gilint.output.causes import say_cause
from gilint.output.cells import say_cell, show_cell
from gilint.output.lines import identity, visible
from gilint.output.places import say_place
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.personal import without_personal_data
from gilint.place import CellRef
from gilint.rule import Rule
from gilint.scanned import scanned
from gilint.values import CellState

_UNDECIDED = "□"
_HEADING = Text("{code}  {title}：共核对 {all} 项", "{code}  {title}: {all} {all:instance|instances} checked")
_FOUND = Text("{code}  {title}：发现 {all} 个问题", "{code}  {title}: {all} {all:finding|findings}")
_NOTHING = Text("{code}  {title}：没有发现问题", "{code}  {title}: nothing was found")
_NOT_FOR = Text("{code}  {title}：不适用于这种报告，未运行", "{code}  {title}: not for such a report, not run")
_CRASHED = Text("{code}  {title}：运行出错，没有检查完", "{code}  {title}: crashed, not checked to the end")
_SCANNED = Text("查看了：{scanned}", "Looked at: {scanned}")
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

    def lines(self, known: Container[str] = ()) -> Iterator[str]:
        """Yield how many instances there are, and each with its operands; of a rule that counts none what it looked at and what it found.

        Args:
            known: lines that were told already of what a rule looked at.
        """
        words = self.words
        language = words.language
        if not self.instances:
            yield from self._found_lines(known)
            return
        outcomes = [instance.check.outcome for instance in self.instances]
        heading = {"code": self.rule.code, "title": self.rule.title, "all": len(outcomes)}
        yield from self._crash_lines()
        counts = [words.outcome(outcome, outcomes.count(outcome)) for outcome in Outcome if outcome in outcomes]
        yield _HEADING.in_language(language, heading) + words("comma") + words("comma").join(counts)
        for number, instance in enumerate(self.instances, start=1):
            yield ""
            yield from self._instance_lines(number, instance)

    def data(self) -> dict[str, Any]:
        """Return the same as data."""
        data: dict[str, Any] = {
            "code": self.rule.code,
            "ran": self._ran and self._crash is None,
            "instances": [self._instance_data(each) for each in self.instances],
        }
        if self._crash is not None:
            data["crash"] = self._crash.say(self.words.language)
        if self._ran and not self.instances and (self._findings or self._crash is None):
            data["looked_at"] = list(scanned(self.result.report, self.rule.code, self.words))
            data["findings"] = [finding.say(self.words.language) for finding in self._findings]
        return data

    @property
    def _ran(self) -> bool:
        return self.rule.code in self.result.ran

    @cached_property
    def _crash(self) -> Finding | None:
        """What says that the rule failed on the report, so that what it found is not all."""
        crashes = (finding for finding in self.result.findings if finding.code == RuleCrashed.code)
        return next((finding for finding in crashes if finding.arguments.get("rule") == self.rule.code), None)

    def _crash_lines(self) -> Iterator[str]:
        if self._crash is not None:
            yield _CRASHED.in_language(self.words.language, {"code": self.rule.code, "title": self.rule.title})
            yield f"   {self._crash.say(self.words.language)}"

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.result.findings if finding.code == self.rule.code)

    def _found_lines(self, known: Container[str]) -> Iterator[str]:
        words, findings = self.words, self._findings
        if self._crash is not None:
            yield from self._crash_lines()
            if not findings:
                return
        heading = _NOT_FOR if not self._ran else _FOUND if findings else _NOTHING
        yield heading.in_language(words.language, {"code": self.rule.code, "title": self.rule.title, "all": len(findings)})
        if not self._ran:
            return
        looked = (_SCANNED.in_language(words.language, {"scanned": text}) for text in scanned(self.result.report, self.rule.code, words))
        yield from (line for line in (f"   {text}" for text in looked) if line not in known)
        for number, finding in enumerate(findings, start=1):
            yield ""
            yield f"{number}. {words.severity(finding.severity)}{words('colon')}{finding.say(words.language)}"
            if place := say_place(self.result.locate(finding), words):
                yield f"   {words('place')}{words('colon')}{place}"
            yield from (f"   {words('excerpt')}{words('colon')}“{excerpt.text}”" for excerpt in finding.excerpts)

    def _instance_lines(self, number: int, instance: Instance) -> Iterator[str]:
        words, check = self.words, instance.check
        colon = words("colon")
        title = (instance.title or self.rule.title).in_language(words.language)
        if check.excerpts:
            title = words("list").join(f"“{self._quoted(excerpt)}”" for excerpt in check.excerpts)
        yield f"{number}. {title}{colon}{words.came_out(check.outcome)}"
        if check.excerpts and (place := say_place(self.result.locate(check.excerpts[0]), words)):
            yield f"   {words('place')}{colon}{place}"
        width = max((len(self._value(operand)) for operand in (*instance.left, *instance.right)), default=0)
        for side in filter(None, (instance.left, instance.right)):
            relation = "≠" if check.outcome is Outcome.VIOLATED else "="
            signs = [relation if side is instance.right else " ", *["+"] * (len(side) - 1)]
            signs = signs if instance.right or check.excerpts else [" "] * len(side)
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
            "excerpts": [{"section": excerpt.section, "text": self._quoted(excerpt)} for excerpt in check.excerpts],
            "reason": self._reason(instance) or None,
            "left": [self._operand_data(operand) for operand in instance.left],
            "right": [self._operand_data(operand) for operand in instance.right],
            "sums": {"left": left, "right": right},
            "written": self._written(instance) if instance.right else None,
            "cause": cause.number if cause else None,
        }

    def _quoted(self, excerpt: Excerpt) -> str:
        return excerpt.text if self.result.personal_data_shown else without_personal_data(excerpt.text)

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
            lines += ["", *teller.lines(lines)]
        blocks.append("".join(f"{visible(line)}\n" for line in lines))
    return "\n".join(blocks)


def operands_json(told: Iterable[tuple[Result, Sequence[Teller]]]) -> str:
    """Return what rules looked at in reports, for a program."""
    reports = [{**report_head(result.report), "rules": [teller.data() for teller in tellers]} for result, tellers in told]
    body = ",\n  ".join(map(dump_json, reports))
    return f'{{"schema": "{SCHEMA}", "version": {dump_json(version("gilint"))},\n "reports": [\n  {body}]}}\n'
