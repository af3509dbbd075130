"""Loads plugins and calls their hooks; says what is wrong with them. The only module that knows pluggy's manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from gilint import failures, hookspecs
from gilint.contributions import Contributions, Plugin, PluginProblem
from gilint.errors import PluginError, UsageError
from gilint.failures import describe_exception
from gilint.form import Form
from gilint.forms import builtin_forms
from gilint.hookspecs import PROJECT
from gilint.implementations import Manager, hook_names, load_order, misspelt, name_of, unmarked
from gilint.installed import EntryPoint, entry_points
from gilint.language import Text
from gilint.phrases import Phrase
from gilint.rule import PhraseRule, Rule
from gilint.selection import no_such_code

if TYPE_CHECKING:
    import pluggy


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
        loader = _Loader(Contributions({(form.id, form.edition): (form, own) for form in builtin_forms()}))
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


class _Loader:
    """Registers plugins and calls their hooks, one by one."""

    def __init__(self, taken: Contributions) -> None:
        self.taken = taken
        self.managers: dict[str, tuple[pluggy.PluginManager, Plugin]] = {}
        """One manager for each plugin, so that a hook that crashes costs that plugin and no other."""

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
            self.taken.problem(plugin, "无法导入：{reason}", "cannot be imported: {reason}", reason=describe_exception(error))
            return
        self.register(loaded, plugin)

    def _is_taken(self, plugin: Plugin) -> bool:
        """Say whether a plugin of that name is registered already, and report it: which of the two is meant nobody can tell."""
        if plugin.name not in self.managers:
            return False
        message = ("名称与插件 {other} 相同，未加载", "it has the same name as plugin {other}; it is not loaded")
        self.taken.problem(plugin, *message, other=self.managers[plugin.name][1])
        return True

    def register(self, loaded: object, plugin: Plugin) -> None:
        """Register one plugin object, unless its name is taken, a hook implementation of it is not valid, or it cannot be looked at."""
        if self._is_taken(plugin):
            return
        manager = Manager(PROJECT)
        manager.add_hookspecs(hookspecs)
        try:
            self._look_for_mistakes(loaded, plugin, manager)
            manager.register(loaded, name=plugin.name)
        # PluginValidationError: an argument that the specification lacks. And an attribute of the object may raise anything.
        except (Exception, SystemExit) as error:
            self.taken.problem(plugin, "无法注册：{reason}", "cannot be registered: {reason}", reason=describe_exception(error))
            return
        self.managers[plugin.name] = (manager, plugin)

    def _look_for_mistakes(self, loaded: object, plugin: Plugin, manager: pluggy.PluginManager) -> None:
        """Report what pluggy would not: functions that are never called."""
        for name in sorted(misspelt(loaded, manager)):
            self.taken.problem(
                plugin, "{name} 不是 gilint 的钩子（{hooks}）", "{name} is not a hook of gilint ({hooks})", name=name, hooks=hook_names()
            )
        for name in sorted(unmarked(loaded, manager)):
            self.taken.problem(
                plugin,
                "函数 {name} 没有用 @gilint.hookimpl 标记，不会被调用",
                "function {name} lacks @gilint.hookimpl and is not called",
                name=name,
            )

    def registry(self) -> Registry:
        """Call the hooks of every plugin and take what can be used of what they return."""
        taken = self.taken
        for manager, plugin in self.managers.values():
            for rule in self._call("gilint_rules", manager, plugin):
                taken.add_rule(rule, plugin)
            adders = {"gilint_forms": taken.add_form, "gilint_phrases": taken.add_phrases, "gilint_claims": taken.add_claims}
            for hook, add in adders.items():
                for text in self._texts(hook, manager, plugin):
                    add(text, plugin)
        rules = tuple(taken.rules[code] for code in sorted(taken.rules))
        forms = tuple(form for form, _ in taken.forms.values())
        return Registry(rules, forms, tuple(taken.problems), taken.owners, tuple(taken.phrases.values()), tuple(taken.phrasings))

    def _call(self, hook: str, manager: pluggy.PluginManager, plugin: Plugin) -> list[Any]:
        try:
            return [item for result in getattr(manager.hook, hook)() for item in result]
        except (Exception, SystemExit) as error:
            self.taken.problem(plugin, "{hook} 运行出错：{reason}", "{hook} crashed: {reason}", hook=hook, reason=describe_exception(error))
            return []

    def _texts(self, hook: str, manager: pluggy.PluginManager, plugin: Plugin) -> Iterator[str]:
        for item in self._call(hook, manager, plugin):
            if isinstance(item, str):
                yield item
            else:
                self.taken.problem(plugin, "{hook} 返回的不是文本", "{hook} returned something that is not text", hook=hook)
