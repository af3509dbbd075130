"""Hypothesis strategies over consistent reports. Needs ``hypothesis``, which gilint itself does not; so it is imported by its own name."""

from __future__ import annotations

from random import Random
from typing import cast

from hypothesis import assume
from hypothesis import strategies as st

from gilint.form import Form
from gilint.testing.damage import Mutant
from gilint.testing.draft import make_draft
from gilint.testing.factory import SCALES, Figures, Scale, sample_figures
from gilint.testing.layouts import LAYOUTS
from gilint.testing.mutate import MUTATORS

_SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def consistent_figures(form: Form, *, makes_regulations: bool = False) -> st.SearchStrategy[Figures]:
    """Figures that satisfy every equation of ``form`` and are all possible, from quiet to busy organs."""

    def build(seed: int, scale: Scale) -> Figures:
        return sample_figures(form, seed, scale=scale, makes_regulations=makes_regulations)

    return st.builds(build, _SEEDS, st.sampled_from(SCALES))


def layouts() -> st.SearchStrategy[str]:
    """Names of layouts."""
    return st.sampled_from(sorted(LAYOUTS))


def mutants(form: Form, fault: str) -> st.SearchStrategy[Mutant]:
    """Reports with one fault in them.

    Args:
        form: the edition.
        fault: one of `MUTATORS`.
    """

    @st.composite
    def build(draw: st.DrawFn) -> Mutant:
        random = Random(draw(_SEEDS))
        mutant = MUTATORS[fault](make_draft(form, sample_figures(form, random), random=random), random)
        # Not every report has a place for every fault.
        assume(mutant is not None)
        return cast(Mutant, mutant)

    return build()
