"""Tables that are drawn by other elements than ``table``: rows of ``div`` elements, with blank cells that would leave no trace in the text."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from gilint.document import Grid, GridCell, Paragraph
from gilint.patterns import deferred
from gilint.place import Place
from gilint.readers.grids import MAX_CELL_TEXT, clamped
from gilint.readers.html_cells import BLOCKS, collapse
from gilint.readers.limits import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_FEW_CELLS = 60
"""Cells in real tables from which on the tables of a report are these: its largest has some 180."""
_FEWEST_ROWS = 3
_FEWEST_NUMBERS = 3
"""Below these a table is none of figures."""
_MOST_SHEETS, _LONGEST_SHEET = 20, 200_000
_ROW_TAGS = "div,li,ul,ol,dl,section"
_BLOCK_CELLS = frozenset(["div", "li", "dt", "dd", "section"])
_INLINE_CELLS = frozenset(["span", "b", "i", "em", "label", "p", "a"])
_PICTURES = "img,svg,iframe,object,embed,input"
_IN_TABLE = re.compile(rb"(?i)<t[dh][\s/>]")
_CELL_WORDS = deferred(r"(?i)(?:^|[\s_-])(?:t[drh]|cell|col(?:umn)?|row|grid)(?:$|[\s_\d-])|display\s*:\s*(?:inline-)?(?:table|grid|flex)")
_ON_ONE_LINE = deferred(r"(?i)(?:^|[;\s])display\s*:\s*(?:table-cell|table-row|(?:inline-)?(?:flex|grid)|inline-block)")
_LAST_CLASS = deferred(r"\.([\w-]{1,60})\s*$")
_NUMBER = deferred(r"[-+－]?[0-9０-９][0-9０-９,，. ]{0,15}\S{0,3}")


def drawn_rows(parser: LexborHTMLParser, plain: int) -> dict[int, list[LexborNode]]:
    """Return the cells of elements that are rows of a drawn table, by the address of the row; ``plain`` cells of tables are not in the tree.

    Where the page has real tables of any size nothing is looked for: most pages have, and all of their elements would have to be asked.
    """
    if plain + len(list(islice(_IN_TABLE.finditer(parser.raw_html), max(_FEW_CELLS - plain, 0)))) >= _FEW_CELLS:
        return {}
    styled = _classes_of_cells(parser.raw_html)
    rows: dict[int, list[LexborNode]] = {}
    tables: dict[int, tuple[LexborNode, list[int]]] = {}
    for node in parser.css(_ROW_TAGS):
        cells = [child for child in node.iter() if child.tag != "br"]
        if 2 <= len(cells) <= MAX_COLUMNS and _are_cells(node, cells, styled):
            rows[node.mem_id] = cells
            if node.parent is not None:
                tables.setdefault(node.parent.mem_id, (node.parent, []))[1].append(node.mem_id)
    # What holds rows is the table, and a caption between the rows is a row of one cell.
    for address, (table, own) in tables.items():
        rows.pop(address, None)
        for child in table.iter() if len(own) >= _FEWEST_ROWS else ():
            if child.mem_id not in rows and child.tag in _BLOCK_CELLS and _is_leaf(child, 2) and child.css_first("br") is None:
                rows[child.mem_id] = [child]
    return rows


def _are_cells(row: LexborNode, cells: list[LexborNode], styled: frozenset[str]) -> bool:
    tags = {cell.tag for cell in cells}
    if len(tags) > 1 and tags != {"dt", "dd"}:
        return False
    if tags <= _INLINE_CELLS:
        # Elements within a line are cells only where they are called so, or styled so.
        if not (_is_called_cell(row, styled) or all(_is_called_cell(cell, styled) for cell in cells)):
            return False
    elif not tags <= _BLOCK_CELLS:
        return False
    return all(map(_is_leaf, cells)) and not row.text(deep=False).strip()


def _is_called_cell(node: LexborNode, styled: frozenset[str]) -> bool:
    attributes = node.attributes
    if styled and not styled.isdisjoint((attributes.get("class") or "").lower().split()):
        return True
    return any(_CELL_WORDS.search(attributes.get(name) or "") is not None for name in ("class", "style"))


def _classes_of_cells(source: bytes) -> frozenset[str]:
    """Return the classes that a page's own style sheets make rows or cells, or boxes on one line."""
    if b"display" not in source:
        return frozenset()
    names: set[str] = set()
    for sheet in source.lower().split(b"<style", _MOST_SHEETS)[1:]:
        text = sheet.partition(b"</style")[0][:_LONGEST_SHEET].decode(errors="replace")
        for rule in text.split("}"):
            before, _, body = rule.rpartition("{")
            if "display" in body and _ON_ONE_LINE.search(body):
                selectors = before.rpartition("{")[2].split(",")  # a rule can stand within another: @media {...}
                names.update(match[1] for selector in selectors if (match := _LAST_CLASS.search(selector)))
    return frozenset(names)


def _is_leaf(cell: LexborNode, most: int = 1) -> bool:
    """Say whether an element holds one text, in no more than so many blocks of its own, and no table or picture."""
    blocks = 0
    elements = cell.traverse()
    next(elements)
    for element in elements:
        blocks += (tag := element.tag) in BLOCKS
        if blocks > most or tag == "table":
            return False
    return (not blocks or not cell.text(deep=False).strip()) and cell.css_first(_PICTURES) is None


class Drawn:
    """The rows of drawn tables that were passed: which cells follow which, the blank ones too."""

    def __init__(self, rows: dict[int, list[LexborNode]]) -> None:
        self.rows = rows
        """By address."""
        self._runs: list[tuple[int, list[list[int]], int]] = []
        """Of rows on end: the block at which they begin, the block of each cell (-1 for none) by rows, and the block after them."""

    def take(self, cells: list[LexborNode], before: int) -> list[str]:
        """Take a row before which there are ``before`` blocks, and return the texts of its cells that are not blank, each to be a block."""
        texts = [collapse(cell.text()) for cell in cells]
        after = before
        line = []
        for text in texts:
            line.append(after if text else -1)
            after += bool(text)
        goes_on = self._runs and self._runs[-1][2] == before and len(self._runs[-1][1]) < MAX_ROWS
        begin, lines, _ = self._runs.pop() if goes_on else (before, [], before)
        lines.append(line)
        self._runs.append((begin, lines, after))
        return [text for text in texts if text]

    def joined(self, blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
        """Return blocks with the rows of each table of figures made a grid."""
        result: list[Paragraph | Grid] = []
        end = 0
        for begin, lines, after in self._runs:
            grid = _grid_of(lines, blocks) if after <= len(blocks) else None
            if grid is not None:
                result += [*blocks[end:begin], grid]
                end = after
        return [*result, *blocks[end:]]


def _grid_of(lines: list[list[int]], blocks: list[Paragraph | Grid]) -> Grid | None:
    """Return rows as a grid; ``None`` for what is no table of figures, or has no blank cell: its paragraphs tell all of it then."""
    rows, numbers = [], 0
    for number, line in enumerate(lines):
        row = []
        for column, at in enumerate(line):
            block = blocks[at] if at >= 0 else None
            text, place = (block.text, block.place) if isinstance(block, Paragraph) else ("", Place())
            if len(text) > MAX_CELL_TEXT:
                return None
            numbers += _NUMBER.fullmatch(text) is not None
            row.append(GridCell(text, number, column, place=place))
        rows.append(tuple(row))
    most_blanks = max(line.count(-1) for line in lines)
    # One blank a row may be an icon; a table can be left blank altogether.
    if len(rows) < _FEWEST_ROWS or most_blanks == 0 or (most_blanks == 1 and numbers < _FEWEST_NUMBERS):
        return None
    # Where cells are merged, rows differ in length, and the recogniser goes by the order of the cells alone.
    first = next((cell.place for row in rows for cell in row if cell.text), Place())
    return Grid(clamped(rows), first, aligned=all(len(row) == len(following) for row, following in pairwise(rows)))
