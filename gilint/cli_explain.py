"""The command ``gilint explain``: all about one rule, or all that it looks at in a report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import gilint
from gilint.console import complain, prepare
from gilint.finding import Result, Severity
from gilint.language import LANGUAGES, Language, Text
from gilint.options import format_option, options
from gilint.output import open_output
from gilint.output.words import Words
from gilint.rule import Rule
from gilint.selection import check_codes
from gilint.usage import Argument, Command, Option, lang_option, spoken

if TYPE_CHECKING:
    from gilint.operands import Teller
    from gilint.plugins import Registry

_WIDEST_PROSE = 100
"""Columns; longer lines are hard to read."""


@click.command(
    cls=Command,
    about=Text(
        "说明一条规则：查什么、为什么、依据、选项、示例；或（--on）列出它在一份年报中核对的每一项。",
        "Explain one rule: what, why, legal source, options, examples; or, with --on, everything that it checks in a report.",
    ),
)
@options(
    click.argument("code", cls=Argument, stands_for=Text("代码", "CODE")),
    click.option(
        "--on",
        cls=Option,
        stands_for=Text("路径", "PATH"),
        about=Text("列出规则在这份年报中核对的每一项及其各数。", "Print every instance of the rule in this report, with its operands."),
    ),
    format_option(("text", "json"), "text"),
    lang_option,
)
def explain(code: str, on: str | None, format_: str, lang: Language | None) -> int:
    """Print all about one rule, or the rules of a family, and return the exit status."""
    registry, language = gilint.load_registry(), spoken(lang)
    code = code.upper()
    check_codes([code], registry.rules)
    fitting = [rule for rule in registry.rules if rule.code.startswith(code)]
    if on is not None:
        return _explain_on(fitting, on, registry, format_, language)
    if format_ == "json":
        from gilint.listing import rules_json

        with open_output(None) as stream:
            stream.write(rules_json(registry, fitting))
    elif fitting[0].code == code:
        from gilint.explaining import explain_text

        print(explain_text(fitting[0], registry, language, _width()), end="")
    else:
        from gilint.listing import rules_text

        print(rules_text(registry, language, fitting), end="")
    return 0


def _explain_on(rules: Sequence[type[Rule]], path: str, registry: Registry, format_: str, language: Language) -> int:
    """Print what rules look at in the documents behind a path, and return the exit status: 1 where one of them is no readable report.

    Raises:
        InputNotFoundError: there is no such path.
    """
    from gilint.operands import Teller, operands_json, operands_text

    codes = [rule.code for rule in rules]
    batch = gilint.lint_all([path], select=[*codes, "DOC"], waivers={}, registry=registry, progress=False)
    prepare(batch, registry, [], language)
    words = Words(language)
    told: list[tuple[Result, list[Teller]]] = []
    failed = False
    for result in batch:
        for finding in result.findings:
            if finding.code.startswith("DOC") and finding.severity is Severity.ERROR:
                failed = True
                complain(Text(*(f"{result.report.path}: {finding.code} {finding.say(each)}" for each in LANGUAGES)), language)
        tellers = [Teller(result, rule, words) for rule in rules]
        if result.report.form is not None:
            told.append((result, tellers))
    if told:
        with open_output(None) as stream:
            stream.write(operands_text(told, words) if format_ == "text" else operands_json(told))
    return int(failed)


def _width() -> int | None:
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # not above: it brings all kinds of compression

    return min(get_terminal_size().columns, _WIDEST_PROSE)
