"""Plain text and Markdown: a paragraph a line, and grids where lines are rows."""

from __future__ import annotations

from attrs import evolve

from gilint.document import Document, Grid
from gilint.place import Place
from gilint.readers.limits import MAX_BLOCKS, MAX_CELLS, MAX_LINES, limit_notice
from gilint.readers.rows import Line, blocks_of


def read(text: str, name: str) -> Document:
    """Read plain text; blank lines are counted, because a blank cell can hide in them."""
    notices = []
    parts = text.split("\n", MAX_LINES)
    if len(parts) > MAX_LINES:
        parts.pop()
        notices.append(limit_notice("MAX_LINES", MAX_LINES))
    lines: list[Line] = []
    gap = cells = 0
    for number, part in enumerate(parts, 1):
        stripped = part.lstrip()
        if not stripped:
            gap += 1
            continue
        lines.append(Line(part, Place(line=number, column=len(part) - len(stripped) + 1), gap))
        gap = 0
    blocks = blocks_of(lines)
    for count, block in enumerate(blocks):
        if count >= MAX_BLOCKS:
            notices.append(limit_notice("MAX_BLOCKS", MAX_BLOCKS))
            del blocks[count:]
            break
        if not isinstance(block, Grid):
            continue
        for kept, row in enumerate(block.rows):
            cells += len(row)
            if cells > MAX_CELLS:
                notices.append(limit_notice("MAX_CELLS", MAX_CELLS))
                blocks[count:] = [evolve(block, rows=block.rows[:kept])]
                break
        if cells > MAX_CELLS:
            break
    return Document(name, "text", tuple(blocks), notices=tuple(notices))
