"""The sample report of each edition: what the examples of rules and the case files change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from attrs import evolve

from gilint.document import Document, Paragraph
from gilint.errors import UsageError
from gilint.form import CellKey, Form, TableSpec, ValueKind
from gilint.forms import builtin_forms
from gilint.language import Text
from gilint.model import Cell, EditionEvidence, Report, Section, Table
from gilint.notice import Notice, NoticeKind
from gilint.place import Place
from gilint.recognise.organs import organ_of
from gilint.testing.draft import DEFAULT_ORGAN, Draft, make_draft, print_figures
from gilint.testing.factory import Figures, Number, complete, sample_figures
from gilint.values import CellState, read_value

_APPLICATIONS: Mapping[str, Mapping[str, int]] = {
    "natural_person": {
        "carried_in": 1,
        "granted": 8,
        "partly_granted": 2,
        "refused.third_party": 1,
        "unavailable.not_held": 4,
        "not_processed.petition": 1,
        "carried_out": 2,
    },
    "business": {"granted": 3, "unavailable.not_held": 1},
    "legal_service": {"partly_granted": 1, "unavailable.needs_creation": 1},
}
_REVIEWS: Mapping[str, Mapping[str, int]] = {
    "administrative_review": {"upheld": 2, "corrected": 1, "pending": 1},
    "litigation_direct": {"upheld": 1},
    "litigation_after_review": {"other": 1},
}
_DISCLOSURE: Mapping[str, Mapping[str, Mapping[str, Number]]] = {
    "2019": {
        "normative_documents": {"made": 2, "published": 2, "public_total": 9},
        "licences": {"previous_items": 24, "change": -1, "decisions": 118},
        "other_services": {"previous_items": 5, "decisions": 60},
        "penalties": {"previous_items": 31, "change": 2, "decisions": 26},
        "coercion": {"previous_items": 4, "decisions": 3},
        "fees": {"previous_items": 2},
        "procurement": {"projects": 6, "amount": Decimal("251.3684")},
    },
    "2021": {
        "normative_documents": {"issued": 2, "repealed": 1, "in_force": 9},
        "licences": {"decisions": 118},
        "penalties": {"decisions": 26},
        "coercion": {"decisions": 3},
        "fees": {"amount": Decimal("12.35")},
    },
}


def builtin_form(edition: str) -> Form:
    """Return an edition of the built-in form.

    Raises:
        UsageError: there is no such edition.
    """
    for form in builtin_forms():
        if form.edition == edition:
            return form
    raise UsageError(Text("没有 {edition} 年版", "there is no edition {edition}").filled(edition=edition))


def no_cell(form: Form, *names: str) -> UsageError:
    """Return the error that says that a form does not have the named cells."""
    return UsageError(
        Text("{edition} 年版没有单元格 {names}", "edition {edition} has no cell {names}").filled(edition=form.edition, names=sorted(names))
    )


@lru_cache(maxsize=16)
def _figures(form: Form) -> Figures:
    if form not in builtin_forms():
        return sample_figures(form, 0, scale="usual")
    known: Figures = {}
    for row, columns in _DISCLOSURE[form.edition].items():
        known.update({("disclosure", row, column): number for column, number in columns.items()})
    for column, rows in _APPLICATIONS.items():
        known.update({("applications", row, column): number for row, number in rows.items()})
    for row, columns in _REVIEWS.items():
        known.update({("reviews", row, column): number for column, number in columns.items()})
    return complete(form, known)


def sample(form: Form | str = "2021") -> Figures:
    """Return the figures of the sample report: the same ones at every call.

    Args:
        form: an edition of the built-in form, or any form.
    """
    return dict(_figures(builtin_form(form) if isinstance(form, str) else form))


def sample_draft(
    form: Form | str = "2021",
    *,
    organ: str | None = None,
    year: int | None = None,
    printed: Mapping[CellKey, str | None] | None = None,
    paragraphs: Mapping[str, str] | None = None,
) -> Draft:
    """Return the sample report, ready to be written in a layout.

    Args:
        form: an edition of the built-in form, or any form.
        organ: whose report; a department of a county when not given.
        year: which year; the edition's first one when not given.
        printed: cells that are printed otherwise; ``None`` for one that is left out of its row.
        paragraphs: section name to other narrative, a paragraph a line; the name ``""`` is what stands before the first heading, the title
            first.

    Raises:
        UsageError: ``paragraphs`` names a section that the form does not have.
    """
    form = builtin_form(form) if isinstance(form, str) else form
    return _reworded(make_draft(form, _figures(form), organ=organ or DEFAULT_ORGAN, year=year, printed=printed), paragraphs or {})


def sample_report(
    form: Form | str = "2021",
    *,
    organ: str | None = None,
    year: int | None = None,
    printed: Mapping[CellKey, str | None] | None = None,
    paragraphs: Mapping[str, str] | None = None,
) -> Report:
    """Return the sample report as recognition would give it, so that a rule is tested without a document.

    Args:
        form: an edition of the built-in form, or any form.
        organ: whose report; a department of a county when not given.
        year: which year; the edition's first one when not given.
        printed: cells that are printed otherwise; ``None`` for a cell that is not there.
        paragraphs: section name to other narrative, a paragraph a line; the name ``""`` is what stands before the first heading.

    Raises:
        UsageError: ``printed`` names a cell, or ``paragraphs`` a section, that the form does not have.
    """
    draft = sample_draft(form, organ=organ, year=year, paragraphs=paragraphs)
    form = draft.form
    if unknown := set(printed or ()) - set(form.keys):
        raise no_cell(form, *(".".join(key) for key in unknown))
    cells: dict[CellKey, str | None] = {**print_figures(form, draft.figures), **(printed or {})}
    tables = {table.name: _table(form, table, cells) for table in form.tables}
    sections = _sections(draft)
    absent = (
        Notice(NoticeKind.TABLE_NOT_RECOGNISED, {"table": table.name, "reason": "absent"}) for table in tables.values() if not table.found
    )
    blocks = tuple(paragraph for section in sections for paragraph in section.paragraphs)
    return Report(
        path="<sample>",
        form=form,
        year=draft.year,
        organ=organ_of(draft.organ),
        title=draft.title,
        sections=sections,
        tables=tables,
        evidence=tuple(EditionEvidence(table.name, form.edition, 1.0) for table in tables.values() if table.found),
        notices=tuple(absent),
        document=Document("<sample>", "text", blocks, draft.title),
    )


def _reworded(draft: Draft, paragraphs: Mapping[str, str]) -> Draft:
    if unknown := set(paragraphs) - {"", *(part.name for part in draft.parts)}:
        raise UsageError(
            Text("{edition} 年版没有章节 {names}", "edition {edition} has no section {names}").filled(
                edition=draft.form.edition, names=sorted(unknown)
            )
        )
    told = {name: tuple(text.split("\n")) if text else () for name, text in paragraphs.items()}
    parts = tuple(evolve(part, paragraphs=told.get(part.name, part.paragraphs)) for part in draft.parts)
    if "" not in paragraphs:
        return evolve(draft, parts=parts)
    title, *head = paragraphs[""].split("\n")
    return evolve(draft, parts=parts, title=title, head=tuple(head))


def _table(form: Form, spec: TableSpec, printed: Mapping[CellKey, str | None]) -> Table:
    cells = {(row, column): _cell(spec, row, column, printed.get((name, row, column))) for name, row, column in spec.keys}
    found = any(cell.state is not CellState.MISSING for cell in cells.values())
    return Table(spec, cells, found, form.edition if found else None)


def _cell(spec: TableSpec, row: str, column: str, raw: str | None) -> Cell:
    if raw is None:
        return Cell(spec.name, row, column, CellState.MISSING)
    kind, unit = spec.column(column).kind, spec.column(column).unit
    heading_unit = (unit or "") if kind is ValueKind.AMOUNT else None
    value = read_value(raw, kind)
    return Cell(spec.name, row, column, value.state, value.value, raw, value.unit, heading_unit=heading_unit, interpreted=value.interpreted)


def _sections(draft: Draft) -> tuple[Section, ...]:
    numbers = {section.name: section.number for section in draft.form.sections}
    place = 0
    sections = []
    for name, heading, texts in (
        ("", "", (draft.title, *draft.head)),
        *((part.name, part.heading, part.paragraphs) for part in draft.parts),
    ):
        start = place = place + (1 if heading else 0)
        paragraphs = tuple(Paragraph(text, Place(line=start + index, paragraph=start + index)) for index, text in enumerate(texts, 1))
        place += len(paragraphs)
        numeral = heading.partition("、")[0] if heading else ""
        sections.append(
            Section(name, numbers.get(name), heading, numeral, paragraphs, Place(line=start, paragraph=start) if heading else None)
        )
    return tuple(sections)
