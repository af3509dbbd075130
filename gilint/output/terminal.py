"""The text format on a terminal: colour, small tables, and lines broken as Chinese text is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console, JustifyMethod
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gilint.finding import Change, Finding, Severity, Verdict
from gilint.model import Cell
from gilint.output.causes import say_number
from gilint.output.cells import say_cell, show_cell
from gilint.output.lines import aside, cause_details, checks, details, identity, visible, waived, waived_count
from gilint.output.parts import CauseView, FindingView
from gilint.output.view import DocumentView
from gilint.output.wrapping import breaks, columns
from gilint.output.writer import Writer
from gilint.place import CellRef
from gilint.values import CellState

TABLE_ROWS = 8
"""Cells that a small table shows."""
MANY_ZEROS = 3
"""As many cells that are zero are counted instead of shown."""
CODE_COLUMNS = 6
"""What the code of a rule takes."""

_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_VERDICT_STYLES = {
    Verdict.PUBLISHABLE: "bold white on green",
    Verdict.REVIEW: "bold black on yellow",
    Verdict.NOT_PUBLISHABLE: "bold white on red",
    Verdict.UNDECIDED: "bold white on bright_black",
}


class Line(Text):
    """Words that are cut into lines by the rules of Chinese."""

    def wrap(self, console: Console, width: int, *, justify: JustifyMethod | None = None, **_: Any) -> Lines:
        """Return the lines."""
        lines = self.divide(breaks(self.plain, width))
        for line in lines:
            line.rstrip()
        lines.justify(console, width, justify=justify or "default")
        return lines


def _console(writer: Writer) -> Console:
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


class Terminal:
    """A terminal that documents are written to."""

    def __init__(self, writer: Writer) -> None:
        self.console = _console(writer)

    def write(self, view: DocumentView) -> None:
        """Write what was found in one document."""
        _Block(self.console, view).write()

    def end(self, line: str) -> None:
        """Write the last line."""
        self.console.print()
        self.console.print(Line(line, style="bold"))


class _Block:
    """One document on a terminal."""

    def __init__(self, console: Console, view: DocumentView) -> None:
        self.console = console
        self.view = view
        self.words = view.words

    def write(self) -> None:
        view, words = self.view, self.words
        head = Line.assemble(
            (f" {words.verdict(view.verdict)} ", _VERDICT_STYLES[view.verdict]), waived_count(view), " ", (visible(view.path), "bold")
        )
        self.console.print(head)
        self.console.print(Padding(Line(visible(identity(view)), style="dim"), (0, 0, 0, 2)))
        for said in aside(view):
            self.console.print(Padding(Line(said), (0, 0, 0, 2)))
        facts = dict(zip(view.findings, view.result.findings, strict=True))
        for entry in view.entries:
            if isinstance(entry, CauseView):
                self._cause(entry)
            else:
                self._finding(facts[entry], entry)
        for title, text in (*waived(view), *checks(view)):
            name = title.lstrip()
            line = Line.assemble((name + words("colon") if name else "", "dim"), visible(text))
            self.console.print(Padding(line, (0, 0, 0, 2 + len(title) - len(name))))

    def _cause(self, cause: CauseView) -> None:
        words, colon = self.words, self.words("colon")
        grid = self._grid(cause.severity, cause.codes, cause.headline, bold=True)
        for name, text in cause_details(cause, words, with_line=True):
            grid.add_row("", "", Line.assemble((name + colon if name else "", "dim"), visible(text)))
        grid.add_row("", "", Line(words("consequences", count=len(cause.findings)) + colon, style="dim"))
        for finding in cause.findings:
            grid.add_row("", "", Line.assemble((f"{finding.code} ", "dim"), visible(finding.message)))
        self.console.print(Padding(grid, (0, 0, 0, 2)))
        if len(cause.changes) > 1:
            self.console.print(Padding(self._cells([change.cell for change in cause.changes], cause.changes), (0, 0, 0, 4)))

    def _grid(self, severity: Severity, codes: Sequence[str], message: str, *, bold: bool = False) -> Table:
        """Begin with severity, codes and message; several codes have a line to themselves, or they would take the room of all others."""
        style, called = _SEVERITY_STYLES[severity], self.words.severity(severity)
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True, min_width=columns(called))
        grid.add_column(no_wrap=True, min_width=CODE_COLUMNS)
        grid.add_column(overflow="fold")
        said = Line(visible(message), style="bold" if bold else "")
        if len(codes) > 1:
            self.console.print(Padding(Line(f"{called} {','.join(codes)}", style=style), (0, 0, 0, 2)))
            grid.add_row("", "", said)
        else:
            grid.add_row(Line(called, style=style), Line("".join(codes), style=style), said)
        return grid

    def _finding(self, finding: Finding, shown: FindingView) -> None:
        grid = self._grid(finding.severity, (finding.code,), shown.message)
        for name, text in details(shown, self.words, with_line=True):
            grid.add_row("", "", Line.assemble((name + self.words("colon"), "dim"), visible(text)))
        self.console.print(Padding(grid, (0, 0, 0, 2)))
        if len(finding.cells) > 1 and self.view.report.form:
            changes = [change for repair in finding.repairs[:1] for change in repair.changes]
            self.console.print(Padding(self._cells(finding.cells, changes), (0, 0, 0, 4)))

    def _cells(self, refs: Iterable[CellRef], changes: Iterable[Change]) -> Table:
        """Draw cells with what they should be; of many zeros only those that are wrong and the first of all, which the finding is about."""
        report, words = self.view.report, self.words
        repaired = {change.cell: say_number(change) for change in changes}
        cells = [cell for ref in refs if (cell := report.tables[ref.table].cells.get((ref.row, ref.column)))]
        telling = [cell for at, cell in enumerate(cells) if at == 0 or cell.value != 0 or cell.ref in repaired]
        if len(cells) - len(telling) < MANY_ZEROS and len(cells) <= TABLE_ROWS:
            telling = cells
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

    def _row(self, cell: Cell, after: str | None, *, with_repair: bool) -> Sequence[str | Line]:
        personal = self.view.result.personal_data_shown
        value = (
            self.words.state(cell.state)
            if cell.state in (CellState.BLANK, CellState.MISSING)
            else show_cell(cell, self.words, personal=personal)[0]
        )
        style = "bold red" if after is not None else "dim" if cell.state is not CellState.NUMBER else ""
        told: Iterable[str | Line] = [Line(visible(say_cell(self.view.report, cell.ref, self.words))), Line(visible(value), style=style)]
        return [*told, *([Line(after or "")] if with_repair else [])]
