"""What a finding about a violated equation says of its cause: which cell should be changed to what."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from gilint import Cause, Finding, Repair, Report, Text, correction

_SHOWN = 6
"""Ways out that are told in one suggestion; section four has five."""
_ONE = Text("{correction}。{slips}{others}", "{correction}.{slips}{others}")
_SEVERAL = Text(
    "下列 {count} 种改法，改其中一种即可：{corrections}。{others}", "One of these {count} corrections will do: {corrections}.{others}"
)
_MORE = Text(
    "有 {count} 种改法，改其中一种即可，例如：{corrections}。{others}",
    "One of {count} corrections will do, for example: {corrections}.{others}",
)
_SLIP = Text("可能的原因：{slip}。", " Perhaps: {slip}.")
_OTHERS = Text("同一处错误使 {count} 个勾稽关系不成立。", " The same mistake breaks {count} equations.")
_NOWHERE = Text("{reason}。{check}", "Note that {reason}. {check}")


def located(finding: Finding, cause: Cause, report: Report) -> Finding:
    """Complete a finding about a violated equation by its cause."""
    found = evolve(finding, cause=cause.number, repairs=cause.repairs)
    others = _OTHERS.filled(count=len(cause.equations)) if len(cause.equations) > 1 else ""
    repairs = cause.repairs
    if len(repairs) == 1:
        slips = _SLIP.filled(slip=repairs[0].slips[0]) if repairs[0].slips else ""
        return _suggest(found, _ONE, correction=_said(repairs[0], report), slips=slips, others=others)
    if repairs:
        told = [(number, _said(repair, report)) for number, repair in enumerate(repairs[:_SHOWN], start=1)]
        chinese, english = [f"({number}) {text.zh}" for number, text in told], [f"({number}) {text.en}" for number, text in told]
        corrections = Text("；".join(chinese), "; ".join(english))
        message = _SEVERAL if len(repairs) == len(told) else _MORE
        return _suggest(found, message, count=len(repairs), corrections=corrections, others=others)
    if cause.reason is not None and finding.suggestion is not None:
        return _suggest(found, _NOWHERE, reason=cause.reason, check=finding.suggestion)
    return found


def _suggest(finding: Finding, text: Text, **arguments: Any) -> Finding:
    # Labels may hold braces, so what is filled in travels beside the text.
    return evolve(finding, suggestion=text, arguments={**finding.arguments, **arguments})


def _said(repair: Repair, report: Report) -> Text:
    told = [correction(report, change) for change in repair.changes]
    # The Chinese of one correction has a comma in it.
    return Text("；".join(text.zh for text in told), " and ".join(text.en for text in told))
