"""Text: plain lines for files and pipes, colour and small tables on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TextIO

from gilint.finding import Finding, Result, Severity, Verdict
from gilint.model import Cell
from gilint.output.parts import FindingView
from gilint.output.view import DocumentView, say_cell, show_cell
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer
from gilint.patterns import deferred
from gilint.values import CellState

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Line

TABLE_ROWS = 8
"""Cells that a small table shows."""

# A document decides what stands in a message: it must not move the cursor, set colours, or turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

# A notice is known by its number; its title would fill the line.
_NOTICE = deferred(r"《[^《》]{0,200}通知》\(([^()]{0,40}号)\)")

_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_VERDICT_STYLES = {
    Verdict.PUBLISHABLE: "bold white on green",
    Verdict.REVIEW: "bold black on yellow",
    Verdict.NOT_PUBLISHABLE: "bold white on red",
    Verdict.UNDECIDED: "bold white on bright_black",
}


class TextWriter(Writer):
    """Writes a block of lines for each document, and a last line with the counts."""

    encoding: ClassVar[str | None] = None

    def __init__(self, stream: TextIO, settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self._words = Words(self.settings.language)
        self._console = _console(self) if self._is_terminal() else None
        self._number = 0

    def write(self, result: Result) -> None:
        """Write what was found in one document."""
        self._number += 1
        view = DocumentView(result, self._number, self._words, self.settings.rules)
        if self._number > 1:
            self.emit("\n")
        if self._console:
            _Terminal(self._console, view).write()
        else:
            self.emit("".join(f"{line}\n" for line in plain_lines(view)))

    def end(self, summary: Summary) -> None:
        """Write how many documents there were, with which verdicts and findings."""
        words = self._words
        line = words("semicolon").join([words.verdicts(summary.documents, summary.verdicts), words.counts(summary.severities)])
        if self._console:
            from rich.text import Text as Line

            self._console.print()
            self._console.print(Line(line, style="bold"))
        else:
            self.emit(f"\n{line}\n")

    def _is_terminal(self) -> bool:
        if self.settings.terminal is not None:
            return self.settings.terminal
        return self.stream.isatty()


def visible(text: str) -> str:
    """Return a text on one line, without anything that a terminal obeys instead of showing."""
    return " ".join(_CONTROL.sub(_replacement, text).split(" "))


def _replacement(match: re.Match[str]) -> str:
    return " " if match.group() in "\t\n\r\u2028\u2029" else "\N{REPLACEMENT CHARACTER}"


def plain_lines(view: DocumentView) -> Iterator[str]:
    """Yield the lines for one document; each finding begins ``path:line:column: CODE``, as editors expect it."""
    words, colon = view.words, view.words("colon")
    yield f"{visible(view.path)}{colon}{words.verdict(view.verdict)}"
    yield f"  {visible(_identity(view))}"
    for finding, shown in zip(view.result.findings, view.findings, strict=True):
        yield f"{_position(view, shown)}: {finding.code} {words.severity(finding.severity)}{colon}{visible(shown.message)}"
        for title, text in _details(shown, words):
            yield f"    {title}{colon}{visible(text)}"
    for title, text in _checks(view):
        yield f"  {title}{colon if title else ''}{visible(text)}"


def _identity(view: DocumentView) -> str:
    return view.words("comma").join((view.organ, view.year, view.edition))


def _position(view: DocumentView, finding: FindingView) -> str:
    numbers = [str(number) for number in (finding.line, finding.column) if number]
    return ":".join([visible(view.path), *numbers])


def _details(finding: FindingView, words: Words) -> Iterator[tuple[str, str]]:
    if finding.place and not finding.line:
        yield words("place"), finding.place
    for _, text in finding.excerpts:
        yield words("excerpt"), f"“{text}”"
    if finding.suggestion:
        yield words("suggestion"), finding.suggestion
    for index, changes in enumerate(finding.repairs):
        yield words("repair" if index == 0 else "repair-or"), words("semicolon").join(changes)
    if finding.sources:
        yield words("clause"), words("semicolon").join(_NOTICE.sub(r"\1", source) for source in finding.sources)


def _checks(view: DocumentView) -> Iterator[tuple[str, str]]:
    words = view.words
    if not view.result.findings:
        yield "", view.nothing
    for tally in view.tallies:
        yield words("checked"), f"{tally.family} {tally.say(words)}"
        for reason in tally.reasons:
            yield "  " + words("not-assessable"), reason
        for condition in tally.conditions:
            yield "  " + words("conditional"), condition


def _console(writer: TextWriter) -> Console:
    from rich.console import Console

    class Replacing:
        """The stream as rich sees it; what the console cannot encode is replaced."""

        encoding = getattr(writer.stream, "encoding", None) or "utf-8"

        def write(self, text: str) -> int:
            writer.emit(text)
            return len(text)

        def flush(self) -> None:
            writer.stream.flush()

        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            return writer.stream.fileno()

    return Console(file=Replacing(), highlight=False, markup=False, emoji=False, soft_wrap=False)  # type: ignore[arg-type]


class _Terminal:
    """One document on a terminal."""

    def __init__(self, console: Console, view: DocumentView) -> None:
        self.console = console
        self.view = view
        self.words = view.words

    def write(self) -> None:
        from rich.padding import Padding
        from rich.text import Text as Line

        view, words = self.view, self.words
        head = Line.assemble((f" {words.verdict(view.verdict)} ", _VERDICT_STYLES[view.verdict]), " ", (visible(view.path), "bold"))
        self.console.print(head)
        self.console.print(Padding(Line(visible(_identity(view)), style="dim"), (0, 0, 0, 2)))
        for finding, shown in zip(view.result.findings, view.findings, strict=True):
            self._finding(finding, shown)
        for title, text in _checks(view):
            self.console.print(Padding(Line.assemble((title + words("colon") if title else "", "dim"), visible(text)), (0, 0, 0, 2)))

    def _finding(self, finding: Finding, shown: FindingView) -> None:
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text as Line

        style = _SEVERITY_STYLES[finding.severity]
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        message = Line(visible(shown.message))
        if shown.line:
            message.append(f"  {_position(self.view, shown)}", style="dim")
        grid.add_row(Line(self.words.severity(finding.severity), style=style), Line(finding.code, style=style), message)
        for name, text in _details(shown, self.words):
            grid.add_row("", "", Line.assemble((name + self.words("colon"), "dim"), visible(text)))
        self.console.print(Padding(grid, (0, 0, 0, 2)))
        if len(finding.cells) > 1 and self.view.report.form:
            self.console.print(Padding(self._cells(finding), (0, 0, 0, 4)))

    def _cells(self, finding: Finding) -> Table:
        """Draw the cells of a finding that are not zero, with what they should be."""
        from rich import box
        from rich.table import Table

        report, words = self.view.report, self.words
        repaired = {change.cell: change.after for repair in finding.repairs[:1] for change in repair.changes}
        cells = [cell for ref in finding.cells if (cell := report.tables[ref.table].cells.get((ref.row, ref.column)))]
        telling = [cell for cell in cells if cell.value != 0 or cell.ref in repaired]
        shown = telling[:TABLE_ROWS]
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False)
        table.add_column(words("cell"), overflow="fold")
        table.add_column(words("value"), justify="right")
        if repaired:
            table.add_column(words("repaired"), justify="right", style="bold green")
        for cell in shown:
            table.add_row(*self._row(cell, repaired.get(cell.ref), with_repair=bool(repaired)))
        rest = len(cells) - len(shown)
        if rest:
            key = "others-zero" if len(telling) == len(shown) else "others-more"
            table.caption = words(key, count=rest)
            table.caption_justify = "left"
        return table

    def _row(self, cell: Cell, after: int | None, *, with_repair: bool) -> Sequence[str | Line]:
        from rich.text import Text as Line

        value, _ = show_cell(cell, self.words)
        style = "bold red" if after is not None else "dim" if cell.state is not CellState.NUMBER else ""
        columns: Iterable[str | Line] = [Line(visible(say_cell(self.view.report, cell.ref, self.words))), Line(visible(value), style=style)]
        return [*columns, *([Line("" if after is None else str(after))] if with_repair else [])]
