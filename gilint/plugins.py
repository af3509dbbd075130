"""Loads plugins, verifies what they bring, and says what is wrong with them. The only module that knows pluggy's manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from gilint import failures, hookspecs
from gilint.claims import load_vocabulary
from gilint.errors import FormError, PluginError, UsageError
from gilint.facts import rule_faults
from gilint.failures import describe_exception
from gilint.form import Form
from gilint.forms import builtin_forms, parse_form
from gilint.hookspecs import PROJECT
from gilint.implementations import hook_names, load_order, misspelt, name_of, unmarked
from gilint.installed import EntryPoint, entry_points
from gilint.language import Text
from gilint.phrases import Phrase, parse_phrases
from gilint.rule import PhraseRule, Rule
from gilint.selection import no_such_code

if TYPE_CHECKING:
    import pluggy


@frozen
class Plugin:
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


@frozen
class PluginProblem:
    """What is wrong with a plugin. What it concerns is left out, the rest of the plugin and the run go on."""

    plugin: Plugin
    message: Text

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Text:
        """The message, with the plugin's name and version before it."""
        return Text(f"插件 {self.plugin}：{self.message.zh}", f"plugin {self.plugin}: {self.message.en}")


@frozen(eq=False, repr=False)
class Registry:
    """The rules and forms at hand, and what went wrong when they were loaded. Passed around, never changed."""

    rules: tuple[type[Rule], ...]
    """Sorted by code."""
    forms: tuple[Form, ...]
    """The built-in editions first, then those of plugins."""
    problems: tuple[PluginProblem, ...] = ()
    owners: Mapping[str, Plugin] = field(factory=dict)
    """Which plugin brings the rule with a code."""
    phrases: tuple[Phrase, ...] = ()
    """Phrases that have no place in a government text, each once."""
    phrasings: tuple[str, ...] = ()
    """What plugins add to the vocabulary of claims."""

    @classmethod
    def load(cls, extra: Iterable[object] = (), *, installed: bool = True) -> Registry:
        """Load every installed plugin, and ``extra`` ones: modules or objects with hook implementations.

        Args:
            extra: plugins that are not installed, for a notebook or a test.
            installed: ``False`` leaves the installed plugins out, the built-in rules with them.

        Raises:
            PluginError: there is no rule at all, because gilint was not installed.
        """
        declared = sorted(entry_points(PROJECT), key=load_order)
        own = Plugin("gilint", PROJECT, next((each.version for each in declared if each.distribution == PROJECT), None))
        loader = _Loader({(form.id, form.edition): (form, own) for form in builtin_forms()})
        loader.register(failures, own)
        if installed:
            for entry_point in declared:
                loader.load(entry_point)
        for number, plugin in enumerate(extra, start=1):
            loader.register(plugin, Plugin(name_of(plugin, number)))
        registry = loader.registry()
        if installed and all(owner.name == PROJECT for owner in registry.owners.values()):
            raise PluginError(_no_rules(registry.problems))
        return registry

    def __repr__(self) -> str:
        return f"<Registry: {len(self.rules)} rules, {len(self.forms)} forms, {len(self.problems)} problems>"

    def make(self, rule: type[Rule], options: Mapping[str, Any] = MappingProxyType({})) -> Rule:
        """Make an instance of a rule, with its options and with what it shares with others."""
        made = rule(**options)
        if isinstance(made, PhraseRule):
            made.phrases = self.phrases
        return made

    def rule(self, code: str) -> type[Rule]:
        """Return the rule with a code.

        Raises:
            UsageError: there is none.
        """
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise UsageError(no_such_code(code, self.rules, [rule.code for rule in self.rules]))


@lru_cache(maxsize=1)
def load_registry() -> Registry:
    """Return the registry of all installed plugins, loaded once for the process."""
    return Registry.load()


def _no_rules(problems: Iterable[PluginProblem]) -> Text:
    details = "".join(f"\n  {problem}" for problem in problems)
    return Text(
        "没有找到任何规则：gilint 没有安装。请在其目录中运行：pip install -e ." + details,
        "no rules are registered, so gilint is not installed: run pip install -e . in its folder" + details,
    )


@define(eq=False, repr=False)
class _Loader:
    """Collects what plugins bring, one by one."""

    forms: dict[tuple[str, str], tuple[Form, Plugin]]
    managers: dict[str, tuple[pluggy.PluginManager, Plugin]] = field(factory=dict)
    """One manager for each plugin, so that a hook that crashes costs that plugin and no other."""
    problems: list[PluginProblem] = field(factory=list)
    rules: dict[str, type[Rule]] = field(factory=dict)
    owners: dict[str, Plugin] = field(factory=dict)
    prefixes: dict[str, Plugin] = field(factory=dict)
    phrases: dict[str, Phrase] = field(factory=dict)
    phrasings: list[str] = field(factory=list)

    def problem(self, plugin: Plugin, zh: str, en: str, **arguments: Any) -> None:
        self.problems.append(PluginProblem(plugin, Text(zh, en).filled(**arguments)))

    def load(self, entry_point: EntryPoint) -> None:
        """Import one installed plugin and register it."""
        plugin = Plugin(entry_point.name, entry_point.distribution, entry_point.version)
        # Asked before the import too, for to import a plugin is to run it.
        if self._is_taken(plugin):
            return
        try:
            loaded = entry_point.load()
        # A plugin may raise anything while it is imported, SystemExit included; the run goes on without it.
        except (Exception, SystemExit) as error:
            self.problem(plugin, "无法导入：{reason}", "cannot be imported: {reason}", reason=describe_exception(error))
            return
        self.register(loaded, plugin)

    def _is_taken(self, plugin: Plugin) -> bool:
        """Say whether a plugin of that name is registered already, and report it: which of the two is meant nobody can tell."""
        if plugin.name not in self.managers:
            return False
        message = ("名称与插件 {other} 相同，未加载", "it has the same name as plugin {other}; it is not loaded")
        self.problem(plugin, *message, other=self.managers[plugin.name][1])
        return True

    def register(self, loaded: object, plugin: Plugin) -> None:
        """Register one plugin object, unless its name is taken, a hook implementation of it is not valid, or it cannot be looked at."""
        import pluggy

        if self._is_taken(plugin):
            return
        manager = pluggy.PluginManager(PROJECT)
        manager.add_hookspecs(hookspecs)
        try:
            self._look_for_mistakes(loaded, plugin, manager)
            manager.register(loaded, name=plugin.name)
        # PluginValidationError: an argument that the specification lacks. And an attribute of the object may raise anything.
        except (Exception, SystemExit) as error:
            self.problem(plugin, "无法注册：{reason}", "cannot be registered: {reason}", reason=describe_exception(error))
            return
        self.managers[plugin.name] = (manager, plugin)

    def _look_for_mistakes(self, loaded: object, plugin: Plugin, manager: pluggy.PluginManager) -> None:
        """Report what pluggy would not: functions that are never called."""
        for name in sorted(misspelt(loaded, manager)):
            self.problem(
                plugin, "{name} 不是 gilint 的钩子（{hooks}）", "{name} is not a hook of gilint ({hooks})", name=name, hooks=hook_names()
            )
        for name in sorted(unmarked(loaded, manager)):
            self.problem(
                plugin,
                "函数 {name} 没有用 @gilint.hookimpl 标记，不会被调用",
                "function {name} lacks @gilint.hookimpl and is not called",
                name=name,
            )

    def registry(self) -> Registry:
        """Call the hooks of every plugin and verify what they return."""
        for manager, plugin in self.managers.values():
            for rule in self._call("gilint_rules", manager, plugin):
                self._add_rule(rule, plugin)
            adders = {"gilint_forms": self._add_form, "gilint_phrases": self._add_phrases, "gilint_claims": self._add_claims}
            for hook, add in adders.items():
                for text in self._texts(hook, manager, plugin):
                    add(text, plugin)
        rules = tuple(self.rules[code] for code in sorted(self.rules))
        forms = tuple(form for form, _ in self.forms.values())
        return Registry(rules, forms, tuple(self.problems), self.owners, tuple(self.phrases.values()), tuple(self.phrasings))

    def _call(self, hook: str, manager: pluggy.PluginManager, plugin: Plugin) -> list[Any]:
        try:
            return [item for result in getattr(manager.hook, hook)() for item in result]
        except (Exception, SystemExit) as error:
            self.problem(plugin, "{hook} 运行出错：{reason}", "{hook} crashed: {reason}", hook=hook, reason=describe_exception(error))
            return []

    def _texts(self, hook: str, manager: pluggy.PluginManager, plugin: Plugin) -> Iterator[str]:
        for item in self._call(hook, manager, plugin):
            if isinstance(item, str):
                yield item
            else:
                self.problem(plugin, "{hook} 返回的不是文本", "{hook} returned something that is not text", hook=hook)

    def _add_rule(self, rule: Any, plugin: Plugin) -> None:
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
        other = self.prefixes.setdefault(code[:3], plugin)
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

    def _add_phrases(self, text: str, plugin: Plugin) -> None:
        try:
            phrases = list(parse_phrases(text))
        except PluginError as error:
            self.problem(plugin, "短语表不可用：{reason}", "list of phrases cannot be used: {reason}", reason=error.message)
            return
        # Two plugins may well list the same; the first one says of which kind it is.
        for phrase in phrases:
            self.phrases.setdefault(phrase.words, phrase)

    def _add_claims(self, text: str, plugin: Plugin) -> None:
        try:
            load_vocabulary((text,))
            self.phrasings.append(text)
        except FormError as error:
            self.problem(plugin, "表述词表不可用：{reason}", "words of claims cannot be used: {reason}", reason=error.message)

    def _add_form(self, text: str, plugin: Plugin) -> None:
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
