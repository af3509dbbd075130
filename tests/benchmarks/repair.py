"""Prints what it costs to locate wrong cells, as ratios to the unit of ``speed.py``, what the dearest report took, and how often the first repair is the truth.

    python tests/benchmarks/repair.py [--quick]

Beside it, where R and its package errorlocate are installed, what that takes for the same reports (a mixed integer program for each).
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random

from attrs import frozen
from selectolax.lexbor import LexborHTMLParser
from timing import Task, compare

from gilint import CellRef, Form, Report, equations_of, examine, repair
from gilint.forms import builtin_forms
from gilint.testing import sample_figures, sample_report, typical_page

GOALS = {1: "≤ 0.3", 2: "≤ 0.3", 3: "≤ 0.3"}
TOO_MANY = 12
NUMBERS = (1, 2, 3, 4, TOO_MANY)
BLANKS = 40
LONGEST = 50
"""Milliseconds that no report may take."""


@frozen
class Damaged:
    """A report with wrong cells in section three."""

    report: Report
    right: dict[CellRef, int]
    """The wrong cells, and what they should be."""


def damage(form: Form, cells: int, seed: int, blanks: int = 0) -> Damaged:
    """Return a report with so many wrong cells (a digit more, less or another, a factor 10, swapped digits), and so many blank ones besides."""
    random = Random(seed)
    figures = sample_figures(form, random)
    keys = random.sample([key for key in figures if key[0] == "applications"], cells)
    right = {CellRef(*key): int(figures[key]) for key in keys}
    wrong = {ref: random.choice([number for number in slips(value, random) if number != value]) for ref, value in right.items()}
    others = [key for key in figures if key[0] == "applications" and CellRef(*key) not in right]
    report = sample_report(form).with_changes(figures).with_changes(wrong).with_changes(dict.fromkeys(random.sample(others, blanks)))
    examine(report)  # a lint has done so already
    return Damaged(report, right)


def slips(value: int, random: Random) -> list[int]:
    """Return what may be typed instead of a number."""
    digits = str(value)
    at = random.randrange(len(digits))
    other = digits[:at] + str(random.randint(0, 9)) + digits[at + 1 :]
    swapped = digits[:-2] + digits[-1] + digits[-2:-1]
    return [value * 10, value // 10, int(digits + digits[-1]), int(other), int(swapped), value + 1]


def firsts_right(damaged: list[Damaged]) -> tuple[int, int, int]:
    """Return how many reports have one smallest repair, of how many of these it is the truth, and of how many of all the first is."""
    unique = right = first = 0
    for each in damaged:
        causes = repair(each.report)
        alone = all(len(cause.repairs) == 1 for cause in causes)
        truth = {change.cell: change.after for cause in causes for way in cause.repairs[:1] for change in way.changes} == each.right
        unique, right, first = unique + alone, right + (alone and truth), first + truth
    return unique, right, first


def in_turn(damaged: list[Damaged]) -> Task:
    """Return a task that repairs one report after the other."""
    reports = cycle(damaged)
    return lambda: repair(next(reports).report)


def longest(damaged: list[Damaged]) -> float:
    """Return the milliseconds of processor time that the dearest report takes, at the best of three times."""
    return max(min(_spent(each) for _ in range(3)) for each in damaged) * 1000


def _spent(damaged: Damaged) -> float:
    start = time.process_time()
    repair(damaged.report)
    return time.process_time() - start


def with_errorlocate(damaged: list[Damaged], folder: Path) -> float | str:
    """Return the seconds that errorlocate takes for a report, or why nobody can say."""
    program = shutil.which("Rscript")
    if program is None:
        return "R is not installed"
    packages = "stopifnot(requireNamespace('validate', quietly = TRUE), requireNamespace('errorlocate', quietly = TRUE))"
    if subprocess.run([program, "-e", packages], capture_output=True, check=False).returncode:
        return "R has no package errorlocate"
    form = damaged[0].report.form
    assert form is not None
    keys = [key for key in form.keys if key[0] == "applications"]
    names = {key: f"c{number}" for number, key in enumerate(keys)}
    with (folder / "reports.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(names.values())
        rows.writerows([each.report.cell(key).value for key in keys] for each in damaged)
    rules = [f"{name} >= 0" for name in names.values()]
    for equation in equations_of(form):
        if equation.table == "applications":
            left, right = ([names[cell] for cell in cells] for cells in (equation.plus, (equation.cells[0], *equation.minus)))
            rules.append(f"{' + '.join(left)} == {' + '.join(right)}")
    (folder / "rules.txt").write_text("\n".join(rules))
    script = (
        "suppressMessages({library(validate); library(errorlocate)}); "
        'rules <- validator(.file = "rules.txt"); data <- read.csv("reports.csv"); '
        "spent <- system.time(locate_errors(data, rules))[['elapsed']]; cat(spent / nrow(data))"
    )
    done = subprocess.run([program, "-e", script], cwd=folder, capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else f"it failed: {done.stderr.strip()[-200:]}"


def main(arguments: list[str]) -> None:
    """Print the tables."""
    quick = "--quick" in arguments
    rounds, count = (2, 5) if quick else (15, 200)
    forms = builtin_forms()
    page = typical_page(forms[-1]).encode()
    damaged = {cells: [damage(forms[seed % len(forms)], cells, seed) for seed in range(count)] for cells in NUMBERS}
    names = {cells: f"{cells} wrong {'cell' if cells == 1 else 'cells'}" for cells in NUMBERS} | {TOO_MANY: f"too many ({TOO_MANY})"}
    sets = {names[cells]: (damaged[cells], GOALS.get(cells, "")) for cells in NUMBERS}
    for cells in (1, 2, 4):
        blank = [damage(forms[seed % len(forms)], cells, seed, BLANKS) for seed in range(count)]
        sets[f"{names[cells]}, {BLANKS} blank"] = (blank, "")
    ratios = compare(
        partial(LexborHTMLParser, page), {name: in_turn(each) for name, (each, _) in sets.items()}, rounds, 0.002 if quick else 0.1
    )
    print(
        f"\n### Repair of one report; unit {ratios.unit * 1000:.2f} ms here\n\n| what | ratio | goal | dearest report, ms | goal |\n|---|---:|---|---:|---|"
    )
    for name, (each, goal) in sets.items():
        print(f"| {name} | {ratios.of[name]:.3g} | {goal} | {longest(each):.2g} | ≤ {LONGEST} |", flush=True)
    print(
        "\n### Of so many reports\n\n| what | reports | one smallest repair | of these right | first repair right |\n|---|---:|---:|---:|---:|"
    )
    for cells in NUMBERS[:-1]:
        print(f"| {names[cells]} | {count} |", " | ".join(map(str, firsts_right(damaged[cells]))), "|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        edition = [each for each in damaged[2] if each.report.form is forms[0]][:5]
        spent = with_errorlocate(edition, Path(folder))
    compared = f"left out, as {spent}" if isinstance(spent, str) else f"{spent / ratios.unit:.3g}"
    print(f"\nerrorlocate, 2 wrong cells: {compared}")


if __name__ == "__main__":
    main(sys.argv[1:])
