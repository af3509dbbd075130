"""Text that was UTF-8, was read as GBK and saved so (四、政府 became 鍥涖€佹斂搴); undone where it can be."""

from __future__ import annotations

import re

# What the most frequent UTF-8 sequences look like when read as GBK; all are characters that a modern report does not use.
_SIGNS = ("锛", "銆", "鏀", "鐨", "鍏", "骞", "鎯", "鈥")
FEWEST_SIGNS = 3
"""Fewer of them can be rare characters in a text that is right."""
_BYTE_80 = re.compile("[€\ufffd]")
_LOST = re.compile("\ufffd+")
_RUN = re.compile("[^\x00-\x7f]+")
# What the undone text may consist of: Chinese, its punctuation, and the signs of a report.
_EXPECTED = re.compile(
    "[\u00a0\u00b7\u00d7\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2190-\u2193\u2460-\u2473"
    "\u25a0-\u25cf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u200b\ufeff]+"
)
MOST_LOST = 3
"""Characters of one run that may be lost (its last byte was no character in GBK) for the rest to be worth having."""


def undo_mojibake(text: str) -> tuple[str, bool | None]:
    """Return the text as it was meant, and whether all of it was recovered (``None``: there was nothing to undo)."""
    # A report without a single comma, full stop or enumeration comma is none; looking for these two first is quicker.
    if ("锛" not in text and "銆" not in text) or sum(map(text.count, _SIGNS)) < FEWEST_SIGNS:
        return text, None
    undone = lost = 0

    def restore(match: re.Match[str]) -> str:
        nonlocal undone, lost
        run = match[0]
        meant = _reread(run)
        if meant is None:
            lost += any(sign in run for sign in _SIGNS)
            return run
        undone += 1
        lost += "\ufffd" in meant
        return _LOST.sub("\ufffd", meant)

    restored = _RUN.sub(restore, text)
    if not undone:
        # A few rare characters in a text that is otherwise right are just that.
        return text, None if lost < FEWEST_SIGNS else False
    return restored, lost == 0


def _reread(run: str) -> str | None:
    """Return a run of non-ASCII characters read as it was meant, or ``None`` where it is no UTF-8."""
    try:
        # 0x80 is a euro sign to Windows and no character to others; in UTF-8 it is part of every 、 。 and quotation mark.
        # The last byte of a run can have been any, so nothing is assumed of it.
        body = run.rstrip("\ufffd")
        data = b"\x80".join(part.encode("gb18030") for part in _BYTE_80.split(body)) + b"\xff" * (len(run) - len(body))
    except UnicodeEncodeError:
        return None
    meant = data.decode("utf-8", "replace")
    lost = meant.count("\ufffd")
    readable = meant.replace("\ufffd", "")
    if lost > MOST_LOST or not readable or _EXPECTED.fullmatch(readable) is None:
        return None
    return _LOST.sub("\ufffd", meant)
