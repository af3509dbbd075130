"""What classes of data have in common: printed, compared and hashed by their fields.

attrs writes these methods for each class and has Python compile them, which takes twice as long as all the rest of making the class; a hundred classes are made
before the first report can be looked at. Most data are never compared, so one method for all of them is fast enough: a class that inherits from `Data` or `Shown`
is declared with ``eq=False, repr=False``.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import attrs


class Shown:
    """Printed by its fields, and compared by identity."""

    __slots__ = ()

    def __repr__(self) -> str:
        fields = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in _fields(type(self)) if field.repr)
        return f"{type(self).__qualname__}({fields})"


class Data(Shown):
    """Printed, compared and hashed by its fields, for frozen classes; fields with ``eq=False`` do not count."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(_compared(self) == _compared(other))

    def __hash__(self) -> int:
        return hash((self.__class__, _compared(self)))


_COMPARED: dict[type, attrgetter[Any]] = {}


def _compared(data: object) -> Any:
    """Return what of ``data`` counts, one value or several."""
    compared = _COMPARED.get(type(data))
    if compared is None:
        names = [field.name for field in _fields(type(data)) if field.eq]
        compared = _COMPARED[type(data)] = attrgetter(*names or ["__class__"])
    return compared(data)


def _fields(data: Any) -> tuple[attrs.Attribute[Any], ...]:
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(data)
    return fields
