"""Runs the real command ``gilint`` in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

SECONDS = 60
"""Far more than anything needs; a hang ends here."""
MEGABYTES = 1024
PR_CAPBSET_DROP = 24


@frozen
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)

    def codes(self, path: str) -> list[str]:
        """The codes found in one document of the JSON output."""
        (report,) = (report for report in self.data["reports"] if report["path"] == path)
        return [finding["code"] for finding in report["findings"]]


def give_up_power() -> None:
    """Take away what lets root read everything: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH. Anybody else never had them."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def is_denied(path: Path) -> bool:
    """Say whether a process without power really cannot read a file; in some containers nothing can be given up."""
    probe = [sys.executable, "-c", "import sys; open(sys.argv[1]).close()", str(path)]
    return subprocess.run(probe, preexec_fn=give_up_power, stderr=subprocess.DEVNULL, check=False).returncode != 0


def gilint(
    *arguments: str | Path,
    cwd: Path,
    stdin: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    powerless: bool = False,
) -> Ran:
    """Run ``gilint`` with bounded time and memory and return what it did; ``powerless`` bounds what root may read, too.

    Raises:
        AssertionError: it ended by a signal, or printed a traceback.
    """

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024**2,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if powerless:
            give_up_power()

    ran = subprocess.run(
        [sys.executable, "-m", "gilint", *map(str, arguments)],
        cwd=cwd,
        input=stdin or b"",
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})},
        timeout=2 * SECONDS,
        preexec_fn=bound,
        check=False,
    )
    result = Ran(ran.returncode, ran.stdout.decode(encoding), ran.stderr.decode(encoding))
    assert "Traceback" not in result.err, result.err
    assert result.status >= 0, f"ended by signal {-result.status}"
    return result
