"""Jinja2 as gilint uses it: sandboxed, every value escaped, the user's own templates before gilint's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from gilint.errors import ConfigError
from gilint.language import Text
from gilint.output.words import WORDS
from gilint.patterns import deferred

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# Mark-up that works anywhere in a line, and at the beginning of one.
_SPECIAL = deferred(r"([\\`*_\[\]<>|~$&]|^[#+=-]|(?<=^[0-9])[.)])")
# Renderers make links of bare addresses; an injected one must stay text.
_ADDRESS = deferred(r"(?i)(:)(?=//)|(?<=www)(\.)|(@)")
_SEPARATORS = frozenset([text.en for text in WORDS.values() if text.en.endswith(" ")])
"""Signs with a space after them, which is part of what a template asks for; that of a document's text is dropped."""


TEMPLATES = (
    "report.html.j2",
    "document.html.j2",
    "facts.html.j2",
    "table.html.j2",
    "finding.html.j2",
    "cause.html.j2",
    "style.css.j2",
    "report.md.j2",
    "document.md.j2",
)
"""Every template that a user may replace."""


def make_environment(folder: Path | None, *, html: bool) -> Environment:
    """Return an environment for templates.

    Args:
        folder: the user's own templates, which come first.
        html: whether values are escaped for HTML; otherwise for Markdown.

    Raises:
        ConfigError: the folder does not exist, or has no template that is ever used.
    """
    loaders = [PackageLoader("gilint.output", "templates")]
    if folder is not None:
        _check_folder(folder)
        loaders.insert(0, FileSystemLoader(folder))  # type: ignore[arg-type]  # a list of loaders of two kinds
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=html,
        finalize=None if html else _finalize_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ConfigError(Text("templates：没有文件夹 {folder}", "templates: there is no folder {folder}").filled(folder=folder))
    # A misspelt name would otherwise be an option that does nothing.
    if not any((folder / name).is_file() for name in TEMPLATES):
        message = Text(
            "templates：文件夹 {folder} 中没有模板，可用的名称：{names}",
            "templates: folder {folder} has no template; the names are {names}",
        )
        raise ConfigError(message.filled(folder=folder, names=list(TEMPLATES)))


@contextmanager
def blaming(folder: Path | None) -> Iterator[None]:
    """Turn whatever a user's template raises into an error that names the template.

    Raises:
        ConfigError: a template failed. Without a folder of the user's own the failure is ours and passes unchanged.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        if folder is None:
            raise
        place = f"{error.name or '?'}:{error.lineno}"
        raise ConfigError(
            Text("模板 {place} 有语法错误：{reason}", "template {place}: {reason}").filled(place=place, reason=error.message)
        ) from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if folder is None:
            raise
        message = Text("模板 {place} 无法使用：{reason}", "template {place} cannot be used: {reason}")
        raise ConfigError(message.filled(place=_template_place(error), reason=f"{type(error).__name__}: {error}")) from error


def _template_place(error: BaseException) -> str:
    """Return the innermost template of a traceback with its line; Jinja2 gives its frames the template's name."""
    place, step = "?", error.__traceback__
    while step is not None:
        filename = step.tb_frame.f_code.co_filename
        if filename.endswith(".j2"):
            place = f"{Path(filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return place


def get_template(environment: Environment, name: str, folder: Path | None) -> Template:
    """Return a template.

    Raises:
        ConfigError: the user's template of that name is broken.
    """
    with blaming(folder):
        return environment.get_template(name)


def escape_markdown(text: str) -> Markup:
    """Return a text that Markdown shows as it is: on one line, no mark-up, no HTML, no link."""
    line = " ".join(text.split())
    return Markup(_ADDRESS.sub(_entity, _SPECIAL.sub(r"\\\1", line)))  # noqa: S704  (this is the escaping)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _finalize_markdown(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return escape_markdown(value) + (" " if value in _SEPARATORS else "")
