"""Prints what gilint costs, each figure as a ratio to a baseline that was timed in the same run.

    python tests/benchmarks/speed.py [--quick]

The unit of the first tables is selectolax parsing the same bytes to a tree: a page of about 100 KB as Word and a CMS make it. Libraries that are not installed are left out.
``--quick`` times everything a few times only: enough to see that it runs, too few for figures to quote.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterable
from functools import partial
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path

from attrs import evolve, frozen
from selectolax.lexbor import LexborHTMLParser
from timing import Task, children_time, compare

import gilint
from gilint.config import Config
from gilint.equations import examine
from gilint.forms import builtin_forms
from gilint.linter import Linter
from gilint.output import write_results
from gilint.plugins import load_registry
from gilint.readers import read_document
from gilint.recognise import recognise
from gilint.recognise.layouts import layouts_of
from gilint.selection import Selection
from gilint.testing import render_bytes, sample_figures, typical_page

RULE_LIMIT = 0.05
"""No rule may cost more than this share of a unit."""


@frozen
class Line:
    """One line of a table: what, how many times the baseline, and the goal where there is one."""

    what: str
    ratio: float
    goal: str = ""


def table(title: str, lines: Iterable[Line]) -> None:
    """Print a Markdown table."""
    print(f"\n{title}\n\n| what | ratio | goal |\n|---|---:|---|")
    for line in lines:
        print(f"| {line.what} | {line.ratio:.3g} | {line.goal} |", flush=True)


def peers(page: bytes) -> dict[str, Task]:
    """Return what other libraries do with the same bytes, as far as they are installed."""
    tasks: dict[str, Task] = {}
    if find_spec("lxml"):
        import lxml.html

        tasks["lxml parse"] = partial(lxml.html.document_fromstring, page)
    if find_spec("bs4") and find_spec("lxml"):
        import bs4

        tasks["BeautifulSoup (lxml) parse"] = partial(bs4.BeautifulSoup, page, "lxml")
    if find_spec("html5lib"):
        import html5lib

        tasks["html5lib parse"] = partial(html5lib.parse, page)
    if find_spec("pandas") and find_spec("lxml"):
        import pandas

        tasks["pandas.read_html alone"] = lambda: pandas.read_html(BytesIO(page), encoding="utf-8")
    return tasks


def full_lint(pages: Iterable[bytes], *, remember: bool = True) -> Task:
    """Return a task that lints the next of several pages each time; without ``remember`` each as if no page before had been laid out like it."""
    several = itertools.cycle(pages)

    def lint() -> object:
        if not remember:
            layouts_of.cache_clear()
        return gilint.lint(next(several))

    return lint


def parse_next(pages: Iterable[bytes]) -> Task:
    """Return the unit: a task that parses the next of several pages each time."""
    several = itertools.cycle(pages)
    return lambda: LexborHTMLParser(next(several))


def memory_kept(pages: Iterable[bytes], rounds: int) -> None:
    """Time a lint where the C library keeps freed memory, as gilint has it do for many documents; a parse alone gains more by it than all else."""
    bytes(16 << 20)
    ratios = compare(parse_next(pages), {"full lint": full_lint(pages)}, rounds)
    table(f"### Memory kept from page to page; unit {ratios.unit * 1000:.2f} ms here", [Line("full lint", ratios.of["full lint"])])


def one_page(page: bytes, others: Iterable[bytes], rounds: int) -> None:
    """Time a lint and its stages against the parse of the same page, and every rule alone.

    A lint is timed over ``others`` too, which have other figures and other words: what gilint remembers of one page must not flatter it on the same page.
    """
    registry = load_registry()
    document = read_document(page)
    report = recognise(document, registry.forms)
    result = gilint.lint(report)
    linter = Linter.make(registry, Config(), Selection())
    pages = [page, *others]
    goals = {"full lint": "≤ 4, at most 5", "equations alone": "≤ 0.05"}
    tasks: dict[str, Task] = {
        "full lint": full_lint(pages),
        "full lint, the first page of its layout": full_lint(pages, remember=False),
        "read": lambda: read_document(page),
        "recognise": lambda: recognise(document, registry.forms),
        # A fresh copy each time: what is worked out once per report must be worked out again.
        "rules": lambda: linter.lint(evolve(report)),
        "equations alone": lambda: examine(evolve(report)),
        "JSON of the result": lambda: write_results([result], "json", StringIO()),
    }

    parse = parse_next(pages)
    ratios = compare(parse, tasks | peers(page), rounds)
    print(
        f"\nPage of {len(page):,} bytes; unit: selectolax parse, {ratios.unit * 1000:.2f} ms here. Findings on it: {len(result.findings)}."
    )
    table("### One page", [Line("selectolax parse", 1), *(Line(what, ratio, goals.get(what, "")) for what, ratio in ratios.of.items())])
    if "pandas.read_html alone" in ratios.of:
        table(
            "### Against pandas",
            [Line("pandas.read_html alone / full lint", ratios.of["pandas.read_html alone"] / ratios.of["full lint"], "≥ 4")],
        )

    def check(rule: gilint.Rule) -> Task:
        return lambda: list(rule.check(report))

    applied = [rule for rule in linter.rules if not rule.forms or (report.form is not None and report.form.id in rule.forms)]
    shares = compare(parse, {f"{rule.code} {rule.name}": check(rule) for rule in applied}, max(2, rounds // 4), slice_seconds=0.005).of
    dearest = sorted(shares.items(), key=lambda share: -share[1])
    above = sum(share > RULE_LIMIT for share in shares.values())
    table(
        f"### Rules, {len(shares)} of them, the ten dearest; {above} above {RULE_LIMIT}",
        (Line(name, share, f"≤ {RULE_LIMIT}") for name, share in dearest[:10]),
    )


def office_peers(word: bytes, workbook: bytes, pages: bytes) -> dict[str, Task]:
    """Return what other libraries take to read all cells of a DOCX, an XLSX and a PDF, as far as they are installed."""
    tasks: dict[str, Task] = {}
    if find_spec("docx"):
        import docx

        def cells_of_word() -> object:
            return [[cell.text for cell in row.cells] for table in docx.Document(BytesIO(word)).tables for row in table.rows]

        tasks["DOCX, every cell by python-docx"] = cells_of_word
    if find_spec("openpyxl"):
        import openpyxl

        def cells_of_workbook() -> object:
            return [row for sheet in openpyxl.load_workbook(BytesIO(workbook)) for row in sheet.iter_rows(values_only=True)]

        tasks["XLSX, every cell by openpyxl"] = cells_of_workbook
    if find_spec("pdfplumber"):
        import pdfplumber

        def cells_of_pages() -> object:
            with pdfplumber.open(BytesIO(pages)) as document:
                return [page.extract_tables() for page in document.pages]

        tasks["PDF, every cell by pdfplumber"] = cells_of_pages
    return tasks


def offices(page: bytes, rounds: int) -> None:
    """Time a full lint of the same report as a DOCX with title page, header and footer, as a workbook and as a PDF, against the parse of a page."""
    form = builtin_forms()[-1]
    written = {
        layout: [render_bytes(form, sample_figures(form, number), layout) for number in range(1, 13)]
        for layout in ("docx-office", "xlsx", "pdf-ruled")
    }
    tasks = {
        "DOCX, full lint": full_lint(written["docx-office"]),
        "XLSX, full lint": full_lint(written["xlsx"]),
        "PDF with lines, full lint": full_lint(written["pdf-ruled"]),
    }
    peers = office_peers(written["docx-office"][0], written["xlsx"][0], written["pdf-ruled"][0])
    goals = {"DOCX, full lint": "≤ 10", "XLSX, full lint": "≤ 6", "PDF with lines, full lint": "≤ 40"}
    ratios = compare(parse_next([page]), tasks | peers, rounds)
    title = f"### Documents of offices; unit {ratios.unit * 1000:.2f} ms here"
    table(title, [Line(what, ratio, goals.get(what, "")) for what, ratio in ratios.of.items()])


def processes(page: bytes, folder: Path, rounds: int) -> None:
    """Compare whole processes: the command on one page, an import, a script that only reads the page's tables."""
    path = folder / "one.html"
    path.write_bytes(page)
    # As a user has it: compiled modules are kept.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def process(*arguments: str) -> Task:
        return partial(subprocess.run, [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)

    tasks = {
        "python that does nothing": process("-c", "pass"),
        "import gilint": process("-c", "import gilint"),
        "gilint check one.html": process("-m", "gilint", "check", "--fail-on", "never", str(path)),
    }
    with_pandas = bool(find_spec("pandas") and find_spec("lxml"))
    script = f"import pandas; pandas.read_html({str(path)!r}, encoding='utf-8')" if with_pandas else "import email, json, logging"
    name = "a script with pandas.read_html" if with_pandas else "a script that imports email, json and logging"
    ratios = compare(process("-c", script), tasks, rounds, slice_seconds=0, clock=children_time)
    goals = {"gilint check one.html": "≤ 0.4" if with_pandas else ""}
    table(
        f"### Whole processes; unit: {name}, {ratios.unit * 1000:.0f} ms here",
        (Line(what, ratio, goals.get(what, "")) for what, ratio in ratios.of.items()),
    )


def batches(page: bytes, folder: Path, sizes: tuple[int, int], rounds: int) -> None:
    """Compare a small and a large batch: time and memory a document."""
    folders = []
    for size in sizes:
        batch = folder / str(size)
        batch.mkdir()
        for number in range(size):
            (batch / f"{number}.html").write_bytes(page)
        folders.append(batch)

    def lint_folder(batch: Path) -> int:
        return sum(len(result.findings) for result in gilint.lint_all([batch], progress=False))

    few, many = folders
    ratio = compare(partial(lint_folder, few), {"many": partial(lint_folder, many)}, rounds).of["many"]
    peaks = []
    for batch in folders:
        tracemalloc.start()
        lint_folder(batch)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    lines = [
        Line(f"time a document, {sizes[1]} documents / {sizes[0]}", ratio * sizes[0] / sizes[1], "about 1"),
        Line(f"peak memory, {sizes[1]} documents / {sizes[0]}", peaks[1] / peaks[0], "about 1"),
    ]
    table("### Batches", lines)


def growth(sizes: tuple[int, int], rounds: int) -> None:
    """Compare a long page (the typical one, with the links of a whole site below it) and a longer one: time a byte."""
    form = builtin_forms()[-1]
    short, long = (typical_page(form, 1, size=size).encode() for size in sizes)
    ratio = compare(partial(gilint.lint, short), {"long": partial(gilint.lint, long)}, rounds).of["long"]
    what = f"time a byte, {len(long) // 1000} KB / {len(short) // 1000} KB"
    table("### A longer page", [Line(what, ratio * len(short) / len(long), "about 1")])


def main(arguments: list[str]) -> None:
    """Print every table."""
    quick = "--quick" in arguments
    page, *others = (typical_page(builtin_forms()[-1], number).encode() for number in range(1, 13))
    one_page(page, others, 2 if quick else 24)
    offices(page, 2 if quick else 24)
    memory_kept([page, *others], 2 if quick else 24)
    growth((300_000, 600_000) if quick else (400_000, 1_600_000), 1 if quick else 8)
    with tempfile.TemporaryDirectory() as folder:
        processes(page, Path(folder), 1 if quick else 8)
        batches(page, Path(folder), (2, 8) if quick else (20, 200), 1 if quick else 3)


if __name__ == "__main__":
    main(sys.argv[1:])
