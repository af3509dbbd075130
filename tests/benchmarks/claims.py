"""Prints precision and recall of the claims over the labelled statements, by kind: ``python tests/benchmarks/claims.py [--show]``.

A statement counts as accused where one of the rules on claims (TXT001 to TXT005) gives an error or a warning. Precision: accused ones that are false; recall: false
ones that are accused, and read: true and false ones of which a claim was read at all.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

import gilint
from gilint import Report, Section
from gilint.document import Paragraph
from gilint.forms import builtin_forms
from gilint.place import Place
from gilint.testing import sample_report

FOLDER = Path(__file__).parents[1] / "cases" / "claims"
LABELS = ("true", "false", "other_scope", "other_subject", "unreadable")
FIRST = Paragraph("本机关认真做好政府信息公开各项工作。", Place(paragraph=1))


@frozen
class Labelled:
    """A statement, what it is about and whether it is true of the figures."""

    figures: str
    kind: str
    label: str
    text: str


def labelled() -> Iterator[Labelled]:
    """Yield every labelled statement."""
    data = tomllib.loads((FOLDER / "statements.toml").read_text(encoding="utf-8"))
    for figures, kinds in data.items():
        for kind, labels in kinds.items():
            for label, texts in labels.items():
                assert label in LABELS, label
                yield from (Labelled(figures, kind, label, text) for text in texts)


def reports() -> dict[str, Report]:
    """Return the reports that the statements are about, without narrative."""
    data: dict[str, Any] = tomllib.loads((FOLDER / "figures.toml").read_text(encoding="utf-8"))
    organ, made = data.pop("organ"), {}
    for name, facts in data.items():
        form = next(form for form in builtin_forms() if form.edition == facts["edition"])
        printed = dict.fromkeys(form.keys, "0")
        for row, numbers in facts.get("cells", {}).items():
            table, _, line = row.partition(".")
            columns = form.table(table).row(line).columns
            printed.update({(table, line, column): str(number) for column, number in zip(columns, numbers, strict=True)})
        made[name] = sample_report(form, organ=organ, year=facts["year"], printed=printed)
    return made


def stating(report: Report, text: str) -> Report:
    """Return the report with a statement as its narrative."""
    section = Section("overview", 1, "一、总体情况", "一", (FIRST, Paragraph(text, Place(paragraph=2))))
    return evolve(report, sections=(section,))


def measure(show: bool = False) -> dict[str, Counter[str]]:
    """Return for every kind how many statements there are of each label, and how many were accused and read."""
    tallies: dict[str, Counter[str]] = {}
    given = reports()
    for each in labelled():
        report = stating(given[each.figures], each.text)
        tally = tallies.setdefault(each.kind, Counter())
        found = [found for found in gilint.lint(report, config={"select": ["TXT00"]}).findings if found.severity != "note"]
        tally[each.label] += 1
        tally[f"accused {each.label}"] += bool(found)
        tally[f"read {each.label}"] += bool(gilint.claims_of(report))
        if show and bool(found) != (each.label == "false"):
            print(f"{each.kind} {each.label}: {each.text}", *(f"\n    {one.code} {one.say('zh')}" for one in found))
            print("    ", [(claim.subject, claim.value, claim.text, claim.scope.value) for claim in gilint.claims_of(report)])
    return tallies


def quotients(tally: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall, and the share of true and false statements that were read."""
    accused = sum(tally[f"accused {label}"] for label in LABELS)
    right, false, told = tally["accused false"], tally["false"], tally["true"] + tally["false"]
    read = tally["read true"] + tally["read false"]
    return right / accused if accused else 1.0, right / false if false else 1.0, read / told if told else 1.0


def main() -> None:
    """Print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every statement that is judged wrongly")
    tallies = measure(parser.parse_args().show)
    tallies["all"] = sum(tallies.values(), Counter())
    for kind, tally in tallies.items():
        precision, recall, read = quotients(tally)
        count = sum(tally[label] for label in LABELS)
        print(
            f"{kind:16} statements {count:4}  false {tally['false']:4}  precision {precision:7.1%}  recall {recall:7.1%}  read {read:7.1%}"
        )


if __name__ == "__main__":
    main()
