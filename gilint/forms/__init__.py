"""Reads form descriptions (TOML) and refuses those that contradict themselves.

The built-in editions of the 政府信息公开工作年度报告 lie in ``gi_annual_report``; a plugin adds its own by the hook ``gilint_forms``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from gilint.errors import FormError
from gilint.form import Form, TableSpec
from gilint.forms.structuring import structure
from gilint.packaged import read_packaged


@lru_cache(maxsize=1)
def builtin_forms() -> tuple[Form, ...]:
    """Return the editions that come with gilint, oldest first."""
    files = sorted((Path(__file__).parent / "gi_annual_report").glob("*.toml"), key=lambda file: file.name)
    return tuple(_form_of(read_packaged(file), file.name) for file in files)


def parse_form(text: str, name: str = "form") -> Form:
    """Read one form description.

    Args:
        text: a TOML document with the fields of `gilint.form.Form`.
        name: how errors call it.

    Raises:
        FormError: not TOML, an unknown or missing key, a wrong type, a name given twice, an equation or a row that
            names what the table does not have.
    """
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{name}: not a TOML document: {error}") from error
    return _form_of(data, name)


def _form_of(data: Mapping[str, Any], name: str) -> Form:
    try:
        form = structure(data, Form)
    except FormError as error:
        raise FormError(f"{name}: {error}") from error
    problems = tuple(_contradictions(form))
    if problems:
        raise FormError(f"{name}: {'; '.join(problems)}")
    return form


def _contradictions(form: Form) -> Iterable[str]:
    yield from _twice("section", (section.name for section in form.sections))
    yield from _twice("table", (table.name for table in form.tables))
    if form.last_year is not None and form.last_year < form.first_year:
        yield f"last_year {form.last_year} is before first_year {form.first_year}"
    if not form.title_words:
        yield "title_words is empty: no report of this form could be recognised by its title"
    sections = {section.name for section in form.sections}
    for table in form.tables:
        if table.section not in sections:
            yield f"table {table.name}: no section {table.section!r}"
        yield from (f"table {table.name}: {problem}" for problem in _table_contradictions(table))


def _table_contradictions(table: TableSpec) -> Iterable[str]:
    rows, columns = [row.name for row in table.rows], [column.name for column in table.columns]
    yield from _twice("row", rows)
    yield from _twice("column", columns)
    yield from _twice("equation", (equation.name for equation in table.equations))
    used: set[str] = set()
    for row in table.rows:
        used.update(row.columns)
        yield from _twice(f"row {row.name}: column", row.columns)
        yield from (f"row {row.name}: no column {column!r}" for column in row.columns if column not in columns)
    yield from (f"column {column!r} is in no row" for column in columns if column not in used)
    for equation in table.equations:
        names = columns if equation.along == "row" else rows
        operands = (equation.total, *equation.plus, *equation.minus)
        yield from (f"equation {equation.name}: no {operand!r} in the table" for operand in operands if operand not in names)
        yield from _twice(f"equation {equation.name}: operand", operands)
        if not equation.plus:
            yield f"equation {equation.name}: nothing to add up"


def _twice(what: str, names: Iterable[str]) -> Iterable[str]:
    return (f"{what} {name!r} stands {count} times" for name, count in Counter(names).items() if count > 1)


def editions(forms: Iterable[Form]) -> Mapping[str, tuple[Form, ...]]:
    """Group forms by what kind of report they are for, each group in the order of years.

    Raises:
        FormError: the same edition of the same form twice.
    """
    groups: dict[str, list[Form]] = {}
    for form in forms:
        group = groups.setdefault(form.id, [])
        if any(other.edition == form.edition for other in group):
            raise FormError(f"form {form.id}: edition {form.edition} is described twice")
        group.append(form)
    return {name: tuple(sorted(group, key=lambda form: form.first_year)) for name, group in sorted(groups.items())}
