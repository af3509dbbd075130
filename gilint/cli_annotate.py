"""The command ``gilint annotate``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

import gilint
from gilint.config import FailOn
from gilint.console import complain, draws_progress, prepare, reaches
from gilint.errors import UsageError
from gilint.finding import Result, Severity
from gilint.language import Language, Text
from gilint.options import (
    config_option,
    fail_on_option,
    ignore_option,
    options,
    paths_argument,
    select_option,
    today_option,
    waivers_option,
)
from gilint.output.words import Words
from gilint.sources import Source, display_name, shown
from gilint.usage import Command, Option, lang_option

if TYPE_CHECKING:
    from gilint.annotation.several import Copies
    from gilint.linting import Batch

_LEFT_OUT = Text(
    "已跳过 {path} 中副本所在文件夹里的 {count} 个文件",
    "{path}: {count} {count:file|files} in the folder for the copies left out",
)
_WRITTEN = Text("{name} → {copy}：{counts}", "{name} → {copy}: {counts}")


@click.command(
    "annotate",
    cls=Command,
    about=Text(
        "生成批注副本，把每个问题作为批注加在有关的单元格或文字上；原文件不动。",
        "Write a copy of each document with every finding as a comment at the cell or phrase that it is about; the document itself stays as it is.",
    ),
)
@options(
    paths_argument,
    click.option(
        "-o",
        "--output",
        cls=Option,
        required=True,
        stands_for=Text("副本", "COPY"),
        about=Text("副本的文件名；多份文件时为文件夹。", "The copy; a folder where there are several documents."),
    ),
    click.option("--force", cls=Option, is_flag=True, about=Text("副本已存在时覆盖。", "Replace copies that are there.")),
    select_option,
    ignore_option,
    fail_on_option,
    lang_option,
    config_option,
    waivers_option,
    today_option,
)
def annotate(
    paths: tuple[str, ...],
    output: str,
    force: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: FailOn | None,
    lang: Language | None,
    config: str | None,
    waivers: str | None,
    today: date | None,
) -> int:
    """Write annotated copies and return the exit status: that of ``gilint check``, or 2 where a document got no copy although it could be read."""
    from gilint.annotation.several import Copies  # help should not wait for it

    registry = gilint.load_registry()
    batch = gilint.lint_all(
        paths,
        config=config,
        select=select or None,
        ignore=ignore,
        waivers=waivers,
        today=today,
        registry=registry,
        progress=draws_progress(to_screen=True),
    )
    batch = _without_copies(evolve(batch, run=evolve(batch.run, own_comments=False)), output)
    first = batch.run.linter(batch.sources[0].folder).config
    language = lang or first.lang
    prepare(batch, registry, [], language)
    rules = {rule.code: rule for rule in registry.rules}
    copies = Copies(batch.sources, output, force, language, rules)
    status = 0
    for source, result in zip(batch.sources, batch, strict=True):
        limit = fail_on or batch.run.linter(source.folder).config.fail_on
        status = max(status, int(reaches(result, limit)))
        if source.portion is None or source.portion.number == 1:  # a file of data gets no copy, however many reports it holds
            status = max(status, _write(copies, source, result))
    return status


def _without_copies(batch: Batch, output: str) -> Batch:
    """Leave out what lies in the folder for the copies, where that is in a folder to be walked: they are those of the last time."""
    folder = Path(output).resolve()
    sources = [source for source in batch.sources if source.path is None or folder not in source.path.resolve().parents]
    if not sources or len(sources) == len(batch.sources):
        return batch
    remark = _LEFT_OUT.filled(path=display_name(Path(output)), count=len(batch.sources) - len(sources))
    return evolve(batch, sources=tuple(sources), remarks=(*batch.remarks, remark))


def _write(copies: Copies, source: Source, result: Result) -> int:
    """Write the copy of one document; say what became of it, and return the exit status."""
    from gilint.annotation import NoCopyError

    language = copies.language
    try:
        target = copies.write(source, result)
    except NoCopyError as error:
        return complain(error.message, language, 2 if error.read else 0)
    except UsageError as error:
        return complain(error.message, language)
    counts = Words(language).counts({severity: result.count(severity) for severity in Severity})
    print(shown(_WRITTEN.filled(name=source.name, copy=display_name(target), counts=counts).in_language(language)))
    return 0
