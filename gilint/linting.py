"""From a source to a `Result`: read, recognise, run the rules. What fails on the way becomes a finding."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias, overload

from attrs import define, evolve, field, frozen

from gilint.config import Config, ConfigFinder, read_config
from gilint.document import Document
from gilint.errors import GilintError
from gilint.finding import Result
from gilint.language import Text
from gilint.linter import Linter
from gilint.model import Report
from gilint.notice import Notice, NoticeKind
from gilint.plugins import Registry, load_registry
from gilint.readers import as_source, name_of, read_document
from gilint.readers.source import SourceLike
from gilint.recognise import recognise
from gilint.selection import Selection, check_codes
from gilint.sources import Source, find_documents, why

Readable: TypeAlias = "SourceLike | os.PathLike[str]"
"""What can be read: a path, the text itself, bytes, a file object."""
Configured: TypeAlias = "Config | Mapping[str, Any] | str | os.PathLike[str] | None"
"""A configuration, what ``gilint.toml`` would say, the path of such a file, or ``None`` to search upwards from the document."""


def read(source: Readable, *, name: str | None = None, registry: Registry | None = None) -> Report:
    """Read one document and lay it over the forms.

    Args:
        source: a path, bytes, a file object, or the text of a report.
        name: how the document is called in results; by default the path, or ``<text>``, ``<bytes>``.
        registry: the forms to recognise; by default those of all installed plugins.

    Raises:
        InputNotFoundError: a path that does not exist.
        TypeError: ``source`` is nothing that can be read.
    """
    return _read(as_source(source), name, registry or load_registry())


def _read(source: SourceLike, name: str | None, registry: Registry) -> Report:
    return recognise(read_document(source, name), registry.forms)


def lint(
    source: Report | Readable,
    *,
    config: Configured = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    registry: Registry | None = None,
) -> Result:
    """Lint one document, or a report that was read or made before.

    Args:
        source: a report, or whatever `read` takes.
        config: by default searched upwards from the document, from the working folder where it is no file.
        select: codes or prefixes to run instead of those of the configuration.
        ignore: codes or prefixes not to run.
        registry: rules and forms; by default those of all installed plugins.

    Raises:
        InputNotFoundError: a path that does not exist.
        TypeError: ``source`` is nothing that can be read.
        ConfigError: the configuration says something that gilint does not know.
        UsageError: ``select`` or ``ignore`` names a code that no rule has.
        PluginError: no rules are installed.
    """
    run = Run.make(registry or load_registry(), config, select, ignore)
    linter = run.linter(_folder_of(source.path if isinstance(source, Report) else source))
    if isinstance(source, Report):
        return linter.lint(source)
    readable = as_source(source)
    return _attempt(partial(_read, readable, None, run.registry), linter, lambda: name_of(readable))


def lint_all(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    config: Configured = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    registry: Registry | None = None,
    progress: bool | None = None,
) -> Batch:
    """Lint many documents: files and folders, which are walked.

    Nothing is read yet: each document is linted when its result is asked for, and no result is kept.

    Args:
        paths: files, folders, ``-`` for standard input.
        config: by default searched upwards from each document.
        select: codes or prefixes to run instead of those of the configuration.
        ignore: codes or prefixes not to run.
        registry: rules and forms; by default those of all installed plugins.
        progress: whether to draw a progress bar on standard error; by default where that is a terminal and there are several documents.

    Raises:
        InputNotFoundError: a path names nothing.
        ConfigError: a configuration says something that gilint does not know.
        UsageError: a code that no rule has, or a folder without documents.
        PluginError: no rules are installed.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    sources = find_documents(paths)
    run = Run.make(registry or load_registry(), config, select, ignore)
    for folder in dict.fromkeys(source.folder for source in sources.documents):
        # Wrong configuration is said before the first document is read, not after hours.
        run.linter(folder)
    return Batch(tuple(sources.documents), run, progress, tuple(sources.remarks))


@frozen(eq=False, repr=False)
class Batch(Sequence[Result]):
    """The results of many documents, each linted when it is asked for."""

    sources: tuple[Source, ...]
    run: Run
    progress: bool | None = None
    remarks: tuple[Text, ...] = ()
    """What was passed over on purpose while folders were walked."""

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


@define(eq=False, repr=False)
class Run:
    """One call of gilint: the rules, where configuration comes from, and the linters made for each configuration."""

    registry: Registry
    finder: ConfigFinder
    asked: tuple[str, ...] | None
    refused: tuple[str, ...]
    _linters: dict[int, Linter] = field(factory=dict, init=False)

    @classmethod
    def make(cls, registry: Registry, config: Configured, select: Iterable[str] | None, ignore: Iterable[str] | None) -> Run:
        """Prepare a call.

        Raises:
            ConfigError: ``config`` says something that gilint does not know.
            UsageError: a code that no rule has.
        """
        rules, complete = registry.rules, not registry.problems
        if isinstance(config, (str, os.PathLike)):
            config = read_config(Path(config), rules, all_known=complete)
        elif isinstance(config, Mapping):
            config = Config.parse(config, rules, all_known=complete)
        finder = ConfigFinder(rules, config, complete)
        asked = None if select is None else check_codes(_codes(select), rules)
        return cls(registry, finder, asked, check_codes(_codes(ignore or ()), rules))

    def linter(self, folder: str) -> Linter:
        """Return the linter for documents in ``folder``, an absolute path.

        Raises:
            ConfigError: the configuration found there says something that gilint does not know.
        """
        config = self.finder.for_folder(folder)
        # The finder keeps every configuration that it hands out, so an identity is not given twice.
        linter = self._linters.get(id(config))
        if linter is None:
            # What is given in Python may be changed by who gave it; what was found stays as it is.
            make = _found_linter if self.finder.fixed is None else Linter.make
            linter = make(self.registry, config, Selection(config.select, config.ignore, self.asked, self.refused))
            self._linters[id(config)] = linter
        return linter

    def lint(self, source: Source) -> Result:
        """Lint one document of several: whatever happens is in the result."""
        return _attempt(partial(self._read, source), self.linter(source.folder), lambda: source.name)

    def _read(self, source: Source) -> Report:
        if source.problem is not None:
            return self._unreadable(source.name, source.problem)
        try:
            readable: Readable = source.path if source.path is not None else sys.stdin.buffer
            return read(readable, name=source.name, registry=self.registry)
        except OSError as error:
            return self._unreadable(source.name, why(error))

    def _unreadable(self, name: str, reason: Text) -> Report:
        notice = Notice(NoticeKind.UNREADABLE, {"reason": reason})
        return recognise(Document(name, "none", notices=(notice,)), self.registry.forms)


_found_linter = lru_cache(maxsize=16)(Linter.make)
"""One linter for many calls: to make all the rules takes as long as some of them run."""


def _attempt(read: Callable[[], Report], linter: Linter, name: Callable[[], str]) -> Result:
    """Read and lint; what fails inside gilint becomes a finding, what the user did wrong is raised."""
    try:
        report = read()
    except GilintError:
        raise
    except Exception as error:
        return linter.failed(Report(name(), None), error)
    return linter.lint(report)


def _codes(codes: Iterable[str]) -> list[str]:
    """Take ``"SUM,VAL"`` for two codes, as on the command line."""
    given = [codes] if isinstance(codes, str) else codes
    return [code.strip() for each in given for code in each.split(",") if code.strip()]


def _folder_of(source: object) -> str:
    """Return the folder from which configuration is searched: that of the document, or the working folder where it is no file."""
    # Not Path.is_file, which raises on a name that is far too long, as the text of a report is.
    if isinstance(source, (str, os.PathLike)) and os.path.isfile(source):  # noqa: PTH113
        return str(Path(source).absolute().parent)
    return os.getcwd()  # noqa: PTH109
