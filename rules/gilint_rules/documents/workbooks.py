"""Workbooks and data, and files that are not what they are called or cannot be read here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gilint import Example, Finding, Notice, NoticeKind, Place, Report, Severity, Text
from gilint_rules.documents.noticing import NoticeRule

_SHOWN = 10
"""Addresses that a message lists."""


class FormatMismatch(NoticeRule):
    """A file that is of another format than its name says."""

    code, name, severity = "DOC022", "format-mismatch", Severity.NOTE
    title = Text("文件格式与扩展名不符", "The content is not of the format that the name says")
    message = Text("文件扩展名是 {named}，内容却是 {found}。", "The name says {named}, but the content is {found}.")
    suggestion = Text(
        "请改正扩展名，或者用办公软件另存为所需的格式。", "Correct the suffix, or save the document in the format that the name says."
    )
    rationale = Text(
        "扩展名与内容不符的文件，许多程序打不开，或者先弹出警告。",
        "Many programs refuse to open a file whose content is not what its name says, or open it with a warning.",
    )
    kinds = (NoticeKind.FORMAT_MISMATCH,)
    examples = (Example(notices=(Notice(NoticeKind.FORMAT_MISMATCH, {"named": "XLS", "found": "HTML"}),), finds=((),)), Example())


class FormulaWithoutValue(NoticeRule):
    """Formulas of a workbook whose values were not saved with it."""

    code, name, severity, always = "DOC025", "formula-without-value", Severity.ERROR, True
    title = Text("公式没有保存计算结果", "A formula without a value")
    message = Text(
        "有 {count} 个单元格只有公式，没有保存计算结果，数值未知，没有核对：{cells}。",
        "{count} {count:cell holds a formula|cells hold formulas} without the {count:value that it gives|values that they give}, "
        "so nothing could be checked there: {cells}.",
    )
    suggestion = Text(
        "请用办公软件打开工作簿，重新计算并保存后再检查。",
        "Open the workbook in an office program, let it calculate, save it and check that.",
    )
    rationale = Text(
        "由程序生成、从未用办公软件打开过的工作簿往往只有公式；读取它的程序得不到数字。",
        "A workbook that a program wrote and no office program ever opened often has formulas alone; what reads it finds no figures.",
    )
    kinds = (NoticeKind.FORMULA_WITHOUT_VALUE,)
    examples = (
        Example(
            notices=(Notice(NoticeKind.FORMULA_WITHOUT_VALUE, {"count": 1, "at": (Place(sheet="Sheet1", address="J7"),)}),), finds=((),)
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Name the cells of the form that hold such formulas; elsewhere they are worth a note."""
        for notice in report.noticed(*self.kinds):
            places = {(place.sheet, place.address) for place in notice.data["at"]}
            refs = [cell.ref for cell in report.cells if cell.place and (cell.place.sheet, cell.place.address) in places]
            severity = Severity.ERROR if refs or report.form is None else Severity.NOTE
            yield self.find(*refs, severity=severity, place=notice.place, **self.explain(report, notice))

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """List the addresses."""
        addresses = [str(place.address) for place in notice.data["at"]]
        return {"count": notice.data["count"], "cells": [*addresses[:_SHOWN], ...] if len(addresses) > _SHOWN else addresses}


class ReaderMissing(NoticeRule):
    """A document of a format whose reader is not installed."""

    code, name, severity, always = "DOC026", "reader-missing", Severity.ERROR, True
    title = Text("没有安装读取这种格式的组件", "The reader of this format is not installed")
    message = Text(
        "没有安装读取 {format} 的组件，没有核对。请运行：pip install 'gilint[{extra}]'",
        "The reader of {format} is not installed; nothing was checked. Run: pip install 'gilint[{extra}]'",
    )
    suggestion = Text(
        "请安装后再检查，或另存为网页、文本后检查。", "Check again once it is installed, or save the document as a web page or text."
    )
    kinds = (NoticeKind.READER_MISSING,)
    examples = (Example(notices=(Notice(NoticeKind.READER_MISSING, {"format": "XLSX", "extra": "xlsx"}),), finds=((),)), Example())


class ValueNotAsPrinted(NoticeRule):
    """Data of which the value was changed and what was printed was not."""

    code, name, severity = "DOC028", "value-not-as-printed", Severity.NOTE
    title = Text("数据的数值与原文不一致", "The value is not what was printed")
    message = Text(
        "有 {count} 个单元格的数值（value）与原文（raw）不一致，按数值核对。",
        "In {count} {count:cell|cells} the value is not what was printed (raw); the {count:value was|values were} checked.",
    )
    suggestion = Text("如果数值是更正后的，请同时更正报告原文。", "Where the value is the corrected one, correct the report itself, too.")
    rationale = Text(
        "更正了数据而没有更正报告，两者就不再一致。", "Data that are corrected while the report is not no longer agree with it."
    )
    kinds = (NoticeKind.VALUE_NOT_AS_PRINTED,)
    examples = (Example(notices=(Notice(NoticeKind.VALUE_NOT_AS_PRINTED, {"count": 1}),), finds=((),)), Example())
