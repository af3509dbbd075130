"""Which clauses are cited with a finding."""

from __future__ import annotations

from gilint import Clause, Text, clauses, load_registry

RULES = {rule.code: rule for rule in load_registry().rules}


def cited(code: str, edition: str | None) -> list[str]:
    return [mark for text in clauses(RULES[code], edition) for mark in ("〔2019〕60号", "〔2021〕30号", "第五十条") if mark in text.zh]


def test_only_the_notice_that_the_report_follows_is_cited() -> None:
    assert cited("SUM001", "2019") == ["第五十条", "〔2019〕60号"]
    assert cited("SUM001", "2021") == ["第五十条", "〔2021〕30号"]


def test_where_the_edition_is_unknown_all_are_cited() -> None:
    assert cited("SUM001", None) == ["第五十条", "〔2019〕60号", "〔2021〕30号"]


def test_a_comparison_of_editions_cites_both() -> None:
    assert cited("TPL001", "2019") == ["〔2019〕60号", "〔2021〕30号"]


def test_a_rule_that_spoke_always_cites_something() -> None:
    rule = type("Odd", (RULES["SUM001"],), {"source": (Clause("甲", "a", ("1999",)),)})
    assert clauses(rule, "2021") == rule.source == (Clause("甲", "a", ("1999",)),)
    assert isinstance(rule.source[0], Text)
