"""Entry points are found without `importlib.metadata`, and are the same as it finds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import gilint
from gilint.installed import EntryPoint, entry_points, version


def asked(group: str) -> set[tuple[str, str, str, str]]:
    return {(each.name, each.value, each.dist.name, each.dist.version) for each in metadata.entry_points(group=group) if each.dist}


def found(group: str) -> set[tuple[str, str, str | None, str | None]]:
    return {(each.name, each.value, each.distribution, each.version) for each in entry_points(group)}


def describe(folder: Path, name: str, release: str, lines: str) -> None:
    info = folder / name
    info.mkdir(parents=True)
    file = "METADATA" if name.endswith(".dist-info") else "PKG-INFO"
    project = name.partition("-")[0]
    (info / file).write_text(
        f"Metadata-Version: 2.1\nName: {project}\nVersion: {release}\n\nVersion: of the text below\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(lines, encoding="utf-8")


@pytest.mark.parametrize("group", ["gilint", "console_scripts", "pytest11", "nothing.of.this.name"])
def test_what_is_installed_here(group: str) -> None:
    assert found(group) == asked(group)
    assert version("gilint") == gilint.__version__ == metadata.version("gilint")


def test_every_kind_of_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, egg = tmp_path / "first", tmp_path / "second", tmp_path / "boxed-1.0.egg"
    describe(
        first, "Some_Rules-1.0.dist-info", "1.0", "# ours\n[other]\na = b\n\n[ group.x ]\na = m\n [group.x]\nb = m:f.g [extra]\n# c = d\n\n"
    )
    describe(second, "some.rules-2.0.dist-info", "2.0", "[group.x]\nhidden = m\n")
    describe(second, "old_rules.egg-info", "0.1", "[group.x]\nold=os:path\n")
    describe(egg, "EGG-INFO", "1.0", "[group.x]\nboxed = json\n")
    (second / "file-1.0.egg-info").write_text("Name: file\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(first), str(tmp_path / "absent"), str(second), str(egg)])
    assert {name for name, *_ in found("group.x")} == {"b", "old", "boxed"}
    assert {each[:2] + each[3:] for each in found("group.x")} == {each[:2] + each[3:] for each in asked("group.x")}
    with pytest.raises(metadata.PackageNotFoundError):
        version("gilint")


class Finder:
    """Finds distributions in a way of its own."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> None:
        return None

    @classmethod
    def find_distributions(cls, context: object = None) -> Iterator[metadata.Distribution]:
        return iter(())


def test_asks_importlib_where_it_cannot_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    describe(tmp_path, "a_b-1.0.dist-info", "1.0", "[group.x]\na = m\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    calls: list[str] = []

    def entry_points_of(group: str) -> list[metadata.EntryPoint]:
        calls.append(group)
        return []

    monkeypatch.setattr(metadata, "entry_points", entry_points_of)
    assert found("group.x") == {("a", "m", "a_b", "1.0")}
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    assert found("group.x") == set()
    assert calls == ["group.x"]


def test_loads_a_module_or_what_is_in_it() -> None:
    import os.path

    assert EntryPoint("a", "os.path").load() is os.path
    assert EntryPoint("a", "os : path.join [extra]").load() is os.path.join
