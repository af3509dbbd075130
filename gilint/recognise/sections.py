"""The headings of a report among everything that reads like one, and the narrative under each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from gilint.document import Paragraph
from gilint.form import Form, SectionSpec
from gilint.model import Section
from gilint.recognise.folding import fold
from gilint.recognise.headings import (
    CONTENTS_LEADER,
    Heading,
    Style,
    heading_of,
    numbering,
    numeral_value,
    read_heading,
    read_line,
)
from gilint.recognise.wording import Wording, wording_of

__all__ = ["find_sections", "heading_of", "locate_headings"]


def locate_headings(texts: Sequence[str], form: Form, levels: Mapping[int, int] | None = None) -> tuple[Heading, ...]:
    """Return the headings of a document, in its order.

    Of several lines that read like the heading of the same section, those numbered in the manner of the document
    and with the right numeral win; a table of contents is passed over.

    Args:
        texts: The lines or paragraphs of the document.
        form: An edition of the form; the sections of its editions are worded alike.
        levels: Heading levels that the source gives (HTML h1 to h6), by index.
    """
    words = wording_of(form)
    read = _without_inner(_read_all(texts, words), words)
    known = [heading for heading in read if heading.spec is not None]
    chosen = known if _undisputed(known) else _chosen(_without_contents(known), levels or {})
    indices = {heading.index for heading in chosen}
    # What only resembles a heading that stands elsewhere is not bound to its section: 三、依申请公开政府信息情况 resembles the second.
    strangers = [
        heading if heading.spec is None else evolve(heading, spec=None)
        for heading in read
        if heading.index not in indices and not heading.exact
    ]
    return tuple(_with_strangers(chosen, strangers, form, words))


def _read_all(texts: Sequence[str], words: Wording) -> list[Heading]:
    beginnings, skip = words.beginnings, -1
    found: list[Heading] = []
    for index, text in enumerate(texts):
        # Asked here, too: a call for every line would cost more than the answer.
        if text[:1] not in beginnings or index == skip:
            continue
        begins, heading = read_line(text, words, index)
        if begins and (heading is None or heading.spec is None or not heading.exact) and index + 1 < len(texts):
            joined = _read_broken(text, texts[index + 1], words, index)
            if joined is not None:
                heading, skip = joined, index + 1
        if heading is not None:
            found.append(heading)
    return found


def _read_broken(text: str, following: str, words: Wording, index: int) -> Heading | None:
    """Read a numbered line and the next as one heading that was broken in two."""
    if len(text) > 40 or not 0 < len(following) <= 40:
        return None
    style, _, start, _ = numbering(fold(text))
    if style is not Style.CHINESE:
        return None
    heading = read_heading(text + following, words, index)
    if heading is None or heading.spec is None or not heading.exact or heading.rest:
        return None
    if start < len(fold(text)) and read_heading(following, words, index) is not None:
        return None
    return evolve(heading, lines=2)


def _without_inner(read: list[Heading], words: Wording) -> list[Heading]:
    """Return headings without those inside of a section, 一、主动公开情况。围绕重点领域……, and what goes on from them.

    With the heading of the section itself there they would lose to it; where it is lost, they must not stand for it. Their numerals begin anew, or
    their words are not those of the form and the text goes on behind them, while the headings of the document are numbered as the form has it.
    """
    inner = {
        heading.index
        for heading, after in pairwise((*read, None))
        if heading is not None and heading.spec is not None and heading.exact and not heading.fits and _is_inner(heading, after, words)
    }
    known = [heading.fits for heading in read if heading.spec is not None] if inner else []
    if 2 * sum(known) <= len(known):
        return read
    kept: list[Heading] = []
    last = 0
    for heading in read:
        numeral = numeral_value(heading.numeral)
        if heading.index in inner or (last and numeral == last + 1 and not (heading.exact and heading.fits)):
            last = numeral
        else:
            kept.append(heading)
            last = 0
    return kept


def _is_inner(heading: Heading, after: Heading | None, words: Wording) -> bool:
    first, official = heading.numeral == "一", _is_official(heading, words)
    if heading.rest:
        return first or not official
    # One that stands alone can be a heading that is misnumbered: but then the next does not go on from it.
    return first and not official and after is not None and after.numeral == "二" and not after.fits


def _is_official(heading: Heading, words: Wording) -> bool:
    head = fold(heading.printed)
    found = words.exact(head[numbering(head)[2] :])
    return found is not None and found[1] in words.official


def _undisputed(known: list[Heading]) -> bool:
    """Say whether every section has one heading and all are numbered in the same manner, so that there is nothing to choose."""
    sections, styles = {_section(heading) for heading in known}, {heading.style for heading in known}
    return len(sections) == len(known) and len(styles) == 1 and Style.BRACKET not in styles


def _without_contents(known: list[Heading]) -> list[Heading]:
    """Leave out a table of contents: headings line under line, all of which come again."""
    kept: list[Heading] = []
    later = Counter(map(_section, known))
    lowest, start = min(later, default=0), 0
    while start < len(known):
        end = start + 1
        while end < len(known) and known[end].index - known[end - 1].index == 1 and _section(known[end]) > _section(known[end - 1]):
            end += 1
        run = known[start:end]
        later.subtract(map(_section, run))
        # It begins with the first section: in the middle of a report without narrative headings stand line under line, too.
        if len(run) >= 3 and _section(run[0]) == lowest and all(later[_section(heading)] for heading in run):
            start = end
            continue
        kept.extend(heading for heading in run if not (CONTENTS_LEADER.match(fold(heading.rest)) and later[_section(heading)]))
        start = end
    return kept


def _section(heading: Heading) -> int:
    return heading.spec.number if heading.spec is not None else 0


def _chosen(known: list[Heading], levels: Mapping[int, int]) -> list[Heading]:
    """Choose, for every section, the lines that are its heading."""
    if not known:
        return []
    used = Counter(style for style, _ in {(heading.style, _section(heading)) for heading in known})
    manner = max(used, key=lambda style: (used[style], style))
    if manner is Style.BRACKET and used[manner] < 3:
        return []

    def merit(heading: Heading) -> tuple[bool, bool, bool, int, bool]:
        return heading.style == manner, heading.fits, heading.exact, heading.style, levels.get(heading.index, 0) > 0

    merits = [(heading, _section(heading), merit(heading)) for heading in known]
    best: dict[int, tuple[bool, bool, bool, int, bool]] = {}
    for _, section, its in merits:
        best[section] = max(best.get(section, its), its)
    winners = [heading for heading, section, its in merits if its == best[section]]
    firm: dict[int, tuple[int, int]] = {}
    for heading in winners:
        if heading.style == manner:
            first, _ = firm.get(_section(heading), (heading.index, 0))
            firm[_section(heading)] = (first, heading.index)
    kept: list[Heading] = []
    for heading in winners:
        if kept and _section(kept[-1]) == _section(heading):
            continue  # The caption of the table repeats the heading above it.
        if heading.style == manner or (heading.style is not Style.BRACKET and _in_order(heading, firm)):
            kept.append(heading)
    return kept


def _in_order(heading: Heading, firm: Mapping[int, tuple[int, int]]) -> bool:
    """Say whether a heading in another manner stands where its section belongs: between the first and last lines of the others."""
    return all(last < heading.index if section < _section(heading) else first > heading.index for section, (first, last) in firm.items())


def _with_strangers(chosen: list[Heading], strangers: list[Heading], form: Form, words: Wording) -> list[Heading]:
    """Add the numbered headings that the form does not know, where they carry on the numbering of those it does."""
    if not strangers:
        return chosen
    missing = {spec.number: spec for spec in form.sections} if chosen else {}
    for heading in chosen:
        missing.pop(_section(heading), None)
    places = [stranger.index for stranger in strangers]
    result: list[Heading] = []
    ends: list[Heading | None] = [*chosen, None]
    for place, after in enumerate(ends):
        before = chosen[place - 1] if place else None
        first = bisect_right(places, before.index) if before else 0
        last = bisect_left(places, after.index) if after else len(places)
        if first < last:
            result.extend(_between(before, after, strangers[first:last], missing, words))
        if after is not None:
            result.append(after)
    return result


def _between(
    before: Heading | None, after: Heading | None, strangers: list[Heading], missing: Mapping[int, SectionSpec], words: Wording
) -> list[Heading]:
    """Return the strangers between two headings whose numerals lead from one to the other without a gap."""
    low = numeral_value(before.numeral) if before else 0
    high = numeral_value(after.numeral) if after else low + 1 + len(strangers)
    if (before and not low) or high <= low + 1:
        return []
    wanted = range(low + 1, high)
    found = [stranger for stranger in strangers if numeral_value(stranger.numeral) in wanted]
    numerals = [numeral_value(stranger.numeral) for stranger in found]
    if not found or numerals != list(wanted)[: len(numerals)] or (after and len(numerals) != len(wanted)):
        return []
    spec = missing.get(numerals[0])
    if spec is None or (before is not None and _section(before) != spec.number - 1):
        return found
    # What stands alone where the missing section belongs is its heading, whatever its words; at the end its words must speak for it, too.
    belongs = len(found) == 1 and _section(after) == spec.number + 1 if after else words.related(found[0].printed, spec)
    return [evolve(found[0], spec=spec), *found[1:]] if belongs else found


def find_sections(paragraphs: Sequence[Paragraph], form: Form, known: Sequence[Heading] | None = None) -> tuple[Section, ...]:
    """Cut the text of a report into its sections.

    Args:
        paragraphs: All text outside of tables, in the order of the document.
        form: An edition of the form.
        known: The headings among them, where they have been located before.

    Returns:
        The sections in the order of the document, beginning with the text before the first heading, if there is any. A heading that the
        form does not know makes a section without a name.
    """
    levels = {index: paragraph.heading for index, paragraph in enumerate(paragraphs) if paragraph.heading}
    headings = locate_headings([paragraph.text for paragraph in paragraphs], form, levels) if known is None else known
    first = headings[0].index if headings else len(paragraphs)
    sections = [Section("", None, "", "", tuple(paragraphs[:first]))] if first else []
    for place, heading in enumerate(headings):
        end = headings[place + 1].index if place + 1 < len(headings) else len(paragraphs)
        opening = paragraphs[heading.index]
        body = paragraphs[heading.index + heading.lines : end]
        if heading.rest:
            body = [evolve(opening, text=heading.rest, heading=0), *body]
        spec = heading.spec
        name, number = (spec.name, spec.number) if spec is not None else ("", None)
        sections.append(Section(name, number, heading.printed, heading.numeral, tuple(body), opening.place))
    return tuple(sections)
