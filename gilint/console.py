"""What commands share: messages on standard error, and where the output goes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gilint.config import FailOn
from gilint.finding import Result, Severity
from gilint.language import Language, Text
from gilint.output import verify_files
from gilint.sources import shown

if TYPE_CHECKING:
    from gilint.linting import Batch
    from gilint.plugins import Registry


def complain(message: Text | str, language: Language, status: int = 2) -> int:
    """Say what is wrong on standard error, and return the exit status."""
    text = message.in_language(language) if isinstance(message, Text) else message
    # A message can quote a file of anyone's.
    print("\n".join(shown(line) for line in f"gilint: {text}".split("\n")), file=sys.stderr)
    return status


def draws_progress(*, to_screen: bool) -> bool | None:
    """Leave the choice to the batch, but draw nothing into results that stream over the same terminal."""
    return False if to_screen and sys.stdout.isatty() else None


def prepare(batch: Batch, registry: Registry, files: Sequence[Path], language: Language) -> None:
    """Say what went wrong so far, and never overwrite what is to be read.

    Raises:
        UsageError: a file to be written is one of the documents.
    """
    for problem in registry.problems:
        complain(problem.text, language)
    for remark in (*batch.remarks, *batch.unchecked):
        complain(remark, language)
    verify_files(files, batch.sources)


def reaches(result: Result, limit: FailOn) -> bool:
    """Say whether something was found that is as bad as ``--fail-on``."""
    return limit != "never" and any(finding.severity.rank <= Severity(limit).rank for finding in result.findings)
