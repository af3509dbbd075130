"""Sentences made to be read in very many ways take no longer than others of their length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

import gilint
from gilint.annotation.note_source import NoteSource
from gilint.claims import load_vocabulary
from gilint.claims.periods import carried_over
from gilint.claims.tokens import tokens
from gilint.personal.names import names


def list_of_names() -> None:
    assert list(names(("申请人方建军" + "、方建军" * 40 + "看。") * 10)) == []


def years_carried_over() -> None:
    vocabulary = load_vocabulary()
    sentence = tokens("上年结转5件,结转至2022年,2021年共结转3件,共结转2023年" * 3_000, vocabulary)
    assert len(carried_over(sentence, 2022, vocabulary.tables["carried"])) < len(sentence)


def note_of_many_runs() -> None:
    runs = b"<r><t>1</t></r>" * 20_000
    note = NoteSource.of(b'<comments><commentList><comment ref="A1"><text>' + runs + b"</text></comment></commentList></comments>").notes[0]
    assert len(note.pieces) == 20_000


@pytest.mark.parametrize("reading", [list_of_names, years_carried_over, note_of_many_runs])
def test_time_grows_with_length(reading: Callable[[], None]) -> None:
    started = time.process_time()
    reading()
    assert time.process_time() - started < 2.5


def test_headings_of_a_table_over_and_over_take_time_that_grows_with_them() -> None:
    title = "某某市教育局2022年政府信息公开工作年度报告\n一、总体情况\n四、政府信息公开行政复议、行政诉讼情况\n"
    started = time.process_time()
    gilint.lint(title + "行政复议\n结果维持\n结果纠正\n" * 3_000)
    assert time.process_time() - started < 5
