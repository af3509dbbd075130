"""A `Result` to one format each.

`formats` names every format of ``gilint check``, `extracts` every one of ``gilint extract``; a new format is a module and a line here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import IO, Any

from gilint.errors import UsageError
from gilint.finding import Result
from gilint.language import Text
from gilint.model import Report
from gilint.output.files import open_output
from gilint.output.targets import Target, pair_targets, verify_files
from gilint.output.writer import Extractor, Settings, Summary, Writer

__all__ = [
    "Extractor",
    "Settings",
    "Summary",
    "Target",
    "Writer",
    "extract_reports",
    "extractor",
    "extracts",
    "formats",
    "open_output",
    "pair_targets",
    "verify_files",
    "write_results",
    "write_targets",
    "writer",
]

# Modules are named, not imported: only the format that is asked for costs its imports (rich, jinja2, openpyxl).
formats: dict[str, str] = {
    "text": "gilint.output.as_text:TextWriter",
    "json": "gilint.output.as_json:JsonWriter",
    "html": "gilint.output.as_html:HtmlWriter",
    "markdown": "gilint.output.as_markdown:MarkdownWriter",
    "sarif": "gilint.output.as_sarif:SarifWriter",
    "junit": "gilint.output.as_junit:JunitWriter",
    "csv": "gilint.output.as_csv:CsvWriter",
    "xlsx": "gilint.output.as_xlsx:XlsxWriter",
}
"""Format of ``gilint check`` to the class that writes it."""

extracts: dict[str, str] = {
    "json": "gilint.output.tidy:JsonExtractor",
    "csv": "gilint.output.tidy:CsvExtractor",
}
"""Format of ``gilint extract`` to the class that writes it."""


def writer(name: str) -> type[Writer]:
    """Return the class that writes results in the format ``name``.

    Raises:
        UsageError: there is no such format.
    """
    found: type[Writer] = _load(name, formats)
    return found


def extractor(name: str) -> type[Extractor]:
    """Return the class that writes cells in the format ``name``.

    Raises:
        UsageError: there is no such format.
    """
    found: type[Extractor] = _load(name, extracts)
    return found


def write_results(results: Iterable[Result], name: str, stream: IO[Any], settings: Settings | None = None) -> Summary:
    """Write results one by one, as they come, and return how many documents and findings there were.

    Args:
        results: what `lint_all` gives, or any other results.
        name: one of `formats`.
        stream: takes text; of a binary format (``xlsx``) bytes.
        settings: language, rules (for titles and clauses), templates.

    Raises:
        UsageError: there is no such format, or the stream takes text and the format is binary.
        MissingDependencyError: what the format needs is not installed.
        ConfigError: the user's own templates cannot be used.
    """
    kind = writer(name)
    if kind.binary and isinstance(stream, io.TextIOBase):
        message = Text("{name} 是二进制格式，需要以二进制方式打开的文件", "{name} is a binary format and needs a stream of bytes")
        raise UsageError(message.filled(name=name))
    with kind(stream, settings or Settings()) as target:
        return _write(results, [target])


def write_targets(results: Iterable[Result], targets: Iterable[Target], settings: Settings | None = None) -> Summary:
    """Write the same results to several files, each in its format; every result is asked for once and then let go.

    A file appears under its name only when every format was written whole.

    Raises:
        UsageError: there is no such format, or a file cannot be written.
        MissingDependencyError: what a format needs is not installed.
        ConfigError: the user's own templates cannot be used.
    """
    with ExitStack() as stack:
        writers = []
        for target in targets:
            kind = writer(target.format)
            stream = stack.enter_context(open_output(target.path, kind.encoding, binary=kind.binary))
            writers.append(stack.enter_context(kind(stream, settings or Settings())))
        return _write(results, writers)


def _write(results: Iterable[Result], writers: Sequence[Writer]) -> Summary:
    summary = Summary()
    for each in writers:
        each.begin()
    for result in results:
        summary.add(result)
        for each in writers:
            each.write(result)
    for each in writers:
        each.end(summary)
    return summary


def extract_reports(reports: Iterable[Report], name: str, stream: IO[str], *, show_personal_data: bool = False) -> None:
    """Write the cells of reports one by one, as they come, one row a cell.

    Args:
        reports: of which the cells are written.
        name: one of `extracts`.
        stream: takes text.
        show_personal_data: whether texts in cells show personal data as printed; they are masked otherwise.

    Raises:
        UsageError: there is no such format.
    """
    target = extractor(name)(stream, personal=show_personal_data)
    target.begin()
    for report in reports:
        target.write(report)
    target.end()


def _load(name: str, registry: dict[str, str]) -> type:
    if name not in registry:
        raise UsageError(
            Text("没有名为 {name} 的格式，可用：{names}", "no format {name}; there are {names}").filled(name=name, names=list(registry))
        )
    module, _, attribute = registry[name].partition(":")
    found: type = getattr(import_module(module), attribute)
    return found
