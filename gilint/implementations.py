"""What a plugin looks like: its name, and which of its functions were meant to be hooks and are none (pluggy says nothing, or names the first only)."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType

import pluggy

from gilint import hookspecs
from gilint.hookspecs import PROJECT
from gilint.installed import EntryPoint


class Manager(pluggy.PluginManager):
    """A plugin manager that passes at once what is no function in a module, as rules and tables are: pluggy looks at the classes of each."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        """Return what `gilint.hookimpl` has said of a function of the plugin, ``None`` where it has said nothing."""
        if type(plugin) is ModuleType and not inspect.isroutine(vars(plugin).get(name)):
            return None
        return super().parse_hookimpl_opts(plugin, name)


def hook_names() -> list[str]:
    """Return the names of all hooks, sorted."""
    return sorted(name for name in vars(hookspecs) if name.startswith("gilint_"))


def misspelt(loaded: object, manager: pluggy.PluginManager) -> Iterator[str]:
    """Yield hook implementations without a hook: `check_pending` of pluggy would name the first one only."""
    known = hook_names()
    for name in dir(loaded):
        options = manager.parse_hookimpl_opts(loaded, name)
        if options is not None and (options.get("specname") or name) not in known and not options.get("optionalhook"):
            yield name


def unmarked(loaded: object, manager: pluggy.PluginManager) -> Iterator[str]:
    """Yield functions that are named like a hook and would never be called."""
    for name in dir(loaded):
        if (
            name.startswith("gilint_")
            and inspect.isroutine(inspect.getattr_static(loaded, name))
            and manager.parse_hookimpl_opts(loaded, name) is None
        ):
            yield name


def name_of(plugin: object, number: int) -> str:
    """Return how a plugin given in Python is called: by its ``__name__``, or by its class and its place among those given."""
    try:
        return str(plugin.__name__)  # type: ignore[attr-defined]
    # Not only AttributeError: a property may raise anything.
    except Exception:
        return f"{type(plugin).__name__} {number}"


def load_order(entry_point: EntryPoint) -> tuple[bool, str, str, str]:
    """Put those of gilint first, so that an outsider can never take a built-in prefix or name."""
    distribution = entry_point.distribution or ""
    return distribution != PROJECT, distribution, entry_point.name, entry_point.value
