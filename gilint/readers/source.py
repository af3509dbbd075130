"""Where a document comes from: bytes, a path, a file object or text, brought to one shape."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from gilint.errors import InputNotFoundError, UsageError
from gilint.language import Text
from gilint.notice import Notice, NoticeKind
from gilint.readers.limits import MAX_BYTES, limit_notice

MAX_PATH_LENGTH = 4096
MAX_NAME_LENGTH = 255
"""No longer text is taken for a path."""

SourceLike = str | bytes | bytearray | memoryview | Path | IO[bytes] | IO[str]
"""What can be read: the text or the bytes of a document, a path, an open file."""

_REASONS: tuple[tuple[type[OSError], Text], ...] = (
    (FileNotFoundError, Text("文件不存在", "the file does not exist")),
    (IsADirectoryError, Text("是文件夹，不是文件", "it is a folder, not a file")),
    (PermissionError, Text("没有读取权限", "permission denied")),
)
_OTHER_REASON = Text("读取时系统出错", "the system reports an error while reading it")
_NOT_READABLE = Text("应为路径、字节、文本或打开的文件，不能是 {kind}", "must be a path, bytes, text or an open file, not {kind}")
_NOTHING = Text("{value} 既不是路径，也不是文本", "{value} is neither a path nor a text")
_A_FOLDER = Text(
    "{path} 是文件夹；这里只能读一份文件，整个文件夹用 gilint.lint_all",
    "{path} is a folder; one document is taken here, gilint.lint_all takes folders",
)
_NOT_A_FILE = Text("不是普通文件", "it is not a regular file")


class Source:
    """The content of one document before anything is understood of it."""

    def __init__(self, name: str, data: bytes = b"", text: str | None = None, notices: tuple[Notice, ...] = ()) -> None:
        self.name = name
        self.data = data
        self.text = text
        """Set instead of ``data`` when the caller gave text: there is no encoding to find out."""
        self.notices = notices


def as_source(value: SourceLike | os.PathLike[str]) -> SourceLike:
    """Decide whether a string is a path or the text of a document; everything else that can be read is returned as it is.

    A string is text when it contains a line break or ``<``, or is too long for a path or for a name in one. Otherwise it is a path.

    Raises:
        InputNotFoundError: nothing exists at the path.
        UsageError: it is a folder, or an empty string.
        TypeError: it is nothing that can be read.
    """
    if isinstance(value, str) and not value.strip(" \t"):
        raise UsageError(_NOTHING.filled(value=repr(value)))
    if isinstance(value, os.PathLike):
        value = Path(value)
    elif not isinstance(value, (str, bytes, bytearray, memoryview)) and not callable(getattr(value, "read", None)):
        raise TypeError(str(_NOT_READABLE.filled(kind=type(value).__name__)))
    if isinstance(value, str):
        if "\n" in value or "<" in value or "\0" in value or len(value) > MAX_PATH_LENGTH or _is_no_name(value):
            return value
        value = Path(value)
    if isinstance(value, Path):
        try:
            value.lstat()
            if value.is_dir():
                raise UsageError(_A_FOLDER.filled(path=value))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise InputNotFoundError(Text("不存在：{path}", "not found: {path}").filled(path=value)) from error
        except OSError:
            return value  # it is there but cannot be looked at: the reader says why
    return value


def _is_no_name(value: str) -> bool:
    """Say whether a string is longer between slashes than any file system has names: a report on one line."""
    return len(value) > MAX_NAME_LENGTH and any(len(part) > MAX_NAME_LENGTH for part in value.replace("\\", "/").split("/"))


def name_of(value: SourceLike) -> str:
    """Return how a document is called to which nobody gave a name: its path, or what holds it."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, str):
        return "<text>"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "<bytes>"
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else "<file>"


def load(value: SourceLike, name: str | None = None) -> Source:
    """Take the content out of whatever holds it; what prevents that is a notice."""
    shown = name or name_of(value)
    if isinstance(value, str):
        clipped = value if len(value) <= MAX_BYTES else value[:MAX_BYTES]
        notices = () if clipped is value else (limit_notice("MAX_BYTES", MAX_BYTES),)
        return Source(shown, text=clipped, notices=notices)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _bounded(shown, bytes(value[: MAX_BYTES + 1]))
    if isinstance(value, Path):
        return _load_path(value, shown)
    try:
        content: str | bytes = value.read(MAX_BYTES + 1)
    except UnicodeDecodeError:
        return _from_bytes_below(value, shown)
    except (OSError, ValueError) as error:
        return _unreadable(shown, error)
    if isinstance(content, str):
        return load(content, shown)
    return _bounded(shown, content)


def _load_path(path: Path, name: str) -> Source:
    try:
        # A pipe or a device could keep us waiting for ever.
        if path.exists() and not path.is_file() and not path.is_dir():
            return Source(name, notices=(Notice(NoticeKind.UNREADABLE, {"reason": _NOT_A_FILE}),))
        with path.open("rb") as file:
            return _bounded(name, file.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        return _unreadable(name, error)


def _from_bytes_below(file: Any, name: str) -> Source:
    """A text file opened with a wrong encoding: read its bytes instead, where it has them."""
    try:
        file.seek(0)
        return _bounded(name, file.buffer.read(MAX_BYTES + 1))
    except (OSError, ValueError, AttributeError) as error:
        return _unreadable(name, error)


def _bounded(name: str, data: bytes) -> Source:
    if len(data) <= MAX_BYTES:
        return Source(name, data)
    return Source(name, data[:MAX_BYTES], notices=(limit_notice("MAX_BYTES", MAX_BYTES),))


def _unreadable(name: str, error: Exception) -> Source:
    reason = next((text for kind, text in _REASONS if isinstance(error, kind)), _OTHER_REASON)
    return Source(name, notices=(Notice(NoticeKind.UNREADABLE, {"reason": reason}),))
