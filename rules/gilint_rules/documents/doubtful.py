"""What could be read, but not for certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gilint import Example, Finding, Notice, NoticeKind, Report, Severity, Text
from gilint_rules.documents.noticing import NoticeRule

_NAMED = 6
"""Rows that are named one by one."""
_REVIEWS = ("administrative_review", "litigation_direct", "litigation_after_review")
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


class RowsDoubtful(NoticeRule):
    """Rows of a table without lines that could not be told apart for certain."""

    code, name, severity, always = "DOC031", "rows-doubtful", Severity.WARNING, True
    title = Text("无表线表格中有的行无法确认", "Rows of a table without lines are uncertain")
    message = Text(
        "“{table}”表没有完整的表线，文字排列过密，以下各行的数字不能确认属于哪一格，没有核对：{rows}。",
        "The table “{table}” has no lines around its cells and is set so closely that it is not certain which cell the figures of these rows "
        "stand in; they were not checked: {rows}.",
    )
    suggestion = Text(
        "请核对原文件（DOCX、XLSX、网页），或给表格加上表线后重新生成 PDF。",
        "Check the source document (DOCX, XLSX, web page), or draw lines around the cells and make the PDF anew.",
    )
    rationale = Text(
        "没有表线的 PDF 只能按文字的位置推断行列；位置不足以判断时，不猜数，也不据此指出错误。",
        "Where a PDF draws no lines, rows and columns are told by where text stands. Where that does not suffice no number is guessed and nobody is accused.",
    )
    kinds = (NoticeKind.ROW_DOUBTFUL,)
    examples = (
        Example(
            notices=(Notice(NoticeKind.ROW_DOUBTFUL, {"table": "reviews", "row": "", "values": ()}),),
            finds=(tuple(f"reviews.{row}.{column}" for row in _REVIEWS for column in _OUTCOMES),),
        ),
        Example(),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a table."""
        notices = report.noticed(*self.kinds)
        for name, table in report.tables.items():
            mine = [notice for notice in notices if notice.data.get("table") == name]
            if not mine:
                continue
            rows = [row for row in table.spec.rows if (name, row.name) in report.doubtful_rows]
            cells = [cell.ref for row in rows for cell in table.row(row.name)]
            labels: list[Any] = [row.label for row in rows[:_NAMED]]
            strays = ["、".join(filter(None, notice.data["values"])) for notice in mine if notice.data.get("values")]
            labels += [Text(f"（{stray}）", f"({stray})") for stray in strays[:_NAMED]]
            if len(rows) > _NAMED or len(strays) > _NAMED:
                labels.append(...)
            yield self.find(*cells, place=mine[0].place, table=table.spec.label, rows=labels)
