"""Writes a draft as HTML, as the editors and systems in use make it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from random import Random

from attrs import frozen

from gilint.testing.draft import Draft, Part
from gilint.testing.furniture import around
from gilint.testing.sheet import Role, Sheet, SheetCell

CellWriter = Callable[[SheetCell], str]


@frozen
class HtmlStyle:
    """How a page is made."""

    cell: CellWriter
    paragraph: str = "<p>{}</p>"
    heading: str = "<p><strong>{}</strong></p>"
    table: str = '<table border="1" cellspacing="0" cellpadding="0">'
    wrap: str = "{}"
    """Around every table."""
    body: str = "{}"
    """Around the whole article."""
    site: bool = False
    """With the site's furniture."""
    divs: bool = False
    """Tables drawn by ``div`` elements."""
    head: bool = False
    """Tables with ``colgroup``, ``thead`` and ``tbody``."""
    rows_apart: bool = False
    """Every row a table of its own."""


def _spans(cell: SheetCell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def _lines(text: str, line_break: str = "<br/>") -> str:
    return escape(text, quote=False).replace("\n", line_break)


def plain_cell(cell: SheetCell) -> str:
    """A cell as a programmer writes it."""
    tag = "td" if cell.role in (Role.VALUE, Role.FILLER) else "th"
    return f"<{tag}{_spans(cell)}>{_lines(cell.text)}</{tag}>"


def word_cell(cell: SheetCell) -> str:
    """A cell as Word saves it: a paragraph, a bold or plain run for every change of script, a language on each."""
    style = "border:solid windowtext 1.0pt;padding:0cm 5.4pt"
    font = "font-size:10.5pt;font-family:宋体;mso-font-kerning:0pt"
    # Word starts a new run where digits change to characters.
    pieces, last = [], None
    for character in cell.text or " ":
        kind = character.isascii()
        if kind is last:
            pieces[-1] += character
        else:
            pieces.append(character)
        last = kind
    runs = "".join(
        f'<span lang="EN-US" style="{font}">{_lines(piece)}</span>' if piece.isascii() else f'<span style="{font}">{_lines(piece)}</span>'
        for piece in pieces
    )
    if not cell.text:
        runs = f'<span lang="EN-US" style="{font}"><o:p>&nbsp;</o:p></span>'
    paragraph = f'<p class="MsoNormal" align="center" style="text-align:center"><span style="{font}">{runs}</span><o:p></o:p></p>'
    return f'<td width="83"{_spans(cell)} valign="center" style="{style}">{paragraph}</td>'


def sloppy_cell(cell: SheetCell) -> str:
    """A cell of an old system: capitals, no quotes, end tags left out."""
    return f"<TD{_spans(cell).upper().replace(chr(34), '')} ALIGN=center><FONT size=2>{_lines(cell.text, '<BR>') or '&nbsp;'}</FONT>"


def excel_cell(cell: SheetCell) -> str:
    """A cell as Excel and WPS tables save it, indented on a line of its own."""
    return f'\n    <td class="et{3 + len(cell.text) % 5}"{_spans(cell)} x:num="{escape(cell.text) if cell.role is Role.VALUE else ""}">\n      {_lines(cell.text)}\n    </td>'


def commented_cell(cell: SheetCell) -> str:
    """A cell with what Word leaves for Internet Explorer, digits as entities, hidden text and empty spans."""
    text = "".join(f"&#{ord(character)};" if character.isdigit() else _lines(character) for character in cell.text)
    return (
        f'<td{_spans(cell)} style="white-space:nowrap"><!--[if !supportMisalignedColumns]--><span></span><!--[endif]-->'
        f'<font face="宋体">&nbsp;{text}&nbsp;</font><span style="display:none">9</span></td>'
    )


def table(sheet: Sheet, style: HtmlStyle) -> str:
    """Write one table with the lines above and below it."""
    above = "".join(style.paragraph.format(_lines(line)) for line in sheet.above)
    below = "".join(style.paragraph.format(_lines(line)) for line in sheet.below)
    return above + style.wrap.format(_rows(sheet, style)) + below


def _rows(sheet: Sheet, style: HtmlStyle) -> str:
    if style.divs:
        lines = ("".join(f'<div class="td">{_lines(cell.text)}</div>' for cell in row) for row in sheet.rows)
        return '<div class="table">\n' + "\n".join(f'<div class="tr">{line}</div>' for line in lines) + "\n</div>"
    start, end = ("<TR>", "") if style.cell is sloppy_cell else ("<tr>", "</tr>")
    rows = [start + "".join(style.cell(cell) for cell in row) + end for row in sheet.rows]
    if style.rows_apart:
        return "\n".join(f"{style.table}{row}</table>" for row in rows)
    if style.head:
        height = sheet.header_height()
        columns = "<colgroup>" + '<col width="9%">' * sheet.width + "</colgroup>"
        head, body = "\n".join(rows[:height]), "\n".join(rows[height:])
        return f"{style.table}\n{columns}<thead>{head}</thead>\n<tbody>{body}</tbody>\n</table>"
    return style.table + "\n" + "\n".join(rows) + "\n</table>"


def article(draft: Draft, style: HtmlStyle) -> str:
    """Write the report itself, without the site around it."""
    blocks = [] if style.site else [f'<h1 align="center">{escape(draft.title)}</h1>']
    blocks.extend(style.paragraph.format(_lines(text)) for text in draft.head)
    for part in draft.parts:
        blocks.extend(_part(part, style))
    blocks.extend(style.paragraph.format(_lines(text)) for text in draft.tail)
    return style.body.format("\n".join(blocks))


def _part(part: Part, style: HtmlStyle) -> list[str]:
    heading = [style.heading.format(_lines(part.heading))] if part.heading else []
    words = [style.paragraph.format(_lines(text)) for text in part.paragraphs]
    return heading + words + [table(sheet, style) for sheet in (*part.foreign, *part.sheets)]


def write_html(style: HtmlStyle, draft: Draft, random: Random, charset: str = "utf-8") -> str:
    """Write a whole page."""
    body = article(draft, style)
    if style.site:
        return around(draft, body, charset=charset)
    head = f'<meta charset="{charset}">\n<title>{escape(draft.title)}</title>'
    return f"<!DOCTYPE html>\n<html>\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"


_MSO_PARAGRAPH = (
    '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt;mso-line-height-rule:exactly">'
    '<span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋_GB2312;color:#333333">{}</span>'
    '<span lang="EN-US" style="font-size:16.0pt"><o:p></o:p></span></p>'
)
_MSO_HEADING = '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><b><span style="font-size:16.0pt;font-family:黑体;mso-bidi-font-family:黑体">{}</span></b></p>'
PLAIN = HtmlStyle(plain_cell, heading="<h2>{}</h2>")
CMS = HtmlStyle(plain_cell, heading='<p style="text-indent: 2em;"><strong><span style="font-size: 18px;">{}</span></strong></p>', site=True)
WORD = HtmlStyle(
    word_cell,
    _MSO_PARAGRAPH,
    _MSO_HEADING,
    '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184;mso-padding-alt:0cm 5.4pt 0cm 5.4pt">',
    '<div align="center">{}</div>',
    site=True,
)
EXCEL = HtmlStyle(
    excel_cell, "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>", "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>", '<table class="firstRow" x:str>', site=True
)
SLOPPY = HtmlStyle(sloppy_cell, "<P>　　{}", "<P>　　<B>{}</B>", "<TABLE border=1 width=95%>", "<CENTER>{}</CENTER>")
NESTED = HtmlStyle(
    plain_cell,
    "<p>{}</p>",
    "<p><b>{}</b></p>",
    wrap='<table width="100%"><tr><td align="center">{}</td></tr></table>',
    body='<table width="980" align="center"><tr><td class="left">&nbsp;</td><td class="main"><table><tr><td>{}</td></tr></table></td></tr></table>',
)
COMMENTED = HtmlStyle(commented_cell, "<p><!--StartFragment-->&emsp;&emsp;{}</p>", "<h3>&emsp;{}</h3>")
SEMANTIC = HtmlStyle(plain_cell, heading='<h2 class="section">{}</h2>', head=True, body="<main><article>{}</article></main>")
ROWS_APART = HtmlStyle(plain_cell, table='<table class="row" width="100%">', rows_apart=True)
DIVS = HtmlStyle(plain_cell, "<div>{}</div>", '<div class="h">{}</div>', divs=True, site=True)


def write_breaks(draft: Draft, random: Random) -> str:
    """Write the words as one block of lines parted by ``br``, tables between them."""
    style = HtmlStyle(plain_cell, "　　{}<br/>", "　　{}<br/>", body='<div class="article">{}</div>')
    return write_html(style, draft, random)


def writer(style: HtmlStyle) -> Callable[[Draft, Random], str]:
    """Return the function that writes in one style."""
    return partial(write_html, style)
