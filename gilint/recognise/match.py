"""Which observed row is which row of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from gilint.recognise.align import align, longest_increasing
from gilint.recognise.labels import SIMILAR, LabelIndex, RowTarget
from gilint.recognise.lines import Kind
from gilint.recognise.rows import ObservedRow

_NUMERALS = "一二三四五六七八九十0123456789"


class RowMatcher:
    """Matches observed rows with the rows of one edition. Rows are named by their position among the observed ones."""

    def __init__(self, rows: Sequence[ObservedRow], index: LabelIndex, others: Sequence[LabelIndex]) -> None:
        self.rows = rows
        self.index = index
        self.others = others
        """The other editions of the same form."""
        self.matched: dict[int, RowTarget] = {}
        self.repeated: dict[int, RowTarget] = {}
        """Rows whose target is matched already."""
        self.out_of_order: list[int] = []
        self.renamed: set[int] = set()
        """Matched rows whose label is not the official one."""

    def run(self) -> None:
        """Match: sure labels in order, misprinted ones between them, sure ones out of order, and what elimination tells."""
        sure = self._sure()
        anchors = self._anchors(sure)
        self._similar_between(anchors, sure)
        self._late(sure)
        self._renamed_between()

    def is_foreign(self, observed: ObservedRow) -> bool:
        """Say whether a row's label belongs to another edition and not to this one."""
        return any(text in other.rows and text not in self.index.rows for other in self.others for text in observed.wordings)

    def _sure(self) -> dict[int, RowTarget]:
        """Rows whose label is exactly that of a row of the form.

        Where a good part of a table stands in its own section, rows elsewhere with the same labels belong to a table of the report's own.
        """
        sure = {}
        at_home: Counter[str] = Counter()
        for number, observed in enumerate(self.rows):
            target = next((self.index.rows[text] for text in observed.wordings if text in self.index.rows), None)
            if target is not None and not self._is_elsewhere(number, target):
                sure[number] = target
                at_home[target.table.name] += self._in_section(number, target)
        enough = {table.name: max(3, len(table.rows) // 3) for table in self.index.form.tables}
        return {
            number: target
            for number, target in sure.items()
            if at_home[target.table.name] < enough[target.table.name] or self._in_section(number, target)
        }

    def _is_elsewhere(self, number: int, target: RowTarget) -> bool:
        """Say whether a row stands in another section and has too few values to be the form's: a comparison with last year."""
        observed = self.rows[number]
        return observed.section is not None and not self._in_section(number, target) and 2 * len(observed.values) < len(target.row.columns)

    def _anchors(self, sure: Mapping[int, RowTarget]) -> list[int]:
        """Match one of the sure rows for each target, as far as they stand in order.

        A report can print a few rows of the form a second time, in a table of its own in the narrative. The row that stands in the right
        section, and among most of its fellows, is the form's.
        """
        company = Counter(self._block(number) for number in sure)

        def rank(number: int) -> tuple[bool, bool, bool, int, int]:
            observed, target = self.rows[number], sure[number]
            short = len(observed.values) < len(target.row.columns)
            return not self._in_section(number, target), not observed.has_number, short, -company[self._block(number)], number

        first: dict[int, int] = {}
        for number, target in sure.items():
            known = first.setdefault(target.position, number)
            if known != number and rank(number) < rank(known):
                first[target.position] = number
        candidates = sorted(first.values())
        chain = [candidates[i] for i in longest_increasing([sure[number].position for number in candidates])]
        for number in chain:
            self.matched[number] = sure[number]
        return chain

    def _block(self, number: int) -> tuple[int, str | None]:
        """Return what holds a row together with its fellows: its grid, or its section of the text."""
        observed = self.rows[number]
        return (observed.grid, None) if observed.grid >= 0 else (-1, observed.section)

    def _in_section(self, number: int, target: RowTarget) -> bool:
        return self.rows[number].section == target.table.section

    def _similar_between(self, anchors: Sequence[int], sure: Mapping[int, RowTarget]) -> None:
        """Between sure rows, match those whose label is misprinted or broken."""
        bounds = [(-1, -1), *((n, sure[n].position) for n in anchors), (len(self.rows), len(self.index.targets))]
        for (left, low), (right, high) in pairwise(bounds):
            free = self.index.targets[low + 1 : high]
            numbers = [n for n in range(left + 1, right) if n not in sure and self.rows[n].wordings and self.rows[n].values]
            if not free or not numbers:
                continue

            beside = {self._block(n) for n in (left, right) if 0 <= n < len(self.rows)}

            def likeness(
                i: int, j: int, numbers: list[int] = numbers, free: list[RowTarget] = free, beside: set[tuple[int, str | None]] = beside
            ) -> float:
                if not self._in_section(numbers[i], free[j]) and self._block(numbers[i]) not in beside:
                    return 0.0
                alike = free[j].likeness(self.rows[numbers[i]].wordings)
                return alike if alike >= SIMILAR and not self.is_foreign(self.rows[numbers[i]]) else 0.0

            for i, j in align(len(numbers), len(free), likeness):
                self.matched[numbers[i]] = free[j]
                if not any(self._is_same(text, free[j]) for text in self.rows[numbers[i]].wordings):
                    self.renamed.add(numbers[i])

    def _is_same(self, printed: str, target: RowTarget) -> bool:
        """Say whether a label is the official one cut short, or led by the label of its group."""
        if printed in target.label:
            return True
        return printed.endswith(target.label) and printed[: -len(target.label)].rstrip(_NUMERALS) in self.index.furniture

    def _late(self, sure: Mapping[int, RowTarget]) -> None:
        """Match sure rows that stand out of order; what is matched already is repeated."""
        taken = {target.position for target in self.matched.values()}
        blocks: dict[str, set[tuple[int, str | None]]] = {table.name: set() for table in self.index.form.tables}
        for number, target in self.matched.items():
            blocks[target.table.name].add(self._block(number))
        for number, target in sorted(sure.items(), key=lambda item: (not self.rows[item[0]].has_number, item[0])):
            if number in self.matched:
                continue
            if target.position in taken:
                if self._is_second(number, target, blocks[target.table.name]):
                    self.repeated[number] = target
            else:
                taken.add(target.position)
                self.matched[number] = target
                self.out_of_order.append(number)

    def _is_second(self, number: int, target: RowTarget, blocks: set[tuple[int, str | None]]) -> bool:
        """Say whether a row with a label that is matched already repeats that row, and is not one of another table (总计, 其他)."""
        if self.rows[number].grid >= 0 and self._block(number) in blocks:
            return True
        return self._in_section(number, target) and len(self.rows[number].values) >= len(target.row.columns)

    def _renamed_between(self) -> None:
        """Between two neighbours of one table, as many strange rows as rows that lack: they are those, renamed."""
        known = sorted((number, target) for number, target in self.matched.items() if number not in self.out_of_order)
        taken = {target.position for target in self.matched.values()}
        for (left, low), (right, high) in pairwise(known):
            strange = [n for n in range(left + 1, right) if n not in self.repeated and n not in self.matched]
            lacking = [t for t in self.index.targets[low.position + 1 : high.position] if t.position not in taken]
            if not strange or low.table is not high.table or self.rows[left].grid != self.rows[right].grid:
                continue
            # A row of blanks under words of its own need not be one of the form's.
            for rows in (strange, [n for n in strange if self.rows[n].has_number]):
                if len(rows) == len(lacking) and all(self._can_be(self.rows[n], t) for n, t in zip(rows, lacking, strict=True)):
                    self.matched.update(zip(rows, lacking, strict=True))
                    self.renamed.update(rows)
                    break

    def _can_be(self, observed: ObservedRow, target: RowTarget) -> bool:
        values = [token for token in observed.values if token.kind in (Kind.NUMBER, Kind.BLANK)]
        return (
            bool(observed.labels)
            and len(values) >= len(target.row.columns)
            and not self.is_foreign(observed)
            and not self.index.is_label(observed.printed)
        )
