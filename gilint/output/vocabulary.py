"""The words for what is one of a few: verdicts, severities, outcomes, states, families of rules; in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from gilint.finding import Outcome, Severity, Verdict
from gilint.language import Text
from gilint.values import CellState

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.PUBLISHABLE: Text("可发布", "Publishable"),
    Verdict.REVIEW: Text("需复核", "Needs review"),
    Verdict.NOT_PUBLISHABLE: Text("不可发布", "Not publishable"),
    Verdict.UNDECIDED: Text("无法判断", "Undecided"),
}

VERDICT_MEANINGS: Mapping[Verdict, Text] = {
    Verdict.PUBLISHABLE: Text("未发现错误，应核对的均已核对。", "No errors were found, and everything that should be checked was."),
    Verdict.REVIEW: Text("没有错误，但有需要人工复核之处。", "No errors, but something needs a human eye."),
    Verdict.NOT_PUBLISHABLE: Text("存在错误，改正后方可发布。", "There are errors; put them right before publishing."),
    Verdict.UNDECIDED: Text(
        "文件或表格未能读取、识别，不能据此认为没有问题。", "The document or a table could not be read; this is no clean bill."
    ),
}

SEVERITIES: Mapping[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}

OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.HOLDS: Text("{count} 项成立", "{count} {count:holds|hold}"),
    Outcome.VIOLATED: Text("{count} 项不成立", "{count} violated"),
    Outcome.NOT_ASSESSABLE: Text("{count} 项无法判断", "{count} not assessable"),
}

OUTCOME_WORDS: Mapping[Outcome, Text] = {
    Outcome.HOLDS: Text("成立", "holds"),
    Outcome.VIOLATED: Text("不成立", "violated"),
    Outcome.NOT_ASSESSABLE: Text("无法判断", "not assessable"),
}
"""What became of one check."""

STATES: Mapping[CellState, Text] = {
    CellState.NUMBER: Text("数字", "number"),
    CellState.BLANK: Text("空白", "blank"),
    CellState.TEXT: Text("非数字", "not a number"),
    CellState.MISSING: Text("缺失", "missing"),
}

SHORT_STATES: Mapping[CellState, Text] = {
    CellState.NUMBER: Text("", ""),
    CellState.BLANK: Text("空", "blank"),
    CellState.TEXT: Text("文", "text"),
    CellState.MISSING: Text("缺", "missing"),
}
"""What stands in a cell that has no number."""

FAMILIES: Mapping[str, Text] = {
    "DOC": Text("读取与识别", "Reading"),
    "TPL": Text("格式版本", "Format"),
    "MIS": Text("完整性", "Completeness"),
    "VAL": Text("数值", "Values"),
    "SUM": Text("勾稽关系", "Equations"),
    "TXT": Text("文表一致", "Narrative"),
    "LAW": Text("法定内容", "Statutory content"),
    "PII": Text("个人信息", "Personal data"),
    "INJ": Text("异常文字", "Injected text"),
    "SER": Text("年度衔接", "Year to year"),
    "AGG": Text("汇总关系", "Parts and whole"),
    "DUP": Text("内容雷同", "Copied text"),
}
"""Families of rules; a plugin's family is called by its prefix."""
