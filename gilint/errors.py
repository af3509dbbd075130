"""What can go wrong with a call of gilint itself, one class per cause.

Mistakes in a *document* are never exceptions: they are findings. These classes are for wrong usage, wrong
configuration and faulty plugins; each carries the exit status of the command line.
"""

from __future__ import annotations

from gilint.language import Language, Text, say


class GilintError(Exception):
    """Base of every error that gilint raises on purpose."""

    exit_code = 2

    def __init__(self, message: Text | str) -> None:
        super().__init__(message)
        self.message = message

    def say(self, language: Language = "zh") -> str:
        """Return the message in one language, where it has two."""
        return say(self.message, language)


class UsageError(GilintError):
    """The call makes no sense: an unknown format, an unknown rule code, nothing to lint."""


class InputNotFoundError(UsageError, FileNotFoundError):
    """A path was named that does not exist."""


class ConfigError(GilintError):
    """A configuration file cannot be read, or says something that gilint does not know."""


class FormError(GilintError):
    """A form description contradicts itself or uses a key that does not exist."""


class PluginError(GilintError):
    """A plugin cannot be used; the message names the plugin and its version."""


class MissingDependencyError(GilintError):
    """An optional dependency is not installed; the message names the extra that brings it."""
