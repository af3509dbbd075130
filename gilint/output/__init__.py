"""A `Result` to one format each.

`formats` names every format of ``gilint check``, `extracts` every one of ``gilint extract``; a new format is a module and a line here.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TextIO

from gilint.errors import UsageError
from gilint.finding import Result
from gilint.language import Text
from gilint.model import Report
from gilint.output.files import open_output
from gilint.output.writer import Extractor, Settings, Summary, Writer

__all__ = [
    "Extractor",
    "Settings",
    "Summary",
    "Writer",
    "extract_reports",
    "extractor",
    "extracts",
    "formats",
    "open_output",
    "write_results",
    "writer",
]

# Modules are named, not imported: only the format that is asked for costs its imports (rich, jinja2).
formats: dict[str, str] = {
    "text": "gilint.output.as_text:TextWriter",
    "json": "gilint.output.as_json:JsonWriter",
    "html": "gilint.output.as_html:HtmlWriter",
    "markdown": "gilint.output.as_markdown:MarkdownWriter",
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


def write_results(results: Iterable[Result], name: str, stream: TextIO, settings: Settings | None = None) -> Summary:
    """Write results one by one, as they come, and return how many documents and findings there were.

    Raises:
        UsageError: there is no such format.
        ConfigError: the user's own templates cannot be used.
    """
    summary = Summary()
    with writer(name)(stream, settings or Settings()) as target:
        target.begin()
        for result in results:
            summary.add(result)
            target.write(result)
        target.end(summary)
    return summary


def extract_reports(reports: Iterable[Report], name: str, stream: TextIO) -> None:
    """Write the cells of reports one by one, as they come, one row a cell.

    Raises:
        UsageError: there is no such format.
    """
    target = extractor(name)(stream)
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
