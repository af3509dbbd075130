"""DOCX: whole reports read back, cell by cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from word_files import archive, draft_xml, members, word_file, written_with_python_docx

import gilint
from gilint import Report
from gilint.forms import builtin_forms
from gilint.readers import read_document
from gilint.testing import Figures, make_draft, sample_figures, write

FORMS = {form.edition: form for form in builtin_forms()}
editions = pytest.mark.parametrize("edition", sorted(FORMS))
writers = pytest.mark.parametrize("make", [lambda draft: word_file(draft_xml(draft)), written_with_python_docx], ids=["xml", "python-docx"])


def misread(report: Report, figures: Figures) -> list[str]:
    """Every cell that is not read as ``figures`` say."""
    wrong = []
    for (table, row, column), number in figures.items():
        cell = report.tables[table].cells[row, column] if table in report.tables else None
        if cell is None or cell.value is None or Decimal(cell.value) != number:
            wrong.append(f"{table}.{row}.{column}: {number} read as {cell and (cell.state, cell.value, cell.raw)}")
    return wrong


def findings(source: bytes | str) -> list[tuple[str, str, str]]:
    return [(each.code, str(each.severity), each.say()) for each in gilint.lint(source).findings]


@editions
@writers
@pytest.mark.parametrize("seed", range(3))
def test_every_cell_is_read_back(edition: str, make, seed: int) -> None:  # type: ignore[no-untyped-def]
    figures = sample_figures(FORMS[edition], seed)
    draft = make_draft(FORMS[edition], figures, random=seed)
    result = gilint.lint(make(draft))
    assert misread(result.report, figures) == []
    assert (result.report.form.edition, result.report.year, result.report.organ.name) == (edition, draft.year, draft.organ)
    assert result.findings == ()


@editions
@writers
def test_wrong_numbers_are_found_as_in_html(edition: str, make) -> None:  # type: ignore[no-untyped-def]
    figures = dict(sample_figures(FORMS[edition], 7))
    figures["applications", "granted", "total"] += 1
    figures["applications", "total", "natural_person"] += 3
    draft = make_draft(FORMS[edition], figures, random=7)
    found = findings(make(draft))
    assert len(found) > 1
    assert found == findings(write(draft, "html"))


def test_format_and_damage() -> None:
    good = members("<w:p/>")
    assert read_document(archive(good)).format == "docx"
    del good["word/document.xml"]
    good["word/other.xml"] = "<a/>"
    assert [str(notice.data["reason"]) for notice in read_document(archive(good)).notices] == [
        "文件中缺少 word/document.xml / it lacks word/document.xml"
    ]
