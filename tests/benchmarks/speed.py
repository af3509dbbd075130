"""Prints what gilint costs, each figure as a ratio to a baseline that was timed in the same run.

    python tests/benchmarks/speed.py [--quick]

The unit of the first tables is selectolax parsing the same bytes to a tree: a page of about 100 KB as Word and a CMS make it. Libraries that are not installed are left out.
``--quick`` times everything a few times only: enough to see that it runs, too few for figures to quote.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter

from attrs import evolve, frozen
from selectolax.lexbor import LexborHTMLParser
from timing import Task, fastest

import gilint
from gilint.config import Config
from gilint.equations import examine
from gilint.forms import builtin_forms
from gilint.linter import Linter
from gilint.output import write_results
from gilint.plugins import load_registry
from gilint.readers import read_document
from gilint.recognise import recognise
from gilint.selection import Selection
from gilint.testing import typical_page

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


def one_page(page: bytes, rounds: int) -> None:
    """Time a lint and its stages against the parse of the same page, and every rule alone."""
    registry = load_registry()
    document = read_document(page)
    report = recognise(document, registry.forms)
    result = gilint.lint(report)
    linter = Linter.make(registry, Config(), Selection())
    goals = {"full lint": "≤ 4, at most 5", "equations alone": "≤ 0.05"}
    stages: dict[str, Task] = {
        "selectolax parse": lambda: LexborHTMLParser(page),
        "full lint": lambda: gilint.lint(page),
        "read": lambda: read_document(page),
        "recognise": lambda: recognise(document, registry.forms),
        # A fresh copy each time: what is worked out once per report must be worked out again.
        "rules": lambda: linter.lint(evolve(report)),
        "equations alone": lambda: examine(evolve(report)),
        "JSON of the result": lambda: write_results([result], "json", StringIO()),
    }
    seconds = fastest(stages | peers(page), rounds)
    unit = seconds["selectolax parse"]
    print(f"\nPage of {len(page):,} bytes; unit: selectolax parse, {unit * 1000:.2f} ms here. Findings on it: {len(result.findings)}.")
    table("### One page", (Line(what, spent / unit, goals.get(what, "")) for what, spent in seconds.items()))
    if "pandas.read_html alone" in seconds:
        ratio = seconds["pandas.read_html alone"] / seconds["full lint"]
        table("### Against pandas", [Line("pandas.read_html alone / full lint", ratio, "≥ 3")])

    def check(rule: gilint.Rule) -> Callable[[], object]:
        return lambda: list(rule.check(report))

    applied = [rule for rule in linter.rules if not rule.forms or (report.form is not None and report.form.id in rule.forms)]
    shares = fastest({f"{rule.code} {rule.name}": check(rule) for rule in applied}, rounds, slice_seconds=0.002)
    slowest = sorted(shares.items(), key=lambda share: -share[1])
    above = sum(spent / unit > RULE_LIMIT for spent in shares.values())
    table(f"### Rules, {len(shares)} of them, the ten dearest; {above} above {RULE_LIMIT}", (Line(name, spent / unit, f"≤ {RULE_LIMIT}") for name, spent in slowest[:10]))


def processes(page: bytes, folder: Path, rounds: int) -> None:
    """Time whole processes: the command on one page, an import."""
    path = folder / "one.html"
    path.write_bytes(page)
    python = [sys.executable, "-c"]
    commands = {
        "python that does nothing": [*python, "pass"],
        "import gilint": [*python, "import gilint"],
        "gilint check one.html": [sys.executable, "-m", "gilint", "check", "--fail-on", "never", str(path)],
    }
    pandas_script = "a script with pandas.read_html"
    if find_spec("pandas") and find_spec("lxml"):
        commands[pandas_script] = [*python, f"import pandas; pandas.read_html({str(path)!r}, encoding='utf-8')"]
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
    seconds = fastest({what: partial(run, command) for what, command in commands.items()}, rounds, slice_seconds=0, clock=perf_counter)
    unit = seconds[pandas_script] if pandas_script in seconds else seconds["python that does nothing"]
    name = pandas_script if pandas_script in seconds else "python that does nothing"
    goals = {"gilint check one.html": "≤ 0.4" if pandas_script in seconds else ""}
    table(f"### Whole processes; unit: {name}, {unit * 1000:.0f} ms here", (Line(what, spent / unit, goals.get(what, "")) for what, spent in seconds.items()))


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

    few, many = fastest({str(batch): partial(lint_folder, batch) for batch in folders}, rounds).values()
    peaks = []
    for batch in folders:
        tracemalloc.start()
        lint_folder(batch)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    factor = sizes[1] / sizes[0]
    lines = [
        Line(f"time a document, {sizes[1]} documents / {sizes[0]}", many / few / factor, "about 1"),
        Line(f"peak memory, {sizes[1]} documents / {sizes[0]}", peaks[1] / peaks[0], "about 1"),
    ]
    table("### Batches", lines)


def growth(rounds: int) -> None:
    """Compare a page and one four times as long: time a byte."""
    form = builtin_forms()[-1]
    small, large = (typical_page(form, 1, size=size).encode() for size in (100_000, 400_000))
    seconds = fastest({"small": partial(gilint.lint, small), "large": partial(gilint.lint, large)}, rounds)
    ratio = seconds["large"] / seconds["small"] / (len(large) / len(small))
    table("### A longer page", [Line(f"time a byte, {len(large) // 1000} KB / {len(small) // 1000} KB", ratio, "about 1 or less")])


def main(arguments: list[str]) -> None:
    """Print every table."""
    quick = "--quick" in arguments
    page = typical_page(builtin_forms()[-1], 1).encode()
    one_page(page, 2 if quick else 40)
    growth(2 if quick else 20)
    with tempfile.TemporaryDirectory() as folder:
        processes(page, Path(folder), 1 if quick else 10)
        batches(page, Path(folder), (2, 8) if quick else (20, 200), 1 if quick else 3)


if __name__ == "__main__":
    main(sys.argv[1:])
