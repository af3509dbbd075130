"""The words around the tables, as offices write them, in agreement with the figures."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from attrs import frozen

from gilint.form import CellKey, Form, SectionSpec
from gilint.testing.factory import Number

_ARTICLE = "《中华人民共和国政府信息公开条例》(国务院令第711号,以下简称《条例》)"
_NOTICES = {
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》(国办公开办函〔2019〕60号)",
    "2021": "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》(国办公开办函〔2021〕30号)",
}
_OPENINGS = (
    "{year}年,{organ}坚持以习近平新时代中国特色社会主义思想为指导,紧扣群众关切推进政务公开,各项任务按期落实。现将有关情况报告如下。",
    "{year}年,本机关把政务公开作为法治政府建设的基础性工作,对照年度工作要点逐项分解、逐月调度,公开的质量和实效进一步提高。",
    "一年来,{organ}认真落实上级关于政务公开的部署,以公开促落实、促规范、促服务,工作总体平稳有序。",
)
_TOPICS = (
    (
        "主动公开情况",
        "围绕重点领域及时更新目录,全年通过门户网站公开各类信息{web}条,通过政务新媒体发布信息{media}条,解读政策文件{explained}篇。",
    ),
    ("依申请公开情况", "严格执行登记、审核、办理、答复、归档全流程规范,{applications}"),
    ("政府信息管理情况", "完善信息发布“先审后发、一事一审”机制,对历年存量文件进行了{checks}轮清理,确保底数清、来源明、可追溯。"),
    ("平台建设情况", "优化政府信息公开专栏检索功能,全年开展网站自查{inspections}次,整改错链、断链{links}个。"),
    ("监督保障情况", "将政务公开纳入绩效考核,分值权重不低于{weight}%,组织专题培训{trainings}次,参训{trained}人次,未发生责任追究情形。"),
)
_PROBLEMS = (
    "一是个别科室对公开属性的认定还不够准确;二是政策解读的形式较为单一;三是基层从事公开工作的人员变动较快,业务衔接有待加强。",
    "主要问题:公开内容与群众期待仍有距离,图文解读、视频解读占比偏低;部分栏目更新不够及时。",
)
_IMPROVEMENTS = (
    "下一步,一是加强业务培训,年内实现培训全覆盖;二是丰富解读形式,推动重要文件同步起草、同步审签、同步发布;三是健全常态化抽查机制。",
    "改进措施:制定任务清单,明确责任到人,每季度通报一次栏目更新情况,对整改不到位的督促限期完成。",
)


@frozen
class Words:
    """The text of one section."""

    heading: str
    """With its numeral."""
    paragraphs: tuple[str, ...]


def preamble(form: Form, organ: str, year: int, random: Random) -> tuple[str, ...]:
    """Return what stands between the title and the first heading."""
    notice = _NOTICES.get(form.edition, form.source)
    period = f"本报告所列数据的统计期限自{year}年1月1日起,至{year}年12月31日止。"
    contact = f"如对本报告有疑问,请与{organ}办公室联系(地址:迎宾大道{random.randint(1, 399)}号,电话:0{random.randint(310, 999)}-{random.randint(2_100_000, 8_899_999)})。"
    first = f"根据{_ARTICLE}和{notice}要求,现公布{organ}{year}年度政府信息公开工作情况。"
    return (first + period, contact) if random.random() < 0.5 else (first, period + contact)


def sections(form: Form, figures: Mapping[CellKey, Number], organ: str, year: int, random: Random) -> dict[str, Words]:
    """Return headings and narrative of every section of ``form``, by the section's name."""
    written: dict[str, Words] = {}
    for section in form.sections:
        paragraphs = _section(section, form, figures, organ, year, random)
        written[section.name] = Words(f"{numeral(section.number)}、{section.label.zh}", paragraphs)
    return written


def numeral(number: int) -> str:
    """Return a number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones] if ones else ''}"


def _section(section: SectionSpec, form: Form, figures: Mapping[CellKey, Number], organ: str, year: int, random: Random) -> tuple[str, ...]:
    if section.name == "overview":
        return _overview(figures, organ, year, random)
    if section.name == "problems":
        return (random.choice(_PROBLEMS), random.choice(_IMPROVEMENTS))
    if section.name == "other":
        fees = f"{year}年,本机关未收取政府信息公开信息处理费。" if year >= 2021 else ""
        return tuple(
            text for text in (fees, random.choice(("无其他需要报告的事项。", "无。", "除上述情况外,无其他需要报告的事项。"))) if text
        )
    if section.name == "reviews" and random.random() < 0.3:
        return (_reviews(figures, year),)
    return ()


def _overview(figures: Mapping[CellKey, Number], organ: str, year: int, random: Random) -> tuple[str, ...]:
    numbers = {
        "web": random.randint(20, 2600),
        "media": random.randint(10, 900),
        "explained": random.randint(1, 30),
        "checks": random.randint(1, 4),
        "inspections": random.randint(2, 12),
        "links": random.randint(0, 60),
        "weight": random.randint(4, 6),
        "trainings": random.randint(1, 6),
        "trained": random.randint(12, 400),
        "applications": _applications(figures),
    }
    paragraphs = [random.choice(_OPENINGS).format(year=year, organ=organ)]
    # Many offices number the paragraphs of section one with the numerals of the sections themselves.
    inner = random.choice(("({})", "({})", "{}、"))
    style = random.choice(("{number}{topic}。{text}", "{number}{topic}\n{text}"))
    for index, (topic, text) in enumerate(_TOPICS, 1):
        number = inner.format(numeral(index))
        paragraphs.extend(style.format(number=number, topic=topic, text=text.format_map(numbers)).split("\n"))
    return tuple(paragraphs)


def _applications(figures: Mapping[CellKey, Number]) -> str:
    new, carried = figures.get(("applications", "new", "total")), figures.get(("applications", "carried_in", "total"))
    if new is None or carried is None:
        return "全年办理工作平稳有序。"
    if not new and not carried:
        return "全年未收到政府信息公开申请。"
    pending = figures["applications", "carried_out", "total"]
    return f"全年新收政府信息公开申请{new}件,上年结转{carried}件,结转下年度继续办理{pending}件,均在法定期限内处理。"


def _reviews(figures: Mapping[CellKey, Number], year: int) -> str:
    review = figures.get(("reviews", "administrative_review", "total"), 0)
    litigation = sum(figures.get(("reviews", row, "total"), 0) for row in ("litigation_direct", "litigation_after_review"))
    if not review and not litigation:
        return f"{year}年,本机关未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。"
    return f"{year}年,本机关因政府信息公开被申请行政复议{review}件、被提起行政诉讼{litigation}件。"
