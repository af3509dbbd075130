"""gilint: a data-quality linter for Chinese government information disclosure annual reports (政府信息公开工作年度报告)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gilint.claims import MAX_CLAIMS, Claim, ClaimKind, Reading, Scope, claims_of, reading_value
from gilint.equations import Assessment, Examination, assess, examine, uncertain_rows
from gilint.errors import ConfigError, FormError, GilintError, InputNotFoundError, MissingDependencyError, PluginError, UsageError
from gilint.finding import Cause, Change, Checked, Excerpt, Finding, Outcome, Repair, Result, Severity, Verdict, Waived, Waiver
from gilint.form import ColumnSpec, EquationSpec, Form, RowSpec, SectionSpec, TableSpec, ValueKind
from gilint.language import Language, Text
from gilint.model import Cell, Report, Section, Table
from gilint.notice import Notice, NoticeKind
from gilint.organ import Organ, OrganKind
from gilint.packaged import read_packaged
from gilint.passages import Narrative, Passages, narrative, passages_of
from gilint.patterns import deferred, either
from gilint.personal import PersonalDatum, PersonalKind, personal_data
from gilint.phrases import Phrase, PhraseKind, own_phrases
from gilint.place import CellRef, Place
from gilint.plans import Equation, equations_of
from gilint.rule import Clause, Example, PhraseRule, Rule, alternative, clauses, correction, label
from gilint.values import CellState

if TYPE_CHECKING:
    from gilint.annotation import NoCopyError, annotate
    from gilint.config import Config
    from gilint.contributions import Plugin, PluginProblem
    from gilint.hookspecs import hookimpl
    from gilint.linting import Batch, lint, lint_all, read
    from gilint.plugins import Registry, load_registry
    from gilint.recognise.organs import organ_of
    from gilint.repairing import repair

    __version__: str

__all__ = [
    "MAX_CLAIMS",
    "Assessment",
    "Batch",
    "Cause",
    "Cell",
    "CellRef",
    "CellState",
    "Change",
    "Checked",
    "Claim",
    "ClaimKind",
    "Clause",
    "ColumnSpec",
    "Config",
    "ConfigError",
    "Equation",
    "EquationSpec",
    "Examination",
    "Example",
    "Excerpt",
    "Finding",
    "Form",
    "FormError",
    "GilintError",
    "InputNotFoundError",
    "Language",
    "MissingDependencyError",
    "Narrative",
    "NoCopyError",
    "Notice",
    "NoticeKind",
    "Organ",
    "OrganKind",
    "Outcome",
    "Passages",
    "PersonalDatum",
    "PersonalKind",
    "Phrase",
    "PhraseKind",
    "PhraseRule",
    "Place",
    "Plugin",
    "PluginError",
    "PluginProblem",
    "Reading",
    "Registry",
    "Repair",
    "Report",
    "Result",
    "RowSpec",
    "Rule",
    "Scope",
    "Section",
    "SectionSpec",
    "Severity",
    "Table",
    "TableSpec",
    "Text",
    "UsageError",
    "ValueKind",
    "Verdict",
    "Waived",
    "Waiver",
    "__version__",
    "alternative",
    "annotate",
    "assess",
    "claims_of",
    "clauses",
    "correction",
    "deferred",
    "either",
    "equations_of",
    "examine",
    "hookimpl",
    "label",
    "lint",
    "lint_all",
    "load_registry",
    "narrative",
    "organ_of",
    "own_phrases",
    "passages_of",
    "personal_data",
    "read",
    "read_packaged",
    "reading_value",
    "repair",
    "uncertain_rows",
]


_LAZY = {
    "Batch": "gilint.linting",
    "Config": "gilint.config",
    "NoCopyError": "gilint.annotation",
    "Plugin": "gilint.contributions",
    "PluginProblem": "gilint.contributions",
    "Registry": "gilint.plugins",
    "annotate": "gilint.annotation",
    "hookimpl": "gilint.hookspecs",
    "lint": "gilint.linting",
    "lint_all": "gilint.linting",
    "load_registry": "gilint.plugins",
    "organ_of": "gilint.recognise.organs",
    "read": "gilint.linting",
    "repair": "gilint.repairing",
}
"""Public names that are imported only when they are asked for: readers, pluggy and the rules take their time."""


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_LAZY[name]), name)
        return value
    if name == "__version__":
        from gilint.installed import version

        installed = globals()[name] = version("gilint")
        return installed
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
