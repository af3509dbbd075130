"""``gilint explain CODE --on`` of a rule that crashes: never told as if it had found nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import define

from gilint import Finding, Report, Rule, Severity, Text, hookimpl
from gilint.cli import main
from gilint.plugins import Registry

CLEAN = str(Path(__file__).parents[1] / "docs" / "examples" / "clean-2021.html")


class _Crashing(Rule):
    name, severity = "crashing", Severity.ERROR
    title = message = rationale = Text("错", "wrong")
    source = (Text("条例", "Regulations"),)


@define
class Silent(_Crashing):
    """Crashes before it finds anything."""

    code, name = "OUR001", "crashing-at-once"

    def check(self, report: Report) -> Iterator[Finding]:
        raise ZeroDivisionError("division by zero")
        yield


@define
class Late(_Crashing):
    """Crashes when it has found something."""

    code, name = "OUR002", "crashing-late"

    def check(self, report: Report) -> Iterator[Finding]:
        yield self.find()
        raise ZeroDivisionError("division by zero")


@pytest.fixture(autouse=True)
def _with_crashing_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry.load([SimpleNamespace(gilint_rules=hookimpl(lambda: (Silent, Late)))])
    monkeypatch.setattr("gilint.load_registry", lambda: registry)


@pytest.mark.parametrize(
    ("language", "crashed", "nothing", "found"),
    [
        ("zh", "运行出错，没有检查完", "没有发现问题", "发现 1 个问题"),
        ("en", "crashed, not checked to the end", "nothing was found", "1 finding"),
    ],
)
def test_that_it_crashed_is_told_and_what_it_found_before(
    language: str, crashed: str, nothing: str, found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, before in (("OUR001", False), ("OUR002", True)):
        assert main(["explain", code, "--on", CLEAN, "--lang", language]) == 1
        out = capsys.readouterr().out
        assert crashed in out
        assert "ZeroDivisionError: division by zero" in out
        assert nothing not in out
        assert (found in out) is before


def test_to_a_program_it_did_not_run_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "OUR", "--on", CLEAN, "--format", "json", "--lang", "en"]) == 1
    silent, late = json.loads(capsys.readouterr().out)["reports"][0]["rules"]
    assert [(rule["ran"], "ZeroDivisionError" in rule["crash"]) for rule in (silent, late)] == [(False, True)] * 2
    assert "findings" not in silent
    assert late["findings"] == ["wrong"]
