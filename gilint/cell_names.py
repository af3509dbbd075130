"""What the cells of the forms can be called where people name them."""

from __future__ import annotations

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
    for form in forms:
        for table in form.tables:
            for key in table.keys:
                ref = CellRef(*key)
                names.setdefault(".".join(key), set()).add(ref)
                row, column = table.row(ref.row).label, table.column(ref.column).label
                for called in (f"{row.zh} · {column.zh}", f"{row.en} / {column.en}"):
                    names.setdefault(fold(called), set()).add(ref)
    return names
