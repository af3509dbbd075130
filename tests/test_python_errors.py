"""What Python says of a wrong call: what was expected, and what is near."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gilint
from gilint.testing import sample_report

REPORT = sample_report()
FORMS = (
    "must be a Form, as report.form is, or one of gilint.load_registry().forms, not ",
    "应为 Form，如 report.form，或 gilint.load_registry().forms 中的一个，不能是 ",
)
A_CELL = "a cell is named (table, row, column), three strings, or “table.row.column”, as in applications.granted.total; not "
NO_REPORT = "must be a Report, as gilint.read gives it, not str"


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: REPORT.cell("a.b.c"), KeyError, "there is no table a; there are: disclosure, applications, reviews"),
        (
            lambda: REPORT.cell("aplications.granted.total"),
            KeyError,
            "没有表 aplications；是否指 applications？",
        ),
        (lambda: REPORT.cell("applications.grantd.total"), KeyError, "did you mean granted?"),
        (lambda: REPORT.cell("granted"), gilint.UsageError, A_CELL + "'granted'"),
        (lambda: REPORT.cell("abc"), gilint.UsageError, A_CELL + "'abc'"),
        (lambda: REPORT.cell(("a", "b")), gilint.UsageError, A_CELL + "('a', 'b')"),  # type: ignore[arg-type]
        (lambda: gilint.equations_of("2021"), TypeError, FORMS[0] + "'2021'"),  # type: ignore[arg-type]
        (lambda: gilint.equations_of(REPORT), TypeError, FORMS[1] + "<Report "),  # type: ignore[arg-type]
        (lambda: gilint.claims_of("text"), TypeError, NO_REPORT),  # type: ignore[arg-type]
        (lambda: gilint.narrative("text"), TypeError, NO_REPORT),  # type: ignore[arg-type]
        (lambda: gilint.read("."), gilint.UsageError, ". is a folder; one document is taken here, gilint.lint_all takes folders"),
        (lambda: gilint.lint(Path()), gilint.UsageError, ". 是文件夹；这里只能读一份文件，整个文件夹用 gilint.lint_all"),
        (lambda: gilint.annotate(".", "copy.html"), gilint.UsageError, ". is a folder"),
        (lambda: gilint.read(""), gilint.UsageError, "'' is neither a path nor a text"),
        (lambda: gilint.lint(" "), gilint.UsageError, "' ' 既不是路径，也不是文本"),
        (lambda: gilint.lint_all(""), gilint.InputNotFoundError, "路径是空的 / the path is empty"),
        (lambda: gilint.lint_all(None), TypeError, "must be a path, or several, not NoneType"),  # type: ignore[arg-type]
        (lambda: gilint.lint_all(b"<p>"), TypeError, "应为路径，或多个路径，不能是 bytes"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_call_is_told_what_is_expected(call: Callable[[], Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert said in str(caught.value)


def test_cells_may_be_named_in_one_word_and_rows_have_dots() -> None:
    for key in REPORT.form.keys if REPORT.form else ():
        assert REPORT.cell(".".join(key)) is REPORT.cell(key)
    changed = REPORT.with_changes({"applications.refused.state_secret.total": 7})
    assert changed.applications["refused.state_secret", "total"].value == 7


def test_an_empty_document_is_no_wrong_call() -> None:
    for source in (b"", "\n", b" "):
        assert [finding.code for finding in gilint.lint(source).findings] == ["DOC001"]
