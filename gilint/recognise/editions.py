"""Which edition of which form a document follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gilint.model import EditionEvidence
from gilint.notice import Notice, NoticeKind
from gilint.recognise.labels import Vocabulary, index_of
from gilint.recognise.lay import Laid, flat_tables, lay
from gilint.recognise.lines import Line
from gilint.recognise.rows import ObservedRow

CLEARLY_BETTER = 1.5
"""By how much a table must fit another edition better before editions are called mixed; about two labels."""
LEAST_QUALITY = 2.0
"""Below this a document has no table of the form: single words that occur elsewhere too."""


class Choice:
    """The edition chosen, and what speaks for it."""

    def __init__(self, laid: Laid, evidence: tuple[EditionEvidence, ...], mixed: dict[str, str]) -> None:
        self.laid = laid
        self.evidence = evidence
        self.mixed = mixed
        """Table name to the other edition that it follows."""


def choose(
    lines: Sequence[Line], rows: Sequence[ObservedRow], vocabulary: Vocabulary, section_of: Callable[[str], str | None], year: int | None
) -> Choice | None:
    """Lay the document over the editions and return the one that fits best; ``None`` when none does.

    The edition for the report's year decides only between editions that fit equally well: a report on the wrong form must be found to be
    on the wrong form.
    """
    indexes = vocabulary.indexes
    exclusive = _exclusive_labels(lines, vocabulary)
    order = sorted(range(len(indexes)), key=lambda i: -len(exclusive[i]))
    laid: list[Laid] = []
    for i in order:
        index = indexes[i]
        others = [other for other in indexes if other is not index and other.form.id == index.form.id]
        candidate = lay(rows, flat_tables(lines, index, section_of), index, others)
        laid.append(candidate)
        if len(laid) == 1 and _is_perfect(candidate) and not any(exclusive[j] for j in order[1:]):
            break

    def preference(one: Laid) -> tuple[float, bool, int]:
        return round(one.quality, 3), year is not None and one.form.covers(year), one.form.first_year

    best = max(laid, key=preference, default=None)
    if best is None or best.quality < LEAST_QUALITY:
        return None
    rivals = [one for one in laid if one is not best and one.form.id == best.form.id]
    mixed = _mixed(best, rivals)
    labels = {id(index.form): labels for index, labels in zip(indexes, exclusive, strict=True)}
    return Choice(best, _evidence(best, rivals, labels), mixed)


def _exclusive_labels(lines: Sequence[Line], vocabulary: Vocabulary) -> list[dict[str, str]]:
    """Return, for each edition, the labels in the document that no other edition has: folded, and as printed."""
    seen: dict[str, str] = {}
    for text in {token.text: None for line in lines for token in line.labels}:
        facts = vocabulary.facts(text)
        if facts.label:
            seen.setdefault(facts.folded, text)
            seen.setdefault(facts.core, text)
    return [{folded: printed for folded, printed in seen.items() if folded in labels} for labels in vocabulary.exclusive]


def _is_perfect(laid: Laid) -> bool:
    return all(len(table.cells) == len(table.spec.keys) and not table.foreign and not table.unplaced for table in laid.tables.values())


def _mixed(best: Laid, rivals: Sequence[Laid]) -> dict[str, str]:
    """Return the tables that follow another edition than the document as a whole, and note it."""
    mixed = {}
    for name, table in best.tables.items():
        rival = max((one for one in rivals if name in one.tables), key=lambda one: one.tables[name].quality, default=None)
        better = rival is not None and rival.tables[name].quality > table.quality + CLEARLY_BETTER
        if rival is not None and table.found and (better or table.foreign):
            if better:
                mixed[name] = rival.form.edition
            data = {"table": name, "edition": rival.form.edition, "printed": tuple(table.foreign)}
            line = min((row.first for row in table.rows.values()), default=0)
            best.notices.append((line, Notice(NoticeKind.EDITIONS_MIXED, data)))
    return mixed


def _evidence(best: Laid, rivals: Sequence[Laid], exclusive: Mapping[int, Mapping[str, str]]) -> tuple[EditionEvidence, ...]:
    evidence = []
    for one in (best, *sorted(rivals, key=lambda rival: rival.form.first_year)):
        index = index_of(one.form)
        for name, table in one.tables.items():
            if table.found:
                labels = {*index.columns[name], *(text for text, target in index.rows.items() if target.table.name == name)}
                telling = dict.fromkeys(printed for folded, printed in exclusive[id(one.form)].items() if folded in labels)
                evidence.append(EditionEvidence(name, one.form.edition, round(table.share, 3), tuple(telling)))
    return tuple(evidence)
