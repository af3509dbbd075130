"""From the data of a TOML file to the classes that describe a form, strictly: no key is passed over, no value is converted.

What a key may hold is read from the annotations of `gilint.form`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import attrs

from gilint.errors import FormError

Made = TypeVar("Made")
_Reader = Callable[[Any, str, list[str]], Any]
"""Takes a value, where it stands (``$.tables[0].name``) and a list to which it adds what is wrong with the value."""


def structure(data: Mapping[str, Any], wanted: type[Made]) -> Made:
    """Make an object of a class of `gilint.form` from what a TOML file says.

    Raises:
        FormError: unknown or missing keys, values of a wrong type; the message names every one of them.
    """
    faults: list[str] = []
    made: Made = _reader(wanted)(data, "$", faults)  # type: ignore[arg-type]  # a class has a hash
    if faults:
        raise FormError("; ".join(faults))
    return made


@lru_cache(maxsize=64)
def _reader(wanted: Any) -> _Reader:
    """Return what reads a value of a type, as far as descriptions of forms need types."""
    origin, parts = get_origin(wanted), get_args(wanted)
    if attrs.has(wanted):
        return _object_reader(wanted)
    if origin is tuple:
        return _list_reader(_reader(parts[0]))
    if origin is Mapping:
        return _table_reader(_reader(parts[1]))
    if origin is types.UnionType:
        # TOML has no null: a key that may be None is left out.
        return _reader(parts[0])
    if origin is Literal:
        return _choice_reader({choice: choice for choice in parts})
    if issubclass(wanted, Enum):
        return _choice_reader({member.value: member for member in wanted})
    return _exact_reader(wanted)


def _shown(value: Any) -> str:
    return repr(value)[:80]


def _exact_reader(wanted: type) -> _Reader:
    def read(value: Any, where: str, faults: list[str]) -> Any:
        # Not isinstance: true is no number.
        if type(value) is not wanted:
            faults.append(f"{_shown(value)} is not of type {wanted.__name__} @ {where}")
        return value

    return read


def _choice_reader(choices: Mapping[str, Any]) -> _Reader:
    def read(value: Any, where: str, faults: list[str]) -> Any:
        if not isinstance(value, str) or value not in choices:
            faults.append(f"{_shown(value)} is none of {', '.join(choices)} @ {where}")
            return None
        return choices[value]

    return read


def _list_reader(item: _Reader) -> _Reader:
    def read(value: Any, where: str, faults: list[str]) -> Any:
        if not isinstance(value, list):
            faults.append(f"{_shown(value)} is not a list @ {where}")
            return ()
        return tuple([item(each, f"{where}[{number}]", faults) for number, each in enumerate(value)])

    return read


def _table_reader(item: _Reader) -> _Reader:
    def read(value: Any, where: str, faults: list[str]) -> Any:
        if not isinstance(value, dict):
            faults.append(f"{_shown(value)} is not a table @ {where}")
            return {}
        return {key: item(each, f"{where}.{key}", faults) for key, each in value.items()}

    return read


def _object_reader(wanted: type[attrs.AttrsInstance]) -> _Reader:
    hints = get_type_hints(wanted)
    fields = attrs.fields(wanted)
    readers = {field.name: _reader(hints[field.name]) for field in fields}
    required = [field.name for field in fields if field.default is attrs.NOTHING]

    def read(value: Any, where: str, faults: list[str]) -> Any:
        if not isinstance(value, dict):
            faults.append(f"{_shown(value)} is not a table @ {where}")
            return None
        before = len(faults)
        values = {key: readers[key](each, f"{where}.{key}", faults) for key, each in value.items() if key in readers}
        faults.extend(f"unknown key {key} @ {where}" for key in value if key not in readers)
        faults.extend(f"key {key} is missing @ {where}" for key in required if key not in value)
        return wanted(**values) if len(faults) == before else None

    return read
