"""The command ``gilint``: check, annotate, baseline, extract, rules, explain.

What only some commands need is imported by these, and what `gilint` itself imports late is taken from it: help should not wait for the readers.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import click

import gilint
from gilint.cli_annotate import annotate
from gilint.cli_baseline import baseline
from gilint.cli_explain import explain
from gilint.config import Config, FailOn
from gilint.console import complain, draws_progress, prepare, reaches
from gilint.errors import GilintError
from gilint.finding import Result, Severity
from gilint.language import Language, Text
from gilint.model import Report
from gilint.options import (
    config_option,
    fail_on_option,
    format_option,
    ignore_option,
    options,
    output_option,
    paths_argument,
    personal_option,
    select_option,
    today_option,
    waivers_option,
)
from gilint.output import Settings, extract_reports, extractor, extracts, formats, open_output, pair_targets, write_targets
from gilint.sources import shown
from gilint.usage import Command, Group, Option, demand_command, lang_option, language_of, spoken, usage_error

if TYPE_CHECKING:
    from gilint.linting import Batch

_WIDEST_PROSE = 100
"""Columns; longer lines are hard to read."""
_UNUSED_WAIVER = Text("{where}：豁免没有用到，可以删去（{waiver}）", "{where}: this waiver is not needed any more ({waiver})")
_GARBAGE = 100_000
"""Objects between two searches for cycles. Classes and forms stay for good; to search them again and again takes a tenth of the time of a short run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    0: nothing at or above ``--fail-on``; 1: something is; 2: wrong usage or configuration; 130: interrupted; 141: nobody reads the output.
    """
    if arguments is None:  # the process is gilint's own
        arguments = sys.argv[1:]
        gc.set_threshold(_GARBAGE)
        # What is left at the end goes with the process: to look through it for cycles once more takes as long as to read a page.
        atexit.register(gc.freeze)
    arguments = list(arguments)
    language = language_of(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A GBK console cannot show every character: better a question mark than a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        # Not `commands.main`, which ends the process with status 1, that of a finding, when nobody reads the output.
        with commands.make_context("gilint", arguments, obj=language) as context:
            status = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        return complain(usage_error(error).message, language)
    except GilintError as error:
        return complain(error.message, language, error.exit_code)
    except BrokenPipeError:
        _abandon_output()
        return 141
    except (KeyboardInterrupt, click.Abort):
        _abandon_output()
        return 130
    except OSError as error:
        _abandon_output()
        return complain(
            Text("无法写出结果：{reason}", "cannot write the output: {reason}").filled(reason=error.strerror or error), language
        )
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        from gilint.failures import describe_exception

        message = Text(
            "gilint 内部错误：{reason}（用 python -X dev -m gilint 可看到详情）",
            "internal error of gilint: {reason} (python -X dev -m gilint shows more)",
        )
        return complain(message.filled(reason=describe_exception(error)), language)
    return int(status or 0)


def _abandon_output() -> None:
    """Let what is still buffered go nowhere, so that Python does not fail again when it shuts down."""
    # A stream that is no file, as under a test runner, has nothing to redirect.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    about=Text("检查政府信息公开工作年度报告。", "Lint annual reports on government information disclosure."),
)
@click.version_option(package_name="gilint", message="%(prog)s %(version)s", cls=Option, about=Text("显示版本号。", "Show the version."))
@lang_option
def commands(lang: Language | None) -> None:
    """The commands; their language may be given before them or after."""
    demand_command(click.get_current_context())


_SEVERAL = Text(
    "输出格式；默认依 --output 的后缀（.html、.json、.md、.sarif、.xml、.csv、.xlsx），其余为 text。可与 --output 成对重复，一次输出多种格式。",
    "Output format; by default as --output ends (.html, .json, .md, .sarif, .xml, .csv, .xlsx), else text. May be repeated in pairs with --output.",
)


@commands.command(
    cls=Command,
    about=Text(
        "检查年报。路径可以是文件、文件夹（逐层查找），或 -（标准输入）。",
        "Lint reports. A path is a file, a folder (walked), or - for standard input.",
    ),
)
@options(
    paths_argument,
    click.option("--format", "formats_", cls=Option, type=click.Choice(list(formats)), multiple=True, about=_SEVERAL),
    output_option("outputs", multiple=True),
    select_option,
    ignore_option,
    fail_on_option,
    lang_option,
    config_option,
    waivers_option,
    today_option,
    personal_option,
)
def check(
    paths: tuple[str, ...],
    formats_: tuple[str, ...],
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    lang: Language | None,
    config: str | None,
    waivers: str | None,
    today: date | None,
    show_personal_data: bool,
) -> int:
    """Lint documents and return the exit status."""
    targets = pair_targets(formats_, outputs, formats)
    files = [target.path for target in targets if target.path is not None]
    registry, progress = gilint.load_registry(), draws_progress(to_screen=len(files) < len(targets))
    batch = gilint.lint_all(
        paths,
        config=config,
        select=select or None,
        ignore=ignore,
        waivers=waivers,
        today=today,
        show_personal_data=show_personal_data,
        registry=registry,
        progress=progress,
    )
    first = batch.run.linter(batch.sources[0].folder).config
    language = lang or first.lang
    prepare(batch, registry, files, language)
    rules = {rule.code: rule for rule in registry.rules}
    problems = tuple(problem.text for problem in registry.problems)
    watch = _Watch(batch, fail_on)
    told = Settings(language, rules, first.templates, problems=problems, remarks=batch.remarks, unchecked=batch.unchecked)
    summary = write_targets(watch, targets, told)
    for waiver in summary.unused_waivers:
        complain(_UNUSED_WAIVER.filled(where=waiver.where, waiver=waiver.about), language)
    return int(watch.failed)


class _Watch:
    """Passes results on and remembers whether one is as bad as ``--fail-on``."""

    def __init__(self, batch: Batch, fail_on: FailOn | None) -> None:
        self.batch = batch
        self.fail_on = fail_on
        self.failed = False

    def __iter__(self) -> Iterator[Result]:
        for source, result in zip(self.batch.sources, self.batch, strict=True):
            limit = self.fail_on or self.batch.run.linter(source.folder).config.fail_on
            self.failed |= reaches(result, limit)
            yield result


_EXTRACTED = Text(
    "输出格式；默认依 --output 的后缀（.json、.csv），其余为 json。", "Output format; by default as --output ends (.json, .csv), else json."
)

commands.add_command(annotate)
commands.add_command(baseline)
commands.add_command(explain)


@commands.command(
    cls=Command, about=Text("把三张统计表导出为数据，每个单元格一行。", "Print the official tables as tidy data, one row a cell.")
)
@options(
    paths_argument,
    click.option("--format", "format_", cls=Option, type=click.Choice(list(extracts)), about=_EXTRACTED),
    output_option("output"),
    lang_option,
    personal_option,
)
def extract(paths: tuple[str, ...], format_: str | None, output: str | None, lang: Language | None, show_personal_data: bool) -> int:
    """Write the cells of documents and return the exit status."""
    language, registry = spoken(lang), gilint.load_registry()
    (target,) = pair_targets([format_] if format_ else [], [] if output is None else [output], extracts, "json")
    progress = draws_progress(to_screen=target.path is None)
    batch = gilint.lint_all(paths, config=Config(), select=["DOC"], registry=registry, progress=progress)
    prepare(batch, registry, [target.path] if target.path else [], language)
    failed = False

    def reports() -> Iterator[Report]:
        nonlocal failed
        for result in batch:
            for finding in result.findings:
                # Where no form was recognised there is not a cell, and why must be said, however bad it is.
                if finding.severity is Severity.ERROR or result.report.form is None:
                    failed = True
                    print(shown(f"{result.report.path}: {finding.code} {finding.say(language)}"), file=sys.stderr)
            yield result.report

    with open_output(target.path, extractor(target.format).encoding) as stream:
        extract_reports(reports(), target.format, stream, show_personal_data=show_personal_data)
    return int(failed)


@commands.command(cls=Command, about=Text("列出全部规则，包括插件的规则。", "List every rule, built in or from a plugin."))
@options(
    format_option(("text", "json"), "text"),
    lang_option,
)
def rules(format_: str, lang: Language | None) -> None:
    """Print the rules."""
    from gilint.listing import rules_json, rules_text

    registry = gilint.load_registry()
    if format_ == "text":
        print(rules_text(registry, spoken(lang)), end="")
        return
    with open_output(None) as stream:
        stream.write(rules_json(registry))
