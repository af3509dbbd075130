"""Writes a draft as text, as crawlers, converters and hands leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from gilint.testing.draft import Draft
from gilint.testing.sheet import Role, Sheet, SheetCell

TableWriter = Callable[[Sheet, Random], Iterable[str]]


def write_text(draft: Draft, table: TableWriter, random: Random, *, gap: int = 0) -> str:
    """Write a whole report, its tables by ``table``, ``gap`` blank lines between paragraphs."""
    lines = [draft.title, *draft.head]
    for part in draft.parts:
        lines.extend(([part.heading] if part.heading else []) + list(part.paragraphs))
        for sheet in (*part.foreign, *part.sheets):
            lines.extend(sheet.above)
            lines.append("\x00".join(table(sheet, random)))
            lines.extend(sheet.below)
    lines.extend(draft.tail)
    return ("\n" * (gap + 1)).join(line for line in lines).replace("\x00", "\n") + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _pads(sheet: Sheet, row: tuple[SheetCell, ...], last: bool) -> str:
    """What a converter leaves of the places that spans cover: a bar each; the last row of a table often loses them."""
    return "" if last else "|" * (sheet.width - len(row))


def cell_a_line_with_bars(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every cell on a line that ends in a bar; covered places leave bars alone on a line."""
    bare = random.random() < 0.8
    for index, row in enumerate(sheet.rows):
        yield from (f"{_flat(cell.text)} |".lstrip(" ") for cell in row)
        if pads := _pads(sheet, row, bare and index == len(sheet.rows) - 1):
            yield pads


def row_a_line_with_bars(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every row on a line, each cell followed by a bar."""
    for index, row in enumerate(sheet.rows):
        line = "".join(f"{_flat(cell.text)} | " for cell in row)
        yield (line + _pads(sheet, row, index == len(sheet.rows) - 1)).rstrip(" ")


def cell_a_line(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every cell a line, blank lines between; blank cells vanish."""
    lines = []
    for row in sheet.rows:
        for cell in row:
            if cell.text:
                left, right = random.choice((("", ""), ("", " "), (" ", ""), ("  ", "")))
                lines.append(left + cell.text + right if cell.role is Role.VALUE else cell.text)
    yield "\n\n".join(lines)


def cell_a_line_tight(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every cell a line and nothing else; a blank cell is a blank line."""
    for row in sheet.rows:
        yield from (_flat(cell.text) for cell in row)


def row_a_line_between_bars(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every row on a line, bars at both ends and no dash line."""
    yield from ("| " + " | ".join(_flat(cell.text) for cell in row) + " |" for row in sheet.rows)


def converter_rows(sheet: Sheet, random: Random) -> Iterable[str]:
    """As a converter to plain Markdown leaves it: ``a| b| c`` and two spaces, a dash line under the first row."""
    for index, row in enumerate(sheet.rows):
        yield "| ".join(_flat(cell.text) for cell in row) + "  "
        if index == 0:
            yield "|".join("---" for _ in row) + "  "


def converter_paragraphs(sheet: Sheet, random: Random) -> Iterable[str]:
    """As the same converter leaves cells that hold paragraphs: bars on lines of their own, blank lines around everything."""
    for index, row in enumerate(sheet.rows):
        yield "\n\n|\n\n".join(cell.text.replace("\n", "  \n") for cell in row)
        yield "\n---\n" if index == 0 else ""


def browser_text(sheet: Sheet, random: Random) -> Iterable[str]:
    """As a browser gives the inner text of cells that hold paragraphs: a tab on a line of its own between cells."""
    for row in sheet.rows:
        # Word puts a no-break space into an empty cell, or the paragraph would have no height.
        yield "\n\n\t\n\n".join(cell.text or "\u00a0" for cell in row) + "\n\n\n\n"


def run_a_line(sheet: Sheet, random: Random) -> Iterable[str]:
    """Every run of a cell on a line, as a parser gives the strings of Word's markup: a label's number stands alone."""
    for row in sheet.rows:
        for cell in row:
            head, dot, rest = cell.text.partition(".")
            if dot and head.isdigit() and not rest[:1].isdigit() and cell.role is not Role.VALUE:
                yield f"{head}."
                yield rest
            elif cell.text:
                yield cell.text


def markdown(sheet: Sheet, random: Random) -> Iterable[str]:
    """A Markdown table with a dash line under its first row; covered places repeat their text or stay blank."""
    repeat = random.random() < 0.5
    seen: set[int] = set()
    yield ""
    for index, line in enumerate(sheet.expanded()):
        cells = []
        for cell in line:
            blank = id(cell) in seen and (cell.role is Role.VALUE or not repeat)
            seen.add(id(cell))
            cells.append("" if blank else cell.text.replace("\n", "<br>").replace("|", "\\|"))
        yield "| " + " | ".join(cells) + " |"
        if index == 0:
            yield "|" + " --- |" * len(line)
    yield ""


def tabs(sheet: Sheet, random: Random) -> Iterable[str]:
    """Rows with tabs between the cells that begin in them, as copied from a browser."""
    for row in sheet.rows:
        yield "\t".join(_flat(cell.text) for cell in row)


def tabs_full(sheet: Sheet, random: Random) -> Iterable[str]:
    """Rows with tabs for every column, as copied from a spreadsheet: covered places are empty."""
    seen: set[int] = set()
    for line in sheet.expanded():
        cells = []
        for cell in line:
            cells.append("" if id(cell) in seen else _flat(cell.text))
            seen.add(id(cell))
        yield "\t".join(cells)


def spaces(sheet: Sheet, random: Random) -> Iterable[str]:
    """Rows with single spaces between cells; a group's label stands before its first row."""
    for row in sheet.rows:
        yield " ".join(cell.text.replace("\n", "") for cell in row)


def write_pages(draft: Draft, table: TableWriter, random: Random) -> str:
    """Write a report as a converter takes it from a PDF: lines as wide as the page, page numbers between them."""
    width = random.randint(30, 44)
    mark = random.choice(("— {} —", "- {} -", "第 {} 页", "第{}页 共8页"))
    lines: list[str] = []
    for line in write_text(draft, table, random).splitlines():
        # Rows of numbers stay whole; what is longer than the page is narrative.
        lines.extend(line[start : start + width] for start in range(0, len(line), width)) if "。" in line else lines.append(line)
    size = random.randint(28, 40)
    pages = [lines[start : start + size] for start in range(0, len(lines), size)]
    return "\n".join("\n".join([*page, mark.format(number)]) + "\n\f" for number, page in enumerate(pages, 1))


def pdf(sheet: Sheet, random: Random) -> Iterable[str]:
    """As a converter takes it from a PDF: labels broken over lines where their column ends, numbers after the last piece."""
    narrow = random.randint(4, 8)
    for row in sheet.rows:
        values = [cell.text for cell in row if cell.role in (Role.VALUE, Role.FILLER)]
        for cell in row:
            if cell.role in (Role.VALUE, Role.FILLER):
                continue
            width = narrow if cell.role is Role.GROUP else (4 if cell.role is Role.HEADER else 14)
            pieces = [cell.text[start : start + width] for start in range(0, len(cell.text), width)] or [""]
            if cell.role is Role.LABEL and values:
                pieces[-1] = " ".join([pieces[-1], *values])
            yield from pieces
        if values and not any(cell.role is Role.LABEL for cell in row):
            yield " ".join(values)


def pdf_columns(sheet: Sheet, random: Random) -> Iterable[str]:
    """As a converter that keeps columns takes it from a PDF: cells at fixed places, runs of spaces between."""
    for row in sheet.rows:
        pieces = []
        for cell in row:
            value = cell.role in (Role.VALUE, Role.FILLER)
            pieces.append(f"{_flat(cell.text):>6}" if value else f"{_flat(cell.text):<16}")
        yield ("    " + "    ".join(pieces)).rstrip()
