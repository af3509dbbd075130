"""Regular expressions for what few documents have, compiled when they are first looked for.

Python compiles a regular expression in 0.1 to 1 ms, the longer the more Chinese characters its sets hold. All that gilint has would take as long as to lint many
pages, so those that a usual page does not need are declared by `deferred`; what every page needs is compiled by `re.compile` as ever.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern, and has its methods from the first use on."""

    __slots__ = ("_flags", "_text", *_METHODS)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there: a method before the first use, or an attribute that is not worth a slot.
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def deferred(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but compile it when it is first used; a mistake in it is raised only then."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
