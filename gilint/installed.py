"""Which installed distributions declare entry points for gilint.

The answers are those of `importlib.metadata`. To import that module (it brings ``email``, ``zipfile`` and ``tempfile``) takes as long as to lint several pages, so
the files that it reads are read here, wherever they lie in plain folders; it is asked where they do not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import frozen

_SUFFIXES = (".dist-info", ".egg-info")


@frozen(eq=False, repr=False)
class EntryPoint:
    """One line of a distribution's ``entry_points.txt``."""

    name: str
    value: str
    """``module`` or ``module:attribute``."""
    distribution: str | None = None
    version: str | None = None

    def load(self) -> Any:
        """Import what it names; what fails is whatever the import raises."""
        module, _, attribute = self.value.partition("[")[0].partition(":")
        loaded = import_module(module.strip())
        return attrgetter(attribute.strip())(loaded) if attribute.strip() else loaded


def entry_points(group: str) -> list[EntryPoint]:
    """Return the entry points of a group, of all distributions on ``sys.path``; of two with one name the first counts."""
    if not _in_plain_folders():
        from importlib import metadata

        return [
            EntryPoint(found.name, found.value, *((found.dist.name, found.dist.version) if found.dist else ()))
            for found in metadata.entry_points(group=group)
        ]
    return [found for folder in _distributions().values() for found in _declared(folder, group)]


def version(project: str) -> str:
    """Return the version of an installed distribution.

    Raises:
        importlib.metadata.PackageNotFoundError: it is not installed.
    """
    folder = _distributions().get(project) if _in_plain_folders() else None
    if folder is None:
        from importlib import metadata

        return metadata.version(project)
    return _facts(folder)["version"]


def _in_plain_folders() -> bool:
    """Say whether there are distributions in folders only: others lie in archives, or are found in ways of their own."""
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    return finders == [PathFinder] and not any(Path(place).is_file() for place in sys.path)


# A hundred distributions are usual: their folders are named by strings, for to make paths of them takes longer than to read the files.
def _distributions() -> dict[str, str]:
    """Return the names of all distributions, as they are compared, and the folders that describe them."""
    known: dict[str, str] = {}
    for folder in sys.path:
        for name, place in _described_in(folder or "."):
            known.setdefault(re.sub(r"[-_.]+", "-", name.rpartition(".")[0].partition("-")[0]).lower(), place)
    return known


def _described_in(folder: str) -> list[tuple[str, str]]:
    try:
        with os.scandir(folder) as entries:
            described = [(entry.name, entry.path) for entry in entries if entry.name.lower().endswith(_SUFFIXES)]
    except OSError:
        return []
    if folder.lower().endswith(".egg"):
        described.append((Path(folder).name, f"{folder}/EGG-INFO"))
    return described


def _declared(folder: str, group: str) -> Iterator[EntryPoint]:
    """Yield what one distribution declares."""
    section = ""
    facts: dict[str, str] | None = None
    for line in _lines(f"{folder}/entry_points.txt", having=f"[{group}]"):
        if line.startswith("[") and line.endswith("]"):
            section = line.strip("[]")
        elif section == group and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            facts = _facts(folder) if facts is None else facts
            yield EntryPoint(name.strip(), value.strip(), facts.get("name"), facts.get("version"))


def _facts(folder: str) -> dict[str, str]:
    """Return the headers of a distribution's metadata, their names in lower case."""
    facts: dict[str, str] = {}
    for line in _lines(f"{folder}/METADATA") or _lines(f"{folder}/PKG-INFO"):
        if not line:
            break
        name, _, value = line.partition(":")
        facts.setdefault(name.strip().lower(), value.strip())
    return facts


def _lines(file: str, having: str = "") -> list[str]:
    """Return the lines of a file, none where it is not there or does not have some words."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:  # noqa: PTH123
            text = opened.read()
    except OSError:
        return []
    return [line.strip() for line in text.splitlines()] if having in text else []
