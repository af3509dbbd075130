"""Laying a `Document` over the forms: which edition, which cell is which, what is left over.

The way through: lines of tokens, rows cut from them, rows and values laid over each edition, the best edition chosen, then the
narrative around the tables, the year and the organ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve

from gilint.document import Document, Paragraph
from gilint.form import Form
from gilint.model import Cell, Report, Section, Table
from gilint.notice import Notice, NoticeKind
from gilint.recognise.absence import FEW_SECTIONS, table_reason, why_no_report
from gilint.recognise.crooked import straightened
from gilint.recognise.dumps import runs_together, without_dumps
from gilint.recognise.editions import Choice, choose
from gilint.recognise.headings import Heading, heading_of
from gilint.recognise.identity import identify
from gilint.recognise.labels import Vocabulary, index_of, vocabulary_of
from gilint.recognise.lay import Laid, TableLaid
from gilint.recognise.layouts import LONGEST_SECTION_HEADING, layouts_of, values_of
from gilint.recognise.lines import Kind, Line, lines_of
from gilint.recognise.rows import Cutter
from gilint.recognise.sections import find_sections, locate_headings
from gilint.recognise.several import first_of_several, is_whole
from gilint.recognise.spacers import without_spacers
from gilint.recognise.tidy import report_of
from gilint.recognise.worksheets import with_headings
from gilint.values import CellState

SEVERAL_SHARE = 0.6
"""Share of the rows that stand twice from which on a document holds two reports and not a few repeated rows."""


def recognise(document: Document, forms: Sequence[Form]) -> Report:
    """Lay ``document`` over ``forms``.

    Args:
        document: what a reader yielded.
        forms: every edition of every form that it can be.

    Returns:
        A report; its ``form`` is ``None`` where no table of any form was found, and a notice says why.
    """
    if document.tidy is not None:
        return report_of(document, document.tidy, forms)
    vocabulary = vocabulary_of(tuple(index_of(form) for form in forms))
    document = without_dumps(with_headings(straightened(without_spacers(document)), forms), forms, vocabulary)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    headings = _headings(forms, paragraphs)
    section_of = _heading_test(forms, paragraphs, headings)
    identity = identify(document.title, paragraphs, document.name, forms)
    layouts = layouts_of(vocabulary)
    skeleton = layouts.skeleton_of(document, section_of, identity.year)
    layout = layouts.find(skeleton)
    if layout is not None:
        # Here every paragraph is a line of one text.
        narrative = [paragraph for paragraph in paragraphs if not vocabulary.facts(paragraph.text).label]
        sections = _sections(narrative, paragraphs, headings, layout.form)
        tables, evidence, notices = layout.fill(document), layout.evidence, document.notices
        return Report(
            document.name, layout.form, identity.year, identity.organ, identity.title, sections, tables, evidence, notices, document
        )
    lines = lines_of(document, vocabulary)
    rows = Cutter(vocabulary, section_of).cut(lines)
    choice = choose(lines, rows, vocabulary, section_of, identity.year)
    form = choice.laid.form if choice else None
    narrative = _narrative(lines, choice, vocabulary)
    sections = _sections(narrative, paragraphs, headings, form or _likeliest(forms, headings))
    report = Report(document.name, form, identity.year, identity.organ, identity.title, sections, document=document)
    if choice is None:
        return evolve(report, notices=(*document.notices, *_why_nothing(document, report, _likeliest(forms, headings))))
    noticed = [*choice.laid.notices, *_about_tables(choice, lines, document, report, section_of)]
    noticed = _gather_several(choice.laid, noticed)
    if skeleton is not None and not noticed:
        layouts.remember(skeleton, choice, lines)
    ordered = tuple(notice for _, notice in sorted(noticed, key=lambda item: item[0]))
    report = evolve(report, tables=_tables(choice), evidence=choice.evidence, notices=(*document.notices, *ordered))
    return _only_the_first(report, noticed, section_of, forms)


def _only_the_first(
    report: Report, noticed: Sequence[tuple[int, Notice]], section_of: Callable[[str], str | None], forms: Sequence[Form]
) -> Report:
    """Return the first of several reports that differ, where it can be told from the others; any other report as it is."""
    several = (each for _, each in noticed if each.kind is NoticeKind.SEVERAL_REPORTS and not each.data["identical"])
    notice = next(several, None)
    if notice is not None and report.document is not None:
        for document in first_of_several(report.document, section_of, forms):
            first = recognise(document, forms)
            if is_whole(first, report):
                return evolve(first, notices=(*first.notices, notice))
    return report


def _headings(forms: Sequence[Form], paragraphs: Sequence[Paragraph]) -> dict[str, tuple[Heading, ...]]:
    """Return the headings of each kind of form; the editions of a form share theirs."""
    texts = [paragraph.text for paragraph in paragraphs]
    levels = {number: paragraph.heading for number, paragraph in enumerate(paragraphs) if paragraph.heading}
    return {name: locate_headings(texts, form, levels) for name, form in {form.id: form for form in forms}.items()}


def _sections(
    narrative: Sequence[Paragraph], paragraphs: Sequence[Paragraph], headings: Mapping[str, Sequence[Heading]], form: Form
) -> tuple[Section, ...]:
    """Return the sections of the narrative, which is what is left of the paragraphs once those are gone that are parts of tables."""
    place = {id(paragraph): number for number, paragraph in enumerate(narrative)}
    places = ((heading, place.get(id(paragraphs[heading.index]))) for heading in headings[form.id])
    known = [heading if heading.index == index else evolve(heading, index=index) for heading, index in places if index is not None]
    return find_sections(narrative, form, known)


def _likeliest(forms: Sequence[Form], headings: Mapping[str, Sequence[Heading]]) -> Form:
    """Return the newest edition of the kind of form with most of its headings in the document; of equals, the first."""
    name = max(headings, key=lambda each: sum(heading.spec is not None for heading in headings[each]))
    return [form for form in forms if form.id == name][-1]


def _heading_test(
    forms: Sequence[Form], paragraphs: Sequence[Paragraph], headings: Mapping[str, Sequence[Heading]]
) -> Callable[[str], str | None]:
    """Return a function that names the section of which a text is the heading.

    A paragraph inside a section can read like a heading (1.主动公开政府信息情况), so the document as a whole decides for its paragraphs.
    A heading in a cell, where all tables share one grid, speaks for itself.
    """
    kinds = list({form.id: form for form in forms}.values())
    known: dict[str, str | None] = {paragraph.text: None for paragraph in paragraphs if len(paragraph.text) <= LONGEST_SECTION_HEADING}
    for located in headings.values():
        for heading in located:
            if heading.spec is not None:
                for paragraph in paragraphs[heading.index : heading.index + heading.lines]:
                    known[paragraph.text] = heading.spec.name

    def section_of(text: str) -> str | None:
        if text not in known:
            if len(text) > LONGEST_SECTION_HEADING:
                return None
            headings = (heading_of(text, form) for form in kinds)
            known[text] = next((heading[0].name for heading in headings if heading is not None), None)
        return known[text]

    return section_of


def _tables(choice: Choice) -> Mapping[str, Table]:
    tables = {}
    for name, laid in choice.laid.tables.items():
        edition = choice.mixed.get(name, choice.laid.form.edition) if laid.found else None
        tables[name] = Table(laid.spec, _cells(laid), laid.found, edition)
    return tables


def _cells(laid: TableLaid) -> dict[tuple[str, str], Cell]:
    kinds = {column.name: column.kind for column in laid.spec.columns}
    cells = {}
    table = laid.spec.name
    for name in laid.spec.names:
        row, column = name
        token = laid.cells.get(name)
        if token is None:
            cells[name] = Cell(table, row, column, CellState.MISSING)
        else:
            heading_unit = laid.heading_units.get(name)
            state, value, _, unit, interpreted = values_of(kinds[column], heading_unit)[token.text]
            cells[name] = Cell(table, row, column, state, value, token.text, unit, token.place, heading_unit, interpreted)
    return cells


def _narrative(lines: Sequence[Line], choice: Choice | None, vocabulary: Vocabulary) -> list[Paragraph]:
    """Return the paragraphs that are not part of a table that lost its grid."""
    used = choice.laid.lines if choice else set()
    headers = _header_lines(choice.laid) if choice else set()
    return [
        line.paragraph
        for number, line in enumerate(lines)
        if line.paragraph is not None
        and number not in used
        and number not in headers
        and any(not vocabulary.facts(token.text).label for token in line.labels)
    ]


def _header_lines(laid: Laid) -> set[int]:
    """Return the lines of header cells outside of grids, also of those cut short: everything from the first sure one on."""
    found: set[int] = set()
    seen: set[int] = set()
    index = index_of(laid.form)
    for table in laid.tables.values():
        for row in table.rows.values():
            header = row.header
            if header.aligned or id(header) in seen:
                continue
            seen.add(id(header))
            sure = next((i for i, (_, token) in enumerate(header.cells) if index.is_heading(token.text)), len(header.cells))
            found.update(line for line, _ in header.cells[sure:])
    return found


def _why_nothing(document: Document, report: Report, form: Form) -> list[Notice]:
    """Say why there is no report, unless the document could not be read in the first place; of tables that are pictures, in which sections."""
    if any(notice.kind.leaves_unread for notice in document.notices):
        return []
    found = sum(bool(section.name) for section in report.sections)
    data: dict[str, Any] = {"reason": "run-together" if runs_together(document, [form]) else why_no_report(document, found)}
    if data["reason"] == "pictures" and found >= FEW_SECTIONS:
        data["sections"] = tuple([spec.section for spec in form.tables if table_reason(document, report.sections, spec) == "picture"])
    return [Notice(NoticeKind.NO_REPORT, data)]


def _about_tables(
    choice: Choice, lines: Sequence[Line], document: Document, report: Report, section_of: Callable[[str], str | None]
) -> list[tuple[int, Notice]]:
    """Note tables that are there but cannot be read, that share a grid, and that the form does not know."""
    laid = choice.laid
    notices: list[tuple[int, Notice]] = []
    known: dict[int, list[str]] = {}
    for name, table in laid.tables.items():
        for row in table.rows.values():
            if row.grid >= 0 and name not in known.setdefault(row.grid, []):
                known[row.grid].append(name)
    used_grids = {lines[number].grid for number in laid.lines}
    strange = _strange_grids(lines, used_grids, section_of)
    absent = [name for name, table in laid.tables.items() if not table.found]
    for name in absent:
        reason = "unlike" if strange else table_reason(document, report.sections, laid.tables[name].spec)
        if reason != "absent":
            notices.append((len(lines), Notice(NoticeKind.TABLE_NOT_RECOGNISED, {"table": name, "reason": reason})))
    for first, numbers in strange:
        notices.append((first, Notice(NoticeKind.TABLE_EXTRA, {"numbers": numbers}, (), lines[first].tokens[0].place)))
    for names in known.values():
        if len(names) > 1:
            notices.append((len(lines), Notice(NoticeKind.TABLES_IN_ONE, {"tables": tuple(names)})))
    return notices


def _strange_grids(lines: Sequence[Line], used: set[int], section_of: Callable[[str], str | None]) -> list[tuple[int, int]]:
    """Return the first line and the count of numbers of each grid inside the report that no table of the form was found in."""
    inside = False
    counts: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        if line.grid < 0:
            inside = inside or any(section_of(token.text) is not None for token in line.labels)
        elif inside and line.grid not in used and line.tokens:
            first, numbers = counts.get(line.grid, (number, 0))
            counts[line.grid] = (first, numbers + sum(token.kind is Kind.NUMBER for token in line.tokens))
    return [(first, numbers) for first, numbers in counts.values() if numbers >= 2]


def _gather_several(laid: Laid, notices: list[tuple[int, Notice]]) -> list[tuple[int, Notice]]:
    """Where most rows stand again, say that there are several reports, and not that every row is repeated."""
    matched = sum(len(table.rows) for table in laid.tables.values())
    if not matched or len(laid.repeated) < SEVERAL_SHARE * matched:
        return notices
    repeated = [(line, notice) for line, notice in notices if notice.kind is NoticeKind.ROW_REPEATED]
    identical = not any(notice.data["differs"] for _, notice in repeated)
    count = 1 + sorted(laid.repeated.values())[len(laid.repeated) // 2]
    first_line, first = repeated[0]
    summary = Notice(NoticeKind.SEVERAL_REPORTS, {"count": count, "identical": identical}, (), first.place)
    return [*((line, notice) for line, notice in notices if notice.kind is not NoticeKind.ROW_REPEATED), (first_line, summary)]
