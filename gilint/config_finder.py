"""Which configuration is for which folder: the nearest ``gilint.toml``, or ``pyproject.toml`` with our table, upwards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from gilint.config import WAIVERS_FILE, Config, own_data, read_config
from gilint.errors import ConfigError
from gilint.language import LANGUAGES, Language
from gilint.rule import Rule
from gilint.tomlfile import file_state

_FILES = ("gilint.toml", "pyproject.toml")
_DEFAULTS = Config()


class ConfigFinder:
    """Finds the configuration of each document, reading every file once."""

    def __init__(self, rules: Sequence[type[Rule]], fixed: Config | None = None, all_known: bool = True) -> None:
        self.rules = rules
        self.fixed = fixed
        """Given by the user for all documents; nothing is searched then."""
        self.all_known = all_known
        self._found: dict[str, Config] = {}
        self._waivers: dict[str, str | None] = {}

    def for_folder(self, folder: str | os.PathLike[str]) -> Config:
        """Return the configuration that applies in ``folder``, an absolute path.

        Raises:
            ConfigError: see `read_config`.
        """
        if self.fixed is not None:
            return self.fixed
        config, pending = None, []
        for place in _upwards(os.fspath(folder)):
            pending.append(place)
            if (config := self._found.get(place) or self._read(place)) is not None:
                break
        config = config or _DEFAULTS
        self._found.update(dict.fromkeys(pending, config))
        return config

    def waivers_for(self, folder: str) -> str | None:
        """Return the file with the waivers for documents in ``folder``, an absolute path: the configured one, or that of the nearest folder."""
        if (configured := self.for_folder(folder).waivers) is not None:
            return str(configured)
        if folder not in self._waivers:
            files = (f"{place}{os.sep}{WAIVERS_FILE}" for place in _upwards(folder))
            # Hardly anybody has one: an exception for each folder would take longer than the answer.
            self._waivers[folder] = next((file for file in files if os.access(file, os.F_OK) and os.path.isfile(file)), None)  # noqa: PTH113
        return self._waivers[folder]

    def _read(self, folder: str) -> Config | None:
        for name in _FILES:
            file = f"{folder}{os.sep}{name}"
            state = file_state(file)
            if state is not None and (config := _config_of(file, state, tuple(self.rules), self.all_known)) is not None:
                return config
        return None


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder, given by its absolute path, and those above it; one named through another (``../reports``) is not in that one."""
    # Texts, for to make a `Path` of each folder costs more than to look into it.
    place, below = os.path.normpath(folder) if ".." in folder else folder, ""
    while place != below:
        yield place
        place, below = os.path.dirname(place), place  # noqa: PTH120


@lru_cache(maxsize=32)
def _config_of(file: str, _state: tuple[int, ...], rules: tuple[type[Rule], ...], all_known: bool) -> Config | None:
    """Read a configuration file, once as long as its state is the same; ``None`` for a project file without our table."""
    path = Path(file)
    return None if own_data(path) is None else read_config(path, rules, all_known=all_known)


def configured_language(file: str | None, folder: str) -> Language | None:
    """Return the language that a configuration asks for, whatever else it says and however wrong that is; ``None`` where it asks for none.

    Args:
        file: the configuration, if one was named.
        folder: where else to begin to search, an absolute path.
    """
    files = [file] if file is not None else (f"{place}{os.sep}{name}" for place in _upwards(folder) for name in _FILES)
    for each in files:
        try:
            said = own_data(Path(each)) if file_state(each) is not None else None
        except ConfigError:
            return None
        if said is not None:
            asked = said.get("lang") if isinstance(said, dict) else None
            return next((language for language in LANGUAGES if language == asked), None)
    return None
