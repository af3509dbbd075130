"""The inline view of results, reports and tables in Jupyter: the HTML report without a page around it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from itertools import islice

from markupsafe import Markup

from gilint.finding import Result
from gilint.language import Language
from gilint.model import Report, Table
from gilint.output.as_html import HtmlWriter
from gilint.output.parts import TableView
from gilint.output.view import DocumentView
from gilint.output.words import Words
from gilint.output.writer import Settings
from gilint.plugins import load_registry

SHOWN_RESULTS = 20
"""Documents of a batch that are linted for its inline view."""


def result_html(result: Result, language: Language = "zh") -> str:
    """Return a result as HTML that can stand within another page.

    Raises:
        PluginError: no rules are installed.
    """
    writer = _writer(language)
    view = _view(writer, result)
    return _inline(writer, Markup(writer.render(view)), language)  # noqa: S704  (rendered with every value escaped)


def report_html(report: Report, language: Language = "zh") -> str:
    """Return a report as HTML: what was recognised, and its tables redrawn."""
    writer = _writer(language)
    view = _view(writer, Result(report))
    words = Words(language)
    facts = words("comma").join((view.year, view.edition, report.path))
    tables = Markup("").join(_table(writer, table, view) for table in view.tables)
    body = Markup('<article class="document"><h3><bdi>{}</bdi></h3><p class="aside">{}</p><div class="body">{}</div></article>')
    return _inline(writer, body.format(view.organ, facts, tables or words("no-tables")), language)


def table_html(table: Table, language: Language = "zh") -> str:
    """Return one table as HTML, redrawn as the official form prints it."""
    writer = _writer(language)
    view = _view(writer, Result(Report("", None, tables={table.name: table})))
    return _inline(writer, Markup('<article class="document">{}</article>').format(_table(writer, view.tables[0], view)), language)


def results_html(results: Sequence[Result], language: Language = "zh") -> str:
    """Return a table of many results: document, organ, verdict and counts; of a long batch its first documents only."""
    writer = _writer(language)
    words = Words(language)
    titles = (words("document"), words("organ"), words("year"), words("verdict"), words("counts"))
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    rows = []
    for number, result in enumerate(islice(results, SHOWN_RESULTS), start=1):
        view = DocumentView(result, number, words)
        row = Markup(
            '<tr><td class="path"><bdi>{}</bdi></td><td><bdi>{}</bdi></td><td>{}</td><td><span class="verdict {}">{}</span></td><td>{}</td></tr>'
        )
        rows.append(
            row.format(view.path, view.organ, view.year, view.verdict.value, words.verdict(view.verdict), words.counts(view.counts))
        )
    more = len(results) - len(rows)
    rest = Markup('<p class="aside">{}</p>').format(words("and-more-documents", count=more)) if more > 0 else Markup("")
    body = Markup('<div class="scroll"><table class="overview"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>{}')
    return _inline(writer, body.format(head, Markup("").join(rows), rest), language)


def _writer(language: Language) -> HtmlWriter:
    rules = {rule.code: rule for rule in load_registry().rules}
    return HtmlWriter(io.StringIO(), Settings(language, rules))


def _view(writer: HtmlWriter, result: Result) -> DocumentView:
    """Return a view whose identifiers differ from those of other results in the same notebook, and are the same in every run."""
    facts = [result.report.path, *(repr(cell) for cell in result.report.cells), *(finding.say() for finding in result.findings)]
    digest = hashlib.sha256("\n".join(facts).encode("utf-8", "replace")).hexdigest()
    view = writer.view(result, 1)
    view.prefix = f"gilint-{digest[:8]}-"
    return view


def _table(writer: HtmlWriter, table: TableView, view: DocumentView) -> Markup:
    return Markup(writer.render_table(table, view))  # noqa: S704  (rendered with every value escaped)


def _inline(writer: HtmlWriter, body: Markup, language: Language) -> str:
    page = Markup('<div class="gilint inline" lang="{}"><style>{}</style>{}</div>')
    return str(page.format("zh-CN" if language == "zh" else "en", writer.style(), body))
