"""Statements that could not be compared with the tables are named, with the cells that have no number."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gilint import Language, lint
from gilint.output import Settings, write_results

BLANK = Path(__file__).parents[1] / "docs" / "examples" / "blank-zeros-2020.html"
STATEMENT = "“未发生因政府信息公开被申请行政复议、提起行政诉讼”"
SAID: dict[Language, str] = {
    "zh": f"无法判断：{STATEMENT}：行政复议 · 总计、未经复议直接起诉 · 总计、复议后起诉 · 总计为空白（2 项）",
    "en": f"not assessable: {STATEMENT}: Administrative review / Total, Litigation without prior review / Total, "
    "Litigation after review / Total are blank (2)",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format_", ["text", "html", "markdown"])
def test_which_statements_and_why(format_: str, language: Language) -> None:
    result = lint(BLANK, config={}, waivers={})
    assert result.checked["TXT"]["not_assessable"] == 2
    stream = io.StringIO()
    write_results([result], format_, stream, Settings(language, terminal=False))
    assert SAID[language] in stream.getvalue().replace("\\", "")
