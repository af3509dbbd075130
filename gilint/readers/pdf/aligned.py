"""Tables without lines: where they begin and end among the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gilint.readers.pdf.columns import Span, is_figure, trailing_figures
from gilint.readers.pdf.content import PageContent
from gilint.readers.pdf.inferred import UnruledTable
from gilint.readers.pdf.labels import BEGINS, Piece, around
from gilint.readers.pdf.lines import TextLine
from gilint.readers.pdf.separators import Separators
from gilint.readers.pdf.spaced import with_whole_numbers
from gilint.readers.pdf.unruled import unruled_table

_REACH = 70.0
"""Points between two rows of figures of one table at most: a label has no more lines."""
_MOST_HEADINGS = 10
"""Lines of a header."""
_LEAST_FIGURES = 2
"""Figures that show a row of a table that goes on."""
_LEAST_HEADINGS = 3
"""Headings beside each other that are those of a table."""
_IN_LABEL = 0.6
"""Heights of a line between two lines of one label at most."""
_WORD_GAP = 1.2
"""Heights of a line between a figure and its unit at most."""
_LOOSE = 1.6
"""The same between what is surely a heading or a label and the rest of the table."""
_BEFORE = 20.0
"""Points before the figures of the first column in which a heading over it can begin."""
_MOST_ROWS = 200
"""Rows of a table on a page; a longer one is left as it is."""
_NARRATIVE = re.compile(r"[。；;，,].*[。；;]|。$")
_PUNCTUATION = re.compile(r"[，。；：！？,;:!?]")
_LONGEST_LABEL = 40
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[条项款部章]")
_CAPTION = re.compile(r"第[一二三四五六七八九十]{1,3}条")
_NO_HEADING = re.compile(r"[\d０-９()（）]")
"""What stands in figures and in remarks on them."""
_NOWHERE = float("inf")


def with_tables(lines: list[TextLine], page: PageContent, before: UnruledTable | None) -> list[TextLine | UnruledTable]:
    """Return the lines of a page with those that are tables without lines put together.

    Args:
        lines: the lines of text.
        page: what else is on the page.
        before: the last table on the pages before.
    """
    lines = [line.parted if _is_label_and_figure(line) else line for line in lines]
    split = [_pieces(line) for line in lines]
    known = before.columns if before is not None else ()
    cores = [
        index
        for index, line in enumerate(lines)
        if _is_core(line, split[index]) or _is_further(split[index], known) or (index and _is_under(split[index], split[index - 1]))
    ]
    if not cores:
        return [*lines]
    separators = Separators.of(page.across)
    found: list[TextLine | UnruledTable] = []
    done = 0
    for first, last in _regions(lines, cores):
        first, last = _extended(lines, first, last, done)
        found.extend(lines[done:first])
        for start, end in _blocks(split, first, last):
            block = with_whole_numbers(split[start:end])
            table = unruled_table(block, page, separators, before) if end - start <= _MOST_ROWS else None
            found.extend([table] if table is not None else lines[start:end])
            before = table or before
        done = last
    return found + lines[done:]


def _pieces(line: TextLine) -> list[Piece]:
    """Return what even narrow gaps part in a line; a figure and its unit or sign are one."""
    pieces: list[Piece] = []
    for text, box in line.fine:
        before = pieces[-1] if pieces else None
        if before is not None and is_figure(text) != before.figure and box[0] - before.box[2] < _WORD_GAP * line.height:
            whole = before.text + text
            if is_figure(whole):
                pieces[-1] = Piece(whole, around([before.box, box]), figure=True)
                continue
        pieces.append(Piece(text, box, is_figure(text)))
    return pieces


def _is_label_and_figure(line: TextLine) -> bool:
    """Say whether a line is one label and one figure right beside it, as where a row stands alone at the top of a page."""
    if len(line.pieces) != 1 or len(line.fine) != 2:
        return False
    label, figure = line.fine[0][0], line.fine[1][0]
    return 2 < len(label) <= _LONGEST_LABEL and not _PUNCTUATION.search(label) and is_figure(figure)


def _is_core(line: TextLine, pieces: Sequence[Piece]) -> bool:
    """Say whether a line is surely a row of figures: wide gaps set them apart."""
    return len(line.pieces) > 1 and is_figure(line.pieces[-1][0]) and (len(line.pieces) > 2 or not is_figure(line.pieces[0][0]))


def _is_further(pieces: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """Say whether a line has nothing but figures, and these stand in different columns of the table before: a row with few of them."""
    if len(pieces) < _LEAST_FIGURES or not all(piece.figure for piece in pieces):
        return False
    middles = [(piece.box[0] + piece.box[2]) / 2 for piece in pieces]
    taken = {at for middle in middles for at, (left, right) in enumerate(columns) if left <= middle <= right}
    return len(taken) == len(pieces)


def _is_under(pieces: Sequence[Piece], above: Sequence[Piece]) -> bool:
    """Say whether a line has nothing but figures, each below a heading of its own: the only row of a table, with few of them."""
    if len(above) < max(_LEAST_HEADINGS, len(pieces)) or len(pieces) < _LEAST_FIGURES or not all(piece.figure for piece in pieces):
        return False
    if any(piece.figure for piece in above) or above[0].box[1] - pieces[0].box[3] > _LOOSE * (above[0].box[3] - above[0].box[1]):
        return False
    middles = [(piece.box[0] + piece.box[2]) / 2 for piece in pieces]
    taken = {at for middle in middles for at, piece in enumerate(above) if piece.box[0] <= middle <= piece.box[2]}
    return len(taken) == len(pieces)


def _regions(lines: Sequence[TextLine], cores: Sequence[int]) -> list[tuple[int, int]]:
    """Return where tables are, each as its first line and the one after its last."""
    regions = [[cores[0], cores[0]]]
    for before, after in pairwise(cores):
        between = lines[before + 1 : after]
        near = lines[before].box[1] - lines[after].box[3] < _REACH or _are_labels(between, lines[before], lines[after])
        if near and not any(_NARRATIVE.search(line.text) for line in between):
            regions[-1][1] = after
        else:
            regions.append([after, after])
    return [(first, last + 1) for first, last in regions]


def _are_labels(lines: Sequence[TextLine], before: TextLine, after: TextLine) -> bool:
    """Say whether lines between two rows of figures are labels of rows without any, or rows with one or two."""
    figures = min(_figures_left(before), _figures_left(after))
    tops = [line.box[3] for line in (*lines, after)]
    bottoms = [line.box[1] for line in (before, *lines)]
    height = max(line.height for line in (before, *lines))
    tight = all(bottom - top < _LOOSE * height for bottom, top in zip(bottoms, tops, strict=True))
    return tight and all(_ends_before(line, figures) and not _CAPTION.match(line.text) for line in lines)


def _ends_before(line: TextLine, figures: float) -> bool:
    """Say whether all words of a line stand before the figures."""
    return all(box[2] < figures or is_figure(text) for text, box in line.fine)


def _extended(lines: Sequence[TextLine], first: int, last: int, done: int) -> tuple[int, int]:
    """Return a table with the lines close to its ends: its header, a first label that begins above its figures, a last one that ends below."""
    top = max(done, first - _MOST_HEADINGS)
    figures = _figures_left(lines[first])
    while first > top and _is_above(lines[first - 1], lines[first], figures):
        first -= 1
    figures = _figures_left(lines[last - 1])
    while last < len(lines) and _is_below(lines[last], lines[last - 1], figures):
        last += 1
    return first, last


def _figures_left(line: TextLine) -> float:
    return next((box[0] for text, box in line.fine if is_figure(text)), _NOWHERE)


def _is_above(upper: TextLine, lower: TextLine, figures: float) -> bool:
    """Say whether a line is of the header or of the label of a table whose next line is known."""
    gap = upper.box[1] - lower.box[3]
    if _NARRATIVE.search(upper.text):
        return False
    if len(upper.pieces) == 1 and _HEADING.match(upper.text):
        # So the label of a row begins, too, when it is wrapped.
        return gap < _IN_LABEL * upper.height and len(upper.fine) == 1 and upper.box[2] < figures
    is_heading = upper.box[2] > figures and (len(upper.fine) > 1 or upper.box[0] > figures - _BEFORE) and len(upper.text) <= _LONGEST_LABEL
    return gap < (_LOOSE if is_heading else 1.0) * upper.height


def _is_below(lower: TextLine, upper: TextLine, figures: float) -> bool:
    """Say whether a line goes on with the last row: with its label, or with figures that were broken."""
    if all(is_figure(text) for text, _ in lower.fine):
        return upper.box[1] - lower.box[3] < _LOOSE * lower.height and lower.fine[0][1][0] > figures - _BEFORE
    if len(lower.pieces) > 1:
        return False
    if _NARRATIVE.search(lower.text) or _HEADING.match(lower.text):
        return False
    is_label = lower.box[2] < figures and not BEGINS.match(lower.text)
    return upper.box[1] - lower.box[3] < (_LOOSE if is_label else 1.0) * lower.height


def _blocks(split: Sequence[Sequence[Piece]], first: int, last: int) -> list[tuple[int, int]]:
    """Cut where one table ends and the next one begins: at headings and captions, and where a new header stands below figures."""
    cuts = [first]
    left = _NOWHERE
    for index in range(first, last):
        figures = trailing_figures(split[index])
        if _is_stop(split, index, last, left):
            cuts += [index, index + 1]
            left = _NOWHERE
        elif figures:
            left = min(left, figures[0].box[0])
        elif left < _NOWHERE and _is_header(split[index], left):
            cuts.append(index)
            left = _NOWHERE
    cuts = [*dict.fromkeys(cuts), last]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _is_stop(split: Sequence[Sequence[Piece]], index: int, last: int, left: float) -> bool:
    """Say whether a line is the heading of a section or the caption of a part: a header follows, not figures."""
    if len(split[index]) > 1:
        return False
    text = split[index][0].text
    if _CAPTION.match(text):
        return True
    if not _HEADING.match(text):
        return False
    for line in split[index + 1 : last]:
        if trailing_figures(line):
            return False
        if _is_header(line, left):
            return True
    return True


def _is_header(line: Sequence[Piece], left: float) -> bool:
    """Say whether a line is headings beside each other, one at least above figures, which stand at ``left`` where some have been seen."""
    if len(line) < 2 or any(_NO_HEADING.search(piece.text) for piece in line):
        return False
    return left == _NOWHERE or any(piece.box[0] > left or piece.box[2] > left + 1 for piece in line)
