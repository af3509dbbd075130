"""What the narrative of a report says about the numbers of its tables, read clause by clause with a vocabulary that is data."""

from __future__ import annotations

from collections.abc import Iterator

from gilint.claims.clauses import ClauseReader
from gilint.claims.drafts import Draft
from gilint.claims.model import MAX_CLAIMS, Claim, ClaimKind, Number, Quotient, Reading, Scope, reading_value
from gilint.claims.vocabulary import Vocabulary, load_vocabulary
from gilint.document import Paragraph
from gilint.memo import once_per_report
from gilint.model import Report, Section

__all__ = ["MAX_CLAIMS", "Claim", "ClaimKind", "Number", "Quotient", "Reading", "Scope", "claims_of", "load_vocabulary", "reading_value"]


@once_per_report
def claims_of(report: Report) -> tuple[Claim, ...]:
    """Return the statements of the narrative about what the tables count, in the order of the text; read once per report.

    Empty where no form was recognised, and for a form that the vocabulary is not for; at most `MAX_CLAIMS`, behind which nothing is read.
    """
    words = load_vocabulary(report.phrasings)
    if report.form is None or report.form.id != words.form:
        return ()
    claims: list[Claim] = []
    for section in report.sections:
        count = len(section.paragraphs)
        # What is behind the last one that states something can only say what the next one is about.
        while count and not words.claiming.search(section.paragraphs[count - 1].text):
            count -= 1
        for claim in _read_section(report, section, count, words, len(claims)):
            claims.append(claim)
            if len(claims) == MAX_CLAIMS:
                return tuple(claims)
    return tuple(claims)


def _read_section(report: Report, section: Section, count: int, words: Vocabulary, first: int) -> Iterator[Claim]:
    """Read the first so many paragraphs of a section."""
    if not count:
        return
    assert report.form is not None  # noqa: S101  (asked by the caller)
    topic = words.tables["sections"].get(section.name)
    reader = ClauseReader(
        words, report.form, report.year, report.organ.name if report.organ else "", topic if topic in words.topics.values() else None,
        guarded=topic is not None,
    )  # fmt: skip
    for number, paragraph in enumerate(section.paragraphs[:count], start=1):
        text = paragraph.text
        # Most paragraphs say nothing of what the tables count.
        if reader.topic is None and not words.telling.are_in(text):
            continue
        drafts = reader.read(text)
        yield from (_placed(draft, section, number, paragraph, first) for draft in drafts)
        first += len(drafts)


def _placed(draft: Draft, section: Section, number: int, paragraph: Paragraph, first: int) -> Claim:
    return Claim(
        draft.kind, draft.subject, draft.value, draft.readings, paragraph.text[draft.start : draft.end], section.number, number, draft.start,
        draft.end, paragraph.place, draft.unit, draft.scope, draft.weak, None if draft.whole is None else draft.whole + first,
        draft.quotient, draft.decimals,
    )  # fmt: skip
