"""What ``gilint rules`` and ``gilint explain`` print: the rules as they describe themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from gilint.facts import Option, rule_options
from gilint.language import Language, Text
from gilint.plugins import Registry
from gilint.rule import Example, Rule

_SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}


def rules_text(registry: Registry, language: Language, rules: Sequence[type[Rule]] | None = None) -> str:
    """Return the rules, one a line, and what is wrong with plugins."""
    rules = registry.rules if rules is None else rules
    width = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        severity = _SEVERITIES[rule.severity].in_language(language)
        owner = registry.owners[rule.code]
        outside = "" if owner.distribution == "gilint" else f"  [{owner}]"
        lines.append(
            f"{rule.code}  {severity:<{7 if language == 'en' else 2}}  {rule.name:<{width}}  {rule.title.in_language(language)}{outside}"
        )
    lines += [f"! {problem.text.in_language(language)}" for problem in registry.problems]
    return "\n".join(lines) + "\n"


def rules_json(registry: Registry) -> str:
    """Return every fact of every rule in both languages, for a program."""
    data = {
        "schema": "gilint/1",
        "version": version("gilint"),
        "rules": [_rule_data(rule, registry) for rule in registry.rules],
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


def explain_text(rule: type[Rule], registry: Registry, language: Language) -> str:
    """Return all that there is to know of one rule: what, why, legal source, options, examples."""
    say = _Speaker(language)
    severity = _SEVERITIES[rule.severity].in_language(language)
    lines = [f"{rule.code}  {rule.name}  {severity}", f"  {rule.title.in_language(language)}", ""]
    lines += say.part("为什么", "Why", [rule.rationale])
    if rule.suggestion is not None:
        lines += say.part("怎么办", "What to do", [rule.suggestion])
    lines += say.part("依据", "Source", rule.source)
    options = rule_options(rule)
    if options:
        lines += [say("选项", "Options"), *(f"  {line}" for option in options for line in _option_lines(option, rule, say)), ""]
    if rule.examples:
        lines += [say("示例", "Examples"), *(f"  {line}" for example in rule.examples for line in _example_lines(example, say)), ""]
    if rule.always:
        lines += [
            say("本规则始终运行，除非用 --ignore 写明其完整代码。", "It runs with every selection unless --ignore names its whole code."),
            "",
        ]
    lines.append(say("来自插件", "From plugin") + f": {registry.owners[rule.code]}")
    return "\n".join(lines) + "\n"


class _Speaker:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def part(self, zh: str, en: str, texts: Sequence[Text]) -> list[str]:
        """Return a heading, the texts under it, and a blank line."""
        return [self(zh, en), *(f"  {text.in_language(self.language)}" for text in texts), ""]


def _option_lines(option: Option, rule: type[Rule], say: _Speaker) -> Iterator[str]:
    doc = option.doc.in_language(say.language) if option.doc else ""
    yield f"{option.name} ({option.type_name}): {doc}"
    yield say("  默认：", "  default: ") + json.dumps(_plain(option.default), ensure_ascii=False)
    yield f"  gilint.toml: [rules.{rule.code}] {option.name} = …"


def _example_lines(example: Example, say: _Speaker) -> Iterator[str]:
    note = example.note.in_language(say.language) if example.note else ""
    if example.document is not None:
        yield f"- {note}"
        yield from (f"    {line}" for line in example.document.strip("\n").splitlines()[:12])
    else:
        yield f"- {note or say('样本年报', 'the sample report')} ({say('版本', 'edition')} {example.edition})"
        for cell, printed in example.cells.items():
            yield f"    {cell} = " + (
                say("（没有这个单元格）", "(no such cell)") if printed is None else json.dumps(printed, ensure_ascii=False)
            )
        yield from (f"    {circumstance.in_language(say.language)}" for circumstance in example.circumstances)
    if not example.finds:
        yield "    → " + say("不报告", "silent")
    for cells in example.finds:
        yield "    → " + (say("、", ", ").join(cells) or say("报告问题", "a finding"))
