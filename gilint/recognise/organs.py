"""What kind of organ a name is the name of.

A rule accuses organs that cannot make 规章, so a kind is named only where the name leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from gilint.organ import Organ, OrganKind
from gilint.packaged import read_packaged
from gilint.patterns import deferred
from gilint.recognise.folding import fold

_LONGEST_NAME = 100
"""Characters of a name that are looked at."""
_BRACKETED = re.compile(r"\(([^()]*)\)")
# Looked for in Chinese characters only (`_leading_chinese`, `_all_chinese`): Python takes a millisecond to compile each [\u4e00-\u9fff].
_COUNTY = re.compile(r".{1,14}?(?:自治县|自治旗|县|旗)")
_DISTRICT = re.compile(r"(?:.{2,6}市)?.{1,5}?区(?![域划])")
_LONGEST_PLACE = 17
"""Characters that those two look at."""
# Words, not patterns, wherever words will do: a pattern of as many takes longer to compile than all names of a report to look at.
_NO_DISTRICTS = tuple(
    f"{word}区"
    for word in (
        *"社园新景林牧灾校小片街库垦灌矿地特军战市辖",
        *(
            "开发",
            "高新",
            "经开",
            "管理",
            "示范",
            "保税",
            "合作",
            "度假",
            "实验",
            "试验",
            "工业",
            "功能",
            "产业",
            "集聚",
            "集中",
            "商务",
            "生态",
        ),
        *("名胜", "物流", "科技", "保护", "自治", "行政", "航空港", "空港"),
    )
)
_NOT_IN_A_DISTRICT = frozenset("和与及局厅委")
_ZONES = (
    *(
        "开发区",
        "高新区",
        "经开区",
        "园区",
        "新区",
        "管理区",
        "示范区",
        "保税",
        "合作区",
        "度假区",
        "试验区",
        "实验区",
        "工业区",
        "产业园",
        "工业园",
    ),
    *("管委会", "风景", "名胜", "农场", "林场", "兵团", "口岸"),
)
_PARTY_OR_PEOPLE = (
    *(
        "人大",
        "常务委员会",
        "政协",
        "党委",
        "党工委",
        "纪委",
        "监委",
        "监察委员会",
        "工会",
        "妇联",
        "妇女联合会",
        "村民委员会",
        "居民委员会",
    ),
    *("法院", "检察院", "红十字"),
)
_PARTY_BEGINS = ("中共", "共青团", "委办公室", "委宣传部", "委组织部", "委统战部", "委政法委")
_PARTY = ("委", "委员会")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|行政公署|行署)?(办公[厅室]|办)?$")
_TOWNSHIP = re.compile(
    r".{1,16}?(?:(?:镇|乡|苏木|街道)(?:(?:人民)?政府|办事处)?(办公室|党政办公室|党政综合办公室)?|街办|(?:地区|街)办事处)$"
)
_DEPARTMENT = ("局", "厅", "委员会", "委", "办公室", "办")
_MANAGING_COMMITTEE = re.compile(r"(?<!监督)(?<!城市)(?<!综合)管理委员会$")
_STATE = deferred(r"(?:国家|国务院|中华人民共和国|中国|全国).{1,16}(?:局|委员会|委|署|部|会|办公室|办公厅|总局|院|银行)$")
_SHORT_PROVINCES = (
    *(
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "海南",
        "四川",
        "贵州",
    ),
    *("云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆", "北京", "天津", "上海", "重庆"),
)
_BARE: Mapping[str, OrganKind] = {
    "自治区": OrganKind.PROVINCE,
    "自治州": OrganKind.CITY,
    "地区": OrganKind.CITY,
    "省": OrganKind.PROVINCE,
    "州": OrganKind.CITY,
    "盟": OrganKind.CITY,
    "县": OrganKind.COUNTY,
    "旗": OrganKind.COUNTY,
    # 市 can be a municipality, a city or a county-level city; 区 can be a district or, in short, an autonomous region.
    "市": OrganKind.UNKNOWN,
    "区": OrganKind.UNKNOWN,
}
"""How a department calls itself on its own site: 省财政厅, 县民政局."""


class _Divisions:
    def __init__(self, by_beginning: Mapping[str, tuple[tuple[str, OrganKind], ...]], state: frozenset[str]) -> None:
        self.by_beginning = by_beginning
        """Folded names of provinces, cities, county-level cities and districts with odd names; by their first two characters, longest first."""
        self.state = state


@lru_cache(maxsize=1)
def _divisions() -> _Divisions:
    data = read_packaged(Path(__file__).parent / "data" / "divisions.toml")
    kinds: dict[str, OrganKind] = {}
    for names, kind in (
        ("provinces", OrganKind.PROVINCE),
        ("cities", OrganKind.CITY),
        ("short_prefectures", OrganKind.CITY),
        ("county_cities", OrganKind.COUNTY),
        ("districts", OrganKind.COUNTY),
    ):
        kinds |= dict.fromkeys(map(fold, data[names].split()), kind)
    by_beginning: dict[str, tuple[tuple[str, OrganKind], ...]] = {}
    for name in sorted(kinds, key=len, reverse=True):
        by_beginning[name[:2]] = (*by_beginning.get(name[:2], ()), (name, kinds[name]))
    return _Divisions(by_beginning, frozenset(map(fold, data["state_departments"].split())))


_RANK: Iterable[OrganKind] = (OrganKind.PROVINCE, OrganKind.CITY, OrganKind.COUNTY)


@lru_cache(maxsize=1024)
def split_place(name: str) -> tuple[OrganKind | None, str]:
    """Cut the places off the front of a folded name: ``无锡市滨湖区民政局`` is a county's, ``民政局``.

    Returns:
        The kind of the lowest place and what follows it; ``None`` when the name begins with no place that is known.
    """
    found: OrganKind | None = None
    short = next((province for province in _SHORT_PROVINCES if name.startswith(province)), None)
    if short and not any(_place_length(name, kind) for kind in _RANK) and any(_place_length(name[len(short) :], kind) for kind in _RANK):
        name = name[len(short) :]
    for kind in _RANK:
        length = _place_length(name, kind)
        if length:
            found, name = kind, name[length:]
    if found is None:
        for word, kind in _BARE.items():
            if name.startswith(word) and len(name) > len(word) + 1 and not name.startswith(("市场", "市政", "区域", "州际", "地区性")):
                return kind, name[len(word) :]
    return found, name


def _place_length(name: str, kind: OrganKind) -> int:
    for place, its in _divisions().by_beginning.get(name[:2], ()):
        # 巴州 is a prefecture, 巴州区 a district.
        if its is kind and name.startswith(place) and not (place[-1] == "州" and name[len(place) : len(place) + 1] in ("区", "市", "县")):
            return len(place)
    if kind is not OrganKind.COUNTY:
        return 0
    leading = _leading_chinese(name[:_LONGEST_PLACE])
    for pattern in (_COUNTY, _DISTRICT):
        match = pattern.match(leading)
        if match and not match[0].endswith(_NO_DISTRICTS) and _NOT_IN_A_DISTRICT.isdisjoint(match[0]):
            return match.end()
    return 0


def _leading_chinese(text: str) -> str:
    for position, character in enumerate(text):
        if not "\u4e00" <= character <= "\u9fff":
            return text[:position]
    return text


def _all_chinese(text: str) -> bool:
    return len(_leading_chinese(text)) == len(text)


def has_place(name: str) -> bool:
    """Say whether a name begins with the name of a place, so that it cannot be mistaken for another organ of the same kind."""
    kind, rest = split_place(fold(name))
    return kind is not None and not any(fold(name) == word + rest for word in _BARE)


def organ_of(name: str) -> Organ:
    """Return the organ of that name, with its kind as far as the name alone tells it."""
    folded = fold(name[:_LONGEST_NAME])
    if folded in _divisions().state:
        return Organ(name, OrganKind.STATE_DEPARTMENT, OrganKind.STATE_DEPARTMENT)
    inner = _BRACKETED.findall(folded) if "(" in folded else []
    outer = _BRACKETED.sub("", folded) if inner else folded
    kind, level, office = _kind(outer)
    if kind is OrganKind.UNKNOWN and any(_kind(part)[0] is OrganKind.TOWNSHIP for part in inner):
        kind = level = OrganKind.TOWNSHIP
    return Organ(name, kind, level, office)


_NOTHING = (OrganKind.UNKNOWN, OrganKind.UNKNOWN, False)


@lru_cache(maxsize=1024)
def _kind(name: str) -> tuple[OrganKind, OrganKind, bool]:
    """Return kind, level and whether it is a government's own office."""
    # The branches of the tax administration carry the ministry's name before the place's.
    place, rest = split_place(name.removeprefix("国家税务总局"))
    if not name or _is_party(rest) or _is_party(name) or "驻" in rest:
        return _NOTHING
    if place is None:
        return _placeless(name)
    government = _GOVERNMENT.fullmatch(rest)
    if government and rest != government[1]:
        # 市人民政府 without the city's name can be a city with districts or a county-level one: unknown.
        return place, place, government[1] is not None
    if _is_zone(rest):
        return _NOTHING
    return _below(place, rest)


def _is_party(text: str) -> bool:
    return text in _PARTY or text.startswith(_PARTY_BEGINS) or any(word in text for word in _PARTY_OR_PEOPLE)


def _is_zone(text: str) -> bool:
    return any(word in text for word in _ZONES)


def _placeless(name: str) -> tuple[OrganKind, OrganKind, bool]:
    if _STATE.fullmatch(name) and "区" not in name and _all_chinese(name) and not any(province in name for province in _SHORT_PROVINCES):
        return OrganKind.STATE_DEPARTMENT, OrganKind.STATE_DEPARTMENT, False
    if _is_zone(name):
        return _NOTHING
    if _TOWNSHIP.fullmatch(name) and _all_chinese(name):
        return OrganKind.TOWNSHIP, OrganKind.TOWNSHIP, False
    if name.endswith("厅") and len(name) > 2 and not name.endswith("办公厅"):
        return OrganKind.DEPARTMENT, OrganKind.PROVINCE, False
    return _NOTHING


def _below(place: OrganKind, rest: str) -> tuple[OrganKind, OrganKind, bool]:
    """Return what an organ of a place is: a township in it, or a department of its government."""
    if _TOWNSHIP.fullmatch(rest) and _all_chinese(rest):
        return OrganKind.TOWNSHIP, OrganKind.TOWNSHIP, rest.endswith("政府办公室")
    if rest.endswith(_DEPARTMENT) and len(rest) > 1 and _all_chinese(rest.replace("·", "")) and not _MANAGING_COMMITTEE.search(rest):
        return OrganKind.DEPARTMENT, place, False
    return _NOTHING
