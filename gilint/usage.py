"""The command line in two languages: help, and what is said about a call that makes no sense.

`click` speaks English. Commands and options here carry a `Text`; the language is that of the context of the whole call.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, cast

import click

from gilint.config_finder import configured_language
from gilint.errors import UsageError
from gilint.language import LANGUAGES, Language, Text, with_hint

_WIDEST_NAME = 20
"""Columns; a longer option has its meaning on the line below."""
_USAGE = Text("用法：{usage}", "Usage: {usage}")
_ARGUMENTS = Text("[选项]", "[OPTIONS]")
_COMMAND = Text("命令 ...", "COMMAND ...")
_OPTIONS = Text("选项：", "Options:")
_COMMANDS = Text("命令：", "Commands:")
_SHOW_HELP = Text("显示本帮助。", "Show this help.")
_SEE_HELP = Text("用 {path} --help 查看用法", "{path} --help shows the usage")
_DEFAULT = Text("默认 {value}。", "Default: {value}.")


def language_of(arguments: Sequence[str]) -> Language:
    """Find the language of messages before the command line is understood: what is wrong with it has to be said in that language too.

    It is that of ``--lang``, or else that of the configuration: the one that is named, or that of the first path, or of the working folder.
    """
    # The last counts: that of the command beats that of the group.
    asked = [language for value in _values("--lang", arguments) for language in LANGUAGES if value == language]
    if asked:
        return asked[-1]
    named = [argument for argument in arguments if not argument.startswith("-")]
    # Of a file that is not there, which has to be said, the folder tells; a word without one can be anything.
    first = next((each for each in named if os.path.exists(each)), None) or next(filter(os.path.dirname, named), "")  # noqa: PTH110
    folder = os.path.abspath(first)  # noqa: PTH100
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):  # noqa: PTH112, PTH120
        folder = os.path.dirname(folder)  # noqa: PTH120
    return configured_language(next(_values("--config", arguments), None), folder) or "zh"


def _values(option: str, arguments: Sequence[str]) -> Iterator[str]:
    """Yield the values that an option is given."""
    for number, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            yield argument.removeprefix(f"{option}=")
        elif argument == option:
            yield from arguments[number + 1 : number + 2]


def spoken(lang: Language | None) -> Language:
    """Return the language of a command: that of its own option, or else of the whole call."""
    return lang or _language(click.get_current_context())


def _language(context: click.Context) -> Language:
    return "en" if context.find_root().obj == "en" else "zh"


class Option(click.Option):
    """An option that says what it is for in both languages."""

    def __init__(self, *arguments: Any, about: Text, stands_for: Text | None = None, **more: Any) -> None:
        self.about = about
        self.stands_for = stands_for
        more["help"] = about.en
        super().__init__(*arguments, **more)

    def described(self, context: click.Context) -> tuple[str, str]:
        """Return how the option is written, and what it is for."""
        language = _language(context)
        value = self.stands_for.in_language(language) if self.stands_for else None
        if isinstance(self.type, click.Choice):
            value = f"[{'|'.join(map(str, self.type.choices))}]"
        default = " " * (language == "en") + _DEFAULT.filled(value=self.default).in_language(language) if self._tells_default else ""
        return ", ".join(self.opts) + (f" {value}" if value else ""), self.about.in_language(language) + default

    @property
    def _tells_default(self) -> bool:
        return isinstance(self.default, str)


def _inherited(context: click.Context, _: click.Parameter, value: Language | None) -> Language | None:
    """Return the language of a command: its own option, or else that of the group."""
    return value or (context.parent.params.get("lang") if context.parent else None)


lang_option = click.option(
    "--lang",
    cls=Option,
    type=click.Choice(LANGUAGES),
    callback=_inherited,
    about=Text("输出语言：中文（默认）或英文。", "Language of everything printed: Chinese (default) or English."),
)
"""Language of everything that is printed, for the group and for each command."""


class Argument(click.Argument):
    """An argument that is called by a word of either language."""

    def __init__(self, *arguments: Any, stands_for: Text, **more: Any) -> None:
        self.stands_for = stands_for
        super().__init__(*arguments, metavar=stands_for.en, **more)


class _Described(click.Command):
    """What command and group have in common: they say what they do in both languages."""

    def __init__(self, *arguments: Any, about: Text, **more: Any) -> None:
        self.about = about
        super().__init__(*arguments, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Say of every error which command it is about."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the call."""
        _write_help(self, ctx, formatter)


class Command(_Described):
    """A command that speaks both languages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what is left over, in both languages."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise _wrong(Text("多余的参数：{rest}", "unexpected arguments: {rest}").filled(rest=" ".join(rest)), ctx)
        return rest


class Group(_Described, click.Group):
    """Commands that speak both languages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help where nothing is asked for, and fail as for any other wrong usage."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse a command that does not exist, with the one that was probably meant."""
        name = args[0]
        if self.get_command(ctx, name) is None:
            message = Text("没有命令 {name}", "no command {name}").filled(name=name)
            likely = [f"{ctx.command_path} check {name}"] if os.path.exists(name) else []  # noqa: PTH110  (takes any string)
            if likely:
                message = Text(f"{message.zh}；是否指 {likely[0]}？", f"{message.en}; did you mean {likely[0]}?")
            else:
                hint = with_hint(message, name, self.commands)
                there = Text("{message}；现有命令：{commands}", "{message}; there are {commands}")
                message = there.filled(message=message, commands=list(self.commands)) if hint is message else hint
            raise _wrong(message, ctx)
        return super().resolve_command(ctx, args)


def demand_command(context: click.Context) -> None:
    """Refuse a call that names no command; click would say so in English alone, so the group is called without one.

    Raises:
        UsageError: there is none.
    """
    if context.invoked_subcommand is None and isinstance(context.command, Group):
        message = Text("没有写明命令；现有命令：{commands}", "no command is named; there are {commands}")
        raise _wrong(message.filled(commands=list(context.command.commands)), context)


def _wrong(message: Text, context: click.Context | None) -> UsageError:
    return UsageError(Text("{message}\n{help}", "{message}\n{help}").filled(message=message, help=_help_hint(context)))


def _help_hint(context: click.Context | None) -> Text:
    return _SEE_HELP.filled(path=context.command_path if context else "gilint")


def usage_error(error: click.ClickException) -> UsageError:
    """Say in both languages what click found wrong."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return _wrong(_what_is_wrong(error), context)


def _what_is_wrong(error: click.ClickException) -> Text:
    english = error.format_message().rstrip(".")
    parameter = getattr(error, "param", None)
    if isinstance(error, click.NoSuchOption):
        unknown = Text("没有选项 {name}", "no option {name}").filled(name=error.option_name)
        options = error.ctx.command.get_params(error.ctx) if error.ctx else []
        return with_hint(unknown, error.option_name, [name for option in options for name in option.opts if name.startswith("--")])
    if isinstance(error, click.MissingParameter):
        return Text(f"缺少参数：{_name(parameter, 'zh')}", f"Missing argument {_name(parameter, 'en')}")
    if isinstance(error, click.BadParameter):
        choices = parameter.type.choices if parameter is not None and isinstance(parameter.type, click.Choice) else ()
        which = f"，应为其中之一：{'、'.join(map(str, choices))}" if choices else f"：{error.message}"
        return Text(f"{_name(parameter, 'zh')} 的值不可用{which}", english)
    if isinstance(error, click.BadOptionUsage):
        options = error.ctx.command.get_params(error.ctx) if error.ctx else []
        takes_value = not any(error.option_name in option.opts and getattr(option, "is_flag", False) for option in options)
        return Text(f"选项 {error.option_name} {'后面缺少值' if takes_value else '不带值'}", english)
    return Text(english, english)


def _name(parameter: click.Parameter | None, language: Language) -> str:
    if isinstance(parameter, Argument):
        return parameter.stands_for.in_language(language).removesuffix("...")
    return parameter.opts[0] if parameter else ""


def _write_help(command: _Described, context: click.Context, formatter: click.HelpFormatter) -> None:
    language = _language(context)
    about = command.about.in_language(language)
    parts = [context.command_path, _ARGUMENTS.in_language(language)]
    parts += [parameter.stands_for.in_language(language) for parameter in command.params if isinstance(parameter, Argument)]
    options = [parameter.described(context) for parameter in command.get_params(context) if isinstance(parameter, Option)]
    if command.get_help_option_names(context):
        options.append((", ".join(sorted(command.get_help_option_names(context), key=len)), _SHOW_HELP.in_language(language)))
    commands = []
    if isinstance(command, click.Group):
        parts.append(_COMMAND.in_language(language))
        commands = [(name, cast(_Described, each).about.in_language(language)) for name, each in command.commands.items()]
    lines = [_USAGE.in_language(language, {"usage": " ".join(parts)}), "", *_indented(about, 2, formatter.width)]
    for title, entries in ((_OPTIONS, options), (_COMMANDS, commands)):
        if entries:
            lines += ["", title.in_language(language), *_list(entries, formatter.width)]
    formatter.write("\n".join(lines) + "\n")


def _list(entries: Sequence[tuple[str, str]], width: int) -> list[str]:
    from gilint.output.wrapping import columns

    left = max(columns(name) for name, _ in entries if columns(name) <= _WIDEST_NAME) + 4
    lines = []
    for name, meaning in entries:
        first, *others = _indented(meaning, left, width)
        fits = columns(name) + 4 <= left
        lines += [f"  {name}{first[2 + columns(name) :]}"] if fits else [f"  {name}", first]
        lines += others
    return lines


def _indented(text: str, by: int, width: int) -> list[str]:
    from gilint.output.wrapping import wrap

    return [" " * by + line for line in wrap(text, width - by)]
