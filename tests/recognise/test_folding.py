"""Letters made comparable: every way of folding a text, and of turning one away unfolded, says the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gilint.recognise import labels
from gilint.recognise.folding import FOLDED, SIMPLIFIED, any_printed, fold, has_any, length_of_folded, printed_edges, without_ignored

WANTED = "报年(第一2"
anything = st.one_of(
    st.text(st.sampled_from(" \u200b*（㈠⒈２報报x"), max_size=6),
    st.text(st.one_of(st.sampled_from([*map(chr, FOLDED), *WANTED]), st.characters()), max_size=40),
)


@given(anything)
def test_every_character_is_folded_on_its_own(text: str) -> None:
    assert fold(text) == "".join(FOLDED.get(ord(character), character) for character in text)


def test_what_folds_to_a_folded_character_is_folded_once() -> None:
    assert fold("＊甲*乙") == "*甲乙"
    assert fold("＃＊＞｜～＿｀" + "總体會員處問進報項關於務") == "#*>|~_`总体会员处问进报项关于务"


@given(anything)
def test_a_text_is_turned_away_unfolded_only_if_its_folded_form_would_be(text: str) -> None:
    folded = fold(text)
    assert has_any(text, any_printed(WANTED)) or not set(WANTED) & set(folded)
    if folded and folded[0] in WANTED:
        assert text[0] in printed_edges(WANTED)
    if folded and folded[-1] in WANTED:
        assert text[-1] in printed_edges(WANTED)


def test_most_texts_are_turned_away() -> None:
    assert not has_any("政府信息公开指南，甲", any_printed(WANTED))
    assert "政" not in printed_edges(WANTED)


@given(anything)
def test_what_is_ignored_is_dropped_and_nothing_else_changed(text: str) -> None:
    assert without_ignored(text) == "".join(character for character in text if fold(character) != "")


@given(anything, st.integers(0, 40))
def test_the_length_of_a_folded_prefix(text: str, length: int) -> None:
    assert fold(text[: length_of_folded(text, length)]).startswith(fold(text)[:length])
    assert length_of_folded(text, 0) == 0


def test_traditional_characters_are_simplified_alike_in_labels_and_in_names() -> None:
    assert fold("強制、罰款、確認、獲得、個人、組織、來自") == "强制、罚款、确认、获得、个人、组织、来自"
    assert labels.fold("廢止檔案館監督") == "废止档案馆监督"
    printed = "".join(map(chr, SIMPLIFIED))
    assert labels.fold(printed) == fold(printed) == "".join(SIMPLIFIED.values())
    assert not SIMPLIFIED.keys() & set(map(ord, SIMPLIFIED.values()))
