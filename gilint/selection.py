"""Which rules run: codes select by prefix, as in ruff."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from attrs import frozen

from gilint.data import Data
from gilint.errors import UsageError
from gilint.language import Text, with_hint
from gilint.rule import Rule

EVERYTHING = "ALL"
"""Selects every rule, as in ruff."""


@frozen(eq=False, repr=False)
class Selection(Data):
    """Which rules run. Codes select by prefix, and the longest prefix that fits a code decides; of two equal ones *ignore* wins."""

    select: tuple[str, ...] | None = None
    """``None``: every rule."""
    ignore: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    """Selected for this run alone; replaces ``select`` and beats an equally long ``ignore``."""
    refused: tuple[str, ...] = ()
    """Ignored for this run alone; beats ``select`` altogether."""

    def __contains__(self, rule: type[Rule]) -> bool:
        code = rule.code
        if rule.always:
            return code not in self.refused and (code not in self.ignore or code in (self.asked or ()))
        if self.asked is not None:
            chosen = _longest(self.asked, code)
            return chosen > _longest(self.refused, code) and chosen >= _longest(self.ignore, code)
        chosen = 0 if self.select is None else _longest(self.select, code)
        return chosen > _longest(self.ignore, code) and _longest(self.refused, code) < 0


def left_out(rules: Iterable[type[Rule]], selection: Selection) -> tuple[str, ...]:
    """Return which of the rules do not run, as one would ignore them: a family where none of it runs, else codes."""
    rules = list(rules)
    absent = [rule.code for rule in rules if rule not in selection]
    if not absent:
        return ()
    kept = {rule.code[:3] for rule in rules if rule in selection}
    return tuple(sorted({code if code[:3] in kept else code[:3] for code in absent}))


def _longest(selectors: Iterable[str], code: str) -> int:
    """Return the length of the longest selector that fits ``code``, -1 when none does."""
    return max((0 if each == EVERYTHING else len(each) for each in selectors if each == EVERYTHING or code.startswith(each)), default=-1)


def unknown_codes(codes: Iterable[str], rules: Sequence[type[Rule]]) -> list[str]:
    """Return those selectors that fit no rule."""
    # The first of the sorted codes that is not before a selector begins with it, if any does.
    known = sorted([rule.code for rule in rules])
    found = ((each, bisect_left(known, each)) for each in codes if each != EVERYTHING)
    return [each for each, place in found if not each or place == len(known) or not known[place].startswith(each)]


def check_codes(codes: Iterable[str], rules: Sequence[type[Rule]]) -> tuple[str, ...]:
    """Return selectors given on the command line or in Python, if each of them fits a rule.

    Raises:
        UsageError: one does not.
    """
    codes = tuple(codes)
    for code in unknown_codes(codes, rules) if codes else ():
        raise UsageError(no_such_code(code, rules))
    return codes


def no_such_code(code: str, rules: Sequence[type[Rule]], known: Sequence[str] | None = None) -> Text:
    """Return what is said of a code that no rule has: which is meant, or which there are.

    Args:
        code: as written; the name of a rule is taken for its code.
        rules: the rules at hand.
        known: what may stand there; ``None`` for codes and families.
    """
    message = Text("没有规则 {code}", "no rule has the code {code}").filled(code=code or '""')
    named = next((rule.code for rule in rules if rule.name == code.casefold().replace("_", "-")), None)
    hint = with_hint(message, named or code, known_codes(rules) if known is None else known)
    if hint is not message:
        return hint
    families = sorted({rule.code[:3] for rule in rules})
    return Text("{message}；现有类别：{families}", "{message}; there are the families {families}").filled(
        message=message, families=families
    )


def known_codes(rules: Iterable[type[Rule]]) -> list[str]:
    """Return every code and every family, sorted."""
    codes = {rule.code for rule in rules}
    return sorted(codes | {code[:3] for code in codes})
