"""Names of applicants and parties in the phrases in which reports give them away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gilint.personal import PersonalDatum, PersonalKind

_ROLES = ("申请人", "市民", "村民", "居民", "原告")
_NO_NAME = "的了在是对向于和与及或因为不未无已将应可能要请申提出交复议诉讼本该其人员单位公司机关等数量均共件次就我各某先生女士同志到有从按经由被所以之"
"""Characters that a sentence goes on with, and that hardly any given name has."""
_AFTER = (
    r"(?=(?:、[^、。,，;；]{2,3})?(?:等[0-9一二两三四五六七八九十]*人)?"
    r"(?:向[我本区市县省镇乡街国]|提出|提交|申请|要求公开|要求获取|不服|因不服|诉[我本区市县省镇国]|[(（]?身份证|[(（]男|[(（]女|[,，]男|[,，]女|的政府信息公开|的信息公开))"
)


def names(text: str) -> Iterator[PersonalDatum]:
    """Yield names of applicants; what an office has made unreadable itself (张某, 李**, 王先生) is none."""
    for name in _pattern().finditer(text):
        yield PersonalDatum(PersonalKind.NAME, name.start(1), name.end(1), name[1][0] + "*" * (len(name[1]) - 1), certain=False)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    lines = Path(__file__).with_name("surnames.txt").read_text(encoding="utf-8").splitlines()
    surnames = "".join(line for line in lines if not line.startswith("#"))
    return re.compile(rf"(?:{'|'.join(_ROLES)})[:：为]?\s?((?:欧阳|司马|上官|诸葛|[{surnames}])[^\W\da-zA-Z_{_NO_NAME}]{{1,2}}?){_AFTER}")
