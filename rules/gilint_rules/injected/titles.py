"""What stands in the title of a notice where it has 「关于」, also in words that are on no list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from gilint import Example, Finding, PhraseRule, Report, Severity, Text, deferred, passages_of, read_packaged
from gilint_rules.injected.search import Finder
from gilint_rules.injected.wording import REMOVE, SITES

# A title may quote another one. Every part is taken whole: what does not end in 》 is passed at once.
_TITLE = re.compile(r"《([^《》\n]{6,150}+(?:《[^《》\n]{1,80}+》[^《》\n]{0,60}+)?+)》")
_IS_NOTICE = deferred(r".*的(?:补充|紧急|实施|指导|若干|工作|行动)?(?:通知|意见|决定|批复|公告|通告|函|复函|解释|方案)")
_VERB = deferred(
    r"进一步|做好|加强|切实|全面推进|全面推行|全面落实|深入推进|深入开展|深化|印发|规范|推进|开展|贯彻落实|公布|调整|建立|完善|加快|推动|优化|落实"
)
_ORGAN = deferred(
    r".*(?:办公厅|办公室|秘书局|人民政府|政府|国务院|委员会|党委|党组|管委会|[局厅委部院署]|办事处|领导小组|小组|中心|支队|总队|大队|分局|学校|医院|国办|省办|市办|单位|部门)"
)
# What stands between these and a colon is no part of any title: 国务院办公厅金麒麟:印发……的通知.
_ISSUER = deferred(r"(?:[^:：]{0,40}?(?:人民政府|政府|国务院|委员会|[局厅委部署]))(?:办公厅|办公室|秘书局|政府信息与政务公开办公室){0,3}")
_COLONS = (":", "：")
_COLON_BEFORE = deferred(r"[:：](?=印发|全面|推进|加强|规范|在政务|政府信息公开工作年度)")
_UNQUOTED = deferred(r"(?:国务院办公厅|国务院)[^，,。；;《》\n:：]{2,40}\Z")
_PASSED_ON = deferred(r"转发|联合|秘书局|关于|《|〈|、|和")
_BORDER = " 　:：,，、.。-—_·|"
_HARMLESS = deferred(
    r"20\d\d|\d(?=\d{0,3}[年月日号度季项条个])|[全各市县省州盟旗镇乡部委局厅办组队院]|本级|本[市县区省]|年度|季度|年底|年初|全年|今年|本年|半年|每年|年终|制度|联合会|协会|工会|机关|"
    r"海关|有关|相关|中央|中心|中共|处室|所属|所有|各区|区县|地区|园区|新区|辖区|开发区|区政府|区委|农村|系统|单位|机构|领域|行业|工作|政务|政府|信息|公开|文件|继续|深入|联合|共同|"
    r"期间|阶段|疫情|当前|全力|抓好|认真|落实|贯彻|学习|转发|印发|批转|同意|组织|再次|对|在|为|以|及|和|与|就|、|的|《|〈|国务|国家|党|企业|学校|医院|高校|"
    r"常态|加急|迅速|从严|扎实|依法|统筹|持续|大力|严格|积极|着力|稳步|质量|更好|有序|有效|坚决|规范|强化|优化|提升|提高|健全|抓紧|及时|尽快|实施|建设|创建|试行|暂行|"
    r"引导|鼓励|支持|保障|服务|管理|监督|考核|评估|检查|督查|整改|应急|紧急|重点|专项|集中|试点|改革|创新|行政|法治|数字"
)
_STRANGE = deferred(
    r"[_|【】@]|[,，].|(?i:app|www|\.com|\.net|\.cc|vip|bet|官网|网址|登录|下载|注册|娱乐|体育|彩票|博彩|直播|电竞|棋牌|平台官|入口)"
)
_LONGEST = 60
"""Characters of injected words; what is longer is a title of another kind."""


class TitleSubstituted(PhraseRule):
    """Foreign words where the title of a cited notice has 关于, which are then looked for in the whole text."""

    code, name, severity = "INJ002", "title-substituted", Severity.ERROR
    title = Text("文件标题中的“关于”被替换", "“关于” in the title of a notice was replaced")
    message = Text(
        "“{words}”是外来文字，文件标题中此处应为“关于”：《{cited}》{number}。",
        "“{words}” is foreign text; the title of the notice has “关于” in its place: “{cited}{number}”.",
    )
    suggestion = REMOVE
    rationale = Text(
        "篡改者和采集站常把正文中的“关于”成批替换为推广词。文件标题是固定的，替换后一望可知；同一词语在正文别处出现，也是植入的。",
        "Intruders and copying sites replace every “关于” of a text by what they advertise. Titles of notices are fixed, so it shows there; the same words "
        "elsewhere in the text were put in as well.",
    )
    source = SITES
    forms = ()
    examples = (
        Example(
            document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n认真落实《白石县人民政府办公室金沙乐园进一步做好政务公开工作的通知》,金沙乐园重点领域的信息及时公开。\n",
            finds=((), ()),
        ),
        Example(
            document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n认真落实《白石县人民政府办公室关于进一步做好政务公开工作的通知》。\n"
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Compare titles with those that are known, and with how titles are made; words on a list are told of by the rule on lists."""
        known: Finder | None = None
        told: set[str] = set()
        for title in _titles(passages_of(report).text):
            words, rest, severity = _foreign(title)
            if not words or words in told:
                continue
            known = known or Finder(self.phrases)
            if any(known.find(words)):
                continue
            told.add(words)
            restored, number = _restored(title, words, rest)
            yield from self._everywhere(report, words, severity, restored, number)

    def _everywhere(self, report: Report, words: str, severity: Severity, title: str, number: str) -> Iterator[Finding]:
        where = passages_of(report)
        places = []
        position = where.text.find(words)
        while position >= 0:
            places.append(position)
            position = where.text.find(words, position + len(words))
        if len(places) > 1:
            severity = Severity.ERROR  # what stands for 关于 in a title and in the text beside it leaves no doubt
        for place in places:
            yield self.find(
                severity=severity,
                place=where.place(place),
                excerpts=[where.excerpt(place, place + len(words))],
                words=words,
                cited=title,
                number=f"（{number}）" if number else "",
            )


def _titles(text: str) -> Iterator[str]:
    """Yield titles without 关于: those in quotation marks, and those of known notices that begin with their organ and have a colon for it."""
    for cited in _TITLE.finditer(text):
        if "关于" not in cited[1]:
            yield cited[1]
    for colon in _COLON_BEFORE.finditer(text) if _has_issuer_before_colon(text) else ():
        subject = next((subject for subject in notices() if text.startswith(subject, colon.end())), None)
        issued = _UNQUOTED.search(text, max(0, colon.start() - _LONGEST), colon.start()) if subject is not None else None
        if issued is not None and subject is not None:
            yield f"{issued[0]}{colon[0]}{subject}"


def _has_issuer_before_colon(text: str) -> bool:
    """Say whether the issuer of known notices stands before a colon, as far before it as can belong to one title."""
    at = text.find("国务院")
    while at >= 0:
        behind = text[at : at + _LONGEST + 1]
        if ":" in behind or "：" in behind:
            return True
        at = text.find("国务院", at + 1)
    return False


def _foreign(title: str) -> tuple[str, str, Severity]:
    """Return the foreign words in a title, what follows them, and how sure it is; no words where there are none."""
    subject = next((subject for subject in notices() if title.endswith(subject)), None)
    if subject is not None:
        head = title[: -len(subject)]
        issuer = notices()[subject][0]
        words = head.removeprefix(issuer).strip(_BORDER)
        if 2 <= len(words) <= _LONGEST and (head.rstrip()[-1:] in _COLONS or (head.startswith(issuer) and not _PASSED_ON.search(words))):
            return words, subject, Severity.ERROR
    else:
        verb = _VERB.search(title)
        if verb is None or not _IS_NOTICE.fullmatch(title):
            return "", "", Severity.NOTE
        head, subject = title[: verb.start()], title[verb.start() :]
        issued = _ISSUER.match(head)
        if issued is not None and head.rstrip()[-1:] in _COLONS and 2 <= len(words := head[issued.end() :].strip(_BORDER)) <= _LONGEST:
            return words, subject, Severity.ERROR
    organ = _ORGAN.match(head)
    words = (head[organ.end() :] if organ else head).strip(_BORDER)
    if not 2 <= len(words) <= _LONGEST:
        return "", "", Severity.NOTE
    if _STRANGE.search(words):
        return words, subject, Severity.ERROR
    if (organ is None and subject not in notices()) or _HARMLESS.search(words):
        return "", "", Severity.NOTE
    return words, subject, Severity.ERROR if subject in notices() and organ is not None else Severity.WARNING


def _restored(title: str, words: str, subject: str) -> tuple[str, str]:
    """Return the title as it should be, and its number where it is known."""
    issuer, number = notices().get(subject, ("", ""))
    return (f"{issuer or title[: title.index(words)].strip(_BORDER)}关于{subject}", number)


@lru_cache(maxsize=1)
def notices() -> Mapping[str, tuple[str, str]]:
    """Return issuer and number of each known notice, by what its title has after 关于, with the quotation marks of either kind."""
    known = read_packaged(Path(__file__).with_name("notices.toml"))["notice"]
    by_subject = {}
    for notice in known:
        for subject in (notice["subject"], notice["subject"].replace("《", "〈").replace("》", "〉")):
            by_subject[subject] = (notice["issuer"], notice["number"])
    return by_subject
