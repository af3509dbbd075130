"""An installed plugin that cannot be used: what people and programs are given says so, and the report is not called publishable."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from gilint import Language, Registry, Verdict, lint, load_registry
from gilint.installed import EntryPoint, entry_points
from gilint.output import Settings, write_results

CLEAN = Path(__file__).parents[1] / "docs" / "examples" / "clean-2021.html"
REASONS: dict[Language, str] = {
    "zh": "插件 ours (our-rules 1.0)：无法导入：ModuleNotFoundError: No module named 'nowhere_at_all'",
    "en": "plugin ours (our-rules 1.0): cannot be imported: ModuleNotFoundError: No module named 'nowhere_at_all'",
}


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    load_registry()  # kept for other tests: not with the broken plugin
    broken = EntryPoint("ours", "nowhere_at_all:rules", "our-rules", "1.0")
    monkeypatch.setattr("gilint.plugins.entry_points", lambda group: [*entry_points(group), broken])
    return Registry.load()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format_", ["text", "html", "markdown"])
def test_people_are_told(format_: str, language: Language, registry: Registry) -> None:
    result = lint(CLEAN, config={}, registry=registry)
    assert (result.verdict, result.findings) == (Verdict.REVIEW, ())
    stream = io.StringIO()
    write_results([result], format_, stream, Settings(language, terminal=False))
    told = stream.getvalue().replace("&#39;", "'").replace("\\", "")
    assert REASONS[language] in told


def test_on_a_terminal_it_is_told(registry: Registry) -> None:
    stream = io.StringIO()
    write_results([lint(CLEAN, config={}, registry=registry)], "text", stream, Settings("en", terminal=True))
    assert "Plugins that could not be used" in stream.getvalue()


def test_programs_are_told_outside_the_summary(registry: Registry) -> None:
    told = []
    for result in (lint(CLEAN, config={}, registry=registry), lint(CLEAN, config={})):
        stream = io.StringIO()
        write_results([result], "json", stream)
        told.append(json.loads(stream.getvalue()))
    broken, whole = told
    (reason,) = broken["reports"][0]["unusable_plugins"]
    assert reason.startswith(REASONS["zh"])
    assert (broken["reports"][0]["verdict"], whole["reports"][0]["verdict"]) == ("review", "publishable")
    assert "unusable_plugins" not in whole["reports"][0]
    assert broken["summary"] == whole["summary"]
