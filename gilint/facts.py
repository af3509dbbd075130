"""The facts of a rule class: which are missing or wrong, and which options it has.

What the registry verifies, what `explain` prints and what the configuration accepts are read from the same class.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_type_hints

import attrs
from attrs import frozen

from gilint.finding import Severity
from gilint.language import Text
from gilint.patterns import deferred
from gilint.rule import Example, Rule

CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

# What a TOML value may be for an option of a simple type. Anything else is left to the option's converter and validator.
_TOML_TYPES: dict[Any, tuple[type, ...]] = {bool: (bool,), int: (int,), float: (int, float), str: (str,), Decimal: (int, float, str)}

_TYPE_WORDS: dict[tuple[type, ...], Text] = {
    (bool,): Text("是或否（true 或 false）", "true or false"),
    (int,): Text("整数", "a whole number"),
    (int, float): Text("数", "a number"),
    (int, float, str): Text("数", "a number"),
    (str,): Text("文字，写在双引号中", "a text in quotes"),
    (list,): Text("列表，写在方括号中", "a list in square brackets"),
}
# How the validators of attrs say what they want.
_BOUND = deferred(r"'\w+' must be (>=|<=|>|<) (\S+): .*", re.DOTALL)
_BOUNDS = {
    ">=": Text("不能小于 {bound}", "must be at least {bound}"),
    "<=": Text("不能大于 {bound}", "must be at most {bound}"),
    ">": Text("应大于 {bound}", "must be above {bound}"),
    "<": Text("应小于 {bound}", "must be below {bound}"),
}
_MEMBER = deferred(r"'\w+' must be in [(\[{](.*)[)\]}] \(got .*\)", re.DOTALL)


@frozen(eq=False, repr=False)
class Option:
    """One option of a rule: an attrs field of its class."""

    name: str
    type_name: str
    """As annotated: ``int``, ``tuple[str, ...]``."""
    default: Any
    doc: Text | None
    accepted: tuple[type, ...] | None
    """Types that a configuration file may give; ``None`` where only the field's own converter and validator decide."""

    @property
    def takes(self) -> Text:
        """What a configuration file may give, in words; the annotation where only the field's own converter and validator decide."""
        return _TYPE_WORDS.get(self.accepted or (), Text(self.type_name, self.type_name))

    def accepts(self, value: object) -> bool:
        """Say whether ``value`` has a type that the option can take; ``true`` is no number."""
        if self.accepted is None:
            return True
        return isinstance(value, self.accepted) and (bool in self.accepted or not isinstance(value, bool))


def rule_options(rule: type[Rule]) -> tuple[Option, ...]:
    """Return the options of a rule class, in the order in which it declares them."""
    fields = _option_fields(rule)
    if not fields:
        return ()
    try:
        hints = get_type_hints(rule)
    except (NameError, TypeError):
        # Types imported under TYPE_CHECKING only: the option is then as strict as its converter and validator.
        hints = {}
    return tuple(_option(field, hints.get(field.name)) for field in fields)


def _option_fields(rule: type[Rule]) -> list[Any]:
    return [field for field in attrs.fields(rule) if field.init] if attrs.has(rule) else []


def _option(field: Any, hint: Any) -> Option:
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        default = default.factory() if not default.takes_self else None
    type_name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
    origin = getattr(hint, "__origin__", hint)
    accepted = (list,) if origin in (tuple, list, set, frozenset) else _TOML_TYPES.get(hint)
    return Option(field.alias, type_name, default, field.metadata.get("doc"), accepted)


def refusal(error: Exception) -> Text:
    """Return why an option refuses a value; what is not said by a validator of attrs stands as it was written."""
    reason = " ".join(str(error.args[0] if error.args else error).split())
    if bound := _BOUND.fullmatch(reason):
        return _BOUNDS[bound[1]].filled(bound=bound[2])
    if member := _MEMBER.fullmatch(reason):
        return Text("应为其中之一：{members}", "must be one of: {members}").filled(members=member[1])
    return Text(reason, reason)


def outlined(text: Text) -> Text:
    """Return a text with … for whatever the findings in a report fill in."""
    names = {name for each in (text.zh, text.en) for _, name, _, _ in string.Formatter().parse(each) if name}
    return text.filled(**dict.fromkeys(names, "…"))


def rule_faults(rule: object) -> Iterator[Text]:
    """Yield what is wrong with the declaration of a rule; nothing for a rule that can be used."""
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        yield Text("{what} 不是 gilint.Rule 的子类", "{what} is not a subclass of gilint.Rule").filled(what=repr(rule)[:80])
        return
    if rule.check is Rule.check:
        yield Text("没有定义 check 方法", "it does not define check()")
    yield from _identity_faults(rule)
    yield from _text_faults(rule)
    yield from _list_faults(rule)
    yield from _option_faults(rule)


def _identity_faults(rule: type[Rule]) -> Iterator[Text]:
    code, name, severity = (getattr(rule, fact, None) for fact in ("code", "name", "severity"))
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        yield Text("code 应为三个大写字母加三位数字，现为 {code}", "code must be three capitals and three digits, not {code}").filled(
            code=repr(code)
        )
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        yield Text("name 应为小写短横线形式，现为 {name}", "name must be in kebab-case, not {name}").filled(name=repr(name))
    if not isinstance(severity, Severity):
        yield Text("severity 应为 Severity 的成员，现为 {severity}", "severity must be a member of Severity, not {severity}").filled(
            severity=repr(severity)
        )


def _text_faults(rule: type[Rule]) -> Iterator[Text]:
    for fact in ("title", "message", "rationale"):
        yield from _faults_of_text(fact, getattr(rule, fact, None))
    if rule.suggestion is not None:
        yield from _faults_of_text("suggestion", rule.suggestion)
    source = getattr(rule, "source", ())
    if not (isinstance(source, tuple) and source):
        yield Text("source 为空：每条规则都须注明依据", "source is empty: every rule names the clause it rests on")
        return
    for text in source:
        yield from _faults_of_text("source", text)


def _faults_of_text(fact: str, text: object) -> Iterator[Text]:
    if not (isinstance(text, Text) and text.zh.strip() and text.en.strip()):
        yield Text("{fact} 须有中文和英文两种文本", "{fact} must be a Text in Chinese and English").filled(fact=fact)
    elif fact in ("message", "suggestion") and not (_well_formed(text.zh) and _well_formed(text.en)):
        yield Text("{fact} 中的花括号不成对", "{fact} has a brace without its partner").filled(fact=fact)


def _well_formed(template: str) -> bool:
    try:
        return all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(template))
    except ValueError:
        return False


def _list_faults(rule: type[Rule]) -> Iterator[Text]:
    if not (isinstance(rule.forms, tuple) and all(isinstance(form, str) for form in rule.forms)):
        yield Text("forms 应为表单标识的元组", "forms must be a tuple of form ids")
    if not (isinstance(rule.examples, tuple) and all(isinstance(example, Example) for example in rule.examples)):
        yield Text("examples 应为 Example 的元组", "examples must be a tuple of Example")


def _option_faults(rule: type[Rule]) -> Iterator[Text]:
    # Not by `rule_options`: to look up the types of all rules takes as long as to lint several pages.
    for field in _option_fields(rule):
        if field.default is attrs.NOTHING:
            yield Text("选项 {name} 没有默认值", "option {name} has no default").filled(name=field.alias)
        if not isinstance(field.metadata.get("doc"), Text):
            yield Text("选项 {name} 没有中英文说明（metadata 的 doc）", "option {name} lacks its metadata doc, a Text").filled(
                name=field.alias
            )
