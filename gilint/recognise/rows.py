"""Cutting lines into observed rows: the labels, the values after them, and the header they stand under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gilint.recognise.labels import LONGEST_LABEL, Vocabulary, core
from gilint.recognise.lines import LONGEST_TEXT_VALUE, Kind, Line, Token
from gilint.values import is_unit

MAX_RUN = 64
"""Labels remembered before a row: a header has fewer, narrative is dropped."""
MAX_JOINED = 4
"""Lines over which a single label can be broken."""
_LABEL, _NUMBER = Kind.LABEL, Kind.NUMBER
_SURELY_LABEL = 0.85


class Header:
    """The header cells above some rows, with the line of the grid in which each stands."""

    def __init__(self, aligned: bool = False) -> None:
        self.cells: list[tuple[int, Token]] = []
        self.aligned = aligned


class ObservedRow:
    """Labels and values that belong together, before anything is known of their meaning."""

    def __init__(
        self,
        labels: list[Token],
        values: list[Token],
        header: Header,
        first: int,
        last: int,
        grid: int,
        aligned: bool,
        wordings: tuple[str, ...] = (),
        sure: bool = False,
        section: str | None = None,
        doubtful: bool = False,
    ) -> None:
        self.labels = labels
        self.values = values
        self.header = header
        self.first = first
        """Index of the line in which it begins."""
        self.last = last
        """Index of the line in which it ends."""
        self.grid = grid
        self.aligned = aligned
        self.wordings = wordings
        """What its label can be, folded: the last label alone, the last two joined, and so on."""
        self.sure = sure
        """Whether the first wording is exactly a row's label in some edition."""
        self.section = section
        """The form's name of the section in which it stands, as far as headings tell."""
        self.doubtful = doubtful
        """Whether the reader is not sure which figures are its own."""

    @property
    def printed(self) -> str:
        """The label as printed."""
        return self.labels[-1].text if self.labels else ""

    @property
    def has_number(self) -> bool:
        """Whether any value is a number."""
        return any(token.kind is Kind.NUMBER for token in self.values)


class Cutter:
    """Cuts lines into rows, for all editions at once."""

    def __init__(
        self, vocabulary: Vocabulary, section_of: Callable[[str], str | None], section: str | None = None, header_done: bool = False
    ) -> None:
        self.vocabulary = vocabulary
        self.section_of = section_of
        self.rows: list[ObservedRow] = []
        self._section = section
        self._header: Header = Header()
        self._header_done = header_done
        self._labels: list[tuple[int, Token]] = []
        self._values: list[tuple[int, Token]] = []

    def cut(self, lines: Sequence[Line]) -> list[ObservedRow]:
        """Return the rows of all lines, in order."""
        grid = -1
        for number, line in enumerate(lines):
            if line.grid >= 0 and line.aligned:
                if grid < 0:
                    self._flush()
                if line.grid != grid:
                    self._header_done = True
                self._grid_line(number, line)
            else:
                if grid >= 0 and line.grid < 0:
                    self._header_done = True
                for token in line.tokens:
                    self._token(number, token)
                if line.grid >= 0:
                    self._flush(line.grid)
            grid = line.grid if line.aligned else -1
        self._flush()
        return self.rows

    # Grids: a line is a row; the last sure label parts labels from values.

    def _grid_line(self, number: int, line: Line) -> None:
        tokens = line.tokens
        if len(tokens) == 1 and tokens[0].kind is _LABEL:
            self._section = self.section_of(tokens[0].text) or self._section
        split, sure, has_number = self._label_end(tokens)
        values = tokens[split:]
        labels = [token for token in tokens[:split] if token.kind is _LABEL]
        if has_number or self._is_blank_row(labels, values, tokens, aligned=True):
            self._add(labels, values, number, number, line.grid, True, sure)
            self.rows[-1].doubtful = line.doubtful
        elif self._is_header(tokens, sure=sure):
            self._add_header([(line.row, token) for token in tokens], aligned=True)

    def _is_blank_row(self, labels: Sequence[Token], values: Sequence[Token], tokens: Iterable[Token], *, aligned: bool) -> bool:
        """Say whether a label and values without any number are a row that was left blank, and not a part of the header.

        ``tokens`` are the cells of the same line: 其他 and 总计 are labels of rows and of columns.
        """
        if not labels or not values:
            return False
        label = labels[-1]
        facts = self.vocabulary.facts(label.text)
        if any(token is not label and self.vocabulary.facts(token.text).heading for token in tokens):
            return False
        if facts.names_row:
            return len(values) >= min(self._widths(facts.core))
        if len(label.text) > LONGEST_LABEL or facts.label:
            return False
        # In a table, blank cells beside words of the office's own may be a row that is renamed. Which one its neighbours tell.
        within, width = (bool(self._header.cells), 1) if aligned else (self._header_done, 2)
        if within and len(values) >= width and all(token.kind is Kind.BLANK for token in values):
            return True
        return len(values) > 1 and self.vocabulary.likeness(label.text) >= _SURELY_LABEL

    def _widths(self, wording: str) -> list[int]:
        """Return how many columns the row of that wording has, in each edition that has it."""
        return [len(target.row.columns) for index in self.vocabulary.indexes if (target := index.rows.get(wording))]

    def _label_end(self, tokens: Sequence[Token]) -> tuple[int, bool, bool]:
        """Return where the labels of a line end, whether they name a row, and whether numbers follow."""
        facts = self.vocabulary.facts
        sure = leading = number = -1
        for position, token in enumerate(tokens):
            kind = token.kind
            if kind is _NUMBER:
                number = position
            elif kind is _LABEL:
                if facts(token.text).names_row:
                    sure = position
                if number < 0:
                    leading = position
        end, last = leading + 1, len(tokens) - 1
        if 0 <= sure < last:
            # What follows is a value, unless it looks like a label itself: (六)其他处理 is a row of one edition and a group of another.
            after = tokens[sure + 1]
            end = sure + (2 if after.kind is _LABEL and not self._is_odd(after.text) else 1)
        return end, sure >= 0 and sure == end - 1, number >= end

    def _is_header(self, tokens: Iterable[Token], *, sure: bool = False) -> bool:
        """Say whether cells without values name columns, exactly or cut short: 本年新, 本年新, 结果."""
        labels = [token.text for token in tokens if token.kind is _LABEL]
        return any(self.vocabulary.facts(text).heading for text in labels) or (
            not sure and any(map(self.vocabulary.is_column_like, labels))
        )

    # Streams: a token a line; a row ends where a label follows values.

    def _token(self, number: int, token: Token) -> None:
        if token.kind is Kind.LABEL:
            section = self.section_of(token.text) if len(token.text) <= LONGEST_LABEL else None
            if section is not None:
                self._flush()
                self._bare_row()
                self._labels.clear()
                self._header_done = True
                self._section = section
                return
            if self._values and is_unit(token.text) and self._values[-1][1].kind is _NUMBER:
                # A narrow column of a PDF breaks 167件 into two lines.
                self._values[-1][1].text += token.text
                return
            if self._values and not self._is_text_value(number, token):
                self._flush()
            if self._values:
                self._values.append((number, token))
                return
            if self.vocabulary.facts(token.text).label:
                self._bare_row()
            self._labels.append((number, token))
            del self._labels[:-MAX_RUN]
        elif token.kind is not Kind.RESIDUE and (self._labels or self._values):
            self._values.append((number, token))

    def _bare_row(self) -> None:
        """Keep a row's label that no value follows: its cells are blank, and left no trace in the text."""
        if not self._labels or self._values:
            return
        number, token = self._labels[-1]
        facts = self.vocabulary.facts(token.text)
        if len(self._labels) > 1 and self._is_lone_text(self._labels[-2][1], token):
            self._values = [self._labels.pop()]
            self._flush()
            return
        if facts.names_row and not facts.heading and not facts.group:
            if len(self._labels) > 1:
                self._add_header(self._labels[:-1], aligned=False)
            self._labels.clear()
            self._add([token], [], number, number, -1, False, True)

    def _is_lone_text(self, label: Token, token: Token) -> bool:
        """Say whether a text after a row's label is the only value of the row: 行政许可, 若干."""
        facts = self.vocabulary.facts(label.text)
        return facts.names_row and not facts.heading and 1 in self._widths(facts.core) and self._is_odd(token.text)

    def _is_row_of(self, labels: Sequence[tuple[int, Token]], values: Sequence[tuple[int, Token]]) -> bool:
        if any(token.kind is Kind.NUMBER for _, token in values):
            return True
        if labels and len(values) == 1 and values[0][1].kind is Kind.LABEL:
            return self._is_lone_text(labels[-1][1], values[0][1])
        same_line = [token for line, token in labels if line == labels[-1][0]]
        return self._is_blank_row([token for _, token in labels[-1:]], [token for _, token in values], same_line, aligned=False)

    def _is_text_value(self, number: int, token: Token) -> bool:
        """Say whether a text between numbers stands where a number belongs."""
        last = self._values[-1][0]
        if last != number and sum(line == last for line, _ in (*self._labels, *self._values)) > 1:
            # A line that holds several cells ends with them; what follows on the next line is no cell of it.
            return False
        if not self._labels or not self._is_odd(token.text):
            return False
        widths = self._widths(core(self._labels[-1][1].text))
        return bool(widths) and len(self._values) < min(widths)

    def _flush(self, grid: int = -1) -> None:
        """End the row that is being gathered; labels without values are kept, for they may head the next one."""
        labels, values = self._labels, self._values
        self._values = []
        if not values or not self._is_row_of(labels, values):
            return
        self._labels = []
        own, texts, sure = self._own_labels([token for _, token in labels])
        split = len(labels) - own
        if texts:
            labels, values = labels[:-texts], [*labels[-texts:], *values]
        if split:
            self._add_header(labels[:split], aligned=False)
        first = (labels[split:] or values)[0][0]
        self._add([token for _, token in labels[split:]], [token for _, token in values], first, values[-1][0], grid, False, sure)

    def _own_labels(self, labels: Sequence[Token]) -> tuple[int, int, bool]:
        """Return how many of the last labels are the row's own, how many of these stand where numbers belong, and whether a row is named."""
        for count in range(1, min(MAX_JOINED, len(labels)) + 1):
            if self.vocabulary.facts("".join(token.text for token in labels[-count:])).names_row:
                return count, 0, True
        for back in range(2, min(MAX_JOINED, len(labels)) + 1):
            if self.vocabulary.facts(labels[-back].text).names_row and all(self._is_odd(token.text) for token in labels[1 - back :]):
                return back, back - 1, True
        return (1 if labels else 0), 0, False

    def _is_odd(self, text: str) -> bool:
        """Say whether a text after a sure label stands where a number belongs: 行政许可 | 若干 | 5."""
        return len(text) <= LONGEST_TEXT_VALUE and not self.vocabulary.facts(text).label and self.vocabulary.likeness(text) < 0.5

    # Both.

    def _add_header(self, cells: Sequence[tuple[int, Token]], *, aligned: bool) -> None:
        if not aligned and self._header_done and not self._is_header([token for _, token in cells]):
            # The label of a group (三、本年度办理结果) between two rows: the header above still holds.
            return
        if self._header_done or self._header.aligned is not aligned:
            self._header = Header(aligned=aligned)
            self._header_done = False
        self._header.cells.extend(cells)

    def _add(self, labels: list[Token], values: list[Token], first: int, last: int, grid: int, aligned: bool, sure: bool) -> None:
        texts = [token.text for token in labels[-MAX_JOINED:]]
        joined = ("".join(texts[-count:]) for count in range(1, len(texts) + 1))
        wordings = tuple(core(text) for text in joined if len(text) <= LONGEST_LABEL)
        self.rows.append(ObservedRow(labels, values, self._header, first, last, grid, aligned, wordings, sure, self._section))
        self._header_done = True
