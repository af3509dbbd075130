"""Writes the pages on the built-in rules, `docs/rules/*.md`, from the rule classes.

python docs/generate_rules.py           # write
python docs/generate_rules.py --check   # exit with 1 and name the pages that are not current
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gilint import Example, Language, Rule, Text
from gilint.facts import rule_options
from gilint.plugins import Registry
from gilint.testing.checks import example_report, run_rule

DOCS = Path(__file__).parent
FOLDER = DOCS / "rules"

FAMILIES = {
    "DOC": Text("文档", "the document"),
    "TPL": Text("版式", "edition and layout"),
    "MIS": Text("缺漏", "what is missing"),
    "VAL": Text("数值", "values that cannot be"),
    "SUM": Text("勾稽关系", "equations"),
}

WORDS = {
    "zh": {
        "language": "zh",
        "why": "为什么要紧：",
        "message": "提示语：",
        "suggestion": "处理建议：",
        "source": "依据",
        "option": "选项",
        "default": "默认值",
        "meaning": "含义",
        "examples": "示例",
        "found": "报告：",
        "silent": "不报告：",
        "sample": "{edition} 版样本报告，只作如下改动",
        "unchanged": "{edition} 版样本报告，不作改动",
        "absent": "（删去该单元格）",
        "blank": "（空白）",
    },
    "en": {
        "language": "en",
        "why": "Why it matters:",
        "message": "Message:",
        "suggestion": "Suggestion:",
        "source": "Source",
        "option": "Option",
        "default": "Default",
        "meaning": "Meaning",
        "examples": "Examples",
        "found": "Found:",
        "silent": "Silent:",
        "sample": "the sample report of edition {edition} with these changes",
        "unchanged": "the sample report of edition {edition} as it is",
        "absent": "(cell left out)",
        "blank": "(blank)",
    },
}


def built_in_rules() -> list[type[Rule]]:
    """Return the rules that gilint itself ships, in the order of their codes."""
    registry = Registry.load()
    return [rule for rule in registry.rules if registry.owners[rule.code].owner == "gilint"]


def options(rule: type[Rule]) -> list[tuple[str, str, Text]]:
    """Return name, default and meaning of each option, as a configuration would write them."""
    return [(option.name, _toml(option.default), option.doc) for option in rule_options(rule) if option.doc]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return f"[{', '.join(_toml(item) for item in items)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def printed(example: Example, words: dict[str, str]) -> str:
    """Return the code block that shows the document of an example, or what it changes in the sample report."""
    if example.document is not None:
        lines = example.document.strip("\n").splitlines()
    else:
        head = (words["sample"] if example.cells or example.circumstances else words["unchanged"]).format(edition=example.edition)
        about = [str(fact) for fact in (example.organ, example.year) if fact is not None]
        lines = ["# " + " · ".join([head, *about])]
        for cell, text in example.cells.items():
            value = words["absent"] if text is None else text.strip() or words["blank"]
            lines.append(f"{cell} = {value}")
        lines += [circumstance.in_language("zh" if words["language"] == "zh" else "en") for circumstance in example.circumstances]
    return "\n".join(["```text", *lines, "```"])


def messages(rule: type[Rule], example: Example, language: Language) -> list[str]:
    """Return what the rule really says of an example."""
    return [finding.say(language) for finding in run_rule(rule, example_report(rule, example))]


def pages() -> dict[str, str]:
    """Return every page, by its file name."""
    environment = Environment(
        loader=FileSystemLoader(DOCS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, from our own classes
    )
    environment.globals.update(options=options, printed=printed, messages=messages, words=WORDS)
    rules = built_in_rules()
    families = [(family, FAMILIES[family], list(members)) for family, members in groupby(rules, key=lambda rule: rule.code[:3])]
    families.sort(key=lambda family: list(FAMILIES).index(family[0]))
    index = environment.get_template("rules_index.md.j2")
    page = environment.get_template("rules.md.j2")
    texts = {"index.md": index.render(title="规则 · Rules", count=len(rules), families=families)}
    for family, title, members in families:
        texts[f"{family.lower()}.md"] = page.render(family=family, title=title, rules=members)
    return {name: "\n".join(line.rstrip() for line in text.splitlines()) + "\n" for name, text in texts.items()}


def stale(texts: dict[str, str]) -> list[str]:
    """Return the names of pages that are missing, different or no longer wanted."""
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in texts.keys() | there.keys() if texts.get(name) != there.get(name))


def main() -> int:
    """Write the pages, or with ``--check`` compare them."""
    texts = pages()
    names = stale(texts)
    if "--check" in sys.argv[1:]:
        for name in names:
            print(f"docs/rules/{name} is not what the rule classes say: run python docs/generate_rules.py")
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        if name in texts:
            (FOLDER / name).write_text(texts[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    print(f"{len(texts)} pages, {len(names)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
