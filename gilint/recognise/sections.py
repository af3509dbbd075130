"""The headings of a report, recognised by their words, and the narrative under each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

from attrs import evolve, frozen

from gilint.document import Paragraph
from gilint.form import Form, SectionSpec
from gilint.model import Section
from gilint.recognise.folding import FOLDED, fold, length_of_folded

_CHINESE_DIGITS = "一二三四五六七八九十"
_FINANCIAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", _CHINESE_DIGITS)
_LONGEST_HEAD = 72
"""A heading stands within the first characters of its line; what follows is not looked at."""
_LONGEST_HEADING = 34
"""Folded characters of a heading that is not worded as the form has it."""

_NUMERAL = re.compile(
    r"(?:(?P<part>第(?P<ordinal>[一二三四五六七八九十]{1,3}|\d{1,2})[部章节](?:分)?[、.,:;]?)"
    r"|(?P<chinese>[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})(?P<mark>[、.,:;·]{0,2})"
    r"|(?P<arabic>\d{1,2})[、.,)]{1,2}(?!\d)"
    r"|\((?P<bracket>[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.,]?)"
)
_SENTENCE = re.compile(r"[。;,!?]")
_CONTINUED = re.compile(r"[、和及与的等以\]))/《]")
"""After the words of a heading, these make it part of a sentence."""
_LEADER = re.compile(r"[.…·\-]*\d{1,3}$")
"""What a table of contents prints after a heading."""


class Style(IntEnum):
    """How a heading is numbered. The higher, the likelier it is a heading of the first level."""

    BRACKET = 0
    """(一) or (1): almost always a paragraph inside a section."""
    PLAIN = 1
    """No numeral."""
    ARABIC = 2
    """1. or 1、"""
    CHINESE = 3
    """一、 or 第一部分."""


@frozen
class Heading:
    """A line, or the beginning of one, that reads like a heading."""

    index: int
    """Which of the lines, counted from 0."""
    spec: SectionSpec | None
    """The section it begins; ``None`` for one that the form does not know."""
    numeral: str
    """In Chinese digits, whatever was printed; empty when there is none."""
    style: Style
    printed: str
    rest: str = ""
    """What follows on the same line."""
    lines: int = 1
    """How many lines it takes (a heading can be broken over two)."""
    exact: bool = True
    """Worded as the form has it."""

    @property
    def fits(self) -> bool:
        """Whether the numeral is the one that the form gives the section."""
        return self.spec is not None and self.numeral == chinese_numeral(self.spec.number)


def chinese_numeral(number: int) -> str:
    """Return 1 to 99 in Chinese digits (12 is 十二); other numbers as they are."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "" if ones == 0 else _CHINESE_DIGITS[ones - 1]
    if tens == 0:
        return digits
    return ("" if tens == 1 else _CHINESE_DIGITS[tens - 1]) + "十" + digits


def _number(numeral: str) -> int:
    """Return the value of a numeral as `Heading` has it, 0 when it is none."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    value = (_CHINESE_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_CHINESE_DIGITS.find(ones) + 1 if ones else 0)


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


_BETWEEN_WORDS = str.maketrans("", "", "、,.;:·()-")


@frozen
class _Wording:
    """What the headings of one form look like."""

    wordings: Mapping[str, SectionSpec]
    """Folded label or variant, without punctuation."""
    lengths: tuple[int, ...]
    """Of the wordings, longest first."""
    official: frozenset[str]
    """Wordings so distinctive that they need no numeral to be a heading."""
    telling: Mapping[str, tuple[SectionSpec, frozenset[str]]]
    """Per section the pairs of characters that no other section's label has."""
    gate: re.Pattern[str]
    """What a line must begin with to be looked at: most lines of a document are turned away here."""
    rows: frozenset[str]
    """Folded row labels of the tables, some of which are numbered like sections."""

    def exact(self, core: str) -> tuple[SectionSpec, int] | None:
        """Return the section whose wording ``core`` begins with, and how much of ``core`` that is."""
        bare = core.translate(_BETWEEN_WORDS)
        for length in self.lengths:
            spec = self.wordings.get(bare[:length])
            if spec is not None:
                return spec, _length_with_punctuation(core, length)
        return None

    def similar(self, core: str, numeral: str) -> SectionSpec | None:
        """Return the section whose label shares most of its telling words with ``core``; with the right numeral fewer suffice."""
        pairs = _bigrams(core.translate(_BETWEEN_WORDS))
        best, share = None, 0.0
        for spec, telling in self.telling.values():
            common = len(pairs & telling) / len(telling) if telling else 0.0
            if common > share:
                best, share = spec, common
        if best is None or share < (0.3 if numeral == chinese_numeral(best.number) else 0.5):
            return None
        return best


def _length_with_punctuation(core: str, length: int) -> int:
    seen = 0
    for position, character in enumerate(core):
        if seen == length:
            return position
        seen += character.translate(_BETWEEN_WORDS) != ""
    return len(core)


@lru_cache(maxsize=64)
def _wording(form: Form) -> _Wording:
    """Compile the wording of a form: a pure function of it, kept because every line of every document asks."""
    wordings: dict[str, SectionSpec] = {}
    official: set[str] = set()
    labels: dict[str, frozenset[str]] = {}
    for spec in form.sections:
        for place, printed in enumerate((spec.label.zh, *spec.variants)):
            words = fold(printed).translate(_BETWEEN_WORDS)
            wordings.setdefault(words, spec)
            if place == 0 or len(words) >= 9:
                official.add(words)
        labels[spec.name] = _bigrams(fold(spec.label.zh).translate(_BETWEEN_WORDS))
    shared = Counter(pair for pairs in labels.values() for pair in pairs)
    telling = {spec.name: (spec, frozenset(pair for pair in labels[spec.name] if shared[pair] == 1)) for spec in form.sections}
    rows = {fold(row.label.zh).translate(_BETWEEN_WORDS) for table in form.tables for row in table.rows}
    return _Wording(
        wordings=wordings,
        lengths=tuple(sorted({len(words) for words in wordings}, reverse=True)),
        official=frozenset(official),
        telling=telling,
        gate=_gate(wordings),
        rows=frozenset(rows),
    )


def _gate(wordings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the beginnings of lines that can be headings."""
    ignored = "[" + re.escape("".join(chr(code) for code, folded in FOLDED.items() if folded == "")) + "]*"
    unfolded: dict[str, str] = {}
    for code, folded in FOLDED.items():
        unfolded[folded] = unfolded.get(folded, "") + chr(code)

    def any_of(characters: str) -> str:
        return "[" + re.escape(characters + "".join(unfolded.get(character, "") for character in characters)) + "]"

    pairs = "|".join(sorted({any_of(words[0]) + ignored + any_of(words[1]) for words in wordings if len(words) > 1}))
    digits = any_of(_CHINESE_DIGITS + "壹贰叁肆伍陆柒捌玖拾")
    mark = any_of("、.,:;·")
    number = any_of("0123456789")
    return re.compile(
        f"{ignored}(?:第{ignored}(?:{digits}|{number})|{digits}{{1,3}}{ignored}(?:{mark}|$)"
        f"|(?:{digits}{{1,3}}|{number}{{1,2}}{ignored}{any_of('、.,)')}{{1,2}}"
        f"|{any_of('(')}{ignored}(?:{digits}|{number}){{1,3}}{ignored}{any_of(')')}{mark}?|[\u2488-\u2490\u2474-\u247c\u3220-\u3229])?"
        f"{ignored}(?:{pairs}))"
    )


def heading_of(text: str, form: Form) -> tuple[SectionSpec, str] | None:
    """Return the section whose heading a line is or begins with, and its numeral (``""`` when there is none).

    Looks at one line alone. A line inside a section can read exactly like a heading (``1.主动公开政府信息情况``);
    where the whole document is at hand, `locate_headings` decides better.
    """
    words = _wording(form)
    if words.gate.match(text) is None:
        return None
    heading = _read(text, words, 0)
    if heading is None or heading.spec is None or heading.style is Style.BRACKET:
        return None
    return heading.spec, heading.numeral


def _read(text: str, words: _Wording, index: int) -> Heading | None:
    """Read one line as a heading, without knowing its neighbours."""
    head = text[:_LONGEST_HEAD].translate(FOLDED)
    style, numeral, start, separated = _numbered(head)
    core = head[start:]
    found = words.exact(core)
    if found is None:
        if style is not Style.CHINESE or not separated or len(text) > _LONGEST_HEAD:
            return None
        return _read_similar(text, core, words, Heading(index, None, numeral, style, text, exact=False))
    spec, length = found
    if style < Style.CHINESE and core[:length].translate(_BETWEEN_WORDS) not in words.official:
        return None
    after = core[length:]
    if after[:2] in ("情况", "情形"):
        length, after = length + 2, after[2:]
    if after and not _may_follow(after, style, words):
        return None
    end = length_of_folded(text, start + length)
    if after[:1] in ("。", ":", ";", ",", ".") or not after:
        end = len(text) if not after else end
    return Heading(index, spec, numeral, style, text[:end].strip(), text[end:].lstrip(" \t\u3000\u00a0:：。*#|_").strip())


def _numbered(head: str) -> tuple[Style, str, int, bool]:
    """Return style, numeral and length of the numbering with which a folded line begins, and whether a mark ends it."""
    match = _NUMERAL.match(head)
    if match is None:
        return Style.PLAIN, "", 0, False
    if match["chinese"]:
        return Style.CHINESE, match["chinese"].translate(_FINANCIAL_DIGITS), match.end(), bool(match["mark"])
    if match["part"]:
        return Style.CHINESE, _in_chinese(match["ordinal"]), match.end(), True
    if match["arabic"]:
        return Style.ARABIC, _in_chinese(match["arabic"]), match.end(), True
    return Style.BRACKET, _in_chinese(match["bracket"]), match.end(), True


def _in_chinese(numeral: str) -> str:
    return chinese_numeral(int(numeral)) if numeral.isdecimal() else numeral


def _may_follow(after: str, style: Style, words: _Wording) -> bool:
    """Say whether a heading can be followed by this on its line, or whether all of it is a sentence."""
    if _LEADER.match(after):
        return True
    if after[0] in "。:;":
        return True
    if style is not Style.CHINESE or _CONTINUED.match(after) or after[0] == ",":
        return False
    # 「一、总体情况二、主动公开…」: a list of the headings, not one of them.
    return words.exact(after[_numbered(after)[2] :]) is None


def _read_similar(text: str, core: str, words: _Wording, heading: Heading) -> Heading | None:
    """Read a line that is numbered like a heading but not worded as the form has it."""
    if not 2 <= len(core) <= _LONGEST_HEADING or _SENTENCE.search(core.rstrip("。:;")):
        return None
    if core.translate(_BETWEEN_WORDS) in words.rows:
        return None
    return evolve(heading, spec=words.similar(core, heading.numeral), printed=text.strip())


def locate_headings(texts: Sequence[str], form: Form, levels: Mapping[int, int] | None = None) -> tuple[Heading, ...]:
    """Return the headings of a document, in its order.

    Of several lines that read like the heading of the same section, those numbered in the manner of the document
    and with the right numeral win; a table of contents is passed over.

    Args:
        texts: The lines or paragraphs of the document.
        form: An edition of the form; the sections of its editions are worded alike.
        levels: Heading levels that the source gives (HTML h1 to h6), by index.
    """
    words = _wording(form)
    read = _read_all(texts, words)
    known = _without_contents([heading for heading in read if heading.spec is not None])
    chosen = _chosen(known, levels or {})
    strangers = [heading for heading in read if heading.spec is None]
    return tuple(_with_strangers(chosen, strangers, form))


def _read_all(texts: Sequence[str], words: _Wording) -> list[Heading]:
    gate, skip = words.gate.match, -1
    found: list[Heading] = []
    for index, text in enumerate(texts):
        if index == skip or gate(text) is None:
            continue
        heading = _read(text, words, index)
        if (heading is None or heading.spec is None or not heading.exact) and index + 1 < len(texts):
            joined = _read_broken(text, texts[index + 1], words, index)
            if joined is not None:
                heading, skip = joined, index + 1
        if heading is not None:
            found.append(heading)
    return found


def _read_broken(text: str, following: str, words: _Wording, index: int) -> Heading | None:
    """Read a numbered line and the next as one heading that was broken in two."""
    if len(text) > 40 or not 0 < len(following) <= 40:
        return None
    style, _, start, _ = _numbered(fold(text))
    if style is not Style.CHINESE:
        return None
    heading = _read(text + following, words, index)
    if heading is None or heading.spec is None or not heading.exact or heading.rest:
        return None
    if start < len(fold(text)) and _read(following, words, index) is not None:
        return None
    return evolve(heading, lines=2)


def _without_contents(known: list[Heading]) -> list[Heading]:
    """Leave out a table of contents: headings line under line, all of which come again."""
    kept: list[Heading] = []
    start = 0
    while start < len(known):
        end = start + 1
        while end < len(known) and known[end].index - known[end - 1].index == 1 and _section(known[end]) > _section(known[end - 1]):
            end += 1
        run, later = known[start:end], {_section(heading) for heading in known[end:]}
        if len(run) >= 3 and all(_section(heading) in later for heading in run):
            start = end
            continue
        kept.extend(heading for heading in run if not (_LEADER.match(fold(heading.rest)) and _section(heading) in later))
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

    best: dict[int, tuple[bool, bool, bool, int, bool]] = {}
    for heading in known:
        section = _section(heading)
        best[section] = max(best.get(section, merit(heading)), merit(heading))
    winners = [heading for heading in known if merit(heading) == best[_section(heading)]]
    firm = [heading for heading in winners if heading.style == manner]
    kept: list[Heading] = []
    for heading in winners:
        if kept and _section(kept[-1]) == _section(heading):
            continue  # The caption of the table repeats the heading above it.
        if heading.style == manner or (heading.style is not Style.BRACKET and _in_order(heading, firm)):
            kept.append(heading)
    return kept


def _in_order(heading: Heading, firm: Iterable[Heading]) -> bool:
    """Say whether a heading in another manner stands where its section belongs."""
    return all((other.index < heading.index) == (_section(other) < _section(heading)) for other in firm)


def _with_strangers(chosen: list[Heading], strangers: list[Heading], form: Form) -> list[Heading]:
    """Add the numbered headings that the form does not know, where they carry on the numbering of those it does."""
    missing = {spec.number: spec for spec in form.sections} if strangers and chosen else {}
    for heading in chosen:
        missing.pop(_section(heading), None)
    result: list[Heading] = []
    ends: list[Heading | None] = [*chosen, None]
    for place, after in enumerate(ends):
        before = chosen[place - 1] if place else None
        result.extend(_between(before, after, strangers, missing))
        if after is not None:
            result.append(after)
    return result


def _between(before: Heading | None, after: Heading | None, strangers: list[Heading], missing: Mapping[int, SectionSpec]) -> list[Heading]:
    """Return the strangers between two headings whose numerals lead from one to the other without a gap."""
    low = _number(before.numeral) if before else 0
    high = _number(after.numeral) if after else 0
    if not strangers or (before and not low) or (after and high <= low + 1) or not (before or after):
        return []
    first, last = (before.index if before else -1), (after.index if after else None)
    inside = [other for other in strangers if other.index > first and (last is None or other.index < last)]
    wanted = range(low + 1, high) if after else range(low + 1, low + 1 + len(inside))
    found = [other for other in inside if _number(other.numeral) in wanted]
    numerals = [_number(other.numeral) for other in found]
    if not found or numerals != list(wanted)[: len(numerals)] or (after and len(numerals) != len(wanted)):
        return []
    if len(found) == 1 and after is not None:
        spec = missing.get(numerals[0])
        if spec is not None and _section(after) == spec.number + 1 and (before is None or _section(before) == spec.number - 1):
            return [evolve(found[0], spec=spec)]
    return found


def find_sections(paragraphs: Sequence[Paragraph], form: Form) -> tuple[Section, ...]:
    """Cut the text of a report into its sections.

    Args:
        paragraphs: All text outside of tables, in the order of the document.
        form: An edition of the form.

    Returns:
        The sections in the order of the document, beginning with the text before the first heading, if there is any. A heading that the
        form does not know makes a section without a name.
    """
    levels = {index: paragraph.heading for index, paragraph in enumerate(paragraphs) if paragraph.heading}
    headings = locate_headings([paragraph.text for paragraph in paragraphs], form, levels)
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
