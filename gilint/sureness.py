"""How sure the numbers of a report are, for repairs: cells that are never changed, and weights of others. The table ``[repair]`` of a configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from attrs import frozen

from gilint.data import Data
from gilint.errors import ConfigError
from gilint.form import Form
from gilint.language import Text, with_hint
from gilint.tomlfile import line_of_key

KEYS = ("fixed", "weights")
_FIXED = Text(
    '单元格的列表，例如 ["applications.total.total"]，* 代表任意文字',
    'a list of cells, for example ["applications.total.total"]; * is anything',
)
_WEIGHTS = Text("单元格到权重的表", "a table of cells and weights")
_WEIGHT = Text("大于 0 的数", "a number above 0")


class RefusedError(Exception):
    """A value cannot be."""

    def __init__(self, key: str, expected: Text, value: Any) -> None:
        super().__init__(key)
        self.key, self.expected, self.value = key, expected, value


@frozen(eq=False, repr=False)
class Sureness(Data):
    """Patterns of cells, ``table.row.column`` with ``*`` for anything, as `gilint.repair` takes them."""

    fixed: tuple[str, ...] = ()
    weights: tuple[tuple[str, int | float], ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Sureness:
        """Take over what a configuration says.

        Raises:
            RefusedError: a value is not what its key takes.
        """
        fixed, weights = data.get("fixed", []), data.get("weights", {})
        if not isinstance(fixed, (list, tuple)) or not all(isinstance(each, str) for each in fixed):
            raise RefusedError("fixed", _FIXED, fixed)
        if not isinstance(weights, Mapping):
            raise RefusedError("weights", _WEIGHTS, weights)
        return cls(tuple(fixed), tuple(_weights(weights)))

    def of_form(self, form: Form) -> Sureness:
        """Return what concerns a form: others may have other cells."""
        return Sureness(
            tuple(name for name in self.fixed if form.named(name)), tuple((name, each) for name, each in self.weights if form.named(name))
        )

    def verify(self, forms: Iterable[Form], path: Path | None) -> None:
        """Refuse a cell that no form has.

        Args:
            forms: every form that there is.
            path: the file that says so, for the message.

        Raises:
            ConfigError: a pattern names nothing.
        """
        forms = list(forms)
        for table, names in (("fixed", self.fixed), ("weights", [name for name, _ in self.weights])):
            for name in names:
                if not any(form.named(name) for form in forms):
                    line = line_of_key(path, f"repair.{table}") if path else None
                    place = Text(f"{path} 第 {line} 行", f"{path}:{line}") if line else Text(*[str(path or "config")] * 2)
                    unknown = with_hint(
                        Text(f"没有单元格 {name}", f"no form has a cell {name}"),
                        name,
                        {".".join(key) for form in forms for key in form.keys},
                    )
                    raise ConfigError(Text(f"{place.zh}：repair.{table}：{unknown.zh}", f"{place.en}: repair.{table}: {unknown.en}"))


def _weights(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, int | float]]:
    """Yield every weight; a key with dots and without quotes makes a table of each of its words."""
    for name, value in table.items():
        whole = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from _weights(value, whole)
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value) or value <= 0:
            raise RefusedError(f"weights.{whole}", _WEIGHT, value)
        else:
            yield whole, value
