"""Whose report it is, on which year, and what it calls itself.

Nothing is invented: what a document does not say about itself stays ``None``. Several places say it (title, the period of the figures, the
opening sentences, the signature); they vote, and the title's vote weighs most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from gilint.data import Data
from gilint.document import Paragraph
from gilint.form import Form
from gilint.organ import Organ, OrganKind
from gilint.patterns import deferred
from gilint.recognise.folding import any_printed, fold, has_any, length_of_folded, printed_edges
from gilint.recognise.headings import first_heading
from gilint.recognise.organs import has_place, organ_of
from gilint.recognise.signature import Signature, signature_of
from gilint.recognise.titles import (
    ORGAN_WITHIN,
    YEAR,
    Named,
    TitleWords,
    named_organ,
    named_year,
    read_title,
    title_words,
    year_of,
)

_OPENING = 60
"""Paragraphs before the first heading that are looked at, counted back from it (site furniture comes first)."""
_NARRATIVE = 12
"""Paragraphs after the first heading whose first word can be the year."""
_SENTENCES = 1200
"""Characters of an opening paragraph that are looked at."""

_TELLING = any_printed("2二由与")
"""A year, or what names an author or whom to ask: a sentence with none of these characters, as printed, says nothing about year and organ."""
_PERIOD_VOTES = 2
_PHRASE_VOTES = 1
_PERIOD = deferred(f"({YEAR})(?:20[0-3]\\d)?年?度?(?:0?1|一)月(?:0?1|一)日[^。;]{{0,14}}?(?:12|十二)月(?:3[01]|三十一?)日")
_TITLE_BROKEN = ("政府", "政府信息", "信息公", "公开", "公开工作", "年", "年度", "年度报", "工作年", "工作")
_TITLE_BROKEN_AFTER = printed_edges("府息公开作年度报")
"""The last character, as printed, of a line that a title can be broken after."""
_YEAR_ALONE = deferred(f"\\(?(?:{YEAR})年?度?\\)?")
_SITE_NAMES = re.compile(r"\s*[-_|—–>«»·]+\s*")
"""Parts a page's title from the names of the site."""
_QUOTED = re.compile(r"《([^《》]{6,80})》")
_ANNOUNCED = re.compile(
    r"(?:现(?:将|予以?)?(?:向社会)?(?:公布|公开|发布)|编制(?:形成|完成)?了?|形成|制定|向社会公布)《?([^,。;:《》]{6,60})"
)
_PHRASE = deferred(r"(20[0-3]\d)年度?[^。,;]{0,24}?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况|报告|年报)(?=.)")
_WRITTEN_BY = deferred(
    r"(?<!自)由((?:[^,。;:由]|(?<=自)由){3,40}?)(?:根据|依据|按照|依照|结合|编制(?!委)|综合(?!行政|执法|管理|保障|治理|办)|负责)"
)
_CONTACT = deferred(r"与([^,。;:()与]{4,40}?)(?:联系|\()")
_CORPS = "新疆生产建设兵团"
"""Has divisions and cities of its own, which stand in no list of places."""
_PUBLISHED = deferred(r"(?:发布|公开|成文|发文|生成|更新)(?:时间|日期):?(20\d\d)[-/.年]")
_NARRATED = deferred(r"(20[0-3]\d)年(?!\d)")


@frozen(eq=False, repr=False)
class Identity(Data):
    """What a document says about itself."""

    title: str | None = None
    year: int | None = None
    """The year reported on."""
    organ: Organ | None = None


class _Sentence:
    """A paragraph before the first heading."""

    def __init__(self, raw: str, folded: str) -> None:
        self.raw = raw
        self.folded = folded

    def printed(self, match: re.Match[str]) -> str:
        """Return what the first group of a match in the folded text is in print."""
        return self.raw[length_of_folded(self.raw, match.start(1)) : length_of_folded(self.raw, match.end(1))]


class _Sources:
    """The places of one document that name its year and organ."""

    def __init__(self, titles: Sequence[tuple[Named, int]], sentences: Sequence[_Sentence], signature: Signature) -> None:
        self.titles = titles
        """Each with its weight."""
        self.sentences = sentences
        self.signature = signature


def identify(document_title: str, paragraphs: Sequence[Paragraph], document_name: str, forms: Iterable[Form]) -> Identity:
    """Find title, year and organ of a report.

    Args:
        document_title: What the format calls the title (HTML ``title``), site suffix and all.
        paragraphs: The text outside of tables, in the order of the document.
        document_name: The file's name, asked where the document itself is silent.
        forms: The editions that the document can follow; their headings end the opening of the report.
    """
    forms = tuple(forms)
    words = title_words(forms)
    begin, end = _opening(paragraphs, forms)
    opening = paragraphs[begin:end]
    sentences = [_Sentence(raw, fold(raw)) for paragraph in opening if has_any(raw := paragraph.text[:_SENTENCES], _TELLING)]
    printed, quoted = _printed_title(opening, words), _quoted_title(sentences, words)
    page, announced = _page_title(document_title, words), _announced_title(sentences, words)
    file = read_title(document_name.replace("\\", "/").rpartition("/")[2], words)
    weighed = ((printed, 3), (quoted, 3), (page, 2), (announced, 2), (file, 0))
    sources = _Sources([(named, weight) for named, weight in weighed if named is not None], sentences, signature_of(paragraphs))
    title = printed or quoted or page
    organ = _organ(sources)
    return Identity(title.text if title else None, _year(sources, paragraphs, end), organ_of(organ) if organ else None)


def _opening(paragraphs: Sequence[Paragraph], forms: Sequence[Form]) -> tuple[int, int]:
    """Return where the text before the first heading begins and ends, as far as it is looked at."""
    found = [first_heading((paragraph.text for paragraph in paragraphs), form) for form in {form.id: form for form in forms}.values()]
    end = min((place for place in found if place is not None), default=None)
    return (0, min(_OPENING, len(paragraphs))) if end is None else (max(0, end - _OPENING), end)


def _printed_title(opening: Sequence[Paragraph], words: TitleWords) -> Named | None:
    """Return the title line before the first heading; of several the most telling, then the last."""
    best: Named | None = None
    most = 0
    for place in range(len(opening) - 1, -1, -1):
        marked = opening[place].heading > 0
        if most >= 4 + marked:
            continue  # It cannot tell more, as most of what a site prints above a report.
        named = _title_at(opening, place, words)
        if named is None:
            continue
        named = _completed(named, opening, place, words)
        score = 2 * (named.year is not None) + 2 * (named.organ is not None) + marked
        if score > most:
            best, most = named, score
    return best


def _title_at(opening: Sequence[Paragraph], place: int, words: TitleWords) -> Named | None:
    """Return the title that a paragraph is, or that it is together with the next."""
    text = opening[place].text
    named = read_title(text, words)
    if named is not None or place + 1 == len(opening) or len(text) > 40 or text[-1:] not in _TITLE_BROKEN_AFTER:
        return named
    following = opening[place + 1].text
    if not fold(text).endswith(_TITLE_BROKEN) or read_title(following, words):
        return None
    return read_title(text + following, words)


def _completed(named: Named, opening: Sequence[Paragraph], place: int, words: TitleWords) -> Named:
    """Add to a title what stands on lines of its own above it (organ, year) or under it (year)."""
    above = [paragraph.text for paragraph in opening[max(0, place - 2) : place]]
    for count in (1, 2):
        if (named.organ is not None and named.year is not None) or count > len(above):
            break
        lines = above[-count:]
        if len(lines[0]) > 40 or read_title(lines[0], words) is not None:
            break
        longer = read_title("".join(lines) + named.text, words)
        if longer is not None and longer.organ is not None and (named.organ is None or longer.organ == named.organ):
            return longer if longer.year is not None or named.year is None else named
    if named.year is None and place + 1 < len(opening):
        below = fold(opening[place + 1].text)
        if _YEAR_ALONE.fullmatch(below):
            return Named(named.text, named_year(below.strip("()").removesuffix("度").removesuffix("年") + "年"), named.organ)
    return named


def _quoted_title(sentences: Iterable[_Sentence], words: TitleWords) -> Named | None:
    """Return the title that an opening sentence quotes: 现发布《…2022年政府信息公开工作年度报告》."""
    for sentence in sentences:
        for match in _QUOTED.finditer(sentence.raw):
            named = read_title(match[1], words)
            if named is not None and named.year is not None:
                return named
    return None


def _announced_title(sentences: Iterable[_Sentence], words: TitleWords) -> Named | None:
    """Return the title that an opening sentence announces without quoting it: 现公布某市2020年政府信息公开工作年度报告."""
    for sentence in sentences:
        for match in _ANNOUNCED.finditer(sentence.folded):
            named = read_title(sentence.printed(match), words, whole=False)
            if named is not None and named.year is not None:
                return named
    return None


def _page_title(document_title: str, words: TitleWords) -> Named | None:
    """Return the title within what the page calls its title, without the names of the site."""
    pieces = _SITE_NAMES.split(document_title[:400])
    found = [named for piece in pieces if (named := read_title(piece, words, whole=False))]
    return max(found, key=lambda named: (named.year is not None) + (named.organ is not None), default=None)


def _year(sources: _Sources, paragraphs: Sequence[Paragraph], end: int) -> int | None:
    """Let the places vote; on a tie the title decides, then the period of the figures."""
    votes: dict[int, int] = {}

    def vote(year: int | None, weight: int) -> None:
        if year is not None:
            votes[year] = votes.get(year, 0) + weight

    for named, weight in sources.titles:
        vote(named.year, weight)
    if len(votes) == 1 and max(votes.values()) >= _PERIOD_VOTES + _PHRASE_VOTES:
        return next(iter(votes))  # Nothing can outvote titles that agree.
    vote(_period(sources.sentences, paragraphs), _PERIOD_VOTES)
    vote(next((int(match[1]) for sentence in sources.sentences if (match := _PHRASE.search(sentence.folded))), None), _PHRASE_VOTES)
    if not votes:
        narrated = {
            int(match[1]) for paragraph in paragraphs[end : end + _NARRATIVE] if (match := _NARRATED.match(fold(paragraph.text[:12])))
        }
        vote(narrated.pop() if len(narrated) == 1 else None, 1)
    if votes:
        return max(votes, key=lambda year: votes[year])
    published = next(
        (int(match[1]) for sentence in sources.sentences if (match := _PUBLISHED.search(sentence.folded))), sources.signature.year
    )
    return published - 1 if published is not None else None


def _period(sentences: Iterable[_Sentence], paragraphs: Iterable[Paragraph]) -> int | None:
    """Return the year in which the period of the figures begins."""

    def texts() -> Iterator[str]:
        yield from (sentence.folded for sentence in sentences)
        for paragraph in paragraphs:
            if "统计" in paragraph.text and "月" in paragraph.text:
                yield fold(paragraph.text[:_SENTENCES])

    return next((year_of(match[1]) for text in texts() if (match := _PERIOD.search(text))), None)


def _organ(sources: _Sources) -> str | None:
    """Let the places vote; names of which one contains the other (商务局, 双鸭山市商务局) are votes for the same organ."""
    named = [(title.organ, weight) for title, weight in sources.titles if title.organ is not None and weight]
    if sources.signature.organ is not None:
        named.append((sources.signature.organ, 2))
    asked = [sentence for sentence in sources.sentences if "由" in sentence.folded or "与" in sentence.folded]
    if len({name for name, _ in named}) == 1 and sum(weight for _, weight in named) >= 2 * len(asked) and has_place(named[0][0]):
        return named[0][0]  # Nothing can outvote places that agree.
    named.extend(_mentioned(asked))
    named.extend((title.organ, 0) for title, weight in sources.titles if title.organ is not None and not weight)
    if len({name for name, _ in named}) < 2:
        return named[0][0] if named else None
    groups: list[tuple[list[str], int]] = []
    for name, weight in named:
        for place, (names, total) in enumerate(groups):
            if any(fold(name) in fold(other) or fold(other) in fold(name) for other in names):
                groups[place] = [*names, name], total + weight
                break
        else:
            groups.append(([name], weight))
    names = max(groups, key=lambda group: group[1])[0]
    fuller = [name for name in names if fold(name).endswith(fold(names[0])) and has_place(name)]
    return names[0] if has_place(names[0]) or not fuller else max(fuller, key=len)


def _mentioned(sentences: Iterable[_Sentence]) -> Iterator[tuple[str, int]]:
    """Yield the organs that the opening names as author and as whom to ask."""
    for pattern in (_WRITTEN_BY, _CONTACT):
        for sentence in sentences:
            match = pattern.search(sentence.folded)
            if match is None:
                continue
            printed = sentence.printed(match)
            within = ORGAN_WITHIN.match(fold(printed))
            organ = named_organ(printed, end=within.end() if within else None)
            # Words that end like an organ are one only where it is an organ of some place: 政务公开科室 is not.
            if organ is not None and (within or has_place(organ) or organ.startswith(_CORPS)):
                yield organ, 0 if organ_of(organ).kind is OrganKind.UNKNOWN else 1
