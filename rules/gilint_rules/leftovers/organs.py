"""Does the report speak of itself as the report of the organ in its title?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gilint import Example, Excerpt, Finding, Narrative, Organ, OrganKind, Report, Rule, Severity, Text, deferred, either, narrative
from gilint_rules import ARTICLE_49

_NAME = rf"((?:[^\s,，。;；:：、()（）《》“”\"\d与和由]|和(?=城乡|社会保障|改革|草原|信息|旅游|大数据|公共|物资|科技|体育|规划|镇|乡|平)){{3,30}}?(?:局|厅|委员会|委|人民政府|街道办事处|镇政府|乡政府|街道|镇|乡)|[^\W\da-zA-Z与和由]{{1,2}}{either('县区市旗州')}(?:人民政府|政府办公室))"
_SELF = (
    ("由", ("报告由",), deferred(rf"报告由{_NAME}(?:办公室)?(?:根据|依据|按照|编制|负责|综合|结合)")),
    ("请联咨致", ("请联系", "请咨询", "请致电"), deferred(rf"请(?:直接)?(?:联系|咨询|致电){_NAME}")),
    (
        "与",
        ("联系", "咨询"),
        deferred(
            rf"与(?:(?<=[请可]与)|(?<=直接与)|(?<=及时与)){_NAME}(?:办公室|政务公开办公室|政府信息公开办公室|政务公开科|信息公开办)?(?:(?:联系|咨询)(?=。|，|,|；|;|:|：|\(|（|\n|$)|\(|（)",
            re.MULTILINE,
        ),
    ),
)
"""What is looked for first (as `Narrative.has_sign` and `Narrative.has` do), and how a report names its own organ."""
_BEGINNING = deferred(
    rf"20(?<![^\n]20)\d\d年度?[,，]\s?{_NAME}(?=坚持|认真|严格|深入|高度|紧紧|切实|全面|积极|坚决|持续|扎实|按照|以习近平|在)"
)
_ABBREVIATED = ("以下简称我", "以下简称本", "以下简称“我", "以下简称“本", '以下简称"我', '以下简称"本')
_FULL = deferred(
    rf"(?:^|[,，。;；\n]|公布|发布|现将){_NAME}[(（]以下简称[“\"]?(?:我|本)(?:局|厅|委|镇|乡|街道|机关|单位|县|市|区)", re.MULTILINE
)
_TOLD_OF = rf"《?(?!将|予|公布|公开|发布|向社会){_NAME}(?=20\d\d年)"
_ANNOUNCED = deferred(rf"现(?:将|予以?)?(?:向社会)?(?:公布|发布|公开)?{_TOLD_OF}")
_TO_THE_PUBLIC = deferred(rf"向社会公[布开]{_TOLD_OF}")
_SAID = deferred(
    r"(?:政府信息公开|政务公开)工作(?:虽|取得|还|仍|存在|总体|稳步|有序|平稳)|高度重视(?:政府信息|政务)公开"
    r"|(?:严格按照|坚持以公开|认真贯彻|深入贯彻|全面贯彻)[^。,，\n]{0,20}条例"
)
"""What reports say of their own organ; the name is looked for before it, because it can begin anywhere."""
_STATE = deferred(r"公开工作[虽取还仍存总稳有平]")
_SAYS = deferred(rf"(?:^|,|，|。|;|；|\n){_NAME}(?:20\d\d年度?)?\Z")
_ASKING = deferred(r"疑问|咨询|问题|意见|建议|本报告|电话|地址|邮编|邮箱|查阅|不明|了解")
_NEAR = 40
"""Characters around the name of whom to ask in which it is said that somebody may ask."""
_ACTS = deferred(
    r"[局厅会委府处道镇乡](?=[将始扎持稳大深本2未共收政所门网])(?=将(?:进一步|继续|不断|持续|深入|以)|始终|(?:扎实|持续|稳步|大力|深入)推进"
    r"|(?:本年度|20\d\d年度?)?(?:未收取|未收到|未发生|共收到|收到政府信息)|政府信息公开(?:工作领导|工作情况|年度报告)|所有(?:。|，|(?=),)|(?:门户)?网站(?:[（(]|查阅|查询|下载))"
)
"""What is said of any organ, and in a report of none elsewhere but by mistake."""
_ACTING = deferred(rf"(?:^|,|，|。|;|；|\n)(?:[^,，。;；\n]{{0,12}}?(?:以上[是为]|解释权归|可[在从到]|报告[由在]))?{_NAME}\Z")
_PLACE = deferred(r"[^\W\d]{1,11}?[县市区旗州盟镇乡]")
_LONGEST_NAME = 48
_LEVELS = "省市州县区旗"
"""How the names of organs begin of which is said only on which level they are."""
_KINDS = (OrganKind.DEPARTMENT, OrganKind.TOWNSHIP, OrganKind.COUNTY, OrganKind.CITY, OrganKind.PROVINCE)
_SIGNER = deferred(_NAME)
_SIGNED = deferred(rf"{_NAME}?\s{{0,4}}20[0-3]\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日")
_LONGEST_SIGNATURE = 60
_LOOKED_AT = 20_000
"""Characters from the beginning: a report names itself in its opening and in section one."""
_DECORATION = deferred(r"\([^()]*\)|（[^（）]*）|[\s·]")
_NO_NAME = deferred(r"各|本|我|全|该|其|上级|有关|相关|同级|主管|所属|下属|要求|通过|根据|工作")


class OrganOfAnother(Rule):
    """The report calls its organ by another organ's name."""

    code, name, severity = "TXT022", "organ-of-another", Severity.WARNING
    title = Text("文中自称是另一个机关", "The report speaks as another organ")
    message = Text("标题中的机关是{organ}，文中写作“{printed}”。", "The title is of {organ}, the text says “{printed}”.")
    suggestion = Text(
        "请核对文稿是否由其他机关的报告改成，改正机关名称和有关内容。",
        "Find out whether the text was made from another organ's report, and correct name and content.",
    )
    rationale = Text(
        "机关名称写成了别的机关，说明文稿套用了别人的报告，其内容和数据也可能不是本机关的。",
        "Another organ's name shows that its report was taken for this one; content and figures may be that organ's, too.",
    )
    source = (ARTICLE_49,)
    examples = (
        Example(
            paragraphs={"": "白石县商务局2021年政府信息公开工作年度报告\n本报告由青原县教育局根据《条例》编制。"},
            finds=((),),
        ),
        Example(
            paragraphs={"": "白石县商务局2021年政府信息公开工作年度报告\n本报告由县商务局根据《条例》编制。"},
            note=Text("简称不算", "a short name is the same organ"),
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look only where a report names its own organ, and for one of the same kind: superiors, offices and others are named everywhere."""
        organ = report.organ
        if organ is None or organ.kind not in _KINDS:
            return
        told = narrative(report)
        own, seen = _bare(organ.name), set[str]()
        for start, end in (*_named(told, organ.name), *_elsewhere(told, organ)):
            name = told.text[start:end]
            if name == organ.name or name in seen or _is_same(_bare(name), own) or _NO_NAME.search(name):
                continue
            if _organ(name).kind is organ.kind:
                seen.add(name)
                excerpt = told.quote(start, end)
                yield self.find(place=excerpt.place, excerpts=[excerpt], organ=organ.name, printed=name)
        signed = _signature(told)
        if (
            signed is not None
            and signed.text not in seen
            and not _is_same(_bare(signed.text), own)
            and _organ(signed.text).kind is organ.kind
        ):
            yield self.find(place=signed.place, excerpts=[signed], organ=organ.name, printed=signed.text)


def _named(told: Narrative, own: str) -> Iterator[tuple[int, int]]:
    """Yield where a report seems to name its own organ, which is ``own``."""
    for sign, marks, pattern in _SELF:
        if told.has_sign(sign) and told.has(*marks):
            for match in pattern.finditer(told.text, 0, _LOOKED_AT):
                # Offices write to each other, too: 及时与县档案局联系，移交文件.
                if sign != "与" or _ASKING.search(told.text, max(0, match.start() - _NEAR), match.end() + _NEAR):
                    yield match.span(1)
    yield from _announced(told)
    if told.has_sign('称我本“"'):
        for start, end in told.lines_with(*_ABBREVIATED):
            yield from (match.span(1) for match in _FULL.finditer(told.text, start, min(end, _LOOKED_AT)))
    yield from (match.span(1) for match in _BEGINNING.finditer(told.text, 0, _LOOKED_AT))
    if not told.has_sign("高度", "格按", "以公", "彻") and not _STATE.search(told.text, 0, _LOOKED_AT):
        return
    for said in _SAID.finditer(told.text, 0, _LOOKED_AT):
        name = _SAYS.search(told.text, max(0, said.start() - _LONGEST_NAME), said.start())
        # Of organs above and below the same is said: 市商务局高度重视政务公开工作 in the report of a county.
        if name is not None and (name[1][0] not in _LEVELS or name[1][0] in own):
            yield name.span(1)


def _elsewhere(told: Narrative, own: Organ) -> Iterator[tuple[int, int]]:
    """Yield names of organs of another place on the same level of which something is said that a report says of its own."""
    place = _PLACE.match(own.name)
    for act in _ACTS.finditer(told.text, 0, _LOOKED_AT) if place else ():
        name = _ACTING.search(told.text, max(0, act.end() - _LONGEST_NAME), act.end())
        there = name and _PLACE.match(name[1])
        if name and place and there and there[0] not in own.name and place[0] not in name[1] and _organ(name[1]).level is own.level:
            yield name.span(1)


def _announced(told: Narrative) -> Iterator[tuple[int, int]]:
    """Yield the names between words that announce the report and its year."""
    to_the_public = told.has("向社会")
    if not to_the_public and not told.has_sign("现公将予发向"):
        return
    # Each by itself, for what begins with a word is found far sooner than what begins with one of several.
    plain = list(_ANNOUNCED.finditer(told.text, 0, _LOOKED_AT))
    public = list(_TO_THE_PUBLIC.finditer(told.text, 0, _LOOKED_AT)) if to_the_public else []
    end = 0
    for match in sorted(plain + public, key=re.Match.start) if public else plain:
        if match.start() >= end:
            end = match.end()
            yield match.span(1)


def _signature(told: Narrative) -> Excerpt | None:
    """Return the organ that stands over the date under the report, or beside it."""
    paragraphs = told.under("other") or ()
    for before, paragraph in zip((None, *paragraphs), paragraphs, strict=False):
        if len(paragraph.text) > _LONGEST_SIGNATURE or "日" not in paragraph.text:
            continue
        signed = _SIGNED.fullmatch(paragraph.text)
        if signed is None:
            continue
        if signed[1]:
            return Excerpt(signed[1], 6, paragraph.place)
        if before is not None and _SIGNER.fullmatch(before.text):
            return Excerpt(before.text, 6, before.place)
    return None


@lru_cache(maxsize=256)
def _bare(name: str) -> str:
    return _DECORATION.sub("", name).removesuffix("办事处").removesuffix("人民政府").removesuffix("政府")


def _is_same(one: str, other: str) -> bool:
    """Say whether one name can be short for the other: its characters stand in the other in the same order (发改委, 发展和改革委员会)."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _organ(name: str) -> Organ:
    from gilint import organ_of  # Loads the recogniser, which a list of rules does not need.

    return organ_of(name)
