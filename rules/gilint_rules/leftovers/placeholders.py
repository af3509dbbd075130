"""Blanks of a sample that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field

from gilint import Example, Finding, Narrative, Report, Rule, Severity, Text, deferred, either, narrative
from gilint_rules import FORMATS, texts

_ORGAN = "(?:人民)?(?:省|市|县|区|乡|镇|街道|局|厅|委(?!托)|办(?!理)|部门|单位|政府|机关|科室|科|处|年|月|日|条|件|篇|份|项|人次|次|场|期|起|宗|名|万元|元|号令?文?|领导|工作|平台|网站|栏目|发布|微信公众号|公众号|政务)"
# Names of applicants and numbers are made unreadable with the same marks (张××, 138××××0000), and sites abbreviate 信息 as xx in addresses.
_CROSSES = deferred(
    r"[XＸ×✕╳x](?:(?<=[XＸ×✕╳])(?<![A-Za-z0-9._/@*＊-].)[XＸ×✕╳]{0,11}(?![A-Za-z0-9._/@*＊XＸ×✕╳-])|(?<=x)(?<![A-Za-z0-9._/@-].)x{1,11})"
    rf"(?={_ORGAN}|[余多][件条人篇份项次名个]|[%％])|[XＸ×](?<![A-Za-z0-9._/@*＊-].)\.[XＸ×]{{1,2}}(?=[%％])"
)
_ENCLOSED = deferred(
    r"(?:(?<=“)|(?<=【)|(?<=（)|(?<=\())[XＸ×]{2,6}(?=[”】）)])|(?<=[由达为约近超件])[XＸ×]{2,4}(?=同志|以上|以下|左右|[，。；])|(?<![？?])[？?]{2,3}(?=(?:[件条篇份项场期]|人次)[，。；、,;])"
)
# Stars and circles hide names as well (张**, 李○○), so nobody's name may stand before them nor an office behind.
_STARS = deferred(
    rf"(?<![\w*＊○◯〇@./-])(?:[*＊]{{2,12}}|[○◯〇]{{2,12}})(?={_ORGAN})|(?<=[\u4e00-\u9fff])[*＊]{{2,12}}(?=人次|条|件|篇|份|项|次|场|期|起|万元|年)|(?<=[据照将由经按会])(?:[*＊]{{2,12}}|[○◯〇]{{2,12}})(?=[局县市镇乡区](?!长))"
)
_YEAR = deferred(r"20(?<!\d20)(?:[XxＸｘ×*＊]{1,2}|[_＿]{1,4}|\d[XxＸｘ×*＊])\s?年")
_SOMEBODY = deferred(r"某{2,3}(?:省|市|县|区|乡|镇|街道|局|厅|委员会|部门|单位|年|月)(?![\u4e00-\u9fff]?[诉案])")
_EMPTY = deferred(r"【\s{0,20}】(?![”’])|〔\s{0,20}〕\s?号?|_{2,40}(?=[年月日条件次个万名号，。])|＿{2,40}(?=[年月日条件次个万名号，。])")
_ASKED = deferred(
    r"[(（【\[〔<《][^()（）【】\[\]〔〕<>《》\n]{0,12}(?:此处|这里|请在?此|请填|请输入|请插入|请补充|请根据|按实际|根据实际情况|填写|填入|待补充|待填|待核实|待确认|待更新|(?:示例|样例|模板|范本)(?![^()（）【】\[\]〔〕<>《》\n]{0,30}[)）】\]〕]》)|待定|具体数[字量]|请删除|插入(?:数据|图片|表格|图表|文字|内容))"
    r"[^()（）【】\[\]〔〕<>《》\n]{0,30}[)）】\]〕>》]"
    r"|[(（【\[〔][^()（）【】\[\]〔〕\n]{0,12}由各?(?:[科股处]室|部门|单位|机构|办公室|镇街|乡镇|街道|企业)[^()（）【】\[\]〔〕\n]{0,4}(?:补充|填写|填报|提供)[)）】\]〕]"
)
_LABELLED = deferred(
    r"(?:电话|邮编|邮政编码|传真|邮箱|地址|联系人|网址|负责人)(?:号码)?[:：]\s?([XxＸ×*＊]{2,40}+)(?![@＠\da-zA-Z._-])|(?<!\d)0\d{2,3}[-—－]?[XxＸ×]{5,8}(?!\d)|[:：]\s?([XＸ×]{2,40})(?=[。；;）)\n]|$)",
    re.MULTILINE,
)
_BRACES = deferred(r"\{\{[^{}\n]{1,20}\}\}|\$\{[^{}\n]{1,20}\}|[{｛](?:单位|机关|年份|日期|数量|姓名|电话)[^{}｛｝\n]{0,8}[}｝]")
# A number that was left out: 收到申请  件, 开展培训(  )次, 20  年.
_BLANK = deferred(
    r"[ \u3000\xa0]{1,20}(?:件|条|次|份|人次|篇|期|场|项)(?=[，。；、,;])"
    r"|[（(][ \u3000\xa0]{0,20}[)）](?:件|条|次|份|人次|篇|期|场|项|年|月|日|万元)(?=[，。；、,;\d]|[（(])"
    r"|20(?<![\d近约]20)[ \u3000\xa0]{2,20}年(?![来前后间])"
    # A page shows several spaces as one. 20 年 is also how long something lasts, but not as 年度, before a month, or at the beginning of a sentence.
    r"|20(?<![\d近约满超]20)[ \u3000\xa0]年(?:度(?!化)|(?=[ \u3000\xa0]?(?:\d{1,2}[ \u3000\xa0]?)?月)|(?<![^。；;\n]20.年)(?=[，,]))"
)
_BEFORE_BLANK = ("申请", "答复", "信息", "培训", "收到", "办结", "公开", "发布", "受理", "结转", "会议", "复议", "诉讼")
_NAMED = deferred(r"[(（【\[〔]\s?(?:本?(?:单位|部门|机关|机构|乡镇|街道))(?:名称|全称|简称)\s?[)）】\]〕]")
_WAITING = deferred(
    r"(?:^|(?<=[:：,，。;；、\n]))\s{0,3}(?:此处|数据|内容|情况|具体内容|具体数据|本部分|该部分)?\s?(?:待(?:补充|填写|填报|填|补录|录入|更新|完善|核实|核对|定)(?:数据|内容)?|请(?:补充|填写)|TODO)(?=\s{0,3}(?:[,，。.;；…\n]|$))",
    re.MULTILINE,
)
_HERE = deferred(r"此处(?:请)?(?:填写|填入|插入|补充|输入|添加|省略|略)|请在此(?:处)?(?:填写|输入|插入|补充)")


@define(eq=False, repr=False)
class PlaceholderLeft(Rule):
    """A blank of a sample that was not filled in."""

    code, name, severity = "TXT021", "placeholder-left", Severity.ERROR
    title = Text("样稿中的占位文字没有替换", "A placeholder was left in")
    message = Text("“{printed}”是没有替换的占位文字。", "“{printed}” is a placeholder that was not filled in.")
    suggestion = Text("请换成本机关的实际内容。", "Put in what is true of this organ.")
    rationale = Text(
        "占位文字没有替换，说明文稿未经核对，附近的内容也可能是样稿里的。",
        "A placeholder that is still there shows that nobody proofread the text; what stands near it may be the sample's as well.",
    )
    source = FORMATS
    words: tuple[str, ...] = field(
        default=(),
        converter=texts,
        metadata={"doc": Text("另外视为占位文字的词", "more words that are placeholders")},
    )
    examples = (
        Example(paragraphs={"problems": "XX局20XX年公开不够及时。"}, finds=((), ())),
        Example(paragraphs={"problems": "公开不够及时。（此处填写改进措施）"}, finds=((),)),
        Example(paragraphs={"problems": "公开制度有待补充完善,对申请人张××的答复不够及时。"}),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look for the marks first: most reports have none."""
        told = narrative(report)
        spans = sorted(set(self._spans(told)))
        end = 0
        for start, stop in spans:
            if start < end:
                continue
            end = stop
            excerpt = told.quote(start, stop)
            yield self.find(place=excerpt.place, excerpts=[excerpt], printed=excerpt.text)

    def _spans(self, told: Narrative) -> Iterator[tuple[int, int]]:
        text = told.text
        for marks, patterns in _LOOKS if _SIGN.search(text) else ():
            for start, end in told.lines_with(*marks, broken=True) if marks else ((0, len(text)),):
                for pattern in patterns:
                    for match in pattern.finditer(text, start, end):
                        if pattern is _BLANK and match[0][0].isspace() and not text.endswith(_BEFORE_BLANK, 0, match.start()):
                            continue
                        if pattern is _CROSSES or pattern is _STARS:
                            yield self._widened(text, match)
                        else:
                            yield match.span(0 if pattern is _SOMEBODY else match.lastindex or 0)
        for word in self.words:
            at = text.find(word) if word else -1
            while at >= 0:
                yield at, at + len(word)
                at = text.find(word, at + len(word))

    def _widened(self, text: str, match: re.Match[str]) -> tuple[int, int]:
        """Take in what the crosses stand before: XX局, not XX."""
        following = _FOLLOWING.match(text, match.end())
        return match.start(), following.end() if following else match.end()


# A look at each character that a placeholder begins with or has in it, and then at the one after it: most reports have no other sign of any.
_SIGN = deferred(
    r"[XＸ×✕╳{｛\u3000\xa0xｘ*＊_＿○◯〇称 （(某【〔填请输插实示样模范具此这待T充供报写？?](?:(?<=[XＸ×✕╳{｛\u3000\xa0])"
    r"|(?=[？?XxＸｘ×*＊_＿年\s○◯〇某)）】\]〕件条次份写入填输插根补在此删际例板本体处里录更完核定确O])"
    rf"(?:(?<={either('xｘ*＊_＿')})(?:\s|{either('XxＸｘ×*＊_＿年')})|(?<=[？?])[？?]|(?<={either('○◯〇某')}){either('○◯〇某')}|(?<=称)(?:\s|{either(')）】]〕')})"
    rf"|(?<= ){either('件条次份年 ')}|(?<={either('充供报写')}){either(')）】〕]')}|(?<={either('（(【〔')}){either(')）】〕 ')}"
    rf"|(?<=填)[写入]|(?<=请){either('填输插根补在此删')}|(?<=插)入|(?<=按实)际|(?<=据实)际情|(?<=[示样])例|(?<=模)板|(?<=范)本|(?<=具)体数|(?<=此)处|(?<=这)里"
    rf"|(?<=待){either('补填录更核定确')}|(?<=待)(?<!有待)完|(?<=T)O))"
)
_FOLLOWING = deferred(_ORGAN)
_LOOKS: tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...] = (
    (("X", "Ｘ", "×", "✕", "╳", "xx"), (_CROSSES,)),
    (("XX", "ＸＸ", "××", "？？", "??"), (_ENCLOSED,)),
    (("**", "＊＊", "○○", "◯◯", "〇〇"), (_STARS,)),
    ((), (_YEAR,)),
    (("名称", "全称", "简称"), (_NAMED,)),
    (("：X", ":X", "：×", ":×", "：Ｘ", "：x", ":x", "：*", ":*", "-X", "—X", "－X", "-×", "1XXX", "-x", "： X", ": X"), (_LABELLED,)),
    (("{", "｛"), (_BRACES,)),
    ((" 件", " 条", " 次", " 份", "\u3000", "\xa0", "20 ", "20\u3000", "20\xa0", "（）", "()", "（ ", "( "), (_BLANK,)),
    (("某某",), (_SOMEBODY,)),
    (("【】", "【 ", "【\u3000", "【\xa0", "〔〕", "〔 ", "__", "＿＿"), (_EMPTY,)),
    (
        (
            "充）",
            "充)",
            "充】",
            "写）",
            "写)",
            "写】",
            "供）",
            "供)",
            "供】",
            "供]",
            "充]",
            "报）",
            "报)",
            "报】",
            "报]",
            "写]",
            "充〕",
            "写〕",
            "供〕",
            "报〕",
        ),
        (_ASKED,),
    ),
    (("请填", "请输入", "请插入", "请根据", "实际", "填写", "填入", "示例", "样例", "模板", "范本", "具体数"), (_ASKED,)),
    (("此处", "请在", "请补充", "请删除", "插入", "这里"), (_ASKED, _HERE)),
    (("待", "请补充", "请填写", "TODO"), (_ASKED, _WAITING)),
)
"""Marks, and the patterns that are looked for in lines with one of them. What begins with digits is its own mark. Whatever they find has a sign in it."""
