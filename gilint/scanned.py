"""What of a report a rule looks at that counts no single things: how much of it there is, in words. For ``gilint explain --on``."""

from __future__ import annotations

from collections import Counter

from gilint.document import Grid
from gilint.language import Text
from gilint.model import Report
from gilint.output.tally import evidence_lines
from gilint.output.words import Words
from gilint.values import CellState

_CELLS = Text("{tables} 张表共 {count} 格：{states}", "{count} {count:cell|cells} of {tables} {tables:table|tables}: {states}")
_STATE = Text("{state} {count}", "{state} {count}")
_TEXT = Text(
    "正文 {sections} 个部分，{paragraphs} 段，共 {characters} 字",
    "the text: {characters} {characters:character|characters} in {paragraphs} {paragraphs:paragraph|paragraphs} of {sections} {sections:section|sections}",
)
_NO_TEXT = Text("没有正文", "there is no text")
_HEADINGS = Text("标题 {count} 个：{headings}", "{count} {count:heading|headings}: {headings}")
_NO_HEADINGS = Text("没有标题", "there are no headings")
_FILE = Text(
    "文件（{format}）：{paragraphs} 段，{grids} 个表格，{pictures} 张图片",
    "the file ({format}): {paragraphs} {paragraphs:paragraph|paragraphs}, {grids} {grids:table|tables}, {pictures} {pictures:picture|pictures}",
)
_NAMED = 8
"""Headings that are told."""


def scanned(report: Report, code: str, words: Words) -> tuple[str, ...]:
    """Return what there is of all that the rules of a family look at; nothing for a plugin's."""
    family = code[:3]
    if family == "DOC":
        return (_file(report, words),)
    if family == "TPL":
        return (_headings(report, words), *evidence_lines(report, words))
    if family == "MIS":
        return _headings(report, words), _cells(report, words)
    if family in ("VAL", "SUM"):
        return (_cells(report, words),)
    if family == "TXT":
        return _text(report, words), _cells(report, words)
    if family in ("LAW", "PII", "INJ", "DUP"):
        return (_text(report, words),)
    return ()


def _cells(report: Report, words: Words) -> str:
    counts = Counter(cell.state for cell in report.cells)
    states = [_STATE.filled(state=words.state(state), count=counts[state]) for state in CellState if counts[state]]
    tables = sum(table.found for table in report.tables.values())
    return _CELLS.in_language(words.language, {"tables": tables, "count": counts.total(), "states": states})


def _text(report: Report, words: Words) -> str:
    sections = [section for section in report.sections if section.paragraphs]
    if not sections:
        return _NO_TEXT.in_language(words.language)
    counts = {
        "sections": len(sections),
        "paragraphs": sum(len(section.paragraphs) for section in sections),
        "characters": sum(len(paragraph.text) for section in sections for paragraph in section.paragraphs),
    }
    return _TEXT.in_language(words.language, counts)


def _headings(report: Report, words: Words) -> str:
    headings = [section.heading for section in report.sections if section.heading]
    if not headings:
        return _NO_HEADINGS.in_language(words.language)
    named = words("semicolon").join(headings[:_NAMED]) + "……" * (len(headings) > _NAMED)
    return _HEADINGS.in_language(words.language, {"count": len(headings), "headings": named})


def _file(report: Report, words: Words) -> str:
    document = report.document
    grids = sum(isinstance(block, Grid) for block in document.blocks)
    return _FILE.in_language(
        words.language,
        {"format": document.format, "paragraphs": len(document.blocks) - grids, "grids": grids, "pictures": document.pictures},
    )
