"""The command ``gilint baseline``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import gilint
from gilint.config import WAIVERS_FILE
from gilint.console import complain, draws_progress, prepare
from gilint.language import Language, Text
from gilint.options import config_option, day_option, ignore_option, options, paths_argument, select_option, today_option
from gilint.usage import Command, Option, lang_option


@click.command(
    "baseline",
    cls=Command,
    about=Text(
        "把现有的问题登记为豁免，以后只报告新的问题。已有的豁免保留不动。",
        "Write waivers for what is found today, so that only what is new is reported. Waivers that are there stay as they are.",
    ),
)
@options(
    paths_argument,
    click.option(
        "--output",
        cls=Option,
        default=WAIVERS_FILE,
        stands_for=Text("文件", "FILE"),
        about=Text("豁免文件；- 为标准输出。", "The file of waivers; - for standard output."),
    ),
    click.option("--reason", cls=Option, stands_for=Text("文字", "TEXT"), about=Text("理由。", "Why they are accepted.")),
    click.option("--by", cls=Option, stands_for=Text("姓名", "NAME"), about=Text("由谁决定。", "Who has decided.")),
    day_option("--until", Text("有效期至哪一天；默认不限。", "The last day on which they are in force; by default there is none.")),
    select_option,
    ignore_option,
    lang_option,
    config_option,
    today_option,
)
def baseline(
    paths: tuple[str, ...],
    output: str,
    reason: str | None,
    by: str | None,
    until: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    lang: Language | None,
    config: str | None,
    today: date | None,
) -> None:
    """Write waivers for what is found."""
    from gilint.baseline import Decision, WaiverFile, check_until

    check_until(until, today)  # before anything is read
    registry, file = gilint.load_registry(), None if output == "-" else Path(output)
    waivers = WaiverFile.open(file, registry)
    batch = gilint.lint_all(
        paths,
        config=config,
        select=select or None,
        ignore=ignore,
        waivers=waivers.known,
        today=today,
        registry=registry,
        progress=draws_progress(to_screen=file is None),
    )
    language = lang or batch.run.linter(batch.sources[0].folder).config.lang
    prepare(batch, registry, [file] if file else [], language)
    for message in waivers.extend(batch, Decision.make(reason, by, until, language)):
        complain(message, language)
