"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import click

from gilint.config import FAIL_ON
from gilint.errors import UsageError
from gilint.language import Text
from gilint.usage import Argument, Option

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Decorator = Callable[[Decorated], Decorated]

_FILE, _CODES, _DAY = Text("文件", "FILE"), Text("代码", "CODES"), Text("日期", "DATE")


def options(*each: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Give a command several options, listed in this order."""

    def add(command: Decorated) -> Decorated:
        for option in reversed(each):
            command = option(command)
        return command

    return add


def format_option(names: Iterable[str], default: str) -> Callable[[Decorated], Decorated]:
    """Return the option for one of some formats."""
    about = Text("输出格式。", "Output format.")
    return click.option("--format", "format_", cls=Option, type=click.Choice(list(names)), default=default, about=about)


def output_option(argument: str, *, multiple: bool = False) -> Callable[[Decorated], Decorated]:
    """Return the option for the file to write, given to a command as ``argument``."""
    about = Text("写入文件，不显示在屏幕上。", "Write to a file instead of standard output.")
    return click.option("--output", argument, cls=Option, stands_for=_FILE, multiple=multiple, about=about)


def day_option(name: str, about: Text) -> Callable[[Decorated], Decorated]:
    """Return an option that takes a day."""
    return click.option(name, cls=Option, stands_for=_DAY, callback=_day, about=about)


def _day(_context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        message = Text("{option} 应为日期，例如 2027-06-30；现为 {value}", "{option} takes a day, for example 2027-06-30; it is {value}")
        raise UsageError(message.filled(option=parameter.opts[0], value=value)) from error


paths_argument = click.argument("paths", cls=Argument, stands_for=Text("路径...", "PATH..."), nargs=-1, required=True)
select_option = click.option(
    "--select",
    cls=Option,
    stands_for=_CODES,
    multiple=True,
    about=Text("只用这些规则：代码或其前缀，如 SUM,VAL003。", "Only these rules: codes or their beginnings, as in SUM,VAL003."),
)
ignore_option = click.option("--ignore", cls=Option, stands_for=_CODES, multiple=True, about=Text("不用这些规则。", "Not these rules."))
fail_on_option = click.option(
    "--fail-on",
    cls=Option,
    type=click.Choice(FAIL_ON),
    about=Text("有此级别或更严重的问题时，退出状态为 1；默认 error。", "Exit with status 1 from this severity on; error by default."),
)
config_option = click.option(
    "--config",
    cls=Option,
    stands_for=_FILE,
    about=Text("使用此配置文件，不再从文件所在文件夹向上查找。", "This configuration instead of the one found beside the documents."),
)
waivers_option = click.option(
    "--waivers",
    cls=Option,
    stands_for=_FILE,
    about=Text(
        "使用此豁免文件，不再从文件所在文件夹向上查找 gilint-waivers.toml。",
        "These waivers instead of the gilint-waivers.toml found beside the documents.",
    ),
)
today_option = day_option(
    "--today", Text("按这一天判断豁免是否到期；默认为当天。", "The day on which waivers must be in force; by default that of the clock.")
)
personal_option = click.option(
    "--show-personal-data",
    cls=Option,
    is_flag=True,
    about=Text("照原文显示个人信息，不作遮盖。", "Show personal data as printed instead of masked."),
)
