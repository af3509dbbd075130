"""From a source to a `Result`: read, recognise, run the rules, set apart what is accepted. What fails on the way becomes a finding."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import overload

from attrs import evolve, frozen

from gilint.datasets import each_report
from gilint.finding import Result
from gilint.language import Text
from gilint.model import Report
from gilint.plugins import Registry, load_registry
from gilint.readers import as_source, name_of
from gilint.running import Accepted, Configured, Readable, Run, attempt, read_report
from gilint.sources import Source, find_documents

_NO_PATHS = Text("应为路径，或多个路径，不能是 {kind}", "must be a path, or several, not {kind}")


def read(source: Readable, *, name: str | None = None, registry: Registry | None = None) -> Report:
    """Read one document and lay it over the forms.

    Args:
        source: a path, bytes, a file object, or the text of a report.
        name: how the document is called in results; by default the path, or ``<text>``, ``<bytes>``.
        registry: the forms to recognise; by default those of all installed plugins.

    Raises:
        InputNotFoundError: a path that does not exist.
        UsageError: ``source`` is a folder, or an empty string.
        TypeError: ``source`` is nothing that can be read.
    """
    return read_report(as_source(source), name, registry or load_registry())


def lint(
    source: Report | Readable,
    *,
    config: Configured = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    waivers: Accepted = None,
    today: date | None = None,
    show_personal_data: bool = False,
    registry: Registry | None = None,
) -> Result:
    """Lint one document, or a report that was read or made before.

    Args:
        source: a report, or whatever `read` takes.
        config: by default searched upwards from the document, from the working folder where it is no file.
        select: codes or prefixes to run instead of those of the configuration.
        ignore: codes or prefixes not to run.
        waivers: findings that somebody has accepted; by default those of the file that the configuration names, or that is found upwards.
        today: the day on which waivers must be in force; by default that of the clock. Nothing else depends on it.
        show_personal_data: whether findings quote personal data as printed; by default masked, unless the configuration says otherwise.
        registry: rules and forms; by default those of all installed plugins.

    Raises:
        InputNotFoundError: a path that does not exist.
        TypeError: ``source`` is nothing that can be read.
        ConfigError: the configuration or the waivers say something that gilint does not know.
        UsageError: ``select`` or ``ignore`` names a code that no rule has; ``source`` is a folder, or an empty string.
        PluginError: no rules are installed.
    """
    return lint_in(
        Run.make(registry or load_registry(), config, select, ignore, waivers, today, show_personal_data=show_personal_data), source
    )


def lint_in(run: Run, source: Report | Readable) -> Result:
    """Lint one document, or a report, within a call.

    Raises:
        InputNotFoundError: a path that does not exist.
        TypeError: ``source`` is nothing that can be read.
        ConfigError: the configuration or the waivers that are found say something that gilint does not know.
    """
    folder = _folder_of(source.path if isinstance(source, Report) else source)
    linter, accepted = run.linter(folder), run.waivers(folder)
    if isinstance(source, Report):
        return run.waive(linter.lint(source), accepted, linter)
    readable = as_source(source)
    read = partial(read_report, readable, None, run.registry, own_comments=run.own_comments)
    return run.waive(attempt(read, linter, lambda: name_of(readable)), accepted, linter)


def lint_all(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    config: Configured = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    waivers: Accepted = None,
    today: date | None = None,
    show_personal_data: bool = False,
    registry: Registry | None = None,
    progress: bool | None = None,
) -> Batch:
    """Lint many documents: files and folders, which are walked. Each report in a file of data (CSV, JSON) is a document of its own.

    Nothing is read yet, but for where the reports stand in such a file: each document is linted when its result is asked for, and no result is kept.

    Args:
        paths: files, folders, ``-`` for standard input.
        config: by default searched upwards from each document.
        select: codes or prefixes to run instead of those of the configuration.
        ignore: codes or prefixes not to run.
        waivers: findings that somebody has accepted; by default those of the file that the configuration names, or that is found upwards.
        today: the day on which waivers must be in force; by default that of the clock. Nothing else depends on it.
        show_personal_data: whether findings quote personal data as printed; by default masked, unless the configuration says otherwise.
        registry: rules and forms; by default those of all installed plugins.
        progress: whether to draw a progress bar on standard error; by default where that is a terminal and there are several documents.

    Raises:
        InputNotFoundError: a path names nothing.
        ConfigError: a configuration or a file of waivers says something that gilint does not know.
        UsageError: a code that no rule has, or a folder without documents.
        TypeError: ``paths`` are none.
        PluginError: no rules are installed.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    if not isinstance(paths, Iterable) or isinstance(paths, (bytes, bytearray)):
        raise TypeError(str(_NO_PATHS.filled(kind=type(paths).__name__)))
    sources = find_documents(paths)
    run = Run.make(registry or load_registry(), config, select, ignore, waivers, today, show_personal_data=show_personal_data)
    for folder in dict.fromkeys(source.folder for source in sources.documents):
        # Wrong configuration is said before the first document is read, not after hours.
        run.linter(folder)
        run.waivers(folder)
    return Batch(tuple(each_report(sources.documents)), run, progress, tuple(sources.remarks), tuple(sources.unchecked))


@frozen(eq=False, repr=False)
class Batch(Sequence[Result]):
    """The results of many documents, each linted when it is asked for."""

    sources: tuple[Source, ...]
    run: Run
    progress: bool | None = None
    remarks: tuple[Text, ...] = ()
    """What was passed over on purpose while folders were walked."""
    unchecked: tuple[Text, ...] = ()
    """What lies in these folders and is of no kind that can be checked."""

    def __len__(self) -> int:
        return len(self.sources)

    def __repr__(self) -> str:
        return f"<Batch of {len(self)} documents, linted one by one when iterated>"

    def _repr_html_(self) -> str:
        from gilint.notebook import results_html

        return results_html(self)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Batch: ...
    def __getitem__(self, index: int | slice) -> Result | Batch:
        if isinstance(index, slice):
            return evolve(self, sources=self.sources[index])
        return self.run.lint(self.sources[index])

    def __iter__(self) -> Iterator[Result]:
        if len(self) > 1:
            _keep_memory()
        shown = self.progress if self.progress is not None else len(self) > 1 and sys.stderr is not None and sys.stderr.isatty()
        for source in _with_progress(self.sources) if shown else self.sources:
            yield self.run.lint(source)


def _keep_memory() -> None:
    """Let the memory of one document serve the next.

    The C library gives the memory of each parsed tree back to the system and fetches it again, page by page, for the next document: a quarter of the time of a lint.
    When it takes back a first large block, it raises the limit from which on it does so. This block is never written to and takes no memory. For many documents
    only, because it concerns the whole process, which is not gilint's where one document is linted.
    """
    bytes(16 << 20)


def _with_progress(sources: Sequence[Source]) -> Iterator[Source]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(sources))
        for source in sources:
            bar.update(task, description=source.name)
            yield source
            bar.advance(task)


def _folder_of(source: object) -> str:
    """Return the folder from which configuration is searched: that of the document, or the working folder where it is no file."""
    # Not Path.is_file, which raises on a name that is far too long, as the text of a report is.
    if isinstance(source, (str, os.PathLike)) and os.path.isfile(source):  # noqa: PTH113
        return str(Path(source).absolute().parent)
    return os.getcwd()  # noqa: PTH109
