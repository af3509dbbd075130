"""TOML documents that come with a package, read as fast as its modules are.

To parse the built-in forms and words takes tomllib longer than to lint several pages. Python keeps what it compiles of a module in ``__pycache__`` beside it, as long as
the module stays as it is; the same machinery keeps what is parsed of a document here, under the same rules: nothing is kept where Python may not write,
nor with ``-B``, and a document that was edited is parsed anew.
"""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any


class _Loader(SourceFileLoader):
    """Loads a TOML document as if it were a module that assigns its content to a name."""

    # Python 3.15 gives the name too. The base classes of the base class disagree on whether this is a static method.
    def source_to_code(  # type: ignore[override]
        self, data: Any, path: Any, fullname: str | None = None, *, _optimize: int = -1
    ) -> CodeType:
        """Parse the document, and compile its content as a literal of Python."""
        import tomllib

        return compile(f"content = {tomllib.loads(data.decode('utf-8'))!r}", path, "exec", dont_inherit=True)


def read_packaged(file: Path) -> dict[str, Any]:
    """Return the content of a TOML document that came with a package: of texts, whole numbers, truth values, lists and tables.

    For documents which nobody edits while the program runs. No module of the same name may lie beside it, because Python would keep both in one file.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML document.
        OSError: it cannot be read.
    """
    module = ModuleType(file.stem)
    _Loader(file.stem, str(file)).exec_module(module)
    content: dict[str, Any] = module.content
    return content
