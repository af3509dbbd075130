"""Where output goes: a file, written whole or not at all, or standard output."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from gilint.errors import UsageError
from gilint.language import Text


@contextmanager
def open_output(path: Path | str | None, encoding: str | None = "utf-8", *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open a file or standard output for writing text, or bytes.

    A file appears under its name only when everything was written; what it held before stays until then, and stays if anything fails.

    Args:
        path: the file; ``None`` for standard output.
        encoding: of the bytes written. On standard output ``None`` stands for the console's own; a terminal always gets its own.
        binary: whether bytes are written; a terminal gets none.

    Raises:
        UsageError: the file cannot be written, or standard output is a terminal and cannot show what is written.
    """
    if path is None:
        with _binary_output() if binary else _standard_output(encoding) as stream:
            yield stream
        return
    encoding = None if binary else encoding or "utf-8"
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file() and not target.is_dir():
        with _writable(target, "w", encoding) as stream:  # a device or a pipe cannot be replaced
            yield stream
        return
    temporary = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}.tmp")
    try:
        with _writable(temporary, "x", encoding, shown=target) as stream:
            yield stream
        _replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _writable(path: Path, mode: str, encoding: str | None, shown: Path | None = None) -> Iterator[IO[Any]]:
    try:
        # Line ends are the writer's business: the same bytes on every system.
        stream = path.open(mode, encoding=encoding, newline="") if encoding else path.open(f"{mode}b")
    except OSError as error:
        raise _refused(shown or path, error) from error
    with stream:
        yield stream


def _replace(temporary: Path, target: Path) -> None:
    try:
        with suppress(FileNotFoundError):
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except OSError as error:
        raise _refused(target, error) from error


def _refused(path: Path, error: OSError) -> UsageError:
    if isinstance(error, FileNotFoundError):
        message = Text("无法写入 {name}：文件夹 {folder} 不存在", "cannot write {name}: the folder {folder} does not exist")
        return UsageError(message.filled(name=path.name, folder=path.parent.name))
    return UsageError(Text("无法写入 {name}：{reason}", "cannot write {name}: {reason}").filled(name=path.name, reason=error.strerror))


@contextmanager
def _binary_output() -> Iterator[IO[Any]]:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or sys.stdout.isatty():
        raise UsageError(
            Text(
                "这种格式是二进制文件，不能显示在终端上；请用 --output 写入文件",
                "this format is a binary file, which no terminal shows; write it to a file with --output",
            )
        )
    sys.stdout.flush()
    yield buffer
    buffer.flush()


@contextmanager
def _standard_output(encoding: str | None) -> Iterator[IO[Any]]:
    stdout = sys.stdout
    buffer = getattr(stdout, "buffer", None)
    if encoding is None or buffer is None or stdout.isatty():
        yield stdout
        return
    # Redirected into a file, a machine's format has its own encoding, whatever the console's is.
    stdout.flush()
    stream = io.TextIOWrapper(buffer, encoding=encoding, newline="", write_through=False)
    try:
        yield stream
        stream.flush()
    finally:
        with suppress(OSError, ValueError):
            stream.detach()
