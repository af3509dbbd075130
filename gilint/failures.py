"""The core's own rules: what is found when gilint itself, a plugin's rule or a reader fails on a document, or a waiver has expired.

They look for nothing in a report; `gilint.lint` makes their findings. They are rules so that they are listed, explained, selected and
configured like every other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from gilint.finding import Checked, Finding, Severity
from gilint.hookspecs import hookimpl
from gilint.language import Text
from gilint.model import Report
from gilint.patterns import deferred
from gilint.rule import Rule

_LONGEST_REASON = 200
_ADDRESS = deferred(r"0x[0-9a-fA-F]+")
_FOLDERS = deferred(r"(?<![\w.])(?:[A-Za-z]:)?[\\/](?:[^\s\\/'\"]+[\\/])+")

_SOURCE = (
    Text(
        "gilint 的约定：没有检查到的内容必须说明，不得当作没有问题（docs/architecture.md）",
        "gilint's own promise: what was not checked is said, never passed over as correct (docs/architecture.md)",
    ),
)


class _Failure(Rule):
    """A rule without a check of its own."""

    severity: ClassVar[Severity] = Severity.ERROR
    source: ClassVar[tuple[Text, ...]] = _SOURCE
    forms: ClassVar[tuple[str, ...]] = ()
    always: ClassVar[bool] = True

    def check(self, report: Report) -> Iterable[Finding | Checked]:
        """Find nothing: the finding is made where the failure is met."""
        return ()


class RuleCrashed(_Failure):
    """A rule failed with an exception on this document; the other rules were still run."""

    code: ClassVar[str] = "DOC901"
    name: ClassVar[str] = "rule-crashed"
    title: ClassVar[Text] = Text("规则运行出错", "A rule crashed")
    message: ClassVar[Text] = Text(
        "规则 {rule}（插件 {plugin}）运行出错：{reason}。这条规则对本文件的检查没有完成。",
        "Rule {rule} of plugin {plugin} crashed: {reason}. It has not checked this document.",
    )
    suggestion: ClassVar[Text] = Text(
        "请把本条信息报告给插件的作者；在修好之前可用 --ignore {rule} 停用该规则。",
        "Report this to the author of the plugin; until it is mended, --ignore {rule} turns the rule off.",
    )
    rationale: ClassVar[Text] = Text(
        "规则没有运行完，它要查的问题就可能仍在文件里。其他规则照常运行，结果有效。",
        "A rule that did not finish may have missed what it looks for. All other rules were run and their findings stand.",
    )


class DocumentFailed(_Failure):
    """Reading or recognising this document failed inside gilint; the other documents were still linted."""

    code: ClassVar[str] = "DOC902"
    name: ClassVar[str] = "document-failed"
    title: ClassVar[Text] = Text("处理文件时内部出错", "gilint failed on the document")
    message: ClassVar[Text] = Text(
        "处理本文件时 gilint 内部出错：{reason}。本文件没有检查。", "gilint itself failed on this document: {reason}. It was not checked."
    )
    suggestion: ClassVar[Text] = Text(
        "这是 gilint 的缺陷，请附上该文件报告给开发者。", "This is a fault of gilint: please report it together with the document."
    )
    rationale: ClassVar[Text] = Text(
        "文件没有检查，不能视为没有问题。同一次运行中的其他文件照常检查。",
        "The document was not checked and must not pass as correct. The other documents of the same run were linted.",
    )


class TooManyFindings(_Failure):
    """A rule found more than can be shown for one document; the rest was left out."""

    code: ClassVar[str] = "DOC903"
    name: ClassVar[str] = "too-many-findings"
    title: ClassVar[Text] = Text("一条规则的问题过多", "Too many findings of one rule")
    message: ClassVar[Text] = Text(
        "规则 {rule}（插件 {plugin}）在本文件中发现的问题超过 {limit} 个，其余未列出。",
        "Rule {rule} of plugin {plugin} found more than {limit} {limit:fault|faults} in this document; the rest is left out.",
    )
    suggestion: ClassVar[Text] = Text("请先改正已列出的问题，再重新检查。", "Put right what is listed, then lint again.")
    rationale: ClassVar[Text] = Text(
        "一份年报的表格只有一百多个单元格，问题成千说明文件异常或遭篡改；限制数量是为了让其他文件和其他规则仍能检查。",
        "The tables of a report have fewer than two hundred cells; thousands of faults mean a broken or hostile document. "
        "The limit keeps the other rules and documents going.",
    )


class WaiverExpired(_Failure):
    """A finding of this document was accepted, but only until a day that is past: it counts again."""

    code: ClassVar[str] = "DOC904"
    name: ClassVar[str] = "waiver-expired"
    severity: ClassVar[Severity] = Severity.NOTE
    source: ClassVar[tuple[Text, ...]] = (
        Text("豁免文件中写明的期限（docs/waivers.md）", "the last day that the file of waivers states (docs/waivers.md)"),
    )
    title: ClassVar[Text] = Text("豁免已过期", "A waiver has expired")
    message: ClassVar[Text] = Text(
        "对 {rule} 的豁免（{by}：{reason}）已于 {until} 到期，相应的问题重新计入。",
        "The waiver of {rule} ({by}: {reason}) was in force until {until}; what it accepted counts again.",
    )
    suggestion: ClassVar[Text] = Text(
        "请改正问题；确需保留的，由有权的人重新确认并改写期限（{where}）。",
        "Put the fault right, or have the waiver renewed by someone who may decide on it ({where}).",
    )
    rationale: ClassVar[Text] = Text(
        "豁免有期限，是为了让暂时接受的问题不被遗忘。",
        "A waiver ends on a day so that what was accepted for a time is not forgotten.",
    )


FAILURES: tuple[type[Rule], ...] = (RuleCrashed, DocumentFailed, TooManyFindings)
"""Those that say that something was not checked."""


@hookimpl
def gilint_rules() -> Iterable[type[Rule]]:
    """Return the core's own rules."""
    return (*FAILURES, WaiverExpired)


def describe_exception(error: BaseException) -> str:
    """Return type, text and place of an exception on one line, the same in every run: no addresses, no absolute paths."""
    where = ""
    step = error.__traceback__
    while step is not None:
        where = f" ({step.tb_frame.f_globals.get('__name__', '?')}:{step.tb_lineno})"
        step = step.tb_next
    text = " ".join(str(error).split())[:_LONGEST_REASON]
    return _FOLDERS.sub("…/", _ADDRESS.sub("0x…", f"{type(error).__name__}{': ' + text if text else ''}{where}"))
