"""What plugins bring: rules, forms, phrases and words of claims, each verified before it is taken."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from gilint.claims import load_vocabulary
from gilint.data import Data
from gilint.errors import FormError, PluginError
from gilint.facts import rule_faults
from gilint.failures import describe_exception
from gilint.form import Form
from gilint.forms import parse_form
from gilint.language import Text
from gilint.phrases import Phrase, parse_phrases
from gilint.rule import Rule


@frozen(eq=False, repr=False)
class Plugin(Data):
    """Who brings a rule or a form."""

    name: str
    """The name of its entry point."""
    distribution: str | None = None
    """The installed distribution that declares the entry point; ``None`` for an object given in Python."""
    version: str | None = None

    @property
    def owner(self) -> str:
        """Who may use a prefix of codes: all plugins of one distribution share theirs."""
        return self.distribution or self.name

    def __str__(self) -> str:
        return f"{self.name} ({self.distribution} {self.version or '?'})" if self.distribution else self.name


@frozen(eq=False, repr=False)
class PluginProblem(Data):
    """What is wrong with a plugin. What it concerns is left out, the rest of the plugin and the run go on."""

    plugin: Plugin
    message: Text

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Text:
        """The message, with the plugin's name and version before it."""
        return Text(f"插件 {self.plugin}：{self.message.zh}", f"plugin {self.plugin}: {self.message.en}")


class Contributions:
    """What has been taken of the plugins so far, and what is wrong with the rest."""

    def __init__(self, forms: dict[tuple[str, str], tuple[Form, Plugin]]) -> None:
        self.forms = forms
        """By id and edition."""
        self.rules: dict[str, type[Rule]] = {}
        self.owners: dict[str, Plugin] = {}
        self.phrases: dict[str, Phrase] = {}
        self.phrasings: list[str] = []
        self.problems: list[PluginProblem] = []
        self._prefixes: dict[str, Plugin] = {}

    def problem(self, plugin: Plugin, zh: str, en: str, **arguments: Any) -> None:
        """Note what is wrong with a plugin."""
        self.problems.append(PluginProblem(plugin, Text(zh, en).filled(**arguments)))

    def add_rule(self, rule: Any, plugin: Plugin) -> None:
        """Take a rule, if it can be used and its code is free."""
        name = type(rule).__name__
        try:
            name = getattr(rule, "__name__", repr(rule)[:80])
            faults = list(rule_faults(rule))
            if not faults:
                rule()
        except (Exception, SystemExit) as error:
            reason = describe_exception(error)
            self.problem(plugin, "规则 {rule} 无法建立：{reason}", "rule {rule} cannot be made: {reason}", rule=name, reason=reason)
            return
        for fault in faults:
            self.problem(plugin, "规则 {rule} 不可用：{fault}", "rule {rule} cannot be used: {fault}", rule=name, fault=fault)
        if faults:
            return
        code: str = rule.code
        other = self._prefixes.setdefault(code[:3], plugin)
        if other.owner != plugin.owner:
            message = (
                "代码前缀 {prefix} 与插件 {other} 冲突，规则 {code} 未启用",
                "code prefix {prefix} clashes with plugin {other}; rule {code} is not used",
            )
            self.problem(plugin, *message, prefix=code[:3], other=other, code=code)
        elif code in self.rules:
            message = (
                "代码 {code} 与插件 {other} 的规则重复，未启用",
                "code {code} is also that of a rule of plugin {other}; it is not used",
            )
            self.problem(plugin, *message, code=code, other=self.owners[code])
        else:
            self.rules[code], self.owners[code] = rule, plugin

    def add_phrases(self, text: str, plugin: Plugin) -> None:
        """Take a list of phrases, given as the text of its file."""
        try:
            phrases = list(parse_phrases(text))
        except PluginError as error:
            self.problem(plugin, "短语表不可用：{reason}", "list of phrases cannot be used: {reason}", reason=error.message)
            return
        # Two plugins may well list the same; the first one says of which kind it is.
        for phrase in phrases:
            self.phrases.setdefault(phrase.words, phrase)

    def add_claims(self, text: str, plugin: Plugin) -> None:
        """Take words by which the narrative is read, given as the text of their file."""
        try:
            load_vocabulary((text,))
            self.phrasings.append(text)
        except FormError as error:
            self.problem(plugin, "表述词表不可用：{reason}", "words of claims cannot be used: {reason}", reason=error.message)

    def add_form(self, text: str, plugin: Plugin) -> None:
        """Take a form, given as the text of its description, if nobody describes that edition already."""
        try:
            form = parse_form(text, name=plugin.name)
        except FormError as error:
            self.problem(plugin, "表单不可用：{reason}", "form cannot be used: {reason}", reason=error.message)
            return
        known, other = self.forms.setdefault((form.id, form.edition), (form, plugin))
        if known is not form:
            message = (
                "表单 {form} 的 {edition} 版与 {other} 的重复，未启用",
                "form {form}, edition {edition}, is also described by {other}; it is not used",
            )
            self.problem(plugin, *message, form=form.id, edition=form.edition, other=other)
