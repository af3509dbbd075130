"""Names of applicants and parties in the phrases in which reports give them away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gilint.patterns import deferred, lines_with
from gilint.personal import PersonalDatum, PersonalKind

_COMPOUNDS = ("欧阳", "司马", "上官", "诸葛")
_ROLES = ("申请人", "市民", "村民", "居民", "原告", "上诉人", "举报人", "第三人")
_NO_NAME = "的了在是对向于和与及或因为不未无已将应可能要请申提出交复议诉讼本该其人员单位公司机关等数量均共件次就我各某先女士同到有从按经由被所以之上下内外后"
"""Characters that a sentence goes on with, and that hardly any given name has."""
_TITLE = r"(?:(?<![老姓员])(?:先生|女士|同志))"
_NOTE = r"(?:[(（][^()（）、和及与\n]{1,40}[)）])"
_JOINED = "(?:、|和|以?及|与)"
_MASKS = "某*＊×"
_BY_OFFICE = f"[{_MASKS}]{{1,3}}"
"""What stands in a list for a given name that the office has made unreadable."""
_LONGEST_LIST = 20
_ASIDE = r"(?:分别|先后|多次|共同|联名|再次|又|曾|(?:就|因|以|针对)[^。；;，,\n]{1,24}?)(?:再次|多次|分别|先后)?(?=向[我本区市县省镇乡街]|提出|提交|申请|要求公开|要求获取|诉[我本])"
"""How, and about what, before what a party does."""
_DOES = r"(?:向[我本区市县省镇乡街国]|提出|提交|申请|要求公开|要求获取|不服|因不服|诉[我本区市县省镇国]|[(（]?(?:公民)?身份证|[(（](?:手机|电话|联系|住)|[(（，,][男女]|的政府信息公开|的信息公开|的申请|通过[^。；;\n]{0,12}(?:申请|提出|提交)|反映|投诉|不同意|寄送|送达|邮寄|出具|作出|书面|不满|撤回)"
_KNOWN_BY = (
    r"[，,、 ](?:(?:居民|公民)?身份(?:证(?:件)?)?(?:号码?)?[为是]?[:：]?\s?[0-9０-９]{3}"
    r"|(?:联系|移动)?(?:手机|电话)(?:号码?)?[为是]?[:：]?\s?[1１][3-9３-９][0-9０-９]{3}|(?:现|家庭)?住址[为是]?(?:[:：]|[^，,、。；;\s]{2,16}[省市县区乡镇村路街号]))"
)
"""What a name is followed by in a list of what is known of its bearer; a number goes with it, for 申请人查询，电话 is what applicants are offered."""
_TYPICAL_ENDS = "伟芳娜敏静丽强磊洋艳杰娟涛超秀霞刚桂英华玉萍玲芬燕彬鑫波斌宇浩凯健俊帆雪婷慧莹倩梅兰珍琴莲翠凤琳晶欣怡佳璐瑶颖蕾薇菲嘉琪蓉雯峰辉鹏飞龙虎彪豪毅哲睿博昊轩泽宏祥福贵荣林森松柏军阳春云香花巧菊勇兵波锋钢铭鸿煜炜琼芝珊淑贞"
_MIDDLES, _COMMON_ENDS = "建志永玉德金卫爱春小晓", "国民明平才生成"
"""None of them typical: a name must be matched in one way only, for in a list of twenty the ways would come to a million."""
_ENDS = frozenset(_TYPICAL_ENDS + _COMMON_ENDS + _MASKS)
_TYPICAL = f"[{_TYPICAL_ENDS}]|(?<=[{_MIDDLES}])[{_COMMON_ENDS}]"
"""In what given names end, and hardly any word that goes on from 向, 于, 和, 单 or 方: 向政府, 于近日, 单方面, 方才."""
_BRACKETED_ROLE = r"[(（](?:均?[为系])?(?:申请人|原告|上诉人|举报人|第三人)[)）]"


_ENDS_NO_NAME = "位校户民众师主生农工商体事方业法"
"""Last characters of two that are a word and no name: 单位, 高校, 商户, 农民, 法人代表."""
_ENDS_OF_ORGANS = "办局委厅部院处所站室会行社区县市镇乡村州省"
_SHORTEST = 2
_LONGEST = 4
_SUING = r"诉(?:我|本|[^。，,；;\s]{2,20}(?:局|厅|委|委员会|政府|办事处|管委会)(?:不履行|信息公开|政府信息公开|行政诉讼|一案))"
_DISSATISFIED = r"(?:因)?不服[^。；;\n]{0,20}(?:答复|告知|处理|决定|行为|判决)"
_REQUESTING = r"(?:同志|先生|女士)?(?:提交|提出)的(?:政府信息公开|信息公开|依申请公开|公开|申请)"


def names(text: str) -> Iterator[PersonalDatum]:
    """Yield names of applicants; what an office has made unreadable itself (张某, 李**, 王先生) is none."""
    seen = set()
    for start, end in _spans(text):
        name = text[start:end]
        if start not in seen and name[-1] not in _ENDS_OF_ORGANS and not (end - start == _SHORTEST and name[1] in _ENDS_NO_NAME):
            seen.add(start)
            yield PersonalDatum(PersonalKind.NAME, start, end, name[0] + "*" * (len(name) - 1), certain=False)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    named, bracketed = _roles(text)
    # Every report speaks of applicants, few name any: what stands beside the words is looked at before a pattern is tried.
    possible = (named, named, bracketed, _is_requested(text))
    patterns, further = _patterns() if True in possible else ((), None)
    for (words, pattern), can_be in zip(patterns, possible, strict=False):
        listed = 0
        for line in lines_with(text, *words, broken=True) if can_be else ():
            for found in pattern.finditer(text, *line):
                yield found.span(found.lastindex or 0)
                # What a list of names has been read to is not read from each of its names again.
                end = found.end(found.lastindex or 0)
                while further is not None and end > listed and (other := further.match(text, end)):
                    yield other.span(other.lastindex or 0)
                    end = other.end()
                listed = max(listed, end)
    yield from _subjects(text)


def _subjects(text: str) -> Iterator[tuple[int, int]]:
    """Yield names right before what their bearers do: the predicate first, for a name can begin anywhere."""
    # One more, for the word that leads to what somebody is dissatisfied with.
    predicates = [
        *_starts(text, "诉", "诉"),
        *[end - 2 for end in _ends(text, "服", "不服")],
        *[found.start() for found in _APPLYING.finditer(text)],
    ]
    if not any(_has_name(text[max(0, at - _LONGEST - 1) : at]) for at in predicates):
        return
    subject = _subject()
    for line in lines_with(text, *_PREDICATES, broken=True):
        for predicate in _PREDICATE.finditer(text, *line):
            name = subject.search(text, max(0, predicate.start() - _LONGEST - 1), predicate.start())
            if name is not None and (name.start(1) == 0 or text[name.start(1) - 1] in _BOUNDARY or _is_dealt_with(text, *name.span(1))):
                yield name.span(1)


def _is_dealt_with(text: str, start: int, end: int) -> bool:
    """Say whether an answer is about what somebody applied for, by a name long enough to be no word: 关于罗永福申请公开协议的答复."""
    return end - start > _SHORTEST and text.endswith(("关于", "针对"), 0, start)


def _roles(text: str) -> tuple[bool, bool]:
    """Say whether any role is followed by what a name or its label begins with, and whether any can stand in brackets behind a name."""
    _, words, firsts = _surnames()
    parties = [(end - 3, end) for end in _ends(text, "人", "申请人", "上诉人", "举报人", "第三人")]
    parties += [(start, start + 2) for start in _starts(text, "原", "原告")]
    following = [*[end for _, end in parties], *_ends(text, "民", "市民", "村民", "居民")]
    named = any(
        (first := text[end : end + 1]) in firsts
        or first in ":：为姓"
        or first.isspace()
        or (first in words and not _ENDS.isdisjoint(text[end + 1 : end + _LONGEST - 1]))
        for end in following
    )
    return named, any(text[start - 1 : start] in "(（为系" for start, _ in parties)


def _has_name(around: str) -> bool:
    """Say whether a name can stand among a few characters."""
    _, words, firsts = _surnames()
    return not firsts.isdisjoint(around) or (not words.isdisjoint(around) and not _ENDS.isdisjoint(around))


def _is_requested(text: str) -> bool:
    """Say whether somebody is said to have requested."""
    if _starts(text, "提", "提交的", "提出的"):
        return True
    at = text.find("信息公开申请")
    while at >= 0 and not text.endswith(("的", "的政府"), 0, at):
        at = text.find("信息公开申请", at + 1)
    return at >= 0


def _starts(text: str, first: str, *words: str) -> list[int]:
    """Return where any of some words begins, by their common first character: one character is found in a tenth of the time that a word takes."""
    starts = []
    at = text.find(first)
    while at >= 0:
        if text.startswith(words, at):
            starts.append(at)
        at = text.find(first, at + 1)
    return starts


def _ends(text: str, last: str, *words: str) -> list[int]:
    """Return where any of some words ends, by their common last character."""
    ends = []
    at = text.find(last)
    while at >= 0:
        if text.endswith(words, 0, at + 1):
            ends.append(at + 1)
        at = text.find(last, at + 1)
    return ends


_APPLYING = deferred("申请(?:公开|信息公开|政府信息公开)")
_PREDICATES = ("诉", "不服", "申请公开", "申请信息公开", "申请政府信息公开")
_BOUNDARY = frozenset(' \n\u3000。，,；;、：:（(“"')
_PREDICATE = deferred(rf"{_SUING}|{_DISSATISFIED}|(?<!依)申请(?:公开|信息公开|政府信息公开)")


@lru_cache(maxsize=1)
def _surnames() -> tuple[str, frozenset[str], frozenset[str]]:
    """Return the surnames of one character, those that are words as well, and with what all others begin."""
    lines = Path(__file__).with_name("surnames.txt").read_text(encoding="utf-8").splitlines()
    common, words = (line for line in lines if not line.startswith("#"))
    return common, frozenset(words), frozenset(common).union(compound[0] for compound in _COMPOUNDS)


def _written() -> tuple[str, str, str]:
    """Return patterns for a surname, for a character of a given name, and for a whole name whose surname is a word as well."""
    common, words, _ = _surnames()
    given = rf"[^\W\da-zA-Z_{_NO_NAME}]"
    return f"(?:{'|'.join(_COMPOUNDS)}|[{common}])", given, f"[{''.join(sorted(words))}]{given}{{}}(?:{_TYPICAL})"


@lru_cache(maxsize=1)
def _subject() -> re.Pattern[str]:
    """Return how a name ends right before what its bearer does."""
    surname, given, doubtful = _written()
    return re.compile(rf"({surname}{given}{{1,2}}|{doubtful.format('?')})\Z")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...], re.Pattern[str]]:
    """Return words with how names stand in the lines that have one of them, and how a list goes on."""
    surname, given, doubtful = _written()
    person, long_person = f"(?:{surname}{given}{{1,2}}|{doubtful.format('?')})", f"(?:{surname}{given}{{2}}|{doubtful.format('')})"
    name, some = (
        f"({surname}{given}{{1,2}}?|{doubtful.format('??')})",
        f"[{''.join(sorted(_surnames()[1].union(_surnames()[0])))}]{_BY_OFFICE}",
    )
    behind = f"{_TITLE}?{_NOTE}?"
    unreadable = f"(?:{some}{behind}{_JOINED})"
    others = f"(?:{behind}{_JOINED}(?:{person}|{some})){{0,{_LONGEST_LIST}}}"
    # With commas only where 等 closes the list: behind a comma a sentence can go on with a character that is a surname.
    commas = f"(?:[，,]{person}){{1,{_LONGEST_LIST}}}(?=等)"
    after = rf"(?={_TITLE}|(?:{commas}|{others}){behind}(?:、[^、。,，;；]{{2,3}})?(?:等[0-9一二两三四五六七八九十]*人)?(?:{_ASIDE})?(?:{_DOES}|{_KNOWN_BY}))"
    patterns = (
        (_ROLES, deferred(rf"(?:{'|'.join(_ROLES)})[:：为]?\s?{unreadable}{{0,{_LONGEST_LIST}}}{name}{after}")),
        (
            ("申请人", "原告"),
            deferred(rf"(?:申请人|原告)(?:姓名)?[:：]\s?{name}(?=[。，,；;、）)\s]|$)|申请人为{name}(?=[。，,；;、])", re.MULTILINE),
        ),
        (
            ("（申请人", "(申请人", "（原告", "(原告", "（上诉人", "(上诉人", "（举报人", "(举报人", "（第三人", "(第三人", "（均", "(均"),
            deferred(
                rf"(?:^|(?<=[\s。，,；;、：:向对和与及由了将给到复知])){name}(?<![方者户主])(?={others}{behind}{_BRACKETED_ROLE})",
                re.MULTILINE,
            ),
        ),
        (
            ("提交的", "提出的", "信息公开申请"),
            deferred(rf"(?:收到|答复了?|受理了?|办理了?|针对|关于|对)({long_person})(?={_REQUESTING}|的(?:政府)?信息公开申请)"),
        ),
    )
    goes_on = rf"(?={_TITLE}|{_JOINED}|[(（。，,；;）)\s]|等|(?:{_ASIDE})?{_DOES}|\Z)"
    further = rf"{behind}{_JOINED}{unreadable}*{name}{goes_on}|[，,]{name}(?={commas}|等)"
    return patterns, deferred(further)
