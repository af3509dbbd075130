"""What every rule must pass, built in or from a plugin."""

from __future__ import annotations

import string
from collections.abc import Iterable

from attrs import evolve

from gilint.facts import rule_faults, rule_options
from gilint.finding import Checked, Finding
from gilint.form import CellKey
from gilint.language import LANGUAGES, Text
from gilint.linting import read
from gilint.model import Report, Section
from gilint.plugins import Registry, load_registry
from gilint.rule import Example, Rule
from gilint.testing.cases import cell_keys, describe, find_form
from gilint.testing.samples import sample_report


def check_rule(rule: type[Rule], registry: Registry | None = None) -> None:
    """Verify a rule: its facts, its texts in both languages, its examples, and that it is silent on the sample reports.

    Args:
        rule: the class; it need not be registered.
        registry: the forms it is for; those of all installed plugins when not given.

    Raises:
        AssertionError: what is wrong with it.
    """
    registry = registry or load_registry()
    _require(isinstance(rule, type), f"check_rule takes the class of a rule, not an instance: give {type(rule).__name__}")
    faults = [fault.in_language("en") for fault in rule_faults(rule)]
    _require(not faults, f"{rule.__name__}: {'; '.join(faults)}")
    _require(rule.__doc__, f"{rule.code} has no docstring")
    for text in _texts(rule):
        _require(any("\u4e00" <= character <= "\u9fff" for character in text.zh), f"{rule.code}: no Chinese in {text.zh!r}")
        _require(_places(text.zh) == _places(text.en), f"{rule.code}: {text.zh!r} and {text.en!r} have not the same places to fill in")
    _require(any(example.finds for example in rule.examples), f"{rule.code} has no example in which it finds something")
    for number, example in enumerate(rule.examples, 1):
        run_example(rule, example, registry, number)
    for form in registry.forms:
        if not rule.forms or form.id in rule.forms:
            found = run_rule(rule, sample_report(form))
            _require(not found, f"{rule.code} speaks on the sample of {form.id} {form.edition}:{describe(found)}")


def run_example(rule: type[Rule], example: Example, registry: Registry | None = None, number: int = 1) -> None:
    """Run one example of a rule and compare the findings with those it promises.

    Raises:
        AssertionError: the rule finds something else.
    """
    found = run_rule(rule, example_report(rule, example, registry))
    cells = [tuple(".".join(cell) for cell in finding.cells) for finding in found]
    message = (
        f"{rule.code}, example {number}\nexpected: {[' '.join(names) for names in example.finds]}\nfound:{describe(found) or ' nothing'}"
    )
    _require(cells == list(example.finds), message)


def example_report(rule: type[Rule], example: Example, registry: Registry | None = None) -> Report:
    """Return the report that an example is about.

    Raises:
        UsageError: the example names an edition or a cell that does not exist.
    """
    registry = registry or load_registry()
    if example.document is not None:
        return read(example.document, name="<example>", registry=registry)
    ids = rule.forms or ("gi-annual-report",)
    form = find_form(registry, ids[0], example.edition)
    printed: dict[CellKey, str | None] = {key: text for name, text in example.cells.items() for key in cell_keys(form, name)}
    report = sample_report(form, organ=example.organ, year=example.year, printed=printed, paragraphs=example.paragraphs)
    return evolve(report, notices=report.notices + example.notices, sections=tuple(_printed_headings(report, example)))


def _printed_headings(report: Report, example: Example) -> Iterable[Section]:
    named = iter([section for name in example.headings for section in report.sections if section.name == name])
    for section in report.sections:
        if section.name not in example.headings:
            yield section
            continue
        section = next(named)
        heading = example.headings[section.name]
        if heading is not None:
            yield evolve(section, heading=heading, numeral=heading.partition("、")[0] if "、" in heading else "")


def run_rule(rule: type[Rule] | Rule, report: Report) -> list[Finding]:
    """Return what a rule finds in a report, without any other rule.

    Raises:
        AssertionError: a finding that no output could print: of another code, over unknown cells, with a text that lacks an argument.
    """
    instance = load_registry().make(rule) if isinstance(rule, type) else rule
    found = []
    for item in instance.check(report):
        _require(item.code == instance.code, f"{instance.code} yields {item.code}")
        _require(all(report.cell(cell) for cell in item.cells), f"{instance.code} names a cell that the form does not have")
        if isinstance(item, Checked):
            continue
        for language in LANGUAGES:
            text = item.say(language) + item.suggest(language)
            _require("Text(" not in text, f"{instance.code}: an argument is printed raw: {text}")
            _require("None" not in text, f"{instance.code}: an argument is empty: {text}")
        found.append(item)
    return found


def _require(condition: object, message: str) -> None:
    # Not a statement `assert`, which ``python -O`` leaves out.
    if not condition:
        raise AssertionError(message)


def _texts(rule: type[Rule]) -> Iterable[Text]:
    yield from (rule.title, rule.message, rule.rationale)
    if rule.suggestion is not None:
        yield rule.suggestion
    yield from (option.doc for option in rule_options(rule) if option.doc is not None)
    yield from (example.note for example in rule.examples if example.note is not None)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
