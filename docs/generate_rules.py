"""Writes the pages on the built-in rules, `docs/rules/*.md`, from the rule classes.

python docs/generate_rules.py           # write
python docs/generate_rules.py --check   # exit with 1 and name the pages that are not current
"""

from __future__ import annotations

import sys
from functools import partial
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gilint import Language, Rule, Text
from gilint.examples import ShownExample, shown_equations, shown_examples
from gilint.facts import outlined, rule_options
from gilint.plugins import Registry
from gilint.tomlfile import as_toml

DOCS = Path(__file__).parent
FOLDER = DOCS / "rules"

FAMILIES = {
    "DOC": Text("文档", "the document"),
    "TPL": Text("版式", "edition and layout"),
    "MIS": Text("缺漏", "what is missing"),
    "VAL": Text("数值", "values that cannot be"),
    "PII": Text("个人信息", "personal data"),
    "INJ": Text("异常文字", "injected text"),
    "SUM": Text("勾稽关系", "equations"),
    "TXT": Text("文字", "narrative"),
    "LAW": Text("法定内容", "statutory content"),
}

WORDS = {
    "zh": {
        "why": "为什么要紧：",
        "message": "提示语：",
        "suggestion": "处理建议：",
        "source": "依据",
        "equations": "核对的等式",
        "option": "选项",
        "default": "默认值",
        "meaning": "含义",
        "examples": "示例",
        "found": "报告：",
        "silent": "不报告：",
    },
    "en": {
        "why": "Why it matters:",
        "message": "Message:",
        "suggestion": "Suggestion:",
        "source": "Source",
        "equations": "Equations",
        "option": "Option",
        "default": "Default",
        "meaning": "Meaning",
        "examples": "Examples",
        "found": "Found:",
        "silent": "Silent:",
    },
}


def built_in_rules(registry: Registry) -> list[type[Rule]]:
    """Return the rules that gilint itself ships, in the order of their codes."""
    return [rule for rule in registry.rules if registry.owners[rule.code].owner == "gilint"]


def options(rule: type[Rule]) -> list[tuple[str, str, Text]]:
    """Return name, default and meaning of each option, as a configuration would write them."""
    return [(option.name, as_toml(option.default), option.doc) for option in rule_options(rule) if option.doc]


def block(example: ShownExample, language: Language) -> str:
    """Return the code block that shows the document of an example, or what it changes in the sample report."""
    lines = [example.report, *example.lines]
    return "\n".join(["```text", *(line.in_language(language) for line in lines), "```"])


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
    registry = Registry.load()
    environment.globals.update(
        options=options,
        block=block,
        outlined=outlined,
        shown_examples=partial(shown_examples, registry=registry),
        shown_equations=partial(shown_equations, registry=registry),
        words=WORDS,
    )
    rules = built_in_rules(registry)
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
