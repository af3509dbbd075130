"""What ``gilint explain`` says of a rule, and that the documentation says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import define

from gilint import Example, Finding, NoticeKind, Report, Rule, Severity, Text, hookimpl, load_registry
from gilint.cli import main
from gilint.examples import shown_examples
from gilint.explaining import explain_text
from gilint.output.wrapping import columns
from gilint.plugins import Registry

RULES = load_registry().rules
NAMES = {name for form in load_registry().forms for key in form.keys for name in key if "_" in name or "." in name}


def explain(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", code, "--lang", language]) == 0
    return capsys.readouterr().out


def test_examples_are_told_by_labels_with_organ_year_and_message(capsys: pytest.CaptureFixture[str]) -> None:
    text = explain("SUM003", "zh", capsys)
    assert text.split("核对的等式\n")[1].split("\n\n")[0] == (
        "  2019、2021 年版，“收到和处理政府信息公开申请情况”表每一列（7 个等式）："
        "一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = (七)总计 + 四、结转下年度继续办理"
    )
    assert (
        text.split("示例\n")[1].split("\n\n")[0]
        == """  1. 改动了一个数。
     2021 年版样本报告（白石县商务局，2021 年度），只作如下改动：
       四、结转下年度继续办理 · 商业企业：“99999”
     报告：商业企业一列：本年新收 4 + 上年结转 0 = 4 ≠ 办理结果总计 4 + 结转下年度 99999 = 100003，不满足“第一项加第二项之和等于第三项加第四项之和”。
  2. 空白可由等式推得，等式成立。
     2021 年版样本报告（白石县商务局，2021 年度），只作如下改动：
       四、结转下年度继续办理 · 商业企业：空白
     不报告"""
    )
    assert (
        explain("MIS002", "en", capsys).split("Examples\n")[1].split("\n\n")[0]
        == """  1. The sample report of edition 2021 (白石县商务局, 2021) with these changes:
       every cell of the table “Reviews and litigation”: left out
     Found: The table “Reviews and litigation” of section 4 was not found.
  2. The sample report of edition 2021 (白石县商务局, 2021) as it is
     Silent"""
    )


@pytest.mark.parametrize("code", ["SUM001", "SUM002", "SUM003", "SUM004"])
def test_equations_are_listed_for_both_editions(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    for language, heading in (("zh", "核对的等式"), ("en", "Equations")):
        part = explain(code, language, capsys).split(f"\n{heading}\n")[1].split("\n\n")[0]
        assert "2019" in part and "2021" in part and " = " in part


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_internal_name_is_shown(rule: type[Rule], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    examples = re.split(r"\n(?:示例|Examples)\n", explain(rule.code, language, capsys))
    words = set(re.findall(r"[a-z_.-]+", examples[1] if len(examples) > 1 else ""))
    assert words & (NAMES | {kind.value for kind in NoticeKind if "-" in kind}) == set()
    assert sum(bool(example.messages) for example in shown_examples(rule, load_registry())) >= bool(rule.examples)


def test_documentation_is_written_by_the_same_code(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[1] / "docs" / "rules" / "sum.md").read_text(encoding="utf-8")
    for line in explain("SUM003", "zh", capsys).split("示例\n")[1].split("\n\n")[0].splitlines():
        assert line.strip().removeprefix("1. ").removeprefix("2. ").removeprefix("报告：").rstrip("。") in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_place_to_fill_in_is_shown(rule: type[Rule], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    about = re.split(r"\n(?:选项|Options|示例|Examples)\n", explain(rule.code, language, capsys))[0]
    assert re.findall(r"\{[^}]*\}", about) == []


def test_what_a_report_fills_in_is_left_open(capsys: pytest.CaptureFixture[str]) -> None:
    for language, said in (("zh", "占比应为 …%。"), ("en", "the share should be …%.")):
        assert said in explain("TXT003", language, capsys)
        assert said in (Path(__file__).parents[1] / "docs" / "rules" / "txt.md").read_text(encoding="utf-8")


def test_lines_fit_a_terminal() -> None:
    for rule in RULES:
        for language in ("zh", "en"):
            text = explain_text(rule, load_registry(), language, 60)
            assert [line for line in text.splitlines() if columns(line) > 60] == []
            assert text.replace("\n", "").replace(" ", "") == explain_text(rule, load_registry(), language).replace("\n", "").replace(
                " ", ""
            )


@define
class Failing(Rule):
    """Its examples cannot be run."""

    code, name, severity = "FAI001", "failing", Severity.ERROR
    title = message = rationale = Text("错", "wrong")
    source = (Text("条例", "Regulations"),)
    examples = (Example(cells={"applications.granted.nobody": "1"}, finds=((),)), Example(finds=((),), note=Text("样本", "the sample")))

    def check(self, report: Report) -> Iterator[Finding]:
        raise RuntimeError("broken")
        yield


def test_example_that_cannot_be_run_does_not_hide_the_rest() -> None:
    registry = Registry.load([SimpleNamespace(gilint_rules=hookimpl(lambda: (Failing,)))])
    text = explain_text(Failing, registry, "en")
    assert "Source\n  Regulations\n" in text
    assert text.count("The example cannot be run: ") == 2
    assert "The sample.\n     The example cannot be run: RuntimeError: broken (test_explain:" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("code", "printed", "shown"), [("PII001", "11010519491231002X", "110*************2X"), ("PII003", "13812345678", "138****5678")]
)
def test_messages_are_shown_as_a_check_gives_them(
    code: str, printed: str, shown: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = explain(code, language, capsys)
    assert shown in out
    assert [line for line in out.splitlines() if line.startswith(("     报告：", "     Found: ")) and printed in line] == []
