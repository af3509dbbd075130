"""What a finding about a violated equation says of its cause: which cell should be changed to what."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from gilint import Cause, Finding, Repair, Report, Text, alternative, correction

_SHOWN = 6
"""Ways out that are told in one suggestion; section four has five."""
_ONE = Text(
    "{correction}（按最少改动推断，请核对）。{slips}{others}",
    "{correction} (inferred from the fewest changes: please check).{slips}{others}",
)
_ONE_CELL = Text(
    "下列 {count} 格中有一格有误，请核对是哪一格：{corrections}。{others}",
    "One of these {count} cells is wrong, check which: {corrections}.{others}",
)
_SEVERAL = Text(
    "下列 {count} 种改法，改动的格数同样少，请核对是哪一种：{corrections}。{others}",
    "These {count} corrections are equally small, check which is right: {corrections}.{others}",
)
_MORE = Text(
    "有 {count} 种改法，改动的格数同样少，请核对是哪一种，例如：{corrections}。{others}",
    "{count} corrections are equally small, check which is right, for example: {corrections}.{others}",
)
_SLIP = Text("可能的成因：{slip}。", " Perhaps: {slip}.")
_OTHERS = Text("同一处错误使 {count} 个勾稽关系不成立。", " The same mistake breaks {count} equations.")
_NOWHERE = Text("{reason}。{check}", "Note that {reason}. {check}")


def located(finding: Finding, cause: Cause, report: Report) -> Finding:
    """Complete a finding about a violated equation by its cause."""
    found = evolve(finding, cause=cause.number, repairs=cause.repairs)
    others = _OTHERS.filled(count=len(cause.equations)) if len(cause.equations) > 1 else ""
    repairs = cause.repairs
    if len(repairs) == 1:
        slips = _SLIP.filled(slip=repairs[0].slips[0]) if repairs[0].slips else ""
        texts = [correction(report, change) for change in repairs[0].changes]
        # The Chinese of one correction has a comma in it.
        said = Text("；".join(text.zh for text in texts), " and ".join(text.en for text in texts))
        return _suggest(found, _ONE, correction=said, slips=slips, others=others)
    if repairs:
        told = [(number, _said(repair, report)) for number, repair in enumerate(repairs[:_SHOWN], start=1)]
        chinese, english = [f"({number}) {text.zh}" for number, text in told], [f"({number}) {text.en}" for number, text in told]
        corrections = Text("；".join(chinese), "; ".join(english))
        single = all(len(repair.changes) == 1 for repair in repairs)
        message = _MORE if len(repairs) > len(told) else _ONE_CELL if single else _SEVERAL
        return _suggest(found, message, count=len(repairs), corrections=corrections, others=others)
    if cause.reason is not None and finding.suggestion is not None:
        return _suggest(found, _NOWHERE, reason=cause.reason, check=finding.suggestion)
    return found


def _suggest(finding: Finding, text: Text, **arguments: Any) -> Finding:
    # Labels may hold braces, so what is filled in travels beside the text.
    return evolve(finding, suggestion=text, arguments={**finding.arguments, **arguments})


def _said(repair: Repair, report: Report) -> Text:
    told = [alternative(report, change) for change in repair.changes]
    return Text("，".join(text.zh for text in told), " and ".join(text.en for text in told))
