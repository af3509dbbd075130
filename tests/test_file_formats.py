"""The laws of `test_properties` for DOCX, XLSX, ODS and PDF, and one more: the same report in every format gives the same findings."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import BLANKS, FORMS, PROPERTY, STRUCTURAL, assert_blank_is_not_zero, assert_read_back, editions, leave_blank, seeds

import gilint
from gilint import Finding
from gilint.errors import MissingDependencyError, UsageError
from gilint.testing import (
    LABEL_NOISES,
    LAYOUTS,
    MUTATORS,
    REWORDINGS,
    VALUE_NOISES,
    fits,
    make_draft,
    render,
    render_bytes,
    sample_figures,
    write,
    write_bytes,
)

FORMATS = ("docx", "xlsx", "ods", "pdf")
FILES = tuple(sorted(name for name, layout in LAYOUTS.items() if layout.binary))
# Files take long to write, so a few examples each; accuracy.py reads more.
FEW = settings(PROPERTY, max_examples=2)
formats = pytest.mark.parametrize("file_format", FORMATS)
AS_PRESCRIBED = {
    kind: [name for name in FILES if LAYOUTS[name].format == kind and LAYOUTS[name].arrange is LAYOUTS["html"].arrange] for kind in FORMATS
}
NEED_LINES = STRUCTURAL | {"blank-cell", "text-in-cell"}
"""Faults that only lines around cells show where they are; without them each row has a number too few, which is another finding."""
OF_THE_FORMAT = frozenset({"DOC017", "DOC018"})
"""Tracked changes and comments, which HTML cannot have."""


def layouts_of(file_format: str, *, blanks: bool = False) -> st.SearchStrategy[str]:
    fitting = [name for name in FILES if LAYOUTS[name].format == file_format and not (blanks and LAYOUTS[name].blanks_vanish)]
    return st.sampled_from(fitting)


@pytest.mark.parametrize("layout", FILES)
@editions
def test_layout_is_read_back(layout: str, edition: str) -> None:
    for seed in range(2):
        assert_read_back(FORMS[edition], layout, seed)


@FEW
@given(seed=seeds, data=st.data())
@formats
@pytest.mark.parametrize("noise", [*VALUE_NOISES, *LABEL_NOISES, *REWORDINGS])
@editions
def test_noise_is_read_through(noise: str, edition: str, file_format: str, seed: int, data: st.DataObject) -> None:
    layout = data.draw(layouts_of(file_format))
    if fits(noise, LAYOUTS[layout]):
        assert_read_back(FORMS[edition], layout, seed, [noise])


@settings(PROPERTY, max_examples=4)
@given(seed=seeds, data=st.data())
@formats
@pytest.mark.parametrize("which", ["every zero", "a table", "some rows", "some cells"])
@editions
def test_blank_is_not_zero(which: str, edition: str, file_format: str, seed: int, data: st.DataObject) -> None:
    layout, blank, random = data.draw(layouts_of(file_format, blanks=True)), data.draw(st.sampled_from(BLANKS)), Random(seed)
    figures = sample_figures(FORMS[edition], random)
    assert_blank_is_not_zero(FORMS[edition], figures, layout, leave_blank(figures, which, blank, random), random)


def said(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    """What findings say, without where in the file it stands."""
    return Counter(
        (finding.code, finding.severity, finding.cells, finding.say("zh")) for finding in findings if finding.code not in OF_THE_FORMAT
    )


@FEW
@given(seed=seeds, data=st.data())
@formats
@pytest.mark.parametrize("fault", ["none", *MUTATORS])
@editions
def test_every_format_gives_the_same_findings(fault: str, edition: str, file_format: str, seed: int, data: st.DataObject) -> None:
    random = Random(seed)
    draft = make_draft(FORMS[edition], sample_figures(FORMS[edition], random), random=random)
    mutant = MUTATORS[fault](draft, random) if fault != "none" else None
    if mutant is None and fault != "none":
        return
    draft = mutant.draft if mutant is not None else draft
    page = gilint.lint(write(draft, "html"), config={}).findings
    fitting = [name for name in AS_PRESCRIBED[file_format] if fault not in NEED_LINES or not LAYOUTS[name].blanks_vanish]
    layout = data.draw(st.sampled_from(fitting))
    findings = gilint.lint(write_bytes(draft, layout, random=random), config={}).findings
    assert said(findings) == said(page)


@pytest.mark.parametrize("layout", FILES)
def test_same_seed_same_file(layout: str) -> None:
    figures = sample_figures(FORMS["2021"], 3)
    assert len({render_bytes(FORMS["2021"], figures, layout, random=3) for _ in range(2)}) == 1


def test_office_writes_several_pages_with_header_and_footer() -> None:
    data = render_bytes(FORMS["2021"], sample_figures(FORMS["2021"], 1), "docx-office")
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        assert {"word/header.xml", "word/footer.xml"} <= set(archive.namelist())
    # A title page, a new page for each section with a table, merged header cells that are repeated on the next page.
    assert (body.count("<w:sectPr>"), body.count('<w:br w:type="page"/>'), body.count("<w:tbl>")) == (2, 3, 3)
    assert '<w:gridSpan w:val="7"/>' in body
    assert '<w:vMerge w:val="restart"/>' in body
    assert body.count("<w:tblHeader/>") == 2 + 3 + 3


def test_files_are_no_text() -> None:
    with pytest.raises(UsageError) as error:
        render(FORMS["2021"], sample_figures(FORMS["2021"], 1), "xlsx")
    assert error.value.say("zh") == "版式 xlsx 不是文本,请用 write_bytes 或 render_bytes"
    assert error.value.say("en") == "layout xlsx is not text; use write_bytes or render_bytes"


def test_text_as_bytes() -> None:
    figures = sample_figures(FORMS["2021"], 1)
    assert render_bytes(FORMS["2021"], figures, "html-word", random=4) == render(FORMS["2021"], figures, "html-word", random=4).encode()


@pytest.mark.parametrize(
    ("layout", "library", "message"),
    [
        ("xlsx", "openpyxl", "XLSX is written with openpyxl: pip install 'gilint[xlsx]'"),
        ("pdf-ruled", "reportlab.pdfgen.canvas", "PDF is written with reportlab: pip install 'gilint[test]'"),
    ],
)
def test_missing_library_is_named(layout: str, library: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingDependencyError) as error:
        render_bytes(FORMS["2021"], sample_figures(FORMS["2021"], 1), layout)
    assert error.value.say("en") == message
