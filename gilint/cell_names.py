"""What the cells of the forms can be called where people name them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gilint.form import Form
from gilint.place import CellRef
from gilint.recognise.folding import fold


def refs_of(forms: tuple[Form, ...], name: str) -> frozenset[CellRef]:
    """Return the cells of all editions that are called so: by names (``*`` at the end for all that follows) or by official labels."""
    names = cell_names(forms)
    if name.endswith("*"):
        return frozenset(ref for known, refs in names.items() if "." in known and known.startswith(name[:-1]) for ref in refs)
    return frozenset(names.get(name) or names.get(fold(name)) or ())


@lru_cache(maxsize=4)
def cell_names(forms: tuple[Form, ...]) -> dict[str, set[CellRef]]:
    """Return what cells can be called: ``table.row.column``, and as messages do, ``(七)总计 · 自然人``, folded."""
    names: dict[str, set[CellRef]] = {}
    for ref, name, *labels in _called(forms):
        names.setdefault(name, set()).add(ref)
        for each in labels:
            names.setdefault(fold(each), set()).add(ref)
    return names


def names_to_suggest(forms: tuple[Form, ...]) -> tuple[str, ...]:
    """Return what cells can be called as people write it."""
    return tuple(dict.fromkeys(name for _, *names in _called(forms) for name in names))


def _called(forms: tuple[Form, ...]) -> Iterator[tuple[CellRef, str, str, str]]:
    for form in forms:
        for table in form.tables:
            for key in table.keys:
                ref = CellRef(*key)
                row, column = table.row(ref.row).label, table.column(ref.column).label
                yield ref, ".".join(key), f"{row.zh} · {column.zh}", f"{row.en} / {column.en}"
