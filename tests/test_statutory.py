"""LAW and the left-overs of TXT: silent on every consistent report, right where somebody knows the answer, linear on hostile text."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import gilint
from gilint import Finding
from gilint.forms import builtin_forms
from gilint.testing import LAYOUTS, make_draft, run_rule, sample_figures, sample_report, write_bytes

FAMILIES = ("LAW", "TXT02")
FORMS = {form.edition: form for form in builtin_forms()}
ORGANS = (
    "白石县商务局",
    "云溪区人民政府",
    "青原县柳林镇人民政府",
    "江苏省水利厅",
    "无锡市统计局",
    "江苏省人民政府办公厅",
    "国家能源局",
    "无锡市人民政府",
    "无锡市滨湖区华庄街道办事处",
    "高新技术产业开发区管理委员会",
)
YEARS = (("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2022), ("2021", 2024))
WHOLE = tuple(sorted(name for name, layout in LAYOUTS.items() if not layout.departs))
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FIXTURES = Path(__file__).parent / "fixtures" / "seeds"
SEED_FINDINGS = {
    name: ["LAW006"] if name == "jinfeng-2022" else []
    for name in ("binhu-2020", "jinfeng-2022", "shuangyashan-2020", "xilingol-2019", "yinchuan-2019")
}


def wrong(findings: Iterable[Finding]) -> list[str]:
    return [f"{finding.code}: {finding.say('en')}" for finding in findings if finding.severity != "note"]


@settings(max_examples=80, deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.sampled_from(YEARS), st.sampled_from(ORGANS), st.sampled_from(WHOLE))
def test_a_consistent_report_is_left_in_peace(seed: int, edition_year: tuple[str, int], organ: str, layout: str) -> None:
    edition, year = edition_year
    random = Random(seed)
    draft = make_draft(FORMS[edition], sample_figures(FORMS[edition], seed), organ=organ, year=year, random=random)
    findings = gilint.lint(write_bytes(draft, layout, random=random), config={}, select=FAMILIES).findings
    assert wrong(findings) == []


@pytest.mark.parametrize("name", SEED_FINDINGS)
@pytest.mark.parametrize(
    "folder", [FIXTURES, pytest.param(SEEDS, marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="samples lie outside of the repository"))]
)
def test_the_samples_have_their_findings_and_no_other(name: str, folder: Path) -> None:
    findings = gilint.lint(folder / f"{name}.txt", config={}, select=FAMILIES).findings
    assert [finding.code for finding in findings if finding.severity != "note"] == SEED_FINDINGS[name]


def page(meta: str, organ: str = "白石县商务局") -> str:
    draft = make_draft(FORMS["2021"], sample_figures(FORMS["2021"], 1), organ=organ, year=2022, words=False)
    text = write_bytes(draft, "html").decode()
    return text.replace("<head>", f"<head>{meta}", 1) if "<head>" in text else f"<head>{meta}</head>{text}"


@pytest.mark.parametrize(
    ("meta", "organ", "severity"),
    [
        ('<meta name="PubDate" content="2023-02-15 09:00">', "白石县商务局", ["warning"]),
        ('<META NAME="pubdate" CONTENT="2023-02-15">', "白石县商务局", ["warning"]),
        (
            '<meta name="PubDate" content="2023-02-15"><meta name="ArticleTitle" content="白石县商务局2022年政府信息公开工作年度报告">',
            "白石县商务局",
            ["warning"],
        ),
        ('<meta name="PubDate" content="2023-02-15">', "白石县人民政府", []),
        ('<meta name="PubDate" content="2023-01-31 23:59">', "白石县商务局", []),
        ('<meta name="PubDate" content="2025-05-01">', "白石县商务局", ["note"]),
        ('<meta name="PubDate" content="2023-02-31">', "白石县商务局", []),
        ('<meta name="PubDate" content="">', "白石县商务局", []),
    ],
)
def test_the_page_says_when_it_was_published(meta: str, organ: str, severity: list[str]) -> None:
    findings = gilint.lint(page(meta, organ), config={}, select=["LAW005"]).findings
    assert [finding.severity.value for finding in findings if finding.code == "LAW005"] == severity


def test_an_excerpt_has_section_and_place() -> None:
    draft_text = "一是2021年2月30日开展自查,发现公开不够及时。"
    (finding,) = run_rule(
        next(rule for rule in gilint.load_registry().rules if rule.code == "LAW004"),
        sample_report(paragraphs={"problems": f"总的看还不够。\n{draft_text}"}),
    )
    (excerpt,) = finding.excerpts
    assert (excerpt.text, excerpt.section) == ("2021年2月30日", 5)
    assert excerpt.place is not None
    assert finding.place == excerpt.place


@pytest.mark.parametrize(
    "piece",
    [
        "2",
        "20",
        "【",
        "（此处",
        "待",
        "X",
        "×",
        "2020年",
        "电话:0",
        "统计",
        "国办公开办函",
        "www,",
        "《",
        "12月31",
        "现",
        "与局",
        "某",
        "邮箱:a.",
        " ",
        "1\n",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    rules = [rule for rule in gilint.load_registry().rules if rule.code.startswith(FAMILIES)]
    report = sample_report(paragraphs={"overview": piece * (1_000_000 // len(piece))})
    before = time.process_time()
    for rule in rules:
        for _, _finding in zip(range(1001), rule().check(report), strict=False):
            pass
    assert time.process_time() - before < 8
