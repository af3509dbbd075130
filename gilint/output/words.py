"""The fixed words of all formats that people read, in both languages and in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gilint.finding import Outcome, Severity, Verdict, Waiver
from gilint.language import Language, Text
from gilint.output.vocabulary import FAMILIES, OUTCOME_WORDS, OUTCOMES, SEVERITIES, SHORT_STATES, STATES, VERDICT_MEANINGS, VERDICTS
from gilint.values import CellState

if TYPE_CHECKING:
    from gilint.output.writer import Summary

WORDS: Mapping[str, Text] = {
    "title": Text("政府信息公开工作年度报告质量检查", "Annual reports on information disclosure: quality check"),
    "verdict": Text("结论", "Verdict"),
    "organ": Text("机关", "Organ"),
    "organ-unknown": Text("机关不明", "organ unknown"),
    "year": Text("年度", "Year"),
    "year-of": Text("{year} 年度", "{year}"),
    "year-unknown": Text("年度不明", "year unknown"),
    "edition": Text("格式版本", "Edition"),
    "edition-of": Text("{edition} 年版", "edition {edition}"),
    "edition-unknown": Text("版本不明", "edition unknown"),
    "evidence": Text("版本依据", "Evidence"),
    "evidence-score": Text("{edition} 年版标签吻合 {percent}%", "{percent}% of the labels of edition {edition}"),
    "evidence-labels": Text("（独有：{labels}）", " (only there: {labels})"),
    "document": Text("文件", "Document"),
    "documents": Text("文件", "Documents"),
    "documents-of": Text("共 {count} 份", "{count} {count:document|documents}"),
    "verdict-of": Text("{verdict} {count} 份", "{verdict} {count}"),
    "conditions-of": Text("（其中 {count} 项有条件）", " ({count} on a condition)"),
    "conditions-all": Text("（均有条件）", " (all on a condition)"),
    "list": Text("、", ", "),
    "summary": Text("总览", "Summary"),
    "findings": Text("发现的问题", "Findings"),
    "findings-none": Text("没有发现问题。", "Nothing was found."),
    "findings-none-partial": Text(
        "所选规则未发现问题（只运行了部分规则，未作全面检查）。",
        "The selected rules found nothing (only some rules were run; no full check).",
    ),
    "findings-none-waived": Text("除已豁免的问题外，没有发现问题。", "Nothing was found but what is waived."),
    "waived": Text("已豁免的问题", "Waived findings"),
    "waived-finding": Text("已豁免", "waived"),
    "waived-count": Text("已豁免 {count} 个", "{count} waived"),
    "waived-aside": Text("（已豁免 {count} 个）", " ({count} waived)"),
    "waived-besides": Text("另有 {count} 个问题已豁免。", "{count} more {count:finding is|findings are} waived."),
    "publishable-waived": Text(
        "除已豁免的 {count} 个问题外，未发现错误，应核对的均已核对。",
        "But for {count} waived {count:finding|findings} no errors were found, and everything that should be checked was.",
    ),
    "waiver": Text("豁免理由", "Why waived"),
    "waiver-says": Text("{reason}（{by}）", "{reason} ({by})"),
    "waiver-says-until": Text("{reason}（{by}，有效期至 {until}）", "{reason} ({by}, until {until})"),
    "cells-only": Text(
        "来源是表格数据，没有报告正文：章节和正文中的文字、法定内容、个人信息、异常文字未检查。",
        "The source is data without the report's text: its sections, statements, statutory content, personal data and foreign text were not checked.",
    ),
    "left-out": Text("未运行的规则：{rules}。", "Not run: {rules}."),
    "unusable": Text(
        "未能使用的插件（其规则未运行）：{problems}。", "Plugins that could not be used, so that their rules were not run: {problems}."
    ),
    "unusable-title": Text("未能使用的插件（其规则未运行）", "Plugins that could not be used (their rules were not run)"),
    "left-out-title": Text("未运行的规则", "Not run"),
    "left-out-family": Text("{prefix}（{name}）", "{prefix} ({name})"),
    "left-out-some": Text("{prefix} 中 {count} 条", "{count} of {prefix}"),
    "left-out-count": Text("{count} 份只运行了部分规则", "{count} {count:was|were} not checked in full"),
    "partial": Text("只运行了部分规则，未作全面检查。", "Only some rules were run; no full check."),
    "counts": Text("问题数", "Findings"),
    "count-of": Text("{severity} {count} 个", "{count} {severity}{count:|s}"),
    "tables": Text("三张统计表", "The official tables"),
    "table-absent": Text("文件中没有找到这张表，下列各格均缺失。", "The document does not have this table; every cell below is missing."),
    "no-tables": Text("没有识别出统计表，未作核对。", "No official table was recognised; nothing was checked."),
    "checked": Text("核对情况", "What was checked"),
    "not-assessable": Text("无法判断", "not assessable"),
    "conditional": Text("有条件成立", "hold on a condition"),
    "times": Text("{reason}（{count} 项）", "{reason} ({count})"),
    "times-at": Text("{reason}（{count} 项：{cells}）", "{reason} ({count}: {cells})"),
    "not-compared": Text("“{text}”：{cells}没有可以核对的数字", "“{text}”: there is no number to compare in {cells}"),
    "not-compared-blank": Text("“{text}”：{cells}为空白", "“{text}”: {cells} {cells:is|are} blank"),
    "not-compared-nowhere": Text("“{text}”：表中没有可以核对的数字", "“{text}”: the tables have no number to compare it with"),
    "not-compared-more": Text("另有 {count} 项", "{count} more"),
    "and-more": Text("{cells} 等 {count} 格", "{cells} and others, {count} {count:cell|cells} in all"),
    "and-more-documents": Text(
        "另有 {count} 份文件未在此显示，可逐份查看。", "{count} more {count:document|documents}, to be looked at one by one."
    ),
    "suggestion": Text("建议", "Suggestion"),
    "repair": Text("最小改动", "Smallest repair"),
    "repair-or": Text("或", "or"),
    "change": Text("{cell}：{before} 改为 {after}", "{cell}: {before} to {after}"),
    "repairs-more": Text("另有 {count} 种改法，见 JSON 输出", "{count} more {count:way|ways} out: see the JSON output"),
    "repairs-others": Text("其他 {count} 种改法，见表下", "{count} other {count:way|ways} out, under the table"),
    "repairs-others-of": Text("第 {number} 条的其他 {count} 种改法", "{count} other {count:way|ways} out of finding {number}"),
    "slips": Text("可能的成因", "Perhaps"),
    "slip-of": Text("{changes}（{slips}）", "{changes} ({slips})"),
    "cause": Text("原因", "Cause"),
    "cause-title": Text("勾稽关系不成立", "Equations that do not add up"),
    "cause-number": Text("原因编号", "Cause no."),
    "cause-one-of": Text(
        "下列 {count} 格中有一格有误，请核对是哪一格；最可能的是：{first}",
        "one of {count} {count:cell|cells} is wrong, check which; likeliest: {first}",
    ),
    "cause-several": Text(
        "有 {count} 种改法，改动的格数同样少，请核对是哪一种；最可能的是：{first}",
        "{count} {count:correction is|corrections are} equally small, check which is right; likeliest: {first}",
    ),
    "cause-check": Text("按最少改动推断，请与原始数据核对后改正。", "Inferred from the fewest changes: check it against the records."),
    "cause-nowhere": Text("{count} 个勾稽关系不成立：{reason}", "{count} {count:equation does|equations do} not add up: {reason}"),
    "cause-unknown": Text("无法确定错在哪里", "nobody can say where the mistake is"),
    "together": Text("{findings} 个问题，按原因合并为 {entries} 条", "{findings} findings in {entries} {entries:entry|entries}, by cause"),
    "causes-of": Text(
        "{violated} 处勾稽不符，{causes} 个原因",
        "{violated} {violated:equation does|equations do} not add up, from {causes} {causes:cause|causes}",
    ),
    "consequences": Text("由此产生的问题（{count} 个）", "What it brings about ({count})"),
    "after-all": Text("改后 {count} 个等式全部成立", "Once corrected, {count} of {count} {count:equation holds|equations hold}"),
    "after-some": Text("改后 {outcomes}", "Once corrected, {outcomes}"),
    "after-holds": Text("{count} 个等式成立", "{count} {count:equation holds|equations hold}"),
    "after-violated": Text("{count} 个仍不成立", "{count} still {count:does|do} not add up"),
    "after-not_assessable": Text("{count} 个无法判断", "{count} cannot be assessed"),
    "excerpt": Text("原文", "Text"),
    "section-of": Text("第{number}部分", "section {number}"),
    "clause": Text("依据", "Basis"),
    "clause-as": Text("同第 {number} 条", "as for finding {number}"),
    "place": Text("位置", "Place"),
    "cells": Text("所涉单元格", "Cells"),
    "legend": Text("图例", "Key"),
    "legend-mark": Text("有问题的格，编号见右侧或下方所列", "cell with a finding; the number is that of the list"),
    "legend-repair": Text(
        "划去的是现值，旁边是推断应填的数，请核对", "struck: what is printed; beside it what it should be by inference, to be checked"
    ),
    "legend-possible": Text("其他改法所改的格", "cell that another way out changes"),
    "legend-involved": Text("同一问题所涉的其他格", "other cell of the same finding"),
    "legend-blank": Text("空白", "blank"),
    "legend-missing": Text("表中没有这一格", "not in the document"),
    "legend-text": Text("非数字", "not a number"),
    "short-blank": SHORT_STATES[CellState.BLANK],
    "short-missing": SHORT_STATES[CellState.MISSING],
    "short-text": SHORT_STATES[CellState.TEXT],
    "printed-as": Text("原为“{raw}”", "printed “{raw}”"),
    "finding-at": Text("第 {number} 条：{severity}", "finding {number}: {severity}"),
    "to-cell": Text("看表", "to the table"),
    "to-top": Text("返回总览", "to the summary"),
    "made-by": Text(
        "由 gilint {version} 生成。结论仅针对能够自动核对的内容。",
        "Made by gilint {version}. The verdict covers only what can be checked automatically.",
    ),
    "place-source": Text("{place}（源文件{line}）", "{place} (source {line})"),
    "place-line": Text("第 {line} 行", "line {line}"),
    "place-line-column": Text("第 {line} 行第 {column} 字", "line {line}, column {column}"),
    "place-page": Text("第 {page} 页", "page {page}"),
    "place-sheet": Text("工作表“{sheet}” {address}", "sheet “{sheet}” {address}"),
    "place-table": Text("第 {table} 个表格", "table {table}"),
    "place-row": Text("第 {row} 行", "row {row}"),
    "place-cell": Text("第 {cell} 格", "cell {cell}"),
    "place-paragraph": Text("第 {paragraph} 段", "paragraph {paragraph}"),
    "cell": Text("单元格", "Cell"),
    "value": Text("表内", "Printed"),
    "repaired": Text("应为", "Should be"),
    "others-zero": Text("其余 {count} 格{count:为|均为} 0", "{count} more {count:cell is|cells are} 0"),
    "others-more": Text("其余 {count} 格略", "{count} more {count:cell is|cells are} left out"),
    "blank-value": Text("空白", "blank"),
    "ledger": Text("问题台账", "Findings"),
    "ledger-title": Text("政府信息公开工作年度报告问题台账", "Annual reports on information disclosure: findings to work through"),
    "by-document": Text("文件汇总", "Documents"),
    "by-rule": Text("规则汇总", "Rules"),
    "number": Text("序号", "No."),
    "severity": Text("级别", "Severity"),
    "rule": Text("规则", "Rule"),
    "verdict-why": Text("说明", "What the verdict means"),
    "rule-title": Text("问题类型", "What it finds"),
    "family": Text("类别", "Family"),
    "problem": Text("问题", "What is wrong"),
    "status": Text("办理状态", "Status"),
    "statuses": Text("待核实|整改中|已改|不改", "To check|In progress|Corrected|Not changed"),
    "status-help": Text(
        "请选择办理状态；不改的，请在备注中说明理由。", "Choose a status; where nothing is changed, give the reason as a remark."
    ),
    "status-wrong": Text("请从列表中选择。", "Please choose from the list."),
    "remark": Text("备注", "Remarks"),
    "times-found": Text("问题数", "Findings"),
    "documents-found": Text("涉及文件数", "Documents"),
    "total": Text("合计", "Total"),
    "page-of": Text("第 &P 页，共 &N 页", "page &P of &N"),
    "colon": Text("：", ": "),
    "comma": Text("，", ", "),
    "semicolon": Text("；", "; "),
    "stop": Text("。", "."),
}
"""Everything else, by a key that templates use: ``{{ w("findings") }}``."""

_NAMED_RULES = 3
"""Rules of a family that were not run and are told one by one."""
_NUMERALS = "零一二三四五六七八九十"


def _numeral(number: int) -> str:
    return _NUMERALS[number] if 0 < number < len(_NUMERALS) else str(number)


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **arguments: Any) -> str:
        """Return the words for ``key``, filled in.

        Raises:
            KeyError: there are no such words, or an argument is lacking.
        """
        return WORDS[key].in_language(self.language, arguments or None)

    def verdict(self, verdict: Verdict) -> str:
        """Return the word for a verdict."""
        return VERDICTS[verdict].in_language(self.language)

    def meaning(self, verdict: Verdict) -> str:
        """Return the sentence that explains a verdict."""
        return VERDICT_MEANINGS[verdict].in_language(self.language)

    def severity(self, severity: Severity) -> str:
        """Return the word for a severity."""
        return SEVERITIES[severity].in_language(self.language)

    def outcome(self, outcome: Outcome, count: int) -> str:
        """Say how many checks came out so."""
        return OUTCOMES[outcome].in_language(self.language, {"count": count})

    def came_out(self, outcome: Outcome) -> str:
        """Return the word for what became of one check."""
        return OUTCOME_WORDS[outcome].in_language(self.language)

    def state(self, state: CellState) -> str:
        """Return the word for a cell's state."""
        return STATES[state].in_language(self.language)

    def short_state(self, state: CellState) -> str:
        """Return what stands in a cell without a number."""
        return SHORT_STATES[state].in_language(self.language)

    def family(self, prefix: str) -> str:
        """Return the name of a family of rules, or its prefix if it is a plugin's."""
        text = FAMILIES.get(prefix)
        return text.in_language(self.language) if text else prefix

    def waiver(self, waiver: Waiver) -> str:
        """Return why findings are accepted, by whom and until when."""
        key = "waiver-says-until" if waiver.until else "waiver-says"
        return self(key, reason=waiver.reason, by=waiver.by, until=waiver.until)

    def left_out(self, selectors: Iterable[str]) -> str:
        """Return rules that were not run, as `gilint.Result.left_out` has them, in words; many of a family are counted."""
        said = []
        for prefix, group in groupby(selectors, key=lambda code: code[:3]):
            codes = list(group)
            if codes == [prefix]:
                name = self.family(prefix)
                said.append(prefix if name == prefix else self("left-out-family", prefix=prefix, name=name))
            else:
                said += codes if len(codes) <= _NAMED_RULES else [self("left-out-some", prefix=prefix, count=len(codes))]
        return self("list").join(said)

    def sentences(self, *sentences: str) -> str:
        """Return sentences one after the other."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def section(self, number: int) -> str:
        """Return how the section with that number is called."""
        return self("section-of", number=_numeral(number) if self.language == "zh" else number)

    def heading(self, number: int, label: str) -> str:
        """Return the heading of a section with its number, as the form prints it."""
        return f"{_numeral(number)}、{label}" if self.language == "zh" else f"{number}. {label}"

    def verdicts(self, documents: int, verdicts: Mapping[Verdict, int]) -> str:
        """Return ``共 4 份：可发布 1 份、需复核 3 份``."""
        total = self("documents-of", count=documents)
        each = [self("verdict-of", verdict=self.verdict(verdict), count=count) for verdict, count in verdicts.items() if count]
        return total + self("colon") + self("list").join(each) if each else total

    def asides(self, summary: Summary) -> list[str]:
        """Return what is said behind the counts: findings that are accepted, documents that were not checked in full."""
        waived = [self("waived-count", count=summary.waived)] if summary.waived else []
        return waived + ([self("left-out-count", count=summary.partial)] if summary.partial else [])

    def counts(self, severities: Mapping[Severity, int]) -> str:
        """Return ``错误 6 个、警告 1 个、提示 0 个``, in English ``1 error, 2 warnings, 0 notes``."""
        return self("list").join(self("count-of", severity=self.severity(severity), count=severities[severity]) for severity in Severity)


def shorten(text: str, length: int) -> str:
    """Return a text on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}…"
