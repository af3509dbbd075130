"""``gilint baseline``: waivers for what is found today, added to a file without touching what stands there."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from glob import escape
from pathlib import Path
from typing import NamedTuple, Self

from attrs import frozen

from gilint.errors import ConfigError, UsageError
from gilint.failures import WaiverExpired
from gilint.finding import Finding, Result, Severity
from gilint.language import Language, Text
from gilint.linting import Batch
from gilint.output import open_output
from gilint.output.words import Words
from gilint.patterns import deferred
from gilint.place import CellRef
from gilint.plugins import Registry
from gilint.sources import display_name, shown
from gilint.tomlfile import as_toml
from gilint.waivers import ENTRY, LARGEST_WAIVERS, Waivers, read_waivers, relative_path
from gilint.waiving import paths_from, quoted, subject_of, values_of

_ONE_LINE = 3
"""A longer list is written an item a line."""
_INTEGER = deferred("0|[1-9][0-9]{0,14}")
_LONGEST_VALUE = 60
"""A longer text in a cell is no number that went wrong; the finding quotes what it is about."""

_HEADER = Text(
    "# gilint 的豁免：已知并接受的问题，每项写明规则、机关或文件、理由、由谁决定、有效期。\n# 可以修改和增删；gilint baseline 只在末尾添加。\n",
    "# Waivers of gilint: findings that are known and accepted; each says which rule, whose report, why, who has decided, and until when.\n"
    "# Change it as you like; gilint baseline only adds at the end.\n",
)
_REASON = Text("登记时已有的问题，待处理", "was there when this list was made; to be dealt with")
_DECIDED = Text("gilint baseline", "gilint baseline")
_ADDED = Text(
    "{file}：新增豁免 {count} 项（{counts}），原有 {known} 项不变", "{file}: {count} {count:waiver|waivers} added ({counts}), {known} kept"
)
_NOTHING = Text("{file}：没有要登记的问题，未作改动", "{file}: there is nothing to waive; left as it is")
_NOT_FOUND = Text(
    "检查 {folder} 中的文件时不会用到 {file}：请放到该文件夹或其上级文件夹，或使用 --waivers",
    "{file} is not what documents in {folder} are linted with: put it into that folder or one above, or use --waivers",
)
_PAST = Text(
    "--until {until} 已经过去（今天是 {today}），这样的豁免不会起作用",
    "--until {until} is past (today is {today}); such waivers would accept nothing",
)


def check_until(until: date | None, today: date | None) -> None:
    """Check the last day on which waivers are to be in force.

    Args:
        until: that day; ``None`` for no end.
        today: the day from which they are; by default that of the clock.

    Raises:
        UsageError: it is past.
    """
    today = today or date.today()
    if until is not None and until < today:
        raise UsageError(_PAST.filled(until=until, today=today))


@frozen
class Decision:
    """What every new waiver says of why it is there."""

    reason: str
    by: str
    until: date | None
    language: Language

    @classmethod
    def make(cls, reason: str | None, by: str | None, until: date | None, language: Language) -> Self:
        """Take what the user says, and else say that nobody has.

        Raises:
            UsageError: an empty reason or name.
        """
        for option, value in (("--reason", reason), ("--by", by)):
            if value is not None and not value.strip():
                raise UsageError(Text("{option} 不能为空", "{option} must not be empty").filled(option=option))
        return cls(reason or _REASON.in_language(language), by or _DECIDED.in_language(language), until, language)


class _Entry(NamedTuple):
    """One new waiver, in the order in which they are sorted; of several for the same only the first is written."""

    organ: str
    year: int
    path: str
    code: str
    cells: tuple[str, ...]
    values: tuple[str, ...]
    texts: tuple[str, ...]
    document: str
    message: str
    severity: Severity

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it another waiver than others."""
        return self[:7]


@frozen(eq=False)
class WaiverFile:
    """A file of waivers that is added to."""

    path: Path | None
    """``None``: standard output."""
    known: Waivers
    text: str = ""

    @classmethod
    def open(cls, path: Path | None, registry: Registry) -> Self:
        """Read what stands in the file, if there is one.

        Raises:
            ConfigError: it is no file of waivers: it will not be overwritten.
        """
        if path is None or not os.path.lexists(path):
            return cls(path, Waivers((), str((path or Path("-")).absolute().parent)))
        known = read_waivers(path, registry.rules, registry.forms, all_known=not registry.problems)
        return cls(path, known, path.read_bytes().decode("utf-8-sig"))

    def extend(self, batch: Batch, decision: Decision) -> Iterator[Text]:
        """Add waivers for what is found in documents, and yield what is to be said about it.

        Raises:
            ConfigError: the file holds waivers in a form that cannot be added to.
            UsageError: the file cannot be written, or would be too large.
        """
        entries = self._entries(batch, decision.language)
        file = display_name(self.path) if self.path else "-"
        if not entries:
            yield _NOTHING.filled(file=file)
            return
        text = self.text and self.text.rstrip("\n") + "\n"
        text = (text or _HEADER.in_language(decision.language)) + "".join(_written(entry, decision) for entry in entries)
        self._verify(text, file)
        with open_output(self.path) as stream:
            stream.write(text)
        counts = {severity: sum(entry.severity is severity for entry in entries) for severity in Severity}
        said = Text(Words("zh").counts(counts), Words("en").counts(counts))
        yield _ADDED.filled(file=file, count=len(entries), counts=said, known=len(self.known.entries))
        yield from self._unfound(batch, file)

    def _entries(self, results: Iterable[Result], language: Language) -> list[_Entry]:
        entries = (
            _entry(result, finding, self.known.folder, language)
            for result in results
            for finding in result.findings
            if finding.code != WaiverExpired.code
        )
        first: dict[tuple[object, ...], _Entry] = {}
        for entry in sorted(entries):
            first.setdefault(entry.key, entry)
        return list(first.values())

    def _verify(self, text: str, file: str) -> None:
        try:
            tomllib.loads(text)
        except ValueError as error:
            message = Text(
                "{file}：无法在末尾添加：请把已有的豁免改写为 [[{entry}]]", "{file}: cannot be added to: write what is there as [[{entry}]]"
            )
            raise ConfigError(message.filled(file=file, entry=ENTRY)) from error
        if len(text.encode()) > LARGEST_WAIVERS:
            message = Text("{file}：豁免过多，请分文件夹登记", "{file}: too many waivers for one file; make one a folder")
            raise UsageError(message.filled(file=file))

    def _unfound(self, batch: Batch, file: str) -> Iterator[Text]:
        """Say of which documents the waivers would not be found."""
        if self.path is None:
            return
        for folder in dict.fromkeys(source.folder for source in batch.sources):
            found = batch.run.finder.waivers_for(folder)
            if found is None or not os.path.samefile(found, self.path):  # noqa: PTH121
                yield _NOT_FOUND.filled(file=file, folder=relative_path(folder, os.getcwd()))  # noqa: PTH109


def _entry(result: Result, finding: Finding, folder: str, language: Language) -> _Entry:
    report = result.report
    known = report.organ is not None and report.year is not None
    path = "" if known else escape(paths_from(report, folder)[1])
    subject = subject_of(finding, report.form)
    texts = quoted(finding) if subject else (*quoted(finding), finding.say(language))
    return _Entry(
        organ=report.organ.name if known and report.organ else "",
        year=(report.year or 0) if known else 0,
        path=path,
        code=finding.code,
        cells=_cell_names(result, subject),
        values=_values(result, finding),
        texts=tuple(dict.fromkeys(_without_surrogates(text) for text in texts)),
        document=report.path,
        message=finding.say(language),
        severity=finding.severity,
    )


def _values(result: Result, finding: Finding) -> tuple[str, ...]:
    """Return what is printed in the cells of a finding, by which another mistake in them is told from it; nothing where no number says so."""
    values = values_of(finding, result.report)
    return values if any(values) and all(len(value) <= _LONGEST_VALUE for value in values) else ()


def _cell_names(result: Result, refs: Sequence[CellRef]) -> tuple[str, ...]:
    """Return the names of cells, whole tables and rows as one."""
    left, names = set(refs), []
    known = [cell.ref for cell in result.report.cells]
    for prefix in dict.fromkeys(f"{each}." for ref in refs for each in (ref.table, f"{ref.table}.{ref.row}")):
        group = {ref for ref in known if ".".join(ref).startswith(prefix)}
        if len(group) > 1 and group <= left:
            names.append(f"{prefix}*")
            left -= group
    return (*names, *(".".join(ref) for ref in dict.fromkeys(refs) if ref in left))


def _without_surrogates(text: str) -> str:
    """Return what a file can hold of a text."""
    return text.encode("utf-8", "replace").decode()


def _written(entry: _Entry, decision: Decision) -> str:
    words = Words(decision.language)
    said = f"{entry.document}{words('colon')}{words.severity(entry.severity)} {entry.code} {entry.message}"
    lines = ["", f"# {shown(' '.join(_without_surrogates(said).split()))}", f"[[{ENTRY}]]", f"code = {as_toml(entry.code)}"]
    if entry.organ:
        lines += [f"organ = {as_toml(entry.organ)}", f"year = {entry.year}"]
    else:
        lines.append(f"path = {as_toml(entry.path)}")
    lines += [f"cell = {_list(entry.cells)}"] if entry.cells else []
    # One line: a table of eleven parts has as many numbers.
    values = [int(value) if _INTEGER.fullmatch(value) else value for value in entry.values]
    lines += [f"value = {as_toml(values if len(values) > 1 else values[0])}"] if values else []
    lines += [f"text = {_list(entry.texts)}"] if entry.texts else []
    lines += [f"reason = {as_toml(decision.reason)}", f"by = {as_toml(decision.by)}"]
    if decision.until:
        lines.append(f"until = {decision.until.isoformat()}")
    return "\n".join(lines) + "\n"


def _list(values: Sequence[str]) -> str:
    if len(values) == 1:
        return as_toml(values[0])
    if len(values) <= _ONE_LINE:
        return as_toml(values)
    return "[\n" + "".join(f"    {as_toml(value)},\n" for value in values) + "]"
