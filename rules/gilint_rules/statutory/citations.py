"""Is the notice that the report follows cited, and cited rightly?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from gilint import Example, Finding, Narrative, Report, Rule, Severity, Text, deferred, either, narrative
from gilint_rules import BOTH_NOTICES, FIRST_YEAR

_SERIES = "国办公开办函"
_NUMBER = deferred(rf"{_SERIES}\s{{0,2}}{either('〔[［(（【﹝〈<')}?\s?(20\d\d)\s?年?{either('〕]］)）】﹞〉>')}?\s?第?\s?(\d{{1,3}})\s?号")
_BEHIND = deferred(rf"\s{{0,2}}{either('(（【')}?\s?([^\W\d_]{{2,10}}{either('〔[［(（【﹝')}20\d\d{either('〕]］)）】﹞')}第?\d{{1,4}}号)")
_OFFICE = "国务院办公厅政府信息与政务公开办公室"
_OLD_TITLE = deferred(rf"(?<![市县区省州部局委厅办府室])《((?:{_OFFICE})?关于政府信息公开工作年度报告有关事项的通知)》")
"""As the notice is called; offices everywhere write notices with titles that are longer."""
_NEW_TITLE = deferred(rf"《(?:{_OFFICE})?(?:关于)?(?:印发)?[《〈<]?中华人民共和国政府信息公开工作年度报告格式[》〉>]?(?:的通知》|》?)")
_TITLE_ENDS = ("》", "〉", ">", "”", '"')
_BOUNDARY = deferred(r"[。;；\n]|号[)）]")
_LONGEST_TITLE = 110
_FIRST_YEAR_OF_2021 = 2021


@frozen(eq=False, repr=False)
class _Notice:
    year: int
    number: int
    words: str
    """What of its title the other one's does not have."""

    @property
    def mark(self) -> str:
        return f"{_SERIES}〔{self.year}〕{self.number}号"


_OLD = _Notice(2019, 60, "年度报告有关事项的通知")
_NEW = _Notice(2021, 30, "年度报告格式")
_NOTICES = {(notice.year, notice.number): notice for notice in (_OLD, _NEW)}


def _numbers(told: Narrative) -> list[tuple[re.Match[str], _Notice | None]]:
    """Return every number of the series, with the notice that has it."""
    if _SERIES not in told.text:
        return []
    return [(match, _NOTICES.get((int(match[1]), int(match[2])))) for match in _NUMBER.finditer(told.text)]


def _cited(text: str, end: int) -> str:
    """Return the number in brackets that stands right behind a title that ends at ``end``, empty where there is none."""
    match = _BEHIND.match(text, end)
    return match[1] if match else ""


def _titled(text: str, end: int) -> _Notice | None:
    """Return the notice whose title stands right before a number that begins at ``end``."""
    before = text[max(0, end - _LONGEST_TITLE) : end].rstrip(" \u3000(（,，")
    if before[-1:] not in _TITLE_ENDS:
        return None
    before = _BOUNDARY.split(before)[-1]
    titled = [notice for notice in _NOTICES.values() if notice.words in before]
    return titled[0] if len(titled) == 1 else None


_REPLACED = deferred(r"废止|失效|替代|代替|取代|替换|修订|改|不再|原(?!则|因)|此前|以往|20(?:19|20)年度?(?:年度)?报告|比较|相比|区别")


def _is_explained(text: str, citation: re.Match[str]) -> bool:
    """Say whether the sentence of a citation tells what became of the notice."""
    start = max(text.rfind(end, 0, citation.start()) for end in "。；;\n")
    ends = [at for end in "。；;\n" if (at := text.find(end, citation.end())) >= 0]
    return _REPLACED.search(text, start + 1, min(ends, default=len(text))) is not None


class NoticeOutOfForce(Rule):
    """The notice on the format of other years is cited."""

    code, name, severity = "LAW006", "notice-out-of-force", Severity.WARNING
    title = Text("引用的格式通知不适用于报告年度", "The notice cited is not the one for the year")
    message = Text(
        "引用了“{cited}”，而 {year} 年度报告的格式依据是{right}。",
        "“{cited}” is cited, but the format of the report on {year} rests on {right}.",
    )
    suggestion = Text("请改为引用{right}，并按其规定的格式填报。", "Cite {right}, and report in its format.")
    rationale = Text(
        "2019、2020年度按国办公开办函〔2019〕60号的试行格式，2021年度起按国办公开办函〔2021〕30号的格式；引用已被替代的通知，说明文稿沿用了旧稿。",
        "The trial format of 2019 was for the years 2019 and 2020, that of 2021 is for 2021 and later; to cite the other one shows an old draft.",
    )
    source = BOTH_NOTICES
    examples = (
        Example(
            year=2022,
            paragraphs={
                "": "白石县商务局2022年政府信息公开工作年度报告\n根据《关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2019〕60号)要求编制。"
            },
            finds=((),),
        ),
        Example(year=2022),
        Example(edition="2019", year=2020),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Speak once for each citation, but not where the sentence with the right one says what it replaced."""
        if report.year is None or report.year < FIRST_YEAR:
            return
        right, wrong = (_NEW, _OLD) if report.year >= _FIRST_YEAR_OF_2021 else (_OLD, _NEW)
        told = narrative(report)
        citations = _numbers(told)
        both = any(numbered is right for _, numbered in citations)
        spans = [
            match.span()
            for match, numbered in citations
            if numbered is wrong and _titled(told.text, match.start()) in (None, wrong) and not (both and _is_explained(told.text, match))
        ]
        if not citations and right is _NEW and _NEW.words not in told.text and _OLD.words in told.text:
            spans = [match.span(1) for match in _OLD_TITLE.finditer(told.text) if not _cited(told.text, match.end())]
        for start, end in spans:
            excerpt = told.quote(start, end)
            yield self.find(place=excerpt.place, excerpts=[excerpt], cited=excerpt.text, year=report.year, right=right.mark)


_LAWS = (
    (
        "公开条例》",
        "711",
        "国务院令第711号",
        deferred(r"《(中华人民共和国政府信息公开条例)》\s?[(（](?:中华人民共和国)?((?:国务院)?令?第\s?(?:国务院令第)?(\d{2,4})号)"),
    ),
    (
        "费管理办法",
        "2020109",
        "国办函〔2020〕109号",
        deferred(
            r"[《〈<](政府信息公开信息处理费管理办法)[》〉>](?:的通知》)?\s?[(（](国办[^\d()（）]{0,4}[〔\[(（](20\d\d[〕\])）]\d{1,4})号)"
        ),
    ),
)
"""What reports cite besides the notices: words of the title, the digits of the one number that each has, the number, and where it stands behind the title."""
_NO_DIGIT = deferred(r"\D")


class NoticeMiscited(Rule):
    """A notice's title with another number."""

    code, name, severity = "LAW007", "notice-miscited", Severity.ERROR
    title = Text("通知的标题与文号不符", "Title and number of a notice do not belong together")
    message = Text(
        "标题含“{words}”的通知，文号应为{right}，文中写作“{cited}”。", "The notice with “{words}” in its title is {right}, not “{cited}”."
    )
    law = Text("《{words}》的文号应为{right}，文中写作“{cited}”。", "“{words}” is {right}, not “{cited}”.")
    suggestion = Text("请核对引用的通知，写全标题和文号。", "Look up the notice and cite its title and number in full.")
    rationale = Text(
        "标题是一个通知，文号是另一个，读者无法确定依据的是哪一个格式。",
        "With the title of one notice and the number of another nobody knows which format is meant.",
    )
    source = BOTH_NOTICES
    examples = (
        Example(
            year=2022,
            paragraphs={
                "": "白石县商务局2022年政府信息公开工作年度报告\n根据《关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2021〕30号)要求编制。"
            },
            finds=((),),
        ),
        Example(year=2022),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare where the title of one of the two notices stands right before a number of the series."""
        told = narrative(report)
        for words, digits, right, pattern in _LAWS if "号" in told.text else ():
            if words not in told.text:
                continue
            cited = [(match, _NO_DIGIT.sub("", match[3]) == digits) for match in pattern.finditer(told.text)]
            for match, is_right in cited:
                if not is_right and (report.year or 0) >= FIRST_YEAR and not any(good for _, good in cited):
                    excerpt = told.quote(*match.span(2))
                    yield self.find(
                        message=self.law, place=excerpt.place, excerpts=[excerpt], cited=excerpt.text, words=match[1], right=right
                    )
        if _NEW.words in told.text:
            for title in _NEW_TITLE.finditer(told.text):
                number = _BEHIND.match(told.text, title.end())
                # A local notice that passes it on has a number of its own.
                if number is not None and number[1].startswith("国办") and not number[1].startswith(_SERIES):
                    excerpt = told.quote(*number.span(1))
                    yield self.find(place=excerpt.place, excerpts=[excerpt], cited=excerpt.text, words=_NEW.words, right=_NEW.mark)
        for match, numbered in _numbers(told):
            titled = _titled(told.text, match.start())
            if titled is not None and numbered is not titled:
                excerpt = told.quote(*match.span())
                yield self.find(place=excerpt.place, excerpts=[excerpt], cited=excerpt.text, words=titled.words, right=titled.mark)
