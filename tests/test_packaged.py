"""TOML documents that come with a package: what is read is what they say now, however often, and whether or not Python may keep it."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pytest import MonkeyPatch

import gilint
import gilint_rules
from gilint import read_packaged

PACKAGED = sorted(file for package in (gilint, gilint_rules) for file in Path(package.__path__[0]).rglob("*.toml"))
CONTENT = {"words": ["申请", "答复"], "limits": {"most": 3, "open": True}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text('words = ["申请", "答复"]\n[limits]\nmost = 3\nopen = true\n', encoding="utf-8")
    return path


@pytest.fixture
def parsed(monkeypatch: MonkeyPatch) -> list[str]:
    """Count what is parsed, where Python may keep it."""
    texts: list[str] = []

    def loads(text: str) -> dict[str, Any]:
        texts.append(text)
        return parse(text)

    parse = tomllib.loads
    monkeypatch.setattr(tomllib, "loads", loads)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return texts


def test_there_are_documents() -> None:
    assert {"2019.toml", "2021.toml", "vocabulary.toml", "statements.toml", "divisions.toml", "notices.toml"} == {
        file.name for file in PACKAGED
    }


@pytest.mark.parametrize("document", PACKAGED, ids=lambda document: document.name)
def test_each_document_of_the_packages_is_read_as_it_is_written(document: Path) -> None:
    assert read_packaged(document) == tomllib.loads(document.read_text(encoding="utf-8"))
    assert not document.with_suffix(".py").exists(), "Python would keep both in one file, each time anew"


def test_a_document_is_parsed_once(file: Path, parsed: list[str]) -> None:
    assert [read_packaged(file) for _ in range(3)] == [CONTENT] * 3
    assert len(parsed) == 1


def test_what_was_read_may_be_changed(file: Path) -> None:
    read_packaged(file)["words"].clear()
    assert read_packaged(file) == CONTENT


def test_an_edited_document_is_parsed_anew(file: Path, parsed: list[str]) -> None:
    read_packaged(file)
    file.write_text("words = []\n", encoding="utf-8")
    assert read_packaged(file) == {"words": []}
    before = file.stat().st_mtime
    file.write_text("words = {}\n", encoding="utf-8")  # of the same length
    os.utime(file, (before + 10, before + 10))
    assert read_packaged(file) == {"words": {}}
    assert len(parsed) == 3


def test_nothing_is_kept_where_python_keeps_nothing(file: Path, parsed: list[str], monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [read_packaged(file), read_packaged(file)] == [CONTENT] * 2
    assert len(parsed) == 2
    assert [path.name for path in file.parent.iterdir()] == ["words.toml"]


def test_what_is_no_toml_is_refused(file: Path) -> None:
    file.write_text("words =", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read_packaged(file)


def test_a_document_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.toml"):
        read_packaged(tmp_path / "none.toml")
