"""Every rule of the plugin passes gilint's own checks, and every case file."""

from pathlib import Path

from gilint_rules_example import gilint_rules

from gilint.testing import Case, check_rule, parametrise, run_case

CASES = Path(__file__).parent / "cases"


def test_rules_are_sound() -> None:
    for rule in gilint_rules():
        check_rule(rule)


@parametrise(CASES)
def test_case(case: Case) -> None:
    run_case(case)
