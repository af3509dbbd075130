"""The same document with each finding as a comment where it belongs: a copy, for the document itself is never touched.

`WRITERS` names the module of each format; it has ``annotated(data: bytes, remarks: Sequence[Remark], language: Language) -> bytes``. What a document says is the same in
its copy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from xml.parsers.expat import ExpatError

from attrs import evolve

from gilint.annotation.refusal import NoCopyError
from gilint.annotation.remarks import Remark, remarks_of
from gilint.errors import MissingDependencyError, UsageError
from gilint.finding import Result
from gilint.language import Language, Text
from gilint.linting import lint_in
from gilint.output import open_output
from gilint.plugins import Registry, load_registry
from gilint.readers import EXTRAS, as_source
from gilint.readers.archives import ArchiveError
from gilint.readers.source import Source, load
from gilint.rule import Rule
from gilint.running import Accepted, Configured, Readable, Run
from gilint.sources import display_name

__all__ = ["SUFFIXES", "WRITERS", "NoCopyError", "annotate", "check_target", "copy_of", "suffix_of", "write_copy"]

WRITERS: Mapping[str, str] = {
    "docx": "gilint.annotation.docx",
    "xlsx": "gilint.annotation.xlsx",
    "pdf": "gilint.annotation.pdf",
    "html": "gilint.annotation.html",
}
"""Format as the reader calls it (`Document.format`), and the module that writes the copy."""

CONVERTED = frozenset(["doc", "odt", "rtf", "wordml"])
"""Formats that are read as what LibreOffice converts them to: the copy is that DOCX, with comments."""

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "docx": (".docx", ".docm"),
    "xlsx": (".xlsx", ".xlsm"),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".shtml", ".xhtml"),
}
"""What a copy may be called: office programs go by the name, not by the content. It may always have the ending of the document."""

_LABELS = {"html": "HTML"}
_DAMAGED = Text("文件内部有错误", "it is damaged inside")
_UNREAD = Text("{name} 无法读取，不能生成批注副本", "{name} cannot be read, so there is no annotated copy of it")
_REASON = Text("{name} 无法读取，不能生成批注副本：{reason}", "{name} cannot be read, so there is no annotated copy of it: {reason}")
_NO_WRITER = Text(
    "{name} 是 {format} 格式，不能加批注；可用 gilint check --format html 得到标出问题的网页，或另存为 {formats} 再批注",
    "{name} is {format}, which takes no comments: gilint check --format html makes a page that marks what is wrong, or save it as {formats} first",
)
_SUFFIX = Text(
    "{name} 的批注副本是 {format} 格式，文件名应以 {suffix} 结尾",
    "the annotated copy of {name} is {format}, so its name must end in {suffix}",
)
_EXISTS = Text("{path} 已存在，不会覆盖（加 --force 可覆盖）", "{path} exists and is not overwritten (--force overwrites it)")
_SAME = Text("{path} 是要批注的文件本身，不会覆盖", "{path} is the document itself and is not overwritten")
_MISSING = Text(
    "生成 {format} 的批注副本需要安装：pip install 'gilint[{extra}]'", "an annotated copy of {format} needs: pip install 'gilint[{extra}]'"
)


def annotate(
    source: Readable,
    target: str | os.PathLike[str],
    *,
    config: Configured = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    waivers: Accepted = None,
    today: date | None = None,
    lang: Language = "zh",
    force: bool = False,
    registry: Registry | None = None,
) -> Result:
    """Lint a document and write a copy of it with every finding as a comment at the cell or phrase that it is about.

    Args:
        source: a path, bytes, or an open file.
        target: the copy. It appears whole or not at all.
        config: as for `gilint.lint`.
        select: as for `gilint.lint`.
        ignore: as for `gilint.lint`.
        waivers: as for `gilint.lint`; what is accepted gets no comment.
        today: as for `gilint.lint`.
        lang: the language of the comments.
        force: replace a file that is there; never the document itself.
        registry: rules and forms; by default those of all installed plugins.

    Returns:
        What was found. A document without findings gets a copy without comments.

    Raises:
        InputNotFoundError: a path that does not exist.
        NoCopyError: the document cannot be read, or is of a format without comments.
        UsageError: the copy cannot be written, would replace a file, or is named as if it were of another format.
        MissingDependencyError: the extra that the format needs is not installed.
        ConfigError: the configuration says something that gilint does not know.
    """
    registry = registry or load_registry()
    source = as_source(source)
    check_target(Path(target), source if isinstance(source, Path) else None, force=force)
    loaded = load(source)
    whole = source if isinstance(source, (Path, str)) else loaded.data
    run = evolve(Run.make(registry, config, select, ignore, waivers, today), own_comments=False)
    result = lint_in(run, whole)
    write_copy(copy_of(loaded, result, lang, {rule.code: rule for rule in registry.rules}), result, Path(target))
    return result


def check_target(target: Path, document: Path | None, *, force: bool) -> None:
    """Make sure that nothing is lost when the copy is written.

    Raises:
        UsageError: the copy would replace the document, or another file without ``force``.
    """
    if not target.exists():
        return
    if document is not None and document.exists() and document.samefile(target):
        raise UsageError(_SAME.filled(path=display_name(target)))
    if not force:
        raise UsageError(_EXISTS.filled(path=display_name(target)))


def copy_of(source: Source, result: Result, language: Language, rules: Mapping[str, type[Rule]]) -> bytes:
    """Return the annotated copy of a document.

    Args:
        source: the document as it was read.
        result: what was found in it.
        language: of the comments.
        rules: code to rule, for titles and clauses.

    Raises:
        NoCopyError: it could not be read, or is of a format without comments.
        MissingDependencyError: the extra that the format needs is not installed.
    """
    known = result.report.document.format
    module = WRITERS.get(_written_as(known))
    if module is None or source.notices or source.text is not None:
        raise _refused(result, source.name)
    remarks = remarks_of(result, language, rules)
    data = _as_docx(source, result) if known in CONVERTED else source.data
    try:
        annotated: Callable[[bytes, Sequence[Remark], Language], bytes] = import_module(module).annotated
        return annotated(data, remarks, language)
    except ArchiveError as error:
        raise NoCopyError(_REASON.filled(name=source.name, reason=error.notice.data.get("reason", _DAMAGED)), read=False) from error
    except (ExpatError, KeyError) as error:
        # A part that a reader can do without, but a comment cannot.
        raise NoCopyError(_REASON.filled(name=source.name, reason=_DAMAGED), read=False) from error
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise MissingDependencyError(_MISSING.filled(format=known.upper(), extra=extra)) from error


def suffix_of(result: Result) -> str:
    """Return how the name of a copy ends, ``""`` where any ending is good; that of the document is, too, where it is of that format."""
    suffix = Path(result.report.path).suffix.lower()
    fitting = SUFFIXES.get(_written_as(result.report.document.format), ())
    return "" if suffix in fitting or not fitting else fitting[0]


def write_copy(copy: bytes, result: Result, target: Path) -> None:
    """Write a copy, whole or not at all.

    Raises:
        UsageError: it cannot be written, or is named as if it were of another format.
    """
    known, name = _written_as(result.report.document.format), result.report.path
    fitting = SUFFIXES[known]
    if target.suffix.lower() not in fitting:
        raise UsageError(_SUFFIX.filled(name=name, format=_LABELS.get(known, known.upper()), suffix=fitting[0]))
    with open_output(target, binary=True) as stream:
        stream.write(copy)


def _written_as(known: str) -> str:
    """Return the format of the copy of a document."""
    return "docx" if known in CONVERTED else known


def _as_docx(source: Source, result: Result) -> bytes:
    from gilint.readers.conversion import converted

    data = converted(source.data, result.report.document.format.upper())
    if isinstance(data, Text):
        raise NoCopyError(_REASON.filled(name=source.name, reason=data), read=False)
    return data


def _refused(result: Result, name: str) -> NoCopyError:
    """Return why there is no copy."""
    document = result.report.document
    unread = document.format == "none"
    if not unread and _written_as(document.format) not in WRITERS:
        formats = [_LABELS.get(known, known.upper()) for known in ("docx", "xlsx", "html")]
        return NoCopyError(_NO_WRITER.filled(name=name, format=document.format.upper(), formats=formats), read=True)
    if not result.findings:
        return NoCopyError(_UNREAD.filled(name=name), read=not unread)
    finding = result.findings[0]
    reason = Text(f"{finding.code} {finding.say('zh')}", f"{finding.code} {finding.say('en')}")
    return NoCopyError(_REASON.filled(name=name, reason=reason), read=not unread)
