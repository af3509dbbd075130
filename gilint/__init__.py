"""gilint: a data-quality linter for Chinese government information disclosure annual reports (政府信息公开工作年度报告)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gilint.equations import Assessment, Equation, Examination, assess, equations_of, examine
from gilint.finding import Checked, Excerpt, Finding, Outcome, Result, Severity, Verdict
from gilint.form import ColumnSpec, EquationSpec, Form, RowSpec, SectionSpec, TableSpec, ValueKind
from gilint.language import Language, Text
from gilint.model import Cell, Organ, OrganKind, Report, Section, Table
from gilint.notice import Notice, NoticeKind
from gilint.place import CellRef, Place
from gilint.rule import Example, Rule, label
from gilint.values import CellState

if TYPE_CHECKING:
    from gilint.hookspecs import hookimpl

__all__ = [
    "Assessment",
    "Cell",
    "CellRef",
    "CellState",
    "Checked",
    "ColumnSpec",
    "Equation",
    "EquationSpec",
    "Examination",
    "Example",
    "Excerpt",
    "Finding",
    "Form",
    "Language",
    "Notice",
    "NoticeKind",
    "Organ",
    "OrganKind",
    "Outcome",
    "Place",
    "Report",
    "Result",
    "RowSpec",
    "Rule",
    "Section",
    "SectionSpec",
    "Severity",
    "Table",
    "TableSpec",
    "Text",
    "ValueKind",
    "Verdict",
    "assess",
    "equations_of",
    "examine",
    "hookimpl",
    "label",
]


def __getattr__(name: str) -> Any:
    """Import what is dear only when it is asked for."""
    if name == "hookimpl":
        from gilint.hookspecs import hookimpl

        return hookimpl
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
