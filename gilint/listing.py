"""What ``gilint rules`` prints: the rules as they describe themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gilint.facts import Option, rule_options
from gilint.installed import version
from gilint.language import Language, Text
from gilint.plugins import Registry
from gilint.rule import Rule

SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}


def rules_text(registry: Registry, language: Language, rules: Sequence[type[Rule]] | None = None) -> str:
    """Return the rules, one a line, and what is wrong with plugins."""
    rules = registry.rules if rules is None else rules
    width = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        severity = SEVERITIES[rule.severity].in_language(language)
        owner = registry.owners[rule.code]
        outside = "" if owner.distribution == "gilint" else f"  [{owner}]"
        lines.append(
            f"{rule.code}  {severity:<{7 if language == 'en' else 2}}  {rule.name:<{width}}  {rule.title.in_language(language)}{outside}"
        )
    lines += [f"! {problem.text.in_language(language)}" for problem in registry.problems]
    return "\n".join(lines) + "\n"


def rules_json(registry: Registry, rules: Sequence[type[Rule]] | None = None) -> str:
    """Return every fact of the rules in both languages, for a program."""
    data = {
        "schema": "gilint/1",
        "version": version("gilint"),
        "rules": [_rule_data(rule, registry) for rule in (registry.rules if rules is None else rules)],
        "problems": [_both(problem.text) for problem in registry.problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _rule_data(rule: type[Rule], registry: Registry) -> dict[str, Any]:
    owner = registry.owners[rule.code]
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "title": _both(rule.title),
        "message": _both(rule.message),
        "suggestion": _both(rule.suggestion) if rule.suggestion else None,
        "rationale": _both(rule.rationale),
        "source": [_both(text) for text in rule.source],
        "options": [_option_data(option) for option in rule_options(rule)],
        "forms": list(rule.forms),
        "always": rule.always,
        "plugin": {"name": owner.name, "distribution": owner.distribution, "version": owner.version},
    }


def _option_data(option: Option) -> dict[str, Any]:
    return {
        "name": option.name,
        "type": option.type_name,
        "default": _plain(option.default),
        "doc": _both(option.doc) if option.doc else None,
    }


def _plain(value: Any) -> Any:
    """Return a default as JSON can hold it; unordered sets are sorted."""
    if isinstance(value, (set, frozenset)):
        return sorted(map(_plain, value), key=str)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
