"""Are title, headings and the period of the figures of one year?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gilint import Example, Excerpt, Finding, Report, Rule, Severity, Text, deferred, either, narrative
from gilint_rules import ARTICLE_50, FORMATS

_PERIOD = deferred(
    r"20(?<!\d20)(?P<first>[0-3]\d)\s{0,2}年\s{0,2}0?1\s{0,2}月\s{0,2}0?1\s{0,2}日[^。;；\n\d]{0,12}"
    r"(?:20(?P<last>[0-3]\d)\s{0,2}年)?\s{0,2}12\s{0,2}月\s{0,2}31\s{0,2}日"
)
_OF_FIGURES = ("统计", "数据截", "所列数据", "报告期", "报告数据", "数据时限", "数据期限")
_OTHERWISE = rf"""{either("为是:：自从")}?\s?(20(?P<year>[0-3]\d)(?:[./-]0?1[./-]0?1(?!\d)|\s?年(?:度(?={either(",，。；;")})|\s?1月份?\s?{either("至到—–-")}{{1,2}}\s?12月份?(?!\s?\d))))"""
_SHORT = (
    deferred(rf"统计(?:期限|时限|时间|周期|区间|时段|范围)\s?{_OTHERWISE}"),
    deferred(
        rf"数据(?:(?:时限|期限)\s?{_OTHERWISE}|[^。；;\n\d]{{0,12}}截[止至](?:日期|时间|日)?{either('到至于为是')}?\s?(20(?P<end>[0-3]\d)\s?年\s?12\s?月\s?31\s?日))"
    ),
)
"""The year of the figures in other words: 统计期限为2022年度, 所列数据截至2022年12月31日."""
_BEFORE, _AFTER = 60, 30
"""Characters of its sentence in which it is said that a period is that of the figures."""
_TITLE = deferred(r"(?:关于)?.{0,40}20[0-3]\d\s?年度?.{0,30}(?:政府信息公开|政务公开|报告).{0,12}(?:报告|年报|情况)")
_ANNOUNCED = deferred(
    r"(?:现(?:将|予以?)?(?:向社会)?(?:公布|公开|发布)|编制(?:形成|完成)?了)《?[^。;；\n《》\d]{0,40}?(20(?<!\d20)[0-3]\d)\s?年度?[^。;；,，\n\d]{0,12}?"
    r"(?:信息公开|政务公开)[^。;；,，\n\d]{0,8}?(?:报告|年报)"
)
_LONGEST_TITLE = 70
"""Characters; what is longer is a paragraph of the opening."""
_YEAR = deferred(r"20[0-3]\d(?=\s?年)")


class PeriodOfAnotherYear(Rule):
    """The period of the figures is not the year reported on."""

    code, name, severity = "LAW002", "period-of-another-year", Severity.ERROR
    title = Text("统计期限不是报告年度", "The period of the figures is not the year reported on")
    message = Text(
        "统计期限写作“{period}”，而这是 {year} 年度的报告。", "The period of the figures reads “{period}”, but the report is on {year}."
    )
    suggestion = Text(
        "请改为自{year}年1月1日起至{year}年12月31日止，并核对表中数据是哪一年的。",
        "Let it run from 1 January to 31 December {year}, and make sure that the figures are of that year.",
    )
    rationale = Text(
        "统计期限写错年份，说明文稿由上一年的报告改成，表中数据也可能没有更新。",
        "A period of another year shows that the text was made from an earlier report; the figures may be old as well.",
    )
    source = FORMATS
    examples = (
        Example(
            year=2022,
            paragraphs={"": "白石县商务局2022年政府信息公开工作年度报告\n本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"},
            finds=((),),
        ),
        Example(year=2022),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look at every whole year from January to December of which the sentence says that it is the figures'."""
        year = report.year
        told = narrative(report)
        if year is None or not told.has(*_OF_FIGURES):
            return
        text = told.text
        for match in _PERIOD.finditer(text):
            first, last = int(match["first"]) + 2000, int(match["last"] or match["first"]) + 2000
            if first == last == year:
                continue
            before = re.split("[。\n]", text[max(0, match.start() - _BEFORE) : match.start()])[-1]
            after = re.split("[。\n]", text[match.end() : match.end() + _AFTER])[0]
            if any(word in before or word in after for word in _OF_FIGURES):
                excerpt = told.quote(match.start(), match.end())
                yield self.find(place=excerpt.place, excerpts=[excerpt], period=excerpt.text, year=year)
        for start, end in _shortly(text, year):
            excerpt = told.quote(start, end)
            yield self.find(place=excerpt.place, excerpts=[excerpt], period=excerpt.text, year=year)


def _shortly(text: str, year: int) -> Iterator[tuple[int, int]]:
    # Each by itself, for what begins with a word is found far sooner than what begins with one of several.
    for match in sorted([match for pattern in _SHORT for match in pattern.finditer(text)], key=re.Match.start):
        if int(match["year"] or match["end"]) + 2000 != year:
            yield match.span(1 if match["year"] else 3)


class TitleOfAnotherYear(Rule):
    """Title or heading names another year than the report is on."""

    code, name, severity = "LAW003", "title-of-another-year", Severity.ERROR
    title = Text("标题中的年份不是报告年度", "A title names another year")
    message = Text(
        "标题“{heading}”写的是 {found} 年，正文是 {year} 年度的报告。", "The title “{heading}” says {found}, but the report is on {year}."
    )
    suggestion = Text("请核对标题、统计期限和表中数据的年份。", "Compare the year of title, period and figures.")
    rationale = Text(
        "标题、正文、表格的年份不一致，读者无法确定数据是哪一年的。",
        "When title, text and tables disagree on the year nobody knows which year the figures are of.",
    )
    source = (ARTICLE_50, *FORMATS[1:])
    examples = (
        Example(year=2022, headings={"disclosure": "二、2021年主动公开政府信息情况"}, finds=((),)),
        Example(year=2022, headings={"disclosure": "二、2022年主动公开政府信息情况"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare the year of the title and of each heading with the one that most of the report says."""
        year = report.year
        if year is None or report.cells_only:
            return
        if report.title and (found := self._other(report.title, year)):
            told = narrative(report)
            at = told.text.find(report.title)
            excerpt = told.quote(at, at + len(report.title)) if at >= 0 else Excerpt(report.title)
            yield self.find(place=excerpt.place, excerpts=[excerpt], heading=report.title, found=found, year=year)
        elif report.title and str(year) in report.title:
            yield from self._announced(report, report.title, year)
        yield from self._repeated(report, year)
        for section in report.sections:
            if section.name and "20" in section.heading and (found := self._other(section.heading, year)):
                excerpt = Excerpt(section.heading, section.number, section.place)
                yield self.find(place=section.place, excerpts=[excerpt], heading=section.heading, found=found, year=year)

    def _announced(self, report: Report, title: str, year: int) -> Iterator[Finding]:
        """Look for the year after that of the title in what the opening announces: who changed the text forgot the title."""
        told = narrative(report)
        at = told.text.find(str(year + 1), 0, told.opening)
        while at >= 0 and "年" not in told.text[at + 4 : at + 6]:
            at = told.text.find(str(year + 1), at + 1, told.opening)
        for match in _ANNOUNCED.finditer(told.text, 0, told.opening) if at >= 0 else ():
            if int(match[1]) == year + 1:
                at = told.text.find(title)
                excerpts = [*([told.quote(at, at + len(title))] if at >= 0 else []), told.quote(*match.span())]
                yield self.find(place=excerpts[0].place, excerpts=excerpts, heading=title, found=year, year=year + 1)
                return

    def _repeated(self, report: Report, year: int) -> Iterator[Finding]:
        """Look at a title that stands over the text again: a line with the organ's name right before the first long paragraph."""
        opening = report.sections[0].paragraphs if report.sections and not report.sections[0].name else ()
        first = next((number for number, paragraph in enumerate(opening) if len(paragraph.text) > _LONGEST_TITLE), 0)
        if not first or report.organ is None:
            return
        line = opening[first - 1]
        if (
            line.text != report.title
            and report.organ.name in line.text
            and _TITLE.fullmatch(line.text)
            and (found := self._other(line.text, year))
        ):
            excerpt = Excerpt(line.text, None, line.place)
            yield self.find(place=line.place, excerpts=[excerpt], heading=line.text, found=found, year=year)

    def _other(self, title: str, year: int) -> int | None:
        """Return the one year that a title names, if it is another one."""
        years = {int(found) for found in _YEAR.findall(title)}
        return years.pop() if len(years) == 1 and year not in years else None
