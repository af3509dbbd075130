"""Titles of reports taken apart: the year and the organ that they name."""

from __future__ import annotations

import re
from functools import lru_cache

from gilint.form import Form
from gilint.organ import OrganKind
from gilint.patterns import deferred
from gilint.recognise.folding import any_printed, fold, has_any, length_of_folded, without_ignored
from gilint.recognise.organs import has_place, organ_of

_LONGEST_TITLE = 120
_CHINESE_YEAR = "二[〇零○0Oo][〇零○0Oo一二三][〇零○0Oo一二三四五六七八九]"
ARABIC_YEAR = r"20[0-3]\d"
YEAR = f"{ARABIC_YEAR}|{_CHINESE_YEAR}"
"""A year in a folded text, in either kind of digits."""
MILLENNIUM = "二"
"""A text without it has no year in Chinese digits: patterns for those in Arabic ones alone are compiled in a third of the time."""
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_NAMED = r"(?<!\d)({})(?:-20\d\d)?(?:年度?|度|(?=(?:政府|政务)?信息公开|政务公开|\)))"
_NAMED_YEAR = re.compile(_NAMED.format(ARABIC_YEAR))
_NAMED_IN_ANY_DIGITS = deferred(_NAMED.format(YEAR))
_GENERAL = (
    r"(?:政府)?(?:信息|政务)公开(?:工作)?的?(?:\(?20\d\d年?度?\)?)?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:总结)?(?:报告|年报)"
)
"""How the title of a 政府信息公开工作年度报告 is worded, official or not."""
_IN_NO_TITLE = (
    *("首页", "位置", "格式", "有关事项", "通知", "条例", "编制工作", "编制发布工作", "如下", "列表", "专栏", "目录", "指南"),
    *("上一篇", "上一条", "上一页", "下一篇", "下一条", "下一页"),
)
_BEFORE_NO_TITLE = ("本", "现", "根据", "按照", "依据")
_SENTENCE_MARK = any_printed("。;!?,")
"""Neither has a title one of these, as printed."""
_AFTER_TITLE = re.compile(
    r"(?:\(?(?:20\d\d年?度?|文字版?|全文|正文|图文版?|公开版|简版|定稿|word版|pdf版|解读|图解)\)?|\.(?:docx?|pdf|html?|wps|txt))*",
    re.IGNORECASE,
)
_BEFORE_ORGAN = re.compile(
    r"(?:.*[:\]》《/]|附件\d*|关于(?:印发|发布|公布|报送|做好)?|公布|发布|文字版|文稿解读|转发|印发|标题|政府信息公开年报|信息公开年报|年度报告)+"
)
_AFTER_ORGAN = re.compile(r"(?:关于(?:印发|发布|公布|报送)?|发布|公布|编制的?|的|年度|本级|《|[,、.\-])+$")
_NO_ORGAN = re.compile(
    r"[0-9A-Za-z@。;:,!?《》/]|×|某某|^(?:本|我|各|全|该|其|现|上级|办公室|政府$|政务公开|信息公开|部门|单位|年度)|年报|报告|情况|来源|浏览|字体|打印"
)
_ORGAN_ENDS = (
    *"省市县区旗州盟镇乡局委会厅办室府署部所处院队站园场社校馆)",
    "苏木",
    "街道",
    "中心",
    "公司",
    "集团",
    "银行",
    "海关",
    "大学",
    "兵团",
)

ORGAN_WITHIN = deferred(
    r".+?(?:局|厅|委员会|人民政府办公[室厅]|人民政府|街道办事处|街道|(?:镇|(?<!城)乡)(?=(?:人民)?政府|党政|(?:综合)?办公室|信息公开|政务公开|$))"
    r"(?:(?<=总局)[^局]{2,12}局|(?<=[局会])[^局和与及或同]{2,8}(?:分局|调查总?队)|(?<=人民政府)[^局厅]{2,8}街道办事处"
    r"|(?<=人民政府)(?:[^局厅会和与及或同、各组]{2,12}委员会|(?:外事|侨务|外事侨务|港澳事务|合作交流|国防动员|口岸)办公室|参事室|研究室|发展研究中心)|(?<=[镇乡])(?:人民)?政府)?"
)
"""The first organ of a text, with what follows its name and belongs to it: 公安局海淀分局, 盛泽镇人民政府, 人民政府国有资产监督管理委员会."""


class Named:
    """A title, taken apart."""

    def __init__(self, text: str, year: int | None, organ: str | None) -> None:
        self.text = text
        """As printed, on one line."""
        self.year = year
        self.organ = organ
        """As printed, without spaces."""


@lru_cache(maxsize=16)
def title_pattern(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """Return a pattern for the words of a title, in a folded text."""
    words = {fold(word) for form in forms for word in form.title_words}
    general = [_GENERAL] if not words or any("信息公开" in word for word in words) else []
    return re.compile("|".join([*general, *map(re.escape, sorted(words, key=lambda word: (-len(word), word)))]))


class TitleWords:
    """How titles are worded."""

    def __init__(self, pattern: re.Pattern[str], ending: str) -> None:
        self.pattern = pattern
        """The words of a title, in a folded text."""
        self.ending = ending
        """The characters, as printed, that the words of every title end with: most texts are turned away here."""


@lru_cache(maxsize=16)
def title_words(forms: tuple[Form, ...]) -> TitleWords:
    """Return how the titles of reports on any of some forms are worded."""
    endings = {fold(word)[-1:] for form in forms for word in form.title_words}
    return TitleWords(title_pattern(forms), any_printed("".join(sorted(endings | {"报"}))))


def year_of(digits: str) -> int:
    """Return a year printed as 2020 or 二〇二〇."""
    return int(digits.translate(_DIGITS))


def _year_in(folded: str) -> re.Match[str] | None:
    return (_NAMED_IN_ANY_DIGITS if MILLENNIUM in folded else _NAMED_YEAR).search(folded)


def named_year(folded: str) -> int | None:
    """Return the first year that a folded text names (2020年, 二〇二〇年度), if any."""
    match = _year_in(folded)
    return year_of(match[1]) if match else None


def read_title(raw: str, words: TitleWords, whole: bool = True) -> Named | None:
    """Take a title apart.

    Args:
        raw: The line as printed.
        words: From `title_words`.
        whole: The line must be a title and nothing else; otherwise its words may stand anywhere in it.

    Returns:
        The title with what it names, or ``None`` when the text is no title.
    """
    if len(raw) > _LONGEST_TITLE or not has_any(raw, words.ending):
        return None
    text = raw
    raw = raw.rpartition("】")[2] or raw  # 【文稿解读】 and the like stand before a title.
    if whole and has_any(raw, _SENTENCE_MARK):
        return None
    folded = fold(raw)
    match = next(reversed([*words.pattern.finditer(folded)]), None)
    if match is None or (whole and (not _AFTER_TITLE.fullmatch(folded, match.end()) or _is_no_title(folded))):
        return None
    return Named(" ".join(text.split()), *_named_in(raw, match.start()))


def _is_no_title(folded: str) -> bool:
    return folded.startswith(_BEFORE_NO_TITLE) or any(word in folded for word in _IN_NO_TITLE)


@lru_cache(maxsize=256)
def _named_in(raw: str, start: int) -> tuple[int | None, str | None]:
    """Return year and organ that a title names whose words begin at ``start`` of its folded form; page and file often repeat the title."""
    folded = fold(raw)
    if folded.startswith("政府", start) and folded.endswith("人民", 0, start):
        start += 2  # XX县人民政府信息公开年度报告
    year = _year_in(folded)
    spans = [(0, year.start()), (year.end(), start)] if year and year.end() <= start else [(0, start)]
    organs = [organ for begin, end in spans if (organ := named_organ(raw, folded, begin, end))]
    return (year_of(year[1]) if year else None), _joined(organs)


def _joined(organs: list[str]) -> str | None:
    """Return the organ of a title that names a place before the year and its organ after it."""
    if len(organs) == 2 and organ_of(organs[0]).kind in (OrganKind.PROVINCE, OrganKind.CITY, OrganKind.COUNTY) and not has_place(organs[1]):
        return organs[0] + organs[1]
    return organs[0] if organs else None


def named_organ(raw: str, folded: str | None = None, begin: int = 0, end: int | None = None) -> str | None:
    """Return the name of the organ that a piece of text consists of, as printed but without spaces, if it is one.

    Args:
        raw: The text as printed.
        folded: The same, folded, where it is at hand.
        begin: Where the piece begins in the folded text.
        end: Where it ends there.
    """
    folded = fold(raw) if folded is None else folded
    end = len(folded) if end is None else end
    piece = folded[begin:end]
    before = _BEFORE_ORGAN.match(piece)
    after = _AFTER_ORGAN.search(piece)
    begin += before.end() if before else 0
    end -= len(after.group()) if after else 0
    name = folded[begin:end]
    if not 2 <= len(name) <= 45 or not name.endswith(_ORGAN_ENDS) or _NO_ORGAN.search(name):
        return None
    return without_ignored(raw[length_of_folded(raw, begin) : length_of_folded(raw, end)]) or None
