"""Rules on the text take time that grows with the text and no faster, whatever it is made of: reports come from hacked sites."""

from __future__ import annotations

from time import process_time

import pytest
from attrs import evolve

from gilint import Report, Section, lint
from gilint.document import Document, Paragraph
from gilint.place import Place
from gilint.testing import sample_report

FAMILIES = ("TXT", "LAW", "INJ", "PII")
TIMES = 4
MOST = 2.5
"""How much more than proportionally it may take, for the clock of a busy machine; what grows with the square takes four times as much."""
SMALL = 0.05
"""Seconds of processor time below which nothing can be told."""
WHOLE_FILES = ("件", "1234567890", "《（【[(〔<", "1件")
PIECES = (
    "收到申请1件，",
    "收到政府信息公开申请12件。",
    "较上年办结1件，占5%。",
    "收到政府信息公开申请12件，办结10件，占5%。\n",
    "X×某某20XX年",
    "《关于",
    "《白石县人民政府办公室做好政务公开工作的通知》",
    "2020年12月31",
    "；2021年未收取信息处理费",
    "2021年，公开\n",
    "申请人",
    "张三诉",
    "申请人张伟、李强",
    "、李强（申请人",
    "李强（申请人）、",
    "申请人王某、",
    "提交的信息公开申请",
    "与白石县",
    "白石县教育局政府信息公开工作",
    "a@b.c",
    "\u200b件",
    "政府(zheng",
    "电话：",
    "邮箱:a,",
    "http:/",
    "1-1 ",
    " 件",
    "：×",
    "待",
    "【　",
    "国办公开办函〔2019",
)


def report_of(text: str) -> Report:
    """Return a report whose narrative is ``text``."""
    paragraphs = tuple(Paragraph(line, Place(paragraph=number)) for number, line in enumerate(text.split("\n"), start=1))
    section = Section("overview", 1, "一、总体情况", "一", paragraphs)
    return evolve(sample_report(year=2022), sections=(section,), document=Document("x", "text", paragraphs))


def seconds(piece: str, size: int) -> float:
    """Return the processor time that all rules on the text take for so many characters of the same piece."""
    report = report_of(piece * (size // len(piece)))
    start = process_time()
    result = lint(report, select=FAMILIES)
    taken = process_time() - start
    # A rule that gave up took no time.
    assert "DOC901" not in {finding.code for finding in result.findings}
    return taken


@pytest.mark.parametrize(("piece", "size"), [*((piece, 2_500_000) for piece in WHOLE_FILES), *((piece, 300_000) for piece in PIECES)])
def test_time_grows_with_the_text_and_no_faster(piece: str, size: int) -> None:
    seconds(piece, 1000)
    once = min(seconds(piece, size), seconds(piece, size))
    assert seconds(piece, TIMES * size) < max(once, SMALL) * TIMES * MOST
