"""The ways in which titles, headings and the lines around tables are worded. None of them changes what is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from attrs import evolve

from gilint.testing.draft import Draft, Part
from gilint.testing.sheet import Role, Sheet, SheetCell

Rewording = Callable[[Draft, Random], Draft]

_CATEGORIES = ("机构职能", "政策文件", "行政许可", "行政处罚", "财政预决算", "规范性文件", "人事信息", "其他")
_FULL = str.maketrans("():,;", "（）：，；")


def full_punctuation(draft: Draft, random: Random) -> Draft:
    """Full-width punctuation in the whole document, as Chinese is written."""

    def full(text: str) -> str:
        return text.translate(_FULL)

    parts = (evolve(part, heading=full(part.heading), paragraphs=tuple(map(full, part.paragraphs))) for part in draft.parts)
    draft = evolve(draft, title=full(draft.title), head=tuple(map(full, draft.head)), parts=tuple(parts))
    return draft.with_cells(lambda cell: cell if cell.role in (Role.VALUE, Role.FILLER) else evolve(cell, text=full(cell.text)))


def other_title(draft: Draft, random: Random) -> Draft:
    """The title in other words."""
    organ, year = draft.organ, draft.year
    titles = (
        f"{organ}{year}年度政府信息公开工作年度报告",
        f"{organ}{year}年政府信息公开年度报告",
        f"{organ}{year}年度政府信息公开年报",
        f"{organ}政府信息公开工作{year}年度报告",
        f"{organ}关于{year}年度政府信息公开工作的报告",
        f"{year}年{organ}政府信息公开工作年度报告",
        f"{organ}{_in_characters(year)}年政府信息公开工作年度报告",
        f"{organ}政府信息公开工作年度报告({year}年度)",
    )
    return evolve(draft, title=random.choice(titles))


def _in_characters(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def title_without_organ(draft: Draft, random: Random) -> Draft:
    """A title that leaves the organ out; the text and the signature have it."""
    return evolve(draft, title=draft.title.removeprefix(draft.organ))


def contents_list(draft: Draft, random: Random) -> Draft:
    """A table of contents before the report."""
    dots = random.choice(("", "……{}", "..........{}", "\t{}"))
    lines = (part.heading + dots.format(number) for number, part in enumerate(draft.parts, 1))
    return evolve(draft, head=("目录", *lines, *draft.head))


def foreign_table(draft: Draft, random: Random) -> Draft:
    """A table of the office's own within section one, with words that the form has too."""
    rows = [("信息类别", "数量(条)", "占比")]
    rows += [(name, str(random.randint(1, 300)), f"{random.randint(1, 99)}%") for name in random.sample(_CATEGORIES, 4)]
    cells = tuple(tuple(SheetCell(text, Role.FILLER) for text in row) for row in rows)
    first, *others = draft.parts
    return evolve(draft, parts=(evolve(first, foreign=(Sheet("", cells),)), *others))


def figures_in_words(draft: Draft, random: Random) -> Draft:
    """The figures of the tables told in the narrative, in sentences and in lists whose lines begin like rows."""
    labels = {(table.name, row.name): row.label.zh.rpartition("、")[2] for table in draft.form.tables for row in table.rows}
    told = [(key, draft.figures[key]) for key in draft.figures if key[2] in ("decisions", "total") and key[0] != "reviews"]
    chosen = random.sample(told, min(4, len(told)))
    style = random.choice(("{0}{1}件;", "{0}:{1}件。", "{2}.{0}{1}件", "({3}){0}。全年共{1}件。"))
    lines = [style.format(labels[key[:2]], number, index, "一二三四"[index - 1]) for index, (key, number) in enumerate(chosen, 1)]
    parts = list(draft.parts)
    place = random.randrange(min(3, len(parts)))
    parts[place] = evolve(parts[place], paragraphs=(*parts[place].paragraphs, *lines))
    return evolve(draft, parts=tuple(parts))


def links_around(draft: Draft, random: Random) -> Draft:
    """What stands after a report on its page: attachments, the pages before and after."""
    year = draft.year
    tail = (
        f"附件:{draft.title}.docx",
        f"上一篇:{draft.organ}{year - 1}年政府信息公开工作年度报告",
        f"下一篇:{draft.organ}{year + 1}年政府信息公开指南",
    )
    return evolve(draft, tail=(*draft.tail, *tail))


def title_in_two_lines(draft: Draft, random: Random) -> Draft:
    """The organ on a line of its own, the rest of the title below it."""
    rest = draft.title.removeprefix(draft.organ)
    return evolve(draft, head=(draft.organ, rest, *draft.head)) if rest != draft.title else draft


def odd_headings(draft: Draft, random: Random) -> Draft:
    """Headings with a space, a colon, a full stop, another mark after the numeral."""
    style = random.choice(("{0}、 {1}", "{0}、{1}:", "{0}、{1}：", "{0}、{1}。", "{0}．{1}", "{0} 、{1}", "　　{0}、{1}"))

    def reword(part: Part) -> Part:
        number, mark, words = part.heading.partition("、")
        return evolve(part, heading=style.format(number, words)) if mark else part

    return evolve(draft, parts=tuple(reword(part) for part in draft.parts))


def variant_labels(draft: Draft, random: Random) -> Draft:
    """Labels and headings in a wording that the form accepts beside the official one."""
    variants: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for table in draft.form.tables:
        variants.update({(table.name, row.name, ""): row.variants for row in table.rows})
        variants.update({(table.name, "", column.name): column.variants for column in table.columns})
    chosen = {key: random.choice(names) for key, names in variants.items() if names and random.random() < 0.5}

    def reword(cell: SheetCell) -> SheetCell:
        return evolve(cell, text=chosen.get(cell.key, cell.text)) if cell.key and cell.role in (Role.LABEL, Role.HEADER) else cell

    return draft.with_cells(reword)


def lines_around(draft: Draft, random: Random) -> Draft:
    """A unit or a caption above every table, a note with figures below it."""
    above = random.choice((("单位:件",), ("表{}",), ("附表{}", "(单位:件、项)"), ()))
    below = random.choice(
        (
            ("注:1.本表数据截至12月31日。2.“其他”指前列情形以外的情形。",),
            ("备注:处罚数量含适用简易程序的12件。",),
            ("说明:数据由各科室汇总。",),
            (),
        )
    )
    count = 0

    def frame(sheet: Sheet) -> Sheet:
        nonlocal count
        count += 1
        return evolve(sheet, above=(*(line.format(count) for line in above), *sheet.above), below=below)

    return draft.with_sheets(frame)


def title_row(draft: Draft, random: Random) -> Draft:
    """A first row within every table that names it."""

    def head(sheet: Sheet) -> Sheet:
        words = draft.form.table(sheet.table).label.zh + random.choice(("", "统计表", "表"))
        return evolve(sheet, rows=((SheetCell(words, Role.CAPTION, columns=sheet.width),), *sheet.rows))

    return draft.with_sheets(head)


def upright_labels(draft: Draft, random: Random) -> Draft:
    """Labels of groups written downwards: a line break after every character or two."""
    step = random.choice((1, 2, 3))

    def stand(cell: SheetCell) -> SheetCell:
        pieces = [cell.text[start : start + step] for start in range(0, len(cell.text), step)]
        return evolve(cell, text="\n".join(pieces)) if cell.role is Role.GROUP else cell

    return draft.with_cells(stand)


def empty_lines_of_cells(draft: Draft, random: Random) -> Draft:
    """An empty row here and an empty last column there, left over from editing."""

    def add(sheet: Sheet) -> Sheet:
        empty = SheetCell("", Role.FILLER)
        if random.random() < 0.5:
            return evolve(sheet, rows=(*sheet.rows, (evolve(empty, columns=sheet.width),)))
        return evolve(sheet, rows=tuple(row if row and row[0].columns == sheet.width else (*row, empty) for row in sheet.rows))

    return draft.with_sheets(add)


def spans_too_long(draft: Draft, random: Random) -> Draft:
    """Spans that reach beyond the table."""

    def stretch(sheet: Sheet) -> Sheet:
        last = sheet.rows[-1]
        rows = [*sheet.rows[:-1], (*last[:-1], evolve(last[-1], rows=5, columns=last[-1].columns + 2))]
        return evolve(sheet, rows=tuple(rows))

    return draft.with_sheets(stretch)


REWORDINGS: Mapping[str, Rewording] = {
    "full-punctuation": full_punctuation,
    "other-title": other_title,
    "title-in-two-lines": title_in_two_lines,
    "title-without-organ": title_without_organ,
    "contents-list": contents_list,
    "foreign-table": foreign_table,
    "figures-in-words": figures_in_words,
    "links-around": links_around,
    "odd-headings": odd_headings,
    "variant-labels": variant_labels,
    "lines-around": lines_around,
    "title-row": title_row,
    "upright-labels": upright_labels,
    "empty-cells-around": empty_lines_of_cells,
    "spans-too-long": spans_too_long,
}
"""Every way, by name."""
DRAWN_ONLY = frozenset({"empty-cells-around", "spans-too-long"})
"""Ways that mean something only where cells are drawn."""
