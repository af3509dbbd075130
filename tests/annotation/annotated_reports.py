"""Reports with mistakes whose cells nothing else looks like, annotated."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import gilint
from gilint.forms import builtin_forms
from gilint.language import Language
from gilint.testing import Draft, sample_draft, write_bytes

FORM = builtin_forms()[-1]
WRONG, WORDS = "98765", "十二件&<3"
"""A total that is far too large, and words where a number belongs."""
PRINTED = {
    ("applications", "granted", "total"): WRONG,
    ("applications", "granted", "research"): "",
    ("reviews", "administrative_review", "total"): WORDS,
}
DRAFT = sample_draft(FORM, printed=PRINTED)


def annotate(data: bytes, folder: Path, suffix: str, *, select: str | None = None, lang: Language = "zh") -> tuple[bytes, gilint.Result]:
    target = folder / f"copy{suffix}"
    result = gilint.annotate(data, target, select=select, lang=lang, force=True)
    return target.read_bytes(), result


def sample(layout: str, draft: Draft = DRAFT) -> bytes:
    return write_bytes(draft, layout)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def expected(result: gilint.Result) -> dict[str, str]:
    """What is printed in the cell that each finding with a wrong total or words is about. (Where a layout loses a cell, it is another finding's.)"""
    printed = {"SUM001": WRONG, "VAL003": WORDS}
    return {finding.code: printed[finding.code] for finding in result.findings if finding.code in printed}
