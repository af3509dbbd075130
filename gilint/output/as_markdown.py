"""Markdown: for an issue tracker, a wiki or a mail; every value escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from markupsafe import Markup

from gilint.output.layout import Heading
from gilint.output.lines import say_repair
from gilint.output.pages import PageWriter
from gilint.output.parts import RepairView, SlotView, TableView
from gilint.output.templating import escape_markdown


class MarkdownWriter(PageWriter):
    """Writes GitHub-flavoured Markdown."""

    page: ClassVar[str] = "report.md.j2"
    part: ClassVar[str] = "document.md.j2"
    html: ClassVar[bool] = False

    def filters(self) -> dict[str, Callable[..., Markup]]:
        """Return the filters that draw a table and tell a repair."""
        return {"grid": draw_grid, "way": self._way}

    def _way(self, repair: RepairView) -> Markup:
        return escape_markdown(say_repair(repair, self.words))

    def page_context(self) -> dict[str, Any]:
        """Return nothing: Markdown has no style sheet."""
        return {}


def draw_grid(table: TableView) -> Markup:
    """Draw a table without spans, which Markdown does not have: a merged heading stands in its first place, the others stay empty."""
    grid = _expand(table)
    lines = [grid[0], [Markup("---")] * table.width, *grid[1:]] if grid else []
    return Markup("\n").join(Markup("| {} |").format(Markup(" | ").join(line)) for line in lines)


def _expand(table: TableView) -> list[list[Markup]]:
    grid = [[Markup("")] * table.width for _ in table.lines]
    taken: set[tuple[int, int]] = set()
    for y, line in enumerate(table.lines):
        x = 0
        for part in line:
            while (y, x) in taken:
                x += 1
            rows = part.row_span if isinstance(part, Heading) else 1
            taken.update((y + below, x + right) for below in range(rows) for right in range(part.column_span))
            grid[y][x] = escape_markdown(part.text) if isinstance(part, Heading) else _show(part)
    return grid


def _show(slot: SlotView) -> Markup:
    """Show a cell; a wrong one is bold, or struck with the right number beside it, and carries the numbers of its findings."""
    text = escape_markdown(slot.text)
    if slot.printed:
        text += Markup(" ({})").format(escape_markdown(slot.printed))
    if not slot.marks:
        return text
    numbers = ", ".join(f"{mark.number}?" if mark.possible else str(mark.number) for mark in slot.marks)
    if slot.after:
        return Markup("~~{}~~ **{}** [{}]").format(text, slot.after, numbers)
    shown = Markup("**{}**").format(text) if slot.severity else text
    return Markup("{} [{}]").format(shown, numbers)
