"""Text: plain lines for files and pipes, colour and small tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, ClassVar

from gilint.finding import Result
from gilint.output.lines import aside, cause_details, checks, details, identity, visible, waived, waived_count
from gilint.output.parts import CauseView, FindingView
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer

if TYPE_CHECKING:
    from gilint.output.terminal import Terminal


class TextWriter(Writer):
    """Writes a block of lines for each document, and a last line with the counts."""

    encoding: ClassVar[str | None] = None

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)
        self._terminal = self._open_terminal() if self._is_terminal() else None
        self._number = 0

    def write(self, result: Result) -> None:
        """Write what was found in one document."""
        self._number += 1
        view = DocumentView(result, self._number, self._words, self.settings.rules)
        if self._number > 1:
            self.emit("\n")
        if self._terminal:
            self._terminal.write(view)
        else:
            self.emit("".join(f"{line}\n" for line in plain_lines(view)))

    def end(self, summary: Summary) -> None:
        """Write how many documents there were, with which verdicts and findings."""
        words = self._words
        parts = [words.verdicts(summary.documents, summary.verdicts), words.counts(summary.severities), *words.asides(summary)]
        line = words("semicolon").join(parts)
        if self._terminal:
            self._terminal.end(line)
        else:
            self.emit(f"\n{line}\n")

    def _open_terminal(self) -> Terminal:
        from gilint.output.terminal import Terminal

        return Terminal(self)

    def _is_terminal(self) -> bool:
        if self.settings.terminal is not None:
            return self.settings.terminal
        return self.stream.isatty()


def plain_lines(view: DocumentView) -> Iterator[str]:
    """Yield the lines for one document; each finding or cause begins ``path:line:column: CODE``, as editors expect it."""
    words, colon = view.words, view.words("colon")
    yield f"{visible(view.path)}{colon}{words.verdict(view.verdict)}{waived_count(view)}"
    yield f"  {visible(identity(view))}"
    yield from (f"  {line}" for line in aside(view))
    for entry in view.entries:
        yield from _cause_lines(view, entry) if isinstance(entry, CauseView) else _finding_lines(view, entry)
    for title, text in (*waived(view), *checks(view)):
        yield f"  {title}{colon if title else ''}{visible(text)}"


def _finding_lines(view: DocumentView, finding: FindingView) -> Iterator[str]:
    words, colon = view.words, view.words("colon")
    yield f"{_position(view, finding)}: {finding.code} {words.severity(finding.severity)}{colon}{visible(finding.message)}"
    for title, text in details(finding, words):
        yield f"    {title}{colon}{visible(text)}"


def _cause_lines(view: DocumentView, cause: CauseView) -> Iterator[str]:
    words, colon = view.words, view.words("colon")
    yield f"{_position(view, cause)}: {','.join(cause.codes)} {words.severity(cause.severity)}{colon}{visible(cause.headline)}"
    for title, text in cause_details(cause, words):
        yield f"    {title}{colon if title else ''}{visible(text)}"
    yield f"    {words('consequences', count=len(cause.findings))}{colon}".rstrip()
    for finding in cause.findings:
        yield f"      {finding.code} {visible(finding.message)}"


def _position(view: DocumentView, told: FindingView | CauseView) -> str:
    numbers = [str(number) for number in (told.line, told.column) if number]
    return ":".join([visible(view.path), *numbers])
