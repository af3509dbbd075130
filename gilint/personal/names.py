"""Names of applicants and parties in the phrases in which reports give them away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gilint.patterns import deferred, lines_with
from gilint.personal import PersonalDatum, PersonalKind

_ROLES = ("申请人", "市民", "村民", "居民", "原告", "上诉人", "举报人", "第三人")
_NO_NAME = (
    "的了在是对向于和与及或因为不未无已将应可能要请申提出交复议诉讼本该其人员单位公司机关等数量均共件次就我各某先女士同到有从按经由被所以之"
)
"""Characters that a sentence goes on with, and that hardly any given name has."""
_TITLE = r"(?:(?<![老姓员])(?:先生|女士|同志))"
_NOTE = r"(?:[(（][^()（）、和及与\n]{1,40}[)）])"
_JOINED = "(?:、|和|以?及|与)"
_BY_OFFICE = "[某*＊×]{1,3}"
"""What stands in a list for a given name that the office has made unreadable."""
_LONGEST_LIST = 20
_DOES = r"(?:向[我本区市县省镇乡街国]|提出|提交|申请|要求公开|要求获取|不服|因不服|诉[我本区市县省镇国]|[(（]?(?:公民)?身份证|[(（](?:手机|电话|联系|住)|[(（，,][男女]|的政府信息公开|的信息公开|的申请|通过[^。；;\n]{0,12}(?:申请|提出|提交)|反映|投诉|不同意|寄送|送达|邮寄|出具|作出|书面|不满|撤回)"
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
    patterns, subject, further = _patterns()
    for words, pattern in patterns:
        listed = 0
        for line in lines_with(text, *words, broken=True):
            for found in pattern.finditer(text, *line):
                yield found.span(found.lastindex or 0)
                # What a list of names has been read to is not read from each of its names again.
                end = found.end(found.lastindex or 0)
                while end > listed and (other := further.match(text, end)):
                    yield other.span(1)
                    end = other.end()
                listed = max(listed, end)
    # The predicate first: a name can begin anywhere.
    for line in lines_with(text, "诉", "不服", "申请公开", "申请信息公开", "申请政府信息公开", broken=True):
        for predicate in _PREDICATE.finditer(text, *line):
            name = subject.search(text, max(0, predicate.start() - _LONGEST - 1), predicate.start())
            if name is not None and (name.start(1) == 0 or text[name.start(1) - 1] in _BOUNDARY):
                yield name.span(1)


_BOUNDARY = frozenset(' \n\u3000。，,；;、：:（(“"')
_PREDICATE = deferred(rf"{_SUING}|{_DISSATISFIED}|(?<!依)申请(?:公开|信息公开|政府信息公开)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...], re.Pattern[str], re.Pattern[str]]:
    """Return words with how names stand in the lines that have one of them, how a name ends right before what its bearer does, and how a list goes on."""
    lines = Path(__file__).with_name("surnames.txt").read_text(encoding="utf-8").splitlines()
    surnames = "".join(line for line in lines if not line.startswith("#"))
    surname, given = f"(?:欧阳|司马|上官|诸葛|[{surnames}])", rf"[^\W\da-zA-Z_{_NO_NAME}]"
    name, long_name = rf"({surname}{given}{{1,2}}?)", rf"({surname}{given}{{2}})"
    behind = f"{_TITLE}?{_NOTE}?"
    unreadable = f"(?:{surname}{_BY_OFFICE}{behind}{_JOINED})"
    others = f"(?:{behind}{_JOINED}{surname}(?:{given}{{1,2}}|{_BY_OFFICE})){{0,{_LONGEST_LIST}}}"
    after = rf"(?={_TITLE}|{others}{behind}(?:、[^、。,，;；]{{2,3}})?(?:等[0-9一二两三四五六七八九十]*人)?{_DOES})"
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
            deferred(rf"(?:收到|答复了?|受理了?|办理了?|针对|关于|对){long_name}(?={_REQUESTING}|的(?:政府)?信息公开申请)"),
        ),
    )
    further = rf"{behind}{_JOINED}{unreadable}*{name}(?={_TITLE}|{_JOINED}|[(（。，,；;）)\s]|等|{_DOES}|\Z)"
    return patterns, deferred(rf"({surname}{given}{{1,2}})\Z"), deferred(further)
