"""What ``gilint explain`` prints: all that there is to know of one rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gilint.examples import ShownExample, shown_equations, shown_examples
from gilint.facts import Option, outlined, rule_options
from gilint.language import Language, Text
from gilint.listing import SEVERITIES
from gilint.output.wrapping import wrap
from gilint.plugins import Registry
from gilint.rule import Rule
from gilint.tomlfile import as_toml


def explain_text(rule: type[Rule], registry: Registry, language: Language, width: int | None = None) -> str:
    """Return all that there is to know of one rule: what, why, legal source, equations, options, examples; in lines of a width, if one is given."""
    lines = "\n".join(_lines(rule, registry, _Speaker(language))).split("\n")
    return "".join(f"{part}\n" for line in lines for part in (_fitted(line, width) if width else [line]))


def _fitted(line: str, width: int) -> list[str]:
    """Cut a line; what follows is indented as far."""
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    return [indent + part for part in wrap(text, max(width - len(indent), 20))]


class _Speaker:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def say(self, text: Text) -> str:
        """Return a text in the language."""
        return text.in_language(self.language)

    def part(self, zh: str, en: str, texts: Sequence[Text]) -> list[str]:
        """Return a heading, the texts under it, and a blank line; nothing where there are no texts."""
        return [self(zh, en), *(f"  {self.say(text)}" for text in texts), ""] if texts else []


def _lines(rule: type[Rule], registry: Registry, say: _Speaker) -> Iterator[str]:
    yield f"{rule.code}  {rule.name}  {say.say(SEVERITIES[rule.severity])}"
    yield f"  {say.say(rule.title)}"
    yield ""
    yield from say.part("为什么", "Why", [rule.rationale])
    yield from say.part("怎么办", "What to do", [outlined(rule.suggestion)] if rule.suggestion else [])
    yield from say.part("依据", "Source", rule.source)
    yield from say.part("核对的等式", "Equations", shown_equations(rule, registry))
    if options := rule_options(rule):
        yield say("选项", "Options")
        for option in options:
            yield from _option_lines(option, rule, say)
        yield ""
    if examples := shown_examples(rule, registry):
        yield say("示例", "Examples")
        for number, example in enumerate(examples, start=1):
            yield from _example_lines(number, example, say)
        yield ""
    if rule.always:
        yield say("本规则始终运行，除非用 --ignore 写明其完整代码。", "It runs with every selection unless --ignore names its whole code.")
        yield ""
    owner = registry.owners[rule.code]
    yield say(f"来自插件：{owner}", f"From plugin: {owner}")


def _option_lines(option: Option, rule: type[Rule], say: _Speaker) -> Iterator[str]:
    doc = say.say(option.doc) if option.doc else ""
    takes = say.say(option.takes)
    yield say(f"  {option.name}（{takes}）：{doc}", f"  {option.name} ({takes}): {doc}")
    yield say("    在 gilint.toml 中写作：", "    in gilint.toml:")
    yield f"      [rules.{rule.code}]"
    yield f"      {option.name} = {as_toml(option.default)}" + say("    # 默认值", "    # the default")


def _example_lines(number: int, example: ShownExample, say: _Speaker) -> Iterator[str]:
    report = say.say(example.report)
    if example.note:
        note = say.say(example.note)
        yield f"  {number}. {note[:1].upper()}{note[1:]}" + say("。", ".")
        yield f"     {report[:1].upper()}{report[1:]}"
    else:
        yield f"  {number}. {report[:1].upper()}{report[1:]}"
    yield from (f"       {say.say(line)}" for line in example.lines)
    for message in example.messages:
        yield say("     报告：", "     Found: ") + say.say(message)
    if not example.messages:
        yield say("     不报告", "     Silent")
