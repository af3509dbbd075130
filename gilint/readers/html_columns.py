"""The columns of an HTML table: which of them each cell of a row takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

from attrs import define, field

from gilint.readers.limits import MAX_COLUMNS, MAX_SPAN

Spans = Mapping[str, str | None] | None
"""The attributes of a cell that may span rows or columns; ``None`` for one that does not."""


@define(eq=False, repr=False)
class Columns:
    """The columns of one table while its rows are laid over them, one after the other."""

    limits: dict[str, int]
    """Limits hit, by name."""
    _busy: dict[int, int] = field(init=False, factory=dict)
    """The columns into which a cell of an earlier row reaches, each with the row at which it is free again."""
    _last_busy: int = field(init=False, default=-1)
    _change: int = field(init=False, default=0)
    """The row at which the next of them is free again."""

    def take(self, spans: Sequence[Spans], row: int, end: int) -> tuple[Sequence[int], Iterable[int], Iterable[int]]:
        """Give the cells of a row their columns; return these, and how many rows and columns each cell takes.

        Args:
            spans: what each cell says of its spans.
            row: the row.
            end: the row after the group of rows in which no cell reaches beyond.
        """
        if self._busy and self._change <= row:
            self._release(row)
        if any(spans):
            return self._take_spans(spans, row, end)
        return self._free(0, len(spans)), repeat(1), repeat(1)

    def _release(self, row: int) -> None:
        """Forget the columns that are free again at a row."""
        # Loops, because a comprehension is a call, and an argument with a name (a default for max) costs more than all else here.
        busy: dict[int, int] = {}
        for column, until in self._busy.items():
            if until > row:
                busy[column] = until
        self._busy = busy
        self._last_busy = max(busy) if busy else -1
        self._change = min(busy.values()) if busy else 0

    def _free(self, first: int, count: int) -> Sequence[int]:
        """Return so many free columns from the first on, fewer where the table would become too wide."""
        busy = self._busy
        while first in busy:
            first += 1
        columns: Sequence[int] = range(first, first + count)
        if self._last_busy >= first:
            columns = [column for column in range(first, first + count + len(busy)) if column not in busy][:count]
        if columns and columns[-1] >= MAX_COLUMNS:
            self.limits["MAX_COLUMNS"] = MAX_COLUMNS
            columns = [column for column in columns if column < MAX_COLUMNS]
        return columns

    def _take_spans(self, spans: Sequence[Spans], row: int, end: int) -> tuple[Sequence[int], Iterable[int], Iterable[int]]:
        """Lay a row of which cells span rows or columns."""
        taken: list[int] = []
        heights, widths = [1] * len(spans), [1] * len(spans)
        busy, column, laid = self._busy, 0, 0
        reaching: dict[int, int] = {}
        for cell, span in enumerate(spans):
            if span is None:
                continue
            if laid < cell:  # those before it that span nothing
                taken.extend(self._free(column, cell - laid))
                if len(taken) < cell:
                    break
                column = taken[-1] + 1
            laid = cell + 1
            while column in busy:
                column += 1
            if column >= MAX_COLUMNS:
                self.limits["MAX_COLUMNS"] = MAX_COLUMNS
                break
            taken.append(column)
            heights[cell], widths[cell] = height, width = self._spans(span, end - row, MAX_COLUMNS - column)
            if height > 1 or (width > 1 and self._last_busy > column):
                for each in range(column, column + width):
                    reaching[each] = row + height
            column += width
        else:
            taken.extend(self._free(column, len(spans) - laid))
        if reaching:
            busy.update(reaching)
            self._release(row + 1)
        return taken, heights, widths

    def _spans(self, attributes: Mapping[str, str | None], most_rows: int, most_columns: int) -> tuple[int, int]:
        height, width = spans_of(attributes)
        if height > MAX_SPAN or width > MAX_SPAN:
            self.limits["MAX_SPAN"] = MAX_SPAN
            height, width = min(height, MAX_SPAN), min(width, MAX_SPAN)
        # rowspan=0 means: to the end of the group of rows; colspan=0 means nothing.
        return min(height or most_rows, most_rows), min(width or 1, most_columns)


def spans_of(attributes: Mapping[str, str | None]) -> tuple[int, int]:
    """Return how many rows and columns the attributes of a cell claim; each number too large is one larger than the limit."""
    rows, columns = attributes.get("rowspan"), attributes.get("colspan")
    return _number(rows) if rows else 1, _number(columns) if columns else 1


@lru_cache(maxsize=256)
def _number(written: str) -> int:
    """Return the number in an attribute, 1 where there is none; each number too large is one larger than the limit."""
    digits = written.strip().removesuffix("px")
    if not digits.isdecimal() or not digits.isascii():
        return 1
    return int(digits) if len(digits) <= len(str(MAX_SPAN)) and int(digits) <= MAX_SPAN else MAX_SPAN + 1
