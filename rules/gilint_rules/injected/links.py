"""Links within the text of a report to sites that no government page links to."""

from __future__ import annotations

from collections.abc import Iterator

from gilint import Example, Finding, Report, Rule, Severity, Text, deferred, narrative
from gilint_rules.injected.hidden import is_foreign
from gilint_rules.injected.wording import REMOVE, SITES

_PAGE = (
    "<h1>白石县教育局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>认真推进{link}工作。</p>"
    "<p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p>"
)
_FILE = deferred(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|jpe?g|png|gif|mp[34])(?:[?#]|$)")
# Papers, sites, companies and the like are linked to by their names; the foot of a page by what it says of itself.
_NAMED = deferred(
    r"(?:网站|网页|官网|网|报|台|在线|客户端|公众号|平台|公司|中心|银行|大学|学院|协会|微博|视频号|抖音号?|[Aa][Pp][Pp]|》|链接|附件|详情|全文|原文)[”\"》）)]?$"
)
_FURNITURE = deferred(
    r"技术支持|承办|主办|版权|备案|ICP|分享|来源|作者|编辑|打印|关闭|下载|上一篇|下一篇|上一条|下一条|网址|地址|友情链接|相关链接"
)
_SHORTEST_NAME = 4
"""Letters of the name of a site that is printed beside a link to it."""


class ForeignLink(Rule):
    """Words of the text that are a link to a site that is no government's."""

    code, name, severity = "INJ006", "foreign-link", Severity.WARNING
    title = Text("正文中的文字链接到外部网站", "Words of the text are a link to another site")
    message = Text("正文中的“{words}”链接到 {address}。", "The words “{words}” in the text are a link to {address}.")
    suggestion = REMOVE
    rationale = Text(
        "篡改者常在正文的普通词语上加外部链接，借政府网站为其网站提高排名；页面上不易察觉，点击后会离开政府网站。",
        "Intruders make ordinary words of a text links to sites that they want to be found; nobody notices until he clicks and leaves the government's site.",
    )
    source = SITES
    forms = ()
    examples = (
        Example(document=_PAGE.format(link='<a href="http://www.example.com/">政务公开</a>'), finds=((),)),
        Example(
            document=_PAGE.format(link='<a href="http://www.example.com/">《白石日报》</a>宣传'),
            note=Text("链接到媒体等，以其名称为链接文字，不算", "papers and the like, linked to by their names, are no findings"),
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Look where words of the narrative, behind the first heading, are a link, and neither these nor the line name the site."""
        told = None
        for link in report.document.outward:
            if not is_foreign(link.address) or _FILE.search(link.address) or _NAMED.search(link.text) or _FURNITURE.search(link.around):
                continue
            if _names(link.around, link.address):
                continue
            told = told or narrative(report)
            at = told.text.find(link.around, told.opening)
            if at >= 0:
                start = at + link.around.find(link.text)
                excerpt = told.quote(start, start + len(link.text))
                yield self.find(place=excerpt.place, excerpts=[excerpt], words=link.text, address=link.address)


def _names(text: str, address: str) -> bool:
    """Say whether a text prints the site that an address leads to."""
    host = address.partition("//")[2].partition("/")[0].lower()
    return any(len(label) >= _SHORTEST_NAME and label in text.lower() for label in host.split("."))
