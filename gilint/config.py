"""Configuration: what ``gilint.toml`` or ``[tool.gilint]`` in ``pyproject.toml`` may say, checked strictly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import field, frozen

from gilint.errors import ConfigError
from gilint.facts import refusal, rule_options
from gilint.finding import Severity
from gilint.language import LANGUAGES, Language, Text, with_hint
from gilint.rule import Rule
from gilint.selection import known_codes, no_such_code, unknown_codes
from gilint.sureness import KEYS, RefusedError, Sureness
from gilint.tomlfile import line_of_key, quoted_toml, read_toml

FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)
_KEYS = ("select", "ignore", "fail-on", "lang", "templates", "waivers", "severity", "rules", "repair", "show-personal-data")
WAIVERS_FILE = "gilint-waivers.toml"

_FOLDER, _NO_FOLDER = Text("文件夹的路径", "the path of a folder"), Text("没有文件夹 {path}", "there is no folder {path}")
_FILE, _NO_FILE = Text("文件的路径", "the path of a file"), Text("没有文件 {path}", "there is no file {path}")


# The hash is asked for at every call, and that of the mappings takes long.
@frozen(cache_hash=True)
class Config:
    """What one configuration file says, or the defaults."""

    path: Path | None = None
    """The file; ``None`` for the defaults and for settings given in Python."""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    lang: Language = "zh"
    templates: Path | None = None
    """Folder with the user's own output templates."""
    # Mappings are compared as they print, so that a configuration has a hash, and 1 is not 1.0.
    severity: Mapping[str, Severity] = field(factory=dict, eq=repr)
    """Prefix of codes to the severity of all their findings."""
    options: Mapping[str, Mapping[str, Any]] = field(factory=dict, eq=repr)
    """Code to the options of its rule."""
    waivers: Path | None = None
    """The file with the waivers; ``None``: searched upwards from each document."""
    repair: Sureness = field(factory=Sureness)
    """Cells that repairs leave alone, or would rather."""
    show_personal_data: bool = False  # or masked, in findings

    @classmethod
    def parse(cls, data: Mapping[str, Any], rules: Sequence[type[Rule]], *, path: Path | None = None, all_known: bool = True) -> Config:
        """Check what a configuration says.

        Args:
            data: as in ``gilint.toml``.
            rules: the rules at hand.
            path: the file, for messages; a relative folder of templates is meant from its place.
            all_known: ``False`` when a plugin could not be loaded; a code that no rule has may then be one of its, and is passed over.

        Raises:
            ConfigError: an unknown key, a wrong type, a code or an option that no rule has, a value that an option refuses.
        """
        return _Parser(data, rules, path, all_known).parse()

    def severity_of(self, code: str) -> Severity | None:
        """Return the severity that is configured for a code, ``None`` where the rule decides."""
        prefix = max((prefix for prefix in self.severity if code.startswith(prefix)), key=len, default=None)
        return None if prefix is None else self.severity[prefix]


def read_config(path: Path, rules: Sequence[type[Rule]], *, all_known: bool = True) -> Config:
    """Read a configuration file; of a ``pyproject.toml`` its table ``tool.gilint``.

    Raises:
        ConfigError: it cannot be read, is no TOML, has no such table, or says what gilint does not know.
    """
    data = own_data(path)
    if not isinstance(data, dict):
        raise ConfigError(Text("{path}：没有 [tool.gilint] 表", "{path}: no table [tool.gilint]").filled(path=path))
    return Config.parse(data, rules, path=path, all_known=all_known)


def own_data(path: Path) -> Any:
    """Return what a file says for gilint: of a ``pyproject.toml`` its table ``tool.gilint``, ``None`` where there is none.

    Raises:
        ConfigError: it cannot be read or is no TOML.
    """
    data = read_toml(path)
    if path.name != "pyproject.toml":
        return data
    tool = data.get("tool")
    return tool.get("gilint") if isinstance(tool, dict) else None


class _Parser:
    """Checks one configuration, key by key."""

    def __init__(self, data: Mapping[str, Any], rules: Sequence[type[Rule]], path: Path | None, all_known: bool) -> None:
        self.data = data
        self.rules = rules
        self.path = path
        self.all_known = all_known

    def parse(self) -> Config:
        for key in self.data:
            self.known(key, key, _KEYS)
        fail_on, lang = self.choice("fail-on", FAIL_ON, "error"), self.choice("lang", LANGUAGES, "zh")
        select = self.codes("select") if "select" in self.data else None
        ignore, severities, options = self.codes("ignore"), self.severities(), self.options()
        templates = self.near("templates", _FOLDER, Path.is_dir, _NO_FOLDER)
        waivers = self.near("waivers", _FILE, Path.is_file, _NO_FILE)
        return Config(
            self.path,
            select,
            ignore,
            fail_on,
            lang,
            templates,
            severities,
            options,
            waivers,
            self.repair(),
            self.choice("show-personal-data", (True, False), False),
        )

    def error(self, key: str, zh: str, en: str, **arguments: Any) -> ConfigError:
        return ConfigError(self.located(key, Text(zh, en).filled(**arguments)))

    def wrong(self, key: str, expected: Text, value: Any) -> ConfigError:
        """Say what a value must be, and what it is."""
        message = Text("应为{expected}；现为 {value}", "must be {expected}; it is {value}")
        return ConfigError(self.located(key, message.filled(expected=expected, value=quoted_toml(value))))

    def located(self, key: str, message: Text) -> Text:
        file = self.path or "config"
        prefix = "tool.gilint." if self.path and self.path.name == "pyproject.toml" else ""
        line = line_of_key(self.path, prefix + key) if self.path else None
        place = Text(f"{file} 第 {line} 行", f"{file}:{line}") if line else Text(f"{file}", f"{file}")
        return Text(f"{place.zh}：{key}：{message.zh}", f"{place.en}: {key}: {message.en}")

    def known(self, key: str, word: str, words: Iterable[str]) -> None:
        """Refuse a word that is none of ``words``, naming the one that it is most like."""
        words = list(words)
        if word not in words:
            unknown = Text("未知的名称“{word}”", 'unknown name "{word}"').filled(word=word)
            hint = with_hint(unknown, word, words)
            if hint is unknown:
                hint = Text("{unknown}；可用：{words}", "{unknown}; there are: {words}").filled(unknown=unknown, words=sorted(words) or "–")
            raise ConfigError(self.located(key, hint))

    def table(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            raise self.wrong(key, Text(f"一个表，写作 [{key}]", f"a table, written [{key}]"), value)
        return value

    def choice(self, key: str, choices: Sequence[Any], default: Any) -> Any:
        value = self.data.get(key, default)
        if value not in choices or type(value) is not type(default):
            raise self.wrong(key, _one_of(choices), value)
        return value

    def codes(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not (isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(each, str) for each in value)):
            example = '["SUM", "VAL001"]'
            raise self.wrong(key, Text(f"代码的列表，例如 {example}", f"a list of codes, for example {example}"), value)
        for code in unknown_codes(value, self.rules):
            self.code(key, code)
        return tuple(value)

    def code(self, key: str, code: str, known: Sequence[str] | None = None) -> None:
        """Refuse a code that no rule has, unless it may be that of a plugin that could not be loaded."""
        unsure = not self.all_known and code.isascii() and code.isalnum()
        if not unsure and code not in (known_codes(self.rules) if known is None else known):
            raise ConfigError(self.located(key, no_such_code(code, self.rules, known)))

    def near(self, key: str, expected: Text, is_there: Callable[[Path], bool], absent: Text) -> Path | None:
        """Return a path, which is meant from the place of the configuration file and must be there."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, (str, Path)):
            raise self.wrong(key, expected, value)
        path = (self.path.parent if self.path else Path()) / value
        if not is_there(path):
            raise ConfigError(self.located(key, absent.filled(path=path)))
        return path

    def severities(self) -> dict[str, Severity]:
        severities = {}
        for code, value in self.table("severity").items():
            key = f"severity.{code}"
            for unknown in unknown_codes([code], self.rules):
                self.code(key, unknown)
            if value not in tuple(Severity):
                raise self.wrong(key, _one_of([each.value for each in Severity]), value)
            severities[code] = Severity(value)
        return severities

    def options(self) -> dict[str, dict[str, Any]]:
        by_code = {rule.code: rule for rule in self.rules}
        options = {}
        for code, values in self.table("rules").items():
            key = f"rules.{code}"
            if code not in by_code:
                self.code(key, code, sorted(by_code))
                continue
            if not isinstance(values, Mapping):
                raise self.wrong(key, Text(f"选项的表，写作 [{key}]", f"a table of options, written [{key}]"), values)
            options[code] = self.rule_options(key, by_code[code], values)
        return options

    def repair(self) -> Sureness:
        for key in self.table("repair"):
            self.known(f"repair.{key}", key, KEYS)
        try:
            return Sureness.read(self.table("repair"))
        except RefusedError as refused:
            raise self.wrong(f"repair.{refused.key}", refused.expected, refused.value) from None

    def rule_options(self, key: str, rule: type[Rule], values: Mapping[str, Any]) -> dict[str, Any]:
        known = {option.name: option for option in rule_options(rule)}
        given = {}
        for written, value in values.items():
            name = written.replace("-", "_")
            self.known(f"{key}.{written}", name, known)
            if not known[name].accepts(value):
                raise self.wrong(f"{key}.{written}", known[name].takes, value)
            given[name] = value
            try:
                rule(**{name: value})
            # Converters and validators of a rule may raise anything.
            except Exception as error:
                zh, en = "{value} 不可用：{reason}", "{value} is refused: {reason}"
                raise self.error(f"{key}.{written}", zh, en, value=quoted_toml(value), reason=refusal(error)) from error
        try:
            rule(**given)
        except Exception as error:
            zh, en = "这些选项不能并用：{reason}", "the options do not go together: {reason}"
            raise self.error(key, zh, en, reason=refusal(error)) from error
        return given


def _one_of(choices: Iterable[object]) -> Text:
    return Text("其中之一：{choices}", "one of: {choices}").filled(choices=[str(each).lower() for each in choices])
