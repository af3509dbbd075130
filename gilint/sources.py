"""From the paths that a user names to the documents to read: files, walked folders, standard input."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from attrs import define, field, frozen

from gilint.document import Portion
from gilint.errors import InputNotFoundError, UsageError
from gilint.language import Text
from gilint.products import product_at

STDIN = "-"
STDIN_NAME = "<stdin>"

# What a report may be called. Formats that cannot be read are here too: a folder's report.ofd is said to be unread, not passed over.
_READABLE = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")
_OFFICE = (".doc", ".docx", ".docm", ".wps", ".rtf", ".odt", ".ofd", ".pdf", ".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods")
_DATA = (".csv", ".json")
SUFFIXES = frozenset(_READABLE + _OFFICE + _DATA)
_CELL_KEYS = (b'"table"', b'"row"', b'"column"')
_PROBED = 4096
"""Bytes of a JSON file in which its first cell must begin."""
_WRITTEN = frozenset([".html", ".htm", ".md", ".markdown", ".txt", ".text", ".csv", ".json", ".xlsx", ".ods"])
"""What a file that gilint has written can be called; only these are opened while a folder is walked."""
_NAMED = 3
_NO_PATH = Text("路径是空的", "the path is empty")
_SKIPPED = Text(
    "{path} 中有 {count} 个文件是 gilint 输出的结果，不是年报，已跳过：{names}",
    "{path}: {count} {count:file|files} written by gilint, which {count:is no report|are no reports}, left out: {names}",
)
_NOTHING_ELSE = Text("{skipped}；没有其他可检查的文件", "{skipped}; there is nothing else to lint")
_BACKUP_SUFFIXES = ("~", ".bak", ".tmp", ".swp", "#")
_PARTS = frozenset([".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".cur", ".svg", ".swf"])
"""What web pages are made of besides themselves; nothing of it is anybody's report."""
_OF_A_PAGE = ("_files", ".files")
"""How a folder ends in which a browser or an office program keeps the parts of the page beside it."""
_SETTINGS = frozenset(["gilint.toml", "pyproject.toml", "gilint-waivers.toml"])
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_KINDS = 6
"""Kinds of files left out that are named; the others are counted together."""
_UNREAD = Text(
    "{path} 中有 {count} 个文件不是可检查的文档，未作检查：{kinds}",
    "{path}: {count} {count:file is|files are} of no kind that can be checked and {count:was|were} left out: {kinds}",
)
_KIND = Text("{suffix} {count} 个", "{count} {suffix}")
_WITHOUT_SUFFIX = Text("无后缀或后缀不明 {count} 个", "{count} without a known suffix")
_OTHERS = Text("其他 {count} 个", "{count} of other kinds")


@frozen(eq=False, repr=False)
class Source:
    """One document to read."""

    name: str
    """As shown to the user; what a terminal could not show is replaced."""
    path: Path | None = None
    """``None`` for standard input."""
    problem: Text | None = None
    """Why it is known already that it cannot be read."""
    portion: Portion | None = None
    """Which of several reports in a file of data it is."""
    stream: IO[bytes] | None = None
    """Of standard input: what was read of it; of a file of data in UTF-16: the same in UTF-8."""

    @property
    def folder(self) -> str:
        """The folder from which its configuration is searched upwards, an absolute path."""
        return str(self.path.absolute().parent) if self.path else os.getcwd()  # noqa: PTH109


@define(eq=False, repr=False)
class Sources:
    """The documents behind some paths, in the order of the paths, the content of folders sorted by name."""

    documents: list[Source] = field(factory=list)
    remarks: list[Text] = field(factory=list)
    """What was passed over on purpose and is worth a word: links back to a folder that was walked already, what gilint itself has written."""
    unchecked: list[Text] = field(factory=list)
    """What lies in walked folders and is of no kind that can be checked, a folder a line."""
    _seen: set[str] = field(factory=set)
    _walked: set[tuple[int, int]] = field(factory=set)
    _own: list[str] = field(factory=list)
    """Files in the folder at hand that gilint has written itself."""
    _unread: Counter[str] = field(factory=Counter)
    """Those that are no documents, by suffix."""

    def add_path(self, path: str | os.PathLike[str]) -> None:
        """Add a file, a folder or ``-``. A file named by its own path is always taken, whatever its suffix.

        Raises:
            InputNotFoundError: there is nothing of that name.
            UsageError: the folder holds no document.
        """
        if not os.fspath(path):
            raise InputNotFoundError(_NO_PATH)
        if os.fspath(path) == STDIN:
            self._add(Source(STDIN_NAME))
            return
        path = Path(path)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            if not os.path.lexists(path):
                message = Text("没有这个文件或文件夹：{path}", "no such file or folder: {path}")
                raise InputNotFoundError(message.filled(path=display_name(path))) from error
            is_folder = False
        except OSError:
            # Reading it will fail for the same reason, and that is a finding.
            is_folder = False
        if is_folder:
            self._add_folder(path)
        else:
            self._add(Source(display_name(path), path))

    def _add(self, source: Source) -> None:
        key = os.path.normpath(source.path.absolute()) if source.path else STDIN
        if key not in self._seen:
            self._seen.add(key)
            self.documents.append(source)

    def _add_folder(self, folder: Path) -> None:
        # A folder named twice, or named after one that holds it, is walked for each, but its documents are taken once.
        self._walked.clear()
        self._own.clear()
        self._unread.clear()
        empty = True
        for source in self._walk(folder):
            empty = False
            self._add(source)
        own, unread = self._said_of_own(folder), self._said_of_unread(folder)
        if not empty:
            self.remarks += own
            self.unchecked += unread
        elif own or unread:
            said = Text("；".join(each.zh for each in own + unread), "; ".join(each.en for each in own + unread))
            raise UsageError(_NOTHING_ELSE.filled(skipped=said))
        else:
            message = Text("文件夹 {path} 中没有可检查的文件（{suffixes}）", "nothing to lint in folder {path} ({suffixes})")
            raise UsageError(message.filled(path=display_name(folder), suffixes=" ".join(sorted(SUFFIXES))))

    def _said_of_own(self, folder: Path) -> list[Text]:
        if not self._own:
            return []
        names = [*self._own[:_NAMED], ...] if len(self._own) > _NAMED else self._own
        return [_SKIPPED.filled(path=display_name(folder), count=len(self._own), names=names)]

    def _said_of_unread(self, folder: Path) -> list[Text]:
        if not self._unread:
            return []
        kinds = sorted(self._unread.items(), key=lambda kind: (-kind[1], kind[0]))
        said = [(_KIND if suffix else _WITHOUT_SUFFIX).filled(suffix=suffix, count=count) for suffix, count in kinds[:_KINDS]]
        if kinds[_KINDS:]:
            said.append(_OTHERS.filled(count=sum(count for _, count in kinds[_KINDS:])))
        return [_UNREAD.filled(path=display_name(folder), count=self._unread.total(), kinds=said)]

    def _walk(self, top: Path) -> Iterator[Source]:
        # Not recursive: folders may be nested deeper than Python's stack. The next path in order is the last one.
        waiting: list[tuple[Path, os.DirEntry[str] | None]] = [(top, None)]
        while waiting:
            path, entry = waiting.pop()
            if entry is not None and not _is_folder(entry):
                if not _is_special(entry) and self._is_taken(path):
                    yield Source(display_name(path), path)
                continue
            try:
                waiting += [(path / entry.name, entry) for entry in reversed(self._entries(path))]
            except OSError as error:
                yield Source(
                    display_name(path), path, Text("无法打开文件夹：{reason}", "cannot open the folder: {reason}").filled(reason=why(error))
                )

    def _is_taken(self, path: Path) -> bool:
        """Say whether a file is a document; what is none is counted, but for what nobody takes for one."""
        suffix = path.suffix.lower()
        if suffix in _PARTS or path.name in _SETTINGS:
            return False
        try:
            if (suffix in _WRITTEN or suffix not in SUFFIXES) and product_at(path) is not None:
                self._own.append(path.name)
                return False
            # Folders are full of settings in JSON.
            taken = _has_cells(path) if suffix == ".json" else suffix in SUFFIXES or _is_document(path)
        except OSError:
            taken = suffix in SUFFIXES  # why a report cannot be read is a finding
        if not taken and not _is_of_a_page(path):
            self._unread[suffix[1:] if _SUFFIX.fullmatch(suffix) else ""] += 1
        return taken

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in self._walked:
            message = Text("{path} 指向已经检查过的文件夹，不再重复", "{path} leads to a folder that was walked already; not walked again")
            self.remarks.append(message.filled(path=display_name(folder)))
            return []
        self._walked.add(identity)
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not _is_hidden(entry.name)), key=lambda entry: entry.name)


def find_documents(paths: Iterable[str | os.PathLike[str]]) -> Sources:
    """Return the documents behind ``paths``.

    Raises:
        InputNotFoundError: a path names nothing.
        UsageError: a folder holds no document, or there are no paths.
    """
    sources = Sources()
    for path in paths:
        sources.add_path(path)
    if not sources.documents:
        raise UsageError(Text("没有给出要检查的文件", "no document was named"))
    return sources


def _is_hidden(name: str) -> bool:
    """Say whether a file is hidden, a backup or an office program's lock."""
    return name.startswith((".", "~$", "#")) or name.lower().endswith(_BACKUP_SUFFIXES)


def _is_of_a_page(path: Path) -> bool:
    """Say whether a file lies in a folder for the parts of a page."""
    return path.parent.name.lower().endswith(_OF_A_PAGE)


def _is_document(path: Path) -> bool:
    # Files whose names say nothing are few.
    from gilint.readers.probing import is_document

    return is_document(path, within_page=_is_of_a_page(path))


def _has_cells(path: Path) -> bool:
    """Say whether JSON begins with a cell."""
    with path.open("rb") as file:
        head = file.read(_PROBED)
    return all(key in head for key in _CELL_KEYS)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_special(entry: os.DirEntry[str]) -> bool:
    """Say whether reading it could wait for ever: a pipe, a socket, a device. A broken link is none: that it is broken is a finding."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def why(error: OSError) -> Text:
    """Say why the operating system refused, without the path (which may be absolute)."""
    known = {
        FileNotFoundError: Text("文件不存在", "no such file"),
        PermissionError: Text("没有读取权限", "permission denied"),
        IsADirectoryError: Text("是一个文件夹", "it is a folder"),
    }
    reason = error.strerror or type(error).__name__
    return known.get(type(error), Text(reason, reason))


def display_name(path: Path) -> str:
    """Return how a path is shown: with forward slashes, and without characters that no terminal or file can take."""
    return shown(os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def shown(text: str) -> str:
    """Return a line as a terminal shows it: what it would obey instead is replaced."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(character).startswith("C") else character for character in text)
