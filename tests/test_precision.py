"""What must not be taken for injected text or personal data, and how personal data are shown."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time

import pytest
from command import gilint as command
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint
from gilint import Form, Place, Report, Section
from gilint.document import Paragraph
from gilint.forms import builtin_forms
from gilint.personal import without_personal_data
from gilint.testing import render, sample_figures

REGISTRY = gilint.load_registry()

FAMILIES = ["INJ", "PII"]
HEAD = "临河市商务局2021年政府信息公开工作年度报告\n一、总体情况\n"
SENTENCES = [
    line
    for line in Path(__file__).with_name("official_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def found(text: str, **more: bool) -> list[str]:
    findings = gilint.lint(f"{HEAD}{text}\n", select=FAMILIES, **more).findings
    return [f"{finding.code} {finding.say('zh')}" for finding in findings if finding.code[:3] in FAMILIES]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_official_sentences_are_silent(sentence: str) -> None:
    assert found(sentence) == []


def test_there_are_enough_sentences() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES) >= 150


def test_official_sentences_together_are_silent() -> None:
    assert found("\n".join(SENTENCES)) == []


LEAKS = {
    "13812345678": "联系人手机:13812345678。",
    "138-1234-5678": "联系人手机:138-1234-5678。",
    "11010519491231002X": "申请人身份证号11010519491231002X。",
    "6222020200112233446": "退费至银行卡6222020200112233446。",
    "13912345678@163.com": "电子邮箱:13912345678@163.com。",
    "lihua1985@qq.com": "电子邮箱:lihua1985@qq.com。",
    "张建国": "申请人张建国向我局提出申请。",
    "李强": "申请人王某、李强（地址略）向我局提出申请。",
    "欧阳明华": "答复欧阳明华女士（申请人）。",
}


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown", "sarif", "junit", "csv"])
def test_no_output_repeats_a_leak_unless_asked_to(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD + "\n".join(LEAKS.values()) + "\n体球网申请人张建国提出申请(13812345678)。\n", encoding="utf-8")
    arguments = ["check", "a.txt", "--select", "INJ,PII", "--format", form, "--fail-on", "never"]
    masked = command(*arguments, cwd=tmp_path).out
    assert "138" in masked
    assert [leak for leak in LEAKS if leak in masked] == []
    shown = unescape(command(*arguments, "--show-personal-data", cwd=tmp_path).out).replace("\\", "")  # as Markdown escapes
    assert [leak for leak in LEAKS if leak not in shown] == []


def test_a_finding_does_not_carry_what_it_does_not_show() -> None:
    result = gilint.lint(HEAD + "\n".join(LEAKS.values()), select=FAMILIES)
    assert len(result.findings) == len(LEAKS) + 1  # and that it is no report
    assert [leak for leak in LEAKS for finding in result.findings if leak in repr(finding)] == []


def test_a_configuration_can_ask_for_what_is_printed() -> None:
    (finding,) = (
        each for each in gilint.lint(HEAD + LEAKS["张建国"], config={"show-personal-data": True}).findings if each.code == "PII005"
    )
    assert finding.say("zh") == "文中写出了申请人“张建国”的姓名。"
    assert not finding.personal


@pytest.mark.parametrize("text", LEAKS.values())
def test_what_is_masked_is_found_no_more(text: str) -> None:
    masked = without_personal_data(text)
    assert masked != text
    assert without_personal_data(masked) == masked


def test_findings_of_other_families_are_masked_too() -> None:
    findings = gilint.lint(HEAD + "申请人手机13812345678体球网。").findings
    (excerpt,) = next(finding for finding in findings if finding.code == "INJ001").excerpts
    assert excerpt.text == "机138****5678体球网"


def test_an_excerpt_says_where_the_words_stand() -> None:
    result = gilint.lint(HEAD + "第一段。\n第二段有体球网字样。", select=["INJ"])
    (finding,) = (finding for finding in result.findings if finding.code == "INJ001")
    (excerpt,) = finding.excerpts
    assert (excerpt.text, excerpt.section, result.locate(excerpt)) == ("第二段有体球网字样", 1, finding.place)
    assert (finding.place.line, finding.place.column) == (4, 5)


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.edition)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_reports_of_the_factory_are_silent(form: Form, seed: int) -> None:
    random = Random(seed)
    page = render(
        form, sample_figures(form, random), random.choice(("html", "html-word", "text-markdown", "text-row-a-line-bars")), random=random
    )
    findings = gilint.lint(page, select=FAMILIES).findings
    assert [finding for finding in findings if finding.code[:3] in FAMILIES] == []


@pytest.mark.parametrize(
    "piece", ["1", "138 ", "1-", "《", "@", "a@", "体", "《国务院办公厅", "申请人张", "(zhang", "政\u200b", "1.1.", "，信息公开"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        sample = Report("x", None, sections=(Section("", None, "", "", (Paragraph(text, Place(line=1, column=1)),)),))
        rules = [REGISTRY.make(rule) for rule in REGISTRY.rules if rule.code[:3] in FAMILIES]
        start = process_time()
        for rule in rules:
            for _ in islice(rule.check(sample), 1000):
                pass
        return process_time() - start

    seconds(1000)
    small, large = seconds(40_000), seconds(400_000)
    assert large < 40 * small + 0.5


SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the samples lie outside of the repository; tests/cases has twins of what is wrong with them"
)
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("xilingol-2019", []),
        ("binhu-2020", []),
        ("yinchuan-2019", []),
        ("jinfeng-2022", ["INJ001", "INJ001"]),
        ("shuangyashan-2020", ["PII004", "INJ001", "INJ001", "INJ001", "INJ001"]),
    ],
)
def test_the_samples_have_exactly_what_is_known_of_them(name: str, codes: list[str]) -> None:
    findings = gilint.lint(SEEDS / f"{name}.txt", select=FAMILIES).findings
    assert [finding.code for finding in findings if finding.code[:3] in FAMILIES] == codes
    assert {finding.severity for finding in findings} <= {gilint.Severity.ERROR}


ANNOUNCED = "申请人张三，身份证号610102199001011237"
"""A number whose check digit is wrong."""


@pytest.mark.parametrize(
    "text",
    [
        f"{ANNOUNCED}，提出申请。",
        "身份证：610102199001011237。",
        "公民身份号码为610102199001011237。",
        "居民身份证号码：610102 19900101 1237。",
        "身份证号码 61010219900101123。",
        "身份证号（61010219900101123x）。",
        "身份证号610102991301123。",
    ],
)
def test_a_number_that_is_announced_as_a_persons_is_one_whatever_its_check_digit(text: str) -> None:
    assert any(told.startswith("PII001") for told in found(text))
    assert not re.search(r"61010219|6101029|90010", without_personal_data(text))


@pytest.mark.parametrize(
    "text",
    [
        "受理编号610102199001011237。",
        "凭身份证办理，编号610102199001011237。",
        "身份证号610102。",
        "持身份证领取，流水号610102199001011237。",
    ],
)
def test_a_number_with_a_wrong_check_digit_that_is_not_announced_is_none(text: str) -> None:
    assert found(text) == []
    assert without_personal_data(text) == text


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown", "sarif", "junit", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_output_shows_half_of_a_number(form: str, lang: str, tmp_path: Path) -> None:
    text = f"{ANNOUNCED}，手机13812345678。手机13812345678体球网，{ANNOUNCED[3:]}体球网。身份证号610102199001011237，体球网。"
    (tmp_path / "a.txt").write_text(HEAD + text + "\n", encoding="utf-8")
    out = command("check", "a.txt", "--select", "INJ,PII", "--format", form, "--lang", lang, "--fail-on", "never", cwd=tmp_path).out
    assert "138****5678" in out.replace("\\", "")
    assert "610************" in out.replace("\\", "")
    assert re.findall(r"6101|001011|01011237|1012|12345", out) == []


@pytest.mark.parametrize(
    "told",
    [
        "申请人张三，身份证号610102199001011237，提出申请。",
        "申请人张三，居民身份证号码：610102199001011237。",
        "申请人张三,手机13812345678。",
        "原告张三，联系电话：13812345678。",
        "申请人张三，住址：白石县城关镇。",
        "申请人张三，家庭住址白石县城关镇。",
        "申请人张三 身份证号610102199001011237。",
        "申请人王某、张三，手机号码为13812345678。",
    ],
)
def test_an_applicant_is_named_before_what_is_known_of_him(told: str) -> None:
    assert "PII005 文中写出了申请人“张*”的姓名。" in found(told)
    assert "张三" not in without_personal_data(told)


@pytest.mark.parametrize(
    "told",
    [
        "方便申请人查询，电话0912-8123456。",
        "方便申请人查询，电话12345。",
        "申请人于某，手机号码已核实。",
        "须写明申请人全称，身份证号，联系电话，住址。",
        "申请人张某，身份证号、住址等信息不予公开。",
        "对申请人解答，电话回访。",
        "与申请人沟通，住址和电话均已核实。",
        "核实申请人单位，住址：白石县城关镇。",
    ],
)
def test_no_applicant_is_named_before_what_is_asked_of_all(told: str) -> None:
    assert found(told) == []
