"""Runs what parses a doubtful PDF in a process of its own, which is ended when it takes too long or too much memory.

What a file draws in the end only pdfium can tell, which has no bounds of its own. Starting a process takes longer than reading a report, so only files are
parsed so whose streams do not show that they are harmless.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from attrs import frozen

from gilint.document import Document
from gilint.notice import Notice
from gilint.readers.limits import limit_notice
from gilint.readers.pdf.library import PDFIUM
from gilint.readers.pdf.opening import opened
from gilint.readers.pdf.reading import read_pages

MAX_SECONDS = 15
"""Seconds of the processor that a doubtful file may take; a report takes less than one. What else the machine does must not decide what is read."""
MAX_WAIT = 120
"""Seconds after which nobody waits any longer, however little the processor has done."""
MAX_MEMORY = 1024**3
"""Bytes of address space that it may take, where the system can bound that."""
_SERVE = "import sys; sys.path[:] = {path!r}; from gilint.readers.pdf.aside import serve; serve({seconds}, {memory})"
_BOUNDED = find_spec("resource") is not None
"""Whether the system can bound what a process takes, as those like Unix can."""
_OUT_OF_MEMORY = 77


@frozen
class TookTooMuch:
    """That a file took more time or memory than it may."""

    notice: Notice


def run_aside(module: str, function: str, *arguments: object) -> Any:
    """Call a function in a process of its own; return what it returns, or a `TookTooMuch`."""
    command = [sys.executable, "-c", _SERVE.format(path=sys.path, seconds=MAX_SECONDS, memory=MAX_MEMORY)]
    longest = MAX_WAIT if _BOUNDED else MAX_SECONDS
    try:
        ended = subprocess.run(  # noqa: S603 - this very Python
            command, input=pickle.dumps((module, function, arguments)), capture_output=True, timeout=longest, check=False
        )
    except subprocess.TimeoutExpired:
        return TookTooMuch(limit_notice("MAX_SECONDS", MAX_SECONDS))
    if _BOUNDED and ended.returncode == -signal.SIGXCPU:
        return TookTooMuch(limit_notice("MAX_SECONDS", MAX_SECONDS))
    if ended.returncode:
        # Without memory pdfium aborts, Python raises; what else ends it is a fault of the file that nobody can say more of.
        return TookTooMuch(limit_notice("MAX_MEMORY", MAX_MEMORY))
    return pickle.loads(ended.stdout)  # noqa: S301 - written by gilint itself


def read_aside(data: bytes, name: str) -> Document:
    """Read a PDF in a process of its own. That it took too much is told by a notice."""
    read = run_aside(__name__, "read_here", data)
    if isinstance(read, TookTooMuch):
        return Document(name, "pdf", notices=(read.notice,))
    kind, blocks, pictures, notices = read
    return Document(name, kind, blocks, pictures=pictures, notices=notices)


def read_here(data: bytes) -> tuple[object, ...]:
    """Read a PDF in this process; return what a document has that can be sent to another one."""
    with PDFIUM, opened(data) as handle:
        document = read_pages(handle, "")
    return document.format, document.blocks, document.pictures, document.notices


def serve(seconds: int, memory: int) -> None:
    """Call the function that standard input names and write what it returns to standard output.

    Args:
        seconds: how long the processor may be at it.
        memory: how many bytes of address space it may take.
    """
    if _BOUNDED:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # The signal that says so comes at the first bound; at the second one the process is ended without a reason.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        module, function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by gilint itself
        returned = getattr(import_module(module), function)(*arguments)
        sys.stdout.buffer.write(pickle.dumps(returned))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
