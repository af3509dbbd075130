"""Writes a draft as XLSX with openpyxl. The same draft gives the same bytes."""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from attrs import frozen

from gilint.errors import MissingDependencyError
from gilint.language import Text
from gilint.testing.draft import Draft
from gilint.testing.paper import pack
from gilint.testing.sheet import Role
from gilint.testing.workbook import Entry, fill

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMATTED = re.compile(r"(?!-?0\d)(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?( ?(?:件|条|项|宗|万元|元))?")
_STAMPS = re.compile(r"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


@frozen
class XlsxStyle:
    """How a workbook is made."""

    apart: bool = False
    """Every section has a sheet of its own."""
    numbers: bool = True
    """Plain figures are numbers; otherwise all are texts."""
    formats: bool = False
    """Figures with a unit or separators are numbers too, whose format prints these."""
    merged: bool = True
    """Words outside of tables are merged over the width of the sheet; otherwise they run over blank neighbours."""


def write_xlsx(style: XlsxStyle, draft: Draft, random: Random) -> bytes:
    """Write a whole workbook.

    Raises:
        MissingDependencyError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingDependencyError(
            Text("写 XLSX 需要 openpyxl:pip install 'gilint[xlsx]'", "XLSX is written with openpyxl: pip install 'gilint[xlsx]'")
        ) from error
    book = Workbook()
    book.remove(book.active)
    for leaf in fill(draft, apart=style.apart):
        page = book.create_sheet(leaf.name)
        for entry in leaf.entries:
            _write(page, entry, style)
    buffer = BytesIO()
    book.save(buffer)
    return _without_stamps(buffer.getvalue())


def _write(page: Worksheet, entry: Entry, style: XlsxStyle) -> None:
    from openpyxl.styles import Alignment, Border, Side

    cell: Any = page.cell(entry.row + 1, entry.column + 1)
    number = _number(entry) if style.numbers and (style.formats or entry.number) else None
    if number is not None:
        cell.value, cell.number_format = number
    elif entry.text:
        cell.value = entry.text
        # Otherwise a text that begins with "=" would be a formula, and one with digits alone stays a text anyway.
        cell.data_type = "s"
    if entry.role is not None:
        line = Side(style="thin")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.alignment = Alignment(horizontal="left" if entry.role is Role.LABEL else "center", vertical="center", wrap_text=True)
    if (entry.rows, entry.columns) != (1, 1) and (style.merged or entry.role is not None):
        page.merge_cells(
            start_row=entry.row + 1, start_column=entry.column + 1, end_row=entry.row + entry.rows, end_column=entry.column + entry.columns
        )


def _number(entry: Entry) -> tuple[int | float, str] | None:
    """Return the number that a cell holds and the format that prints it as it is written, where there is one."""
    found = _FORMATTED.fullmatch(entry.text) if entry.role in (Role.VALUE, Role.FILLER) else None
    if found is None:
        return None
    whole, fraction, unit = found.group(1), found.group(2) or "", found.group(3)
    shown = ("#,##0" if "," in whole else "0") + ("." + "0" * (len(fraction) - 1) if fraction else "")
    digits = whole.replace(",", "") + fraction
    plain = "General" if shown == "0" and not unit else shown
    return float(digits) if fraction else int(digits), f'{shown}"{unit}"' if unit else plain


def _without_stamps(data: bytes) -> bytes:
    """Take out when the workbook was made, which openpyxl writes into it."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return pack({name: _STAMPS.sub("", content.decode()) if name == "docProps/core.xml" else content for name, content in members.items()})


def writer(style: XlsxStyle) -> partial[bytes]:
    """Return the function that writes in one style."""
    return partial(write_xlsx, style)
