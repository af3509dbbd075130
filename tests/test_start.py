"""What a start loads: libraries and modules that a command does not use would be waited for by everyone who calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from gilint.forms import builtin_forms
from gilint.testing import typical_page

NEVER = {
    "cattrs",
    "importlib.metadata",
    "importlib.resources",
    "jinja2",
    "numpy",
    "pandas",
    "polars",
    "rich",
    "tempfile",
    "asyncio",
    "difflib",
    "calendar",
    "rapidfuzz",
    "gilint_rules.sums.writing",
}
"""None of it is needed to check a report and print what was found."""
READERS = {"gilint.readers", "gilint.recognise", "selectolax"}


def loaded(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> set[str]:
    """Run the command in a process of its own and return the modules that it has loaded in the end."""
    script = "import sys\nfrom gilint.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=folder, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout
    return set(done.stderr.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.html").write_text(typical_page(builtin_forms()[-1], 1), encoding="utf-8")
    (tmp_path / "one.txt").write_text("政府信息公开工作年度报告\n一、总体情况\n", encoding="utf-8")
    return tmp_path


def test_a_check_loads_no_library_that_it_does_not_use(folder: Path) -> None:
    assert loaded("check", "one.html", folder=folder) & NEVER == set()


def test_a_check_of_plain_text_loads_no_parser(folder: Path) -> None:
    assert loaded("check", "one.txt", folder=folder) & (NEVER | {"selectolax"}) == set()


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("rules",), ("explain", "SUM")])
def test_help_and_rules_load_no_reader(arguments: tuple[str, ...], folder: Path) -> None:
    assert loaded(*arguments, folder=folder) & (NEVER | READERS) == set()


def test_no_toml_is_parsed_where_python_keeps_what_it_compiles(folder: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": ""}
    first, second = (loaded("check", "one.html", folder=folder, environment=environment) for _ in range(2))
    assert "tomllib" in first - second


def test_the_package_alone_loads_no_command(folder: Path) -> None:
    script = "import gilint, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & (NEVER | READERS | {"click", "pluggy", "tomllib"}) == set()


def test_what_is_left_at_the_end_is_not_looked_through(folder: Path) -> None:
    script = "import atexit, gc\natexit.register(lambda: print(gc.get_freeze_count()))\nfrom gilint.cli import main\nmain()"
    done = subprocess.run([sys.executable, "-c", script, "check", "one.html"], cwd=folder, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) > 0
