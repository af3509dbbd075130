"""What a page holds and does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from attrs import define, field

from gilint import Example, Excerpt, Finding, PhraseRule, Report, Severity, Text, deferred
from gilint_rules.injected.search import Finder
from gilint_rules.injected.wording import HACKED, REMOVE, SITES

_HOST = deferred(r"(?:https?:)?//(?:[^/@?#]*@)?([a-z0-9.-]+)", re.IGNORECASE)
# A list of other sites, which opens by a click, names them: 大众网, 江西日报.
_NAMED = deferred(r"(?:网|报|日报|在线|电视台|银行|公司|大学|学院|协会|中心|政府|[厅局委])(?: |$)")
_PAGE = "<p>白石县教育局2022年政府信息公开工作年度报告</p><p>一、总体情况</p><p>认真推进政务公开。</p>"


@define(eq=False, repr=False)
class HiddenAdvertising(PhraseRule):
    """A hidden element with advertising, or with links to sites that are no government's."""

    code, name, severity = "INJ005", "hidden-advertising", Severity.ERROR
    title = Text("网页中有隐藏的外来内容", "The page hides foreign content")
    message = Text("网页中不显示的元素含有{what}：“{words}”。", "An element that the page does not show has {what}: “{words}”.")
    suggestion = REMOVE
    rationale = HACKED
    source = SITES
    forms = ()
    examples = (
        Example(document=_PAGE + '<div style="display:none"><a href="http://www.example.com/">澳门新葡京</a></div>', finds=((),)),
        Example(document=_PAGE + '<div style="display:none"><a href="/menu.html">网站导航</a></div>'),
    )

    _finder: Finder | None = field(default=None, init=False)

    def check(self, report: Report) -> Iterator[Finding]:
        """Look for phrases first; a link alone can be a panel for sharing or an old menu, and is a warning."""
        for element in report.document.hidden:
            self._finder = self._finder or Finder(self.phrases)
            match = next(self._finder.find(element.text), None)
            foreign = None if _lists_names(element.text) else next((address for address in element.addresses if is_foreign(address)), None)
            if match is not None:
                words, what, severity = element.text[match.start : match.end], match.kind.text, Severity.ERROR
            elif foreign is not None:
                words, what, severity = foreign, Text("指向外部网站的链接", "a link to another site"), Severity.WARNING
            else:
                continue
            yield self.find(severity=severity, excerpts=[Excerpt(element.text or words)], what=what, words=words)


def _lists_names(text: str) -> bool:
    """Say whether most words are names of sites and organs, as in a list of links that a click opens."""
    return 2 * len(_NAMED.findall(text)) > text.count(" ") + (not text)


def is_foreign(address: str) -> bool:
    """Say whether an address is neither of a government nor of a site that government pages link to."""
    host = _HOST.match(address)
    if host is None:
        return False
    labels = host[1].lower().rstrip(".").split(".")
    return len(labels) > 1 and not any(".".join(labels[at:]) in _sites() for at in range(len(labels))) and not labels[-1].isdigit()


@lru_cache(maxsize=1)
def _sites() -> frozenset[str]:
    lines = Path(__file__).with_name("sites.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
