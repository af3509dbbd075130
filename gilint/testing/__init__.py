"""For authors of rules and forms: consistent reports in every layout, mutators, case files, and checks that every rule must pass."""

from gilint.testing.draft import Draft, make_draft, print_figures
from gilint.testing.factory import Equation, Figures, complete, equations, sample_figures
from gilint.testing.layouts import ENCODINGS, LAYOUTS, Layout, encode, render, typical_page, write
from gilint.testing.noise import LABEL_NOISES, VALUE_NOISES

__all__ = [
    "ENCODINGS",
    "LABEL_NOISES",
    "LAYOUTS",
    "VALUE_NOISES",
    "Draft",
    "Equation",
    "Figures",
    "Layout",
    "complete",
    "encode",
    "equations",
    "make_draft",
    "print_figures",
    "render",
    "sample_figures",
    "typical_page",
    "write",
]
