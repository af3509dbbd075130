"""What is built and installed: the wheel holds the source trees, every way of installing finds the same rules, a third party's package too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gilint

ROOT = Path(__file__).parent.parent
PLUGIN = Path(__file__).parent / "example_plugin"
OFFLINE = ("--no-index", "--no-build-isolation", "--no-deps", "--quiet", "--disable-pip-version-check")
SOURCES = ("gilint", "rules", "pyproject.toml", "README.md", "LICENSE")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command and return what it printed.

    Raises:
        AssertionError: it failed; with what it said.
    """
    # No folder of this run may stand in for what is installed.
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")} | environment
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def copy(folder: Path, target: Path) -> Path:
    """Copy a project without what building and testing left behind: an old build folder puts deleted modules back into a wheel."""
    leftovers = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", "build", "dist", ".*")
    shutil.copytree(folder, target, ignore=leftovers)
    return target


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project's sources."""
    target = tmp_path_factory.mktemp("project")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            copy(ROOT / name, target / name)
        else:
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture(scope="module")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the sdist, and the wheel from it."""
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, project, cwd=target)
    (wheel,), (sdist,) = target.glob("*.whl"), target.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that is installed here but gilint itself."""
    target = tmp_path_factory.mktemp("dependencies")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(("gilint", "__editable__", "pip", "__pycache__")):
            (target / entry.name).symlink_to(entry)
    return target


def environment(folder: Path, dependencies: Path) -> Path:
    """Make a virtual environment without gilint and return its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(str(dependencies), encoding="utf-8")
    return folder / "bin" / "python"


def install(python: Path, *what: str | Path) -> None:
    run(sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, *what, cwd=python.parent)


def rules_found(python: Path) -> dict[str, Any]:
    """Return what ``gilint rules`` says in an environment, as its users run it, and see that it is that environment's gilint."""
    where = run(python, "-c", "import gilint; print(gilint.__file__)", cwd=python.parent).strip()
    assert not where.startswith(str(ROOT))
    found: dict[str, Any] = json.loads(run(python.parent / "gilint", "rules", "--format", "json", cwd=python.parent))
    return found


def tree(root: Path, package: str) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in (root / package).rglob("*") if path.is_file())


def test_wheel_holds_the_two_source_trees_and_nothing_else(project: Path, built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    source = {*tree(project, "gilint"), *tree(project / "rules", "gilint_rules")}
    assert packed == source
    assert {"gilint/py.typed", "gilint_rules/py.typed", "gilint/forms/gi_annual_report/2021.toml"} <= packed
    assert any(name.endswith(".j2") for name in packed)


@pytest.mark.parametrize("way", ["plain", "editable", "sdist", "wheel"])
def test_every_way_of_installing_finds_the_same_rules(
    way: str, project: Path, built: dict[str, Path], dependencies: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "venv", dependencies)
    source = copy(project, tmp_path / "source")
    install(python, *{"plain": [source], "editable": ["--editable", source], "sdist": [built["sdist"]], "wheel": [built["wheel"]]}[way])
    install(python, *(["--editable"] if way == "editable" else []), copy(PLUGIN, tmp_path / "plugin"))
    found = rules_found(python)
    assert found["problems"] == []
    assert [rule["code"] for rule in found["rules"] if rule["plugin"]["distribution"] == "gilint"] == [
        rule.code for rule in gilint.load_registry().rules
    ]
    outside = [(rule["code"], rule["plugin"]) for rule in found["rules"] if rule["plugin"]["distribution"] != "gilint"]
    assert outside == [("EXA001", {"name": "gilint_rules_example", "distribution": "gilint-rules-example", "version": "1.0.0"})]


def test_example_plugin_passes_its_own_tests(tmp_path: Path) -> None:
    source = copy(PLUGIN, tmp_path / "plugin")
    site = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", *OFFLINE, "--target", site, source, cwd=tmp_path)
    shutil.rmtree(source / "gilint_rules_example")  # what is tested is what was installed
    cases = (source / "tests" / "cases" / "EXA001.toml").read_text(encoding="utf-8").count("[[case]]")
    said = run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", source, cwd=source, PYTHONPATH=str(site))
    assert f"{cases + 1} passed" in said


def test_package_that_was_never_installed_says_what_to_do(project: Path, dependencies: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", dependencies)
    source = copy(project, tmp_path / "source")  # without what building leaves, which looks like an installed package
    command = [python, "-m", "gilint", "rules", "--lang", "en"]
    ran = subprocess.run(command, cwd=source, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install -e ." in ran.stderr
