"""What the README and the documentation say is run, compared with the code, or counted."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import attrs
import click
import pytest

import gilint
import gilint.testing
from gilint import hookspecs
from gilint.cli import commands as command_group
from gilint.config import Config
from gilint.plugins import Registry, load_registry

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = sorted([*READMES, *DOCS.rglob("*.md")])

PLUGIN = ROOT / "tests" / "example_plugin"
PLUGIN_FILES = ("pyproject.toml", "gilint_rules_example/__init__.py", "tests/test_rules.py", "tests/cases/EXA001.toml")
PLUGIN_PAGES = ("plugins.md", "zh/plugins.md")
CONFIGURATION_PAGES = ("configuration.md", "zh/configuration.md")
DESCRIBED = {
    "Form": gilint.Form,
    "Section": gilint.SectionSpec,
    "Table": gilint.TableSpec,
    "Column": gilint.ColumnSpec,
    "Row": gilint.RowSpec,
    "Equation": gilint.EquationSpec,
}
"""Headings of the page on forms, and the class whose keys stand under each."""

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
MARKED = re.compile(r"^<!-- (?P<kind>run|output|file): (?P<name>.+?) -->\n```\w+\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
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
                if re.search(r"(^|[|/ ])gilint (check|extract|rules|explain)|python -m pytest tests/", line):
                    yield str(page.relative_to(ROOT)), line


@pytest.fixture(scope="module")
def reader_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader of the documentation has: the command on the path, a report, a folder of reports, the examples."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "bin").mkdir()
    command = folder / "bin" / "gilint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gilint "$@"\n')
    command.chmod(0o755)
    (folder / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / "bin" / "python").chmod(0o755)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(folder / "bin")
    shutil.copytree(EXAMPLES, folder / "docs" / "examples")
    shutil.copytree(PLUGIN, folder / "tests" / "example_plugin", ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    page = sorted(EXAMPLES.glob("*.html"))[0]
    text = sorted(EXAMPLES.glob("*.txt"))[0]
    for name in ("reports", "年报"):
        (folder / name).mkdir()
        shutil.copy(page, folder / name)
        shutil.copy(page, folder / f"{name.removesuffix('s')}.html")
        shutil.copy(text, folder / f"{name.removesuffix('s')}.txt")
    return folder


@pytest.fixture(scope="module")
def plugin_site(reader_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example plugin installed in it."""
    site = tmp_path_factory.mktemp("site")
    offline = ("--no-index", "--no-build-isolation", "--no-deps", "--quiet", "--disable-pip-version-check")
    source = shutil.copytree(reader_folder / "tests" / "example_plugin", tmp_path_factory.mktemp("plugin") / "source")
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, "--target", site, source], check=True)
    return site


def run(line: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"} | more
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_a_command_that_is_documented_works(page: str, line: str, reader_folder: Path, request: pytest.FixtureRequest) -> None:
    of_plugin = page.removeprefix("docs/") in PLUGIN_PAGES
    more = {"PYTHONPATH": str(request.getfixturevalue("plugin_site"))} if of_plugin else {}
    done = run(line, reader_folder, **more)
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


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        ROOT / "README.zh.md",
        DOCS / "python.md",
        DOCS / "outputs.md",
        DOCS / "repair.md",
        DOCS / "zh" / "repair.md",
        DOCS / "zh" / "python.md",
    ],
    ids=lambda page: page.name,
)
def test_python_in_the_documentation_runs(page: Path, reader_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reader_folder)
    code = [code for code in blocks(page, "python") if "import gilint" in code]
    assert code
    ran = []
    for block in code:
        names: dict[str, object] = {}
        exec(compile(block, str(page), "exec"), names)
        ran.append((names, block))
        if "gilint_rules" in names:
            registry = Registry.load([SimpleNamespace(gilint_rules=names["gilint_rules"])])
            assert registry.problems == ()
            assert "OUR001" in registry.owners
            for rule in registry.rules:
                if registry.owners[rule.code] == registry.owners["OUR001"]:
                    gilint.testing.check_rule(rule)
    shown = [(expression, value, names) for names, block in ran for expression, value in promised(block)]
    assert len(shown) > 2
    assert [(expression, value) for expression, value, names in shown if eval(expression, names) != value] == []


def promised(block: str) -> Iterator[tuple[str, object]]:
    """Yield every expression of a block of Python beside which its value stands as a comment."""
    for expression, comment in re.findall(r"^([^#=\s][^#=\n]*?) +# (.+)$", block, re.MULTILINE):
        try:
            yield expression, ast.literal_eval(comment)
        except (SyntaxError, ValueError):
            continue  # words


def test_every_name_that_gilint_exports_is_documented() -> None:
    exported = {*gilint.__all__} - {"__version__"}
    reference = (DOCS / "api.md").read_text(encoding="utf-8")
    errors = {name for name in exported if name.endswith("Error")}
    assert "::: gilint.errors\n" in reference
    assert sorted(exported - errors - set(re.findall(r"^::: gilint\.(\w+)$", reference, re.MULTILINE))) == []
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    assert sorted(exported - set(re.findall(r"`(?:gilint\.)?(\w+)(?:\([^`]*\))?`", page))) == []


def test_signatures_on_the_page_on_python_are_real() -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `gilint\.(\w+)(\([^`]*\))` \|", page, re.MULTILINE))
    assert len(shown) > 6
    assert {name: bare_signature(getattr(gilint, name)) for name in shown} == shown


def bare_signature(function: Callable[..., object]) -> str:
    signature = inspect.signature(function)
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def test_calls_for_tests_of_rules_that_are_documented_exist() -> None:
    chapter = (DOCS / "python.md").read_text(encoding="utf-8").split("\n## Testing rules\n")[1].split("\n## ")[0]
    calls = re.findall(r"`(\w+)(?:\(([^`]*)\))?`", chapter)
    assert len(calls) > 20
    assert [name for name, _ in calls if name not in gilint.testing.__all__] == []
    wrong = [
        name
        for name, given in calls
        if given and list(inspect.signature(getattr(gilint.testing, name)).parameters)[: given.count(",") + 1] != given.split(", ")
    ]
    assert wrong == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != DOCS / "api.md"], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_can_be_read_as_plain_markdown(page: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^ *(?:=== |!!! |\?\?\? |::: |:   |-+8<-+).*|\{ ?[#.:].*?\}$", prose, re.MULTILINE) == []


@pytest.mark.parametrize("page", PLUGIN_PAGES)
def test_the_plugin_guide_shows_the_files_of_the_example(page: str) -> None:
    files = {f"tests/example_plugin/{name}": (PLUGIN / name).read_text(encoding="utf-8") for name in PLUGIN_FILES}
    assert marked(DOCS / page, "file") == files


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


@pytest.mark.parametrize("page", CONFIGURATION_PAGES)
def test_the_configuration_that_is_shown_is_accepted(page: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    whole, *parts = blocks(DOCS / page, "toml")
    config, *others = [
        Config.parse(tomllib.loads(block), load_registry().rules, path=tmp_path / "gilint.toml") for block in (whole, *parts)
    ]
    assert config.select
    assert config.severity
    assert config.options
    assert [other.templates for other in others] == [tmp_path / "templates"]


@pytest.mark.parametrize("page", CONFIGURATION_PAGES)
def test_the_first_configuration_works_as_it_is(page: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "reports")
    (tmp_path / "gilint.toml").write_text(blocks(DOCS / page, "toml")[0], encoding="utf-8")
    done = run(f'"{sys.executable}" -m gilint check reports', tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "SUM001" in done.stdout


@pytest.mark.parametrize(("heading", "described"), DESCRIBED.items())
def test_the_page_on_forms_names_every_key(heading: str, described: type[attrs.AttrsInstance]) -> None:
    chapter = (DOCS / "forms.md").read_text(encoding="utf-8").split(f"\n### {heading}\n")[1].split("\n#")[0]
    keys = [key for cell in re.findall(r"^\| (`[^|]+) \|", chapter, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(keys) == sorted(field.name for field in attrs.fields(described))


def test_the_module_map_names_every_module() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    folder = Path(gilint.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    assert modules - {"__init__", "__main__"} - named == set()
    assert named - modules == set()


def test_the_map_of_recognition_names_every_module() -> None:
    named = set(re.findall(r"`recognise\.(\w+)`", (DOCS / "architecture.md").read_text(encoding="utf-8")))
    assert named == {path.stem for path in (Path(gilint.__file__).parent / "recognise").glob("*.py")} - {"__init__"}


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
