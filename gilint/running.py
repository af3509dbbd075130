"""One call of gilint: which rules, settings and waivers are for which document, and one document from source to result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, evolve, field

from gilint.config import Config, read_config
from gilint.config_finder import ConfigFinder
from gilint.datasets import read_source
from gilint.document import Document
from gilint.errors import GilintError
from gilint.finding import Result
from gilint.language import Text
from gilint.linter import Linter
from gilint.model import Report
from gilint.notice import Notice, NoticeKind, without_own_comments
from gilint.plugins import Registry
from gilint.readers import read_document
from gilint.readers.source import SourceLike
from gilint.recognise import recognise
from gilint.selection import Selection, check_codes
from gilint.sources import Source, why

if TYPE_CHECKING:
    from gilint.waivers import Waivers

Readable: TypeAlias = "SourceLike | os.PathLike[str]"
"""What can be read: a path, the text itself, bytes, a file object."""
Accepted: TypeAlias = "Waivers | Mapping[str, Any] | str | os.PathLike[str] | None"
"""Waivers, what ``gilint-waivers.toml`` would say, the path of such a file, or ``None`` to search upwards from the document."""
Configured: TypeAlias = "Config | Mapping[str, Any] | str | os.PathLike[str] | None"
"""A configuration, what ``gilint.toml`` would say, the path of such a file, or ``None`` to search upwards from the document."""


def read_report(source: SourceLike, name: str | None, registry: Registry, *, own_comments: bool = True) -> Report:
    """Read a source and lay it over the forms, if so asked as if gilint had written no comments into it."""
    return report_of(read_document(source, name), registry, own_comments=own_comments)


def report_of(document: Document, registry: Registry, *, own_comments: bool = True) -> Report:
    """Lay a document over the forms, if so asked as if gilint had written no comments into it."""
    if not own_comments:
        document = evolve(document, notices=without_own_comments(document.notices))
    report = recognise(document, registry.forms)
    return evolve(report, phrasings=registry.phrasings) if registry.phrasings else report


@define(eq=False, repr=False)
class Run:
    """One call of gilint: the rules, where configuration comes from, and the linters made for each configuration."""

    registry: Registry
    finder: ConfigFinder
    asked: tuple[str, ...] | None
    refused: tuple[str, ...]
    accepted: Waivers | None = None
    """Given by the user for all documents; nothing is searched then."""
    today: date | None = None
    """The day on which waivers must be in force; ``None``: that of the clock."""
    show_personal_data: bool = False
    """Whether personal data are shown in any case, also where no configuration says so."""
    own_comments: bool = True
    """Whether comments that gilint has written into a document are told of; not where they will be replaced."""
    _linters: dict[int, Linter] = field(factory=dict, init=False)

    @classmethod
    def make(
        cls,
        registry: Registry,
        config: Configured,
        select: Iterable[str] | None,
        ignore: Iterable[str] | None,
        waivers: Accepted = None,
        today: date | None = None,
        *,
        show_personal_data: bool = False,
    ) -> Run:
        """Prepare a call.

        Raises:
            ConfigError: ``config`` or ``waivers`` say something that gilint does not know.
            UsageError: a code that no rule has.
        """
        rules, complete = registry.rules, not registry.problems
        if isinstance(config, (str, os.PathLike)):
            config = read_config(Path(config), rules, all_known=complete)
        elif isinstance(config, Mapping):
            config = Config.parse(config, rules, all_known=complete)
        finder = ConfigFinder(rules, config, complete)
        asked = None if select is None else check_codes(_codes(select), rules)
        accepted = None if waivers is None else _given_waivers(waivers, registry)
        return cls(registry, finder, asked, check_codes(_codes(ignore or ()), rules), accepted, today, show_personal_data)

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
            selection = Selection(config.select, config.ignore, self.asked, self.refused)
            linter = make(self.registry, evolve(config, show_personal_data=True) if self.show_personal_data else config, selection)
            self._linters[id(config)] = linter
        return linter

    def lint(self, source: Source) -> Result:
        """Lint one document of several: whatever happens is in the result."""
        folder = source.folder
        linter = self.linter(folder)
        return self.waive(attempt(partial(self._read, source), linter, lambda: source.name), self.waivers(folder), linter)

    def waivers(self, folder: str) -> Waivers | None:
        """Return the waivers for documents in ``folder``, an absolute path.

        Raises:
            ConfigError: the file found there says something that gilint does not know.
        """
        if self.accepted is not None:
            return self.accepted
        file = self.finder.waivers_for(folder)
        return None if file is None else _given_waivers(file, self.registry)

    def waive(self, result: Result, waivers: Waivers | None, linter: Linter) -> Result:
        """Return the result with what is accepted apart."""
        if waivers is None:
            return result
        from gilint.waiving import waive

        return waive(result, waivers, linter, self.today or date.today())

    def _read(self, source: Source) -> Report:
        if source.problem is not None:
            return self._unreadable(source.name, source.problem)
        try:
            return report_of(read_source(source), self.registry, own_comments=self.own_comments)
        except OSError as error:
            return self._unreadable(source.name, why(error))

    def _unreadable(self, name: str, reason: Text) -> Report:
        notice = Notice(NoticeKind.UNREADABLE, {"reason": reason})
        return recognise(Document(name, "none", notices=(notice,)), self.registry.forms)


_found_linter = lru_cache(maxsize=16)(Linter.make)
"""One linter for many calls: to make all the rules takes as long as some of them run."""


def attempt(read: Callable[[], Report], linter: Linter, name: Callable[[], str]) -> Result:
    """Read and lint; what fails inside gilint becomes a finding, what the user did wrong is raised."""
    try:
        report = read()
    except GilintError:
        raise
    except Exception as error:
        return linter.failed(Report(name(), None), error)
    return linter.lint(report)


def _given_waivers(waivers: Waivers | Mapping[str, Any] | str | os.PathLike[str], registry: Registry) -> Waivers:
    # Hardly anybody has any.
    from gilint.waivers import Waivers, read_waivers

    complete = not registry.problems
    if isinstance(waivers, (str, os.PathLike)):
        return read_waivers(waivers, registry.rules, registry.forms, all_known=complete)
    if isinstance(waivers, Mapping):
        return Waivers.parse(waivers, registry.rules, registry.forms, all_known=complete)
    return waivers


def _codes(codes: Iterable[str]) -> list[str]:
    """Take ``"SUM,VAL"`` for two codes, as on the command line."""
    given = [codes] if isinstance(codes, str) else codes
    return [code.strip() for each in given for code in each.split(",") if code.strip()]
