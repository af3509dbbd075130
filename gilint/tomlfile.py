"""TOML files that people write by hand: reading them, and saying in both languages what is wrong where."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gilint.errors import ConfigError
from gilint.language import Text
from gilint.patterns import deferred
from gilint.sources import why

_LARGEST_FILE = 1_000_000
_LONGEST_QUOTE = 60
_SETTLED = 2_000_000_000
"""Nanoseconds. A file that was changed more recently may be changed again without its time showing it."""
_POSITION = deferred(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)

# What tomllib says, by how it begins. Its English is kept for English, and for what a later version says otherwise.
_REASONS = {
    "Expected '=' after a key": "名称后面缺少“=”",
    "Expected newline or end of document": "一行只能写一项，行末有多余的内容",
    "Expected ']' at the end": "表名后面缺少“]”",
    "Expected ']]' at the end": "表名后面缺少“]]”",
    "Invalid statement": "不是“名称 = 值”的写法",
    "Invalid value": "“=”后面的值不能识别，文字要加双引号",
    "Invalid initial character for a key": "名称的第一个字符不能使用",
    "Invalid date or datetime": "日期不存在",
    "Unclosed array": "方括号没有闭合，或两项之间缺少逗号",
    "Unclosed inline table": "花括号没有闭合，或两项之间缺少逗号",
    "Unterminated string": "引号没有闭合",
    'Expected \'"""\'': "三引号没有闭合",
    "Expected \"'": "引号没有闭合",
    "Illegal character '\\n'": "引号没有在本行闭合",
    "Found invalid character '\\n'": "引号没有在本行闭合",
    "Illegal character": "有不能使用的字符",
    "Found invalid character": "有不能使用的字符",
    "Unescaped": "双引号中的“\\”要写成“\\\\”，或改用单引号",
    "Invalid hex value": "“\\u”后面不是十六进制数",
    "Cannot overwrite a value": "同一名称出现了两次",
    "Cannot declare": "同一个表出现了两次",
    "Cannot mutate": "同一个表出现了两次",
    "Cannot redefine": "同一个表出现了两次",
    "Duplicate inline table key": "同一名称出现了两次",
}

# A table's line, or what stands before the sign of equality. Quoted names may hold anything but quotes.
_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\\]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_TABLE_LINE = deferred(rf"[ \t]*\[[ \t]*({_DOTTED})[ \t]*\][ \t]*(?:#.*)?")
_KEY_LINE = deferred(rf"[ \t]*({_DOTTED})[ \t]*=")
_ENTRY_LINE = deferred(rf"[ \t]*\[\[[ \t]*({_DOTTED})[ \t]*\]\][ \t]*(?:#.*)?")


def read_toml(path: Path, largest: int = _LARGEST_FILE) -> dict[str, Any]:
    """Read a file of at most ``largest`` bytes.

    Raises:
        ConfigError: it cannot be read or is no TOML; the message says where.
    """
    import tomllib

    try:
        return tomllib.loads(_text(path, largest))
    except OSError as error:
        raise ConfigError(
            Text("{path}：无法读取：{reason}", "{path}: cannot be read: {reason}").filled(path=path, reason=why(error))
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(Text("{path}：不是 UTF-8 编码", "{path}: not UTF-8").filled(path=path)) from error
    # TOMLDecodeError is a ValueError.
    except ValueError as error:
        raise ConfigError(_syntax_error(path, str(error), largest)) from error
    except RecursionError as error:
        raise ConfigError(Text("{path}：不是有效的 TOML：括号层数过多", "{path}: not valid TOML: too deep").filled(path=path)) from error


def _text(path: Path, largest: int = _LARGEST_FILE) -> str:
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise ConfigError(Text("{path}：配置文件过大", "{path}: too large for a configuration").filled(path=path))
    return content.decode("utf-8-sig")


def _syntax_error(path: Path, message: str, largest: int) -> Text:
    match = _POSITION.fullmatch(message)
    if match is None:
        return Text("{path}：不是有效的 TOML：{reason}", "{path}: not valid TOML: {reason}").filled(path=path, reason=message)
    lines = _text(path, largest).splitlines() or [""]
    reason = match[1]
    chinese = next((zh for begin, zh in _REASONS.items() if reason.startswith(begin)), reason)
    line = int(match[2]) if match[2] else len(lines)
    written = _quote(lines[min(line, len(lines)) - 1].strip())
    place = Text(f"{path} 第 {line} 行", f"{path}:{line}")
    if match[3]:
        place = Text(f"{place.zh}第 {match[3]} 字", f"{place.en}:{match[3]}")
    return Text(
        f"{place.zh}：不是有效的 TOML：{chinese}" + (f"；这一行是：{written}" if written else ""),
        f"{place.en}: not valid TOML: {reason}" + (f"; the line is: {written}" if written else ""),
    )


def _quote(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def file_state(path: str) -> tuple[int, ...] | None:
    """Return what changes when a file changes; ``None`` where there is no file."""
    # There are two files to ask for in every folder upwards, and hardly ever one: an exception would take longer than the answer.
    if not os.access(path, os.F_OK):
        return None
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    now = time.time_ns()
    unsettled = 0 if status.st_mtime_ns < now - _SETTLED else now
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, unsettled


def line_of_key(path: Path, key: str) -> int | None:
    """Return the line on which a dotted key stands, or else the table that holds it; ``None`` where that is uncertain."""
    try:
        text = _text(path)
    except (OSError, ValueError, ConfigError):
        return None
    # A line within a text of several lines may look like a key.
    if '"""' in text or "'''" in text:
        return None
    lines: dict[str, int] = {}
    for name, line in _keys(text):
        lines.setdefault(name, line)
    while key not in lines and "." in key:
        key = key.rpartition(".")[0]
    return lines.get(key)


def lines_of_entries(path: Path, name: str, largest: int = _LARGEST_FILE) -> list[dict[str, int]]:
    """Return for each table ``[[name]]`` the lines of its keys, and under ``""`` its own; nothing where lines are uncertain."""
    try:
        text = _text(path, largest)
    except (OSError, ValueError, ConfigError):
        return []
    if '"""' in text or "'''" in text:
        return []
    entries: list[dict[str, int]] = []
    within = False
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip(" \t").startswith("["):
            found = _ENTRY_LINE.fullmatch(line.rstrip("\r"))
            within = found is not None and _plain(found[1]) == name
            if within:
                entries.append({"": number})
        elif within and (key := _KEY_LINE.match(line)):
            entries[-1].setdefault(_plain(key[1]), number)
    return entries


def _keys(text: str) -> Iterator[tuple[str, int]]:
    """Yield every key that stands at the beginning of a line, with the tables that it is in."""
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _TABLE_LINE.fullmatch(line.rstrip("\r")):
            table = _plain(found[1])
            yield table, number
        elif found := _KEY_LINE.match(line):
            name = _plain(found[1])
            yield f"{table}.{name}" if table else name, number


def _plain(dotted: str) -> str:
    return ".".join(name.strip("\"'") for name in re.findall(_NAME, dotted))


def as_toml(value: Any) -> str:
    """Return a value as a configuration file writes it; unordered sets are sorted."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {as_toml(each)}" for name, each in value.items()) + "}"
    if not isinstance(value, str):
        return str(value)
    from json import dumps  # not above: reading needs none of it

    # The one character that JSON allows within quotes and TOML does not.
    return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def quoted_toml(value: Any) -> str:
    """Return a value for a message: as a file writes it, and not longer than a line."""
    return _quote(as_toml(value))
