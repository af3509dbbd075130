"""Line and column of what is found in the text: those of the very words, and not of their paragraph."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gilint
from gilint.finding import Result
from gilint.forms import builtin_forms
from gilint.readers import html_words
from gilint.readers.html_words import Trail
from gilint.testing import LAYOUTS, sample_draft, write

NUMBER = "13912345678"
SENTENCES = (
    "2022年，我局依法公开。联系人电话：" + NUMBER + "。",
    "2022年，我局依法公开。2022年，我局依法公开。按照国办公开办函〔2019〕60号的要求编制。",
    "2022年，我局依法公开。手机" + NUMBER + "，另有网上彩票投注平台的说明。",
)
FORM = builtin_forms()[-1]


def page(layout: str, paragraphs: list[str]) -> str:
    """Return the sample report with more paragraphs at the end of section one."""
    text = write(sample_draft(FORM), layout)
    mark = "二、主动公开政府信息情况"
    at = text.index(mark)
    at = text.rindex("<", 0, at) if "<" in text[:at] else at
    while text[:at].rstrip().endswith(">") and not text[:at].rstrip().endswith(("</p>", "</div>")):
        at = text.rindex("<", 0, at)
    return text[:at] + "\n".join(paragraphs) + "\n" + text[at:]


def words_at(result: Result, source: str) -> dict[str, list[str]]:
    """Return by code the words of the source at which findings with an excerpt are told to be."""
    lines = source.split("\n")
    found: dict[str, list[str]] = {}
    for finding in result.findings:
        place = result.locate(finding)
        if finding.excerpts and place is not None and place.line is not None and place.column is not None:
            found.setdefault(finding.code, []).append(lines[place.line - 1][place.column - 1 :])
    return found


@pytest.mark.parametrize(
    "tagged",
    [
        "<p>{}</p>",
        "<p>\n    {}\n</p>",
        "<p><span>{}</span></p>",
        "<p><!-- 2022年，我局依法公开 --><b>2022</b>{}</p>",
        "<div>&ldquo;说明&rdquo;&nbsp;&nbsp;{}</div>",
        "<p title='2022年，我局依法公开。'>{}<br>完</p>",
        "<p>{}<script>var a = '2022年，我局依法公开。'</script></p>",
    ],
)
def test_in_a_page_it_is_the_words_whatever_the_markup(tagged: str) -> None:
    source = page("html", [tagged.format(sentence) for sentence in SENTENCES])
    found = words_at(gilint.lint(source, select=["PII", "LAW006", "INJ"], show_personal_data=True), source)
    assert [words[: len(NUMBER)] for code in sorted(found) if code.startswith("PII") for words in found[code]] == [NUMBER] * 2
    assert [words[:15] for words in found["LAW006"]] == ["国办公开办函〔2019〕60号"]


def test_markup_within_the_words_hides_them_not() -> None:
    source = page("html", [f"<p>2022<b>年</b>，我局<span>依法</span>公开。电话：<i>139</i>&#49;2345678，{SENTENCES[1]}</p>"])
    found = words_at(gilint.lint(source, select=["PII", "LAW006"], show_personal_data=True), source)
    assert [words[:20] for words in found["LAW006"]] == ["国办公开办函〔2019〕60号的要求编制"]
    (phone,) = (words for code in found if code.startswith("PII") for words in found[code])
    assert phone.startswith("139</i>&#49;2345678")


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if LAYOUTS[name].format == "text" and "-reviews" not in name][:12])
def test_in_a_text_it_is_the_words(layout: str) -> None:
    source = page(layout, ["", f"  {SENTENCES[0]}", "", f"**{SENTENCES[1]}**", "", f"# {SENTENCES[2]}", ""])
    found = words_at(gilint.lint(source, select=["PII", "LAW006"], show_personal_data=True), source)
    assert [words[: len(NUMBER)] for code in sorted(found) if code.startswith("PII") for words in found[code]] == [NUMBER] * 2
    assert [words[:15] for words in found["LAW006"]] == ["国办公开办函〔2019〕60号"]


def test_every_output_with_lines_tells_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from gilint.cli import main

    path = tmp_path / "a.html"
    source = page("html", [f"<p>{SENTENCES[1]}</p>"])
    path.write_text(source, encoding="utf-8")
    line = next(number for number, each in enumerate(source.split("\n"), 1) if SENTENCES[1] in each)
    column = source.split("\n")[line - 1].index("国办公开办函") + 1
    main(["check", str(path), "--select", "LAW006", "--format", "json"])
    (finding,) = json.loads(capsys.readouterr().out)["reports"][0]["findings"]
    assert (finding["place"]["line"], finding["place"]["column"]) == (line, column)
    main(["check", str(path), "--select", "LAW006", "--format", "sarif"])
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    for location in (*result["locations"], *result["relatedLocations"]):
        assert location["physicalLocation"]["region"] == {"startLine": line, "startColumn": column}
    main(["check", str(path), "--select", "LAW006"])
    assert f"{path}:{line}:{column}: LAW006 " in capsys.readouterr().out


def test_statements_are_where_their_words_are() -> None:
    source = page("html", ["<p>2021年，我局收到政府信息公开申请987件，办理结果见表。</p>"])
    result = gilint.lint(source, select=["TXT001"])
    assert words_at(result, source)["TXT001"][0].startswith("收到政府信息公开申请987件")


def test_what_is_cut_out_of_a_line_of_a_page_has_the_place_of_its_paragraph() -> None:
    text = " ".join(write(sample_draft(FORM), "text-row-a-line-bars").replace("一、总体情况", f"一、总体情况 {SENTENCES[1]}").split("\n"))
    source = f"<html><body>\n<p>开头</p>\n  <p>{text}</p></body></html>"
    result = gilint.lint(source, select=["LAW006"])
    (finding,) = [finding for finding in result.findings if finding.code == "LAW006"]
    place = result.locate(finding)
    assert place is not None and (place.line, place.column) in {(3, 6), (3, source.split("\n")[2].index("国办公开办函") + 1)}


TEXT = st.text(st.sampled_from("年报2 一“&<\u00a0\u200b"), min_size=1, max_size=12)


@given(
    st.lists(TEXT.filter(lambda text: text.split()), min_size=1, max_size=4),
    st.lists(st.sampled_from(["", " ", "\n", "<b>", "</b>", "<!--年-->"]), min_size=1),
)
def test_each_character_is_found(texts: list[str], between: list[str]) -> None:
    """Law: the source has at each place the character of the text, or an entity for it, and places only grow."""
    escaped = {"&": "&amp;", "<": "&lt;", "\u00a0": "&nbsp;"}
    source = "<body>"
    for number, text in enumerate(texts):
        source += "<p>" + "".join(escaped.get(each, each) + between[(number + at) % len(between)] for at, each in enumerate(text)) + "</p>"
    trail = Trail(source, [" ".join(text.split()) for text in texts])
    end = -1
    for number, text in enumerate(trail.paragraphs, 1):
        found = trail.characters(number)
        assert found == sorted(found)
        for character, at in zip(text, found, strict=False):
            assert character.isspace() or character == "\u200b" or source.startswith(escaped.get(character, character), at)
        if found:
            assert found[0] > end
            end = found[-1]


def test_hostile_pages_are_left_alone_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_words, "_STEPS", 20_000)
    trail = Trail("<body>" + "年报" * 5000 + "<!--" * 5000, ["年报" * 4000 + "尾"] * 300)
    trail._steps = 20_000
    assert trail.characters(300) == []
    assert trail._steps <= 0


def test_elements_without_an_end_are_searched_for_it_in_bounded_time() -> None:
    source = "<body><script>/*政府" + "<title>" * 120_000 + "*/</script><p>政府x</p>"
    trail = Trail(source, ["政府x"] * 3)
    started = time.process_time()
    for number in range(1, 4):
        trail.characters(number)
    assert time.process_time() - started < 6
