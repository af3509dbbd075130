"""What the README and the documentation say is run, compared with the code, or counted."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import gilint
from gilint import hookspecs
from gilint.cli import commands as command_group
from gilint.config import Config
from gilint.plugins import Registry, load_registry

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = sorted([*READMES, *DOCS.rglob("*.md")])

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
MARKED = re.compile(r"^<!-- (?P<kind>run|output): (?P<name>.+?) -->\n```\w+\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
RULES_WRITTEN = "Written by docs/generate_rules.py"


def blocks(page: Path, language: str) -> list[str]:
    return [match["code"] for match in BLOCK.finditer(page.read_text(encoding="utf-8")) if match["language"] == language]


def marked(page: Path, kind: str) -> dict[str, str]:
    return {match["name"]: match["code"] for match in MARKED.finditer(page.read_text(encoding="utf-8")) if match["kind"] == kind}


def commands() -> Iterator[tuple[str, str]]:
    """Yield every shell line of the documentation that calls gilint, with its page."""
    for page in PAGES:
        for code in blocks(page, "bash"):
            for line in code.splitlines():
                if re.search(r"(^|[|/ ])gilint (check|extract|rules|explain)", line):
                    yield str(page.relative_to(ROOT)), line


@pytest.fixture(scope="module")
def reader_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader of the documentation has: the command on the path, a report, a folder of reports, the examples."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "bin").mkdir()
    command = folder / "bin" / "gilint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gilint "$@"\n')
    command.chmod(0o755)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(folder / "bin")
    shutil.copytree(EXAMPLES, folder / "docs" / "examples")
    page = sorted(EXAMPLES.glob("*.html"))[0]
    text = sorted(EXAMPLES.glob("*.txt"))[0]
    for name in ("reports", "年报"):
        (folder / name).mkdir()
        shutil.copy(page, folder / name)
        shutil.copy(page, folder / f"{name.removesuffix('s')}.html")
        shutil.copy(text, folder / f"{name.removesuffix('s')}.txt")
    return folder


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_a_command_that_is_documented_works(page: str, line: str, reader_folder: Path) -> None:
    done = run(line, reader_folder)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    written = re.search(r"--output (\S+)", line)
    assert (reader_folder / written[1]).stat().st_size > 1000 if written else done.stdout


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_output_in_the_readme_is_the_real_one(page: Path, reader_folder: Path) -> None:
    shown = marked(page, "output")
    assert shown
    for line, output in shown.items():
        assert run(line, reader_folder).stdout.strip() == output.strip()


def test_both_readmes_tell_the_same_commands() -> None:
    english, chinese = (marked(page, "run") for page in READMES)
    assert english == chinese
    assert sorted(english) == ["lint", "test"]
    assert "(README.zh.md)" in READMES[0].read_text(encoding="utf-8")
    assert "(README.md)" in READMES[1].read_text(encoding="utf-8")


def test_the_lint_command_of_the_readme_finds_faults_and_succeeds(reader_folder: Path) -> None:
    line = marked(READMES[0], "run")["lint"].splitlines()[-1]
    done = run(line, reader_folder)
    assert done.returncode == 0
    assert "SUM" in done.stdout


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "README.zh.md", DOCS / "python.md"], ids=lambda page: page.name)
def test_python_in_the_documentation_runs(page: Path, reader_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reader_folder)
    code = [code for code in blocks(page, "python") if "import gilint" in code]
    assert code
    for block in code:
        names: dict[str, object] = {}
        exec(compile(block, str(page), "exec"), names)
        if "gilint_rules" in names:
            registry = Registry.load([SimpleNamespace(gilint_rules=names["gilint_rules"])])
            assert registry.problems == ()
            assert "OUR001" in registry.owners


def test_every_name_that_gilint_exports_is_documented() -> None:
    pages = "\n".join((DOCS / page).read_text(encoding="utf-8") for page in ("python.md", "forms.md"))
    documented = set(re.findall(r"^::: gilint\.(?:\w+\.)?(\w+)$", pages, re.MULTILINE))
    errors = {name for name in gilint.__all__ if name.endswith("Error")}
    assert "::: gilint.errors\n" in pages
    assert sorted({*gilint.__all__} - documented - errors - {"__version__"}) == []


def hooks() -> list[str]:
    return [name for name, member in vars(hookspecs).items() if hasattr(member, "gilint_spec")]


@pytest.mark.parametrize("name", hooks())
def test_a_hook_is_documented_with_its_signature(name: str) -> None:
    signature = str(inspect.signature(getattr(hookspecs, name))).replace("'", "")
    assert f"def {name}{signature}: ..." in (DOCS / "plugins.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["command-line.md", "zh/command-line.md"])
def test_every_option_of_the_command_line_is_documented(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert isinstance(command_group, click.Group)
    chapters = {chapter.split("\n", 1)[0].removeprefix("gilint "): chapter for chapter in text.split("\n## ")}
    for name, command in command_group.commands.items():
        options = [option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts]
        # What all commands have is told once, before the first.
        assert [option for option in options if option not in chapters[name] and option not in text.split("\n## ")[0]] == []


def test_rule_pages_are_what_the_classes_say() -> None:
    done = subprocess.run([sys.executable, DOCS / "generate_rules.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_stale_rule_pages_are_noticed(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs, ignore=shutil.ignore_patterns("examples", "images"))
    page = docs / "rules" / "sum.md"
    page.write_text(page.read_text(encoding="utf-8").replace("SUM001", "SUM999"), encoding="utf-8")
    (docs / "rules" / "old.md").write_text("gone")
    (docs / "rules" / "val.md").unlink()
    done = subprocess.run([sys.executable, docs / "generate_rules.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.findall(r"^docs/rules/(\w+\.md) ", done.stdout, re.MULTILINE) == ["old.md", "sum.md", "val.md"]


def test_excerpts_on_the_page_on_forms_stand_in_the_form() -> None:
    form = (resources.files("gilint.forms") / "gi_annual_report" / "2021.toml").read_text(encoding="utf-8")
    excerpts = blocks(DOCS / "forms.md", "toml")
    assert len(excerpts) > 4
    assert [excerpt for excerpt in excerpts if excerpt not in form] == []


def test_the_configuration_that_is_shown_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (example,) = blocks(DOCS / "configuration.md", "toml")
    config = Config.parse(tomllib.loads(example), load_registry().rules, path=tmp_path / "gilint.toml")
    assert config.select
    assert config.severity
    assert config.options


def test_the_module_map_names_every_module() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    folder = Path(gilint.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    assert modules - {"__init__", "__main__"} - named == set()
    assert named - modules == set()


def test_the_notebook_runs() -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.read(DOCS / "notebook.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(DOCS)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("text/html" in output.get("data", {}) for output in shown)


def test_no_page_names_a_machine() -> None:
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    assert [page for page, text in texts.items() if re.search(r"/work/|/root/|/home/", text)] == []
