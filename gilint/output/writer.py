"""What every output format has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Self

from attrs import define, field, frozen

from gilint.finding import Result, Severity, Verdict, Waiver
from gilint.language import Language, Text
from gilint.model import Report
from gilint.rule import Rule


@frozen(eq=False, repr=False)
class Settings:
    """What a format needs to know besides the results."""

    language: Language = "zh"
    rules: Mapping[str, type[Rule]] = field(factory=dict)
    """Code to rule, for clauses and titles: a result knows nothing but codes."""
    templates: Path | None = None
    """A folder with the user's own templates, which come before gilint's."""
    terminal: bool | None = None
    """Whether to use colour and tables; ``None``: if the stream is a terminal."""
    problems: tuple[Text, ...] = ()
    """What could not be used (a plugin that does not load), for formats that tell a program so."""
    remarks: tuple[Text, ...] = ()
    """What was passed over on purpose while folders were walked, for the same."""
    unchecked: tuple[Text, ...] = ()
    """What lies in these folders and is of no kind that can be checked: also for pages, which go to people who did not see the run."""


@define(eq=False, repr=False)
class Summary:
    """How many documents were linted and what was found."""

    documents: int = 0
    severities: dict[Severity, int] = field(factory=lambda: dict.fromkeys(Severity, 0))
    verdicts: dict[Verdict, int] = field(factory=lambda: dict.fromkeys(Verdict, 0))
    waived: int = 0
    """Findings that somebody has accepted; ``severities`` does not count them."""
    partial: int = 0
    """Documents for which rules were left out."""
    _used: dict[Waiver, None] = field(factory=dict, init=False)
    _idle: dict[Waiver, None] = field(factory=dict, init=False)

    def add(self, result: Result) -> None:
        """Count one more document."""
        self.documents += 1
        self.verdicts[result.verdict] += 1
        for severity in Severity:
            self.severities[severity] += result.count(severity)
        self.partial += result.partial
        self.waived += len(result.waived)
        self._used.update(dict.fromkeys(result.used_waivers))
        self._idle.update(dict.fromkeys(result.idle_waivers))

    @property
    def unused_waivers(self) -> tuple[Waiver, ...]:
        """Waivers that could have fitted a finding of some document, and fitted none: another document of the same report may have needed them."""
        return tuple(waiver for waiver in self._idle if waiver not in self._used)


class Writer(ABC):
    """Writes results to a stream, one after the other. Use it as a context manager, so that temporary files go away."""

    encoding: ClassVar[str | None] = "utf-8"
    """Of the bytes behind the stream; ``None``: on standard output the console's own."""
    binary: ClassVar[bool] = False
    """Whether the stream takes bytes and not text."""

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        self.stream = stream
        self.settings = settings or Settings()

    def begin(self) -> None:  # noqa: B027  (most formats have nothing to say before the first result)
        """Write what stands before the first result."""

    @abstractmethod
    def write(self, result: Result) -> None:
        """Write one result."""

    def end(self, summary: Summary) -> None:  # noqa: B027
        """Write what stands after the last result."""

    def close(self) -> None:  # noqa: B027
        """Let go of temporary files; called also when something went wrong."""

    def emit(self, text: str) -> None:
        """Write text; characters that the stream cannot encode (an emoji on a GBK console) become question marks."""
        try:
            self.stream.write(text)
        except UnicodeEncodeError as error:
            self.stream.write(text.encode(error.encoding, "replace").decode(error.encoding))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


class Extractor(ABC):
    """Writes the cells of reports to a stream, one row a cell."""

    encoding: ClassVar[str] = "utf-8"

    def __init__(self, stream: IO[str], *, personal: bool = False) -> None:
        self.stream = stream
        self.personal = personal
        """Whether personal data are written as printed; they are masked otherwise."""

    @abstractmethod
    def begin(self) -> None:
        """Write what stands before the first report."""

    @abstractmethod
    def write(self, report: Report) -> None:
        """Write the cells of one report."""

    @abstractmethod
    def end(self) -> None:
        """Write what stands after the last report."""
