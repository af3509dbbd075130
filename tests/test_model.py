"""Tables as mappings: what is there, what is not, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from gilint import CellState, Notice, NoticeKind, Report, UsageError
from gilint.testing import sample_report

REPORT = sample_report()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: REPORT.applications["grante", "total"], "table applications has no row grante; did you mean granted?"),
        (lambda: REPORT.applications["granted", "totl"], "table applications has no column totl; did you mean total?"),
        (lambda: REPORT.applications["granted", "issued"], "table applications has no column issued"),
        (lambda: REPORT.disclosure["fees", "decisions"], "row fees of table disclosure has no column decisions"),
        (lambda: REPORT.applications["total"], "a cell of table applications is named (row, column), not 'total'"),  # type: ignore[index]
        (lambda: REPORT.applications[3, 4], "table applications has no row 3"),  # type: ignore[index]
        (lambda: REPORT.applications.row("nw"), "table applications has no row nw; did you mean new?"),
        (lambda: REPORT.applications.column("totl"), "table applications has no column totl; did you mean total?"),
        (lambda: REPORT.cell(("aplications", "new", "total")), "there is no table aplications; did you mean applications?"),
        (lambda: REPORT.cell(("applications", "nw", "total")), "table applications has no row nw; did you mean new?"),
        (lambda: REPORT.with_changes({("applications", "nw", "total"): 1}), "table applications has no row nw; did you mean new?"),
        (lambda: Report("x", None).reviews, "no form was recognised, so there is no table reviews"),
        (lambda: Report("x", REPORT.form).reviews, "there is no table reviews"),
        (lambda: REPORT.form and REPORT.form.table("revews"), "the form has no table revews; did you mean reviews?"),
    ],
)
def test_name_that_is_not_there_says_what_is_near(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(KeyError) as caught:
        ask()
    chinese, english = caught.value.args[0].split(" / ")
    assert english == said
    assert any("一" <= character <= "鿿" for character in chinese)


def test_asking_whether_a_cell_is_there_looks_for_no_likely_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(difflib, "get_close_matches")
    table = REPORT.applications
    assert table.get(("grante", "total")) is None
    assert table.get(("grante", "total"), 0) == 0
    assert table.get(("granted", "total")) is table["granted", "total"]
    assert ("grante", "total") not in table
    assert ("granted", "total") in table


def test_exceptional_cells_are_those_without_a_plainly_printed_count() -> None:
    changes = {
        ("applications", "new", "total"): -1,
        ("applications", "granted", "total"): Decimal("1.5"),
        ("reviews", "litigation_direct", "total"): None,
    }
    changed = REPORT.with_changes(changes)
    amounts = [cell.ref for cell in REPORT.cells if isinstance(cell.value, Decimal)]
    assert [cell.ref for cell in REPORT.exceptional_cells] == amounts
    assert {cell.ref for cell in changed.exceptional_cells} == {*amounts, *changes}
    absent = Report("x", REPORT.form)
    assert absent.exceptional_cells == absent.cells == ()
    assert all(cell.state is CellState.NUMBER for cell in REPORT.exceptional_cells)


def test_notices_are_found_by_kind_in_the_order_of_the_document() -> None:
    kinds = (NoticeKind.ROW_SHORT, NoticeKind.LIMIT, NoticeKind.ROW_SHORT)
    report = Report("x", None, notices=tuple(Notice(kind) for kind in kinds))
    assert report.noticed(NoticeKind.MOJIBAKE) == ()
    assert report.noticed(NoticeKind.ROW_SHORT) == (report.notices[0], report.notices[2])
    assert report.noticed(NoticeKind.LIMIT, NoticeKind.ROW_SHORT) == report.notices


NEW = ("applications", "new", "natural_person")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        *(
            ({NEW: value}, f"cell applications.new.natural_person: the value must be an int, a finite Decimal or None, not {value!r}")
            for value in ("17", True, 1.5, Decimal("NaN"))
        ),
        *(
            (
                {key: 1},
                f"a cell is named (table, row, column), three strings, or “table.row.column”, as in applications.granted.total; not {key!r}",
            )
            for key in ("x", "abc", ("applications", "new"), ("applications", "new", 1))
        ),
    ],
)
def test_a_change_that_no_cell_can_have_is_refused(changes: dict[Any, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        REPORT.with_changes(changes)
    assert caught.value.say("en") == said
    assert caught.value.say("zh") != said


def test_a_cell_can_be_given_a_count_an_amount_or_nothing() -> None:
    for value in (17, Decimal("1.5"), None):
        assert REPORT.with_changes({NEW: value}).cell(NEW).value == value
