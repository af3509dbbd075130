"""Text that was UTF-8, was read as GBK and saved so (四、政府 became 鍥涖€佹斂搴); undone where it can be."""

from __future__ import annotations

import re

from gilint.patterns import deferred

# What the most frequent UTF-8 sequences look like when read as GBK; all are characters that a modern report does not use.
_SIGNS = ("锛", "銆", "鏀", "鐨", "鍏", "骞", "鎯", "鈥")
FEWEST_SIGNS = 3
"""Fewer of them can be rare characters in a text that is right."""
_LOST = deferred("\ufffd+")
_RUN = deferred("[^\x00-\x7f]+")
# What the undone text may consist of: Chinese, its punctuation, and the signs of a report.
_EXPECTED = deferred(
    "[\u00a0\u00b7\u00d7\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2190-\u2193\u2460-\u2473"
    "\u25a0-\u25cf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u200b\ufeff]+"
)


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
        # 0x80 is a euro sign to Windows and nothing to GB18030; what took the place of a lost byte can be no part of a character.
        data = b"\xff".join(b"\x80".join(part.encode("gb18030") for part in piece.split("€")) for piece in run.split("\ufffd"))
    except UnicodeEncodeError:
        return None
    meant = data.decode("utf-8", "replace")
    readable = meant.replace("\ufffd", "")
    if len(_LOST.findall(meant)) > len(readable) or not readable or _EXPECTED.fullmatch(readable) is None:
        return None
    return _LOST.sub("\ufffd", meant)
