"""The copies of one or of many documents: what they are called, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import define, field

from gilint.annotation import check_target, copy_of, suffix_of, write_copy
from gilint.errors import UsageError
from gilint.finding import Result
from gilint.language import Language, Text
from gilint.readers.signatures import promises_format
from gilint.readers.source import load
from gilint.rule import Rule
from gilint.sources import Source, display_name

_STDIN = Text("批注副本只能从文件生成，不能用标准输入", "annotated copies are made of files, not of standard input")
_FOLDER = Text(
    "有 {count} 份文件，副本应写入文件夹，而 {path} 是文件",
    "there are {count} documents, so their copies go into a folder, and {path} is a file",
)
_LIKE_A_DOCUMENT = Text(
    "有 {count} 份文件，副本应写入文件夹，而 {path} 是文件名：请给出文件夹，或在末尾加 /",
    "there are {count} documents, so their copies go into a folder, and {path} is the name of a document: name a folder, or end it with /",
)


@define
class Copies:
    """Where the copies of some documents go."""

    sources: Sequence[Source]
    output: str
    """The name of the copy, or a folder; several documents always need a folder, which is made where there is none."""
    force: bool
    language: Language
    rules: Mapping[str, type[Rule]]
    _folder: Path | None = field(init=False)
    _common: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        target = Path(self.output)
        is_folder = target.is_dir() or self.output.endswith(("/", os.sep))
        if any(source.path is None for source in self.sources):
            raise UsageError(_STDIN)
        if len(self.sources) > 1 and not is_folder and target.exists():
            raise UsageError(_FOLDER.filled(count=len(self.sources), path=display_name(target)))
        if len(self.sources) > 1 and not is_folder and promises_format(target.name):
            raise UsageError(_LIKE_A_DOCUMENT.filled(count=len(self.sources), path=display_name(target)))
        self._folder = target if is_folder or len(self.sources) > 1 else None
        self._common = os.path.commonpath([source.folder for source in self.sources])
        if self._folder is None:
            check_target(target, self.sources[0].path, force=self.force)  # before anything is read

    def write(self, source: Source, result: Result) -> Path:
        """Write the copy of one of the documents and return its path.

        Raises:
            NoCopyError: the document could not be read, or is of a format without comments.
            UsageError: the copy cannot be written, would replace a file, or is named as if it were of another format.
            MissingDependencyError: the extra that the format needs is not installed.
        """
        path = Path(source.folder, source.path.name if source.path else "")
        target = self._target(path, result)
        check_target(target, path, force=self.force)
        copy = copy_of(load(path, result.report.document.file or source.name), result, self.language, self.rules)
        if self._folder is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        write_copy(copy, result, target)
        return target

    def _target(self, path: Path, result: Result) -> Path:
        """Return where a copy goes; in a folder it has the place that the document has among the others."""
        if self._folder is None:
            return Path(self.output)
        # An ending is added, not exchanged: report.doc and report.docx may both be there.
        return self._folder / os.path.relpath(path.parent, self._common) / (path.name + suffix_of(result))
