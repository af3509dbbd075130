"""What files with pages and columns have in common: how wide columns are, and archives whose bytes depend on their content alone."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from gilint.testing.sheet import Role, Sheet

_WEIGHTS = {"group": 1.3, "label": 3.6, "value": 1.4}


def column_widths(sheet: Sheet, total: float) -> list[float]:
    """Share a width among the columns of a table as its prescribed form does: wide labels, narrow groups, equal values."""
    placed = [cell for line in sheet.placed() for cell in line]
    columns = max((cell.column + cell.columns for cell in placed), default=0)
    labels = {cell.column + cell.columns - 1 for cell in placed if cell.cell.role is Role.LABEL}
    values = {cell.column for cell in placed if cell.cell.role is Role.VALUE}
    # Where labels stand above their values (section four) all columns are alike.
    labels = labels - values if labels - values else set()
    first = min(labels, default=0)
    kinds = ["label" if column in labels else "group" if column < first else "value" for column in range(columns)]
    whole = sum(_WEIGHTS[kind] for kind in kinds)
    return [total * _WEIGHTS[kind] / whole for kind in kinds]


def pack(members: Mapping[str, str | bytes], *, first: str = "") -> bytes:
    """Return an archive of members by name.

    Args:
        members: what is in it, in order.
        first: the name of a member that is stored and not compressed, as ``mimetype`` of the formats of OASIS is.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # ZipInfo has a fixed date unless it is given one.
            archive.writestr(ZipInfo(name), content, ZIP_STORED if name == first else ZIP_DEFLATED)
    return buffer.getvalue()
