"""Which format goes where: the pairs of ``--format`` and ``--output``, and files that must not be written over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePath

from attrs import frozen

from gilint.data import Data
from gilint.errors import UsageError
from gilint.language import Text
from gilint.sources import Source, display_name

STANDARD_OUTPUT = "-"
_NAMED = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".sarif": "sarif",
    ".xml": "junit",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
"""What a file is written in when nobody says in which format."""


@frozen(eq=False, repr=False)
class Target(Data):
    """One output: a format and where it goes."""

    format: str
    path: Path | None = None
    """The file; ``None`` for standard output."""


def pair_targets(formats: Sequence[str], outputs: Sequence[str], known: Collection[str], default: str = "text") -> tuple[Target, ...]:
    """Pair formats with outputs, the first with the first and so on.

    Args:
        formats: as the user names them. Where they name none, the endings of the files say in which each is written.
        outputs: files, or ``-`` for standard output, which it is where none is named.
        known: what there is to be chosen by the ending of a file.
        default: the format of a file whose ending says nothing, and of standard output.

    Raises:
        UsageError: there are more of the one than of the other, or two go to the same place.
    """
    outputs = outputs or [STANDARD_OUTPUT]
    if not formats:
        named = [format_named(output, known) for output in outputs]
        formats = [default] if None in named else list(filter(None, named))
    if len(formats) != len(outputs):
        raise UsageError(
            Text(
                "--format 有 {formats} 个，--output 有 {outputs} 个；同时输出多种格式时应成对给出，如 --format html --output a.html "
                "--format json --output b.json（--output - 为标准输出）",
                "{formats} --format and {outputs} --output: several outputs are given in pairs, as in --format html --output a.html "
                "--format json --output b.json (--output - is standard output)",
            ).filled(formats=len(formats), outputs=len(outputs))
        )
    targets = tuple(Target(name, output_file(output)) for name, output in zip(formats, outputs, strict=True))
    places: set[str | None] = set()
    for target in targets:
        place = None if target.path is None else os.path.normcase(os.path.realpath(target.path))
        if place in places:
            name = Text("标准输出", "standard output") if target.path is None else display_name(target.path)
            raise UsageError(Text("有两种格式都要写到{name}", "two formats are to go to {name}").filled(name=name))
        places.add(place)
    return targets


def format_named(output: str, known: Collection[str]) -> str | None:
    """Return the format that the ending of a file names, ``None`` where it names none that is known."""
    named = "sarif" if output.lower().endswith(".sarif.json") else _NAMED.get(PurePath(output).suffix.lower())
    return named if named in known else None


def output_file(output: str) -> Path | None:
    """Return the file that an ``--output`` names; ``None`` for standard output."""
    return None if output == STANDARD_OUTPUT else Path(output)


def verify_files(files: Iterable[Path], sources: Iterable[Source]) -> None:
    """Never overwrite what is to be read.

    Raises:
        UsageError: a file is a folder, or one of the documents.
    """
    sources = [source for source in sources if source.portion is None or source.portion.number == 1]
    for file in files:
        if file.is_dir():
            raise UsageError(Text("输出文件 {path} 是一个文件夹", "output file {path} is a folder").filled(path=display_name(file)))
        if file.exists() and any(source.path is not None and source.path.exists() and source.path.samefile(file) for source in sources):
            message = Text(
                "输出文件 {path} 是要检查的文件之一，不会覆盖",
                "output file {path} is one of the documents to lint and will not be overwritten",
            )
            raise UsageError(message.filled(path=display_name(file)))
