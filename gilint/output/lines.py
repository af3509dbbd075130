"""What the text format says of a document, line by line, plain or on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gilint.output.causes import SHOWN_REPAIRS
from gilint.output.parts import CauseView, FindingView, RepairView
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.patterns import deferred

# A document decides what stands in a message: it must not move the cursor, set colours, or turn the direction of writing.
_CONTROL = deferred(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

# A notice is known by its number; its title would fill the line.
_NOTICE = deferred(r"《[^《》]{0,200}通知》\(([^()]{0,40}号)\)")

# An article of a law, in either language.
_ARTICLE = deferred(r"(?P<law>《[^《》]{1,80}》\([^()]{1,40}\))(?P<zh>第[^第条]{1,9}条)|(?P<act>[^;]{1,120}), art\. (?P<en>\d{1,3})")


def visible(text: str) -> str:
    """Return a text on one line, without anything that a terminal obeys instead of showing."""
    # Nothing of it is printable to Python either.
    return " ".join((text if text.isprintable() else _CONTROL.sub(_replacement, text)).split(" "))


def _replacement(match: re.Match[str]) -> str:
    return " " if match.group() in "\t\n\r\u2028\u2029" else "\N{REPLACEMENT CHARACTER}"


def identity(view: DocumentView) -> str:
    """Return whose report it is, of which year, in which edition."""
    return view.words("comma").join((view.organ, view.year, view.edition))


def details(finding: FindingView, words: Words, *, with_line: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what else is to be said of a finding, each with its title; a place that is a mere line only where nothing else tells it."""
    if finding.place and (with_line or not finding.is_only_line):
        yield words("place"), finding.place
    for _, text in finding.excerpts:
        yield words("excerpt"), f"“{text}”"
    if finding.suggestion:
        yield words("suggestion"), finding.suggestion
    # The rule's own advice names the ways out of a cause.
    for index, changes in enumerate(() if finding.has_cause else finding.repairs):
        yield words("repair" if index == 0 else "repair-or"), words("semicolon").join(changes)
    if finding.sources:
        yield words("clause"), cite(finding, words)


def cause_details(cause: CauseView, words: Words, *, with_line: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what else is to be said of a cause before its consequences, each with its title: of many ways out the likeliest."""
    if cause.slips:
        yield words("slips"), words("semicolon").join(cause.slips)
    if cause.suggestion:
        yield words("suggestion"), cause.suggestion
    shown = cause.others[: SHOWN_REPAIRS - 1]
    for repair in shown:
        yield words("repair-or"), say_repair(repair, words)
    if len(cause.others) > len(shown):
        yield "", words("repairs-more", count=len(cause.others) - len(shown))
    if cause.place and (with_line or not cause.is_only_line):
        yield words("place"), cause.place
    if cause.sources:
        yield words("clause"), cite(cause, words)


def say_repair(repair: RepairView, words: Words) -> str:
    """Return a way out on one line, with how the mistake may have come about."""
    changes = words("comma").join(repair.changes)
    return words("slip-of", changes=changes, slips=words("semicolon").join(repair.slips)) if repair.slips else changes


def cite(finding: FindingView | CauseView, words: Words) -> str:
    """Return the clauses that a finding rests on, on one line and as short as they can be told."""
    return words("semicolon").join(cited(finding.sources))


def cited(sources: Iterable[str]) -> list[str]:
    """Return clauses to cite, each as short as it can be told, articles of one law together."""
    cited: list[str] = []
    law = ""
    for source in (_NOTICE.sub(r"\1", source) for source in sources):
        article = _ARTICLE.fullmatch(source)
        own = "" if article is None else article["law"] or article["act"]
        if article and own == law:
            cited[-1] = f"{cited[-1]}、{article['zh']}" if article["zh"] else f"{cited[-1].replace(', art. ', ', arts. ')}, {article['en']}"
        else:
            cited.append(source)
        law = own
    return cited


def aside(view: DocumentView) -> Iterator[str]:
    """Yield what is said below the verdict, before any finding: what could not be checked, which rules were not run, how many causes there are."""
    if view.unread:
        yield view.unread
    if view.left_out:
        yield f"{view.words('left-out-title')}{view.words('colon')}{view.left_out}"
    if view.unusable:
        yield f"{view.words('unusable-title')}{view.words('colon')}{visible(view.unusable)}"
    if view.causes:
        yield view.causes


def waived_count(view: DocumentView) -> str:
    """Return what the verdict leaves out, in brackets after it; nothing where it leaves out nothing."""
    return view.words("waived-aside", count=len(view.result.waived)) if view.result.waived else ""


def waived(view: DocumentView) -> Iterator[tuple[str, str]]:
    """Yield what is accepted, each with its title: not as findings, which editors and people would take for open."""
    words = view.words
    for each in view.waived:
        finding = each.finding
        yield words("waived-finding"), f"{finding.code} {words.severity(finding.severity)}{words('colon')}{finding.message}"
        yield "  " + words("waiver"), each.waiver


def checks(view: DocumentView) -> Iterator[tuple[str, str]]:
    """Yield what was checked, each with its title."""
    words = view.words
    if not view.result.findings:
        yield "", view.nothing
    for tally in view.tallies:
        yield words("checked"), f"{tally.family} {tally.say(words)}"
        for reason in tally.reasons:
            yield "  " + words("not-assessable"), reason
        for condition in tally.conditions:
            yield "  " + words("conditional"), condition
    if view.afterwards:
        yield "", view.afterwards
