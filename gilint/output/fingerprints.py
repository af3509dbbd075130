"""What makes a finding the same one when the document is laid out anew or converted: whose report it is, which rule, which cells; never the place."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from pathlib import PurePosixPath

from gilint.finding import Finding, Result
from gilint.language import Text
from gilint.model import Report


def fingerprints(result: Result) -> list[str]:
    """Return a fingerprint for each finding of a document, in their order; several alike are counted."""
    document = _document(result.report)
    seen: Counter[str] = Counter()
    found = []
    for finding in result.findings:
        subject = json.dumps([*document, finding.code, *_subject(finding)], ensure_ascii=True)
        found.append(hashlib.sha256(f"{subject}{seen[subject]}".encode()).hexdigest()[:32])
        seen[subject] += 1
    return found


def _document(report: Report) -> list[str]:
    """Return what identifies a report: organ, year and edition, and the name of the file only where these are not known."""
    known = [report.organ.name if report.organ else "", str(report.year or ""), report.edition or ""]
    # Without its suffix: a converted copy has another.
    name = "" if all(known) else PurePosixPath(report.document.part or report.path).stem
    return [_folded(part) for part in (*known, name)]


def _subject(finding: Finding) -> list[str]:
    """Return what a finding is about: cells, or else the text that it quotes, or else the words in its message; its numbers may change."""
    if finding.cells:
        return sorted(".".join(ref) for ref in finding.cells)
    if finding.excerpts:
        return [_folded(excerpt.text) for excerpt in finding.excerpts]
    words = {
        key: value.zh if isinstance(value, Text) else value for key, value in finding.arguments.items() if isinstance(value, (str, Text))
    }
    return [f"{key}={_folded(value)}" for key, value in sorted(words.items())]


def _folded(text: str) -> str:
    """Return a text without what a layout changes: spaces, line breaks, widths of characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())
