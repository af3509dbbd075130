"""Dates that are none: characters lost or doubled, days that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gilint import Example, Finding, Narrative, Report, Rule, Severity, Text, deferred, narrative
from gilint_rules import FORMATS

_MONTH = r"(?:1[0-2]|0?[1-9])"
_GAP = r"[^\S\n]"
# Begins with two characters that are looked for as such; every repetition is bounded.
_DATE = deferred(
    rf"""20(?<!\d20)(?<!\d[.-]20)(?:
      (?P<year_mark>\d\d{_GAP}{{0,4}}{_MONTH}月(?:{_GAP}?\d{{1,2}}日|[起至止,，。到]))
    | (?P<year_long>\d{{3,6}}年(?:度|{_GAP}?\d{{1,2}}月(?:{_GAP}?\d{{1,2}}日)?|(?={_GAP}?政府信息)))
    | (?P<year_short>\d年{_GAP}?\d{{1,2}}月(?:{_GAP}?\d{{1,2}}日)?)
    | (?P<doubled>\d\d年(?:年{_GAP}?\d{{1,2}}月|{_GAP}?\d{{1,2}}月(?:月{_GAP}?\d{{1,2}}日|{_GAP}?\d{{1,2}}日日(?=[起止至到,，。;；)）]))))
    | (?P<month_mark>\d\d年{_GAP}?(?:\d{{1,2}}{_GAP}{{1,3}}\d{{1,2}}|{_MONTH}(?:3[01]|[12]\d|0[1-9]))日)
    | (?P<day_mark>\d\d年{_GAP}?\d{{1,2}}月{_GAP}?\d{{1,2}}(?:止|起?至{_GAP}?(?:20\d\d年)|(?=[。；;，,）)起])))
    | (?P<number>\d\d年(?:{_GAP}?\d{{1,2}}月日|月{_GAP}?\d{{1,2}}日))
    | (?P<date>(?P<year>\d\d)年{_GAP}?(?P<month>\d{{1,2}})月{_GAP}?(?P<day>\d{{1,3}})日)
    )""",
    re.VERBOSE,
)
_LAST_DAY = deferred(r"12月31(?<=[至到]12月31)(?![\d日号\s])")
_STAMMER = deferred(r"(?:至至|自自|起起)(?=20)")
_MONTHS = 12
_SHORTEST_MONTH = 28


class DateMalformed(Rule):
    """A date with characters lost or doubled, or that does not exist."""

    code, name, severity = "LAW004", "date-malformed", Severity.ERROR
    title = Text("日期缺字、多字或不存在", "A date has lost or doubled characters, or does not exist")
    message = Text("日期“{printed}”{fault}。", "The date “{printed}” {fault}.")
    suggestion = Text("请改为完整、正确的日期。", "Print the date in full and right.")
    rationale = Text(
        "统计期限和公布日期是法定内容，写错了就说不清数据是哪个时段的。",
        "The period of the figures and the date of publication are prescribed; when they are garbled nobody knows what the figures cover.",
    )
    source = FORMATS
    examples = (
        Example(paragraphs={"problems": "本报告数据统计自2020 1月1日起至2020 12月31日止,公开不够及时。"}, finds=((), ())),
        Example(paragraphs={"problems": "数据统计期限自2020年1月1日起至202020年12月31日止,公开不够及时。"}, finds=((),)),
        Example(paragraphs={"problems": "2021年2月30日开展自查,发现公开不够及时。"}, finds=((),)),
        Example(paragraphs={"problems": "2021年2月28日至3月5日开展自查,发现公开不够及时。"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look at everything that begins like a date of this century."""
        told = narrative(report)
        if "月" not in told.text:
            return
        end = 0
        for match, fault in sorted(_faults(told), key=_position):
            if match.start() < end:
                continue
            end = match.end()
            excerpt = told.quote(match.start(), end)
            yield self.find(place=excerpt.place, excerpts=[excerpt], printed=excerpt.text, fault=fault)


def _position(found: tuple[re.Match[str], Text]) -> tuple[int, int]:
    return found[0].start(), -found[0].end()


def _faults(told: Narrative) -> Iterator[tuple[re.Match[str], Text]]:
    text = told.text
    for match in _DATE.finditer(text):
        if fault := _FAULTS.get(match.lastgroup or ""):
            yield match, fault
        elif match["date"] and not _exists(match):
            yield match, _NO_DAY
    yield from ((match, _FAULTS["day_mark"]) for match in _LAST_DAY.finditer(text))
    if told.has_sign("至至", "自自", "起起"):
        yield from ((match, _FAULTS["doubled"]) for match in _STAMMER.finditer(text))


_FAULTS = {
    "year_mark": Text("缺“年”字", "lacks the character “年”"),
    "year_long": Text("的年份多了数字", "has too many digits in its year"),
    "year_short": Text("的年份少了数字", "has too few digits in its year"),
    "doubled": Text("有重复的字", "has a character twice"),
    "month_mark": Text("缺“月”字", "lacks the character “月”"),
    "number": Text("缺月份或日的数字", "lacks the number of the month or of the day"),
    "day_mark": Text("缺“日”字", "lacks the character “日”"),
}
_NO_DAY = Text("不存在", "does not exist")


def _exists(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= _MONTHS and 1 <= day <= _SHORTEST_MONTH):
        try:
            date(2000 + int(match["year"]), month, day)
        except ValueError:
            return False
    return True
