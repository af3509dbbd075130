"""Do the headings stand in the prescribed order, with the prescribed numerals and words?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import define, field
from attrs.validators import ge, le

from gilint import Example, Excerpt, Finding, Form, NoticeKind, Report, Rule, Section, SectionSpec, Severity, Text
from gilint_rules import FORMATS, number
from gilint_rules.editions.wording import COMPARABLE, likeness, plain

_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)} | {str(number): number for number in range(1, 11)}


def _known(report: Report) -> list[tuple[Section, SectionSpec]]:
    specs = _sections_of(report.form) if report.form else {}
    known = [(section, spec) for section in report.sections if (spec := specs.get(section.name)) is not None]
    return _of_the_first(known) if report.noticed(NoticeKind.SEVERAL_REPORTS) else known


@lru_cache(maxsize=64)
def _sections_of(form: Form) -> Mapping[str, SectionSpec]:
    return {spec.name: spec for spec in form.sections}


@lru_cache(maxsize=64)
def _wordings(form: Form) -> Mapping[str, frozenset[str]]:
    """Return the wordings of each section's heading, as they are compared."""
    return {spec.name: frozenset(plain(wording) for wording in (spec.label.zh, *spec.variants)) for spec in form.sections}


def _of_the_first(known: list[tuple[Section, SectionSpec]]) -> list[tuple[Section, SectionSpec]]:
    """Return the headings of the first of several reports: where one comes again after others, the next report begins."""
    for place, (section, _) in enumerate(known):
        before = [earlier.name for earlier, _ in known[:place]]
        if section.name in before[:-1] and before[-1] != section.name:
            return known[:place]
    return known


def _quote(section: Section) -> Excerpt:
    return Excerpt(section.heading, section.number, section.place)


class SectionsOutOfOrder(Rule):
    """Sections that stand in another order than prescribed."""

    code, name, severity = "TPL003", "sections-out-of-order", Severity.WARNING
    title = Text("章节顺序不符", "Sections are out of order")
    examples = (
        Example(headings={"other": "五、其他需要报告的事项", "problems": "六、存在的主要问题及改进情况"}, finds=((),)),
        Example(),
    )
    message = Text("“{heading}”应在“{earlier}”之前。", "“{heading}” should stand before “{earlier}”.")
    suggestion = Text("请按规定的六个部分的顺序排列。", "Put the six sections in the prescribed order.")
    rationale = COMPARABLE
    source = FORMATS
    forms = ()

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare each heading with the highest numbered one before it."""
        highest: Section | None = None
        for section, spec in _known(report):
            if highest is not None and highest.number is not None and spec.number < highest.number:
                yield self.find(
                    place=section.place,
                    excerpts=[_quote(section)],
                    heading=section.heading or spec.label,
                    earlier=highest.heading or highest.name,
                )
            else:
                highest = section


class SectionsMisnumbered(Rule):
    """Headings whose numerals are not those of the format."""

    code, name, severity = "TPL004", "sections-misnumbered", Severity.WARNING
    title = Text("章节序号不符", "Sections are misnumbered")
    message = Text("章节序号与规定格式不符：{headings}。", "The numbering of the sections is not the prescribed one: {headings}.")
    suggestion = Text("请按“一”至“六”为六个部分编号。", "Number the six sections 一 to 六.")
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    examples = (Example(headings={"other": "七、其他需要报告的事项"}, finds=((),)), Example(headings={"other": "其他需要报告的事项"}))

    def check(self, report: Report) -> Iterator[Finding]:
        """Tell of all at once: one added section shifts every number after it. A lost numeral is none that is wrong."""
        wrong = [
            (section, spec)
            for section, spec in _known(report)
            if (printed := _number(section.numeral)) is not None and printed != spec.number
        ]
        if wrong:
            headings = [
                Text(
                    f"“{spec.label.zh}”编号为“{section.numeral}”，应为“{_chinese(spec.number)}”",
                    f"“{spec.label.en}” is numbered {section.numeral} instead of {_chinese(spec.number)}",
                )
                for section, spec in wrong
            ]
            yield self.find(place=wrong[0][0].place, excerpts=[_quote(section) for section, _ in wrong], headings=headings)


def _number(numeral: str) -> int | None:
    return _NUMERALS.get(numeral) or _NUMERALS.get(unicodedata.normalize("NFKC", numeral).strip("()、. "))


def _chinese(number: int) -> str:
    return "一二三四五六七八九十"[number - 1] if 1 <= number <= 10 else str(number)


@define(eq=False, repr=False)
class SectionRenamed(Rule):
    """A heading in other words than the prescribed ones."""

    code, name, severity = "TPL005", "section-renamed", Severity.NOTE
    title = Text("章节标题与规定不一致", "A heading is not the prescribed one")
    examples = (
        Example(headings={"problems": "五、存在的主要问题和下一步改进措施"}, finds=((),)),
        Example(headings={"other": "六、其他需报告的事项"}, note=Text("通行的写法，不算改名", "a common wording is not renamed")),
    )
    message = Text("标题“{heading}”与规定的“{official}”不一致。", "The heading “{heading}” is not the prescribed “{official}”.")
    suggestion = Text("请改用规定的标题。", "Use the prescribed heading.")
    rationale = COMPARABLE
    source = FORMATS
    forms = ()
    likeness: float = field(
        default=0.5,
        converter=number,
        validator=[ge(0), le(1)],
        metadata={"doc": Text("相似度低于此值的标题按警告处理（0 至 1）", "Headings less alike than this are warnings (0 to 1)")},
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare each heading with the official wording and the wordings accepted for it."""
        wordings = _wordings(report.form) if report.form else {}
        for section, spec in _known(report):
            words = plain(section.heading)
            if not words or words in wordings[spec.name]:
                continue
            severity = self.severity if likeness(section.heading, (spec.label.zh, *spec.variants)) >= self.likeness else Severity.WARNING
            yield self.find(
                severity=severity, place=section.place, excerpts=[_quote(section)], heading=section.heading, official=spec.label.zh
            )
