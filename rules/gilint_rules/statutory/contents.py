"""Does the narrative hold what it must?"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from gilint import Example, Excerpt, Finding, OrganKind, Report, Rule, Severity, Text, deferred, narrative
from gilint_rules import ARTICLE_50, FEE_MEASURES, FORMATS, NOTICE_2021

_FEE_WORDS = ("处理费", "免费", "计收", "收费", "费用", "收取", "缴费", "计费", "信息费")
_FIRST_YEAR_OF_FEES = 2021
_GOVERNMENTS = (OrganKind.PROVINCE, OrganKind.CITY, OrganKind.COUNTY)
_ACCOUNTABILITY = ("考核", "评议", "责任追究", "追责", "问责", "追究", "测评", "评估")
_SPACES = deferred(r"\s+")
_NUMBERED = deferred(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]+")
_NOTHING = deferred(
    r"(?:20\d\d年度?[,，]?)?(?:本(?:机关|单位|部门|局|年度|年|镇|乡|街道)|我[局镇委办县市区]|目前)?[,，]?(?:目前)?(?:暂时?)?"
    r"(?:无|没有|不存在|未发现|略|同上|见附件|详见附件)[存在的主要需报告突出明显问题情况内容事项及改进不足和与其他]{0,16}[。.]?"
)
_LONGEST_NOTHING = 36
"""Characters that this can match."""
_NONE_OF_EACH = deferred(
    r"(?:(?:[（(]?[一二三四五六\d][)）、.．]{1,2})?无?(?:存在的?)?(?:主要)?(?:问题|改进措施|改进情况)(?:及改进情况)?[:：,，]?无?[。;；,，]?){1,4}"
)
"""Nothing under each of several labels: 存在问题：无。改进措施：无。"""
_FAULT_WORDS = deferred(
    r"问题|没有|未|尚|不足|不够|有待|薄弱|欠缺|欠|偏|差距|滞后|缺|难|不高|不强|不深|不全|不及时|不到位|不平衡|不完善|弱|慢|少|单一|困难|短板|需要?加强|需(?:进一步)?|不(?![断仅但止存忘负])|低|窄|频繁|落后|粗|浅"
)
_YEAR = deferred(r"20\d\d年")
_DIGIT = deferred(r"\d|[一二三四五六七八九十百][条件次篇期项]")


class FeesNotStated(Rule):
    """Section six says nothing on information-processing fees."""

    code, name, severity = "LAW001", "fees-not-stated", Severity.WARNING
    title = Text("第六部分没有说明信息处理费", "Section six does not say what information-processing fees were charged")
    message = Text(
        "第六部分“{section}”没有说明信息处理费收取情况{elsewhere}。",
        "Section six, “{section}”, does not say what information-processing fees were charged{elsewhere}.",
    )
    suggestion = Text(
        "请在第六部分写明本年度收取信息处理费的情况；没有收取的，写明“本年度未收取信息处理费”。",
        "Say in section six what fees were charged in the year; where none were, say that none were.",
    )
    rationale = Text(
        "自2021年度起，年度报告应当说明依申请公开收取信息处理费的情况，没有收取的也要说明。",
        "From report year 2021 on a report has to say what was charged for processing applications, also where nothing was.",
    )
    source = (ARTICLE_50, FEE_MEASURES, NOTICE_2021)
    examples = (
        Example(paragraphs={"other": "无其他需要报告的事项。"}, finds=((),)),
        Example(paragraphs={"other": "本年度未收取任何费用。"}, note=Text("说明的写法不限", "any wording of it serves")),
        Example(edition="2019", year=2020, paragraphs={"other": "无。"}, note=Text("2020年度尚不要求", "not yet demanded for 2020")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Ask every word of section six; where the statement stands elsewhere it is a note."""
        if report.cells_only or (report.year or 0) < _FIRST_YEAR_OF_FEES:
            return
        told = narrative(report)
        section = report.section("other")
        if section is None or any(word in paragraph.text for paragraph in told.under("other") or () for word in _FEE_WORDS):
            return
        if any("处理费" in block.text for block in _grid_cells(report)) or (report.document.pictures and not section.paragraphs):
            return
        label = next((spec.label for spec in (report.form.sections if report.form else ()) if spec.name == "other"), section.heading)
        at = told.text.find("处理费")
        where = Text("，该情况写在了其他部分", "; it is said elsewhere") if at >= 0 else ""
        excerpts = [told.quote(at, at + 3)] if at >= 0 else [Excerpt(section.heading, section.number, section.place)]
        yield self.find(severity=Severity.NOTE if at >= 0 else None, place=section.place, excerpts=excerpts, section=label, elsewhere=where)


def _grid_cells(report: Report) -> Iterator[Excerpt]:
    """Yield what stands in the cells of all tables: some offices state the fees in one of their own."""
    for block in report.document.blocks:
        for row in getattr(block, "rows", ()):
            for cell in row:
                yield Excerpt(cell.text)


class AccountabilityMissing(Rule):
    """A government's report without a word on assessment, public review and accountability."""

    code, name, severity = "LAW008", "accountability-missing", Severity.WARNING
    title = Text("没有工作考核、社会评议和责任追究情况", "Nothing on assessment, public review and accountability")
    message = Text(
        "{organ}的年度报告第一部分没有提到工作考核、社会评议和责任追究结果情况。",
        "Section one of the report of {organ} has no word on the results of assessment, public review and accountability.",
    )
    suggestion = Text(
        "请在第一部分补充工作考核、社会评议和责任追究结果情况；没有发生责任追究的，也要写明。",
        "Add the results of assessment, public review and accountability to section one; where nobody was held to account, say so.",
    )
    rationale = Text(
        "县级以上地方人民政府的年度报告，除一般内容外还应当包括工作考核、社会评议和责任追究结果情况。",
        "The report of a local government at county level or above must also hold the results of assessment, public review and accountability.",
    )
    source = (ARTICLE_50,)
    examples = (
        Example(
            organ="白石县人民政府", paragraphs={"overview": "2021年,白石县公开政府信息1200条,办理申请31件,开展业务培训2次。"}, finds=((),)
        ),
        Example(organ="白石县人民政府"),
        Example(paragraphs={"overview": "2021年,我局公开政府信息1200条。"}, note=Text("部门不要求", "not demanded of departments")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look for any of the words in section one of governments from the county upwards; their offices may report for themselves."""
        organ = report.organ
        if organ is None or organ.kind not in _GOVERNMENTS or organ.government_office or report.cells_only:
            return
        section = report.section("overview")
        paragraphs = narrative(report).under("overview")
        if section is None or not paragraphs or any(word in paragraph.text for paragraph in paragraphs for word in _ACCOUNTABILITY):
            return
        yield self.find(place=section.place, excerpts=[Excerpt(section.heading, section.number, section.place)], organ=organ.name)


@define(eq=False, repr=False)
class SectionWithoutContent(Rule):
    """Section one or five is empty or holds a stock phrase only."""

    code, name, severity = "LAW009", "section-without-content", Severity.WARNING
    title = Text("总体情况或存在问题部分没有实际内容", "The general situation or the problems are empty or a stock phrase")
    message = Text("第{number}部分“{section}”{state}。", "Section {number}, “{section}”, {state}.")
    suggestion = Text(
        "请写明本机关本年度的实际情况；第五部分要写明存在的主要问题和改进措施。",
        "Report what the year was really like; section five has to name problems and how they are to be remedied.",
    )
    rationale = Text(
        "《条例》要求年度报告说明公开工作情况、存在的主要问题及改进情况，空白或套话等于没有报告。",
        "The Regulations demand an account of the work, of its main problems and of improvements; an empty section or a stock phrase is none.",
    )
    source = FORMATS
    shortest: int = field(
        default=40,
        metadata={
            "doc": Text(
                "不超过这么多字而没有实际内容的，视为套话", "up to so many characters without any substance are taken for a stock phrase"
            )
        },
    )
    examples = (
        Example(paragraphs={"problems": "无。"}, finds=((),)),
        Example(paragraphs={"overview": "", "problems": "今后将进一步做好政府信息公开工作。"}, finds=((), ())),
        Example(paragraphs={"problems": "公开不够及时,今后加强培训。"}, note=Text("写得短，但有内容", "short, but it says something")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look at both sections; what may be a picture or lie in a table is left alone."""
        if report.cells_only or report.form is None:
            return
        for name, number in (("overview", Text("一", "1")), ("problems", Text("五", "5"))):
            section = report.section(name)
            if section is None:
                continue
            paragraphs = narrative(report).under(name) or ()
            if sum(len(paragraph.text) for paragraph in paragraphs) > 4 * self.shortest:
                continue
            text = "".join(_SPACES.sub("", _NUMBERED.sub("", paragraph.text)) for paragraph in paragraphs)
            state = self._state(name, text)
            if state is None or _is_illustrated(report, name) or report.document.framed or (not text and _in_tables(report)):
                continue
            label = next(spec.label for spec in report.form.sections if spec.name == name)
            quoted = paragraphs[0] if paragraphs else None
            excerpt = (
                Excerpt(quoted.text, section.number, quoted.place) if quoted else Excerpt(section.heading, section.number, section.place)
            )
            yield self.find(place=excerpt.place, excerpts=[excerpt], number=number, section=label, state=state)

    def _state(self, name: str, text: str) -> Text | None:
        if not text:
            return Text("没有任何文字", "has no text")
        if (len(text) <= _LONGEST_NOTHING and _NOTHING.fullmatch(text)) or ("无" in text and _NONE_OF_EACH.fullmatch(text)):
            return Text("只写了“{text}”", "says only “{text}”").filled(text=text)
        if len(text) <= self.shortest and not (_DIGIT.search(_YEAR.sub("", text)) if name == "overview" else _FAULT_WORDS.search(text)):
            return Text("只有一句套话，没有实际内容", "is a stock phrase and says nothing of substance")
        return None


def _is_illustrated(report: Report, name: str) -> bool:
    """Say whether a picture may hold what a section says: one within it, or one of which nobody knows where it stands."""
    document = report.document
    if not document.pictures_at:
        return document.pictures > 0
    starts = [section.place.paragraph for section in report.sections if section.name and section.place is not None]
    own = next((section.place for section in report.sections if section.name == name), None)
    if own is None or own.paragraph is None:
        return True
    after = [start for start in starts if start is not None and start > own.paragraph]
    return any(own.paragraph <= at < min(after, default=at + 1) for at in document.pictures_at)


_SENTENCE = 60
"""Characters of a cell that holds narrative."""


def _in_tables(report: Report) -> bool:
    return any(len(cell.text) > _SENTENCE for cell in _grid_cells(report))
