"""Case files: what a rule must find, as data. Built-in rules and plugins are tested by the same runner.

A case file is TOML, a table ``[[case]]`` for every case::

    [[case]]
    name = "one part too many"
    code = "SUM001"                                   # or: select = ["SUM", "VAL003"]
    edition = "2021"                                  # optional; or form = "other-form"
    year = 2022                                       # optional
    organ = "白石县教育局"                              # optional
    cells = { "applications.new.business" = "3" }     # printed otherwise than in the sample report
    missing = ["disclosure.fees.amount", "reviews.*"] # cells that are not there
    paragraphs = { other = "无。" }                     # narrative of sections, a paragraph a line; "" is what stands before the first
    findings = [{ code = "SUM001", cells = ["applications.new.total", "applications.new.natural_person"], severity = "error" }]

Instead of changing the sample report (`gilint.testing.sample_report`) a case may bring a whole report as ``document = '''...'''``, or as
``file = "report.html"`` beside the case file; ``layout = "text-markdown"`` writes the sample in a layout and reads it back. ``findings`` is
the whole list of findings of the selected codes, in order; ``cells``, ``severity`` and ``excerpts`` of each are compared where they are given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cattrs
from attrs import field, frozen

from gilint.errors import UsageError
from gilint.finding import Finding
from gilint.form import CellKey, Form
from gilint.language import Text
from gilint.linting import lint, read
from gilint.model import Report
from gilint.plugins import Registry, load_registry
from gilint.testing.rendering import write
from gilint.testing.samples import no_cell, sample_draft, sample_report

if TYPE_CHECKING:
    import pytest


@frozen
class Expected:
    """One finding that a case expects."""

    code: str
    cells: tuple[str, ...] | None = None
    """Every cell that it names, in order; not compared when left out."""
    severity: str | None = None
    excerpts: tuple[str, ...] | None = None
    """The words that it quotes."""


@frozen
class Case:
    """One case of a case file."""

    name: str
    findings: tuple[Expected, ...]
    code: str | None = None
    select: tuple[str, ...] = ()
    form: str = "gi-annual-report"
    edition: str = "2021"
    year: int | None = None
    organ: str | None = None
    cells: Mapping[str, str] = field(factory=dict)
    missing: tuple[str, ...] = ()
    paragraphs: Mapping[str, str] = field(factory=dict)
    """Section name to the narrative that is printed instead, a paragraph a line; ``""`` is what stands before the first heading."""
    layout: str | None = None
    document: str | None = None
    file: str | None = None
    options: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    """Rule code to options, as under ``[rules]`` of a configuration."""
    folder: Path = Path()

    def report(self, registry: Registry) -> Report:
        """Return the report that the case is about.

        Raises:
            UsageError: the case names a form or a cell that does not exist.
        """
        if self.document is not None:
            return read(self.document, name=self.name, registry=registry)
        if self.file is not None:
            return read(self.folder / self.file, name=self.file, registry=registry)
        form = find_form(registry, self.form, self.edition)
        printed: dict[CellKey, str | None] = {cell_key(form, name): text for name, text in self.cells.items()}
        printed.update(dict.fromkeys((key for name in self.missing for key in cell_keys(form, name)), None))
        if self.layout is None:
            return sample_report(form, organ=self.organ, year=self.year, printed=printed, paragraphs=self.paragraphs)
        page = write(sample_draft(form, organ=self.organ, year=self.year, printed=printed, paragraphs=self.paragraphs), self.layout)
        return read(page, name=self.name, registry=registry)


def find_form(registry: Registry, name: str, edition: str) -> Form:
    """Return an edition of a form.

    Raises:
        UsageError: there is none.
    """
    for form in registry.forms:
        if form.id == name and form.edition == edition:
            return form
    raise UsageError(Text("没有表单 {name} {edition}", "no form {name} {edition}").filled(name=name, edition=edition))


def cell_keys(form: Form, name: str) -> tuple[CellKey, ...]:
    """Return the cells that ``table.row.column`` names; a row name may have dots, ``*`` at the end stands for all that follows.

    Raises:
        UsageError: the form has no such cell.
    """
    if name.endswith("*"):
        keys = tuple(key for key in form.keys if ".".join(key).startswith(name[:-1]))
    else:
        keys = tuple(key for key in form.keys if ".".join(key) == name)
    if not keys:
        raise no_cell(form, name)
    return keys


def cell_key(form: Form, name: str) -> CellKey:
    """Return the one cell that ``table.row.column`` names.

    Raises:
        UsageError: the form has no such cell.
    """
    return cell_keys(form, name.rstrip("*"))[0]


def load_cases(path: str | Path, pattern: str = "*.toml") -> tuple[Case, ...]:
    """Read the case files of a folder, or one case file.

    Raises:
        UsageError: there is no case, a key is unknown or missing, or two cases of one file have the same name.
    """
    path = Path(path)
    files = sorted(path.glob(pattern)) if path.is_dir() else [path]
    cases = tuple(case for file in files for case in _load_file(file))
    if not cases:
        raise UsageError(Text("{name} 中没有用例", "no cases in {name}").filled(name=path.name))
    return cases


def _load_file(file: Path) -> Iterable[Case]:
    converter = cattrs.Converter(forbid_extra_keys=True)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        entries = data.pop("case", [])
        cases = converter.structure([{**entry, "folder": file.parent} for entry in entries], tuple[Case, ...])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _wrong(file, Text(str(error), str(error))) from error
    except cattrs.BaseValidationError as error:
        problems = "; ".join(cattrs.transform_error(error))
        raise _wrong(file, Text(problems, problems)) from error
    if data:
        keys = list(data)
        raise _wrong(
            file, Text("无法识别 {keys}；用例应写作 [[case]] 表", "{keys} is not known; cases are tables [[case]]").filled(keys=keys)
        )
    names = [case.name for case in cases]
    if len(set(names)) < len(names):
        raise _wrong(file, Text("两个用例同名", "two cases have the same name"))
    for case in cases:
        if not case.code and not case.select:
            raise _wrong(
                file, Text("用例 {name} 没有 code，也没有 select", "case {name} has neither code nor select").filled(name=case.name)
            )
    return cases


def _wrong(file: Path, problem: Text) -> UsageError:
    return UsageError(Text("{file}：{problem}", "{file}: {problem}").filled(file=file.name, problem=problem))


def run_case(case: Case, registry: Registry | None = None) -> None:
    """Lint what the case is about, and compare the whole list of findings.

    Raises:
        AssertionError: other findings than expected; the message lists both.
        UsageError: the case names something that does not exist.
    """
    registry = registry or load_registry()
    report = case.report(registry)
    select = case.select or (case.code or "",)
    findings = lint(report, config={"rules": dict(case.options)} if case.options else {}, select=select, registry=registry).findings
    # What is asked for is in; what always runs is out, unless asked for.
    found = [finding for finding in findings if finding.code.startswith(tuple(select))]
    same = len(found) == len(case.findings) and all(_matches(*pair) for pair in zip(case.findings, found, strict=True))
    if not same:
        expected = "".join(f"\n  {item.code} {item.severity or ''} {' '.join(item.cells or ())}" for item in case.findings)
        raise AssertionError(f"{case.name}\nexpected:{expected or ' nothing'}\nfound:{describe(found) or ' nothing'}")


def describe(findings: Iterable[Finding]) -> str:
    """Return findings a line each, for a message of a failed test."""
    lines = (f"\n  {item.code} {item.severity} {' '.join('.'.join(cell) for cell in item.cells)}: {item.say('en')}" for item in findings)
    return "".join(lines)


def _matches(expected: Expected, finding: Finding) -> bool:
    cells = tuple(".".join(cell) for cell in finding.cells)
    return (
        expected.code == finding.code
        and (expected.cells is None or expected.cells == cells)
        and (expected.severity is None or expected.severity == finding.severity)
        and (expected.excerpts is None or expected.excerpts == tuple(excerpt.text for excerpt in finding.excerpts))
    )


def parametrise(path: str | Path, argument: str = "case") -> pytest.MarkDecorator:
    """Return a pytest mark that runs a test for every case in ``path``; see `load_cases`."""
    import pytest

    cases = load_cases(path)
    return pytest.mark.parametrize(argument, cases, ids=[f"{case.code or '+'.join(case.select)}: {case.name}" for case in cases])
