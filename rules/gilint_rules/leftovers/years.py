"""Last year's year where this year's belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gilint import Example, Finding, Narrative, Report, Rule, Severity, Text, deferred, narrative
from gilint_rules import ARTICLE_50

_ANNOUNCED = deferred(
    r"(?:现(?:将|予以?)?(?:向社会)?(?:公布|发布|公开)?|编制(?:形成|完成)?了?本?)《?[^。;；\n《》\d]{0,40}?(20(?<!\d20)[0-3]\d)\s?年度?"
    r"[^。;；,，\n\d]{0,12}?(?:信息公开|政务公开)[^。;；,，\n\d]{0,8}?(?:情况|报告|年报)"
)


class YearLeft(Rule):
    """A sentence on the year reported on begins with the year before."""

    code, name, severity = "TXT023", "year-left", Severity.WARNING
    title = Text("应写报告年度的地方写了上一年", "The year before stands where the year reported on belongs")
    message = Text("“{printed}”写的是 {found} 年，而这是 {year} 年度的报告。", "“{printed}” says {found}, but the report is on {year}.")
    suggestion = Text(
        "请核对这一段是否沿用了上一年的文字和数字。", "Make sure that neither text nor figures of this passage are last year's."
    )
    rationale = Text(
        "年份没有更新，说明这一段是从上一年报告沿用下来的，其中的数字也可能是旧的。",
        "A year that was not brought up to date shows that the passage is last year's; its figures may be old as well.",
    )
    source = (ARTICLE_50,)
    examples = (
        Example(year=2022, paragraphs={"problems": "2021年,我局政府信息公开工作还存在公开不够及时的问题。"}, finds=((),)),
        Example(
            year=2022,
            paragraphs={"": "白石县商务局2022年政府信息公开工作年度报告\n现公布白石县商务局2021年度政府信息公开工作情况。"},
            finds=((),),
        ),
        Example(year=2022, paragraphs={"problems": "2021年,我局公开不够及时。2022年,我局建立了台账。"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look at the beginnings of paragraphs and at what the opening announces; a paragraph that goes on to the year itself compares."""
        year = report.year
        if year is None:
            return
        told = narrative(report)
        before = f"{year - 1}年"
        if before not in told.text:
            return
        # What begins a paragraph can state as well what is stated once.
        for start, end in sorted(dict(self._spans(told, year)).items()):
            excerpt = told.quote(start, end)
            yield self.find(place=excerpt.place, excerpts=[excerpt], printed=excerpt.text, found=year - 1, year=year)

    def _spans(self, told: Narrative, year: int) -> Iterator[tuple[int, int]]:
        for match in _ANNOUNCED.finditer(told.text, 0, told.opening) if _is_named(told, year - 1) else ():
            if int(match[1]) == year - 1:
                yield match.span(1)[0], match.end()
        for start, end in told.lines_with(f"{year - 1}年"):
            yield from _ended(told.text, start, end, year)
            begins = start >= told.opening and told.text.find(f"{year - 1}年", start, start + _BEFORE_YEAR + len("2020年")) >= 0
            beginning = _beginning(year - 1).match(told.text, start, end) if begins else None
            if beginning is None:
                continue
            paragraph = told.text[beginning.end() : end]
            if (
                _begins(told.text, start)
                and f"{year}年" not in paragraph
                and "今年" not in paragraph
                and any(word in paragraph for word in _SUBJECT)
            ):
                yield beginning.span(1)


def _is_named(told: Narrative, year: int) -> bool:
    """Say whether a year stands in what comes before the first heading, its last digit in any width."""
    start = str(year)[:-1]
    at = told.text.find(start, 0, told.opening)
    while at >= 0:
        last = told.text[at + 3 : at + 4]
        if last.isdecimal() and int(last) == year % 10:
            return True
        at = told.text.find(start, at + 1, told.opening)
    return False


def _ended(text: str, start: int, end: int, year: int) -> Iterator[tuple[int, int]]:
    """Yield the year before where a line sums up, or states for its own year what is stated once for every year."""
    if not any(text.find(word, start, end) >= 0 for word in _STATING):
        return
    for match in _stated(year - 1).finditer(text, start, end):
        before = text[max(start, match.start() - _SENTENCE) : match.end()].rpartition("。")[2]
        after = text[match.end() : match.end() + _SENTENCE].partition("。")[0]
        sentence = before + after
        if f"{year}年" not in sentence and "本年" not in sentence and "今年" not in sentence and "上年" not in sentence:
            yield match.span(match.lastindex or 0)


def _begins(text: str, position: int) -> bool:
    """Say whether a paragraph begins there: a PDF breaks lines within sentences, too."""
    line = text[text.rfind("\n", 0, max(0, position - 1)) + 1 : max(0, position - 1)].rstrip()
    return len(line) < _FULL_LINE or line.endswith(_SENTENCE_ENDS)


_STATING = ("以上是", "以上为", "信息处理费", "责任追究", "追究责任")
"""Words of which a line has one that `_stated` matches."""
_BEFORE_YEAR = 10
"""Characters at most with which `_beginning` begins: spaces and a number."""
_FULL_LINE = 24
_SENTENCE = 200
"""Characters before and after a year within which it is looked for the right one."""
_SENTENCE_ENDS = ("。", "；", ";", ":", "：", "!", "！", ".", "”")
_SUBJECT = ("公开", "申请", "复议", "诉讼", "处理费")


@lru_cache(maxsize=8)
def _stated(year: int) -> re.Pattern[str]:
    own = r"(?:我|本)(?:局|委|厅|办|镇|乡|县|市|区|街道|单位|机关|部门)|[^。,，;；\n\d]{2,12}"
    return re.compile(
        rf"(?:以上是|以上为)[^。,，;；\n\d]{{0,20}}({year}年)(?=度?(?:政府信息公开|政务公开))"
        rf"|(?:^|[。;；])\s{{0,4}}({year}年)(?!以来|以后|[至起到])(?=度?[,，]?(?:{own})?(?:未收取|没有收取|未产生|无|收取)(?:任何)?(?:政府信息公开)?信息处理费)"
        rf"|(?:^|[。;；])\s{{0,4}}({year}年)(?!以来|以后|[至起到])(?=度?[,，]?(?:{own})?(?:未|没有)(?:发生|出现)[^。,，;；\n]{{0,30}}(?:责任追究|追究责任))",
        re.MULTILINE,
    )


@lru_cache(maxsize=8)
def _beginning(year: int) -> re.Pattern[str]:
    return re.compile(
        rf"^\s{{0,4}}(?:[(（]?[一二三四五六七八九十\d]{{1,3}}[)）、.．]\s?)?({year}年度?)(?:[,，]|政府信息公开工作(?:存在|虽|取得|还))",
        re.MULTILINE,
    )
