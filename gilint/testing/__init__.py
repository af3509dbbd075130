"""For authors of rules and forms: consistent reports in every layout, mutators, case files, and checks that every rule must pass."""

from gilint.testing.cases import Case, Expected, load_cases, parametrise, run_case
from gilint.testing.checks import check_rule, run_example, run_rule
from gilint.testing.damage import Mutant
from gilint.testing.draft import Draft, make_draft, print_figures
from gilint.testing.factory import Figures, complete, holds, sample_figures
from gilint.testing.layouts import LAYOUTS, Layout
from gilint.testing.mutate import EQUATION_FAULTS, MUTATORS, reprint
from gilint.testing.noise import LABEL_NOISES, VALUE_NOISES
from gilint.testing.rendering import ENCODINGS, encode, fits, render, render_bytes, typical_page, write, write_bytes
from gilint.testing.samples import sample, sample_draft, sample_report
from gilint.testing.wording import REWORDINGS

__all__ = [
    "ENCODINGS",
    "EQUATION_FAULTS",
    "LABEL_NOISES",
    "LAYOUTS",
    "MUTATORS",
    "REWORDINGS",
    "VALUE_NOISES",
    "Case",
    "Draft",
    "Expected",
    "Figures",
    "Layout",
    "Mutant",
    "check_rule",
    "complete",
    "encode",
    "fits",
    "holds",
    "load_cases",
    "make_draft",
    "parametrise",
    "print_figures",
    "render",
    "render_bytes",
    "reprint",
    "run_case",
    "run_example",
    "run_rule",
    "sample",
    "sample_draft",
    "sample_figures",
    "sample_report",
    "typical_page",
    "write",
    "write_bytes",
]
