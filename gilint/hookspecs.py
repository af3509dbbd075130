"""Every hook that a plugin can implement."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from gilint.rule import Rule

PROJECT = "gilint"
"""The project name of pluggy and the name of the entry-point group."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gilint_rules() -> Iterable[type[Rule]]:  # type: ignore[empty-body]
    """Return the rule classes that the plugin brings. Their codes must have a prefix that no other plugin uses."""


@hookspec
def gilint_phrases() -> Iterable[str]:  # type: ignore[empty-body]
    """Return lists of phrases that have no place in a government text (see the guide to plugins)."""


@hookspec
def gilint_forms() -> Iterable[str]:  # type: ignore[empty-body]
    """Return form descriptions, each the text of a TOML file (see the guide to forms)."""


@hookspec
def gilint_claims() -> Iterable[str]:  # type: ignore[empty-body]
    """Return words and statements by which narratives are read besides the built-in ones, each the text of a TOML file (see the guide to plugins)."""
