"""Prints how many cells are read right, by layout and edition: ``python tests/benchmarks/accuracy.py [-n 5] [-k word] [--noise NAME ...]``.

Every report is consistent, rendered by `gilint.testing`, and read back through the public API. A cell is right when its state and its value are.
``--show`` prints what was misread; ``--findings`` also lints and counts false findings of severity error or warning.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Container, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

from attrs import define, field

import gilint
from gilint.form import CellKey, Form
from gilint.forms import builtin_forms
from gilint.testing import LABEL_NOISES, LAYOUTS, REWORDINGS, VALUE_NOISES, Figures, render_bytes, sample_figures

ORGANS = ("临河市商务局", "云溪区人民政府", "青原县柳林镇人民政府", "东川省水利厅", "安平市统计局", "白石县教育局")
YEARS = {"2019": (2019, 2020), "2021": (2021, 2022, 2023, 2024)}


@define
class Tally:
    """What became of the reports of one layout and edition."""

    right: int = 0
    cells: int = 0
    editions: int = 0
    reports: int = 0
    clean: int = 0
    wrong: list[str] = field(factory=list)
    false: Counter[str] = field(factory=Counter)


BLANKS = ("", "-", "—", "/", "无", "\u00a0", "——")


def leave_blank(figures: Figures, random: Random) -> dict[CellKey, str | None]:
    """Choose zeros that are left blank: all, those of a table, of some rows, or a few; and how a blank is printed."""
    zeros = [key for key, number in figures.items() if number == 0]
    table, rows = random.choice(zeros)[0], random.sample([*dict.fromkeys(key[:2] for key in zeros)], 3)
    choices = (zeros, [key for key in zeros if key[0] == table], [key for key in zeros if key[:2] in rows], random.sample(zeros, 3))
    return dict.fromkeys(random.choice(choices), random.choice(BLANKS))


def misread(report: gilint.Report, figures: Figures, blank: Container[CellKey]) -> Iterator[tuple[CellKey, str, str]]:
    """Yield every cell that is not read as printed: cell, expected, got."""
    for key, number in figures.items():
        table = report.tables.get(key[0])
        cell = table.cells.get(key[1:]) if table else None
        got = f"{cell.state} {cell.value} ({cell.raw!r})" if cell else "no such cell"
        if key in blank:
            if cell is None or cell.state != "blank":
                yield key, "blank", got
        elif cell is None or cell.value is None or Decimal(cell.value) != number:
            yield key, str(number), got


def try_layout(name: str, form: Form, seeds: range, noises: tuple[str, ...], options: argparse.Namespace) -> Tally:
    """Render and read back one report for every seed."""
    tally = Tally()
    for seed in seeds:
        random = Random(zlib.crc32(f"{name} {form.edition} {seed}".encode()))
        figures = sample_figures(form, random)
        chosen = noises if noises != ("any",) else tuple(random.choice([*noises]) for noises in (VALUE_NOISES, LABEL_NOISES, REWORDINGS))
        organ, year = random.choice(ORGANS), random.choice(YEARS[form.edition])
        printed = leave_blank(figures, random) if options.blanks else {}
        page = render_bytes(form, figures, name, organ=organ, year=year, noises=chosen, printed=printed, random=random)
        report = gilint.read(page)
        bad = list(misread(report, figures, printed))
        tally.reports += 1
        tally.cells += len(figures)
        tally.right += len(figures) - len(bad)
        tally.editions += report.edition == form.edition and report.year == year and report.organ is not None and report.organ.name == organ
        where = f"{form.edition} seed {seed} {'+'.join(chosen)}" + (
            f" {len(printed)} blank {next(iter(printed.values()))!r}" if printed else ""
        )
        if options.keep is not None and bad:
            options.keep.mkdir(parents=True, exist_ok=True)
            suffix = LAYOUTS[name].format.replace("text", "txt")
            options.keep.joinpath(f"{form.edition}-{name}-{seed}.{suffix}").write_bytes(page)
        if report.edition != form.edition or report.year != year or report.organ is None or report.organ.name != organ:
            tally.wrong.append(f"{where}: {report.edition} {report.year} {report.organ and report.organ.name}, not {year} {organ}")
        tally.wrong.extend(f"{where}: {'.'.join(key)} {expected} read as {got}" for key, expected, got in bad)
        if options.findings:
            families = {"DOC", "TPL", "MIS", "VAL", "SUM"} - ({"TPL"} if LAYOUTS[name].departs else set())
            false = [
                found
                for found in gilint.lint(report, config={}).findings
                if found.severity != "note" and found.code[:3] in families and not (printed and found.code == "MIS007")
            ]
            tally.clean += not false
            tally.false.update(found.code for found in false)
            tally.wrong.extend(f"{where}: {found.code} {found.severity} {found.say('zh')}" for found in false)
    return tally


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=4, help="reports for each layout and edition")
    parser.add_argument("-s", "--seed", type=int, default=0, help="first seed")
    parser.add_argument("-k", default="", help="only layouts whose name contains this")
    parser.add_argument("--noise", nargs="*", default=[], help="ways of writing, or: any")
    parser.add_argument("--blanks", action="store_true", help="leave zeros blank; not in layouts where a blank cell leaves nothing behind")
    parser.add_argument("--show", type=int, nargs="?", const=10, default=0, help="print so many misreadings for each layout")
    parser.add_argument("--keep", type=Path, help="write the pages that were misread to this folder")
    parser.add_argument("--findings", action="store_true", help="lint too")
    options = parser.parse_args()
    whole = Tally()
    for form in builtin_forms():
        for name in (name for name in LAYOUTS if options.k in name and not (options.blanks and LAYOUTS[name].blanks_vanish)):
            tally = try_layout(name, form, range(options.seed, options.seed + options.n), tuple(options.noise), options)
            line = f"{form.edition} {name:52} cells {tally.right / tally.cells:8.2%}  edition, year, organ {tally.editions}/{tally.reports}"
            if options.findings:
                line += (
                    f"  silent {tally.clean}/{tally.reports} {' '.join(f'{code}*{count}' for code, count in sorted(tally.false.items()))}"
                )
            print(line, flush=True)
            for wrong in tally.wrong[: options.show]:
                print("   ", wrong)
            for field_name in ("right", "cells", "editions", "reports", "clean"):
                setattr(whole, field_name, getattr(whole, field_name) + getattr(tally, field_name))
    if not whole.reports:
        parser.error(f"no layout fits -k {options.k}")
    print(f"all: cells {whole.right / whole.cells:.3%}  edition, year, organ {whole.editions}/{whole.reports}", end="")
    print(f"  silent {whole.clean}/{whole.reports}" if options.findings else "")


if __name__ == "__main__":
    main()
