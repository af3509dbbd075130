"""Claims: how statements of the narrative are read, and what is said of those that the tables contradict."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint
from gilint import Claim, ClaimKind, Report, Scope, Section
from gilint.claims import MAX_CLAIMS, load_vocabulary
from gilint.claims.tokens import fold, read_numeral, tokens
from gilint.claims.words import Words
from gilint.document import Paragraph
from gilint.errors import FormError
from gilint.forms import builtin_forms
from gilint.output import extract_reports
from gilint.place import Place
from gilint.plugins import Registry
from gilint.testing import make_draft, sample_figures, sample_report, write

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import claims as benchmark

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FORM = next(form for form in builtin_forms() if form.edition == "2021")
TOTAL = ("applications", "total", "total")


def stating(*paragraphs: str, section: str = "overview", organ: str = "云溪市民政局", **cells: str) -> Report:
    """Return the sample report on 2022 with these paragraphs as its narrative."""
    printed = {(*key.split("__")[:1], key.split("__")[1].replace("_0_", "."), key.split("__")[2]): text for key, text in cells.items()}
    report = sample_report(FORM, organ=organ, year=2022, printed=printed)
    written = tuple(Paragraph(text, Place(paragraph=number)) for number, text in enumerate(paragraphs, 1))
    return evolve(report, sections=(Section(section, 1, "一、总体情况", "一", written),))


def claims(*paragraphs: str, section: str = "overview", organ: str = "云溪市民政局") -> list[tuple[str, object, str]]:
    return [(claim.subject, claim.value, claim.text) for claim in gilint.claims_of(stating(*paragraphs, section=section, organ=organ))]


def only(text: str) -> Claim:
    (claim,) = gilint.claims_of(stating(text))
    return claim


def test_labelled_statements_are_judged_right() -> None:
    tallies = benchmark.measure()
    whole = sum(tallies.values(), benchmark.Counter())
    assert sum(whole[label] for label in benchmark.LABELS) >= 300
    precision, recall, read = benchmark.quotients(whole)
    assert precision >= 0.98
    assert recall >= 0.9
    assert read >= 0.9
    for kind, tally in tallies.items():
        assert benchmark.quotients(tally)[1] >= 0.8, kind


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("十二", 12),
        ("一百零三", 103),
        ("二〇", 20),
        ("两", 2),
        ("3.5万", 35000),
        ("0", 0),
    ],
)
def test_numbers_of_every_writing(printed: str, value: int) -> None:
    claim = only(f"全年收到政府信息公开申请{printed}件。")
    assert (claim.value, claim.text) == (value, f"收到政府信息公开申请{printed}件")


@pytest.mark.parametrize("printed", ["100余", "近100", "约100", "100多", "数十", "9" * 40])
def test_numbers_that_are_not_exact_are_left_alone(printed: str) -> None:
    assert claims(f"全年收到政府信息公开申请{printed}件。") == []


@pytest.mark.parametrize(
    ("text", "value"), [("一千二百三十四", 1234), ("一万零五", 10005), ("十", 10), ("二十", 20), ("三百", 300), ("二〇二二", 2022)]
)
def test_numerals(text: str, value: int) -> None:
    assert read_numeral(text) == value


def test_a_claim_says_where_it_stands_and_what_it_can_mean() -> None:
    text = "一年来，“公开”工作平稳。２０２２年 共收到政府信息公开申请 12 件，其中自然人 9 件。"
    first, second = gilint.claims_of(stating("政务公开概述。", text))
    assert (first.section, first.paragraph, first.place) == (1, 2, Place(paragraph=2))
    assert text[first.start : first.end] == first.text == "收到政府信息公开申请 12 件"
    assert [[".".join(cell) for cell in reading] for reading in first.readings] == [
        ["applications.new.total"],
        ["applications.new.total", "applications.carried_in.total"],
    ]
    assert (second.text, second.whole) == ("自然人 9 件", 0)
    assert second.readings[0] == (("applications", "new", "natural_person"),)


def test_a_statement_ends_with_its_sentence() -> None:
    said = "收到政府信息公开申请20件，认真做好今年以来严格规范依申请公开办理流程，目前尚有2件"
    assert claims(f"{said}，结转下年度继续办理。")[1:] == [("carried_out", 2, "2件，结转下年度继续办理")]
    assert claims(f"{said}。均结转下年度继续办理。") == claims(f"{said}。") == [("received", 20, "收到政府信息公开申请20件")]
    assert claims(f"{said}。", "均结转下年度继续办理。") == claims(f"{said}。")


def test_years() -> None:
    said = "2021年收到政府信息公开申请7件。2022年收到政府信息公开申请8件，2021年结转3件，结转2023年2件。"
    found = gilint.claims_of(stating(said))
    assert [(claim.subject, claim.value, claim.scope) for claim in found] == [
        ("received", 7, Scope.OTHER),
        ("received", 8, Scope.YEAR),
        ("carried_in", 3, Scope.YEAR),
        ("carried_out", 2, Scope.YEAR),
    ]


def test_what_is_spoken_of_ends_with_a_new_point() -> None:
    assert claims("(二)依申请公开情况。", "全年收到12件。") == [("received", 12, "收到12件")]
    assert claims("(二)依申请公开情况。", "(三)政府信息管理情况。全年收到12件。") == []


def test_suits_of_another_kind_are_left_alone() -> None:
    assert claims("全年办理行政复议56件，行政诉讼11件。") == []
    assert claims("因信息公开被申请行政复议56件。") == [("reviews", 56, "因信息公开被申请行政复议56件")]
    assert claims("行政复议56件。", section="reviews") == [("reviews", 56, "行政复议56件")]


def test_other_organs_are_left_alone() -> None:
    assert claims("市公安局收到政府信息公开申请12件。") == []
    assert claims("市政府办公室收到政府信息公开申请12件。", organ="云溪市人民政府") == []
    assert claims("市民政局办公室收到政府信息公开申请12件。") == [("received", 12, "收到政府信息公开申请12件")]
    assert claims("云溪市民政局收到政府信息公开申请12件。") == [("received", 12, "收到政府信息公开申请12件")]


def findings(report: Report) -> list[tuple[str, str, list[str]]]:
    found = gilint.lint(report, config={"select": ["TXT"]}).findings
    return [(each.code, each.severity.value, [excerpt.text for excerpt in each.excerpts]) for each in found]


def test_either_reading_is_accepted_and_both_are_named() -> None:
    new, carried = (sample_report(FORM).applications[row, "total"].value for row in ("new", "carried_in"))
    assert new
    assert carried
    for number in (new, new + carried):
        assert findings(stating(f"收到政府信息公开申请{number}件。")) == []
    (found,) = gilint.lint(stating(f"收到政府信息公开申请{new + carried + 1}件。"), config={"select": ["TXT"]}).findings
    assert found.cells == (("applications", "new", "total"),)
    assert f"为 {new}" in found.say("zh")
    assert f"为 {new + carried}" in found.say("zh")
    assert str(new) in found.suggest("zh")


def test_denials_of_the_same_are_one_finding() -> None:
    report = stating("本年度未收到政府信息公开申请。", "全年无依申请公开事项。")
    ((code, severity, excerpts),) = findings(report)
    assert (code, severity, excerpts) == ("TXT002", "error", ["未收到政府信息公开申请", "无依申请公开事项"])


def test_a_denial_printed_twice_is_cited_once() -> None:
    report = stating("本年度未收到政府信息公开申请。我局未收到政府信息公开申请。")
    assert findings(report) == [("TXT002", "error", ["未收到政府信息公开申请"])]


def test_a_denial_of_some_applicants_says_nothing_of_the_others() -> None:
    said = "全年依申请公开情况：科研机构和社会公益组织均无政府信息公开申请。"
    none = {f"applications__{row}__{column}": "0" for row in ("new", "carried_in") for column in ("research", "public_interest")}
    assert findings(stating(said, **none)) == []
    some = {**none, "applications__new__research": "3"}
    assert findings(stating(said, **some)) == [("TXT002", "error", ["科研机构和社会公益组织均无政府信息公开申请"])]


def test_a_cut_share_is_a_note() -> None:
    assert findings(stating("收到政府信息公开申请2742件，办结2629件，办结率95.8%。"))[-1][:2] == ("TXT003", "note")
    assert [code for code, *_ in findings(stating("收到政府信息公开申请2742件，办结2629件，办结率95.9%。"))] == ["TXT001", "TXT001"]
    assert findings(stating("收到政府信息公开申请2742件，办结2629件，办结率93.9%。"))[-1][:2] == ("TXT003", "warning")


def test_two_numbers_of_the_same_where_the_table_has_none() -> None:
    cells = {"disclosure__penalties__decisions": ""}
    said = ("全年作出行政处罚决定12件。", "作出行政处罚决定15件。")
    assert findings(stating(*said, **cells)) == [("TXT005", "warning", ["作出行政处罚决定15件", "作出行政处罚决定12件"])]
    assert findings(stating(*said[:1] * 2, **cells)) == []


def test_a_blank_is_not_compared() -> None:
    assert findings(stating("全年作出行政处罚决定12件。", disclosure__penalties__decisions="")) == []


@settings(derandomize=True, database=None, deadline=None)
@given(words=st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=6), text=st.text("甲乙丙丁", max_size=12))
def test_of_the_words_that_begin_at_a_place_the_longest_is_found(words: list[str], text: str) -> None:
    known = Words(words)
    for at in range(len(text)):
        assert known.at(text, at) == max((word for word in words if text.startswith(word, at)), key=len, default="")
    assert known.are_in(text) == any(word in text for word in words) == (list(known.within(text)) != [])


@settings(derandomize=True, database=None, deadline=None)
@given(parts=st.lists(st.sampled_from([*load_vocabulary().does, "12件", "，", "甲", "十", "2022年"]), max_size=12))
def test_tokens_are_the_whole_sentence_and_the_longest_words(parts: list[str]) -> None:
    text, vocabulary = fold("".join(parts)), load_vocabulary()
    cut = tokens(text, vocabulary)
    assert "".join(token.text for token in cut) == text
    for token in cut:
        assert text[token.start : token.end] == token.text
        if token.kind in ("word", "residue"):
            longest = vocabulary.words.at(text, token.start)
            assert (longest, vocabulary.does.get(longest)) == (
                (token.text, (token.roles, token.meanings)) if token.kind == "word" else ("", None)
            )


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), edition=st.sampled_from(["2019", "2021"]))
def test_consistent_reports_are_never_accused(seed: int, edition: str) -> None:
    form = next(form for form in builtin_forms() if form.edition == edition)
    page = write(make_draft(form, sample_figures(form, random := Random(seed)), random=random), "html")
    result = gilint.lint(page, config={"select": ["TXT"]})
    assert result.report.edition == edition
    assert [found.say("zh") for found in result.findings] == []


@pytest.mark.parametrize(
    "unit", ["件", "1", "(", "《", "申请", "1,111", "、予以公开", "无行政复议", "十", "2022年", "未收到", "收到申请1件，", "收到x申请1件。"]
)
def test_hostile_text_stays_linear(unit: str) -> None:
    took = []
    for length in (100_000, 400_000):
        report = stating(*["政府信息公开申请" + unit * (50_000 // len(unit))] * (length // 50_000))
        begin = time.process_time()
        assert len(gilint.claims_of(report)) <= MAX_CLAIMS
        took.append(time.process_time() - begin)
    assert took[1] < 4 * 3 * max(took[0], 0.02)


@pytest.mark.parametrize("paragraphs", [1, 7, MAX_CLAIMS])
def test_what_is_beyond_the_limit_is_told(paragraphs: int) -> None:
    each = "本机关未发生政府信息公开行政复议。" * (MAX_CLAIMS // paragraphs)
    limit = ("TXT006", "error", ["未发生政府信息公开行政复议"])
    assert limit not in findings(stating(*[each] * (paragraphs - 1)))
    many = stating(*[each] * paragraphs, *["未收到政府信息公开申请。"] * 7)
    assert len(gilint.claims_of(many)) == MAX_CLAIMS
    assert [found for found in findings(many) if found[0] == "TXT006"] == [
        limit if MAX_CLAIMS % paragraphs == 0 else (*limit[:2], ["未收到政府信息公开申请"])
    ]


def test_extract_lists_the_claims() -> None:
    report = stating("全年收到政府信息公开申请12件。")
    stream = io.StringIO()
    extract_reports([report], "json", stream)
    first, *others = json.loads(stream.getvalue())
    assert len(others) + 1 == len(report.cells)
    assert not any("claims" in row for row in others)
    (claim,) = first["claims"]
    assert (claim["kind"], claim["text"], claim["value"], claim["scope"]) == ("count", "收到政府信息公开申请12件", 12, "year")
    assert claim["readings"][0] == [{"table": "applications", "row": "new", "column": "total"}]
    assert (claim["section"], claim["paragraph"], claim["start"], claim["end"]) == (1, 1, 2, 15)
    again = gilint.read(stream.getvalue().encode())
    assert [cell.value for cell in again.cells] == [cell.value for cell in report.cells]


class Extension:
    """A plugin with a word of its own."""

    @staticmethod
    @gilint.hookimpl
    def gilint_claims() -> tuple[str, ...]:
        return ('[words]\napplication = ["公开诉求单"]\n',)


class Broken:
    """A plugin with words that cannot be used."""

    @staticmethod
    @gilint.hookimpl
    def gilint_claims() -> tuple[object, ...]:
        return ("words = 3", '[roles]\nshouting = ["啊"]', 3, '[[statements]]\nname = "x"')


def test_plugins_add_words() -> None:
    page = write(make_draft(FORM, sample_figures(FORM, random := Random(1)), random=random), "html")
    text = page.replace("监督保障情况", "监督保障情况。全年收到公开诉求单987654件", 1).encode()
    registry = Registry.load([Extension])
    assert registry.problems == ()
    assert 987654 in [claim.value for claim in gilint.claims_of(gilint.read(text, registry=registry))]
    assert 987654 not in [claim.value for claim in gilint.claims_of(gilint.read(text, registry=Registry.load()))]


def test_words_that_cannot_be_used_are_a_problem_of_their_plugin() -> None:
    registry = Registry.load([Broken])
    assert len(registry.problems) == 4
    assert registry.phrasings == ()


@pytest.mark.parametrize(
    "text", ["=", "words = 3", "[roles]\nx = ['y']", "[words]\nx = 'y'", "statements = 3", "[[statements]]\nname = 'x'", "[colours]\nx = 1"]
)
def test_wrong_vocabularies_are_refused(text: str) -> None:
    with pytest.raises(FormError):
        load_vocabulary((text,))


def test_every_reading_of_the_vocabulary_exists_in_an_edition() -> None:
    from gilint.claims.readings import readings_of

    for statement in load_vocabulary().statements:
        assert any(readings_of(form, statement) for form in builtin_forms()), statement.name


def test_not_for_other_forms() -> None:
    report = stating("全年收到政府信息公开申请12件。")
    other = evolve(FORM, id="visits")
    assert gilint.claims_of(evolve(report, form=other)) == ()
    assert gilint.claims_of(evolve(report, form=None, tables={})) == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the samples lie outside of the repository")
def test_the_samples() -> None:
    found = {path.stem: findings(gilint.read(path)) for path in sorted(SEEDS.glob("*.txt"))}
    assert found.pop("shuangyashan-2020") == [("TXT002", "error", ["没有收到政府信息公开申请"])]
    assert not any(severity != "note" for each in found.values() for _, severity, _ in each)
    agreeing = {claim.value for claim in gilint.claims_of(gilint.read(SEEDS / "jinfeng-2022.txt"))}
    assert agreeing >= {506, 2, 10}


def test_kinds_are_told_apart() -> None:
    kinds = [
        claim.kind
        for claim in gilint.claims_of(stating("收到政府信息公开申请20件，占50%。所有申请均已办结。无行政复议。", section="reviews"))
    ]
    assert kinds == [ClaimKind.COUNT, ClaimKind.SHARE, ClaimKind.ALL_DONE, ClaimKind.DENIAL]
