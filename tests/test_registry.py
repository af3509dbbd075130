"""Every rule that is registered passes what `gilint.testing` asks of a rule."""

from __future__ import annotations

import pytest

from gilint.language import LANGUAGES
from gilint.plugins import load_registry
from gilint.rule import Rule
from gilint.testing import check_rule

REGISTRY = load_registry()
BUILT_IN = [
    rule for rule in REGISTRY.rules if REGISTRY.owners[rule.code].distribution == "gilint" and rule.__module__.startswith("gilint_rules")
]


def test_nothing_went_wrong_while_loading() -> None:
    assert [problem.message.in_language("en") for problem in REGISTRY.problems] == []


def test_every_family_of_the_contract_is_there() -> None:
    assert {rule.code[:3] for rule in BUILT_IN} >= {"DOC", "TPL", "MIS", "VAL", "SUM"}


def test_names_are_unique() -> None:
    names = [rule.name for rule in REGISTRY.rules]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.code)
def test_rule_is_complete_and_its_examples_are_true(rule: type[Rule]) -> None:
    check_rule(rule, REGISTRY)


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.code)
def test_source_names_a_legal_text(rule: type[Rule]) -> None:
    for text in rule.source:
        for language in LANGUAGES:
            assert text.in_language(language).strip()


def test_an_instance_is_refused_with_what_is_wanted() -> None:
    made = REGISTRY.make(BUILT_IN[0])
    with pytest.raises(AssertionError, match=f"takes the class of a rule, not an instance: give {BUILT_IN[0].__name__}"):
        check_rule(made, REGISTRY)  # type: ignore[arg-type]
