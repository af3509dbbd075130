"""Numbers whose meaning depends on a heading, or on how they are printed: what is assumed is said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from gilint import Report, lint, read
from gilint.forms import builtin_forms
from gilint.testing import render, sample_figures, sample_report
from gilint.values import CellState, stated_unit

FORMS = {form.edition: form for form in builtin_forms()}
AMOUNTS = {"2019": ("disclosure", "procurement", "amount"), "2021": ("disclosure", "fees", "amount")}
LABELS = {"2019": "采购总金额", "2021": "本年收费金额"}


def page(edition: str, layout: str, heading: str, printed: str) -> Report:
    figures = {**sample_figures(FORMS[edition], 3), AMOUNTS[edition]: 12345}
    if edition == "2019":
        figures["disclosure", "procurement", "projects"] = 4
    source = render(FORMS[edition], figures, layout, organ="白石县商务局", random=5)
    text = source.decode() if isinstance(source, bytes) else source
    official = FORMS[edition].table("disclosure").column("amount").label.zh
    for wording in dict.fromkeys((official, official.translate(str.maketrans("():", "（）：")))):
        text = text.replace(wording, heading)
    return read(text.replace("12345万元", printed).replace("12345", printed).encode())


def said(report: Report, *codes: str) -> list[tuple[str, str]]:
    found = lint(report, config={}, select=["VAL", "TPL", "MIS", "SUM", "DOC"]).findings
    assert {finding.code for finding in found} <= set(codes)
    return [(finding.code, str(finding.severity)) for finding in found]


@pytest.mark.parametrize("layout", ["html", "html-cms", "text-cell-a-line-bars", "text-cell-a-line-blank-lines"])
@pytest.mark.parametrize(
    ("edition", "heading", "printed", "amount", "finding"),
    [
        ("2021", "本年收费金额（单位：元）", "1286000", "128.6", ("VAL015", "warning")),
        ("2021", "本年收费金额（元）", "1,286,000", "128.6", ("VAL015", "warning")),
        ("2021", "本年收费金额(单位:亿元)", "0.5", "5000", ("VAL015", "warning")),
        ("2021", "本年收费金额（单位：元）", "0", "0", ("VAL015", "note")),
        ("2021", "本年收费金额", "1286000", "1286000", ("VAL013", "note")),
        ("2021", "本年收费金额（单位：万元）", "128.6", "128.6", None),
        ("2021", "本年收费金额（万元）", "128.6", "128.6", None),
        ("2021", "本年收费金额（单位：元）", "128.6万元", "128.6", ("VAL015", "warning")),
        ("2019", "采购总金额（元）", "1286000", "128.6", ("VAL015", "note")),
        ("2019", "采购总金额（单位：万元）", "128.6", "128.6", None),
        ("2019", "采购总金额", "1286000", "1286000", ("VAL013", "warning")),
    ],
)
def test_the_unit_of_the_heading_is_read(
    layout: str, edition: str, heading: str, printed: str, amount: str, finding: tuple[str, str] | None
) -> None:
    report = page(edition, layout, heading, printed)
    cell = report.cell(AMOUNTS[edition])
    assert (cell.state, cell.value, cell.raw) == (CellState.NUMBER, Decimal(amount), printed)
    others = [("VAL014", "warning")] if printed == "128.6万元" else []
    assert said(report, "VAL013", "VAL014", "VAL015") == [*others, *([finding] if finding else [])]


def test_the_message_says_how_the_amount_was_read() -> None:
    (finding,) = lint(page("2021", "html", "本年收费金额（单位：元）", "1286000"), select=["VAL015"]).findings
    assert finding.say() == "行政事业性收费：表头的单位是“元”，规定为“万元”；单元格“1286000”按 128.6 万元读取。"


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("本年收费金额（单位：元）", "元"),
        ("本年收费金额 (单位: 万 元)", "万元"),
        ("采购总金额元", "元"),
        ("金额（萬元）", "万元"),
        ("单位为亿元", "亿元"),
        ("本年收费金额", ""),
        ("第一单元", ""),
        ("元旦前收费", ""),
        ("单位：件", ""),
    ],
)
def test_what_unit_a_heading_states(heading: str, unit: str) -> None:
    assert stated_unit(heading) == unit


def interpreted(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    printed: dict[tuple[str, str, str], str | None] = {("disclosure", name, "decisions"): text for name, text in cells.items()}
    findings = lint(sample_report("2021", printed=printed), config={}, select=["VAL"]).findings
    return [(str(finding.severity), finding.say()) for finding in findings]


@pytest.mark.parametrize(("printed", "value"), [("1 4", 14), ("12 86", 1286), ("2O7", 207), ("二百零七", 207), ("O", 0), ("〇", 0)])
def test_what_was_interpreted_is_said(printed: str, value: int) -> None:
    message = f"有单元格印的不是普通数字：行政许可 · 本年处理决定数量 印作“{printed}”，按 {value} 读取。"
    assert interpreted({"licences": printed}) == [("note", message)]


def test_all_cells_are_told_in_one_note() -> None:
    ((severity, message),) = interpreted({"licences": "1 4", "penalties": "2O7", "coercion": "三"})
    assert (severity, message.count("按")) == ("note", 3)


def test_a_count_in_ten_thousands_is_a_warning() -> None:
    assert interpreted({"licences": "20万"}) == [
        ("warning", "件数以“万”“亿”为单位：行政许可 · 本年处理决定数量 印作“20万”，按 200000 读取。")
    ]


@pytest.mark.parametrize(
    "printed", ["1,024", "1，024", "1 024", "1, 024", "１２", " 12 ", "12\u00a0", "12件", "12 件", "12①", "22（其中修订16件）"]
)
def test_plain_numbers_are_passed_over(printed: str) -> None:
    assert interpreted({"licences": printed}) == []
