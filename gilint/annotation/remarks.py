"""What is written into a copy: each finding in words, and where it belongs. Knows no format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from gilint.annotation.involved import Part, parts_of, say_ranges
from gilint.document import Document, Paragraph
from gilint.finding import Finding, Result, Severity
from gilint.language import Language, Text
from gilint.model import Cell, Report
from gilint.output.causes import say_number
from gilint.output.lines import cause_details, details, visible
from gilint.output.marking import marked_cells
from gilint.output.parts import CauseView, FindingView
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.place import CellRef, Place
from gilint.rule import Rule

MAX_SPOTS = 12
"""Places at which one finding is marked."""

_HEAD = Text("【{severity}】第 {number} 条 {code} {title}", "[{severity}] {number}. {code} {title}")
_AGAIN = Text("【{severity}】同第 {number} 条（{code}），说明见该条。", "[{severity}] See finding {number} ({code}).")
_NOWHERE = Text("（这一条不针对文中某一处，故标在标题上。）", "(This is about no single place, so it stands at the title.)")
_LACKING = Text(
    "（文中没有“{cell}”这一格，故标在邻近的格上。）", "(The document has no cell “{cell}”, so this stands beside where it should be.)"
)


@frozen
class Spot:
    """Where a remark belongs."""

    place: Place
    phrase: str = ""
    """The words of that place that it is about; empty: all of it."""
    note: str = ""
    """What is said there alone: what is printed and what it should be."""


@frozen
class Remark:
    """One finding in words."""

    number: int
    """As in all other output, counted from 1."""
    severity: Severity
    head: str
    """One line: severity, number, code, title."""
    lines: tuple[str, ...]
    """Message, suggestion, smallest repairs, clause."""
    again: str
    """What stands at every further spot."""
    spots: tuple[Spot, ...]
    """Empty only in a document without any content."""
    parts: tuple[Part, ...] = ()
    """The other cells that it is about, which get no comment."""

    @property
    def text(self) -> str:
        """All of it, lines apart."""
        return "\n".join((self.head, *self.lines))

    def at(self, index: int, spot: Spot | None = None) -> tuple[str, ...]:
        """Return the lines that stand at one of the spots: everything at the first that is found."""
        own = (spot.note,) if spot is not None and spot.note else ()
        return (self.again, *own) if index else (self.head, *own, *self.lines)


def remarks_of(result: Result, language: Language, rules: Mapping[str, type[Rule]]) -> tuple[Remark, ...]:
    """Return the findings of a result as remarks, in their order; those with one cause are one."""
    view = DocumentView(result, 1, Words(language), rules)
    facts = dict(zip(view.findings, result.findings, strict=True))
    remarks = (
        _cause_remark(entry, [facts[each] for each in entry.findings], view)
        if isinstance(entry, CauseView)
        else _remark(result.report, facts[entry], entry, view)
        for entry in view.entries
    )
    parts = parts_of(view)
    return tuple([evolve(remark, parts=parts.get(remark.number, ())) for remark in remarks])


def _cause_remark(cause: CauseView, findings: list[Finding], view: DocumentView) -> Remark:
    """Put what is said of a cause at the cells that its likeliest repair changes, and not at every equation that does not hold for it."""
    words, report = view.words, view.report
    colon = words("colon")
    changed = []
    for change in cause.changes:
        cell = _cell(report, change.cell)
        if cell is not None and cell.place is not None:
            before = words("blank-value") if change.before is None else change.before
            changed.append(Spot(cell.place, cell.raw, f"{before} → {say_number(change)}"))
    found, note = (tuple(changed), None) if changed else _spots(report, findings[0], view)
    lines = [cause.headline]
    lines += [title + colon * bool(title) + text for title, text in cause_details(cause, words) if title != words("place")]
    lines.append(words("consequences", count=len(cause.findings)) + colon)
    language = words.language
    for told, finding in zip(cause.findings, findings, strict=True):
        lines.append(told.message + say_ranges(report, finding.cells).in_language(language))
    if note is not None:
        lines.append(note.in_language(words.language))
    codes = " ".join(cause.codes)
    values = {"severity": words.severity(cause.severity), "number": cause.number, "code": codes, "title": words("cause-title")}
    return Remark(
        cause.number,
        cause.severity,
        visible(_HEAD.in_language(words.language, values)),
        tuple(visible(line) for line in lines),
        visible(_AGAIN.in_language(words.language, values)),
        found[:MAX_SPOTS],
    )


def _remark(report: Report, finding: Finding, words: FindingView, view: DocumentView) -> Remark:
    language = view.words.language
    spots, note = _spots(report, finding, view)
    values = {"severity": view.words.severity(finding.severity), "number": words.number, "code": words.code, "title": words.title}
    skipped = {view.words("place"), view.words("excerpt")} if note is None else set()
    lines = [words.message]
    lines += [title + view.words("colon") + text for title, text in details(words, view.words) if title not in skipped]
    if note is not None:
        lines.append(note.in_language(language))
    return Remark(
        words.number,
        finding.severity,
        visible(_HEAD.in_language(language, values)),
        tuple(visible(line) for line in lines),
        visible(_AGAIN.in_language(language, values)),
        spots,
    )


def _spots(report: Report, finding: Finding, view: DocumentView) -> tuple[tuple[Spot, ...], Text | None]:
    """Return where a finding belongs, and what is to be said where that is not the very place."""
    exact = tuple(dict.fromkeys(_exact(report, finding)))[:MAX_SPOTS]
    if exact:
        return exact, None
    for ref in finding.cells:
        near = _beside(report, ref)
        if near is not None:
            return (Spot(near),), _LACKING.filled(cell=view.say_cell(ref))
    title = _title(report)
    return ((Spot(title),) if title else ()), _NOWHERE


def _exact(report: Report, finding: Finding) -> Iterator[Spot]:
    found = False
    for ref in marked_cells(finding):
        cell = _cell(report, ref)
        if cell is not None and cell.place is not None:
            found = True
            yield Spot(cell.place, cell.raw)
    if found:
        return
    for excerpt in finding.excerpts:
        place = excerpt.place or finding.place or _where(report.document, excerpt.text)
        if place is not None:
            found = True
            yield Spot(place, excerpt.text)
    if not found and finding.place is not None:
        yield Spot(finding.place)


def _cell(report: Report, ref: CellRef) -> Cell | None:
    table = report.tables.get(ref.table)
    return None if table is None else table.get((ref.row, ref.column))


def _beside(report: Report, ref: CellRef) -> Place | None:
    """Return the place of a cell near one that the document does not have: of its row, its column, its table."""
    table = report.tables.get(ref.table)
    placed = [cell for cell in table.cells.values() if cell.place is not None] if table else []
    nearest = min(placed, key=lambda cell: (cell.row != ref.row, cell.column != ref.column), default=None)
    return None if nearest is None else nearest.place


def _where(document: Document, text: str) -> Place | None:
    """Return the place of the first paragraph or cell in which a text stands."""
    sought = squeezed(text)
    for block in document.blocks if sought else ():
        if isinstance(block, Paragraph):
            if sought in squeezed(block.text):
                return block.place
            continue
        for row in block.rows:
            for cell in row:
                if sought in squeezed(cell.text):
                    return cell.place
    return None


def _title(report: Report) -> Place | None:
    """Return the place of the title, or else of the first that is printed."""
    place = _where(report.document, report.title or "")
    if place is not None:
        return place
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            return block.place
        for row in block.rows:
            if row:
                return row[0].place
    return None


def squeezed(text: str) -> str:
    """Return a text without spaces, by which it is found again in a source that has others."""
    return "".join(text.split())
