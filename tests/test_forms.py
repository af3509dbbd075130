"""Descriptions of forms that contradict themselves or the model: each mistake is named with its place, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gilint import FormError
from gilint.forms import parse_form

VISITS = (Path(__file__).parent / "forms" / "visits.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("printed", "written", "message"),
    [
        ('edition = "1"', "edition = 1", "1 is not of type str @ $.edition"),
        ("first_year = 2020", "first_year = true", "True is not of type int @ $.first_year"),
        ("first_year = 2020", "first_year = 2020\ncolour = 1", "unknown key colour @ $"),
        ("first_year = 2020", "", "key first_year is missing @ $"),
        ('corner = ["窗口名称"]', 'corner = "窗口"', "'窗口' is not a list @ $.tables[0].corner"),
        ('corner = ["窗口名称"]', 'corner = ["a", 1]', "1 is not of type str @ $.tables[0].corner[1]"),
        ('corner = ["窗口名称"]', 'layout = "round"', "'round' is none of rows, flat @ $.tables[0].layout"),
        ('corner = ["窗口名称"]', "english = 1", "1 is not a table @ $.tables[0].english"),
        ('corner = ["窗口名称"]', "english = { a = 1 }", "1 is not of type str @ $.tables[0].english.a"),
        ('name = "visits"\n', 'name = "visits"\nkind = "sum"\n', "'sum' is none of count, change, amount @ $.tables[0].columns[0].kind"),
        ('{ zh = "基本情况", en = "Overview" }', '"基本情况"', "'基本情况' is not a table @ $.sections[0].label"),
        (
            '{ zh = "基本情况", en = "Overview" }',
            '{ zh = 1, de = "Lage" }',
            "1 is not of type str @ $.sections[0].label.zh; unknown key de @ $.sections[0].label; key en is missing @ $.sections[0].label",
        ),
        ('title_words = ["政务服务大厅窗口工作年度报告"]', "title_words = []", None),
    ],
)
def test_each_mistake_is_named_with_its_place(printed: str, written: str, message: str | None) -> None:
    assert printed in VISITS
    with pytest.raises(FormError) as caught:
        parse_form(VISITS.replace(printed, written, 1), name="visits.toml")
    assert str(caught.value) == f"visits.toml: {message or 'title_words is empty: no report of this form could be recognised by its title'}"


def test_text_that_is_no_toml() -> None:
    with pytest.raises(FormError, match="form: not a TOML document"):
        parse_form("id = ")


def test_optional_and_default_values() -> None:
    form = parse_form(VISITS)
    assert (form.id, form.first_year, form.last_year) == ("visits", 2020, None)
    assert form.table("windows").layout == "rows"
    assert parse_form(VISITS.replace("first_year = 2020", "first_year = 2020\nlast_year = 2022")).last_year == 2022
