"""English texts as an English reader expects them: one cell, two cells, and no Chinese punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from gilint import Checked, Finding, Form, Notice, NoticeKind, Report, Rule, Text, load_registry
from gilint.facts import rule_options
from gilint.finding import Outcome, Severity, Verdict
from gilint.output.words import WORDS, Words
from gilint.testing import sample_report
from gilint.testing.checks import example_report, run_rule

RULES = load_registry().rules
QUOTED = re.compile(r"“[^”]*”|〔\d+〕\d*号")
"""What stands in quotation marks is printed as the document has it; a notice is known by its number."""
FULL_WIDTH = re.compile(r"[、。，；：？！（）【】《》〈〉「」『』〔〕…]{2}|[、。，；：？！（）【】《》〈〉「」『』〔〕\uff01-\uff60]")
ONE_OF_MANY = re.compile(
    r"(?<![\w.,-])1 (?:more |printed |of the )?(?:cells|rows|columns|values|numbers|projects|documents|errors|warnings|notes|items|places|reports"
    r"|equations|characters|faults|control characters)\b|\bthese? 1\b|\b1 (?:\w+ ){0,3}(?:are|were|have)\b"
)


def faults(text: str) -> list[str]:
    bare = QUOTED.sub("“”", text)
    return FULL_WIDTH.findall(bare) + ONE_OF_MANY.findall(bare)


def texts(rule: type[Rule]) -> Iterator[str]:
    plain = [rule.title, rule.rationale, *rule.source, *(option.doc for option in rule_options(rule) if option.doc)]
    yield from (text.en for text in plain)
    yield from (example.note.en for example in rule.examples if example.note)
    for example in rule.examples:
        report = example_report(rule, example)
        for item in rule().check(report):
            if isinstance(item, Checked):
                yield item.reason.in_language("en", item.arguments) if item.reason else ""
            else:
                yield f"{item.say('en')} {item.suggest('en')}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_english_of_every_rule(rule: type[Rule]) -> None:
    assert [(text, found) for text in texts(rule) if (found := faults(text))] == []
    assert [text for text in texts(rule) if re.search(r"[一-鿿]", QUOTED.sub("", text)) and not allowed(text)] == []


def allowed(text: str) -> bool:
    """Say whether Chinese stands there because it is what the report has to say: its organ, 万元, a numeral, a notice."""
    return bool(re.search(r"万元|元|一 to 六|instead of [一二三四五六]|numbered [一二三四五六]|国办|委员会|局|政府", text))


def test_the_faults_are_seen() -> None:
    assert faults("1 cells of the table are blank") and faults("1 documents") and faults("values（3、0）") and faults("Total……)")
    assert not faults("1 cell of the table “甲、乙（丙）” is blank; 21 cells, 1 + 2 cells, 3.1 items, 国办公开办函〔2019〕60号")


def noticed(form: Form, kind: NoticeKind, **data: Any) -> Report:
    from attrs import evolve

    report = sample_report(form)
    return evolve(report, notices=(Notice(kind, data),))


@pytest.mark.parametrize(
    ("code", "kind", "data", "message"),
    [
        (
            "DOC007",
            NoticeKind.ENCODING_LOSSY,
            {"encoding": "gbk", "count": 1},
            "1 place could not be decoded as gbk; what stood there is lost.",
        ),
        ("DOC009", NoticeKind.CONTROL_CHARACTERS, {"count": 1}, "The document has 1 control character; it was left out."),
        ("DOC013", NoticeKind.NUMBER_WITHOUT_PLACE, {"raw": "17"}, "1 printed number belongs to no cell of the form: 17."),
        ("DOC016", NoticeKind.TABLE_EXTRA, {"numbers": 1}, "A table is none of the prescribed format's; its 1 number was not checked."),
        (
            "TPL008",
            NoticeKind.ROWS_OUT_OF_ORDER,
            {"table": "disclosure", "rows": ("coercion",)},
            "A row of the table “Proactive disclosure” is not where the format has it: Administrative coercion.",
        ),
        (
            "TPL010",
            NoticeKind.ROW_EXTRA,
            {"table": "disclosure", "printed": "小计", "values": ("3", "0")},
            "The table “Proactive disclosure” has a row that the format does not have: “小计” (3, 0).",
        ),
    ],
)
def test_one_of_a_kind(code: str, kind: NoticeKind, data: dict[str, Any], message: str) -> None:
    rule = next(rule for rule in RULES if rule.code == code)
    form = load_registry().forms[-1]
    (finding,) = run_rule(rule, noticed(form, kind, **data))
    assert finding.say("en") == message


def blank(*names: str) -> str:
    rule = next(rule for rule in RULES if rule.code == "MIS007")
    form = load_registry().forms[-1]
    report = sample_report(form, printed={("applications", "granted", name): "" for name in names})
    (finding,) = run_rule(rule, report)
    assert isinstance(finding, Finding)
    return finding.say("en")


def test_one_blank_cell_and_several() -> None:
    assert (
        blank("research")
        == "1 cell of the table “Applications received and handled” is blank: Granted / Research institutions; by the equations it is 0."
    )
    assert blank("research", "business").startswith("2 cells of the table “Applications received and handled” are blank: ")


@pytest.mark.parametrize(("language", "joined"), [("zh", "甲、乙……"), ("en", "a, b, …")])
def test_a_list_that_goes_on(language: Any, joined: str) -> None:
    text = Text("{names}", "{names}")
    assert text.in_language(language, {"names": [Text("甲", "a"), Text("乙", "b"), ...]}) == joined


def test_words_with_a_count() -> None:
    text = Text("{count} 格", "{count} {count:cell|cells}")
    assert [text.in_language("en", {"count": count}) for count in (0, 1, 2)] == ["0 cells", "1 cell", "2 cells"]
    lists = Text("{names}", "{names:name|names} {names}")
    assert [lists.in_language("en", {"names": names}) for names in (["a"], ["a", "b"])] == ["name a", "names a, b"]


@pytest.mark.parametrize("key", [key for key, text in WORDS.items() if "{count" in text.en])
def test_fixed_words_with_one(key: str) -> None:
    arguments = dict.fromkeys(re.findall(r"{(\w+)", WORDS[key].en + WORDS[key].zh), "x") | {"count": 1}
    assert faults(Words("en")(key, **arguments)) == []


def test_summary_with_one_of_each() -> None:
    words = Words("en")
    assert words.verdicts(1, {Verdict.REVIEW: 1}) == "1 document: Needs review 1"
    assert words.counts({Severity.ERROR: 1, Severity.WARNING: 2, Severity.NOTE: 0}) == "1 error, 2 warnings, 0 notes"
    assert Words("zh").counts({Severity.ERROR: 1, Severity.WARNING: 2, Severity.NOTE: 0}) == "错误 1 个、警告 2 个、提示 0 个"
    assert [words.outcome(Outcome.HOLDS, count) for count in (1, 2)] == ["1 holds", "2 hold"]


def test_no_text_of_the_output_has_punctuation_of_the_other_language() -> None:
    assert [key for key, text in WORDS.items() if FULL_WIDTH.search(text.en)] == []
    assert [key for key, text in WORDS.items() if re.search(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]", re.sub("{.*?}", "", text.zh))] == []


def test_a_report_with_notes_is_not_said_to_have_nothing_wrong() -> None:
    for said in (Words("en").meaning(Verdict.PUBLISHABLE), Words("en")("publishable-waived", count=2)):
        assert "no errors were found, and everything that should be checked was" in said.lower()
