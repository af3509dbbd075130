"""What the formats made from templates share: documents are rendered as they come, the summary goes before them at the end."""

from __future__ import annotations

import tempfile
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import IO, Any, ClassVar

from attrs import frozen
from markupsafe import Markup

from gilint.finding import Result, Severity, Verdict
from gilint.output.templating import blaming, get_template, make_environment
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.writer import Settings, Summary, Writer


@frozen
class SummaryRow:
    """One document in the summary: all of a document that stays in memory."""

    number: int
    id: str
    path: str
    organ: str
    year: str
    edition: str
    verdict: Verdict
    counts: dict[Severity, int]
    waived: int = 0
    """How many findings the counts leave out because they are accepted."""


class PageWriter(Writer):
    """Renders each document into a temporary file, and the page around them when the last one is there."""

    page: ClassVar[str]
    """Template of the whole."""
    part: ClassVar[str]
    """Template of one document."""
    html: ClassVar[bool]

    def __init__(self, stream: IO[Any], settings: Settings | None = None) -> None:
        super().__init__(stream, settings)
        self.words = Words(self.settings.language)
        folder = self.settings.templates
        self._environment = make_environment(folder, html=self.html)
        self._environment.filters.update(self.filters())
        self._page = get_template(self._environment, self.page, folder)
        self._part = get_template(self._environment, self.part, folder)
        self._rows: list[SummaryRow] = []
        self._lengths: list[int] = []
        self._spool: IO[bytes] | None = None

    def write(self, result: Result) -> None:
        """Render one document, to be written at the end."""
        if self._spool is None:
            self._spool = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        view = self.view(result, len(self._rows) + 1)
        data = self.render(view).encode("utf-8", "replace")
        self._spool.write(data)
        self._lengths.append(len(data))
        self._rows.append(
            SummaryRow(view.number, view.id, view.path, view.organ, view.year, view.edition, view.verdict, view.counts, len(result.waived))
        )

    def end(self, summary: Summary) -> None:
        """Write the page: the summary, then the documents."""
        with blaming(self.settings.templates):
            context = {**self.context(), **self.page_context()}
            remarks = [remark.in_language(self.settings.language) for remark in self.settings.unchecked]
            for piece in self._page.generate(summary=summary, rows=self._rows, documents=self._documents(), remarks=remarks, **context):
                self.emit(piece)

    def close(self) -> None:
        """Remove the temporary file."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def view(self, result: Result, number: int) -> DocumentView:
        """Return what the template of one document is given."""
        return DocumentView(result, number, self.words, self.settings.rules)

    def render(self, view: DocumentView) -> str:
        """Return one document by its template.

        Raises:
            ConfigError: the user's own template failed.
        """
        with blaming(self.settings.templates):
            return self._part.render(document=view, **self.context())

    def context(self) -> dict[str, Any]:
        """Return what every template gets."""
        return {"w": self.words, "language": self.settings.language, "Severity": Severity, "version": Markup(version("gilint"))}  # noqa: S704  (our own, and no Markdown)

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """Return filters that only templates of this format have."""
        return {}

    @abstractmethod
    def page_context(self) -> dict[str, Any]:
        """Return what the template of the whole gets besides."""

    def _documents(self) -> Iterator[Markup]:
        if self._spool is None:
            return
        self._spool.seek(0)
        for length in self._lengths:
            # Rendered by our own environment just before: every value in it is escaped.
            yield Markup(self._spool.read(length).decode("utf-8"))  # noqa: S704
