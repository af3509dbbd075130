"""From bytes to text: byte order marks, declarations, and what the bytes themselves say where these are wrong."""

from __future__ import annotations

import codecs
import re

from gilint.notice import Notice, NoticeKind
from gilint.patterns import deferred
from gilint.readers.mojibake import undo_mojibake

DECLARATION_BYTES = 4096
"""Bytes at the beginning in which a declared encoding is looked for (the HTML standard says 1024; head elements have grown)."""
BINARY_SHARE = 10
"""A text with more than one unreadable character in so many is taken for binary."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?i)(?:charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([a-z0-9_:.-]{2,24})""")
_GB = frozenset(["gb2312", "gbk", "gb18030", "hz", "x-gbk", "gb_2312-80", "cp936", "ms936", "windows-936", "gb2312-80", "euc-cn"])
# Decode anything at all, so that decoding without error proves nothing.
_PROVE_NOTHING = frozenset(["iso8859-1", "cp1252", "latin-1", "ascii"])
_CONTROLS = bytes([*range(0, 9), *range(14, 32), 127])
_SUSPECT = _CONTROLS + b"\x0b\x0c"
# Form feed and vertical tab separate lines (a page break, Word's soft break); HTML knows neither.
_LINE_BREAKS = bytes.maketrans(b"\x0b\x0c", b"\n\n")
_CONTROL_CHARACTERS = dict.fromkeys((*range(0, 9), *range(14, 32), *range(127, 160), 65534, 65535)) | {11: 10, 12: 10, 0x85: 10}
_PLAUSIBLE = deferred("[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…·]")
_SAMPLE = 2000
_WIDE = ("utf-16", "utf-32")
_UPPER_CONTROLS = deferred(rb"\xc2[\x80-\x9f]")


class Decoded:
    """Text and how it was found."""

    def __init__(
        self, text: str, encoding: str | None, notices: tuple[Notice, ...] = (), binary: bool = False, utf8: bytes | None = None
    ) -> None:
        self.text = text
        self.encoding = encoding
        self.notices = notices
        self.binary = binary
        """No encoding makes text of it."""
        self.utf8 = utf8
        """The text as UTF-8 bytes where these are at hand (nothing was undone or taken out of it after decoding): a parser that wants bytes need not encode it again."""


def decode(data: bytes, *, clipped: bool = False) -> Decoded:
    """Turn bytes into text; whatever is remarkable about it becomes a notice.

    Args:
        data: the bytes.
        clipped: they were cut off somewhere, which can be within a character.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if b"\0" in data:
        wide = _utf16_without_mark(data)
        if wide:
            return _decode_marked(data, wide)
    declared, codec = _declaration(data)
    kept = _without_controls(data)
    removed = len(data) - len(kept)
    if b"\r" in kept:
        kept = kept.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if kept.isascii():
        # Every encoding in use agrees on these bytes: whatever is declared is right.
        return _finish(kept.decode("ascii"), "utf-8", None, removed)
    for encoding in _candidates(codec):
        try:
            text = kept.decode(encoding)
        except UnicodeDecodeError as error:
            if not clipped or error.start < len(kept) - 3:
                continue
            text = kept[: error.start].decode(encoding)
        utf8 = kept if encoding == "utf-8" and not clipped else None
        return _finish(text, encoding, declared, removed, upper=_has_upper(kept, text, encoding), utf8=utf8)
    encoding = _least_bad(kept)
    text = kept.decode(encoding, "replace")
    return _finish(text, encoding, declared, removed, upper=_has_upper(kept, text, encoding), strict=False)


def clean_text(text: str) -> Decoded:
    """Do for text that the caller decoded what `decode` does after decoding."""
    return _finish(text.removeprefix("\ufeff"), None, None, 0)


def _candidates(declared: str | None) -> list[str]:
    """UTF-8 first: text in another encoding is practically never valid UTF-8, whatever it is declared to be."""
    candidates = ["utf-8"]
    if declared is not None and declared not in (*_PROVE_NOTHING, "utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        candidates.append(declared)
    return candidates if "gb18030" in candidates else [*candidates, "gb18030"]


def _declaration(data: bytes) -> tuple[str | None, str | None]:
    """Return the declared name as written, and the codec for it when there is one."""
    match = _DECLARED.search(data, 0, DECLARATION_BYTES)
    if match is None:
        return None, None
    declared = match[1].decode("ascii")
    if declared.lower() in _GB:
        return declared, "gb18030"
    try:
        codec = codecs.lookup(declared)
    except (LookupError, ValueError):
        return declared, None
    return declared, codec.name if getattr(codec, "_is_text_encoding", True) else None


def _utf16_without_mark(data: bytes) -> str | None:
    """Windows saves "Unicode" without a mark at times; digits and line ends then have a zero byte at one side."""
    sample = data[: 2 * _SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == odd:
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if len(_PLAUSIBLE.findall(text)) * 10 > len(text) * 8 else None


def _least_bad(data: bytes) -> str:
    """Choose between UTF-8 and GB18030 where neither fits: a few bad bytes do not make a page something else."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    wide = len(text) - sum(map(text.count, map(chr, range(128)))) - bad
    return "utf-8" if bad * 4 <= wide else "gb18030"


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    removed = 0
    if not encoding.startswith(_WIDE):
        kept = _without_controls(data)
        removed, data = len(data) - len(kept), kept
    text = data.decode(encoding, "replace")
    return _finish(text, encoding, None, removed, upper=_has_upper(data, text, encoding), strict=False)


def _without_controls(data: bytes) -> bytes:
    """Return the bytes without control characters."""
    # To look for one byte after the other takes less time than to look every byte up in a table.
    return data.translate(_LINE_BREAKS, _CONTROLS) if any(map(data.__contains__, _SUSPECT)) else data


def _has_upper(data: bytes, text: str, encoding: str) -> bool:
    """Say whether UTF-8 holds control characters of the upper range, or characters that are none."""
    if encoding != "utf-8":
        return False
    # Single characters are found many times faster than patterns.
    return "\ufffe" in text or "\uffff" in text or (b"\xc2" in data and _UPPER_CONTROLS.search(data) is not None)


def _finish(
    text: str,
    encoding: str | None,
    declared: str | None,
    removed: int,
    *,
    upper: bool = False,
    strict: bool = True,
    utf8: bytes | None = None,
) -> Decoded:
    """Clean decoded text and collect what is remarkable.

    Args:
        text: the text.
        encoding: in which it was.
        declared: which one the document says.
        removed: so many control characters are already gone.
        upper: there may be some of the upper range.
        strict: it decoded without loss.
        utf8: the same as bytes.
    """
    decoded = text
    if encoding is None or encoding.startswith(_WIDE) or upper:
        kept = text.translate(_CONTROL_CHARACTERS)
        removed += len(text) - len(kept)
        text = kept
    lost = text.count("\ufffd") if "\ufffd" in text else 0
    # Signs for lost characters that the file itself holds tell of damage, not of noise.
    noise = removed + (0 if strict else lost)
    if noise * BINARY_SHARE > len(text) + removed:
        return Decoded("", encoding, binary=True)
    notices = []
    if declared is not None and encoding is not None and _differs(declared, encoding):
        notices.append(Notice(NoticeKind.ENCODING_WRONG, {"declared": declared, "used": encoding}))
    if removed:
        notices.append(Notice(NoticeKind.CONTROL_CHARACTERS, {"count": removed}))
    text, recovered = undo_mojibake(text)
    if recovered is not None:
        notices.append(Notice(NoticeKind.MOJIBAKE, {"recovered": recovered}))
    elif lost:
        notices.append(Notice(NoticeKind.ENCODING_LOSSY, {"encoding": encoding or "", "count": lost}))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, tuple(notices), utf8=utf8 if text is decoded else None)


def _differs(declared: str, used: str) -> bool:
    if declared.lower() in _GB:
        return used != "gb18030"
    try:
        return codecs.lookup(declared).name != codecs.lookup(used).name
    except (LookupError, ValueError):
        return True
