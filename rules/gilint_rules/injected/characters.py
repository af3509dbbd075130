"""Characters that no author types: pinyin in brackets, and what cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from gilint import Example, Finding, Report, Rule, Severity, Text, deferred, passages_of
from gilint_rules.injected.wording import REMOVE, SITES

_SYLLABLE = (
    r"(?:[bpmf]?(?:a|ai|an|ang|ao|o|ou|ei|en|eng|i|ian|iao|ie|in|ing|iu|u)|[dtnl](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iu|ong|ou|u|uan|ui|un|uo|v|ve|ü|üe)"
    r"|[gkh](?:a|ai|an|ang|ao|e|ei|en|eng|ong|ou|u|ua|uai|uan|uang|ui|un|uo)|[jqx](?:i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|uan|ue|un)"
    r"|(?:zh|ch|sh|[zcsr])(?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|ua|uai|uan|uang|ui|un|uo)"
    r"|y(?:a|an|ang|ao|e|i|in|ing|o|ong|ou|u|uan|ue|un)|w(?:a|ai|an|ang|ei|en|eng|o|u)|er|e|ai|an|ang|ao|ou|a|o)"
)
# By the bracket first: there are few of them, and letters are looked at only behind one.
_BRACKETED = (
    ("(", deferred(r"\(([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü' ]{1,48})\)")),
    ("（", deferred(r"（([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü' ]{1,48})）")),
)
_ABBREVIATED = 2
"""Letters of what is rather an abbreviation (ai, pc) unless the character is read so."""
_TONES = str.maketrans("āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ", "aaaaooooeeeeiiiiuuuuüüüü")
_SYLLABLES = deferred(rf"(?:{_SYLLABLE}[' ]?){{2,8}}")
_CHINESE = deferred(r"[一-鿿]{1,2}\Z")
_UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ue000-\uf8ff]"
_INVISIBLE = deferred(rf"{_UNSEEN}(?<=[0-9A-Za-z\u3400-\u9fff].){_UNSEEN}*+(?=[0-9A-Za-z\u3400-\u9fff])")


@lru_cache(maxsize=1)
def readings() -> Mapping[str, str]:
    """Return how the characters that are frequent in reports are read."""
    lines = Path(__file__).with_name("readings.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def _read(characters: str) -> Iterator[str]:
    return (readings().get(character, "") for character in characters)


def _can_read(characters: str, letters: str) -> bool:
    """Say whether letters can be how characters are read, as far as these are known: 数据(data) cannot."""
    known = [reading for reading in _read(characters) if reading]
    return not known or any(reading in letters for reading in known)


class PinyinInBrackets(Rule):
    """A reading in Latin letters in brackets after Chinese characters, as sites that rewrite texts put it."""

    code, name, severity = "INJ003", "pinyin-in-brackets", Severity.WARNING
    title = Text("汉字后夹注拼音", "Pinyin in brackets after characters")
    message = Text("“{words}”后夹注了拼音。", "There is pinyin in brackets after the characters: “{words}”.")
    suggestion = REMOVE
    rationale = Text(
        "公文不为汉字注音。夹注拼音是采集站改写网页、逃避识别的手法，说明正文不是原稿。",
        "Official texts do not spell out readings. Sites that copy and rewrite pages do, to escape recognition: the text is not the original.",
    )
    source = SITES
    forms = ()
    examples = (
        Example(document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n全年公开政府信息(xinxi)120条。\n", finds=((),)),
        Example(document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n通过移动应用(app)公开信息12条。\n"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look behind brackets for several syllables, or for the one that one of the characters before them is read as."""
        where = passages_of(report)
        text = where.text
        for mark, pattern in _BRACKETED:
            for bracket in pattern.finditer(text) if mark in text else ():
                letters = bracket[1].translate(_TONES)
                marked = letters != bracket[1]
                before = _CHINESE.search(text, max(bracket.start() - 2, 0), bracket.start())
                if before is None:
                    continue
                start = before.start()
                if (
                    marked
                    or (
                        len(before[0]) > 1
                        and len(letters) > _ABBREVIATED
                        and _SYLLABLES.fullmatch(letters)
                        and _can_read(before[0], letters)
                    )
                    or letters.strip() in _read(before[0])
                ):
                    words = text[start : bracket.end()]
                    yield self.find(place=where.place(start), excerpts=[where.excerpt(start, bracket.end())], words=words)


class InvisibleCharacters(Rule):
    """Characters that cannot be seen, or that no font has, inside words."""

    code, name, severity = "INJ004", "invisible-characters", Severity.WARNING
    title = Text("词语中夹有不可见字符", "Invisible characters inside words")
    message = Text(
        "“{words}”等 {count} 处词语中夹有不可见或自造字符（{codes}）。",
        "Invisible or private-use characters stand inside words, at {count} {count:place|places} such as “{words}” ({codes}).",
    )
    suggestion = Text("请删除这些字符，或改用规范汉字。", "Remove these characters, or use standard ones.")
    rationale = Text(
        "零宽字符和自造字看不出来，却使词语搜索不到、读屏软件读不出；植入文字和采集改写常用它躲避识别。",
        "Nobody sees them, but the word is no longer found by a search nor read out by a screen reader; injected and rewritten texts use them to escape recognition.",
    )
    source = SITES
    forms = ()
    examples = (
        Example(document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n全年公开政\u200b府信息120条。\n", finds=((),)),
        Example(document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n\u200b全年公开政府信息120条。\n"),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Tell once of all places: a tool that puts in one puts in hundreds."""
        where = passages_of(report)
        # Spaces that are looked for neither, and common.
        if where.text.replace("\n", "").replace("\xa0", "").replace("\u3000", "").isprintable():
            return
        found = list(_INVISIBLE.finditer(where.text))
        if found:
            codes = sorted({f"U+{ord(character):04X}" for match in found for character in match[0]})
            excerpts = [where.excerpt(match.start(), match.end()) for match in found[:_SHOWN]]
            words = where.text[found[0].start() - 1 : found[0].end() + 1]
            yield self.find(
                place=where.place(found[0].start()),
                excerpts=excerpts,
                words=words,
                count=len(found),
                codes=[*codes[:5], *([...] if codes[5:] else [])],
            )


_SHOWN = 20
"""Places of invisible characters that are quoted."""
